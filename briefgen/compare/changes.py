"""This week's positions and last week's brief in, what has changed out.

A position with the same id was there before: it is ``strengthened`` when more sources or statements stand behind it. A new
position of an actor that held the opposite on the same issue is ``reversed``; what the new sources do not repeat is
``not_repeated``, which is silence and no retreat.
"""

from __future__ import annotations

from collections.abc import Sequence

from briefgen.model.brief import OTHER_ISSUE, Against, Brief, Change, Changes, Position
from briefgen.model.findings import AGAINST, FOR


def with_changes(positions: Sequence[Position], previous: Brief | None) -> tuple[tuple[Position, ...], Changes | None]:
    """The positions marked with their change, and the summary; nothing of either for a first brief."""
    if not previous:
        return tuple(positions), None
    before = {position.id: position for position in previous.positions}
    marked = tuple(position.model_copy(update={"change": _change(position, before, previous)}) for position in positions)
    return marked, Changes(
        against=Against(title=previous.title, as_of=previous.as_of),
        new=_ids(marked, "new"),
        strengthened=_ids(marked, "strengthened"),
        reversed=_ids(marked, "reversed"),
        unchanged=_ids(marked, "unchanged"),
        not_repeated=tuple(sorted(before.keys() - {position.id for position in positions})),
    )


def _ids(positions: Sequence[Position], change: Change) -> tuple[str, ...]:
    return tuple(position.id for position in positions if position.change == change)


def _change(position: Position, before: dict[str, Position], previous: Brief) -> Change:
    old = before.get(position.id)
    if old:
        is_more = position.strength.sources > old.strength.sources or position.strength.statements > old.strength.statements
        return "strengthened" if is_more else "unchanged"
    if position.issue == OTHER_ISSUE:
        return "new"  # what stands under no issue has nothing that it could reverse
    opposite = AGAINST if position.stance in FOR else FOR if position.stance in AGAINST else frozenset()
    held = (other.stance for other in previous.positions if (other.actor, other.issue) == (position.actor, position.issue))
    return "reversed" if any(stance in opposite for stance in held) else "new"
