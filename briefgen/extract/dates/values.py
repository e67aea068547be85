"""TIMEX3 values: made of points and units, and read back as days and as EDTF.

Values are those of TIMEX3: ``2021-03-04``, ``2021-W09``, ``2021-W09-WE``, ``2021-03``, ``2021-Q1``, ``2021-H1``,
``2021-SP``, ``2021``, ``202`` (a decade), ``20`` (a century), ``BC0480``, with X for what is not known (``XXXX-03-04``).

EDTF (ISO 8601-2) has no "early" and no season that is bound to a hemisphere, so the mapping is ours:

=====================  =======================  ==========================================================
value, modifier        EDTF                     reading
=====================  =======================  ==========================================================
``2021-03-04``         ``2021-03-04``           likewise months and years
``2021-Q1``, ``-H1``   ``2021-33``, ``2021-40`` the codes for quarters and semesters
``2021-SP``            ``2021-21``              the codes for seasons (winter of 2021 begins in December)
``2021-W09``           ``2021-03-01/2021-03-07`` EDTF has no weeks: an interval of days
``202``, ``20``        ``202X``, ``20XX``       unspecified digits
``BC0480``             ``-0479``                astronomical years
approx                 ``2021~``
since, until           ``2021/..``, ``../2021``
early, mid, late       ``2021-01~/2021-04~``    the first, second, last third, both ends approximate
early spring           ``2021-03~``             the third of a season or quarter is a month
=====================  =======================  ==========================================================

``first`` and ``last`` always span the whole value: "early 2021" is the year 2021 with a modifier. Values with X, spans of
time, sets and vague references have neither days nor EDTF.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from typing import Final, NamedTuple

from briefgen.model.findings import Modifier, Precision


class Point(NamedTuple):
    """A calendar date in the precision that is known."""

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        """The TIMEX3 value."""
        return "-".join(f"{part:0{width}d}" for part, width in zip(self, (4, 2, 2), strict=True) if part is not None)

    def date(self) -> date | None:
        """The day, if the point is one."""
        return date(self.year, self.month, self.day) if self.month and self.day else None


class Extent(NamedTuple):
    """The days that a value spans, and how precise it is."""

    first: date
    last: date
    precision: Precision | None


_SEASON_START: Final = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_SEASON_CODE: Final = {"SP": 21, "SU": 22, "FA": 23, "WI": 24}
_PART: Final = re.compile(r"(\d{4})-(Q[1-4]|H[12]|SP|SU|FA|WI)")
_WEEK: Final = re.compile(r"(\d{4})-W(\d\d)(-WE)?")
_IN_CALENDAR: Final = re.compile(r"(?!0000)\d{2,4}(?:-|\Z)")
_THIRDS: Final = {"early": 0, "mid": 1, "late": 2}


def valid(year: int, month: int, day: int) -> Point | None:
    """A day, or None if the month has no such day."""
    return Point(year, month, day) if 0 < day <= calendar.monthrange(year, month)[1] else None


def point_of(value: str) -> Point | None:
    """``"2021-03-04T10:00"`` -> the day; None for anything but a day, month or year."""
    found = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:T.*)?", value)
    return Point(*(int(part) if part else None for part in found.groups())) if found and found[1] != "0000" else None  # type: ignore[arg-type]


def add_months(year: int, month: int, count: int) -> Point:
    """The month that lies ``count`` months off."""
    total = year * 12 + month - 1 + count
    return Point(total // 12, total % 12 + 1)


def week_of(day: date) -> str:
    """The ISO week of a day."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def moved(base: Point, unit: str, count: int) -> str | None:
    """The value ``count`` units off ``base``, in the precision of the unit; None where ``base`` is too vague for it or
    where no calendar reaches.
    """
    try:
        value = _moved(base, unit, count)
    except (OverflowError, ValueError):
        return None
    return value if value and _IN_CALENDAR.match(value) else None


def _moved(base: Point, unit: str, count: int) -> str | None:
    day = base.date()
    if unit == "D" and day:
        return (day + timedelta(days=count)).isoformat()
    if unit in ("W", "F", "WE") and day:
        week = week_of(day + timedelta(weeks=count * (2 if unit == "F" else 1)))
        return week + "-WE" if unit == "WE" else week
    if unit == "M" and base.month:
        return str(add_months(base.year, base.month, count))
    if unit == "Q" and base.month:
        total = base.year * 4 + (base.month - 1) // 3 + count
        return f"{total // 4:04d}-Q{total % 4 + 1}"
    years, width, size = {"Y": (1, 4, 1), "E": (10, 3, 10), "C": (100, 2, 100)}.get(unit, (0, 0, 0))
    return f"{(base.year + count * years) // size:0{width}d}" if years and base.year + count * years > 0 else None


def extent(value: str) -> Extent | None:
    """The days that a value spans; None for values that are no calendar date."""
    try:
        return _extent(value)
    except ValueError:
        return None


def _extent(value: str) -> Extent | None:
    point = point_of(value)
    if point:
        return _of_point(point)
    if found := _WEEK.fullmatch(value):
        year, week = int(found[1]), int(found[2])
        return Extent(date.fromisocalendar(year, week, 6 if found[3] else 1), date.fromisocalendar(year, week, 7), "week")
    if found := _PART.fullmatch(value):
        return _of_part(int(found[1]), found[2])
    if re.fullmatch(r"\d{3}", value):
        return Extent(date(int(value) * 10, 1, 1), date(int(value) * 10 + 9, 12, 31), "decade")
    if re.fullmatch(r"\d{2}", value):
        return Extent(date(int(value) * 100, 1, 1), date(int(value) * 100 + 99, 12, 31), None)
    return None


def _of_point(point: Point) -> Extent:
    if day := point.date():
        return Extent(day, day, "day")
    if point.month:
        return Extent(date(point.year, point.month, 1), _month_end(point.year, point.month), "month")
    return Extent(date(point.year, 1, 1), date(point.year, 12, 31), "year")


def _of_part(year: int, part: str) -> Extent:
    if part[0] in "QH" and part[1].isdigit():
        size = 3 if part[0] == "Q" else 6
        end = size * int(part[1])
        return Extent(date(year, end - size + 1, 1), _month_end(year, end), "quarter" if size == 3 else "half")
    last = add_months(year, _SEASON_START[part], 2)
    return Extent(date(year, _SEASON_START[part], 1), _month_end(last.year, last.month or 12), "season")


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def edtf(value: str, modifier: Modifier | None) -> str | None:
    """The value in EDTF, by the table above."""
    value = value.partition("T")[0]
    span = extent(value)
    if modifier in _THIRDS and span and span.precision in ("month", "quarter", "season", "half", "year", "decade"):
        return _third(span, _THIRDS[modifier])
    plain = _plain(value, span)
    if plain is None or "/" in plain:
        return plain
    return {"approx": f"{plain}~", "since": f"{plain}/..", "until": f"../{plain}"}.get(modifier or "", plain)


def _plain(value: str, span: Extent | None) -> str | None:
    if re.match(r"BC\d{4}", value):
        return f"{'-' if value[2:6] > '0001' else ''}{int(value[2:6]) - 1:04d}{value[6:]}"
    if span is None:
        return None
    if "-W" in value and span.precision == "week":
        return f"{span.first}/{span.last}"
    if found := _PART.fullmatch(value):
        code = _SEASON_CODE.get(found[2]) or (32 if found[2][0] == "Q" else 39) + int(found[2][1])
        return f"{found[1]}-{code}"
    return value + "X" * (4 - len(value)) if value.isdigit() else value


def _third(span: Extent, third: int) -> str:
    year = span.first.year
    if span.precision == "decade":
        first, last = ((0, 3), (4, 6), (7, 9))[third]
        return f"{year + first}~/{year + last}~"
    if span.precision != "month":
        return _months(span, third)
    last_day = (10, 20, span.last.day)[third]
    return f"{span.first:%Y-%m}-{10 * third + 1:02d}~/{span.first:%Y-%m}-{last_day:02d}~"


def _months(span: Extent, third: int) -> str:
    """The third of a year, half, season or quarter, in whole months."""
    size = ((span.last.year - span.first.year) * 12 + span.last.month - span.first.month + 1) // 3
    first = add_months(span.first.year, span.first.month, size * third)
    last = add_months(first.year, first.month or 1, size - 1)
    return f"{first}~" if first == last else f"{first}~/{last}~"
