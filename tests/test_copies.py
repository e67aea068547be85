"""Copies, parts, digests and what only looks alike: documents as cases, and what a claim counts as."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from casefile import Case, check, parametrize
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.compare import compare
from briefgen.compare.copies import find_copies
from briefgen.compare.sources import Independence
from briefgen.extract import compile_rules, extract
from briefgen.extract.reading import Rules
from briefgen.lexicon import load
from briefgen.model.brief import Brief, Generator
from briefgen.model.findings import Digest
from briefgen.model.settings import Settings
from briefgen.parsers import parse
from briefgen.segment import segment

LEXICON = load([])


@cache
def rules() -> Rules:
    return compile_rules(LEXICON)


def digests(source: str) -> list[Digest]:
    """Documents divided by a line ``---``; one may begin with ``@`` and its day of publication."""
    return [_digest(f"d{number}.txt", text) for number, text in enumerate(source.split("\n---\n"), 1)]


def _digest(path: str, text: str) -> Digest:
    day = None
    if text.startswith("@ "):
        first, _, text = text.partition("\n")
        day = first.removeprefix("@ ")
    document, sentences = segment(parse(path, text.encode())[0], LEXICON)
    document = replace(document, meta=replace(document.meta, published=day))
    return extract(document, sentences, rules())


def brief_of(source: str) -> Brief:
    return compare(digests(source), LEXICON, Settings(), generator=Generator(name="briefgen", version="0", rules="0"))


def run(source: str, _: str) -> str:
    lines = []
    for copy in brief_of(source).sources:
        parts = ", ".join(f"{part.words} of {copy.words} words from {part.source}" for part in copy.copied_from)
        whole = (copy.duplicate_of and f"same as {copy.duplicate_of}") or (copy.contained_in and f"part of {copy.contained_in}")
        lines.append(f"{copy.id}: {whole or parts or '-'}")
    return "\n".join(lines)


@parametrize("copies")
def test_copies(case: Case, request: pytest.FixtureRequest) -> None:
    check(case, request, run)


FERRY = (
    "The ferry board of Osund decided on Monday to drop the night crossing from May, and Norway opposes the night crossing "
    "because fewer than nine cars a night used it last winter."
)
POOL = "Swimmers in Brell have collected names against the closing of the pool since the council voted for it on Tuesday."
WIND = "On the hills above the sound the wind blew so hard on Sunday that the chapel lost its weather vane for a week."


def _sources_against_the_crossing(source: str) -> int:
    positions = [each for each in brief_of(source).positions if each.actor == "norway" and each.stance == "opposes"]
    return max(each.strength.sources for each in positions)


def test_a_digest_confirms_nothing_that_it_copied() -> None:
    digest = f"{POOL}\n\n{FERRY}\n\n{WIND}"
    assert _sources_against_the_crossing(f"{FERRY} {WIND}\n---\n{digest}") == 1
    assert _sources_against_the_crossing(f"{FERRY}\n---\n{POOL} Oslo is of the same mind.\n---\n{digest}") == 1


def test_what_a_reprint_adds_counts() -> None:
    told = "Norway opposes the night crossing, its minister for fisheries told a hall full of boat owners in Brell on Sunday."
    first = f"@ 2026-02-01\n{FERRY} {WIND}\n---\n@ 2026-02-02\n{FERRY} {WIND}"
    assert _sources_against_the_crossing(first) == 1
    assert _sources_against_the_crossing(f"{first}\n\n{told}") == 2


def test_two_files_with_the_same_bytes_are_one_source() -> None:
    brief = brief_of(f"{FERRY}\n---\n{FERRY}")
    assert [source.duplicate_of for source in brief.sources] == [None, "s1"]
    assert {ref.source for statement in brief.statements for ref in statement.refs} == {"s1"}


def test_which_is_the_original_does_not_hang_on_order() -> None:
    made = digests(f"{FERRY}\n---\n{POOL} {FERRY}\n---\n@ 2026-01-01\n{WIND} {FERRY}")
    names = [digest.source.id for digest in made]
    for turned in (made, made[::-1], made[1:] + made[:1]):
        copies = {digest.source.id: copying for digest, copying in zip(turned, find_copies(turned), strict=True)}
        origins = {name: {turned[part.origin].source.id for part in copies[name].passages} for name in names}
        assert origins == {names[0]: {names[2]}, names[1]: {names[2]}, names[2]: set()}


PARTS = st.sampled_from([FERRY, POOL, WIND, "“We were not asked,” said Per Aker.", "x"])
TEXTS = st.lists(st.lists(PARTS, min_size=1, max_size=4), min_size=1, max_size=5)


@settings(max_examples=30, deadline=None)
@given(TEXTS)
def test_passages_lie_in_their_document_and_end_in_an_original(texts: list[list[str]]) -> None:
    made = digests("\n---\n".join("\n\n".join(parts) for parts in texts))
    copies = find_copies(made)
    counted = Independence(copies)
    for number, (digest, copying) in enumerate(zip(made, copies, strict=True), 1):
        assert copying.size <= len(digest.text.split())
        for passage in copying.passages:
            assert 0 <= passage.start < passage.end <= len(digest.text)
            assert passage.origin != number - 1
        for ref in (ref for statement in digest.statements for ref in statement.refs):
            source = counted.of(replace(ref, source=f"s{number}"))
            assert 1 <= int(source[1:]) <= len(made)
