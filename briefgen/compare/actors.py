"""All surface names of all documents in, a roster out: who is behind each of them, once for the whole brief.

A surface is read in its own document (``naming``), since "the Alliance" or "Costa" is somebody else in another one. What is
joined across documents is only what has the same full name; a lone surname joins a person of the brief when exactly one bears
it. A position belongs to the state or body that a person speaks for: ``Roster.holder`` rolls up, ``Roster.find`` does not.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from briefgen.compare.directory import Directory
from briefgen.compare.naming import Namer, Reading, Vocabulary
from briefgen.compare.terms import capitalized
from briefgen.model.brief import Actor
from briefgen.model.findings import Digest, Statement

Place = tuple[str, str]
Readings = Mapping[Place, Reading]
Only = TypeVar("Only")
#: "**its** treasurer said": of the body that the text has just let speak.
OWNED = re.compile(r"(?:its|their)\s+\S", re.IGNORECASE)
#: Behind the word by which a body is called: "Ministry **of** Trade".
TIE = re.compile(r"\s(?:of|for|on|in|at)\s", re.IGNORECASE)
#: A company's name may look like nothing in particular.
BODIES = frozenset(["organization", "other"])
#: Where the names stand that a person gives to actors: no document's id.
EDITOR = ""
NOBODY: Mapping[str, str] = {}


class Roster:
    """The actors of a brief; a place is a document's id and a surface name."""

    def __init__(self, readings: Readings, directory: Directory, renamed: Mapping[str, str] = NOBODY) -> None:
        self._ids = {place: reading.id for place, reading in readings.items()}
        self._actors = {actor.id: _called(actor, renamed.get(actor.id)) for actor in _actors(readings, directory)}

    @property
    def actors(self) -> tuple[Actor, ...]:
        """All actors, by id."""
        return tuple(self._actors[name] for name in sorted(self._actors))

    @property
    def name_words(self) -> frozenset[str]:
        """The words of all persons' names."""
        return frozenset(word for actor in self._actors.values() if actor.kind == "person" for word in actor.name.split())

    def no_topics(self, directory: Directory) -> frozenset[str]:
        """The words with capitals that name actors, and no issue: as ``no_topics``."""
        return no_topics(self._actors.values(), directory)

    def find(self, document: str, surface: str) -> str | None:
        """The id of the actor that ``surface`` names in the document with the id ``document``."""
        return self._ids.get((document, surface))

    def given(self, name: str) -> str:
        """The id of the actor that a person gives a claim to by ``name``."""
        return self._ids[EDITOR, name]

    def holder(self, actor: str) -> str:
        """The actor whose position it is when ``actor`` speaks: a person's state or organization."""
        known = self._actors[actor]
        return known.parent if known.kind == "person" and known.parent else actor

    def __getitem__(self, actor: str) -> Actor:
        return self._actors[actor]


def no_topics(actors: Iterable[Actor | Reading], directory: Directory) -> frozenset[str]:
    """The words of persons' names, and by what bodies that the lexicon does not know are called: "League", not "Property"."""
    found: set[str] = set()
    for actor in actors:
        if actor.kind == "person":
            found.update(actor.name.split())
        elif actor.kind in ("organization", "other") and actor.id not in directory.entries:
            found.add(TIE.split(actor.name, maxsplit=1)[0].split()[-1])
    return frozenset(word for word in found if word[0].isupper())


def names_in(digest: Digest, words: Vocabulary, directory: Directory, also: Iterable[str] = ()) -> dict[str, Reading]:
    """Who every surface name in a document's statements, proposals and events is, and in ``also``."""
    namer = Namer(directory, words, digest.text)
    read = {surface: reading for surface in sorted({*surfaces_of(digest), *also}) if (reading := namer.read(surface))}
    read |= _owned(digest, read)
    parents = {reading.parent for reading in read.values()}
    read |= {name: body for name, body in namer.bodies.items() if body.id in parents}
    return {surface: _within(digest.source.id, reading, words) for surface, reading in read.items()}


def _owned(digest: Digest, read: Mapping[str, Reading]) -> dict[str, Reading]:
    """Who "its chairman (Eva Moll)" is or speaks for, if wherever the document says so the same body is meant."""
    owners: dict[str, set[Reading | None]] = defaultdict(set)
    for statement in digest.statements:
        if statement.holder and _is_owned(digest.text, statement):
            owners[statement.holder].add(_body_before(digest, statement, read))
    found = {}
    for surface, bodies in owners.items():
        body, reading = _only(bodies), read.get(surface)
        if body and reading and reading.kind == "person" and not reading.parent:
            found[surface] = reading._replace(parent=body.id)
        elif body and reading and reading.kind == "unnamed":
            found[surface] = body
    return found


def _is_owned(text: str, statement: Statement) -> bool:
    """Whether the speaker is told to be somebody's: "its chairman, Eva Moll"."""
    parts = statement.refs[0].parts
    return bool(parts and parts.source and OWNED.match(text, parts.source[0][0]))


def _body_before(digest: Digest, statement: Statement, read: Mapping[str, Reading]) -> Reading | None:
    """The only body that speaks in the sentence, or in the one before it in its paragraph."""
    at = bisect_left(digest.sentences, statement.refs[0].start, key=lambda sentence: sentence.start)
    near = [sentence for sentence in digest.sentences[max(0, at - 1) : at + 1] if sentence.block == digest.sentences[at].block]
    starts = {sentence.start for sentence in near}
    speakers = (read.get(each.holder or "") for each in digest.statements if each.refs[0].start in starts)
    return _only({speaker for speaker in speakers if speaker and speaker.kind in BODIES})


def _within(document: str, reading: Reading, words: Vocabulary) -> Reading:
    """As in "others" and "some countries" are whoever this document means: those of another document are not the same."""
    anybody = reading.kind == "unnamed" and reading.name.lower().split()[-1] in words.contextual
    named = any(word[:1].isupper() for word in reading.name.split()[1:]) or reading.name.split()[0].isupper()
    proper = named or reading.name.split()[0].lower() in words.proper
    return reading._replace(id=f"{reading.id}-{document[:6]}") if anybody and not proper else reading


def surfaces_of(digest: Digest) -> Iterator[str]:
    """The names that a document's statements, proposals and events have."""
    for statement in digest.statements:
        yield from filter(None, (statement.holder, statement.relayed_by, *statement.target))
    for proposal in digest.proposals:
        yield from filter(None, (*proposal.by, *proposal.to, *proposal.support, *proposal.oppose))
    for event in digest.events:
        yield from filter(None, event.actors)


def joined(readings: Readings) -> Readings:
    """Lone surnames joined to the only person who bears them, and one parent for each person: where sources differ, none."""
    people = sorted(
        {reading for reading in readings.values() if reading.kind == "person"}, key=lambda r: (r.id, r.parent or "")
    )
    bearers: dict[str, set[str]] = defaultdict(set)
    parents: dict[str, set[str]] = defaultdict(set)
    for person in people:
        parents[person.id] |= {person.parent} if person.parent else set()
        if " " in person.name:
            bearers[person.name.split()[-1]].add(person.id)
    names = {person.id: person.name for person in people}
    done = {}
    for place, reading in readings.items():
        bearer = bearers.get(reading.name, set()) if reading.kind in ("person", "other") else set()
        if len(bearer) == 1:
            (person_id,) = bearer
            done[place] = Reading(person_id, names[person_id], "person", _only(parents[person_id]))
        elif reading.kind == "person":
            done[place] = reading._replace(parent=_only(parents[reading.id]))
        else:
            done[place] = reading
    return done


def _only(values: Iterable[Only | None]) -> Only | None:
    values = list(values)
    return values[0] if len(values) == 1 else None


def _called(actor: Actor, name: str | None) -> Actor:
    """The actor with the name that a person gives it; the one that it had becomes an alias."""
    if not name or name == actor.name:
        return actor
    return replace(actor, name=name, aliases=tuple(sorted({*actor.aliases, actor.name} - {name})))


def _actors(readings: Readings, directory: Directory) -> Iterator[Actor]:
    surfaces: dict[str, set[str]] = defaultdict(set)
    chosen: dict[str, Reading] = {}
    for (document, surface), reading in sorted(readings.items()):
        surfaces[reading.id] |= {" ".join(surface.split())} if document != EDITOR else set()
        chosen.setdefault(reading.id, reading)
    for reading in list(chosen.values()):
        parent = directory.entries.get(reading.parent or "")
        while parent:
            chosen.setdefault(parent.id, Reading(parent.id, parent.name, parent.kind, parent.parent))
            parent = directory.entries.get(parent.parent or "")
    for reading in chosen.values():
        name = reading.name
        if reading.kind == "unnamed" and len(surfaces[reading.id]) == 1:
            name = capitalized(min(surfaces[reading.id]))  # "Some countries" tells more than "Countries"
        aliases = tuple(sorted(surfaces[reading.id] - {name}))
        yield Actor(id=reading.id, name=name, kind=reading.kind, parent=reading.parent, aliases=aliases)
