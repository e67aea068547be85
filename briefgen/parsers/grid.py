"""The filled cells of a sheet in, its rows out: shared by the formats of spreadsheets.

A sheet may be a million rows high with two cells in it, so only filled cells are kept, by row and column.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from briefgen.parsers.pieces import Copies
from briefgen.parsers.sheets import MOST_CELLS

MOST_SPREAD = 20_000

#: The cells of a sheet by row and column, both from 0.
Grid = dict[int, dict[int, str]]
#: First row and column, last row and column.
Range = tuple[int, int, int, int]


def grid_rows(grid: Grid) -> Iterator[list[str]]:
    """Rows, each up to its last cell, with columns and runs of rows that are empty in the whole sheet left out, but for one
    empty row. What is beyond the bound of cells is not written out any more: a row that nobody keeps is empty.
    """
    columns = {column: place for place, column in enumerate(sorted({column for row in grid.values() for column in row}))}
    above, cells = -1, 0
    for at in sorted(grid):
        if at > above + 1:
            yield []
        cells += 1 + max((columns[column] for column in grid[at]), default=-1)
        yield _row(grid[at], columns) if cells <= MOST_CELLS else []
        above = at


def _row(cells: dict[int, str], columns: dict[int, int]) -> list[str]:
    line = [""] * (1 + max((columns[column] for column in cells), default=-1))
    for column, words in cells.items():
        line[columns[column]] = words
    return line


def spread_merged(grid: Grid, merged: Iterable[Range], copies: Copies) -> None:
    """Write a merged cell out where it reaches; one that has its row for itself is a title and stays one cell."""
    left = MOST_SPREAD
    for top, first, bottom, last in merged:
        words = grid.get(top, {}).get(first)
        area = max(0, bottom - top + 1) * max(0, last - first + 1)
        left -= area
        if left < 0:
            return
        others = any(not first <= column <= last for row in range(top, bottom + 1) for column in grid.get(row, {}))
        if words and others and copies.allow(words, area - 1):
            for row in range(top, bottom + 1):
                grid.setdefault(row, {}).update(dict.fromkeys(range(first, last + 1), words))
