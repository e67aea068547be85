"""Rules for quarters and halves of a year.

Reports of figures name a quarter once and go on with "the quarter" and "a year earlier": ``Context`` keeps the one last named.
"""

from __future__ import annotations

import re
from typing import Final

from briefgen.extract.dates.context import Context
from briefgen.extract.dates.rule import Match, Reading, rule, year_offset
from briefgen.extract.dates.values import Point, add_months
from briefgen.extract.dates.words import ORDINALS, YEAR

_Q: Final = r"(?P<q>first|second|third|fourth|[1-4](?:st|nd|rd|th)|Q[1-4]|[1-4]Q)"


def _quarter(match: Match, context: Context) -> Reading | None:
    """A numbered quarter: of the year named, of the year spoken of, else the last one that has begun."""
    number = _ordinal(match["q"])
    word = (match["rel"] or match["rel2"] or match["rel3"] or "").lower()
    if match["y"] or match["y2"]:
        return Reading("DATE", f"{match['y'] or match['y2']}-Q{number}")
    base = context.anchor
    if base is None:
        return Reading("DATE", f"XXXX-Q{number}", explicit=False)
    year = base.year + (year_offset(word) or 0)
    if "ago" in word or "earlier" in word or word == "same":
        year -= 1
    elif not word and not context.narrative and base.month and (number - 1) * 3 + 1 > base.month:
        year -= context.tense(*match.span()) == "past" and (number - 1) * 3 + 1 - base.month > 3
    return Reading("DATE", f"{year:04d}-Q{number}")


def _short_half(match: Match, context: Context) -> Reading | None:
    return Reading("DATE", f"{match['y']}-H{match['h'].strip('H')}")


def _ordinal(word: str) -> int:
    digit = re.search(r"\d", word)
    return int(digit.group()) if digit else ORDINALS[word.lower()]


def _the_quarter(match: Match, context: Context) -> Reading | None:
    """ "the quarter" is the one named before; "the year-earlier period" lies a year before it."""
    word, unit = (match["rel"] or "").lower(), match["u"].lower()
    named = context.near_quarter(match.start())
    back = "year" in word or word in ("same", "comparable", "corresponding", "like") or bool(match["year"])
    if unit == "period" and not ((back or word) and named) and "year" not in word:
        return None
    base = named or _last_quarter(context.published)
    if not base or not base.month:
        return None
    if word in ("previous", "preceding", "prior"):
        base = add_months(base.year, base.month, -3)
    return Reading("DATE", f"{base.year - back:04d}-Q{((base.month or 1) - 1) // 3 + 1}", explicit=False)


def _last_quarter(anchor: Point | None) -> Point | None:
    return add_months(anchor.year, anchor.month, -3) if anchor and anchor.month else None


def _year_quarter(match: Match, context: Context) -> Reading | None:
    """ "the 1988 quarter", "last year's period": the quarter spoken of, in that year."""
    quarter = context.near_quarter(match.start())
    year = int(match["y"]) if match["y"] else context.published.year - 1 if context.published else None
    if quarter is None or year is None:
        return None
    return Reading("DATE", f"{year}-Q{((quarter.month or 1) - 1) // 3 + 1}", explicit=False)


def _half(match: Match, context: Context) -> Reading | None:
    year = match["y"] or _relative_year(match["rel"], context)
    if year is None and not match["rel"]:
        return None
    value = f"{year or 'XXXX'}-H{2 if match['h'].lower() in ('second', 'last', 'latter') else 1}"
    return Reading("DATE", value, explicit=year is not None)


def _relative_year(word: str | None, context: Context) -> int | None:
    offset, base = year_offset(word), context.anchor
    return None if offset is None or base is None else base.year + offset


RULES: Final = (
    rule(
        "quarters",
        "quarter",
        "quarter",
        rf"(?<![\w-])(?:the\s+(?!\w+-quarter))?(?:(?P<rel>last|this|next|latest|current|previous|same|year-ago"
        rf"|year-earlier)(?:\s+year['’]s)?\s+)?(?:(?P<y>{YEAR})\s+)?(?:fiscal\s+)?{_Q}[- ](?:fiscal[- ])?quarters?\b"
        rf"(?:,?\s+(?:of\s+)?(?:fiscal\s+)?(?:(?P<y2>{YEAR})|(?P<rel2>last|this|next)\s+year\b|the\s+"
        rf"(?P<rel3>current)\s+year\b))?",
        _quarter,
        "Output rose in the third quarter of 2020. => the third quarter of 2020 = 2020-Q3",
        "The first-quarter loss grew. => first-quarter = 2021-Q1",
    ),
    rule(
        "quarters",
        "short-quarter",
        "q digit",
        rf"(?<![\w-])(?P<rel>)(?P<rel2>)(?P<rel3>)(?P<y>)(?P<q>(?-i:Q[1-4]|[1-4]Q))(?:\s*(?:of\s+|[/-])?"
        rf"(?P<y2>{YEAR}))?(?!\w)",
        _quarter,
        "Sales fell in Q3 2020. => Q3 2020 = 2020-Q3",
        "Sales fell in Q1. => Q1 = 2021-Q1",
    ),
    rule(
        "halves",
        "short-half",
        "h year",
        rf"(?<![\w-])(?P<h>(?-i:H[12]|[12]H))\s*(?:of\s+|[/-])?(?P<y>{YEAR})(?!\w)",
        _short_half,
        "Sales fell in H1 2020. => H1 2020 = 2020-H1",
    ),
    rule(
        "quarters",
        "the-quarter",
        "period",
        r"(?<![\w-])(?:the|its|a)\s+(?:(?P<rel>(?:comparable\s+|same\s+)?(?:year-ago|year-earlier)|same|comparable"
        r"|corresponding|like|latest|most\s+recent)\s+)?(?P<u>period)\b(?P<year>\s+(?:a\s+year\s+(?:earlier|ago)"
        r"|last\s+year|of\s+last\s+year))?",
        _the_quarter,
        "In the second quarter of 2020 it lost less than in the year-earlier period. => the year-earlier period = 2019-Q2",
    ),
    rule(
        "quarters",
        "this-quarter",
        "quarter",
        r"(?<![\w-])(?:the|its)\s+(?:(?P<rel>(?:comparable\s+)?(?:year-ago|year-earlier)|same|comparable"
        r"|corresponding|latest|most\s+recent|previous|preceding|prior)\s+)?(?P<u>quarter)(?![\w-])(?P<year>\s+"
        r"(?:a\s+year\s+(?:earlier|ago)|last\s+year|of\s+last\s+year))?",
        _the_quarter,
        "In the second quarter of 2020 it lost money; the quarter was its worst. => the quarter = 2020-Q2",
    ),
    rule(
        "quarters",
        "year-quarter",
        "quarter",
        rf"(?<![\w-])(?:the\s+)?(?:(?P<y>{YEAR})|last\s+year['’]s)\s+quarter\b",
        _year_quarter,
        "In the second quarter of 2020 it lost 3 million, twice the loss of the 2019 quarter. => the 2019 quarter = 2019-Q2",
    ),
    rule(
        "quarters",
        "year-period",
        "period",
        rf"(?<![\w-])(?:the\s+)?(?:(?P<y>{YEAR})|last\s+year['’]s)\s+period\b",
        _year_quarter,
        "In the second quarter of 2020 it lost more than in the 2019 period. => the 2019 period = 2019-Q2",
    ),
    rule(
        "halves",
        "half",
        "half",
        rf"(?<![\w-])(?:the\s+)?(?P<h>first|second|last|latter)[- ]half\s+of\s+(?:(?P<y>{YEAR})|(?P<rel>last|this"
        rf"|next|the|the\s+current)\s+year\b)",
        _half,
        "Imports doubled in the first half of 2020. => the first half of 2020 = 2020-H1",
    ),
)
