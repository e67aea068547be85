"""Rules for years, fiscal years, decades and centuries."""

from __future__ import annotations

import re
from typing import Final

from briefgen.extract.dates.context import Context
from briefgen.extract.dates.rule import Match, Reading, modifier_of, rule
from briefgen.extract.dates.values import Point
from briefgen.extract.dates.words import CENTURIES, DECADES, ERA, MODIFIER, MONTH, NUMBERS, YEAR, month_number

_COUNTED: Final = (
    r"(?:people|men|women|children|troops|soldiers|dollars|euros|pounds|miles|feet|metres|meters|kilometres|km|kg"
    r"|tons|tonnes|percent|per\s+cent|points|units|jobs"
    r"|workers|employees|members|acres|hectares|cases|deaths|tanks|votes|seats|pages|barrels|shares|homes|houses"
    r"|times|hours|a\.m|p\.m|MW|GW|hp|words|years|days|copies|ships|aircraft|guns|prisoners|wounded|casualties)"
)
_NOT_A_YEAR: Final = re.compile(
    r"(?:[#№$£€]|\b(?:no|nos|nr|number|rule|rules|route|flight|section|sections|article|articles|resolutions?"
    r"|regulation|directive|law|decree|form|model|room|page|pages|pp?|boeing"
    r"|paragraphs?|chapter|item|iso|en|windows|psalm|highway|interstate|bill|case|figure|table|line|numbered"
    r"|res))[\s.]*(?:/\s?)?(?:\d{3,4}\s*(?:,|and|or|to|-|–|\(\d{4}\),?)\s*(?:and\s+)?)*$",
    re.IGNORECASE,
)
_COUNTING: Final = re.compile(
    r"\b(?:than|least|most|roughly|nearly|almost|some|approximately|over|under|only|totalling|about|around)\s+$", re.IGNORECASE
)
#: "in or around 2030": a time, not a count.
_ABOUT_THE_YEAR: Final = re.compile(
    r"\b(?:in|or|from|since|until|by)\s+(?:about|around|roughly|approximately)\s+$", re.IGNORECASE
)
_FUNCTION_WORD: Final = re.compile(
    r"\s+(?:it|he|she|they|we|there|by|in|the|and|when|as|to|with|for|until|that|but|or|at|on|from|after|before)\b|\s*[^\s\w]|\s*$"
)
_PLURAL_AFTER: Final = re.compile(r"\s+(?:[a-z]+(?:ed|ing|al|an|ese|ish)\s+)?[a-z]{3,}s\b(?<!ss)(?<!is)(?<!us)(?<!was)(?<!as)")
_SURE: Final = re.compile(
    r"\b(?:in|of|since|until|till|during|throughout|year|early|late|mid|the|its|their|his|by|from|before|after"
    r"|this|circa|as)\s+$|['’]s\s+$|\b1\d\d\d\s+(?:and|or|to)\s+$",
    re.IGNORECASE,
)
_SPELLED_TENS: Final = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_SPELLED_ONES: Final = "one|two|three|four|five|six|seven|eight|nine"
_ORD_CENTURY: Final = "|".join(sorted((*CENTURIES, "twenty first"), key=len, reverse=True))


def _year(match: Match, context: Context) -> Reading | None:
    """Four digits are a year where nothing is counted or numbered by them."""
    before, number = context.before(match.start(), 40), int(match["y"])
    if match["mod"] is None and not _is_year(match, before, number, context):
        return None
    if context.published and number > context.published.year + 80:
        return None
    return Reading("DATE", f"{number:04d}", modifier_of(match))


def _is_year(match: Match, before: str, number: int, context: Context) -> bool:
    if _NOT_A_YEAR.search(before) and not re.search(r"\b(?:table|figure|case|law)\s*\($", before):
        return False
    after = context.after(match.end(), 40)
    if _COUNTING.search(before) and not _ABOUT_THE_YEAR.search(before) and not _FUNCTION_WORD.match(after):
        return False
    sure = _SURE.search(before)
    if number < 1500 and not sure:
        return False
    if not sure and _PLURAL_AFTER.match(after):
        return False
    if not before.strip() and not after.strip():
        return number >= 1500
    return number > 1800 or bool(sure) or not re.match(r"\s+[a-z]", after)


def _range_year(match: Match, context: Context) -> Reading | None:
    """ "56" in "1954-56"; "1955/56" is a season or fiscal year that ends in the second year."""
    before = context.previous
    if before is None or before.end != match.start() - 1 or not re.fullmatch(r"\d{4}", before.value):
        return None
    year = int(match["y"]) if len(match["y"]) == 4 else int(before.value[:2] + match["y"])
    return Reading("DATE", str(year)) if year > int(before.value) else None


def _era_year(match: Match, context: Context) -> Reading | None:
    month = f"-{month_number(match['m']):02d}" if match["m"] else ""
    return Reading("DATE", f"BC{int(match['y']):04d}{month}", modifier_of(match))


def _short_year(match: Match, context: Context) -> Reading | None:
    return Reading("DATE", f"19{match['y']}")


def _spelled_year(match: Match, context: Context) -> Reading | None:
    century = 2000 if match["k"] else 1900 if match["c"].lower() == "nineteen" else 1800
    tens, ones = (NUMBERS[word.lower()] if word else 0 for word in (match["t"], match["o"] or match["o2"]))
    month = month_number(match["m"]) if match["m"] else None
    return Reading("DATE", str(Point(int(century + tens + ones), month)))


def _fiscal(match: Match, context: Context) -> Reading | None:
    """A fiscal or school year bears a year's number but has days of its own."""
    year = match["y"] if len(match["y"]) == 4 else f"20{match['y']}"
    return Reading("DATE", year, modifier_of(match), explicit=False, calendar=False)


def _decade(match: Match, context: Context) -> Reading | None:
    groups = match.groupdict()
    if groups.get("w"):
        return Reading("DATE", f"19{DECADES[groups['w'].lower()] // 10}", modifier_of(match))
    return Reading("DATE", match["y"][:3] if groups.get("y") else f"19{match['z'][0]}", modifier_of(match))


def _era_decade(match: Match, context: Context) -> Reading | None:
    return Reading("DATE", f"BC{int(match['y']) // 10:03d}", modifier_of(match))


def _century(match: Match, context: Context) -> Reading | None:
    number = int(re.sub(r"\D", "", match["c"])) if match["c"][0].isdigit() else CENTURIES[match["c"].lower().replace(" ", "-")]
    return Reading("DATE", f"{number - 1:02d}", modifier_of(match))


RULES: Final = (
    rule(
        "fiscal",
        "fiscal-year",
        "fiscal digit",
        r"(?<![\w-])(?:the\s+)?(?:(?:fiscal|financial|budget)\s+(?:year\s+)?|(?-i:FY)\s?)(?P<y>\d{4}|(?<=FY)\d\d)"
        r"(?:[/–-]\d\d(?:\d\d)?)?(?!\w)",
        _fiscal,
        "The budget of fiscal 2022 grew. => fiscal 2022 = 2022",
        "In FY2020/21 it shrank. => FY2020/21 = 2020",
    ),
    rule(
        "fiscal",
        "school-year",
        "fiscal year",
        r"(?<![\w-])(?:the\s+)?(?P<y>(?:19|20)\d\d)(?:[/–-]\d\d(?:\d\d)?)\s+(?:school|academic|fiscal|financial"
        r"|budget|marketing)\s+year\b",
        _fiscal,
        "Fees rose in the 2019/20 school year. => the 2019/20 school year = 2019",
    ),
    rule(
        "years",
        "era-year",
        "era digit",
        rf"(?<![\w$£€.]){MODIFIER}(?:(?P<m>{MONTH})\s+)?(?P<y>\d{{1,4}})\s?(?:{ERA}|(?=\s?(?:[-–]|to\b|and\b"
        rf"|until\b)\s?\d{{1,4}}\s?{ERA}))",
        _era_year,
        "The wall fell in 480 BC. => 480 BC = BC0480",
    ),
    rule(
        "years",
        "year",
        "year",
        rf"(?<![\w$£€.,+])(?<!\d[-–/:]){MODIFIER}(?:the\s+year\s+)?(?P<y>{YEAR})(?![%°]|:\d|-\w*[a-z]|-\d\d?-\d"
        rf"|\s+{_COUNTED}\b)",
        _year,
        "The pact of 1994 holds. => 1994 = 1994",
        "By early 2019 it was over. => early 2019 = 2019",
        "It opened in or around 2010, some say. => 2010 = 2010",
        "They sent 2000 troops. =>  = ",
        "Council resolution 2254 calls for it. =>  = ",
        "Nearly 1900 boats were counted. =>  = ",
    ),
    rule(
        "years",
        "range-year",
        "digit joined",
        r"(?<=\d[-–—/])(?P<y>\d{4}|\d\d)(?![\w%]|[.,-]\d)",
        _range_year,
        "The drought of 2017-19 hit farmers. => 19 = 2019",
    ),
    rule(
        "years",
        "short-year",
        "digit",
        r"(?<![\w'’`])['’](?P<y>[4-9]\d)(?![\w%])",
        _short_year,
        "The class of '68 met. => '68 = 1968",
    ),
    rule(
        "years",
        "spelled-year",
        "spelled",
        rf"\b(?:(?P<m>{MONTH}),?\s+)?(?:(?P<c>nineteen|eighteen)[- ](?:hundred\s+and\s+)?(?P<t>{_SPELLED_TENS})"
        rf"(?:[- ](?P<o>{_SPELLED_ONES}))?|(?P<k>the\s+year\s+two\s+thousand)(?:\s+(?:and\s+)?(?P<o2>{_SPELLED_ONES}))?)\b",
        _spelled_year,
        "It opened in May nineteen ninety. => May nineteen ninety = 1990-05",
        "It was due by the year two thousand and five. => the year two thousand and five = 2005",
        "It was nineteen eighty-four. => nineteen eighty-four = 1984",
    ),
    rule(
        "decades",
        "decade",
        "digit plural",
        rf"(?<![\w-])(?:the\s+)?{MODIFIER}(?:(?P<y>1[5-9]\d0|20\d0)['’]?s|['’](?P<z>\d0)s)(?!\w)",
        _decade,
        "Mines closed in the 1980s. => the 1980s = 198",
        "Trade grew in the late '90s. => the late '90s = 199",
    ),
    rule(
        "decades",
        "era-decade",
        "era digit plural",
        rf"(?<![\w-])(?:the\s+)?{MODIFIER}(?P<y>\d{{1,3}}0)['’]?s\s+{ERA}",
        _era_decade,
        "Fleets grew throughout the 470s BC. => the 470s BC = BC047",
    ),
    rule(
        "decades",
        "spelled-decade",
        "decade",
        rf"(?<![\w-])(?:the\s+)?{MODIFIER}(?:nineteen[- ])?(?P<w>{'|'.join(DECADES)})\b",
        _decade,
        "Mines closed in the eighties. => the eighties = 198",
    ),
    rule(
        "decades",
        "century",
        "century",
        rf"(?<![\w-])(?:the\s+)?{MODIFIER}(?P<c>\d\d?(?:st|nd|rd|th)|{_ORD_CENTURY})[- ]century\b",
        _century,
        "A bridge of the 19th century. => the 19th century = 18",
        "A law of the twentieth century. => the twentieth century = 19",
    ),
)
