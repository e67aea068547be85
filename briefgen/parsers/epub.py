"""An electronic book (EPUB) in, ``Document`` out: its chapters in the order of reading.

A chapter is a page of HTML without furniture round it, so all of it is kept, but for the list of contents.
"""

from __future__ import annotations

import re
from collections import Counter

from briefgen.model.base import Note
from briefgen.model.document import Document, Meta
from briefgen.model.errors import UnreadableError
from briefgen.parsers.archive import Archive
from briefgen.parsers.assemble import make_document, make_source, title_of
from briefgen.parsers.encoding import decode
from briefgen.parsers.html import page_words, read_tree
from briefgen.parsers.html_blocks import read_pieces
from briefgen.parsers.ooxml import read_part
from briefgen.parsers.pieces import Piece, flat, lay_out
from briefgen.parsers.published import find_published
from briefgen.parsers.xmltree import Element, local

MEDIA_TYPE = "application/epub+zip"
MOST_CHAPTERS = 2_000
#: Titles that programs give.
NO_TITLES = frozenset({"", "unknown title", "unknown", "untitled", "no title"})
ESCAPED = re.compile(r"(?:%[0-9a-fA-F]{2})+")


def parse(path: str, data: bytes) -> Document:
    """Read a book. Raises ``UnreadableError``."""
    archive = Archive(data)
    if "META-INF/encryption.xml" in archive.names and "META-INF/rights.xml" in archive.names:
        raise UnreadableError("protected", "the book is locked by its seller: it cannot be read")
    package = _package_path(archive)
    root = read_part(archive, package)
    if root is None:
        raise UnreadableError("damaged", "there is no list of chapters in the book: get it again")
    pieces, notes, words = _chapters(archive, root, package.rpartition("/")[0])
    layout = lay_out(pieces)
    said = [(local(each), flat(each.text or "")) for each in root.iter() if each.text]
    dates = [(words, "epub-date") for name, words in said if name == "date"]
    published, published_from = find_published(layout.text, path, dates)
    meta = Meta(
        title=next((words for name, words in said if name == "title" and words.casefold() not in NO_TITLES), None)
        or title_of(layout.text, layout.blocks),
        authors=tuple(dict.fromkeys(words for name, words in said if name == "creator" and words))[:20],
        publisher=next((words for name, words in said if name == "publisher" and words), None),
        published=published,
        published_from=published_from,
        language=next((words[:12] for name, words in said if name == "language" and words), None),
    )
    source = make_source(path, data, MEDIA_TYPE, None)
    return make_document(
        source, layout.text, layout.blocks, meta, notes=notes, dropped=layout.dropped, locators=layout.locators, words=words
    )


def _package_path(archive: Archive) -> str:
    container = read_part(archive, "META-INF/container.xml")
    paths = (each.get("full-path") for each in container.iter() if local(each) == "rootfile") if container is not None else ()
    return next((path for path in paths if path), "")


def _chapters(archive: Archive, root: Element, folder: str) -> tuple[list[Piece], list[Note], Counter[str]]:
    items = {each.get("id"): each for each in root.iter() if local(each) == "item"}
    spine = [items[each.get("idref")] for each in root.iter() if local(each) == "itemref" and each.get("idref") in items]
    pieces: list[Piece] = []
    notes: list[Note] = []
    words: Counter[str] = Counter()
    for item in spine[:MOST_CHAPTERS]:
        if "html" not in (item.get("media-type") or "html"):
            continue
        try:
            body = _body(archive.read(_member(folder, item.get("href") or "")))
        except UnreadableError as error:
            if error.code == "too-large":
                raise
            notes.append(Note(code="part-not-read", message=f"a chapter is missing: {error.message}"))
            continue
        if body is None:
            continue
        words.update(page_words(body))
        found = read_pieces(body)
        is_contents = "nav" in (item.get("properties") or "").split()
        for piece in found:
            piece.why = "table of contents" if is_contents else piece.why
        pieces += found
    return pieces, notes, words


def _member(folder: str, address: str) -> str:
    """The name of a chapter in the archive, from its address relative to the list of chapters."""
    plain = ESCAPED.sub(lambda found: bytes.fromhex(found[0].replace("%", "")).decode("utf-8", "replace"), address)
    parts: list[str] = []
    for part in f"{folder}/{plain}".split("/"):
        if part == "..":
            del parts[-1:]
        elif part not in {"", "."}:
            parts.append(part)
    return "/".join(parts)


def _body(data: bytes) -> Element | None:
    tree = read_tree(decode(data).text)
    return tree.find("body") if tree is not None else None
