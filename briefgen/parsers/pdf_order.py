"""The segments of a page in, its lines in reading order out: columns are found by the white between them.

A page is cut upright where a gap of white runs between two bodies of lines that each fill their width, as prose does; if it is
not to be cut as a whole, what stands above or below (a title over two columns) is taken off first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from briefgen.parsers.pdf_page import Box, Segment, around
from briefgen.parsers.pdf_tables import column_gaps, lines_of

WORD = re.compile(r"\w")
#: Columns are at least so many lines high, and this far apart; their lines fill so much of their width and are so long.
LEAST_LINES, LEAST_GAP, LEAST_FILL, LEAST_LENGTH = 4, 8.0, 0.6, 14
#: At most this share of the lines may run across two columns.
MOST_ACROSS = 0.4
#: A page of more segments than this is a drawing with letters in it.
DEEPEST, MOST_SEGMENTS = 8, 1_500
#: A page that is wider than so many points is measured in larger steps: a file may put a word anywhere.
MOST_STEPS = 2_000


@dataclass(frozen=True)
class Line:
    """A line of a column: what is in it, its box, and the box of its column."""

    segments: tuple[Segment, ...]
    column: Box
    page: int
    underlined: bool = False

    @cached_property
    def text(self) -> str:
        """The words of the line; an "o" that stands alone before them is a bullet."""
        first, *rest = (segment.text for segment in self.segments)
        return " ".join(["•" if first == "o" and rest else first, *rest])

    @cached_property
    def box(self) -> Box:
        """What the line covers."""
        return around([segment.box for segment in self.segments])

    @cached_property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(segment.bold for segment in self.segments)

    @cached_property
    def size(self) -> float:
        """The size of its largest type; bullets may be larger."""
        words = [word for segment in self.segments for word in segment.words]
        return max(word.size for word in [each for each in words if WORD.search(each.text)] or words)


def read_order(segments: Sequence[Segment], page: int) -> list[Line]:
    """The lines of a page as a reader goes through them."""
    return [Line(tuple(line), column, page) for line, column in _ordered(list(segments), 0)]


def _ordered(segments: list[Segment], depth: int) -> list[tuple[list[Segment], Box]]:
    if not segments:
        return []
    lines = lines_of(segments)
    column = around([segment.box for segment in segments])
    if depth == DEEPEST or len(segments) > MOST_SEGMENTS:
        return [(line, column) for line in lines]
    parts = _columns(segments) or _bands(segments, lines)
    if parts:
        return [each for part in parts for each in _ordered(part, depth + 1)]
    if sum(len(line) > 1 for line in lines) < LEAST_LINES - 1:
        return [(line, column) for line in lines]
    for at in range(1, len(lines) - LEAST_LINES + 1):
        below = [segment for line in lines[at:] for segment in line]
        if len(lines[at]) > 1 and _columns(below):
            above = [segment for line in lines[:at] for segment in line]
            return _ordered(above, DEEPEST) + _ordered(below, depth + 1)
    for at in range(len(lines) - 1, LEAST_LINES - 1, -1):
        above = [segment for line in lines[:at] for segment in line]
        if len(lines[at - 1]) > 1 and _columns(above):
            below = [segment for line in lines[at:] for segment in line]
            return _ordered(above, depth + 1) + _ordered(below, depth + 1)
    return [(line, column) for line in lines]


def _columns(segments: Sequence[Segment]) -> list[list[Segment]]:
    """The segments left and right of the widest gap that parts two bodies of prose; nothing if none does."""
    for gap in column_gaps([segment.box for segment in segments], LEAST_GAP):
        left = [segment for segment in segments if segment.box.right <= gap]
        right = [segment for segment in segments if segment.box.right > gap]
        if _is_prose(left) and _is_prose(right):
            return [left, right]
    return []


def _bands(segments: Sequence[Segment], lines: Sequence[Sequence[Segment]]) -> list[list[Segment]]:
    """Two columns with lines across both (a title, a page number): the bands between those lines, each column by itself."""
    gap = _crossed_gap(segments)
    across = [line for line in lines if any(each.box.left < gap < each.box.right for each in line)]
    if not across or len(across) > MOST_ACROSS * len(lines):
        return []
    taken = {id(each) for line in across for each in line}
    rest = [each for each in segments if id(each) not in taken]
    left, right = [[each for each in rest if (each.box.right <= gap) == is_left] for is_left in (True, False)]
    if not (_is_prose(left) and _is_prose(right)):
        return []
    found: list[list[Segment]] = []
    above = float("-inf")
    for line in [*across, []]:
        below = around([each.box for each in line]).middle if line else float("inf")
        found += [[each for each in side if above < each.box.middle <= below] for side in (left, right)] + [list(line)]
        above = below
    return [part for part in found if part]


def _crossed_gap(segments: Sequence[Segment]) -> float:
    """The middle of the upright strip, not too near the sides, that fewest segments cross."""
    column = around([each.box for each in segments])
    step = max(1.0, column.width / MOST_STEPS)
    first, last = int((column.left + 0.25 * column.width) / step), int((column.right - 0.25 * column.width) / step)
    crossing = [0] * (last - first + 2)
    for each in segments:
        start = max(int(each.box.left / step) - first, 0)
        end = min(int(each.box.right / step) - first + 1, len(crossing) - 1)
        if start < end:
            crossing[start] += 1
            crossing[end] -= 1
    counts = list(accumulate(crossing))[:-1]
    width = max(1, int(LEAST_GAP / step))
    strips = [max(counts[at : at + width]) for at in range(max(1, len(counts) - width + 1))]
    least = min(strips, default=0)
    best = [at for at, count in enumerate(strips) if count == least]
    return (first + best[len(best) // 2] + width / 2) * step if best else 0.0


def _is_prose(segments: Sequence[Segment]) -> bool:
    lines = lines_of(segments)
    if len(lines) < LEAST_LINES:
        return False
    width = around([segment.box for segment in segments]).width
    filled = sorted(around([each.box for each in line]).width for line in lines)
    letters = sum(len(segment.text) for segment in segments)
    return filled[len(filled) // 2] >= LEAST_FILL * width and letters >= LEAST_LENGTH * len(lines)
