"""A document as the parsers see it: one text, blocks over it, and what was dropped from it.

``text`` is written once by the parser and never changed; every offset in the project is a half-open span into it, in
code points. For plain text, Markdown and mail it is the decoded file itself, so a span is a place in the file.
"""

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from briefgen.model.base import Dropped, Note, Span, value

WORD = re.compile(r"\w+")


class BlockKind(StrEnum):
    """The closed list of block kinds."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    QUOTE = "quote"
    CODE = "code"
    TABLE = "table"


@value
class Source:
    """Where a document came from. ``id`` is the first 12 hex digits of ``sha256``, the digest of the file's bytes."""

    id: str
    path: str
    sha256: str
    media_type: str
    encoding: str | None = None
    size: int


@value
class Meta:
    """What a document says of itself. ``published`` is ISO 8601 in the precision that is known, or None: never invented."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    published: str | None = None
    published_from: str | None = None
    url: str | None = None
    language: str | None = None


@value
class Heading:
    """A heading; ``level`` 1 is the title of the document."""

    kind: Literal[BlockKind.HEADING] = BlockKind.HEADING
    start: int
    end: int
    level: int = 2


@value
class Paragraph:
    """Running prose."""

    kind: Literal[BlockKind.PARAGRAPH] = BlockKind.PARAGRAPH
    start: int
    end: int


@value
class Item:
    """A list item, without its bullet. ``lead`` is the span of the lead-in sentence, if one stands before the list."""

    kind: Literal[BlockKind.ITEM] = BlockKind.ITEM
    start: int
    end: int
    depth: int = 1
    lead: Span | None = None


@value
class Quote:
    """A block quotation."""

    kind: Literal[BlockKind.QUOTE] = BlockKind.QUOTE
    start: int
    end: int


@value
class Code:
    """Preformatted text: kept, never read for statements."""

    kind: Literal[BlockKind.CODE] = BlockKind.CODE
    start: int
    end: int


@value
class Table:
    """A table. ``cells[r][c]`` is the span of ``rows[r][c]`` in the text; a cell that the source leaves out is empty."""

    kind: Literal[BlockKind.TABLE] = BlockKind.TABLE
    start: int
    end: int
    title: str | None = None
    rows: tuple[tuple[str, ...], ...]
    cells: tuple[tuple[Span, ...], ...]
    header_rows: int = 1


Block = Annotated[Heading | Paragraph | Item | Quote | Code | Table, Field(discriminator="kind")]


@value
class Section:
    """A heading with what stands under it; ``blocks`` are indices into ``Document.blocks``. The preamble has no heading."""

    heading: str | None
    level: int
    start: int
    end: int
    blocks: tuple[int, ...]


@value
class Locator:
    """A label for the place where ``start`` begins, such as ``p. 3``. Plain text needs none: lines are counted."""

    start: int
    label: str


@value
class Words:
    """How many words a file holds, and what became of them; ``lost`` ones are neither kept nor dropped."""

    source: int
    kept: int
    dropped: int
    lost: int = 0


@value
class Document:
    """One parsed document. ``blocks`` are in reading order, do not overlap, and hold no dropped block."""

    source: Source
    meta: Meta
    text: str
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    notes: tuple[Note, ...] = ()
    locators: tuple[Locator, ...] = ()
    words: Words | None = None


@value
class Sentence:
    """A sentence of a prose block; ``block`` is the block's index."""

    start: int
    end: int
    block: int


def count_words(text: str, spans: Iterable[Span]) -> int:
    """The number of words in spans of a text."""
    return sum(len(WORD.findall(text, start, end)) for start, end in spans)
