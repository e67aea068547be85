"""Comma, semicolon or tab separated values in, ``Document`` out: what parts the cells is found by trying.

The delimiter is the one that parts most rows into the same number of cells, more than one. Cells stay as they are written:
a number or a date is a quotation like any other. Broken quotation marks would swallow the rest of a file, so such a file is
read once more without minding them, with a note.
"""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections import Counter

from briefgen.model.base import Note
from briefgen.model.document import BlockKind, Document, Meta
from briefgen.parsers.assemble import make_document, make_source
from briefgen.parsers.encoding import decode
from briefgen.parsers.pieces import lay_out
from briefgen.parsers.published import find_published
from briefgen.parsers.sheets import read_sheet

#: In the order of trust: where two part a file equally well, the first is taken.
DELIMITERS = "\t;,|"
#: Rows that are looked at to find the delimiter.
LOOKED_AT = 60
LONGEST_CELL = 100_000
END = "\x03"
#: A line that spreadsheets write for each other.
TOLD = re.compile(r"sep=(.)\r?\n")


def parse(path: str, data: bytes) -> Document:
    """Read a file of delimited values."""
    decoded = decode(data)
    rows, notes = read_rows(decoded.text)
    pieces, cut = read_sheet(rows)
    layout = lay_out(pieces)
    titles = [piece.words for piece in pieces if piece.kind is BlockKind.HEADING]
    published, published_from = find_published("\n".join(titles), path)
    kind = "text/tab-separated-values" if path.lower().endswith((".tsv", ".tab")) else "text/csv"
    return make_document(
        make_source(path, data, kind, decoded.encoding),
        layout.text,
        layout.blocks,
        Meta(title=titles[0] if titles else None, published=published, published_from=published_from),
        notes=(*decoded.notes, *notes, *cut),
        locators=layout.locators,
    )


def read_rows(text: str) -> tuple[list[list[str]], list[Note]]:
    """The cells of each row."""
    text = text.replace("\x00", "").replace(END, "")
    told = TOLD.match(text)
    text = text[told.end() :] if told else text
    delimiter = told[1] if told else find_delimiter(text)
    try:
        return _rows(text, delimiter), []
    except csv.Error:
        note = Note(code="broken-quotes", message="a quotation mark is never closed: all of them were read as plain characters")
        return [[cell[:LONGEST_CELL] for cell in line.split(delimiter)] for line in text.splitlines()], [note]


def _rows(text: str, delimiter: str) -> list[list[str]]:
    """Raises ``csv.Error`` for a cell that is never closed: it would take in the row that is put under the last one."""
    *rows, last = csv.reader(io.StringIO(text + "\n" + END, newline=""), delimiter=delimiter)
    if last != [END]:
        raise csv.Error
    return rows


def find_delimiter(text: str) -> str:
    """The character that parts the rows of ``text``; a comma if none does."""
    lines = list(itertools.islice((line for line in io.StringIO(text, newline="") if line.strip()), LOOKED_AT))
    sample = [line[:LONGEST_CELL] for line in lines]
    return max(DELIMITERS, key=lambda delimiter: (_evenness(sample, delimiter), delimiter == ","))


def _evenness(lines: list[str], delimiter: str) -> float:
    """How many rows have the commonest number of cells above one; wider rows count for a little more."""
    try:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if len(row) > 1)
    except csv.Error:
        return 0
    width, count = max(widths.items(), key=lambda pair: (pair[1], pair[0]), default=(0, 0))
    return count + min(width, 100) / 1000
