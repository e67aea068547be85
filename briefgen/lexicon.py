"""Folders of TOML files in, one ``Lexicon`` out: the built-in rules first, then the user's folders in their order.

A user's entry with a known ``id`` replaces ours in its place, a new ``id`` is added before ours, so that it wins where both
know a word, and a top-level ``drop = ["id"]`` removes. So a house list changes one rule without copying the rest.

Regular expressions of a user's folder are tried here, so that a slip is told with file and line; ours are tried by the tests.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from briefgen import tomlfile
from briefgen.model.errors import UsageError
from briefgen.model.lexicon import Entry, Lexicon

BUILT_IN = Path(__file__).parent / "lexicons" / "en"
#: Entries by kind (a field of ``Lexicon``) and id.
Tables = dict[str, dict[str, Entry]]
#: What an entry is known by: its kind and its id.
Key = tuple[str, str]


class Change(NamedTuple):
    """An entry of the file ``of`` that the file ``by`` replaced or dropped."""

    key: Key
    by: tomlfile.TomlFile
    of: tomlfile.TomlFile


def _empty() -> Tables:
    return {kind: {} for kind in Lexicon.model_fields}


@dataclass(slots=True)
class Shelf:
    """All entries in their order, the file of each, and what a later file did to an earlier one's."""

    tables: Tables = field(default_factory=_empty)
    homes: dict[Key, tomlfile.TomlFile] = field(default_factory=dict)
    replaced: list[Change] = field(default_factory=list)
    dropped: list[Change] = field(default_factory=list)

    @property
    def lexicon(self) -> Lexicon:
        """The entries as the stages read them."""
        merged: dict[str, Any] = {kind: tuple(entries.values()) for kind, entries in self.tables.items()}
        return Lexicon.model_construct(**merged)


def load(folders: Sequence[Path] = (), cache: str | None = None) -> Lexicon:
    """The built-in lexicon with the user's ``folders`` over it; raises ``UsageError`` for a mistake in one of them.

    ``cache`` is a folder where the parsed built-in files may be kept.
    """
    return read(folders, cache).lexicon


def read(folders: Sequence[Path] = (), cache: str | None = None) -> Shelf:
    """The same with the file that each entry stands in, for whoever edits them."""
    shelf = Shelf()
    for folder in (BUILT_IN, *folders):
        known = {kind: set(entries) for kind, entries in shelf.tables.items()}
        added: set[Key] = set()
        for file in _files(folder, cache):
            dropped = _take_drops(file)
            content = tomlfile.check(file, Lexicon)
            _drop(shelf, file, dropped)
            _add(shelf, file, content, added)
            if folder != BUILT_IN:
                _try_patterns(file, content)
        shelf.tables = {kind: _new_first(entries, known[kind]) for kind, entries in shelf.tables.items()}
    return shelf


def _new_first(entries: dict[str, Entry], known: set[str]) -> dict[str, Entry]:
    return dict(sorted(entries.items(), key=lambda entry: entry[0] in known))


def fingerprint(lexicon: Lexicon) -> str:
    """Twelve hex digits that change with any rule: a brief names the rules that it was made with."""
    return hashlib.sha256(lexicon.model_dump_json().encode()).hexdigest()[:12]


def _files(folder: Path, cache: str | None) -> list[tomlfile.TomlFile]:
    if not os.path.isdir(folder) or not os.access(folder, os.R_OK | os.X_OK):
        raise UsageError("no-lexicon", "there is no such folder of lexicon files, or no permission", file=str(folder))
    paths = sorted(path for path in folder.rglob("*.toml") if path.is_file())
    if cache and folder == BUILT_IN:
        return tomlfile.read_kept(paths, Path(cache) / "lexicon.json")
    return [tomlfile.read(path) for path in paths]


def _take_drops(file: tomlfile.TomlFile) -> list[str]:
    """The top-level ``drop`` of a file, taken out of its data, which is then a ``Lexicon``."""
    dropped = file.data.pop("drop", [])
    if not isinstance(dropped, list) or not all(isinstance(name, str) for name in dropped):
        raise file.error("bad-value", 'drop: it should be a list of ids such as ["id"]', ["drop"])
    return dropped


def _drop(shelf: Shelf, file: tomlfile.TomlFile, ids: Iterable[str]) -> None:
    for name in ids:
        holders = [kind for kind, entries in shelf.tables.items() if name in entries]
        if not holders:
            hint = tomlfile.nearest(name, {known for entries in shelf.tables.values() for known in entries})
            raise file.error("unknown-id", f"drop: there is no entry {name!r}", ["drop"], hint=hint)
        for kind in holders:
            del shelf.tables[kind][name]
            shelf.dropped.append(Change((kind, name), file, shelf.homes.pop((kind, name))))


def _add(shelf: Shelf, file: tomlfile.TomlFile, content: Lexicon, added: set[Key]) -> None:
    for kind, entries in shelf.tables.items():
        for at, entry in enumerate(getattr(content, kind)):
            key = (kind, entry.id)
            if key in added:
                raise file.error("duplicate-id", f"[[{kind}]] {entry.id!r} stands twice in this folder", [kind, at, "id"])
            added.add(key)
            if key in shelf.homes:
                shelf.replaced.append(Change(key, file, shelf.homes[key]))
            entries[entry.id] = entry
            shelf.homes[key] = file


def _try_patterns(file: tomlfile.TomlFile, content: Lexicon) -> None:
    for kind in Lexicon.model_fields:
        for at, entry in enumerate(getattr(content, kind)):
            for key in ("pattern", "regex"):
                try:
                    re.compile(getattr(entry, key, None) or "")
                except re.error as error:
                    message = f"{key}: {error} in [[{kind}]] {entry.id!r}"
                    raise file.error("bad-pattern", message, [kind, at, key]) from None
