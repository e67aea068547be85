"""The documents' tables in, the brief's tables out: columns and rows apart, with a title and a kind, each table once.

A title is the table's own caption, else a row above its header, else the line right above it: a numbered caption, a short line
without a stop, or a lead-in that ends in a colon and is no fragment ("A package could consist of:" is one). Else it is the
heading of its section. A lead-in of another block is none: a paragraph that merely comes before the table does not name it.

Tables of several documents are one where columns and rows are the same but for case, spaces and the order of rows; the places
of the others are kept (``also``). Where two tables have the same columns and mostly the same cells, the cells that differ are
told (``conflicts``): which source is right is not for us to choose. Numbers and units stay as they are written.

Known limits: tables whose columns stand in another order are two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from briefgen.compare.terms import digest_id
from briefgen.model.brief import BriefTable, CellConflict, TablePlace
from briefgen.model.document import Block, BlockKind, Table
from briefgen.model.findings import Digest
from briefgen.model.grid import read_grid
from briefgen.model.lexicon import Lexicon

CAPTION = re.compile(r"(?:table|tab\.|figure|exhibit|annex table)\s+[\dA-Z][\w.]*\b[\s.:–—-]*", re.IGNORECASE)
EMPHASIS = re.compile(r"^[*_#\s]+|[*_\s]+$")
FOOTNOTES = re.compile(r"(?:\s?\[\d{1,3}\])+$")
#: "Prepared by: Ada Mensah" says something of the document, not of the table.
KEYED = re.compile(r"[^\W\d_][\w ]{0,30}: \S")
STOP = re.compile(r"[.!?;,…][\"”’)\]*_]*$")
LONGEST_CAPTION, LONGEST_LINE = 40, 15
#: A table with the same columns is compared with so many earlier ones.
COMPARED = 20
#: Two tables tell of the same where such a share of the cells that both have is the same.
ALIKE = 0.5


def tables(digests: Sequence[Digest], places: Mapping[str, str], lexicon: Lexicon) -> tuple[BriefTable, ...]:
    """All tables by source and place, each once; ``places`` maps ``source.id`` to the brief's id."""
    once = {digest.source.id: digest for digest in digests}
    seen: dict[str, BriefTable] = {}
    for name, digest in sorted(once.items(), key=lambda entry: (len(places[entry[0]]), places[entry[0]])):
        for table in _of(digest, places[name], lexicon):
            key = _key(table)
            seen[key] = _joined(seen[key], table) if key in seen else table
    return _with_conflicts(list(seen.values()))


def _of(digest: Digest, place: str, lexicon: Lexicon) -> Iterator[BriefTable]:
    for at, block in enumerate(digest.blocks):
        if isinstance(block, Table) and block.rows:
            grid = read_grid(block, lexicon.header)
            yield BriefTable(
                id=digest_id("ta", digest.source.id, str(block.start)),
                source=place,
                title=block.title or grid.title or _title(digest, at, lexicon),
                columns=grid.columns,
                rows=tuple(row.cells for row in grid.rows),
                totals=tuple(number for number, row in enumerate(grid.rows) if _is_total(row.cells, lexicon)),
                kind=grid.kind,
                start=block.start,
                end=block.end,
            )


def _is_total(cells: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether a row sums up others, so that nobody adds it to them."""
    first = next((cell for cell in cells if cell.strip()), "").strip(" *_:").casefold()
    return first in lexicon.listed("total-rows")


# ---- titles


def _title(digest: Digest, at: int, lexicon: Lexicon) -> str | None:
    """What the line right above the table calls it, else a caption right below, else the nearest heading above."""
    above = digest.blocks[at - 1] if at else None
    below = digest.blocks[at + 1] if at + 1 < len(digest.blocks) else None
    headings = (_text(digest, block) for block in reversed(digest.blocks[:at]) if block.kind == BlockKind.HEADING)
    return (
        (above and _line_above(digest, above, lexicon))
        or (below and _caption(_text(digest, below) if below.kind == BlockKind.PARAGRAPH else ""))
        or next((heading.removesuffix(":") for heading in headings if not CAPTION.match(heading)), None)
    )


def _line_above(digest: Digest, block: Block, lexicon: Lexicon) -> str | None:
    words = _text(digest, block)
    if block.kind == BlockKind.HEADING:
        return _caption(words)
    if block.kind != BlockKind.PARAGRAPH:
        return None
    lead_in = _last_line(digest, block)
    if lead_in.endswith(":"):
        return None if _is_fragment(lead_in, lexicon) else lead_in.removesuffix(":")
    is_line = len(words.split()) <= LONGEST_LINE and words[:1].isupper() and not STOP.search(words) and not KEYED.match(words)
    return _caption(words) or (words if is_line and not _is_fragment(words, lexicon) else None)


def _caption(words: str) -> str | None:
    """The words behind "Table 2:"; None where a line is no caption or says nothing more."""
    match = CAPTION.match(words)
    if match is None or len(words.split()) > LONGEST_CAPTION:
        return None
    return words[match.end() :].rstrip(". ") or None


def _is_fragment(line: str, lexicon: Lexicon) -> bool:
    """Whether a line breaks off for the table to go on ("priorities are as follows"), or leans on what stood before."""
    words = re.findall(r"[\w’'-]+", line.lower())
    ends, opens = lexicon.listed("lead-in-ends"), lexicon.listed("lead-in-openers")
    return not words or words[-1] in ends or words[0] in opens


def _last_line(digest: Digest, block: Block) -> str:
    """The last sentence of a paragraph."""
    inside = [sentence for sentence in digest.sentences if block.start <= sentence.start and sentence.end <= block.end]
    start = inside[-1].start if inside else block.start
    return _plain(digest.text[start : block.end])


def _text(digest: Digest, block: Block) -> str:
    return _plain(digest.text[block.start : block.end])


def _plain(words: str) -> str:
    """On one line, without marks of emphasis round it and of footnotes behind it."""
    return FOOTNOTES.sub("", EMPHASIS.sub("", " ".join(words.split())))


# ---- the same table again


def _folded(cell: str) -> str:
    return " ".join(cell.split()).strip(" *_.").casefold()


def _key(table: BriefTable) -> str:
    rows = sorted("\x1f".join(map(_folded, row)) for row in table.rows)
    return "\x1e".join(["\x1f".join(map(_folded, table.columns)), *rows])


def _joined(first: BriefTable, again: BriefTable) -> BriefTable:
    place = TablePlace(source=again.source, start=again.start, end=again.end)
    return replace(first, also=(*first.also, place), title=first.title or again.title)


# ---- cells that differ


def _with_conflicts(found: Sequence[BriefTable]) -> tuple[BriefTable, ...]:
    """The tables with what others of the same columns say otherwise; each conflict is told on both."""
    like: dict[tuple[str, ...], list[int]] = {}
    conflicts: dict[int, list[CellConflict]] = {}
    for at, table in enumerate(found):
        group = like.setdefault(tuple(map(_folded, table.columns)), [])
        for other in group[:COMPARED]:
            if found[other].source != table.source:
                conflicts.setdefault(other, []).extend(_conflicts(found[other], table))
                conflicts.setdefault(at, []).extend(_conflicts(table, found[other]))
        group.append(at)
    return tuple(replace(table, conflicts=tuple(conflicts.get(at, ()))) for at, table in enumerate(found))


def _conflicts(table: BriefTable, other: BriefTable) -> list[CellConflict]:
    """The cells that differ, where most cells of the rows that both have are the same."""
    theirs = _by_name(other.rows)
    both = [(row, theirs[name]) for name, row in _by_name(table.rows).items() if name in theirs]
    pairs = [(row, at, there[at]) for row, there in both for at in range(1, min(len(row), len(there)))]
    differing = [(row, at, there) for row, at, there in pairs if _folded(row[at]) != _folded(there)]
    if not differing or len(differing) > (1 - ALIKE) * len(pairs):
        return []
    return [
        CellConflict(row=row[0], column=table.columns[at], value=row[at], table=other.id, source=other.source, other=there)
        for row, at, there in differing
        if row[at].strip() and there.strip()
    ]


def _by_name(rows: Iterable[Sequence[str]]) -> dict[str, Sequence[str]]:
    """The rows by what their first cell says; names that come twice name nothing."""
    names = [_folded(row[0]) if row else "" for row in rows]
    return {name: row for name, row in zip(names, rows, strict=True) if name and names.count(name) == 1}
