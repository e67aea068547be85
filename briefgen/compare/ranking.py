"""Sentences in, the few that tell most of all of them out: one core for a brief's key points and for a plain summary.

Centroid with maximal marginal relevance. A sentence is a vector of its words, weighted by tf-idf; the centroid is the sum of
all of them, each word times the square root of the share of documents that use it. A sentence is worth its cosine with the
centroid, times what else speaks for it, less what it repeats of those that were taken. The taking ends where
the next one would say too little that is new.

Known limits: words are compared by stem, so a paraphrase in other words counts as new.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from heapq import nlargest
from itertools import chain
from math import log, prod, sqrt
from typing import NamedTuple

from briefgen.compare.likeness import Vector, cosine, of_length_one
from briefgen.compare.terms import lowered, stem

#: So much of its worth a sentence loses if all of its words were said by one that was taken.
REPEATED = 0.7
#: Two sentences as alike as this say the same.
TOO_ALIKE = 0.6
#: A summary ends where the next sentence is worth less than this share of the first.
ENOUGH = 0.6
#: So many of the best compete; the others would not be taken.
POOL = 400
#: A sentence that fills more than this share of a summary leaves no room for another matter.
LARGEST_SHARE = 0.5
SUMMARY_LENGTH = range(6, 61)


class Candidate(NamedTuple):
    """A sentence that may be taken.

    ``about`` names what others should not be about, too (issues, actors, sources), each with the share that a sentence keeps
    of its worth where one that was taken has the same.
    """

    text: str
    vector: Vector
    worth: float
    length: int
    about: Mapping[str, float] = {}


class Space:
    """The words of a collection of sentences, weighted, and the centroid of all of them."""

    def __init__(self, sentences: Mapping[str, Set[str]], skipped: Set[str] = frozenset()) -> None:
        """``sentences`` maps each to the documents that say it; ``skipped`` are words that tell nothing ("the")."""
        self._skipped = skipped
        counts = {text: self._counted(text) for text in sentences}
        held = Counter(chain.from_iterable(counts.values()))
        self._unheard = log((len(sentences) + 1) / 0.5)
        self._rarity = {word: log((len(sentences) + 1) / (number + 0.5)) for word, number in held.items()}
        said: dict[str, set[str]] = defaultdict(set)
        for text, documents in sentences.items():
            for word in counts[text]:
                said[word] |= documents
        every = len(set().union(*sentences.values())) or 1
        sums: dict[str, float] = defaultdict(float)
        spread = {word: sqrt(len(documents) / every) for word, documents in said.items()}
        self._vectors = {text: self._weighted(each) for text, each in counts.items()}
        for vector in self._vectors.values():
            for word, weight in vector.items():
                sums[word] += weight * spread[word]
        self._centroid = of_length_one(sums)

    def vector(self, text: str) -> Vector:
        """The words of a sentence, weighted, of length 1."""
        return self._vectors.get(text) or self._weighted(self._counted(text))

    def centrality(self, vector: Vector) -> float:
        """How much a sentence is about what all of them are about, from 0 to 1."""
        return cosine(vector, self._centroid)

    def _counted(self, text: str) -> dict[str, int]:
        """How often each stem is in a sentence."""
        counts: dict[str, int] = {}
        for word in lowered(text):
            if len(word) > 1 and word not in self._skipped:
                found = stem(word)
                counts[found] = counts.get(found, 0) + 1
        return counts

    def _weighted(self, counts: Mapping[str, int]) -> Vector:
        rarity, unheard = self._rarity, self._unheard
        return of_length_one({word: (1 + log(count)) * rarity.get(word, unheard) for word, count in counts.items()})


def best(candidates: Iterable[Candidate], most: int, enough: float, words: int | None = None) -> list[Candidate]:
    """At most ``most`` candidates, together of at most ``words`` words, in the order in which they were taken.

    The taking ends before one that is worth less than the share ``enough`` of the first.
    """
    left = nlargest(POOL, candidates, key=_by_worth)
    repeated = [0.0] * len(left)
    taken: list[Candidate] = []
    while left and len(taken) < most:
        if words is not None:
            repeated, left = _fitting(repeated, left, words - sum(each.length for each in taken))
        worth = [_worth(each, repeated[at], taken) for at, each in enumerate(left)]
        at = max(range(len(left)), key=lambda at: (worth[at], _by_worth(left[at])), default=None)
        if at is None or worth[at] < enough * (taken[0].worth if taken else 0.0):
            break
        chosen = left[at]
        taken.append(chosen)
        alike = [cosine(each.vector, chosen.vector) for each in left]
        kept = [i for i, each in enumerate(left) if alike[i] < TOO_ALIKE and each is not chosen]
        repeated, left = [max(repeated[i], alike[i]) for i in kept], [left[i] for i in kept]
    return taken


def _by_worth(candidate: Candidate) -> tuple[float, str]:
    return candidate.worth, candidate.text


def _fitting(repeated: list[float], left: list[Candidate], room: int) -> tuple[list[float], list[Candidate]]:
    kept = [at for at, each in enumerate(left) if each.length <= room]
    return [repeated[at] for at in kept], [left[at] for at in kept]


def _worth(candidate: Candidate, repeated: float, taken: Sequence[Candidate]) -> float:
    kept = prod(share for name, share in candidate.about.items() for other in taken if name in other.about)
    return candidate.worth * (1 - REPEATED * repeated) * kept


def summary(documents: Sequence[Sequence[str]], words: int, skipped: Set[str] = frozenset()) -> list[str]:
    """Sentences of ``documents`` (each a list of its sentences) that tell most of them in at most ``words`` words."""
    said: dict[str, set[str]] = {}
    for number, sentences in enumerate(documents):
        for text in sentences:
            said.setdefault(text, set()).add(str(number))
    space = Space(said, skipped)
    lengths = {text: len(text.split()) for text in said}
    vectors = {text: space.vector(text) for text in said if lengths[text] in SUMMARY_LENGTH}
    fitting = [text for text in vectors if lengths[text] <= LARGEST_SHARE * words] or list(vectors)
    candidates = [Candidate(text, vectors[text], space.centrality(vectors[text]), lengths[text]) for text in fitting]
    return [candidate.text for candidate in best(candidates, len(candidates), ENOUGH, words)]
