"""A few words of another language in, the day that they name out: what our own patterns do not read goes to dateparser.

It is slow to import (a tenth of a second) and to fail, so it is asked only for words that have the form of a date. Its habit of
filling in what is missing from today is switched off: day, month and year must all be there, in one of the languages that are
written in the script of the words.
"""

from __future__ import annotations

import re

#: For dateparser: no part of a date is filled in.
WHOLE = {"REQUIRE_PARTS": ["day", "month", "year"], "PARSERS": ["absolute-time"], "DATE_ORDER": "DMY"}
#: Languages by a letter of their script. Croatian is left out: its "listopad" is October, and November in Polish and Czech.
SCRIPTS = (
    (re.compile("[Ѐ-ӿ]"), ("ru", "uk", "bg", "be")),
    (re.compile("[Ͱ-Ͽ]"), ("el",)),
    (re.compile("[\u0590-\u05ff]"), ("he",)),
    (re.compile("[\u0600-\u06ff]"), ("ar", "fa")),
    (
        re.compile("[A-Za-z]"),
        ("de", "fr", "es", "it", "pt", "nl", "pl", "sv", "da", "nb", "fi", "cs", "sk", "hu", "ro", "tr", "et", "lv", "lt"),
    ),
)
CLOCK = re.compile(
    r"[\s,]*(?:(?:\bà|\bum|\bkl|\bklo|\bore|\balle|\ba las|\bo|\bв|\bо)\.?\s*)?(?:\||\s)\s*\d{1,2}\s?[:h.]\s?\d\d.*\Z"
)
ARTICLE = re.compile(r"\A(?:den|le|il|el|lo|op|d\.)\s+", re.IGNORECASE)
HAS_DATE = re.compile(r"(?=.*\d{4})(?=.*[^\W\d_]{3})")


def read_foreign(words: str) -> str | None:
    """``4. September 2025, 10:22 Uhr``, ``czwartek, 4 września 2025 r.`` -> ``2025-09-04``."""
    if not HAS_DATE.match(words):
        return None
    import dateparser

    plain = ARTICLE.sub("", CLOCK.sub("", " ".join(words.split())), count=1).strip(" .,")
    languages = next((list(names) for script, names in SCRIPTS if script.search(plain)), [])
    day = dateparser.parse(plain, languages=languages, settings=WHOLE) if languages else None
    return day.date().isoformat() if day and str(day.year) in plain else None
