"""Rules for dates that are told from another date: "last month", "three days ago", "the following year"; vague ones too."""

from __future__ import annotations

from typing import Final

from briefgen.extract.dates.context import Context
from briefgen.extract.dates.rule import Match, Reading, modifier_of, rule
from briefgen.extract.dates.values import Point, moved
from briefgen.extract.dates.words import MODIFIER, NUMBER, UNIT, VAGUE_NUMBER, number, unit_letter

_ABOUT: Final = (
    r"(?:(?:about|around|nearly|almost|more\s+than|just\s+over|just|over|some|only|roughly|at\s+least|less\s+than"
    r"|approximately)\s+)?"
)
_STEP: Final = {"last": -1, "past": -1, "previous": -1, "preceding": -1, "this": 0, "current": 0, "that": 0, "same": 0}
#: A look back does not move the story: "as in the previous year".
_LOOKING_BACK: Final = frozenset({"last", "past", "previous", "preceding"})
_NAMED_WORDS: Final = frozenset({"that", "same", "following", "preceding", "previous"})
#: What a unit looks like while its date is not known.
_UNKNOWN: Final = {
    "D": "XXXX-XX-XX",
    "W": "XXXX-WXX",
    "F": "XXXX-WXX",
    "WE": "XXXX-WXX-WE",
    "M": "XXXX-XX",
    "Q": "XXXX-QX",
    "Y": "XXXX",
    "E": "XXX",
    "C": "XX",
}


def dated(base: Point | None, unit: str, count: int, *, explicit: bool = False) -> Reading:
    """The date ``count`` units off ``base``, with X for what is not known."""
    value = moved(base, unit, count) if base else None
    return Reading("DATE", value or _UNKNOWN[unit], explicit=explicit and value is not None)


def _unit(match: Match, context: Context) -> Reading | None:
    """ "last week", "the following month", "that year"."""
    word, unit = match["rel"].lower().split(" ")[-1], unit_letter(match["u"])
    if unit[0] == "T" or (unit == "D" and word in ("last", "past", "current")) or _is_title(match):
        return None
    from_named = word in _NAMED_WORDS or context.narrative or (word == "next" and unit == "D")
    if word == "this" and unit == "D":
        return dated(context.published, unit, 0)
    base = context.recent if from_named else context.published
    reading = dated(base, unit, _STEP.get(word, 1), explicit=from_named and unit in "DMY" and word not in _LOOKING_BACK)
    return reading._replace(modifier=modifier_of(match))


def _is_title(match: Match) -> bool:
    """ "This Week", the name of a programme."""
    return match["u"][0].isupper() and match["rel"][0].isupper() and not match["u"].isupper()


def _end_of_unit(match: Match, context: Context) -> Reading | None:
    """ "the end of the year": of the one spoken of."""
    word, unit = match["rel"].lower(), unit_letter(match["u"])
    if unit[0] == "T" or unit == "D":
        return None
    step = {"next": 1, "last": -1}.get(word, 0)
    return dated(context.anchor, unit, step)._replace(modifier=modifier_of(match))


def _year_end(match: Match, context: Context) -> Reading | None:
    base = context.anchor
    if match["month"]:
        return dated(context.recent, "M", 0)._replace(modifier="late")
    return Reading("DATE", f"{base.year}-12" if base else "XXXX-12", "late", explicit=False)


def _counted(match: Match, context: Context) -> Reading | None:
    """ "three days ago" counts from the publication, "three days later" from the date last named."""
    word, unit = match["w"].lower().split(" ")[0], unit_letter(match["u"])
    count = _count(match["n"])
    back = word in ("ago", "earlier", "before", "previously")
    if count is None or count != int(count):
        return Reading("DATE", "PAST_REF" if back else "FUTURE_REF", explicit=False)
    if unit[0] == "T":
        return Reading("TIME", "PAST_REF" if back else "FUTURE_REF", explicit=False) if word in ("ago", "from") else None
    step = -int(count) if back else int(count)
    quarter = context.near_quarter(match.start())
    if back and unit == "Y" and quarter and word in ("ago", "earlier"):
        return dated(quarter, "Q", 4 * step)
    base = context.published if word in ("ago", "from", "hence") and not context.narrative else _told_from(word, context)
    if unit in ("W", "F") and base and base.day and word not in ("ago", "from", "hence"):
        unit, step = "D", step * (14 if unit == "F" else 7)
    return dated(base, unit, step, explicit=context.narrative and not back)


def _told_from(word: str, context: Context) -> Point | None:
    return context.anchor if word == "earlier" else context.recent


def _count(words: str) -> float | None:
    return 1.0 if words.lower() in ("a", "an", "one") else number(words)


def _year_ago(match: Match, context: Context) -> Reading | None:
    """ "the year-earlier profit": of the quarter spoken of, else of the year before."""
    quarter = context.near_quarter(match.start())
    if quarter:
        return Reading("DATE", f"{quarter.year - 1:04d}-Q{((quarter.month or 1) - 1) // 3 + 1}", explicit=False)
    return dated(context.published, "Y", -1)


def _later(match: Match, context: Context) -> Reading | None:
    """ "later this year", "earlier that month"; "later in 1994" is read by the year's own rule."""
    named = match["rel"].lower() in ("that", "same", "the") or context.narrative
    return dated(context.recent if named else context.published, unit_letter(match["u"]), 0)


def _next_day(match: Match, context: Context) -> Reading | None:
    base = context.recent
    return (
        dated(base if base and base.day else None, "D", -1 if match["back"] else 1, explicit=True)
        if base and base.day
        else None
    )


def _the_unit(match: Match, context: Context) -> Reading | None:
    """ "for the full year": the one spoken of."""
    return dated(context.anchor, unit_letter(match["u"] or match["u2"]), 0)


def _recent_units(match: Match, context: Context) -> Reading | None:
    return Reading("DATE", "PAST_REF" if match["back"] else "FUTURE_REF", explicit=False)


def _present(match: Match, context: Context) -> Reading | None:
    return Reading("DATE", "PRESENT_REF", explicit=False)


def _past(match: Match, context: Context) -> Reading | None:
    return Reading("DATE", "PAST_REF", explicit=False)


def _future(match: Match, context: Context) -> Reading | None:
    return Reading("DATE", "FUTURE_REF", explicit=False)


RULES: Final = (
    rule(
        "relative",
        "unit",
        "one step",
        rf"(?<![\w-])(?:{MODIFIER}|(?:earlier|later)\s+)?(?:(?:the|its)\s+)?(?P<rel>this\s+past|this\s+coming|last"
        rf"|next|this|past|previous|preceding|coming|following|current|that|same)\s+"
        r"(?P<u>week|weekend|month|year|quarter|decade|century|day|fortnight)(?![-\w])(?!\s+(?:and\s+a\s+half|old"
        r"|or\s+(?:so|two)|of)\b)",
        _unit,
        "Cod quotas were cut last month. => last month = 2021-05",
        "The vote is due next week. => next week = 2021-W25",
        "War came in 1914. The following year Italy joined. => The following year = 1915",
        "He spoke early this year. => early this year = 2021",
        'She told "This Week" that all is well. =>  = ',
    ),
    rule(
        "relative",
        "end-of-unit",
        "one edge",
        r"(?<![\w-])(?:the\s+)?(?P<mod>end|start|beginning|middle|close)\s+of\s+(?P<rel>the|this|next|last)\s+"
        r"(?P<u>week|month|year|quarter|decade|century)\b(?!['’]s)",
        _end_of_unit,
        "It must close by the end of the year. => the end of the year = 2021",
    ),
    rule(
        "relative",
        "year-end",
        "unit edge",
        r"(?<![\w-])(?:year-end|(?:the\s+)?year['’]s\s+end|(?P<month>(?:the\s+)?month['’]s\s+end))(?![\w-])",
        _year_end,
        "The works end at year-end. => year-end = 2021-12",
        "On 4 May 2020 it met; at month's end it broke up. => month's end = 2020-05",
    ),
    rule(
        "relative",
        "counted",
        "unit told",
        rf"(?<![\w$-]){_ABOUT}(?P<n>{NUMBER}|{VAGUE_NUMBER}|an?|half\s+an?)\s+(?P<u>{UNIT})\s+(?P<w>ago|earlier"
        rf"|later|before(?=[,.;])|after(?=[,.;])|from\s+now|previously|hence)\b",
        _counted,
        "The plant shut three years ago. => three years ago = 2018",
        "On 4 May 2020 talks began; two days later they ended. => two days later = 2020-05-06",
        "Wages rose 3 percent from a year earlier. => a year earlier = 2020",
        "It was several years ago. => several years ago = PAST_REF",
    ),
    rule(
        "relative",
        "year-ago",
        "unit told",
        r"(?<![\w-])(?:the\s+|a\s+)?year-(?:ago|earlier)(?![\w-])(?:\s+(?:results|figure|level))?(?=\s)",
        _year_ago,
        "Profit beat the year-earlier 3 million. => the year-earlier = 2020",
    ),
    rule(
        "relative",
        "later-in-unit",
        "one",
        r"(?<![\w-])(?:earlier|later|late|early)\s+(?:in\s+)?(?P<rel>this|that|the\s+same|the)\s+(?P<u>day|week"
        r"|month|year|quarter|decade|century)(?![-\w])",
        _later,
        "A bill is due later this month. => later this month = 2021-06",
    ),
    rule(
        "relative",
        "next-day",
        "one beside",
        r"(?<![\w-])(?:the\s+)?(?:(?P<back>day\s+before|previous\s+day)|day\s+after|next\s+day|following\s+day)"
        r"(?=\s*[,.;)]|\s+(?:the|a|an|he|she|it|they|in|at|by|when|and)\b)(?!\s+(?:yesterday|tomorrow))",
        _next_day,
        "On 4 May 2020 talks began. The next day they ended. => The next day = 2020-05-05",
    ),
    rule(
        "relative",
        "the-unit",
        "one",
        r"(?<=\b(?:for|the)\s)(?:the\s+)?(?:full\s+)?(?P<rel>)(?P<u>year|week|month)(?=\s*[,.;)]|\s+(?:to|so|as"
        r"|ended|ending)\b)|(?<=\bof\s)the\s+(?P<rel2>)(?P<u2>year|week|month)(?=\s*[,.;)])",
        _the_unit,
        "Output for the full year, it said, was flat. => the full year = 2021",
    ),
    rule(
        "vague",
        "recent-units",
        "unit step",
        r"(?<![\w-])(?:(?:the\s+)?(?P<back>recent|past)|(?:the\s+)?coming)\s+(?:seconds|minutes|hours|days|weeks"
        r"|months|quarters|years|decades)\b",
        _recent_units,
        "In recent years rents doubled. => recent years = PAST_REF",
        "The coming months are decisive. => The coming months = FUTURE_REF",
    ),
    rule(
        "vague",
        "present",
        "vague present",
        r"(?<![\w-])(?:now|nowadays|currently|presently|at\s+present|these\s+days|at\s+the\s+moment|at\s+this\s+(?:time|moment"
        r"|point)|to\s+date|for\s+the\s+time\s+being)(?![-\w])(?!\s+that\b)",
        _present,
        "The plant now runs on gas. => now = PRESENT_REF",
    ),
    rule(
        "vague",
        "past",
        "past",
        r"(?<![\w-])(?:recently|in\s+recent\s+times|(?<=in\s)the\s+past(?=[,.;]|\s+(?:and|but|when|by|have|has"
        r"|had)\b)|recent(?=\s+(?!days|weeks|months|years|times|decades)[a-z]))(?![-\w])",
        _past,
        "The port was recently sold. => recently = PAST_REF",
    ),
    rule(
        "vague",
        "future",
        "future",
        r"(?<![\w-])(?:the\s+(?:near\s+|foreseeable\s+|not-too-distant\s+)?future(?=\s*[,.;?!)]|\s+(?:and|but|if"
        r"|when|to|is|will|as|for)\b))(?![-\w])",
        _future,
        "Nobody knows the future. => the future = FUTURE_REF",
    ),
)
