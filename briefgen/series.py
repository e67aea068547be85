"""A week's documents in, its edition of the series out: the folder of the week, the archive page and the feed.

``OUT/2026-W47`` is replaced as one, as any brief is; then ``OUT/index.html`` and ``OUT/feed.xml`` are, each in one step. They
are made of nothing but the ``brief.json`` files of the newest editions, so they are the same bytes in whatever order the weeks
were built, and a build that was interrupted before them is made good by the next one. No edition but the one that is built
is ever written to.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from briefgen import output, period, pipeline
from briefgen.digesting import Watch
from briefgen.model.base import Note
from briefgen.model.brief import Brief
from briefgen.model.errors import UsageError
from briefgen.model.series import Edition
from briefgen.model.settings import Series, Settings, checked_week

if TYPE_CHECKING:
    from briefgen.store import Store

#: The pages of a series, by the form that they are rendered in.
PAGES = {"index": "index.html", "feed": "feed.xml"}
#: The folder beside the editions that a preview is made in; being no week, it is none of them.
PREVIEW = "preview"


class Built(NamedTuple):
    """A brief and its folder.

    In a series also the editions that could not be read, the later weeks that were compared with another state of this one,
    and how many documents belong to other weeks.
    """

    brief: Brief
    folder: Path
    unreadable: tuple[Edition, ...] = ()
    outdated: tuple[str, ...] = ()
    elsewhere: int = 0


def build(paths: Sequence[Path], settings: Settings, watch: Watch | None = None, store: Store | None = None) -> Built:
    """Make the edition of a week where there is a ``[series]`` and a week is asked for, else the brief of all documents.

    Raises what ``pipeline.build`` raises; whatever it is, what was there is untouched.
    """
    if settings.series and settings.week:
        return _build_edition(paths, settings, settings.series, settings.week, watch, store)
    return Built(pipeline.build(paths, settings, watch, store), Path(settings.out))


def for_preview(settings: Settings) -> Settings:
    """The settings of a preview: that of an edition is made in a folder of its own, so that no edition is touched by it."""
    if not settings.series:
        return settings
    shelf = Path(settings.out)
    chosen = _for_edition(settings, settings.series, settings.week) if settings.week and shelf.is_dir() else settings
    return chosen.model_copy(update={"out": str(shelf / PREVIEW)})


def weeks(shelf: Path) -> list[str]:
    """The weeks that have an edition below ``shelf``, oldest first."""
    return sorted(name for name in os.listdir(shelf) if _is_week(name) and _files(shelf / name))


def read(shelf: Path, week: str) -> Edition:
    """The edition of a week; one that cannot be read says why."""
    files = tuple(_files(shelf / week))
    try:
        return Edition(week=week, files=files, brief=pipeline.read_brief(shelf / week / "brief.json"))
    except UsageError as error:
        return Edition(week=week, files=files, fault=Note(code=error.code, message=error.message))


def _build_edition(
    paths: Sequence[Path], settings: Settings, series: Series, week: str, watch: Watch | None, store: Store | None
) -> Built:
    if "json" not in settings.formats:
        raise UsageError("series-needs-json", "a series is made of its brief.json files: add json to formats")
    pipeline.check(paths, settings)
    shelf = Path(settings.out)
    with output.hold(shelf) as whole, output.hold(shelf / week) as held:
        _refuse_strangers(shelf)
        before = _content(shelf / week / "brief.json")
        made = pipeline.make(paths, _for_edition(settings, series, week), watch, store)
        brief = _without_other_weeks(made)
        files = pipeline.files_of(brief, settings, store)
        edition = Edition(week=week, files=tuple(sorted(filter(_is_of_brief, files))), brief=brief)
        editions, older = _listed(shelf, edition, series.keep)
        pages = _pages(editions, older, settings, series)
        output.replace(held, files)
        for name, page in pages.items():
            output.put(whole, name, page)
    later = [each for each in weeks(shelf) if each > week] if files["brief.json"] != before else []
    unreadable = tuple(each for each in editions if each.fault)
    return Built(brief, shelf / week, unreadable, tuple(later), len(made.skipped) - len(brief.skipped))


def _refuse_strangers(shelf: Path) -> None:
    """Pages beside no edition are somebody else's."""
    for page in PAGES.values():
        if not weeks(shelf) and os.path.lexists(shelf / page):
            raise output.not_ours(shelf / page)


def _for_edition(settings: Settings, series: Series, week: str) -> Settings:
    """The settings of one edition: a title of its own, and the newest earlier edition to compare with."""
    chosen: dict[str, str] = {}
    if settings.title == Settings().title:
        chosen["title"] = f"{series.name}, {week}"
    if not settings.previous and (previous := next(_readable_before(Path(settings.out), week), None)):
        chosen["previous"] = str(Path(settings.out) / previous / "brief.json")
    return settings.model_copy(update=chosen)


def _readable_before(shelf: Path, week: str) -> Iterator[str]:
    """The earlier weeks whose edition can be read, newest first."""
    return (each for each in reversed(weeks(shelf)) if each < week and read(shelf, each).brief)


def _without_other_weeks(brief: Brief) -> Brief:
    """The brief without the documents that are dated in other weeks: they come and go, and are other editions' own."""
    return replace(brief, skipped=tuple(each for each in brief.skipped if each.code != period.OUTSIDE))


def _listed(shelf: Path, edition: Edition, keep: int) -> tuple[list[Edition], int]:
    """The newest ``keep`` editions, ``edition`` as it will be among them, newest first; and how many older ones there are."""
    every = sorted({*weeks(shelf), edition.week}, reverse=True)
    return [edition if week == edition.week else read(shelf, week) for week in every[:keep]], len(every[keep:])


def _pages(editions: Sequence[Edition], older: int, settings: Settings, series: Series) -> dict[str, bytes]:
    from briefgen.render import render_series

    house = pipeline.house_of(settings)
    return {name: render_series(editions, older, series, form, house).encode("utf-8") for form, name in PAGES.items()}


def _files(folder: Path) -> list[str]:
    return sorted(filter(_is_of_brief, os.listdir(folder))) if folder.is_dir() else []


def _is_of_brief(name: str) -> bool:
    return name.startswith("brief.")


def _is_week(name: str) -> bool:
    try:
        return bool(checked_week(name))
    except ValueError:
        return False


def _content(file: Path) -> bytes:
    return file.read_bytes() if file.is_file() else b""
