"""An RTF file in, ``Document`` out: paragraphs, headings by style or outline level, lists, tables, footnotes.

Running headers and hidden or deleted text are dropped and listed.

Limits: tables in cells are read as the text of the cell; the numbers of automatic lists are not written out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from briefgen.model.document import BlockKind, Document, Meta
from briefgen.parsers.assemble import make_document, make_source, title_of
from briefgen.parsers.pieces import Piece, flat, lay_out, make_table_piece
from briefgen.parsers.published import find_published
from briefgen.parsers.rtf_tokens import Run, read_runs

HEADING = re.compile(r"(?:heading|überschrift|titre|título|titolo)\s*(\d)\b", re.IGNORECASE)
NOT_FLAT = re.compile("[\ud800-\udfff]")
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
    rows: list[list[str]] = field(default_factory=list)

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
        mark = flat(self.paragraph.mark)
        piece = Piece(BlockKind.PARAGRAPH, words, mark=mark if re.search(r"\w", mark) else "")
        if heading or self.paragraph.outline is not None or name == "title":
            piece.kind = BlockKind.HEADING
            piece.level = min(int(heading[1]) if heading else (self.paragraph.outline or 0) + 1, 6)
        elif self.paragraph.listed:
            piece.kind, piece.level = BlockKind.ITEM, self.paragraph.depth + 1
        if re.search(r"\w", words):
            self.pieces.append(piece)
        self.paragraph.listed, self.paragraph.mark = False, ""

    def end_cell(self) -> None:
        """Take the words so far for a cell."""
        self.cells.append(said(self.words))
        self.words = []

    def end_row(self) -> None:
        """Take the cells so far for a row; a merged cell says what its neighbour says."""
        above = self.rows[-1] if self.rows else []
        for at, merge in enumerate(self.merged[: len(self.cells)]):
            if merge == "clmrg" and at:
                self.cells[at] = self.cells[at - 1]
            elif merge == "clvmrg" and at < len(above):
                self.cells[at] = above[at]
        self.rows.append(self.cells)
        self.cells = []

    def end_table(self) -> None:
        """Make a table of the rows so far."""
        piece = make_table_piece(self.rows) if self.rows else None
        self.pieces += [piece] if piece else []
        self.rows = []


def parse(path: str, data: bytes) -> Document:
    """Read an RTF file. Raises ``UnreadableError``."""
    reading = Reading()
    for run in read_runs(data):
        take(run, reading)
    reading.end_paragraph()
    reading.end_table()
    notes = [Piece(BlockKind.PARAGRAPH, words, label=f"note {i}") for i, words in enumerate(aside(reading, "footnote"), 1)]
    running = [Piece(BlockKind.PARAGRAPH, words, why="running header") for words in dict.fromkeys(aside(reading, "running"))]
    unseen = [Piece(BlockKind.PARAGRAPH, words, why="hidden text") for words in aside(reading, "unseen")]
    layout = lay_out(reading.pieces + notes + running + unseen)
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
        name = destination if destination in {"footnote", "title", "author"} else "running"
        reading.aside.setdefault(name, []).append("\n" if run.word == destination else " " if run.word == "par" else run.text)
    elif run.state.unseen and run.text:
        reading.aside.setdefault("unseen", []).append(run.text)
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
        reading.merged, reading.merge = [], ""
    elif word in {"clmrg", "clvmrg"}:
        reading.merge = word
    elif word == "cellx":
        reading.merged, reading.merge = [*reading.merged[:200], reading.merge], ""
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
