"""A shipped piece in, a copy in a house's folder out that knows what it was copied from; and which pieces have changed since.

What was copied stands in a comment above the copy: the version, the piece, and a digest of its text. So it is kept with the
file, in whatever the house keeps its files in, and a person can read it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from briefgen import __version__
from briefgen.model.errors import UsageError
from briefgen.styling.shelf import Piece, house_files, house_outline, read, shipped_piece

MARK = re.compile(r"Copied from briefgen (\S+): ([\w.-]+?)(?:, block (\w+))?, text ([0-9a-f]{12})\b")
#: How a comment is written, by the end of a file's name.
COMMENTS = {".j2": "{{# {} #}}", ".css": "/* {} */", ".js": "/* {} */", ".toml": "# {}"}


class Copy(NamedTuple):
    """A copied piece: where its comment stands, what it was copied from, and that piece as it is shipped now, if it is."""

    path: Path
    line: int
    version: str
    called: str
    digest: str
    now: Piece | None

    @property
    def has_changed(self) -> bool:
        """Whether the shipped piece is another one than that which was copied."""
        return self.now is None or self.now.digest != self.digest


def eject(folder: Path, file: str, block: str = "") -> Path:
    """Copy a piece into a house's folder, and return the file that it is in.

    A whole file is made; a block is added to a file that extends the shipped one, which is made where there is none.
    What somebody has written is never written over: ``UsageError``.
    """
    piece = shipped_piece(file, block)
    path = folder / file
    if not block:
        _write(path, f"{_comment(piece)}\n{piece.text}")
    elif path.exists():
        _refuse_twice(path, piece)
        with path.open("a", encoding="utf-8", newline="") as house:
            house.write(_line_ends(path, f"{_gap(path)}{_comment(piece)}\n{piece.text}\n"))
    else:
        _write(path, f'{{% extends "default/{file}" %}}\n\n{_comment(piece)}\n{piece.text}\n')
    return path


def copies(folder: Path) -> Iterator[Copy]:
    """All copied pieces of a house."""
    for path in house_files(folder):
        text = read(path)
        for found in MARK.finditer(text):
            version, file, block, digest = found.groups(default="")
            called = f"{file}, block {block}" if block else file
            yield Copy(path, text.count("\n", 0, found.start()) + 1, version, called, digest, _now(file, block))


def _now(file: str, block: str) -> Piece | None:
    try:
        return shipped_piece(file, block)
    except UsageError:
        return None


def _comment(piece: Piece) -> str:
    told = f"Copied from briefgen {__version__}: {piece.called}, text {piece.digest}. `briefgen templates check` compares it."
    return COMMENTS[Path(piece.file).suffix].format(told)


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as house:
            house.write(text)
    except FileExistsError:
        raise UsageError("exists", "is there already, and nothing of yours is written over", file=str(path)) from None
    except OSError as error:
        raise UsageError("cannot-write", f"cannot be written: {error.strerror}", file=str(path)) from None


def _refuse_twice(path: Path, piece: Piece) -> None:
    """A block can stand in a template once, and only where the template extends the one that has it."""
    own = house_outline(path)
    for name in (piece.block, *piece.inner):
        if name in own.blocks:
            message = f"has a block {name!r} already, and nothing of yours is written over"
            raise UsageError("exists", message, file=str(path), line=own.blocks[name].line)
    if not own.extends:
        message = (
            f'extends no shipped template, so a block would not take the place of one: {{% extends "default/{piece.file}" %}}'
        )
        raise UsageError("no-extends", message, file=str(path), line=1)


def _gap(path: Path) -> str:
    return "\n" if read(path).endswith("\n") else "\n\n"


def _line_ends(path: Path, text: str) -> str:
    return text.replace("\n", "\r\n") if b"\r\n" in path.read_bytes() else text
