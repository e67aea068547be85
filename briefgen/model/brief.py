"""The comparative brief: what templates render and what next week's brief is compared with."""

from typing import Annotated, Literal

from pydantic import Field

from briefgen.model.base import Note, Text, value
from briefgen.model.changes import Change, Changes
from briefgen.model.findings import Claim, Origin, Refs, Stance, Status, When

SCHEMA_VERSION = "1"

#: The id of the issue that holds what fits under no other: its positions have nothing in common.
OTHER_ISSUE = "other"

ActorKind = Literal["state", "organization", "person", "group", "unnamed", "other"]


@value
class Period:
    """The days that a brief covers, ISO; all None when it was not asked for.

    ``undated`` says what became of documents whose date does not tell whether they belong.
    """

    label: str | None = None
    start: str | None = None
    end: str | None = None
    undated: Literal["include", "exclude"] | None = None


@value
class Generator:
    """What made the brief: enough to make it again."""

    name: str
    version: str
    rules: str


@value
class CopiedFrom:
    """So many words of a document were taken over from the ``source``; claims in them count as that source's."""

    source: str
    words: int


@value
class BriefSource:
    """One document of the brief. ``text`` is as in ``inspect``; ``words`` counts what is left after dropping.

    ``duplicate_of`` and ``contained_in`` name the source that has nearly all of its words, ``copied_from`` those that it has
    parts of, a digest or an update for instance. One that a person marked as ``unreliable`` confirms nothing.
    """

    id: str
    path: str
    title: str | None
    publisher: str | None = None
    published: str | None = None
    published_from: str | None = None
    url: str | None = None
    format: str
    words: int
    duplicate_of: str | None = None
    contained_in: str | None = None
    copied_from: tuple[CopiedFrom, ...] = ()
    notes: tuple[Note, ...] = ()
    sha256: str = ""
    unreliable: bool = False
    text: str


@value
class Skipped:
    """A file that could not be read, and why, in words that say what to do.

    Documents that were read and left out of the period have the codes ``outside-period`` and ``undated``.
    """

    path: str
    code: str
    reason: str


@value
class Actor:
    """Who can hold a position. ``parent`` is the id of the state or organization that a person or office speaks for."""

    id: str
    name: str
    kind: ActorKind
    parent: str | None = None
    aliases: tuple[str, ...] = ()


@value
class Issue:
    """What positions are about. ``origin`` (``from`` in JSON) says whether a user's taxonomy named it or it was found."""

    id: str
    label: str
    terms: tuple[str, ...] = ()
    contested: bool = False
    origin: Annotated[Literal["taxonomy", "found"], Field(alias="from")] = "found"


@value
class BriefStatement(Claim):
    """A statement with its actor known. ``speaker`` keeps the surface name that the source uses.

    ``frame`` is the pattern that read the sentence.
    """

    actor: str | None
    speaker: str = ""
    frame: str = ""
    issues: tuple[str, ...] = ()


@value
class Strength:
    """How much stands behind a position, in counts; a source that is marked as unreliable is not counted."""

    sources: int
    statements: int


#: Who speaks: a named person or body, an actor without a named speaker, unnamed people, or the source's own reading.
Voice = Literal["named", "actor", "unnamed", "source"]


@value
class Position:
    """One actor's stance on one issue; ``quote`` is the verbatim content that says it best, ``notes`` are the editor's."""

    id: str
    actor: str
    issue: str
    stance: Stance
    quote: Text
    strength: Strength
    voice: Voice = "actor"
    hedged: bool = False
    conditions: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()
    first: str | None = None
    last: str | None = None
    change: Change | None = None
    notes: tuple[str, ...] = ()
    refs: Refs


@value
class BriefProposal:
    """A proposal with its actors known. ``rule`` is the one that found the telling which ``action`` quotes."""

    id: str
    action: Text
    by: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    status: Status
    when: str | None = None
    origin: Origin
    support: tuple[str, ...] = ()
    oppose: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()
    rule: str = ""
    refs: Refs


@value
class Agreement:
    """Actors that take the same stance on an issue."""

    id: str
    issue: str
    what: str
    actors: tuple[str, ...]
    sources: tuple[str, ...]
    refs: Refs


@value
class Side:
    """One side of a disagreement."""

    label: str
    actors: tuple[str, ...] = ()
    stance: Stance | None = None
    sources: tuple[str, ...] = ()
    refs: Refs


@value
class Disagreement:
    """``actors`` take opposed stances, ``sources`` report different things, or one phrase has two ``meaning``s."""

    id: str
    issue: str
    kind: Literal["actors", "sources", "meaning"]
    sides: Annotated[tuple[Side, ...], Field(min_length=2)]


@value
class TimelineEntry:
    """An event with its actors known.

    ``shown`` is False for those that a brief has no room for; ``conflicts`` are the ids of entries that seem to tell the same
    event with another date.
    """

    id: str
    when: When
    what: Text
    actors: tuple[str, ...] = ()
    status: Literal["past", "planned", "undated"]
    origin: Origin
    certainty: Literal["stated", "hedged"] = "stated"
    shown: bool = True
    conflicts: tuple[str, ...] = ()
    refs: Refs


@value
class TablePlace:
    """Where another document has the same table."""

    source: str
    start: int
    end: int


@value
class CellConflict:
    """A cell that another table of the same columns gives otherwise: ``other`` in place of ``value``."""

    row: str
    column: str
    value: str
    table: str
    source: str
    other: str


@value
class BriefTable:
    """A table of a source, header and rows apart.

    ``totals`` are the indices of rows that sum up others; ``also`` are the places of the same table in other documents, and
    ``conflicts`` the cells in which a table that is otherwise alike differs.
    """

    id: str
    source: str
    title: str | None
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    totals: tuple[int, ...] = ()
    also: tuple[TablePlace, ...] = ()
    conflicts: tuple[CellConflict, ...] = ()
    kind: str = "other"
    start: int
    end: int


@value
class KeyPoint:
    """A verbatim sentence that leads the brief; ``pinned`` if a person put it there."""

    text: Text
    pinned: bool = False
    refs: Refs


@value
class Correction:
    """A correction of the user's, and what became of it: one for each thing that an entry changes.

    ``what`` is it in words; ``kind``, ``value`` and ``was`` are the same in parts, and ``about`` the sentence or name that the
    entry gives. ``targets`` are the ids of what is different because of it, in this brief (of a dropped statement, its own).
    One that matched nothing has the ``nearest`` sentence or name that there is, with its id.
    """

    id: str
    file: str
    line: int
    what: str
    kind: str = ""
    value: str = ""
    was: str = ""
    why: str = ""
    about: str = ""
    status: Literal["applied", "reworded", "unmatched", "absent", "contradicted"] = "applied"
    targets: tuple[str, ...] = ()
    nearest: str = ""
    nearest_id: str = ""


@value
class Brief:
    """The whole brief. The same inputs, settings and version give the same value, whatever the machine.

    ``withheld`` counts the documents of which nothing is told, since a person embargoed them.
    """

    schema_version: str = SCHEMA_VERSION
    title: str
    period: Period = Period()
    as_of: str | None = None
    generator: Generator
    sources: tuple[BriefSource, ...]
    skipped: tuple[Skipped, ...] = ()
    withheld: int = 0
    actors: tuple[Actor, ...] = ()
    issues: tuple[Issue, ...] = ()
    statements: tuple[BriefStatement, ...] = ()
    positions: tuple[Position, ...] = ()
    proposals: tuple[BriefProposal, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    timeline: tuple[TimelineEntry, ...] = ()
    tables: tuple[BriefTable, ...] = ()
    key_points: tuple[KeyPoint, ...] = ()
    changes: Changes | None = None
    corrections: tuple[Correction, ...] = ()
