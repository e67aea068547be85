"""A Word document (DOCX) in, ``Document`` out: the text as it reads when all tracked changes are accepted.

The parts are read as XML and not through a library, since text boxes, content controls, nested tables and tracked changes are
only there. Footnotes stand at the end. Running headers and footers, contents and hidden text are dropped and listed.

Limits: the number of an automatic list or heading is not written out; formulas and pictures are left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from briefgen.model.base import Note
from briefgen.model.document import BlockKind, Document, Meta
from briefgen.model.errors import UnreadableError
from briefgen.parsers.archive import Archive
from briefgen.parsers.assemble import make_document, make_source, title_of
from briefgen.parsers.html_blocks import LAYOUT_CELL
from briefgen.parsers.ooxml import Properties, read_part, read_properties
from briefgen.parsers.pieces import Copies, Layout, Piece, flat, lay_out, make_table_piece, with_typed_items
from briefgen.parsers.published import find_published
from briefgen.parsers.word_styles import Styles, child, is_on, value_of
from briefgen.parsers.xmltree import Element, attribute, local, words_in_tree

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
#: Elements whose text is not part of the accepted text: deleted, moved away, the inside of fields, a second version.
UNREAD = frozenset(
    {"del", "moveFrom", "delText", "instrText", "delInstrText", "Fallback", "rPr", "pPr", "sdtPr", "rubyPr", "rt"}
)
#: Characters of the Symbol font that stand in sentences.
SYMBOLS = {"B0": "°", "A3": "≤", "B3": "≥", "B1": "±", "B4": "×", "B8": "÷", "B9": "≠", "AE": "→", "2D": "−", "6D": "µ"}
BLANKS = {"tab": " ", "br": " ", "cr": " ", "noBreakHyphen": "-", "ptab": " "}
NOTES = (("word/footnotes.xml", "footnote"), ("word/endnotes.xml", "endnote"))
#: A paragraph of at most so many bold words is a heading, in a document that has no others.
LONGEST_HEADING = 12
WIDEST = 100


@dataclass
class Reading:
    """The state of one reading."""

    styles: Styles
    pieces: list[Piece] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    title: str | None = None
    caption: str | None = None
    joined: str = ""
    copies: Copies = field(default_factory=Copies)


def parse(path: str, data: bytes) -> Document:
    """Read a Word document. Raises ``UnreadableError``."""
    archive = Archive(data)
    main = next((name for name in archive.names if name.startswith("word/document") and name.endswith(".xml")), "")
    root = read_part(archive, main)
    body = next((each for each in root.iter() if local(each) == "body"), None) if root is not None else None
    if body is None:
        raise UnreadableError("damaged", "there is no text in the Word document: save it again")
    reading = Reading(Styles(read_part(archive, "word/styles.xml")))
    _read_blocks(body, reading)
    _promote(reading)
    _read_aside(archive, reading)
    layout = lay_out(with_typed_items([piece for piece in reading.pieces if piece.words.strip()]))
    source = make_source(path, data, MEDIA_TYPE, None)
    meta = _meta(read_properties(archive), reading.title, layout, path)
    return make_document(
        source,
        layout.text,
        layout.blocks,
        meta,
        notes=_notes(archive),
        dropped=layout.dropped,
        locators=layout.locators,
        words=_all_words(body),
    )


def _all_words(body: Element) -> Counter[str]:
    """The accepted words of the body, hidden ones too."""
    return words_in_tree(
        body,
        lambda each: local(each) in UNREAD,
        lambda each: local(each) in {"p", "sym", *BLANKS},
        lambda each: (each.text or "") if local(each) == "t" else "",
    )


def _meta(said: Properties, title: str | None, layout: Layout, path: str) -> Meta:
    published, published_from = find_published(layout.text, path)
    if not published and said.dates:
        published, published_from = said.dates[0]
    return Meta(
        title=title or said.title or title_of(layout.text, layout.blocks),
        authors=said.authors,
        published=published,
        published_from=published_from,
        language=said.language,
    )


def _notes(archive: Archive) -> Iterator[Note]:
    comments = read_part(archive, "word/comments.xml")
    if comments is not None and any(local(each) == "comment" for each in comments):
        yield Note(code="comments", message="the comments in its margin were not read")


def _read_blocks(holder: Element, reading: Reading) -> None:
    """The blocks of a body, a cell, a text box or a content control, in order."""
    for element in holder:
        name = local(element)
        if name == "p":
            _read_paragraph(element, reading)
        elif name == "tbl":
            _read_table(element, reading)
        elif name not in UNREAD and name:
            _read_blocks(element, reading)


def _read_paragraph(paragraph: Element, reading: Reading) -> None:
    properties = child(paragraph, "pPr")
    kind = reading.styles.kind(properties)
    words = flat(reading.joined + _words(paragraph, reading.hidden))
    if is_on(child(properties, "rPr"), "del"):  # the end of the paragraph was deleted
        reading.joined = f"{words} "
        return
    reading.joined = ""
    piece = Piece(BlockKind.PARAGRAPH, words)
    if kind.level:
        piece.kind, piece.level = BlockKind.HEADING, kind.level
    elif kind.depth:
        piece.kind, piece.level = BlockKind.ITEM, kind.depth
    elif kind.is_quote:
        piece.kind = BlockKind.QUOTE
    elif kind.is_contents:
        piece.why = "table of contents"
    reading.caption = words if kind.is_caption else None
    if words:
        reading.pieces.append(piece)
        reading.title = reading.title or (words if kind.is_title else None)
        piece.furniture = piece.kind is BlockKind.PARAGRAPH and not piece.why and _is_bold(paragraph)
    for box in _text_boxes(paragraph):
        _read_blocks(box, reading)


def _words(element: Element, hidden: list[str]) -> str:
    """The accepted text of a paragraph, without that of the boxes that are anchored in it."""
    parts: list[str] = []
    for inner in element:
        name = local(inner)
        if name in UNREAD or name in {"txbxContent", ""}:
            continue
        if name == "t":
            parts.append(inner.text or "")
        elif name in BLANKS:
            parts.append(BLANKS[name])
        elif name == "sym":
            parts.append(SYMBOLS.get((attribute(inner, "char") or "")[-2:].upper(), ""))
        elif name == "r" and is_on(child(inner, "rPr"), "vanish"):
            hidden.append(_words(inner, []))
        else:
            parts.append(_words(inner, hidden))
    return "".join(parts)


def _text_boxes(element: Element) -> Iterator[Element]:
    for inner in element:
        name = local(inner)
        if name == "txbxContent":
            yield inner
        elif name not in UNREAD and name:
            yield from _text_boxes(inner)


def _is_bold(paragraph: Element) -> bool:
    """Whether all words of a paragraph are bold."""
    runs = [run for run in paragraph.iter() if local(run) == "r" and "".join(each.text or "" for each in run).strip()]
    return bool(runs) and all(is_on(child(run, "rPr"), "b") for run in runs)


def _promote(reading: Reading) -> None:
    """Short bold paragraphs above others are headings, if the document has none by style."""
    pieces = reading.pieces
    has_own = any(piece.kind is BlockKind.HEADING for piece in pieces)
    for at, piece in enumerate(pieces):
        is_bold, piece.furniture = piece.furniture, False
        below = pieces[at + 1] if at + 1 < len(pieces) else None
        is_short = len(piece.words.split()) <= LONGEST_HEADING and piece.words[-1:] not in ".:;,"
        if is_bold and is_short and not has_own and below and not (below.furniture and at):
            piece.kind, piece.level = BlockKind.HEADING, 2 if at else 1


def _read_table(table: Element, reading: Reading) -> None:
    rows = list(_rows(table))
    cells = [cell for row in rows for cell in _cells(row)]
    words = {cell: flat(_cell_words(cell)) for cell in cells}
    if len(cells) <= 1 or sum(map(len, words.values())) > LAYOUT_CELL * len(cells):
        for cell in cells:
            _read_blocks(cell, reading)
        return
    grid: list[list[str]] = []
    for row in rows:
        grid.append(_grid_row(row, words, grid[-1] if grid else [], reading.copies))
    headers = sum(is_on(child(row, "trPr"), "tblHeader") for row in rows)
    piece = make_table_piece(grid, title=reading.caption, header_rows=min(headers, len(grid)) or 1)
    reading.pieces += [piece] if piece else []
    reading.caption = None


def _rows(table: Element) -> Iterator[Element]:
    """The rows of a table, also those in content controls, without those that were deleted."""
    for element in table:
        name = local(element)
        if name == "tr":
            if child(child(element, "trPr"), "del") is None:
                yield element
        elif name not in {"tblPr", "tblGrid", "del", "moveFrom", ""}:
            yield from _rows(element)


def _cells(row: Element) -> Iterator[Element]:
    for element in row:
        name = local(element)
        if name == "tc":
            yield element
        elif name not in {"trPr", "tblPrEx", ""}:
            yield from _cells(element)


def _grid_row(row: Element, words: dict[Element, str], above: list[str], copies: Copies) -> list[str]:
    """The cells of a row; one that spans columns is repeated, one that goes on from above too."""
    line = [""] * _number(child(child(row, "trPr"), "gridBefore"), 0)
    for cell in _cells(row):
        properties = child(cell, "tcPr")
        merged = child(properties, "vMerge")
        goes_on = merged is not None and value_of(merged) != "restart"
        said = above[len(line)] if goes_on and len(line) < len(above) else words[cell]
        wide = _number(child(properties, "gridSpan"), 1)
        line += [said] * wide if copies.allow(said, wide - 1 + goes_on) else [words[cell]]
    return line


def _number(element: Element | None, default: int) -> int:
    value = value_of(element) or ""
    return min(int(value), WIDEST) if value.isdecimal() and len(value) < 9 else default


def _cell_words(cell: Element) -> str:
    """All accepted text in a cell, that of tables in it too."""
    parts = []
    for element in cell:
        name = local(element)
        if name == "p":
            parts += [_words(element, []), *(_cell_words(box) for box in _text_boxes(element))]
        elif name not in UNREAD and name:
            parts.append(_cell_words(element))
    return " ".join(parts)


def _read_aside(archive: Archive, reading: Reading) -> None:
    """Footnotes; then what is dropped: running headers and footers, hidden text."""
    for part, label in NOTES:
        root = read_part(archive, part)
        notes = [each for each in root if local(each) == label and child(each, "p") is not None] if root is not None else []
        texts = [flat(_cell_words(note)) for note in notes]
        reading.pieces += [
            Piece(BlockKind.PARAGRAPH, words, label=f"{label} {number}") for number, words in enumerate(filter(None, texts), 1)
        ]
    running = [name for name in archive.names if name.startswith(("word/header", "word/footer")) and name.endswith(".xml")]
    texts = [flat(_cell_words(root)) for name in running if (root := read_part(archive, name)) is not None]
    reading.pieces += [Piece(BlockKind.PARAGRAPH, words, why="running header") for words in dict.fromkeys(texts) if words]
    reading.pieces += [Piece(BlockKind.PARAGRAPH, flat(words), why="hidden text") for words in reading.hidden if flat(words)]
