"""Timeline entries in, the geometry of a picture out: an axis with ticks, and for each dated entry a bar and a numbered dot.

The bar is as long as the date is vague (a year is a year wide), so the picture is no more exact than the source. Texts
stand in the list beside it, the picture shows numbers only: nothing can overlap, whatever the texts are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from briefgen.render.context import Chart, Dot, Tick

WIDTH = 960
MARGIN = 24
ROW = 26
DOT = 22
MOST_TICKS = 12


class Dated(NamedTuple):
    """An entry with its first and last ISO day."""

    start: str
    end: str
    number: int
    anchor: str
    status: str


def chart(entries: Sequence[Dated]) -> Chart | None:
    """The picture of ``entries``; None if fewer than two different days can be drawn."""
    spans = [(span, entry) for entry in entries if (span := _days(entry))]
    if len({span for span, _ in spans}) < 2:
        return None
    ticks, first, last = _axis(min(span[0] for span, _ in spans), max(span[1] for span, _ in spans))
    scale = (WIDTH - 2 * MARGIN) / max(last - first, 1)

    def at(day: float) -> float:
        return round(MARGIN + (day - first) * scale, 1)

    rows = _rows([(at(start), at(end)) for (start, end), _ in spans])
    axis = ROW * (max(rows) + 1) + 8
    dots = [
        Dot(at(start), at(end), at((start + end) / 2), axis - ROW * (row + 0.75), entry.number, entry.anchor, entry.status)
        for row, ((start, end), entry) in zip(rows, spans, strict=True)
    ]
    return Chart(WIDTH, axis + 30, axis, tuple(Tick(at(day), text) for day, text in ticks), tuple(dots))


def _days(entry: Dated) -> tuple[int, int] | None:
    try:
        start, end = date.fromisoformat(entry.start).toordinal(), date.fromisoformat(entry.end).toordinal()
    except ValueError:
        return None
    return (start, end + 1) if end >= start else None


def _axis(first: int, last: int) -> tuple[list[tuple[int, str]], int, int]:
    """Ticks in the finest unit that gives few of them, and the axis widened to whole units."""
    for unit, steps in ((_day, (1, 2, 5, 10)), (_month, (1, 2, 3, 6)), (_year, (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000))):
        for step in steps:
            ticks = unit(first, last, step)
            if len(ticks) <= MOST_TICKS:
                return ticks, min(first, ticks[0][0]), max(last, ticks[-1][0])
    return [(first, _iso(first)), (last, _iso(last))], first, last


def _iso(day: int) -> str:
    return date.fromordinal(day).isoformat()


def _day(first: int, last: int, step: int) -> list[tuple[int, str]]:
    if (last - first) // step > MOST_TICKS:
        return [(first, "")] * (MOST_TICKS + 1)
    return [(day, _iso(day)) for day in range(first, last + step, step)]


def _month(first: int, last: int, step: int) -> list[tuple[int, str]]:
    return _counted(first, last, step, lambda day: day.year * 12 + day.month - 1, lambda n: date(n // 12, n % 12 + 1, 1), 7)


def _year(first: int, last: int, step: int) -> list[tuple[int, str]]:
    return _counted(first, last, step, lambda day: day.year, lambda n: date(n, 1, 1), 4)


def _counted(
    first: int, last: int, step: int, number: Callable[[date], int], day: Callable[[int], date], shown: int
) -> list[tuple[int, str]]:
    """Ticks every ``step`` units from the unit of ``first`` to the one after ``last``; ``shown`` cuts the ISO day."""
    low, high = number(date.fromordinal(first)), number(date.fromordinal(last - 1)) + 1
    if (high - low) // step > MOST_TICKS:
        return [(first, "")] * (MOST_TICKS + 1)
    low -= low % step
    numbers = [n for n in range(low, high + step, step) if date.min.year < day_year(n, shown) <= date.max.year]
    return [(day(n).toordinal(), day(n).isoformat()[:shown]) for n in numbers]


def day_year(number: int, shown: int) -> int:
    """The year of a counted unit: months are counted from the year 0."""
    return number // 12 if shown == 7 else number


def _rows(spans: Sequence[tuple[float, float]]) -> list[int]:
    """The lowest row in which each span's dot and bar meet no other one."""
    ends: list[float] = []
    rows = []
    for start, end in spans:
        middle = (start + end) / 2
        left, right = min(start, middle - DOT / 2), max(end, middle + DOT / 2)
        row = next((n for n, taken in enumerate(ends) if taken + 4 <= left), len(ends))
        ends[row : row + 1] = [right]
        rows.append(row)
    return rows
