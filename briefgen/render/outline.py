"""The source of a template in, what it extends and where each of its blocks stands out."""

from __future__ import annotations

from typing import NamedTuple

import jinja2

from briefgen.render.faults import syntax_fault
from briefgen.render.places import line_and_column, normalized, tokens


class BlockSource(NamedTuple):
    """A block from its opening to its closing tag, with the line where it begins and the blocks inside it."""

    name: str
    text: str
    line: int
    inner: tuple[str, ...]


class Outline(NamedTuple):
    """``extends`` is empty where a template extends nothing, or something that is only known when it runs."""

    extends: str
    blocks: dict[str, BlockSource]


def outline(text: str, file: str = "") -> Outline:
    """The outline of a template.

    Raises:
        TemplateError: it cannot be read so far as to tell.
    """
    source = normalized(text)
    environment = jinja2.Environment(keep_trailing_newline=True)
    try:
        marks = [token for token in tokens(environment, source, file, file) if token[1] != "whitespace"]
    except jinja2.TemplateSyntaxError as error:
        raise syntax_fault(error, environment, source) from None
    extends = ""
    blocks: dict[str, BlockSource] = {}
    opened: list[tuple[str, int, int]] = []
    for at, (start, kind, _) in enumerate(marks[:-2]):
        tag, argument = marks[at + 1][2], marks[at + 2]
        if kind != "block_begin":
            continue
        if tag == "extends" and argument[1] == "string":
            extends = argument[2][1:-1]
        elif tag == "block":
            opened.append((argument[2], start, len(blocks)))
        elif tag == "endblock" and opened:
            name, begun, before = opened.pop()
            end = next(token for token in marks[at + 1 :] if token[1] == "block_end")
            whole = source[begun : end[0] + len(end[2].rstrip())]
            blocks[name] = BlockSource(name, whole, line_and_column(source, begun)[0], tuple(blocks)[before:])
    return Outline(extends, dict(sorted(blocks.items(), key=lambda each: each[1].line)))
