"""A Brief in, what templates see out: everything sorted, numbered and grouped, names in the place of ids.

The order of issues, proposals, agreements and key points is the brief's own (``compare`` ranks them); actors are ordered
by how much they say, unnamed ones last, and the timeline by date. Nothing is worded here: words are the templates'.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from hashlib import blake2b
from itertools import islice

from briefgen.model.brief import (
    OTHER_ISSUE,
    Actor,
    Brief,
    BriefProposal,
    BriefSource,
    BriefStatement,
    BriefTable,
    Disagreement,
    KeyPoint,
    Position,
    Side,
    TimelineEntry,
)
from briefgen.model.findings import Ref, Stance, When
from briefgen.render.abridged import MOST, Left, abridged
from briefgen.render.changed import changes_view
from briefgen.render.chart import Dated, chart
from briefgen.render.citations import Citations, Place, passages
from briefgen.render.context import (
    AgreementView,
    Aside,
    Band,
    BriefView,
    CellView,
    ChangesView,
    Claim,
    Copied,
    DifferenceGroup,
    DifferenceView,
    Elsewhere,
    EntryView,
    Facts,
    IssueView,
    Line,
    Matrix,
    Named,
    NoteView,
    Point,
    PositionView,
    ProposalView,
    Row,
    SideView,
    SkippedView,
    SourceText,
    SourceView,
    TableView,
    Timeline,
)
from briefgen.render.edits import Edits

OWN_ID = re.compile(r"[a-z]{2}-[0-9a-f]{6,32}\Z")
PLAIN_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+){0,12}\Z")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
WEB_ADDRESS = re.compile(r"https?://[^\s<>\"'`\\]+\Z", re.IGNORECASE)
STANCES = tuple(Stance)
WIDEST_BAND = 6
#: A matrix with more rows than this is for comparing: who only states something, once, is named below it.
LONG_MATRIX = 12
#: So many positions and cited sentences make a long page.
LONG = 2_000
YEAR = re.compile(r"\d{4}")
#: Codes of documents that were read and do not belong to the period.
LEFT_OUT = frozenset({"outside-period", "undated"})
PRECISION_LENGTH = {"day": 10, "month": 7, "year": 4}


def view(brief: Brief, most: int = MOST) -> BriefView:
    """The brief as templates see it, with ``most`` positions (see ``abridged``)."""
    return _View(brief, *abridged(brief, most), most).whole()


def anchor(identifier: str) -> str:
    """An id of ours as it is; anything else as a digest, so that no text of a document becomes an id."""
    return (
        identifier
        if OWN_ID.match(identifier)
        else f"x-{blake2b(identifier.encode(errors='replace'), digest_size=5).hexdigest()}"
    )


class _View:
    """The look-ups that all sections share, and one method a section."""

    def __init__(self, unabridged: Brief, brief: Brief, left: Left, most: int) -> None:
        self.unabridged, self.brief, self.left, self.most = unabridged, brief, left, most
        self.citations = Citations(brief)
        self.lines: defaultdict[Place, list[Line]] = defaultdict(list)
        self.held: defaultdict[tuple[str, str], list[PositionView]] = defaultdict(list)
        self.statements = {statement.id: statement for statement in brief.statements}
        self.bare = {actor.id: actor.name for actor in brief.actors}
        self.names = _names(brief)
        self.labels = {issue.id: issue.label for issue in brief.issues}
        self.actors = _ranked(brief, self.names)
        self.edits = Edits(brief)
        self.unreliable = {source.id for source in brief.sources if source.unreliable}
        self.said: defaultdict[Place, list[Claim]] = defaultdict(list)
        for statement in brief.statements:
            for place in map(self.citations.place, statement.refs[:1]):
                if place in self.citations.cites:
                    self.said[place].append(self._claim(statement))
        self.skipped = [SkippedView(each.path, _note(each.code, each.reason)) for each in brief.skipped]

    def whole(self) -> BriefView:
        brief = self.brief
        for n, point in enumerate(brief.key_points, 1):
            self._rests(point.refs, "point", n, f"point-{n}")
        issues = self._issues()
        positions = {position.anchor: position for issue in issues for position in issue.positions}
        points = tuple(self._point(n, point, positions) for n, point in enumerate(brief.key_points, 1))
        proposals = self._proposals()
        agreements = self._agreements()
        differences = self._differences()
        timeline = self._timeline()
        appendix = self._appendix()
        return BriefView(
            title=brief.title,
            long=len(brief.positions) + len(self.citations.cites) > LONG,
            period=_period(brief),
            week=brief.period.label,
            as_of=brief.as_of,
            generator=brief.generator.name,
            version=brief.generator.version,
            rules=brief.generator.rules,
            facts=self._facts(issues),
            points=points,
            changes=self._changes(positions, proposals),
            matrix=self._matrix(tuple(issue for issue in issues if not issue.other)),
            issues=issues,
            actors=tuple(self.actors.values()),
            stances=tuple(stance.value for stance in STANCES if any(p.stance == stance for p in brief.positions)),
            proposals=proposals,
            agreements=agreements,
            differences=differences,
            timeline=timeline,
            tables=tuple(self._table(n, table) for n, table in enumerate(brief.tables, 1)),
            sources=self._sources(),
            skipped=tuple(each for each in self.skipped if each.reason.code not in LEFT_OUT),
            left_out=tuple(each for each in self.skipped if each.reason.code in LEFT_OUT),
            appendix=appendix,
            cites=tuple(self.citations.cites.values()),
            edits=self.edits.done,
            lost=self.edits.lost,
        )

    def _relayer(self, statement: BriefStatement, actor: str) -> str:
        """Who passes a statement on, if it is not the actor itself: an official who tells of his capital's wish."""
        outer = self.statements.get(statement.parent or "")
        return (statement.relayed_by or "") if outer is None or outer.actor != actor else ""

    def _named(self, ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.names.get(each, each) for each in ids))

    def _rests(self, refs: Iterable[Ref], kind: str, number: int, target: str) -> None:
        """Note on each sentence which line of the brief rests on it."""
        for place in sorted({self.citations.place(ref) for ref in refs}):
            self.lines[place].append(Line(target, kind, number))

    def _facts(self, issues: Sequence[IssueView]) -> Facts:
        brief = self.unabridged
        return Facts(
            sources=len(brief.sources),
            actors=len({position.actor for position in brief.positions}),
            issues=len(issues),
            positions=len(brief.positions),
            proposals=len(brief.proposals),
            skipped=sum(each.reason.code not in LEFT_OUT for each in self.skipped),
            left_out=sum(each.reason.code in LEFT_OUT for each in self.skipped),
            sentences=len(self.citations.cites),
            words=sum(source.words for source in brief.sources),
            undated=sum(not source.published for source in brief.sources),
            repeated=sum(map(_is_repeated, brief.sources)),
            noted=sum(bool(source.notes) for source in brief.sources),
            unreliable=len(self.unreliable),
            withheld=brief.withheld,
            no_room=brief.left_out.statements + brief.left_out.proposals if brief.left_out else 0,
            corrected=len(self.edits.done),
            lost=len(self.edits.lost),
            absent=self.edits.absent,
            left_positions=sum(self.left.positions.values()),
            left_proposals=self.left.proposals,
            left_agreements=self.left.agreements,
            left_differences=self.left.differences,
            left_sources=len(brief.sources) - len(self._listed()),
        )

    def _point(self, number: int, point: KeyPoint, positions: dict[str, PositionView]) -> Point:
        lines = (line for ref in point.refs for line in self.lines[self.citations.place(ref)] if line.kind == "position")
        same = tuple(positions[line.anchor] for line in dict.fromkeys(lines))
        claims = tuple(each for ref in point.refs for each in self.said[self.citations.place(ref)])
        return Point(
            f"point-{number}",
            number,
            point.text,
            self.citations.of(point.refs),
            same,
            point.pinned,
            tuple(dict.fromkeys(claims)),
        )

    def _issues(self) -> tuple[IssueView, ...]:
        on: defaultdict[str, list[Position]] = defaultdict(list)
        for position in self.brief.positions:
            on[position.issue].append(position)
        known = {issue.id: issue for issue in self.brief.issues}
        order = {key: n for n, key in enumerate(self.actors)}
        views, number = [], 1
        for key in [*(key for key in known if key in on), *sorted(on.keys() - known.keys())]:
            ranked = sorted(on[key], key=lambda p: (order[p.actor], STANCES.index(p.stance), -p.strength.sources, p.id))
            issue, label = known.get(key), self.labels.get(key, key)
            positions = tuple(self._position(at, position) for at, position in enumerate(ranked, number))
            number += len(positions)
            terms = issue.terms if issue else ()
            edits = self.edits.of_issue(key, label)
            contested = bool(issue and issue.contested)
            more = self.left.positions.get(key, 0)
            views.append(IssueView(anchor(key), key == OTHER_ISSUE, label, terms, contested, positions, edits, more))
        return tuple(views)

    def _position(self, number: int, position: Position) -> PositionView:
        target, actor = anchor(position.id), self.actors[position.actor]
        self._rests(position.refs, "position", number, target)
        statements = [self.statements[each] for each in position.statements if each in self.statements]
        said_by = {name.casefold(): name for name in reversed(_unique(statement.speaker for statement in statements))}
        for known in (actor.name, self.bare.get(position.actor, "")):
            said_by.pop(known.casefold(), None)
        view = PositionView(
            anchor=target,
            number=number,
            actor=actor,
            stance=position.stance.value,
            quote=position.quote,
            sources=position.strength.sources,
            statements=position.strength.statements,
            voice=position.voice,
            speakers=tuple(reversed(said_by.values())),
            relayed_by=self._named(_unique(self._relayer(statement, position.actor) for statement in statements)),
            hedges=_unique(hedge for statement in statements for hedge in statement.hedges),
            hedged=position.hedged,
            conditions=position.conditions,
            targets=self._named(_unique(target for statement in statements for target in statement.target)),
            first=position.first,
            last=position.last,
            change=position.change,
            cites=self.citations.of(position.refs),
            claims=tuple(map(self._claim, statements)),
            doubtful=all(ref.source in self.unreliable for ref in position.refs),
            notes=position.notes,
            edits=self.edits.of_claims(position.statements),
        )
        self.held[position.issue, position.actor].append(view)
        return view

    def _matrix(self, issues: tuple[IssueView, ...]) -> Matrix:
        size = -(-len(issues) // (-(-len(issues) // WIDEST_BAND) or 1)) or 1
        parts = (issues[at : at + size] for at in range(0, len(issues), size))
        return Matrix(issues, *self._rows(issues), tuple(Band(part, *self._rows(part)) for part in parts))

    def _rows(self, issues: tuple[IssueView, ...]) -> tuple[tuple[Row, ...], tuple[Aside, ...]]:
        """The actors that speak of ``issues``; of a long matrix, those that only state something stand aside."""
        by_actor: defaultdict[Named, list[list[PositionView]]] = defaultdict(lambda: [[] for _ in issues])
        for n, issue in enumerate(issues):
            for position in issue.positions:
                by_actor[position.actor][n].append(position)
        rows = [Row(actor, tuple(map(tuple, by_actor[actor]))) for actor in self.actors.values() if actor in by_actor]
        quiet = {row.actor for row in rows if _only_states(row)} if len(rows) > LONG_MATRIX else set()
        rest = (Aside(p, issue) for issue in issues for p in issue.positions if p.actor in quiet)
        return tuple(row for row in rows if row.actor not in quiet), tuple(rest)

    def _changes(self, positions: dict[str, PositionView], proposals: tuple[ProposalView, ...]) -> ChangesView | None:
        brief = self.brief
        if brief.changes is None:
            return None
        held = {position.id: positions[anchor(position.id)] for position in brief.positions}
        made = {proposal.id: view for proposal, view in zip(brief.proposals, proposals, strict=True)}
        return changes_view(brief, brief.changes, held, made, self.citations)

    def _proposals(self) -> tuple[ProposalView, ...]:
        views = []
        for number, each in enumerate(self.brief.proposals, 1):
            target = anchor(each.id)
            self._rests(each.refs, "proposal", number, target)
            views.append(
                ProposalView(
                    anchor=target,
                    number=number,
                    action=each.action,
                    by=self._named(each.by),
                    to=self._named(each.to),
                    conditions=each.conditions,
                    status=each.status.value,
                    when=each.when,
                    origin=each.origin,
                    support=self._named(each.support),
                    oppose=self._named(each.oppose),
                    issues=tuple(self.labels.get(issue, issue) for issue in each.issues),
                    cites=self.citations.of(each.refs),
                    edits=self.edits.of_claims((each.id, *self._behind(each))),
                )
            )
        return tuple(views)

    def _behind(self, proposal: BriefProposal) -> Iterator[str]:
        """The statements of its makers in its sentences: what was corrected of these made it what it is."""
        for ref in proposal.refs:
            for claim in self.said[self.citations.place(ref)]:
                if self.statements[claim.id].actor in proposal.by:
                    yield claim.id

    def _claim(self, statement: BriefStatement) -> Claim:
        return Claim(statement.id, self.citations.of(statement.refs[:1])[0].anchor)

    def _agreements(self) -> tuple[AgreementView, ...]:
        views = []
        for number, each in enumerate(self.brief.agreements, 1):
            target = anchor(each.id)
            self._rests(each.refs, "agreement", number, target)
            label, actors = self.labels.get(each.issue, each.issue), self._named(each.actors)
            cites, held = self.citations.of(each.refs), self._held(each.issue, each.actors, each.what)
            views.append(AgreementView(target, number, label, each.what, actors, self._reliable(each.sources), cites, held))
        return tuple(views)

    def _differences(self) -> tuple[DifferenceGroup, ...]:
        groups: dict[str, list[DifferenceView]] = {"actors": [], "sources": [], "meaning": []}
        for number, each in enumerate(self.brief.disagreements, 1):
            groups[each.kind].append(self._difference(number, each))
        return tuple(DifferenceGroup(kind, tuple(each)) for kind, each in groups.items() if each)

    def _difference(self, number: int, difference: Disagreement) -> DifferenceView:
        target = anchor(difference.id)
        for side in difference.sides:
            self._rests(side.refs, "difference", number, target)
        label = self.labels.get(difference.issue, difference.issue)
        return DifferenceView(
            target, number, label, difference.kind, tuple(self._side(difference.issue, side) for side in difference.sides)
        )

    def _held(self, issue: str, actors: Iterable[str], stance: str | None) -> tuple[PositionView, ...]:
        """The positions of ``actors`` on ``issue``."""
        return tuple(held for actor in actors for held in self.held[issue, actor] if held.stance == stance)

    def _side(self, issue: str, side: Side) -> SideView:
        actors, stance = self._named(side.actors), side.stance.value if side.stance else None
        said = {", ".join(actors).casefold(), (stance or "").casefold()}
        label = None if side.label.casefold() in said else side.label
        held = self._held(issue, side.actors, stance)
        return SideView(label, actors, stance, self._reliable(side.sources), self.citations.of(side.refs), held)

    def _reliable(self, sources: Iterable[str]) -> int:
        """How many sources count: not those that a person marked as unreliable."""
        return sum(source not in self.unreliable for source in sources)

    def _timeline(self) -> Timeline:
        def by_date(entry: TimelineEntry) -> tuple[bool, str, str, str]:
            return entry.when.start is None, entry.when.start or "", entry.when.end or "", entry.id

        ordered = sorted((entry for entry in self.brief.timeline if entry.shown), key=by_date)
        entries = tuple(self._entry(number, entry) for number, entry in enumerate(ordered, 1))
        dated = [
            Dated(entry.when.start, entry.when.end or entry.when.start, number, anchor(entry.id), entry.status)
            for number, entry in enumerate(ordered, 1)
            if entry.when.start
        ]
        return Timeline(entries, chart(dated), len(self.brief.timeline) - len(entries))

    def _entry(self, number: int, entry: TimelineEntry) -> EntryView:
        target = anchor(entry.id)
        self._rests(entry.refs, "timeline", number, target)
        return EntryView(
            anchor=target,
            number=number,
            when=entry.when.text,
            date=_date(entry.when),
            what=entry.what,
            actors=self._named(entry.actors),
            status=entry.status,
            hedged=entry.certainty == "hedged",
            conflicts=tuple(
                Elsewhere(_date(other.when), other.when.text) for other in self.brief.timeline if other.id in entry.conflicts
            ),
            cites=self.citations.of(entry.refs),
        )

    def _table(self, number: int, table: BriefTable) -> TableView:
        width = max([len(table.columns), *map(len, table.rows)])

        def padded(cells: tuple[str, ...]) -> tuple[str, ...]:
            return cells + ("",) * (width - len(cells))

        source = self.citations.numbers.get(table.source, 0)
        return TableView(
            number=number,
            title=table.title,
            source=source,
            columns=padded(table.columns),
            rows=tuple(map(padded, table.rows)),
            kind=table.kind,
            also=tuple(dict.fromkeys(self.citations.numbers[place.source] for place in table.also)),
            conflicts=tuple(
                CellView(each.row, each.column, each.value, each.other, self.citations.numbers[each.source])
                for each in table.conflicts
            ),
            totals=table.totals,
        )

    def _sources(self) -> tuple[SourceView, ...]:
        listed = self._listed()
        return tuple(
            self._source(number, source)._replace(listed=number in listed) for number, source in self.citations.sources.items()
        )

    def _listed(self) -> Set[int]:
        """The sources in the list: all; of more than there is room for those that something rests on, and then the first."""
        cited = {place[0] for place in self.citations.places}
        room = max(0, self.most - len(cited))
        return cited.union(islice((number for number in self.citations.sources if number not in cited), room))

    def _source(self, number: int, source: BriefSource) -> SourceView:
        return SourceView(
            anchor=f"s{number}",
            number=number,
            path=source.path,
            title=source.title,
            publisher=source.publisher,
            date=source.published,
            date_from=source.published_from,
            url=source.url if source.url and WEB_ADDRESS.match(source.url) else None,
            format=source.format,
            words=source.words,
            duplicate_of=self.citations.numbers.get(source.duplicate_of or ""),
            contained_in=self.citations.numbers.get(source.contained_in or ""),
            copied_from=tuple(Copied(self.citations.numbers[part.source], part.words) for part in source.copied_from),
            notes=tuple(dict.fromkeys(_note(note.code, note.message) for note in source.notes)),
            sha256=source.sha256[:12],
            unreliable=source.unreliable,
            edits=self.edits.of_claims((source.id,)),
        )

    def _appendix(self) -> tuple[SourceText, ...]:
        cited = {place[0] for place in self.citations.places}
        return tuple(self._source_text(number, source) for number, source in self.citations.sources.items() if number in cited)

    def _source_text(self, number: int, source: BriefSource) -> SourceText:
        return SourceText(self._source(number, source), bool(source.text), passages(self.citations, number, self.lines))


def _is_repeated(source: BriefSource) -> bool:
    """Whether next to nothing of it is its own: a copy, a part, or put together from others."""
    copied = sum(part.words for part in source.copied_from)
    return bool(source.duplicate_of or source.contained_in) or copied >= 0.8 * (source.words or 1)


def _names(brief: Brief) -> dict[str, str]:
    """Each actor's name; where several bear one ("Others" of two documents), with the sources that speak of them."""
    bearers = Counter(actor.name for actor in brief.actors)
    sources: defaultdict[str, set[str]] = defaultdict(set)
    for statement in brief.statements:
        sources[statement.actor or ""].update(ref.source.upper() for ref in statement.refs)
    names = {}
    for actor in brief.actors:
        where = ", ".join(sorted(sources[actor.id], key=lambda label: (len(label), label)))
        names[actor.id] = f"{actor.name} ({where})" if bearers[actor.name] > 1 and where else actor.name
    return names


def _ranked(brief: Brief, names: dict[str, str]) -> dict[str, Named]:
    """The actors that hold a position: those with most to say first, unnamed ones last."""
    held = Counter(position.actor for position in brief.positions)
    known = {actor.id: actor for actor in brief.actors}
    actors = [known.get(key) or Actor(id=key, name=key, kind="other") for key in held]
    actors.sort(key=lambda actor: (actor.kind == "unnamed", -held[actor.id], actor.name, actor.id))
    return {actor.id: Named(_key(actor.id), names.get(actor.id, actor.name), actor.kind) for actor in actors}


def _key(identifier: str) -> str:
    """What a link that keeps a filter calls an actor: its id, where that is plain, so that the link outlives the brief."""
    return identifier if PLAIN_ID.match(identifier) else anchor(identifier)


def _only_states(row: Row) -> bool:
    held = [position.stance for cell in row.cells for position in cell]
    return held == [Stance.STATES]


def _note(code: str, message: str) -> NoteView:
    return NoteView(code, message, tuple(NUMBER.findall(message)), message.partition(": ")[2])


def _period(brief: Brief) -> str | None:
    """The days as an interval, open at an end that is not known."""
    start, end = brief.period.start, brief.period.end
    if not (start or end):
        return None
    return start if start == end else f"{start or '..'}/{end or '..'}"


def _date(when: When) -> str | None:
    """ISO 8601 in the precision of the source, an interval as "start/end"; None where the source's words say it better.

    "early 2022" says it better than any days do; "last week" does not.
    """
    if not when.start or (when.modifier and YEAR.search(when.text)):
        return None
    length = PRECISION_LENGTH.get(when.precision or "")
    if length:
        return when.start[:length]
    return when.start if when.end in {None, when.start} else f"{when.start}/{when.end}"


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
