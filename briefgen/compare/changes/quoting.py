"""Lines of an earlier brief in, the same with all that is needed to show them without it out: quote, names, place."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

from briefgen.model.brief import Brief, BriefProposal, BriefStatement, Position
from briefgen.model.changes import EarlierPlace, EarlierPosition, EarlierProposal
from briefgen.model.findings import Ref


class Earlier:
    """Shows lines of one earlier brief."""

    def __init__(self, brief: Brief) -> None:
        self._brief = brief
        self._names = {actor.id: actor.name for actor in brief.actors}
        self._labels = {issue.id: issue.label for issue in brief.issues}
        self._sources = {source.id: source for source in brief.sources}
        self._breaks: dict[str, list[int]] = {}

    @cached_property
    def _statements(self) -> dict[str, BriefStatement]:
        return {statement.id: statement for statement in self._brief.statements}

    def position(
        self, position: Position, said: BriefStatement | None = None, became: str | None = None, shown_by: str | None = None
    ) -> EarlierPosition:
        """A position, quoted by the statement ``said`` or as it was quoted."""
        statement = said or self._quoted(position)
        return EarlierPosition(
            id=position.id,
            actor=position.actor,
            name=self._names.get(position.actor, position.actor),
            issue=position.issue,
            label=self._labels.get(position.issue, position.issue),
            stance=position.stance,
            hedged=position.hedged,
            quote=statement.content if statement else position.quote,
            sources=position.strength.sources,
            place=self._place((statement or position).refs[0]),
            became=became,
            shown_by=shown_by,
        )

    def proposal(self, proposal: BriefProposal, became: str | None = None) -> EarlierProposal:
        """A proposal."""
        return EarlierProposal(
            id=proposal.id,
            action=proposal.action,
            by=tuple(self._names.get(each, each) for each in proposal.by),
            status=proposal.status,
            place=self._place(proposal.refs[0]),
            became=became,
        )

    def _quoted(self, position: Position) -> BriefStatement | None:
        known = (self._statements.get(each) for each in position.statements)
        return next((each for each in known if each and each.content == position.quote), None)

    def _place(self, ref: Ref) -> EarlierPlace:
        source = self._sources.get(ref.source)
        return EarlierPlace(
            source=ref.source,
            path=source.path if source else "",
            title=source.title if source else None,
            publisher=source.publisher if source else None,
            published=source.published if source else None,
            url=source.url if source else None,
            line=self._line(ref) if source and source.text else None,
            sentence=ref.sentence,
        )

    def _line(self, ref: Ref) -> int:
        if ref.source not in self._breaks:
            text = self._sources[ref.source].text
            self._breaks[ref.source] = [found.start() for found in re.finditer("\n", text)]
        return bisect_right(self._breaks[ref.source], ref.start) + 1
