"""A Brief in, the columns and rows of its tables out, with names beside ids.

The columns are the fields of a row's type, in their order: programs that read the files rely on them, so a new one comes
last. A claim that several documents print is one row with its first place; ``also_in`` names the other documents.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from briefgen.export.sheet import Cell
from briefgen.model.brief import OTHER_ISSUE, Actor, Brief, BriefStatement
from briefgen.model.findings import AGAINST, FOR, Ref

Table = tuple[tuple[str, ...], list[tuple[Cell, ...]]]


class StatementRow(NamedTuple):
    """A statement: who says what about which issues, in which words, and where it stands."""

    id: str
    actor_id: str | None
    actor: str
    speaker: str
    relayed_by: str
    stance: str
    negated: bool
    hedges: tuple[str, ...]
    condition: str | None
    target: tuple[str, ...]
    issues: tuple[str, ...]
    quoted: str
    confidence: str
    cue: str
    content: str
    sentence: str
    path: str
    title: str | None
    publisher: str | None
    published: str | None
    url: str | None
    start: int
    end: int
    also_in: tuple[str, ...]


class PositionRow(NamedTuple):
    """A position: an actor's stance on an issue, how much stands behind it, and its first place."""

    id: str
    actor_id: str
    actor: str
    issue_id: str
    issue: str
    stance: str
    quote: str
    sources: int
    statements: int
    voice: str
    hedged: bool
    conditions: tuple[str, ...]
    first: str | None
    last: str | None
    change: str | None
    sentence: str
    path: str
    title: str | None
    publisher: str | None
    published: str | None
    url: str | None
    start: int
    end: int
    also_in: tuple[str, ...]
    statement_ids: tuple[str, ...]


class ProposalRow(NamedTuple):
    """A proposal: what is to be done, by whom it was put forward, to whom, what became of it, and its first place."""

    id: str
    action: str
    by: tuple[str, ...]
    to: tuple[str, ...]
    conditions: tuple[str, ...]
    status: str
    when: str | None
    origin: str
    support: tuple[str, ...]
    oppose: tuple[str, ...]
    issues: tuple[str, ...]
    sentence: str
    path: str
    title: str | None
    publisher: str | None
    published: str | None
    url: str | None
    start: int
    end: int
    also_in: tuple[str, ...]


class NetworkRow(NamedTuple):
    """A statement as discourse networks are made of: a person or an organization is for (1) or against (0) a concept."""

    statement_id: str
    person: str
    organization: str
    concept: str
    agreement: int
    date: str | None
    text: str
    document: str
    title: str | None


class _Names:
    """The names behind the ids of a brief."""

    def __init__(self, brief: Brief) -> None:
        self.actors: dict[str, Actor] = {actor.id: actor for actor in brief.actors}
        self.issues = {issue.id: issue.label for issue in brief.issues}
        self.sources = {source.id: source for source in brief.sources}

    def actor(self, name: str | None) -> str:
        """The name of an actor; who is none of the brief's is known by the name that the source uses."""
        return self.actors[name].name if name in self.actors else name or ""

    def all_actors(self, names: Iterable[str]) -> tuple[str, ...]:
        return tuple(map(self.actor, names))

    def labels(self, issues: Iterable[str]) -> tuple[str, ...]:
        return tuple(self.issues.get(issue, issue) for issue in issues)

    def place(self, refs: tuple[Ref, ...]) -> dict[str, Any]:
        """The columns that say where a claim stands first, and in which documents besides."""
        first, source = refs[0], self.sources[refs[0].source]
        also_in = tuple(dict.fromkeys(self.sources[ref.source].path for ref in refs))[1:]
        said = {name: getattr(source, name) for name in ("path", "title", "publisher", "published", "url")}
        return {**said, "sentence": first.sentence, "start": first.start, "end": first.end, "also_in": also_in}


def statements(brief: Brief) -> Table:
    """All statements of the brief."""
    names = _Names(brief)
    rows: list[tuple[Cell, ...]] = []
    for each in brief.statements:
        row = StatementRow(
            id=each.id,
            actor_id=each.actor,
            actor=names.actor(each.actor),
            speaker=each.speaker,
            relayed_by=names.actor(each.relayed_by),
            stance=each.stance,
            negated=each.negated,
            hedges=each.hedges,
            condition=each.condition,
            target=names.all_actors(each.target),
            issues=names.labels(each.issues),
            quoted=each.quote_kind,
            confidence=each.confidence,
            cue=each.cue,
            content=each.content,
            **names.place(each.refs),
        )
        rows.append(row)
    return StatementRow._fields, rows


def positions(brief: Brief) -> Table:
    """All positions of the brief."""
    names = _Names(brief)
    rows: list[tuple[Cell, ...]] = []
    for each in brief.positions:
        row = PositionRow(
            id=each.id,
            actor_id=each.actor,
            actor=names.actor(each.actor),
            issue_id=each.issue,
            issue=names.labels([each.issue])[0],
            stance=each.stance,
            quote=each.quote,
            sources=each.strength.sources,
            statements=each.strength.statements,
            voice=each.voice,
            hedged=each.hedged,
            conditions=each.conditions,
            first=each.first,
            last=each.last,
            change=each.change,
            **names.place(each.refs),
            statement_ids=each.statements,
        )
        rows.append(row)
    return PositionRow._fields, rows


def proposals(brief: Brief) -> Table:
    """All proposals of the brief."""
    names = _Names(brief)
    rows: list[tuple[Cell, ...]] = []
    for each in brief.proposals:
        row = ProposalRow(
            id=each.id,
            action=each.action,
            by=names.all_actors(each.by),
            to=names.all_actors(each.to),
            conditions=each.conditions,
            status=each.status,
            when=each.when,
            origin=each.origin,
            support=names.all_actors(each.support),
            oppose=names.all_actors(each.oppose),
            issues=names.labels(each.issues),
            **names.place(each.refs),
        )
        rows.append(row)
    return ProposalRow._fields, rows


def network(brief: Brief) -> Table:
    """Who is for or against what, a row for each issue of a statement.

    Left out is what makes no edge: statements without a known actor, on no issue that others share, or neither for nor
    against. They are all among the ``statements``. A reprint is no second statement.
    """
    names = _Names(brief)
    return NetworkRow._fields, [row for each in brief.statements for row in _edges(each, names)]


def _edges(statement: BriefStatement, names: _Names) -> Iterator[NetworkRow]:
    actor = names.actors.get(statement.actor or "")
    if actor is None or statement.stance not in FOR | AGAINST:
        return
    is_person = actor.kind == "person"
    ref, source = statement.refs[0], names.sources[statement.refs[0].source]
    for issue in statement.issues:
        if issue != OTHER_ISSUE:
            yield NetworkRow(
                statement_id=statement.id,
                person=actor.name if is_person else "",
                organization=names.actor(actor.parent) if is_person else actor.name,
                concept=names.labels([issue])[0],
                agreement=int(statement.stance in FOR),
                date=source.published,
                text=ref.sentence,
                document=source.path,
                title=source.title,
            )
