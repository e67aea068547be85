"""A house's folder in, the list of templates out: the shipped files, the blocks, and what the house has of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from briefgen.styling.shelf import BLOCKS, house_files, house_outline, names

ABOUT = {
    "_archive.html.j2": "pieces of the archive page",
    "_parts.html.j2": "pieces that sections of the page share",
    "_parts.md.j2": "pieces that sections of the Markdown file share",
    "archive.css": "style sheet of the archive page",
    "_changes.html.j2": "pieces that tell on the page what changed",
    "_changes.md.j2": "pieces that tell in Markdown what changed",
    "_email.html.j2": "pieces of the mail",
    "brief.email.html.j2": "the brief as a mail, its page",
    "brief.email.txt.j2": "the brief as a mail, its plain text",
    "brief.html.j2": "the brief as a page",
    "brief.js": "script of the page",
    "brief.md.j2": "the brief in Markdown",
    "changes.md.j2": "what changed from one brief to another, alone",
    "feed.xml.j2": "the feed of a series",
    "index.html.j2": "the archive page of a series",
    "labels.toml": "all fixed words",
    "style.css": "style sheet of the page",
}


def listed(folder: Path | None) -> Iterator[tuple[str, str]]:
    """Lines, each with how it is to look."""
    own = {path.name: path for path in house_files(folder)} if folder and folder.is_dir() else {}
    width = max(map(len, [*names(), *own]))
    yield "Shipped", "bold"
    for name in names():
        place = f" ({own[name]})" if name in own else ""
        yield f"  {name:<{width}}  {ABOUT.get(name, '')}{place}".rstrip(), ""
    if extra := sorted(own.keys() - set(names())):
        yield "Only yours", "bold"
        yield from ((f"  {name:<{width}}  {own[name]}", "") for name in extra)
    yield "Blocks of brief.html.j2 and brief.md.j2, most of them in the mail too", "bold"
    places = dict(_blocks(own))
    width = max(map(len, BLOCKS))
    for name, about in BLOCKS.items():
        place = f" ({places[name]})" if name in places else ""
        yield f"  {name:<{width}}  {about}{place}", ""


def _blocks(own: dict[str, Path]) -> Iterator[tuple[str, str]]:
    """Where the house's own blocks stand, those of all forms in one line."""
    found: dict[str, list[str]] = {}
    for name, path in own.items():
        if name.startswith("brief."):
            for block in house_outline(path).blocks.values():
                found.setdefault(block.name, []).append(f"{path}:{block.line}")
    yield from ((name, ", ".join(places)) for name, places in found.items())
