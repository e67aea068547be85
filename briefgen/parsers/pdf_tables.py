"""The segments and rulings of a page in, tables out: those with ruled cells, those with ruled rows, and those without rules.

Ruled cells: lines that cross make a grid; where a line between two cells is missing, they are one, and it is written out in
both places. Ruled rows, and three or more lines of short cells that stand in columns without any rule: the columns are the gaps
that no word of any row crosses.

Limits: a table that goes on over the page is two tables; cells of a borderless table that go over two lines are two rows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from briefgen.parsers.pdf_page import Box, Segment, Word, around

#: Thinner than this is a line; edges nearer than this are one.
THIN, NEAR = 3.0, 3.0
#: A page with more edges is a drawing.
MOST_EDGES, MOST_ROWS = 1_500, 200
#: A gap that parts columns; narrower ones are between words.
COLUMN_GAP, LEAST_ROWS = 7.0, 3
LONGEST_CELL = 45
MARKER = re.compile(r"[^\w\s]{1,2}|\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]|\d{1,3}")


class Grid(NamedTuple):
    """A table on a page."""

    box: Box
    rows: list[list[str]]


def find_tables(segments: Sequence[Segment], rulings: Sequence[Box]) -> tuple[list[Grid], list[Segment]]:
    """The tables of a page, and the segments that are in none."""
    found: list[Grid] = []
    rest = list(segments)
    for region, level, upright in _regions(rulings):
        inside = [each for each in rest if _holds(region, each.box)]
        rows = _ruled(inside, level, upright) if len(upright) > 2 else _in_columns(inside, level)
        if rows and len(rows) > 1 and len(rows[0]) > 1:
            found.append(Grid(region, rows))
            taken = set(map(id, inside))
            rest = [each for each in rest if id(each) not in taken]
    for group in _aligned(rest):
        rows = _in_columns(group, _between(group))
        if rows and len(rows) >= LEAST_ROWS and len(rows[0]) > 1 and _is_short(rows):
            found.append(Grid(around([each.box for each in group]), rows))
            taken = set(map(id, group))
            rest = [each for each in rest if id(each) not in taken]
    return found, rest


def _holds(region: Box, box: Box) -> bool:
    across = (box.left + box.right) / 2
    return region.top - NEAR <= box.middle <= region.bottom + NEAR and region.left - NEAR <= across <= region.right + NEAR


def _regions(rulings: Sequence[Box]) -> list[tuple[Box, list[Box], list[Box]]]:
    """Groups of edges that touch, each with its level and its upright ones."""
    edges = sorted({_rounded(edge) for box in rulings for edge in _edges(box)}, key=lambda each: (each.top, each.left))
    groups = _touching(edges) if len(edges) <= MOST_EDGES else []
    found = []
    for group in groups:
        level = [edge for edge in group if edge.width >= edge.height]
        upright = _distinct([edge for edge in group if edge.width < edge.height], "left")
        if len(_distinct(level, "top")) > 2:
            found.append((around(group), level, [edge for edge in group if edge.width < edge.height] if upright else []))
    return [(box, level, upright) for box, level, upright in found if box.width > 40]


def _rounded(edge: Box) -> Box:
    return Box(*(round(side) for side in edge))


def _touching(edges: Sequence[Box]) -> list[list[Box]]:
    """Edges from top to bottom, in groups that hang together."""
    group_of = list(range(len(edges)))

    def root(at: int) -> int:
        while group_of[at] != at:
            group_of[at] = at = group_of[group_of[at]]
        return at

    near: list[int] = []
    for at, edge in enumerate(edges):
        near = [other for other in near if edges[other].bottom >= edge.top - NEAR]
        for other in near:
            if _touches(edges[other], edge):
                group_of[root(other)] = root(at)
        near.append(at)
    groups: dict[int, list[Box]] = {}
    for at, edge in enumerate(edges):
        groups.setdefault(root(at), []).append(edge)
    return list(groups.values())


def _edges(box: Box) -> list[Box]:
    """A line, or the four sides of a frame."""
    if box.height < THIN or box.width < THIN:
        return [box] if max(box.height, box.width) > 8 else []
    left, top, right, bottom = box
    return [
        Box(left, top, right, top),
        Box(left, bottom, right, bottom),
        Box(left, top, left, bottom),
        Box(right, top, right, bottom),
    ]


def _touches(one: Box, other: Box) -> bool:
    beside = one.left - NEAR <= other.right and other.left <= one.right + NEAR
    return beside and one.top - NEAR <= other.bottom and other.top <= one.bottom + NEAR


def _distinct(edges: Sequence[Box], side: str) -> list[float]:
    """The places of edges, near ones counted once."""
    found: list[float] = []
    for place in sorted(getattr(edge, side) for edge in edges):
        if not found or place - found[-1] > NEAR:
            found.append(place)
    return found


def _ruled(segments: Sequence[Segment], level: Sequence[Box], upright: Sequence[Box]) -> list[list[str]]:
    """The rows of a grid of lines. A word belongs to the cell that its middle is in."""
    across, down = _distinct(upright, "left"), _distinct(level, "top")
    if len(across) < 3:
        return _in_columns(segments, level)
    words = [word for segment in segments for word in segment.words]
    cells: dict[tuple[int, int], list[Word]] = {}
    for word in words:
        place = _band(down, word.box.middle), _band(across, (word.box.left + word.box.right) / 2)
        cells.setdefault(_first(place, across, down, upright, level), []).append(word)
    rows = [
        [_said(cells.get(_first((row, column), across, down, upright, level), [])) for column in range(len(across) - 1)]
        for row in range(len(down) - 1)
    ]
    return _without_empty(rows)


def _band(places: Sequence[float], at: float) -> int:
    """The band between two places; what lies outside belongs to the first or last."""
    return min(max(sum(place <= at for place in places) - 1, 0), len(places) - 2)


def _first(
    place: tuple[int, int], across: Sequence[float], down: Sequence[float], upright: Sequence[Box], level: Sequence[Box]
) -> tuple[int, int]:
    """The first cell of the merged cell that a cell belongs to: no line stands between it and its neighbour."""
    row, column = place
    middle = (down[row] + down[row + 1]) / 2
    while column and not any(
        abs(edge.left - across[column]) <= NEAR and edge.top - NEAR <= middle <= edge.bottom + NEAR for edge in upright
    ):
        column -= 1
    middle = (across[column] + across[column + 1]) / 2
    while row and not any(
        abs(edge.top - down[row]) <= NEAR and edge.left - NEAR <= middle <= edge.right + NEAR for edge in level
    ):
        row -= 1
    return row, column


def _said(words: Sequence[Word]) -> str:
    """The words of a cell in reading order."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda each: each.box.middle):
        if lines and abs(lines[-1][0].box.middle - word.box.middle) < word.box.height / 2:
            lines[-1].append(word)
        else:
            lines.append([word])
    return " ".join(word.text for line in lines for word in sorted(line, key=lambda each: each.box.left))


def _in_columns(segments: Sequence[Segment], level: Sequence[Box]) -> list[list[str]]:
    """The rows between level edges, parted where no segment of any row crosses."""
    down = _distinct(level, "top")
    if len(down) < 2 or not segments:
        return []
    gaps = column_gaps([each.box for each in segments])
    rows: list[list[list[Word]]] = [[[] for _ in range(len(gaps) + 1)] for _ in range(len(down) - 1)]
    for segment in segments:
        column = sum(gap < (segment.box.left + segment.box.right) / 2 for gap in gaps)
        rows[_band(down, segment.box.middle)][column] += segment.words
    return _without_empty([[_said(cell) for cell in row] for row in rows])


def column_gaps(boxes: Sequence[Box], least: float = COLUMN_GAP) -> list[float]:
    """The middles of the gaps that no box crosses."""
    found: list[float] = []
    reach = None
    for box in sorted(boxes):
        if reach is not None and box.left - reach > least:
            found.append((reach + box.left) / 2)
        reach = box.right if reach is None else max(reach, box.right)
    return found


def _without_empty(rows: list[list[str]]) -> list[list[str]]:
    rows = [row for row in rows if any(row)]
    used = [i for i in range(len(rows[0]) if rows else 0) if any(row[i] for row in rows)]
    return [[row[i] for i in used] for row in rows]


def lines_of(segments: Sequence[Segment]) -> list[list[Segment]]:
    """Segments of one height together, from the left, from top to bottom."""
    lines: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda each: each.box.middle):
        if lines and segment.box.middle - lines[-1][0].box.middle < 0.4 * min(segment.box.height, lines[-1][0].box.height):
            lines[-1].append(segment)
        else:
            lines.append([segment])
    return [sorted(line, key=lambda each: each.box.left) for line in lines]


def _aligned(segments: Sequence[Segment]) -> list[list[Segment]]:
    """Runs of lines of several cells each that stand close and share their columns."""
    runs: list[list[list[Segment]]] = [[]]
    for line in lines_of(segments):
        is_row = len(line) > 1 and not MARKER.fullmatch(line[0].text)
        if is_row and len(runs[-1]) < MOST_ROWS and (not runs[-1] or _stands_under(runs[-1], line)):
            runs[-1].append(line)
        else:
            runs.append([line] if is_row else [])
    return [[segment for line in run for segment in line] for run in runs if len(run) >= LEAST_ROWS]


def _stands_under(run: Sequence[Sequence[Segment]], line: Sequence[Segment]) -> bool:
    last = run[-1][0].box
    is_near = line[0].box.top - last.bottom < 2 * last.height
    return is_near and bool(column_gaps([each.box for row in (*run, line) for each in row]))


def _between(segments: Sequence[Segment]) -> list[Box]:
    """Edges between the lines of a table that has none."""
    lines = [around([each.box for each in line]) for line in lines_of(segments)]
    places = [lines[0].top, *((above.bottom + below.top) / 2 for above, below in pairwise(lines)), lines[-1].bottom]
    return [Box(lines[0].left, place, lines[0].right, place) for place in _apart(places)]


def _apart(places: Sequence[float]) -> list[float]:
    """Places moved apart so far that they count as several."""
    found: list[float] = []
    for place in places:
        found.append(max(place, found[-1] + NEAR + 0.1) if found else place)
    return found


def _is_short(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the cells are those of a table and not the lines of columns of prose."""
    cells = [cell for row in rows for cell in row if cell]
    return sum(map(len, cells)) < LONGEST_CELL / 2 * len(cells) and max(map(len, cells)) <= 2 * LONGEST_CELL
