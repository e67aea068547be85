"""The shipped templates and a house's in, pieces of them out: whole files and single blocks, each with a digest of its text."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import NamedTuple

from briefgen.model.errors import UsageError
from briefgen.render.house import shipped
from briefgen.render.outline import Outline, outline
from briefgen.tomlfile import nearest

#: The blocks of a brief, in both forms, each in a sentence.
BLOCKS = {
    "head": "What stands before everything: further lines of the page’s head, or the YAML of a Markdown file.",
    "masthead": "The title, the day and the counts.",
    "handling": "What to handle with care: files that could not be read, sources without a date, copies.",
    "contents": "The links to the sections; empty in Markdown.",
    "bottom_line": "The sentences that lead the brief.",
    "changes": "What changed since the earlier brief.",
    "matrix": "Who stands where: actors by issues.",
    "positions": "All positions, by issue.",
    "position": "One position, inside the block positions.",
    "proposals": "The table of proposed actions.",
    "agreement": "Where actors agree, and where they or the sources part.",
    "timeline": "The dated events, with their picture on the page.",
    "tables": "The tables of the sources.",
    "sources": "The documents, those not read, and those left out.",
    "method": "How the brief is made.",
    "appendix": "The cited sentences in their paragraphs.",
    "footer": "The last line; in Markdown also the footnotes.",
    "styles": "The style sheet of the page; empty in Markdown.",
    "scripts": "The script of the page; empty in Markdown.",
}


class Piece(NamedTuple):
    """A shipped file, or one block of it where ``block`` is not empty, with the names of the blocks inside that."""

    file: str
    block: str
    text: str
    inner: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """Twelve hexadecimal digits that are others when the text is."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:12]

    @property
    def called(self) -> str:
        """As people call it."""
        return f"{self.file}, block {self.block}" if self.block else self.file


def names() -> list[str]:
    """The shipped files that a house can have its own of."""
    return sorted(path.name for path in shipped().iterdir() if path.is_file())


def shipped_piece(file: str, block: str = "") -> Piece:
    """A piece of the shipped set; raises ``UsageError`` with the nearest right name if there is none."""
    if file not in names():
        raise UsageError("no-template", f"no template {file!r} is shipped", hint=nearest(file, names()))
    text = read(shipped() / file)
    if not block:
        return Piece(file, "", text)
    known = outline(text, file).blocks if file.endswith(".j2") else {}
    if block not in known:
        raise UsageError("no-block", f"there is no block {block!r} in {file}", hint=nearest(block, known))
    return Piece(file, block, known[block].text, known[block].inner)


def house_files(folder: Path) -> list[Path]:
    """The files of a house's folder that are templates, or stand for a shipped file."""
    known = set(names())
    return sorted(path for path in folder.glob("*") if path.is_file() and (path.suffix == ".j2" or path.name in known))


def house_outline(path: Path) -> Outline:
    """What a house's template extends, and its blocks."""
    return outline(read(path), str(path))


def read(path: Path) -> str:
    """The text of a file, with plain line ends; raises ``UsageError`` where that cannot be."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UsageError("unreadable", f"cannot be read: {error.strerror}", file=str(path)) from None
    except UnicodeDecodeError:
        raise UsageError("unreadable", "is no UTF-8 text", file=str(path)) from None
