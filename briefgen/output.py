"""The files of a brief in, the output folder replaced as one: at every instant it holds the old brief or the new, whole.

The new brief is built in a sibling folder, synced, and swapped with the output folder in one step (``renameat2`` with
RENAME_EXCHANGE); a file that does not change is linked into it and not written again. Files of others in the folder are
carried over and never removed or written over. Briefgen's own are the names in ``OURS`` and, where a brief has more files than
those, all that the hidden file LIST names. It is written before the first and removed after the last of them, so that they are
known for ours whatever is interrupted. A folder that has neither a LIST nor a ``brief.json`` of ours holds no brief, and a
``brief.md`` in it is somebody's.

Where that cannot be done (no Linux, the folder is a mount point, its parent is read-only, the caller stands in it), the
brief is built inside the folder, and a finished one is moved out of it file by file. If that is interrupted, the next run
completes the move, since a folder called READY is known to be whole. In that mode a reader may see new and old files for an
instant.

The lock is on the folder itself, so no lock file is left and a dead build holds nothing. Limit: without ``flock`` (Windows,
some network file systems) two builds at once are not kept apart.
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from briefgen.content import Content, Pieces, is_held, pieces_of
from briefgen.model.errors import BriefgenError, LockedError, UsageError
from briefgen.model.settings import FILES

#: What every brief may hold; further files need no entry here, since they are put on the list in the folder.
OURS = tuple(name for names in FILES.values() for name in names)
#: Errors that will come again in the same folder; a full disk may be gone the next time.
REFUSALS = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
BUILD, READY, LIST = ".briefgen-build", ".briefgen-ready", ".briefgen-files"
#: The file by which a folder without a LIST is known for ours, and how it begins.
SIGN, OPENING = "brief.json", b'{\n "schema_version"'


class Held(NamedTuple):
    """An output folder by its real path, and the open files that lock it and what takes its place."""

    folder: Path
    locks: list[int]


@contextmanager
def hold(out: Path) -> Iterator[Held]:
    """Make and lock the output folder, and repair what an interrupted build left.

    Raises ``UsageError`` if it cannot be a folder and ``LockedError`` if another build holds it.
    """
    folder = Path(os.path.realpath(out))
    made, lock = _make_and_lock(folder, out)
    held = Held(folder, [] if lock is None else [lock])
    try:
        _repair(folder)
        yield held
    finally:
        _repair(folder)
        for lock in held.locks:
            os.close(lock)
        for empty in made:
            with suppress(OSError):
                empty.rmdir()


def replace(held: Held, files: Mapping[str, Content]) -> None:
    """Replace the brief in a held folder by ``files``; if it fails, the old brief is whole.

    Raises ``UsageError`` if there is a file of somebody else's with one of the names.
    """
    _refuse_strangers(held.folder, files)
    try:
        if not _exchange_folders(held, files):
            _replace_in_place(held.folder, files)
    except OSError as error:
        message = f"the brief cannot be written: {error.strerror}; what was there is kept"
        if error.errno in REFUSALS:
            raise UsageError("cannot-write", f"{message}. Choose another folder with --out", file=str(held.folder)) from None
        raise BriefgenError("cannot-write", message, file=str(held.folder)) from None


def put(held: Held, name: str, data: bytes) -> None:
    """Replace one file in a held folder in one step; if it fails, the old one is whole."""
    fresh = held.folder / f".{name}{BUILD}"
    try:
        _write(held.folder, {fresh.name: data})
        fresh.replace(held.folder / name)
        _sync(held.folder)
    except OSError as error:
        with suppress(OSError):
            fresh.unlink()
        raise BriefgenError("cannot-write", f"cannot be written: {error.strerror}", file=str(held.folder / name)) from None


def not_ours(file: Path) -> UsageError:
    """What is said of a file of somebody else's that stands where one of ours should."""
    message = "is there already and not briefgen's: it would be lost. Move it away, or choose another folder with --out"
    return UsageError("not-ours", message, file=str(file))


def _refuse_strangers(folder: Path, files: Mapping[str, Content]) -> None:
    known = ours(folder) if _holds_brief(folder) else ()
    for name in dict.fromkeys((*files, *OURS)):
        if name not in known and os.path.lexists(folder / name):
            raise not_ours(folder / name)


def _holds_brief(folder: Path) -> bool:
    """Whether a build has written into ``folder`` before."""
    if (folder / LIST).is_file():
        return True
    with suppress(OSError), (folder / SIGN).open("rb") as sign:
        return sign.read(len(OPENING)) == OPENING
    return False


def ours(folder: Path) -> tuple[str, ...]:
    """The names in ``folder`` that are briefgen's, the list itself last."""
    return (*OURS, *(name for name in _listed(folder) if name not in OURS), LIST)


def _listed(folder: Path) -> list[str]:
    """The names on the list in ``folder``, as far as they are names of files that stand there in the open."""
    try:
        names = (folder / LIST).read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError):
        return []
    return [name for name in names if name and Path(name).name == name and not name.startswith(".")]


def _make_and_lock(folder: Path, shown: Path) -> tuple[list[Path], int | None]:
    """The folders that had to be made, innermost first, and the lock."""
    made = [path for path in (folder, *folder.parents) if not os.path.exists(path)]
    for _ in range(20):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            lock = _lock(folder)
            if lock is None or os.path.samestat(os.fstat(lock), folder.stat()):
                return made, lock
            os.close(lock)  # the folder was swapped between the opening and the locking
        except FileExistsError:
            raise UsageError("not-a-folder", "the output is not a folder: choose another with --out", file=str(shown)) from None
        except BlockingIOError:
            break
        except FileNotFoundError:
            if not folder.parent.exists() and not made:
                break
        except OSError as error:
            message = f"the output folder cannot be made or opened: {error.strerror}. Choose another with --out"
            raise UsageError("cannot-write", message, file=str(shown)) from None
    if not folder.exists():
        raise UsageError("cannot-write", "the output folder cannot be made", file=str(shown))
    raise LockedError(
        "locked", "another build, or a preview that is open, holds the output folder: wait for it to end", file=str(shown)
    )


def _lock(folder: Path) -> int | None:
    """An open file that holds the lock, or None where folders cannot be locked; raises ``BlockingIOError`` if it is held."""
    try:
        import fcntl
    except ImportError:
        return None
    lock = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        raise
    except OSError:  # a network file system without locks
        os.close(lock)
        return None
    return lock


def _sibling(folder: Path) -> Path:
    """Where the new brief of ``folder`` is built; the lock makes sure that only one build uses it."""
    return folder.with_name(f".{folder.name}{BUILD}")


def _repair(folder: Path) -> None:
    """Complete or sweep what an interrupted build left behind. Does nothing if there is nothing."""
    for left in (_sibling(folder), folder / BUILD):
        if left.is_dir():
            with suppress(OSError):
                _hand_over(left, folder)
                _sweep(left)
    if (folder / READY).is_dir():
        with suppress(OSError):
            _move_ready(folder)


def _hand_over(old: Path, folder: Path) -> None:
    """Move the files of others from the ``old`` folder into the new one."""
    known = ours(old)
    for entry in sorted(old.iterdir()):
        if entry.name not in (*known, BUILD) and not os.path.lexists(folder / entry.name):
            entry.rename(folder / entry.name)


def _sweep(left: Path) -> None:
    for name in ours(left):
        (left / name).unlink(missing_ok=True)
    if (left / BUILD).is_dir():
        _sweep(left / BUILD)
    left.rmdir()  # fails, as it should, if anything of others is still there


def _exchange_folders(held: Held, files: Mapping[str, Content]) -> bool:
    """Build beside the folder and swap; False, with nothing changed, where that cannot be done."""
    folder, fresh = held.folder, _sibling(held.folder)
    if not sys.platform.startswith("linux") or os.path.ismount(folder) or _is_inside(folder):
        return False
    try:
        fresh.mkdir()
        _take_after(fresh, folder)
        lock = _lock(fresh)
    except OSError:
        _repair(folder)
        return False
    held.locks.extend([] if lock is None else [lock])
    _write(fresh, _with_list(files) if _needs_list(files) else files, folder)
    swapped = _exchange(fresh, folder)
    _sync(folder.parent)
    _repair(folder)  # what is in the sibling now, the old brief or the new, goes, and its lock with it
    if lock is not None:
        os.close(held.locks.pop(0 if swapped else -1))
    return swapped


def _is_inside(folder: Path) -> bool:
    """Whether the caller stands in ``folder``: swapping it would pull the floor from under a shell."""
    try:
        return Path.cwd().is_relative_to(folder)
    except FileNotFoundError:
        return False


def _take_after(fresh: Path, folder: Path) -> None:
    """Give the new folder the owner and the mode of the old one."""
    old = folder.stat()
    if (old.st_uid, old.st_gid) != (fresh.stat().st_uid, fresh.stat().st_gid):
        os.chown(fresh, old.st_uid, old.st_gid)
    shutil.copymode(folder, fresh)


def _exchange(one: Path, other: Path) -> bool:
    """Swap two folders in one step; False where the system cannot."""
    import ctypes

    here, rename_exchange = -100, 2
    swap = getattr(ctypes.CDLL(None), "renameat2", None)
    return swap is not None and swap(here, os.fsencode(one), here, os.fsencode(other), rename_exchange) == 0


def _replace_in_place(folder: Path, files: Mapping[str, Content]) -> None:
    (folder / BUILD).mkdir()
    _write(folder / BUILD, _with_list(files))
    (folder / BUILD).rename(folder / READY)
    _sync(folder)
    _move_ready(folder)


def _move_ready(folder: Path) -> None:
    """Move a finished brief into place; may be called again after it was interrupted anywhere."""
    ready = folder / READY
    made = _listed(ready) or ours(folder)  # without a list, all is in its place already
    for name in sorted({*ours(folder), *made} - {LIST}):
        if (ready / name).exists():
            os.replace(ready / name, folder / name)
        elif name not in made:
            (folder / name).unlink(missing_ok=True)
    if (ready / LIST).exists() and _needs_list(made):
        os.replace(ready / LIST, folder / LIST)
    elif (ready / LIST).exists():
        (folder / LIST).unlink(missing_ok=True)
    _sync(folder)
    (ready / LIST).unlink(missing_ok=True)
    ready.rmdir()


def _needs_list(names: Collection[str]) -> bool:
    """Whether files of these names are not known for ours without a list."""
    return bool(set(names) - set(OURS)) or SIGN not in names


def _with_list(files: Mapping[str, Content]) -> dict[str, Content]:
    """The files with the list of them in front."""
    return {LIST: "\n".join(files).encode(), **files}


def _write(folder: Path, files: Mapping[str, Content], old: Path | None = None) -> None:
    """Write files into ``folder``, but for those that the ``old`` one has as they are."""
    for name, content in files.items():
        if old and _is_taken_over(old / name, content, folder / name):
            continue
        with (folder / name).open("wb") as file:
            file.writelines(pieces_of(content))
            file.flush()
            os.fsync(file.fileno())
    _sync(folder)


def _is_taken_over(old: Path, content: Content, fresh: Path) -> bool:
    """Whether the old file holds just this, and now stands at ``fresh`` too; to make pieces only to compare them is no gain."""
    if (isinstance(content, Pieces) and not content.digest) or old.is_symlink() or not is_held(content, old):
        return False
    with suppress(OSError):
        os.link(old, fresh)
        return True
    return False


def _sync(folder: Path) -> None:
    """Make the names in ``folder`` last through a power cut, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
