"""An earlier brief and what a new one has found in, which of its actors and issues are the earlier one's out.

An actor is the same under the same id, under the id that the lexicon now gives its name (somebody has entered "Port of Kelby"
with the alias "Kelby Harbour Board"), or where both briefs have a name in common that nobody else bears.

An issue is the same under the same id. Where an id is gone, its key has moved ("dredging of Channel" is "dredging of the
channel" next week): the issue whose label and whose things have the same words is its heir, if each is the other's best and
no other is nearly as good. The heir gets the earlier id and label, so that positions keep their ids and readers their words.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from typing import NamedTuple

from briefgen.compare.changes.sameness import Sameness
from briefgen.compare.directory import Directory, key_of
from briefgen.compare.issues import Grouping
from briefgen.compare.likeness import Vector, cosine, of_length_one
from briefgen.compare.terms import lowered, stem, unique
from briefgen.model.brief import OTHER_ISSUE, Actor, Brief, BriefStatement, Issue

#: How alike the things of two issues must be, and those of issues whose labels only share a word; and the lead over others.
ALIKE, VERY_ALIKE, LEAD = 0.5, 0.85, 0.1
SMALL = frozenset("a an and at for from in of on or the to with".split())


class Sketch(NamedTuple):
    """What an issue is known by: the words of its label, and those of the things that are said on it."""

    label: frozenset[str]
    things: Vector


def same_actors(old: Sequence[Actor], new: Sequence[Actor], directory: Directory) -> dict[str, str]:
    """The id in the new brief of each earlier actor that is still there."""
    present = {actor.id for actor in new}
    known = {actor.id for actor in old}
    bearers: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for actor in new:
        if actor.id not in known and actor.kind != "unnamed":
            for name in _names(actor):
                bearers[key_of(name)].add(actor.id)
    found = {}
    for actor in old:
        same = actor.id if actor.id in present else _entered(actor, directory) or _only_bearer(actor, bearers)
        if same in present:
            found[actor.id] = same
    return found


def _entered(actor: Actor, directory: Directory) -> str | None:
    """The id that the lexicon now gives an actor's name."""
    if actor.kind == "unnamed":
        return None
    hits = [hit for name in _names(actor) if (hit := directory.named(name)) and hit[1] == "name"]
    return hits[0][0] if len({hit[0] for hit in hits}) == 1 else None


def _only_bearer(actor: Actor, bearers: Mapping[tuple[str, ...], set[str]]) -> str | None:
    if actor.kind == "unnamed":
        return None
    found = set().union(*(bearers.get(key_of(name), set()) for name in _names(actor)))
    return found.pop() if len(found) == 1 else None


def _names(actor: Actor) -> tuple[str, ...]:
    return (actor.name, *actor.aliases)


class Told(NamedTuple):
    """The issues of a brief, and of each of its statements the issues and the content."""

    issues: Sequence[Issue]
    statements: Sequence[tuple[Sequence[str], str]]


def told_by(brief: Brief) -> Told:
    """The issues of a brief that is made."""
    return Told(brief.issues, [(each.issues, each.content) for each in brief.statements])


def same_issues(old: Told, new: Told, sameness: Sameness) -> dict[str, str]:
    """The id in the new brief of each earlier issue that is still there."""
    known, present = ({issue.id for issue in told.issues if issue.id != OTHER_ISSUE} for told in (old, new))
    found = {issue: issue for issue in known & present}
    gone = _sketches(old, known - present, sameness)
    came = _sketches(new, present - known, sameness) if gone else {}
    heirs, forebears = _best(gone, came), _best(came, gone)
    return found | {issue: heir for issue, heir in heirs.items() if forebears.get(heir) == issue}


def _sketches(told: Told, names: Set[str], sameness: Sameness) -> dict[str, Sketch]:
    """What the issues with the ids ``names`` are known by."""
    said: dict[str, Counter[str]] = defaultdict(Counter)
    for ids, content in told.statements if names else ():
        for issue in filter(names.__contains__, ids):
            said[issue].update(sorted(sameness.thing(content).words or sameness.words(content)))
    return {
        issue.id: Sketch(
            frozenset(stem(word) for word in lowered(issue.label) if word not in SMALL), of_length_one(said[issue.id])
        )
        for issue in told.issues
        if issue.id in names
    }


def _best(ones: Mapping[str, Sketch], others: Mapping[str, Sketch]) -> dict[str, str]:
    """For each of ``ones`` the most alike of ``others``, if it leads clearly."""
    by_word: dict[str, set[str]] = defaultdict(set)
    for name, sketch in others.items():
        for word in sketch.label:
            by_word[word].add(name)
    found = {}
    for name, sketch in ones.items():
        near = set().union(*(by_word[word] for word in sketch.label & by_word.keys()))
        ranked = sorted(((_likeness(sketch, others[key]), key) for key in near), reverse=True)
        if ranked and ranked[0][0] > 0 and (len(ranked) == 1 or ranked[0][0] - ranked[1][0] >= LEAD):
            found[name] = ranked[0][1]
    return found


def _likeness(one: Sketch, two: Sketch) -> float:
    """How alike two issues are, nothing where it is not enough for one."""
    shared = one.label & two.label
    alike = cosine(one.things, two.things)
    is_one = shared in (one.label, two.label) or 2 * len(shared) >= len(one.label | two.label)
    return alike if shared and alike >= (ALIKE if is_one else VERY_ALIKE) else 0.0


def carried_over(grouping: Grouping, claims: Iterable[BriefStatement], previous: Brief, sameness: Sameness) -> Grouping:
    """The grouping with the ids and labels that the earlier brief had for the same issues."""
    new = Told(grouping.issues, [(grouping.of[each.id], each.content) for each in claims])
    same = same_issues(told_by(previous), new, sameness)
    found = {issue.id for issue in grouping.issues if issue.origin == "found"}
    earlier = {heir: issue for issue, heir in same.items() if heir != issue and heir in found}
    if not earlier:
        return grouping
    labels = {issue.id: issue.label for issue in previous.issues}
    return Grouping(
        tuple(_under(issue, earlier[issue.id], labels) if issue.id in earlier else issue for issue in grouping.issues),
        {claim: unique(earlier.get(issue, issue) for issue in ids) for claim, ids in grouping.of.items()},
        {earlier.get(issue, issue): key for issue, key in grouping.keys.items()},
    )


def _under(issue: Issue, name: str, labels: Mapping[str, str]) -> Issue:
    return replace(issue, id=name, label=labels[name])
