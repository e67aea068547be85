"""Digests and corrections of sources in; out, which of them a person marked as unreliable, in the brief's numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from briefgen.compare.corrections.finding import Match
from briefgen.compare.corrections.ledger import of_change
from briefgen.compare.corrections.withholding import Edits
from briefgen.model.brief import Correction
from briefgen.model.corrections import SourceCorrection
from briefgen.model.findings import Digest


def mark_unreliable(digests: Sequence[Digest], edits: Edits) -> tuple[frozenset[str], list[Correction]]:
    """The ids of the sources that are marked, and the lines that tell it; ``digests`` are in the order of their numbers."""
    marked: set[str] = set()
    told = []
    for line, entry in edits.corrections.sources:
        if entry.mark == "unreliable":
            paths = edits.unreliable.get(line, frozenset())
            found = tuple(f"s{at}" for at, digest in enumerate(digests, 1) if digest.source.path in paths)
            marked.update(found)
            said = of_change(edits.corrections.file, line, entry, "mark", Match(found, "applied" if found else "absent"))
            told.append(replace(said, id=_name_of(entry), about=_name_of(entry)))
    return frozenset(marked), told


def _name_of(entry: SourceCorrection) -> str:
    """What an entry calls the documents that it means."""
    return entry.path or entry.publisher or entry.sentence or entry.sha256 or ""
