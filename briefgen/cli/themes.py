"""``briefgen themes``: for whoever chooses or makes the look of a brief."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from briefgen.cli.options import Config
from briefgen.terminal import paint, plain, put

app = typer.Typer(rich_markup_mode=None)


@app.callback(invoke_without_command=True)
def main(context: typer.Context) -> None:
    """The looks that a brief can have."""
    if context.invoked_subcommand is None:
        put([context.get_help()])


@app.command("list", short_help="The themes that can be named.")
def list_themes(config: Config = None) -> None:
    """The themes of the house and the shipped ones: name, what it is, and the file of one that is the house's own."""
    from briefgen import theme
    from briefgen.render.house import shipped

    found = theme.listed(_folders(config))
    width = max(len(each.name) for each in found)
    for each in found:
        own = "" if each.file.parent == shipped() / "themes" else f" ({plain(str(each.file))})"
        put([f"{paint(plain(each.name).ljust(width), 'bold')}  {plain(each.about)}{own}"])


@app.command(short_help="All tokens of a theme.")
def show(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name of the list, or a file.", show_default=False)],
    config: Config = None,
) -> None:
    """All tokens of a theme as TOML, each with its meaning: a copy of it is a theme to be changed."""
    from briefgen import theme

    put(map(plain, theme.as_toml(theme.tokens(name, _folders(config)))))


def _folders(config: Path | None) -> tuple[str, ...]:
    """The house's folder, where the settings name one."""
    from briefgen import config as configuration

    templates = configuration.load(config).templates
    return (templates,) if templates else ()
