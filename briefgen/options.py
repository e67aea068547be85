"""Arguments and options that several commands take."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

# readable=False: whether a file can be read is found out by reading it, and told in our words
Documents = Annotated[
    list[Path] | None, typer.Argument(metavar="PATH...", help="Files and folders.", show_default=False, readable=False)
]
Config = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Settings; else briefgen.toml in the working folder.", readable=False)
]
Date = Annotated[str | None, typer.Option(metavar="DATE", help="Date of all documents, over what they say.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
