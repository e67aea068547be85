"""Statements: cases as files, and what must hold for any text. The examples of rules are run in ``test_lexicons``."""

from __future__ import annotations

import functools
import gc
from collections.abc import Sequence

import pytest
from casefile import Case, check, parametrize
from hypothesis import given
from hypothesis import strategies as st

from briefgen import lexicon
from briefgen.extract import compile_rules, extract, statements
from briefgen.extract.drafts import Draft
from briefgen.extract.holders import Memory
from briefgen.extract.patterns import Rules
from briefgen.extract.statements import find_statements
from briefgen.extract.tokens import Tokens, quotations
from briefgen.model.document import Document
from briefgen.model.findings import GAP, Statement
from briefgen.parsers import parse
from briefgen.segment import segment


@functools.cache
def rules() -> Rules:
    return compile_rules(lexicon.load())


def read(text: str) -> tuple[str, tuple[Statement, ...]]:
    (document,) = parse("case.txt", text.encode())
    document, sentences = segment(document, rules().lexicon)
    return document.text, find_statements(document, document.text, sentences, rules())


@parametrize("statements")
def test_cases(case: Case, request: pytest.FixtureRequest) -> None:
    def run(source: str, _info: str) -> str:
        return "\n".join(_line(s) for s in read(source)[1]) or "nothing"

    check(case, request, run)


def _line(s: Statement) -> str:
    marks = [
        *(["negated"] if s.negated else []),
        *([f"if: {s.condition}"] if s.condition else []),
        *([f"to: {', '.join(s.target)}"] if s.target else []),
        *([f"by way of: {s.relayed_by}"] if s.relayed_by else []),
    ]
    return " | ".join([s.stance, s.holder or "-", s.cue, s.content, *marks])


def test_of_a_sentence_that_was_read_its_places_are_kept_and_not_its_tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    """A document of many statements needs no more memory than its text and they."""
    alive: list[int] = []
    made = statements._statements

    def counted(document: Document, drafts: Sequence[Draft], memory: Memory) -> tuple[Statement, ...]:
        alive.extend((len(drafts), sum(isinstance(each, Tokens) for each in gc.get_objects())))
        return made(document, drafts, memory)

    monkeypatch.setattr(statements, "_statements", counted)
    read(" ".join(f"The reeve of Ostholm said that sluice {n} must stay shut." for n in range(50)))
    assert alive[0] == 50
    assert alive[1] < 5


WORDS = st.sampled_from(
    "The minister said that , “ ” \" the union , Norway 's demand for opposes according to rejected by a who which and but not "
    "is was ready to : ; — if only They he it its concerns about should must . ? Officials in Lima warned (citation)".split()
)


def test_words_know_their_quotation() -> None:
    text = '"Fees rise," said Ann. Bo said "no" and “never” but paid. "Ships pay," he said. Cy left.'
    marks = quotations(text, 0, len(text))
    for start, end in ((0, len(text)), (23, 58), (30, 34), (80, len(text))):
        t = Tokens(text, start, end, marks)
        assert t.quoted == [any(a <= place < b for a, b in marks) for place in t.start]


@given(st.lists(WORDS, max_size=60).map(" ".join) | st.text(max_size=300))
def test_any_text(text: str) -> None:
    try:
        body, found = read(text)
    except Exception as error:
        if type(error).__name__ == "UnreadableError":
            return
        raise
    for statement in found:
        ref = statement.refs[0]
        assert body[ref.start : ref.end] == ref.sentence
        assert ref.parts is not None
        assert statement.content == GAP.join(body[a:b] for a, b in statement.spans(ref))
        assert all(ref.start <= a < b <= ref.end for a, b in ref.parts.content)
    assert read(text)[1] == found


def test_a_wall_of_words_is_told_and_not_read() -> None:
    """Nothing is left out in silence."""
    wall = "The mayor said that " + "the toll, " * 250 + "rose."
    (document,) = parse("case.txt", f"A short one is read.\n\n{wall}\n".encode())
    digest = extract(*segment(document, rules().lexicon), rules())
    assert [(note.code, digest.text[note.start : note.end]) for note in digest.notes] == [("long-sentence", wall)]
    assert not digest.statements
