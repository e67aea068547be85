"""The command line: words in, a status out. Data goes to standard output, talk to standard error.

Nothing heavy is imported at the top, since ``briefgen --help`` should answer at once: typer without rich, and each command
imports what it runs. How things look on a terminal is ``show``'s work.
"""

from __future__ import annotations

from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from briefgen import __version__
from briefgen.cli import build, cache, comparing, correcting, export, lexicon, live, reading, setting_up, templates, themes
from briefgen.cli.complaint import tell_error
from briefgen.model.errors import BriefgenError
from briefgen.terminal import plain, put, say


class Group(TyperGroup):
    """The commands. A ``--help`` that is not given is False at once: to find that out, Typer would import Pydantic."""

    def get_help_option(self, ctx: Any) -> Any:
        """The option ``--help``."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.default = False
        return option


app = typer.Typer(cls=Group, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
app.command("build", short_help="Make the brief of some documents.")(build.build)
app.command("watch", short_help="Make it anew when files change.")(live.watch)
app.command("serve", short_help="The same, shown in the browser.")(live.serve)
app.command("export", short_help="A finished brief in another form.")(export.export)
app.command("init", short_help="A folder to begin with.")(setting_up.init)
app.command("doctor", short_help="Whether all is in order.")(setting_up.doctor)
app.command("inspect", short_help="One document as it is read.")(reading.inspect)
app.command("extract", short_help="What each document says.")(reading.extract)
app.command("explain", short_help="Why a line is in the brief.")(reading.explain)
app.command("correct", short_help="Correct a line of the brief, for good.")(correcting.correct)
app.command("diff", short_help="What changed from one brief to another.")(comparing.diff)
app.add_typer(lexicon.app, name="lexicon", short_help="The words and rules that documents are read by.")
app.add_typer(templates.app, name="templates", short_help="The templates that a brief is made by.")
app.add_typer(themes.app, name="themes", short_help="The looks that a brief can have.")
app.add_typer(cache.app, name="cache", short_help="What is kept from build to build.")
app.command("schema", short_help="The JSON Schema of our files.")(reading.schema)


def run(arguments: list[str]) -> int:
    """Run a command and return its exit status; the errors of ``briefgen.model.errors`` are told in a few lines."""
    try:
        return app(arguments or ["--help"], prog_name="briefgen", standalone_mode=False) or 0
    except BriefgenError as error:
        tell_error(error)
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


def _version(wanted: bool) -> None:
    if wanted:
        put([f"briefgen {__version__}"])
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False,
) -> None:
    """A folder of documents in, a comparative brief out: who holds what position on which issue, every line a quotation."""
