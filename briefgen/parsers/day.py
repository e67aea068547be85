"""A few words in, the day that they name out, in ISO 8601: English, numbers, and the signs of East Asia.

Only a date with a year counts, and only one that can be read one way: 03/05/2024 is May in one country and March in another, so
it is none here. Words of other languages are for ``foreign``.
"""

from __future__ import annotations

import re

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
MONTH = (
    r"(?P<{}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
DAY_MONTH_YEAR = re.compile(
    r"(?<!\w)(?P<d1>\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?[\s_-]+" + MONTH.format("m1") + r",?[\s_-]+(?P<y1>\d{4})(?!\w)"
    r"|(?<!\w)" + MONTH.format("m2") + r"[\s_-]+(?P<d2>\d{1,2})(?:st|nd|rd|th)?,?[\s_-]+(?P<y2>\d{4})(?!\w)"
    r"|(?<![\w/.-])(?P<y3>\d{4})[-/.](?P<m3>\d{1,2})[-/.](?P<d3>\d{1,2})(?![\d/.-])"
    r"|(?<!\d)(?P<y4>\d{4})\s?[年년]\s?(?P<m4>\d{1,2})\s?[月월]\s?(?P<d4>\d{1,2})\s?[日일]",
    re.IGNORECASE,
)
#: Day first or month first, as the numbers tell.
DAY_FIRST = re.compile(r"(?<![\w/.])(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?![\w/-]|\.\d)")
MONTH_YEAR = re.compile(MONTH.format("m") + r",?[\s_-]+(\d{4})|(\d{4})-(\d{2})", re.IGNORECASE)
YEAR = re.compile(r"(?:19|20)\d\d")


def read_date(words: str, *, day_first: bool = False) -> str | None:
    """The first full date in ``words``: ``Sept. 4, 2025, 3:15 p.m.`` -> ``2025-09-04``.

    ``day_first`` is for words of a country that never writes the month first.
    """
    found = find_day(words)
    if found is None:
        return None
    if found.re is DAY_MONTH_YEAR:
        parts = {name[0]: value for name, value in found.groupdict().items() if value}
        month = parts["m"].lower()
        return iso(parts["y"], MONTHS.get(month) or int(month), parts["d"])
    if day_first or found[2] == "." or int(found[1]) > 12:
        return iso(found[4], int(found[3]), found[1])
    return iso(found[4], int(found[1]), found[3]) if int(found[3]) > 12 else None


def find_day(words: str) -> re.Match[str] | None:
    """Where the first full date stands, whether or not it is one that can be."""
    return DAY_MONTH_YEAR.search(words) or DAY_FIRST.search(words)


def read_month(words: str) -> str | None:
    """``March 2024`` -> ``2024-03``, ``2024`` -> ``2024``, only where the words say nothing else."""
    plain = words.strip(" .*_")
    found = MONTH_YEAR.fullmatch(plain)
    if not found:
        return str(int(plain)) if YEAR.fullmatch(plain) else None
    year, month = (found[2], MONTHS[found["m"].lower()]) if found["m"] else (found[3], int(found[4]))
    return f"{int(year)}-{month:02}" if 1 <= month <= 12 and 1900 <= int(year) < 2100 else None


def iso(year: str, month: int, day: str) -> str | None:
    """An ISO day if there is such a day, in a year in which a document can be from; digits may be of any script."""
    leap = int(year) % 4 == 0 and (int(year) % 100 != 0 or int(year) % 400 == 0)
    longest = 28 + leap if month == 2 else 30 if month in {4, 6, 9, 11} else 31
    fits = 1900 <= int(year) < 2100 and 1 <= month <= 12 and 1 <= int(day) <= longest
    return f"{int(year)}-{month:02}-{int(day):02}" if fits else None
