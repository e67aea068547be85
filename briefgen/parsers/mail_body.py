"""The head and the bodies of a mail in, ``Document`` out: shared by the formats that mails are kept in.

Of two versions of a body the plain one is read, unless it holds much less than the one in HTML. A plain body is the text of the
document as it is, so a span is a place in it.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from briefgen.model.base import Dropped, Note
from briefgen.model.document import Block, Document, Meta, Source
from briefgen.parsers.assemble import make_document
from briefgen.parsers.html import read_tree
from briefgen.parsers.html_blocks import read_pieces
from briefgen.parsers.mail_quotes import blanked, drop_pieces, find_dropped, judge_element
from briefgen.parsers.pieces import Piece, lay_out
from briefgen.parsers.published import find_published
from briefgen.parsers.text import read_blocks

#: A plain body with a smaller share of the words of the one in HTML only says that there is one.
LEAST_SHARE = 0.5


class Head(NamedTuple):
    """What the headers of a mail say; ``date`` as it is written there."""

    subject: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""
    publisher: str = ""
    language: str = ""


def make_mail(source: Source, head: Head, plain: str, html: Sequence[str], notes: Iterable[Note] = ()) -> Document:
    """The document of a mail with a plain body, parts in HTML, or both. Raises ``UnreadableError`` if it has no words."""
    pieces = _html_pieces(html, head.subject)
    dropped = find_dropped(plain, head.subject)
    left = blanked(plain, dropped)  # the day of an earlier mail below is not this one's
    words = sum(len(piece.words.split()) for piece in pieces if not piece.why)
    if pieces and len(left.split()) < LEAST_SHARE * words:
        layout = lay_out(pieces)
        meta = _meta(head, blanked(layout.text, layout.dropped), source.path)
        return make_document(
            source, layout.text, layout.blocks, meta, notes=notes, dropped=layout.dropped, locators=layout.locators
        )
    blocks = read_blocks(left)
    apart = _apart(dropped, blocks)
    return make_document(source, plain, blocks, _meta(head, left, source.path), notes=notes, dropped=apart)


def _apart(dropped: Sequence[Dropped], blocks: Sequence[Block]) -> list[Dropped]:
    """What was dropped between blocks; inside of one (code between fences) it stays."""
    starts = [block.start for block in blocks]
    found = []
    for each in dropped:
        above = bisect(starts, each.start) - 1
        if above < 0 or blocks[above].end <= each.start:
            found.append(each)
    return found


def _html_pieces(html: Sequence[str], subject: str) -> list[Piece]:
    pieces: list[Piece] = []
    for page in html:
        tree = read_tree(page)
        if tree is not None:
            pieces += read_pieces(tree, judge_element)
    drop_pieces(pieces, subject)
    return pieces


def _meta(head: Head, text: str, path: str) -> Meta:
    published, published_from = find_published(text, path, [(head.date, "mail-header")] if head.date else [])
    return Meta(
        title=head.subject or None,
        authors=head.authors,
        publisher=head.publisher or None,
        published=published,
        published_from=published_from,
        language=head.language or None,
    )
