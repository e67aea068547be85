"""Rules for lengths of time and for what recurs: "two years", "the past six months", "every Tuesday"."""

from __future__ import annotations

import re
from typing import Final

from briefgen.extract.dates.context import Context
from briefgen.extract.dates.rule import Match, Reading, rule
from briefgen.extract.dates.words import NUMBER, PARTS, SEASONS, UNIT, VAGUE_NUMBER, WEEKDAY, WEEKDAYS, number, unit_letter

_AT_LEAST: Final = (
    r"(?:(?:more\s+than|less\s+than|at\s+least|up\s+to|another|those|these|all|the(?=\s+[\w-]+\s+[a-z]))\s+){0,3}"
)
_PERIOD_CODE: Final = {
    "D": "P{}D",
    "W": "P{}W",
    "F": "P{}W",
    "M": "P{}M",
    "Q": "P{}Q",
    "Y": "P{}Y",
    "E": "P{}E",
    "C": "P{}C",
    "WE": "P{}WE",
    "TH": "PT{}H",
    "TM": "PT{}M",
    "TS": "PT{}S",
}
#: "a day" alone is more often a rate or an idiom than a length.
_LENGTH_CUE: Final = re.compile(
    r"\b(?:for|in|within|about|nearly|almost|over|than|least|after|took|takes|take|half|every|lasted|lasts|spent"
    r"|of|another)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_BARE_CUE: Final = re.compile(
    r"\b(?:for|after|take|takes|took|within|spent|over|in|of|many|those|these|follows?|lasted|past|recent|coming"
    r"|last|hours|days|weeks|months|years|and|or)\s+$",
    re.IGNORECASE,
)
_RATE_CUE: Final = re.compile(
    r"(?:\b(?:once|twice|times|percent|million|billion|tonnes|tons|barrels|dollars|euros|\d+)|[a-z]s|%)\s+$", re.IGNORECASE
)


def period(count: float | None, unit: str) -> str:
    """``(2, "W")`` -> "P2W"; X for a vague number."""
    times = 2.0 if unit == "F" else 1.0
    text = "X" if count is None else f"{count * times:.10g}"
    return _PERIOD_CODE[unit].format(text)


def _length(match: Match, context: Context) -> Reading | None:
    """A number of units."""
    words, unit = match["n"].lower(), match["u"].lower()
    if unit in ("second", "quarter", "quarters") or (words in ("a", "an") and unit == "night"):
        return None
    if words in ("a", "an", "half a", "half an") and not _is_length(match, context):
        return None
    count = 0.5 if words.startswith("half") else 1.0 if words in ("a", "an") else number(words)
    count = count + 0.5 if match["half"] and count else count
    return Reading("DURATION", period(count, unit_letter(unit)), explicit=False)


def _is_length(match: Match, context: Context) -> bool:
    more = match.group()[: match.start("n") - match.start()].lower().replace("the ", "")
    return bool(_LENGTH_CUE.search(context.before(match.start("n"), 14))) or bool(more.strip())


def _recent_length(match: Match, context: Context) -> Reading | None:
    """ "the past six months", "recent years"."""
    count = number(match["n"]) if match["n"] else None
    if match["n"] is None and not match["u"].lower().endswith("s"):
        return None
    return Reading("DURATION", period(count, unit_letter(match["u"])), explicit=False)


def _bare(match: Match, context: Context) -> Reading | None:
    """ "for years", "months of talks"."""
    if not _BARE_CUE.search(context.before(match.start(), 14)) and not re.match(r"\s+of\b", context.after(match.end())):
        return None
    return Reading("DURATION", period(None, unit_letter(match["u"])), explicit=False)


def _adverb(match: Match, context: Context) -> Reading | None:
    unit = {"daily": "P1D", "nightly": "P1D", "hourly": "PT1H", "weekly": "P1W", "monthly": "P1M", "quarterly": "P1Q"}
    return Reading("SET", unit.get(match["w"].lower(), "P1Y"), explicit=False)


def _every(match: Match, context: Context) -> Reading | None:
    word, count = match["u"].lower(), match["n"]
    if word[:3] in WEEKDAYS and word.rstrip("s").endswith("day") and word.rstrip("s") != "day":
        return Reading("SET", f"XXXX-WXX-{WEEKDAYS[word[:3]]}", explicit=False)
    if word in SEASONS:
        return Reading("SET", f"XXXX-{SEASONS[word]}", explicit=False)
    if word in PARTS:
        return Reading("SET", "XXXX-XX-XX" + PARTS[word], explicit=False)
    times = 2 if count and count.lower() == "other" else number(count) if count else 1
    return Reading("SET", period(times, unit_letter(word)), explicit=False)


def _rate(match: Match, context: Context) -> Reading | None:
    if match["a"].lower() != "per" and not _RATE_CUE.search(context.before(match.start(), 14)):
        return None
    return Reading("SET", period(1, unit_letter(match["u"])), explicit=False)


def _weekdays(match: Match, context: Context) -> Reading | None:
    return Reading("SET", f"XXXX-WXX-{WEEKDAYS[match['dow'][:3].lower()]}", explicit=False)


RULES: Final = (
    rule(
        "durations",
        "recent-length",
        "unit step",
        rf"(?<![\w-])(?:at\s+least\s+)?(?:the\s+|its\s+)?(?P<rel>past|last|next|first|previous|coming|following"
        rf"|recent|preceding|final|latest)\s+(?:(?P<n>{NUMBER}|{VAGUE_NUMBER})\s+)?(?P<u>{UNIT})",
        _recent_length,
        "Rents doubled in the past six months. => the past six months = P6M",
    ),
    rule(
        "durations",
        "length",
        "unit",
        rf"(?<![\w$.-]){_AT_LEAST}(?P<n>{NUMBER}|{VAGUE_NUMBER}|half\s+an?|an?)(?:\s+(?:more|full|consecutive"
        rf"|straight|additional|whole|long))?(?:\s+(?P<half>and\s+a\s+half)|-and-a-half)?(?:\s+|-)(?P<u>{UNIT})"
        rf"(?![- ]olds?\b)(?:\s+and\s+a\s+half\b)?",
        _length,
        "The strike lasted two weeks. => two weeks = P2W",
        "A two-year delay is likely. => two-year = P2Y",
    ),
    rule(
        "durations",
        "bare-units",
        "unit",
        r"(?<![\w-])(?P<u>years|months|weeks|decades|centuries|days|hours|minutes)\b(?!\s+(?:ago|earlier|later|old)\b)",
        _bare,
        "They argued for years. => years = PXY",
    ),
    rule(
        "sets",
        "adverb",
        "set",
        r"(?<![\w-])(?P<w>daily|nightly|hourly|weekly|monthly|annually|yearly)(?![-\w])",
        _adverb,
        "Boats sail daily. => daily = P1D",
    ),
    rule(
        "sets",
        "every",
        "every",
        rf"\b(?:every|each)\s+(?:(?P<n>other|{NUMBER})\s+)?(?P<u>{UNIT}|morning|afternoon|evening|night|spring"
        rf"|summer|autumn|winter)",
        _every,
        "Levies are set every year. => every year = P1Y",
    ),
    rule(
        "sets",
        "every-weekday",
        "every weekday",
        rf"\b(?:every|each)\s+(?P<n>)?(?P<u>{WEEKDAY})\b",
        _every,
        "The court sits every Tuesday. => every Tuesday = XXXX-WXX-2",
    ),
    rule(
        "sets",
        "weekdays",
        "weekday",
        rf"(?<!\w)(?P<dow>{WEEKDAY})s(?!\w)",
        _weekdays,
        "The court sits on Tuesdays. => Tuesdays = XXXX-WXX-2",
    ),
    rule(
        "sets",
        "rate",
        "one",
        r"(?<![\w-])(?P<a>per|an?)\s+(?P<u>hour|day|week|month|quarter|year)(?=\s*[,.;)]|\s+(?:to|for|in|from|on"
        r"|and|by|at|or|since|until)\b)",
        _rate,
        "It ships 300 tonnes a day. => a day = P1D",
    ),
)
