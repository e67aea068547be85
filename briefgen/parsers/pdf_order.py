"""The segments of a page in, its lines in reading order out: columns are found by the white between them.

A page is cut upright where a gap of white runs between two bodies of lines that each fill their width, as prose does; if it is
not to be cut as a whole, what stands above or below (a title over two columns) is taken off first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from briefgen.parsers.pdf_page import Box, Segment, around
from briefgen.parsers.pdf_tables import column_gaps, lines_of

#: Columns are at least so many lines high, and this far apart; their lines fill so much of their width and are so long.
LEAST_LINES, LEAST_GAP, LEAST_FILL, LEAST_LENGTH = 4, 8.0, 0.6, 14
#: A page of more segments than this is a drawing with letters in it.
DEEPEST, MOST_SEGMENTS = 8, 1_500


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
        """The size of its largest type."""
        return max(word.size for segment in self.segments for word in segment.words)


def read_order(segments: Sequence[Segment], page: int) -> list[Line]:
    """The lines of a page as a reader goes through them."""
    return [Line(tuple(line), column, page) for line, column in _ordered(list(segments), 0)]


def _ordered(segments: list[Segment], depth: int) -> list[tuple[list[Segment], Box]]:
    if not segments:
        return []
    lines = lines_of(segments)
    column = around([segment.box for segment in segments])
    if depth == DEEPEST or len(segments) > MOST_SEGMENTS or sum(len(line) > 1 for line in lines) < LEAST_LINES - 1:
        return [(line, column) for line in lines]
    parts = _columns(segments)
    if parts:
        return [each for part in parts for each in _ordered(part, depth + 1)]
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


def _is_prose(segments: Sequence[Segment]) -> bool:
    lines = lines_of(segments)
    if len(lines) < LEAST_LINES:
        return False
    width = around([segment.box for segment in segments]).width
    filled = sorted(around([each.box for each in line]).width for line in lines)
    letters = sum(len(segment.text) for segment in segments)
    return filled[len(filled) // 2] >= LEAST_FILL * width and letters >= LEAST_LENGTH * len(lines)
