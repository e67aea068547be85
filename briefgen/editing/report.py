"""A catalogue in, the report of ``lexicon check`` out: failing examples, conflicts, and what was looked at."""

from __future__ import annotations

from typing import NamedTuple

from briefgen.editing.catalogue import Catalogue
from briefgen.editing.conflicts import GOES_BEFORE, Conflict, conflicts
from briefgen.editing.examples import Bench, failures
from briefgen.lexicon import Key
from briefgen.model.lexicon import Rule
from briefgen.terminal import counted
from briefgen.tomlfile import TomlFile


class Report(NamedTuple):
    """``failed`` and ``conflicts`` are in order of the entries; ``told`` says what was looked at."""

    failed: tuple[Conflict, ...]
    conflicts: tuple[Conflict, ...]
    told: tuple[str, ...]


def check(catalogue: Catalogue) -> Report:
    """Run every example and counter-example, and look for conflicts."""
    bench = Bench(catalogue.lexicon)
    rules = [(kind, entry) for kind, entry in catalogue.entries() if isinstance(entry, Rule)]
    failed = tuple(
        Conflict(
            catalogue.place(kind, rule.id),
            "counter-example" if failure.is_counter else "example",
            f"[[{kind}]] {rule.id!r} {failure}",
        )
        for kind, rule in rules
        for failure in failures(rule, bench)
    )
    found = tuple(conflicts(catalogue))
    serious = tuple(each for each in found if each.code != GOES_BEFORE)
    told = *_own(catalogue), *(str(each) for each in found if each not in serious)
    return Report(failed, serious, (*told, _counts([rule for _, rule in rules], failed, serious)))


def _own(catalogue: Catalogue) -> list[str]:
    """What the user's folders do to the built-in lexicon; nothing where there are none."""
    shelf = catalogue.shelf
    own = [(kind, entry.id) for kind, entry in catalogue.entries() if catalogue.is_own(kind, entry.id)]
    if not own and not shelf.dropped:
        return []
    new = [key for key in own if key not in {change.key for change in shelf.replaced}]
    added = counted(len(new), "entry", "entries")
    return [
        f"{added} of yours added, {len(shelf.replaced)} replaced, {len(shelf.dropped)} dropped.",
        *(f"{catalogue.place_in(by, key)}: replaces {_entry(catalogue, key, of)}" for key, by, of in shelf.replaced),
        *(f"{catalogue.place_of_drop(by)}: drops {_entry(catalogue, key, of)}" for key, by, of in shelf.dropped),
    ]


def _entry(catalogue: Catalogue, key: Key, file: TomlFile) -> str:
    return f"[[{key[0]}]] {key[1]!r}, {catalogue.place_in(file, key)}"


def _counts(rules: list[Rule], failed: tuple[Conflict, ...], found: tuple[Conflict, ...]) -> str:
    examples, counters = sum(len(rule.examples) for rule in rules), sum(len(rule.counter) for rule in rules)
    looked = f"{counted(len(rules), 'rule')}, {counted(examples, 'example')}, {counted(counters, 'counter-example')}"
    wrong = f"{counted(len(failed), 'fails', 'fail')}" if failed else "all hold"
    return f"{looked}: {wrong}; {counted(len(found), 'conflict') if found else 'no conflicts'}."
