"""English words of time and the pattern pieces made of them.

Pieces are strings for the rules to build on; all rules are compiled with case ignored, names of months and days aside:
"may" and "march" are verbs far more often than months, so a month counts only with its capital.
"""

from __future__ import annotations

import re
from typing import Final

from briefgen.model.findings import Modifier

_MONTHS = "January February March April May June July August September October November December".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_DIGITS = "one two three four five six seven eight nine".split()
_ONES = [*_DIGITS, *"ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()]
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()

#: The number of a month by its first three letters, of a day of the week likewise, Monday being 1.
MONTHS: Final = {name[:3].lower(): number for number, name in enumerate(_MONTHS, 1)}
WEEKDAYS: Final = {name[:3].lower(): number for number, name in enumerate(_DAYS, 1)}
NUMBERS: Final = {
    **{word: number for number, word in enumerate(_ONES, 1)},
    **{word: 10 * number for number, word in enumerate(_TENS, 2)},
    **{"a": 1, "an": 1, "half": 0.5, "dozen": 12, "hundred": 100, "couple": 2, "both": 2},
}
ORDINALS: Final = {word: number for number, word in enumerate(_ORDINALS, 1)}
CENTURIES: Final = {
    **{
        f"{word}teenth" if word != "eigh" else "eighteenth": n
        for n, word in enumerate("thir four fif six seven eigh nine".split(), 13)
    },
    **{"eleventh": 11, "twelfth": 12, "twentieth": 20, "twenty-first": 21},
}
DECADES: Final = {f"{tens[:-1]}ies": 10 * number for number, tens in enumerate(_TENS, 2)}
SEASONS: Final = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
PARTS: Final = {
    **{"morning": "TMO", "afternoon": "TAF", "evening": "TEV", "night": "TNI", "tonight": "TNI", "overnight": "TNI"},
    **{"noon": "T12:00", "midday": "TMI", "midnight": "T24:00", "dawn": "TMO", "dusk": "TEV"},
}
#: The letter of a unit in TIMEX3; those that begin with T are parts of a day.
UNITS: Final = {
    **{"second": "TS", "minute": "TM", "hour": "TH", "day": "D", "night": "D", "weekend": "WE", "week": "W", "fortnight": "F"},
    **{"month": "M", "quarter": "Q", "year": "Y", "decade": "E", "century": "C", "centurie": "C"},
}
MODIFIERS: Final[dict[str, Modifier]] = {
    **{"early": "early", "beginning": "early", "start": "early", "opening": "early", "mid": "mid", "middle": "mid"},
    **{"late": "late", "end": "late", "close": "late"},
}
#: Words by what they promise; a rule is tried only on a sentence that holds all that it needs.
_PROMISES: Final = {
    "month": [*(name.lower() for name in _MONTHS), *MONTHS, "sept"],
    "weekday": [form for name in _DAYS for form in (name.lower(), name.lower() + "s")],
    "unit": [form for unit in UNITS if unit != "second" for form in (unit, unit + "s")] + ["century", "seconds"],
    "one": "hour day week weekend fortnight month quarter year decade century".split(),
    "quarter": ["quarter", "quarters"],
    "century": ["century"],
    "weekend": ["weekend"],
    "season": [form for season in SEASONS for form in (season, season + "s")],
    "decade": list(DECADES),
    "near": ["today", "tomorrow", "yesterday"],
    "part": [*PARTS, "mornings", "evenings", "nights"],
    "clock": ["noon", "midnight", "am", "pm", "m", "hr", "hrs", "gmt", "utc"],
    "tonight": ["tonight"],
    "step": "last next this past previous preceding coming following current that same first recent final latest".split(),
    "beside": "before previous after next following".split(),
    "told": "ago earlier later before after from previously hence".split(),
    "edge": "end start beginning middle close".split(),
    "every": ["every", "each"],
    "set": "daily weekly monthly yearly annually hourly nightly".split(),
    "vague": "now nowadays currently presently recently recent future past present moment time date times point being".split(),
    "present": "now nowadays currently presently present days moment time point date".split(),
    "past": ["recently", "recent", "past"],
    "future": ["future"],
    "period": ["period"],
    "half": ["half"],
    "holiday": "christmas halloween thanksgiving independence new boxing valentine may armistice".split(),
    "spelled": ["nineteen", "eighteen", "thousand"],
    "fiscal": "fiscal financial budget fy school academic marketing".split(),
    "era": ["b", "bc", "bce"],
    "q": ["q"],
    "h": ["h"],
    "ordinal": ["st", "nd", "rd", "th"],
}
TRIGGERS: Final[dict[str, frozenset[str]]] = {
    word: frozenset(kind for kind, listed in _PROMISES.items() if word in listed)
    for words in _PROMISES.values()
    for word in words
}
#: Words and numbers; a number of four digits may be a year.
TOKEN: Final = re.compile(r"[A-Za-z]+|\d+")
#: Words that promise nothing without their capital: "may".
NAMES: Final = frozenset([*_PROMISES["month"], *_PROMISES["holiday"]])
#: Digits on both sides of a mark: "2021-03-04", "1914–18"; and digits with an s: "1980s".
JOINED: Final = re.compile(r"\d[-–—/.]\d")
PLURAL: Final = re.compile(r"\d['’]?s", re.IGNORECASE)

MONTH_NAME: Final = "(?-i:" + "|".join(_MONTHS) + ")"
_CAPITALS: Final = "(?-i:" + "|".join(name.upper() for name in _MONTHS) + ")"
MONTH: Final = rf"(?:(?:{MONTH_NAME}|{_CAPITALS})\b|(?-i:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
WEEKDAY: Final = "(?-i:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun|MON|TUES|WEDNES|THURS|FRI|SATUR|SUN)day"
SHORT_WEEKDAY: Final = r"(?-i:Mon|Tues?|Wed|Thur?s?|Fri|Sat|Sun)\b\.?"
DAY: Final = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?!\w)"
YEAR: Final = r"(?:1\d\d\d|20\d\d)(?!\w|[.,]\d)"
ERA: Final = r"(?:BCE?|B\.\s?C\.?(?:\s?E\.)?)(?!\w)"
UNIT: Final = r"(?:(?:second|minute|hour|day|night|weekend|week|fortnight|month|quarter|year|decade|century)s?|centuries)\b"
SEASON: Final = r"(?:spring|summer|autumn|fall|winter)\b"
WORD_NUMBER: Final = (
    "(?:(?:"
    + "|".join(_TENS)
    + ")(?:[- ](?:"
    + "|".join(_DIGITS)
    + r")\b)?|"
    + "|".join(sorted(_ONES, key=len, reverse=True))
    + ")"
)
NUMBER: Final = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?|{WORD_NUMBER}|(?:a\s+)?(?:hundred|dozen))"
VAGUE_NUMBER: Final = r"(?:an?\s+few|few|several|many|some|a\s+number\s+of|couple\s+of)"
PART: Final = r"(?:morning|afternoon|evening|night)\b"
MODIFIER: Final = (
    r"(?:(?:(?:the\s+|its\s+)?(?P<mod>early|late|beginning|start|middle|end|close|opening|turn|mid)(?:\s+(?:of"
    r"|in))?(?:\s+the)?"
    r"|later\s+in|earlier\s+in)(?:\s+|\s?-\s?))?"
)


#: A count of more digits is no length of time.
LONGEST_NUMBER: Final = 9


def number(words: str) -> float | None:
    """The value of a number in digits or words; None for a vague one ("several")."""
    plain = words.lower().replace(",", "")
    if plain[0].isdigit():
        return float(plain) if len(plain) <= LONGEST_NUMBER else None
    parts = [NUMBERS.get(word) for word in re.split(r"[\s-]+", plain) if word not in ("of", "and")]
    if not parts or None in parts:
        return None
    total = 0.0
    for part in parts:
        total = total * part if part == 100 or (part == 12 and total == 1) else total + (part or 0)
    return total or None


def month_number(name: str) -> int:
    """``"Sept."`` -> 9."""
    return MONTHS[name[:3].lower()]


def unit_letter(word: str) -> str:
    """``"weeks"`` -> "W"."""
    plain = word.lower()
    return UNITS.get(plain) or UNITS[plain.removesuffix("s")]
