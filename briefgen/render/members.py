"""A value or a type in, what a template may ask of it out: the names behind its dot, and what stands behind each of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from types import NoneType, UnionType
from typing import Any, NamedTuple, Union, get_args, get_origin, get_type_hints

from jinja2.environment import TemplateModule

from briefgen.render.labels import Words


class Exports(NamedTuple):
    """What an imported template holds: macros and values."""

    name: str
    names: frozenset[str]


#: Names of Jinja's that nobody means by mistake.
UNTOLD = frozenset(["caller", "kwargs", "self", "super", "varargs"])
#: What Python calls otherwise than a reader of templates would.
CALLED = {
    "str": "a text",
    "int": "a number",
    "float": "a number",
    "bool": "yes or no",
    "tuple": "a list",
    "list": "a list",
    "LoopContext": "loop",
}


def members(thing: Any) -> tuple[str, Mapping[str, Any]]:
    """What ``thing`` (a type, labels, exports) is called, and its members with their types, None for an unknown one."""
    if isinstance(thing, Words):
        inside = {name: value if isinstance(value, Words) else type(value) for name, value in vars(thing).items()}
        return "this table of labels", inside
    if isinstance(thing, Exports):
        return thing.name, dict.fromkeys(thing.names)
    if hasattr(thing, "_fields"):
        return thing.__name__, _fields(thing)
    base = get_origin(thing) or thing
    name = getattr(base, "__name__", str(base))
    return CALLED.get(name, name), {each: None for each in dir(base) if not each.startswith("_")}


@cache
def _fields(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind)


def seen(value: Any) -> Any:
    """A value as ``members`` takes it."""
    if isinstance(value, TemplateModule):
        return Exports(str(value.__name__), frozenset(name for name in vars(value) if not name.startswith("_")))
    return value if isinstance(value, Words) else type(value)


def plain_type(hint: Any) -> Any:
    """A type without its None; None where it is not one type that is known."""
    if get_origin(hint) in (Union, UnionType):
        known = [each for each in get_args(hint) if each is not NoneType]
        return known[0] if len(known) == 1 else None
    return hint


def element(hint: Any) -> Any:
    """The type of what stands in a list; None if that is unknown."""
    arguments = get_args(hint)
    return plain_type(arguments[0]) if get_origin(hint) is tuple and arguments[1:] == (...,) else None


def nearest(name: str, names: Iterable[str]) -> str:
    """The name that looks most like ``name``; empty if none does."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(name, sorted(set(names) - UNTOLD), 1, 0.65)), "")
