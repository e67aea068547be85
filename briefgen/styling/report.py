"""A house in, the report of ``templates check`` out: every mistake, and which copied pieces are no longer what is shipped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from briefgen.model.brief import Brief
from briefgen.model.errors import TemplateError
from briefgen.render.house import House
from briefgen.render.trial import faults
from briefgen.styling.copies import Copy, copies
from briefgen.styling.shelf import house_files
from briefgen.terminal import counted


class Report(NamedTuple):
    """``changed`` are lines, one for each copied piece that is shipped otherwise now; ``told`` says what was looked at."""

    faults: tuple[TemplateError, ...]
    changed: tuple[str, ...]
    told: str


def check(house: House, briefs: Sequence[Brief]) -> Report:
    """Read all templates of a house and render them with each of ``briefs``."""
    files = [path for folder in house.folders for path in house_files(Path(folder))]
    copied = [copy for folder in house.folders for copy in copies(Path(folder))]
    wrong = tuple(faults(house, briefs))
    changed = tuple(_changed(copied))
    looked = f"{counted(len(files), 'file')} looked at, tried with {counted(len(briefs), 'brief')}"
    states = f"{counted(len(wrong), 'mistake') if wrong else 'no mistakes'}; {_states(copied, changed)}"
    return Report(wrong, changed, f"{looked}: {states}.")


def _changed(copied: Sequence[Copy]) -> Iterator[str]:
    for copy in copied:
        place = f"{copy.path}:{copy.line}"
        if copy.now is None:
            yield f"{place}: {copy.called} is no longer shipped (copied from briefgen {copy.version})"
        elif copy.has_changed:
            yield (
                f"{place}: {copy.called} has changed since briefgen {copy.version}; see `briefgen templates diff`, and put "
                f"{copy.now.digest} in the place of {copy.digest} when yours is up to date"
            )


def _states(copied: Sequence[Copy], changed: Sequence[str]) -> str:
    if not copied:
        return "nothing copied"
    copies_ = counted(len(copied), "copied piece")
    return f"{copies_}, {len(changed)} changed since" if changed else f"{copies_}, as shipped"
