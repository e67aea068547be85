"""The issues that were found and corrections of them in, the corrected issues out, and what was put under each by hand.

Claims that a person put under an issue take no part in the grouping: what they say is what the editor says it is about. They
are added here. A name that no issue has makes a new one, with the id that the grouping would give such a phrase, so that
it is the same issue should the sources come to speak of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches

from briefgen.compare.corrections.finding import Candidate, Match, folded
from briefgen.compare.corrections.ledger import of_change
from briefgen.compare.issues import OTHER, Grouping, any_of, issue_id
from briefgen.compare.phrases import Phraser
from briefgen.compare.terms import capitalized, digest_id, lowered, stem, unique
from briefgen.model.brief import BriefStatement, Correction, Issue
from briefgen.model.corrections import Corrections, IssueCorrection

#: A label this much like another one may be meant by it.
NEAR = 0.6


def regroup(
    grouping: Grouping, claims: Sequence[BriefStatement], placed: Mapping[str, str], corrections: Corrections, phraser: Phraser
) -> tuple[Grouping, tuple[Correction, ...]]:
    """The issues after the corrections; ``placed`` are the names of the issues of single ``claims``, by the claim's id."""
    if not (placed or corrections.issues):
        return grouping, ()
    desk = _Desk(grouping, claims, phraser)
    told: list[Correction] = []
    for line, entry in corrections.issues:
        if entry.split:
            told.append(desk.split(corrections.file, line, entry))
    for line, entry in corrections.issues:
        told += [desk.join(corrections.file, line, entry, other) for other in entry.join]
    for line, entry in corrections.issues:
        if entry.rename:
            told.append(desk.rename(corrections.file, line, entry))
    for claim, name in placed.items():
        desk.of[claim] = (desk.found_or_made(name).id,)
    return desk.grouping(), tuple(told)


class _Desk:
    """The issues while they are corrected."""

    def __init__(self, grouping: Grouping, claims: Sequence[BriefStatement], phraser: Phraser) -> None:
        self.before, self.claims, self.phraser = grouping, claims, phraser
        self.issues = {issue.id: issue for issue in grouping.issues}
        self.of = dict(grouping.of)
        self.homes: dict[str, str] = {}
        self.names: dict[str, str] = {}
        for issue in (*grouping.issues, OTHER):
            self.names.setdefault(folded(issue.label), issue.id)

    def grouping(self) -> Grouping:
        """The issues that still have claims."""
        counts = Counter(issue for ids in self.of.values() for issue in ids)
        issues = tuple(issue for name, issue in self.issues.items() if counts[name] and name != OTHER.id)
        keys = {name: key for name, key in self.before.keys.items() if counts[name]}
        return Grouping((*issues, *([OTHER] if counts[OTHER.id] else [])), self.of, keys)

    def split(self, file: str, line: int, entry: IssueCorrection) -> Correction:
        """Put the claims that have the words under another issue."""
        issue = self._meant(entry)
        pattern = any_of(entry.split)
        moved = [
            claim
            for claim in self.claims
            if issue and pattern and issue.id in self.of.get(claim.id, ()) and pattern.search(claim.content)
        ]
        if issue and moved:
            other = self.found_or_made(entry.into or "", besides=issue.id)
            for claim in moved:
                self.of[claim.id] = unique(other.id if each == issue.id else each for each in self.of[claim.id])
        return self._told(file, line, entry, "split", _statements(moved))

    def join(self, file: str, line: int, entry: IssueCorrection, name: str) -> Correction:
        """Put all claims of the issue ``name`` under that of the entry, which is made if it is not there."""
        issue, other = self._meant(entry) or self._made(entry.id, entry.label), self._known(name)
        if other is None or other.id == issue.id:
            return of_change(file, line, entry, "join", self._unmatched(name), value=name)
        moved = [claim for claim in self.claims if other.id in self.of.get(claim.id, ())]
        for claim in moved:
            self.of[claim.id] = unique(issue.id if each == other.id else each for each in self.of[claim.id])
        self.homes[other.id] = issue.id
        self.issues[issue.id] = replace(issue, terms=unique((*issue.terms, *other.terms)))
        return of_change(file, line, entry, "join", Match(tuple(_statements(moved)), "applied"), value=other.label)

    def rename(self, file: str, line: int, entry: IssueCorrection) -> Correction:
        """Give the issue another label."""
        issue = self._meant(entry)
        if issue and entry.rename:
            self.issues[issue.id] = replace(issue, label=entry.rename)
            self.names[folded(entry.rename)] = issue.id
        was = issue.label if issue else entry.label
        return self._told(file, line, entry, "rename", [issue.id] if issue else [], was)

    def found_or_made(self, name: str, besides: str = "") -> Issue:
        """The issue with the id or label ``name``, or that is found under such a phrase; else a new one."""
        if (known := self._known(name)) and known.id != besides:
            return known
        made = self._id_of(name)
        return self._made(made if made != besides else digest_id("is", folded(name)), name)

    def _made(self, name: str, label: str) -> Issue:
        return self.issues.setdefault(name, Issue(id=name, label=capitalized(label), terms=(label,)))

    def _id_of(self, label: str) -> str:
        phrases = self.phraser.read(label, 0, len(label))
        return issue_id(phrases[0].keys[0].key) if phrases else digest_id("is", folded(label))

    def _known(self, name: str) -> Issue | None:
        """The issue with this id or label, or what it was joined into."""
        found = name if name in self.issues else self.names.get(folded(name), self._id_of(name))
        while found in self.homes:
            found = self.homes[found]
        return OTHER if found == OTHER.id else self.issues.get(found)

    def _meant(self, entry: IssueCorrection) -> Issue | None:
        """The issue that an entry is about: by its id, if a word of the label agrees, else by its label."""
        found = self.issues.get(self.homes.get(entry.id, entry.id))
        if found is None:
            return self._known(entry.label)
        words = {stem(word) for text in (found.label, entry.rename or "", *found.terms) for word in lowered(text)}
        return found if words & {stem(word) for word in lowered(entry.label)} else None

    def _told(
        self, file: str, line: int, entry: IssueCorrection, change: str, targets: Sequence[str], was: str = ""
    ) -> Correction:
        match = Match(tuple(targets), "applied") if targets else self._unmatched(entry.label)
        return of_change(file, line, entry, change, match, was)

    def _unmatched(self, label: str) -> Match:
        labels = {folded(issue.label): issue for issue in self.issues.values() if folded(issue.label) != folded(label)}
        close = get_close_matches(folded(label), sorted(labels), 1, NEAR)
        found = Candidate(labels[close[0]].id, labels[close[0]].label, "") if close else None
        return Match((), "unmatched" if found else "absent", found)


def _statements(claims: Iterable[BriefStatement]) -> list[str]:
    """The ids of those claims that are statements; the others are proposals, which follow their issue."""
    return [claim.id for claim in claims if claim.id.startswith("st-")]
