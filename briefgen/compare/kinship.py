"""The words of claims and the issues that some of them have in, the issues of further claims and kindred issues out.

What names no issue may still be about one: "priests should be free to marry" among forty claims about celibacy. A word is
evidence for an issue by how much more often it stands in the issue's claims than in all (the logarithm of that ratio, drawn
towards none where few claims have the word). A claim joins the issue for which its words speak, if they speak clearly and
for no other nearly as much. Two issues whose typical words are the same are one matter in two wordings.

It takes several claims to know a word, so in a brief of few documents little happens here, and that is meant: what fits
nowhere stays under no issue. No pair of claims is compared; a claim meets only issues with which it shares a word.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from briefgen.compare.likeness import cosine, of_length_one
from briefgen.compare.phrases import Key

Evidence = Mapping[str, Mapping[Key, float]]
Place = tuple[str, int]
#: A word that fewer claims of an issue have tells nothing of it.
KNOWN = 3
#: So many claims with the word at its usual rate are added to each issue: few claims prove little.
PRIOR = 5.0
#: The least evidence on which a claim joins an issue, and by how much it must lead.
LEAST = 2.5
LEAD = 0.5
#: How alike the typical words of two issues must be (cosine) for them to be one, and how many they must share.
ALIKE = 0.3
SHARED = 3
#: A word is typical of an issue that has it twice as often.
TYPICAL = math.log(2)
ROUNDS = 2


class Counts(NamedTuple):
    """The claims of each issue, and of them those with each word."""

    sizes: Counter[Key]
    held: Mapping[Key, Counter[str]]


class Kinship(NamedTuple):
    """The issue of claims that had none, and for each issue that is another in other words, which one."""

    joined: Mapping[str, Key]
    merged: Mapping[Key, Key]


def find_kinship(
    words: Mapping[str, Set[str]],
    issues: Mapping[str, tuple[Key, ...]],
    places: Mapping[str, Place],
    are_apart: Callable[[Key, Key], bool],
    is_known: Callable[[Key], bool],
) -> Kinship:
    """Who belongs to whom.

    ``words``, ``issues`` and ``places`` (document and offset) are by claim: two claims of one sentence are one witness. Those
    without ``words`` are left alone.
    ``are_apart`` says which two issues must stay two, ``is_known`` which ones the last brief had: they keep their names.
    """
    witnesses = {places[claim]: claim for claim in sorted(words, reverse=True)}
    heard = sorted(witnesses.values())
    spread = Counter(word for claim in heard for word in words[claim])
    homes = {claim: keys for claim in sorted(words) if (keys := issues.get(claim))}
    joined: set[str] = set()
    merged: dict[Key, Key] = {}
    for _ in range(ROUNDS):
        counts = _count(words, homes, heard)
        evidence = _evidence(counts, spread, len(heard))
        new = {claim: (key,) for claim in sorted(words.keys() - homes) if (key := _closest(words[claim], evidence))}
        homes |= new
        joined |= new.keys()
        same = _same(_count(words, homes, heard), spread, len(heard), are_apart, is_known)
        merged = {key: same.get(home, home) for key, home in merged.items()} | same
        homes = {claim: tuple(dict.fromkeys(same.get(key, key) for key in keys)) for claim, keys in homes.items()}
    return Kinship({claim: homes[claim][0] for claim in sorted(joined)}, merged)


def _count(words: Mapping[str, Set[str]], homes: Mapping[str, tuple[Key, ...]], heard: Sequence[str]) -> Counts:
    """The claims of each issue, and how many of them have each word."""
    sizes: Counter[Key] = Counter()
    held: dict[Key, Counter[str]] = defaultdict(Counter)
    for claim in heard:
        for key in homes.get(claim, ()):
            sizes[key] += 1
            held[key].update(words[claim])
    return Counts(sizes, held)


def _evidence(counts: Counts, spread: Counter[str], total: int) -> Evidence:
    """How much each word speaks for each issue; only what speaks for it."""
    found: dict[str, dict[Key, float]] = defaultdict(dict)
    for key, held in counts.held.items():
        for word, count in held.items():
            usual = spread[word] / total
            ratio = (count + PRIOR * usual) / (counts.sizes[key] + PRIOR) / usual
            if count >= KNOWN and ratio > 1:
                found[word][key] = math.log(ratio)
    return found


def _closest(words: Set[str], evidence: Evidence) -> Key | None:
    """The issue for which the words speak, if it is one and not two."""
    totals: dict[Key, float] = defaultdict(float)
    for word in sorted(words):
        for key, weight in evidence.get(word, {}).items():
            totals[key] += weight
    best = sorted(totals, key=lambda key: (-totals[key], key))[:2]
    if not best or totals[best[0]] < LEAST:
        return None
    is_clear = len(best) == 1 or totals[best[0]] - totals[best[1]] >= LEAD
    return best[0] if is_clear else None


def _same(
    counts: Counts, spread: Counter[str], total: int, are_apart: Callable[[Key, Key], bool], is_known: Callable[[Key], bool]
) -> dict[Key, Key]:
    """Each issue that is another one in other words, and that other one: what is known, then the larger of the two."""
    order = sorted(counts.sizes, key=lambda key: (not is_known(key), -counts.sizes[key], key))
    rank = {key: at for at, key in enumerate(order)}
    alike = sorted(
        (-likeness, min(rank[one], rank[two]), max(rank[one], rank[two]))
        for likeness, one, two in _alike(_profiles(counts, spread, total))
        if likeness >= ALIKE and not are_apart(one, two)
    )
    same: dict[Key, Key] = {}
    for _, larger, smaller in alike:
        if not {order[larger], order[smaller]} & (same.keys() | set(same.values())):
            same[order[smaller]] = order[larger]
    return same


def _profiles(counts: Counts, spread: Counter[str], total: int) -> dict[Key, dict[str, float]]:
    """The typical words of each issue, weighted by how typical and how common in it they are, of length 1."""
    profiles: dict[Key, dict[str, float]] = defaultdict(dict)
    for word, weights in _evidence(counts, spread, total).items():
        for key, weight in weights.items():
            if weight > TYPICAL:
                profiles[key][word] = weight * counts.held[key][word] / counts.sizes[key]
    return {key: of_length_one(profile) for key, profile in profiles.items()}


def _alike(profiles: Mapping[Key, Mapping[str, float]]) -> Iterator[tuple[float, Key, Key]]:
    """Pairs of issues that share enough typical words, with how alike they are."""
    keys = sorted(profiles)
    for at, one in enumerate(keys):
        for two in keys[at + 1 :]:
            if len(profiles[one].keys() & profiles[two].keys()) >= SHARED:
                yield cosine(profiles[one], profiles[two]), one, two
