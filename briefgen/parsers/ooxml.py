"""What all office documents of one kind (DOCX, XLSX) say of themselves: title, authors, dates, language.

The day is taken from the properties only where the document was made and saved within one month: an old file that was saved
again, or a new one made from an old template, says nothing of when its text was published.
"""

from __future__ import annotations

from typing import NamedTuple

from briefgen.model.errors import UnreadableError
from briefgen.parsers.archive import Archive
from briefgen.parsers.day import read_date
from briefgen.parsers.pieces import flat
from briefgen.parsers.xmltree import Element, local, read_xml

#: Names that programs leave as the author.
PROGRAMS = frozenset({"python-docx", "openpyxl", "un-named", "microsoft office user", "user", "author", "unknown"})


class Properties(NamedTuple):
    """What the properties say; ``dates`` are (value, where) pairs."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    dates: tuple[tuple[str, str], ...] = ()


def read_part(archive: Archive, name: str) -> Element | None:
    """The tree of a part; None if there is none. Raises ``UnreadableError`` for a damaged one."""
    return read_xml(archive.read(name)) if name in archive.names else None


def read_properties(archive: Archive) -> Properties:
    """The core properties; what is damaged counts as not there."""
    try:
        root = read_part(archive, "docProps/core.xml")
    except UnreadableError:
        root = None
    if root is None:
        return Properties()
    said = {local(element): flat(element.text or "") for element in root}
    names = (name.strip() for name in said.get("creator", "").split(";"))
    authors = tuple(name for name in names if name and name.casefold() not in PROGRAMS)
    made, saved = read_date(said.get("created", "")), read_date(said.get("modified", ""))
    is_new = made and saved and made[:7] == saved[:7] and said.get("creator") not in PROGRAMS
    return Properties(
        title=said.get("title", "")[:500] or None,
        authors=authors[:20],
        language=said.get("language", "")[:12] or None,
        dates=((saved, "core-properties"),) if is_new and saved else (),
    )
