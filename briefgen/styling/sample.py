"""A small brief with every kind of thing in it, and one with nothing: what templates are tried with, and examples are from."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from briefgen.model.base import from_json
from briefgen.model.brief import Brief, Period

SAMPLE = Path(__file__).parent / "sample.json"
#: What an empty brief has none of.
LISTS = (
    *("skipped", "actors", "issues", "statements", "positions", "proposals", "agreements", "disagreements"),
    *("timeline", "tables", "key_points", "corrections"),
)


def sample() -> Brief:
    """The sample: two sources on an invented dispute."""
    return from_json(Brief, SAMPLE.read_bytes())


def empty() -> Brief:
    """A brief of one source that says nothing."""
    brief = sample()
    silent = replace(brief.sources[-1], text="", words=0, title=None, notes=(), copied_from=())
    nothing: dict[str, Any] = {**dict.fromkeys(LISTS, ()), "sources": (silent,), "changes": None, "as_of": None}
    return replace(brief, **nothing, period=Period())
