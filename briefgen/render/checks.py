"""A template in, the mistakes that can be told without rendering it out: names and fields that do not exist, also where no
document of today leads; blocks that nobody prints; markup that the page's policy would block.

A template is read with all that it extends, includes and imports. Only templates of a house are complained about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import jinja2
from jinja2 import nodes

from briefgen.model.errors import TemplateError
from briefgen.render.blocked import blocked
from briefgen.render.faults import Told, fault, no_template, syntax_fault
from briefgen.render.house import is_shipped
from briefgen.render.members import Exports, nearest
from briefgen.render.places import SYNTAX, TOO_DEEP, named, normalized, parse
from briefgen.render.reading import Reader, Scope


class Sheet(NamedTuple):
    """A template as it was read: what it extends, the names of its blocks, and all names that it uses."""

    name: str
    file: str
    source: str
    tree: nodes.Template
    extends: nodes.Extends | None
    blocks: frozenset[str]
    names: frozenset[str]


class Checked(NamedTuple):
    """The mistakes in the order in which they are met, and the names of all templates that were looked for."""

    faults: list[TemplateError]
    looked_for: frozenset[str]


def check(environment: jinja2.Environment, template: str, is_page: bool, known: Mapping[str, Any]) -> Checked:
    """What is wrong in ``template`` and all that it leads to; ``known`` are values."""
    checker = Checker(environment, frozenset(known))
    kinds = {name: type(value) if hasattr(value, "_fields") else None for name, value in known.items()}
    try:
        checker.root(template, {**dict.fromkeys(environment.globals), "label": environment.globals["label"], **kinds})
    except RecursionError:
        if not checker.reading:
            raise
        checker.faults.append(TemplateError("T001", TOO_DEEP, file=checker.reading[-1].file))
    if is_page:
        checker.blocked_markup()
    return Checked(checker.faults, frozenset(checker.sources))


class Checker:
    """Reads templates, each with the names that it is given, and collects what is wrong with a house's."""

    def __init__(self, environment: jinja2.Environment, values: frozenset[str]) -> None:
        self.environment, self.values = environment, values
        self.faults: list[TemplateError] = []
        self.told: set[tuple[str, int, int]] = set()
        self.sources: dict[str, tuple[str, str] | None] = {}
        self.sheets: dict[str, Sheet | None] = {}
        self.reading: list[Sheet] = []

    def root(self, name: str, scope: Scope) -> Scope:
        """Read a template on those that it extends; gives the names that they set."""
        sheets = self._chain(name)
        below: Scope = {}
        blocks: dict[str, Scope] = {}
        scope = {**scope, "self": Exports("self", frozenset().union(*(sheet.blocks for sheet in sheets)))}
        for sheet in reversed(sheets):
            self.reading.append(sheet)
            if sheet is not sheets[-1]:
                self._stray_blocks(sheet, blocks)
            below |= Reader(self.environment, below, blocks, self, is_shipped(sheet.file)).read(sheet.tree, scope)
            self.reading.pop()
        return below

    def blocked_markup(self) -> None:
        """Complain of what the policy would block, if what was read has one."""
        sheets = [sheet for sheet in self.sheets.values() if sheet]
        if any("policy" in sheet.names for sheet in sheets):
            for sheet in (each for each in sheets if not is_shipped(each.file)):
                self.reading = [sheet]
                for offset, told in blocked(self.environment, sheet.source):
                    self._complain(offset, told)

    def _stray_blocks(self, sheet: Sheet, known: Iterable[str]) -> None:
        """Complain of blocks that the templates below do not have: nobody would print them."""
        blocks = list(sheet.tree.find_all(nodes.Block))
        inner = {id(each) for block in blocks for each in block.find_all(nodes.Block)}
        for block in blocks:
            if id(block) not in inner and block.name not in known:
                told = f"there is no block {block.name!r} in what this extends, so nobody would print it"
                self.complain(block, Told("T008", told, nearest(block.name, known)))

    def include(self, node: nodes.Include, scope: Scope) -> None:
        """A template stands here, and sees ``scope``."""
        name = self._named(node, node.template, must_be_there=not node.ignore_missing)
        if name:
            self.root(name, scope if node.with_context else self._globals(scope))

    def imported(self, node: nodes.Import | nodes.FromImport, scope: Scope) -> Exports | None:
        """What an imported template holds; None if that is not certain."""
        name = self._named(node, node.template)
        if not name:
            return None
        held = self.root(name, scope if node.with_context else self._globals(scope))
        return Exports(name, frozenset(each for each in held if not each.startswith("_")))

    def complain(self, node: nodes.Node, told: Told, word: str = "") -> None:
        """Something is wrong with ``node``, or with the last ``word`` in it."""
        source = self.reading[-1].source
        place = named(source, node)
        if word and (found := re.compile(rf"[^%]*?\bimport\b[^%]*?\b(?={word}\b)").match(source, place)):
            place = found.end()
        if isinstance(node, nodes.Name) and node.name in self.values:
            told = told._replace(message=f"{told.message} here: this file is imported; import it `with context`")
        self._complain(place, told)

    def _complain(self, offset: int, told: Told) -> None:
        sheet = self.reading[-1]
        made = fault(told, sheet.file, sheet.source, offset)
        place = made.file, made.line, made.column
        if not is_shipped(sheet.file) and place not in self.told:
            self.told.add(place)
            self.faults.append(made)

    def _globals(self, scope: Scope) -> Scope:
        return {name: kind for name, kind in scope.items() if name in self.environment.globals}

    def _chain(self, name: str) -> list[Sheet]:
        """A template, what it extends, what that extends, and so on."""
        sheets: list[Sheet] = []
        sheet = self._sheet(name)
        while sheet and sheet not in sheets:
            sheets.append(sheet)
            self.reading.append(sheet)
            above = self._named(sheet.extends, sheet.extends.template) if sheet.extends else ""
            self.reading.pop()
            sheet = self._sheet(above) if above else None
        return sheets

    def _named(self, node: nodes.Node, template: nodes.Expr, *, must_be_there: bool = True) -> str:
        """The first template of those named that is there; empty if it cannot be told, or is being read already."""
        try:
            wanted = template.as_const()
        except nodes.Impossible:
            return ""
        names = [wanted] if isinstance(wanted, str) else wanted
        found = next((name for name in names if self._is_there(name)), "")
        if not found and must_be_there:
            self.complain(node, no_template(str(names[0]), self.environment))
        if found not in [sheet.name for sheet in self.reading]:
            return found
        if isinstance(node, nodes.Extends):
            self.complain(node, Told("T003", f"{found!r} extends itself, without end", f"default/{found}"))
        return ""

    def _is_there(self, name: str) -> bool:
        return self._source(name) is not None

    def _source(self, name: str) -> tuple[str, str] | None:
        """The text of a template and its file, looked for once; None if it is not there."""
        if name not in self.sources:
            assert self.environment.loader
            try:
                text, file, _ = self.environment.loader.get_source(self.environment, name)
                self.sources[name] = normalized(text), file or name
            except jinja2.TemplateNotFound:
                self.sources[name] = None
        return self.sources[name]

    def _sheet(self, name: str) -> Sheet | None:
        """A template, read once; None if it is not there or cannot be parsed, which is a fault."""
        if name not in self.sheets:
            found = self._source(name)
            try:
                self.sheets[name] = _sheet(self.environment, name, *found) if found else None
            except jinja2.TemplateSyntaxError as error:
                self.sheets[name] = None
                self.faults.append(syntax_fault(error, self.environment, found[0] if found else ""))
        return self.sheets[name]


def _sheet(environment: jinja2.Environment, name: str, source: str, file: str) -> Sheet:
    return _shipped(name, source, file) if is_shipped(file) else _parsed(environment, name, source, file)


@lru_cache(maxsize=16)
def _shipped(name: str, source: str, file: str) -> Sheet:
    """A shipped template, kept: each that a house changes is read with those that it stands on."""
    return _parsed(jinja2.Environment(**SYNTAX), name, source, file)


def _parsed(environment: jinja2.Environment, name: str, source: str, file: str) -> Sheet:
    tree = parse(environment, source, name, file)
    blocks = frozenset(block.name for block in tree.find_all(nodes.Block))
    return Sheet(
        name, file, source, tree, tree.find(nodes.Extends), blocks, frozenset(each.name for each in tree.find_all(nodes.Name))
    )
