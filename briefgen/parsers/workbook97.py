"""An Excel workbook of the old kind (XLS) in, ``Document`` out, by way of python-calamine, which is an extra.

A sheet of this kind has at most 65,536 rows and 256 columns, so that a dense grid of it stays bounded.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from briefgen.model.base import Note
from briefgen.model.document import Document
from briefgen.model.errors import UnreadableError
from briefgen.parsers.cell_formats import elapsed_words, moment_words, number_words
from briefgen.parsers.compound import leads_astray
from briefgen.parsers.grid import Grid, grid_rows, spread_merged
from briefgen.parsers.ooxml import Properties
from briefgen.parsers.pieces import Copies, Piece
from briefgen.parsers.sheets import MOST_CELLS, read_sheet
from briefgen.parsers.workbook import MOST_SHEETS, UNNAMED, make_workbook

#: What the library raises where a file leads it out of bounds; it can be caught by no other name, and is no ``Exception``.
PANIC = "PanicException"
DAMAGED = "the workbook is damaged: save it as .xlsx"


def parse(path: str, data: bytes) -> Document:
    """Read a workbook of Excel 97 to 2003. Raises ``UnreadableError``."""
    from python_calamine import CalamineError, CalamineWorkbook

    if leads_astray(data):
        raise UnreadableError("damaged", DAMAGED)
    pieces: list[Piece] = []
    notes: list[Note] = []
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        shown = [sheet.name for sheet in book.sheets_metadata if str(sheet.visible).endswith("Visible")][:MOST_SHEETS]
        for name in shown:
            own = name if len(shown) > 1 or not UNNAMED.fullmatch(name) else None
            found, cut = read_sheet(_rows(book.get_sheet_by_name(name)), own, f"{name}, " if len(shown) > 1 else "")
            pieces += found
            notes += cut
    except BaseException as error:
        if isinstance(error, CalamineError | OSError | ValueError) or type(error).__name__ == PANIC:
            raise UnreadableError("damaged", DAMAGED) from None
        raise
    hidden = [sheet.name for sheet in book.sheets_metadata if sheet.name not in shown]
    if hidden:
        notes.append(Note(code="hidden-sheet", message=f"hidden sheets were not read: {', '.join(hidden)[:300]}"))
    return make_workbook(path, data, "application/vnd.ms-excel", pieces, notes, Properties())


def _rows(sheet: Any) -> Iterator[list[str]]:
    grid: Grid = {}
    cells = 0
    for at, row in enumerate(sheet.iter_rows()):
        cells += len(row)
        found = {column: words for column, value in enumerate(row) if (words := _words(value))}
        if cells <= 10 * MOST_CELLS and found:
            grid[at] = found
    merged = sheet.merged_cell_ranges or ()
    spread_merged(grid, [(top, left, bottom, right) for (top, left), (bottom, right) in merged], Copies())
    return grid_rows(grid)


def _words(value: object) -> str:
    """A value as a reader sees it."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return number_words(value)
    if isinstance(value, datetime):
        return moment_words(value)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, timedelta):
        return elapsed_words(value / timedelta(days=1))
    return str(value) if isinstance(value, str | int | date) else ""
