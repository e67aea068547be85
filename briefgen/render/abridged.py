"""A brief in, as much of it as a page has room for out, and how much that leaves out; ``brief.json`` and the CSV have all.

A week's brief is shown whole. That of a thousand articles has thousands of positions, and a page of them is read by nobody. Of
each issue as many are kept as the room allows, on all alike: first what has changed, then what the bottom line speaks of, then
what is contested, then who takes a stance before who only states something, then what most sources and statements stand behind.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, TypeVar

from briefgen.model.brief import Brief, BriefProposal, Position
from briefgen.model.findings import Ref, Stance

#: So many positions a page has, unless the settings say otherwise; of other lists the part that ``SHARE`` says.
MOST, SHARE = 1_000, 5
Listed = TypeVar("Listed")


class Left(NamedTuple):
    """How much is left out: positions by issue, and of the other lists."""

    positions: Mapping[str, int]
    proposals: int
    agreements: int
    differences: int


def abridged(brief: Brief, most: int = MOST) -> tuple[Brief, Left]:
    """The brief with at most ``most`` positions, or one for each issue, and the longest lists cut; the order stays."""
    positions = _positions(brief, most)
    rest = max(1, most // SHARE)
    proposals = _first(brief.proposals, rest, _worth)
    agreements = _first(brief.agreements, rest, lambda each: (-len(each.sources), -len(each.actors)))
    differences = _first(brief.disagreements, rest, lambda each: (-sum(len(side.sources) for side in each.sides),))
    left = Left(
        Counter(position.issue for position in brief.positions) - Counter(position.issue for position in positions),
        len(brief.proposals) - len(proposals),
        len(brief.agreements) - len(agreements),
        len(brief.disagreements) - len(differences),
    )
    if not any((left.positions, *left[1:])):
        return brief, left
    short = replace(brief, positions=positions, proposals=proposals, agreements=agreements, disagreements=differences)
    return short, left


def _positions(brief: Brief, most: int) -> tuple[Position, ...]:
    if len(brief.positions) <= most:
        return brief.positions
    spoken_of = [
        _changed(brief),
        _cited(brief, (ref for point in brief.key_points for ref in point.refs)),
        _cited(brief, (ref for each in brief.disagreements for side in each.sides for ref in side.refs)),
    ]
    by_issue: dict[str, list[Position]] = defaultdict(list)
    for position in brief.positions:
        by_issue[position.issue].append(position)
    room = _fair([len(held) for held in by_issue.values()], most)
    kept = {
        position.id
        for held in by_issue.values()
        for position in sorted(held, key=lambda each: (*(each.id not in some for some in spoken_of), *_weight(each)))[:room]
    }
    return tuple(position for position in brief.positions if position.id in kept)


def _fair(sizes: Sequence[int], most: int) -> int:
    """How many each of several lists may have, so that all together have ``most``; one at least."""
    low, high = 1, max(sizes)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if sum(min(size, middle) for size in sizes) <= most else (low, middle - 1)
    return low


def _changed(brief: Brief) -> set[str]:
    """The positions that are no longer what they were in the earlier brief."""
    changes = brief.changes
    return {*changes.reversed, *changes.moved, *changes.strengthened} if changes else set()


def _cited(brief: Brief, refs: Iterable[Ref]) -> set[str]:
    """The positions that rest on one of the sentences at ``refs``."""
    places = {(ref.source, ref.start, ref.end) for ref in refs}
    return {each.id for each in brief.positions if any((ref.source, ref.start, ref.end) in places for ref in each.refs)}


def _weight(position: Position) -> tuple[object, ...]:
    strength = position.strength
    return position.stance is Stance.STATES, -strength.sources, -strength.statements, position.id


def _worth(proposal: BriefProposal) -> tuple[object, ...]:
    """Who is on record first, then what is told most often."""
    return not proposal.by, -len({ref.source for ref in proposal.refs})


def _first(listed: Iterable[Listed], most: int, worth: Callable[[Listed], tuple[object, ...]]) -> tuple[Listed, ...]:
    """The ``most`` of a list that are worth most, in the list's own order."""
    every = tuple(listed)
    if len(every) <= most:
        return every
    kept = sorted(sorted(range(len(every)), key=lambda at: worth(every[at]))[:most])
    return tuple(every[at] for at in kept)
