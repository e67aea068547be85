"""A folder in, the same with all that a first brief needs out: settings that teach, documents, a lexicon.

The files stand beside this module as they are written, but for ``gitignore``, which gets its dot on the way. Nothing that is
there is ever written over, and where settings or documents are there already, none of ours come among them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from briefgen.model.errors import UsageError

HERE = Path(__file__).parent
SETTINGS = "briefgen.toml"
#: Folders that are the user's own once anything is in them.
WHOLE = ("documents", "lexicon")


def start(folder: Path) -> tuple[list[str], list[str]]:
    """Write what is missing in ``folder``; the names that were written, and those that were there and are kept.

    Raises ``UsageError`` if the folder has settings already, or cannot be written to.
    """
    if os.path.lexists(folder / SETTINGS):
        raise UsageError("there-already", "is there already, and nothing was written", file=str(folder / SETTINGS))
    try:
        kept = {name for name in WHOLE if os.path.lexists(folder / name)}
        written = [name for name in _names() if name.split("/")[0] not in kept and _is_written(folder, name)]
    except OSError as error:
        message = f"cannot be written: {error.strerror}. Choose another folder: briefgen init FOLDER"
        raise UsageError("cannot-write", message, file=str(error.filename or folder)) from None
    return written, sorted(kept | {name for name in _names() if "/" not in name} - set(written))


def _names() -> Iterator[str]:
    """The files to write, as they are called there; settings last, since they say that a folder is whole."""
    names = [path.relative_to(HERE).as_posix() for path in HERE.rglob("*") if path.is_file()]
    names = [".gitignore" if name == "gitignore" else name for name in names if not name.endswith((".py", ".pyc"))]
    yield from sorted(names, key=lambda name: (name == SETTINGS, name))


def _is_written(folder: Path, name: str) -> bool:
    """Write a file if there is none; whether it was."""
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    try:
        with (folder / name).open("xb") as file:
            file.write((HERE / ("gitignore" if name == ".gitignore" else name)).read_bytes())
    except FileExistsError:
        return False
    return True
