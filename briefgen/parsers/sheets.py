"""The rows of a sheet in, tables and the lines round them out: shared by delimited files and spreadsheets.

People put a title above the header, remarks below the last row, several tables on one sheet, and empty rows and columns
between all of it. Empty rows part a sheet into regions; a region of one filled cell a row is text, and if it stands right
above a table, the table's title.

Limits: two tables side by side are read as one; a header of two rows is known by its merged cells only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from briefgen.model.base import Note
from briefgen.model.document import BlockKind
from briefgen.parsers.pieces import Piece, flat, make_table_piece

#: More cells than this are not kept of one file; one with so many characters counts for two, and so on.
MOST_CELLS, LONG_CELL = 200_000, 100
NUMBER = re.compile(r"[-+(]?[$€£]?\d[\d.,\s]*\)?%?")
#: A line of this many words round a table is a remark; a shorter one may be the first cell of a row.
SHORTEST_REMARK = 4
NAMED = re.compile(r"(?:table|tab\.|tabelle|tableau|tabla|tabella)\s*\d", re.IGNORECASE)

Row = list[str]


def read_sheet(
    rows: Iterable[Sequence[str]], name: str | None = None, place: str = "", most: int = MOST_CELLS
) -> tuple[list[Piece], list[Note]]:
    """The pieces of one sheet; ``name`` is its own name, a heading. ``place`` stands in the label of each table."""
    kept, note = _bounded(rows, most)
    found: list[Piece] = [Piece(BlockKind.HEADING, name, level=2)] if name and any(kept) else []
    title: Piece | None = None
    for start, region in _regions(kept):
        above, body, below = _parted(region)
        found += [_line(words) for words in above]
        if above:
            title = found[len(found) - len(above) + _title_at(above)]
        label = f"{place}row {start + len(above) + 1}"
        table = (
            make_table_piece(
                rows := _without_empty_columns(body),
                title=title.words if title else name,
                header_rows=_header_rows(rows),
                label=label,
            )
            if body
            else None
        )
        if table:
            if title:
                title.kind = BlockKind.HEADING
                title.level = 3 if name else 1 + any(piece.kind is BlockKind.TABLE for piece in found)
            found.append(table)
            title = None
        found += [_line(words) for words in below]
    return found, [note] if note else []


def _title_at(lines: Sequence[str]) -> int:
    """Which of the lines above a table is its title: one that says so, or else the first that is no sentence."""
    named = (at for at, line in enumerate(lines) if NAMED.match(line))
    loose = (at for at, line in enumerate(lines) if not line.endswith((".", "!", "?", ":")))
    return next(named, next(loose, len(lines) - 1))


def _header_rows(rows: Sequence[Row]) -> int:
    """Two where a merged cell stands over several words of the second row, and numbers begin below; else one."""
    if len(rows) < 3 or not any(one and one == other for one, other in pairwise(rows[0])):
        return 1
    return 1 if any(NUMBER.fullmatch(cell) for cell in rows[1]) or not any(NUMBER.fullmatch(cell) for cell in rows[2]) else 2


def size(pieces: Iterable[Piece]) -> int:
    """How many cells the tables among the pieces have, as the bound counts them."""
    rows = [row for piece in pieces for row in piece.rows]
    return sum(map(len, rows)) + sum(map(_beyond, rows))


def _beyond(row: Sequence[str]) -> int:
    return sum(len(cell) // LONG_CELL for cell in row)


def _bounded(rows: Iterable[Sequence[str]], most: int) -> tuple[list[Row], Note | None]:
    """Rows of flat cells without empty ones at their ends, up to the bound."""
    kept: list[Row] = []
    cells = left_out = 0
    for row in rows:
        more = _beyond(row)
        line = [flat(cell) for cell in row] if cells + more < most else []
        while line and not line[-1]:
            line.pop()
        cells += len(line) + 1 + more
        if cells <= most:
            kept.append(line)
        else:
            left_out += 1
    if not left_out:
        return kept, None
    return kept, Note(code="cut", message=f"only the first {len(kept)} rows were read, {left_out} were left out")


def _regions(rows: Sequence[Row]) -> list[tuple[int, list[Row]]]:
    """Runs of rows without an empty one between them; a run that only goes on with the table above is joined to it."""
    found: list[tuple[int, list[Row]]] = []
    open_run = False
    for at, row in enumerate(rows):
        if not row:
            open_run = False
        elif open_run or (found and _goes_on(found[-1][1], row)):
            found[-1][1].append(row)
            open_run = True
        else:
            found.append((at, [row]))
            open_run = True
    return found


def _goes_on(above: Sequence[Row], row: Row) -> bool:
    """Whether a row after an empty one belongs to the table above: as wide, and no header, since it holds a number."""
    wide = _filled(above[-1]) > 1 and len(above) > 1 and len(row) == len(above[-1])
    return wide and any(NUMBER.fullmatch(cell) for cell in row)


def _filled(row: Row) -> int:
    return sum(1 for cell in row if cell)


def _parted(region: list[Row]) -> tuple[list[str], list[Row], list[str]]:
    """The lines above the table of a region, its rows, and the lines below."""
    single = [_filled(row) == 1 for row in region]
    if all(single):
        return _lines_or_column(region)
    first = single.index(False)
    last = len(region)
    while single[last - 1] and len(_only(region[last - 1]).split()) >= SHORTEST_REMARK:
        last -= 1
    return [_only(row) for row in region[:first]], region[first:last], [_only(row) for row in region[last:]]


def _lines_or_column(region: list[Row]) -> tuple[list[str], list[Row], list[str]]:
    """Rows of one cell each: three or more short ones are a column, others are lines of text."""
    words = [_only(row) for row in region]
    if len(words) >= 3 and all(len(each.split()) < SHORTEST_REMARK for each in words):
        return [], region, []
    return words, [], []


def _only(row: Row) -> str:
    return next(cell for cell in row if cell)


def _line(words: str) -> Piece:
    return Piece(BlockKind.PARAGRAPH, words)


def _without_empty_columns(rows: list[Row]) -> list[Row]:
    used = {i for row in rows for i, cell in enumerate(row) if cell}
    return [[cell for i, cell in enumerate(row) if i in used] for row in rows]
