"""Markdown in, ``Document`` out: markdown-it-py finds the blocks, the text is the decoded file itself.

Only block structure is asked for: inline markup stays in the text, so that every span is a place in the file, and hostile
inline markup costs nothing. Front matter becomes metadata and is listed as dropped.

Limits: sentences keep their emphasis marks and link targets; a block of raw HTML is kept as code and not read.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from briefgen.model.base import Dropped
from briefgen.model.document import Block, Code, Document, Heading, Item, Paragraph, Quote
from briefgen.parsers.assemble import make_document, make_source
from briefgen.parsers.encoding import decode
from briefgen.parsers.front_matter import meta_of, read_front
from briefgen.parsers.rows import make_table, split_row
from briefgen.parsers.text import read_blocks

if TYPE_CHECKING:
    from markdown_it.token import Token

NEWLINE = re.compile(r"\r\n?|\n")
BOLD_LINE = re.compile(r"(\*\*|__)(?P<words>[^*_\n]{2,100}[^*_\n.:;,!])\1\Z")
TAG = re.compile(r"<!--.*?(?:-->|\Z)|<[^>]*>", re.DOTALL)
CONTAINER = re.compile(r"[>\s]*")


class Lines(NamedTuple):
    """A text with the places where its lines start, counted as Markdown counts them."""

    text: str
    starts: list[int]

    def span(self, first: int, end: int) -> tuple[int, int]:
        """The span of lines ``[first, end)`` without the white space round them."""
        start = self.starts[min(first, len(self.starts) - 1)]
        stop = self.starts[end] if end < len(self.starts) else len(self.text)
        words = self.text[start:stop]
        start += len(words) - len(words.lstrip())
        return start, start + len(words.strip())


def parse(path: str, data: bytes) -> Document:
    """Read a Markdown file."""
    decoded = decode(data)
    text = decoded.text
    front = read_front(text)
    start = front.end
    blocks, markup = _read(text, start)
    if not blocks and not markup:
        blocks = [block for block in read_blocks(text) if block.start >= start]
    dropped = [Dropped(*span, "markup") for span in markup]
    if start:
        dropped.append(Dropped(0, len(text[:start].rstrip()), "front matter"))
    source = make_source(path, data, "text/markdown", decoded.encoding)
    return make_document(source, text, blocks, meta_of(front, path, text, blocks), notes=decoded.notes, dropped=dropped)


def _read(text: str, start: int) -> tuple[list[Block], list[tuple[int, int]]]:
    """The blocks of ``text`` from ``start`` on, and the spans of bare markup."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"maxNesting": 60}).enable("table").disable("inline")
    lines = Lines(text, [0, *(newline.end() for newline in NEWLINE.finditer(text))])
    before = "\n" * (bisect_right(lines.starts, start) - 1)
    blocks: list[Block] = []
    markup: list[tuple[int, int]] = []
    containers: list[str] = []
    for token in parser.parse(before + text[start:]):
        _enter_or_leave(containers, token)
        block = _block(token, containers, lines)
        if isinstance(block, tuple):
            markup.append(block)
        elif block and block.start < block.end and (not blocks or block.start >= blocks[-1].end):
            blocks.append(block)
            if containers and containers[-1] == "item":
                containers[-1] = "item, more"
    return blocks, markup


def _enter_or_leave(containers: list[str], token: Token) -> None:
    kind = token.type.rpartition("_")[0]
    name = {"list_item": "item", "blockquote": "quote", "heading": token.tag, "table": "table"}.get(kind)
    if name and token.nesting > 0:
        containers.append(name)
    elif name and token.nesting < 0:
        containers.pop()


def _block(token: Token, containers: list[str], lines: Lines) -> Block | tuple[int, int] | None:
    """The block that a token makes; a bare span for markup without words; None for a token that makes none."""
    inner = containers[-1] if containers else ""
    if token.map is None:
        return None
    if token.type == "table_open":
        return _table(lines, *token.map)
    if token.type == "inline" and "table" not in containers:
        depth = 1 + sum(name.startswith("item") for name in containers[:-1])
        return _prose(inner, depth, *_inline_span(token.content, lines, *token.map), lines.text)
    start, end = lines.span(*token.map)
    if token.type in {"fence", "code_block"}:
        return Code(start=start, end=end)
    if token.type == "html_block":
        return Code(start=start, end=end) if re.search(r"\w", TAG.sub("", token.content)) else (start, end)
    return None


def _prose(inner: str, depth: int, start: int, end: int, text: str) -> Block:
    if inner.startswith("h"):
        return Heading(start=start, end=end, level=int(inner[1]))
    if inner == "item":
        return Item(start=start, end=end, depth=depth)
    if inner == "quote":
        return Quote(start=start, end=end)
    bold = BOLD_LINE.match(text, start, end)
    if bold and bold.end() == end and not inner:
        return Heading(start=bold.start("words"), end=bold.end("words"), level=3)
    return Paragraph(start=start, end=end)


def _inline_span(content: str, lines: Lines, first: int, end: int) -> tuple[int, int]:
    """Where ``content`` stands in the file: behind the marks of its containers, before those of a closed heading."""
    start, stop = lines.span(first, end)
    rows = content.split("\n")
    begin = lines.text.find(rows[0].strip(), start, stop)
    last = lines.text.rfind(rows[-1].strip(), max(begin, start), stop)
    return (begin, last + len(rows[-1].strip())) if begin >= 0 and last >= begin else (start, stop)


def _table(lines: Lines, first: int, end: int) -> Block:
    bounds = [_inside(lines, i) for i in range(first, end)]
    # the second line is the separator
    rows = [split_row(lines.text, start, stop) for i, (start, stop) in enumerate(bounds) if i != 1 and start < stop]
    return make_table(lines.text, rows, bounds[0][0], bounds[-1][1])


def _inside(lines: Lines, line: int) -> tuple[int, int]:
    """The span of a row without the marks of the quotation that it stands in."""
    start, stop = lines.span(line, line + 1)
    opening = CONTAINER.match(lines.text, start, stop)
    return (opening.end() if opening else start), stop
