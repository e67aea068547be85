"""Texts or weighted words in, a measure of how alike two of them are out: how much of it is said with the same words.

For texts a word counts for how rare it is among the texts; words meet under their stem, under the synonyms of ``issues.toml``
and, for half, under their first letters ("prohibit", "prohibition"). What it cannot see is negation: whoever asks must know
the stance already.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Set

from briefgen.compare.phrases import Grammar
from briefgen.compare.terms import lowered, stem

ROOT = 5
#: Words with weights.
Vector = Mapping[str, float]


class Likeness:
    """How alike texts are, on the scale of 0 to 1; ``texts`` are those among which a word is rare or common."""

    def __init__(self, texts: Iterable[str], grammar: Grammar) -> None:
        self._stop, self._synonyms = grammar.stop, grammar.synonyms
        every = [self.features(text) for text in texts]
        self._total, self._spread = len(every), Counter(feature for found in every for feature in found)

    def features(self, text: str) -> frozenset[str]:
        """What a text is compared by: its stems and their roots, without small words."""
        stems = [stem(word) for word in lowered(text) if word not in self._stop]
        named = [self._synonyms.get(each, each) for each in stems]
        return frozenset([*named, *(f"{each[:ROOT]}-" for each in named)])

    def between(self, one: str, two: str) -> float:
        """How alike two texts are."""
        return self.of(self.features(one), self.features(two))

    def of(self, one: Set[str], two: Set[str]) -> float:
        """How alike two texts with these features are."""
        whole = math.sqrt(self._weight(one) * self._weight(two))
        return self._weight(one & two) / whole if whole else 0.0

    def _weight(self, features: Iterable[str]) -> float:
        return math.fsum(math.log1p(self._total / max(1, self._spread[feature])) for feature in features)


def cosine(one: Vector, two: Vector) -> float:
    """The cosine of two vectors of length 1, whatever the order of their words."""
    if len(one) > len(two):
        one, two = two, one
    return math.fsum(weight * two[word] for word, weight in one.items() if word in two)


def of_length_one(vector: Vector) -> dict[str, float]:
    """The vector with its weights scaled to the length 1; one without length as it is."""
    length = math.sqrt(math.fsum(weight * weight for weight in vector.values())) or 1.0
    return {word: weight / length for word, weight in vector.items()}
