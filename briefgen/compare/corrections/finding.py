"""What an entry says of a sentence in, the claim that it means out, or the one that looks most like it.

The id and the sentence must agree. A claim whose id is gone is looked for by the words of its sentence: as they are, in
whatever file they stand by now, or reworded. A rewording is only taken where it is sure: nearly the same words, no "not" or
figure and no other name in the place of one that was there, and the stance read as before. Where two claims fit alike, none is.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Literal, NamedTuple

from briefgen.compare.likeness import Likeness
from briefgen.compare.phrases import Grammar
from briefgen.compare.proposals import NUMBERS, TURNS
from briefgen.compare.terms import lowered, words_of
from briefgen.model.corrections import Quoted
from briefgen.model.findings import Stance

WORDS = re.compile(r"\w+")
#: A reworded sentence is the same from this likeness on, and the nearest candidate worth naming from this one on.
SURE, NEAR = 0.8, 0.3
#: So many words of a sentence tell which one it is.
TELLING = 5
#: So many sentences that share most words are compared.
LOOKED_AT = 20

Status = Literal["applied", "reworded", "unmatched", "absent"]


class Candidate(NamedTuple):
    """A claim that an entry may mean."""

    id: str
    sentence: str
    content: str
    speaker: str = ""
    stance: Stance | None = None


class Match(NamedTuple):
    """The claims that an entry means (one, or none), and the nearest one if there is none."""

    ids: tuple[str, ...]
    status: Status
    nearest: Candidate | None = None


class Finder:
    """Finds claims by id and sentence. ``documents`` are the dates of the brief's documents, by path."""

    def __init__(self, candidates: Sequence[Candidate], documents: Mapping[str, str | None], grammar: Grammar) -> None:
        self.by_id = {each.id: each for each in candidates}
        self.candidates, self.documents, self.grammar = list(self.by_id.values()), documents, grammar

    def find(self, entry: Quoted) -> Match:
        """The claim that ``entry`` means."""
        if known := self.by_id.get(entry.id):
            agrees = holds(known.sentence, entry.sentence)
            return Match((known.id,), "applied") if agrees else Match((), "unmatched", known)
        same = [each for each in self.candidates if _is_whole(entry.sentence, each.sentence)]
        if found := _only(same, entry):
            return Match((found.id,), "applied")
        near = self._nearest(entry.sentence)
        sure = [each for likeness, each in near if likeness >= SURE and _means_the_same(entry, each)]
        sure = [each for each in sure if each.sentence == sure[0].sentence]
        if found := _only(sure, entry):
            return Match((found.id,), "reworded")
        nearest = next((each for likeness, each in near if likeness >= NEAR), None)
        return Match((), "absent" if self._is_elsewhere(entry) else "unmatched", nearest)

    def _is_elsewhere(self, entry: Quoted) -> bool:
        """Whether the document of an entry is not in this brief, though another one may have its name by now."""
        if not entry.source:
            return False
        return entry.source not in self.documents or bool(entry.dated and self.documents[entry.source] != entry.dated)

    @cached_property
    def _likeness(self) -> Likeness:
        return Likeness((each.sentence for each in self.candidates), self.grammar)

    @cached_property
    def _index(self) -> dict[str, list[int]]:
        index: dict[str, list[int]] = defaultdict(list)
        for at, each in enumerate(self.candidates):
            for feature in self._likeness.features(each.sentence):
                index[feature].append(at)
        return index

    def _nearest(self, sentence: str) -> list[tuple[float, Candidate]]:
        """The claims whose sentences are most like ``sentence``, the most like first."""
        features = self._likeness.features(sentence)
        shared = Counter(at for feature in sorted(features) for at in self._index.get(feature, ()))
        likely = sorted(shared, key=lambda at: (-shared[at], self.candidates[at].id))[:LOOKED_AT]
        found = [(self._likeness.of(features, self._likeness.features(self.candidates[at].sentence)), at) for at in likely]
        found.sort(key=lambda each: (-each[0], self.candidates[each[1]].id))
        return [(likeness, self.candidates[at]) for likeness, at in found]


def folded(name: str) -> str:
    """The words of a name, without differences of case and punctuation."""
    return " ".join(WORDS.findall(name.casefold()))


def letters(text: str) -> str:
    """The letters and digits of a text, in small letters: a sentence that was copied from a page may lack the rest."""
    return "".join(WORDS.findall(text.casefold()))


def holds(sentence: str, piece: str) -> bool:
    """Whether ``piece`` stands in ``sentence``."""
    return letters(piece) in letters(sentence)


def _is_whole(piece: str, sentence: str) -> bool:
    """Whether ``piece`` is the sentence, or enough of it to tell which one it is."""
    return holds(sentence, piece) and (len(piece.split()) >= TELLING or letters(piece) == letters(sentence))


def _only(found: Sequence[Candidate], entry: Quoted) -> Candidate | None:
    """The only one of several claims of a sentence that is the speaker's."""
    if entry.speaker:
        found = [each for each in found if folded(each.speaker) == folded(entry.speaker)]
    if len(found) > 1 and entry.was:
        found = [each for each in found if each.stance is entry.was]
    return found[0] if len(found) == 1 else None


def _means_the_same(entry: Quoted, other: Candidate) -> bool:
    """Whether a sentence with other words takes nothing back: no negation, no figure, no name in the place of another."""
    mine, theirs = _marks(entry.sentence), _marks(other.sentence)
    lost, new = _names(entry.sentence, other.sentence), _names(other.sentence, entry.sentence)
    is_read_so = entry.was is None or other.stance is None or other.stance is entry.was
    return mine == theirs and not (lost and new) and is_read_so


def _marks(sentence: str) -> frozenset[str]:
    words = ("not" if word.endswith(("n't", "n’t")) else word for word in lowered(sentence))
    return frozenset(word for word in words if word in TURNS or word in NUMBERS or any(map(str.isdigit, word)))


def _names(sentence: str, other: str) -> set[str]:
    """The words with a capital that do not stand in the other sentence."""
    return {word.lower for word in words_of(sentence) if word.plain[:1].isupper()} - set(lowered(other))
