"""What a brief says of its changes in, lines for a person at a terminal out: what turned round first, then what is new."""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.render.context import (
    ChangesView,
    Cite,
    EarlierPlaceView,
    EarlierProposalView,
    EarlierView,
    FreshView,
    NamesView,
    ProposalView,
    SourceView,
    TurnView,
)
from briefgen.terminal import paint, plain


def difference(changes: ChangesView, title: str, as_of: str | None, sources: tuple[SourceView, ...]) -> Iterator[str]:
    """The changes of the brief ``title`` whose sources are ``sources``."""
    yield f"{_brief(title, as_of)} against {_brief(changes.against, changes.as_of)}"
    for heading, turns in (("Reversed", changes.reversed), ("Moved", changes.moved)):
        yield from _under(heading, [line for turn in turns for line in _turn(turn, sources)])
    yield from _under("More sources", [_grown(turn) for turn in changes.strengthened])
    yield from _under("New", [line for each in changes.new + changes.new_statements for line in _fresh(each, sources)])
    silent = [line for each in changes.silent + changes.silent_statements for line in _silent(each)]
    yield from _under("Not repeated (silence is not withdrawal)", silent)
    moved, new = changes.proposals.moved, changes.proposals.new
    yield from _under(
        "Proposals", [*map(_decided, moved), *map(_proposed, new), *map(_dropped, changes.proposals.not_repeated)]
    )
    yield from _under("Actors", list(_names(changes.actors, "not heard this time")))
    yield from _under("Issues", list(_names(changes.issues, "nobody speaks of it this time")))
    yield ""
    yield f"Unchanged: {changes.unchanged:,} of the positions, {changes.proposals.unchanged:,} of the proposals."


def _brief(title: str, as_of: str | None) -> str:
    return f"“{plain(title)}”" + (f" as of {as_of}" if as_of else "")


def _under(heading: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield ""
        yield paint(heading, "bold")
        yield from (f"  {line}" for line in lines)


def _turn(turn: TurnView, sources: tuple[SourceView, ...]) -> Iterator[str]:
    position, was = turn.position, turn.was
    then, now = _stance(was.stance, was.hedged), _stance(position.stance, position.hedged)
    yield f"{_who(position.actor.name, turn.issue)}: {then} -> {now}"
    yield f"  was “{plain(was.place.sentence)}” ({_earlier(was.place)})"
    yield f"  now “{plain(turn.sentence)}” ({_cited(turn.cites, sources)})"


def _grown(turn: TurnView) -> str:
    position = turn.position
    who = _who(position.actor.name, turn.issue)
    return f"{who}: {position.stance} “{plain(position.quote)}”, {turn.was.sources} -> {position.sources} sources"


def _fresh(fresh: FreshView, sources: tuple[SourceView, ...]) -> Iterator[str]:
    position = fresh.position
    yield f"{_who(position.actor.name, fresh.issue)}: {_stance(position.stance, position.hedged)} “{plain(position.quote)}”"
    yield f"  ({_cited(position.cites, sources)})"


def _silent(earlier: EarlierView) -> Iterator[str]:
    yield f"{_who(earlier.name, earlier.issue)}: {_stance(earlier.stance, earlier.hedged)} “{plain(earlier.quote)}”"
    yield f"  ({_earlier(earlier.place)})"


def _decided(proposal: EarlierProposalView) -> str:
    now = proposal.now.status if proposal.now else ""
    return f"{_status(proposal.status)} -> {_status(now)}: {_action(proposal.action, proposal.by)}"


def _proposed(proposal: ProposalView) -> str:
    return f"new, {_status(proposal.status)}: {_action(proposal.action, proposal.by)}"


def _dropped(proposal: EarlierProposalView) -> str:
    return f"not repeated, was {_status(proposal.status)}: {_action(proposal.action, proposal.by)}"


def _names(names: NamesView, gone: str) -> Iterator[str]:
    yield from (f"new: {plain(name)}" for name in names.new)
    yield from (f"{gone}: {plain(name)}" for name in names.gone)
    yield from (f"{plain(was)} is now {plain(now)}" for was, now in names.renamed)


def _who(name: str, issue: str | None) -> str:
    return f"{plain(name)} on {plain(issue)}" if issue else plain(name)


def _stance(stance: str, hedged: bool) -> str:
    return f"{stance} (hedged)" if hedged else stance


def _status(status: str) -> str:
    return status.replace("_", " ")


def _action(action: str, by: tuple[str, ...]) -> str:
    return f"“{plain(action)}”" + (f" ({plain(', '.join(by))})" if by else "")


def _earlier(place: EarlierPlaceView) -> str:
    return _place(place.path, place.line, place.date)


def _cited(cites: tuple[Cite, ...], sources: tuple[SourceView, ...]) -> str:
    """Where the first of the cited sentences stands."""
    first = cites[0]
    source = sources[first.source - 1]
    return _place(source.path, first.line, source.date)


def _place(path: str, line: int | None, date: str | None) -> str:
    return plain(f"{path}:{line}" if line else path) + (f", {date}" if date else "")
