"""A document's dates in, its events out: dated clauses of prose, dated entries of lists, and rows of event tables.

A date makes an event only with a verb or noun that says that something happened: "sent in 2021", "the talks of May". One that
cannot be resolved, as "last Tuesday" in a document of no known date, makes an undated event: its words are told and no day.
What is quoted is the clause around the date where that can be cut safely, else the sentence (``event_clauses``).

Left out on purpose: what only bounds or compares ("since 2014", "than in 2019"), what is merely possible ("would sign in
May", "the risk of a war in 2030"), what is asked, and the day on which somebody spoke, unless the verb is an act
("announced"). A reduced relative ("the treaty signed in 2015") gives its own phrase, not the clause around it.

Known limits: actors are only the capitalised names before the verb; a present tense in a document of no known date is taken
as past.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Literal, NamedTuple

from briefgen.extract.dates.words import TRIGGERS
from briefgen.extract.event_clauses import FUTURE, Clause, EventWords, Place, event_words, find_clause, others_of, trimmed
from briefgen.model.base import Span
from briefgen.model.document import BlockKind, Document, Sentence, Table
from briefgen.model.findings import GAP, DateMention, Event, Origin, Parts, Ref, Stance, Statement, When
from briefgen.model.grid import Grid, Row, read_grid
from briefgen.model.lexicon import HeaderRule, Lexicon

Status = Literal["past", "planned", "undated"]
Said = tuple[Span, Statement]


class Dating(NamedTuple):
    """The date of an event: one mention, or the two ends of a range."""

    first: DateMention
    last: DateMention

    @property
    def span(self) -> Span:
        """The place of the date, from the first word to the last."""
        return self.first.start, self.last.end


class EventRules(NamedTuple):
    """What the lexicon says of events, compiled. ``names`` are those of known actors."""

    words: EventWords
    names: frozenset[str]
    hedge: re.Pattern[str]
    headers: tuple[HeaderRule, ...]


class Page(NamedTuple):
    """A document with what reading its events needs. ``inside`` are capitalised words inside its sentences."""

    document: Document
    rules: EventRules
    inside: frozenset[str]


#: No brief quotes a longer sentence, and no clause of it is cut.
_LONGEST: Final = 1500
_RANGE: Final = re.compile(r"\s*(?:[-–—]|to|until|and|through)\s*")
_BETWEEN: Final = re.compile(r"\bbetween\s+(?:the\s+)?$", re.IGNORECASE)
_ENTRY: Final = re.compile(r"[*_]{0,3}\s*(?:[:–—]|-(?=\s))[*_]{0,3}\s*")
_NAME: Final = re.compile(r"[A-Z][\w’'.-]*(?:\s+(?:of\s+(?:the\s+)?)?[A-Z][\w’'.-]*)*")
_INSIDE: Final = re.compile(r"[a-z,]\s([A-Z][\w’'-]*)")
_NOT_A_SUBJECT: Final = re.compile(
    r"\b(?:of|in|on|at|with|from|to|for|by|near|under|against|after|before)\s+(?:the\s+)?$", re.IGNORECASE
)
_COMMON: Final = frozenset(
    "the a an in on at by both all some many most several two three this that these those its their his her after before "
    "during when while as it he she they we there last next under following according".split()
)


def find_events(
    document: Document,
    sentences: Sequence[Sentence],
    statements: Sequence[Statement],
    dates: Sequence[DateMention],
    rules: EventRules,
) -> tuple[Event, ...]:
    """The events of a document by place; each has a date, if only in words, and none is told twice."""
    calendar = [date for date in dates if (date.first and date.precision) or _is_unresolved(date)]
    if not calendar:
        return ()
    page = Page(document, rules, frozenset(_INSIDE.findall(document.text)))
    found = [*_prose(page, sentences, statements, calendar), *_tables(page, calendar)]
    unique = {event.id: event for event in sorted(found, key=lambda event: -event.refs[0].start)}
    return tuple(sorted(unique.values(), key=lambda event: (event.refs[0].start, event.when.start or "", event.id)))


def _is_unresolved(date: DateMention) -> bool:
    """A day, month or the like of which at least the year is not known: ``XXXX-12``."""
    return date.type in ("DATE", "TIME") and date.value.startswith("XXXX")


def event_rules(lexicon: Lexicon) -> EventRules:
    """Compile the rules; once a process, since it costs some milliseconds."""
    known = {name for actor in lexicon.actor for name in (actor.name, *actor.aliases, *actor.seats)}
    hedges = sorted(lexicon.listed("event-hedges"), key=lambda words: (-len(words), words))
    hedge = re.compile(rf"\b(?:{'|'.join(map(re.escape, hedges)) or '(?!)'})\b", re.IGNORECASE)
    return EventRules(event_words(lexicon), frozenset(known), hedge, lexicon.header)


def _prose(
    page: Page, sentences: Sequence[Sentence], statements: Sequence[Statement], dates: Sequence[DateMention]
) -> Iterator[Event]:
    ordered = sorted(sentences, key=lambda sentence: sentence.start)
    starts = [date.start for date in dates]
    spoken = _spoken(ordered, statements)
    for number, sentence in enumerate(ordered):
        inside = dates[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
        if inside and sentence.end - sentence.start <= _LONGEST:
            yield from _told(page, sentence, inside, spoken.get(number, ()))


def _spoken(sentences: Sequence[Sentence], statements: Sequence[Statement]) -> Mapping[int, list[Said]]:
    """What is said in each sentence, by the sentence's number."""
    ends = [sentence.end for sentence in sentences]
    found: dict[int, list[Said]] = {}
    for said in statements:
        for start, end in (span for ref in said.refs if ref.parts for span in ref.parts.content):
            number = bisect_left(ends, start + 1)
            while number < len(sentences) and sentences[number].start < end:
                found.setdefault(number, []).append(((start, end), said))
                number += 1
    return found


def _told(page: Page, sentence: Sentence, dates: Sequence[DateMention], spoken: Sequence[Said]) -> Iterator[Event]:
    """The events of one sentence."""
    text = page.document.text
    if text[sentence.start : sentence.end].rstrip().endswith("?"):
        return
    for dating in _datings(text, dates):
        if entry := _entry(text, sentence, dating):
            is_item = page.document.blocks[sentence.block].kind == BlockKind.ITEM
            yield _event(page, sentence, dating, entry, "list" if is_item else "prose", hedged=False)
            continue
        holding = [(span, said) for span, said in spoken if span[0] <= dating.span[0] and dating.span[1] <= span[1]]
        clause = find_clause(text, _place(sentence, dating, dates, spoken, holding), page.rules.words)
        if clause and dating.first.modifier not in ("since", "until"):
            hedged = any(said.hedges or said.stance == Stance.DENIES for _, said in holding)
            yield _event(page, sentence, dating, clause, "prose", hedged=hedged)


def _place(
    sentence: Sentence, dating: Dating, dates: Sequence[DateMention], spoken: Sequence[Said], holding: Sequence[Said]
) -> Place:
    """A date inside what somebody says is read there; outside, what is said is hidden."""
    own = (sentence.start, sentence.end)
    inner = min((span for span, _ in holding), key=lambda span: span[1] - span[0], default=own)
    return Place(
        *dating.span,
        within=(max(own[0], inner[0]), min(own[1], inner[1])),
        others=others_of([(date.start, date.end) for date in dates], dating.span),
        hidden=() if holding else tuple(span for span, _ in spoken),
        is_range=dating.first is not dating.last,
    )


def _datings(text: str, dates: Sequence[DateMention]) -> Iterator[Dating]:
    """Dates, with the two ends of a range as one: "from 3 March to 11 April"."""
    at = 0
    while at < len(dates):
        is_range = at + 1 < len(dates) and _is_range(text, dates[at], dates[at + 1])
        yield Dating(dates[at], dates[at + is_range])
        at += 1 + is_range


def _is_range(text: str, first: DateMention, last: DateMention) -> bool:
    glue = text[first.end : last.start]
    if len(glue) > 20 or not _RANGE.fullmatch(glue) or (first.first or "") >= (last.first or ""):
        return False
    return "and" not in glue or bool(_BETWEEN.search(text[max(0, first.start - 14) : first.start]))


def _entry(text: str, sentence: Sentence, dating: Dating) -> Clause | None:
    """ "12 May 2020: The port reopens": what follows the mark."""
    start, end = dating.span
    mark = _ENTRY.match(text, end, sentence.end)
    if mark is None or text[sentence.start : start].strip(" *_("):
        return None
    clause = trimmed(text, mark.end(), sentence.end)
    return clause if clause and len(text[clause.start : clause.end].split()) > 1 else None


def _event(page: Page, sentence: Sentence, dating: Dating, clause: Clause, origin: Origin, *, hedged: bool) -> Event:
    text, document = page.document.text, page.document
    when, what = _when(text, dating), text[clause.start : clause.end]
    place = Ref(
        source=document.source.id,
        start=sentence.start,
        end=sentence.end,
        sentence=text[sentence.start : sentence.end],
        block=document.blocks[sentence.block].kind,
        parts=Parts(content=((clause.start, clause.end),)),
    )
    return Event(
        id=_identity(when, what),
        when=when,
        what=what,
        actors=_actors(page, clause, dating),
        status=_status(document, when, what),
        origin=origin,
        certainty="hedged" if hedged or page.rules.hedge.search(place.sentence) else "stated",
        refs=(place,),
    )


def _when(text: str, dating: Dating) -> When:
    """One date, or a range from the first to the last."""
    first, last = dating
    if first is last:
        return When(
            text=first.text,
            start=first.first,
            end=first.last,
            precision=first.precision,
            modifier=first.modifier,
            edtf=first.edtf,
        )
    plain = first.edtf and last.edtf and "/" not in first.edtf + last.edtf
    return When(
        text=text[first.start : last.end],
        start=first.first,
        end=last.last,
        precision=first.precision,
        edtf=f"{first.edtf}/{last.edtf}" if plain else None,
    )


def _status(document: Document, when: When, what: str) -> Status:
    """Undated if no day is known. Planned if it lies behind the document's own date,
    or the future is said of days that have not passed.
    """
    if not when.start:
        return "undated"
    published = (document.meta.published or "")[:10]
    if published and when.start and when.end:
        if when.start[: len(published)] > published:
            return "planned"
        if when.end < published:
            return "past"
    return "planned" if FUTURE.search(what) else "past"


def _actors(page: Page, clause: Clause, dating: Dating) -> tuple[str, ...]:
    """Names that stand before the verb and belong to no other phrase; dates are none."""
    text, names = page.document.text, []
    for found in _NAME.finditer(text, clause.start, max(clause.verb, clause.start)):
        tied = _NOT_A_SUBJECT.search(text[max(clause.start, found.start() - 14) : found.start()])
        dated = found.start() < dating.span[1] and found.end() > dating.span[0]
        name = re.sub(r"['’]s?$", "", found.group().rstrip(".,"))
        if not tied and not dated and _is_name(page, name, opens=found.start() == clause.start):
            names.append(name)
    return tuple(dict.fromkeys(names))


def _is_name(page: Page, name: str, *, opens: bool) -> bool:
    """A capital that opens a sentence makes no name: a known actor does, or the same word inside another sentence."""
    if name.lower() in _COMMON or name.lower() in TRIGGERS:
        return False
    return not opens or any(word in page.rules.names or word in page.inside for word in (name, name.partition(" ")[0]))


def _tables(page: Page, dates: Sequence[DateMention]) -> Iterator[Event]:
    """A row of an event table is an event: its other cells say what."""
    starts = [date.start for date in dates]
    document = page.document
    for block in document.blocks:
        grid = read_grid(block, page.rules.headers) if isinstance(block, Table) else None
        column = grid.column("when") if grid else None
        if grid and grid.kind == "events" and column is not None:
            for row in grid.rows:
                start, end = row.spans[column] if column < len(row.spans) else (0, 0)
                inside = dates[bisect_left(starts, start) : bisect_left(starts, end)]
                yield from _row(document, grid, row, column, inside)


def _row(document: Document, grid: Grid, row: Row, column: int, dates: Sequence[DateMention]) -> Iterator[Event]:
    used = [index for index, cell in enumerate(row.cells) if index != column and cell.strip()]
    if not dates or not used:
        return
    when = _when(document.text, next(_datings(document.text, dates)))
    what = GAP.join(row.cells[index] for index in used)
    place = Ref(
        source=document.source.id,
        start=row.start,
        end=row.end,
        sentence=document.text[row.start : row.end],
        block=BlockKind.TABLE,
        parts=Parts(content=tuple(row.spans[index] for index in used)),
    )
    actor = grid.column("actor")
    yield Event(
        id=_identity(when, what),
        when=when,
        what=what,
        actors=(row.cells[actor],) if actor in used and actor is not None else (),
        status=_status(document, when, what),
        origin="table",
        refs=(place,),
    )


def _identity(when: When, what: str) -> str:
    content = "\x1f".join((when.edtf or when.text, " ".join(what.casefold().split())))
    return "ev-" + hashlib.blake2b(content.encode(), digest_size=5).hexdigest()
