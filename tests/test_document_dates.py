"""When a document is from: cases over languages and layouts, and that nothing is made up."""

from __future__ import annotations

import pytest
from casefile import Case, check, parametrize
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.parsers import parse
from briefgen.parsers.published import find_published


def read(source: str, name: str) -> str:
    meta = parse(name, source.encode())[0].meta
    return f"{meta.published} | {meta.published_from}" if meta.published else "unknown"


@parametrize("docdates")
def test_document_date(case: Case, request: pytest.FixtureRequest) -> None:
    check(case, request, read)


WORDS = st.sampled_from(
    "Published Updated Date: Stand: Publié le on 4 4. 04/09/2025 2025 2025-09-04 September sept. Mai May de LINDHAVEN, "
    "(Wire) — - | · © "
    "https://x.example/2025/09/04/a By Ana Reis 10:22 Uhr The board met. \n".split(" ")
)


@settings(max_examples=200, deadline=None)
@given(st.lists(WORDS, max_size=30).map(" ".join) | st.text(max_size=200))
def test_a_date_has_its_year_and_day_in_the_text(text: str) -> None:
    published, where = find_published(text, "a.txt")
    assert (published is None) == (where is None)
    if published:
        year, *parts = published.split("-")
        assert year in text
        assert len(parts) < 2 or str(int(parts[1])) in text
