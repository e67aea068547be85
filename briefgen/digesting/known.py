"""What was made of a document before, by key: so that one whose content is unchanged is neither read nor extracted again.

The seam for any memory: ``Known`` is what it asks for, ``Memory`` the dictionary of a process that lives on.
A key holds all that a digest depends on: the content, the file's name, what was said of it, and a fingerprint of rules and
settings. So a memory needs no rules of its own about what is out of date, and may be lost at any time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from briefgen.digesting.file import Result
from briefgen.listing import Found


class Known(Protocol):
    """A memory of digests."""

    def has(self, key: str) -> bool:
        """Whether something was put there."""

    def get(self, key: str) -> Result | None:
        """What was put there, or None."""

    def put(self, key: str, made: Result) -> None:
        """Keep ``made``."""


class Memory:
    """``Known`` in a dictionary, for as long as the process lives; ``fresh`` counts what is new since the last build.

    What it has not is asked of the memory ``behind`` it, if there is one. It keeps also what could not be read: a damaged PDF
    would else cost a process after each edit of another file.
    """

    def __init__(self, behind: Known | None = None) -> None:
        self._behind = behind
        self._made: dict[str, Result] = {}
        self._asked: set[str] = set()
        self.fresh = 0

    def has(self, key: str) -> bool:
        """Whether something was put there."""
        self._asked.add(key)
        return key in self._made or bool(self._behind and self._behind.has(key))

    def get(self, key: str) -> Result | None:
        """What was put there, or None."""
        self._asked.add(key)
        if key not in self._made and self._behind and (made := self._behind.get(key)):
            self._made[key] = made
        return self._made.get(key)

    def put(self, key: str, made: Result) -> None:
        """Keep ``made``."""
        self._made[key] = made
        self.fresh += isinstance(made, tuple)
        if self._behind:
            self._behind.put(key, made)

    def end_of_build(self) -> int:
        """Forget what this build did not ask for, so that hours of editing do not fill the memory; how many are new in it."""
        fresh, self.fresh = self.fresh, 0
        self._made = {key: made for key, made in self._made.items() if key in self._asked}
        self._asked.clear()
        return fresh


def fingerprint(parts: Iterable[object]) -> str:
    """A digest of whatever prints all that it holds: versions, settings, the fingerprint of a lexicon."""
    return hashlib.sha256("\0".join(map(repr, parts)).encode()).hexdigest()


def key_of(found: Found, *, made_by: str, at_most: int, by_file_time: bool = False) -> str | None:
    """The key of a file under the fingerprint ``made_by``; None if it cannot be read or has more than ``at_most`` bytes."""
    try:
        stat = found.file.stat()
        if stat.st_size > at_most:
            return None
        content = _content(found.file, stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns)
    except OSError:
        return None
    return fingerprint([content, found.name, found.said, by_file_time and stat.st_mtime_ns, made_by])


@lru_cache(maxsize=100_000)
def _content(file: Path, *_signs_of_change: int) -> str:
    """The digest of a file's bytes, which are read again only where the file system says that they may have changed."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def recalled(
    found: Sequence[Found],
    known: Known,
    key: Callable[[Found], str | None],
    make: Callable[[Sequence[Found]], Iterator[Result]],
) -> Iterator[Result]:
    """What ``known`` holds of each file, what ``make`` makes of the others, in the order of ``found``.

    A store keeps nothing of what could not be read, so that a later build tries it again: what was missing may be there then.
    """
    keys = [key(each) for each in found]
    kept = [name is not None and known.has(name) for name in keys]
    fresh = make([each for each, is_kept in zip(found, kept, strict=True) if not is_kept])
    for each, name, is_kept in zip(found, keys, kept, strict=True):
        result = known.get(name) if name and is_kept else None
        if result is None:
            (result,) = make([each]) if is_kept else (next(fresh),)  # what was kept may be damaged
            if name and name == key(each):  # else it changed while it was read
                known.put(name, result)
        yield result
    next(fresh, None)  # so that whoever makes them comes to an end, and is not broken off
