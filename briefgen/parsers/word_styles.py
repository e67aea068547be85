"""The styles of a Word document in, what a paragraph is out: heading, list item, quotation, caption, entry of contents.

What is set on the paragraph itself goes before its style, and a style before the one it is based on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from briefgen.parsers.xmltree import Element, attribute, local

HEADING = re.compile(r"(?:heading|überschrift|titre|título|titolo|kop)\s*(\d)\b", re.IGNORECASE)
LISTED = re.compile(r"list (?:bullet|number)(?: (\d))?\b", re.IGNORECASE)
CONTENTS = re.compile(r"(?:toc|table of figures|index|toa)\s*\d?\b", re.IGNORECASE)
#: Styles may be based on each other in a circle.
LONGEST_CHAIN = 12
DEEPEST_HEADING = 6


class Kind(NamedTuple):
    """What a paragraph is; ``level`` is a heading's level (0: none), ``depth`` an item's (0: none)."""

    level: int = 0
    depth: int = 0
    name: str = ""

    @property
    def is_title(self) -> bool:
        """Whether it is the title of the document."""
        return self.name == "title"

    @property
    def is_quote(self) -> bool:
        """Whether it is a block quotation."""
        return self.name in {"quote", "intense quote", "block text"}

    @property
    def is_caption(self) -> bool:
        """Whether it names the table or picture next to it."""
        return self.name.endswith("caption")

    @property
    def is_contents(self) -> bool:
        """Whether it is an entry of a table of contents."""
        return bool(CONTENTS.match(self.name)) and self.name != "toc heading"


class Styles:
    """The styles by their ids."""

    def __init__(self, root: Element | None) -> None:
        found = root.iter() if root is not None else ()
        self._by_id = {attribute(each, "styleId") or "": each for each in found if local(each) == "style"}

    def kind(self, properties: Element | None) -> Kind:
        """What a paragraph with these properties is."""
        own = child(properties, "pStyle")
        chain = list(self._chain(value_of(own) or ""))
        name = next((value_of(child(style, "name")) or "" for style in chain), "").casefold()
        heading, level = HEADING.match(name), self._first(properties, chain, ("outlineLvl",))
        if name == "title":
            return Kind(level=1, name=name)
        if heading or (level is not None and level.isdecimal() and int(level) < 9):
            return Kind(level=min(int(heading[1]) if heading else int(level or 0) + 1, DEEPEST_HEADING), name=name)
        if name == "subtitle":
            return Kind(level=2, name=name)
        return Kind(depth=self._depth(properties, chain, name), name=name)

    def _depth(self, properties: Element | None, chain: list[Element], name: str) -> int:
        number = self._first(properties, chain, ("numPr", "numId"))
        step = self._first(properties, chain, ("numPr", "ilvl"))
        listed = LISTED.match(name) if number != "0" else None
        named = int(listed[1] or 1) if listed else 0
        if number is not None and number != "0":
            return max(named, 1 + (int(step) if step and step.isdecimal() and len(step) == 1 else 0))
        return named

    def _chain(self, identifier: str) -> Iterator[Element]:
        for _ in range(LONGEST_CHAIN):
            style = self._by_id.get(identifier)
            if style is None:
                return
            yield style
            identifier = value_of(child(style, "basedOn")) or ""

    def _first(self, properties: Element | None, chain: list[Element], path: tuple[str, ...]) -> str | None:
        """The value of a setting, on the paragraph or in the nearest style that has it."""
        for holder in (properties, *(child(style, "pPr") for style in chain)):
            for name in path:
                holder = child(holder, name)  # noqa: PLW2901
            if holder is not None:
                return value_of(holder)
        return None


def child(element: Element | None, name: str) -> Element | None:
    """The first child of that name."""
    return next((each for each in element if local(each) == name), None) if element is not None else None


def value_of(element: Element | None) -> str | None:
    """The ``val`` of an element."""
    return attribute(element, "val") if element is not None else None


def is_on(properties: Element | None, name: str) -> bool:
    """Whether a setting that is on by being there is on."""
    found = child(properties, name)
    return found is not None and (value_of(found) or "1") not in {"0", "false", "off", "none"}
