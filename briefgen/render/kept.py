"""What templates see of a brief in, JSON that holds it out, and back: to keep it takes less than to make it of a brief again.

The same value is seen in many places, a position in its issue and in the table and beside a line of the bottom line. So each is
a row of its own, behind those that it is made of: its kind, then its values, of which ``[n]`` is what the row n made. Equal
values come back, which are the same where they were.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from briefgen.render import chart, context
from briefgen.render.context import BriefView

KINDS: dict[str, Callable[[Iterable[Any]], Any]] = {
    "tuple": tuple,
    "frozenset": frozenset,
    **{name: kind._make for module in (chart, context) for name, kind in vars(module).items() if hasattr(kind, "_make")},
}


def kept(view: BriefView) -> bytes:
    """``view`` as JSON."""
    names: dict[str, int] = {}
    rows: list[list[Any]] = []
    known: dict[int, list[int]] = {}

    def row(value: Any) -> Any:
        if not isinstance(value, tuple | frozenset):
            return value
        if id(value) not in known:
            parts = sorted(value) if isinstance(value, frozenset) else value
            made = [names.setdefault(type(value).__name__, len(names)), *map(row, parts)]
            known[id(value)] = [len(rows)]
            rows.append(made)
        return known[id(value)]

    row(view)
    return json.dumps([list(names), rows], separators=(",", ":")).encode()


def recalled(data: bytes) -> BriefView:
    """The view that ``kept`` made ``data`` of."""
    names, rows = json.loads(data)
    kinds = [KINDS[name] for name in names]
    made: list[Any] = []
    for kind, *values in rows:
        made.append(kinds[kind]([made[value[0]] if type(value) is list else value for value in values]))
    view: BriefView = made[-1]
    return view
