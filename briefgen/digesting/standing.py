"""A worker that stands ready for the next document: a preview has one, so that no edit costs the start of a process.

Beside a server's threads no process is forked (``workers``), and one that is started anew reads all rules first, which takes
longer than all else that follows an edit. This one reads them while nobody waits. It says by which rules it reads, and is not
used where they have changed since. It ends when this process does, or when nobody holds the other end of its line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection

from briefgen.digesting.file import Result, digest_file
from briefgen.digesting.known import fingerprint
from briefgen.digesting.recipe import Recipe, made_by, tools
from briefgen.digesting.wall import within_bounds
from briefgen.digesting.workers import answer_of, apart, context_of, result_of, settle_in
from briefgen.listing import Found


class Worker:
    """A process at the other end of a line: files go there, answers come back, each in its time."""

    def __init__(self, recipe: Recipe) -> None:
        context = context_of(may_fork=False)  # a fork would hold open whatever is open here
        self.line, there = context.Pipe()
        self.process = context.Process(target=_work, args=(there, recipe), daemon=True)
        self.process.start()
        there.close()
        self.asked, self._reads_by = _rules(recipe), ""

    def reads_by(self, rules: str) -> bool:
        """Whether it lives and has read these rules; waits until it has."""
        with suppress(EOFError, OSError):
            self._reads_by = self._reads_by or self.line.recv()
        return self._reads_by == rules


#: The worker, while it has nothing to do; at most one.
_standing: list[Worker] = []


def stand_by(recipe: Recipe) -> None:
    """Have a worker for ``recipe`` ready soon, and none for any other."""
    if not any(worker.asked == _rules(recipe) and worker.process.is_alive() for worker in _standing):
        _standing[:] = [Worker(recipe)]


def is_ready(recipe: Recipe) -> bool:
    """Whether there is one that reads by these rules."""
    return any(worker.reads_by(_rules(recipe)) for worker in _standing)


def read(found: Sequence[Found], recipe: Recipe) -> Iterator[Result]:
    """What each file says, in the order of ``found``; where the worker dies, others do the rest."""
    worker, rest = _standing.pop(), list(found)
    try:
        worker.line.send(rest)
        while rest:
            answer = worker.line.recv()
            if len(rest) == 1:
                _standing.append(worker)
            del rest[0]
            yield result_of(answer)
    except (EOFError, OSError):
        yield from map(result_of, apart(rest, recipe))


def _work(line: Connection, recipe: Recipe) -> None:
    settle_in()
    tools(recipe.lexicons)
    line.send(_rules(recipe))
    with suppress(EOFError):
        while True:
            for each in line.recv():
                line.send(answer_of(within_bounds(each, recipe, digest_file)))


def _rules(recipe: Recipe) -> str:
    return fingerprint([*made_by(recipe), recipe])
