"""``briefgen inspect``, ``extract``, ``explain`` and ``schema``: looking at what a brief is made of, and why."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from briefgen.cli.options import AsJson, Config, Date, Documents, InBrief, Jobs, NoCache, given, kept, tell_skipped
from briefgen.model.errors import NoSourceError, UsageError
from briefgen.terminal import put, put_json, say

if TYPE_CHECKING:
    from briefgen.model.document import Document


def inspect(
    file: Annotated[Path, typer.Argument(metavar="FILE", show_default=False, readable=False)],
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """One document as it is read: its sections and tables, and what was dropped and why."""
    from briefgen import config as configuration
    from briefgen import digesting, listing, sidecar
    from briefgen.cli import show
    from briefgen.model.base import to_json
    from briefgen.model.brief import Skipped

    settings = configuration.load(config)
    if os.path.isdir(file):
        raise UsageError("not-a-file", "is a folder: inspect takes one file", file=str(file))
    found, skipped = listing.list_documents([file])
    found = sidecar.described(found)
    for each in skipped:
        raise NoSourceError(each.code, each.reason, file=str(file))
    digesting.load_lexicon(settings.lexicons)  # what is wrong with it is told before a file is read
    documents: list[Document] = []
    for listed in found:
        read = digesting.documents_of(listed, digesting.recipe_of(settings))
        if isinstance(read, Skipped):
            raise NoSourceError(read.code, read.reason, file=str(file))
        documents += read
    if as_json:
        put_json(["[" + ",\n".join(to_json(document) for document in documents) + "]"])
    else:
        put(line for document in documents for line in show.document(document))


def extract(
    paths: Documents = None,
    date: Date = None,
    config: Config = None,
    jobs: Jobs = None,
    no_cache: NoCache = False,
    as_json: AsJson = False,
) -> None:
    """What each document says, before comparison; with --json one document a line (JSON Lines)."""
    from briefgen import config as configuration
    from briefgen import digesting, listing, pipeline, sidecar
    from briefgen.cli import show
    from briefgen.digesting.stored import Stored
    from briefgen.model.brief import Skipped

    settings = configuration.override(configuration.load(config), jobs=jobs, date=date)
    digesting.load_lexicon(settings.lexicons)  # what is wrong with it is told before a file is read
    chosen = given(paths, settings)
    found, skipped = listing.list_documents(chosen, follow_links=settings.follow_links)
    found = sidecar.described(found)
    tell_skipped(skipped)
    read = 0
    with kept(settings, no_cache) as store:
        known = Stored(store) if store is not None else None
        crew = digesting.crew_of(settings)
        for result in digesting.digest_all(found, digesting.recipe_of(settings), crew, known=known):
            if isinstance(result, Skipped):
                tell_skipped([result])
                skipped.append(result)
                continue
            read += len(result)
            if as_json:
                put_json(map(show.digest_json, result))
            else:
                put(line for digest in result for line in show.digest(digest))
    if not read:
        raise pipeline.NothingReadError(chosen, skipped)


def explain(
    id: Annotated[str, typer.Argument(metavar="ID", help="Of a statement, position or proposal.", show_default=False)],
    brief: InBrief = Path("out/brief.json"),
    config: Config = None,
) -> None:
    """Why a line is in the brief: its sentence, rule, stance and speaker, with the places of all in documents and lexicons."""
    from briefgen import config as configuration
    from briefgen import home, lexicon, pipeline
    from briefgen.cli import explanation
    from briefgen.editing.catalogue import open_catalogue
    from briefgen.editing.reasons import Reasons
    from briefgen.extract import compile_rules

    made = pipeline.read_brief(brief)
    catalogue = open_catalogue(configuration.load(config).lexicons, home.cache_folder())
    lines = list(explanation.explanation(made, id, str(brief), Reasons(catalogue, compile_rules(catalogue.lexicon))))
    if made.generator.rules != lexicon.fingerprint(catalogue.lexicon):
        say("These are not the rules that the brief was made with (another --config, or changed since): reasons are by these.")
    put(lines)


def schema(what: Annotated[Literal["brief", "document", "config"], typer.Argument(show_default=False)]) -> None:
    """The JSON Schema of brief.json, of inspect --json, or of the settings."""
    import json

    from briefgen.model.base import schema_of
    from briefgen.model.brief import Brief
    from briefgen.model.document import Document
    from briefgen.model.settings import Settings

    kinds: dict[str, type] = {"brief": Brief, "document": Document, "config": Settings}
    put([json.dumps(schema_of(kinds[what]), indent=2)])
