"""A TOML file and a model in, a checked value out; a mistake becomes a ``UsageError`` with file, line and nearest right name.

Where a key stands is looked up (``tomlplace``) only when there is something to complain about.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from briefgen.model.errors import UsageError
from briefgen.tomlplace import Location, line_of

Checked = TypeVar("Checked", bound=BaseModel)


DIGEST = 64


class TomlFile(NamedTuple):
    """A file's name as the user knows it, its text, and its data."""

    name: str
    text: str
    data: dict[str, Any]

    def error(self, code: str, message: str, at: Location, *, hint: str = "") -> UsageError:
        """A usage error at the place of the key ``at``."""
        return UsageError(code, message, file=self.name, line=line_of(self.text, at), hint=hint)


def read_kept(paths: Sequence[Path], kept: Path) -> list[TomlFile]:
    """Read TOML files, with their data from the file ``kept`` if that was made of the same texts; else it is made anew.

    ``tomllib`` reads about 2.5 MB a second and ``json`` fifty times that.
    """
    names, texts = [str(path) for path in paths], [path.read_bytes() for path in paths]
    key = hashlib.sha256(b"\0".join(texts)).hexdigest().encode()
    with suppress(OSError, ValueError):
        stored = kept.read_bytes()
        if stored[:DIGEST] == key and stored[DIGEST : 2 * DIGEST] == _digest(stored[2 * DIGEST :]):
            loaded = json.loads(stored[2 * DIGEST :])
            return [TomlFile(name, text.decode(), data) for name, text, data in zip(names, texts, loaded, strict=True)]
    files = [read(path) for path in paths]
    with suppress(OSError, TypeError):
        data = json.dumps([file.data for file in files], ensure_ascii=False).encode()
        kept.parent.mkdir(parents=True, exist_ok=True)
        fresh = kept.with_name(f"{kept.name}.{os.getpid()}")
        fresh.write_bytes(key + _digest(data) + data)
        fresh.replace(kept)
    return files


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode()


def read(path: Path) -> TomlFile:
    """Read a TOML file; raises ``UsageError`` if it cannot be read or is not TOML."""
    import tomllib  # not needed where all is kept

    try:
        text = path.read_bytes().decode("utf-8")
        return TomlFile(str(path), text, tomllib.loads(text))
    except OSError as error:
        raise UsageError("unreadable", f"cannot be read: {error.strerror}", file=str(path)) from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise UsageError("not-utf-8", "is not UTF-8, as TOML must be", file=str(path), line=line) from None
    except tomllib.TOMLDecodeError as error:
        raise _syntax_error(path, str(error)) from None
    except RecursionError:
        raise UsageError("toml", "is nested too deep", file=str(path)) from None


def _syntax_error(path: Path, message: str) -> UsageError:
    """``"Invalid value (at line 3, column 9)"`` with the place taken out of the words."""
    place = re.search(r" \(at line (\d+), column (\d+)\)$", message)
    if not place:
        return UsageError("toml", message, file=str(path))
    return UsageError("toml", message[: place.start()], file=str(path), line=int(place[1]), column=int(place[2]))


def check(file: TomlFile, model: type[Checked], under: Sequence[str] = ()) -> Checked:
    """Validate the table ``under`` of a file; the first mistake is raised, the one that stands highest in the file."""
    data = file.data
    for name in under:
        data = data[name]
    try:
        return model.model_validate(data)
    except ValidationError as error:
        faults = [_usage_error(file, model, under, detail) for detail in error.errors(include_url=False)]
        raise min(faults, key=lambda fault: fault.line) from None


def _usage_error(file: TomlFile, model: type[BaseModel], under: Sequence[str], detail: ErrorDetails) -> UsageError:
    place, kind = tuple(detail["loc"]), detail["type"]
    where = [*under, *place]
    entry = _entry(file.data, where)
    if kind == "extra_forbidden":
        known = _keys(model, place[:-1])
        return file.error("unknown-key", f"unknown key {str(place[-1])!r}{entry}", where, hint=nearest(str(place[-1]), known))
    if kind == "missing":
        return file.error("missing-key", f"the key {str(place[-1])!r} is missing{entry}", where[:-1])
    key = next((part for part in reversed(place) if isinstance(part, str)), "")
    if kind in ("literal_error", "enum"):
        choices = re.findall(r"'([^']*)'", (detail.get("ctx") or {}).get("expected", ""))
        hint = nearest(str(detail["input"]), choices)
        message = f"{key}: {detail['input']!r} is not one of {', '.join(choices)}{entry}"
        return file.error("bad-value", message, where, hint=hint)
    return file.error("bad-value", f"{key}: {in_words(detail)}{entry}", where)


def in_words(detail: ErrorDetails) -> str:
    """What pydantic complains about, to stand after a key: ``input should be greater than or equal to 1``."""
    message = detail["msg"].removeprefix("Value error, ")
    return message[:1].lower() + message[1:]


def _entry(data: Any, place: Location) -> str:
    """`` in [[actor]] "ru"`` for a place inside an array of tables."""
    for at, part in enumerate(place):
        if isinstance(part, int) and isinstance(data, list) and part < len(data) and isinstance(data[part], dict):
            name = data[part].get("id")
            return f" in [[{'.'.join(str(step) for step in place[:at])}]]" + (f" {name!r}" if name else f" number {part + 1}")
        data = data.get(part) if isinstance(data, dict) else None
    return ""


def _keys(model: type[BaseModel], place: Location) -> list[str]:
    """The keys that are right at ``place``, following nested models and arrays of them."""
    current = model
    for part in place:
        if isinstance(part, int):
            continue
        inner = _inner_model(current.model_fields[part].annotation)
        if inner is None:
            return []
        current = inner
    return list(current.model_fields)


def _inner_model(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_inner_model(inner) for inner in getattr(annotation, "__args__", ()))
    return next((model for model in found if model), None)


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name that looks most like ``name``; empty if none does."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(name, sorted(known), 1, 0.6)), "")
