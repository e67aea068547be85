"""The command line: words in, a status out. Data goes to standard output, talk to standard error.

Nothing heavy is imported at the top, since ``briefgen --help`` should answer at once: typer without rich, and each command
imports what it runs. How things look on a terminal is ``show``'s work.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from briefgen import __version__, cli_lexicon
from briefgen.model.errors import BriefgenError, NoSourceError, UnreadableError, UsageError
from briefgen.options import AsJson, Config, Date, Documents
from briefgen.terminal import counted, is_terminal, paint, plain, put, say

if TYPE_CHECKING:
    from pydantic import BaseModel

    from briefgen.model.brief import Skipped
    from briefgen.model.settings import Settings
    from briefgen.pipeline import Watch

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
app.add_typer(cli_lexicon.app, name="lexicon")


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


@app.command(short_help="Make the brief of some documents.")
def build(
    paths: Documents = None,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Output folder; the default is out.", readable=False)] = None,
    config: Config = None,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="Title of the brief.")] = None,
    as_of: Annotated[str | None, typer.Option(metavar="DATE", help="Day that the brief stands for: 2026-11-16.")] = None,
    week: Annotated[str | None, typer.Option(metavar="WEEK", help="Only documents of a week: 2026-W47.")] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="Only documents from this day on.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="Only documents up to this day.")] = None,
    date: Date = None,
    file_time: Annotated[
        bool, typer.Option("--file-time", help="Date a document by its file's time where nothing else does.")
    ] = False,
    previous: Annotated[
        Path | None, typer.Option(metavar="FILE", help="An earlier brief.json: what changed is told.", readable=False)
    ] = None,
    templates: Annotated[Path | None, typer.Option(metavar="DIR", help="Folder of your own templates.", readable=False)] = None,
    formats: Annotated[str | None, typer.Option(metavar="LIST", help="Some of md,html,json; the default is all.")] = None,
    jobs: Annotated[int | None, typer.Option(metavar="N", help="Processes that read documents; the default is 1.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing when all is well.")] = False,
    no_progress: Annotated[bool, typer.Option("--no-progress", help="No progress bar.")] = False,
) -> None:
    """Make the brief of some documents: brief.md, brief.html and brief.json in the output folder."""
    from briefgen import config as configuration
    from briefgen import pipeline, show

    settings = configuration.override(
        configuration.load(config),
        out=str(out) if out else None,
        title=title,
        as_of=as_of,
        week=week,
        since=since,
        until=until,
        date=date,
        file_time=file_time or None,
        previous=str(previous) if previous else None,
        templates=str(templates) if templates else None,
        formats=tuple(name.strip() for name in formats.split(",")) if formats is not None else None,
        jobs=jobs,
    )
    try:
        with _Progress(wanted=not (quiet or no_progress)) as watch:
            brief = pipeline.build(_given(paths, settings), settings, watch)
    except (pipeline.NothingReadError, pipeline.NothingInPeriodError) as nothing:
        _tell_skipped(nothing.skipped)
        raise
    if not quiet:
        for line in show.built(brief, Path(settings.out), settings.formats):
            say(line)


@app.command(short_help="One document as it is read.")
def inspect(
    file: Annotated[Path, typer.Argument(metavar="FILE", show_default=False, readable=False)],
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """One document as it is read: its sections and tables, and what was dropped and why."""
    from briefgen import config as configuration
    from briefgen import listing, pipeline, show, sidecar

    settings = configuration.load(config)
    if os.path.isdir(file):
        raise UsageError("not-a-file", "is a folder: inspect takes one file", file=str(file))
    found, skipped = listing.list_documents([file])
    found = sidecar.described(found)
    for each in skipped:
        raise NoSourceError(each.code, each.reason, file=str(file))
    words = pipeline.load_lexicon(settings.lexicons)
    try:
        read = [pipeline.read_documents(each, words, pipeline.recipe_of(settings)) for each in found]
    except UnreadableError as error:
        raise NoSourceError(error.code, error.message, file=str(file)) from None
    documents = [document for documents in read for document, _ in documents]
    if as_json:
        put(["[" + ",\n".join(document.model_dump_json() for document in documents) + "]"])
    else:
        put(line for document in documents for line in show.document(document))


@app.command(short_help="What each document says.")
def extract(
    paths: Documents = None,
    date: Date = None,
    config: Config = None,
    jobs: Annotated[int | None, typer.Option(metavar="N", help="Processes that read documents; the default is 1.")] = None,
    as_json: AsJson = False,
) -> None:
    """What each document says, before comparison; with --json one document a line (JSON Lines)."""
    from briefgen import config as configuration
    from briefgen import listing, pipeline, show, sidecar
    from briefgen.model.brief import Skipped

    settings = configuration.override(configuration.load(config), jobs=jobs, date=date)
    pipeline.load_lexicon(settings.lexicons)
    chosen = _given(paths, settings)
    found, skipped = listing.list_documents(chosen)
    found = sidecar.described(found)
    _tell_skipped(skipped)
    read = 0
    for result in pipeline.digest_all(found, pipeline.recipe_of(settings), settings.jobs):
        if isinstance(result, Skipped):
            _tell_skipped([result])
            skipped.append(result)
            continue
        read += len(result)
        put(line for digest in result for line in (show.digest_json(digest) if as_json else show.digest(digest)))
    if not read:
        raise pipeline.NothingReadError(chosen, skipped)


@app.command(short_help="Why a line is in the brief.")
def explain(
    id: Annotated[str, typer.Argument(metavar="ID", help="Of a statement, position or proposal.", show_default=False)],
    brief: Annotated[Path, typer.Option(metavar="FILE", help="The brief.json that it stands in.", readable=False)] = Path(
        "out/brief.json"
    ),
    config: Config = None,
) -> None:
    """Why a line is in the brief: its sentence, rule, stance and speaker, with the places of all in documents and lexicons."""
    from briefgen import cache, explanation, lexicon, pipeline
    from briefgen import config as configuration
    from briefgen.editing.catalogue import open_catalogue
    from briefgen.editing.reasons import Reasons
    from briefgen.extract import compile_rules

    made = pipeline.read_brief(brief)
    catalogue = open_catalogue(configuration.load(config).lexicons, cache.folder())
    lines = list(explanation.explanation(made, id, str(brief), Reasons(catalogue, compile_rules(catalogue.lexicon))))
    if made.generator.rules != lexicon.fingerprint(catalogue.lexicon):
        say("These are not the rules that the brief was made with (another --config, or changed since): reasons are by these.")
    put(lines)


@app.command(short_help="The JSON Schema of our files.")
def schema(what: Annotated[Literal["brief", "document", "config"], typer.Argument(show_default=False)]) -> None:
    """The JSON Schema of brief.json, of inspect --json, or of the settings."""
    import json

    from briefgen.model.brief import Brief
    from briefgen.model.document import Document
    from briefgen.model.settings import Settings

    models: dict[str, type[BaseModel]] = {"brief": Brief, "document": Document, "config": Settings}
    put([json.dumps(models[what].model_json_schema(by_alias=True), indent=2)])


def _given(paths: list[Path] | None, settings: Settings) -> list[Path]:
    """The paths of the command line, else those of the settings."""
    chosen = paths or [Path(path) for path in settings.documents]
    if not chosen:
        raise UsageError("no-documents", "say which documents: briefgen build FOLDER, or documents = [...] in briefgen.toml")
    return chosen


def _tell_skipped(skipped: Iterable[Skipped]) -> None:
    for each in skipped:
        say(f"skipped {plain(each.path)}: {plain(each.reason)}")


class _Progress:
    """A progress bar while documents are read, only where somebody is looking."""

    def __init__(self, *, wanted: bool) -> None:
        self.stream, self.bar = sys.stderr, None
        self.wanted = wanted and is_terminal(self.stream)

    def __enter__(self) -> Watch | None:
        return self._step if self.wanted else None

    def _step(self, done: int, total: int) -> None:
        width = 30
        filled = width * done // total
        self.stream.write(f"\rReading {'━' * filled}{'─' * (width - filled)} {done} of {counted(total, 'document')} ")
        self.stream.flush()

    def __exit__(self, *_: object) -> None:
        if self.wanted:
            self.stream.write("\r\x1b[K")
            self.stream.flush()
