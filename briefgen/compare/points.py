"""Digests in, the sentences that lead the brief out: whole, verbatim, understandable alone, from several sources.

Centroid-MMR: a sentence is the better the more of the documents' characteristic words it holds (tf-idf, times the square
root of the share of documents that use the word), and the less it repeats what was already taken. Only sentences with a
statement of a named actor compete: the brief is about positions.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from math import log, sqrt
from typing import NamedTuple

from briefgen.compare.actors import Roster
from briefgen.compare.positions import NAMED_KINDS, UNTIDY, merged_refs, source_number
from briefgen.compare.terms import stem, words_of
from briefgen.model.brief import BriefStatement, KeyPoint
from briefgen.model.document import BlockKind
from briefgen.model.findings import Ref, Stance

LENGTH = range(8, 46)
NOVELTY = 0.45
FROM_NEW_SOURCE = 1.35
TOO_ALIKE = 0.6
#: A sentence that begins so, or leans on what was said before it, cannot stand alone.
LEANS_BACK = re.compile(
    r"[-•*\d.)\s]*(?:this|these|those|that|they|it|he|she|his|her|their|its|such|however|but|and|so|then|here|there|therefore|thus|"
    r"moreover|furthermore|additionally|also|still|meanwhile|instead|as such|by \w+ing|for example|on the other hand|both|"
    r"others?|one (?:of|condition)|the (?:latter|former|move|call|official|approach|point|proposal|offer|stance|same))\b",
    re.I,
)
PRONOUN_FIRST = re.compile(
    r"^[^,]{0,60},\s+(?:he|she|they|it)\b|\b(?:the official|these (?:\w+ )?(?:steps|demands|talks|measures))\b", re.I
)
#: "such moves", "these guarantees", "this" near the start: things that the reader has not seen.
UNSEEN = re.compile(r"\b(?:such (?!as\b)|these |those (?!who\b|that\b))|^(?:\S+\s+){0,7}this\s", re.I)
ENDS = re.compile(r"[.!?][\"”’')\]]*$")


class Sentence(NamedTuple):
    """A sentence that may lead the brief."""

    text: str
    refs: tuple[Ref, ...]
    words: Mapping[str, float]
    norm: float
    source: str
    score: float


def find_points(
    statements: Sequence[BriefStatement], roster: Roster, counted: Mapping[str, str], most: int
) -> tuple[KeyPoint, ...]:
    """At most ``most`` key points, the best first."""
    sentences = _sentences(statements, roster, counted)
    taken: list[Sentence] = []
    while sentences and len(taken) < most:
        best = max(sentences, key=lambda sentence: (_worth(sentence, taken), sentence.text))
        if taken and _worth(best, taken) <= 0:
            break
        taken.append(best)
        sentences = [sentence for sentence in sentences if sentence is not best and _alike(sentence, best) < TOO_ALIKE]
    return tuple(KeyPoint(text=sentence.text, refs=sentence.refs) for sentence in taken)


def _worth(sentence: Sentence, taken: Sequence[Sentence]) -> float:
    repeated = max((_alike(sentence, other) for other in taken), default=0.0)
    fresh = FROM_NEW_SOURCE if all(sentence.source != other.source for other in taken) else 1.0
    return fresh * sentence.score * (1 - repeated / (1 - NOVELTY))


def _alike(one: Sentence, two: Sentence) -> float:
    """Cosine of the two sentences' weighted words."""
    shared = sum(weight * two.words.get(word, 0.0) for word, weight in one.words.items())
    return shared / (one.norm * two.norm or 1.0)


def _norm(words: Mapping[str, float]) -> float:
    return sqrt(sum(weight * weight for weight in words.values()))


def _sentences(statements: Sequence[BriefStatement], roster: Roster, counted: Mapping[str, str]) -> list[Sentence]:
    held: dict[str, list[BriefStatement]] = {}
    for statement in statements:
        held.setdefault(" ".join(statement.refs[0].sentence.split()), []).append(statement)
    sizes = Counter(issue for each in statements for issue in each.issues if issue != "other")
    weights = _weights({text: {counted[ref.source] for each in group for ref in each.refs} for text, group in held.items()})
    return [
        _sentence(group, {word: weights[word] for word in _stems(text)}, counted, sizes)
        for text, group in held.items()
        if _stands_alone(text, group) and any(each.actor and roster[each.actor].kind in NAMED_KINDS for each in group)
    ]


def _sentence(
    group: Sequence[BriefStatement], words: Mapping[str, float], counted: Mapping[str, str], sizes: Counter[str]
) -> Sentence:
    refs = merged_refs(ref for statement in group for ref in statement.refs)
    attitude = 1.0 if any(statement.stance is not Stance.STATES for statement in group) else 0.6
    attitude *= 0.6 if UNTIDY.search(group[0].refs[0].sentence) else 1.0
    largest = max((sizes[issue] for each in group for issue in each.issues), default=0)
    score = attitude * (1 + largest / (max(sizes.values(), default=1) or 1)) * sum(words.values()) / (len(words) + 6)
    return Sentence(
        text=group[0].refs[0].sentence,
        refs=refs,
        words=words,
        norm=_norm(words),
        source=counted[min((ref.source for ref in refs), key=source_number)],
        score=score,
    )


def _stands_alone(text: str, group: Sequence[BriefStatement]) -> bool:
    is_prose = group[0].refs[0].block in (BlockKind.PARAGRAPH, BlockKind.QUOTE)
    return (
        is_prose
        and text.isprintable()
        and len(text.split()) in LENGTH
        and bool(ENDS.search(text))
        and not LEANS_BACK.match(text)
        and not PRONOUN_FIRST.search(text)
        and not UNSEEN.search(text)
    )


def _stems(text: str) -> Set[str]:
    return {stem(word.lower) for word in words_of(text) if len(word.lower) > 3}


def _weights(sources: Mapping[str, Iterable[str]]) -> dict[str, float]:
    """The weight of each word: frequent, not everywhere, and in several documents."""
    sentences: Counter[str] = Counter()
    documents: dict[str, set[str]] = {}
    for text, where in sources.items():
        for word in _stems(text):
            sentences[word] += 1
            documents.setdefault(word, set()).update(where)
    total, every = len(sources), len({name for where in sources.values() for name in where}) or 1
    return {
        word: sqrt(count) * log(1 + total / count) * sqrt(len(documents[word]) / every) for word, count in sentences.items()
    }
