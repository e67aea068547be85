"""A house's folder in, how it differs from the shipped set out: block against block, label against label, file against file."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from difflib import unified_diff
from pathlib import Path
from typing import Any

from briefgen.model.errors import UsageError
from briefgen.styling.copies import MARK
from briefgen.styling.shelf import house_files, house_outline, names, read, shipped_piece

LABELS = "labels.toml"


def differences(folder: Path) -> Iterator[str]:
    """The lines of a unified diff, shipped against the house's."""
    for path in house_files(folder):
        if path.name == LABELS:
            yield from _of_labels(path)
        elif path.name not in names():
            yield f"{path}: only in the house"
        elif path.suffix == ".j2" and house_outline(path).extends:
            yield from _of_blocks(path)
        else:
            yield from _diff(shipped_piece(path.name).text, _without_marks(read(path)), path.name, str(path))


def _of_blocks(path: Path) -> Iterator[str]:
    own = house_outline(path)
    file = own.extends.removeprefix("default/")
    inner = {name for block in own.blocks.values() for name in block.inner}
    for name, block in own.blocks.items():
        if name not in inner:
            try:
                shipped = shipped_piece(file, name).text
            except UsageError:
                shipped = ""
            yield from _diff(shipped, block.text, f"{file}, block {name}", f"{path}:{block.line}")


def _of_labels(path: Path) -> Iterator[str]:
    shipped, own = _flat(tomllib.loads(shipped_piece(LABELS).text)), _flat(tomllib.loads(read(path)))
    changed = {name: value for name, value in own.items() if shipped.get(name) != value}
    before = "".join(f"{name} = {shipped[name]}\n" for name in changed if name in shipped)
    yield from _diff(before, "".join(f"{name} = {value}\n" for name, value in changed.items()), LABELS, str(path))


def _flat(table: Mapping[str, Any], head: str = "") -> dict[str, str]:
    """``{"text": {"care": "With care"}}`` -> ``{"text.care": '"With care"'}``."""
    flat: dict[str, str] = {}
    for name, value in table.items():
        flat |= (
            _flat(value, f"{head}{name}.")
            if isinstance(value, dict)
            else {f"{head}{name}": json.dumps(value, ensure_ascii=False)}
        )
    return flat


def _without_marks(text: str) -> str:
    return "".join(line for line in text.splitlines(keepends=True) if not MARK.search(line))


def _diff(shipped: str, own: str, name: str, place: str) -> Iterator[str]:
    lines = unified_diff(shipped.splitlines(), own.splitlines(), f"shipped {name}", place, lineterm="")
    yield from lines
