"""A path in, our SQLite database there out: made where there is none, renamed where it is damaged, never somebody else's.

Known limit: WAL, by which two builds share a file, needs shared memory, which some network file systems have not.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ASIDE = "damaged.sqlite"
#: What SQLite writes beside a database belongs to it.
PARTS = ("", "-wal", "-shm")
#: What marks a database as ours ("brfg"), and the form of its tables: one of another form is emptied and begun anew.
OURS, FORM = 0x62726667, 1
TABLES = (
    "CREATE TABLE kept (key TEXT PRIMARY KEY, used INTEGER NOT NULL, sum BLOB NOT NULL, value BLOB NOT NULL)",
    "CREATE TABLE build (number INTEGER NOT NULL, found INTEGER NOT NULL, made INTEGER NOT NULL)",
    "INSERT INTO build VALUES (0, 0, 0)",
    f"PRAGMA application_id = {OURS}",
    f"PRAGMA user_version = {FORM}",
)
#: So many seconds another build is waited for.
PATIENCE = 20
#: Errors of SQLite which say that the file is no sound database.
DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})


class ForeignError(Exception):
    """The file is another program's database."""


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold ``folder`` for as long as files in it are made or renamed, where the system can."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    lock = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def connected(path: Path) -> sqlite3.Connection:
    """The database at ``path`` with our tables; raises ``ForeignError`` if it is another program's."""
    database = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
    try:
        mark, form = pragma(database, "application_id"), pragma(database, "user_version")
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        if mark != OURS and tables:
            raise ForeignError
        if (mark, form) != (OURS, FORM):
            database.execute("PRAGMA auto_vacuum = INCREMENTAL")
            database.execute("PRAGMA journal_mode = WAL")
            with database:
                database.execute("BEGIN IMMEDIATE")
                for each in (*(f'DROP TABLE "{name}"' for name in tables), *TABLES):
                    database.execute(each)
        database.execute("PRAGMA synchronous = NORMAL")
        database.execute("SELECT number FROM build").fetchone()
    except BaseException:
        database.close()
        raise
    return database


def set_aside(path: Path) -> str:
    """Rename the files of a damaged database; what is to be told of it."""
    for part in PARTS:
        with suppress(FileNotFoundError):
            os.replace(f"{path}{part}", f"{path.with_name(ASIDE)}{part}")
    return f"{path} was damaged and was renamed to {ASIDE}: what it held is made anew"


def pragma(database: sqlite3.Connection, name: str) -> int:
    """A number that SQLite keeps of a database."""
    return int(database.execute(f"PRAGMA {name}").fetchone()[0])


def is_damage(error: sqlite3.Error) -> bool:
    """Whether the file is no sound database."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in DAMAGE
