"""Folders of TOML files in, one ``Lexicon`` out: the built-in rules first, then the user's folders in their order.

A user's entry with a known ``id`` replaces ours in its place, a new ``id`` is added at the end, and a top-level
``drop = ["id"]`` removes. So a house list changes one rule without copying the rest.

Regular expressions of a user's folder are tried here, so that a slip is told with file and line; ours are tried by the tests.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from briefgen import tomlfile
from briefgen.model.errors import UsageError
from briefgen.model.lexicon import Entry, Lexicon

BUILT_IN = Path(__file__).parent / "lexicons" / "en"
#: Entries by kind (a field of ``Lexicon``) and id.
Tables = dict[str, dict[str, Entry]]


def load(folders: Sequence[Path] = (), cache: str | None = None) -> Lexicon:
    """The built-in lexicon with the user's ``folders`` over it; raises ``UsageError`` for a mistake in one of them.

    ``cache`` is a folder where the parsed built-in files may be kept.
    """
    tables: Tables = {kind: {} for kind in Lexicon.model_fields}
    for folder in (BUILT_IN, *folders):
        added: set[tuple[str, str]] = set()
        for file in _files(folder, cache):
            dropped = _take_drops(file)
            content = tomlfile.check(file, Lexicon)
            _drop(tables, file, dropped)
            _add(tables, file, content, added)
            if folder != BUILT_IN:
                _try_patterns(file, content)
    merged: dict[str, Any] = {kind: tuple(entries.values()) for kind, entries in tables.items()}
    return Lexicon.model_construct(**merged)


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


def _drop(tables: Tables, file: tomlfile.TomlFile, ids: Iterable[str]) -> None:
    for name in ids:
        holders = [entries for entries in tables.values() if name in entries]
        if not holders:
            hint = tomlfile.nearest(name, {known for entries in tables.values() for known in entries})
            raise file.error("unknown-id", f"drop: there is no entry {name!r}", ["drop"], hint=hint)
        for entries in holders:
            del entries[name]


def _add(tables: Tables, file: tomlfile.TomlFile, content: Lexicon, added: set[tuple[str, str]]) -> None:
    for kind, entries in tables.items():
        for at, entry in enumerate(getattr(content, kind)):
            if (kind, entry.id) in added:
                raise file.error("duplicate-id", f"[[{kind}]] {entry.id!r} stands twice in this folder", [kind, at, "id"])
            added.add((kind, entry.id))
            entries[entry.id] = entry


def _try_patterns(file: tomlfile.TomlFile, content: Lexicon) -> None:
    for kind in Lexicon.model_fields:
        for at, entry in enumerate(getattr(content, kind)):
            for key in ("pattern", "regex"):
                try:
                    re.compile(getattr(entry, key, None) or "")
                except re.error as error:
                    message = f"{key}: {error} in [[{kind}]] {entry.id!r}"
                    raise file.error("bad-pattern", message, [kind, at, key]) from None
