"""Digests in, out of it what was copied from where: whole reprints, trimmed ones, digests of several articles, single passages.

Two steps. *Who may have copied from whom*: documents that share several runs of five words (shingles, of which those that begin
with one of every four words are kept), looked up in an index, so the cost follows the amount of copying and not the square of
the number of documents. *What was copied*: of those pairs, the passages of one that stand in the other, word for word but
for small edits. A passage has at least twenty words, twelve of them outside quotation marks: two reporters may well quote
the same sentence.

Where the words that differ are mostly figures and names, it is a form filled in twice (the notices of two weeks), not a copy.

**Which one is the original** is told by the date of publication, then by length, then by path. A document that is made up of
several others is never their original, unless it is dated before them.

Known limits: a translation or a story told in other words counts as independent; so does a document of fewer than twenty words.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple
from zlib import crc32

from briefgen.compare.terms import WORD
from briefgen.model.base import Span
from briefgen.model.findings import Digest

#: So many words in a row make two documents worth comparing, if they share so many such runs.
SHINGLE, SHARED = 5, 3
#: One word of so many opens a shingle that is kept; short documents keep all.
KEPT, SHORT = 4, 60
#: Where more documents than this share a shingle, each is compared with the first of them only.
FEW = 12
#: Stock is what more than ``FEW`` documents share with one, and fewer words than this.
STOCK = 100
#: Compared closely, so many words in a row are the same text; so many changed ones in between are an edit.
RUN, EDIT = 3, 3
#: A passage has so many words, so many of them outside quotation marks, and such a share of them unchanged.
PASSAGE, OUTSIDE, UNCHANGED = 20, 12, 0.6
#: Changed words that are figures or names: from so many on, and from such a share of the changes on, it is a form.
FILLED_IN, FORM = 3, 0.5
#: What is copied of a document: nearly all of it, both ways: a duplicate; one way: contained.
NEARLY_ALL = 0.8
#: A document of which such a share stands in several others, none of which has more than the second share, is made up of them.
MADE_UP, OF_ONE = 0.5, 0.85
#: A claim counts as the original's if such a share of its sentence lies in copied passages.
MOSTLY = 0.6
#: What a copy has in common with its original by chance in a sentence that was added.
ADDED = 0.4
#: A mark without its pair quotes nothing beyond its paragraph.
QUOTED = re.compile(r"“(?:[^”\n]|\n(?!\s*\n))*”|\"(?:[^\"\n]|\n(?!\s*\n))*\"")


class Passage(NamedTuple):
    """``[start, end)`` of a document stands in the document with the index ``origin``; ``words`` counts its words.

    It is stock where many documents share a few words with that one: what a publisher prints under everything.
    """

    start: int
    end: int
    words: int
    origin: int
    is_stock: bool = False


class Copying(NamedTuple):
    """What one document of ``size`` words has from others: ``kind`` and ``origin`` where nearly all of it is one other's."""

    size: int
    passages: tuple[Passage, ...] = ()
    kind: str = ""
    origin: int | None = None

    def origin_of(self, start: int, end: int) -> int | None:
        """The index of the document that ``[start, end)`` was copied from, None if it is the document's own.

        In a copy of another document a sentence that was edited is the other's, too; what was added is not.
        """
        shares: dict[int, int] = {}
        for passage in self.passages:
            shares[passage.origin] = shares.get(passage.origin, 0) + max(0, min(end, passage.end) - max(start, passage.start))
        origin = max(shares, key=lambda origin: (shares[origin], -origin), default=None)
        if origin is None or shares[origin] >= MOSTLY * (end - start):
            return origin
        return self.origin if shares.get(self.origin or 0, 0) > ADDED * (end - start) else None


class Marked(NamedTuple):
    """The number of words of a document, and the shingles that stand for it."""

    size: int
    marks: array[int]


class _Text(NamedTuple):
    """A document's words in lower case, their places in ``text``, the runs of words, and what stands in quotation marks."""

    text: str
    words: Sequence[str]
    spans: Sequence[Span]
    runs: frozenset[tuple[str, ...]]
    quotes: Sequence[Span]

    def is_quoted(self, word: int) -> bool:
        """Whether a word stands in quotation marks."""
        start = self.spans[word][0]
        at = bisect_right(self.quotes, (start, len(self.text))) - 1
        return at >= 0 and start < self.quotes[at][1]

    def tells(self, word: int) -> bool:
        """Whether a word is a figure or a name, or may be one."""
        return not self.text[slice(*self.spans[word])].islower() or any(map(str.isdigit, self.words[word]))


class _Shared(NamedTuple):
    """``passages[one, two]`` are the spans of words of ``one`` that stand in ``two``, ``partners[one]`` all those ``two``."""

    sizes: Sequence[int]
    passages: Mapping[tuple[int, int], Sequence[Span]]
    partners: Mapping[int, Sequence[int]]

    def words(self, one: int, two: int) -> int:
        """How many words of ``one`` stand in ``two``."""
        return sum(end - start for start, end in self.passages[one, two])


def find_copies(digests: Sequence[Digest], marked: Sequence[Marked] = ()) -> list[Copying]:
    """What each document has from others, in the order of ``digests``; ``marked`` are their marks, where they are known."""
    texts = lru_cache(maxsize=1000)(lambda at: _text(digests[at]))
    marked = marked or list(map(marks_of, digests))
    sizes = [each.size for each in marked]
    pairs = _candidates(digests, marked)
    passages: dict[tuple[int, int], list[Span]] = {}
    for one, two in pairs:
        if found := _passages(texts(two), texts(one)):
            passages[two, one] = found
            passages[one, two] = _passages(texts(one), texts(two))
    partners: dict[int, list[int]] = {}
    for one, two in sorted(passages):
        partners.setdefault(one, []).append(two)
    shared = _Shared(sizes, passages, partners)
    made_up = {at for at in partners if _is_made_up(at, shared, digests)}
    stock = {at: _stock(at, shared) for at in partners if len(partners[at]) > FEW}
    order = {at: _precedence(digests[at], sizes[at], at in made_up) for at in partners}
    copies = [Copying(size) for size in sizes]
    for at, others in partners.items():
        originals = sorted((other for other in others if order[other] < order[at]), key=order.__getitem__)
        copies[at] = _copying(at, originals, shared, texts(at).spans, stock)
    return copies


def _precedence(digest: Digest, words: int, is_made_up: bool = False) -> tuple[object, ...]:
    """Originals first: what is not made up of others, the earliest, the longest, the first by path."""
    day = digest.meta.published
    return is_made_up, day is None, day or "", -words, digest.source.path, digest.source.id


# ---- who may have copied from whom


def marks_of(digest: Digest) -> Marked:
    """What tells whether two documents are worth comparing."""
    words = [match.group().lower() for match in _words(digest)]
    return Marked(len(words), _marks(words))


def _candidates(digests: Sequence[Digest], marked: Sequence[Marked]) -> list[tuple[int, int]]:
    """The pairs that share enough to be compared."""
    sizes, marks = [each.size for each in marked], [each.marks for each in marked]
    every = sorted(mark for each in marks for mark in each)
    twice = {one for one, two in pairwise(every) if one == two}
    del every
    holders: dict[int, list[int]] = {}
    pairs = []
    for at in sorted(range(len(digests)), key=lambda at: _precedence(digests[at], sizes[at])):
        each = marks[at]
        known = [mark for mark in each if mark in twice]
        found: Counter[int] = Counter()
        for mark in known:
            found.update(_few(holders.setdefault(mark, [])))
            holders[mark].append(at)
        likely = (other for other, count in found.items() if count >= min(SHARED, len(each), len(marks[other])))
        pairs += [(min(at, other), max(at, other)) for other in likely]
    return sorted(pairs)


def _few(holders: Sequence[int]) -> Sequence[int]:
    return holders if len(holders) <= FEW else holders[:1]


def _words(digest: Digest) -> Iterator[re.Match[str]]:
    """The words of the blocks: what was dropped is in none of them."""
    return (match for block in digest.blocks for match in WORD.finditer(digest.text, block.start, block.end))


def _marks(words: Sequence[str]) -> array[int]:
    """The shingles that stand for a document, as numbers, each once."""
    last = max(1, len(words) - SHINGLE + 1) if words else 0
    starts: Iterable[int] = range(last) if last <= SHORT else (at for at in range(last) if _opens(words[at]))
    return array("L", sorted({crc32(" ".join(words[at : at + SHINGLE]).encode()) for at in starts}))


@lru_cache(maxsize=50_000)
def _opens(word: str) -> bool:
    return crc32(word.encode()) % KEPT == 0


# ---- what was copied


def _text(digest: Digest) -> _Text:
    matches = list(_words(digest))
    words = [match.group().lower() for match in matches]
    quotes = [match.span() for match in QUOTED.finditer(digest.text)]
    return _Text(digest.text, words, [match.span() for match in matches], frozenset(_runs(words)), quotes)


def _runs(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(words[at:] for at in range(RUN)), strict=False)


def _passages(text: _Text, other: _Text) -> list[Span]:
    """The passages of ``text`` that stand in ``other``, as spans of words; none where both are one form filled in twice."""
    if text.words == other.words:
        return [(0, len(text.words))]
    same = [False] * len(text.words)
    for at, run in enumerate(_runs(text.words)):
        if run in other.runs:
            same[at : at + RUN] = [True] * RUN
    passages = [span for span in _bridged(same) if _is_long(span, same, text)]
    changed = [at for start, end in passages for at in range(start, end) if not same[at]]
    known = set(other.words) if changed else ()
    filled_in = sum(text.words[at] not in known and text.tells(at) for at in changed)
    return [] if filled_in >= FILLED_IN and filled_in >= FORM * len(changed) else passages


def _bridged(same: Sequence[bool]) -> list[Span]:
    """The stretches of words that are the same, with the small edits in between."""
    spans: list[Span] = []
    for at in (at for at, is_same in enumerate(same) if is_same):
        if spans and at - spans[-1][1] <= EDIT:
            spans[-1] = (spans[-1][0], at + 1)
        else:
            spans.append((at, at + 1))
    return spans


def _is_long(span: Span, same: Sequence[bool], text: _Text) -> bool:
    start, end = span
    words = end - start
    if words < PASSAGE or sum(same[start:end]) < UNCHANGED * words:
        return False
    return words - sum(map(text.is_quoted, range(start, end))) >= OUTSIDE


def _is_made_up(at: int, shared: _Shared, digests: Sequence[Digest]) -> bool:
    """Whether a document is made of passages of several others, and not dated before them."""
    day, partners = digests[at].meta.published, shared.partners[at]
    if day and all(day < (digests[other].meta.published or "9") for other in partners):
        return False
    told: set[int] = set()
    parts = 0
    for other in sorted(partners, key=lambda other: (-shared.words(at, other), other)):
        held = {word for start, end in shared.passages[at, other] for word in range(start, end)}
        if len(held) > OF_ONE * shared.sizes[at]:
            return False
        parts += len(held - told) > len(held) / 2
        told |= held
    return parts > 1 and len(told) >= MADE_UP * shared.sizes[at]


def _stock(at: int, shared: _Shared) -> Set[int]:
    """The words of a document that many others share with it, which share little else."""
    little = (other for other in shared.partners[at] if shared.words(at, other) < STOCK)
    held = Counter(word for other in little for start, end in shared.passages[at, other] for word in range(start, end))
    return {word for word, count in held.items() if count > FEW}


def _copying(
    at: int, originals: Sequence[int], shared: _Shared, spans: Sequence[Span], stock: Mapping[int, Set[int]]
) -> Copying:
    """What a document has from ``originals``; a passage that several have is the first one's."""
    passages: list[Passage] = []
    taken: set[int] = set()
    for origin in originals:
        given = [word for start, end in shared.passages[origin, at] for word in range(start, end)]
        is_stock = 2 * sum(word in stock.get(origin, ()) for word in given) > len(given)
        for span in shared.passages[at, origin]:
            free = [word for word in range(*span) if word not in taken]
            if 2 * len(free) > span[1] - span[0]:
                passages.append(Passage(spans[free[0]][0], spans[free[-1]][1], len(free), origin, is_stock))
                taken.update(free)
    sizes = shared.sizes
    whole = [origin for origin in originals if shared.words(at, origin) >= NEARLY_ALL * sizes[at]]
    alike = [origin for origin in whole if shared.words(origin, at) >= NEARLY_ALL * sizes[origin]]
    kind = "duplicate" if alike else "contained" if whole else ""
    return Copying(sizes[at], tuple(passages), kind, next(iter([*alike, *whole]), None))
