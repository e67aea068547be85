"""The rules of a lexicon in, the examples that they do not read and the counter-examples that they do out.

Each kind of rule is asked as its stage asks it, beside all other rules, since what counts is not what a rule would read alone.
The tests of the built-in lexicon and ``briefgen lexicon check`` both run this.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from briefgen.editing.samples import sample, statements_of
from briefgen.extract import Rules, compile_rules
from briefgen.extract.cues import find_cues
from briefgen.model.grid import header_rule
from briefgen.model.lexicon import (
    BoilerplateRule,
    CueRule,
    HeaderRule,
    LeadInRule,
    Lexicon,
    PlaceholderRule,
    Rule,
    StanceRule,
    StatusRule,
)
from briefgen.segment import segment
from briefgen.segment.marks import Furniture, compile_furniture

AnyRule = TypeVar("AnyRule", LeadInRule, StatusRule)


class Failure(NamedTuple):
    """An example that is not read, or a counter-example that is, and what happened instead."""

    example: str
    is_counter: bool
    why: str

    def __str__(self) -> str:
        return f"{'reads' if self.is_counter else 'does not read'} “{self.example}”{self.why}"


class Bench:
    """A lexicon, compiled for every stage."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    @cached_property
    def rules(self) -> Rules:
        """What statements are read with."""
        return compile_rules(self.lexicon)

    @cached_property
    def furniture(self) -> Furniture:
        """What a page's furniture is known by."""
        return compile_furniture(self.lexicon)


#: Whether a rule reads a text, which is an example or (True) a counter-example.
Reads = Callable[[Any, str, Bench, bool], bool]


def failures(rule: Rule, bench: Bench) -> Iterator[Failure]:
    """What is wrong with the examples of ``rule``, which is one of the bench's."""
    reads = next(check for kind, check in CHECKS.items() if isinstance(rule, kind))
    for example in rule.examples:
        if not reads(rule, example, bench, False):
            yield Failure(example, False, _why_not(rule, example, bench))
    for counter in rule.counter:
        if reads(rule, counter, bench, True):
            yield Failure(counter, True, "")


def _cue_reads(rule: CueRule, text: str, bench: Bench, _counter: bool) -> bool:
    return rule.id in {statement.rule for statement in statements_of(text, bench.rules)}


def _why_not(rule: Rule, example: str, bench: Bench) -> str:
    if isinstance(rule, CueRule):
        return _why_no_cue(rule, example, bench)
    pattern = getattr(rule, "pattern", None)
    if pattern is None:
        return ""
    return ": an earlier rule takes it" if _found(pattern, example) else ": its pattern is not found there"


def _why_no_cue(rule: CueRule, text: str, bench: Bench) -> str:
    """The reason that ``lexicon try`` would give."""
    _, sentences = segment(sample(text), bench.lexicon)
    statements = statements_of(text, bench.rules)
    cues = [cue for cue in find_cues(text, sentences, statements, bench.rules) if cue.rule == rule.id]
    if not cues:
        return ": it holds no word of the rule"
    return next((f": “{cue.word}” {cue.why}" for cue in cues if cue.why), "")


def _stance_reads(rule: StanceRule, text: str, bench: Bench, counter: bool) -> bool:
    """Whether no earlier rule for all its cues gives the text another stance; a counter-example must not be found at all."""
    if counter or not _found(rule.pattern, text):
        return _found(rule.pattern, text)
    first = (each for each in bench.lexicon.stance if set(each.cues) >= set(rule.cues) and _found(each.pattern, text))
    return next(first).stance is rule.stance


def _lead_in_reads(rule: LeadInRule, text: str, bench: Bench, counter: bool) -> bool:
    if counter:
        return _found(rule.pattern, text)
    return _first(bench.lexicon.lead_in, text) is rule


def _status_reads(rule: StatusRule, text: str, bench: Bench, counter: bool) -> bool:
    if counter:
        return _found(rule.pattern, text)
    first = _first(bench.lexicon.status, text)
    return first is not None and first.status is rule.status


def _furniture_reads(rule: BoilerplateRule, text: str, bench: Bench, counter: bool) -> bool:
    taken = bench.furniture.rule_for(text)
    return taken is not None if counter else taken == rule


def _header_reads(rule: HeaderRule, text: str, bench: Bench, _counter: bool) -> bool:
    return header_rule(text, bench.lexicon.header) == rule


def _placeholder_reads(rule: PlaceholderRule, text: str, _bench: Bench, _counter: bool) -> bool:
    return _found(rule.pattern, text)


def _found(pattern: str, text: str) -> bool:
    return re.search(pattern, text, re.IGNORECASE) is not None


def _first(rules: Sequence[AnyRule], text: str) -> AnyRule | None:
    return next((rule for rule in rules if _found(rule.pattern, text)), None)


CHECKS: Mapping[type[Rule], Reads] = {
    CueRule: _cue_reads,
    StanceRule: _stance_reads,
    LeadInRule: _lead_in_reads,
    StatusRule: _status_reads,
    BoilerplateRule: _furniture_reads,
    HeaderRule: _header_reads,
    PlaceholderRule: _placeholder_reads,
}
