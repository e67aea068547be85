"""What tests look at in a document that was read."""

from __future__ import annotations

import itertools
from dataclasses import asdict

import pytest

from briefgen.model.document import Block, Document, Heading, Item, Table
from briefgen.model.errors import UnreadableError
from briefgen.parsers import parse


def shown(document: Document) -> str:
    """A document in lines that can be read: metadata, blocks, what was dropped, notes."""
    meta = {name: said for name, said in asdict(document.meta).items() if name != "published_from"}
    lines = [f"{name}: {', '.join(value) if isinstance(value, tuple) else value}" for name, value in meta.items() if value]
    if document.meta.published:
        lines.append(f"published from: {document.meta.published_from}")
    lines += [f"{_label(block)} | {_words(document.text, block)}" for block in document.blocks]
    lines += [f"dropped, {why} | {' '.join(document.text[start:end].split())[:60]}" for start, end, why in document.dropped]
    return "\n".join([*lines, *(f"note {note.code}" for note in document.notes)])


def _label(block: Block) -> str:
    return block.kind + str(block.level if isinstance(block, Heading) else block.depth if isinstance(block, Item) else "")


def _words(text: str, block: Block) -> str:
    if isinstance(block, Table):
        return " // ".join(" ; ".join(row) for row in block.rows)
    words = " ".join(text[block.start : block.end].split())
    words = words if len(words) <= 70 else f"{words[:40]} ... {words[-25:]}"
    lead = " <- " + " ".join(text[slice(*block.lead)].split()) if isinstance(block, Item) and block.lead else ""
    return words + lead


def only(path: str, data: bytes) -> Document:
    documents = parse(path, data)
    assert len(documents) == 1
    check_spans(documents[0])
    return documents[0]


def check_spans(document: Document) -> None:
    """Blocks and dropped spans lie in order inside the text, and cells are words of it."""
    assert [(b.start, b.end) for b in document.blocks] == sorted((b.start, b.end) for b in document.blocks)
    spans = sorted([*((b.start, b.end) for b in document.blocks), *((d.start, d.end) for d in document.dropped)])
    assert all(0 <= start < end <= len(document.text) for start, end in spans)
    assert all(first[1] <= second[0] for first, second in itertools.pairwise(spans))
    for table in tables(document):
        spelled = [document.text[start:end] for row in table.cells for start, end in row]
        assert spelled == [cell for row in table.rows for cell in row]
        assert all(table.start <= start <= end <= table.end for row in table.cells for start, end in row)


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def codes(document: Document) -> list[str]:
    return [note.code for note in document.notes]


def refusal(path: str, data: bytes) -> UnreadableError:
    with pytest.raises(UnreadableError) as refused:
        parse(path, data)
    assert refused.value.file == path
    return refused.value


def outcome(path: str, data: bytes) -> str:
    """The text of a file, or why it is refused."""
    try:
        return "\n".join(document.text for document in parse(path, data))
    except UnreadableError as refused:
        return refused.message
