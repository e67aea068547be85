"""What was read and corrections of sources in; out, what a brief may tell of it, and what it must not.

Nothing of an embargoed document goes on: not its words, name or path, nor the list of files that could not be read, nor an
earlier brief's memory of it, nor a correction that quotes it. A document that is nearly the same text is withheld with
it, one that only has passages of it is told of, so that somebody looks. All of it is done before the period is asked for, since
what is left out of that is listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from typing import NamedTuple, TypeVar

from briefgen.compare.copies import find_copies
from briefgen.compare.corrections.finding import Finder, Match, folded, holds
from briefgen.compare.corrections.ledger import of_change
from briefgen.compare.corrections.statements import finder_of
from briefgen.compare.phrases import grammar
from briefgen.model.base import Note
from briefgen.model.brief import Brief, BriefSource, Correction, Skipped
from briefgen.model.corrections import Corrections, Named, Quoted, SourceCorrection
from briefgen.model.findings import Digest
from briefgen.model.lexicon import Lexicon

#: The code of the note on a document that has passages of a withheld one.
PASSAGES = "withheld-passages"
NOTHING: Mapping[int, frozenset[str]] = {}
NOWHERE: Mapping[str, str] = {}
AnEntry = TypeVar("AnEntry", bound=Quoted | Named)


class Edits(NamedTuple):
    """The corrections that may be spoken of, how many documents were withheld, and what is told of that.

    ``unreliable`` are the documents, by path, that each entry marks so, by its line.
    """

    corrections: Corrections = Corrections()
    withheld: int = 0
    told: tuple[Correction, ...] = ()
    unreliable: Mapping[int, frozenset[str]] = NOTHING


#: What a file is called by, for the name that a brief calls it by: the longer path that a person may mean.
Files = Mapping[str, str]
Allowed = tuple[list[Digest], list[Skipped], Edits]


def withhold(
    digests: Sequence[Digest],
    skipped: Sequence[Skipped],
    corrections: Corrections,
    lexicon: Lexicon,
    files: Files = NOWHERE,
) -> Allowed:
    """``digests`` and ``skipped`` without what is embargoed, and the corrections that may be spoken of."""
    meant = {
        line: frozenset(at for at, each in enumerate(digests) if _is_meant(entry, each, files))
        for line, entry in corrections.sources
    }
    marked = {line: entry.mark for line, entry in corrections.sources}
    paths = {
        line: frozenset(digests[at].source.path for at in found)
        for line, found in meant.items()
        if marked[line] == "unreliable"
    }
    entries = [(line, entry) for line, entry in corrections.sources if entry.mark == "embargoed"]
    if not entries:
        return list(digests), list(skipped), Edits(corrections, unreliable=paths)
    named = {line: meant[line] for line, _ in entries}
    unread = {line: [each for each in skipped if _is_at(entry, each.path, files)] for line, entry in entries}
    shut = {at for found in named.values() for at in found}
    copies, passages = _copies(digests, shut)
    hidden = [each for at, each in enumerate(digests) if at in shut | copies]
    kept = [_noted(each, passages.get(at, 0)) for at, each in enumerate(digests) if at not in shut | copies]
    left = [each for each in skipped if not any(each in found for found in unread.values())]
    told = [_told(corrections.file, line, entry, len(named[line]) + len(unread[line])) for line, entry in entries]
    secrets = _Secrets(hidden, kept, [entry for _, entry in entries], lexicon)
    withheld = len(hidden) + len(skipped) - len(left)
    return kept, left, Edits(secrets.kept_from(corrections), withheld, (*told, *secrets.told(corrections)), paths)


def is_embargoed(digest: Digest, corrections: Corrections, files: Files = NOWHERE) -> bool:
    """Whether an embargo means a document itself; what was copied from one is known only when all are there."""
    return any(entry.mark == "embargoed" and _is_meant(entry, digest, files) for _, entry in corrections.sources)


def _is_meant(entry: SourceCorrection, digest: Digest, files: Files) -> bool:
    """Whether an entry means a document: by its content, its path, its publisher or a sentence of it."""
    return (
        (entry.sha256 is not None and digest.source.sha256.startswith(entry.sha256))
        or _is_at(entry, digest.source.path, files)
        or (entry.publisher is not None and folded(entry.publisher) == folded(digest.meta.publisher or ""))
        or (entry.sentence is not None and holds(digest.text, entry.sentence))
    )


def _is_at(entry: SourceCorrection, path: str, files: Files = NOWHERE) -> bool:
    """Whether a document is the one of the entry's path, or below it: in its folder, or in the file that it names.

    A document has a shorter or longer path when another folder is given to be read: any of them is meant.
    """
    if entry.path is None:
        return False
    wanted = f"/{entry.path.strip('/')}/"
    name, inside = path, ""
    while name not in files and "/" in name:
        name, _, last = name.rpartition("/")
        inside = f"/{last}{inside}"
    if name in files:
        return f"/{path}/".startswith(wanted) or wanted in f"/{files[name]}{inside}/"
    return wanted in f"/{path}/" or wanted.endswith(f"/{path}/")


def without(previous: Brief, corrections: Corrections) -> Brief:
    """An earlier brief as if the embargoed documents had not been in it."""
    entries = [entry for _, entry in corrections.sources if entry.mark == "embargoed"]
    shut = {source.id for source in previous.sources if any(_was_meant(entry, source) for entry in entries)}
    if not shut:
        return previous
    statements = tuple(each for each in previous.statements if not shut & {ref.source for ref in each.refs})
    positions = tuple(each for each in previous.positions if not shut & {ref.source for ref in each.refs})
    proposals = tuple(each for each in previous.proposals if not shut & {ref.source for ref in each.refs})
    used = {each.issue for each in positions}
    actors = {each.actor for each in statements} | {each.actor for each in positions}
    return replace(
        previous,
        sources=tuple(each for each in previous.sources if each.id not in shut),
        actors=tuple(each for each in previous.actors if each.id in actors),
        issues=tuple(each for each in previous.issues if each.id in used),
        statements=statements,
        positions=positions,
        proposals=proposals,
        agreements=(),
        disagreements=(),
        timeline=(),
        tables=(),
        key_points=(),
    )


def _was_meant(entry: SourceCorrection, source: BriefSource) -> bool:
    return (
        (entry.sha256 is not None and source.sha256.startswith(entry.sha256))
        or _is_at(entry, source.path)
        or (entry.publisher is not None and folded(entry.publisher) == folded(source.publisher or ""))
        or (entry.sentence is not None and holds(source.text, entry.sentence))
    )


def _copies(digests: Sequence[Digest], shut: Set[int]) -> tuple[set[int], dict[int, int]]:
    """The documents that are nearly the text of one that is shut, and how many words of one each other document has."""
    if not shut:
        return set(), {}
    found = find_copies(digests)
    whole = {at for at, each in enumerate(found) if each.origin in shut}
    whole |= {origin for at in shut if found[at].kind == "duplicate" and (origin := found[at].origin) is not None}
    words: dict[int, int] = {}
    for at, each in enumerate(found):
        for passage in each.passages:
            for one, other in ((at, passage.origin), (passage.origin, at)):
                if other in shut and one not in shut | whole:
                    words[one] = words.get(one, 0) + passage.words
    return whole - shut, words


def _noted(digest: Digest, words: int) -> Digest:
    """A document that has passages of a withheld one says so: a person must judge whether it may be told of."""
    if not words:
        return digest
    note = Note(code=PASSAGES, message=f"{words} words of it stand in a source that is withheld")
    return replace(digest, notes=(*digest.notes, note))


def _told(file: str, line: int, entry: SourceCorrection, number: int) -> Correction:
    """That something was withheld, in words that say nothing of it: not even why."""
    said = of_change(file, line, entry, "mark", Match((), "applied" if number else "absent"))
    what = f"{number} withheld" if number else "no document is one that is to be withheld"
    return replace(said, why="", what=what)


class _Secrets:
    """What the withheld documents say, to keep it out of what is told of other corrections."""

    def __init__(
        self, hidden: Sequence[Digest], kept: Sequence[Digest], entries: Sequence[SourceCorrection], lexicon: Lexicon
    ) -> None:
        self.entries = entries
        self.finder: Finder = finder_of(hidden, grammar(lexicon))
        self.hidden, self.kept = [each.text for each in hidden], [each.text for each in kept]

    def kept_from(self, corrections: Corrections) -> Corrections:
        """The corrections without those that quote or name what is withheld."""
        return corrections._replace(
            statements=self._open(corrections.statements),
            positions=self._open(corrections.positions),
            proposals=self._open(corrections.proposals),
            actors=self._open(corrections.actors),
            issues=self._open(corrections.issues),
        )

    def told(self, corrections: Corrections) -> Iterator[Correction]:
        """That an entry waits with its document, and no more of it."""
        groups: Iterable[Sequence[tuple[int, Quoted | Named]]] = (
            corrections.statements, corrections.positions, corrections.proposals, corrections.actors, corrections.issues,
        )  # fmt: skip
        what = "of a source that is withheld"
        for line in (line for group in groups for line, entry in group if self._is_secret(entry)):
            yield Correction(id="", file=corrections.file, line=line, what=what, kind="withheld", status="absent")

    def _open(self, entries: Sequence[tuple[int, AnEntry]]) -> tuple[tuple[int, AnEntry], ...]:
        return tuple(each for each in entries if not self._is_secret(each[1]))

    def _is_secret(self, entry: Quoted | Named) -> bool:
        if isinstance(entry, Quoted):
            if entry.source and any(_is_at(each, entry.source) for each in self.entries):
                return True
            is_there = bool(self.finder.find(entry).ids) or any(holds(text, entry.sentence) for text in self.hidden)
            return is_there and not any(holds(text, entry.sentence) for text in self.kept)
        names = (getattr(entry, "name", None) or getattr(entry, "label", ""), *entry.join, *entry.split)
        return any(_names(name, self.hidden) and not _names(name, self.kept) for name in names if name)


def _names(name: str, texts: Iterable[str]) -> bool:
    """Whether any of the texts has the name, as whole words."""
    return any(f" {folded(name)} " in f" {folded(text)} " for text in texts)
