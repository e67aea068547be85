"""``briefgen export``: a finished ``brief.json`` in, the same brief in another form out."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from briefgen.cli.options import Config, Templates, ThemeName
from briefgen.model.errors import UsageError
from briefgen.terminal import plain, say

if TYPE_CHECKING:
    from briefgen.model.brief import Brief
    from briefgen.model.settings import Settings


def export(
    brief: Annotated[Path, typer.Argument(metavar="BRIEF", help="A brief.json.", readable=False)],
    to: Annotated[str, typer.Option("--to", metavar="FORM", help="md, html, json, email, csv or pdf.")],
    out: Annotated[
        Path | None, typer.Option(metavar="PATH", help="File or folder; the default is beside the brief.", readable=False)
    ] = None,
    config: Config = None,
    templates: Templates = None,
    theme: ThemeName = None,
    browser: Annotated[str | None, typer.Option(metavar="PATH", help="The Chromium that prints a PDF.")] = None,
) -> None:
    """Write a finished brief in another form: a page, tables for a spreadsheet, or a PDF."""
    from briefgen import config as configuration
    from briefgen import pipeline

    own = str(templates) if templates else None
    settings = configuration.override(configuration.load(config), templates=own, theme=theme)
    files = _files(pipeline.read_brief(brief), to, settings, browser)
    for path, data in _places(files, out or brief.parent).items():
        _write(path, data)
        say(f"Wrote {plain(str(path))}")


def _files(brief: Brief, form: str, settings: Settings, browser: str | None) -> dict[str, bytes]:
    from briefgen import browser as printing
    from briefgen import pipeline
    from briefgen.content import whole
    from briefgen.finished import Finished
    from briefgen.model.settings import Form

    forms = (*get_args(Form), "pdf")
    if form not in forms:
        raise UsageError("no-form", f"--to: there is no form {form!r}; there are {', '.join(forms)}")
    pipeline.check((), settings)
    program = printing.find(browser) if form == "pdf" else ""
    wanted = settings.model_copy(update={"formats": ("html" if program else form,)})
    further = pipeline.further_files(wanted)
    files = {
        name: whole(content) for name, content in pipeline.files_of(Finished(brief), wanted).items() if name not in further
    }
    return {"brief.pdf": printing.pdf(files["brief.html"], program)} if program else files


def _places(files: Mapping[str, bytes], out: Path) -> dict[Path, bytes]:
    """Where the files go: into a folder, or, a single one, to a file of the name that was given."""
    is_file = len(files) == 1 and not out.is_dir()
    return {out if is_file else out / name: data for name, data in files.items()}


def _write(path: Path, data: bytes) -> None:
    """Write a file in one step: who looks meanwhile sees the old one or the new."""
    made = path.with_name(f".{path.name}.briefgen")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        made.write_bytes(data)
        made.replace(path)
    except OSError as error:
        with suppress(OSError):
            made.unlink()
        raise UsageError("cannot-write", f"cannot be written: {error.strerror}", file=str(path)) from None
