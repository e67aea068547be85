"""HTML in, ``Document`` out: an own walk finds the blocks, trafilatura judges which of them are the article.

The walk (``html_blocks``) keeps everything that a reader can see; a block that trafilatura does not count as main text is
listed as dropped, so nothing is lost and the judgement can be checked. Headings, tables and lists between main blocks are
kept whatever it says, since it loses those. If it finds nothing, everything is kept and a note says so.

No entity of a document type, no network address and no script is ever followed.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence

from briefgen.model.base import Note
from briefgen.model.document import Block, BlockKind, Document, Heading, Meta
from briefgen.model.errors import UnreadableError
from briefgen.parsers.assemble import make_document, make_source
from briefgen.parsers.encoding import decode
from briefgen.parsers.html_blocks import Element, read_pieces
from briefgen.parsers.html_meta import Head, read_head
from briefgen.parsers.pieces import Piece, lay_out
from briefgen.parsers.published import find_published

DECLARED = re.compile(
    rb"""<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,100}?encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE
)
WORD = re.compile(r"\w+")
STOPS = (".", "!", "?", ".”", "!”", "?”", '."', '!"', '?"')
#: Trafilatura is not asked about pages above this many characters: it would take minutes.
LARGEST_JUDGED = 3_000_000
#: Below this many letters and digits a block must be a whole line of the main text, not just a part of one.
SHORT = 24
#: If main text is shorter than this and a smaller share of the page than this, the judge has missed the article.
LEAST_LETTERS, LEAST_SHARE = 500, 0.05
#: A paragraph of this length in the element that holds the article is no furniture.
LONG = 200


def parse(path: str, data: bytes) -> Document:
    """Read a web page."""
    declared = DECLARED.search(data[:4096])
    decoded = decode(data, declared[1].decode("ascii") if declared else None)
    tree = read_tree(decoded.text)
    body = tree.find("body") if tree is not None else None
    pieces = read_pieces(body if body is not None else tree) if tree is not None else []
    if not pieces:
        raise UnreadableError("empty", "no text in the page: check that it was saved whole, or save it as text")
    head = read_head(tree, [piece.words for piece in pieces if piece.kind is BlockKind.HEADING and piece.level == 1])
    main, notes = _judge(decoded.text, pieces)
    for piece, is_main in zip(pieces, main, strict=True):
        piece.why = "" if is_main else "boilerplate"
    layout = lay_out(pieces)
    return make_document(
        make_source(path, data, "text/html", decoded.encoding),
        layout.text,
        layout.blocks,
        _meta(head, path, layout.text, layout.blocks),
        notes=(*decoded.notes, *notes),
        dropped=layout.dropped,
        locators=layout.locators,
    )


def read_tree(text: str) -> Element | None:
    """The tree of a page; None if it has none."""
    from lxml import etree, html

    parser = html.HTMLParser(
        encoding="utf-8", recover=True, no_network=True, huge_tree=True, remove_comments=True, remove_pis=True
    )
    try:
        return html.document_fromstring(text.encode("utf-8", errors="replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def _judge(html: str, pieces: Sequence[Piece]) -> tuple[list[bool], list[Note]]:
    """For each piece, whether it belongs to the article."""
    lines, whole = _main_text(html)
    plain = [piece for piece in pieces if not piece.furniture]
    found = [_is_in(piece, lines, whole) for piece in pieces]
    told = sum(len(piece.words) for piece, is_main in zip(pieces, found, strict=True) if is_main)
    if told < min(LEAST_LETTERS, LEAST_SHARE * sum(len(piece.words) for piece in plain)) or not told:
        note = Note(code="no-main-text", message="which part of the page is the article could not be told: all of it was kept")
        return [True] * len(pieces), [note]
    return _with_structure(pieces, found), []


def _main_text(html: str) -> tuple[set[str], str]:
    """The lines of the main text, letters and digits only, and all of it in one piece."""
    if len(html) > LARGEST_JUDGED:
        return set(), ""
    from trafilatura import extract

    # it reports odd pages on stderr, which is the command line's
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL + 1)
    try:
        found = extract(html, fast=True, include_comments=False, include_tables=True, deduplicate=False) or ""
    except Exception:
        found = ""
    lines = {_letters(line) for line in found.splitlines()}
    return lines, "".join(map(_letters, found.splitlines()))


def _letters(words: str) -> str:
    return "".join(WORD.findall(words)).casefold()


def _is_in(piece: Piece, lines: set[str], whole: str) -> bool:
    letters = _letters(piece.words)
    return letters in lines or (len(letters) >= SHORT and letters in whole)


def _with_structure(pieces: Sequence[Piece], found: Sequence[bool]) -> list[bool]:
    """What the judge loses is put back: headings above main blocks, tables and lists between them, and the title.

    What is nothing but a link leads to another page, and stays out.
    """
    kept = list(found)
    prose = [i for i, is_main in enumerate(found) if is_main and len(pieces[i].words) > SHORT] or [found.index(True)]
    holders = {pieces[i].holder for i in prose}
    for i, piece in enumerate(pieces):
        long = piece.kind is BlockKind.PARAGRAPH and len(piece.words) >= LONG
        kept[i] = found[i] or (long and piece.is_own and holders == {piece.holder} and piece.holder > 0)
        kept[i] = kept[i] or (piece.kind is BlockKind.PARAGRAPH and piece.is_own and _is_sentence_between(pieces, found, i))
    for i in range(prose[-1], prose[0], -1):
        piece = pieces[i]
        if piece.kind is BlockKind.HEADING:
            kept[i] = found[i] or (kept[i + 1 : i + 2] == [True] and piece.is_own)
        elif piece.kind in {BlockKind.TABLE, BlockKind.CODE}:
            kept[i] = found[i] or piece.is_own
        elif piece.kind is BlockKind.ITEM:
            kept[i] = found[i] or (piece.is_own and _is_in_main_list(pieces, found, i))
    return _with_title(pieces, kept, prose[0])


def _is_sentence_between(pieces: Sequence[Piece], found: Sequence[bool], at: int) -> bool:
    """A short paragraph with a stop between two of the main text: extractors lose those ("No, she said.")."""
    return pieces[at].words.endswith(STOPS) and found[at - 1 : at] == [True] and found[at + 1 : at + 2] == [True]


def _is_in_main_list(pieces: Sequence[Piece], found: Sequence[bool], at: int) -> bool:
    """Whether an item stands next to an item of the main text, or under its lead-in."""
    above, below = pieces[at - 1], pieces[at + 1] if at + 1 < len(pieces) else None
    led = found[at - 1] and (above.kind is BlockKind.ITEM or above.words.endswith(":"))
    return led or bool(below and below.kind is BlockKind.ITEM and found[at + 1])


def _with_title(pieces: Sequence[Piece], kept: list[bool], first: int) -> list[bool]:
    """The nearest heading of the first level above the article, if the article has none of its own."""
    titles = [i for i, piece in enumerate(pieces) if piece.kind is BlockKind.HEADING and piece.level == 1 and piece.is_own]
    above = [i for i in titles if i <= first]
    if above and not any(kept[i] for i in titles):
        kept[above[-1]] = True
    return kept


def _meta(head: Head, path: str, text: str, kept: Sequence[Block]) -> Meta:
    prose = "\n".join(text[block.start : block.end] for block in kept)
    published, published_from = find_published(prose, path, head.dates)
    first = next((block for block in kept if isinstance(block, Heading)), None)
    return Meta(
        title=head.title or (text[first.start : first.end] if first else None),
        authors=head.authors,
        publisher=head.publisher,
        published=published,
        published_from=published_from,
        url=head.url,
        language=head.language,
    )
