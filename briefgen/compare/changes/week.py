"""A brief in, its positions out as they are looked up when two briefs are compared: by cell, by statement and by thing.

Actors and issues stand under the ids of the newer brief, so that the positions of both weeks meet.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from briefgen.compare.changes.sameness import NOTHING, Sameness, Thing
from briefgen.compare.positions import is_somebody
from briefgen.model.brief import OTHER_ISSUE, Brief, BriefStatement, Position
from briefgen.model.findings import Confidence, Stance

#: So many statements of a position are looked at; more tell nothing new.
LOOKED_AT = 40


class Said(NamedTuple):
    """A statement of a position, with the thing that it is about."""

    position: Position
    statement: BriefStatement
    thing: Thing


class Week:
    """The positions of one brief; ``actors`` and ``issues`` give the newer brief's ids where they differ."""

    def __init__(self, brief: Brief, actors: Mapping[str, str], issues: Mapping[str, str], sameness: Sameness) -> None:
        self._actors, self._issues = actors, issues
        statements = {statement.id: statement for statement in brief.statements}
        self._offices = {actor.id for actor in brief.actors if actor.kind == "unnamed" and is_somebody(actor)}
        self.positions = brief.positions
        self._said: dict[str, list[Said]] = {}
        self._cells: dict[tuple[str, str], list[Position]] = defaultdict(list)
        self.things: dict[str, list[Thing]] = defaultdict(list)
        self.by_statement: dict[tuple[str, str, Stance], list[Said]] = defaultdict(list)
        self.by_head: dict[tuple[str, str], list[Said]] = defaultdict(list)
        for position in brief.positions:
            actor, issue = self.actor(position), self.issue(position)
            self._cells[actor, issue].append(position)
            self._said[position.id] = []
            for statement in _statements(position, statements):
                said = Said(position, statement, sameness.thing(statement.content) if _is_comparable(position) else NOTHING)
                self._said[position.id].append(said)
                self.things[issue].append(said.thing)
                self.by_statement[statement.id, actor, position.stance].append(said)
                if said.thing.head:
                    self.by_head[actor, said.thing.head].append(said)

    def actor(self, position: Position) -> str:
        """The actor of a position; one that the other brief does not have keeps its own id."""
        return self._actors.get(position.actor, position.actor)

    def issue(self, position: Position) -> str:
        """The issue of a position; what fits under none shares none."""
        return self._issues.get(position.issue, position.issue) if position.issue != OTHER_ISSUE else f"other {position.id}"

    def is_sure(self, said: Said) -> bool:
        """Whether a statement is the actor's own, by a name or an office, not told by others, and read with confidence."""
        statement = said.statement
        is_told = said.position.voice != "unnamed" or statement.actor in self._offices
        return is_told and not statement.relayed_by and statement.confidence is not Confidence.LOW

    def said(self, position: Position) -> Sequence[Said]:
        """What makes a position: its statements, those with its quote first."""
        return self._said[position.id][:LOOKED_AT]

    def held(self, actor: str, issue: str) -> Sequence[Position]:
        """The positions of an actor on an issue."""
        return self._cells.get((actor, issue), ())


def _is_comparable(position: Position) -> bool:
    """What only states something and stands under no issue is known by its words alone."""
    return position.stance is not Stance.STATES or position.issue != OTHER_ISSUE


def _statements(position: Position, statements: Mapping[str, BriefStatement]) -> list[BriefStatement]:
    known = [statements[each] for each in position.statements if each in statements]
    return sorted(known, key=lambda each: (each.content != position.quote, each.id))
