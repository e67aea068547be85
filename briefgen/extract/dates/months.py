"""Rules for months and seasons."""

from __future__ import annotations

import re
from typing import Final

from briefgen.extract.dates.context import Context
from briefgen.extract.dates.rule import Match, Reading, modifier_of, rule, year_offset
from briefgen.extract.dates.values import Point
from briefgen.extract.dates.words import MODIFIER, MONTH, MONTH_NAME, SEASON, SEASONS, YEAR, month_number

_SEASON_AHEAD: Final = (
    rf"(?:(?=\s*(?:[-–—/,]|and|to|through|or)\s*(?:early\s|late\s)?{SEASON}(?:\s+of|,)?\s+(?P<ahead>{YEAR})))?"
)
_MONTH_AHEAD: Final = rf"(?:(?=\s*(?:[-–—/,]|and|to|through|until|or)\s*{MONTH}(?:,|\s+of)?\s+(?P<ahead>{YEAR})))?"
#: What stands before a month that is really one; "may" at the start of a sentence and "march on" are no months.
_MONTH_CUE: Final = re.compile(
    rf"(?:\b(?:in|by|since|until|till|from|to|through|between|of|during|before|after|for|and|or|the|its|their|his"
    rf"|her|a|an|each|every|around|about|on|as|next|late)"
    rf"|['’]s|[,(–—-]|{MONTH_NAME})\s*$|^\s*$",
    re.IGNORECASE,
)
_STRONG: Final = re.compile(r"\b(?:in|since|by|until|during)\s+$", re.IGNORECASE)
_NAME_AFTER: Final = re.compile(r"['’]\w|\s+(?:[A-Z][a-z]|said\b|says\b)")
_VERB_AFTER: Final = re.compile(r"\s+(?:on|through|to|into|toward|towards|past|be|have|not|also|well|I|we|he|she|they|it)\b")


#: "September saw strikes": a month that opens a sentence, and those whose names are words or persons too.
_SEES: Final = re.compile(r"\s+(?:saw|brought|was|is|will|marked|marks|had|has|to|and|or|through)\b")
_WORDS_TOO: Final = frozenset({"March", "May", "April", "June", "August", "Mar", "Jan"})
_SEASON_CUE: Final = re.compile(
    r"\b(?:in|by|during|since|until|through|of|for|throughout|over"
    r"|(?:spent|passed)(?=\s+the)|(?:spring|summer|autumn|fall|winter)\s+(?:and|or))\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_FALL_CUE: Final = re.compile(r"\b(?:in|by|during|since|until|throughout)\s+the\s+$", re.IGNORECASE)


def _month_of_year(match: Match, context: Context) -> Reading | None:
    """A month with its year; "of that year" counts from the year last named."""
    month, word = month_number(match["m"]), (match["rel"] or "").lower()
    if match["y"]:
        return Reading("DATE", str(Point(int(match["y"]), month)), modifier_of(match))
    offset = year_offset(word)
    base = context.published if offset is not None and not context.narrative else context.recent
    if base is None:
        return Reading("DATE", f"XXXX-{month:02d}", modifier_of(match), explicit=False)
    return Reading("DATE", str(Point(base.year + (offset or 0), month)), modifier_of(match))


def _month(match: Match, context: Context) -> Reading | None:
    """A month alone: the nearest one, by the tense; never a verb or a person."""
    word = (match["rel"] or "").lower().split(" ")[-1]
    if not (word or match["mod"] or match["ahead"]) and not _is_month(match, context):
        return None
    month = month_number(match["m"])
    year = int(match["ahead"]) if match["ahead"] else month_year(month, word, match, context)
    if year is None:
        return Reading("DATE", f"XXXX-{month:02d}", modifier_of(match), explicit=False)
    return Reading("DATE", str(Point(year, month)), modifier_of(match))


def _is_month(match: Match, context: Context) -> bool:
    after, before = context.after(match.end()), context.before(match.start())
    name = match["m"]
    if _NAME_AFTER.match(after) and not after.startswith(("'s", "’s")) and not _STRONG.search(before):
        return False
    if not before.strip():
        opens = match["ahead"] is not None or _is_alone(match, context) or (name not in _WORDS_TOO and _SEES.match(after))
        return context.start == match.start() and bool(opens)
    if name in ("May", "March") and _VERB_AFTER.match(after) and not re.search(r"\b(?:in|since|by|until|of)\s*$", before):
        return False
    return bool(_MONTH_CUE.search(before)) and len(name.rstrip(".")) > 2


def _is_alone(match: Match, context: Context) -> bool:
    """A cell or heading that is nothing but the month."""
    return not context.text[match.end() : context.end].strip()


def month_year(month: int, word: str, match: Match, context: Context) -> int | None:
    """The year of a month named without one: "last" and "next" count from the publication or the story."""
    anchor = context.recent if word in ("previous", "following") else context.anchor
    if not word or anchor is None or anchor.month is None:
        return context.nearest_year(month, None, *match.span())
    if word in ("last", "past", "previous"):
        return anchor.year - (month >= anchor.month)
    if word in ("next", "coming", "following"):
        return anchor.year + (month <= anchor.month)
    return anchor.year


def _month_of_short_year(match: Match, context: Context) -> Reading | None:
    """ "Jan '25": of our century up to 2039."""
    year = int(match["y"]) + (2000 if match["y"] < "40" else 1900)
    return Reading("DATE", str(Point(year, month_number(match["m"]))), modifier_of(match))


def _season_of_year(match: Match, context: Context) -> Reading | None:
    base = context.anchor if match["rel"] else context.recent
    year = match["y"] or (base.year + (year_offset(match["rel"]) or 0) if base else None)
    return Reading("DATE", f"{year or 'XXXX'}-{SEASONS[match['s'].lower()]}", modifier_of(match), explicit=year is not None)


def _is_season(match: Match, context: Context) -> bool:
    """Whether a season without "last" or "this" is one: prices fall, springs break."""
    cue = _FALL_CUE if match["s"].lower() == "fall" else _SEASON_CUE
    return (bool(match["mod"]) and match["s"].lower() != "fall") or bool(cue.search(context.before(match.start("s"))))


def _season(match: Match, context: Context) -> Reading | None:
    """ "last summer", "in the spring": the nearest one; winter counts by the year in which it began."""
    word, season = (match["rel"] or "").lower().split(" ")[-1], SEASONS[match["s"].lower()]
    if not (word or match["ahead"]) and not _is_season(match, context):
        return None
    middle = {"SP": 4, "SU": 7, "FA": 10, "WI": 1}[season]
    story = context.narrative and context.named and not word
    if match["ahead"]:
        return Reading("DATE", f"{match['ahead']}-{season}", modifier_of(match))
    year = context.named.year if story and context.named else month_year(middle, word, match, context)
    if year is None:
        return Reading("DATE", f"XXXX-{season}", modifier_of(match), explicit=False)
    if season == "WI" and not context.narrative and context.published and (context.published.month or 1) < 3:
        year -= word in ("this", "")
    return Reading("DATE", f"{year:04d}-{season}", modifier_of(match))


RULES: Final = (
    rule(
        "months",
        "month-year",
        "month",
        rf"(?<!\w){MODIFIER}(?P<m>{MONTH})(?:,?\s+(?:of\s+)?(?P<y>{YEAR})|\s+(?:of\s+)?(?:the\s+)?(?P<rel>last|this"
        rf"|next|that|same|following|previous)\s+year\b)",
        _month_of_year,
        "Ratified in October 2004. => October 2004 = 2004-10",
        "Since mid-July 2019 it is shut. => mid-July 2019 = 2019-07",
        "It opened in April last year. => April last year = 2020-04",
    ),
    rule(
        "months",
        "month-short-year",
        "month digit",
        rf"(?<!\w){MODIFIER}(?P<m>{MONTH})\s+['’](?P<y>\d\d)(?![\w%])",
        _month_of_short_year,
        "It fell in Jan '19. => Jan '19 = 2019-01",
    ),
    rule(
        "months",
        "month",
        "month",
        rf"(?<![\w-])(?:(?P<rel>last|this\s+past|this\s+coming|this|next|past|(?:the\s+)?(?:previous|following))\s+)?"
        rf"{MODIFIER}(?P<m>{MONTH})(?!\w"
        rf"|\s+\d{{1,2}}(?:st|nd|rd|th)?(?!\d|\s+[a-z])){_MONTH_AHEAD}",
        _month,
        "Exports fell last December. => last December = 2020-12",
        "The rule takes effect in November. => November = 2021-11",
        "The mayor may march on the town hall. =>  = ",
        "March on, they said. =>  = ",
        "May I come in? =>  = ",
        "September saw strikes. => September = 2020-09",
        "In May 2020 it met, as in the previous April. => the previous April = 2020-04",
        "It ran from August to September 2019. => August = 2019-08",
        "From March to June 2019 it ran. => March = 2019-03",
    ),
    rule(
        "seasons",
        "season-year",
        "season",
        rf"(?<![\w-])(?:the\s+)?{MODIFIER}(?P<s>{SEASON})(?:\s+of|,)?\s+(?:(?P<y>{YEAR})|(?:that|the\s+same|"
        rf"(?P<rel>this|next|last))\s+year\b)",
        _season_of_year,
        "It flooded in the spring of 2019. => the spring of 2019 = 2019-SP",
    ),
    rule(
        "seasons",
        "season",
        "season",
        rf"(?<![\w-])(?:(?P<rel>last|this\s+past|this\s+coming|this|next|past)\s+)?(?:the\s+)?{MODIFIER}(?:the\s+)?"
        rf"(?P<s>{SEASON})(?![-\w]){_SEASON_AHEAD}",
        _season,
        "The dam broke last summer. => last summer = 2020-SU",
        "Crews trained over the spring and early summer of 2019. => the spring = 2019-SP",
        "Prices fall and rise. =>  = ",
    ),
)
