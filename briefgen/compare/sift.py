"""More claims than a brief can compare in, those on what is most spoken of out.

A brief holds everything that its documents say, as long as that can be read and held. Of a hundred thousand documents it takes
so many claims (statements and proposals), and says how many it left. A matter is taken whole: what claims are about is counted
over all documents, as heavily as issues count it, and each claim is taken with its heaviest matter. Only of the last one that
there is room for it is those that come first by path. Issues that the last brief had come before all others.

What is left of a document of which no claim is taken is its text, since others may be copies of it, and what it says of itself.
So documents can be weighed one after the other as they are read, and forgotten. Known limit: what a document has copied from an
embargoed one is weighed with the rest, since copies are only found when all are there.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace

from briefgen.compare.actors import surfaces_of
from briefgen.compare.issues import SHARE_OF_PROPOSALS, issue_id, share_of, spread_of
from briefgen.compare.naming import Reading
from briefgen.compare.outline import Outline, Tools, packed, unpacked
from briefgen.model.document import BlockKind
from briefgen.model.findings import Digest


class Sift:
    """Weighs the claims of documents; ``room`` is for so many, and ``known`` are the ids of issues that come first."""

    def __init__(self, room: int, tools: Tools, known: Set[str] = frozenset()) -> None:
        self._room, self._worth, self._known = room, tools.phraser.worth, known
        self._matters: dict[str, int] = {}
        self._weights, self._documents = array("d"), array("L")
        self._about, self._ends = array("L"), array("L")

    def weigh(self, digest: Digest) -> None:
        """Look at what the claims of one more document are about."""
        topics = unpacked(digest.outline).topics
        held: defaultdict[int, float] = defaultdict(float)
        for claim, share in _shares(digest):
            about = {
                self._number(issue_id(topic.wording.key)): topic.weight * worth
                for topic in topics.get(claim, ())
                if topic.weight and (worth := self._worth(topic.wording.key))
            }
            for matter, weight in about.items():
                held[matter] += share * weight
            self._about.extend(about)
            self._ends.append(len(self._about))
        for matter, weight in held.items():
            self._weights[matter] += weight
            self._documents[matter] += 1

    def taken(self) -> bytearray:
        """For each claim of each document, in the order in which they were weighed, whether there is room for it."""
        ranks = self._ranks()
        best = array("L", (min((ranks[at] for at in about), default=len(ranks)) for about in self._claims()))
        room = self._room
        free: dict[int, int] = {}
        for rank, number in sorted(Counter(best).items()):
            free[rank] = min(number, room)
            room -= free[rank]
        taken = bytearray(len(best))
        for at, rank in enumerate(best):
            taken[at] = free[rank] > 0
            free[rank] -= taken[at]
        return taken

    def _ranks(self) -> array[int]:
        """The place of each matter, the heaviest first."""
        names = list(self._matters)

        def place(at: int) -> tuple[object, ...]:
            return names[at] not in self._known, -self._weights[at] * spread_of(self._documents[at]), names[at]

        ranks = array("L", bytes(array("L").itemsize * len(names)))
        for rank, at in enumerate(sorted(range(len(names)), key=place)):
            ranks[at] = rank
        return ranks

    def _claims(self) -> Iterator[Sequence[int]]:
        start = 0
        for end in self._ends:
            yield self._about[start:end]
            start = end

    def _number(self, name: str) -> int:
        at = self._matters.setdefault(name, len(self._matters))
        if at == len(self._weights):
            self._weights.append(0.0)
            self._documents.append(0)
        return at


def size_of(digest: Digest) -> int:
    """The number of claims of a document."""
    return len(digest.statements) + len(digest.proposals)


def cut(digest: Digest, taken: Sequence[int]) -> Digest:
    """The document with those claims that are taken, its statements first."""
    statements = [each for each, is_taken in zip(digest.statements, taken, strict=False) if is_taken]
    proposals = [each for each, is_taken in zip(digest.proposals, taken[len(digest.statements) :], strict=True) if is_taken]
    if not statements and not proposals:
        return bare(digest)
    names = {each.id for each in statements}
    rest = replace(
        digest,
        statements=tuple(each if each.parent in names else replace(each, parent=None) for each in statements),
        proposals=tuple(proposals),
    )
    return replace(rest, outline=packed(_outline(rest, names | {each.id for each in proposals})))


def bare(digest: Digest) -> Digest:
    """The document without what it claims."""
    marked = unpacked(digest.outline).marked
    blocks = tuple(each for each in digest.blocks if each.kind is not BlockKind.TABLE)
    return replace(
        digest, blocks=blocks, sentences=(), statements=(), proposals=(), dates=(), events=(),
        outline=packed(Outline({}, {}, {}, marked)),
    )  # fmt: skip


def _outline(digest: Digest, claims: Set[str]) -> Outline:
    """Of a document's outline what has to do with its claims."""
    names, topics, words, marked = unpacked(digest.outline)
    return Outline(
        _names(digest, names),
        {claim: about for claim, about in topics.items() if claim in claims},
        {claim: telling for claim, telling in words.items() if claim in claims},
        marked,
    )


def _names(digest: Digest, names: Mapping[str, Reading]) -> dict[str, Reading]:
    """The names in its claims and events, and the bodies that they speak for."""
    said = set(surfaces_of(digest))
    parents = {reading.parent for surface, reading in names.items() if surface in said}
    return {surface: reading for surface, reading in names.items() if surface in said or reading.id in parents}


def _shares(digest: Digest) -> Iterator[tuple[str, float]]:
    """The claims with how much each counts."""
    for statement in digest.statements:
        yield statement.id, share_of(statement.stance)
    for proposal in digest.proposals:
        yield proposal.id, SHARE_OF_PROPOSALS
