"""Rows in, the bytes of a CSV file out, as spreadsheets and programs both read them.

RFC 4180 (commas, quotes where needed, CRLF) in UTF-8 with a byte order mark: without the mark Excel reads the letters of any
language but English wrongly, and what reads CSV elsewhere skips it or can be told to (``utf-8-sig``).

A text that a spreadsheet would take for a formula gets an apostrophe in front, since a document must not be able to
compute or fetch something in a reader's spreadsheet. Apostrophes that stand before such a text get one more, so that it can
always be undone: where apostrophes and then one of the signs begin a cell, the first apostrophe is not the document's.
Invisible characters that act (``unseen``) are left out, or stand as U+FFFD.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from briefgen.unseen import neutral

#: What opens a formula in some spreadsheet, full-width forms included, perhaps behind white space.
FORMULA = re.compile(r"'*\s*[=+\-@\t\r\n＝＋－＠]")

Cell = str | int | bool | None | tuple[str, ...]


def written(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A header and rows as a file."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([_text(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _text(cell: Cell) -> str | int:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, int):
        return cell
    text = neutral("; ".join(cell) if isinstance(cell, tuple) else cell or "")
    return f"'{text}" if FORMULA.match(text) else text
