"""A template's source in, its tree out, in which every node and every mistake knows its place to the character.

Jinja knows lines only. So the same lexer and the same parser are run over tokens that carry, in the place of their line,
their offset in the source: the ``lineno`` of every node and every error is then an offset. It is done only where a house has
templates of its own or where something failed, since it costs as much as parsing does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NoReturn

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.lexer import TokenStream
from jinja2.parser import Parser

#: How blanks around tags are read.
SYNTAX: dict[str, Any] = {"trim_blocks": True, "lstrip_blocks": True, "keep_trailing_newline": True}
TOO_DEEP = "it is nested too deep"
BLANKS = re.compile(r"\s*")
NEWLINE = re.compile(r"\r\n|\r|\n")
UNEXPECTED = re.compile(r" at (\d+)$")
#: What stands between the place that Jinja gives a node and the name that a reader would point at.
BEFORE_NAME = {
    nodes.Getattr: re.compile(r"\.\s*"),
    nodes.Getitem: re.compile(r"\[\s*"),
    nodes.Test: re.compile(r"is\s+(?:not\s+)?"),
    nodes.Block: re.compile(r"block\s+"),
    nodes.FromImport: re.compile(r"from\s+"),
}


def normalized(source: str) -> str:
    """``source`` with the line ends that Jinja's lexer counts with."""
    return NEWLINE.sub("\n", source)


def line_and_column(source: str, offset: int) -> tuple[int, int]:
    """Line and column of an offset, both from 1; columns count characters."""
    return source.count("\n", 0, offset) + 1, offset - source.rfind("\n", 0, offset)


def parse(environment: Environment, source: str, name: str, file: str) -> nodes.Template:
    """The tree of a normalized ``source``; raises ``TemplateSyntaxError``. Offsets are in the place of lines."""
    parser = _Parser(environment, source, name, file)
    try:
        return parser.parse()
    except RecursionError:
        raise TemplateSyntaxError(TOO_DEEP, parser.stream.current.lineno, name, file) from None


def tokens(environment: Environment, source: str, name: str = "", file: str = "") -> Iterator[tuple[int, str, str]]:
    """Offset, kind and text of each token of a normalized ``source``; raises ``TemplateSyntaxError`` with an offset."""
    start = end = 0
    try:
        for _, kind, text in environment.lexer.tokeniter(source, name, file):
            # what the lexer strips before a tag is blank, and it gives no token
            start = end if source.startswith(text, end) else _behind_blanks(source, end)
            end = start + len(text)
            yield start, kind, text
    except TemplateSyntaxError as error:
        message = error.message or ""
        if found := UNEXPECTED.search(message):
            place, message = int(found[1]), message[: found.start()]
            message = "a text that is never closed" if source[place] in "\"'" else message
        else:
            place = start if message.startswith("Missing end") else _behind_blanks(source, end)
        raise TemplateSyntaxError(message, place, name, file) from None


def named(source: str, node: nodes.Node) -> int:
    """The offset that a reader would point at: of an attribute its name, not the dot before it."""
    if isinstance(node, nodes.Call):
        return named(source, node.node)
    if isinstance(node, nodes.Include | nodes.Extends | nodes.Import | nodes.FromImport):
        return node.template.lineno
    before = BEFORE_NAME.get(type(node))
    found = before.match(source, node.lineno) if before else None
    return found.end() if found else node.lineno


class _Parser(Parser):
    """Jinja's parser over placed tokens; a tag that is never closed is told where it is opened."""

    def __init__(self, environment: Environment, source: str, name: str, file: str) -> None:
        super().__init__(environment, "", name, file)
        placed = environment.lexer.wrap(tokens(environment, source, name, file), name, file)
        self.stream = TokenStream(placed, name, file)
        self.opened: list[int] = []

    def parse_statement(self) -> nodes.Node | list[nodes.Node]:
        self.opened.append(self.stream.current.lineno)
        made = super().parse_statement()
        self.opened.pop()
        return made

    def fail_unknown_tag(self, name: str, lineno: int | None = None) -> NoReturn:
        if name.startswith("end") and self._tag_stack:
            self.fail(f"{{% {name} %}} stands where {self._tag_stack[-1]!r} is still open", lineno)
        self.fail(f"there is no tag {name!r}", lineno)

    def fail_eof(self, end_tokens: tuple[str, ...] | None = None, lineno: int | None = None) -> NoReturn:
        if self.opened and end_tokens:
            missing = end_tokens[-1].removeprefix("name:")
            self.fail(f"{self._tag_stack[-1]!r} is never closed: {{% {missing} %}} is missing", self.opened[-1])
        super().fail_eof(end_tokens, lineno)


def _behind_blanks(source: str, at: int) -> int:
    found = BLANKS.match(source, at)
    return found.end() if found else at
