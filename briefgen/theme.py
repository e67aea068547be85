"""The name of a theme in, the theme out: found in the house or among the shipped ones, whole, checked, its logo read.

``NAME`` is ``themes/NAME.toml`` or ``NAME.toml`` in the house's folder, else a shipped theme; what ends in ``.toml`` is a
path. A theme may name another that it ``extends`` and give only what differs; one that extends its own name builds on the next
of that name, so that a house can change a shipped theme and keep its name. Every mistake of a file is a ``TemplateError``
with file and line, also a pair of colours that is hard to read.
"""

from __future__ import annotations

import os
from base64 import b64encode
from collections.abc import Iterator, Sequence
from contextlib import suppress
from json import dumps
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel

from briefgen import contrast, tomlfile
from briefgen.model.errors import TemplateError, UsageError
from briefgen.model.theme import AS_ANOTHER, Theme
from briefgen.render.house import shipped
from briefgen.tomlfile import TomlFile

TABLES = frozenset(Theme.model_fields) - {"about"}
LARGEST_LOGO = 200_000
PICTURES = {b"\x89PNG\r\n": "png", b"\xff\xd8\xff": "jpeg", b"GIF8": "gif", b"RIFF": "webp"}


class Listed(NamedTuple):
    """A theme that can be named, and its file."""

    name: str
    about: str
    file: Path


def load(name: str, folders: Sequence[str] = ()) -> Theme:
    """The theme with its logo as data; ``folders`` are those of a house.

    Raises:
        UsageError: there is no such theme.
        TemplateError: a file of a theme is wrong.
    """
    theme, chain = _whole(name, folders)
    pictures = {key: _picture(chain, key, value) for key in ("file", "dark") if (value := getattr(theme.logo, key))}
    return theme.model_copy(update={"logo": theme.logo.model_copy(update=pictures)}) if pictures else theme


def tokens(name: str, folders: Sequence[str] = ()) -> Theme:
    """The theme as its files give it; raises as ``load`` does."""
    return _whole(name, folders)[0]


def files(name: str, folders: Sequence[str] = ()) -> list[Path]:
    """The files that a theme is made of and its pictures, there or not; as many as can be told where it is wrong."""
    found: list[Path] = []
    chain: list[TomlFile] = []
    wanted: str | None = name
    with suppress(TemplateError, UsageError):
        while wanted:
            path = _found(wanted, folders, chain)
            found.append(path)
            chain.append(_read(path))
            theme = _checked(chain[-1])
            found += [path.parent / picture for picture in (theme.logo.file, theme.logo.dark) if picture]
            wanted = theme.extends
    return found


def listed(folders: Sequence[str] = ()) -> list[Listed]:
    """The themes that can be named, those of the house first."""
    found: dict[str, Listed] = {}
    for path in (path for place in _places(folders) for path in sorted(place.glob("*.toml"))):
        about = _about(path)
        if about is not None:
            found.setdefault(path.stem, Listed(path.stem, about, path))
    return list(found.values())


def _about(path: Path) -> str | None:
    """What a theme says of itself; None for a file that is no theme, as a house's labels are."""
    try:
        data = _read(path).data
    except TemplateError:
        data = {}
    return str(data.get("about", "")) if path.parent.name == "themes" or data.keys() & TABLES else None


def _places(folders: Sequence[str]) -> list[Path]:
    own = [place for folder in folders for place in (Path(folder) / "themes", Path(folder))]
    return [*own, shipped() / "themes"]


def _whole(name: str, folders: Sequence[str]) -> tuple[Theme, list[TomlFile]]:
    """The theme and the files that make it, its own first."""
    chain: list[TomlFile] = []
    wanted: str | None = name
    while wanted:
        chain.append(_read(_found(wanted, folders, chain)))
        wanted = _checked(chain[-1]).extends
    merged: dict[str, Any] = Theme().model_dump(exclude_none=True)
    for file in reversed(chain):
        merged = _overlaid(merged, file.data)
    theme = Theme.model_validate(merged)
    if any(Path(file.name).parent != shipped() / "themes" for file in chain):
        _must_be_readable(theme, chain)
    return theme, chain


def _found(name: str, folders: Sequence[str], chain: Sequence[TomlFile]) -> Path:
    """The file of the theme ``name`` that is not in the chain yet."""
    below = Path(chain[-1].name).parent if chain else Path()
    files = [below / name] if name.endswith(".toml") else [place / f"{name}.toml" for place in _places(folders)]
    known = {file.name for file in chain}
    for path in files:
        if os.path.isfile(path) and str(path) not in known:
            return path
    names = {each.name for each in listed(folders)}
    there = any(map(os.path.isfile, files))
    message = (
        f"the theme {name!r} builds on itself" if there else f"there is no theme {name!r}; there are {', '.join(sorted(names))}"
    )
    hint = "" if there else tomlfile.nearest(name, names)
    if chain:
        raise _at_template(chain[-1].error("no-theme", message, ["extends"], hint=hint))
    raise UsageError("no-theme", message, hint=hint)


def _read(path: Path) -> TomlFile:
    try:
        return tomlfile.read(path)
    except UsageError as error:
        raise _at_template(error) from None


def _checked(file: TomlFile) -> Theme:
    try:
        return tomlfile.check(file, Theme)
    except UsageError as error:
        raise _at_template(error) from None


def _at_template(error: UsageError) -> TemplateError:
    """The same mistake as one of the look, which has a status of its own."""
    return TemplateError(error.code, error.message, file=error.file, line=error.line, column=error.column, hint=error.hint)


def _overlaid(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    merged = {name: _overlaid(below.get(name, {}), value) for name, value in above.items() if isinstance(value, dict)}
    return {**below, **above, **merged}


def _must_be_readable(theme: Theme, chain: Sequence[TomlFile]) -> None:
    found = list(contrast.faults(theme))
    if not found:
        return
    scheme, pair, _ = found[0]
    table = "dark" if scheme == "dark" else "light"
    named = [token for token in (pair.text, pair.tint, pair.ground) if token]
    token = min(named, key=lambda token: _depth(chain, table, token))
    better = contrast.passing(theme, scheme, token)
    advice = f'the nearest {token} that is enough is "{better}"' if better else f"no lightness of {token} is enough"
    others = f" ({len(found) - 1} more pairs fail)" if len(found) > 1 else ""
    file = chain[min(_depth(chain, table, token), len(chain) - 1)]
    raise _at_template(file.error("contrast", f"{_told(found[0], table)}; {advice}{others}", [table, token]))


def _told(fault: contrast.Fault, table: str) -> str:
    scheme, pair, ratio = fault
    ground = "white paper" if (scheme, pair.ground) == ("print", "paper") else f"{table}.{pair.ground}"
    tinted = f" with the tint of {pair.tint}" if pair.tint else ""
    return f"{table}.{pair.text} on {ground}{tinted} has a contrast of {ratio:.2f}:1, and {pair.least:g}:1 is needed"


def _depth(chain: Sequence[TomlFile], table: str, token: str) -> int:
    """Which file of the chain gives a token, or the one that it follows, counted from the house's own; behind them if none."""
    given = (n for n, file in enumerate(chain) if token in file.data.get(table, {}))
    follows = table in ("light", "dark") and token in AS_ANOTHER
    return next(given, _depth(chain, table, AS_ANOTHER[token]) if follows else len(chain))


def _picture(chain: Sequence[TomlFile], key: str, name: str) -> str:
    """A logo as a data URI."""
    file = chain[_depth(chain, "logo", key)]
    try:
        data = (Path(file.name).parent / name).read_bytes()
    except OSError as error:
        raise _at_template(file.error("no-logo", f"{name} cannot be read: {error.strerror}", ["logo", key])) from None
    if len(data) > LARGEST_LOGO:
        raise _at_template(file.error("large-logo", f"{name} is larger than {LARGEST_LOGO // 1000} KB", ["logo", key]))
    kind = next((kind for magic, kind in PICTURES.items() if data.startswith(magic)), "svg+xml" if b"<svg" in data else "")
    if not kind:
        message = f"{name} is no picture that a page can show: SVG, PNG, JPEG, GIF or WebP"
        raise _at_template(file.error("no-logo", message, ["logo", key]))
    return f"data:image/{kind};base64,{b64encode(data).decode()}"


def as_toml(theme: Theme) -> Iterator[str]:
    """All tokens as TOML, each with its meaning; a copy of it is a theme. What is not given stands there as a comment."""
    yield f"about = {_quoted(theme.about)}"
    for table, value in theme:
        if isinstance(value, BaseModel):
            yield from ("", f"[{table}]")
            given = value.model_dump()
            for token, field in type(value).model_fields.items():
                lead, said = ("", given[token]) if given[token] is not None else ("# ", given.get(AS_ANOTHER.get(token, "")))
                yield f"{lead}{token} = {_quoted(said)}  # {field.description}"


def _quoted(value: object) -> str:
    if isinstance(value, (int, float)):
        return str(value)
    text = str(value or "")
    return f"'{text}'" if '"' in text and "'" not in text else dumps(text, ensure_ascii=False)
