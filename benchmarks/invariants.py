"""What holds for whatever is read: spans in order inside the text, quotations verbatim, JSON that reads back as what it was.

The fuzzer asks it of every input, and tests of its seeds. A fault is an ``AssertionError``.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterable
from html.parser import HTMLParser
from pathlib import Path

from briefgen.model.base import Span, from_json, to_json
from briefgen.model.brief import Brief
from briefgen.model.document import Document
from briefgen.model.errors import TemplateError
from briefgen.model.findings import GAP, Digest, Ref

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from documents import check_spans

#: How often our own templates put what acts into a page.
OURS = {"script": 1, "form": 1, "style": 1, "iframe": 0, "object": 0, "embed": 0, "link": 0, "base": 0}


def check_document(document: Document) -> None:
    """What a parser made can be written, and its spans lie in order inside its text."""
    to_json(document)
    check_spans(document)
    size = len(document.text)
    assert all(0 <= locator.start <= size for locator in document.locators), "a page that begins outside of the text"
    assert all(first.start <= second.start for first, second in itertools.pairwise(document.locators)), "pages out of order"
    for note in document.notes:
        assert note.start is None or 0 <= note.start <= (note.end or note.start) <= size, (
            f"a note outside of the text: {note.code}"
        )


def check_digest(digest: Digest) -> None:
    """Every claim is quoted from its place, and other processes get the same."""
    text = digest.text
    for first, second in itertools.pairwise(digest.sentences):
        assert first.end <= second.start, "sentences overlap"
    for claim in (*digest.statements, *digest.proposals, *digest.events):
        for ref in claim.refs:
            _check_ref(ref, text)
    for statement in digest.statements:
        for ref in statement.refs:
            if spans := statement.spans(ref):
                assert statement.content == GAP.join(text[start:end] for start, end in spans), (
                    "content is not made of its spans"
                )
    for proposal in digest.proposals:
        _check_quoted(proposal.action, proposal.refs, text)
    for event in digest.events:
        _check_quoted(event.what, event.refs, text)
    for date in digest.dates:
        assert text[date.start : date.end] == date.text, "a date is not the text at its place"
    assert from_json(Digest, to_json(digest)) == digest, "a digest reads back as another"


def _check_ref(ref: Ref, text: str) -> None:
    assert text[ref.start : ref.end] == ref.sentence, "a reference is not the text at its place"
    if ref.parts:
        _check_inside((*ref.parts.source, *ref.parts.cue, *ref.parts.content), len(text))


def _check_inside(spans: Iterable[Span], size: int) -> None:
    assert all(0 <= start <= end <= size for start, end in spans), "a span outside of the text"


def _check_quoted(quotation: str, refs: Iterable[Ref], text: str) -> None:
    assert all(piece in text for piece in quotation.split(GAP)), f"not verbatim: {quotation[:80]!r}"
    assert refs


def check_brief(brief: Brief, written: str) -> None:
    """The brief as JSON reads back as what it was, and every reference leads to its words."""
    assert from_json(Brief, written) == brief, "a brief reads back as another"
    texts = {source.id: source.text for source in brief.sources}
    for claim in (*brief.statements, *brief.positions, *brief.proposals, *brief.timeline, *brief.key_points):
        for ref in claim.refs:
            _check_ref(ref, texts[ref.source])


def check_mistake(mistake: TemplateError, source: str, house: str) -> None:
    """A mistake in a template of a house is told with a line and a column that it has."""
    if mistake.file.startswith(house):
        lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        assert 0 <= mistake.line <= len(lines), "a line that the file does not have"
        assert not mistake.column or mistake.column <= len(lines[mistake.line - 1]) + 1, "a column outside of its line"


def check_page(page: str) -> None:
    """No word of a document is markup: what acts in a page is ours."""
    seen = _Acting()
    seen.feed(page)
    assert not seen.handlers, f"a handler: {seen.handlers}"
    assert all(seen.found.count(tag) <= count for tag, count in OURS.items()), f"markup: {seen.found}"


class _Acting(HTMLParser):
    """Collects the elements of a page that do something, and handlers."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.handlers: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [tag] * (tag in OURS)
        acts = (name for name, value in attrs if name.startswith("on") or (value or "").lower().startswith("javascript:"))
        self.handlers += acts
