"""Files in, what each says out: made by the workers of a dask cluster, which may be on other machines.

What a chunk needs goes along with it, the bytes of its files and the user's lexicons, so no disk is shared; a worker writes
them into a folder of its own, which is gone afterwards. There it reads them as this machine would, by a process that may die. A
worker that could make something else of the same bytes, since it has another version of briefgen, Python or a library, is
refused: the brief is the same wherever it was made.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError, Executor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from briefgen.digesting.file import Result, read
from briefgen.digesting.recipe import Recipe, forget_lexicons, made_by
from briefgen.digesting.workers import Answer, Chunk, Work, answer_of, answers_apart, chunks, shared_out
from briefgen.listing import Found
from briefgen.model.brief import Skipped
from briefgen.model.errors import UnreadableError, UsageError

if TYPE_CHECKING:
    from distributed import Client

#: Chunks of more bytes than for processes of one machine, since each costs a new process there; so many a worker are out.
CHUNK_BYTES, AHEAD = 1_000_000, 3
#: Seconds to wait for the cluster, and for the first of its workers.
PATIENCE = 30
Lexicons = tuple[tuple[tuple[str, bytes], ...], ...]


class OtherVersionError(Exception):
    """A worker, by the name of its machine, would make something else of the same bytes."""


class Parcel(NamedTuple):
    """A chunk with all that it needs: of each file its bytes and its time in nanoseconds, or why it is not read.

    ``lexicons`` has of each folder the names and contents of its files; ``made_by`` is what the sender's digests are made by.
    """

    files: tuple[tuple[Found, bytes | Skipped, int], ...]
    recipe: Recipe
    lexicons: Lexicons
    made_by: tuple[object, ...]


def in_cluster(found: Sequence[Found], recipe: Recipe, address: str) -> Iterator[Result]:
    """What each file says, in the order of ``found``, made by the cluster whose scheduler is at ``address``."""
    from distributed import KilledWorker

    with _connected(address) as client:
        workers = len(client.scheduler_info()["workers"])
        pack = partial(_packed, recipe=recipe, lexicons=_lexicons(recipe), by=made_by(recipe))

        def opened() -> Executor:
            executor: Executor = client.get_executor(pure=False)  # type: ignore[no-untyped-call]
            return executor

        shares = list(chunks(found, workers, CHUNK_BYTES))
        work = Work(shares, lambda chunk: (unpacked, pack(chunk)), AHEAD * workers, (KilledWorker, CancelledError))
        try:
            yield from shared_out(work, recipe, opened)
        except OtherVersionError as error:
            message = f"a worker on {error} has another version of briefgen, Python or a library: install the same everywhere"
            raise UsageError("other-version", message) from None


def unpacked(parcel: Parcel) -> list[Answer]:
    """What a worker makes of a parcel."""
    with TemporaryDirectory(prefix="briefgen-") as folder:
        recipe = parcel.recipe._replace(lexicons=_put_down(parcel.lexicons, Path(folder)))
        if made_by(recipe) != parcel.made_by:
            raise OtherVersionError(socket.gethostname())
        if parcel.lexicons:
            forget_lexicons()
        chunk = [_put(each, time, data, Path(folder) / str(n)) for n, (each, data, time) in enumerate(parcel.files)]
        told = iter(answers_apart([each for each in chunk if isinstance(each, Found)], recipe))
        return [next(told) if isinstance(each, Found) else answer_of(each) for each in chunk]


@contextmanager
def _connected(address: str) -> Iterator[Client]:
    try:
        from distributed import Client
    except ImportError:
        raise UsageError("no-dask", 'dask is missing: install it with pip install "briefgen[dask]"') from None
    try:
        client = Client(address, timeout=PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise UsageError("no-cluster", f"no cluster at {address}: {error or 'no answer'}") from None
    with client:
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError:
            raise UsageError("no-workers", f"the cluster at {address} has no workers: start some") from None
        yield client


def _packed(chunk: Chunk, recipe: Recipe, lexicons: Lexicons, by: tuple[object, ...]) -> Parcel:
    return Parcel(tuple(_with_content(each, recipe) for each in chunk), recipe, lexicons, by)


def _with_content(found: Found, recipe: Recipe) -> tuple[Found, bytes | Skipped, int]:
    try:
        return found, read(found, recipe.file_mb * 1_000_000), found.file.stat().st_mtime_ns
    except UnreadableError as error:
        return found, Skipped(path=found.name, code=error.code, reason=error.message), 0
    except OSError as error:
        return found, Skipped(path=found.name, code="unreadable", reason=f"it cannot be read: {error.strerror}"), 0


def _lexicons(recipe: Recipe) -> Lexicons:
    """The contents of the user's folders of rules and words."""
    return tuple(
        tuple((file.relative_to(folder).as_posix(), file.read_bytes()) for file in sorted(Path(folder).rglob("*.toml")))
        for folder in recipe.lexicons
    )


def _put_down(lexicons: Lexicons, folder: Path) -> tuple[str, ...]:
    """The lexicons as folders again."""
    made: list[str] = []
    for n, files in enumerate(lexicons):
        made.append(str(folder / f"lexicon-{n}"))
        for name, data in files:
            target = Path(made[n], name)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
    return tuple(made)


def _put(found: Found, time: int, data: bytes | Skipped, file: Path) -> Found | Skipped:
    """The file as it is on this machine."""
    if isinstance(data, Skipped):
        return data
    file.write_bytes(data)
    os.utime(file, ns=(time, time))
    return found._replace(file=file)
