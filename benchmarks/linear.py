"""Every regular expression of briefgen on text made to slow it down: ``python -m benchmarks linear``.

For each repetition in a pattern a text is made of what the pattern says: what stands before it, what is repeated, many times,
and an end that cannot match. Time is taken for a text and for one twice as long; the exponent is 1 where a pattern is
linear and 2 where it is quadratic. Patterns that see only a sentence or a line are bounded by its length.

Limit: the text follows the first branch of each alternative, so a pattern can be slow on a text that is not tried.
"""

from __future__ import annotations

import importlib
import math
import pkgutil
import re
import time
from collections.abc import Iterator
from re import _constants as op
from re import _parser as parser
from typing import Any

import briefgen
from briefgen.lexicon import load

#: Seconds below which a time says nothing, the most repetitions, and an exponent that no noise makes.
LEAST, MOST, SLOW = 0.02, 50_000, 1.5
LETTERS = {op.CATEGORY_DIGIT: "1", op.CATEGORY_SPACE: " ", op.CATEGORY_WORD: "a"}
END = "\x00!"


def main() -> None:
    """Print the patterns that are slower than linear."""
    found = patterns()
    slow = 0
    print(f"\n== linear ({len(found)} patterns, up to {MOST:,} repetitions)")
    for name, pattern in found.items():
        exponent, count, text = max((growth(pattern, *attack) for attack in attacks(pattern.pattern)), default=(0.0, 0, ""))
        if exponent > SLOW:
            slow += 1
            print(f"{exponent:4.1f}  {count:>6} repetitions take {LEAST} s  {name}: {text[-50:]!r}", flush=True)
    print(f"{slow} grow faster than their text")


def growth(pattern: re.Pattern[str], before: str, repeated: str) -> tuple[float, int, str]:
    """The exponent, 0 for what is too fast to say, and the repetitions that took ``LEAST`` seconds; the text's opening."""
    count, took = 100, 0.0
    while (took := seconds(pattern, before + repeated * count + END)) < LEAST:
        count *= 2
        if count > MOST:
            return 0.0, count, ""
    again = seconds(pattern, before + repeated * 2 * count + END)
    return math.log2(again / took), count, before + repeated


def seconds(pattern: re.Pattern[str], text: str) -> float:
    """CPU time of one search."""
    begun = time.process_time()
    pattern.search(text)
    return time.process_time() - begun


def patterns() -> dict[str, re.Pattern[str]]:
    """All patterns of modules and lexicons that are for text, by their names."""
    found = {each: f"{kind} {at}" for kind, at, each in _of_lexicon()}
    for module in pkgutil.walk_packages(briefgen.__path__, "briefgen."):
        if not module.name.endswith("__main__"):
            for name, value in vars(importlib.import_module(module.name)).items():
                for at, each in enumerate(_patterns_in(value)):
                    found.setdefault(each, f"{module.name}.{name} {at}")
    return {name: each for each, name in found.items()}


def _of_lexicon() -> Iterator[tuple[str, int, re.Pattern[str]]]:
    for kind, entries in load([]):
        for at, entry in enumerate(entries):
            if getattr(entry, "pattern", None):
                yield kind, at, re.compile(entry.pattern, re.IGNORECASE)


def _patterns_in(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield (
            re.compile(value.pattern.decode("latin-1"), value.flags | re.UNICODE) if isinstance(value.pattern, bytes) else value
        )
    elif isinstance(value, (list, tuple, set, frozenset)):
        for each in value:
            yield from _patterns_in(each)
    elif isinstance(value, dict):
        yield from _patterns_in(tuple(value.values()))


def attacks(pattern: str) -> Iterator[tuple[str, str]]:
    """What stands before each repetition of a pattern, and what is repeated."""
    try:
        yield from dict.fromkeys(_attacks(parser.parse(pattern), ""))
    except re.error:  # uses flags that stand elsewhere
        return


def _attacks(items: Any, before: str) -> Iterator[tuple[str, str]]:
    for kind, value in items:
        if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            _, most, body = value
            if most > 20 and (said := _sample(body)):
                yield before, said
                yield "", said
            yield from _attacks(body, before)
        else:
            for body in _bodies(kind, value):
                yield from _attacks(body, before)
        before += _sample([(kind, value)])


def _bodies(kind: Any, value: Any) -> list[Any]:
    if kind is op.SUBPATTERN:
        return [value[3]]
    if kind is op.BRANCH:
        return list(value[1])
    if kind in (op.ASSERT, op.ASSERT_NOT):
        return [value[1]]
    return [value] if kind is op.ATOMIC_GROUP else []


def _sample(items: Any) -> str:
    """A text that the items match, or nearly."""
    said = ""
    for kind, value in items:
        if kind is op.LITERAL:
            said += chr(value)
        elif kind is op.IN:
            said += _one_of(value)
        elif kind is op.NOT_LITERAL or kind is op.ANY:
            said += "a"
        elif kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            said += _sample(value[2]) * max(1, value[0])
        elif kind in (op.SUBPATTERN, op.BRANCH, op.ATOMIC_GROUP):
            said += _sample(_bodies(kind, value)[0])
    return said


def _one_of(choices: Any) -> str:
    kind, value = choices[0]
    if kind is op.NEGATE:
        return "a"
    return chr(value) if kind is op.LITERAL else chr(value[0]) if kind is op.RANGE else LETTERS.get(value, ".")
