"""The lexicon's actors in, a directory out that finds them by name, by seat or by adjective, whole or inside a text.

Names are folded before they are compared: case, possessives, dots of abbreviations. Abbreviations of up to three letters
keep their case, or "us" would be the United States and "who" a health body. A name that two entries claim ("Congo", "Korea")
finds neither: what is ambiguous is left open.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from briefgen.compare.terms import WORD, Word, forms, words_of
from briefgen.model.lexicon import ActorEntry

How = Literal["name", "seat", "adjective", "short"]
#: Left out of folded names: "the Netherlands", "Group of Seven".
ARTICLES = frozenset(["the"])


class Hit(NamedTuple):
    """A known actor in a list of words: the words ``[first, last)``, and how they name it."""

    first: int
    last: int
    actor: str
    how: How


class Directory:
    """All known actors, by folded name. Built once a comparison, read only."""

    def __init__(self, entries: Sequence[ActorEntry]) -> None:
        self.entries = {entry.id: entry for entry in entries}
        self.surnames = _surnames(entries)
        self._found: dict[tuple[str, ...], tuple[str, How] | None] = {}
        self._longest: dict[str, int] = {}
        self._common = {key_of(name) for entry in entries for name in entry.short if name == name.lower()}
        for entry in entries:
            for how, names in _names(entry):
                for name in names:
                    self._add(key_of(name), entry.id, how)

    def _add(self, key: tuple[str, ...], actor: str, how: How) -> None:
        if not key:
            return
        known = self._found.get(key, (actor, how))
        self._found[key] = known if known and known[0] == actor else None
        self._longest[key[0]] = max(len(key), self._longest.get(key[0], 0))

    def named(self, surface: str) -> tuple[str, How] | None:
        """The actor whose name is exactly ``surface``."""
        words = words_of(surface)
        return self._found.get(folded(words)) if self._is_written_as_name(words) else None

    def prefix(self, words: Sequence[Word], at: int = 0) -> Hit | None:
        """The longest known name that begins at ``words[at]``."""
        longest = self._longest.get(words[at].folded)
        if not longest:
            return None
        key = tuple(word.folded for word in words[at : at + longest])
        for length in range(len(key), 0, -1):
            found = self._found.get(key[:length])
            span = words[at : at + length]
            if found and self._is_written_as_name(span) and not _is_owner(span[:-1]):
                return Hit(at, at + length, *found)
        return None

    def _is_written_as_name(self, words: Sequence[Word]) -> bool:
        """A name has a capital letter; a short name that the lexicon gives in lower case ("alliance") needs none."""
        return any(word.plain != word.lower for word in words) or folded(words) in self._common

    def hits(self, words: Sequence[Word]) -> Iterator[Hit]:
        """All known names in ``words``, from left to right, the longest first, none inside another."""
        end = 0
        for at, word in enumerate(words):
            hit = self.prefix(words, at) if at >= end and word.folded in self._longest else None
            if hit:
                yield hit
                end = hit.last


def _surnames(entries: Iterable[ActorEntry]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        if entry.kind == "person":
            for name in (entry.name, *entry.aliases):
                found[name.split()[-1]].add(entry.id)
    return found


def _is_owner(words: Iterable[Word]) -> bool:
    """Whether a possessive stands inside the span: "China's Taiwan policy" holds no name of two words."""
    return any(word.possessive for word in words)


def _names(entry: ActorEntry) -> Iterator[tuple[How, tuple[str, ...]]]:
    yield "name", (entry.name, *entry.aliases)
    yield "seat", entry.seats
    yield "adjective", entry.adjectives
    yield "short", entry.short


def folded(words: Sequence[Word]) -> tuple[str, ...]:
    """The key of a name: ``"the U.S." -> ("US",)``."""
    return tuple(word.folded for word in words if word.lower not in ARTICLES)


def key_of(name: str) -> tuple[str, ...]:
    """The same from the name itself, without placing its words."""
    return tuple(folded for _, lower, folded, _ in map(forms, WORD.findall(name)) if lower not in ARTICLES)
