"""Plain text in, ``Document`` out: what a bare line is, is decided by rules tried in their written order.

The text of the document is the decoded file itself, so every span is a place in the file. A heading in plain text is only a
line, so ``headings`` asks for its form and for what stands round it: precision first, since a heading taken for prose costs
little and a sentence taken for a heading is lost to the brief.

Limits: a table drawn with spaces or tabs is read as prose; so is an indented block of code.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from briefgen.model.base import Dropped
from briefgen.model.document import Block, Code, Document, Heading, Item, Paragraph, Quote
from briefgen.parsers import headings
from briefgen.parsers.assemble import make_document, make_source
from briefgen.parsers.encoding import decode
from briefgen.parsers.front_matter import meta_of, read_front
from briefgen.parsers.page import BULLET, RULER, SEPARATOR, Page, read_page
from briefgen.parsers.rows import make_table, split_row

#: What a rule found: the block, if it is one, and the line after it.
Found = tuple[Block | None, int]


def parse(path: str, data: bytes) -> Document:
    """Read a plain text file."""
    decoded = decode(data)
    text, front = decoded.text, read_front(decoded.text)
    blocks = [block for block in read_blocks(text) if block.start >= front.end]
    dropped = [Dropped(0, len(text[: front.end].rstrip()), "front matter")] if front.end else []
    source = make_source(path, data, "text/plain", decoded.encoding)
    return make_document(source, text, blocks, meta_of(front, path, text, blocks), notes=decoded.notes, dropped=dropped)


def read_blocks(text: str) -> list[Block]:
    """The blocks of a plain text, in order."""
    page = read_page(text)
    blocks: list[Block] = []
    at = 0
    while at < len(page.lines):
        block, at = next(found for rule in RULES if (found := rule(page, at)))
        if block:
            blocks.append(block)
    return with_depths(blocks)


def blank(page: Page, at: int) -> Found | None:
    """An empty line, or a ruler of dashes, stars or the like."""
    words = page.lines[at].words
    return (None, at + 1) if RULER.match(words) and not words.startswith(("```", "~~~")) else None


def fence(page: Page, at: int) -> Found | None:
    """Code between fences; a fence without its fellow is no fence."""
    mark = page.lines[at].words[:3]
    if mark not in {"```", "~~~"}:
        return None
    close = next((i for i in range(at + 1, len(page.lines)) if page.lines[i].words == mark), None)
    if close is None:
        return (None, at + 1) if RULER.match(page.lines[at].words) else None
    return Code(start=page.lines[at].start, end=page.lines[close].end), close + 1


def table(page: Page, at: int) -> Found | None:
    """Rows of cells between pipes. The separator under the header is not a row."""
    end = page.table_end(at)
    if end == at:
        return None
    lines = page.lines[at:end]
    rows = [split_row(page.text, line.start, line.end) for line in lines if not SEPARATOR.match(line.words)]
    return make_table(page.text, rows, lines[0].start, lines[-1].end), end


def heading(page: Page, at: int) -> Found | None:
    """A line that ``headings`` takes for one, or one marked with # or underlined."""
    marked = headings.marked(page, at) or headings.underlined(page, at)
    if marked:
        return marked
    level, end = headings.bare(page, at), page.reach(at)
    return (Heading(start=page.lines[at].start, end=page.lines[end - 1].end, level=level), end) if level else None


def item(page: Page, at: int) -> Found | None:
    """A list item, without its bullet."""
    bullet = BULLET.match(page.lines[at].words)
    if not bullet:
        return None
    end = page.reach(at)
    # the column stands in for the depth until ``with_depths`` has seen the whole list
    return Item(start=page.lines[at].start + bullet.end(), end=page.lines[end - 1].end, depth=1 + page.lines[at].indent), end


def quote(page: Page, at: int) -> Found | None:
    """Lines that begin with ">", without the first mark."""
    end = at
    while end < len(page.lines) and page.lines[end].words.startswith(">"):
        end += 1
    if end == at:
        return None
    stop = page.lines[end - 1].end
    said = page.text[page.lines[at].start : stop].lstrip("> \t\r\n")
    return (Quote(start=stop - len(said), end=stop) if said else None), end


def paragraph(page: Page, at: int) -> Found | None:
    """What no other rule wants."""
    end = page.reach(at)
    return Paragraph(start=page.lines[at].start, end=page.lines[end - 1].end), end


RULES: tuple[Callable[[Page, int], Found | None], ...] = (blank, fence, table, heading, item, quote, paragraph)


def with_depths(blocks: list[Block]) -> list[Block]:
    """Items with their depth in the list, from the column that ``item`` left there."""
    columns: list[int] = []
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, Item):
            columns = [column for column in columns if column < block.depth] + [block.depth]
            found.append(replace(block, depth=len(columns)))
        else:
            columns = []
            found.append(block)
    return found
