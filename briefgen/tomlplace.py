"""The text of a TOML file and the name of something in it in, the line on which that stands out: ``tomllib`` gives no places.

Limit: a key inside an inline table is placed at the line of the table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

#: The names that lead to a key or table, with the number of an entry where it is one of several.
Location = Sequence[str | int]
#: What tells where the entries of arrays stand: ``[[kind]]``, ``kind = [`` before inline tables, and ``id = "..."``.
ENTRY = re.compile(
    r"""^[ \t]*\[\[[ \t]*(?P<table>[\w-]+)[ \t]*\]\]"""
    r"""|^(?P<array>[\w-]+)[ \t]*=[ \t]*\[(?=\s*\{)"""
    r"""|(?:^|[{,])[ \t]*id[ \t]*=[ \t]*(?P<quote>["'])(?P<id>[^"'\n]*)(?P=quote)""",
    re.MULTILINE,
)


def lines_of_ids(text: str) -> dict[tuple[str, str], int]:
    """The line, from 1, of each ``id = "..."`` by the kind of its entry and the id.

    Limit: it is looked up in the text, so an id inside a string of several lines is taken for one.
    """
    found: dict[tuple[str, str], int] = {}
    kind, line, at = "", 1, 0
    for match in ENTRY.finditer(text):
        line, at = line + text.count("\n", at, match.end()), match.end()
        if match["id"] is None:
            kind = match["table"] or match["array"]
        else:
            found.setdefault((kind, match["id"]), line)
    return found


def lines_of_tables(text: str) -> dict[str, list[int]]:
    """The lines, from 1, on which the tables of each name begin: of ``[[source]]``, in their order."""
    found: dict[str, list[int]] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if match := HEADER.match(line):
            found.setdefault(_bare(match[1]), []).append(number)
    return found


HEADER = re.compile(r"\s*\[\[?\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")


def line_of(text: str, place: Location) -> int:
    """The line, from 1, of the key or table at ``place``; 0 if it cannot be told."""
    names = [str(part) for part in place if isinstance(part, str)]
    index = next((part for part in place if isinstance(part, int)), 0)
    for depth in range(len(names), -1, -1):
        header, key = ".".join(names[:depth]), names[depth] if depth < len(names) else None
        line = _find(text, header, index if depth else 0, key)
        if line:
            return line
    return 0


def _find(text: str, header: str, index: int, key: str | None) -> int:
    """The line of ``key`` under the ``index``-th table ``header``, or of the header itself if there is no key."""
    wanted = re.compile(rf"""\s*["']?{re.escape(key)}["']?\s*[=.]""") if key else None
    current, seen = "", {"": 0}
    for number, line in enumerate(text.split("\n"), 1):
        if match := HEADER.match(line):
            current = _bare(match[1])
            seen[current] = seen.get(current, -1) + 1
            if wanted is None and current == header and seen[current] == index:
                return number
        elif wanted and current == header and seen[current] == index and wanted.match(line):
            return number
    return 0


def _bare(header: str) -> str:
    return header.replace('"', "").replace(" ", "")
