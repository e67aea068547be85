"""``briefgen init`` and ``doctor``: a folder to begin with, and whether all is in order."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from briefgen.cli.options import AsJson, Config
from briefgen.terminal import paint, plain, put, say

COLOURS = {"ok": "green", "note": "yellow", "fault": "red"}


def init(
    folder: Annotated[
        Path, typer.Argument(metavar="[DIR]", help="The folder; the default is this one.", show_default=False)
    ] = Path(),
) -> None:
    """Make a folder that builds at once: settings that teach, two weeks of example documents, a lexicon of your own.

    What is there is never written over.
    """
    from briefgen import starter

    written, kept = starter.start(folder)
    for name in written:
        say(f"wrote {plain(str(folder / name))}")
    for name in kept:
        say(f"kept {plain(str(folder / name))}")
    where = "" if folder == Path() else f"cd {plain(str(folder))} && "
    say(f"Next: {where}briefgen build --week 2026-W46, then --week 2026-W47, and open out/index.html in a browser.")


def doctor(config: Config = None, as_json: AsJson = False) -> None:
    """Whether settings, documents, extras, lexicons, templates and the output folder are in order, and what to do if not.

    The status is 1 if there is a fault.
    """
    import json

    from briefgen.doctor import examine

    checks = list(examine(config))
    has_fault = any(check.state == "fault" for check in checks)
    if as_json:
        put([json.dumps({"status": "fault" if has_fault else "ok", "checks": [check._asdict() for check in checks]})])
    else:
        for check in checks:
            advice = f": {plain(check.advice)}" if check.advice else ""
            put([f"{paint(f'{check.state:<5}', COLOURS[check.state])}  {check.name:<9}  {plain(check.message)}{advice}"])
    if has_fault:
        raise typer.Exit(1)
