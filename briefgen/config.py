"""``briefgen.toml`` and the command line's choices in, ``Settings`` out.

Read from the working folder or from the file that ``--config`` names, never from the folder of documents: a document must
not be able to change how it is read. Paths in a file are relative to the folder of that file.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from briefgen import tomlfile
from briefgen.model.errors import UsageError
from briefgen.model.settings import Settings

#: Settings that name a period.
PERIOD = ("week", "since", "until")
#: Settings that hold a path or a list of paths.
PATHS = ("documents", "out", "templates", "lexicons", "previous", "corrections")
#: The folder beside the settings where things are kept from build to build.
KEPT = ".briefgen"


def candidates(config: Path | None = None, folder: Path = Path()) -> list[Path]:
    """The files that settings may stand in, the first one first; they need not be there."""
    return [config] if config else [folder / "briefgen.toml", folder / "pyproject.toml"]


def load(config: Path | None = None, folder: Path = Path()) -> Settings:
    """The settings of ``config``, else of ``briefgen.toml`` or ``pyproject.toml`` in ``folder``, else the defaults."""
    if config is not None:
        under = ("tool", "briefgen") if config.name == "pyproject.toml" else ()
        return _settings(tomlfile.read(config), under, config.parent)
    if os.path.isfile(folder / "briefgen.toml"):
        return _settings(tomlfile.read(folder / "briefgen.toml"), (), folder)
    project = folder / "pyproject.toml"
    if os.path.isfile(project) and b"tool.briefgen" in project.read_bytes():
        return _settings(tomlfile.read(project), ("tool", "briefgen"), folder)
    return Settings()


def override(settings: Settings, **given: Any) -> Settings:
    """The settings with what the command line gave, None meaning not given; raises ``UsageError`` for a bad value."""
    chosen = {name: value for name, value in given.items() if value is not None}
    if chosen.keys() & set(PERIOD):  # a period of the command line replaces one of the file
        settings = settings.model_copy(update=dict.fromkeys(PERIOD))
    try:
        return Settings.model_validate({**settings.model_dump(), **chosen})
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        option = "--" + str(detail["loc"][0]).replace("_", "-")
        raise UsageError("bad-value", f"{option}: {tomlfile.in_words(detail)}, not {detail['input']!r}") from None


def _settings(file: tomlfile.TomlFile, under: tuple[str, ...], folder: Path) -> Settings:
    table: Any = file.data
    for name in under:
        table = table.get(name) if isinstance(table, dict) else None
    if not isinstance(table, dict):
        raise UsageError("no-table", f"there is no table [{'.'.join(under)}]", file=file.name)
    settings = tomlfile.check(file, Settings, under)
    if "corrections" in table and not os.path.isfile(folder / settings.corrections):
        raise file.error("no-such-file", f"there is no file {settings.corrections} in {folder}", [*under, "corrections"])
    paths = [*PATHS, "theme"] if settings.theme.endswith(".toml") else PATHS
    cache = settings.cache.model_copy(update={"folder": _below(folder, settings.cache.folder or KEPT)})
    return settings.model_copy(update={name: _below(folder, getattr(settings, name)) for name in paths} | {"cache": cache})


def _below(folder: Path, value: str | tuple[str, ...] | None) -> str | tuple[str, ...] | None:
    if value is None:
        return None
    return str(folder / value) if isinstance(value, str) else tuple(str(folder / path) for path in value)
