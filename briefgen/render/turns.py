"""A brief in, its positions by issue out, and what those who turned held before: for the archive and for mails."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from briefgen.model.brief import Brief, Position
from briefgen.model.changes import Change
from briefgen.model.findings import Stance
from briefgen.render.context import Named
from briefgen.render.view import anchor

STANCES = tuple(Stance)


class Held(NamedTuple):
    """A position in one edition, with the address of its line there."""

    actor: Named  #: who holds it
    issue: str  #: label of the issue
    stance: str  #: its stance, as in labels.toml
    change: str | None  #: new, reversed, moved and so on, as in labels.toml; none without an earlier brief
    quote: str  #: the words that it rests on
    sources: int  #: number of independent sources
    href: str  #: address of its line in the brief; empty where there is no page


class Before(NamedTuple):
    """What somebody held in the edition before."""

    stance: str  #: the stance of then
    quote: str  #: the words of then


class Turn(NamedTuple):
    """A position that was reversed, and what the actor held before."""

    position: Held  #: what is held now
    before: tuple[Before, ...]  #: what was held before


class Week:
    """The positions of one brief by issue, with their addresses on its ``page``.

    ``now`` gives the newest ids of actors and issues that have another one by now.
    """

    def __init__(self, name: str, page: str, brief: Brief, now: Mapping[str, str]) -> None:
        self.name, self.page = name, page
        self.names = {actor.id: Named(now.get(actor.id, actor.id), actor.name, actor.kind) for actor in brief.actors}
        self.labels = {issue.id: issue.label for issue in brief.issues}
        self.newest_labels = {now.get(issue.id, issue.id): issue.label for issue in brief.issues}
        self.contested = {now.get(issue.id, issue.id) for issue in brief.issues if issue.contested}
        self.on: defaultdict[str, list[Held]] = defaultdict(list)
        for position in sorted(brief.positions, key=lambda each: (STANCES.index(each.stance), each.id)):
            self.on[now.get(position.issue, position.issue)].append(self.held(position))

    def held(self, position: Position) -> Held:
        """A position with its names."""
        return Held(
            actor=self.names.get(position.actor) or Named(position.actor, position.actor, "other"),
            issue=self.labels.get(position.issue, position.issue),
            stance=position.stance.value,
            change=position.change,
            quote=position.quote,
            sources=position.strength.sources,
            href=f"{self.page}#{anchor(position.id)}" if self.page else "",
        )


def turns(brief: Brief, week: Week, change: Change = "reversed") -> tuple[Turn, ...]:
    """The positions that were reversed (or moved), with what was held before."""
    before: defaultdict[str | None, list[Before]] = defaultdict(list)
    for each in brief.changes.earlier if brief.changes else ():
        before[each.became].append(Before(each.stance.value, each.quote))
    return tuple(Turn(week.held(each), tuple(before[each.id])) for each in brief.positions if each.change == change)
