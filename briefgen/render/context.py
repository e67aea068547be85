"""What a template sees: the brief, sorted, numbered and grouped, as plain named tuples.

A template loops and tests; it never counts, sorts or cuts text. All texts of documents in here are still plain strings:
the environment cleans and escapes them for their place when they are printed. ``anchor`` is always an id of our own, safe
in ``id`` and ``href``. Named tuples, since twenty frozen dataclasses cost five times as much at start-up.

What stands behind ``#:`` is what editors are told: ``briefgen templates context`` and docs/template-variables.md are made
of it, and ``Variables`` is where they begin.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple


class Cite(NamedTuple):
    """A cited sentence: its anchor in the appendix, its label ("S2:14"), its number as a footnote, its place and words."""

    anchor: str  #: id of the sentence in the appendix
    label: str  #: source and place, as readers see it: S2:14
    number: int  #: number as a footnote, from 1 through the whole brief
    source: int  #: number of its source
    line: int | None  #: line of the source on which it begins; none if the text was left out
    sentence: str  #: the sentence, word for word


class Named(NamedTuple):
    """An actor as a template needs it; ``key`` names it in links that keep a filter."""

    key: str  #: what links and filters call the actor; safe in attributes
    name: str  #: name to show
    kind: str  #: state, organization, person, group, unnamed or other


class EditView(NamedTuple):
    """What a person corrected, and what became of it."""

    kind: str  #: what is changed: stance, actor, drop and so on, as in labels.toml
    value: str  #: what it is now
    was: str  #: what it was before, where that is known
    why: str  #: the person's reason
    about: str  #: the sentence or name that the correction gives
    status: str  #: applied, reworded, unmatched or contradicted
    nearest: str  #: the sentence or name that is most like it, where it matched nothing
    place: str  #: its place in the file of corrections, such as corrections.toml:4
    targets: frozenset[str]  #: ids of what is different because of it


class Claim(NamedTuple):
    """A statement by its id: what a correction of it is made of."""

    id: str  #: id of the statement
    anchor: str  #: id of its sentence in the appendix


class PositionView(NamedTuple):
    """One actor's stance on one issue. ``number`` runs through the whole brief in reading order."""

    anchor: str  #: id of its line
    number: int  #: number in reading order, from 1 through the whole brief
    actor: Named  #: who holds it
    stance: str  #: supports, opposes, demands and so on, as in labels.toml
    quote: str  #: the words that say it best, from a source
    sources: int  #: how many sources report it
    statements: int  #: how many statements it is made of
    voice: str  #: who is heard: named, actor, unnamed or source
    speakers: tuple[str, ...]  #: who spoke for the actor
    relayed_by: tuple[str, ...]  #: who passed it on, if not the actor
    hedges: tuple[str, ...]  #: words that weaken it, such as “could”
    hedged: bool  #: whether it is weakened
    conditions: tuple[str, ...]  #: conditions that it is tied to, from the sources
    targets: tuple[str, ...]  #: whom it is addressed to
    first: str | None  #: day of the first statement, ISO
    last: str | None  #: day of the last statement, ISO
    change: str | None  #: new, strengthened, reversed or unchanged since the last brief
    cites: tuple[Cite, ...]  #: the sentences that it rests on
    claims: tuple[Claim, ...]  #: the statements that it is made of, for a correction of it
    doubtful: bool  #: whether only sources carry it that a person marked as unreliable
    notes: tuple[str, ...]  #: a person's notes on it
    edits: tuple[EditView, ...]  #: what a person corrected to make it what it is


class IssueView(NamedTuple):
    """An issue that somebody has a position on; ``other`` holds what fits under none, and its label is the template's."""

    anchor: str  #: id of its heading
    other: bool  #: whether it is the place for what fits under no issue; the template names it
    label: str  #: name of the issue, in the sources’ words
    terms: tuple[str, ...]  #: other wordings of it
    contested: bool  #: whether actors take opposite stances on it
    positions: tuple[PositionView, ...]  #: who holds what on it
    edits: tuple[EditView, ...]  #: what a person corrected of it: its name, what was joined or taken out
    more: int = 0  #: positions on it that the page has no room for


class Row(NamedTuple):
    """An actor's row of the matrix: for each issue, the positions of this actor; none where the sources are silent."""

    actor: Named  #: whose row it is
    cells: tuple[tuple[PositionView, ...], ...]  #: the actor’s positions, for each issue; empty where silent


class Aside(NamedTuple):
    """A position that has no row in a long matrix, and its issue."""

    position: PositionView  #: the position
    issue: IssueView  #: the issue that it is on


class Band(NamedTuple):
    """A part of the matrix that is not too wide for a page: some of the issues, and the actors that speak of them.

    ``rest`` are the positions of actors that only state something, once, where a matrix is too long for them.
    """

    issues: tuple[IssueView, ...]  #: the columns
    rows: tuple[Row, ...]  #: the actors that speak of these issues
    rest: tuple[Aside, ...]  #: in a long matrix: positions of actors that only state something, once


class Matrix(NamedTuple):
    """Who stands where, as a whole and in bands; ``rest`` as in a band."""

    issues: tuple[IssueView, ...]  #: all columns
    rows: tuple[Row, ...]  #: all actors
    rest: tuple[Aside, ...]  #: in a long matrix: positions of actors that only state something, once
    bands: tuple[Band, ...]  #: the same in parts that fit a page


class Point(NamedTuple):
    """A verbatim sentence that leads the brief, with the positions that rest on it too."""

    anchor: str  #: id of its line
    number: int  #: number, from 1
    text: str  #: the sentence, word for word
    cites: tuple[Cite, ...]  #: where it stands
    positions: tuple[PositionView, ...]  #: positions that rest on the same sentence
    pinned: bool  #: whether a person put it here
    claims: tuple[Claim, ...]  #: the statements of the sentence, for a correction of it


class ProposalView(NamedTuple):
    """A proposed action; all parties are names."""

    anchor: str  #: id of its line
    number: int  #: number, from 1
    action: str  #: what is to be done, from a source
    by: tuple[str, ...]  #: who proposes it
    to: tuple[str, ...]  #: who is to do it
    conditions: tuple[str, ...]  #: conditions that it is tied to
    status: str  #: proposed, under_discussion, accepted, rejected, contested, not_agreed, in_force or unknown
    when: str | None  #: when it is to be done, in the source’s words
    origin: str  #: where it was found: prose, list or table
    support: tuple[str, ...]  #: who is for it
    oppose: tuple[str, ...]  #: who is against it
    issues: tuple[str, ...]  #: names of its issues
    cites: tuple[Cite, ...]  #: the sentences that it rests on
    edits: tuple[EditView, ...]  #: what a person corrected of it


class EarlierPlaceView(NamedTuple):
    """Where a line of the earlier brief stands."""

    path: str  #: file, below its folder of documents
    title: str | None  #: title of the document
    publisher: str | None  #: who published it
    date: str | None  #: when it was published, ISO
    line: int | None  #: line of the document; none if its text was left out
    sentence: str  #: the sentence, word for word


class EarlierView(NamedTuple):
    """A position of the earlier brief, under the names that it had there."""

    name: str  #: who held it
    issue: str | None  #: the issue; none for other matters
    stance: str  #: supports, opposes, demands and so on
    hedged: bool  #: whether it was weakened
    quote: str  #: the words that said it best
    sources: int  #: how many sources reported it
    place: EarlierPlaceView  #: where it stood


class TurnView(NamedTuple):
    """A position and what it was; ``sentence`` and ``cites`` are of the statement that shows the change."""

    position: PositionView  #: the position now
    issue: str | None  #: the issue; none for other matters
    sentence: str  #: the sentence that shows the change
    cites: tuple[Cite, ...]  #: where that stands
    was: EarlierView  #: what it was


class FreshView(NamedTuple):
    """A position that the earlier brief did not have, and its issue, None for other matters."""

    position: PositionView  #: the position
    issue: str | None  #: the issue; none for other matters


class EarlierProposalView(NamedTuple):
    """A proposal of the earlier brief; ``now`` is the same in this one, None if it is not repeated."""

    action: str  #: what was to be done
    by: tuple[str, ...]  #: who proposed it
    status: str  #: its status then
    place: EarlierPlaceView  #: where it stood
    now: ProposalView | None  #: the same proposal now; none if it is not repeated


class ProposalChangesView(NamedTuple):
    """What became of the proposals."""

    new: tuple[ProposalView, ...]  #: proposals that it did not have
    moved: tuple[EarlierProposalView, ...]  #: proposals with another status now
    not_repeated: tuple[EarlierProposalView, ...]  #: proposals that nobody repeats
    unchanged: int  #: how many are as they were


class NamesView(NamedTuple):
    """Actors or issues that came, went, or have another name: pairs of then and now."""

    new: tuple[str, ...]  #: names that it did not have
    gone: tuple[str, ...]  #: names that are gone
    renamed: tuple[tuple[str, str], ...]  #: names that are others now: then and now


class ChangesView(NamedTuple):
    """What became of the positions since the earlier brief, and of proposals, actors and issues.

    ``silent`` are the earlier positions that are not repeated. What took no stance stands apart, under ``.._statements``.
    """

    against: str  #: title of the earlier brief
    as_of: str | None  #: day of the earlier brief, ISO
    same_rules: bool  #: whether it was made by the same rules
    reversed: tuple[TurnView, ...]  #: positions that were turned round
    moved: tuple[TurnView, ...]  #: positions that moved without turning round
    strengthened: tuple[TurnView, ...]  #: positions with more sources than then
    new: tuple[FreshView, ...]  #: positions that it did not have
    new_statements: tuple[FreshView, ...]  #: what actors state now and did not then, without a stance
    silent: tuple[EarlierView, ...]  #: positions that nobody repeats
    silent_statements: tuple[EarlierView, ...]  #: what nobody states again
    unchanged: int  #: how many are as they were
    proposals: ProposalChangesView  #: what became of proposals
    actors: NamesView  #: actors that came and went
    issues: NamesView  #: issues that came and went
    cites: tuple[Cite, ...]  #: the sentences that show changes
    more: int = 0  #: changed or new positions that the page has no room for


class AgreementView(NamedTuple):
    """Actors that say the same on an issue; ``positions`` are theirs on it, where it is a stance that they share."""

    anchor: str  #: id of its line
    number: int  #: number, from 1
    issue: str  #: name of the issue
    what: str  #: the stance that they share, or what they say
    actors: tuple[str, ...]  #: who agrees
    sources: int  #: how many sources report it
    cites: tuple[Cite, ...]  #: the sentences that it rests on
    positions: tuple[PositionView, ...]  #: their positions on the issue, where they share a stance


class SideView(NamedTuple):
    """One side of a difference. ``label`` is None where it would only repeat the actors or the stance."""

    label: str | None  #: what it says; none where that repeats the actors or the stance
    actors: tuple[str, ...]  #: who is on this side
    stance: str | None  #: their stance, if they share one
    sources: int  #: how many sources report it
    cites: tuple[Cite, ...]  #: the sentences that it rests on
    positions: tuple[PositionView, ...]  #: their positions on the issue


class DifferenceView(NamedTuple):
    """A difference on an issue; ``kind`` is actors, sources or meaning."""

    anchor: str  #: id of its line
    number: int  #: number, from 1
    issue: str  #: name of the issue
    kind: str  #: actors, sources or meaning
    sides: tuple[SideView, ...]  #: the sides, two or more


class DifferenceGroup(NamedTuple):
    """All differences of one kind."""

    kind: str  #: actors, sources or meaning
    differences: tuple[DifferenceView, ...]  #: the differences of this kind


class Elsewhere(NamedTuple):
    """Another date of the same event: as a date, and in the words of its source."""

    date: str | None  #: the other date, ISO; none where the words say it better
    when: str  #: the other date, in the source’s words


class EntryView(NamedTuple):
    """A dated entry; ``when`` is the source's own wording, ``conflicts`` are other dates that sources give the event."""

    anchor: str  #: id of its line
    number: int  #: number in order of time, from 1
    when: str  #: the date, in the source’s words
    date: str | None  #: the date, ISO, as exact as it is known; none where words say it better
    what: str  #: what happened, from a source
    actors: tuple[str, ...]  #: who took part
    status: str  #: past, planned or undated
    hedged: bool  #: whether the source is not sure
    conflicts: tuple[Elsewhere, ...]  #: other dates that sources give for the same event
    cites: tuple[Cite, ...]  #: the sentences that it rests on


class Tick(NamedTuple):
    """A mark on the time axis."""

    x: float  #: place on the axis
    text: str  #: the date, ISO


class Dot(NamedTuple):
    """An entry on the time axis: a bar from ``x1`` to ``x2``, as long as the date is vague, with its number in a dot."""

    x1: float  #: where the bar begins
    x2: float  #: where the bar ends
    x: float  #: middle of the dot
    y: float  #: height of the dot
    number: int  #: number of the entry
    anchor: str  #: id of the entry’s line
    status: str  #: past or planned


class Chart(NamedTuple):
    """The geometry of the timeline's picture, in its own units."""

    width: int  #: width of the picture
    height: int  #: height of the picture
    axis: float  #: height of the axis
    ticks: tuple[Tick, ...]  #: the marks on the axis
    dots: tuple[Dot, ...]  #: the entries


class Timeline(NamedTuple):
    """The timeline as a list, and as a picture where there are two dates to draw; ``more`` entries are not shown."""

    entries: tuple[EntryView, ...]  #: the entries in order of time
    chart: Chart | None  #: the picture; none if there are fewer than two dates to draw
    more: int  #: how many entries are not shown


class CellView(NamedTuple):
    """A cell that the source with ``number`` gives otherwise."""

    row: str  #: first cell of the row
    column: str  #: heading of the column
    value: str  #: what this table says
    other: str  #: what the other table says
    number: int  #: number of the other source


class TableView(NamedTuple):
    """A table of a source; every row is as long as ``columns``."""

    number: int  #: number, from 1
    title: str | None  #: its title, from the source
    source: int  #: number of its source
    columns: tuple[str, ...]  #: headings of the columns
    rows: tuple[tuple[str, ...], ...]  #: the cells, each row as long as the headings
    kind: str  #: what the table is about, or other
    also: tuple[int, ...]  #: numbers of the sources that have the same table
    conflicts: tuple[CellView, ...]  #: cells that another source gives otherwise
    totals: tuple[int, ...]  #: indices of the rows that sum up others, from 0


class Copied(NamedTuple):
    """So many words of a source were taken over from the source with ``number``."""

    number: int  #: number of the source that the words come from
    words: int  #: how many words


class NoteView(NamedTuple):
    """What a reader should know of a source; ``detail`` is what its message says behind a colon."""

    code: str  #: what it is about, fixed; labels.toml words it
    message: str  #: the program’s own words
    numbers: tuple[str, ...]  #: the numbers in the message
    detail: str  #: what the message says behind a colon


class SourceView(NamedTuple):
    """A document. ``url`` is None unless it is an http or https address."""

    anchor: str  #: id of its line
    number: int  #: number, from 1: S1, S2
    path: str  #: file, below the folder of documents
    title: str | None  #: title of the document
    publisher: str | None  #: who published it
    date: str | None  #: when it was published, ISO, as exact as it is known
    date_from: str | None  #: where the date was read
    url: str | None  #: its web address; none unless it begins with http or https
    format: str  #: kind of file, such as text or pdf
    words: int  #: how many words
    duplicate_of: int | None  #: number of the source that it is a copy of
    contained_in: int | None  #: number of the source that holds all of it
    copied_from: tuple[Copied, ...]  #: what it has taken over from others
    notes: tuple[NoteView, ...]  #: what to know about its quality
    sha256: str  #: the first digits of the digest of its content
    unreliable: bool  #: whether a person marked it as unreliable: it confirms nothing
    edits: tuple[EditView, ...]  #: why it is marked
    listed: bool = True  #: whether the page has room for it in the list of sources


class SkippedView(NamedTuple):
    """A file that could not be read, or a document outside the period."""

    path: str  #: the file
    reason: NoteView  #: why it was not read, or not used


class Line(NamedTuple):
    """A line of the brief that rests on a sentence: ``kind`` and ``number`` name it, ``anchor`` leads to it."""

    anchor: str  #: id of the line
    kind: str  #: point, position, proposal, agreement, difference or timeline
    number: int  #: its number


class Run(NamedTuple):
    """A piece of a paragraph; with ``cite`` it is a cited sentence."""

    text: str  #: the words
    cite: Cite | None  #: the cited sentence that they are; none for the words between


class Passage(NamedTuple):
    """A paragraph of a source with its cited sentences. ``line`` is None if the source's text was left out."""

    line: int | None  #: line of the source on which it begins; none if the text was left out
    runs: tuple[Run, ...]  #: the paragraph in pieces
    lines: tuple[Line, ...]  #: the lines of the brief that rest on it
    before: bool  #: whether the paragraph begins earlier
    after: bool  #: whether the paragraph goes on


class SourceText(NamedTuple):
    """The cited paragraphs of a source; ``whole`` says that paragraphs are given, not only sentences."""

    source: SourceView  #: the source
    whole: bool  #: whether whole paragraphs are given, not only sentences
    passages: tuple[Passage, ...]  #: its cited paragraphs


class Facts(NamedTuple):
    """Counts for the masthead and for what to handle with care."""

    sources: int  #: documents read
    actors: int  #: actors that hold a position
    issues: int  #: issues
    positions: int  #: positions
    proposals: int  #: proposals
    skipped: int  #: files that could not be read
    left_out: int  #: documents outside the period
    sentences: int  #: sentences cited
    words: int  #: words of all sources
    undated: int  #: sources without a date
    repeated: int  #: sources that repeat others
    noted: int  #: sources with notes on quality
    unreliable: int  #: sources that a person marked as unreliable
    withheld: int  #: sources of which nothing is told, by a person's word
    no_room: int  #: statements and proposals for which the brief had no room
    corrected: int  #: corrections that were applied
    lost: int  #: corrections that could not be applied
    absent: int  #: corrections of what these sources do not hold
    left_positions: int = 0  #: positions that the page has no room for
    left_proposals: int = 0  #: proposals that the page has no room for
    left_agreements: int = 0  #: agreements that the page has no room for
    left_differences: int = 0  #: differences that the page has no room for
    left_sources: int = 0  #: documents that the list of sources has no room for


class LogoView(NamedTuple):
    """A picture before the title: its addresses for both schemes, and what it says."""

    address: str  #: the picture as a data: URI
    dark: str | None  #: the picture for a dark scheme, if there is another one
    text: str  #: what it says, for those who do not see it


class ThemeView(NamedTuple):
    """The look of a page: ``css`` sets the custom properties that the style sheet takes colours, fonts and sizes from."""

    css: str  #: rules that set colours, fonts and sizes, for block styles
    logo: LogoView | None  #: a picture before the title, if the theme has one


class BriefView(NamedTuple):
    """The whole brief; ``long`` says that a page should lay out only what is near its window."""

    title: str  #: title of the brief
    long: bool  #: whether a page should lay out only what is near its window
    period: str | None  #: the days that it covers, ISO: one day, or two with a slash
    week: str | None  #: the week that it covers
    as_of: str | None  #: the day that it stands for, ISO
    generator: str  #: name of the program
    version: str  #: its version
    rules: str  #: fingerprint of the rules that documents were read by
    facts: Facts  #: counts
    points: tuple[Point, ...]  #: the bottom line: sentences that lead the brief
    changes: ChangesView | None  #: what changed since the earlier brief; none if there was none
    matrix: Matrix  #: who stands where
    issues: tuple[IssueView, ...]  #: positions by issue
    actors: tuple[Named, ...]  #: everybody who holds a position, those with most to say first
    stances: tuple[str, ...]  #: the stances that occur
    proposals: tuple[ProposalView, ...]  #: proposed actions
    agreements: tuple[AgreementView, ...]  #: where actors agree
    differences: tuple[DifferenceGroup, ...]  #: where actors or sources part
    timeline: Timeline  #: dated events
    tables: tuple[TableView, ...]  #: tables of the sources
    sources: tuple[SourceView, ...]  #: the documents
    skipped: tuple[SkippedView, ...]  #: files that could not be read
    left_out: tuple[SkippedView, ...]  #: documents that were read and do not belong to the period
    appendix: tuple[SourceText, ...]  #: the cited paragraphs, by source
    cites: tuple[Cite, ...]  #: all cited sentences by number
    edits: tuple[EditView, ...]  #: the corrections that were applied
    lost: tuple[EditView, ...]  #: the corrections that matched nothing or contradicted another one


class Variables(NamedTuple):
    """What a template can name, beside what Jinja brings. Mails and the pages of a series have more: see the next tables."""

    brief: BriefView  #: the brief
    sections: tuple[str, ...]  #: the sections to print, in their order
    theme: ThemeView  #: the look of a page
    front_matter: bool  #: whether a head in YAML is asked for (Markdown)
    label: Mapping[str, object]  #: all fixed words, from labels.toml: label.text.care
    asset: Callable[[str], str]  #: asset("style.css"): a style sheet or script from the template folders
    policy: Callable[[str, str], str]  #: policy(self.styles(), self.scripts()): the page's Content-Security-Policy
