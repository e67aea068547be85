"""The paths that a user gives in, the files to read out: each with the short name that the brief calls it by.

A folder is read to its depths in the order of names. Hidden files are left out without a word, as ``ls`` does; whatever else
is not read is listed with its reason. A link is followed only where it stays inside its folder, so that a folder of documents
cannot pull in files from elsewhere; who wants that asks for it, and then each folder is read once, whatever leads to it.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from briefgen.model.brief import Skipped
from briefgen.model.errors import UsageError
from briefgen.model.settings import Described

MISSING = "missing"
#: A file that describes documents and is none.
SIDECAR = "sources.toml"
#: How browsers call the folder of a saved page.
OF_PAGE = re.compile(r"(.+)(?:[_-]files|\.files|[_-]Dateien|_fichiers|_archivos|_file|_bestanden|_pliki)")


class Found(NamedTuple):
    """A file to read. ``name`` is its path below the folder that was given, with slashes, ``depth`` the folders between.

    ``said`` is what a ``sources.toml`` says of it.
    """

    file: Path
    name: str
    depth: int = 0
    said: Described | None = None


def list_documents(
    paths: Sequence[Path], leave_out: Path | None = None, *, follow_links: bool = False
) -> tuple[list[Found], list[Skipped]]:
    """All files below ``paths`` by name, and what was not taken; raises ``UsageError`` for a missing path.

    ``follow_links`` is for links to folders, and for those that lead out of theirs.
    """
    found: dict[str, Found] = {}
    skipped: list[Skipped] = []
    for path in paths:
        for item in _below(path, os.path.realpath(leave_out) if leave_out else "", follow_links):
            if isinstance(item, Skipped):
                skipped.append(item)
                continue
            real = os.path.realpath(item.file)
            found[real] = min(item, found.get(real, item), key=_by_name)
    taken = sorted(_told_apart(list(found.values())), key=lambda each: each.name.split("/"))
    return taken, sorted(skipped, key=lambda each: (each.path, each.code, each.reason))


def _by_name(each: Found) -> tuple[bool, int, str]:
    """What a file goes by, where it was met twice: its own name rather than a link's, and the one that tells most."""
    return each.file.is_symlink(), -each.depth, each.name


def readable_name(path: str) -> str:
    """A file name as text: bytes that are no UTF-8 are shown as escapes."""
    return os.fsencode(path).decode("utf-8", "backslashreplace").replace(os.sep, "/")


def can_list(folder: str) -> bool:
    """Whether ``folder`` is one, and its files can be listed and opened."""
    return os.path.isdir(folder) and os.access(folder, os.R_OK | os.X_OK)


def _below(path: Path, leave_out: str, follow: bool) -> Iterator[Found | Skipped]:
    if os.path.isdir(path):
        yield from _walk(path, leave_out, follow)
        return
    item = _file(path, readable_name(path.name))
    if isinstance(item, Skipped) and item.code == MISSING:
        raise UsageError("no-such-path", "there is no such file or folder", file=readable_name(str(path)))
    yield item


def _walk(root: Path, leave_out: str, follow: bool) -> Iterator[Found | Skipped]:
    failed: list[OSError] = []
    entered = {os.path.realpath(root), leave_out}
    for folder, folders, files in os.walk(root, onerror=failed.append, followlinks=follow):
        here = Path(folder)
        inside = sorted(name for name in folders if not name.startswith(".") and not _is_of_page(name, files))
        folders.clear()
        for name in [*inside, *sorted(files)]:
            path, label = here / name, readable_name(str((here / name).relative_to(root)))
            if name.startswith(".") or name == SIDECAR:
                continue
            if os.path.islink(path) and not follow and (name in inside or not _is_below(path, root)):
                yield Skipped(path=label, code="link", reason="a link to a folder or out of this one is not followed")
            elif name not in inside:
                yield _file(path, label, len(path.relative_to(root).parts) - 1)
            elif (real := os.path.realpath(path)) not in entered:
                entered.add(real)
                folders.append(name)
            elif os.path.islink(path):
                yield Skipped(path=label, code="link", reason="it leads to a folder that is read already")
    for error in failed:
        label = readable_name(os.path.relpath(error.filename, root.parent if error.filename == str(root) else root))
        yield Skipped(path=label, code="unreadable", reason=f"the folder cannot be listed: {error.strerror}")


def _is_of_page(folder: str, files: Sequence[str]) -> bool:
    """Whether a browser made the folder for the pictures and scripts of a page that it saved beside it."""
    found = OF_PAGE.fullmatch(folder)
    return found is not None and any(found[1] + suffix in files for suffix in (".html", ".htm", ".xhtml"))


def _is_below(path: Path, root: Path) -> bool:
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root))


def _file(path: Path, label: str, depth: int = 0) -> Found | Skipped:
    try:
        if stat.S_ISREG(path.stat().st_mode):
            return Found(path, label, depth)
    except PermissionError:
        return Skipped(path=label, code="unreadable", reason="there is no permission to read it")
    except (OSError, ValueError) as error:
        if getattr(error, "errno", 0) != errno.ELOOP:  # a link to itself is there, and is no file
            return Skipped(path=label, code=MISSING, reason="there is no such file")
    return Skipped(path=label, code="not-a-file", reason="it is not a regular file")


def _told_apart(found: list[Found]) -> list[Found]:
    """Names made longer until no two files have the same: ``a.txt`` twice gives ``may/a.txt``, ``june/a.txt``."""
    while clashing := {name for name, count in Counter(each.name for each in found).items() if count > 1}:
        longer = [each._replace(name=_longer(each)) if each.name in clashing else each for each in found]
        if longer == found:
            break
        found = longer
    return found


def _longer(each: Found) -> str:
    parts = readable_name(str(each.file.absolute())).strip("/").split("/")
    return "/".join(parts[-(each.name.count("/") + 2) :])
