"""The lines of all pages in reading order in, blocks out: paragraphs joined, hyphens repaired, headings told by their type.

The commonest size of type is that of the prose; what is larger, bold, underlined or in capitals, and short, is a heading. A
hyphen at the end of a line is taken away where the rest of the document writes the word without it, and kept where it writes
it with it.

Limits: where the document has the word nowhere else, a hyphen after a common first part ("long-") is kept, any other is not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from briefgen.model.document import BlockKind
from briefgen.parsers.page import BULLET
from briefgen.parsers.pdf_order import Line
from briefgen.parsers.pieces import Piece, flat

CLOSE_NUMBER = re.compile(r"\d{1,2}[.)](?=[A-Z][a-z])")
STOP = re.compile(r"[.!?:;][\"”’')\]]*\Z")
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
AT_END = re.compile(r"([^\W\d_]+)-\Z")
AT_START = re.compile(r"[^\W\d_]+")
#: Before a capital or a digit a hyphen stays: "Anglo-" "American", "2023-" "0379".
HYPHEN_AT_END = re.compile(r"\w-\Z")
#: After these a hyphen hangs: "pre- and post-war".
JOINING = frozenset("and or to und oder bis et ou y e o of en och og".split())
#: First parts of words that keep their hyphen, but for endings that any word may have.
FIRST_PARTS = frozenset(
    "anti cross five four half long mid multi non quasi self semi short six ten three two ultra vice well".split()
)
ENDINGS = frozenset("age dle ed en er ern ers est ing ity less ly ment ness sion teen th ties ty".split())
#: Larger than prose by this factor is a heading; so are these many words at most.
LARGER, LONGEST_HEADING, LONGEST_BOLD = 1.12, 30, 16
#: A step from line to line above this multiple of the usual one parts paragraphs.
WIDE_STEP = 1.3
INDENT = 6.0


class Type(NamedTuple):
    """How the prose of a document is set: its size, its step from line to line as a share of the size, larger sizes."""

    size: float
    step: float
    larger: list[float]


def read_type(lines: Sequence[Line]) -> Type:
    """Measure the type of a document."""
    letters: Counter[float] = Counter()
    for line in lines:
        letters[_rounded(line)] += len(line.text)
    size = max(letters.items(), key=lambda pair: (pair[1], -pair[0]))[0] if letters else 0
    steps = sorted(
        (below.box.top - above.box.top) / size
        for above, below in pairwise(lines)
        if size and _is_same_column(above, below) and _rounded(above) == _rounded(below) == size
    )
    near = [step for step in steps if 0.5 < step < 2.5]
    larger = sorted({each for each in letters if each >= LARGER * size}, reverse=True)
    return Type(size, near[len(near) // 2] if near else 1.2, larger)


def _rounded(line: Line) -> float:
    return round(line.size * 2) / 2


def _is_same_column(above: Line, below: Line) -> bool:
    return above.page == below.page and above.column == below.column and below.box.top >= above.box.top


def make_blocks(lines: Sequence[Line], kind: Type) -> list[tuple[Line, Piece]]:
    """The blocks that the lines are, each with its first line."""
    known = Counter(word.casefold() for line in lines for word in WORD.findall(line.text))
    found: list[tuple[Line, Piece]] = []
    columns: list[float] = []
    for group in _groups(lines, kind):
        piece = _piece(group, joined([line.text for line in group], known), kind)
        if piece.kind is BlockKind.ITEM:
            left = group[0].box.left
            columns = [column for column in columns if column < left - INDENT] + [left]
            piece.level = len(columns)
        else:
            columns = []
        if re.search(r"\w", piece.words):
            found.append((group[0], piece))
    return found


def bullet_of(words: str) -> re.Match[str] | None:
    """The bullet or number that a line begins with; a number may stand close to the word."""
    return BULLET.match(words) or CLOSE_NUMBER.match(words)


def _groups(lines: Sequence[Line], kind: Type) -> Iterable[list[Line]]:
    group: list[Line] = []
    for line in lines:
        if group and _begins(group, line, kind):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _begins(group: Sequence[Line], line: Line, kind: Type) -> bool:
    """Whether a line begins a new block."""
    last = group[-1]
    if bullet_of(line.text) or _rounded(last) != _rounded(line) or (last.bold, last.underlined) != (line.bold, line.underlined):
        return not _is_mixed(last, line, kind)
    if not _is_same_column(last, line):
        return bool(STOP.search(last.text)) or not (line.text[0].islower() or _is_full(last))
    if line.box.top - last.box.top > WIDE_STEP * kind.step * max(line.size, last.size):
        return True
    width = last.column.width
    if not _is_full(last) and (
        STOP.search(last.text) or (last.box.right < last.column.left + 0.6 * width and not line.text[0].islower())
    ):
        return True
    is_indented = line.box.left > line.column.left + INDENT and line.box.left > last.box.left + INDENT
    return is_indented and bool(STOP.search(last.text)) and not bullet_of(group[0].text)


def _is_full(line: Line) -> bool:
    """Whether a line goes to the end of its column."""
    return line.box.right > line.column.right - 0.15 * line.column.width


def _is_mixed(last: Line, line: Line, kind: Type) -> bool:
    """Whether a difference in type is one within a sentence: a word in bold, a footnote mark, on a line that goes on."""
    if bullet_of(line.text):
        return False
    is_near = _is_same_column(last, line) and line.box.top - last.box.top <= WIDE_STEP * kind.step * min(line.size, last.size)
    return is_near and line.text[0].islower() and not STOP.search(last.text) and abs(last.size - line.size) < 0.1 * kind.size


def _piece(group: Sequence[Line], words: str, kind: Type) -> Piece:
    label = f"p. {group[0].page}"
    level = _level(group, words, kind)
    if level:
        return Piece(BlockKind.HEADING, words, level=level, label=label)
    bullet = bullet_of(words)
    if bullet:
        return Piece(BlockKind.ITEM, words[bullet.end() :], label=label, mark=bullet[0].strip())
    return Piece(BlockKind.PARAGRAPH, words, label=label)


def _level(group: Sequence[Line], words: str, kind: Type) -> int:
    """The level of a heading, 0 for what is none."""
    count = len(words.split())
    if count > LONGEST_HEADING or not re.search(r"[^\W\d_]{2}", words):
        return 0
    size = max(map(_rounded, group))
    if size in kind.larger and len(group) <= 4:
        return min(kind.larger.index(size) + 1, 4)
    is_plain = STOP.search(words) and not words.endswith(":")
    stands_out = all(line.bold for line in group) or all(line.underlined for line in group) or (words.isupper() and count > 1)
    if stands_out and not is_plain and count <= LONGEST_BOLD and len(group) <= 2 and size >= 0.9 * kind.size:
        return min(len(kind.larger), 3) + 1
    return 0


def joined(lines: Sequence[str], known: Counter[str]) -> str:
    """Lines as one, with the hyphens at their ends repaired."""
    found = [lines[0]]
    for line in lines[1:]:
        end = AT_END.search(found[-1]) if found[-1].endswith("-") else None
        start = AT_START.match(line)
        if end and start and line[0].islower() and start[0] not in JOINING:
            keeps = _keeps_hyphen(end[1].casefold(), start[0].casefold(), known)
            found[-1] = found[-1] if keeps else found[-1][:-1]
            found.append(line)
        elif HYPHEN_AT_END.search(found[-1][-2:]) and line[0].isalnum() and not line[0].islower():
            found.append(line)
        else:
            found += [" ", line]
    return flat("".join(found))


def _keeps_hyphen(first: str, second: str, known: Counter[str]) -> bool:
    whole, hyphened = known[first + second], known[f"{first}-{second}"]
    return hyphened > whole if whole or hyphened else first in FIRST_PARTS and second not in ENDINGS
