"""Which templates were in order when they were last read, kept between runs.

None is read again while it and all that it leads to are the same. So a change in one of a house's templates costs reading those
that lead to it, and a build without a change reads none.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

import jinja2

from briefgen import __version__
from briefgen.render.labels import NAME as LABELS


def mark_of(template: str, names: Iterable[str], house: Iterable[str], folder: str) -> Path:
    """The file in ``folder`` that says of ``template`` in the folders of a ``house`` what it led to when it was in order.

    ``names`` are those of the values that it shows.
    """
    parts = (__version__, jinja2.__version__, template, *names, *(str(Path(each).absolute()) for each in house))
    digest = _digest("\n".join(parts))
    return Path(folder) / f"checked-{digest}.json"


def is_unchanged(mark: Path, environment: jinja2.Environment) -> bool:
    """Whether everything is as it was when ``keep`` was called."""
    try:
        known = json.loads(mark.read_bytes())
    except (OSError, ValueError):
        return False
    return isinstance(known, dict) and known == digests(known, environment)


def keep(mark: Path, environment: jinja2.Environment, looked_for: Iterable[str]) -> None:
    """Remember the templates that were ``looked_for``, there or not; a folder that cannot be written is no fault."""
    with suppress(OSError):
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.write_text(json.dumps(digests(with_words(looked_for), environment)))


def with_words(names: Iterable[str]) -> list[str]:
    """The names of templates, and those of the words that every template has."""
    return [*names, LABELS, f"default/{LABELS}"]


def digests(names: Iterable[str], environment: jinja2.Environment) -> dict[str, str]:
    """What tells whether the templates of these names, there or not, are the same."""
    return {name: _digest(_source(name, environment)) for name in names}


def _source(name: str, environment: jinja2.Environment) -> str:
    """The text of a template; empty if it is not there."""
    assert environment.loader
    try:
        return environment.loader.get_source(environment, name)[0]
    except jinja2.TemplateNotFound:
        return ""


def _digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=16).hexdigest()
