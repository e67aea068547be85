"""Readings of names and corrections of actors in, the readings out in which actors are joined and split, and their new names.

It acts on who each surface name is read as, before there are actors: so whatever the name says, in statements, proposals and
events, is the other one's. A join needs one of those that are joined, not the one that they are joined into, which may be
silent this week.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import NamedTuple

from briefgen.compare.actors import EDITOR, Place, Readings
from briefgen.compare.corrections.finding import Candidate, Match, folded
from briefgen.compare.corrections.ledger import of_change
from briefgen.compare.directory import Directory
from briefgen.compare.naming import Namer, Reading
from briefgen.compare.terms import lowered, slug
from briefgen.model.brief import Correction
from briefgen.model.corrections import ActorCorrection, Corrections
from briefgen.model.findings import Digest

#: A name this much like another one may be meant by it.
NEAR = 0.7


class Cast(NamedTuple):
    """Who is who after the corrections; ``renamed`` are the new names of actors by their id."""

    readings: Readings
    renamed: Mapping[str, str]
    told: tuple[Correction, ...] = ()


def recast(
    readings: Readings,
    names: Iterable[str],
    corrections: Corrections,
    digests: Sequence[Digest],
    directory: Directory,
    namer: Namer,
) -> Cast:
    """``readings`` corrected, and with the ``names`` that the editor gives to actors of single claims."""
    who = _Who(readings, directory)
    given = {(EDITOR, name): who.known(name) or namer.read(name) or Reading(slug(name), name, "other") for name in names}
    readings = {**readings, **given}
    moved: dict[Place, int] = {}
    told: list[Correction] = []
    for line, entry in corrections.actors:
        if entry.split:
            parts = _split(entry, readings, who, namer)
            readings = {**readings, **parts}
            moved |= dict.fromkeys(parts, line)
            told.append(_told(corrections.file, line, entry, "split", who, entry.id if parts else ""))
    homes: dict[str, Reading] = {}
    for line, entry in corrections.actors:
        for other in entry.join:
            found = who.known(other)
            if found:
                homes[found.id] = who.of(entry) or Reading(entry.id, entry.name, found.kind)
                moved |= dict.fromkeys((place for place, each in readings.items() if found.id in (each.id, each.parent)), line)
            told.append(_join(corrections.file, line, entry, other, who))
    readings = {place: _at_home(reading, homes) for place, reading in readings.items()}
    renamed: dict[str, str] = {}
    for line, entry in corrections.actors:
        if entry.rename:
            known = who.of(entry)
            renamed |= {known.id: entry.rename} if known else {}
            is_here = known is not None and known.id in who.by_id
            told.append(_told(corrections.file, line, entry, "rename", who, known.id if known and is_here else ""))
    return Cast(readings, renamed, tuple(_with_statements(told, moved, digests)))


class _Who:
    """The actors of the brief by id and by name."""

    def __init__(self, readings: Readings, directory: Directory) -> None:
        self.directory = directory
        self.by_id = {reading.id: reading for _, reading in sorted(readings.items(), reverse=True)}
        for parent in {reading.parent for reading in readings.values() if reading.parent}:
            self._add(parent)
        self.names: dict[str, set[str]] = defaultdict(set)
        for (_, surface), reading in readings.items():
            self.names[folded(surface)].add(reading.id)
        for reading in self.by_id.values():
            self.names[folded(reading.name)].add(reading.id)

    def _add(self, name: str) -> None:
        if (entry := self.directory.entries.get(name)) and name not in self.by_id:
            self.by_id[name] = Reading(entry.id, entry.name, entry.kind, entry.parent)

    def known(self, name: str) -> Reading | None:
        """The actor of the brief, or of the lexicon, with the id or the name ``name``; None if it is several."""
        if name in self.by_id:
            return self.by_id[name]
        ids = self.names.get(folded(name), set())
        if len(ids) == 1:
            return self.by_id[next(iter(ids))]
        if entry := self.directory.entries.get(name):
            return Reading(entry.id, entry.name, entry.kind, entry.parent)
        return None

    def of(self, entry: ActorCorrection) -> Reading | None:
        """The actor that an entry is about: by its id, if the name agrees, else by its name."""
        found = self.by_id.get(entry.id)
        if found is None:
            return self.known(entry.name)
        words = {word for name, ids in self.names.items() if found.id in ids for word in lowered(name)}
        return found if words & set(lowered(entry.name)) else None

    def nearest(self, *names: str) -> Candidate | None:
        """The actor that is called nearly like one of ``names``."""
        known = {name: ids for name, ids in self.names.items() if len(ids) == 1}
        for name in names:
            for close in get_close_matches(folded(name), sorted(known), 1, NEAR):
                found = self.by_id[next(iter(known[close]))]
                return Candidate(found.id, found.name, "")
        return None


def _split(entry: ActorCorrection, readings: Readings, who: _Who, namer: Namer) -> dict[Place, Reading]:
    """The places of the surface names that are somebody else by this entry."""
    names = {folded(name) for name in entry.split}
    into = entry.into or ""
    known = who.of(entry)
    parts = {place: each for place, each in readings.items() if known and each.id == known.id and folded(place[1]) in names}
    others = (each for each in (who.known(into), namer.read(into)) if each and known and each.id != known.id)
    other = next(others, None)
    return {place: other or reading._replace(id=slug(into), name=into) for place, reading in parts.items()}


def _at_home(reading: Reading, homes: Mapping[str, Reading]) -> Reading:
    """A reading as what it was joined into, at the end of a chain of joins, and so its parent."""
    seen: set[str] = set()
    while reading.id in homes and reading.id not in seen:
        seen.add(reading.id)
        reading = homes[reading.id]
    parent = reading.parent
    while parent and parent in homes and parent not in seen:
        seen.add(parent)
        parent = homes[parent].id
    return reading._replace(parent=parent if parent != reading.id else None)


def _told(file: str, line: int, entry: ActorCorrection, change: str, who: _Who, actor: str) -> Correction:
    nearest = None if actor else who.nearest(entry.name, entry.id)
    match = Match((actor,), "applied") if actor else Match((), "unmatched" if nearest else "absent", nearest)
    return of_change(file, line, entry, change, match, entry.name if change == "rename" else "")


def _join(file: str, line: int, entry: ActorCorrection, other: str, who: _Who) -> Correction:
    found = who.known(other)
    is_here = found is not None and found.id in who.by_id
    nearest = None if found else who.nearest(other)
    match = Match((entry.id,), "applied") if is_here else Match((), "unmatched" if nearest else "absent", nearest)
    return of_change(file, line, entry, "join", match, value=found.name if found else other)


def _with_statements(told: Iterable[Correction], moved: Mapping[Place, int], digests: Sequence[Digest]) -> Iterator[Correction]:
    """The lines with the statements that each gave to another actor."""
    given: dict[int, list[str]] = defaultdict(list)
    for digest in digests:
        for statement in digest.statements:
            if line := moved.get((digest.source.id, statement.holder)):
                given[line].append(statement.id)
    for each in told:
        is_moving = each.kind in ("join", "split") and each.status == "applied"
        yield replace(each, targets=tuple(dict.fromkeys(given[each.line]))) if is_moving else each
