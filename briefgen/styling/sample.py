"""A small brief with every kind of thing in it, and one with nothing: what templates are tried with, and examples are from."""

from __future__ import annotations

from pathlib import Path

from briefgen.model.brief import Brief

SAMPLE = Path(__file__).parent / "sample.json"
#: What an empty brief has none of.
LISTS = (
    *("skipped", "actors", "issues", "statements", "positions", "proposals", "agreements", "disagreements"),
    *("timeline", "tables", "key_points", "corrections"),
)


def sample() -> Brief:
    """The sample: two sources on an invented dispute."""
    return Brief.model_validate_json(SAMPLE.read_bytes())


def empty() -> Brief:
    """A brief of one source that says nothing."""
    brief = sample()
    silent = brief.sources[-1].model_copy(update={"text": "", "words": 0, "title": None, "notes": (), "copied_from": ()})
    nothing = {**dict.fromkeys(LISTS, ()), "sources": (silent,), "changes": None, "as_of": None, "period": type(brief.period)()}
    return brief.model_copy(update=nothing)
