"""Counts a week in, the geometry of a small picture out: bars above a line for those who are for it, below for those against.

Those who are neither stand on the line, half above and half below it, as in charts of opinion. A mark above a week says that
somebody turned. The picture has no words and no colours: the table beside it says the same in words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

#: A week is at most so wide, and all of them together.
COLUMN, WIDEST = 32, 1040
HALF = 36
TOP = 12
#: A position is at most so high.
TALLEST = 10.0


class Bar(NamedTuple):
    """One camp in one week."""

    kind: str  #: for, open or against
    x: float  #: its left edge
    y: float  #: its upper edge
    width: float  #: how wide it is
    height: float  #: how high it is


class Picture(NamedTuple):
    """The bars, the height of the line that parts the camps, and where the marks of turns stand."""

    width: int  #: width of the picture
    height: int  #: height of the picture
    axis: float  #: height of the line between the camps
    bars: tuple[Bar, ...]  #: a bar for each camp of each week
    turns: tuple[float, ...]  #: where marks stand above weeks in which somebody turned


def picture(weeks: Sequence[tuple[int, int, int, bool]]) -> Picture:
    """The picture of (for, open, against, whether somebody turned) in each week, oldest first."""
    reach = max((max(for_it, against) + open / 2 for for_it, open, against, _ in weeks), default=0) or 1
    unit = min(TALLEST, HALF / reach)
    axis, column = float(TOP + HALF), min(COLUMN, WIDEST / max(len(weeks), 1))
    bars: list[Bar] = []
    for at, (for_it, open, against, _) in enumerate(weeks):
        x, half = round((at + 0.2) * column, 1), open * unit / 2
        drawn = (("for", axis - half - for_it * unit, for_it), ("open", axis - half, open), ("against", axis + half, against))
        bars += [
            Bar(kind, x, round(y, 1), round(0.6 * column, 1), round(number * unit, 1)) for kind, y, number in drawn if number
        ]
    turns = tuple(round((at + 0.5) * column, 1) for at, week in enumerate(weeks) if week[3])
    return Picture(round(len(weeks) * column), 2 * HALF + TOP + 2, axis, tuple(bars), turns)
