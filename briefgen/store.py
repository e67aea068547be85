"""A folder in, a memory of bytes by key out: one SQLite file that builds share, and that may be lost at any time.

What a key stands for is its owner's business (``digesting.stored``, ``finished``). Here are safety and bounds:

- Two builds at once: WAL, and whatever a build adds is written in short transactions, so that nobody waits for long.
- Damage: a value is kept with a checksum over key and value, and one that does not fit is none. A file that cannot be read is
  set aside and a new one begun. Another program's database is left alone, as is a folder that cannot be written: then nothing
  is kept, ``notes`` say why, and everything is made as without a store.
- Size: when a build ends, what was not used for the most builds goes until the rest fits. Builds are numbered, so that no clock
  is asked. Of what was used equally long ago the same keys go each time: a collection larger than the bound then finds a part
  of itself again, where the least recently used first would find nothing.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

from briefgen.database import ASIDE, PARTS, ForeignError, alone, connected, is_damage, pragma, set_aside
from briefgen.model.errors import UsageError

FILE = "cache.sqlite"
KEEP = "INSERT OR REPLACE INTO kept SELECT ?, number + 1, ?, ? FROM build"
USED = "UPDATE kept SET used = (SELECT number FROM build) WHERE key IN (SELECT value FROM json_each(?))"
#: What is finished is quickly out of date, so it goes when the last builds did not ask for it.
STALE, BUILDS = "DELETE FROM kept WHERE key LIKE 'finished %' AND used + ? <= (SELECT number FROM build)", 3
#: What was put waits until there is so much of it, in bytes.
BATCH = 4_000_000
#: So many bytes of what is packed are unpacked at a time.
PIECE = 100_000


class Told(NamedTuple):
    """What a store holds: how many values by kind (the first word of a key), and how the last build fared with it.

    ``bytes`` are those on the disk; ``unused`` values were not asked for by the last build.
    """

    kinds: dict[str, int]
    bytes: int
    unused: int
    found: int
    made: int


class Store:
    """A store in ``folder``, which is made when something is first asked for or put there.

    What goes wrong with it is one of its ``notes`` and never an exception; nothing is kept from there on.
    """

    def __init__(self, folder: Path, at_most: int) -> None:
        self.path, self.at_most, self.notes = folder / FILE, at_most, list[str]()
        self.found = self.made = 0
        self._waiting: dict[str, bytes] = {}
        self._weight = 0
        self._used: set[str] = set()
        self._database: sqlite3.Connection | None = None
        self._is_new = True

    def _opened(self) -> sqlite3.Connection:
        """The database, made where there is none, and made anew where there is something that cannot be read."""
        folder = self.path.parent
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not (ignore := folder / ".gitignore").exists():
            ignore.write_text("*\n")
        with alone(folder):
            try:
                return connected(self.path)
            except sqlite3.DatabaseError as error:
                if not is_damage(error):
                    raise
            self.notes.append(set_aside(self.path))
            return connected(self.path)

    def _open(self) -> sqlite3.Connection | None:
        """The database, or None if it cannot be used."""
        if self._is_new:
            self._is_new = False
            with self._minded():
                self._database = self._opened()
        return self._database

    def has(self, key: str) -> bool:
        """Whether something was put there, which may be damaged."""
        return key in self._waiting or bool(self._asked("SELECT 1 FROM kept WHERE key = ?", key))

    def get(self, key: str) -> bytes | None:
        """What was put there, or None; a damaged value is none."""
        packed = self.packed(key)
        return None if packed is None else b"".join(unpacked(packed))

    def packed(self, key: str) -> bytes | None:
        """What was put there as it is kept, to be ``unpacked``, or None."""
        if key in self._waiting:
            return self._waiting[key]
        for digest, packed in self._asked("SELECT sum, value FROM kept WHERE key = ?", key):
            with suppress(TypeError):
                if digest == _sum(key, packed):
                    self._used.add(key)
                    return bytes(packed)
            self.notes.append("something in the cache was damaged and is made anew")
        return None

    def use(self, keys: Iterable[str]) -> None:
        """Count ``keys`` as used by this build, though nobody asks for their values."""
        self._used.update(keys)

    def put(self, key: str, value: bytes) -> None:
        """Keep ``value``; one that would fill more than a quarter of the store is not kept."""
        self.put_packed(key, pack([value]))

    def put_packed(self, key: str, packed: bytes) -> None:
        """Keep what was ``packed``, as ``put`` does."""
        if self._open() is None or len(packed) > self.at_most // 4:
            return
        self._waiting[key] = packed
        self._weight += len(packed)
        if self._weight > BATCH:
            with self._minded():
                self._write(self._write_waiting)

    def close(self) -> None:
        """Write what waits, which values were used, and how many were ``found`` and ``made``; keep within the bound."""
        with self._minded():
            if self._waiting or self._used:
                self._write(self._end_build)
            if self._database is not None:
                self._database.execute("PRAGMA incremental_vacuum").fetchall()
                self._database.close()
        self._database = None

    def _end_build(self, database: sqlite3.Connection) -> None:
        self._write_waiting(database)
        database.execute("UPDATE build SET number = number + 1, found = ?, made = ?", (self.found, self.made))
        database.execute(USED, (json.dumps(sorted(self._used)),))
        database.execute(STALE, (BUILDS,))
        excess = _size(database) - self.at_most
        going = []
        for key, size in database.execute("SELECT key, length(value) FROM kept ORDER BY used, key") if excess > 0 else ():
            if excess <= 0:
                break
            going.append((key,))
            excess -= size
        database.executemany("DELETE FROM kept WHERE key = ?", going)

    def _write_waiting(self, database: sqlite3.Connection) -> None:
        database.executemany(KEEP, ((key, _sum(key, packed), packed) for key, packed in self._waiting.items()))
        self._used.update(self._waiting)
        self._waiting.clear()
        self._weight = 0

    def _asked(self, question: str, *values: object) -> list[Any]:
        with self._minded():
            database = self._open()
            return database.execute(question, values).fetchall() if database is not None else []
        return []

    def _write(self, what: Callable[[sqlite3.Connection], None]) -> None:
        """Do ``what`` in one transaction, in which nobody else writes."""
        if self._database is not None:
            with self._database:
                self._database.execute("BEGIN IMMEDIATE")
                what(self._database)

    @contextmanager
    def _minded(self) -> Iterator[None]:
        """Make a note of whatever the file or its folder does, and go on without them, or with a new file."""
        try:
            yield
        except ForeignError:
            self._without(f"{self.path} is another program's: it is left as it is, and nothing is kept")
        except sqlite3.Error as error:
            self._without(set_aside(self.path) if is_damage(error) else f"nothing is kept in {self.path}: {error}")
        except OSError as error:
            self._without(f"nothing is kept in {self.path}: {error.strerror}")

    def _without(self, note: str) -> None:
        self.notes.append(note)
        if self._database is not None:
            with suppress(sqlite3.Error):
                self._database.close()
        self._database = None
        self._waiting.clear()


def pack(pieces: Iterable[bytes]) -> bytes:
    """``pieces`` together as they are kept, of which there may be more than memory has room for twice."""
    packing = zlib.compressobj(1)
    return b"".join([*map(packing.compress, pieces), packing.flush()])


def unpacked(packed: bytes) -> Iterator[bytes]:
    """What was packed, a piece at a time."""
    unpacking = zlib.decompressobj()
    for at in range(0, len(packed), PIECE):
        yield unpacking.decompress(packed[at : at + PIECE])
    yield unpacking.flush()


def told_of(folder: Path) -> Told | None:
    """What the store in ``folder`` holds, or None if there is none; raises ``UsageError`` if it is none of ours or damaged."""
    path = folder / FILE
    if not path.exists():
        return None
    with _complaining(path), closing(connected(path)) as database:
        kinds = dict(database.execute("SELECT substr(key, 1, instr(key, ' ') - 1), count(*) FROM kept GROUP BY 1 ORDER BY 1"))
        (unused,) = database.execute("SELECT count(*) FROM kept WHERE used < (SELECT number FROM build)").fetchone()
        found, made = database.execute("SELECT found, made FROM build").fetchone()
        return Told(kinds, _size(database), unused, found, made)


def clear(folder: Path) -> int:
    """Remove the store in ``folder`` and what was set aside there; how many bytes that were.

    Raises ``UsageError`` for another program's database and for what cannot be removed.
    """
    path, size = folder / FILE, 0
    if not folder.is_dir():
        return size
    with _complaining(path), alone(folder):
        if path.exists():
            with suppress(sqlite3.DatabaseError):
                connected(path).close()
        for each in (folder / (name + part) for name in (FILE, ASIDE) for part in PARTS):
            if each.exists():
                size += each.stat().st_size
                each.unlink()
    return size


@contextmanager
def _complaining(path: Path) -> Iterator[None]:
    """Turn what is wrong with a store into an error for whoever has asked about it."""
    try:
        yield
    except ForeignError:
        raise UsageError("not-ours", "is another program's: it is left as it is", file=str(path)) from None
    except sqlite3.Error as error:
        raise UsageError("damaged", f"{error}; briefgen cache clear removes it", file=str(path)) from None
    except OSError as error:
        raise UsageError("no-permission", f"{error.strerror}", file=str(path)) from None


def _size(database: sqlite3.Connection) -> int:
    return (pragma(database, "page_count") - pragma(database, "freelist_count")) * pragma(database, "page_size")


def _sum(key: str, packed: bytes) -> bytes:
    return blake2b(key.encode() + b"\0" + packed, digest_size=16).digest()
