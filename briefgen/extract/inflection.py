"""Lemma in, forms out: third person, past, participle and -ing form of an English verb.

Regular verbs follow the spelling rules; the irregular ones come from the lexicon's list "irregular-verbs".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

Kind = Literal["base", "s", "past", "participle", "ing"]

VOWELS = "aeiou"


class Form(NamedTuple):
    """One spelling of a verb and which form it is."""

    spelling: str
    kind: Kind


def irregular(lines: Iterable[str]) -> dict[str, list[tuple[str, ...]]]:
    """``"say says said said saying"`` lines by their lemma; a lemma with two spellings has two rows."""
    table: dict[str, list[tuple[str, ...]]] = {}
    for line in sorted(lines):
        table.setdefault(line.split()[0], []).append(tuple(line.split()))
    return table


def forms(lemma: str, table: Mapping[str, Sequence[tuple[str, ...]]]) -> list[Form]:
    """All forms of ``lemma``: ``forms("deny", {})`` holds denies, denied, denying."""
    kinds: tuple[Kind, ...] = ("base", "s", "past", "participle", "ing")
    rows = table.get(lemma) or [(lemma, *_regular(lemma))]
    return list(dict.fromkeys(Form(spelling, kind) for row in rows for spelling, kind in zip(row, kinds, strict=True)))


def _regular(lemma: str) -> tuple[str, str, str, str]:
    if lemma.endswith("e"):
        stem = lemma if lemma.endswith(("ee", "ye", "oe")) else lemma[:-1]
        return lemma + "s", lemma + "d", lemma + "d", stem + "ing"
    if lemma.endswith("y") and lemma[-2] not in VOWELS:
        return lemma[:-1] + "ies", lemma[:-1] + "ied", lemma[:-1] + "ied", lemma + "ing"
    third = lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x", "z")) else "s")
    return third, lemma + "ed", lemma + "ed", lemma + "ing"
