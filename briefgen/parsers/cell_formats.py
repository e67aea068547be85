"""A number in a spreadsheet with the format it is shown in, the words that a reader sees out.

Dates are numbers of days in a spreadsheet; only the format tells. They are written in ISO 8601, so that no reader has to know
in which country the file was made. Integers are written as integers.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

#: Formats that every program knows by their number.
BUILT_IN_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
BUILT_IN_PERCENT = {9: 0, 10: 2}
LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE)
ELAPSED = re.compile(r"\[h{1,2}\]", re.IGNORECASE)
DECIMALS = re.compile(r"\.([0#?]+)")
#: Day 0 of each of the two systems.
DAY_ZERO, DAY_ZERO_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
LAST_DAY = 2_958_465


def is_date_format(number: int, code: str | None) -> bool:
    """Whether a format shows a date or a time."""
    if code is None:
        return number in BUILT_IN_DATES
    plain = LITERAL.sub("", code.split(";")[0]).casefold()
    return bool(re.search("[ymdhs]", plain)) and "general" not in plain


def is_elapsed_format(code: str | None) -> bool:
    """Whether a format shows how long something took: [h]:mm."""
    return code is not None and bool(ELAPSED.match(code))


def elapsed_words(days: float) -> str:
    """A time span in hours and minutes."""
    minutes = round(days * 1_440)
    return f"{minutes // 60}:{minutes % 60:02}"


def percent_decimals(number: int, code: str | None) -> int | None:
    """How many decimals a format shows of a percentage; None if it shows none."""
    if code is None:
        return BUILT_IN_PERCENT.get(number)
    if "%" not in LITERAL.sub("", code.split(";")[0]):
        return None
    decimals = DECIMALS.search(code)
    return len(decimals[1]) if decimals else 0


def number_words(value: float) -> str:
    """A number without the noise of its storage: 13.0 is 13."""
    if value == int(value) and abs(value) < 1e16:
        return str(int(value))
    return f"{value:.15g}"


def percent_words(value: float, decimals: int) -> str:
    """A share as a percentage."""
    return f"{value * 100:.{min(decimals, 6)}f}%"


def date_words(value: float, *, from_1904: bool = False) -> str:
    """A day, a moment or a time of day; a number that is none of them stays a number."""
    if not 0 <= value <= LAST_DAY:
        return number_words(value)
    moment = (DAY_ZERO_1904 if from_1904 else DAY_ZERO) + timedelta(days=int(value), seconds=round(value % 1 * 86_400))
    return moment_words(moment, is_time=value < 1)


def moment_words(moment: datetime, *, is_time: bool = False) -> str:
    """A moment in ISO 8601 as far as it is known: midnight is no time."""
    if is_time:
        return f"{moment:%H:%M}"
    return moment.strftime("%Y-%m-%d") if (moment.hour, moment.minute) == (0, 0) else f"{moment:%Y-%m-%d %H:%M}"
