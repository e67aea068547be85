"""Patterns that are only tried where they can match: what they find is what the patterns find."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen import lexicon
from briefgen.compare.terms import places_of
from briefgen.extract import compile_rules
from briefgen.sought import Sought, likely, needed

RULES = compile_rules(lexicon.load())
OURS = [
    *(sought for sought, _ in (*RULES.proposals.statuses, *RULES.proposals.lead_ins)),
    *RULES.proposals.kinds,
    *(Sought(rule.pattern) for rule in (*RULES.lexicon.stance, *RULES.lexicon.placeholder)),
]


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"\bplans? (?:led|backed) by\b", {"plan"}),
        (r"(?:the )?(?:treaty|accord)s?", {"treaty", "accord"}),
        (r"no (?:\w+ )?(?:deal|pact) (?:was|is) (?:made|struck)", {"made", "struck"}),
        (r"(?:treaty|\w+)", set()),
        (r"[Aa]ny? (?<!the )x{2,}y*", {"x"}),
        (r"Straße", {"strasse"}),
        (r"(?=plan).*", set()),
    ],
)
def test_what_a_pattern_needs(pattern: str, words: set[str]) -> None:
    assert needed(pattern) == words


@given(st.data())
def test_no_match_is_lost(data: st.DataObject) -> None:
    """Whatever a rule's pattern matches, it is tried on."""
    sought = data.draw(st.sampled_from(OURS))
    text = data.draw(st.from_regex(re.compile(sought.pattern, re.IGNORECASE | re.ASCII)))
    assert sought.search(text) or not sought.compiled.search(text)


@given(st.text(alphabet="aAbB \n.", max_size=40), st.integers(0, 40), st.integers(0, 40))
def test_it_finds_what_the_pattern_finds(text: str, start: int, end: int) -> None:
    sought, pattern = Sought("a b|b{2}a?"), re.compile("a b|b{2}a?", re.IGNORECASE)
    got, want = sought.search(text, start, end), pattern.search(text, start, end)
    assert (got and got.span()) == (want and want.span())
    assert [m.span() for m in sought.finditer(text, start, end)] == [m.span() for m in pattern.finditer(text, start, end)]


@given(st.data())
def test_no_likely_rule_is_left_out(data: st.DataObject) -> None:
    text = " ".join(data.draw(st.lists(st.sampled_from("The plan led by Chad was REJECTED , no deal on it".split()))))
    found = {rule.id for pattern, rule in likely(RULES.proposals.statuses, text) if pattern.search(text)}
    assert found == {rule.id for sought, rule in RULES.proposals.statuses if sought.compiled.search(text)}


@given(st.text(alphabet="aé.- \n", max_size=4), st.text(alphabet="aé.- \n", max_size=30))
def test_the_places_of_a_name_are_those_of_its_pattern(name: str, text: str) -> None:
    want = [match.span() for match in re.finditer(rf"\b{re.escape(name)}\b", text)]
    assert not name or list(places_of(name, text)) == want
