"""What a template sees: the brief, sorted, numbered and grouped, as plain named tuples.

A template loops and tests; it never counts, sorts or cuts text. All texts of documents in here are still plain strings:
the environment cleans and escapes them for their place when they are printed. ``anchor`` is always an id of our own, safe
in ``id`` and ``href``. Named tuples, since twenty frozen dataclasses cost five times as much at start-up.
"""

from typing import NamedTuple


class Cite(NamedTuple):
    """A cited sentence: its anchor in the appendix, its label ("S2:14"), its number as a footnote, its place and words."""

    anchor: str
    label: str
    number: int
    source: int
    line: int | None
    sentence: str


class Named(NamedTuple):
    """An actor as a template needs it; ``key`` names it in links that keep a filter."""

    key: str
    name: str
    kind: str


class EditView(NamedTuple):
    """What a person corrected, and what became of it; ``targets`` are the ids of what is different because of it."""

    kind: str
    value: str
    was: str
    why: str
    about: str
    status: str
    nearest: str
    place: str
    targets: frozenset[str]


class Claim(NamedTuple):
    """A statement by its id, and the anchor of its sentence: what a correction of it is made of."""

    id: str
    anchor: str


class PositionView(NamedTuple):
    """One actor's stance on one issue. ``number`` runs through the whole brief in reading order.

    ``edits`` made it what it is, ``notes`` are the editor's; it is ``doubtful`` if only unreliable sources carry it.
    """

    anchor: str
    number: int
    actor: Named
    stance: str
    quote: str
    sources: int
    statements: int
    voice: str
    speakers: tuple[str, ...]
    relayed_by: tuple[str, ...]
    hedges: tuple[str, ...]
    hedged: bool
    conditions: tuple[str, ...]
    targets: tuple[str, ...]
    first: str | None
    last: str | None
    change: str | None
    cites: tuple[Cite, ...]
    claims: tuple[Claim, ...]
    doubtful: bool
    notes: tuple[str, ...]
    edits: tuple[EditView, ...]


class IssueView(NamedTuple):
    """An issue that somebody has a position on; ``other`` holds what fits under none, and its label is the template's."""

    anchor: str
    other: bool
    label: str
    terms: tuple[str, ...]
    contested: bool
    positions: tuple[PositionView, ...]
    edits: tuple[EditView, ...]


class Row(NamedTuple):
    """An actor's row of the matrix: for each issue, the positions of this actor; none where the sources are silent."""

    actor: Named
    cells: tuple[tuple[PositionView, ...], ...]


class Aside(NamedTuple):
    """A position that has no row in a long matrix, and its issue."""

    position: PositionView
    issue: IssueView


class Band(NamedTuple):
    """A part of the matrix that is not too wide for a page: some of the issues, and the actors that speak of them.

    ``rest`` are the positions of actors that only state something, once, where a matrix is too long for them.
    """

    issues: tuple[IssueView, ...]
    rows: tuple[Row, ...]
    rest: tuple[Aside, ...]


class Matrix(NamedTuple):
    """Who stands where, as a whole and in bands; ``rest`` as in a band."""

    issues: tuple[IssueView, ...]
    rows: tuple[Row, ...]
    rest: tuple[Aside, ...]
    bands: tuple[Band, ...]


class Point(NamedTuple):
    """A verbatim sentence that leads the brief, with the positions that rest on it too."""

    anchor: str
    number: int
    text: str
    cites: tuple[Cite, ...]
    positions: tuple[PositionView, ...]
    pinned: bool
    claims: tuple[Claim, ...]


class ProposalView(NamedTuple):
    """A proposed action; all parties are names."""

    anchor: str
    number: int
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
    cites: tuple[Cite, ...]
    edits: tuple[EditView, ...]


class EarlierPlaceView(NamedTuple):
    """Where a line of the earlier brief stands."""

    path: str
    title: str | None
    publisher: str | None
    date: str | None
    line: int | None
    sentence: str


class EarlierView(NamedTuple):
    """A position of the earlier brief, under the names that it had there."""

    name: str
    issue: str | None
    stance: str
    hedged: bool
    quote: str
    sources: int
    place: EarlierPlaceView


class TurnView(NamedTuple):
    """A position and what it was; ``sentence`` and ``cites`` are of the statement that shows the change."""

    position: PositionView
    issue: str | None
    sentence: str
    cites: tuple[Cite, ...]
    was: EarlierView


class FreshView(NamedTuple):
    """A position that the earlier brief did not have, and its issue, None for other matters."""

    position: PositionView
    issue: str | None


class EarlierProposalView(NamedTuple):
    """A proposal of the earlier brief; ``now`` is the same in this one, None if it is not repeated."""

    action: str
    by: tuple[str, ...]
    status: str
    place: EarlierPlaceView
    now: ProposalView | None


class ProposalChangesView(NamedTuple):
    """What became of the proposals."""

    new: tuple[ProposalView, ...]
    moved: tuple[EarlierProposalView, ...]
    not_repeated: tuple[EarlierProposalView, ...]
    unchanged: int


class NamesView(NamedTuple):
    """Actors or issues that came, went, or have another name: pairs of then and now."""

    new: tuple[str, ...]
    gone: tuple[str, ...]
    renamed: tuple[tuple[str, str], ...]


class ChangesView(NamedTuple):
    """What became of the positions since the earlier brief, and of proposals, actors and issues.

    ``silent`` are the earlier positions that are not repeated. What took no stance stands apart, under ``.._statements``.
    """

    against: str
    as_of: str | None
    same_rules: bool
    reversed: tuple[TurnView, ...]
    moved: tuple[TurnView, ...]
    strengthened: tuple[TurnView, ...]
    new: tuple[FreshView, ...]
    new_statements: tuple[FreshView, ...]
    silent: tuple[EarlierView, ...]
    silent_statements: tuple[EarlierView, ...]
    unchanged: int
    proposals: ProposalChangesView
    actors: NamesView
    issues: NamesView
    cites: tuple[Cite, ...]


class AgreementView(NamedTuple):
    """Actors that say the same on an issue; ``positions`` are theirs on it, where it is a stance that they share."""

    anchor: str
    number: int
    issue: str
    what: str
    actors: tuple[str, ...]
    sources: int
    cites: tuple[Cite, ...]
    positions: tuple[PositionView, ...]


class SideView(NamedTuple):
    """One side of a difference. ``label`` is None where it would only repeat the actors or the stance."""

    label: str | None
    actors: tuple[str, ...]
    stance: str | None
    sources: int
    cites: tuple[Cite, ...]
    positions: tuple[PositionView, ...]


class DifferenceView(NamedTuple):
    """A difference on an issue; ``kind`` is actors, sources or meaning."""

    anchor: str
    number: int
    issue: str
    kind: str
    sides: tuple[SideView, ...]


class DifferenceGroup(NamedTuple):
    """All differences of one kind."""

    kind: str
    differences: tuple[DifferenceView, ...]


class Elsewhere(NamedTuple):
    """Another date of the same event: as a date, and in the words of its source."""

    date: str | None
    when: str


class EntryView(NamedTuple):
    """A dated entry; ``when`` is the source's own wording, ``conflicts`` are other dates that sources give the event."""

    anchor: str
    number: int
    when: str
    date: str | None
    what: str
    actors: tuple[str, ...]
    status: str
    hedged: bool
    conflicts: tuple[Elsewhere, ...]
    cites: tuple[Cite, ...]


class Tick(NamedTuple):
    """A mark on the time axis."""

    x: float
    text: str


class Dot(NamedTuple):
    """An entry on the time axis: a bar from ``x1`` to ``x2``, as long as the date is vague, with its number in a dot."""

    x1: float
    x2: float
    x: float
    y: float
    number: int
    anchor: str
    status: str


class Chart(NamedTuple):
    """The geometry of the timeline's picture, in its own units."""

    width: int
    height: int
    axis: float
    ticks: tuple[Tick, ...]
    dots: tuple[Dot, ...]


class Timeline(NamedTuple):
    """The timeline as a list, and as a picture where there are two dates to draw; ``more`` entries are not shown."""

    entries: tuple[EntryView, ...]
    chart: Chart | None
    more: int


class CellView(NamedTuple):
    """A cell that the source with ``number`` gives otherwise."""

    row: str
    column: str
    value: str
    other: str
    number: int


class TableView(NamedTuple):
    """A table of a source; every row is as long as ``columns``."""

    number: int
    title: str | None
    source: int
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    kind: str
    also: tuple[int, ...]
    conflicts: tuple[CellView, ...]
    totals: tuple[int, ...]


class Copied(NamedTuple):
    """So many words of a source were taken over from the source with ``number``."""

    number: int
    words: int


class NoteView(NamedTuple):
    """What a reader should know of a source; ``detail`` is what its message says behind a colon."""

    code: str
    message: str
    numbers: tuple[str, ...]
    detail: str


class SourceView(NamedTuple):
    """A document. ``url`` is None unless it is an http or https address."""

    anchor: str
    number: int
    path: str
    title: str | None
    publisher: str | None
    date: str | None
    date_from: str | None
    url: str | None
    format: str
    words: int
    duplicate_of: int | None
    contained_in: int | None
    copied_from: tuple[Copied, ...]
    notes: tuple[NoteView, ...]
    sha256: str
    unreliable: bool
    edits: tuple[EditView, ...]


class SkippedView(NamedTuple):
    """A file that could not be read, or a document outside the period."""

    path: str
    reason: NoteView


class Line(NamedTuple):
    """A line of the brief that rests on a sentence: ``kind`` and ``number`` name it, ``anchor`` leads to it."""

    anchor: str
    kind: str
    number: int


class Run(NamedTuple):
    """A piece of a paragraph; with ``cite`` it is a cited sentence."""

    text: str
    cite: Cite | None


class Passage(NamedTuple):
    """A paragraph of a source with its cited sentences. ``line`` is None if the source's text was left out."""

    line: int | None
    runs: tuple[Run, ...]
    lines: tuple[Line, ...]
    before: bool
    after: bool


class SourceText(NamedTuple):
    """The cited paragraphs of a source; ``whole`` says that paragraphs are given, not only sentences."""

    source: SourceView
    whole: bool
    passages: tuple[Passage, ...]


class Facts(NamedTuple):
    """Counts for the masthead and for what to handle with care."""

    sources: int
    actors: int
    issues: int
    positions: int
    proposals: int
    skipped: int
    left_out: int
    sentences: int
    words: int
    undated: int
    repeated: int
    noted: int
    unreliable: int
    withheld: int
    corrected: int
    lost: int
    absent: int


class LogoView(NamedTuple):
    """A picture before the title: its addresses for both schemes, and what it says."""

    address: str
    dark: str | None
    text: str


class ThemeView(NamedTuple):
    """The look of a page: ``css`` sets the custom properties that the style sheet takes colours, fonts and sizes from."""

    css: str
    logo: LogoView | None


class BriefView(NamedTuple):
    """The whole brief; ``long`` says that a page should lay out only what is near its window.

    ``edits`` are the corrections that were applied, ``lost`` those that matched nothing or contradicted another one.
    """

    title: str
    long: bool
    period: str | None
    week: str | None
    as_of: str | None
    generator: str
    version: str
    rules: str
    facts: Facts
    points: tuple[Point, ...]
    changes: ChangesView | None
    matrix: Matrix
    issues: tuple[IssueView, ...]
    actors: tuple[Named, ...]
    stances: tuple[str, ...]
    proposals: tuple[ProposalView, ...]
    agreements: tuple[AgreementView, ...]
    differences: tuple[DifferenceGroup, ...]
    timeline: Timeline
    tables: tuple[TableView, ...]
    sources: tuple[SourceView, ...]
    skipped: tuple[SkippedView, ...]
    left_out: tuple[SkippedView, ...]
    appendix: tuple[SourceText, ...]
    cites: tuple[Cite, ...]
    edits: tuple[EditView, ...]
    lost: tuple[EditView, ...]
