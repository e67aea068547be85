"""A Brief and the name of a form in, the text of one file out, through Jinja templates that a house can override.

What templates see is made in ``view`` (types in ``context``); who finds, compiles and guards templates is ``environment``.
A form is an entry of ``FORMATS``: its template and what is done to every text that it prints.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from briefgen.model.brief import Brief
from briefgen.model.series import Edition
from briefgen.model.settings import Series
from briefgen.render.house import House

if TYPE_CHECKING:
    from briefgen.render.context import BriefView
    from briefgen.render.escapes import Escape


class Format(NamedTuple):
    """A form of the brief: its main template and how it escapes texts."""

    template: str
    escape: Escape


FORMATS: dict[str, Format] = {
    "html": Format("brief.html.j2", "page"),
    "md": Format("brief.md.j2", "markdown"),
}
#: What has changed since an earlier brief, by itself.
CHANGES = Format("changes.md.j2", "markdown")

#: The pages of a series.
SERIES: dict[str, Format] = {
    "index": Format("index.html.j2", "page"),
    "feed": Format("feed.xml.j2", "page"),
}


def render(brief: Brief, form: str, house: House | None = None, looked_for: set[str] | None = None) -> str:
    """The brief as text, in the way of a house; the names of the templates that it takes are added to ``looked_for``.

    Raises:
        UsageError: there is no such form.
        TemplateError: a template is wrong; it knows file and line.
    """
    from briefgen.model.errors import UsageError
    from briefgen.render.view import view

    if form not in FORMATS:
        raise UsageError("R001", f"there is no form {form!r}; there are {', '.join(FORMATS)}")
    house = house or House()
    return shown(view(brief, house.most), form, house, looked_for)


def shown(seen: BriefView, form: str, house: House, looked_for: set[str] | None = None) -> str:
    """What templates see of a brief as text, as ``render`` makes it."""
    from briefgen.render.environment import rendered

    template, escape = FORMATS[form]
    return rendered(template, escape, {"brief": seen}, house, looked_for)


def compile_all(house: House) -> int:
    """Compile every template, a house's own and the shipped ones, and return their number; raises ``TemplateError``."""
    from briefgen.render.environment import compiled

    return compiled(house)


def render_series(editions: Sequence[Edition], older: int, series: Series, form: str, house: House | None = None) -> str:
    """A page about the editions of a series, newest first, as text; ``older`` is the number of those that it leaves out.

    Raises ``TemplateError`` as ``render`` does.
    """
    from briefgen.render.archive import archive
    from briefgen.render.environment import rendered

    template, escape = SERIES[form]
    return rendered(template, escape, {"archive": archive(editions, older, series)}, house or House())


def render_changes(brief: Brief, house: House | None = None) -> str:
    """What the brief says of its changes, as Markdown; raises ``TemplateError``."""
    from briefgen.render.environment import rendered
    from briefgen.render.view import view

    alone = (house or House())._replace(sections=("changes",))
    return rendered(CHANGES.template, CHANGES.escape, {"brief": view(brief, alone.most)}, alone)
