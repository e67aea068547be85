"""Digests in, the brief's sources out: numbered by path, copies told apart from independent reports.

Two documents are compared by what five words in a row they share (shingles, of which every fourth by hash is kept): the share
of the smaller document's shingles found in the larger one is its containment. Only documents that share a shingle are
compared, so the cost follows the amount of copying, not the square of the number of documents.

Known limits: a translation or a rewritten wire story counts as independent; documents under about forty words are only
copies when they are the same word for word.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from zlib import crc32

from briefgen.compare.terms import WORD
from briefgen.model.brief import BriefSource
from briefgen.model.findings import Digest

SHINGLE = 5
KEPT = 4
#: So much of a document stands in a larger one: "contained"; both ways: "duplicate".
CONTAINED = 0.5
DUPLICATE = 0.8
#: Where more documents than this share a shingle, each is compared with the first of them only.
FEW = 12
OFFICE, OPEN = "application/vnd.openxmlformats-officedocument.", "application/vnd.oasis.opendocument."
#: What a brief calls the media types that are read.
FORMATS = {
    "text/plain": "text",
    "text/markdown": "markdown",
    "text/html": "html",
    "text/csv": "table",
    "message/rfc822": "mail",
    "application/mbox": "mail",
    "application/vnd.ms-outlook": "mail",
    "application/pdf": "pdf",
    "application/rss+xml": "feed",
    "application/atom+xml": "feed",
    f"{OFFICE}wordprocessingml.document": "word",
    f"{OFFICE}spreadsheetml.sheet": "excel",
    "application/vnd.ms-excel": "excel",
    f"{OPEN}text": "opendocument",
    f"{OPEN}spreadsheet": "opendocument",
    "application/epub+zip": "epub",
    "application/rtf": "rtf",
}


def number_sources(digests: Sequence[Digest], include_text: bool) -> tuple[BriefSource, ...]:
    """One source a digest, ``s1``.. in the order given (by path)."""
    words = [_words(digest) for digest in digests]
    copies = _copies(digests, words)
    names = {digest.source.id: f"s{number}" for number, digest in enumerate(digests, 1)}
    return tuple(_source(digest, names, copies.get(at), len(words[at]), include_text) for at, digest in enumerate(digests))


def independent(sources: Sequence[BriefSource]) -> dict[str, str]:
    """The source that each source counts as: itself, or the one that it copies."""
    copied = {source.id: source.duplicate_of or source.contained_in for source in sources}
    return {source.id: _original(source.id, copied) for source in sources}


def _original(source: str, copied: Mapping[str, str | None]) -> str:
    seen = {source}
    while (above := copied[source]) and above not in seen:
        source = above
        seen.add(source)
    return source


def _source(
    digest: Digest, names: Mapping[str, str], copy: tuple[str, str] | None, words: int, include_text: bool
) -> BriefSource:
    kind, original = copy or ("", "")
    return BriefSource(
        id=names[digest.source.id],
        path=digest.source.path,
        title=digest.meta.title,
        publisher=digest.meta.publisher,
        published=digest.meta.published,
        published_from=digest.meta.published_from,
        url=digest.meta.url,
        format=FORMATS.get(digest.source.media_type, "text"),
        words=words,
        duplicate_of=names[original] if kind == "duplicate" else None,
        contained_in=names[original] if kind == "contained" else None,
        notes=digest.notes,
        text=digest.text if include_text else "",
    )


def _words(digest: Digest) -> list[str]:
    """The words of the blocks: what was dropped is in none of them."""
    return [match.group().lower() for block in digest.blocks for match in WORD.finditer(digest.text, block.start, block.end)]


def _shingles(words: Sequence[str]) -> frozenset[int]:
    if not words:
        return frozenset()
    coded = [word.encode() for word in words]
    marks = (crc32(b" ".join(coded[at : at + SHINGLE])) for at in range(max(1, len(coded) - SHINGLE + 1)))
    every = frozenset(marks)
    return frozenset(mark for mark in every if mark % KEPT == 0) if len(every) > 40 else every


def _copies(digests: Sequence[Digest], words: Sequence[Sequence[str]]) -> dict[int, tuple[str, str]]:
    """What each copying document is, and the id of the document that it copies: the earlier one when they are equal."""
    shingles = [_shingles(each) for each in words]
    found: dict[int, tuple[str, str]] = {}
    for (one, two), shared in sorted(_shared(shingles).items()):
        share_one, share_two = shared / len(shingles[one]), shared / len(shingles[two])
        if min(share_one, share_two) >= DUPLICATE:
            found.setdefault(two, ("duplicate", digests[one].source.id))
        elif max(share_one, share_two) >= CONTAINED:
            small, large = (one, two) if share_one > share_two else (two, one)
            found.setdefault(small, ("contained", digests[large].source.id))
    return found


def _shared(shingles: Sequence[frozenset[int]]) -> Counter[tuple[int, int]]:
    holders: dict[int, list[int]] = defaultdict(list)
    for at, marks in enumerate(shingles):
        for mark in marks:
            holders[mark].append(at)
    return Counter(pair for documents in holders.values() for pair in _pairs(documents))


def _pairs(documents: Sequence[int]) -> Iterator[tuple[int, int]]:
    for at, one in enumerate(documents if len(documents) <= FEW else documents[:1]):
        for two in documents[at + 1 :]:
            yield one, two
