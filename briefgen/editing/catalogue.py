"""Folders of lexicon files in, every entry with the file and line that it stands in out.

Lines are looked up when somebody asks for one: reading documents never does.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path

from briefgen import lexicon, tomlfile, tomlplace
from briefgen.extract.cues import GRAMMAR
from briefgen.lexicon import Key
from briefgen.model.lexicon import CueRule, Entry, Lexicon

CUE_KINDS = ("verb", "noun", "adjective", "support_verb")
#: Where the rule of a statement stands, by the frame that read it; verbs have all other frames.
KIND_OF_FRAME = {"noun": "noun", "copula": "noun", "adjective": "adjective", "light verb": "support_verb"}


class Catalogue:
    """The entries of the built-in lexicon and of the user's folders."""

    def __init__(self, shelf: lexicon.Shelf) -> None:
        self.shelf = shelf
        self._lines: dict[str, dict[Key, int]] = {}

    @cached_property
    def lexicon(self) -> Lexicon:
        """The entries as the stages read them."""
        return self.shelf.lexicon

    def entries(self, kinds: Sequence[str] = ()) -> Iterator[tuple[str, Entry]]:
        """All entries with their kinds, or those of some ``kinds``."""
        for kind in kinds or self.shelf.tables:
            yield from ((kind, entry) for entry in self.shelf.tables[kind].values())

    def place(self, kind: str, id: str) -> str:
        """``words/house.toml:3``; empty for what is no entry."""
        home = self.shelf.homes.get((kind, id))
        return self.place_in(home, (kind, id)) if home else ""

    def place_in(self, file: tomlfile.TomlFile, key: Key) -> str:
        """The same for an entry of ``file``, which another one may have replaced."""
        if file.name not in self._lines:
            self._lines[file.name] = tomlplace.lines_of_ids(file.text)
        line = self._lines[file.name].get(key)
        return shown(file.name) + (f":{line}" if line else "")

    def place_of_drop(self, file: tomlfile.TomlFile) -> str:
        """Where ``drop`` stands in a file."""
        return f"{shown(file.name)}:{tomlplace.line_of(file.text, ['drop'])}"

    def is_own(self, kind: str, id: str) -> bool:
        """Whether the entry stands in a folder of the user's."""
        home = self.shelf.homes.get((kind, id))
        return home is not None and not Path(home.name).is_relative_to(lexicon.BUILT_IN)

    def cue_rule(self, id: str, frame: str) -> tuple[str, CueRule] | None:
        """The kind and the rule that read a statement; the kind is ``grammar`` for a rule that is no entry."""
        for kind in (KIND_OF_FRAME.get(frame, "verb"), *CUE_KINDS):
            entry = self.shelf.tables[kind].get(id)
            if isinstance(entry, CueRule):
                return kind, entry
        return ("grammar", GRAMMAR[id]) if id in GRAMMAR else None


def open_catalogue(folders: Sequence[str], cache: str | None = None) -> Catalogue:
    """The catalogue with the user's ``folders``; raises ``UsageError`` for a mistake in one of them."""
    return Catalogue(lexicon.read([Path(folder) for folder in folders], cache))


def shown(file: str) -> str:
    """A path as short as it can be opened from here: relative below the working folder, else as it is."""
    here = os.getcwd()
    return os.path.relpath(file, here) if os.path.isabs(file) and Path(file).is_relative_to(here) else file
