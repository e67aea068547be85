"""Rules for the time of day, on a named day or on the day spoken of."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from briefgen.extract.dates.context import Context
from briefgen.extract.dates.days import day_value, near_day, weekday
from briefgen.extract.dates.rule import Match, Reading, rule
from briefgen.extract.dates.words import DAY, MONTH, PART, PARTS, WEEKDAY, YEAR

_DATE_TAIL: Final = (
    r"(?:\s+(?:on\s+)?(?:(?P<near>today|yesterday|tomorrow|tonight)\b"
    rf"|(?P<rel>last|this|next)?\s?(?P<dow>{WEEKDAY})\b(?:,?\s+(?={MONTH}\s+\d))?))?"
)


def _tonight(match: Match, context: Context) -> Reading | None:
    return Reading("TIME", (context.today.isoformat() if context.today else "XXXX-XX-XX") + "TNI", explicit=False)


def _part_of_day(match: Match, context: Context) -> Reading | None:
    suffix, word = PARTS[match["part"].lower()], match["rel"].lower()
    point = (
        context.recent if word in ("that", "same", "following", "next", "previous") or context.narrative else context.published
    )
    day = point.date() if point else None
    if day is None:
        return Reading("TIME", "XXXX-XX-XX" + suffix, explicit=False)
    offset = {"last": -1, "previous": -1, "next": 1, "following": 1}.get(word, 0)
    return Reading("TIME", (day + timedelta(days=offset)).isoformat() + suffix)


def _part_of_date(match: Match, context: Context) -> Reading | None:
    """ "the night of 4 May"."""
    day = day_value(match, context)
    return Reading("TIME", day.value + PARTS[match["part"].lower()]) if day else None


def _clock(match: Match, context: Context) -> Reading | None:
    """A time of day on a named day, or on the day spoken of."""
    time = _clock_value(match)
    if time is None:
        return None
    if match["m"] and (day := day_value(match, context)):
        return Reading("TIME", day.value + time)
    if match["dow"] and (day := weekday(match, context)):
        return Reading("TIME", day.value + time)
    point = context.recent if context.narrative or not match["near"] else context.published
    near = near_day((match["near"] or "").lower(), context) or (point.date() if point else None)
    return Reading("TIME", (near.isoformat() if near else "XXXX-XX-XX") + time, explicit=False)


def _clock_value(match: Match) -> str | None:
    if match["noon"]:
        return "T12:00" if match["noon"].lower() == "noon" else "T24:00"
    if match["h24"]:
        hour, minute = (int(part) for part in match["h24"].split(":"))
        return f"T{hour:02d}:{minute:02d}" if hour < 25 and minute < 60 else None
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if match["half"]:
        hour = hour % 12 + (12 if match["half"].lower().startswith("p") else 0)
    return f"T{hour:02d}:{minute:02d}" if hour < 25 and minute < 60 else None


RULES: Final = (
    rule(
        "days",
        "clock",
        "clock",
        r"(?<![\w$:.])(?:(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?\s?(?P<half>[ap]\.?m\b\.?)|(?P<noon>noon|midnight)\b"
        r"|(?P<h24>\d{1,2}:\d\d)(?:(?<=(?<=\bat )\d:\d\d)|(?<=(?<=\bat )\d\d:\d\d)|(?=\s?(?:hrs?|hours|GMT|UTC"
        r"|local\s+time)\b))(?:\s?(?:hrs?|hours)\b)?)"
        rf"(?:,?\s\(?[A-Z]{{1,3}}T\)?(?!\w))?(?:,?\s+(?:on\s+)?(?P<m>{MONTH})\s+(?P<d>{DAY})(?:,?\s+(?P<y>{YEAR}))?"
        rf"|{_DATE_TAIL})",
        _clock,
        "The vote will be at 10.30 p.m. on Thursday. => 10.30 p.m. on Thursday = 2021-06-17T22:30",
        "Doors opened at noon. => noon = 2021-06-16T12:00",
    ),
    rule(
        "days",
        "part-of-date",
        "part month",
        rf"(?<![\w-])(?:early\s+in\s+)?the\s+(?:early\s+|late\s+)?(?P<part>{PART})(?:\s+hours)?\s+of\s+(?:"
        rf"(?P<d>{DAY})\s+(?P<m>{MONTH})|(?P<m2>{MONTH})\s+(?P<d2>{DAY}))(?:,?\s+(?P<y>{YEAR}))?",
        _part_of_date,
        "It fell on the night of 4 May 2020. => the night of 4 May 2020 = 2020-05-04TNI",
    ),
    rule(
        "relative",
        "part-of-day",
        "part step",
        rf"(?<![\w-])(?:(?:late|early|earlier|later)\s+)?(?:the\s+)?(?P<rel>this|last|that|same|next|following"
        rf"|previous)\s+(?P<part>{PART})(?!\s+of\b)",
        _part_of_day,
        "He flew out this morning. => this morning = 2021-06-16TMO",
        "Rain fell last night. => last night = 2021-06-15TNI",
    ),
    rule(
        "relative",
        "tonight",
        "tonight",
        r"(?<![\w-])(?:(?:late|early|later)\s+)?tonight\b",
        _tonight,
        "The council votes tonight. => tonight = 2021-06-16TNI",
    ),
)
