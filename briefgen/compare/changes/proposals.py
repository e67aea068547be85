"""The proposals of two briefs in, what became of them out: new, of another status, not repeated, unchanged.

The same proposal is told in other words every week, so proposals meet by their makers and their titles (``proposals``), not
by ids alone. A status has moved only where the new sources say more than that something is proposed: a decision, or, while
nothing is decided, that it is discussed, contested or not agreed. What is decided is not undone by sources that only argue.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from briefgen.compare.changes.quoting import Earlier
from briefgen.compare.proposals import CROWD, SAME, Title, title_of
from briefgen.model.brief import Brief, BriefProposal
from briefgen.model.changes import ProposalChanges
from briefgen.model.findings import Status

OPEN = frozenset([Status.UNDER_DISCUSSION, Status.CONTESTED, Status.NOT_AGREED])
DECIDED = frozenset([Status.ACCEPTED, Status.REJECTED, Status.IN_FORCE])
#: The title of one proposal may stand almost whole in the fuller one of another, if the same makers put both forward.
WITHIN, LEAST = 0.8, 3


def proposal_changes(old: Brief, new: Brief, actors: Mapping[str, str], earlier: Earlier) -> ProposalChanges:
    """What became of the proposals; ``actors`` are the new ids of the earlier brief's actors."""
    same = dict(_same(old, new, actors))
    before = {proposal.id: proposal for proposal in old.proposals}
    moved = {each.id for each in new.proposals if each.id in same and _has_moved(before[same[each.id]].status, each.status)}
    silent = [proposal for proposal in old.proposals if proposal.id not in set(same.values())]
    return ProposalChanges(
        new=tuple(each.id for each in new.proposals if each.id not in same),
        moved=tuple(each.id for each in new.proposals if each.id in moved),
        unchanged=tuple(each.id for each in new.proposals if each.id in same and each.id not in moved),
        not_repeated=tuple(each.id for each in silent),
        earlier=(
            *(earlier.proposal(before[same[each.id]], each.id) for each in new.proposals if each.id in moved),
            *map(earlier.proposal, silent),
        ),
    )


def _has_moved(before: Status, after: Status) -> bool:
    if after in DECIDED:
        return before is not after and (before, after) != (Status.IN_FORCE, Status.ACCEPTED)
    return after in OPEN and before not in DECIDED and before is not after


def _same(old: Brief, new: Brief, actors: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The ids of each proposal that was there before, new and old: of several like it the most alike."""
    titles = {proposal.id: title_of(proposal.action) for proposal in old.proposals}
    known = {proposal.id: proposal for proposal in old.proposals}
    holders: dict[str, list[str]] = defaultdict(list)
    for proposal in old.proposals:
        for word in sorted(titles[proposal.id].stems):
            holders[word].append(proposal.id)
    for proposal in new.proposals:
        title = title_of(proposal.action)
        near = {name for word in title.stems for name in holders[word][:CROWD]}
        alike = [
            (proposal.id != name, -_likeness(title, titles[name]), name)
            for name in sorted(near)
            if proposal.id == name or _is_same(proposal, title, known[name], titles[name], actors)
        ]
        if alike:
            yield proposal.id, min(alike)[2]


def _is_same(new: BriefProposal, title: Title, old: BriefProposal, before: Title, actors: Mapping[str, str]) -> bool:
    makers = {actors.get(actor, actor) for actor in old.by}
    if makers != set(new.by) or title.marks != before.marks:
        return False
    shared, least = len(title.stems & before.stems), min(len(title.stems), len(before.stems))
    if "prose" in (new.origin, old.origin) and not (title.head in before.stems and before.head in title.stems):
        return False
    is_within = bool(makers) and least >= LEAST and shared >= WITHIN * least
    return is_within or _likeness(title, before) >= SAME


def _likeness(one: Title, two: Title) -> float:
    return len(one.stems & two.stems) / max(1, len(one.stems | two.stems))
