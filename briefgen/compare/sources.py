"""Digests in, the brief's sources out: numbered by path, copies told apart from independent reports.

What counts as one source is settled for each claim, not for each document: a digest of three articles counts with each of them
for the passages that it took over, and by itself for what it adds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace

from briefgen.compare.copies import Copying
from briefgen.model.brief import BriefSource, CopiedFrom
from briefgen.model.findings import Digest, Ref

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


class Independence:
    """Which source a claim counts as: the one that it stands in, or the one that its passage was copied from."""

    def __init__(self, copies: Sequence[Copying], unreliable: Set[str] = frozenset()) -> None:
        self._copies, self._unreliable = copies, unreliable

    def confirming(self, refs: Iterable[Ref]) -> set[str]:
        """The sources that claims at ``refs`` count as, without those that a person marked as unreliable."""
        return {self.of(ref) for ref in refs} - self._unreliable

    def of(self, ref: Ref) -> str:
        """The brief's id of the source that the claim at ``ref`` counts as; ``ref`` is a brief's."""
        at = int(ref.source[1:]) - 1
        origin = self._copies[at].origin_of(ref.start, ref.end)
        return ref.source if origin is None else f"s{self._original(origin) + 1}"

    def _original(self, at: int) -> int:
        """The document at the end of a chain of copies; each is of one that comes before it."""
        while (above := self._copies[at].origin) is not None:
            at = above
        return at


def number_sources(
    digests: Sequence[Digest], copies: Sequence[Copying], include_text: bool, unreliable: Set[str] = frozenset()
) -> tuple[BriefSource, ...]:
    """One source a digest, ``s1``.. in the order given (by path); ``unreliable`` are those that a person marked so."""
    return tuple(
        replace(_source(at, digest, copies[at], include_text), unreliable=f"s{at + 1}" in unreliable)
        for at, digest in enumerate(digests)
    )


def places_of(digests: Sequence[Digest]) -> dict[str, str]:
    """The brief's id of each ``source.id``. Of two files with the same bytes the first has the claims."""
    return {digest.source.id: f"s{at + 1}" for at, digest in reversed(list(enumerate(digests)))}


def _source(at: int, digest: Digest, copying: Copying, include_text: bool) -> BriefSource:
    original = f"s{copying.origin + 1}" if copying.origin is not None else None
    return BriefSource(
        id=f"s{at + 1}",
        path=digest.source.path,
        title=digest.meta.title,
        publisher=digest.meta.publisher,
        published=digest.meta.published,
        published_from=digest.meta.published_from,
        url=digest.meta.url,
        format=FORMATS.get(digest.source.media_type, "text"),
        words=copying.size,
        duplicate_of=original if copying.kind == "duplicate" else None,
        contained_in=original if copying.kind == "contained" else None,
        copied_from=tuple(
            CopiedFrom(source=f"s{origin + 1}", words=words)
            for origin, words in sorted(_words_from(copying).items())
            if origin != copying.origin
        ),
        notes=digest.notes,
        sha256=digest.source.sha256,
        text=digest.text if include_text else "",
    )


def _words_from(copying: Copying) -> Mapping[int, int]:
    words: dict[int, int] = {}
    for passage in copying.passages:
        if not passage.is_stock:
            words[passage.origin] = words.get(passage.origin, 0) + passage.words
    return words
