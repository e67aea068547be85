"""A value that a template prints in, the same value fit for its file out: one way of escaping for each kind of file.

The environment applies them to everything that is printed, so no template can forget them; what is ``Markup`` is a template's
own text and stays. Numbers stay everywhere. Texts come out cleaned of control characters and, but in pages, on one line.

Known limit: a CSV cell that a text makes is one whole printed value; parts of a cell must be joined (``~``) before.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, Literal

from markupsafe import Markup

from briefgen.render.filters import BLANKS, clean, markdown_text, page_text

Escape = Literal["page", "markdown", "csv", "tex", "text", "json"]

#: How texts are escaped in a file, by the end of its name.
BY_EXTENSION: dict[str, Escape] = {
    "html": "page",
    "htm": "page",
    "xhtml": "page",
    "xml": "page",
    "svg": "page",
    "md": "markdown",
    "csv": "csv",
    "tsv": "csv",
    "tex": "tex",
    "txt": "text",
    "json": "json",
}

#: What a spreadsheet takes for the start of a formula, also in the wide forms of East Asian type.
FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")
#: What TeX takes for more than a letter, as TeX that prints it.
TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\char34{}",
    "`": r"\textasciigrave{}",
    "[": "{[}",
    "]": "{]}",
}
TEX_MARKS = re.compile("[" + re.escape("".join(TEX)) + "]")


def line(text: str) -> str:
    """``text`` on one line, without control characters."""
    return BLANKS.sub(" ", clean(text))


def csv_cell(text: str) -> str:
    """``text`` as a cell in quotation marks; what would be a formula begins with an apostrophe."""
    bare = line(text)
    return '"' + ("'" if FORMULA.match(bare) else "") + bare.replace('"', '""') + '"'


def tex(text: str) -> str:
    """``text`` so that TeX prints it as it is, within a paragraph or an argument."""
    return TEX_MARKS.sub(lambda found: TEX[found[0]], line(text))


def plain_json(value: object, **options: Any) -> str:
    """``value`` as JSON; what templates see of a brief becomes objects with its fields."""
    return json.dumps(_with_names(value), **options)


def _with_names(value: object) -> object:
    if hasattr(value, "_asdict"):
        return {name: _with_names(each) for name, each in value._asdict().items()}
    return [_with_names(each) for each in value] if isinstance(value, (list, tuple)) else value


def _of_texts(escape: Callable[[str], str]) -> Callable[[object], Markup]:
    def escaped(value: object) -> Markup:
        return Markup(value if isinstance(value, (Markup, int, float)) else escape(str(value)))

    return escaped


def _json(value: object) -> Markup:
    return value if isinstance(value, Markup) else Markup(plain_json(value))


ESCAPES: dict[Escape, Callable[[object], str]] = {
    "page": page_text,
    "markdown": markdown_text,
    "csv": _of_texts(csv_cell),
    "tex": _of_texts(tex),
    "text": _of_texts(line),
    "json": _json,
}
