"""What templates see in, a reference of it out: each name with its type, what it means, and an example from a brief.

Meanings are the ``#:`` comments of ``render/context.py`` and the docstrings of filters, so they are said in one place.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from typing import Any, NamedTuple, get_origin, get_type_hints

from briefgen.model.brief import Brief
from briefgen.model.series import Edition
from briefgen.model.settings import Series
from briefgen.render import archive as series
from briefgen.render import context, view
from briefgen.render import mail as mailing
from briefgen.render.environment import house_values, open_environment
from briefgen.render.house import House
from briefgen.render.members import element, plain_type
from briefgen.render.sandbox import Sandbox

FIELD = re.compile(r"^    (\w+): .+?  #: (.+)$", re.MULTILINE)
TYPES = {str: "text", int: "number", float: "number", bool: "yes or no"}
OTHERS = {Callable: "function", Mapping: "table", tuple: "pair"}
LONGEST = 60
#: Who sees what.
TITLES: dict[type, str] = {
    context.Variables: "Variables",
    mailing.MailVariables: "Variables of the mail",
    series.SeriesVariables: "Variables of the archive and the feed",
}


class Entry(NamedTuple):
    """A name, such as ``brief.title``: its type in words, its meaning, an example or nothing."""

    name: str
    type: str
    meaning: str
    example: str = ""


class Part(NamedTuple):
    """Entries that belong together: the variables, the fields of one type, the filters."""

    title: str
    about: str
    entries: tuple[Entry, ...]


def reference(brief: Brief, house: House) -> list[Part]:
    """Everything that a template can name."""
    mail = mailing.shown(brief, view.view(brief), house, "", mailing.LENGTHS[0])
    kinds: dict[type, Mapping[str, Any]] = {
        context.Variables: {"brief": view.view(brief), **house_values(house)},
        mailing.MailVariables: mail._asdict(),
        series.SeriesVariables: {"archive": _archive(brief)},
    }
    samples: dict[tuple[type, str], Any] = {}
    for values in kinds.values():
        for value in values.values():
            _collect(value, samples)
    return [
        *(Part(TITLES[kind], _about(kind), tuple(_variables(kind, values))) for kind, values in kinds.items()),
        *(Part(kind.__name__, _about(kind), tuple(_fields(kind, samples))) for kind in types_seen()),
        Part("Filters", "What can be done to a value, beside Jinja’s own filters.", tuple(_filters(house))),
    ]


def types_seen() -> list[type]:
    """The types of all that a template can name, and of their fields."""
    return list(dict.fromkeys(each for kind in TITLES for each in _types(kind)))


def _archive(brief: Brief) -> series.ArchiveView | None:
    """A series of one week; none if the brief is of no week."""
    if not (brief.period.label and brief.period.end):
        return None
    edition = Edition(week=brief.period.label, files=("brief.html", "brief.json"), brief=brief)
    return series.archive([edition], 0, Series(name="Herring weekly", base_url="https://example.org/herring/"))


def _variables(kind: type, values: Mapping[str, Any]) -> Iterator[Entry]:
    meanings = meanings_of(kind)
    for name, hint in get_type_hints(kind).items():
        yield Entry(name, _type(hint), meanings[name], _shown(values.get(name)))


def _fields(kind: type, samples: Mapping[tuple[type, str], Any]) -> Iterator[Entry]:
    meanings = meanings_of(kind)
    for name, hint in get_type_hints(kind).items():
        yield Entry(f".{name}", _type(hint), meanings[name], _shown(samples.get((kind, name))))


def _filters(house: House) -> Iterator[Entry]:
    ours = open_environment(Sandbox, "markdown", house).filters
    theirs = Sandbox().filters
    for name, function in sorted(ours.items()):
        if theirs.get(name) is not function and (meaning := inspect.getdoc(function)) and name not in theirs:
            yield Entry(name, "filter", " ".join(meaning.split()).replace("``", ""))


def meanings_of(kind: type) -> dict[str, str]:
    """The meaning of each field, from the comment beside it."""
    return dict(FIELD.findall(inspect.getsource(kind)))


def _types(kind: type) -> Iterator[type]:
    """The types of fields, and of their fields, in the order in which a reader meets them."""
    for hint in get_type_hints(kind).values():
        inner = _inner(hint)
        if hasattr(inner, "_fields"):
            yield inner
            yield from _types(inner)


def _inner(hint: Any) -> Any:
    inner = plain_type(hint)
    while element(inner):
        inner = element(inner)
    return inner


def _type(hint: Any) -> str:
    plain = plain_type(hint)
    if plain is not hint:
        return f"{_type(plain)} or none"
    if element(hint):
        return f"list of {_type(element(hint))}".replace("list of text", "texts").replace("list of number", "numbers")
    return TYPES.get(hint) or OTHERS.get(get_origin(hint)) or hint.__name__


def _about(kind: type) -> str:
    return " ".join((inspect.getdoc(kind) or "").split()).replace("``", "")


def _collect(value: Any, samples: dict[tuple[type, str], Any]) -> None:
    """Keep of each field the first value that says something."""
    if hasattr(value, "_fields"):
        for name in value._fields:
            inside = getattr(value, name)
            samples[type(value), name] = samples.get((type(value), name)) or inside
            _collect(inside, samples)
    elif isinstance(value, tuple):
        for each in value:
            _collect(each, samples)


def _shown(value: Any) -> str:
    """A value on a line; of what has fields of its own, only how many there are."""
    if value is None or value == () or callable(value):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return _short(", ".join(f"{name}: {each}" for name, each in value.items()))
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        if all(isinstance(each, str | int) for each in value):
            return _short(", ".join(map(str, value)))
        return f"{len(value)} of them"
    return "" if hasattr(value, "_fields") else _short(str(value))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1].rstrip() + "…"


def as_lines(parts: list[Part]) -> Iterator[tuple[str, str]]:
    """For a terminal: pairs of a line and how it is to look."""
    for part in parts:
        yield part.title, "bold"
        yield f"  {part.about}", "dim"
        width = max(len(entry.name) for entry in part.entries)
        kind = max(len(entry.type) for entry in part.entries)
        for entry in part.entries:
            yield f"  {entry.name:<{width}}  {entry.type:<{kind}}  {entry.meaning}", ""
            if entry.example:
                yield f"  {'':<{width}}  {'':<{kind}}  {entry.example}", "dim"
        yield "", ""


def as_markdown(parts: list[Part]) -> str:
    """For docs/template-variables.md."""
    lines = list(chain.from_iterable(_section(part) for part in parts))
    return "\n".join(lines).rstrip() + "\n"


def _section(part: Part) -> Iterator[str]:
    yield from (f"## {part.title}", "", part.about, "", "| name | type | what it is | example |", "|---|---|---|---|")
    for entry in part.entries:
        cells = f"`{entry.name}`", entry.type, _cell(entry.meaning), _cell(entry.example)
        yield f"| {' | '.join(cells)} |"
    yield ""


def _cell(text: str) -> str:
    return re.sub(r"([\\|<>*_`\[\]])", r"\\\1", text)
