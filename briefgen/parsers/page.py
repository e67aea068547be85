"""A plain text as lines, and which of them belong together: what the rules of ``text`` look at.

Plain text comes in two habits: one paragraph a line, and lines wrapped at a column. The habit is read from the file itself:
in wrapped English most lines that follow another begin with a small letter, in the other habit next to none do. In a wrapped
file a line ends its paragraph if the next word would still have fitted on it.

Limits: verse and addresses in a wrapped file may be joined; a file that changes its habit halfway is read by the commoner one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

#: Nobody wraps at a wider column, so a longer line is a paragraph of its own.
WIDEST = 120
#: Share of following lines that begin with a small letter, from which on a file counts as wrapped.
WRAPPED_SHARE = 0.3

BULLET = re.compile(r"(?:[-*+•‣◦▪●·–]|\(?\d{1,3}[.)]|\(?(?:[a-zA-Z]|[ivx]{1,4})\))\s+(?=\S)")
RULER = re.compile(r"[^\w|]*\Z")
SEPARATOR = re.compile(r"(?=[^-=]*[-=])(?=[^|+]*[|+])[\s|+:=-]+\Z")
STRUCTURE = re.compile(r">|#{1,6}\s|```|~~~")
PIPE = re.compile(r"(?<!\\)\|")
STOP = re.compile(r"[.!?…:;][\"”’')\]]*\Z")


class Line(NamedTuple):
    """One line: the span of what is on it without white space at the ends, and how far it is indented."""

    start: int
    end: int
    indent: int
    words: str


@dataclass(frozen=True)
class Page:
    """The lines of a text; ``width`` is the column it is wrapped at, 0 if each line is a whole paragraph."""

    text: str
    lines: tuple[Line, ...]
    width: int

    def reach(self, at: int) -> int:
        """The line after the last one of the paragraph, item or heading that begins in line ``at``."""
        hanging = bool(BULLET.match(self.lines[at].words))
        end = at + 1
        while end < len(self.lines) and self._joins(at, end, hanging):
            end += 1
        return end

    def unit(self, at: int) -> str:
        """The words that begin in line ``at``, wrapped lines joined."""
        return " ".join(line.words for line in self.lines[at : self.reach(at)])

    def after(self, at: int) -> int | None:
        """The first line from ``at`` on that is not blank."""
        return next((i for i in range(at, len(self.lines)) if self.lines[i].words), None)

    def before(self, at: int) -> int | None:
        """The last line before ``at`` that is not blank."""
        return next((i for i in range(at - 1, -1, -1) if self.lines[i].words), None)

    def is_blank(self, at: int) -> bool:
        """Whether line ``at`` is blank or outside the file."""
        return not 0 <= at < len(self.lines) or not self.lines[at].words

    def table_end(self, at: int) -> int:
        """The line after the table that begins in line ``at``; ``at`` itself if none does.

        A table has a separator under its first row, or is at least three rows of the same number of cells.
        """
        if not is_row(self.lines[at].words):
            return at
        if at + 1 == len(self.lines) or not SEPARATOR.match(self.lines[at + 1].words):
            return self._even_rows_end(at)
        end = at + 2
        while end < len(self.lines) and (is_row(self.lines[end].words) or SEPARATOR.match(self.lines[end].words)):
            end += 1
        return end

    def _even_rows_end(self, at: int) -> int:
        pipes = _inner_pipes(self.lines[at].words)
        end = at
        while end < len(self.lines) and pipes and _inner_pipes(self.lines[end].words) == pipes:
            end += 1
        return end if end - at >= 3 else at

    def _joins(self, first: int, at: int, hanging: bool) -> bool:
        line, above = self.lines[at], self.lines[at - 1]
        if not line.words or starts_something(line.words) or self.table_end(at) > at:
            return False
        if hanging and line.indent > self.lines[first].indent:
            return True
        if not self.width or len(above.words) > WIDEST:
            return False
        in_sentence = at - 1 > first and not STOP.search(above.words)
        return in_sentence or not self._ends_paragraph(above, line)

    def _ends_paragraph(self, above: Line, line: Line) -> bool:
        if line.words[0].islower() and not STOP.search(above.words):
            return False
        first_word = line.words.split(None, 1)[0]
        return above.indent + len(above.words) + 1 + len(first_word) <= self.width


def is_row(words: str) -> bool:
    """Whether a line has the form of a table row: ``a | b``, ``| a |``, ``a | b |``."""
    return bool(PIPE.search(words)) and not SEPARATOR.match(words)


def _inner_pipes(words: str) -> int:
    return len(PIPE.findall(words.strip("| ")))


def starts_something(words: str) -> bool:
    """Whether a line begins an item, a quotation, a heading, a fence, or is a ruler or separator."""
    return bool(BULLET.match(words) or STRUCTURE.match(words) or RULER.match(words) or SEPARATOR.match(words))


def read_page(text: str) -> Page:
    """Split ``text`` into lines and find out its habit."""
    lines, at = [], 0
    for raw in text.splitlines(keepends=True):
        words = raw.strip()
        indent = len(raw) - len(raw.lstrip())
        lines.append(Line(at + indent, at + indent + len(words), len(raw[:indent].expandtabs(4)), words))
        at += len(raw)
    return Page(text, tuple(lines), _width(lines))


def _width(lines: list[Line]) -> int:
    """The column that the file is wrapped at, or 0."""
    pairs = [
        (above, line)
        for above, line in pairwise(lines)
        if above.words and line.words and len(above.words) <= WIDEST and not starts_something(line.words)
    ]
    following = sum(line.words[0].islower() for _, line in pairs)
    if not following or following < WRAPPED_SHARE * len(pairs):
        return 0
    lengths = sorted(above.indent + len(above.words) for above, _ in pairs)
    return lengths[int(len(lengths) * 0.9)]
