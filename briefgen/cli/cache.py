"""``briefgen cache``: what is kept from build to build, told and removed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from briefgen.cli.options import AsJson, Config
from briefgen.model.errors import UsageError
from briefgen.terminal import counted, plain, put

if TYPE_CHECKING:
    from briefgen.model.settings import Settings

app = typer.Typer(no_args_is_help=True, help="What documents say is kept, so that each is read once; it may go at any time.")


@app.command(short_help="Where it is, what it holds, how large it is.")
def info(config: Config = None, as_json: AsJson = False) -> None:
    """Where it is, what it holds and how large it is, and how much the last build found there."""
    from briefgen.store import told_of

    settings, folder = _settings(config)
    told = told_of(folder)
    if as_json:
        put([json.dumps({"folder": str(folder), "keep": settings.cache.keep} | (told._asdict() if told else {}))])
        return
    if told is None:
        put([f"Nothing is kept in {plain(str(folder))}."])
        return
    documents, finished = told.kinds.get("document", 0), told.kinds.get("finished", 0)
    put(
        [
            f"{plain(str(folder))}: {told.bytes / 1e6:,.1f} MB of at most {settings.cache.max_mb:,}",
            f"{counted(documents, 'file')} that were read, {counted(finished, 'brief or page', 'briefs and pages')}",
            f"The last build found {told.found:,} of {counted(told.found + told.made, 'file')} there.",
            f"{counted(told.unused, 'entry', 'entries')} it did not need.",
        ]
    )


@app.command(short_help="Remove it.")
def clear(config: Config = None, as_json: AsJson = False) -> None:
    """Remove what is kept; the next build reads every document anew. Wait for builds that run."""
    from briefgen.store import clear

    _, folder = _settings(config)
    size = clear(folder)
    if as_json:
        put([json.dumps({"folder": str(folder), "bytes": size})])
    else:
        put([f"Removed {size / 1e6:,.1f} MB from {plain(str(folder))}."])


def _settings(config: Path | None) -> tuple[Settings, Path]:
    """The settings, and the folder where things are kept; raises ``UsageError`` where there is no place for one."""
    from briefgen import config as configuration
    from briefgen import pipeline

    settings = configuration.load(config)
    folder = pipeline.kept_in(settings)
    if folder is None:
        raise UsageError("no-home", "there is no home folder to keep anything in: set folder in [cache]")
    return settings, folder
