"""The words of a document in, the day it was published and where that was read out: never invented.

Read in this order: what the format itself says (front matter, HTML metadata), the web address, a cue line near the top or
bottom ("Updated Sept. 4, 2025"), a date that stands alone near the top, the dateline of a wire story, the file's name. A date
without a year, a relative one ("3 hours ago") and a day and month that could be either way round count as unknown; so does a
date line where three of them stand, which is a chronicle or a list of other stories.

Limits: what a page prints of another story's date beside its own title cannot be told from its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from briefgen.parsers.cues import CUE
from briefgen.parsers.day import MONTHS, find_day, iso, read_date, read_month
from briefgen.parsers.foreign import read_foreign

FILE_NAME_DATE = re.compile(r"(?<![0-9A-Za-z])(\d{4})([-_.]?)(\d\d)\2(\d\d)(?![0-9A-Za-z])")
FILE_NAME_MONTH = re.compile(r"(\d{4}-\d\d)(?![\d-])")
ADDRESS_DATE = re.compile(r"/(\d{4})[/-](\d{1,2}|[a-z]{3})[/-](\d{1,2})(?=[/-]|\Z)", re.IGNORECASE)
ADDRESS_MONTH = re.compile(r"/(\d{4})/(\d\d)(?=/)")
#: A line that is the address of the document; at the bottom only with its label.
ADDRESS_LABEL = r"(?:source|url|link|permalink|web address|original|retrieved from|online at)\s*:?\s*"
ADDRESS_LINE = re.compile(rf"(?P<label>{ADDRESS_LABEL})?[<(]?(?P<url>https?://\S+?)[>)]?", re.IGNORECASE)

#: A sentence that goes on behind its date tells of something else: "Published on 4 May, the plan foresees quays".
GOES_ON = re.compile(
    r",?\s+(?!at\b|by\b|in\b|on\b|and\s+updated|updated|last\b|uhr\b|um\b|kl\b|klo\b|ore\b|alle\b|hrs?\b)[a-z]{2,}"
)

WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?[.,]?\s+)?"
OPENING = re.compile(rf"{WEEKDAY}(?:the\s+)?", re.IGNORECASE)
PLACE = r"(?-i:[A-ZÀ-Þ][\w’'.-]{0,30}(?:[ /][A-ZÀ-Þ][\w’'.-]{0,30}){0,3})"
KIND = r"(?:press|news|media) (?:release|statement)|statement|communiqu[ée]|memo(?:randum)?|briefing|newsletter|news"
#: What may stand before and after a date that is a line of its own.
BEFORE_ALONE = re.compile(
    rf"[*_(\[]*(?:by [^|•·\d]{{3,60}}[|•·,–—-]\s*|(?:{KIND})\s*[|•·,:–—-]?\s*|[A-Z]{{1,5}}/[\w/.-]+\s*[|•·,–—-]\s*)?"
    rf"(?:{PLACE},\s+)?{WEEKDAY}(?:the\s+)?",
    re.IGNORECASE,
)
AFTER_ALONE = re.compile(
    r"(?:T\d\d:|[\s,|•·@-]|at\b)*(?:\d{1,2}[:.h]?\d{2}\S{0,12}\s*(?:[ap]\.?m\.?)?\s*(?:\(?[A-Z]{2,5}\)?)?)?\s*[*_)\]]*"
    rf"(?:\s*[|•·].{{0,60}}|\s*[–—-]?\s*\d+\s+min(?:utes?)?(?:\s+read)?|,\s+{PLACE})?[*_)\]]*",
    re.IGNORECASE,
)
#: The form of a date in words of any language: "Donnerstag, 4. September 2025", "4 de mayo de 2025", "2025. május 4.".
FOREIGN_DATE = (
    r"(?:[^\W\d_]{2,20}(?:-[^\W\d_]+)?[.,]{0,2}\s+){0,2}"
    r"\d{1,2}(?:\.|er|º|°)?\s+(?:de\s+)?[^\W\d_]{3,14}\.?,?\s+(?:de\s+|del\s+)?\d{4}"
    r"(?:\s?(?:г|р|r|m|d)\.|\s+(?:года|року))?"
    r"|\d{4}\.\s+[^\W\d_]{3,14}\s+\d{1,2}\."
)
FOREIGN_ALONE = re.compile(
    rf"[*_(]*(?:{PLACE},\s+)?(?P<date>{FOREIGN_DATE})"
    r"(?:[\s,|]*(?:à|um|kl|klo|o|ore|alle|в|о|at)?\.?\s*\d{1,2}\s?[:.h]\s?\d\d\S*(?:\s+\w+)?)?[*_)]*"
)
FOREIGN_OPENING = re.compile(rf"(?:{FOREIGN_DATE})(?!\w)")
NUMBERS_SHORT = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d\d)(?![\d.])")
#: A dash between two days joins a life or a span.
DASH = rf"[–—:-]{{1,2}}\s(?!\d|(?:{'|'.join(MONTHS)})\b)"
DATELINE = re.compile(
    r"[A-ZÀ-Þ][A-ZÀ-Þ .,’'/-]{2,40}(?:\s[A-Z][a-z]+)?[,:]?\s(?:[–—-]{1,2}\s)?[^–—:]{0,60}?\s?"
    rf"(?:\([^)]{{1,30}}\)\s*)?(?i:{DASH})"
    rf"|{PLACE}(?:\s\([A-Z]{{2,8}}\))?(?:,\s+[^–—:()]{{6,40}}?|\s+\([^–—:()]{{6,40}}\))\s*(?:\([^)]{{1,30}}\)\s*)?(?i:{DASH})"
    rf"|\({PLACE},\s+[^)]{{6,40}}\)"
)
#: Lines from the top and from the bottom in which a date can be the document's own, and how long such a line may be.
NEAR_TOP, NEAR_BOTTOM, SHORT = 12, 6, 120
HEAD_OF_LETTER = 5
#: What is minuted stands before its day, in one of so many lines.
HEAD_OF_MINUTES = 4
MEETING = re.compile(
    r"\b(?:minutes|agenda|proceedings|transcript|record of the)\b[^.;:]{0,60}?(?:\b(?:of|for|on|from)|,|[–—-])\s+"
    r"(?:the\s+)?(?:\w+day,?\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
#: So many lines that are dates are a list.
LIST_OF_DATES = 3


def find_published(text: str, path: str, said: Sequence[tuple[str, str]] = ()) -> tuple[str | None, str | None]:
    """The date in ISO 8601 and where it was read; ``said`` holds (value, where) pairs that the format itself gives.

    A value from "url" is an address.
    """
    addresses = [value for value, where in said if where == "url"]
    for value, where in said:
        day = read_address(value) if where == "url" else read_date(value) or read_month(value) or _foreign(value)
        if day:
            return day, where
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    top = lines[:NEAR_TOP]
    short_top = [line for line in top if len(line) <= SHORT]
    bottom = [line for line in lines[max(NEAR_TOP, len(lines) - NEAR_BOTTOM) :] if len(line) <= SHORT]
    addresses += _addresses(short_top, bottom)
    return (
        _first("url", map(read_address, addresses))
        or _first("cue-line", _sent(top))
        or _first("cue-line", _cued([*short_top, *bottom]))
        or _first("date-line", _alone(short_top))
        or _first("date-line", map(_of_meeting, short_top[:HEAD_OF_MINUTES]))
        or _first("dateline", map(_dateline, top))
        or _first("url", map(_address_month, addresses))
        or _first("file-name", [_in_file_name(path)])
        or (None, None)
    )


def read_address(address: str) -> str | None:
    """The date in a web address: ``/2025/11/17/talks`` -> ``2025-11-17``."""
    found = ADDRESS_DATE.search(address)
    if found:
        named = None if found[2].isdigit() else read_date(f"{found[3]} {found[2]} {found[1]}")
        return iso(found[1], int(found[2]), found[3]) if found[2].isdigit() else named
    found = FILE_NAME_DATE.search(address)
    return iso(found[1], int(found[3]), found[4]) if found else None


def is_date_line(line: str) -> bool:
    """Whether a short line gives nothing but the date of the document."""
    cued = (_opening_date(m["date"], day_first=False) for m in CUE.finditer(line))
    return _is_alone(line) or bool(FOREIGN_ALONE.fullmatch(line)) or any(cued)


def _addresses(top: Sequence[str], bottom: Sequence[str]) -> list[str]:
    """The address of the document, where its lines name one."""
    found = [match for line in top if (match := ADDRESS_LINE.fullmatch(line))]
    found += [match for line in bottom if (match := ADDRESS_LINE.fullmatch(line)) and match["label"]]
    addresses = list(dict.fromkeys(match["url"] for match in found))
    return addresses if len(addresses) == 1 else []


def _cued(lines: Sequence[str]) -> list[str | None]:
    """The dates after a cue, those of publication before those of an update."""
    cued = [match for line in lines for match in CUE.finditer(line)]
    in_order = sorted(cued, key=lambda match: bool(match["update"] or match["foreign_update"]))
    return [_after_cue(match["date"], foreign=bool(match["foreign"] or match["foreign_update"])) for match in in_order]


def _sent(top: Sequence[str]) -> list[str | None]:
    """The date of a letter that begins with its head; further down such a head is an earlier letter's."""
    head = top[1:HEAD_OF_LETTER] if top and top[0].lower().startswith("from:") else []
    return [read_date(line) for line in head if line.lower().startswith("sent:")]


def _after_cue(words: str, *, foreign: bool) -> str | None:
    short = NUMBERS_SHORT.match(words) if foreign else None
    if short:
        return iso(f"20{short[3]}", int(short[2]), short[1])
    return _opening_date(words, day_first=foreign) or read_month(words) or _foreign(words)


def _opening_date(words: str, *, day_first: bool) -> str | None:
    """The date that ``words`` begin with: "Data published on 3 May show" has a cue and a date, but not its own."""
    found = find_day(words)
    if found is None or not OPENING.fullmatch(words, 0, found.start()) or GOES_ON.match(words, found.end()):
        return None
    return read_date(words, day_first=day_first)


def _with_single_blanks(line: str) -> str:
    """The line, for patterns that take far more than the square of a run of blanks."""
    return " ".join(line.split())


def _foreign(words: str) -> str | None:
    """A date in another language that ``words`` begin with."""
    found = FOREIGN_OPENING.match(words)
    return read_foreign(found[0]) if found and not find_day(found[0]) else None


def _is_alone(line: str) -> bool:
    line = _with_single_blanks(line)
    found = find_day(line)
    return bool(found and BEFORE_ALONE.fullmatch(line, 0, found.start()) and AFTER_ALONE.fullmatch(line, found.end()))


def _alone(lines: Sequence[str]) -> list[str]:
    """The dates that are lines of their own, unless they are many."""
    found = [day for line in lines if (day := _day_alone(line))]
    return found if len(set(found)) < LIST_OF_DATES else []


def _day_alone(line: str) -> str | None:
    if _is_alone(line):
        return read_date(line)
    found = FOREIGN_ALONE.fullmatch(line)
    return read_foreign(found["date"]) if found else None


def _of_meeting(line: str) -> str | None:
    """The date of "Housing committee, minutes of 16 November 2026": minutes are of the day that they record."""
    line = _with_single_blanks(line)
    found = find_day(line)
    is_title = found and MEETING.search(line, 0, found.start()) and AFTER_ALONE.fullmatch(line, found.end())
    return read_date(line) if is_title else None


def _dateline(line: str) -> str | None:
    found = DATELINE.match(line)
    return read_date(found[0]) if found else None


def _address_month(address: str) -> str | None:
    found = ADDRESS_MONTH.search(address)
    return read_month(f"{found[1]}-{found[2]}") if found else None


def _in_file_name(path: str) -> str | None:
    name = path.rpartition("/")[2]
    found = FILE_NAME_DATE.search(name)
    if found:
        return iso(found[1], int(found[3]), found[4])
    stem = name.rpartition(".")[0] or name
    month = FILE_NAME_MONTH.match(stem)
    return read_date(stem.replace("_", " ")) or (read_month(month[1]) if month else None)


def _first(where: str, days: Iterable[str | None]) -> tuple[str, str] | None:
    day = next((day for day in days if day), None)
    return (day, where) if day else None
