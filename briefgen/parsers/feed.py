"""A feed (RSS, Atom) in, a ``Document`` for each of its entries out.

What an entry says in full goes before its summary. Its text is HTML in most feeds, in whatever way it is wrapped; all of it is
kept, since a feed holds articles without the page round them. A feed with faults is repaired, with a note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefgen.model.base import Note
from briefgen.model.document import BlockKind, Document, Meta
from briefgen.model.errors import UnreadableError
from briefgen.parsers.assemble import make_document, make_source
from briefgen.parsers.contents import Contents
from briefgen.parsers.html import read_tree
from briefgen.parsers.html_blocks import read_pieces
from briefgen.parsers.pieces import Piece, flat, lay_out
from briefgen.parsers.published import find_published
from briefgen.parsers.xmltree import Element, attribute, local, read_xml

MOST_ENTRIES = 1_000
#: In the order in which they are believed.
BODIES, DATES = (
    ("encoded", "content", "description", "summary"),
    ("pubDate", "published", "issued", "date", "updated", "modified"),
)
TAG = re.compile(r"<[a-zA-Z/!]|&#?\w{2,10};")
#: "desk@paper.example (Ana Reis)"
MAIL_AND_NAME = re.compile(r"\S+@\S+\s*\((.+)\)")


def parse(path: str, data: bytes) -> Contents:
    """Read a feed. Raises ``UnreadableError``."""
    notes: list[Note] = []
    try:
        root = read_xml(data)
    except UnreadableError as error:
        if error.code == "unsafe":
            raise
        root = read_xml(data, lenient=True)
        notes.append(Note(code="repaired", message="the XML of the feed is damaged: it was repaired, and parts may be missing"))
    entries = [each for each in root.iter() if local(each) in {"item", "entry"}]
    if len(entries) > MOST_ENTRIES:
        notes.append(Note(code="cut", message=f"only the first {MOST_ENTRIES} of {len(entries)} entries were read"))
    channel = next((each for each in root.iter() if local(each) in {"channel", "feed"}), root)
    digits = len(str(min(len(entries), MOST_ENTRIES)))
    found = []
    for number, entry in enumerate(entries[:MOST_ENTRIES], 1):
        pieces = list(_pieces(entry))
        if pieces:
            found.append(_document(f"{path}/{number:0{digits}}", entry, channel, pieces))
    return Contents(tuple(found), notes=tuple(notes))


def _document(path: str, entry: Element, channel: Element, pieces: list[Piece]) -> Document:
    from lxml import etree

    layout = lay_out(pieces)
    kind = "application/atom+xml" if local(entry) == "entry" else "application/rss+xml"
    source = make_source(path, etree.tostring(entry), kind, None)
    said = [(date, "feed") for name in DATES for date in _all(entry, name)]
    published, published_from = find_published(layout.text, "", said)
    meta = Meta(
        title=_title(entry) or None,
        authors=tuple(dict.fromkeys(_authors(entry) or _authors(channel)))[:20],
        publisher=flat(_markup_free(next(_all(channel, "title"), "")))[:200] or None,
        published=published,
        published_from=published_from,
        url=next((link for link in _links(entry) if link.startswith(("http://", "https://"))), None),
        language=(next(_all(channel, "language"), "") or attribute(channel, "lang") or "")[:12] or None,
    )
    return make_document(source, layout.text, layout.blocks, meta, dropped=layout.dropped, locators=layout.locators)


def _pieces(entry: Element) -> Iterator[Piece]:
    """The title as a heading, then the fullest text that the entry has."""
    title = _title(entry)
    if title:
        yield Piece(BlockKind.HEADING, title, level=1)
    for name in BODIES:
        found = [piece for element in entry if local(element) == name for piece in _body(element)]
        if found:
            yield from found
            return


def _body(element: Element) -> Iterator[Piece]:
    """The blocks of a text: escaped HTML, elements of XHTML, or plain words."""
    words = _inner(element)
    if not TAG.search(words):
        paragraphs = re.split(r"\n\s*\n", words)
        yield from (Piece(BlockKind.PARAGRAPH, flat(each)) for each in paragraphs if re.search(r"\w", each))
        return
    tree = read_tree(words)
    if tree is not None:
        yield from read_pieces(tree)


def _inner(element: Element) -> str:
    """What is inside an element, with the tags of elements in it."""
    from lxml import etree

    if len(element):
        return "".join([element.text or "", *(etree.tostring(each, encoding="unicode") for each in element)])
    return element.text or ""


def _title(entry: Element) -> str:
    return flat(_markup_free(next(_all(entry, "title"), "")))[:500]


def _markup_free(words: str) -> str:
    """A title without tags and entities, which some feeds escape twice."""
    tree = read_tree(f"<p>{words}</p>") if TAG.search(words) else None
    return "".join(tree.itertext()) if tree is not None else words


def _all(element: Element, name: str) -> Iterator[str]:
    return (_inner(each) for each in element if local(each) == name)


def _authors(element: Element) -> list[str]:
    found = []
    for each in element:
        if local(each) in {"author", "creator"}:
            inner = next((part for part in each if local(part) == "name"), each)
            words = flat(inner.text or "")
            named = MAIL_AND_NAME.fullmatch(words)
            found.append(named[1] if named else words)
    return [name for name in found if name]


def _links(entry: Element) -> Iterator[str]:
    for each in entry:
        if local(each) == "link" and (each.get("rel") or "alternate") == "alternate":
            yield flat(each.get("href") or each.text or "")
