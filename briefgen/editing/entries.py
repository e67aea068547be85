"""A catalogue in, its entries as lines out: where each stands, what it makes, its words; all of them or those with a word.

A verb is found by any of its forms, a pattern by what it matches.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from briefgen import tomlfile
from briefgen.editing.catalogue import Catalogue
from briefgen.extract.inflection import forms, irregular
from briefgen.model.errors import UsageError
from briefgen.model.lexicon import Entry, Lexicon
from briefgen.terminal import paint, plain

#: The fields that hold the words of an entry, in the order in which they are shown.
WORDS = ("name", "label", "verbs", "nouns", "adjectives", "aliases", "seats", "short", "words", "lines", "headers", "any")
PATTERNS = ("pattern", "regex")
#: The field that says what an entry makes of its words.
MAKES = ("stance", "status", "makes", "kind", "why")
LONGEST = 90


def listed(catalogue: Catalogue, kind: str | None, wanted: str | None) -> Iterator[str]:
    """One line an entry; raises ``UsageError`` for a kind that there is not."""
    if kind is not None and kind not in Lexicon.model_fields:
        known = list(Lexicon.model_fields)
        message = f"{plain(kind)!r} is not one of {', '.join(known)}"
        raise UsageError("unknown-kind", message, hint=tomlfile.nearest(kind, known))
    table = irregular(catalogue.lexicon.listed("irregular-verbs"))
    for each, entry in catalogue.entries([kind] if kind else ()):
        words = words_of(entry)
        fits = [word for word in words if wanted and _fits(word, wanted.casefold(), entry, table)]
        if wanted is None or fits or entry.id == wanted or _matches(entry, wanted):
            yield _line(catalogue, each, entry, [*fits, *(word for word in words if word not in fits)])


def words_of(entry: Entry) -> list[str]:
    """The words of an entry, whatever its kind."""
    held = (getattr(entry, name, ()) for name in WORDS)
    return [word for words in held for word in ((words,) if isinstance(words, str) else words)]


def _fits(word: str, wanted: str, entry: Entry, table: Mapping[str, Sequence[tuple[str, ...]]]) -> bool:
    """Whether ``wanted`` stands in ``word`` as a whole word, or is a form of it, where that is a verb."""
    if f" {wanted} " in f" {word.casefold()} ":
        return True
    lemma, _, particle = word.partition(" ")
    if word not in getattr(entry, "verbs", ()):
        return False
    return any(wanted in (form.spelling, f"{form.spelling} {particle}".rstrip()) for form in forms(lemma, table))


def _matches(entry: Entry, text: str) -> bool:
    patterns = filter(None, (getattr(entry, name, None) for name in PATTERNS))
    return any(re.search(pattern, text, re.IGNORECASE) for pattern in patterns)


def _line(catalogue: Catalogue, kind: str, entry: Entry, words: Sequence[str]) -> str:
    makes = next((str(value) for name in MAKES if (value := getattr(entry, name, None))), "")
    pattern = next((value for name in PATTERNS if (value := getattr(entry, name, None))), "")
    told = "; ".join(filter(None, (_shortened(words), pattern if len(pattern) <= LONGEST else pattern[:LONGEST] + "…")))
    head = f"{plain(catalogue.place(kind, entry.id))}: [[{kind}]] {paint(plain(entry.id), 'bold')}"
    return f"{head}{f' {makes}' if makes else ''}: {plain(told)}"


def _shortened(words: Sequence[str]) -> str:
    """As many words as go into a line, and how many there are besides."""
    shown: list[str] = []
    for word in words:
        if shown and sum(len(each) + 2 for each in shown) + len(word) > LONGEST:
            return f"{', '.join(shown)}, … {len(words) - len(shown)} more"
        shown.append(word)
    return ", ".join(shown)
