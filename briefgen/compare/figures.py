"""Statements in, those that sources report with different figures out: "25 percent" here, "35 percent" there.

Two statements tell the same thing with other figures if one actor makes both with one stance, their words without the
figures are alike, and each has one figure of a kind (so many percent, tonnes, dollars; a day) that the other has otherwise.
Bounds ("at least 15") contradict nothing, and what is rounded ("about 20") leaves room. Only reports of independent sources
are compared: who says two figures in one text means two things.

Known limits: figures in words beyond twelve; a unit is the word behind the number.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from briefgen.compare.likeness import Likeness
from briefgen.compare.terms import stem
from briefgen.model.base import Span
from briefgen.model.brief import BriefStatement
from briefgen.model.findings import GAP, DateMention, Digest, Ref, Stance

ALIKE = 0.5
#: In a crowd of statements with one kind of figure, who tells the same is not looked for.
CROWD = 60
ABOUT = 0.1
WORDS = {
    word: value
    for value, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), start=1)
    if value > 1
}
SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9, "trillion": 1e12}
CURRENCY = r"(?:US)?[$€£¥]|(?:USD|EUR|GBP|CHF)\s"
FIGURE = re.compile(
    rf"(?P<lead>(?:[A-Za-z]+\s+){{0,2}})(?P<figure>(?P<money>{CURRENCY})?(?<![\w.,])"
    rf"(?:(?P<number>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)|(?P<word>{'|'.join(WORDS)})\b)"
    rf"[-\s]?(?P<scale>(?:{'|'.join(SCALES)})\b)?[-\s]?(?P<unit>%|[^\W\d_]+)?)"
)
BOUNDED = re.compile(r"\b(?:least|most|than|over|under|above|below|to|beyond|within|exceeding|maximum|minimum)\s*$", re.I)
ROUNDED = re.compile(r"\b(?:about|around|some|roughly|nearly|almost|approximately)\s*$", re.I)
PERCENT = frozenset(["%", "percent", "per", "percentage"])
#: These end a figure and are no unit.
NO_UNIT = frozenset("a an and as at but by for from if in is of on or that the to was were will with would".split())


class Figure(NamedTuple):
    """A figure in a statement: its kind, its value (a number, or an ISO day or month), whether it is rounded, its words."""

    kind: str
    value: float | str
    is_rounded: bool
    words: str


class Telling(NamedTuple):
    """A statement and its figure of one kind."""

    statement: BriefStatement
    figure: Figure


def find_differences(
    digests: Sequence[Digest],
    statements: Sequence[BriefStatement],
    likeness: Likeness,
    origin: Callable[[Ref], str],
    holder: Callable[[str], str],
) -> Iterator[list[list[Telling]]]:
    """Tellings of one thing with different figures: a list for each value.

    Refs name documents by id; ``origin`` tells which source a claim counts as, ``holder`` for whom an actor
    speaks.
    """
    dates = {digest.source.id: [date for date in digest.dates if date.type == "DATE" and date.edtf] for digest in digests}
    held: dict[tuple[str, Stance, str], list[Telling]] = defaultdict(list)
    for statement in statements:
        ref = statement.refs[0]
        spans = statement.spans(ref)
        inside = [date for date in dates.get(ref.source, ()) if _is_inside((date.start, date.end), spans)]
        whole = [
            Figure("date", date.edtf, bool(date.modifier), date.text)
            for date in inside
            if date.edtf and date.precision in ("day", "month")
        ]
        for figure in _alone([*whole, *_figures(_without(statement, inside))]):
            if statement.actor:
                held[holder(statement.actor), statement.stance, figure.kind].append(Telling(statement, figure))
    for tellings in held.values():
        if 1 < len(tellings) <= CROWD:
            yield from _different(tellings, likeness, origin)


def _is_inside(span: Span, spans: Sequence[Span]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in spans)


def _without(statement: BriefStatement, dates: Sequence[DateMention]) -> str:
    text = statement.content.replace(GAP, ". ")
    for date in dates:
        text = text.replace(date.text, ";")
    return text


def _alone(figures: Sequence[Figure]) -> list[Figure]:
    """The figures that are the only ones of their kind: of two prices nobody knows which is meant."""
    kinds = [figure.kind for figure in figures]
    return [figure for figure in figures if kinds.count(figure.kind) == 1]


def have_other_figures(one: str, two: str) -> bool:
    """Whether two texts have different figures of one kind: "a fee of 250 crowns" and "a fee of 400 crowns"."""
    mine, yours = ({figure.kind: figure for figure in _alone(list(_figures(text)))} for text in (one, two))
    return any(not _is_same(mine[kind], yours[kind]) for kind in mine.keys() & yours.keys())


def _figures(text: str) -> Iterator[Figure]:
    for match in FIGURE.finditer(text):
        unit = (match["unit"] or "").lower()
        words = match["figure"]
        if unit in NO_UNIT:
            unit, words = "", words[: -len(unit)] if unit else words
        kind = f"money {match['money'].strip()}" if match["money"] else "%" if unit in PERCENT else stem(unit)
        if kind and not BOUNDED.search(match["lead"]):
            number = float(match["number"].replace(",", "")) if match["number"] else float(WORDS[match["word"]])
            value = number * SCALES.get((match["scale"] or "").lower(), 1.0)
            yield Figure(kind, value, bool(ROUNDED.search(match["lead"])), " ".join(words.split()))


def _different(tellings: Sequence[Telling], likeness: Likeness, origin: Callable[[Ref], str]) -> Iterator[list[list[Telling]]]:
    origins = [origin(each.statement.refs[0]) for each in tellings]
    features = [likeness.features(_bare(each)) for each in tellings]
    done: set[int] = set()
    for at in range(len(tellings)):
        if at in done:
            continue
        same = [at] + [
            other
            for other in range(at + 1, len(tellings))
            if other not in done and origins[other] != origins[at] and likeness.of(features[at], features[other]) >= ALIKE
        ]
        values = _values([tellings[each] for each in same])
        if len(values) > 1:
            done.update(same)
            yield values


def _bare(telling: Telling) -> str:
    return re.sub(r"\d[\d.,]*", " ", telling.statement.content.replace(telling.figure.words, " "))


def _values(tellings: Sequence[Telling]) -> list[list[Telling]]:
    """The tellings by value; what is rounded is no other value than one near it."""
    kept: list[list[Telling]] = []
    for telling in tellings:
        home = next((held for held in kept if _is_same(telling.figure, held[0].figure)), None)
        if home is None:
            kept.append([telling])
        else:
            home.append(telling)
    return kept


def _is_same(one: Figure, two: Figure) -> bool:
    if isinstance(one.value, str) or isinstance(two.value, str):
        return str(one.value).startswith(str(two.value)) or str(two.value).startswith(str(one.value))
    room = ABOUT * max(one.value, two.value) if one.is_rounded or two.is_rounded else 0.0
    return abs(one.value - two.value) <= room
