"""Positions and proposals of the brief and corrections of them in, the same with notes, and proposals dropped or changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from briefgen.compare.actors import Roster
from briefgen.compare.corrections.finding import Candidate, Finder, Match
from briefgen.compare.corrections.ledger import of_change
from briefgen.compare.phrases import Grammar
from briefgen.model.brief import BriefProposal, BriefSource, BriefStatement, Correction, Position
from briefgen.model.corrections import Corrections, PositionCorrection, ProposalCorrection


def with_notes(
    positions: tuple[Position, ...],
    statements: Sequence[BriefStatement],
    sources: Sequence[BriefSource],
    corrections: Corrections,
    grammar: Grammar,
) -> tuple[tuple[Position, ...], list[Correction]]:
    """The positions with the editor's notes. One whose id is another by now is found by the sentence of its statement."""
    if not corrections.positions:
        return positions, []
    said = [Candidate(each.id, each.refs[0].sentence, each.content, each.speaker, each.stance) for each in statements]
    finder = Finder(said, {source.path: source.published for source in sources}, grammar)
    notes: dict[str, list[str]] = defaultdict(list)
    told = []
    for line, entry in corrections.positions:
        match = _position(entry, positions, finder)
        told.append(of_change(corrections.file, line, entry, "note", match))
        for name in match.ids:
            notes[name].append(entry.note)
    noted = (replace(each, notes=tuple(notes[each.id])) if each.id in notes else each for each in positions)
    return tuple(noted), told


def _position(entry: PositionCorrection, positions: Sequence[Position], finder: Finder) -> Match:
    if any(each.id == entry.id for each in positions):
        return Match((entry.id,), "applied")
    match = finder.find(entry)
    found = tuple(each.id for each in positions if set(match.ids) & set(each.statements))
    return match._replace(ids=found) if found or not match.ids else Match((), "unmatched", finder.by_id[match.ids[0]])


def correct_proposals(
    proposals: tuple[BriefProposal, ...],
    sources: Sequence[BriefSource],
    corrections: Corrections,
    roster: Roster,
    grammar: Grammar,
) -> tuple[tuple[BriefProposal, ...], list[Correction]]:
    """The proposals corrected, without those that are dropped."""
    if not corrections.proposals:
        return proposals, []
    said = [Candidate(each.id, each.refs[0].sentence, each.action) for each in proposals]
    finder = Finder(said, {source.path: source.published for source in sources}, grammar)
    rows = {each.id: each for each in proposals}
    told = []
    for line, entry in corrections.proposals:
        match = finder.find(entry)
        row = rows.get(match.ids[0]) if match.ids else None
        for change in entry.changes():
            was = str(row.status) if row and change == "status" else ""
            told.append(of_change(corrections.file, line, entry, change, match, was))
        if row:
            rows |= {row.id: _corrected(row, entry, roster)}
        if row and entry.drop:
            del rows[row.id]
    return tuple(rows.values()), told


def _corrected(row: BriefProposal, entry: ProposalCorrection, roster: Roster) -> BriefProposal:
    by = (roster.given(entry.actor),) if entry.actor else row.by
    return replace(row, status=entry.status or row.status, by=by)
