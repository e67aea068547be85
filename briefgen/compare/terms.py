"""Text in, terms out: words with their places, and the stem under which word forms meet.

One stemmer serves issues, proposals, duplicates and key points, so that they agree on what is the same word. It only takes
off endings that change no meaning ("limiting", "limits", "limited"); that "enlargement" is "expansion" is data
(``[[synonym]]``).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from briefgen.model.base import Span

#: Most words are letters before a blank or a comma, so these are tried first.
WORD = re.compile(r"[A-Za-z]++(?=[\s,])|(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’&-][^\W_]+)*\+?")
EDGE = re.compile(r"\b")
ENDINGS = ("ations", "ation", "ments", "ment", "ings", "ing", "ed", "er")
SHORTEST = 4
#: So many words are remembered: those of some thousand articles.
WORDS = 65_536
#: Up to so many letters an abbreviation keeps its case in a folded name.
LONGEST_ACRONYM = 3
VOWELS = frozenset("aeiouy")
UNIT = "\x1f"


class Word(NamedTuple):
    """A word of a text: ``plain`` is without possessive and dots, ``lower`` its lower case, ``folded`` as names compare it."""

    start: int
    end: int
    plain: str
    lower: str
    folded: str
    possessive: bool


def words_of(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words of ``text[start:end]`` in order, placed in ``text``."""
    found = WORD.finditer(text, start, len(text) if end is None else end)
    return [Word._make(match.span() + forms(match.group())) for match in found]


def lowered(text: str) -> list[str]:
    """The words of ``text`` in lower case, without possessives and the dots of abbreviations."""
    return [forms(raw)[1] for raw in WORD.findall(text)]


@lru_cache(maxsize=WORDS)
def forms(raw: str) -> tuple[str, str, str, bool]:
    """``plain``, ``lower``, ``folded`` and ``possessive`` of a word as written."""
    raw = raw.replace("’", "'")
    possessive = raw[-2:].lower() == "'s"
    plain = raw[:-2] if possessive else raw
    if "." in plain and len(plain) <= 2 * plain.count(".") + 1:
        plain = plain.replace(".", "")
    lower = plain.lower()
    is_acronym = 1 < len(plain) <= LONGEST_ACRONYM and plain.isupper()
    return plain, lower, plain if is_acronym else lower, possessive


@lru_cache(maxsize=WORDS)
def stem(word: str) -> str:
    """The stem of a word in lower case: "limiting" and "limits" give "limit"."""
    word = _singular(word)
    for ending in ENDINGS if word.endswith(ENDINGS) else ():
        base = word.removesuffix(ending)
        if base != word and len(base) >= SHORTEST and not VOWELS.isdisjoint(base):
            word = base[:-1] if base[-1] == base[-2] and base[-1] not in "sl" else base
            break
    return word[:-1] if word.endswith("e") and len(word) > SHORTEST else word


def _singular(word: str) -> str:
    if len(word) > SHORTEST and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > SHORTEST and word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def places_of(name: str, text: str) -> Iterator[Span]:
    """Where a name stands in a text as words of their own, as it is written. No pattern is worth compiling for one name."""
    at = text.find(name)
    while at >= 0:
        end = at + len(name)
        is_whole = EDGE.match(text, at) and EDGE.match(text, end)
        if is_whole:
            yield at, end
        at = text.find(name, max(end, at + 1) if is_whole else at + 1)


def stands_in(name: str, text: str) -> bool:
    """Whether a name stands in a text as words of their own."""
    return any(places_of(name, text))


def slug(text: str) -> str:
    """A name as part of an id, "sao-tome" for "São Tomé": letters and digits joined by hyphens, in lower case."""
    bare = "".join(mark for mark in unicodedata.normalize("NFKD", text) if not unicodedata.combining(mark))
    return re.sub(r"[\W_]+", "-", bare.lower()).strip("-")


def digest_id(prefix: str, *parts: str) -> str:
    """An id made of content: the same parts give the same id in every build."""
    return f"{prefix}-{hashlib.blake2b(UNIT.join(parts).encode(), digest_size=5).hexdigest()}"


def capitalized(text: str) -> str:
    """The text with its first letter as a capital, the rest as it is."""
    return text[:1].upper() + text[1:]


def unique(values: Iterable[str]) -> tuple[str, ...]:
    """The values in order of first appearance, each once, without empty ones."""
    return tuple(dict.fromkeys(value for value in values if value))
