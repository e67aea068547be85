"""A regular expression in, one that is only tried on texts that have words without which it cannot match out.

Most rules look for words that most sentences do not have. Which words those are follows from the pattern itself, so that no
editor has to say them: "a plan (led|backed) by" needs "plan", and one of "led", "backed". To look for a word in a sentence
is many times cheaper than to try a pattern on it, and a pattern whose words never come up is never compiled.

Known limits: letters that only are one and the same to ``re.IGNORECASE`` and not when case folded (a dotted capital I, as in
Turkish, for i) hide a word. Where the inner tools of ``re`` are not what they were, patterns are tried as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any, TypeVar

try:
    from re import _constants as op  # type: ignore[attr-defined]
    from re import _parser as parser  # type: ignore[attr-defined]
except ImportError:  # not in every Python
    op = parser = None

Rule = TypeVar("Rule")
Words = frozenset[str]
END = 2**31


class Sought:
    """A pattern, letter case ignored, with the methods of a compiled one that rules use."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.words = tuple(sorted(needed(pattern), key=lambda word: (len(word), word)))

    def __repr__(self) -> str:
        return f"Sought({self.pattern!r})"

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern itself."""
        return re.compile(self.pattern, re.IGNORECASE)

    def may_match(self, folded: str) -> bool:
        """Whether a text, case folded, has what the pattern needs."""
        for word in self.words:  # a loop, since it is asked ten times a sentence
            if word in folded:
                return True
        return not self.words

    def search(self, text: str, start: int = 0, end: int = END) -> re.Match[str] | None:
        """As of a compiled pattern."""
        return self.compiled.search(text, start, end) if self.may_match(text[start:end].casefold()) else None

    def finditer(self, text: str, start: int = 0, end: int = END) -> Iterator[re.Match[str]]:
        """As of a compiled pattern."""
        return self.compiled.finditer(text, start, end) if self.may_match(text[start:end].casefold()) else iter(())


def likely(rules: Iterable[tuple[Sought, Rule]], text: str) -> Iterator[tuple[re.Pattern[str], Rule]]:
    """Of rules with their patterns those that may match a text, which is case folded once for all of them."""
    folded = text.casefold()
    return ((sought.compiled, rule) for sought, rule in rules if sought.may_match(folded))


def needed(pattern: str) -> Words:
    """Pieces of text, case folded, of which every match holds at least one; none if that is not known."""
    return _of_sequence(parser.parse(pattern, re.IGNORECASE)) if parser else frozenset()


def _of_sequence(items: Iterable[Any]) -> Words:
    """The most telling of what the parts need that must all match, one behind the other."""
    found, run = [], ""
    for code, value in [*items, (None, None)]:
        if code is op.LITERAL:
            run += chr(value)
        else:
            found += [frozenset([run.casefold()])] if run else []
            found.append(_of_part(code, value))
            run = ""
    return max(filter(None, found), key=_worth, default=frozenset())


def _of_part(code: Any, value: Any) -> Words:
    if code is op.SUBPATTERN:
        return _of_sequence(value[3])
    if code in (op.MAX_REPEAT, op.MIN_REPEAT) and value[0] > 0:
        return _of_sequence(value[2])
    if code is op.BRANCH:
        ways = [_of_sequence(way) for way in value[1]]
        return frozenset().union(*ways) if all(ways) else frozenset()
    return frozenset()


def _worth(words: Words) -> tuple[int, int, list[str]]:
    """Long words are rare, and few are soon looked for."""
    return min(map(len, words)), -len(words), sorted(words)
