"""Events: cases as files, and what must hold for any text."""

from __future__ import annotations

from dataclasses import replace

import pytest
from casefile import Case, check, parametrize
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.extract.dates import find_dates
from briefgen.extract.events import event_rules, find_events
from briefgen.lexicon import load
from briefgen.model.document import Document
from briefgen.model.errors import UnreadableError
from briefgen.model.findings import Event
from briefgen.model.grid import read_grid
from briefgen.parsers import parse
from briefgen.segment import segment

LEXICON = load([])
RULES = event_rules(LEXICON)


def read(source: str, suffix: str, published: str | None) -> tuple[Document, tuple[Event, ...]]:
    document, sentences = segment(parse(f"case.{suffix}", source.encode())[0], LEXICON)
    document = replace(document, meta=replace(document.meta, published=published))
    dates = find_dates(document.text, sentences, document.blocks, published=published)
    return document, find_events(document, sentences, (), dates, RULES)


def line(event: Event) -> str:
    when = " ".join(filter(None, [event.when.text, f"({event.when.edtf})" if event.when.edtf else ""]))
    return " | ".join([when, event.status, event.certainty, event.origin, ", ".join(event.actors), event.what])


def events_of(source: str, info: str) -> str:
    """``info`` is "md", perhaps with the publication."""
    suffix, _, published = (info or "txt").partition(" ")
    return "\n".join(map(line, read(source, suffix, published or None)[1]))


@parametrize("events")
def test_events(case: Case, request: pytest.FixtureRequest) -> None:
    check(case, request, events_of)


def test_an_event_quotes_its_document() -> None:
    document, events = read(
        "In 2019 Norway signed the accord, though the ban of 2012 stayed.\n\n| Year | Event |\n|---|---|\n| 2018 | Fire |\n",
        "md",
        None,
    )
    assert len(events) == 3
    for event in events:
        ref = event.refs[0]
        assert document.text[ref.start : ref.end] == ref.sentence
        assert ref.parts
        assert " … ".join(document.text[start:end] for start, end in ref.parts.content) == event.what


PIECES = st.sampled_from(
    "In 2014 , Norway signed the treaty in May 2015 ( and which war of 2008 ) will meet on 4 June 2030 ; since 1999 : – “ ” ? "
    ". said that".split(" ")
)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=30).map(" ".join) | st.text(max_size=80))
def test_any_text_gives_dated_events_inside_it(text: str) -> None:
    try:
        document, events = read(text, "txt", None)
    except UnreadableError:
        return
    for event in events:
        assert bool(event.when.start) == (event.status != "undated")
        assert event.what in document.text
    assert events == read(text, "txt", None)[1]


def table_of(*rows: list[str]) -> object:
    from briefgen.model.document import Table

    cells = tuple(tuple((10 * r + c, 10 * r + c + 1) for c in range(len(row))) for r, row in enumerate(rows))
    return Table(start=0, end=100, rows=tuple(map(tuple, rows)), cells=cells)


@pytest.mark.parametrize(
    ("headers", "cells", "kind"),
    [
        (["Proposed Measure", "Description"], ["Toll", "A toll on lorries"], "proposals"),
        (["Event", "Year", "Effect"], ["Flood", "2013", "Dykes raised"], "events"),
        (["When", "What"], ["2013", "Dykes raised"], "events"),
        (["Event", "Place"], ["Flood", "Passau"], "other"),
        (["Year", "Output"], ["2013", "1,200"], "figures"),
        (["Country", "Position"], ["Chile", "In favour"], "positions"),
        (["Risk", "Impact on Prices"], ["Drought", "Higher"], "factors"),
        (["Name", "Colour"], ["Ada", "green"], "other"),
    ],
)
def test_kinds_of_tables(headers: list[str], cells: list[str], kind: str) -> None:
    assert read_grid(table_of(headers, cells), LEXICON.header).kind == kind  # type: ignore[arg-type]
