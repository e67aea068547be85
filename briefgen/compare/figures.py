"""Statements in, disagreements out between sources that report them with other figures: "25 percent" here, "35 percent" there.

Two statements tell the same thing with other figures if one actor makes both with one stance, their words without the
figures are alike, and each has one figure of a kind (so many percent, tonnes, dollars; a day) that the other has otherwise.
Bounds ("at least 15") contradict nothing, and what is rounded ("about 20") leaves room. Only reports of independent sources
are compared: who says two figures in one text means two things.

Known limits: figures in words beyond twelve; a unit is the word behind the number; an actor with very many statements that hold
one kind of figure is not looked at.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from briefgen.compare.actors import Roster
from briefgen.compare.likeness import Likeness
from briefgen.compare.positions import merged_refs
from briefgen.compare.sources import Independence
from briefgen.compare.terms import digest_id, stem, unique
from briefgen.model.base import Span
from briefgen.model.brief import BriefStatement, Disagreement, Side
from briefgen.model.findings import GAP, DateMention, Digest, Stance

ALIKE = 0.5
#: In a crowd of statements with one kind of figure, who tells the same is not looked for.
CROWD = 60
ABOUT = 0.1
WORDS = {
    word: value for value, word in enumerate("two three four five six seven eight nine ten eleven twelve".split(), start=2)
}
SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9, "trillion": 1e12}
CURRENCY = r"(?:US)?[$€£¥]|(?:USD|EUR|GBP|CHF)\s"
FIGURE = re.compile(
    rf"(?P<money>{CURRENCY})?(?<![\w.,])"
    rf"(?:(?P<number>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)|(?P<word>{'|'.join(WORDS)})\b)"
    rf"[-\s]?(?P<scale>(?:{'|'.join(SCALES)})\b)?[-\s]?(?P<unit>%|[^\W\d_]+)?"
)
#: So many letters before a figure tell whether it is a bound or rounded.
LEAD = 20
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
    places: Mapping[str, str],
    counted: Independence,
    roster: Roster,
    likeness: Likeness,
) -> Iterator[Disagreement]:
    """What sources tell with different figures: a side for each value.

    ``places`` maps ``source.id`` to the brief's id, ``counted`` tells which source a claim counts as.
    """
    dates = {
        places[digest.source.id]: [date for date in digest.dates if date.type == "DATE" and date.edtf] for digest in digests
    }
    said: dict[tuple[str, Stance], list[BriefStatement]] = defaultdict(list)
    for statement in statements:
        if statement.actor:
            said[roster.holder(statement.actor), statement.stance].append(statement)
    held: dict[tuple[str, Stance, str], list[Telling]] = defaultdict(list)
    for (actor, stance), several in said.items():
        for statement in several if len(several) > 1 else ():
            for figure in _alone(list(_told(statement, dates[statement.refs[0].source]))):
                held[actor, stance, figure.kind].append(Telling(statement, figure))
    for (actor, stance, _), tellings in held.items():
        if 1 < len(tellings) <= CROWD:
            for values in _different(tellings, likeness, counted):
                yield _disagreement(actor, stance, values)


def _disagreement(actor: str, stance: Stance, values: Sequence[Sequence[Telling]]) -> Disagreement:
    names = sorted(telling.statement.id for held in values for telling in held)
    first = values[0][0]
    sides = tuple(_side(actor, stance, held) for held in values)
    return Disagreement(
        id=digest_id("di", first.figure.kind, *names), issue=first.statement.issues[0], kind="sources", sides=sides
    )


def _side(actor: str, stance: Stance, held: Sequence[Telling]) -> Side:
    refs = merged_refs(ref for telling in held for ref in telling.statement.refs)
    sources = unique(ref.source for ref in refs)
    return Side(label=held[0].figure.words, actors=(actor,), stance=stance, sources=sources, refs=refs)


def _told(statement: BriefStatement, dates: Sequence[DateMention]) -> Iterator[Figure]:
    """The days, months and figures in the content."""
    spans = statement.spans(statement.refs[0])
    inside = [date for date in dates if _is_inside((date.start, date.end), spans)]
    for date in inside:
        if date.edtf and date.precision in ("day", "month"):
            yield Figure("date", date.edtf, bool(date.modifier), date.text)
    text = statement.content.replace(GAP, ". ")
    for date in inside:
        text = text.replace(date.text, ";")
    yield from _figures(text)


def _is_inside(span: Span, spans: Sequence[Span]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in spans)


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
        words = match.group()
        if unit in NO_UNIT:
            unit, words = "", words.removesuffix(match["unit"])
        kind = f"money {match['money'].strip()}" if match["money"] else "%" if unit in PERCENT else stem(unit)
        lead = text[max(0, match.start() - LEAD) : match.start()]
        if kind and not BOUNDED.search(lead):
            number = float(match["number"].replace(",", "")) if match["number"] else float(WORDS[match["word"]])
            value = number * SCALES.get((match["scale"] or "").lower(), 1.0)
            yield Figure(kind, value, bool(ROUNDED.search(lead)), " ".join(words.split()))


def _different(tellings: Sequence[Telling], likeness: Likeness, counted: Independence) -> Iterator[list[list[Telling]]]:
    """The tellings of one thing, by value, wherever there is more than one value."""
    origins = [counted.of(each.statement.refs[0]) for each in tellings]
    features = [likeness.features(_bare(each)) for each in tellings]
    done: set[int] = set()
    for at in range(len(tellings)):
        others = [
            other
            for other in range(at + 1, len(tellings))
            if other not in done and origins[other] != origins[at] and likeness.of(features[at], features[other]) >= ALIKE
        ]
        values = _values([tellings[each] for each in (at, *others)])
        if at not in done and len(values) > 1:
            done.update((at, *others))
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
