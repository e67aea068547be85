"""A file in, what is read of it out, within bounds of time and memory: what is done inside a worker.

Time is the processor's, so that a busy machine gives the same brief as a quiet one. It grows with the size of a file: a mailbox
of 50 MB may take longer than a note. So does memory: a short file that needs as much as a long one was made to do harm.

A first alarm ends Python code, which then says why; where a library of C does not come back, a second one ends the process, and
``workers`` finds the file that it was at. Systems without these alarms have no bound of time, and only Linux has one of memory.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TypeVar

from briefgen.digesting.recipe import Recipe
from briefgen.listing import Found
from briefgen.model.brief import Skipped

T = TypeVar("T")
MEGABYTE = 1_000_000
#: The second alarm comes when so many times the bound has passed.
LAST_CALL = 1.5
#: Of all the memory that a file may take, an empty one may take this share, and each megabyte as much again as the second.
SHARE, SHARE_A_MEGABYTE = 0.2, 0.1


class OutOfTimeError(BaseException):
    """The first alarm; no ``Exception``, since code that tries again on any of them would take it for a fault of the file."""


def within_bounds(found: Found, recipe: Recipe, read: Callable[[Found, Recipe], T | Skipped]) -> T | Skipped:
    """What is ``read`` of a file within the recipe's bounds; ``Skipped`` where they do not suffice."""
    size = size_of(found)
    with _with_memory(memory_for(size, recipe.memory_mb)):
        try:
            _arm(recipe.seconds * (1 + size // MEGABYTE))
            return read(found, recipe)
        except OutOfTimeError:
            return too_long(found, recipe)
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # where a library in Rust panics, that is no ``Exception``
            reason = f"a library gave up while it was read ({type(error).__name__}): it is damaged"
            return Skipped(path=found.name, code="fatal", reason=reason)
        finally:
            _arm(0)


def memory_for(size: int, memory_mb: int) -> int:
    """The bytes of memory that a file of so many bytes may take."""
    return int(memory_mb * min(1, SHARE + SHARE_A_MEGABYTE * size / MEGABYTE) * MEGABYTE)


def too_long(found: Found, recipe: Recipe) -> Skipped:
    """What is said of a file that took more than its time."""
    reason = f"reading it took more than {recipe.seconds} s of processor time a megabyte (limits.seconds)"
    return Skipped(path=found.name, code="too-long", reason=reason)


def raise_alarms() -> None:
    """Let alarms end what takes too long in this process."""
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGPROF, _out_of_time)
        signal.signal(signal.SIGVTALRM, signal.SIG_DFL)


def size_of(found: Found) -> int:
    """The bytes of a file; 0 if it is gone."""
    try:
        return os.stat(found.file).st_size
    except OSError:
        return 0


def _arm(seconds: float) -> None:
    """Set both alarms, or none with 0."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds * LAST_CALL)


def _out_of_time(_number: int, _frame: FrameType | None) -> None:
    raise OutOfTimeError


@contextmanager
def _with_memory(size: int) -> Iterator[None]:
    """Let this process have so many bytes more than it has now, where the system says how many these are."""
    in_use = _in_use()
    if not in_use:
        yield
        return
    import resource

    bound, most = resource.getrlimit(resource.RLIMIT_AS)
    wanted = in_use + size
    resource.setrlimit(resource.RLIMIT_AS, (wanted if bound == resource.RLIM_INFINITY else min(wanted, bound), most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (bound, most))


def _in_use() -> int:
    """The bytes of memory that this process has, as Linux counts them for its bound; 0 elsewhere."""
    try:
        pages = Path("/proc/self/statm").read_text().split()[0]
    except OSError:
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")
