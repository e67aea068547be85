"""What a date rule is: a pattern, what a sentence must hold for it to be tried, and how a match is read."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from briefgen.extract.dates.context import Context
from briefgen.extract.dates.words import MODIFIERS
from briefgen.model.findings import Modifier

Type = Literal["DATE", "TIME", "DURATION", "SET"]
Match = re.Match[str]


class Reading(NamedTuple):
    """What a match means. ``start`` and ``end`` narrow the match; ``explicit`` says that later dates may count from it.

    ``calendar`` is False for a date whose days are not known from its value, such as a fiscal year.
    """

    type: Type
    value: str
    modifier: Modifier | None = None
    start: int | None = None
    end: int | None = None
    explicit: bool = True
    calendar: bool = True


class Example(NamedTuple):
    """A sentence of 16 June 2021, a Wednesday, and what the rule makes of it; an empty ``value`` means: nothing."""

    sentence: str
    words: str
    value: str


@dataclass(frozen=True)
class Rule:
    """One row of a rule table. ``needs`` are the triggers (``words.TRIGGERS``, "digit", its kin) that a sentence must hold."""

    name: str
    family: str
    needs: frozenset[str]
    pattern: str
    read: Callable[[Match, Context], Reading | None]
    examples: tuple[Example, ...]

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern, compiled when it is first tried: most documents need few of the rules."""
        return re.compile(self.pattern, re.IGNORECASE)


def rule(
    family: str, name: str, needs: str, pattern: str, read: Callable[[Match, Context], Reading | None], *examples: str
) -> Rule:
    """A rule from a line of a table; an example is ``sentence => words = value``."""
    return Rule(name, family, frozenset(needs.split()), pattern, read, tuple(_example(line) for line in examples))


def _example(line: str) -> Example:
    sentence, _, answer = line.partition(" => ")
    words, _, value = answer.rpartition(" = ")
    return Example(sentence, words, value)


def modifier_of(match: Match) -> Modifier | None:
    """The modifier of ``words.MODIFIER``, if one was written."""
    word = match.groupdict().get("mod")
    return MODIFIERS[word.lower()] if word and word.lower() in MODIFIERS else None


def year_offset(word: str | None) -> int | None:
    """``"last"`` -> -1, years from the one that is counted from; None for any other word."""
    return {"last": -1, "this": 0, "the": 0, "current": 0, "next": 1}.get((word or "").lower())
