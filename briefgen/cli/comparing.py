"""``briefgen diff``: two briefs in, what has changed from one to the other out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from briefgen.cli.options import AsJson, Config
from briefgen.model.errors import UsageError
from briefgen.terminal import put, put_json, say


def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="The earlier brief.json.", show_default=False, readable=False)],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The later brief.json.", show_default=False, readable=False)],
    config: Config = None,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print Markdown.")] = False,
    as_json: AsJson = False,
) -> None:
    """What has changed from one brief to another: in words, in Markdown, or as in the brief's JSON."""
    from briefgen import config as configuration
    from briefgen import pipeline
    from briefgen.cli import difference
    from briefgen.model.base import to_json
    from briefgen.render import render_changes
    from briefgen.render.view import view

    if markdown and as_json:
        raise UsageError("two-forms", "say --markdown or --json, not both")
    settings = configuration.load(config)
    compared = pipeline.compare_briefs(pipeline.read_brief(old), pipeline.read_brief(new), settings)
    changes = view(compared).changes
    assert compared.changes
    assert changes
    if not changes.same_rules:
        say("The two briefs were made with different rules or versions: a change may come from there.")
    if as_json:
        put_json([to_json(compared.changes, indent=1)])
    elif markdown:
        put([render_changes(compared, pipeline.house_of(settings)).rstrip("\n")])
    else:
        put(difference.difference(changes, compared.title, compared.as_of, view(compared).sources))
