"""The further files of a house: ``name.ext.j2`` in its folder becomes ``name.ext`` beside the brief.

Left aside are names that begin with ``_`` or ``.`` or have no ``.ext`` (pieces that other templates include), and those of the
shipped set, which are the brief itself. How texts are escaped is told by the end of the name (``escapes``).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from briefgen.model.errors import TemplateError
from briefgen.render.context import BriefView
from briefgen.render.environment import rendered
from briefgen.render.escapes import BY_EXTENSION
from briefgen.render.house import House, shipped

ENDING = ".j2"


def extra_outputs(folders: Sequence[str]) -> dict[str, Path]:
    """The names of the further files and their templates, earlier folders first in rank.

    Raises:
        TemplateError: it is not known how to escape texts in such a file.
    """
    found: dict[str, Path] = {}
    for folder in folders:
        for template in sorted(Path(folder).glob(f"*.*{ENDING}")):
            if template.name[0] not in "_." and template.is_file() and not (shipped() / template.name).exists():
                found.setdefault(template.name.removesuffix(ENDING), template)
    for name, template in found.items():
        if _ending(name) not in BY_EXTENSION:
            known = ", ".join(f".{each}" for each in BY_EXTENSION)
            message = (
                f"how to escape texts in {name!r} is not known: a file can end in {known}; a piece for others begins with _"
            )
            raise TemplateError("T020", message, file=str(template))
        if not name.isprintable():
            raise TemplateError(
                "T020",
                f"{name!r} is no name for a file: some of its letters cannot be printed",
                file=template.parent.as_posix(),
            )
    return found


def render_extras(seen: BriefView, house: House) -> dict[str, str]:
    """The further files by name, of what templates see of a brief.

    Raises:
        TemplateError: a template is wrong, or what should be JSON is none.
    """
    files = {}
    for name, template in extra_outputs(house.folders).items():
        escape = BY_EXTENSION[_ending(name)]
        files[name] = rendered(template.name, escape, {"brief": seen}, house)
        if escape == "json":
            _must_be_json(files[name], template)
    return files


def _ending(name: str) -> str:
    return name.rpartition(".")[2].lower()


def _must_be_json(text: str, template: Path) -> None:
    try:
        json.loads(text)
    except ValueError as error:
        raise TemplateError("T022", f"what it makes is not JSON: {error}", file=str(template)) from None
