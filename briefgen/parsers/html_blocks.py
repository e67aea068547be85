"""A tree of HTML elements in, the blocks that a reader sees out, with the text that they are spans of.

The walk goes over the whole tree, since extractors of main text lose headings on plain pages and flatten spanned tables.
What is main text and what is page is decided later (``html``); here a piece only remembers whether it stood in a part of the
page that is made for navigation.

Limits: text that a style sheet hides or a script writes is not known to be hidden or there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from briefgen.model.base import Span
from briefgen.model.document import Block, BlockKind, Code, Heading, Item, Locator, Paragraph, Quote, Table

Element = Any
#: Elements whose text no reader sees as prose.
UNSEEN = frozenset(
    "script style noscript template head title iframe object embed applet svg math select datalist option button input "
    "textarea canvas audio video map area frameset noframes dialog meter progress rp rt".split()
)
BLOCKS = frozenset(
    "address article aside body blockquote caption center dd details dir div dl dt fieldset figcaption figure footer form h1 "
    "h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul xmp "
    "listing plaintext".split()
)
LISTS = frozenset({"ul", "ol", "menu", "dir"})
HOLDERS = frozenset({"article", "main"})
FURNITURE = frozenset({"nav", "footer", "aside", "form"})
FURNITURE_ROLES = frozenset("navigation search contentinfo complementary menu menubar toolbar dialog banner".split())
HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
#: Classes of text that is there for screen readers and keyboards only.
HIDDEN_CLASS = re.compile(
    r"\b(?:sr-only|visually-?hidden|screen-reader|skip[-_]?(?:to|link|nav|content)|jump-?link)", re.IGNORECASE
)
ZERO_WIDTH = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
PARAGRAPH_BREAK = re.compile(r"\n\s*\n")
#: A table with more cells than this, or a spread wider than this, is not spread any further.
MOST_CELLS, WIDEST_SPREAD = 20_000, 100
#: A block with this share of its letters in links is a link.
MOSTLY = 0.9
#: Cells of this mean length are columns of a page, not of a table.
LAYOUT_CELL = 400


@dataclass
class Piece:
    """A block before it has a place in the text."""

    kind: BlockKind
    words: str
    level: int = 1
    furniture: bool = False
    linked: bool = False
    holder: int = 0
    rows: list[list[str]] = field(default_factory=list)
    title: str | None = None
    header_rows: int = 1

    @property
    def is_own(self) -> bool:
        """Whether the piece may belong to the article, for all that can be told by its place and its links."""
        return not (self.furniture or self.linked)


class Walk:
    """The state of one walk: the words since the last border, and the elements that stand open."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.words: list[str] = []
        self.links = self.linked_letters = 0
        self.lists = self.quotes = self.furniture = self.preformatted = 0
        self.heading = 0
        self.linked = False
        self.holders = [0]
        self.fresh_items: list[bool] = []

    def flush(self) -> None:
        """Make a block of the words so far."""
        words, self.words = "".join(self.words), []
        linked, self.linked_letters = self.linked_letters, 0
        self.linked = linked >= MOSTLY * len(words.strip())
        if self.preformatted:
            self._add(BlockKind.CODE, words.strip("\n").rstrip())
            return
        for part in PARAGRAPH_BREAK.split(words):
            self._add(self._kind(), flat(part))

    def _kind(self) -> BlockKind:
        if self.heading:
            return BlockKind.HEADING
        if self.fresh_items and self.fresh_items[-1]:
            return BlockKind.ITEM
        return BlockKind.QUOTE if self.quotes else BlockKind.PARAGRAPH

    def _add(self, kind: BlockKind, words: str) -> None:
        if not re.search(r"\w", words):
            return
        level = self.heading if kind is BlockKind.HEADING else max(self.lists, 1)
        self.pieces.append(Piece(kind, words, level, bool(self.furniture), self.linked, self.holders[-1]))
        if kind is BlockKind.ITEM:
            self.fresh_items[-1] = False

    def say(self, words: str) -> None:
        """Words of the page, as they stand in it."""
        self.words.append(words)
        self.linked_letters += len(words.strip()) if self.links else 0

    def enter(self, element: Element, tag: str) -> None:
        """An element opens that a reader sees."""
        self.links += tag == "a"
        if tag in BLOCKS:
            self.flush()
            self._count(element, tag, 1)
        if tag in HOLDERS:
            self.holders.append(len(self.pieces) + 1)
        if tag == "li":
            self.fresh_items.append(True)
        elif tag == "br":
            self.words.append("\n")

    def leave(self, element: Element, tag: str) -> None:
        """It closes."""
        self.links -= tag == "a"
        if tag in BLOCKS:
            self.flush()
            self._count(element, tag, -1)
        if tag in HOLDERS:
            self.holders.pop()
        if tag == "li":
            self.fresh_items.pop()

    def _count(self, element: Element, tag: str, step: int) -> None:
        self.lists += step * (tag in LISTS)
        self.quotes += step * (tag == "blockquote")
        self.preformatted += step * (tag in {"pre", "xmp", "listing", "plaintext"})
        self.furniture += step * is_furniture(element, tag)
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.heading = int(tag[1]) if step > 0 else 0


def read_pieces(body: Element) -> list[Piece]:
    """The blocks of a page in reading order. Elements may be nested to any depth."""
    from lxml.etree import iterwalk

    walk = Walk()
    unseen: list[Element] = []
    events = iterwalk(body, events=("start", "end"))
    for event, element in events:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if not tag or is_unseen(element, tag):
                unseen.append(element)
                events.skip_subtree()
            elif tag == "table" and is_data_table(element):
                walk.flush()
                walk.pieces += table_pieces(element, bool(walk.furniture))
                unseen.append(element)
                events.skip_subtree()
            else:
                walk.enter(element, tag)
                walk.say(_flowing(element.text or "", walk))
            continue
        if unseen and unseen[-1] is element:
            unseen.pop()
        else:
            walk.leave(element, tag)
        if element is not body and element.tail:
            walk.say(_flowing(element.tail, walk))
    walk.flush()
    return walk.pieces


def _flowing(words: str, walk: Walk) -> str:
    """Line ends in the source are white space: only ``br`` breaks a line."""
    return words if walk.preformatted else words.replace("\n", " ").replace("\r", " ")


def is_unseen(element: Element, tag: str) -> bool:
    """Whether a reader does not see an element."""
    hidden = element.get("hidden") is not None or element.get("aria-hidden") == "true"
    named = HIDDEN_CLASS.search(element.get("class") or "") and tag != "body"
    return tag in UNSEEN or hidden or bool(named or HIDDEN_STYLE.search(element.get("style") or ""))


def is_furniture(element: Element, tag: str) -> bool:
    """Whether an element is made for finding one's way and not for reading."""
    return tag in FURNITURE or (element.get("role") or "").lower() in FURNITURE_ROLES


def flat(words: str) -> str:
    """Words on one line, without invisible characters."""
    return " ".join(ZERO_WIDTH.sub("", words).split())


def is_data_table(table: Element) -> bool:
    """Whether a table holds data, and not the columns of a page."""
    if (table.get("role") or "").lower() in {"presentation", "none"}:
        return False
    has_headers = next(table.iter("th"), None) is not None
    nested = sum(1 for _ in _some(table.iter("table"), 2)) > 1
    if nested or next(table.iter("h1", "h2", "h3", "form", "article"), None) is not None:
        return False
    rows = [sum(1 for cell in row if cell.tag in {"td", "th"}) for row in table.iter("tr")]
    if len(rows) < 2 or max(rows) < 2:
        return False
    length = sum(len(piece) for piece in table.itertext())
    return has_headers or length / sum(rows) < LAYOUT_CELL


def _some(elements: Iterator[Element], count: int) -> Iterator[Element]:
    for _, element in zip(range(count), elements, strict=False):
        yield element


def table_pieces(table: Element, furniture: bool) -> list[Piece]:
    """A data table, with every spanned cell written out where it reaches."""
    caption = next((flat(_seen_text(element)) for element in table.iter("caption")), None)
    rows = list(table.iter("tr"))
    grid = _spread(rows)
    headers = next((i for i, row in enumerate(rows) if any(cell.tag == "td" for cell in row)), 1)
    if not any(cell for row in grid for cell in row):
        return []
    words = "\n".join(" | ".join(row) for row in grid)
    piece = Piece(BlockKind.TABLE, words, furniture=furniture, rows=grid, title=caption or None, header_rows=max(1, headers))
    return [piece]


def _spread(rows: Sequence[Element]) -> list[list[str]]:
    """The grid of a table: ``colspan`` and ``rowspan`` repeat a cell, within bounds."""
    grid: list[dict[int, str]] = [{} for _ in rows]
    cells = 0
    for at, row in enumerate(rows):
        column = 0
        for cell in row:
            if cell.tag not in {"td", "th"}:
                continue
            while column in grid[at]:
                column += 1
            wide, high = _reach(cell.get("colspan")), min(_reach(cell.get("rowspan")), len(rows) - at)
            wide, high = (wide, high) if cells + wide * high <= MOST_CELLS else (1, 1)
            words = flat(_seen_text(cell))
            for line in grid[at : at + high]:
                line.update(dict.fromkeys(range(column, column + wide), words))
            cells += wide * high
            column += wide
    width = max((max(line, default=-1) + 1 for line in grid), default=0)
    width = width if width * len(grid) <= 10 * MOST_CELLS else 0
    return [[line.get(i, "") for i in range(max(width, max(line, default=-1) + 1))] for line in grid if line]


def _reach(span: str | None) -> int:
    return max(1, min(int(span), WIDEST_SPREAD)) if span and span.strip().isdecimal() else 1


def _seen_text(element: Element) -> str:
    """The text that a reader sees in a cell."""
    from lxml.etree import iterwalk

    words: list[str] = []
    events = iterwalk(element, events=("start", "end"))
    skipped: list[Element] = []
    for event, inner in events:
        tag = inner.tag if isinstance(inner.tag, str) else ""
        if event == "start":
            if not tag or is_unseen(inner, tag):
                skipped.append(inner)
                events.skip_subtree()
            else:
                words.append(" " * (tag in BLOCKS or tag == "br") + (inner.text or ""))
            continue
        if skipped and skipped[-1] is inner:
            skipped.pop()
        if inner is not element:
            words.append(" " * (tag in BLOCKS) + (inner.tail or ""))
    return "".join(words)


def lay_out(pieces: Sequence[Piece]) -> tuple[str, list[Block], list[Locator]]:
    """The text, the blocks over it, and a label for each block's place."""
    blocks: list[Block] = []
    at = 0
    for piece in pieces:
        blocks.append(_place(piece, at))
        at += len(piece.words) + 2
    locators = [Locator(start=block.start, label=f"para {i}") for i, block in enumerate(blocks, start=1)]
    return "\n\n".join(piece.words for piece in pieces), blocks, locators


def _place(piece: Piece, start: int) -> Block:
    end = start + len(piece.words)
    match piece.kind:
        case BlockKind.HEADING:
            return Heading(start=start, end=end, level=piece.level)
        case BlockKind.ITEM:
            return Item(start=start, end=end, depth=piece.level)
        case BlockKind.QUOTE:
            return Quote(start=start, end=end)
        case BlockKind.CODE:
            return Code(start=start, end=end)
        case BlockKind.TABLE:
            return _placed_table(piece, start, end)
    return Paragraph(start=start, end=end)


def _placed_table(piece: Piece, start: int, end: int) -> Table:
    cells: list[tuple[Span, ...]] = []
    at = start
    for row in piece.rows:
        spans: list[Span] = []
        for cell in row:
            spans.append((at, at + len(cell)))
            at += len(cell) + 3
        cells.append(tuple(spans))
        at -= 2
    header_rows = min(piece.header_rows, len(cells))
    rows = tuple(map(tuple, piece.rows))
    return Table(start=start, end=end, title=piece.title, rows=rows, cells=tuple(cells), header_rows=header_rows)
