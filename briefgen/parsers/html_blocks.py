"""A tree of HTML elements in, the blocks that a reader sees out, with the text that they are spans of.

The walk goes over the whole tree, since extractors of main text lose headings on plain pages and flatten spanned tables.
What is main text and what is page is decided later (``html_article``); here a piece only remembers in what part of the page it
stood (``html_parts``). What is not seen comes last, dropped.

Limits: text that a style sheet hides or a script writes is not known to be hidden or there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from briefgen.model.document import BlockKind
from briefgen.parsers.html_parts import UNREAD, is_furniture, is_named_aside, leads_away, unseen
from briefgen.parsers.pieces import Cell, Copies, Piece, flat, make_table_piece, spread

Element = Any
#: For an element and its tag, why what it holds is dropped, or nothing.
Judge = Callable[[Element, str], str]
BLOCKS = frozenset(
    "address article aside body blockquote caption center dd details dir div dl dt fieldset figcaption figure footer form h1 "
    "h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul xmp "
    "listing plaintext".split()
)
LISTS = frozenset({"ul", "ol", "menu", "dir"})
HOLDERS = frozenset({"article", "main"})
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
        self.asides = [0]
        self.count = 0
        self.unseen: list[tuple[str, str]] = []
        self.fresh_items: list[bool] = []
        self.copies = Copies()

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
        furniture, holder, aside = bool(self.furniture), self.holders[-1], self.asides[-1]
        self.pieces.append(Piece(kind, words, level, furniture, self.linked, holder, aside, why=why))
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
        self.links += leads_away(element, tag)
        if tag in BLOCKS:
            self.flush()
            self._count(element, tag, 1)
            self.count += 1
            self.asides.append(self.count if is_named_aside(element, tag) else self.asides[-1])
        if tag in HOLDERS:
            self.holders.append(len(self.pieces) + 1)
        if tag == "li":
            self.fresh_items.append(True)
        elif tag == "br":
            self.words.append("\n")

    def leave(self, element: Element, tag: str) -> None:
        """It closes."""
        self.links -= leads_away(element, tag)
        if tag in BLOCKS:
            self.flush()
            self._count(element, tag, -1)
            self.asides.pop()
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
    """The blocks of a page in reading order, and then what is not seen; ``judge`` says which are dropped.

    Elements may be nested to any depth.
    """
    from lxml.etree import iterwalk

    walk = Walk(judge)
    passed: list[Element] = []
    events = iterwalk(body, events=("start", "end"))
    for event, element in events:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if (why := unseen(element, tag)) is not None or (tag == "table" and is_data_table(element)):
                passed.append(element)
                events.skip_subtree()
                if why is None:
                    walk.flush()
                    walk.pieces += table_pieces(element, walk)
                elif why:
                    walk.unseen.append((why, _all_text(element)))
            else:
                walk.enter(element, tag)
                walk.say(_flowing(element.text or "", walk))
            continue
        if passed and passed[-1] is element:
            passed.pop()
        else:
            walk.leave(element, tag)
        if element is not body and element.tail:
            walk.say(_flowing(element.tail, walk))
    walk.flush()
    return walk.pieces + _unseen_pieces(walk.unseen)


def _unseen_pieces(found: Sequence[tuple[str, str]]) -> list[Piece]:
    """One dropped piece for each reason."""
    lines: dict[str, list[str]] = {}
    for why, words in found:
        if re.search(r"\w", words):
            lines.setdefault(why, []).append(flat(words))
    return [Piece(BlockKind.PARAGRAPH, "\n".join(each), why=why) for why, each in lines.items()]


def _all_text(element: Element) -> str:
    """What stands in an element that is not seen, programs aside."""
    words: list[str] = []
    for inner in element.iter():
        is_text = isinstance(inner.tag, str) and inner.tag not in UNREAD
        words += [inner.text or "" if is_text else "", inner.tail or "" if inner is not element else ""]
    return " ".join(words)


def _flowing(words: str, walk: Walk) -> str:
    """Line ends in the source are white space: only ``br`` breaks a line."""
    return words if walk.preformatted else words.replace("\n", " ").replace("\r", " ")


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


def table_pieces(table: Element, walk: Walk) -> list[Piece]:
    """A data table, with every spanned cell written out where it reaches."""
    caption = next((flat(_seen_text(element, [])) for element in table.iter("caption")), None)
    rows = list(table.iter("tr"))
    headers = next((i for i, row in enumerate(rows) if any(cell.tag == "td" for cell in row)), 1)
    piece = make_table_piece(spread([_cells(row, walk) for row in rows], walk.copies), title=caption, header_rows=headers)
    if piece is None:
        return []
    furniture, aside, why = bool(walk.furniture), walk.asides[-1], walk.reasons[-1]
    return [replace(piece, furniture=furniture, aside=aside, why=why, mark=caption or "")]


def _cells(row: Element, walk: Walk) -> list[Cell]:
    cells = (cell for cell in row if cell.tag in {"td", "th"})
    return [
        Cell(flat(_seen_text(cell, walk.unseen)), _reach(cell.get("colspan")), _reach(cell.get("rowspan"))) for cell in cells
    ]


def _reach(span: str | None) -> int:
    return int(span) if span and span.strip().isdecimal() and len(span) < 10 else 1


def _seen_text(element: Element, aside: list[tuple[str, str]]) -> str:
    """The text that a reader sees in a cell; what is not seen is put ``aside`` with its reason."""
    from lxml.etree import iterwalk

    words: list[str] = []
    events = iterwalk(element, events=("start", "end"))
    skipped: list[Element] = []
    for event, inner in events:
        tag = inner.tag if isinstance(inner.tag, str) else ""
        if event == "start":
            if (why := unseen(inner, tag)) is not None:
                skipped.append(inner)
                events.skip_subtree()
                aside += [(why, _all_text(inner))] if why else []
            else:
                words.append(" " * (tag in BLOCKS or tag == "br") + (inner.text or ""))
            continue
        if skipped and skipped[-1] is inner:
            skipped.pop()
        if inner is not element:
            words.append(" " * (tag in BLOCKS) + (inner.tail or ""))
    return "".join(words)
