"""Furniture, repetitions and placeholders out, sentences in: the cases, and what must hold for any text."""

from __future__ import annotations

import itertools
from functools import cache
from pathlib import Path

import pytest
from casefile import Case, check, parametrize
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.lexicon import load
from briefgen.model.document import BlockKind, Document, Item
from briefgen.model.errors import UnreadableError
from briefgen.model.lexicon import Lexicon
from briefgen.parsers import parse
from briefgen.segment import segment

PROSE = {BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.QUOTE}


@cache
def lexicon() -> Lexicon:
    return load([])


def shown(document: Document) -> str:
    """Sentences with the kind of their block, what was dropped, notes."""
    document, sentences = segment(document, lexicon())
    lines = [f"{document.blocks[s.block].kind} | {' '.join(document.text[s.start : s.end].split())}" for s in sentences]
    lines += [f"dropped, {why} | {' '.join(document.text[start:end].split())[:70]}" for start, end, why in document.dropped]
    return "\n".join([*lines, *(f"note {note.code} | {note.message}" for note in document.notes)])


@parametrize("segment")
def test_case(case: Case, request: pytest.FixtureRequest) -> None:
    check(case, request, lambda source, info: shown(parse(f"case.{info or 'txt'}", source.encode())[0]))


def test_sections_are_the_outline() -> None:
    text = "A line before.\n\n# Fees\n\nThe port met.\n\n## Ships\n\nShips pay.\n\nMore ships pay.\n"
    document, _ = segment(parse("x.md", text.encode())[0], lexicon())
    assert [(s.heading, s.level, s.blocks) for s in document.sections] == [
        (None, 0, (0,)),
        ("Fees", 1, (2,)),
        ("Ships", 2, (4, 5)),
    ]
    assert all(text[s.start : s.end].strip() == text[s.start : s.end] for s in document.sections)


def test_a_lead_in_is_a_sentence() -> None:
    text = "Fees and Ships\n\nThe U.S. Port Board met.It asked for the following:\n- lower fees\n- fewer forms\n"
    document, sentences = segment(parse("x.txt", text.encode())[0], lexicon())
    leads = {block.lead for block in document.blocks if isinstance(block, Item)}
    assert leads == {(s.start, s.end) for s in sentences if text[s.start : s.end] == "It asked for the following:"}


# ---- what holds for any document

LINES = st.sampled_from(
    ["The port met.It voted.", "Fees rise (citation) again.", "(citation)", "Read more", "Next Article", "Ten Ways to Bake",
     "- a point:", "  - sub point. Two.", "> He said “no.”She left. ", "a | b", "---|---", "c | d", "Port Fees Rise",
     "e.g. this",
     "See the U.S.The end", "Lorem ipsum dolor", "x (citation)(citation) y", "[image]", "Visit www.port.example.Then go.",
     "One sentence that has so many words in it that two lines of them are long enough to count as a part that is repeated."]
)  # fmt: skip
GLUES = st.sampled_from(["\n", "\n\n", " "])
TEXTS = st.one_of(st.text(max_size=200), st.builds(str.join, GLUES, st.lists(LINES, max_size=16)))


@settings(max_examples=150)
@given(text=TEXTS, suffix=st.sampled_from(["txt", "md", "html"]))
def test_spans_lie_in_order_and_segmenting_twice_changes_nothing(text: str, suffix: str) -> None:
    try:
        parsed = parse(f"x.{suffix}", text.encode("utf-8", errors="replace"))[0]
    except UnreadableError:
        return
    document, sentences = segment(parsed, lexicon())
    assert document.text == parsed.text
    assert all(first.end <= second.start for first, second in itertools.pairwise(sentences))
    for sentence in sentences:
        block = document.blocks[sentence.block]
        words = document.text[sentence.start : sentence.end]
        assert block.kind in PROSE
        assert block.start <= sentence.start < sentence.end <= block.end
        assert words == words.strip()
    assert all(first.end <= second.start for first, second in itertools.pairwise(document.dropped))
    assert segment(document, lexicon()) == (document, sentences)


def test_a_long_block_is_cut_as_a_short_one() -> None:
    said = ["The port kept its fee.", "“Ships pay. Boats do not,” Ms. Oduya said.", "No. 7 berth (see p. 4) stays."]
    text = " ".join(said * 400)
    _, sentences = segment(parse("x.txt", text.encode())[0], lexicon())
    assert [text[s.start : s.end] for s in sentences] == said * 400
    _, sentences = segment(parse("x.txt", b"fee " * 9_000)[0], lexicon())
    assert len(sentences) < 10


def test_every_lexicon_file_here_is_read() -> None:
    folder = Path(__file__).parents[1] / "briefgen" / "lexicons" / "en"
    assert {"abbreviations.toml", "boilerplate.toml"} <= {path.name for path in folder.iterdir()}
    assert lexicon().listed("abbreviations")
