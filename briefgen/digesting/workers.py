"""Files in, what each says out, in the order of the files: made by processes of this machine.

What comes back from them is JSON, which is quicker to load than pickle and the form that users see.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from briefgen.digesting.file import Result, digest_file
from briefgen.digesting.recipe import Recipe, tools
from briefgen.listing import Found
from briefgen.model.brief import Skipped
from briefgen.model.findings import Digest

if TYPE_CHECKING:
    from concurrent.futures import Executor


def in_processes(found: Sequence[Found], recipe: Recipe, jobs: int) -> Iterator[Result]:
    """What each file says, in the order of ``found``, made by ``jobs`` processes."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context
    from threading import active_count

    tools(recipe.lexicons)  # loaded before the fork, the workers share it
    context = get_context("spawn") if active_count() > 1 else None  # a fork would copy locks that other threads hold
    pool = ProcessPoolExecutor(min(jobs, len(found)), context, initializer=_settle_in)
    try:
        yield from _mapped(pool, found, recipe, jobs)
        pool.shutdown()
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        raise


def _mapped(pool: Executor, found: Sequence[Found], recipe: Recipe, jobs: int) -> Iterator[Result]:
    chunk = max(1, min(100, len(found) // (4 * jobs)))
    for skipped, documents in pool.map(_digest_as_json, found, [recipe] * len(found), chunksize=chunk):
        if skipped is not None:
            yield Skipped.model_validate_json(skipped)
        else:
            yield tuple(Digest.model_validate_json(each) for each in documents)


def _digest_as_json(found: Found, recipe: Recipe) -> tuple[str | None, list[str]]:
    result = digest_file(found, recipe)
    if isinstance(result, Skipped):
        return result.model_dump_json(), []
    return None, [digest.model_dump_json() for digest in result]


def _settle_in() -> None:
    """Make a worker end with its parent, and leave Ctrl-C to the parent."""
    import signal
    from multiprocessing import parent_process
    from multiprocessing.connection import wait
    from threading import Thread

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    parent = parent_process()
    if parent is not None:
        Thread(target=lambda: (wait([parent.sentinel]), os._exit(1)), daemon=True).start()
