"""Rules for days: by date, by name, in ranges, and told from today."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from briefgen.extract.dates.context import Context, Tense
from briefgen.extract.dates.rule import Match, Reading, rule
from briefgen.extract.dates.values import Point, valid, week_of
from briefgen.extract.dates.words import (
    DAY,
    MODIFIER,
    MONTH,
    PART,
    PARTS,
    SHORT_WEEKDAY,
    WEEKDAY,
    WEEKDAYS,
    YEAR,
    month_number,
)

_DOW: Final = rf"(?:(?P<dow>{WEEKDAY}|{SHORT_WEEKDAY}),?\s+)?"
#: The year that follows the second half of a range: "3 March to 11 April 1954".
_AHEAD: Final = (
    rf"(?:(?=\s*(?:[-–—/]|and|to|through|until|or)\s*(?:the\s)?(?:{MONTH}\s+{DAY}|{DAY}\s+{MONTH}|{DAY})(?:,|\s+of)?\s+"
    rf"(?P<ahead>{YEAR})))?"
)
_NO_COUNT: Final = r"(?!:\d|%|[.,]\d|\s*(?:percent|per\s+cent|million|billion)\b)"
#: After a month a bare number may count what follows: "in May 12 people", but days take "on".
_COUNTS: Final = re.compile(r"\s+[a-z]")
_IN: Final = re.compile(r"\bin\s+$", re.IGNORECASE)
_GLUE: Final = re.compile(r"\s*(?:[-–—/]|,|and|to|through|or|&)\s*(?:and\s+|the\s+)?$")
_SAID: Final[dict[str, Tense]] = {"last": "past", "this past": "past", "next": "future"}
_REL_YEAR: Final = r"(?:,?\s+(?:of\s+)?(?:the\s+)?(?P<rel>last|this|next|that|same)\s+year\b)"
_HOLIDAYS: Final = {
    **{
        "christmas": (12, 25),
        "christmas day": (12, 25),
        "christmas eve": (12, 24),
        "boxing day": (12, 26),
        "halloween": (10, 31),
    },
    **{
        "new year's day": (1, 1),
        "new year's eve": (12, 31),
        "new year's": (1, 1),
        "independence day": (7, 4),
        "may day": (5, 1),
    },
    **{"valentine's day": (2, 14), "armistice day": (11, 11)},
}
_NTH: Final = ("first", "second", "third", "fourth", "fifth")
_WORD_BEFORE: Final = re.compile(r"\w\s+$")
_NOT_A_DAY: Final = re.compile(r"-[a-z]", re.IGNORECASE)


def day_value(match: Match, context: Context) -> Reading | None:
    """A day of a month, with its year or the nearest one."""
    groups = match.groupdict()
    month, day = month_number(groups["m"] or groups["m2"]), _number(groups["d"] or groups["d2"])
    year = groups.get("y") or groups.get("ahead")
    if not year and _counts_people(match, context):
        return None
    said = _SAID.get((groups.get("near") or "").lower())
    number = int(year) if year else _said_year(groups.get("rel"), context)
    number = number or context.nearest_year(month, day, *match.span(), said)
    if number is None:
        return Reading("DATE", f"XXXX-{month:02d}-{day:02d}", explicit=False) if 0 < day <= 31 else None
    point = valid(number, month, day)
    return Reading("DATE", str(point)) if point else None


def _counts_people(match: Match, context: Context) -> bool:
    """ "in May 12 boats": the number behind the month counts what follows."""
    month_first = -1 < match.start("m") < match.start("d")
    return month_first and bool(_IN.search(context.before(match.start("m"))) and _COUNTS.match(context.after(match.end("d"))))


def _number(day: str) -> int:
    return int(re.sub(r"\D", "", day))


def _said_year(word: str | None, context: Context) -> int | None:
    word = (word or "").lower()
    if word in ("that", "same"):
        return context.recent.year if context.recent else None
    offset = {"last": -1, "this": 0, "next": 1}.get(word)
    return None if offset is None or context.published is None else context.published.year + offset


def _range_end(match: Match, context: Context) -> Reading | None:
    """ "9, 1918" after "March 5" and a dash: the month is the one just named."""
    before = context.previous
    if before is None or not re.fullmatch(r"\d{4}-\d\d-\d\d|XXXX-\d\d-\d\d", before.value):
        return None
    if not _GLUE.fullmatch(context.text[before.end : match.start()]) or re.match(r"\d", before.text):
        return None
    year, month = match["y"] or before.value[:4], int(before.value[5:7])
    if year == "XXXX":
        return Reading("DATE", f"XXXX-{month:02d}-{_number(match['d']):02d}", explicit=False)
    point = valid(int(year), month, _number(match["d"]))
    return Reading("DATE", str(point)) if point else None


def _iso(match: Match, context: Context) -> Reading | None:
    point = valid(int(match["y"]), int(match["m"]), int(match["d"])) if 0 < int(match["m"]) <= 12 else None
    return Reading("DATE", str(point)) if point else None


def _iso_week(match: Match, context: Context) -> Reading | None:
    year = match["y"] or match["y2"] or (context.published.year if context.published else None)
    week = int(match["w"] or match["w2"])
    return Reading("DATE", f"{year or 'XXXX'}-W{week:02d}", explicit=bool(year)) if 0 < week < 54 else None


def _slashed(match: Match, context: Context) -> Reading | None:
    """Month first, as slashes are written in most English text, unless the first number can only be a day."""
    first, second = int(match["a"]), int(match["b"])
    month, day = (second, first) if first > 12 or match["sep"] == "." else (first, second)
    year = int(match["y"])
    year += 0 if year > 99 else 1900 if year > 40 else 2000
    point = valid(year, month, day) if 0 < month <= 12 else None
    return Reading("DATE", str(point)) if point else None


def weekday(match: Match, context: Context) -> Reading | None:
    """The last such day in the past tense, the next one in the future."""
    number = WEEKDAYS[match["dow"][:3].lower()]
    part = match.groupdict().get("part")
    suffix = PARTS[part.lower()] if part else ""
    today = context.today
    if context.narrative:
        near = context.recent if context.named and context.named_block == context.block else None
        today = near.date() if near and context.named else None
    if today is None:
        return Reading("TIME" if suffix else "DATE", f"XXXX-WXX-{number}{suffix}", explicit=False)
    word = re.sub(r"\s+", " ", (match["rel"] or "").lower())
    value = _weekday_near(today, number, word, context, match)
    return Reading("TIME" if suffix else "DATE", value.isoformat() + suffix)


def _weekday_near(today: date, number: int, word: str, context: Context, match: Match) -> date:
    offset = number - today.isoweekday()
    if word in ("last", "past", "this past", "previous"):
        return today + timedelta(days=offset - 7 if offset >= 0 else offset)
    if word in ("next", "this coming", "coming", "following", "the following"):
        return today + timedelta(days=offset + 7 if offset <= 0 else offset)
    future = word == "this" or context.tense(*match.span()) == "future"
    if context.narrative:
        future = True
    if future:
        return today + timedelta(days=offset % 7)
    return today + timedelta(days=offset if offset <= 0 else offset - 7)


def _ordinal_day(match: Match, context: Context) -> Reading | None:
    named = context.recent
    if named is None or named.month is None:
        return None
    point = valid(named.year, named.month, _number(match["d"]))
    return Reading("DATE", str(point)) if point else None


def _nth_weekday(match: Match, context: Context) -> Reading | None:
    """ "the first Monday of December 2026"."""
    month, weekday_number = month_number(match["m"]), WEEKDAYS[match["dow"][:3].lower()]
    year = int(match["y"]) if match["y"] else context.nearest_year(month, None, *match.span())
    if year is None:
        return Reading("DATE", f"XXXX-{month:02d}", explicit=False)
    days = [day for day in range(1, 32) if (point := valid(year, month, day)) and point.date().isoweekday() == weekday_number]  # type: ignore[union-attr]
    nth = _NTH.index(match["n"].lower()) if match["n"].lower() in _NTH else -1
    return Reading("DATE", str(Point(year, month, days[nth]))) if nth < len(days) else None


def _week_of(match: Match, context: Context) -> Reading | None:
    """ "the week of 4 May 2025" is the one that the day lies in."""
    reading = day_value(match, context)
    day = date.fromisoformat(reading.value) if reading and reading.explicit else None
    return Reading("DATE", week_of(day)) if day else None


def _holiday(match: Match, context: Context) -> Reading | None:
    name = re.sub(r"\s+", " ", match["h"].lower().replace("’", "'"))
    month, day = (11, 22) if name.startswith("thanks") else _HOLIDAYS[name]
    year = int(match["y"]) if match["y"] else context.nearest_year(month, day, *match.span())
    if year is None:
        return Reading("DATE", f"XXXX-{month:02d}-{day:02d}", explicit=False)
    if name.startswith("thanks"):
        first = date(year, 11, 1)
        day = 22 + (3 - first.weekday()) % 7
    return Reading("DATE", str(Point(year, month, day)))


def near_day(word: str, context: Context) -> date | None:
    """The day that "today" and its kin mean, counted from the publication."""
    offset = {"today": 0, "tonight": 0, "tomorrow": 1, "yesterday": -1}.get(word)
    return None if offset is None or context.today is None else context.today + timedelta(days=offset)


def _deictic(match: Match, context: Context) -> Reading | None:
    """ "today" and its kin; in a narrative they are the narrator's present."""
    word, part = match["w"].lower(), match["part"]
    if word == "today" and (context.narrative or re.match(r"['’]s\s+\w", context.after(match.end()))):
        return Reading("DATE", "PRESENT_REF", explicit=False)
    if _NOT_A_DAY.match(context.after(match.end(), 8)) or _is_title(match, context):
        return None
    suffix = PARTS[part.lower()] if part else ""
    far = re.sub(r"\s+", " ", (match["far"] or "").lower())
    day = near_day(word, context)
    if day is None:
        return Reading("TIME" if suffix else "DATE", "XXXX-XX-XX" + suffix, explicit=False)
    if far:
        day += timedelta(days=1 if far == "the day after" else -1)
    return Reading("TIME" if suffix else "DATE", day.isoformat() + suffix)


def _is_title(match: Match, context: Context) -> bool:
    """The name of a paper or programme: a capital behind another word."""
    return match["w"][0].isupper() and bool(_WORD_BEFORE.search(context.before(match.start())))


def _weekend(match: Match, context: Context) -> Reading | None:
    point = context.recent if context.narrative else context.published
    day = point.date() if point else None
    if day is None:
        return Reading("DATE", "XXXX-WXX-WE", explicit=False)
    future = context.tense(*match.span()) == "future"
    saturday = day + timedelta(days=(6 - day.isoweekday()) % 7 if future else -((day.isoweekday() - 6) % 7))
    return Reading("DATE", week_of(saturday) + "-WE", explicit=False)


RULES: Final = (
    rule(
        "iso",
        "iso-day",
        "year joined",
        r"(?<![\w./-])(?P<y>1\d\d\d|20\d\d)(?P<sep>[-/.])(?P<m>\d\d)(?P=sep)(?P<d>\d\d)(?![\d-])",
        _iso,
        "Signed 2021-03-04 in Oslo. => 2021-03-04 = 2021-03-04",
        "See file 2021-13-04. =>  = ",
    ),
    rule(
        "iso",
        "iso-week",
        "year",
        r"(?<![\w-])(?:(?P<y>20\d\d|19\d\d)-W(?P<w>\d\d)|week\s+(?P<w2>\d{1,2})\s+of\s+(?P<y2>20\d\d|19\d\d))(?!\w)",
        _iso_week,
        "The quota of 2021-W09 was used up. => 2021-W09 = 2021-W09",
        "It closed in week 9 of 2021. => week 9 of 2021 = 2021-W09",
    ),
    rule(
        "days",
        "slashed",
        "digit joined",
        r"(?<![\w/.])(?P<a>\d{1,2})(?P<sep>[/.])(?P<b>\d{1,2})(?P=sep)(?P<y>(?:19|20)\d\d|(?<=/)\d\d)(?![\w/]|\.\d)",
        _slashed,
        "Filed on 11/30/2020. => 11/30/2020 = 2020-11-30",
        "Filed on 30.11.2020. => 30.11.2020 = 2020-11-30",
        "Version 1.2.20 is out. =>  = ",
    ),
    rule(
        "days",
        "month-day",
        "month digit",
        rf"(?<![\w-])(?:(?P<near>last|this\s+past|next|this)\s+)?{MODIFIER}{_DOW}(?P<m>{MONTH})\s+(?:the\s)?"
        rf"(?P<d>{DAY}){_NO_COUNT}(?:,?\s+(?:of\s+)?(?P<y>{YEAR})|{_REL_YEAR})?{_AHEAD}",
        day_value,
        "Talks began on March 4, 2019. => March 4, 2019 = 2019-03-04",
        "They met on Monday, May 3. => Monday, May 3 = 2021-05-03",
        "In May 12 boats were seized. => May = 2021-05",
        "Ministers will meet Sept. 9 in Turin. => Sept. 9 = 2021-09-09",
    ),
    rule(
        "days",
        "day-month",
        "month digit",
        rf"(?<![\w$€£.]){MODIFIER}{_DOW}(?:the\s+)?(?P<d>{DAY})\s+(?:of\s+)?(?P<m>{MONTH})(?:,?\s+(?:of\s+)?"
        rf"(?P<y>{YEAR})|{_REL_YEAR})?{_AHEAD}",
        day_value,
        "The quota lapsed on 3 July 2020. => 3 July 2020 = 2020-07-03",
        "It lasted from 3 March to 11 April 1954. => 3 March = 1954-03-03",
        "The fair on the 5th of June 2020 was called off. => the 5th of June 2020 = 2020-06-05",
    ),
    rule(
        "ranges",
        "range-first-day",
        "month digit",
        rf"(?<![\w$€£.,])(?P<d>{DAY})(?=\s?(?:[-–—/]|and\b|to\b|or\b|,\s?\d{{1,2}}(?:\s+and\b|,))\s?"
        rf"(?:the\s+)?(?:\d{{1,2}}\s+and\s+)?{DAY}\s+(?:of\s+)?(?P<m>{MONTH})(?:,?\s+(?P<y>{YEAR}))?)",
        day_value,
        "The summit of 4-6 May 2020 failed. => 4 = 2020-05-04",
        "It sat on 4 and 6 May 2020. => 4 = 2020-05-04",
    ),
    rule(
        "ranges",
        "range-last-day",
        "month digit",
        rf"(?<![\w$€£.])(?P<d>{DAY}){_NO_COUNT}(?:,\s+(?P<y>{YEAR}))?",
        _range_end,
        "The summit of May 4-6, 2020 failed. => 6, 2020 = 2020-05-06",
    ),
    rule(
        "days",
        "nth-weekday",
        "weekday month",
        rf"(?<![\w-])(?:the\s+)?(?P<n>{'|'.join(_NTH)}|last)\s+(?P<dow>{WEEKDAY})\s+(?:of|in)\s+(?P<m>{MONTH})"
        rf"(?:,?\s+(?:of\s+)?(?P<y>{YEAR}))?",
        _nth_weekday,
        "It sits on the first Monday of December 2021. => the first Monday of December 2021 = 2021-12-06",
        "It sat on the last Friday in May. => the last Friday in May = 2021-05-28",
        "The fifth Monday of June 2021 was quiet. => June 2021 = 2021-06",
    ),
    rule(
        "days",
        "week-of-day",
        "one month digit",
        rf"(?<![\w-])(?:the\s+)?week\s+(?:of|beginning|starting|ending)\s+(?:on\s+)?(?:the\s+)?{_DOW}(?:(?P<m>{MONTH})\s+"
        rf"(?P<d>{DAY})|(?P<d2>{DAY})\s+(?:of\s+)?(?P<m2>{MONTH}))(?:,?\s+(?P<y>{YEAR}))?",
        _week_of,
        "It sits in the week of 7 June 2021. => the week of 7 June 2021 = 2021-W23",
        "It sat in the week beginning May 3. => the week beginning May 3 = 2021-W18",
    ),
    rule(
        "days",
        "weekday",
        "weekday",
        rf"(?<![\w-])(?:(?P<rel>last|this\s+past|this\s+coming|this|next|past|(?:the\s+)?following|previous"
        rf"|coming)\s+)?(?:(?:early|late|earlier|later)\s+(?:on\s+)?)?"
        rf"(?P<dow>{WEEKDAY})(?![\w])(?:\s+(?P<part>{PART}))?",
        weekday,
        "The union met on Monday. => Monday = 2021-06-14",
        "The union will meet on Monday. => Monday = 2021-06-21",
        "It voted last Wednesday. => last Wednesday = 2021-06-09",
        "A ferry sank Friday night. => Friday night = 2021-06-11TNI",
    ),
    rule(
        "days",
        "ordinal-day",
        "ordinal digit",
        r"(?:(?<=\bon\s)|(?<=\bby\s)|(?<=\bof\s)|(?<=\buntil\s))the\s+(?P<d>(?:3[01]|[12]?\d)(?:st|nd|rd|th))"
        r"(?=\s*[,.;)]|\s+(?:was|were|had|he|she|it|they|the|and|when)\b|\s+of\s+(?:the|that|this)\s+month\b)"
        r"(?:\s+of\s+(?:the|that|this)\s+month)?",
        _ordinal_day,
        "The strike began on May 4, 2020 and ended on the 9th. => the 9th = 2020-05-09",
        "Offices are on the 9th floor. =>  = ",
    ),
    rule(
        "days",
        "holiday",
        "holiday",
        rf"(?<!\w)(?P<h>(?-i:Christmas(?:\s+(?:Day|Eve))?|New\s+Year['’]s(?:\s+(?:Day|Eve))?|Thanksgiving"
        rf"(?:\s+Day)?|Boxing\s+Day|Halloween"
        rf"|Valentine['’]s\s+Day|Independence\s+Day|May\s+Day|Armistice\s+Day))(?!\w)(?:,?\s+(?P<y>{YEAR}))?",
        _holiday,
        "Shops closed on Christmas Eve 2019. => Christmas Eve 2019 = 2019-12-24",
        "The truce of Thanksgiving 2020 held. => Thanksgiving 2020 = 2020-11-26",
    ),
    rule(
        "relative",
        "near-day",
        "near",
        rf"(?<![\w-])(?:(?P<far>the\s+day\s+(?:before|after))\s+)?(?:(?:late|early|earlier|later)\s+)?(?P<w>today"
        rf"|tomorrow|yesterday)\b(?:\s+(?P<part>{PART}))?",
        _deictic,
        "The port reopened yesterday. => yesterday = 2021-06-15",
        "It leaves the day after tomorrow. => the day after tomorrow = 2021-06-18",
        "He wrote it in Fishing Today. =>  = ",
    ),
    rule(
        "relative",
        "weekend",
        "weekend",
        r"(?<![\w-])the\s+weekend\b",
        _weekend,
        "Fires spread over the weekend. => the weekend = 2021-W23-WE",
    ),
)
