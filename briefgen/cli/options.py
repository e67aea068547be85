"""Arguments and options that several commands take, and what is made of them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefgen.model.errors import UsageError
from briefgen.terminal import plain, say

if TYPE_CHECKING:
    from briefgen.model.brief import Skipped
    from briefgen.model.settings import Settings

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
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


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
