"""Dates in a document: text, sentences and blocks in, ``DateMention`` out.

English rules in tables (``days``, ``periods``, ``relative``, ``lengths``), a family a table, each with its pattern, its
reader and examples that run as tests. A date is looked for in sentences, headings and table cells. What it counts from
is kept in ``Context``: the publication in news, the date last named in a narrative of the past.

A sentence is first split into words; only rules whose trigger words it holds are tried, and only those are ever
compiled. Of matches that overlap, the one that begins first wins, then the longer, then the earlier in the tables; a
match that its reader refuses ("may", "resolution 2254") makes room for the next.

Limits: slashed dates are read month first; the number of a fiscal year gives no days; "winter of 2020" begins in
December 2020; centuries have no precision.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final
from unicodedata import decimal

from briefgen.extract.dates import days, hours, lengths, months, quarters, relative, years
from briefgen.extract.dates.context import Context, is_narrative
from briefgen.extract.dates.rule import Match, Reading, Rule
from briefgen.extract.dates.values import edtf, extent, point_of
from briefgen.extract.dates.words import JOINED, NAMES, PLURAL, TOKEN, TRIGGERS
from briefgen.model.base import Span
from briefgen.model.document import Block, BlockKind, Sentence, Table
from briefgen.model.findings import DateMention, Modifier

RULES: Final[tuple[Rule, ...]] = (
    *days.RULES,
    *hours.RULES,
    *months.RULES,
    *quarters.RULES,
    *years.RULES,
    *relative.RULES,
    *lengths.RULES,
)

_BEFORE: Final = re.compile(
    r"\b(?:(?P<since>since)|(?P<until>until|till|up\s+to)|(?P<approx>about|around|approximately|roughly|circa|c\."
    r"|ca\.))\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_BARE_NUMBER: Final = re.compile(r"\s*\d+\s*")
_YEAR_CELL: Final = re.compile(r"\s*(?:1[5-9]|20)\d\d\s*")
_DATE_HEADER: Final = re.compile(
    r"\b(?:years?|dates?|when|time|period|season|since|from|until|start|end|begun|begin|founded|established"
    r"|adopted|signed|joined|due|deadline)\b",
    re.IGNORECASE,
)


def find_dates(
    text: str, sentences: Sequence[Sentence], blocks: Sequence[Block], *, published: str | None
) -> tuple[DateMention, ...]:
    """All dates in sentences, headings and table cells, sorted and not overlapping.

    ``published`` is ISO 8601 in the precision that is known; without it relative dates keep an X where nothing is known
    ("last December" -> ``XXXX-12``) and have no days.
    """
    anchor = point_of(published) if published else None
    context = Context(text, anchor, is_narrative(text, anchor))
    found: list[DateMention] = []
    for start, end, block in _places(text, sentences, blocks):
        context.start, context.end, context.block = start, end, block
        context.is_whole_line = (blocks[block].start, blocks[block].end) == (start, end)
        found.extend(_read(context))
    return tuple(found)


def _places(text: str, sentences: Sequence[Sentence], blocks: Sequence[Block]) -> list[tuple[int, int, int]]:
    """Spans to look at, in reading order, with the number of their block; none overlaps the one before."""
    places = {(sentence.start, sentence.end, sentence.block) for sentence in sentences}
    for number, block in enumerate(blocks):
        if block.kind == BlockKind.HEADING:
            places.add((block.start, block.end, number))
        elif isinstance(block, Table):
            places.update((start, end, number) for start, end in _cells(text, block))
    kept: list[tuple[int, int, int]] = []
    for place in sorted(places):
        if place[0] < place[1] and (not kept or place[0] >= kept[-1][1]):
            kept.append(place)
    return kept


def _cells(text: str, table: Table) -> Iterator[Span]:
    """The cells that may hold dates: a bare number counts in a header of years and in a column that is one of dates."""
    width = max((len(row) for row in table.cells), default=0)
    dated = [_is_date_column(text, table, column) for column in range(width)]
    for number, row in enumerate(table.cells):
        bare = [bool(_BARE_NUMBER.fullmatch(text[start:end])) for start, end in row]
        numbers = [text[start:end] for (start, end), is_bare in zip(row, bare, strict=True) if is_bare]
        is_header = number < table.header_rows and all(_YEAR_CELL.fullmatch(cell) for cell in numbers)
        yield from (
            span for span, is_bare, is_dated in zip(row, bare, dated, strict=False) if is_header or is_dated or not is_bare
        )


def _is_date_column(text: str, table: Table, column: int) -> bool:
    """Whether all numbers of a column look like years and its place or header says that they are."""
    cells = [text[row[column][0] : row[column][1]] for row in table.cells[table.header_rows :] if column < len(row)]
    heads = " ".join(row[column] for row in table.rows[: table.header_rows] if column < len(row))
    named = column == 0 or not heads or _DATE_HEADER.search(heads)
    return bool(named) and all(_YEAR_CELL.fullmatch(cell) for cell in cells if _BARE_NUMBER.fullmatch(cell))


def _read(context: Context) -> Iterator[DateMention]:
    """The dates of one sentence, heading or cell."""
    rules = _rules_for(context.text[context.start : context.end])
    if not rules:
        return
    matches = [
        (match.start(), -match.end(), rank, rule, match)
        for rank, rule in enumerate(rules)
        for match in rule.compiled.finditer(context.text, context.start, context.end)
    ]
    at = context.start
    for start, _, _, rule, match in sorted(matches, key=lambda found: found[:3]):
        reading = rule.read(match, context) if start >= at else None
        if reading is None:
            continue
        mention = _mention(reading._replace(value=_in_western_digits(reading.value)), match, context)
        context.note(mention, explicit=reading.explicit)
        at = mention.end
        yield mention


def _in_western_digits(value: str) -> str:
    """A value whose year was written in the digits of another script."""
    return value if value.isascii() else "".join(str(decimal(each)) if each.isdecimal() else each for each in value)


def _rules_for(sentence: str) -> tuple[Rule, ...]:
    """The rules that have all they need in the sentence."""
    words = {word.lower() for word in TOKEN.findall(sentence) if word not in NAMES}
    held = {promise for word in words & TRIGGERS.keys() for promise in TRIGGERS[word]}
    lengths = {len(word) for word in words if word[0].isdigit()}
    if lengths:
        held |= {"digit", "year"} if 4 in lengths else {"digit"}
        held |= {name for name, shape in (("joined", JOINED), ("plural", PLURAL)) if shape.search(sentence)}
    return _rules_with(frozenset(held)) if held else ()


@cache
def _rules_with(held: frozenset[str]) -> tuple[Rule, ...]:
    return tuple(rule for rule in RULES if rule.needs <= held)


def _mention(reading: Reading, match: Match, context: Context) -> DateMention:
    start = match.start() if reading.start is None else reading.start
    end = match.end() if reading.end is None else reading.end
    end = start + len(context.text[start:end].rstrip())
    span = extent(reading.value) if reading.type in ("DATE", "TIME") and reading.calendar else None
    modifier = reading.modifier or (_modifier_before(context, start) if span else None)
    return DateMention(
        start=start,
        end=end,
        text=context.text[start:end],
        type=reading.type,
        value=reading.value,
        precision=span.precision if span else None,
        modifier=modifier,
        edtf=edtf(reading.value, modifier) if reading.type in ("DATE", "TIME") and reading.calendar else None,
        first=span.first.isoformat() if span else None,
        last=span.last.isoformat() if span else None,
    )


def _modifier_before(context: Context, start: int) -> Modifier | None:
    found = _BEFORE.search(context.before(start, 20))
    return found.lastgroup if found else None  # type: ignore[return-value]
