"""An RTF file in, ``Document`` out: paragraphs, headings by style or outline level, lists, tables, footnotes.

Running headers and hidden or deleted text are dropped and listed.

Limits: tables in cells are read as the text of the cell; the numbers of automatic lists are not written out.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from briefgen.model.document import BlockKind, Document, Meta
from briefgen.parsers.assemble import make_document, make_source, title_of
from briefgen.parsers.pieces import Cell, Copies, Piece, flat, lay_out, make_table_piece, spread, with_typed_items
from briefgen.parsers.published import find_published
from briefgen.parsers.rtf_tokens import Run, read_runs

HEADING = re.compile(r"(?:heading|überschrift|titre|título|titolo)\s*(\d)\b", re.IGNORECASE)
NOT_FLAT = re.compile("[\ud800-\udfff]")
#: Styles that are headings whatever their outline level, by the level.
TITLES = {"title": 1, "subtitle": 2}
QUOTES = frozenset({"quote", "intense quote", "block text", "quotations"})
MARKS = frozenset({"listtext", "pntext"})


@dataclass
class Paragraph:
    """What is set for a paragraph."""

    style: int = 0
    outline: int | None = None
    depth: int = 0
    listed: bool = False
    mark: str = ""
    in_table: bool = False


class Row(NamedTuple):
    """The cells of a row, and where each ends on the page."""

    cells: list[str]
    edges: list[int]

    def over(self, at: int, edges: Sequence[int]) -> str:
        """The words of the cell above the one at a place in a row with other edges."""
        if len(self.edges) < len(self.cells) or at >= len(edges):
            return self.cells[at] if at < len(self.cells) else ""
        return self.cells[min(bisect_left(self.edges, edges[at]), len(self.cells) - 1)]


@dataclass
class Reading:
    """The state of one reading."""

    words: list[str] = field(default_factory=list)
    paragraph: Paragraph = field(default_factory=Paragraph)
    pieces: list[Piece] = field(default_factory=list)
    aside: dict[str, list[str]] = field(default_factory=dict)
    styles: dict[int, str] = field(default_factory=dict)
    cells: list[str] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    merge: str = ""
    caption: str = ""
    edges: list[int] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    copies: Copies = field(default_factory=Copies)

    def end_paragraph(self) -> None:
        """Make a block of the words so far; inside a table they are part of a cell."""
        words = said(self.words)
        if self.paragraph.in_table:
            self.words.append(" ")
            return
        self.words = []
        self.end_table()
        name = self.styles.get(self.paragraph.style, "").casefold()
        heading = HEADING.match(name)
        mark = said([self.paragraph.mark])
        piece = Piece(BlockKind.PARAGRAPH, words, mark=mark if re.search(r"\w", mark) else "")
        if heading or self.paragraph.outline is not None or name in TITLES:
            level = int(heading[1]) if heading else TITLES.get(name, 0) or (self.paragraph.outline or 0) + 1
            piece.kind, piece.level = BlockKind.HEADING, min(level, 6)
        elif self.paragraph.listed:
            piece.kind, piece.level = BlockKind.ITEM, self.paragraph.depth + 1
        elif name in QUOTES:
            piece.kind = BlockKind.QUOTE
        if re.search(r"\w", words):
            self.pieces.append(piece)
            self.caption = words if name == "caption" else ""
        self.paragraph.listed, self.paragraph.mark = False, ""

    def end_cell(self) -> None:
        """Take the words so far for a cell."""
        self.cells.append(said(self.words))
        self.words = []

    def end_row(self) -> None:
        """Take the cells so far for a row; a merged cell says what its neighbour says."""
        edges = self.edges[: len(self.cells)]
        if self.rows and not _is_same_table(self.rows[-1].edges, edges):
            self.end_table()
        above = self.rows[-1] if self.rows else Row([], [])
        for at, merge in enumerate(self.merged[: len(self.cells)]):
            if merge == "clmrg" and at:
                self.cells[at] = self.cells[at - 1]
            elif merge == "clvmrg" and above.cells:
                self.cells[at] = above.over(at, edges)
        self.rows.append(Row(self.cells, edges))
        self.cells = []

    def end_table(self) -> None:
        """Make a table of the rows so far."""
        piece = make_table_piece(spread(_on_grid(self.rows), self.copies), title=self.caption) if self.rows else None
        self.pieces += [piece] if piece else []
        self.rows = []
        self.caption = ""


def _is_same_table(above: Sequence[int], below: Sequence[int]) -> bool:
    """Whether rows with these right edges of cells may stand in one table: they share a line between columns."""
    return not above[:-1] or not below[:-1] or bool(set(above[:-1]) & set(below[:-1])) or not (above and below)


def _on_grid(rows: Sequence[Row]) -> list[list[Cell]]:
    """The rows with each cell as wide as its edges reach over those of the others."""
    grid = sorted({edge for row in rows for edge in row.edges})
    if any(len(row.edges) < len(row.cells) or row.edges != sorted(row.edges) for row in rows):
        return [[Cell(words) for words in row.cells] for row in rows]
    found = []
    for row in rows:
        places = [0, *(grid.index(edge) + 1 for edge in row.edges)]
        found.append([Cell(words, end - start) for words, (start, end) in zip(row.cells, pairwise(places), strict=True)])
    return found


def parse(path: str, data: bytes) -> Document:
    """Read an RTF file. Raises ``UnreadableError``."""
    reading = Reading()
    for run in read_runs(data):
        take(run, reading)
    reading.end_paragraph()
    reading.end_table()
    notes = [Piece(BlockKind.PARAGRAPH, words, label=f"note {i}") for i, words in enumerate(aside(reading, "footnote"), 1)]
    boxes = [Piece(BlockKind.PARAGRAPH, words, label="text box") for words in aside(reading, "shptxt")]
    running = [Piece(BlockKind.PARAGRAPH, words, why="running header") for words in dict.fromkeys(aside(reading, "running"))]
    unseen = [Piece(BlockKind.PARAGRAPH, words, why="hidden text") for words in aside(reading, "unseen")]
    layout = lay_out(with_typed_items(reading.pieces) + boxes + notes + running + unseen)
    published, published_from = find_published(layout.text, path)
    names = [name.strip() for name in " ".join(aside(reading, "author")).split(";")]
    meta = Meta(
        title=" ".join(aside(reading, "title"))[:500] or title_of(layout.text, layout.blocks),
        authors=tuple(name for name in names if name)[:20],
        published=published,
        published_from=published_from,
    )
    source = make_source(path, data, "application/rtf", None)
    return make_document(source, layout.text, layout.blocks, meta, dropped=layout.dropped, locators=layout.locators)


def take(run: Run, reading: Reading) -> None:
    """Take one run of text or one control word."""
    destination = run.state.destination
    if destination == "stylesheet":
        _take_style(run, reading)
    elif destination in MARKS:
        reading.paragraph.listed = True
        reading.paragraph.mark += run.text or " " * (run.word == "tab")
    elif destination in {"fonttbl", "info"}:
        return
    elif destination:
        name = destination if destination in {"footnote", "title", "author", "shptxt"} else "running"
        parted = run.word == destination or (name == "shptxt" and run.word == "par")
        reading.aside.setdefault(name, []).append("\n" if parted else " " if run.word == "par" else run.text)
    elif run.state.unseen and (run.text or run.word == "}"):
        reading.aside.setdefault("unseen", []).append(run.text or "\n")
    elif run.text:
        reading.words.append(run.text)
    elif run.word:
        _take_word(run.word, run.number, reading)


def _take_word(word: str, number: int | None, reading: Reading) -> None:
    paragraph = reading.paragraph
    if word in {"par", "sect", "page"}:
        reading.end_paragraph()
    elif word == "pard":
        reading.paragraph = Paragraph(listed=paragraph.listed, mark=paragraph.mark)
    elif word == "intbl":
        paragraph.in_table = True
    elif word in {"cell", "nestcell"}:
        reading.end_cell() if word == "cell" else reading.words.append(" ")
    elif word == "row":
        reading.end_row()
    elif word == "trowd":
        reading.merged, reading.merge, reading.edges = [], "", []
    elif word in {"clmrg", "clvmrg"}:
        reading.merge = word
    elif word == "cellx":
        reading.merged, reading.merge = [*reading.merged[:200], reading.merge], ""
        reading.edges = [*reading.edges[:200], number or 0]
    elif word == "s":
        paragraph.style = number or 0
    elif word == "outlinelevel" and number is not None and number < 9:
        paragraph.outline = number
    elif word == "ilvl":
        paragraph.depth = min(max(number or 0, 0), 8)


def _take_style(run: Run, reading: Reading) -> None:
    r"""The names of styles: ``{\s1 ... heading 1;}``."""
    if run.word == "s" and run.number is not None:
        reading.paragraph.style = run.number
    elif run.word == "}":
        reading.paragraph.style = 0
    elif run.text:
        known = reading.styles.get(reading.paragraph.style, "")
        reading.styles[reading.paragraph.style] = (known + run.text).partition(";")[0][:100]


def said(words: list[str]) -> str:
    """Runs as one; characters beyond the first plane come in two halves."""
    text = "".join(words)
    if NOT_FLAT.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return flat(text)


def aside(reading: Reading, name: str) -> list[str]:
    """The texts of one kind that stand beside the main text."""
    found = (said([part]) for part in "".join(reading.aside.get(name, [])).split("\n"))
    return [words for words in found if words]
