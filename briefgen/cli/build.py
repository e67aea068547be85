"""``briefgen build``: documents in, the brief in the output folder, a few lines for who asked for it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from briefgen.cli import weekly
from briefgen.cli.options import (
    Config,
    Date,
    Documents,
    Executor,
    FileTime,
    Formats,
    Jobs,
    NoCache,
    Out,
    Previous,
    Scheduler,
    Templates,
    ThemeName,
    given,
    kept,
    tell_skipped,
)
from briefgen.cli.progress import Progress
from briefgen.model.errors import BriefgenError
from briefgen.terminal import plain, put, say

if TYPE_CHECKING:
    from briefgen.model.settings import Settings
    from briefgen.series import Built
    from briefgen.store import Store


def build(
    paths: Documents = None,
    out: Out = None,
    config: Config = None,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="Title of the brief.")] = None,
    as_of: Annotated[str | None, typer.Option(metavar="DATE", help="Day that the brief stands for: 2026-11-16.")] = None,
    week: Annotated[str | None, typer.Option(metavar="WEEK", help="Only documents of a week: 2026-W47, this or last.")] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="Only documents from this day on.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="Only documents up to this day.")] = None,
    date: Date = None,
    file_time: FileTime = False,
    previous: Previous = None,
    templates: Templates = None,
    theme: ThemeName = None,
    formats: Formats = None,
    jobs: Jobs = None,
    executor: Executor = None,
    scheduler: Scheduler = None,
    no_cache: NoCache = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit 1 if anything was found that should be looked at.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one line of JSON about the build.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing when all is well.")] = False,
    no_progress: Annotated[bool, typer.Option("--no-progress", help="No progress bar.")] = False,
) -> None:
    """Make the brief of some documents: brief.md, brief.html and brief.json in the output folder."""
    wanted = {
        "out": str(out) if out else None,
        "title": title,
        "as_of": as_of,
        "week": week,
        "since": since,
        "until": until,
        "date": date,
        "file_time": file_time or None,
        "previous": str(previous) if previous else None,
        "templates": str(templates) if templates else None,
        "theme": theme,
        "formats": tuple(name.strip() for name in formats.split(",")) if formats is not None else None,
        "jobs": jobs,
        "executor": executor,
        "scheduler": scheduler,
    }
    manner = _Manner(strict=strict, as_json=as_json, quiet=quiet, progress=not (quiet or no_progress), cache=not no_cache)
    _build(paths, config, wanted, manner)


class _Manner(NamedTuple):
    """How a build goes, beside its settings: what is told of it, and whether anything is remembered."""

    strict: bool
    as_json: bool
    quiet: bool
    progress: bool
    cache: bool


def _build(paths: list[Path] | None, config: Path | None, wanted: dict[str, Any], manner: _Manner) -> None:
    try:
        settings, built, store = _built(paths, config, wanted, manner)
    except BriefgenError as error:
        tell_skipped(getattr(error, "skipped", ()))
        if manner.as_json:
            put([weekly.failure(error)])
        raise
    found = weekly.findings(built) if manner.strict or manner.as_json else ()
    if manner.as_json:
        put([weekly.summary(built, settings, found, strict=manner.strict)])
    _tell(built, settings, found, store, manner)
    if found and manner.strict:
        raise typer.Exit(1)


def _built(
    paths: list[Path] | None, config: Path | None, wanted: dict[str, Any], manner: _Manner
) -> tuple[Settings, Built, Store | None]:
    from briefgen import config as configuration
    from briefgen import series

    loaded = configuration.load(config)
    wanted["week"] = weekly.named_week(wanted["week"], loaded.week_start)
    settings = configuration.override(loaded, **wanted)
    with kept(settings, not manner.cache) as store, Progress(wanted=manner.progress) as watch:
        return settings, series.build(given(paths, settings), settings, watch, store), store


def _tell(built: Built, settings: Settings, found: Sequence[weekly.Finding], store: Store | None, manner: _Manner) -> None:
    """What a person wants to know; of a quiet build only why it fails."""
    from briefgen import pipeline
    from briefgen.cli import show

    if not manner.quiet:
        further = pipeline.further_files(settings)
        asked = (store.found, store.made) if store else (0, 0)
        screen = show.built(built.made.outcome, built.folder, settings.formats, further, *asked)
        for line in (*screen, *weekly.told(built, settings)):
            say(line)
    if manner.strict:
        for each in found:
            say(f"{each.code}: {plain(each.where)}: {plain(each.reason)}")
