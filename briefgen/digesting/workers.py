"""Files in, what each says out, in the order of the files: made by an executor's workers, which may die.

The files go out in chunks of about as many bytes, a few at a time, so that what has come back and waits for its turn stays
small. What comes back is JSON, which is quicker to load than pickle and the form that users see. Where workers have died, what
they were at is done again by a process of its own, as everything is where one process is enough: a file that it dies of is left
out and the reason told, and everything else is as if nothing had happened.
"""

from __future__ import annotations

import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from briefgen.digesting.file import Result, digest_file
from briefgen.digesting.recipe import Recipe, tools
from briefgen.digesting.wall import raise_alarms, size_of, too_long, within_bounds
from briefgen.listing import Found
from briefgen.model.base import from_json, to_json
from briefgen.model.brief import Skipped
from briefgen.model.findings import Digest

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import DefaultContext, ForkContext, ForkServerContext
    from multiprocessing.process import BaseProcess

Chunk = list[Found]
#: What a worker says of a file: why it says nothing, or its digests, as JSON.
Answer = tuple[str | None, list[str]]
#: What is made of a file: ``digest_file``, or what else is to be done where it can do no harm.
Reader = Callable[[Found, Recipe], Sequence[object] | Skipped]
T = TypeVar("T")
#: A chunk has at most so many bytes and files, and each worker gets at least so many chunks.
CHUNK_BYTES, CHUNK_FILES, CHUNKS_EACH = 256_000, 100, 4
#: So many chunks for each worker are out at a time.
AHEAD = 3


class Work(NamedTuple):
    """What is to be done: the chunks, of which so many are out at a time, and what a worker gets of each.

    That is a function and its argument. ``lost`` are the errors that say that a worker is gone, not that something is wrong.
    """

    chunks: Sequence[Chunk]
    job: Callable[[Chunk], tuple[Callable[[Any], list[Answer]], object]]
    ahead: int
    lost: tuple[type[BaseException], ...] = (BrokenExecutor,)


def in_processes(found: Sequence[Found], recipe: Recipe, jobs: int) -> Iterator[Result]:
    """What each file says, in the order of ``found``, made by ``jobs`` processes of this machine."""
    tools(recipe.lexicons)  # loaded before the fork, the workers share it
    if jobs == 1:  # what a lone process was at when it died needs not be found out
        yield from map(result_of, apart(found, recipe))
        return
    context = context_of()

    def opened() -> Executor:
        return ProcessPoolExecutor(jobs, context, initializer=settle_in)

    work = Work(list(chunks(found, jobs)), lambda chunk: (partial(answers, recipe=recipe), chunk), AHEAD * jobs)
    yield from shared_out(work, recipe, opened)


def shared_out(work: Work, recipe: Recipe, opened: Callable[[], Executor]) -> Iterator[Result]:
    """What each file of ``work`` says, in order, made by the workers of an executor; another is ``opened`` where one breaks."""
    rest, out = deque(work.chunks), deque[tuple[Chunk, Future[list[Answer]]]]()
    pool: Executor | None = None
    try:
        while rest or out:
            pool = pool or opened()
            while rest and len(out) < work.ahead:
                out.append((chunk := rest.popleft(), _submitted(pool, *work.job(chunk))))
            chunk, future = out.popleft()
            try:
                yield from map(result_of, future.result())
            except work.lost:  # then all that is out is done again
                pool.shutdown(cancel_futures=True)
                pool = None
                for lost in (chunk, *(each for each, _ in out)):
                    yield from map(result_of, apart(lost, recipe))
                out.clear()
        if pool:
            pool.shutdown()
    except BaseException:
        if pool:
            pool.shutdown(wait=False, cancel_futures=True)
        raise


def chunks(found: Sequence[Found], workers: int, most: int = CHUNK_BYTES) -> Iterator[Chunk]:
    """The files in chunks of about as many bytes, at ``most`` so many, enough of them for all workers."""
    sizes = [size_of(each) for each in found]
    most = min(most, sum(sizes) // (CHUNKS_EACH * workers))
    chunk: Chunk = []
    size = 0
    for each, its in zip(found, sizes, strict=True):
        if chunk and (size + its > most or len(chunk) == CHUNK_FILES):
            yield chunk
            chunk, size = [], 0
        chunk.append(each)
        size += its
    if chunk:
        yield chunk


def answers(chunk: Chunk, recipe: Recipe) -> list[Answer]:
    """What a worker makes of a chunk."""
    return [answer_of(within_bounds(each, recipe, digest_file)) for each in chunk]


def answers_apart(chunk: Chunk, recipe: Recipe) -> list[Answer]:
    """The same by a process of its own, which may die; here where no process may be started, as below dask's nanny."""
    from multiprocessing import current_process

    if current_process().daemon:
        return [answer_of(digest_file(each, recipe)) for each in chunk]
    return list(apart(chunk, recipe))


def _submitted(pool: Executor, work: Callable[[Any], list[Answer]], chunk: object) -> Future[list[Answer]]:
    try:
        return pool.submit(work, chunk)
    except BrokenExecutor as error:  # it broke since the last result
        failed = Future[list[Answer]]()
        failed.set_exception(error)
        return failed


def answer_of(result: Sequence[object] | Skipped) -> Answer:
    """A result as it comes back from a worker."""
    if isinstance(result, Skipped):
        return to_json(result), []
    return None, [to_json(each) for each in result]


def result_of(answer: Answer) -> Result:
    """The result that a worker has sent."""
    return sent(answer, Digest)


def sent(answer: Answer, kind: type[T]) -> tuple[T, ...] | Skipped:
    """What a worker has sent: models of a kind, or why there are none."""
    skipped, made = answer
    if skipped is not None:
        return from_json(Skipped, skipped)
    return tuple(from_json(kind, each) for each in made)


def apart(found: Sequence[Found], recipe: Recipe, read: Reader = digest_file) -> Iterator[Answer]:
    """The answers of a process that does nothing else, as they come; where it dies, of another for what comes after."""
    rest = deque(found)
    while rest:
        process, line = _started(rest, recipe, read)
        try:
            with line, suppress(EOFError):
                while rest:
                    answer = line.recv()
                    rest.popleft()
                    yield answer
            process.join()
            if rest:
                yield answer_of(_lost(rest.popleft(), recipe, process.exitcode or 0))
        finally:
            process.kill()


def _started(found: Iterable[Found], recipe: Recipe, read: Reader) -> tuple[BaseProcess, Connection]:
    """A process that reads files, and the line on which its answers come."""
    context = context_of()
    receiver, sender = context.Pipe(duplex=False)
    process: BaseProcess = context.Process(target=_answer_and_end, args=(sender, list(found), recipe, read), daemon=True)
    process.start()
    sender.close()
    return process, receiver


def _answer_and_end(sender: Connection, chunk: Chunk, recipe: Recipe, read: Reader) -> None:
    settle_in()
    for each in chunk:
        sender.send(answer_of(within_bounds(each, recipe, read)))


def _lost(found: Found, recipe: Recipe, code: int) -> Skipped:
    """Why a file has cost the process that read it its life."""
    if code == -getattr(signal, "SIGVTALRM", 0):
        return too_long(found, recipe)
    how = f"signal {signal.Signals(-code).name}" if code < 0 else f"exit {code}"
    reason = f"the process that read it was ended ({how}): it is damaged, or needs more memory than it may (limits.memory_mb)"
    return Skipped(path=found.name, code="fatal", reason=reason)


def context_of(*, may_fork: bool = True) -> DefaultContext | ForkContext | ForkServerContext:
    """How processes are started: by a fork of this one where no other thread could hold a lock, which the fork would copy."""
    from multiprocessing import get_all_start_methods, get_context
    from threading import active_count

    if may_fork and sys.platform == "linux" and active_count() == 1:
        return get_context("fork")
    if "forkserver" not in get_all_start_methods():
        return get_context()
    context = get_context("forkserver")
    context.set_forkserver_preload([__name__])
    return context


def settle_in() -> None:
    """Make a worker end with its parent, leave Ctrl-C and the terminal to the parent, and end what takes too long."""
    import gc
    from multiprocessing import parent_process
    from multiprocessing.connection import wait
    from threading import Thread

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    with open(os.devnull, "w") as nowhere:  # what libraries print while they die is told by the parent, in a line
        os.dup2(nowhere.fileno(), 2)
    gc.set_threshold(100_000)  # as the parent has it: one that is no fork of it would look for garbage all the time
    raise_alarms()
    parent = parent_process()
    if parent is not None:
        Thread(target=lambda: (wait([parent.sentinel]), os._exit(1)), daemon=True).start()
