"""A zip archive in, its files out, read as a folder is: hidden files and what programs add are left out."""

from __future__ import annotations

from functools import partial

from briefgen.parsers.archive import Archive
from briefgen.parsers.contents import Contents, Member


def parse(path: str, data: bytes) -> Contents:
    """The files of an archive, as members in the order of their names. Raises ``UnreadableError`` for a damaged one."""
    archive = Archive(data)
    names = sorted(name for name in archive.names if not name.endswith("/") and not _is_hidden(name))
    return Contents(members=(Member(name, partial(archive.read, name)) for name in names))


def _is_hidden(name: str) -> bool:
    return any(part.startswith((".", "__MACOSX")) and part != ".." for part in name.split("/")) or name.endswith("Thumbs.db")
