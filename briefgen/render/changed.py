"""The changes of a brief in, what templates see of them out: this brief's lines by their views, the earlier one's as told.

What took a stance stands apart from what only states something, since a reader looks for stances first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from briefgen.model.brief import OTHER_ISSUE, Brief
from briefgen.model.changes import Changes, EarlierPlace, EarlierPosition, EarlierProposal, NameChanges, ProposalChanges
from briefgen.model.findings import Stance
from briefgen.render.citations import Citations
from briefgen.render.context import (
    ChangesView,
    Cite,
    EarlierPlaceView,
    EarlierProposalView,
    EarlierView,
    FreshView,
    NamesView,
    PositionView,
    ProposalChangesView,
    ProposalView,
    TurnView,
)


def changes_view(
    brief: Brief,
    changes: Changes,
    positions: Mapping[str, PositionView],
    proposals: Mapping[str, ProposalView],
    citations: Citations,
) -> ChangesView:
    """The changes of ``brief``; ``positions`` and ``proposals`` are its own, by id."""
    issues = _issues(brief)
    turned = _turns(brief, changes, positions, issues, citations)

    def turns(ids: Sequence[str]) -> tuple[TurnView, ...]:
        return tuple(sorted((turned[each] for each in ids if each in turned), key=lambda turn: turn.position.number))

    fresh = (FreshView(positions[each], issues[each]) for each in changes.new if each in positions)
    new = sorted(fresh, key=lambda each: each.position.number)
    silent = [_earlier(each) for each in changes.earlier if each.became is None]
    kinds = turns(changes.reversed), turns(changes.moved), turns(changes.strengthened)
    moved = _proposals(changes.proposals, proposals)
    return ChangesView(
        changes.against.title,
        changes.against.as_of,
        changes.against.same_rules,
        *kinds,
        new=tuple(each for each in new if each.position.stance != Stance.STATES),
        new_statements=tuple(each for each in new if each.position.stance == Stance.STATES),
        silent=tuple(each for each in silent if each.stance != Stance.STATES),
        silent_statements=tuple(each for each in silent if each.stance == Stance.STATES),
        unchanged=len(changes.unchanged),
        proposals=moved,
        actors=_names(changes.actors, {actor.id: actor.name for actor in brief.actors}),
        issues=_names(changes.issues, {issue.id: issue.label for issue in brief.issues}),
        cites=_cites(
            [turn.cites for turns_of_kind in kinds for turn in turns_of_kind],
            [each.position.cites for each in new],
            [each.cites for each in moved.new],
            [each.now.cites for each in moved.moved if each.now],
        ),
        more=sum(each not in positions for each in (*changes.reversed, *changes.moved, *changes.strengthened, *changes.new)),
    )


def _turns(
    brief: Brief,
    changes: Changes,
    positions: Mapping[str, PositionView],
    issues: Mapping[str, str | None],
    citations: Citations,
) -> dict[str, TurnView]:
    """Each changed position with the first line of the earlier brief that became it."""
    statements = {statement.id: statement for statement in brief.statements}
    turns: dict[str, TurnView] = {}
    for earlier in changes.earlier:
        position = positions.get(earlier.became or "")
        if position and earlier.became:
            shown = statements.get(earlier.shown_by or "")
            cites = citations.of(shown.refs) if shown else position.cites
            turn = TurnView(position, issues[earlier.became], cites[0].sentence, cites, _earlier(earlier))
            turns.setdefault(earlier.became, turn)
    return turns


def _issues(brief: Brief) -> dict[str, str | None]:
    """The label of each position's issue; other matters have none."""
    labels = {issue.id: issue.label for issue in brief.issues if issue.id != OTHER_ISSUE}
    return {position.id: labels.get(position.issue) for position in brief.positions}


def _earlier(position: EarlierPosition) -> EarlierView:
    return EarlierView(
        name=position.name,
        issue=None if position.issue == OTHER_ISSUE else position.label,
        stance=position.stance.value,
        hedged=position.hedged,
        quote=position.quote,
        sources=position.sources,
        place=_place(position.place),
    )


def _place(place: EarlierPlace) -> EarlierPlaceView:
    return EarlierPlaceView(place.path, place.title, place.publisher, place.published, place.line, place.sentence)


def _proposals(changes: ProposalChanges, proposals: Mapping[str, ProposalView]) -> ProposalChangesView:
    earlier = [_proposal(each, proposals.get(each.became or "")) for each in changes.earlier]
    return ProposalChangesView(
        new=tuple(proposals[each] for each in changes.new if each in proposals),
        moved=tuple(each for each in earlier if each.now),
        not_repeated=tuple(each for each in earlier if not each.now),
        unchanged=len(changes.unchanged),
    )


def _proposal(proposal: EarlierProposal, now: ProposalView | None) -> EarlierProposalView:
    return EarlierProposalView(proposal.action, proposal.by, proposal.status.value, _place(proposal.place), now)


def _names(changes: NameChanges, names: Mapping[str, str]) -> NamesView:
    renamed = ((each.name, names.get(each.became or "", each.name)) for each in changes.renamed)
    return NamesView(
        new=tuple(names[each] for each in changes.new if each in names),
        gone=tuple(each.name for each in changes.gone),
        renamed=tuple(pair for pair in renamed if pair[0] != pair[1]),
    )


def _cites(*groups: Iterable[Sequence[Cite]]) -> tuple[Cite, ...]:
    """All of them, each once, by number."""
    return tuple(sorted({cite for group in groups for cites in group for cite in cites}, key=lambda cite: cite.number))
