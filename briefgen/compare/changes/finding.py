"""Two briefs in, what has changed from one to the other out. ``build`` and ``diff`` both ask here, so they never disagree.

Who and what is the same is settled by ``carried``, which position is which by ``pairing``; here it is told, and nothing else
is called changed. What the new sources do not repeat is silence and no withdrawal.

**Strengthened** compares how many independent sources say it now with how many said it then. Each brief has only its own
documents, so a document that says nothing but what the earlier brief quoted word for word (a reprint) counts for nothing
now. Where the document that was quoted is in both briefs, ``copies`` has judged who took it over. A position that fewer
sources repeat is unchanged.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from briefgen.compare.changes.carried import same_actors, same_issues, told_by
from briefgen.compare.changes.pairing import Pair, find_pairs
from briefgen.compare.changes.proposals import proposal_changes
from briefgen.compare.changes.quoting import Earlier
from briefgen.compare.changes.sameness import Sameness
from briefgen.compare.changes.week import Week
from briefgen.compare.directory import Directory
from briefgen.compare.phrases import Grammar, grammar
from briefgen.compare.positions import is_somebody
from briefgen.model.brief import OTHER_ISSUE, Actor, Brief, BriefSource, Issue, Position
from briefgen.model.changes import Against, Change, Changes, EarlierName, EarlierPosition, NameChanges
from briefgen.model.lexicon import Lexicon

#: Of a position that is several of the earlier ones, the change that is told.
TELLING: tuple[Change, ...] = ("reversed", "moved", "strengthened", "unchanged")


def sameness_of(lexicon: Lexicon, rules: Grammar) -> Sameness:
    """How contents are compared, with the words of the lexicon."""
    return Sameness(rules, lexicon.listed("issue-against"))


def what_changed(old: Brief, new: Brief, lexicon: Lexicon) -> Changes:
    """What has changed from the brief ``old`` to the brief ``new``."""
    return find_changes(old, new, Directory(lexicon.actor), sameness_of(lexicon, grammar(lexicon)))


def with_changes(brief: Brief, previous: Brief, directory: Directory, sameness: Sameness) -> Brief:
    """The brief with its changes since ``previous``, and each position marked with its own."""
    changes = find_changes(previous, brief, directory, sameness)
    kinds: tuple[Change, ...] = ("new", *TELLING)
    kind_of = {position: kind for kind in kinds for position in getattr(changes, kind)}
    marked = tuple(replace(position, change=kind_of[position.id]) for position in brief.positions)
    return replace(brief, positions=marked, changes=changes)


def find_changes(old: Brief, new: Brief, directory: Directory, sameness: Sameness) -> Changes:
    """What has changed from ``old`` to ``new``: of positions, proposals, actors and issues."""
    actors = same_actors(old.actors, new.actors, directory)
    issues = same_issues(told_by(old), told_by(new), sameness)
    labels = {issue.id: issue.label for issue in old.issues} | {issue.id: issue.label for issue in new.issues}
    weeks = Week(old, actors, issues, sameness), Week(new, {}, {}, sameness)
    pairs = find_pairs(*weeks, {name: label for name, label in labels.items() if name != OTHER_ISSUE}, sameness)
    told, earlier = _told(pairs, old, new), Earlier(old)
    by_kind = {kind: tuple(p.id for p in new.positions if told.get(p.id, "new") == kind) for kind in ("new", *TELLING)}
    repeated = {pair.old.id for pair in pairs}
    silent = [position for position in old.positions if position.id not in repeated]
    shown = [_became(pair, earlier) for pair in pairs if told[pair.new.id] != "unchanged"]
    return Changes(
        against=Against(title=old.title, as_of=old.as_of, same_rules=old.generator == new.generator),
        new=by_kind["new"],
        strengthened=by_kind["strengthened"],
        reversed=by_kind["reversed"],
        moved=by_kind["moved"],
        unchanged=by_kind["unchanged"],
        not_repeated=tuple(position.id for position in silent),
        earlier=(*shown, *map(earlier.position, silent)),
        proposals=proposal_changes(old, new, actors, earlier),
        actors=_actor_changes(old, new, actors),
        issues=_issue_changes(old, new, issues),
    )


# ---- positions


def _told(pairs: Iterable[Pair], old: Brief, new: Brief) -> dict[str, Change]:
    """What became of each position that is one of the earlier brief's, by its id there."""
    fresh = _Fresh(old, new)
    told: dict[str, Change] = {}
    for pair in pairs:
        held: Change = "strengthened" if fresh.count(pair.new) > pair.old.strength.sources else "unchanged"
        kind: Change = held if pair.kind == "held" else pair.kind
        known = told.get(pair.new.id, kind)
        told[pair.new.id] = (
            "unchanged" if {known, kind} == {"strengthened", "unchanged"} else min(known, kind, key=TELLING.index)
        )
    return told


def _became(pair: Pair, earlier: Earlier) -> EarlierPosition:
    return earlier.position(pair.old, pair.said, pair.new.id, pair.says.id if pair.says else None)


class _Fresh:
    """Counts the independent sources of a position without those that only repeat the earlier brief word for word."""

    def __init__(self, old: Brief, new: Brief) -> None:
        before, now = {_content(source) for source in old.sources}, {_content(source) for source in new.sources}
        kept = {source.id for source in old.sources if _content(source) in now}
        self._again = {source.id for source in new.sources if _content(source) in before}
        self._known = {each.id for each in old.statements if kept.isdisjoint(ref.source for ref in each.refs)}
        self._origin = {source.id: source.duplicate_of or source.contained_in for source in new.sources}
        self._statements = {statement.id: statement for statement in new.statements}
        self._unreliable = {source.id for source in new.sources if source.unreliable}

    def count(self, position: Position) -> int:
        """How many independent sources say it now."""
        statements = [self._statements[each] for each in position.statements if each in self._statements]
        fresh = {ref.source for each in statements if each.id not in self._known for ref in each.refs} | self._again
        stale = {ref.source for each in statements for ref in each.refs} - fresh - self._unreliable
        return position.strength.sources - len({self._first(source) for source in stale} - {self._first(s) for s in fresh})

    def _first(self, source: str) -> str:
        """The source that a copy was made from."""
        origin = self._origin[source]
        return self._first(origin) if origin else source


def _content(source: BriefSource) -> tuple[str, ...]:
    """What a document is known by: its text, or its name and date in a brief without texts."""
    return (source.text,) if source.text else (source.path, source.title or "", source.published or "", str(source.words))


# ---- actors and issues


def _actor_changes(old: Brief, new: Brief, same: Mapping[str, str]) -> NameChanges:
    """The named actors that came, went or have another name, as far as they hold a position or make a proposal."""
    before, after = _speakers(old), _speakers(new)
    return _name_changes({actor.id: actor.name for actor in before}, {actor.id: actor.name for actor in after}, same)


def _speakers(brief: Brief) -> list[Actor]:
    heard = {position.actor for position in brief.positions} | {actor for each in brief.proposals for actor in each.by}
    return [actor for actor in brief.actors if actor.id in heard and is_somebody(actor)]


def _issue_changes(old: Brief, new: Brief, same: Mapping[str, str]) -> NameChanges:
    return _name_changes(_labels(old.issues), _labels(new.issues), same)


def _labels(issues: Iterable[Issue]) -> dict[str, str]:
    return {issue.id: issue.label for issue in issues if issue.id != OTHER_ISSUE}


def _name_changes(before: Mapping[str, str], after: Mapping[str, str], same: Mapping[str, str]) -> NameChanges:
    """Who or what came, went or is called otherwise; both are names by id, ``same`` is the new id of each earlier one."""
    heirs = {name: same[name] for name in before if same.get(name) in after}
    there = set(heirs.values())
    return NameChanges(
        new=tuple(name for name in after if name not in there),
        gone=tuple(EarlierName(id=name, name=before[name]) for name in before if name not in heirs),
        renamed=tuple(
            EarlierName(id=name, name=before[name], became=heir)
            for name, heir in heirs.items()
            if heir != name or before[name] != after[heir]
        ),
    )
