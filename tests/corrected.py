"""Documents, perhaps a second state of them, and a ``corrections.toml`` in one text; the brief that it gives.

``== name`` opens a file, as in the cases of commands; ``== later/...`` files, where there are some, are the week after, and the
corrections are of the week before. ``ID`` of a sentence: ``{st: words}`` in the corrections stands for the id of the statement
that has the words, so that cases can be read; ``{po: ...}``, ``{pr: ...}``, ``{is: label}`` and ``{ac: name}`` likewise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from briefgen.model.brief import Brief
from briefgen.model.settings import Settings
from briefgen.pipeline import build

ID = re.compile(r"\{(st|po|pr|is|ac): ([^}]*)\}")


def files_of(listing: str) -> dict[str, str]:
    entries = (entry.partition("\n") for entry in listing.split("== ")[1:])
    return {name.strip(): body for name, _, body in entries}


def write(folder: Path, files: dict[str, str]) -> None:
    for name, body in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(body, encoding="utf-8")


def corrected(listing: str, folder: Path) -> tuple[Brief, Brief]:
    """The brief before and after the corrections; after, of the later documents where there are some."""
    files = files_of(listing)
    corrections = files.pop("corrections.toml", "")
    later = {name.removeprefix("later/"): body for name, body in files.items() if name.startswith("later/")}
    write(folder / "in", {name: body for name, body in files.items() if not name.startswith("later/")})
    before = build([folder / "in"], Settings(out=str(folder / "before"), corrections=str(folder / "none.toml"))).brief
    write(folder / "later", later)
    write(folder, {"corrections.toml": with_ids(corrections, before)})
    read = folder / ("later" if later else "in")
    return before, build([read], Settings(out=str(folder / "out"), corrections=str(folder / "corrections.toml"))).brief


def with_ids(text: str, brief: Brief) -> str:
    return ID.sub(lambda match: id_of(brief, match[1], match[2]), text)


def id_of(brief: Brief, kind: str, words: str) -> str:
    found = {name for name, text in _texts(brief, kind) if words in text}
    assert len(found) == 1, f"{kind}: {words}: {sorted(found)} of {sorted(_texts(brief, kind))}"
    return found.pop()


def _texts(brief: Brief, kind: str) -> Iterator[tuple[str, str]]:
    if kind == "st":
        names = {actor.id: actor.name for actor in brief.actors}
        yield from ((each.id, f"{names.get(each.actor or '', '')}: {each.refs[0].sentence}") for each in brief.statements)
    elif kind == "po":
        names = {actor.id: actor.name for actor in brief.actors}
        yield from ((each.id, f"{names[each.actor]}: {each.quote}") for each in brief.positions)
    elif kind == "pr":
        yield from ((each.id, each.action) for each in brief.proposals)
    elif kind == "ac":
        yield from ((each.id, each.name) for each in brief.actors)
    else:
        yield from ((each.id, each.label) for each in brief.issues)
