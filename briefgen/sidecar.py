"""Files to read in, the same with what their folders' ``sources.toml`` say of them: title, publisher, date, address, a note.

A person who files documents knows what the documents do not say. ``sources.toml`` stands beside them or in a folder above, up
to the one that was given; the nearer one is right. It says what a document is, never how it is read: that is for the settings.
A wrong path or name is an error, since a date that was meant and is not taken would go unseen.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from briefgen import tomlfile
from briefgen.listing import SIDECAR, Found
from briefgen.model.errors import UsageError
from briefgen.model.settings import Described, Descriptions

#: The file that an entry describes, as the system knows it.
Known = dict[str, Described]


def described(found: Sequence[Found]) -> list[Found]:
    """``found`` with the entry of each file; raises ``UsageError`` for a mistake in a ``sources.toml``."""
    folders = sorted({folder for each in found for folder in _folders(each)}, key=lambda folder: len(folder.parts))
    known: Known = {}
    for folder in folders:
        if os.path.isfile(folder / SIDECAR):
            known |= _read(folder / SIDECAR)
    return [each._replace(said=known.get(os.path.realpath(each.file))) for each in found] if known else list(found)


def _folders(found: Found) -> list[Path]:
    """The folder of a file and those above it, up to the one that was given."""
    return [found.file.parent, *found.file.parent.parents][: found.depth + 1]


def _read(path: Path) -> Known:
    file = tomlfile.read(path)
    known: Known = {}
    for number, entry in enumerate(tomlfile.check(file, Descriptions).source):
        named = os.path.realpath(path.parent / entry.path)
        if not os.path.isfile(named):
            raise _missing(file, path.parent, entry.path, number)
        if named in known:
            raise file.error("twice", f"{entry.path} is described twice", ["source", number, "path"])
        known[named] = entry
    return known


def _missing(file: tomlfile.TomlFile, folder: Path, path: str, number: int) -> UsageError:
    names = (str(each.relative_to(folder)).replace(os.sep, "/") for each in sorted(folder.rglob("*")) if each.is_file())
    nearest = tomlfile.nearest(path, [name for name in names if name != SIDECAR])
    return file.error("no-such-file", f"there is no file {path} in {folder}", ["source", number, "path"], hint=nearest)
