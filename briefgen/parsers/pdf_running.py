"""The lines of all pages in, those that run along the edges of pages out: headers, footers, page numbers.

A line near the top or bottom edge runs if the same words, numbers aside, stand at the same height on several pages. A page
number needs no company.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from briefgen.parsers.pdf_order import Line

#: The share of a page at its top and at its bottom in which lines may run.
EDGE = 0.12
PAGE_NUMBER = re.compile(
    r"[-–—|·.()\[\] ]*(?:(?:page|seite|p\.|pg\.?|página|pagina|strona|стр\.?)\s*)?\d{1,4}"
    r"(?:\s*(?:/|of|von|de|sur|di|van|z)\s*\d{1,4})?[-–—|·.()\[\] ]*|[ivxl]{1,6}",
    re.IGNORECASE,
)
NUMBER = re.compile(r"\d+")
LEAST_SHARE = 0.4


def find_running(pages: Sequence[tuple[float, Sequence[Line]]]) -> dict[int, str]:
    """Why a line is dropped, by the line's ``id``; each page comes with its height."""
    near = [(line, _edge(line, height)) for height, lines in pages for line in lines]
    at_edge = [(line, edge) for line, edge in near if edge]
    counts = Counter(key for page in _by_page(at_edge) for key in page)
    least = max(2, LEAST_SHARE * len(pages))
    found = {id(line): "running header" for line, edge in at_edge if all(counts[key] >= least for key in _keys(line, edge))}
    if all(id(line) in found for line, _ in near):  # a page that says the same each time has no header
        return {}
    numbers = {id(line): "page number" for line, edge in at_edge if PAGE_NUMBER.fullmatch(line.text)}
    return found | numbers


def _edge(line: Line, height: float) -> str:
    if line.box.middle < EDGE * height:
        return "top"
    return "bottom" if line.box.middle > (1 - EDGE) * height else ""


def _by_page(lines: Sequence[tuple[Line, str]]) -> list[set[tuple[str, str, int]]]:
    pages: dict[int, set[tuple[str, str, int]]] = {}
    for line, edge in lines:
        pages.setdefault(line.page, set()).update(_keys(line, edge))
    return list(pages.values())


def _keys(line: Line, edge: str) -> list[tuple[str, str, int]]:
    """What the parts of a running line have on all pages: edge, words and about their height. Columns may part the line."""
    return [(edge, NUMBER.sub("#", segment.text), round(line.box.middle / 6)) for segment in line.segments]
