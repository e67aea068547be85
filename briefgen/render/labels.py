"""Folders in, all fixed words of a brief out: ``labels.toml`` of the shipped set, overlaid with a house's own.

Words stand in one file, so that a brief can be translated or reworded without touching a template. A house file holds
only what differs; tables are merged key by key.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from briefgen.model.errors import TemplateError

NAME = "labels.toml"


class Words:
    """A table of labels: ``words.name`` or ``words["name"]``. It has no methods, so a label may have any name."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self.__dict__.update({name: Words(value) if isinstance(value, dict) else value for name, value in table.items()})

    def __getitem__(self, name: str) -> Any:
        return self.__dict__[name]

    def __contains__(self, name: object) -> bool:
        return name in self.__dict__


def labels(folders: Sequence[str | Path]) -> Words:
    """The labels of ``folders``, earlier folders first in rank.

    Raises:
        TemplateError: a file is no TOML.
    """
    merged: dict[str, Any] = {}
    for folder in reversed(folders):
        path = Path(folder) / NAME
        if path.is_file():
            merged = _overlaid(merged, _read(path))
    return Words(merged)


def _read(path: Path) -> dict[str, Any]:
    import tomllib

    try:
        return parsed(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise TemplateError("T007", f"cannot be read: {error.strerror}", file=str(path)) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        found = re.search(r"line (\d+)", str(error))
        raise TemplateError("T006", f"not valid TOML: {error}", file=str(path), line=int(found[1]) if found else 0) from None


@lru_cache(maxsize=4)
def parsed(text: str) -> dict[str, Any]:
    """The tables of a file; kept, since both forms read the same one, and nobody changes what is returned."""
    import tomllib

    return tomllib.loads(text)


def _overlaid(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    both = dict(below)
    for key, value in above.items():
        old = both.get(key)
        both[key] = _overlaid(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return both
