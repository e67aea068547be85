"""``briefgen templates``: for whoever changes how a brief looks and reads."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefgen.cli.complaint import tell_error
from briefgen.cli.options import Config
from briefgen.model.errors import UsageError
from briefgen.terminal import paint, plain, put, say

if TYPE_CHECKING:
    from briefgen.model.brief import Brief
    from briefgen.model.settings import Settings

app = typer.Typer(rich_markup_mode=None)

Name = Annotated[str, typer.Argument(metavar="NAME", help="A file of the list, such as brief.html.j2.", show_default=False)]
Block = Annotated[str, typer.Option(metavar="BLOCK", help="One block of it, such as masthead.", show_default=False)]
House = Annotated[Path | None, typer.Option(metavar="DIR", help="Folder of your own templates.", readable=False)]
COLOURS = {"+": "green", "-": "red", "@": "cyan"}


@app.callback(invoke_without_command=True)
def main(context: typer.Context) -> None:
    """The templates that a brief is made by, and those of your own."""
    if context.invoked_subcommand is None:
        put([context.get_help()])


@app.command("list", short_help="The templates and their blocks.")
def list_templates(templates: House = None, config: Config = None) -> None:
    """The shipped files, the blocks of a brief, and which of them your folder has of its own."""
    from briefgen.styling.listed import listed

    folder = _settings(templates, config).templates
    put(paint(plain(line), style) if style else plain(line) for line, style in listed(Path(folder) if folder else None))


@app.command(short_help="A shipped template, or one block of it.")
def show(name: Name, block: Block = "") -> None:
    """Print a shipped template, or one block of it."""
    from briefgen.styling.shelf import shipped_piece

    put(shipped_piece(name, block).text.splitlines())


@app.command(short_help="Copy a shipped template, or one block of it, into your folder.")
def eject(name: Name, block: Block = "", templates: House = None, config: Config = None) -> None:
    """Copy a shipped template into your folder, to be changed; with --block only one block, in a template that extends ours.

    Nothing of yours is written over. A comment keeps what was copied, so that check can say when that has changed.
    """
    from briefgen.styling.copies import eject as copy

    settings = _settings(templates, config)
    path = copy(_folder(settings), name, block)
    say(f"Wrote {plain(str(path))}")
    if templates:
        say(f'Build with --templates {plain(str(templates))}, or put templates = "{plain(str(templates))}" into briefgen.toml')


@app.command(short_help="How your templates differ from the shipped ones.")
def diff(templates: House = None, config: Config = None) -> None:
    """How your templates differ from the shipped ones: block against block, label against label, file against file."""
    from briefgen.styling.differences import differences

    for line in differences(_folder(_settings(templates, config), must_be_there=True)):
        put([paint(plain(line), *([COLOURS[line[0]]] if line[:1] in COLOURS else []))])


@app.command(short_help="Whether all is in order.")
def check(templates: House = None, config: Config = None) -> None:
    """Read all your templates, render them with a sample and an empty brief, and tell every mistake.

    The status is 3 if there is one. Which copied pieces have changed in the shipped set since is only told.
    """
    from briefgen import pipeline
    from briefgen.styling.report import check as look
    from briefgen.styling.sample import empty, sample

    settings = _settings(templates, config)
    _folder(settings, must_be_there=True)
    report = look(pipeline.house_of(settings), [sample(), empty()])
    for fault in report.faults:
        tell_error(fault)
    put(paint(plain(line), "yellow") for line in report.changed)
    put([plain(report.told)])
    if report.faults:
        raise typer.Exit(report.faults[0].status)


@app.command(short_help="Everything that a template can name.")
def context(
    brief: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A brief.json for the examples; else the last, or a sample.", readable=False),
    ] = None,
    config: Config = None,
) -> None:
    """Every variable, field and filter, with its type, what it is, and an example from a brief."""
    from briefgen import pipeline
    from briefgen.styling.reference import as_lines, reference

    settings = _settings(None, config)
    parts = reference(_brief(brief, settings), pipeline.house_of(settings))
    put(paint(plain(line), style) if style else plain(line).rstrip() for line, style in as_lines(parts))


def _settings(templates: Path | None, config: Path | None) -> Settings:
    from briefgen import config as configuration

    return configuration.override(configuration.load(config), templates=str(templates) if templates else None)


def _folder(settings: Settings, *, must_be_there: bool = False) -> Path:
    """The house's folder; raises ``UsageError`` where none is named."""
    if not settings.templates:
        message = 'say where your templates are: --templates DIR, or templates = "house" in briefgen.toml'
        raise UsageError("no-templates", message)
    if must_be_there and not Path(settings.templates).is_dir():
        raise UsageError("no-templates", "there is no such folder of templates", file=settings.templates)
    return Path(settings.templates)


def _brief(given: Path | None, settings: Settings) -> Brief:
    """The brief that is named, else the last one that was built, else a sample."""
    from briefgen import pipeline
    from briefgen.styling.sample import sample

    last = Path(settings.out, "brief.json")
    return pipeline.read_brief(given or last) if given or last.is_file() else sample()
