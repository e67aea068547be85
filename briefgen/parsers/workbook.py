"""An Excel workbook (XLSX) in, ``Document`` out: a heading and tables for each sheet that is not hidden.

The sheets are read as a stream of XML, one row at a time. A library that makes a dense grid of them can be brought down by
two cells: the first one and the last one that a sheet can have.

Limits: number formats other than dates and percentages are not applied; charts and remarks on cells are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from briefgen.model.base import Note
from briefgen.model.document import BlockKind, Document, Meta
from briefgen.model.errors import UnreadableError
from briefgen.parsers.archive import Archive
from briefgen.parsers.assemble import make_document, make_source
from briefgen.parsers.cell_formats import (
    date_words,
    elapsed_words,
    is_date_format,
    is_elapsed_format,
    number_words,
    percent_decimals,
    percent_words,
)
from briefgen.parsers.grid import Grid, Range, grid_rows, spread_merged
from briefgen.parsers.ooxml import Properties, read_part, read_properties
from briefgen.parsers.pieces import Copies, Piece, flat, lay_out
from briefgen.parsers.published import find_published
from briefgen.parsers.sheets import MOST_CELLS, read_sheet, size
from briefgen.parsers.xmltree import Element, attribute, local, stream_xml

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_SHEETS = 200
REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
#: Names that programs give to sheets.
UNNAMED = re.compile(r"(?:sheet|tabelle|feuil|hoja|foglio|blad|arkusz|лист)\s*\d*", re.IGNORECASE)


class Book(NamedTuple):
    """What the cells of all sheets are read with."""

    strings: list[str]
    dates: frozenset[int]
    percents: dict[int, int]
    spans: frozenset[int]
    from_1904: bool


def parse(path: str, data: bytes) -> Document:
    """Read a workbook. Raises ``UnreadableError``."""
    archive = Archive(data)
    root = read_part(archive, "xl/workbook.xml")
    sheets = list(_sheets(archive, root)) if root is not None else []
    if not sheets:
        raise UnreadableError("damaged", "there are no sheets in the workbook: save it again")
    book = _read_book(archive, root)
    shown = [(name, part) for name, part, is_hidden in sheets if not is_hidden][:MOST_SHEETS]
    pieces, notes = _read_sheets(archive, shown, book)
    left_out = [name for name, _, is_hidden in sheets if is_hidden] + [name for name, _, _ in sheets[MOST_SHEETS:]]
    if left_out:
        notes.append(Note(code="hidden-sheet", message=f"hidden sheets were not read: {', '.join(left_out)[:300]}"))
    return make_workbook(path, data, MEDIA_TYPE, pieces, notes, read_properties(archive))


def make_workbook(
    path: str, data: bytes, media_type: str, pieces: list[Piece], notes: list[Note], said: Properties
) -> Document:
    """The document of the pieces of all sheets. Raises ``UnreadableError`` if they hold no words."""
    layout = lay_out(pieces)
    titles = [piece.title for piece in pieces if piece.kind is BlockKind.TABLE and piece.title]
    published, published_from = find_published("\n".join(titles), path, said.dates)
    title = said.title or (titles[0] if len(set(titles)) == 1 else None)
    meta = Meta(title=title, authors=said.authors, published=published, published_from=published_from, language=said.language)
    source = make_source(path, data, media_type, None)
    return make_document(source, layout.text, layout.blocks, meta, notes=notes, locators=layout.locators)


def _sheets(archive: Archive, root: Element) -> Iterator[tuple[str, str, bool]]:
    """Name, part and whether it is hidden, of each sheet."""
    links = read_part(archive, "xl/_rels/workbook.xml.rels")
    parts = {each.get("Id"): each.get("Target") or "" for each in links} if links is not None else {}
    for number, sheet in enumerate((each for each in root.iter() if local(each) == "sheet"), 1):
        target = parts.get(attribute(sheet, "id"), f"worksheets/sheet{number}.xml").lstrip("/")
        part = target if target.startswith("xl/") else f"xl/{target}"
        if part in archive.names:
            yield flat(sheet.get("name") or ""), part, (sheet.get("state") or "visible") != "visible"


def _read_book(archive: Archive, root: Element) -> Book:
    strings = "xl/sharedStrings.xml"
    shared = stream_xml(archive.read(strings), frozenset({"si"})) if strings in archive.names else ()
    dates, percents, spans = _formats(read_part(archive, "xl/styles.xml"))
    flags = (each.get("date1904") for each in root.iter() if local(each) == "workbookPr")
    return Book([_text(each) for each in shared], dates, percents, spans, next(flags, None) in {"1", "true"})


def _formats(styles: Element | None) -> tuple[frozenset[int], dict[int, int], frozenset[int]]:
    """Which cell styles show a date, which a percentage with how many decimals, and which a span of time."""
    if styles is None:
        return frozenset(), {}, frozenset()
    codes = {_number(each.get("numFmtId")): each.get("formatCode") or "" for each in styles.iter() if local(each) == "numFmt"}
    styled = next((each for each in styles if local(each) == "cellXfs"), ())
    numbers = [_number(each.get("numFmtId")) for each in styled]
    dates = frozenset(i for i, number in enumerate(numbers) if is_date_format(number, codes.get(number)))
    shares = ((i, percent_decimals(number, codes.get(number))) for i, number in enumerate(numbers))
    spans = frozenset(i for i, number in enumerate(numbers) if is_elapsed_format(codes.get(number)))
    return dates, {i: decimals for i, decimals in shares if decimals is not None}, spans


def _read_sheets(archive: Archive, sheets: list[tuple[str, str]], book: Book) -> tuple[list[Piece], list[Note]]:
    pieces: list[Piece] = []
    notes: list[Note] = []
    left, copies = MOST_CELLS, Copies()
    for name, part in sheets:
        grid = _read_grid(archive.read(part), book, left, copies)
        own = name if len(sheets) > 1 or not UNNAMED.fullmatch(name) else None
        found, cut = read_sheet(grid_rows(grid), own, f"{name}, " if len(sheets) > 1 else "", max(left, 1))
        left -= size(found)
        pieces += found
        notes += cut
    return pieces, notes


def _read_grid(data: bytes, book: Book, most: int, copies: Copies) -> Grid:
    """The filled cells of a sheet, at most so many and one, merged ones written out where their row holds others too."""
    grid: Grid = {}
    cells = 0
    merged: list[Range] = []
    for element in stream_xml(data, frozenset({"row", "mergeCell"})):
        if local(element) == "mergeCell":
            merged += _range(element.get("ref") or "")
        elif cells <= most:
            at = _number(element.get("r")) - 1 if element.get("r") else max(grid, default=-1) + 1
            grid[at] = _row(element, book)
            cells += len(grid[at]) + 1
    spread_merged(grid, merged, copies)
    return grid


def _row(row: Element, book: Book) -> dict[int, str]:
    found: dict[int, str] = {}
    column = -1
    for cell in row:
        place = REFERENCE.fullmatch(cell.get("r") or "")
        column = _column(place[1]) if place else column + 1
        words = _value(cell, book)
        if words:
            found[column] = words
    return found


def _value(cell: Element, book: Book) -> str:
    """What a reader sees in a cell."""
    kind = cell.get("t") or "n"
    if kind == "inlineStr":
        return _text(cell)
    value = next((each.text or "" for each in cell if local(each) == "v"), "")
    if kind == "s":
        return book.strings[int(value)] if value.isdecimal() and len(value) < 9 and int(value) < len(book.strings) else ""
    if kind == "b":
        return "TRUE" if value == "1" else "FALSE"
    return _shown(value, _number(cell.get("s")), book) if kind == "n" else flat(value)


def _shown(value: str, style: int, book: Book) -> str:
    try:
        number = float(value)
        if style in book.spans:
            return elapsed_words(number)
        if style in book.dates:
            return date_words(number, from_1904=book.from_1904)
        decimals = book.percents.get(style)
        return number_words(number) if decimals is None else percent_words(number, decimals)
    except (ValueError, OverflowError):
        return flat(value)


def _text(element: Element) -> str:
    """The text of a string with its runs, without the reading aids of East Asian words."""
    parts = (each.text or "" for each in element.iter() if local(each) == "t" and local(each.getparent()) != "rPh")
    return flat("".join(parts))


def _range(reference: str) -> list[Range]:
    """First row and column, last row and column of ``B2:C4``."""
    ends = [REFERENCE.fullmatch(end) for end in reference.split(":")]
    if len(ends) != 2 or not ends[0] or not ends[1]:
        return []
    return [(int(ends[0][2]) - 1, _column(ends[0][1]), int(ends[1][2]) - 1, _column(ends[1][1]))]


def _column(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column - 1


def _number(digits: str | None) -> int:
    return int(digits) if digits and digits.isdecimal() and len(digits) < 9 else 0
