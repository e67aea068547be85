"""Files and folders in, what has changed in them out: looked at again and again, and told when it has come to rest.

Files are looked at rather than announced by the system (inotify and its like, which the library watchfiles wraps): a folder
that is removed and made again, an editor that saves by renaming, a settings file that appears, a network folder or one shared
with a container are all the same to a look, and none of them is to announcements. The price is processor time, so
the more files there are the longer is the pause between two looks.

Known limit: a file system that keeps times in whole seconds hides a change of the same length within one of them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import IntEnum
from typing import NamedTuple


class Level(IntEnum):
    """How far back work begins after a change; a higher level includes those below."""

    PAGES = 1
    BRIEF = 2
    LEXICONS = 3
    SETTINGS = 4


class Place(NamedTuple):
    """A file or folder to look at, which need not be there, and how far back a change in it reaches."""

    path: str
    level: Level


#: What tells that a file has changed: inode, size, times of content and of inode.
Signs = tuple[int, int, int, int]
Seen = Mapping[tuple[str, Level], Signs]

#: Seconds between two looks: at least PAUSE, and so much for each file that looking takes about a twentieth of the time.
PAUSE, PAUSE_A_FILE = 0.06, 0.0001
#: Seconds without a change after which files are at rest, and how many times that is waited for.
REST, PATIENCE = 0.06, 32


def look(places: Iterable[Place], leave_out: str = "") -> Seen:
    """What is in ``places`` now, without hidden files and the folder ``leave_out`` (a real path)."""
    return {(path, place.level): signs for place in places for path, signs in _files(place.path, leave_out)}


def wait(look_again: Callable[[], Seen], seen: Seen, sleep: Callable[[float], object]) -> Seen:
    """What there is once it differs from ``seen`` and has come to rest, or goes on changing for two seconds."""
    now = look_again()
    while now == seen:
        sleep(PAUSE + PAUSE_A_FILE * len(now))
        now = look_again()
    for _ in range(PATIENCE):
        before = now
        sleep(REST)
        now = look_again()
        if now == before:
            break
    return now


def changed(before: Seen, now: Seen) -> tuple[list[str], Level]:
    """The paths that differ, in order, and how far back that reaches; nothing differs on the level of pages."""
    differing = [key for key in before.keys() | now.keys() if before.get(key) != now.get(key)]
    return sorted({path for path, _ in differing}), max((level for _, level in differing), default=Level.PAGES)


def _files(path: str, leave_out: str) -> Iterator[tuple[str, Signs]]:
    try:
        with os.scandir(path) as entries:
            listed = [entry for entry in entries if not entry.name.startswith(".")]
    except NotADirectoryError:
        yield from _file(path, lambda: os.stat(path))
        return
    except OSError:
        return
    for entry in listed:
        if not entry.is_dir(follow_symlinks=False):
            yield from _file(entry.path, entry.stat)
        elif os.path.realpath(entry.path) != leave_out:
            yield from _files(entry.path, leave_out)


def _file(path: str, stat: Callable[[], os.stat_result]) -> Iterator[tuple[str, Signs]]:
    try:
        told = stat()
    except OSError:  # gone in the meantime, or a link that leads nowhere
        return
    yield path, (told.st_ino, told.st_size, told.st_mtime_ns, told.st_ctime_ns)
