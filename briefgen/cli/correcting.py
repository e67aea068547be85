"""``briefgen correct``: an id and what is wrong with it in, an entry in ``corrections.toml`` out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from briefgen.cli.options import Config, InBrief
from briefgen.model.errors import UsageError
from briefgen.terminal import counted, plain, put, say

if TYPE_CHECKING:
    from briefgen.editing.correcting import Entry


Text = str | None


def correct(
    id: Annotated[
        str,
        typer.Argument(metavar="ID", help="Of a statement, position, proposal, actor, issue or source.", show_default=False),
    ],
    why: Annotated[str, typer.Option(metavar="TEXT", help="Why, for whoever reads the brief.")] = "",
    drop: Annotated[bool, typer.Option("--drop", help="A statement or proposal that is none.")] = False,
    stance: Annotated[Text, typer.Option(metavar="STANCE", help="The stance that it takes.")] = None,
    actor: Annotated[Text, typer.Option(metavar="NAME", help="Who says it.")] = None,
    issue: Annotated[Text, typer.Option(metavar="LABEL", help="What it is about.")] = None,
    status: Annotated[Text, typer.Option(metavar="STATUS", help="Where a proposal stands.")] = None,
    pin: Annotated[bool | None, typer.Option("--pin/--ban", help="Make it a key point, or keep it out of them.")] = None,
    note: Annotated[Text, typer.Option(metavar="TEXT", help="Print a note with a position.")] = None,
    rename: Annotated[Text, typer.Option(metavar="NAME", help="Call an actor or issue so.")] = None,
    join: Annotated[list[str] | None, typer.Option(metavar="ID", help="Take in another actor or issue.")] = None,
    split: Annotated[list[str] | None, typer.Option(metavar="WORDS", help="Take out what has these words.")] = None,
    into: Annotated[Text, typer.Option(metavar="NAME", help="Where that goes which is split.")] = None,
    unreliable: Annotated[bool, typer.Option("--unreliable", help="A source that confirms nothing.")] = False,
    embargo: Annotated[bool, typer.Option("--embargo", help="A source of which nothing may be told.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print the entry, and write nothing.")] = False,
    brief: InBrief = Path("out/brief.json"),
    config: Config = None,
) -> None:
    """Correct a line of the brief: an entry in corrections.toml, beside the settings, that every build applies."""
    asked: dict[str, Any] = {"drop": drop, "stance": stance, "actor": actor, "issue": issue, "status": status, "note": note}
    asked |= {"rename": rename, "join": join, "split": split, "into": into}
    asked["mark"] = "embargoed" if embargo else "unreliable" if unreliable else None
    chosen = {name: value for name, value in asked.items() if value} | ({} if pin is None else {"pin": pin})
    _correct(id, chosen, why, brief, config, dry_run=dry_run)


def _correct(id: str, asked: Mapping[str, Any], why: str, brief: Path, config: Path | None, *, dry_run: bool) -> None:
    from briefgen import config as configuration
    from briefgen import pipeline
    from briefgen.editing.consequences import consequences
    from briefgen.editing.correcting import as_toml, entries, target_of

    made = pipeline.read_brief(brief)
    target = target_of(made, id, str(brief))
    if not why.strip():
        raise UsageError("no-reason", 'say why, for whoever reads the brief: --why "..."')
    found = list(entries(made, target, asked, why))
    path = Path(configuration.load(config).corrections)
    _write(path, found, dry_run=dry_run)
    for line in consequences(made, found):
        say(line)
    if dry_run:
        put(as_toml(found).strip("\n").split("\n"))
    else:
        say(f"Wrote {counted(len(found), 'correction')} to {plain(str(path))}; the next briefgen build applies it.")


def _write(path: Path, found: list[Entry], *, dry_run: bool) -> None:
    """Append the entries, if the file is right with them."""
    import tomllib

    from briefgen import corrections, tomlfile
    from briefgen.editing.correcting import appended, as_toml

    old = tomlfile.read(path).text if path.is_file() else ""
    text = appended(old, as_toml(found))
    if old:
        corrections.checked(tomlfile.read(path))
    try:
        corrections.checked(tomlfile.TomlFile(str(path), text, tomllib.loads(text)))
    except UsageError as error:
        raise UsageError(error.code, f"it would not fit what the file says: {error.message}", file=str(path)) from None
    if not dry_run:
        with path.open("a", encoding="utf-8", newline="") as file:
            file.write(text[len(old) :])
