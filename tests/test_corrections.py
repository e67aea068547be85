"""What a person corrects: documents and a ``corrections.toml`` in, what the brief then says out (see ``corrected``)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from casefile import Case, check, parametrize
from corrected import corrected

from briefgen.model.brief import Brief, Correction


@parametrize("corrections")
def test_corrections(case: Case, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    check(case, request, lambda source, info: run(source, info, tmp_path))


def run(source: str, info: str, folder: Path) -> str:
    before, after = corrected(source, folder)
    shown = set(info.split())
    lines = [f"- {line}" for line in _lines(before, shown) if line not in _lines(after, shown)]
    return "\n".join([*lines, *_lines(after, shown), *map(_told, after.corrections)])


def _lines(brief: Brief, shown: set[str]) -> list[str]:
    """What is asked for of a brief."""
    return [line for name, section in SECTIONS.items() if name in shown for line in section(brief)]


def _names(brief: Brief, ids: Iterable[str]) -> str:
    names = {actor.id: actor.name for actor in brief.actors}
    return ", ".join(names[each] for each in ids)


def _label(brief: Brief, wanted: str) -> str:
    return next(issue.label for issue in brief.issues if issue.id == wanted)


def _positions(brief: Brief) -> Iterator[str]:
    for each in brief.positions:
        counts = f"{each.strength.sources}/{each.strength.statements}"
        notes = "".join(f" | note: {note}" for note in each.notes)
        yield f"{_names(brief, [each.actor])} {each.stance} | {_label(brief, each.issue)} | {counts} | {each.quote}{notes}"


def _proposals(brief: Brief) -> Iterator[str]:
    for each in brief.proposals:
        yield f"proposal {each.status} | {_names(brief, each.by)} | {each.action}"


def _issues(brief: Brief) -> Iterator[str]:
    for issue in brief.issues:
        yield f"issue {issue.label}{' !' if issue.contested else ''}"


def _points(brief: Brief) -> Iterator[str]:
    for point in brief.key_points:
        yield f"{'pinned' if point.pinned else 'point'} {point.text}"


def _contrast(brief: Brief) -> Iterator[str]:
    for agreement in brief.agreements:
        yield f"agree {agreement.what} | {_label(brief, agreement.issue)} | {_names(brief, agreement.actors)}"
    for difference in brief.disagreements:
        sides = (f"{_names(brief, side.actors)} {side.stance}" for side in difference.sides)
        yield f"differ {difference.kind} | {_label(brief, difference.issue)} | {' - '.join(sides)}"


def _sources(brief: Brief) -> Iterator[str]:
    for source in brief.sources:
        yield f"source {source.path}{' unreliable' if source.unreliable else ''}"


SECTIONS: dict[str, Callable[[Brief], Iterator[str]]] = {
    "positions": _positions,
    "proposals": _proposals,
    "issues": _issues,
    "points": _points,
    "contrast": _contrast,
    "sources": _sources,
}


def _told(correction: Correction) -> str:
    nearest = f" (nearest: {correction.nearest})" if correction.nearest else ""
    return f"{correction.line}: {correction.status}: {correction.what}{nearest}"
