"""A tree of HTML elements in, the blocks that a reader sees out, with the text that they are spans of.

The walk goes over the whole tree, since extractors of main text lose headings on plain pages and flatten spanned tables.
What is main text and what is page is decided later (``html``); here a piece only remembers whether it stood in a part of the
page that is made for navigation.

Limits: text that a style sheet hides or a script writes is not known to be hidden or there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from briefgen.model.document import BlockKind
from briefgen.parsers.pieces import Cell, Piece, flat, make_table_piece, spread

Element = Any
#: For an element and its tag, why what it holds is dropped, or nothing.
Judge = Callable[[Element, str], str]
#: Elements whose text no reader sees as prose.
UNSEEN = frozenset(
    "script style noscript template head title iframe object embed applet svg math select datalist option button input "
    "textarea canvas audio video map area frameset noframes dialog meter progress rp rt".split()
)
BLOCKS = frozenset(
    "address article aside body blockquote caption center dd details dir div dl dt fieldset figcaption figure footer form h1 "
    "h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul xmp "
    "listing plaintext".split()
)
LISTS = frozenset({"ul", "ol", "menu", "dir"})
HOLDERS = frozenset({"article", "main"})
FURNITURE = frozenset({"nav", "footer", "aside", "form"})
FURNITURE_ROLES = frozenset("navigation search contentinfo complementary menu menubar toolbar dialog banner".split())
HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
#: Classes of text that is there for screen readers and keyboards only.
HIDDEN_CLASS = re.compile(
    r"\b(?:sr-only|visually-?hidden|screen-reader|skip[-_]?(?:to|link|nav|content)|jump-?link)", re.IGNORECASE
)
PARAGRAPH_BREAK = re.compile(r"\n\s*\n")
#: A block with this share of its letters in links is a link.
MOSTLY = 0.9
#: Cells of this mean length are columns of a page, not of a table.
LAYOUT_CELL = 400


class Walk:
    """The state of one walk: the words since the last border, and the elements that stand open."""

    def __init__(self, judge: Judge | None = None) -> None:
        self.judge = judge
        self.reasons = [""]
        self.pieces: list[Piece] = []
        self.words: list[str] = []
        self.links = self.linked_letters = 0
        self.lists = self.quotes = self.furniture = self.preformatted = 0
        self.heading = 0
        self.linked = False
        self.holders = [0]
        self.fresh_items: list[bool] = []

    def flush(self) -> None:
        """Make a block of the words so far."""
        words, self.words = "".join(self.words), []
        linked, self.linked_letters = self.linked_letters, 0
        self.linked = linked >= MOSTLY * len(words.strip())
        if self.preformatted:
            self._add(BlockKind.CODE, words.strip("\n").rstrip())
            return
        for part in PARAGRAPH_BREAK.split(words):
            self._add(self._kind(), flat(part))

    def _kind(self) -> BlockKind:
        if self.heading:
            return BlockKind.HEADING
        if self.fresh_items and self.fresh_items[-1]:
            return BlockKind.ITEM
        return BlockKind.QUOTE if self.quotes else BlockKind.PARAGRAPH

    def _add(self, kind: BlockKind, words: str) -> None:
        if not re.search(r"\w", words):
            return
        level = self.heading if kind is BlockKind.HEADING else max(self.lists, 1)
        why = self.reasons[-1]
        self.pieces.append(Piece(kind, words, level, bool(self.furniture), self.linked, self.holders[-1], why=why))
        if kind is BlockKind.ITEM:
            self.fresh_items[-1] = False

    def say(self, words: str) -> None:
        """Words of the page, as they stand in it."""
        self.words.append(words)
        self.linked_letters += len(words.strip()) if self.links else 0

    def enter(self, element: Element, tag: str) -> None:
        """An element opens that a reader sees."""
        if self.judge:
            self._turn(self.reasons[-1] or self.judge(element, tag))
        self.links += tag == "a"
        if tag in BLOCKS:
            self.flush()
            self._count(element, tag, 1)
        if tag in HOLDERS:
            self.holders.append(len(self.pieces) + 1)
        if tag == "li":
            self.fresh_items.append(True)
        elif tag == "br":
            self.words.append("\n")

    def leave(self, element: Element, tag: str) -> None:
        """It closes."""
        self.links -= tag == "a"
        if tag in BLOCKS:
            self.flush()
            self._count(element, tag, -1)
        if tag in HOLDERS:
            self.holders.pop()
        if tag == "li":
            self.fresh_items.pop()
        if self.judge:
            self._turn(None)

    def _turn(self, reason: str | None) -> None:
        """Begin the words of an element, or go back to those round it (None): what is dropped and what is kept stay apart."""
        after = self.reasons[-2] if reason is None else reason
        if after != self.reasons[-1]:
            self.flush()
        if reason is None:
            self.reasons.pop()
        else:
            self.reasons.append(reason)

    def _count(self, element: Element, tag: str, step: int) -> None:
        self.lists += step * (tag in LISTS)
        self.quotes += step * (tag == "blockquote")
        self.preformatted += step * (tag in {"pre", "xmp", "listing", "plaintext"})
        self.furniture += step * is_furniture(element, tag)
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.heading = int(tag[1]) if step > 0 else 0


def read_pieces(body: Element, judge: Judge | None = None) -> list[Piece]:
    """The blocks of a page in reading order; ``judge`` says which are dropped. Elements may be nested to any depth."""
    from lxml.etree import iterwalk

    walk = Walk(judge)
    unseen: list[Element] = []
    events = iterwalk(body, events=("start", "end"))
    for event, element in events:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if not tag or is_unseen(element, tag):
                unseen.append(element)
                events.skip_subtree()
            elif tag == "table" and is_data_table(element):
                walk.flush()
                walk.pieces += table_pieces(element, bool(walk.furniture), walk.reasons[-1])
                unseen.append(element)
                events.skip_subtree()
            else:
                walk.enter(element, tag)
                walk.say(_flowing(element.text or "", walk))
            continue
        if unseen and unseen[-1] is element:
            unseen.pop()
        else:
            walk.leave(element, tag)
        if element is not body and element.tail:
            walk.say(_flowing(element.tail, walk))
    walk.flush()
    return walk.pieces


def _flowing(words: str, walk: Walk) -> str:
    """Line ends in the source are white space: only ``br`` breaks a line."""
    return words if walk.preformatted else words.replace("\n", " ").replace("\r", " ")


def is_unseen(element: Element, tag: str) -> bool:
    """Whether a reader does not see an element."""
    hidden = element.get("hidden") is not None or element.get("aria-hidden") == "true"
    named = HIDDEN_CLASS.search(element.get("class") or "") and tag != "body"
    return tag in UNSEEN or hidden or bool(named or HIDDEN_STYLE.search(element.get("style") or ""))


def is_furniture(element: Element, tag: str) -> bool:
    """Whether an element is made for finding one's way and not for reading."""
    return tag in FURNITURE or (element.get("role") or "").lower() in FURNITURE_ROLES


def is_data_table(table: Element) -> bool:
    """Whether a table holds data, and not the columns of a page."""
    if (table.get("role") or "").lower() in {"presentation", "none"}:
        return False
    has_headers = next(table.iter("th"), None) is not None
    nested = sum(1 for _ in _some(table.iter("table"), 2)) > 1
    if nested or next(table.iter("h1", "h2", "h3", "form", "article"), None) is not None:
        return False
    rows = [sum(1 for cell in row if cell.tag in {"td", "th"}) for row in table.iter("tr")]
    if len(rows) < 2 or max(rows) < 2:
        return False
    length = sum(len(piece) for piece in table.itertext())
    return has_headers or length / sum(rows) < LAYOUT_CELL


def _some(elements: Iterator[Element], count: int) -> Iterator[Element]:
    for _, element in zip(range(count), elements, strict=False):
        yield element


def table_pieces(table: Element, furniture: bool, why: str = "") -> list[Piece]:
    """A data table, with every spanned cell written out where it reaches."""
    caption = next((flat(_seen_text(element)) for element in table.iter("caption")), None)
    rows = list(table.iter("tr"))
    headers = next((i for i, row in enumerate(rows) if any(cell.tag == "td" for cell in row)), 1)
    piece = make_table_piece(spread([_cells(row) for row in rows]), title=caption, header_rows=headers)
    return [replace(piece, furniture=furniture, why=why)] if piece else []


def _cells(row: Element) -> list[Cell]:
    cells = (cell for cell in row if cell.tag in {"td", "th"})
    return [Cell(flat(_seen_text(cell)), _reach(cell.get("colspan")), _reach(cell.get("rowspan"))) for cell in cells]


def _reach(span: str | None) -> int:
    return int(span) if span and span.strip().isdecimal() and len(span) < 10 else 1


def _seen_text(element: Element) -> str:
    """The text that a reader sees in a cell."""
    from lxml.etree import iterwalk

    words: list[str] = []
    events = iterwalk(element, events=("start", "end"))
    skipped: list[Element] = []
    for event, inner in events:
        tag = inner.tag if isinstance(inner.tag, str) else ""
        if event == "start":
            if not tag or is_unseen(inner, tag):
                skipped.append(inner)
                events.skip_subtree()
            else:
                words.append(" " * (tag in BLOCKS or tag == "br") + (inner.text or ""))
            continue
        if skipped and skipped[-1] is inner:
            skipped.pop()
        if inner is not element:
            words.append(" " * (tag in BLOCKS) + (inner.tail or ""))
    return "".join(words)
