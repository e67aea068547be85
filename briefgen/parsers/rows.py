"""Rows of cells between pipes in, ``Table`` out: shared by plain text and Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from briefgen.model.base import Span
from briefgen.model.document import Table
from briefgen.parsers.page import PIPE

#: Rows are filled up to the widest one only below this number of columns: no table for readers is wider.
WIDEST_TABLE = 64


def split_row(text: str, start: int, end: int) -> tuple[Span, ...]:
    """The spans of the cells of the row ``text[start:end]``, without the white space round them."""
    first = start + text.startswith("|", start, end)
    last = end - (end - 1 > first and text[end - 1] == "|" and text[end - 2] != "\\")
    edges = [first, *(place for pipe in PIPE.finditer(text, first, last) for place in pipe.span()), last]
    return tuple(_trimmed(text, *pair) for pair in zip(edges[::2], edges[1::2], strict=True))


def make_table(text: str, spans: Sequence[tuple[Span, ...]], start: int, end: int) -> Table:
    """A table whose first row is the header; short rows are filled up with empty cells at their ends."""
    columns = min(max(len(row) for row in spans), WIDEST_TABLE)
    cells = tuple(row + ((row[-1][1], row[-1][1]),) * (columns - len(row)) for row in spans)
    rows = tuple(tuple(text[first:last] for first, last in row) for row in cells)
    return Table(start=start, end=end, rows=rows, cells=cells)


def _trimmed(text: str, start: int, end: int) -> Span:
    cell = text[start:end]
    start += len(cell) - len(cell.lstrip())
    return start, start + len(cell.strip())
