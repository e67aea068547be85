"""A ``Table`` in, its frame out: which rows are title, which header, where the body begins.

A parser knows what a file marks. Plain text, CSV and most spreadsheets mark nothing: there the first row is taken for the
header, and here it is looked at again. A row of one cell, or one that spans the whole width, over a row of column names is the
table's title. A second row belongs to the header where it holds the parts of grouped columns ("2025", "2025" over "Q1", "Q2")
or nothing but units. A first row of figures like those below it is no header at all.

Known limits: a table whose first column is its header is not turned round.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from briefgen.model.document import Table

NUMBER = re.compile(r"[\s(]*(?:[-+−–~<>≈$€£¥]\s*)*\d[\d.,\s/:–-]*(?:[\s)%]|[a-zA-Z€$£°]{1,3}\b)*")
YEAR = re.compile(r"(?:FY\s?)?(?:1[89]|20)\d\d(?:[/–-]\d{2,4})?[a-z*]?")
UNIT = re.compile(
    r"[(\[][^()\[\]\d]{1,24}[)\]]|%|[$€£¥](?:\s?(?:k|m|bn|million|billion))?"
    r"|(?:in |US\$ ?)?(?:'000 |thousand |million |billion )?(?:t|kt|mt|kg|g|km|m|ha|mw|gw|kwh|mwh|gwh|twh|l|tonnes?|tons?"
    r"|litres?|hectares?|per ?cent|crowns?|euros?|dollars?|pounds?|thousand|million|billion|'000|persons?|people|days?|hours?)",
    re.IGNORECASE,
)

Row = Sequence[str]


class Frame(NamedTuple):
    """The rows of a table: ``title`` from those before ``header``, the header ``[header, body)``, and what follows."""

    title: str | None
    header: int
    body: int


def frame_of(table: Table) -> Frame:
    """The frame of ``table``; ``header == body`` where it has no header."""
    rows = table.rows
    header = 0
    while header + 2 < len(rows) and _is_title(rows[header], rows[header + 1]):
        header += 1
    title = " ".join(_said(row)[0] for row in rows[:header]) or None
    marked = max(table.header_rows - header, 1)
    if marked > 1:
        return Frame(title, header, header + marked)
    below = rows[header + 1 :]
    if header < len(rows) and _is_data(rows[header], below):
        return Frame(title, header, header)
    return Frame(title, header, header + 1 + (len(below) > 1 and _completes(below[0], rows[header], below[1])))


def _said(row: Row) -> list[str]:
    """The different cells of a row that are filled."""
    return list(dict.fromkeys(cell.strip() for cell in row if cell.strip()))


def _is_title(row: Row, below: Row) -> bool:
    """One cell over the whole width, or the first cell alone, above a row of names."""
    filled = [cell for cell in row if cell.strip()]
    spans = len(_said(row)) == 1 and len(filled) in (1, len(row)) and bool(row[0].strip())
    return spans and len(row) > 1 and len(_said(below)) > 1 and not any(map(_is_figure, below))


def is_number(cell: str) -> bool:
    """Whether a cell holds a number, with its sign, unit or currency."""
    return bool(NUMBER.fullmatch(cell.strip()))


def _is_figure(cell: str) -> bool:
    return is_number(cell) and not YEAR.fullmatch(cell.strip())


def _is_data(row: Row, below: Sequence[Row]) -> bool:
    """Whether a first row holds figures where the rows below it do: most columns behind the first."""
    figures = [at for at in range(1, len(row)) if _is_figure(row[at])]
    same = [
        at for at in figures if below and all(at < len(other) and (is_number(other[at]) or not other[at]) for other in below)
    ]
    return bool(same) and 2 * len(same) >= len(row) - 1


def _completes(row: Row, above: Row, below: Row) -> bool:
    """Whether the row under the first one belongs to the header: units, or the parts of grouped columns."""
    names, figures = [cell for cell in row[1:] if cell.strip()], [cell for cell in below[1:] if is_number(cell)]
    if not names or 2 * len(figures) < len(below) - 1 or any(map(_is_figure, row)):
        return False
    if all(UNIT.fullmatch(name.strip()) for name in names) and (not row[0].strip() or UNIT.fullmatch(row[0].strip())):
        return True
    is_grouped = any(one == two or not two for one, two in pairwise(above[1:]) if one.strip())
    return is_grouped and (not row[0].strip() or row[0] == above[0])
