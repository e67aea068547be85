"""The words of a document in, the day it was published and where that was read out: never invented.

Read in this order: what the format itself says (front matter, HTML metadata), a cue line near the top or bottom ("Updated
Sept. 4, 2025"), a date that stands alone near the top, the dateline of a wire story, a full date in the file name. A date
without a year, a relative one ("3 hours ago") and a day and month that could be either way round count as unknown.

English is read here; a cue line in another language goes to dateparser, which is slow to import and is asked only then.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

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
    r"(?<!\w)(?P<d1>\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+" + MONTH.format("m1") + r",?[\s-]+(?P<y1>\d{4})(?!\w)"
    r"|(?<!\w)" + MONTH.format("m2") + r"\s+(?P<d2>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y2>\d{4})(?!\w)"
    r"|(?<![\w/.-])(?P<y3>\d{4})[-/.](?P<m3>\d{1,2})[-/.](?P<d3>\d{1,2})(?![\d/.-])",
    re.IGNORECASE,
)
DAY_FIRST = re.compile(r"(?<![\w/.])(\d{1,2})([./])(\d{1,2})\2(\d{4})(?![\w/]|\.\d)")
MONTH_YEAR = re.compile(MONTH.format("m") + r",?\s+(\d{4})|(\d{4})-(\d{2})", re.IGNORECASE)
FILE_NAME_DATE = re.compile(r"(?<![0-9A-Za-z])(\d{4})([-_.]?)(\d\d)\2(\d\d)(?![0-9A-Za-z])")
ADDRESS_DATE = re.compile(r"/(\d{4})[/-](\d{1,2})[/-](\d{1,2})(?=[/-]|\Z)")

CUE = re.compile(
    r"(?:^|[|•·]\s*)(?:first |originally |date )?(?P<cue>published|posted|issued|released|release date|date of publication"
    r"|publication date|date|last updated|last modified|updated|modified|ver[öo]ffentlicht|erschienen|stand|datum|publi[ée]e?"
    r"|mis en ligne|date de publication|publicado|publicada|fecha|pubblicato|pubblicata|data|gepubliceerd|opublikowano"
    r"|опубликовано|дата|опубліковано)(?:\s+(?:on|am|le|el|il|op|em|w dniu))?(?:\s*[:–-]\s*|\s+)(?P<date>[^|•·\s][^|•·]{3,60})",
    re.IGNORECASE,
)
UPDATED = ("last", "updated", "modified")
WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?[.,]?\s+)?"
OPENING = re.compile(WEEKDAY, re.IGNORECASE)
#: What may stand before and after a date that is a line of its own.
BEFORE_ALONE = re.compile(r"[*_(]*(?:by [^|•·\d]{3,60}[|•·,–—-]\s*)?" + WEEKDAY, re.IGNORECASE)
AFTER_ALONE = re.compile(
    r"(?:T\d\d:|[\s,|•·@-]|at\b)*(?:\d{1,2}[:.h]?\d{2}\S{0,12}\s*(?:[ap]\.?m\.?)?\s*(?:\(?[A-Z]{2,5}\)?)?)?\s*[*_)]*(?:\s*[|•·].{0,40})?",
    re.IGNORECASE,
)
FOREIGN_ALONE = re.compile(
    r"\d{1,2}\.?\s+(?:de\s+)?[^\W\d_]{3,12}\.?\s+(?:de\s+)?\d{4}(?:\s*г\.?)?"
    r"(?:\s*,?\s*(?:à|um|o|at)?\s*\d{1,2}[:.h]\d{2})?\Z"
)
#: For dateparser: no part of a date is filled in.
WHOLE = {"REQUIRE_PARTS": ["day", "month", "year"], "PARSERS": ["absolute-time"], "DATE_ORDER": "DMY"}
DATELINE = re.compile(r"[A-Z][A-Z .,’'/-]{2,40}(?:\s[A-Z][a-z]+)?[,:]?\s[^–—:]{0,60}?\s?(?:\([^)]{1,30}\)\s*)?[–—:-]{1,2}\s")
#: Lines from the top and from the bottom in which a date can be the document's own.
NEAR_TOP, NEAR_BOTTOM, SHORT = 12, 6, 120


def find_published(text: str, path: str, said: Iterable[tuple[str, str]] = ()) -> tuple[str | None, str | None]:
    """The date in ISO 8601 and where it was read; ``said`` holds (value, where) pairs that the format itself gives."""
    for value, where in said:
        day = read_date(value) or _read_month(value)
        if day:
            return day, where
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    top = lines[:NEAR_TOP]
    near = [line for line in (*top, *lines[max(NEAR_TOP, len(lines) - NEAR_BOTTOM) :]) if len(line) <= SHORT]
    return (
        _first("cue-line", _cued(near))
        or _first("date-line", (_alone(line) for line in top if len(line) <= SHORT))
        or _first("dateline", (_dateline(line) for line in top))
        or _first("file-name", [_in_file_name(path)])
        or (None, None)
    )


def read_date(words: str) -> str | None:
    """The first full date in ``words``: ``Sept. 4, 2025, 3:15 p.m.`` -> ``2025-09-04``."""
    found = DAY_MONTH_YEAR.search(words)
    if found:
        parts = {name[0]: value for name, value in found.groupdict().items() if value}
        month = parts["m"].lower()
        return _iso(parts["y"], MONTHS.get(month) or int(month), parts["d"])
    found = DAY_FIRST.search(words)
    # 03/05/2024 is May in one country and March in another
    if found and (found[2] == "." or int(found[1]) > 12):
        return _iso(found[4], int(found[3]), found[1])
    return _iso(found[4], int(found[1]), found[3]) if found and int(found[3]) > 12 else None


def read_address(address: str) -> str | None:
    """The date in a web address: ``/2025/11/17/talks`` -> ``2025-11-17``."""
    found = ADDRESS_DATE.search(address) or FILE_NAME_DATE.search(address)
    return _iso(found[1], int(found[found.re.groups - 1]), found[found.re.groups]) if found else None


def is_date_line(line: str) -> bool:
    """Whether a short line gives nothing but the date of the document."""
    return _is_alone(line) or bool(FOREIGN_ALONE.match(line)) or any(_opening_date(m["date"]) for m in CUE.finditer(line))


def _cued(lines: list[str]) -> list[str | None]:
    """The dates after a cue, those of publication before those of an update."""
    cued = [(m["cue"].lower().startswith(UPDATED), m["date"]) for line in lines for m in CUE.finditer(line)]
    in_order = [words for _, words in sorted(cued, key=lambda pair: pair[0])]
    return [_opening_date(words) or _read_month(words) or _read_foreign(words) for words in in_order]


def _opening_date(words: str) -> str | None:
    """The date that ``words`` begin with: "Data published on 3 May show" has a cue and a date, but not its own."""
    found = DAY_MONTH_YEAR.search(words) or DAY_FIRST.search(words)
    return read_date(words) if found and OPENING.fullmatch(words, 0, found.start()) else None


def _is_alone(line: str) -> bool:
    found = DAY_MONTH_YEAR.search(line) or DAY_FIRST.search(line)
    return bool(found and BEFORE_ALONE.fullmatch(line, 0, found.start()) and AFTER_ALONE.fullmatch(line, found.end()))


def _alone(line: str) -> str | None:
    if _is_alone(line):
        return read_date(line)
    return _read_foreign(line) if FOREIGN_ALONE.match(line) else None


def _dateline(line: str) -> str | None:
    found = DATELINE.match(line)
    return read_date(found[0]) if found else None


def _in_file_name(path: str) -> str | None:
    found = FILE_NAME_DATE.search(path.rpartition("/")[2])
    return _iso(found[1], int(found[3]), found[4]) if found else None


def _read_month(words: str) -> str | None:
    """``March 2024`` -> ``2024-03``, only where the words say nothing else."""
    found = MONTH_YEAR.fullmatch(words.strip(" .*_"))
    if not found:
        return None
    year, month = (found[2], MONTHS[found["m"].lower()]) if found["m"] else (found[3], int(found[4]))
    return f"{year}-{month:02}" if 1 <= month <= 12 and 1900 <= int(year) < 2100 else None


def _read_foreign(words: str) -> str | None:
    if not re.search(r"\d{4}", words) or not re.search(r"[^\W\d_]{3}", words):
        return None
    import dateparser

    words = re.split(r"\s*(?:,|\bà\b|\bum\b|\|)\s*(?=\d{1,2}[:h.]\d\d)", words)[0]
    day = dateparser.parse(words, settings=WHOLE)
    return day.date().isoformat() if day else None


def _iso(year: str, month: int, day: str) -> str | None:
    """An ISO day if there is such a day, in a year in which a document can be from."""
    longest = 29 if month == 2 else 30 if month in {4, 6, 9, 11} else 31
    fits = 1900 <= int(year) < 2100 and 1 <= month <= 12 and 1 <= int(day) <= longest
    return f"{year}-{month:02}-{int(day):02}" if fits else None


def _first(where: str, days: Iterable[str | None]) -> tuple[str, str] | None:
    day = next((day for day in days if day), None)
    return (day, where) if day else None
