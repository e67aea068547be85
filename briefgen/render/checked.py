"""Which templates were in order when they were last read, kept between runs: while nothing changes, none is read again."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

import jinja2

from briefgen import __version__


def stamp(environment: jinja2.Environment, template: str, names: Iterable[str], folder: str) -> Path:
    """The file in ``folder`` that stands for ``template`` with everything that it can lead to, as it is now.

    ``names`` are those of the values that it shows.
    """
    digest = blake2b("\0".join((__version__, jinja2.__version__, template, *names)).encode(), digest_size=16)
    assert environment.loader
    for name in environment.list_templates(filter_func=lambda name: name.endswith((".j2", ".toml"))):
        with suppress(jinja2.TemplateNotFound):
            digest.update(f"\0{name}\0{environment.loader.get_source(environment, name)[0]}".encode())
    return Path(folder) / f"checked-{digest.hexdigest()}"


def keep(mark: Path) -> None:
    """Remember it; a folder that cannot be written is no fault."""
    with suppress(OSError):
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.touch()
