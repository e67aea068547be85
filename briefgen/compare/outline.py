"""A digest in, its outline out: what a comparison needs to know of a document that the document alone tells.

Who its names are, what each of its claims is about, by which marks copies of it are found. That is most of the work of a
comparison, so it is done where the document is read, by as many processes as there are, and kept with what else it says. What
only all documents together can tell comes later: that "Costa" is the Ana Costa of another one, or a wording an issue.

People are known by the names that the document itself has for those who speak in it.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple, TypeVar

from briefgen.compare.actors import names_in, no_topics
from briefgen.compare.copies import Marked, marks_of
from briefgen.compare.directory import Directory
from briefgen.compare.naming import Reading, Vocabulary, vocabulary
from briefgen.compare.phrases import Grammar, Phraser, Wording, grammar
from briefgen.compare.topics import Said, Topic, find_topics
from briefgen.model.findings import Digest, Proposal, Ref, Stance, spans_of
from briefgen.model.lexicon import Lexicon

T = TypeVar("T")
NOBODY: Mapping[str, str] = {}


class Outline(NamedTuple):
    """What is made ready of a document: the reading of each surface name; topics and telling words of each claim, by its id."""

    names: Mapping[str, Reading]
    topics: Mapping[str, tuple[Topic, ...]]
    words: Mapping[str, frozenset[str]]
    marked: Marked


class Tools(NamedTuple):
    """What outlines are made with; made once of a lexicon."""

    directory: Directory
    words: Vocabulary
    rules: Grammar
    phraser: Phraser


def tools_of(lexicon: Lexicon) -> Tools:
    """The tools that a lexicon gives."""
    directory, rules = Directory(lexicon.actor), grammar(lexicon)
    return Tools(directory, vocabulary(lexicon), rules, Phraser(rules, directory))


def with_outline(digest: Digest, tools: Tools) -> Digest:
    """The digest with its outline, packed."""
    return replace(digest, outline=packed(made(digest, tools)))


def outlines_of(digests: Iterable[Digest], tools: Tools, given: Mapping[str, str] = NOBODY) -> list[Outline]:
    """The outlines that digests have, or new ones; ``given`` are the names of those to whom a person gives claims, by id."""

    def is_as_read(digest: Digest) -> bool:
        return bool(digest.outline) and not any(
            each.id in given for some in (digest.statements, digest.proposals) for each in some
        )

    unpacking = Unpacking()
    return [unpacking.unpacked(each.outline) if is_as_read(each) else made(each, tools, given) for each in digests]


def made(digest: Digest, tools: Tools, given: Mapping[str, str] = NOBODY) -> Outline:
    """The outline of a document."""
    names = names_in(digest, tools.words, tools.directory, given.values())
    phraser = tools.phraser.knowing(no_topics(names.values(), tools.directory))
    claims = list(_claims(digest, names, given))
    topics = find_topics(digest, claims, phraser)
    words = {claim.id: phraser.telling_words(claim.content) for claim in claims}
    return Outline(names, {name: tuple(found) for name, found in topics.items()}, words, marks_of(digest))


def _claims(digest: Digest, names: Mapping[str, Reading], given: Mapping[str, str]) -> Iterator[Said]:
    """The statements and proposals of a document, with those who make them."""
    for statement in digest.statements:
        by = names.get(given.get(statement.id, statement.holder))
        yield _said(statement.id, statement.stance, statement.content, statement.refs[0], by)
    for proposal in digest.proposals:
        yield _said(proposal.id, Stance.PROPOSES, proposal.action, proposal.refs[0], _proposer(proposal, names, given))


def _proposer(proposal: Proposal, names: Mapping[str, Reading], given: Mapping[str, str]) -> Reading | None:
    by = (given[proposal.id],) if proposal.id in given else proposal.by
    return next((names[surface] for surface in by if surface in names), None)


def _said(claim: str, stance: Stance, content: str, ref: Ref, by: Reading | None) -> Said:
    if by is None:
        return Said(claim, stance, content, ref, spans_of(content, ref))
    return Said(
        claim, stance, content, ref, spans_of(content, ref), by.id, by.parent if by.kind == "person" and by.parent else by.id
    )


# ---- as text


def _places(found: Iterable[T]) -> dict[T, int]:
    """Each thing that is found, once, and its place among them."""
    return {each: at for at, each in enumerate(dict.fromkeys(found))}


def packed(outline: Outline) -> str:
    """An outline as a short text; wordings of several topics and topics of several claims are in it once."""
    topics = _places(topic for each in outline.topics.values() for topic in each)
    wordings = _places(wording for topic in topics for wording in topic[:2])
    listed = [(wordings[wording], wordings[fullest], *rest) for wording, fullest, *rest in topics]
    about = {claim: [topics[topic] for topic in each] for claim, each in outline.topics.items()}
    words = {claim: " ".join(sorted(each)) for claim, each in outline.words.items()}
    size, marks = outline.marked
    return json.dumps(
        [outline.names, list(wordings), listed, about, words, size, list(marks)], ensure_ascii=False, separators=(",", ":")
    )


class Unpacking:
    """Unpacks the outlines of one comparison: what several of them say, most wordings, is there once."""

    def __init__(self) -> None:
        self._said: dict[Any, Any] = {}

    def unpacked(self, text: str) -> Outline:
        """The outline that was packed."""
        names, worded, listed, about, words, size, marks = json.loads(text)
        wordings = [self._once(Wording(tuple(map(self._once, key)), said)) for key, said in worded]
        topics = [
            Topic(wordings[wording], wordings[fullest], weight, leads, is_named, tuple(long))
            for wording, fullest, weight, leads, is_named, long in listed
        ]
        return Outline(
            names={surface: Reading(*each) for surface, each in names.items()},
            topics={claim: tuple(topics[at] for at in each) for claim, each in about.items()},
            words={claim: frozenset(map(self._once, each.split())) for claim, each in words.items()},
            marked=Marked(size, array("L", marks)),
        )

    def _once(self, said: T) -> T:
        """What equals ``said`` and was there before, or ``said``."""
        known: T = self._said.setdefault(said, said)
        return known


def unpacked(text: str) -> Outline:
    """The outline that was packed, when only one is looked at."""
    return Unpacking().unpacked(text)
