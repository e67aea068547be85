"""A page of a PDF in, its words and rulings with their places out. This is all that is asked of the PDF library.

Places are in points from the top left corner. A word is a run of characters without a gap; a segment is a run of words on one
line without a gap as wide as the line is high, so that cells and columns come apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from math import hypot
from typing import Any, NamedTuple

#: Beyond these a page is not read any further.
MOST_CHARACTERS, MOST_OBJECTS = 60_000, 20_000
#: A gap of this share of the height of a line ends a word, or a segment.
WORD_GAP, SEGMENT_GAP = 0.22, 1.0
BOLD_WEIGHT = 600
#: What PDF files and the library write for a hyphen at the end of a line.
LINE_HYPHENS = {"\x02": "-", "\ufffe": "-", "\u2010": "-", "\u00ad": "-"}
#: Bullets of the fonts for symbols, whose letters have no meaning of their own.
BULLETS = dict.fromkeys("\uf0b7\uf0a7\uf0a8\uf06e\uf06c\uf0d8\uf0fc\uf076\uf071\uf02d\u25cb\u25a0\u25a1\u2713\u27a2\uf0e0", "•")
MEANT = str.maketrans(LINE_HYPHENS | BULLETS)


class Box(NamedTuple):
    """A rectangle on a page."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left


class Word(NamedTuple):
    """A word in its place."""

    text: str
    box: Box
    size: float = 10
    bold: bool = False


@dataclass(frozen=True)
class Segment:
    """Words on one line without a wide gap."""

    words: tuple[Word, ...]

    @cached_property
    def text(self) -> str:
        """The words with single blanks."""
        return " ".join(word.text for word in self.words)

    @cached_property
    def box(self) -> Box:
        """What the words cover."""
        return around([word.box for word in self.words])

    @property
    def bold(self) -> bool:
        """Whether all words are bold."""
        return all(word.bold for word in self.words)


class Page(NamedTuple):
    """What is on a page; ``rulings`` are boxes of lines and of the frames of areas, ``turned`` is text that is not level."""

    number: int
    width: float
    height: float
    segments: list[Segment]
    rulings: list[Box]
    turned: str = ""
    is_cut: bool = False


def around(boxes: Sequence[Box]) -> Box:
    """The smallest box that holds all of them."""
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )


def read_page(page: Any, number: int) -> Page:
    """Read a page that the library has loaded."""
    width, height = page.get_size()
    level, turned, is_cut = _read_words(page.get_textpage(), height)
    return Page(number, width, height, _segments(level), _rulings(page, height), " ".join(word.text for word in turned), is_cut)


def _read_words(textpage: Any, height: float) -> tuple[list[Word], list[Word], bool]:
    """Words that are level, words that are turned, and whether there were too many."""
    import ctypes

    from pypdfium2 import raw

    handle, rectangle = textpage.raw, raw.FS_RECTF()
    pointer = ctypes.byref(rectangle)
    count = textpage.count_chars()
    words: tuple[list[Word], list[Word]] = [], []
    letters: list[str] = []
    boxes: list[Box] = []
    first = 0

    def finish() -> None:
        if letters:
            text = "".join(letters).translate(MEANT)
            is_turned = abs(raw.FPDFText_GetCharAngle(handle, first)) % 6.28 > 0.1
            words[is_turned].append(Word(text, around(boxes), _size(raw, handle, first), _is_bold(raw, handle, first)))
            letters.clear()
            boxes.clear()

    for i in range(min(count, MOST_CHARACTERS)):
        code = raw.FPDFText_GetUnicode(handle, i)
        if (code <= 0x20 and code != 2) or code in {0xA0, 0x3000} or 0xD800 <= code < 0xE000:
            finish()
            continue
        raw.FPDFText_GetLooseCharBox(handle, i, pointer)
        box = Box(rectangle.left, height - rectangle.top, rectangle.right, height - rectangle.bottom)
        if boxes and _is_apart(boxes[-1], box):
            finish()
        if not letters:
            first = i
        letters.append(chr(code))
        boxes.append(box)
    finish()
    return words[0], words[1], count > MOST_CHARACTERS


def _is_apart(last: Box, box: Box) -> bool:
    if box == last:  # the second letter of a ligature
        return False
    size = max(last.height, box.height)
    return abs(last.middle - box.middle) > size / 2 or not -size / 2 < box.left - last.right < WORD_GAP * size


def _size(raw: Any, handle: Any, at: int) -> float:
    """The size of the type on the page: that of the font, as far as the page enlarges it."""
    import ctypes

    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(handle, at, ctypes.byref(matrix))
    return float(raw.FPDFText_GetFontSize(handle, at) * hypot(matrix.c, matrix.d))


def _is_bold(raw: Any, handle: Any, at: int) -> bool:
    import ctypes

    if raw.FPDFText_GetFontWeight(handle, at) >= BOLD_WEIGHT:
        return True
    name = ctypes.create_string_buffer(128)
    raw.FPDFText_GetFontInfo(handle, at, name, 128, None)
    return any(mark in name.value.lower() for mark in (b"bold", b"black", b"heavy", b"semibold"))


def _segments(words: Sequence[Word]) -> list[Segment]:
    """Words of one line, in the order of the file, without wide gaps or steps back."""
    found: list[list[Word]] = []
    for word in words:
        if found and _follows(found[-1][-1].box, word.box):
            found[-1].append(word)
        else:
            found.append([word])
    return [Segment(tuple(each)) for each in found]


def _follows(last: Box, box: Box) -> bool:
    size = min(last.height, box.height)
    is_level = abs(last.middle - box.middle) < 0.4 * max(last.height, box.height)
    return is_level and -size / 2 < box.left - last.right < SEGMENT_GAP * size


def _rulings(page: Any, height: float) -> list[Box]:
    """The boxes of what is drawn and is no picture or text."""
    from pypdfium2 import PdfiumError, raw

    found: list[Box] = []
    try:
        for drawn in islice(page.get_objects(max_depth=1), MOST_OBJECTS):
            if drawn.type == raw.FPDF_PAGEOBJ_PATH:
                left, bottom, right, top = drawn.get_bounds()
                found.append(Box(left, height - top, right, height - bottom))
    except PdfiumError:
        return found
    return found
