"""Proposals of all documents in, the brief's proposals out: the same action told twice is one row with both places.

The title of an action (what stands before a colon, a dash or the next cell) is compared by its stems. Candidates meet through
the rarest stem that they share, so no pair of unlike proposals is looked at. Proposals of two different named actors stay
apart, however alike, and so do those that differ in a number, in a "not" or, in prose, in what they begin with ("raise the
fee", "lower the fee").
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from briefgen.compare.actors import Roster
from briefgen.compare.positions import merged_refs, source_number
from briefgen.compare.terms import digest_id, lowered, stem, unique
from briefgen.model.brief import BriefProposal, BriefStatement
from briefgen.model.findings import Digest, Proposal, Ref, Stance, Status

NOBODY: Mapping[str, str] = {}
SAME = 0.6
#: More proposals than this under one stem tell nothing apart.
CROWD = 60
TITLE = re.compile(r"\s*(?::|–|—| … )\s*")
SMALL = frozenset("a an and at by for from in of on or that the to with".split())
#: The status that says most wins when rows are joined.
TELLING = tuple(
    map(Status, ("in_force", "accepted", "rejected", "not_agreed", "contested", "under_discussion", "proposed", "unknown"))
)


#: Words that turn an action round, and words for numbers: actions that differ in them are two.
TURNS = frozenset("not no never without instead".split())
NUMBERS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty seventy eighty "
    "ninety hundred thousand million billion half third quarter fifth tenth double triple halving doubling tripling".split()
)


class Title(NamedTuple):
    """What an action is known by: its stems, the first of them, and the words by which like actions differ."""

    stems: frozenset[str]
    head: str
    marks: frozenset[str]


class Told(NamedTuple):
    """A proposal of one document, its actors known, its refs in the brief's numbers."""

    proposal: Proposal
    by: tuple[str, ...]
    to: tuple[str, ...]
    support: tuple[str, ...]
    oppose: tuple[str, ...]
    refs: tuple[Ref, ...]
    title: Title


def as_claims(digests: Sequence[Digest], roster: Roster, given: Mapping[str, str] = NOBODY) -> list[BriefStatement]:
    """The proposals as claims, so that ``issues`` can group them like statements.

    ``given`` are the names of those to whom a person gives proposals, by the proposal's id.
    """
    return [
        _claim(proposal, next(iter(_by(digest.source.id, proposal, roster, given)), None))
        for digest in digests
        for proposal in digest.proposals
    ]


def _claim(proposal: Proposal, actor: str | None) -> BriefStatement:
    return BriefStatement(
        id=proposal.id,
        actor=actor,
        stance=Stance.PROPOSES,
        content=proposal.action,
        cue="",
        rule=proposal.rule,
        refs=proposal.refs,
    )


def find_proposals(
    digests: Sequence[Digest],
    roster: Roster,
    issues_of: Mapping[str, tuple[str, ...]],
    renumbered: Callable[[Iterable[Ref]], tuple[Ref, ...]],
    given: Mapping[str, str] = NOBODY,
) -> tuple[BriefProposal, ...]:
    """The brief's proposals, by first place; ``given`` as for ``as_claims``."""
    told = [_told(digest.source.id, proposal, roster, renumbered, given) for digest in digests for proposal in digest.proposals]
    rows = [_merged(group, issues_of) for group in _groups(told)]
    return tuple(sorted(rows, key=_place))


def _place(row: BriefProposal) -> tuple[object, ...]:
    """What somebody is on record for comes before lists of nobody's."""
    first = row.refs[0]
    start = first.parts.content[0][0] if first.parts and first.parts.content else first.start
    return not row.by, source_number(first.source), start, row.id


def _told(
    document: str,
    proposal: Proposal,
    roster: Roster,
    renumbered: Callable[[Iterable[Ref]], tuple[Ref, ...]],
    given: Mapping[str, str],
) -> Told:
    def found(surfaces: Iterable[str]) -> tuple[str, ...]:
        return unique(actor for surface in surfaces if (actor := roster.find(document, surface)))

    by, oppose = _by(document, proposal, roster, given), found(proposal.oppose)
    against = tuple(actor for actor in oppose if actor not in by)
    aside = tuple(actor for actor in found(proposal.support) if actor not in by and actor not in against)
    return Told(proposal, by, found(proposal.to), aside, against, renumbered(proposal.refs), title_of(proposal.action))


def _by(document: str, proposal: Proposal, roster: Roster, given: Mapping[str, str]) -> tuple[str, ...]:
    if proposal.id in given:
        return (roster.given(given[proposal.id]),)
    return unique(actor for surface in proposal.by if (actor := roster.find(document, surface)))


def title_of(action: str) -> Title:
    """What the action of a proposal is known by."""
    words = [word for word in lowered(TITLE.split(action, 1)[0]) if word not in SMALL]
    stems = [stem(word) for word in words]
    marks = frozenset(word for word in words if word in TURNS or word in NUMBERS or any(map(str.isdigit, word)))
    return Title(frozenset(stems), stems[0] if stems else "", marks)


def _groups(told: Sequence[Told]) -> list[list[Told]]:
    holders: dict[str, list[int]] = defaultdict(list)
    groups: list[list[Told]] = []
    for each in told:
        near = sorted({at for word in each.title.stems for at in holders[word][-CROWD:]})
        home = next((at for at in near if _is_same(each, groups[at][0])), None)
        if home is None:
            home = len(groups)
            groups.append([])
            for word in each.title.stems:
                holders[word].append(home)
        groups[home].append(each)
    return groups


def _is_same(one: Told, two: Told) -> bool:
    if (one.by and two.by and set(one.by) != set(two.by)) or one.title.marks != two.title.marks:
        return False
    stems, others = one.title.stems, two.title.stems
    if len(stems & others) < SAME * len(stems | others) or not stems:
        return False
    return "prose" not in (one.proposal.origin, two.proposal.origin) or (one.title.head in others and two.title.head in stems)


def _merged(group: Sequence[Told], issues_of: Mapping[str, tuple[str, ...]]) -> BriefProposal:
    best = min(group, key=lambda told: (not told.by, -len(told.proposal.action), told.proposal.id))
    found = [issue for told in group for issue in issues_of.get(told.proposal.id, ())]
    issues = unique(issue for issue in found if issue != "other") or unique(found)
    by = unique(actor for told in group for actor in told.by)
    return BriefProposal(
        id=digest_id("pr", *sorted(group[0].title.stems), *by),
        action=best.proposal.action,
        by=by,
        to=unique(actor for told in group for actor in told.to),
        conditions=unique(condition for told in group for condition in told.proposal.conditions),
        status=min((told.proposal.status for told in group), key=TELLING.index),
        when=next((told.proposal.when for told in group if told.proposal.when), None),
        origin=best.proposal.origin,
        support=unique(actor for told in group for actor in told.support),
        oppose=unique(actor for told in group for actor in told.oppose),
        issues=issues,
        rule=best.proposal.rule,
        refs=merged_refs(ref for told in group for ref in told.refs),
    )
