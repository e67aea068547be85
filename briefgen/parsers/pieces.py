"""Blocks as a parser finds them in, the text that they are spans of out: for formats whose files are no text themselves.

A piece is a block before it has a place. What a parser takes for no content it leaves in with the reason (``why``), so that it
stands in the text and is listed as dropped, and can be checked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from briefgen.model.base import Dropped, Span
from briefgen.model.document import Block, BlockKind, Code, Heading, Item, Locator, Paragraph, Quote, Table

ZERO_WIDTH = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
TYPED = re.compile(r"([•●▪◦‣▸►■□✓-])\s+(?=\S)")
#: A table with more cells than this, or a spread wider than this, is not spread any further.
MOST_CELLS, WIDEST_SPREAD = 20_000, 100
#: Merged cells may repeat so many characters of a document; beyond that each says its words once.
MOST_COPIED = 1_000_000
#: Short rows are filled up in a table of so many cells, and in a larger one if it gets so many times as many by it.
LEAST_FILLED, MOST_FILLED = 1_000, 10
BORDER = " | "


@dataclass
class Piece:
    """A block before it has a place in the text; ``level`` is a heading's or an item's depth, ``mark`` stands before it."""

    kind: BlockKind
    words: str
    level: int = 1
    furniture: bool = False
    linked: bool = False
    holder: int = 0
    aside: int = 0
    rows: list[list[str]] = field(default_factory=list)
    title: str | None = None
    header_rows: int = 1
    why: str = ""
    label: str = ""
    mark: str = ""

    @property
    def shown(self) -> str:
        """The words with the number, bullet or caption that stands before them."""
        parted = "\n" if self.kind is BlockKind.TABLE else " "
        return f"{self.mark}{parted}{self.words}" if self.mark else self.words

    @property
    def is_own(self) -> bool:
        """Whether the piece may belong to the article, for all that can be told by its place and its links."""
        return not (self.furniture or self.linked or self.aside)


class Cell(NamedTuple):
    """A cell of a table, with the columns and rows that it reaches over."""

    words: str
    wide: int = 1
    high: int = 1


@dataclass
class Copies:
    """What merged cells may still repeat of a document: one that does harm lets every cell reach over all others."""

    left: int = MOST_COPIED

    def allow(self, words: str, times: int) -> bool:
        """Whether the words may be repeated so many times more; if so, it is counted."""
        characters = times * (len(words) + len(BORDER))
        if characters > self.left:
            return False
        self.left -= characters
        return True


class Layout(NamedTuple):
    """The text, the blocks over it, what of it is no content, and a label for each block's place."""

    text: str
    blocks: list[Block]
    dropped: list[Dropped]
    locators: list[Locator]


def flat(words: str) -> str:
    """Words on one line, without invisible characters."""
    return " ".join(ZERO_WIDTH.sub("", words).split())


def spread(rows: Sequence[Sequence[Cell]], copies: Copies) -> list[list[str]]:
    """The grid of a table: a cell is repeated where it reaches, within bounds."""
    grid: list[dict[int, str]] = [{} for _ in rows]
    cells = 0
    for at, row in enumerate(rows):
        column = 0
        for cell in row:
            while column in grid[at]:
                column += 1
            wide, high = max(1, min(cell.wide, WIDEST_SPREAD)), max(1, min(cell.high, WIDEST_SPREAD, len(rows) - at))
            if cells + wide * high > MOST_CELLS or not copies.allow(cell.words, wide * high - 1):
                wide = high = 1
            for line in grid[at : at + high]:
                line.update(dict.fromkeys(range(column, column + wide), cell.words))
            cells += wide * high
            column += wide
    return [[line.get(i, "") for i in range(max(line) + 1)] for line in grid if line]


def make_table_piece(
    rows: Sequence[Sequence[str]], *, title: str | None = None, header_rows: int = 1, label: str = ""
) -> Piece | None:
    """A table of flat cells, short rows filled up where that stays small; None if all cells are empty."""
    if not any(cell for row in rows for cell in row):
        return None
    width = max(len(row) for row in rows)
    width = width if width * len(rows) <= LEAST_FILLED + MOST_FILLED * sum(map(len, rows)) else 0
    grid = [[*row, *[""] * (width - len(row))] for row in rows]
    words = "\n".join(BORDER.join(row) for row in grid)
    return Piece(BlockKind.TABLE, words, rows=grid, title=title or None, header_rows=max(1, header_rows), label=label)


def with_typed_items(pieces: Sequence[Piece]) -> list[Piece]:
    """Two or more paragraphs in a row that begin with a bullet as somebody typed it are items."""
    bullets = [TYPED.match(piece.words) if piece.kind is BlockKind.PARAGRAPH and not piece.why else None for piece in pieces]
    found: list[Piece] = []
    for at, (piece, bullet) in enumerate(zip(pieces, bullets, strict=True)):
        if bullet and (bullets[at - 1 : at] not in ([], [None]) or bullets[at + 1 : at + 2] not in ([], [None])):
            piece = replace(piece, kind=BlockKind.ITEM, words=piece.words[bullet.end() :], mark=bullet[1])  # noqa: PLW2901
        found.append(piece)
    return found


def lay_out(pieces: Sequence[Piece]) -> Layout:
    """Give the pieces their places, a blank line between them."""
    layout = Layout("\n\n".join(piece.shown for piece in pieces), [], [], [])
    at = 0
    for number, piece in enumerate(pieces, start=1):
        end = at + len(piece.shown)
        start = end - len(piece.words)
        if piece.why:
            layout.dropped.append(Dropped(at, end, piece.why))
        else:
            layout.blocks.append(_place(piece, start))
            layout.locators.append(Locator(start=start, label=piece.label or f"para {number}"))
        at = end + 2
    return layout


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
