"""An OpenDocument text or sheet (ODT, ODS) in, ``Document`` out: the text as it reads when all tracked changes are accepted.

Limits: notes stand at the end; the numbers of automatic lists and headings are not written out; remarks on text are left out.
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
from briefgen.parsers.ooxml import PROGRAMS, read_part
from briefgen.parsers.opendocument_sheet import read_sheets
from briefgen.parsers.pieces import Cell, Copies, Piece, flat, lay_out, make_table_piece, spread, with_typed_items
from briefgen.parsers.published import find_published
from briefgen.parsers.xmltree import Element, attribute, local, words_in_tree

MEDIA_TYPE = "application/vnd.oasis.opendocument."
#: Elements whose text is not part of the accepted text, or no text.
UNREAD = frozenset({"tracked-changes", "annotation", "note", "ruby-text", "forms", "sequence-decls", "table-of-content", ""})
NO_TEXT = UNREAD - {"note", "ruby-text", "table-of-content"}
#: Shapes hold paragraphs of their own, in the middle of the one that they are anchored in.
SHAPES = frozenset("text-box custom-shape rect ellipse circle polygon polyline path line connector caption measure".split())
RUNNING = frozenset("header header-left header-first footer footer-left footer-first".split())
QUOTES, CAPTIONS = (
    ("Quotation", "Quote", "Intense_20_Quote", "Block_20_Text"),
    {"Caption", "caption", "Table", "Illustration", "Text"},
)
BLANKS = {"s": " ", "tab": " ", "line-break": " ", "soft-page-break": ""}


@dataclass
class Reading:
    """The state of one reading; ``parents`` gives for a style the one that it was made from."""

    parents: dict[str, str]
    pieces: list[Piece] = field(default_factory=list)
    aside: list[Piece] = field(default_factory=list)
    hidden: frozenset[str] = frozenset()
    title: str | None = None
    caption: str | None = None
    copies: Copies = field(default_factory=Copies)


def parse(path: str, data: bytes) -> Document:
    """Read an OpenDocument file. Raises ``UnreadableError``."""
    archive = Archive(data)
    root = read_part(archive, "content.xml")
    body = next((each for each in root.iter() if local(each) == "body"), None) if root is not None else None
    if root is None or body is None or not len(body):
        raise UnreadableError("damaged", "there is no text in the document: save it again")
    styles = [each for each in root.iter() if local(each) == "style"]
    parents = {attribute(each, "name") or "": attribute(each, "parent-style-name") or "" for each in styles}
    reading = Reading(parents, hidden=frozenset(attribute(each, "name") or "" for each in styles if _hides(each)))
    notes: list[Note] = []
    if any(local(each) == "annotation" for each in body.iter()):
        notes.append(Note(code="comments", message="the comments in its margin were not read"))
    if local(body[0]) == "spreadsheet":
        pieces, told = read_sheets(body[0], frozenset(attribute(each, "name") or "" for each in styles if _hides(each)))
        reading.pieces += pieces
        notes += told
    else:
        _read_blocks(body[0], reading, 0)
        reading.aside += _running(archive)
    layout = lay_out(with_typed_items(reading.pieces) + reading.aside)
    said = _said(archive)
    published, published_from = find_published(layout.text, path)
    meta = Meta(
        title=reading.title or said.get("title") or title_of(layout.text, layout.blocks),
        authors=tuple(name for name in [said.get("creator") or said.get("initial-creator")] if name and name not in PROGRAMS),
        published=published,
        published_from=published_from,
        language=said.get("language"),
    )
    source = make_source(path, data, MEDIA_TYPE + local(body[0]), None)
    return make_document(
        source,
        layout.text,
        layout.blocks,
        meta,
        notes=notes,
        dropped=layout.dropped,
        locators=layout.locators,
        words=_every_word(body[0]) if local(body[0]) == "text" else None,
    )


def _every_word(text: Element) -> Counter[str]:
    """All words of a text document but those of comments and deleted ones."""
    return words_in_tree(
        text, lambda each: local(each) in NO_TEXT, lambda each: local(each) in {"p", "h", "note", "note-citation", *BLANKS}
    )


def _hides(style: Element) -> bool:
    return any(attribute(each, "display") in {"none", "false"} for each in style if local(each).endswith("-properties"))


def _running(archive: Archive) -> list[Piece]:
    """What stands at the top and bottom of pages; what is damaged counts as not there."""
    try:
        root = read_part(archive, "styles.xml")
    except UnreadableError:
        root = None
    found = [each for each in root.iter() if local(each) in RUNNING] if root is not None else []
    texts = dict.fromkeys(flat(" ".join(_all_words(each))) for each in found)
    return [Piece(BlockKind.PARAGRAPH, words, why="running header") for words in texts if words]


def _said(archive: Archive) -> dict[str, str]:
    """The metadata by name; what is damaged counts as not there."""
    try:
        root = read_part(archive, "meta.xml")
    except UnreadableError:
        root = None
    return {local(each): flat(each.text or "")[:500] for each in root.iter() if each.text} if root is not None else {}


def _read_blocks(holder: Element, reading: Reading, depth: int) -> None:
    """The blocks of a body, a section, a list, a cell or a text box, in order."""
    for element in holder:
        name = local(element)
        if name in {"h", "p"}:
            _read_paragraph(element, reading, depth)
        elif name == "table":
            _read_table(element, reading)
        elif name == "table-of-content":
            words = flat(_words(element, reading))
            reading.aside += [Piece(BlockKind.PARAGRAPH, words, why="table of contents")] if words else []
        elif name not in UNREAD:
            _read_blocks(element, reading, depth + (name == "list"))


def _read_paragraph(element: Element, reading: Reading, depth: int) -> None:
    words = flat(_words(element, reading))
    style = attribute(element, "style-name") or ""
    styles = {style, reading.parents.get(style, "")}
    piece = Piece(BlockKind.PARAGRAPH, words)
    if local(element) == "h" or styles & {"Title", "Subtitle"}:
        level = attribute(element, "outline-level") or ("2" if "Subtitle" in styles else "1")
        piece.kind, piece.level = BlockKind.HEADING, min(int(level), 6) if level.isdecimal() and len(level) < 3 else 1
    elif depth:
        piece.kind, piece.level = BlockKind.ITEM, depth
    elif any(name.startswith(QUOTES) for name in styles):
        piece.kind = BlockKind.QUOTE
    reading.caption = words if styles & CAPTIONS or any("Caption" in name for name in styles) else None
    if words:
        reading.pieces.append(piece)
        reading.title = reading.title or (words if "Title" in styles else None)
    for box in _boxes(element):
        _read_blocks(box, reading, 0)


def _words(element: Element, reading: Reading | None) -> str:
    """The text of a paragraph, without that of boxes in it; notes are put aside."""
    parts = [element.text or ""]
    for inner in element:
        name = local(inner)
        if name in BLANKS:
            parts.append(BLANKS[name])
        elif name == "note" and reading is not None:
            _put_note(inner, reading)
        elif reading is not None and attribute(inner, "style-name") in reading.hidden:
            words = flat(_words(inner, None))
            reading.aside += [Piece(BlockKind.PARAGRAPH, words, why="hidden text")] if words else []
        elif name not in UNREAD and name not in SHAPES:
            parts.append(_words(inner, reading))
        parts.append(inner.tail or "")
    return "".join(parts)


def _put_note(note: Element, reading: Reading) -> None:
    words = flat(" ".join(_words(each, None) for body in note if local(body) == "note-body" for each in body))
    if words:
        number = 1 + sum(not piece.why for piece in reading.aside)
        reading.aside.append(Piece(BlockKind.PARAGRAPH, words, label=f"note {number}"))


def _boxes(element: Element) -> Iterator[Element]:
    for inner in element:
        if local(inner) in SHAPES:
            yield inner
        elif local(inner) not in UNREAD:
            yield from _boxes(inner)


def _read_table(table: Element, reading: Reading) -> None:
    rows = [list(_cells(row)) for row, _ in _rows(table)]
    words = [[_cell(cell) for cell, _ in row] for row in rows]
    cells = [cell for row in rows for cell, _ in row]
    if len(cells) <= 1 or sum(len(cell.words) for row in words for cell in row) > LAYOUT_CELL * len(cells):
        for cell in cells:
            _read_blocks(cell, reading, 0)
        return
    headers = sum(is_header for _, is_header in _rows(table))
    piece = make_table_piece(spread(words, reading.copies), title=reading.caption, header_rows=min(headers, len(rows)) or 1)
    reading.pieces += [piece] if piece else []
    reading.caption = None


def _rows(table: Element, is_header: bool = False) -> Iterator[tuple[Element, bool]]:
    """The rows of a table, and whether each is a header."""
    for element in table:
        name = local(element)
        if name == "table-row":
            yield element, is_header
        elif name in {"table-header-rows", "table-rows", "table-row-group"}:
            yield from _rows(element, is_header or name == "table-header-rows")


def _cells(row: Element) -> Iterator[tuple[Element, int]]:
    """The cells of a row that are not covered by others, and how often each is repeated."""
    for element in row:
        if local(element) == "table-cell":
            yield element, _number(element, "number-columns-repeated")


def _cell(cell: Element) -> Cell:
    words = flat(" ".join(_all_words(cell)))
    return Cell(words, _number(cell, "number-columns-spanned"), _number(cell, "number-rows-spanned"))


def _all_words(holder: Element) -> Iterator[str]:
    """The text of all paragraphs in a cell, those of tables in it too."""
    for element in holder:
        name = local(element)
        if name in {"p", "h"}:
            yield _words(element, None)
            for box in _boxes(element):
                yield from _all_words(box)
        elif name not in UNREAD:
            yield from _all_words(element)


def _number(element: Element, name: str) -> int:
    value = attribute(element, name) or "1"
    return int(value) if value.isdecimal() and len(value) < 9 else 1
