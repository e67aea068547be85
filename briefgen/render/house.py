"""What a house has decided about its briefs, as one value; and where the shipped templates are."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from briefgen.model.settings import SECTIONS
from briefgen.model.theme import Theme
from briefgen.render.abridged import MOST


class House(NamedTuple):
    """A house's own choices; without any, a brief looks as it is shipped.

    ``folders`` hold its templates and come before the shipped ones. ``theme`` is the look of a page.
    ``sections`` are the sections of a brief in their order. ``front_matter`` asks for a head of title, date and counts in
    YAML, where a form has one (Markdown). ``cache`` is a folder of the user's own where compiled templates are kept.
    ``most`` is how many positions a page has.
    """

    folders: tuple[str, ...] = ()
    theme: Theme = Theme()
    sections: tuple[str, ...] = SECTIONS
    front_matter: bool = False
    cache: str | None = None
    most: int = MOST


def shipped() -> Path:
    """The folder of the shipped templates: inside the package in a wheel, beside it in a checkout."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"


def is_shipped(file: str) -> bool:
    """Whether a template is one of ours."""
    return Path(file).parent == shipped()
