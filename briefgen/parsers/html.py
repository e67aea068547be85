"""HTML in, ``Document`` out: an own walk finds the blocks, ``html_article`` judges which of them are the article.

The walk (``html_blocks``) keeps everything that a reader can see; what is not the article, and what is hidden, is listed as
dropped, so nothing is lost and the judgement can be checked. Where no article is found, everything is kept and a note says so.

No entity of a document type, no network address and no script is ever followed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from briefgen.model.document import Block, BlockKind, Document, Heading, Meta
from briefgen.model.errors import UnreadableError
from briefgen.parsers.assemble import make_document, make_source
from briefgen.parsers.encoding import decode
from briefgen.parsers.html_article import judge
from briefgen.parsers.html_blocks import BLOCKS, Element, read_pieces
from briefgen.parsers.html_meta import Head, read_head
from briefgen.parsers.html_parts import unseen
from briefgen.parsers.pieces import lay_out
from briefgen.parsers.published import find_published
from briefgen.parsers.xmltree import words_in_tree

DECLARED = re.compile(
    rb"""<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,100}?encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE
)


#: The library would lose what stands behind these tags.
END = re.compile(r"</(?:body|html)\s*>", re.IGNORECASE)


def parse(path: str, data: bytes) -> Document:
    """Read a web page."""
    declared = DECLARED.search(data[:4096])
    decoded = decode(data, declared[1].decode("ascii") if declared else None)
    tree = read_tree(decoded.text)
    body = tree.find("body") if tree is not None else None
    pieces = read_pieces(body if body is not None else tree) if tree is not None else []
    if all(piece.why for piece in pieces):
        raise UnreadableError("empty", "no text in the page: check that it was saved whole, or save it as text")
    head = read_head(tree, [piece.words for piece in pieces if piece.kind is BlockKind.HEADING and piece.level == 1])
    notes = judge(decoded.text, pieces)
    layout = lay_out(pieces)
    return make_document(
        make_source(path, data, "text/html", decoded.encoding),
        layout.text,
        layout.blocks,
        _meta(head, path, layout.text, layout.blocks),
        notes=(*decoded.notes, *notes),
        dropped=layout.dropped,
        locators=layout.locators,
        words=page_words(body if body is not None else tree),
    )


def page_words(body: Element) -> Counter[str]:
    """All words of a page that are text."""
    return words_in_tree(
        body,
        lambda each: not isinstance(each.tag, str) or unseen(each, each.tag) == "",
        lambda each: each.tag in BLOCKS or each.tag in {"br", "option", "button", "select"},
    )


def read_tree(text: str) -> Element | None:
    """The tree of a page; None if it has none."""
    from lxml import etree, html

    parser = html.HTMLParser(
        encoding="utf-8", recover=True, no_network=True, huge_tree=True, remove_comments=True, remove_pis=True
    )
    try:
        return html.document_fromstring(END.sub("", text).encode("utf-8", errors="replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


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
