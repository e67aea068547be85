"""A brief in, what is told of it at a terminal out: so little that it is kept beside the brief and read in its place.

It is the brief without its texts and long lists, and with their counts. Of these lists stays what a line on the screen quotes:
the first position as an example, and what reworded corrections were applied to.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

from briefgen.model.brief import Brief

#: The lists that are only counted.
LISTS = ("sources", "actors", "issues", "statements", "positions", "proposals", "agreements", "disagreements")


class Outcome(NamedTuple):
    """A brief without what nothing is told of, and the counts of its lists, of who holds a position and of dated events."""

    brief: Brief
    counts: dict[str, int]


def outcome_of(brief: Brief) -> Outcome:
    """What is told of ``brief``."""
    counts = {name: len(getattr(brief, name)) for name in LISTS}
    counts["holders"] = len({position.actor for position in brief.positions})
    counts["dated"] = sum(entry.when.start is not None for entry in brief.timeline)
    quoted = {target for each in brief.corrections if each.status == "reworded" for target in each.targets}
    few: dict[str, Any] = {
        "sources": tuple(replace(source, text="") for source in brief.sources),
        "statements": tuple(each for each in brief.statements if each.id in quoted),
        "positions": tuple(each for n, each in enumerate(brief.positions) if n == 0 or each.id in quoted),
        "proposals": tuple(each for each in brief.proposals if each.id in quoted),
        **dict.fromkeys(("actors", "agreements", "disagreements", "timeline", "tables", "key_points"), ()),
    }
    return Outcome(replace(brief, **few), counts)
