"""Statements with actor and issue in, positions out: one for each actor, issue and stance, with all its evidence.

A person's or office's statement counts for the state or body that it speaks for. Statements without an actor make no position.
``states`` is no attitude: it becomes a position only where a named actor has said nothing more telling on the issue, since a
matrix full of "states" hides the rest, and only with a claim in it and not just a topic. The quote is the content that can
best stand alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import NamedTuple

from briefgen.compare.actors import Roster
from briefgen.compare.sources import Independence
from briefgen.compare.standalone import LOST_SPACE
from briefgen.compare.terms import digest_id, lowered, stem, unique
from briefgen.model.brief import OTHER_ISSUE, Actor, BriefSource, BriefStatement, Issue, Position, Strength, Voice
from briefgen.model.findings import GAP, Confidence, QuoteKind, Ref, Stance


class Cell(NamedTuple):
    """What a position is one of: an actor's stance on an issue; ``own`` keeps apart what stands under no issue."""

    actor: str
    issue: str
    stance: Stance
    own: str = ""


NAMED_KINDS = ("state", "organization", "person", "group")
KIND_ORDER = ("state", "organization", "person", "group", "other", "unnamed")
STANCES = tuple(Stance)
VOICES: tuple[Voice, ...] = ("named", "actor", "unnamed", "source")
#: A quote of so many words reads best.
GOOD_LENGTH = range(5, 33)
#: Content that says nothing by itself: "some members reject them".
MERE_POINTERS = frozenset(("it", "them", "this", "that", "these", "those", "him", "her", "so"))
#: Frames whose content is a name and no claim, unless the cue takes a stance on it.
TOPICAL = frozenset(("np", "prep", "wh", "to", "light verb", "passive", "obj-prep", "obj-wh", "what"))
POINTS_BACK = re.compile(r"(?:that\s+)?(?:this|these|those|such|it|they|he|she|the former|the latter)\b", re.I)
ONE_OF_MANY = re.compile(
    r"^(?:some|several|many|an?|the|one|senior|unnamed|anonymous)\b|\b(?:officials?|diplomats?|lawmakers|sources?|representatives?)\b",
    re.I,
)


#: An office that one person holds at a time: "The mayor of Lindhaven", not "The residents of Lindhaven".
OFFICE = re.compile(
    r"The (?:[a-z][\w-]* ){0,3}?(?!official|source|diplomat|lawmaker|representative)[a-z][\w-]*(?<!s) (?:of|for) (?:the )?[A-Z]"
)


def is_somebody(actor: Actor) -> bool:
    """Whether an actor is the same one whoever speaks of it: a name or an office, not "some diplomats"."""
    return actor.kind != "unnamed" or bool(OFFICE.match(actor.name))


def find_positions(
    statements: Sequence[BriefStatement],
    issues: Sequence[Issue],
    roster: Roster,
    sources: Sequence[BriefSource],
    counted: Independence,
) -> tuple[Position, ...]:
    """All positions, by actor, then stance. ``counted`` tells which source a claim counts as."""
    cells = _cells(statements, roster)
    days = {source.id: source.published for source in sources}
    labels = {issue.id: issue.label for issue in issues}
    made = [_position(cell, cells[cell], labels[cell.issue], roster, counted, days) for cell in cells]
    weight: dict[str, int] = defaultdict(int)
    for position in made:
        weight[position.actor] += position.strength.statements
    return tuple(sorted(made, key=lambda position: _place(position, roster[position.actor], weight)))


def _place(position: Position, actor: Actor, weight: Mapping[str, int]) -> tuple[object, ...]:
    kind = KIND_ORDER.index(actor.kind) // 4
    return kind, -weight[actor.id], actor.name, actor.id, STANCES.index(position.stance)


def _cells(statements: Sequence[BriefStatement], roster: Roster) -> dict[Cell, list[BriefStatement]]:
    cells: dict[Cell, list[BriefStatement]] = defaultdict(list)
    for statement in statements:
        if statement.actor and statement.content.lower() not in MERE_POINTERS and not _only_names_a_topic(statement):
            for issue in statement.issues:
                # What has no issue has nothing in common: each statement is a position of its own.
                own = statement.id if issue == OTHER_ISSUE else ""
                cells[Cell(roster.holder(statement.actor), issue, statement.stance, own)].append(statement)
    telling = {(cell.actor, cell.issue) for cell in cells if cell.stance is not Stance.STATES}
    return {
        cell: held
        for cell, held in cells.items()
        if cell.stance is not Stance.STATES
        or (roster[cell.actor].kind in NAMED_KINDS and (cell.actor, cell.issue) not in telling)
    }


def _only_names_a_topic(statement: BriefStatement) -> bool:
    """Whether nothing is said but what somebody spoke about, left open or never said: "did not rule out a levy", "spoke about
    prices", "I never said that it was wrong".
    """
    return statement.stance is Stance.STATES and (statement.frame in TOPICAL or statement.negated)


def _position(
    cell: Cell,
    statements: Sequence[BriefStatement],
    label: str,
    roster: Roster,
    counted: Independence,
    days: Mapping[str, str | None],
) -> Position:
    actor, issue, stance, own = cell
    refs = merged_refs(ref for statement in statements for ref in statement.refs)
    known = sorted(day for ref in refs if (day := days[ref.source]))
    return Position(
        id=digest_id("po", *filter(None, (actor, issue, stance, own))),
        actor=actor,
        issue=issue,
        stance=stance,
        quote=best_quote(statements, label).content,
        strength=Strength(sources=len(counted.confirming(refs)), statements=len(statements)),
        voice=min((_voice(statement, roster) for statement in statements), key=VOICES.index),
        hedged=all(statement.hedges for statement in statements),
        conditions=unique(statement.condition or "" for statement in statements),
        statements=tuple(statement.id for statement in statements),
        first=known[0] if known else None,
        last=known[-1] if known else None,
        refs=refs,
    )


def merged_refs(refs: Iterable[Ref]) -> tuple[Ref, ...]:
    """Each place once, by source and place; of two refs to one sentence the first is kept."""
    found: dict[tuple[str, int, int], Ref] = {}
    for ref in refs:
        found.setdefault((ref.source, ref.start, ref.end), ref)
    return tuple(sorted(found.values(), key=lambda ref: (source_number(ref.source), ref.start, ref.end)))


def source_number(source: str) -> int:
    """``"s12" -> 12``."""
    return int(source[1:])


def best_quote(statements: Sequence[BriefStatement], about: str = "") -> BriefStatement:
    """The statement whose content best stands alone: not a fragment, no pronoun without its noun, neither curt nor endless.

    One that says a word of ``about``, the issue's label, is better than one that does not.
    """
    if len(statements) == 1:
        return statements[0]
    wanted = {stem(word) for word in lowered(about) if len(word) > 3}
    return min(statements, key=lambda statement: (_burden(statement, wanted), len(statement.content), statement.id))


def _burden(statement: BriefStatement, wanted: Set[str]) -> float:
    words = len(statement.content.split())
    burden = 2.0 * bool(POINTS_BACK.match(statement.content)) + 1.0 * (GAP in statement.content)
    burden += 1.5 * (words < GOOD_LENGTH.start) + 1.0 * (words >= GOOD_LENGTH.stop)
    burden += {Confidence.HIGH: 0.0, Confidence.MEDIUM: 0.4, Confidence.LOW: 1.0}[statement.confidence]
    burden += 1.0 * bool(LOST_SPACE.search(statement.content))
    burden += 0.5 * (bool(wanted) and not any(stem(word) in wanted for word in lowered(statement.content)))
    burden += 0.5 * bool(statement.hedges) - 0.3 * (statement.quote_kind is QuoteKind.DIRECT)
    return burden - min(words, 20) / 25


def _voice(statement: BriefStatement, roster: Roster) -> Voice:
    actor = roster[statement.actor] if statement.actor else None
    if not actor:
        return "source"
    if actor.kind in ("person", "organization"):
        return "named"
    return "unnamed" if actor.kind == "unnamed" or ONE_OF_MANY.search(_bare(statement.speaker)) else "actor"


def _bare(speaker: str) -> str:
    """The speaker without an article before a capital: "the Kremlin" is no unnamed person."""
    return re.sub(r"^[Tt]he (?=[A-Z])", "", speaker)
