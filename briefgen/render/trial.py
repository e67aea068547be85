"""A house and some briefs in, every mistake in its templates out: all are read, and those that make a file are rendered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from briefgen.model.brief import Brief
from briefgen.model.errors import TemplateError
from briefgen.model.series import Edition
from briefgen.model.settings import Series
from briefgen.render import CHANGES, FORMATS, SERIES
from briefgen.render.archive import archive
from briefgen.render.checks import check
from briefgen.render.environment import house_values, open_environment, rendered
from briefgen.render.escapes import BY_EXTENSION, Escape
from briefgen.render.extras import extra_outputs
from briefgen.render.faults import Watching, compile_fault
from briefgen.render.house import House
from briefgen.render.mail import LENGTHS, PARTS
from briefgen.render.mail import shown as mail
from briefgen.render.sandbox import Bounded
from briefgen.render.unprinted import unprinted
from briefgen.render.view import view


class Main(NamedTuple):
    """A template that makes a file, and what it shows each time that it is tried."""

    template: str
    escape: Escape
    shown: tuple[Mapping[str, Any], ...]


def faults(house: House, briefs: Sequence[Brief]) -> list[TemplateError]:
    """The mistakes in the templates of a house, by file and line."""
    try:
        found = [fault for main in _mains(house, briefs) for fault in _faults_of(main, house)]
        found += _faults_of_pieces(house)
        found += unprinted(open_environment(Bounded, "page", house))
    except TemplateError as error:  # a file that all need
        found = [error]
    placed = {(fault.file, fault.line, fault.column): fault for fault in reversed(found)}
    return [placed[place] for place in sorted(placed)]


def _mains(house: House, briefs: Sequence[Brief]) -> Iterator[Main]:
    shown = tuple({"brief": view(brief)} for brief in briefs)
    for template, escape in FORMATS.values():
        yield Main(template, escape, shown)
    yield Main(*CHANGES, tuple({"brief": view(brief)} for brief in briefs if brief.changes))
    for template, escape in PARTS:
        yield Main(template, escape, tuple(mail(brief, view(brief), house, "", LENGTHS[0])._asdict() for brief in briefs))
    for name in extra_outputs(house.folders):
        yield Main(f"{name}.j2", BY_EXTENSION[name.rpartition(".")[2].lower()], shown)
    weeks = [brief for brief in briefs if brief.period.label and brief.period.end]
    series = Series(name="A series")
    for template, escape in SERIES.values():
        editions = ([Edition(week=brief.period.label or "", files=("brief.html",), brief=brief)] for brief in weeks)
        yield Main(template, escape, tuple({"archive": archive(each, 0, series)} for each in editions))


def _faults_of(main: Main, house: House) -> Iterator[TemplateError]:
    """Those that show without rendering; if there are none, the first of each rendering."""
    values = {**main.shown[0], **house_values(house)} if main.shown else house_values(house)
    found = check(open_environment(Bounded, main.escape, house), main.template, main.escape == "page", values).faults
    yield from found
    for shown in () if found else main.shown:
        try:
            rendered(main.template, main.escape, shown, house)
        except TemplateError as error:
            yield error


def _faults_of_pieces(house: House) -> Iterator[TemplateError]:
    """What is wrong with the files themselves, also of pieces that nothing uses yet."""
    environment = open_environment(Watching, "page", house._replace(cache=None))
    for folder in house.folders:
        for path in sorted(Path(folder).rglob("*.j2")):
            if fault := compile_fault(environment, path.relative_to(folder).as_posix()):
                yield fault
