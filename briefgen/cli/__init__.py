"""The command line: words in, a status out. Data goes to standard output, talk to standard error.

Nothing heavy is imported at the top, since ``briefgen --help`` should answer at once: typer without rich, and each command
imports what it runs. How things look on a terminal is ``show``'s work.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from briefgen import __version__
from briefgen.cli import build, correcting, lexicon, reading, setting_up, themes
from briefgen.model.errors import BriefgenError
from briefgen.terminal import paint, plain, put, say

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
app.command("build", short_help="Make the brief of some documents.")(build.build)
app.command("init", short_help="A folder to begin with.")(setting_up.init)
app.command("doctor", short_help="Whether all is in order.")(setting_up.doctor)
app.command("inspect", short_help="One document as it is read.")(reading.inspect)
app.command("extract", short_help="What each document says.")(reading.extract)
app.command("explain", short_help="Why a line is in the brief.")(reading.explain)
app.command("correct", short_help="Correct a line of the brief, for good.")(correcting.correct)
app.add_typer(lexicon.app, name="lexicon", short_help="The words and rules that documents are read by.")
app.add_typer(themes.app, name="themes", short_help="The looks that a brief can have.")
app.command("schema", short_help="The JSON Schema of our files.")(reading.schema)


def run(arguments: list[str]) -> int:
    """Run a command and return its exit status; the errors of ``briefgen.model.errors`` are told in a few lines."""
    try:
        return app(arguments or ["--help"], prog_name="briefgen", standalone_mode=False) or 0
    except BriefgenError as error:
        _tell(error)
        return error.status
    except typer.Exit as leave:
        return leave.exit_code
    except typer.Abort:
        raise KeyboardInterrupt from None
    except Exception as error:
        if not hasattr(error, "format_message"):
            raise
        return _tell_wrong_call(error)


def _tell_wrong_call(error: Any) -> int:
    """Complaints of typer itself: the message, and where to read more."""
    command = error.ctx.command_path if getattr(error, "ctx", None) else "briefgen"
    say(f"briefgen: {plain(error.format_message()).replace('Value error, ', '')}")
    say(f"See {command} --help")
    return 2


def _tell(error: BriefgenError) -> None:
    say(paint(plain(str(error) if error.file else f"briefgen: {error}"), "red", stream=sys.stderr))
    if error.file and error.line:
        for line in _excerpt(error):
            say(line)
    if error.hint:
        say(f"  did you mean {error.hint!r}?")


def _excerpt(error: BriefgenError) -> list[str]:
    """The line that is complained about, with a caret below."""
    try:
        line = Path(error.file).read_text(encoding="utf-8").split("\n")[error.line - 1]
    except (OSError, UnicodeDecodeError, IndexError):
        return []
    column = error.column or len(line) - len(line.lstrip()) + 1
    return [f"  {plain(line)}", f"  {' ' * (column - 1)}^"]


def _version(wanted: bool) -> None:
    if wanted:
        put([f"briefgen {__version__}"])
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False,
) -> None:
    """A folder of documents in, a comparative brief out: who holds what position on which issue, every line a quotation."""
