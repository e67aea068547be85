"""Dates: the rules' own examples, cases as files, and what must hold for any text."""

from __future__ import annotations

from datetime import date

import pytest
from casefile import Case, check, parametrize
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.extract.dates import RULES, find_dates
from briefgen.extract.dates.rule import Rule
from briefgen.extract.dates.values import edtf, extent
from briefgen.lexicon import load
from briefgen.model.document import Paragraph, Sentence
from briefgen.model.findings import DateMention
from briefgen.parsers import parse
from briefgen.segment import segment

LEXICON = load([])


def dates_in_document(source: str, info: str) -> str:
    """``info`` is "md", perhaps with the publication: "md 2021-06-16"."""
    suffix, _, published = (info or "txt").partition(" ")
    document, sentences = segment(parse(f"case.{suffix}", source.encode())[0], LEXICON)
    return "\n".join(map(line, find_dates(document.text, sentences, document.blocks, published=published or None)))


def line(found: DateMention) -> str:
    extra = [found.modifier or "", found.edtf or "", f"{found.first}..{found.last}" if found.first else ""]
    return " | ".join([found.text, found.type, found.value, *extra]).rstrip(" |")


def dates_in_sentence(sentence: str, published: str | None) -> tuple[DateMention, ...]:
    end = len(sentence)
    return find_dates(sentence, [Sentence(start=0, end=end, block=0)], [Paragraph(start=0, end=end)], published=published)


@parametrize("dates")
def test_dates(case: Case, request: pytest.FixtureRequest) -> None:
    check(case, request, dates_in_document)


@pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
def test_a_rule_reads_its_examples(rule: Rule) -> None:
    assert any(example.value for example in rule.examples)
    for example in rule.examples:
        found = [(date.text, date.value) for date in dates_in_sentence(example.sentence, "2021-06-16")]
        if example.value:
            assert (example.words, example.value) in found
        else:
            assert found == []


def test_rules_have_names_of_their_own() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)


WORDS = st.sampled_from(
    "In on by the of March may May 4 11 31 1954 2021 2,000 1.5 million Friday last next year week months ago later early since "
    "until late first quarter half 1990s 19th century every daily resolution 2254 ( ) - – , . : ; 5-6 FY 12/11/2020 2020-02-30 "
    "Q3 BC noon p.m. two İ \n".split(" ")
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(WORDS, max_size=40).map(" ".join) | st.text(max_size=120), st.sampled_from([None, "2021", "2021-06", "2021-06-16"])
)
def test_mentions_are_inside_sorted_and_apart(text: str, published: str | None) -> None:
    found = dates_in_sentence(text, published)
    assert found == dates_in_sentence(text, published)
    at = 0
    for mention in found:
        assert at <= mention.start < mention.end <= len(text)
        assert mention.text == text[mention.start : mention.end]
        assert (mention.first is None) == (mention.last is None)
        if mention.first and mention.last:
            assert date.fromisoformat(mention.first) <= date.fromisoformat(mention.last)
        at = mention.end


@given(
    st.integers(1000, 2099),
    st.sampled_from(["", "-Q1", "-Q4", "-H2", "-SP", "-WI", "-02", "-W52", "-W01-WE"]),
    st.sampled_from([None, "early", "mid", "late", "since", "until", "approx"]),
)
def test_every_calendar_value_has_days_and_edtf(year: int, part: str, modifier: str | None) -> None:
    span = extent(f"{year}{part}")
    assert span is not None
    assert span.first <= span.last
    assert edtf(f"{year}{part}", modifier)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "modifier", "expected"),
    [
        ("2021-03-04", None, "2021-03-04"),
        ("2021-Q3", None, "2021-35"),
        ("2021-H2", None, "2021-41"),
        ("2021-SU", None, "2021-22"),
        ("2021-W09", None, "2021-03-01/2021-03-07"),
        ("202", None, "202X"),
        ("19", None, "19XX"),
        ("BC0480", None, "-0479"),
        ("2022", "early", "2022-01~/2022-04~"),
        ("2022-02", "late", "2022-02-21~/2022-02-28~"),
        ("199", "mid", "1994~/1996~"),
        ("2021-SU", "early", "2021-06~"),
        ("2021-WI", "late", "2022-02~"),
        ("2021-H2", "mid", "2021-09~/2021-10~"),
        ("2014", "since", "2014/.."),
        ("2014", "until", "../2014"),
        ("2014", "approx", "2014~"),
        ("XXXX-03", None, None),
        ("P3D", None, None),
    ],
)
def test_edtf(value: str, modifier: str | None, expected: str | None) -> None:
    assert edtf(value, modifier) == expected  # type: ignore[arg-type]
