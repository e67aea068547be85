"""``briefgen watch`` and ``briefgen serve``: the brief made anew whenever what it is made of changes."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Annotated

import typer

from briefgen.cli.complaint import tell_error
from briefgen.cli.options import Config, Documents, Jobs, NoCache, Out, Templates, ThemeName, given, kept, tell_skipped
from briefgen.model.errors import BriefgenError, UsageError
from briefgen.terminal import counted, plain, put, say

if TYPE_CHECKING:
    from briefgen.live.rebuild import Desk, Rebuilt
    from briefgen.model.settings import Settings

Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say only what is wrong.")]
#: So many changed files are named in a line.
MOST_NAMED = 3


def watch(
    paths: Documents = None,
    out: Out = None,
    config: Config = None,
    templates: Templates = None,
    theme: ThemeName = None,
    jobs: Jobs = None,
    no_cache: NoCache = False,
    quiet: Quiet = False,
) -> None:
    """Make the brief, and again when documents, settings, lexicons or templates change: a line each time. Ctrl-C ends it."""
    with suppress(KeyboardInterrupt), _desk(paths, out, config, templates, theme, jobs, no_cache) as desk:
        _tell(desk.rebuild(), desk.settings, quiet)
        _follow(desk, lambda rebuilt: _tell(rebuilt, desk.settings, quiet))


def serve(
    paths: Documents = None,
    port: Annotated[int, typer.Option(metavar="N", min=0, max=65535, help="Port; 0 takes any free one.")] = 8000,
    out: Out = None,
    config: Config = None,
    templates: Templates = None,
    theme: ThemeName = None,
    jobs: Jobs = None,
    no_cache: NoCache = False,
    quiet: Quiet = False,
) -> None:
    """The same as watch, and the brief is shown on 127.0.0.1: open pages follow. Its address is printed. Ctrl-C ends it."""
    from briefgen import digesting
    from briefgen.live.pages import shown
    from briefgen.live.server import Server

    with (
        suppress(KeyboardInterrupt),
        _desk(paths, out, config, templates, theme, jobs, no_cache, needs_page=True) as desk,
        Server(port) as server,
    ):

        def report(rebuilt: Rebuilt) -> None:
            server.show(shown(rebuilt, server.shown))
            _tell(rebuilt, desk.settings, quiet)

        def stand_by() -> None:
            with suppress(BriefgenError):  # of lexicons, which are told of by whoever needs them
                digesting.stand_by(digesting.recipe_of(desk.settings))

        put([server.address])
        sys.stdout.flush()
        report(desk.rebuild())
        server.start()  # whoever came earlier has waited
        _follow(desk, report, stand_by)


@contextmanager
def _desk(
    paths: list[Path] | None,
    out: Path | None,
    config: Path | None,
    templates: Path | None,
    theme: str | None,
    jobs: int | None,
    no_cache: bool,
    needs_page: bool = False,
) -> Iterator[Desk]:
    """Where the brief is made again and again, with the settings of the file and over them what the command line says."""
    from briefgen import config as configuration
    from briefgen import series
    from briefgen.live.rebuild import Desk, Order

    def ask() -> Order:
        settings = configuration.override(
            configuration.load(config),
            out=str(out) if out else None,
            templates=str(templates) if templates else None,
            theme=theme,
            jobs=jobs,
        )
        if needs_page and "html" not in settings.formats:
            raise UsageError("no-page", "a page is shown, so html must be among the formats")
        return Order(given(paths, settings), series.for_preview(settings))

    with kept(ask().settings, no_cache) as store, Desk(ask, config, store) as desk:
        yield desk


def _follow(desk: Desk, report: Callable[[Rebuilt], None], make_ready: Callable[[], None] = lambda: None) -> None:
    """Build after each change and report it, and ``make_ready`` for the next; never returns."""
    pause = Event()  # which nobody sets: waiting for it is sleeping
    while True:
        make_ready()
        if changed := desk.next_change(pause.wait):
            report(desk.rebuild(changed))


def _tell(rebuilt: Rebuilt, settings: Settings, quiet: bool) -> None:
    """A line for a rebuild, or what was wrong with it."""
    if rebuilt.error is not None:
        tell_skipped(getattr(rebuilt.error, "skipped", ()))
        tell_error(rebuilt.error)
    elif not quiet:
        names = [plain(os.path.relpath(path)) for path in rebuilt.changed]
        rest = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
        why = f" after {', '.join(names[:MOST_NAMED])}{rest}" if names else ""
        say(f"Made {plain(settings.out)}{why}: read {rebuilt.read} of {counted(rebuilt.documents, 'document')}.")
