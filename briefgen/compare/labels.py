"""An issue's key and what its statements say about it in, its label out: the sources' own words, several of them.

The wording that most mentions use is the label; the fuller one where many have it. A lone noun is shown in the phrase in
which it most often stands ("capital punishment", "women in combat"), and if no phrase is repeated, two of its names stand
side by side ("talks and negotiations"), or the first phrase that has it. "For Ghana" is said where the sources say it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from briefgen.compare.phrases import Key
from briefgen.compare.terms import capitalized, stem
from briefgen.compare.topics import Topic

Mentions = Sequence[Sequence[Topic]]
#: A label is the fuller wording when so many of the mentions use it.
FULLER = 0.4
#: A phrase around a lone noun is its label when so many have it, and at least so large a share of the mentions.
REPEATED = 2
SHARE = 0.1
MOST_TERMS = 6
#: "Deterrence and dialogue" is more than dialogue: such a phrase is only taken where there is no other.
JOINED = " and "
#: Who gets a thing, where the sources say it.
FOR = " for "


def label(key: Key, mentions: Mentions, homes: Mapping[Key, Key]) -> str:
    """The label of the issue ``key``; ``mentions`` are the topics of each of its claims, ``homes`` the issue of each key."""
    ways = _ways(key, mentions, homes)
    ways = [topic for topic in ways if FOR in topic.wording.words] or ways
    short, full = _counted(topic.wording.words for topic in ways), _counted(topic.fullest.words for topic in ways)
    best = full[0] if full and full[0][1] >= FULLER * len(ways) else short[0] if short else (" ".join(key), 0)
    if " " in best[0]:
        return capitalized(best[0])
    return capitalized(_phrase(ways) or _two_names(short) or _any_phrase(ways) or best[0])


def terms(key: Key, mentions: Mentions, homes: Mapping[Key, Key]) -> tuple[str, ...]:
    """The wordings under which the sources speak of it, the most frequent first."""
    return tuple(words for words, _ in _counted(topic.wording.words for topic in _ways(key, mentions, homes))[:MOST_TERMS])


def _ways(key: Key, mentions: Mentions, homes: Mapping[Key, Key]) -> list[Topic]:
    every = [topic for topics in mentions for topic in topics if homes.get(topic.wording.key) == key]
    return [topic for topic in every if topic.wording.key == key] or every


def _phrase(ways: Sequence[Topic]) -> str | None:
    """The phrase that is most often said, if it is said more than once."""
    counts = _counted(words for topic in ways for words in topic.long if JOINED not in words)
    words, count = counts[0] if counts else ("", 0)
    return words if count >= max(REPEATED, SHARE * len(ways)) else None


def _two_names(short: Sequence[tuple[str, int]]) -> str | None:
    """The two names that are used most, if they are two words and not two forms of one."""
    names = list({stem(words.lower()): words for words, _ in reversed(short)}.values())[::-1]
    return f"{names[0]} and {_small(names[1])}" if len(names) > 1 else None


def _small(noun: str) -> str:
    """A common noun in small letters, wherever it stood; an abbreviation as it is."""
    return noun.lower() if noun[1:] == noun[1:].lower() else noun


def _any_phrase(ways: Sequence[Topic]) -> str | None:
    """The first phrase of the most prominent mention that has one, with the noun at the head of it or at its end."""
    found = [
        (JOINED in words, -topic.weight, at, words)
        for at, topic in enumerate(ways)
        for words in topic.long
        if _is_headed(words, topic.wording.words)
    ]
    return min(found)[3] if found else None


def _is_headed(words: str, noun: str) -> bool:
    """Whether a phrase is about the noun: "grain talks", "talks on grain", not "a month of talks"."""
    return words.lower().startswith(noun.lower()) or (words.lower().endswith(noun.lower()) and words.count(" ") == 1)


def _counted(wordings: Iterable[str]) -> list[tuple[str, int]]:
    """Wordings by how often they occur, case ignored; of each the spelling with the fewest capitals."""
    counts: Counter[str] = Counter()
    spelled: dict[str, str] = {}
    for words in filter(None, wordings):
        counts[words.lower()] += 1
        spelled[words.lower()] = min(
            words, spelled.get(words.lower(), words), key=lambda form: (sum(map(str.isupper, form)), form)
        )
    return [(spelled[words], count) for words, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]
