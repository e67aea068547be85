"""Arguments and options that several commands take, and what is made of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefgen.model.errors import UsageError
from briefgen.terminal import plain, say

if TYPE_CHECKING:
    from briefgen.model.brief import Skipped
    from briefgen.model.settings import Settings
    from briefgen.store import Store

# readable=False: whether a file can be read is found out by reading it, and told in our words
Documents = Annotated[
    list[Path] | None, typer.Argument(metavar="PATH...", help="Files and folders.", show_default=False, readable=False)
]
Config = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Settings; else briefgen.toml in the working folder.", readable=False)
]
Out = Annotated[Path | None, typer.Option(metavar="DIR", help="Output folder; the default is out.", readable=False)]
Templates = Annotated[Path | None, typer.Option(metavar="DIR", help="Folder of your own templates.", readable=False)]
Date = Annotated[str | None, typer.Option(metavar="DATE", help="Date of all documents, over what they say.")]
Executor = Annotated[str | None, typer.Option(metavar="NAME", help="Who reads: processes (the default) or dask.")]
Scheduler = Annotated[str | None, typer.Option(metavar="ADDRESS", help="Where the scheduler of a dask cluster is.")]
Jobs = Annotated[int | None, typer.Option(metavar="N", help="Processes that read documents; the default is 1.")]
InBrief = Annotated[Path, typer.Option(metavar="FILE", help="The brief.json that it stands in.", readable=False)]
Formats = Annotated[
    str | None, typer.Option(metavar="LIST", help="Some of md,html,json,email,csv; the default is the first three.")
]
ThemeName = Annotated[str | None, typer.Option(metavar="NAME", help="Look of the page; briefgen themes list names them.")]
FileTime = Annotated[bool, typer.Option("--file-time", help="Date a document by its file's time where nothing else does.")]
Previous = Annotated[
    Path | None, typer.Option(metavar="FILE", help="An earlier brief.json: what changed is told.", readable=False)
]
NoCache = Annotated[bool, typer.Option("--no-cache", help="Read every document anew, and keep nothing.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@contextmanager
def kept(settings: Settings, no_cache: bool) -> Iterator[Store | None]:
    """What is kept from build to build, None where nothing is to be; at the end it is told if something was amiss with it."""
    from briefgen import pipeline

    store = None if no_cache else pipeline.store_of(settings)
    if store is None:
        yield None
        return
    try:
        yield store
    finally:
        store.close()
        for note in dict.fromkeys(store.notes):
            say(f"note: {plain(note)}")


def given(paths: list[Path] | None, settings: Settings) -> list[Path]:
    """The paths of the command line, else those of the settings."""
    chosen = paths or [Path(path) for path in settings.documents]
    if not chosen:
        raise UsageError("no-documents", "say which documents: briefgen build FOLDER, or documents = [...] in briefgen.toml")
    return chosen


def tell_skipped(skipped: Iterable[Skipped]) -> None:
    """A line of talk for each file that was not read."""
    for each in skipped:
        say(f"skipped {plain(each.path)}: {plain(each.reason)}")
