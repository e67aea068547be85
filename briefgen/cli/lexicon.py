"""``briefgen lexicon``: for whoever edits the words and rules that documents are read by."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefgen.cli.options import AsJson, Config
from briefgen.terminal import paint, plain, put, put_json, say

if TYPE_CHECKING:
    from briefgen.editing.catalogue import Catalogue

app = typer.Typer(rich_markup_mode=None)


@app.callback(invoke_without_command=True)
def main(context: typer.Context) -> None:
    """The words and rules that documents are read by."""
    if context.invoked_subcommand is None:
        put([context.get_help()])


@app.command("list", short_help="The entries.")
def list_entries(
    kind: Annotated[str | None, typer.Argument(metavar="[KIND]", help="Such as verb or actor.", show_default=False)] = None,
    find: Annotated[str | None, typer.Option(metavar="WORD", help="Only entries that have this word.")] = None,
    config: Config = None,
) -> None:
    """The entries, one a line: file and line, kind, id, what it makes, its words."""
    from briefgen.editing.entries import listed

    lines = list(listed(_catalogue(config), kind, find))
    put(lines)
    if not lines:
        say(f"No entry{f' of the kind {plain(kind)}' if kind else ''} has {plain(find or '')!r}." if find else "No entries.")


@app.command(short_help="Whether all is in order.")
def check(config: Config = None) -> None:
    """Run the examples and counter-examples of all rules, and name entries that get in each other's way.

    The status is 1 if an example fails; conflicts are only told.
    """
    from briefgen.editing.report import check as look

    report = look(_catalogue(config))
    put(paint(plain(str(each)), "red") for each in report.failed)
    put(paint(plain(str(each)), "yellow") for each in report.conflicts)
    put(map(plain, report.told))
    if report.failed:
        raise typer.Exit(1)


@app.command("try", short_help="What is made of a sentence.")
def try_sentence(
    sentence: Annotated[str, typer.Argument(metavar="SENTENCE", help="In quotation marks.", show_default=False)],
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """What each rule makes of a sentence: statements and why, words that gave none, actors, dates, hedges."""
    from briefgen.editing.attempt import attempt

    made = attempt(sentence, _catalogue(config))
    if as_json:
        from briefgen.model.base import to_json

        put_json([to_json(made, indent=1)])
        return
    from briefgen.cli.attempted import attempted

    put(attempted(made))


def _catalogue(config: Path | None) -> Catalogue:
    """The built-in lexicon and the folders that the settings name."""
    from briefgen import config as configuration
    from briefgen import home
    from briefgen.editing.catalogue import open_catalogue

    return open_catalogue(configuration.load(config).lexicons, home.cache_folder())
