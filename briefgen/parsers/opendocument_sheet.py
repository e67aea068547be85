"""The tables of an OpenDocument sheet in, pieces out: values as they are kept and not as a country writes them.

A date is written in ISO 8601 and a number without separators, as in the sheets of other programs; percentages and texts are
read as they are shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefgen.model.base import Note
from briefgen.parsers.cell_formats import elapsed_words, number_words
from briefgen.parsers.grid import Grid, Range, grid_rows, spread_merged
from briefgen.parsers.pieces import BORDER, Copies, Piece, flat
from briefgen.parsers.sheets import MOST_CELLS, read_sheet, size
from briefgen.parsers.xmltree import Element, attribute, local

#: A row or cell that is repeated more often than this stands for the empty rest of a sheet.
MOST_REPEATS = 1_000
CLOCK = re.compile(r"PT(\d{1,6})H(\d{1,2})M(\d{1,2})(?:[.,]\d*)?S")
DIGIT = re.compile(r"\d")
ROWS = frozenset({"table-header-rows", "table-rows", "table-row-group"})


def read_sheets(book: Element, hidden: frozenset[str]) -> tuple[list[Piece], list[Note]]:
    """The pieces of all sheets whose style is not one of those that are hidden."""
    tables = [each for each in book if local(each) == "table"]
    shown = [each for each in tables if attribute(each, "style-name") not in hidden]
    pieces: list[Piece] = []
    notes: list[Note] = []
    left, copies = MOST_CELLS, Copies()
    for table in shown:
        name = attribute(table, "name") if len(shown) > 1 else None
        found, cut = read_sheet(grid_rows(_grid(table, left, copies)), name, f"{name}, " if name else "", max(left, 1))
        left -= size(found)
        pieces += found
        notes += cut
    names = [attribute(each, "name") or "" for each in tables if each not in shown]
    if names:
        notes.append(Note(code="hidden-sheet", message=f"hidden sheets were not read: {', '.join(names)[:300]}"))
    return pieces, notes


def _grid(table: Element, most: int, copies: Copies) -> Grid:
    """The filled cells of a sheet, merged ones written out."""
    grid: Grid = {}
    merged: list[Range] = []
    at = cells = 0
    for row in _rows(table):
        line, reach = _line(row, at, copies)
        times = _number(row, "number-rows-repeated")
        if line and cells <= most:
            said = BORDER.join(line.values())
            for copy in range(times if times <= MOST_REPEATS and copies.allow(said, times - 1) else 1):
                grid[at + copy] = dict(line)
                cells += len(line) + 1
            merged += reach
        at += times
    spread_merged(grid, merged, copies)
    return grid


def _line(row: Element, at: int, copies: Copies) -> tuple[dict[int, str], list[Range]]:
    """The filled cells of a row, and how far merged ones reach."""
    line: dict[int, str] = {}
    merged: list[Range] = []
    column = 0
    for cell in row:
        if local(cell) not in {"table-cell", "covered-table-cell"}:
            continue
        times = _number(cell, "number-columns-repeated")
        words = _value(cell) if local(cell) == "table-cell" else ""
        if words:
            written = times if times <= MOST_REPEATS and copies.allow(words, times - 1) else 1
            line |= dict.fromkeys(range(column, column + written), words)
        wide, high = _number(cell, "number-columns-spanned"), _number(cell, "number-rows-spanned")
        if wide > 1 or high > 1:
            merged.append((at, column, at + high - 1, column + wide - 1))
        column += times
    return line, merged


def _value(cell: Element) -> str:
    """What a cell holds."""
    kind = attribute(cell, "value-type")
    shown = flat(" ".join("".join(each.itertext()) for each in cell if local(each) in {"p", "h"}))
    if kind == "date":
        return _moment(attribute(cell, "date-value") or "") or shown
    if kind == "time" and (clock := CLOCK.fullmatch(attribute(cell, "time-value") or "")):
        hours, minutes = int(clock[1]), int(clock[2])
        return f"{hours:02}:{minutes:02}" if hours < 24 else elapsed_words((hours * 60 + minutes) / 1_440)
    if kind == "float" and DIGIT.search(shown):  # some programs keep TRUE as 1
        return _plain(attribute(cell, "value") or "") or shown
    return shown


def _moment(value: str) -> str:
    """A day, or a moment of it; midnight is no time."""
    day, _, time = value.partition("T")
    return f"{day} {time[:5]}" if time and not time.startswith("00:00") else day


def _plain(value: str) -> str:
    try:
        return number_words(float(value))
    except (ValueError, OverflowError):
        return ""


def _rows(table: Element) -> Iterator[Element]:
    for element in table:
        if local(element) == "table-row":
            yield element
        elif local(element) in ROWS:
            yield from _rows(element)


def _number(element: Element, name: str) -> int:
    value = attribute(element, name) or "1"
    return int(value) if value.isdecimal() and len(value) < 9 else 1
