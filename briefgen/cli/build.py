"""``briefgen build``: documents in, the brief in the output folder, a few lines for who asked for it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefgen.cli.options import Config, Date, Documents, Jobs, given, tell_skipped
from briefgen.terminal import counted, is_terminal, say

if TYPE_CHECKING:
    from briefgen.pipeline import Watch


def build(
    paths: Documents = None,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Output folder; the default is out.", readable=False)] = None,
    config: Config = None,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="Title of the brief.")] = None,
    as_of: Annotated[str | None, typer.Option(metavar="DATE", help="Day that the brief stands for: 2026-11-16.")] = None,
    week: Annotated[str | None, typer.Option(metavar="WEEK", help="Only documents of a week: 2026-W47.")] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="Only documents from this day on.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="Only documents up to this day.")] = None,
    date: Date = None,
    file_time: Annotated[
        bool, typer.Option("--file-time", help="Date a document by its file's time where nothing else does.")
    ] = False,
    previous: Annotated[
        Path | None, typer.Option(metavar="FILE", help="An earlier brief.json: what changed is told.", readable=False)
    ] = None,
    templates: Annotated[Path | None, typer.Option(metavar="DIR", help="Folder of your own templates.", readable=False)] = None,
    theme: Annotated[
        str | None, typer.Option(metavar="NAME", help="Look of the page; briefgen themes list names them.")
    ] = None,
    formats: Annotated[str | None, typer.Option(metavar="LIST", help="Some of md,html,json; the default is all.")] = None,
    jobs: Jobs = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing when all is well.")] = False,
    no_progress: Annotated[bool, typer.Option("--no-progress", help="No progress bar.")] = False,
) -> None:
    """Make the brief of some documents: brief.md, brief.html and brief.json in the output folder."""
    from briefgen import config as configuration
    from briefgen import pipeline
    from briefgen.cli import show

    settings = configuration.override(
        configuration.load(config),
        out=str(out) if out else None,
        title=title,
        as_of=as_of,
        week=week,
        since=since,
        until=until,
        date=date,
        file_time=file_time or None,
        previous=str(previous) if previous else None,
        templates=str(templates) if templates else None,
        theme=theme,
        formats=tuple(name.strip() for name in formats.split(",")) if formats is not None else None,
        jobs=jobs,
    )
    try:
        with _Progress(wanted=not (quiet or no_progress)) as watch:
            brief = pipeline.build(given(paths, settings), settings, watch)
    except (pipeline.NothingReadError, pipeline.NothingInPeriodError) as nothing:
        tell_skipped(nothing.skipped)
        raise
    if not quiet:
        for line in show.built(brief, Path(settings.out), settings.formats, pipeline.further_files(settings)):
            say(line)


class _Progress:
    """A progress bar while documents are read, only where somebody is looking."""

    def __init__(self, *, wanted: bool) -> None:
        self.stream, self.bar = sys.stderr, None
        self.wanted = wanted and is_terminal(self.stream)

    def __enter__(self) -> Watch | None:
        return self._step if self.wanted else None

    def _step(self, done: int, total: int) -> None:
        width = 30
        filled = width * done // total
        self.stream.write(f"\rReading {'━' * filled}{'─' * (width - filled)} {done} of {counted(total, 'document')} ")
        self.stream.flush()

    def __exit__(self, *_: object) -> None:
        if self.wanted:
            self.stream.write("\r\x1b[K")
            self.stream.flush()
