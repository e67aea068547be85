"""Blocks and metadata in, ``Document`` out: what all formats have in common."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from briefgen.model.base import Dropped, Note, Span
from briefgen.model.document import Block, Document, Heading, Item, Locator, Meta, Paragraph, Source
from briefgen.model.errors import UnreadableError
from briefgen.parsers.tally import lost_note, tally
from briefgen.unseen import count_acting

#: The stop before a lead-in, which is the last sentence of its paragraph. Initials ("U.S.") do not count.
SENTENCE_STOP = re.compile(r"(?<!\b[A-Za-z])[.!?][\"”’)\]]*\s+(?=[\"“‘(]?[A-Z0-9])")
WORD = re.compile(r"[^\W_]")


def make_source(path: str, data: bytes, media_type: str, encoding: str | None) -> Source:
    """The identity of a file, from its bytes."""
    digest = hashlib.sha256(data).hexdigest()
    return Source(id=digest[:12], path=path, sha256=digest, media_type=media_type, encoding=encoding, size=len(data))


def make_document(
    source: Source,
    text: str,
    blocks: Sequence[Block],
    meta: Meta,
    *,
    notes: Iterable[Note] = (),
    dropped: Iterable[Dropped] = (),
    locators: Iterable[Locator] = (),
    words: Counter[str] | None = None,
) -> Document:
    """The document, with the lead-ins of its lists. Raises ``UnreadableError`` if it has no words.

    ``words`` are those of the file, where the text is not the file itself.
    """
    if not blocks or not WORD.search(text):
        raise UnreadableError("empty", "no text in the file: check that it was saved whole")
    left_out = tuple(sorted(dropped))
    count = tally(text, blocks, left_out, words)
    return Document(
        source=source,
        meta=meta,
        text=text,
        blocks=with_lead_ins(text, blocks),
        notes=(*notes, *_unseen_note(text), *lost_note(count)),
        dropped=left_out,
        locators=tuple(locators),
        words=count,
    )


def _unseen_note(text: str) -> list[Note]:
    count = count_acting(text)
    message = f"{count} invisible characters that act (control characters, marks of direction, tags) are not shown"
    return [Note(code="unseen", message=message)] if count else []


def with_lead_ins(text: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Give each item the span of the sentence that ends with a colon before its list, or before its sub-list."""
    found: list[Block] = []
    leads: dict[int, Span | None] = {}
    above: Block | None = None
    for block in blocks:
        if isinstance(block, Item):
            if not isinstance(above, Item):
                leads = {block.depth: _lead_in(text, above)}
            elif block.depth > above.depth:
                leads[block.depth] = _lead_in(text, above) or leads.get(above.depth)
            block = replace(block, lead=leads.get(block.depth))  # noqa: PLW2901
        found.append(block)
        above = block
    return tuple(found)


def _lead_in(text: str, block: Block | None) -> Span | None:
    if not isinstance(block, Paragraph | Item) or text[block.end - 1] != ":":
        return None
    start = block.start
    for stop in SENTENCE_STOP.finditer(text, block.start, block.end):
        start = stop.end()
    return (start, block.end)


def title_of(text: str, blocks: Sequence[Block]) -> str | None:
    """The first heading, on one line."""
    first = next((block for block in blocks if isinstance(block, Heading)), None)
    return " ".join(text[first.start : first.end].split()) if first else None
