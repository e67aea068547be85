"""``corrections.toml`` in, its corrections out: checked, each with its line, and none against another.

It is the file that the settings name, beside them. It is never taken from the folder of documents: a document must not be able
to change how it is read. Two entries that contradict each other are an error, since none of them may be lost.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from briefgen import tomlfile, tomlplace
from briefgen.model.corrections import Corrections, CorrectionsFile, Entry, Named
from briefgen.model.errors import UsageError

#: The kinds of entries whose id says what they are about.
KINDS = ("statement", "position", "proposal", "actor", "issue")
#: Changes of which there may be several.
MANY = frozenset(["note", "join", "split"])
AnEntry = TypeVar("AnEntry", bound=Entry)


def load(path: Path) -> Corrections:
    """The corrections of a file, none if there is no such file; raises ``UsageError`` for a mistake in it."""
    return checked(tomlfile.read(path)) if os.path.isfile(path) else Corrections()


def checked(file: tomlfile.TomlFile) -> Corrections:
    """The corrections in a file that was read; raises ``UsageError`` for a mistake in it."""
    found = tomlfile.check(file, CorrectionsFile)
    for kind in KINDS:
        _refuse_contradictions(file, kind, getattr(found, kind))
    for kind in ("actor", "issue"):
        _refuse_two_homes(file, kind, getattr(found, kind))
    _refuse_two_marks(file, found)
    lines = tomlplace.lines_of_tables(file.text)
    return Corrections(
        file=Path(file.name).name,
        statements=_placed(lines, "statement", found.statement),
        positions=_placed(lines, "position", found.position),
        proposals=_placed(lines, "proposal", found.proposal),
        actors=_placed(lines, "actor", found.actor),
        issues=_placed(lines, "issue", found.issue),
        sources=_placed(lines, "source", found.source),
    )


def _placed(lines: Mapping[str, list[int]], kind: str, entries: tuple[AnEntry, ...]) -> tuple[tuple[int, AnEntry], ...]:
    known = lines.get(kind, [])
    return tuple((known[at] if at < len(known) else 0, entry) for at, entry in enumerate(entries))


def _refuse_contradictions(file: tomlfile.TomlFile, kind: str, entries: tuple[Entry, ...]) -> None:
    """Nothing is set to two values, and nothing is dropped that another entry changes."""
    said: dict[str, list[tuple[int, str, object]]] = {}
    for number, entry in enumerate(entries):
        name = getattr(entry, "id", "")
        for field in entry.changes():
            value = getattr(entry, field)
            for other, known, before in said.get(name, []):
                if other != number and _clash(field, value, known, before):
                    what = f"{name}: {_told(field, value)} here, {_told(known, before)}"
                    raise _contradiction(file, kind, number, field, what, other)
            said.setdefault(name, []).append((number, field, value))


def _clash(field: str, value: object, known: str, before: object) -> bool:
    if field != known:
        return "drop" in (field, known)
    return field not in MANY and value != before


def _told(field: str, value: object) -> str:
    return "dropped" if field == "drop" else f"{field} = {str(value).lower() if isinstance(value, bool) else repr(str(value))}"


def _contradiction(file: tomlfile.TomlFile, kind: str, number: int, field: str, message: str, other: int) -> UsageError:
    line = tomlplace.line_of(file.text, [kind, other])
    where = f"on line {line}" if line else "in another entry"
    return file.error("contradiction", f"{message} {where}", [kind, number, field])


def _refuse_two_homes(file: tomlfile.TomlFile, kind: str, entries: tuple[Named, ...]) -> None:
    """Nothing is joined into two others, into itself by a round, or joined away and changed as well."""
    homes: dict[str, tuple[int, str]] = {}
    for number, entry in enumerate(entries):
        for other in entry.join:
            known = homes.setdefault(other, (number, entry.id))
            if known[1] != entry.id:
                message = f"{other} is joined into {entry.id} here, into {known[1]}"
                raise _contradiction(file, kind, number, "join", message, known[0])
    for number, entry in enumerate(entries):
        changed = next(entry.changes(), "join")
        if entry.id in homes and (entry.rename or entry.split):
            message = f"{entry.id} is changed here and joined into {homes[entry.id][1]}"
            raise _contradiction(file, kind, number, changed, message, homes[entry.id][0])
        if entry.id in _way_up(entry.id, homes):
            raise file.error("contradiction", f"{entry.id} is joined into itself", [kind, number, "join"])


def _way_up(name: str, homes: Mapping[str, tuple[int, str]]) -> Iterator[str]:
    """What ``name`` is joined into, and what that is joined into, up to the last or to where it goes round."""
    seen: set[str] = set()
    while name in homes and name not in seen:
        seen.add(name)
        name = homes[name][1]
        yield name


def _refuse_two_marks(file: tomlfile.TomlFile, found: CorrectionsFile) -> None:
    marks: dict[tuple[str | None, ...], tuple[int, str]] = {}
    for number, entry in enumerate(found.source):
        for name in ("path", "sha256", "publisher"):
            if not (value := getattr(entry, name)):
                continue
            known = marks.setdefault((name, value), (number, entry.mark))
            if known[1] != entry.mark:
                message = f"{value} is {entry.mark} here, {known[1]}"
                raise _contradiction(file, "source", number, "mark", message, known[0])
