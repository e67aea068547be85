"""The timeline and the tables of a brief: cases as files, documents divided by a line ``---``."""

from __future__ import annotations

import pytest
from casefile import Case, check, parametrize
from test_events import LEXICON, read

from briefgen.compare.copies import find_copies
from briefgen.compare.sources import Independence
from briefgen.compare.tables import tables
from briefgen.compare.timeline import timeline
from briefgen.model.brief import BriefTable, TimelineEntry
from briefgen.model.findings import Digest
from briefgen.model.settings import Limits, Settings
from briefgen.segment import segment

#: A roster of two, for the cases.
ACTORS = {"Norway": "norway", "Oslo": "norway", "Iceland": "iceland"}


def digests(source: str) -> list[Digest]:
    made = []
    for text in source.split("\n---\n"):
        document, events = read(text, "md", None)
        made.append(
            Digest(
                source=document.source,
                meta=document.meta,
                text=document.text,
                blocks=document.blocks,
                sentences=segment(document, LEXICON)[1],
                events=events,
            )
        )
    return made


def places(found: list[Digest]) -> dict[str, str]:
    return {digest.source.id: f"s{number}" for number, digest in enumerate(found, 1)}


def run(source: str, info: str) -> str:
    found = digests(source)
    if info == "tables":
        made = tables(found, places(found), LEXICON)
        return "\n".join(line for table in made for line in table_lines(table))
    limits = Limits(timeline=int(info or 25))
    counted = Independence(find_copies(found))
    entries = timeline(found, places(found), counted, lambda _, name: ACTORS.get(name), Settings(limits=limits))
    dates = {entry.id: entry.when.edtf or entry.when.text for entry in entries}
    return "\n".join(line(entry, dates) for entry in entries)


def table_lines(table: BriefTable) -> list[str]:
    """A table with where else it stands, its rows that sum up, and the cells that another source gives otherwise."""
    head = f"{table.source} | {table.title} | {table.kind} | {' / '.join(table.columns)} | {len(table.rows)} rows"
    told = [f"  also {place.source}" for place in table.also] + [f"  total {table.rows[row][0]}" for row in table.totals]
    told += [f"  {each.row}, {each.column}: {each.value}, in {each.source} {each.other}" for each in table.conflicts]
    return [head, *told]


def line(entry: TimelineEntry, dates: dict[str, str]) -> str:
    places = " ".join(f"{ref.source}:{ref.block.value}" for ref in entry.refs)
    told = [dates[entry.id], entry.status, ", ".join(entry.actors), entry.what, places]
    told += [f"or {dates[other]}" for other in entry.conflicts] + ["not shown"] * (not entry.shown)
    return " | ".join(told)


@parametrize("timeline")
def test_timeline_and_tables(case: Case, request: pytest.FixtureRequest) -> None:
    check(case, request, run)


def test_the_order_of_documents_changes_only_the_numbers_of_sources() -> None:
    found = digests(
        "Norway closed the mine in 2014.\n---\nThe closure of the mine in 2014 hurt. Iceland joined the pact in May 2011."
    )
    names = places(found)
    counted = Independence(find_copies(found))
    forward = timeline(found, names, counted, lambda _, name: ACTORS.get(name), Settings())
    assert forward == timeline(found[::-1], names, counted, lambda _, name: ACTORS.get(name), Settings())
