"""A brief and the entries that would correct it in, what will be different in the next one out, a line each.

It is told from the brief that there is, without the documents: which positions lose or gain a statement. What the grouping will
make of the rest is for the next build to tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from briefgen.editing.correcting import Entry
from briefgen.model.brief import Actor, Brief, BriefStatement, Position
from briefgen.terminal import counted, plain


def consequences(brief: Brief, entries: Sequence[Entry]) -> Iterator[str]:
    """What the entries will change."""
    for entry in entries:
        yield from TELLERS[entry.kind](brief, entry.values)


def _statement(brief: Brief, values: Any) -> Iterator[str]:
    statement = next(each for each in brief.statements if each.id == values["id"])
    yield f"“{plain(statement.content)}” ({plain(_speaker(brief, statement))} {statement.stance})"
    if "pin" in values:
        yield "  its sentence becomes a key point" if values["pin"] else "  its sentence will be no key point"
    if values.keys() & {"drop", "stance", "actor", "issue"}:
        yield from _moves(brief, statement, values)


def _moves(brief: Brief, statement: BriefStatement, values: Any) -> Iterator[str]:
    """The positions that it leaves, and the ones that it joins or makes."""
    held = [each for each in brief.positions if statement.id in each.statements]
    for position in held:
        others = len(position.statements) - 1
        left = f"keeps {counted(others, 'other statement')}" if others else "stands on nothing else, and goes"
        yield f"  {_shown(brief, position)}: {left}"
    if values.get("drop"):
        return
    actor = _actor(brief, values.get("actor"))
    name = actor.name if actor else values.get("actor") or _holder(brief, statement)
    stance = values.get("stance", str(statement.stance))
    wanted = values.get("issue")
    for issue in [wanted] if wanted else [_label(brief, each) for each in statement.issues]:
        same = [
            each
            for each in brief.positions
            if (_name(brief, each.actor), str(each.stance)) == (name, stance)
            and issue.casefold() in (each.issue, _label(brief, each.issue).casefold())
        ]
        yield f"  {plain(name)} {stance} on {plain(issue)}: {'gains a statement' if same else 'a new position'}"
    if wanted and not any(wanted.casefold() in (each.id, each.label.casefold()) for each in brief.issues):
        yield f"  no issue of this brief is called {plain(wanted)}: it is a new one"
    if values.get("actor") and actor is None:
        yield f"  nobody in this brief is called {plain(values['actor'])}: it is a new actor"


def _position(brief: Brief, values: Any) -> Iterator[str]:
    position = next(each for each in brief.positions if each.id == values["id"])
    yield f"{_shown(brief, position)}: the note is printed with it"


def _proposal(brief: Brief, values: Any) -> Iterator[str]:
    proposal = next(each for each in brief.proposals if each.id == values["id"])
    becomes = (
        "dropped" if values.get("drop") else ", ".join(f"{key} {values[key]}" for key in ("status", "actor") if key in values)
    )
    yield f"“{plain(proposal.action)}” ({proposal.status}): {plain(becomes)}"


def _named(brief: Brief, values: Any) -> Iterator[str]:
    """What an actor or an issue is called, and whose positions are its own or no longer."""
    name = plain(values.get("name") or values["label"])
    if "rename" in values:
        yield f"{name}: called {plain(values['rename'])}"
    for other in values.get("join", ()):
        taken = sum(other in (each.actor, each.issue) for each in brief.positions)
        yield f"{name}: takes in {plain(_any_name(brief, other))}, with {counted(taken, 'position')}"
    if "split" in values:
        yield f"{name}: what has {', '.join(f'“{plain(each)}”' for each in values['split'])} goes to {plain(values['into'])}"


def _source(brief: Brief, values: Any) -> Iterator[str]:
    source = next(each for each in brief.sources if each.sha256.startswith(values["sha256"]))
    resting = [each for each in brief.positions if any(ref.source == source.id for ref in each.refs)]
    alone = sum(all(ref.source == source.id for ref in each.refs) for each in resting)
    rest = "rests" if len(resting) == 1 else "rest"
    yield f"{plain(source.path)}: {counted(len(resting), 'position')} {rest} on it, {alone} on nothing else"
    if values["mark"] == "embargoed":
        yield "  nothing of it will be in the next brief; briefs that were made before still have it"
    else:
        yield "  it is shown with a mark, and confirms nothing"


TELLERS = {
    "statement": _statement,
    "position": _position,
    "proposal": _proposal,
    "actor": _named,
    "issue": _named,
    "source": _source,
}


def _shown(brief: Brief, position: Position) -> str:
    return f"{plain(_name(brief, position.actor))} {position.stance} on {plain(_label(brief, position.issue))}"


def _actor(brief: Brief, name: str | None) -> Actor | None:
    """The actor of an id or name, as whose position it counts: of a person, the state or body that it speaks for."""
    wanted = (name or "").casefold()
    found = next((each for each in brief.actors if wanted in (each.id, each.name.casefold())), None)
    is_spoken_for = found is not None and found.kind == "person" and found.parent
    return next((each for each in brief.actors if each.id == found.parent), found) if found and is_spoken_for else found


def _holder(brief: Brief, statement: BriefStatement) -> str:
    found = _actor(brief, statement.actor)
    return found.name if found else statement.speaker


def _speaker(brief: Brief, statement: BriefStatement) -> str:
    return _name(brief, statement.actor or "") or statement.speaker or "nobody named"


def _name(brief: Brief, actor: str) -> str:
    return next((each.name for each in brief.actors if each.id == actor), actor)


def _label(brief: Brief, issue: str) -> str:
    return next((each.label for each in brief.issues if each.id == issue), issue)


def _any_name(brief: Brief, wanted: str) -> str:
    return _name(brief, wanted) if any(each.id == wanted for each in brief.actors) else _label(brief, wanted)
