"""Positions of two briefs in, pairs out: which position of the new one is which of the earlier one, and what became of it.

Asked in this order, each of what is left:

1. *held*: the same actor, issue and stance; or a statement in common (a reprint); or the same stance on the very same thing,
   whatever issue it stands under; or another word for the same side ("demands" for "supports").
2. *reversed*: the same actor was for a thing and is against it, or the other way round; or denied what it now says. The
   thing must be the very same (``sameness``), both must be told of the actor itself with confidence, and neither week may
   show both sides or a condition: sources that contradict one another are no change of mind.
3. *moved*: another attitude to the same thing that is no reversal, a condition dropped for instance; or the same stance that
   was hedged and is firm, or the other way round.

What is left is new, or not repeated. When in doubt, a position is left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Literal, NamedTuple

from briefgen.compare.changes.sameness import Sameness
from briefgen.compare.changes.week import LOOKED_AT, Said, Week
from briefgen.compare.positions import STANCES
from briefgen.model.brief import OTHER_ISSUE, BriefStatement, Position
from briefgen.model.findings import Stance

FOR = frozenset([Stance.SUPPORTS, Stance.DEMANDS, Stance.PROPOSES, Stance.OFFERS])
AGAINST = frozenset([Stance.OPPOSES])
#: Attitudes to a thing: whoever only states or denies something has taken none.
ATTITUDES = frozenset(STANCES) - {Stance.STATES, Stance.DENIES}

Kind = Literal["held", "reversed", "moved"]
NOTHING: frozenset[str] = frozenset()
Test = Callable[[Said, Said], bool]


class Pair(NamedTuple):
    """An earlier position, what it became, and the statements of both that show it, where one had to be looked for."""

    old: Position
    new: Position
    kind: Kind
    said: BriefStatement | None = None
    says: BriefStatement | None = None


def find_pairs(old: Week, new: Week, labels: Mapping[str, str], sameness: Sameness) -> list[Pair]:
    """The pairs, in the order of the new brief's positions; ``labels`` are those of the issues."""
    pairing = _Pairing(old, new, labels, sameness)
    pairing.hold(pairing.of_one_cell())
    pairing.hold(pairing.of_one_statement())
    pairing.hold(pairing.of_one_thing())
    pairing.hold(pairing.of_one_side())
    pairing.turn(pairing.reversed())
    pairing.turn(pairing.moved())
    order = {position.id: at for at, position in enumerate(new.positions)}
    return sorted(pairing.pairs, key=lambda pair: (order[pair.new.id], pair.old.id))


class _Pairing:
    """The pairs found so far, and what is left of both weeks."""

    def __init__(self, old: Week, new: Week, labels: Mapping[str, str], sameness: Sameness) -> None:
        self.old, self.new, self.sameness = old, new, sameness
        self.pairs: list[Pair] = []
        self._left_old = {position.id: position for position in old.positions}
        self._left_new = {position.id: position for position in new.positions}
        self._usual = {
            issue: sameness.typical(label, [*old.things.get(issue, ()), *new.things.get(issue, ())])
            for issue, label in labels.items()
        }

    def hold(self, found: Iterator[Pair]) -> None:
        """Take each pair of which a position is left: several of one week may be one of the other's."""
        taken = {(pair.old.id, pair.new.id): pair for pair in reversed(list(found))}
        open_ones = [pair for pair in taken.values() if pair.old.id in self._left_old or pair.new.id in self._left_new]
        for pair in open_ones:
            self._left_old.pop(pair.old.id, None)
            self._left_new.pop(pair.new.id, None)
        self.pairs += open_ones

    def turn(self, found: Iterator[Pair]) -> None:
        """Take each pair of which both positions are left."""
        for pair in list(found):
            if pair.old.id in self._left_old and pair.new.id in self._left_new:
                del self._left_old[pair.old.id], self._left_new[pair.new.id]
                self.pairs.append(pair)

    def of_one_cell(self) -> Iterator[Pair]:
        """The same actor, issue and stance; a hedge that came or went is told."""
        for old in self.old.positions:
            for new in self._beside(old, self.old, self.new):
                if new.stance is old.stance:
                    moved = old.stance in ATTITUDES and old.hedged != new.hedged
                    yield Pair(old, new, "moved" if moved else "held")

    def of_one_statement(self) -> Iterator[Pair]:
        """A statement of the earlier brief told again, whatever issue it stands under."""
        for key, said in self.old.by_statement.items():
            for one in said[:LOOKED_AT]:
                for two in self.new.by_statement.get(key, ())[:LOOKED_AT]:
                    yield Pair(one.position, two.position, "held")

    def of_one_thing(self) -> Iterator[Pair]:
        """The same stance on the same thing under another issue."""
        for one, two in self._with_one_head():
            if one.position.stance is two.position.stance and self._are_one(one, two):
                yield _pair(one, two, "held")

    def of_one_side(self) -> Iterator[Pair]:
        """What is left of either week, beside whatever the actor holds on the thing on the same side."""
        for old in self._left_old.values():
            for new in self._beside(old, self.old, self.new):
                if _side(old) == _side(new) == 1:
                    yield from self._shown(old, new, "held", self._mention_one)
        for new in self._left_new.values():
            for old in self._beside(new, self.new, self.old):
                if _side(old) == _side(new) == 1:
                    yield from self._shown(old, new, "held", self._mention_one)

    def reversed(self) -> Iterator[Pair]:
        """For and against the very same thing; denied and said."""
        for one, two in self._with_one_head():
            is_turned = _side(one.position) * _side(two.position) == -1 and self._are_sure(one, two)
            if is_turned and self._may_be_compared(one, two) and self._are_one(one, two) and not self._is_mixed(one, two):
                yield _pair(one, two, "reversed")
        for old in self._left_old.values():
            for new in self._beside(old, self.old, self.new):
                if {old.stance, new.stance} == {Stance.DENIES, Stance.STATES}:
                    yield from self._shown(old, new, "reversed", self._claim_one)

    def moved(self) -> Iterator[Pair]:
        """Another attitude to the same thing, on neither side against what it was."""
        for old in self._left_old.values():
            for new in self._beside(old, self.old, self.new):
                if {old.stance, new.stance} <= ATTITUDES and _side(old) * _side(new) != -1:
                    yield from self._shown(old, new, "moved", self._mention_one)

    def _beside(self, position: Position, own: Week, other: Week) -> list[Position]:
        """What the actor of a position of ``own`` holds on its issue in the ``other`` week."""
        return list(other.held(own.actor(position), own.issue(position)))

    def _with_one_head(self) -> Iterator[tuple[Said, Said]]:
        """What is left of both weeks, where the same actor speaks of things with the same head."""
        for key, said in self.old.by_head.items():
            ones = [each for each in said if each.position.id in self._left_old][:LOOKED_AT]
            twos = [each for each in self.new.by_head.get(key, ()) if each.position.id in self._left_new] if ones else []
            for one in ones:
                for two in twos[:LOOKED_AT]:
                    yield one, two

    def _shown(self, old: Position, new: Position, kind: Kind, is_it: Test) -> Iterator[Pair]:
        """The pair, with the first statements of both, told with confidence, of which ``is_it`` is true."""
        found = ((one, two) for one in self.old.said(old) for two in self.new.said(new))
        found = (pair for pair in found if self._are_sure(*pair) and is_it(*pair))
        for one, two in found:
            yield _pair(one, two, kind)
            return

    def _are_sure(self, one: Said, two: Said) -> bool:
        return self.old.is_sure(one) and self.new.is_sure(two)

    def _may_be_compared(self, one: Said, two: Said) -> bool:
        """Whether two positions are on one issue, or on what is an issue in one of the weeks only; never both on none."""
        if one.position.issue == two.position.issue == OTHER_ISSUE:
            return False
        issue, other = self.old.issue(one.position), self.new.issue(two.position)
        return issue == other or issue not in self.new.things or other not in self.old.things

    def _is_mixed(self, one: Said, two: Said) -> bool:
        """Whether one of the weeks shows the actor on both sides, or with a condition."""
        before, after = _side(one.position), _side(two.position)
        return self._shows(self.old, after, one, two) or self._shows(self.new, before, one, two)

    def _shows(self, week: Week, side: int, one: Said, two: Said) -> bool:
        actor = self.old.actor(one.position)
        issues = (self.old.issue(one.position), self.new.issue(two.position))
        held = [position for issue in issues for position in week.held(actor, issue)]
        same = [said for said in week.by_head.get((actor, one.thing.head), ())[:LOOKED_AT] if self._are_one(one, said)]
        held += [said.position for said in same]
        return any(_side(position) == side or position.stance is Stance.CONDITIONAL for position in held)

    def _are_one(self, one: Said, two: Said) -> bool:
        return self.sameness.are_one(one.thing, two.thing, self._usual_of(one, two))

    def _mention_one(self, one: Said, two: Said) -> bool:
        usual = self._usual_of(one, two)
        said, says = one.statement.content, two.statement.content
        return self.sameness.mentions(says, one.thing, usual) or self.sameness.mentions(said, two.thing, usual)

    def _claim_one(self, one: Said, two: Said) -> bool:
        said, says = one.statement, two.statement
        return said.negated == says.negated and self.sameness.claims_the_same(said.content, says.content)

    def _usual_of(self, one: Said, two: Said) -> frozenset[str]:
        """The words that are usual on the issue of both statements; on two issues ("cod quota", "milk quota") none are."""
        issue = self.old.issue(one.position)
        return self._usual.get(issue, NOTHING) if issue == self.new.issue(two.position) else NOTHING


def _pair(one: Said, two: Said, kind: Kind) -> Pair:
    return Pair(one.position, two.position, kind, one.statement, two.statement)


def _side(position: Position) -> int:
    """1 for somebody who is for a thing, -1 against it, 0 where neither is said."""
    return 1 if position.stance in FOR else -1 if position.stance in AGAINST else 0
