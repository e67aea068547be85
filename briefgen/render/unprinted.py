"""A house's labels in, those that nothing prints out: of a key that is misspelt, the shipped word would stay, in silence.

A key is right where the shipped labels have it too, and where a template of the house names it: that may be its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import jinja2

from briefgen.model.errors import TemplateError
from briefgen.render.faults import Told, fault
from briefgen.render.house import is_shipped
from briefgen.render.labels import NAME, parsed
from briefgen.render.members import nearest
from briefgen.render.places import normalized
from briefgen.tomlplace import line_of

#: Tables of codes, which take any key.
OPEN = frozenset(["note", "reason", "format"])
KINDS = {"str": "a text", "list": "a list", "dict": "a table"}


class Wrong(NamedTuple):
    """The tables of a key and the key, and what is said of it."""

    key: tuple[str, ...]
    told: Told


def unprinted(environment: jinja2.Environment) -> list[TemplateError]:
    """What is wrong with the labels of a house, in the order of the file."""
    assert environment.loader
    try:
        text, file, _ = environment.loader.get_source(environment, NAME)
    except jinja2.TemplateNotFound:
        return []
    if is_shipped(file or ""):
        return []
    shipped = parsed(environment.loader.get_source(environment, f"default/{NAME}")[0])
    wrong = list(_wrong(parsed(text), shipped, ()))
    named = _named(environment) if wrong else set()
    told = [each for each in wrong if each.told.code == "T013" or each.key[-1] not in named]
    return sorted((_placed(each, file or NAME, normalized(text)) for each in told), key=lambda fault: fault.line)


def _wrong(given: Mapping[str, Any], known: Mapping[str, Any], table: tuple[str, ...]) -> Iterator[Wrong]:
    for key, value in given.items():
        at = (*table, key)
        if key not in known:
            told = f"there is no label {'.'.join(at)!r}, and no template of yours names it"
            yield Wrong(at, Told("T012", told, nearest(key, known)))
        elif type(value) is not type(known[key]):
            yield Wrong(at, Told("T013", f"{'.'.join(at)} should be {KINDS[type(known[key]).__name__]}"))
        elif isinstance(value, dict) and key not in OPEN:
            yield from _wrong(value, known[key], at)


def _named(environment: jinja2.Environment) -> set[str]:
    """All words of the templates of the house."""
    assert environment.loader
    sources = (environment.loader.get_source(environment, name) for name in environment.list_templates(extensions=["j2"]))
    return {word for text, file, _ in sources if not is_shipped(file or "") for word in re.findall(r"\w+", text)}


def _placed(wrong: Wrong, file: str, source: str) -> TemplateError:
    """A fault at its key; a table is placed at its header."""
    line = max(line_of(source, wrong.key), 1)
    start = sum(len(each) + 1 for each in source.split("\n")[: line - 1])
    found = re.compile(rf"""[\s\["']*(?:[^\n]*\.["']?)?(?={re.escape(wrong.key[-1])}\b)""").match(source, start)
    return fault(wrong.told, file, source, found.end() if found else start)
