"""The documents' tables in, the brief's tables out: columns and rows apart, with a title and a kind.

A title is the table's own caption, else the lead-in that stands right above it and ends in a colon, else the heading of its
section. A lead-in of another block is none: a paragraph that merely comes before the table does not name it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from briefgen.compare.terms import digest_id
from briefgen.model.brief import BriefTable
from briefgen.model.document import Block, BlockKind, Table
from briefgen.model.findings import Digest
from briefgen.model.grid import read_grid
from briefgen.model.lexicon import HeaderRule


def tables(digests: Sequence[Digest], places: Mapping[str, str], headers: Sequence[HeaderRule]) -> tuple[BriefTable, ...]:
    """All tables by source and place; ``headers`` is ``Lexicon.header``, ``places`` maps ``source.id`` to the brief's id."""
    ordered = sorted(digests, key=lambda digest: (len(places[digest.source.id]), places[digest.source.id]))
    return tuple(table for digest in ordered for table in _of(digest, places[digest.source.id], headers))


def _of(digest: Digest, place: str, headers: Sequence[HeaderRule]) -> Iterator[BriefTable]:
    for at, block in enumerate(digest.blocks):
        if isinstance(block, Table) and block.rows:
            grid = read_grid(block, headers)
            yield BriefTable(
                id=digest_id("ta", digest.source.id, str(block.start)),
                source=place,
                title=block.title or _title(digest, at),
                columns=grid.columns,
                rows=tuple(row.cells for row in grid.rows),
                kind=grid.kind,
                start=block.start,
                end=block.end,
            )


def _title(digest: Digest, at: int) -> str | None:
    """The lead-in right above the table, else the nearest heading above it."""
    above = digest.blocks[:at]
    if above and above[-1].kind == BlockKind.PARAGRAPH and _last_line(digest, above[-1]).endswith(":"):
        return _last_line(digest, above[-1]).removesuffix(":")
    heading = next((block for block in reversed(above) if block.kind == BlockKind.HEADING), None)
    return _text(digest, heading) if heading else None


def _last_line(digest: Digest, block: Block) -> str:
    """The last sentence of a paragraph."""
    inside = [sentence for sentence in digest.sentences if block.start <= sentence.start and sentence.end <= block.end]
    start = inside[-1].start if inside else block.start
    return " ".join(digest.text[start : block.end].split())


def _text(digest: Digest, block: Block) -> str:
    return " ".join(digest.text[block.start : block.end].split())
