"""A Brief in, ``brief.json`` out, a piece at a time.

A list is written in parts, so that beside a brief of 30 MB never more than some kilobytes of its JSON are in memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from briefgen.model.base import to_json
from briefgen.model.brief import Brief
from briefgen.unseen import harmless_json

#: So many entries of a list are one piece.
ENTRIES = 20


def json_pieces(brief: Brief) -> Iterator[bytes]:
    """The brief as JSON, indented by one, in UTF-8; what acts where it is printed is escaped."""
    opening = "{\n"
    for field in fields(brief):
        value = getattr(brief, field.name)
        yield f'{opening} "{field.name}": '.encode()
        yield from _list(value, field.type) if isinstance(value, tuple) and value else (_indented(value, field.type),)
        opening = ",\n"
    yield b"\n}\n"


def _list(entries: tuple[object, ...], kind: Any) -> Iterator[bytes]:
    for at in range(0, len(entries), ENTRIES):
        part = _indented(entries[at : at + ENTRIES], kind)
        yield (b"," if at else b"[") + part.removeprefix(b"[").removesuffix(b"\n ]")
    yield b"\n ]"


def _indented(value: object, kind: Any) -> bytes:
    """JSON that stands one deeper; it has line ends only between values."""
    return harmless_json(to_json(value, kind, indent=1)).replace("\n", "\n ").encode()
