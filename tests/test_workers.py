"""Documents that are read by other processes: in order, within bounds, and one that is deadly costs only itself."""

from __future__ import annotations

import itertools
import os
import resource
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from multiprocessing import get_context
from pathlib import Path

import pytest

from briefgen import digesting
from briefgen.digesting import (
    ALONE,
    Memory,
    Recipe,
    Result,
    _digests,
    digest_all,
    digest_file,
    documents_of,
    file,
    key_by,
    load_lexicon,
    read_documents,
    standing,
    wall,
    workers,
)
from briefgen.digesting.known import recalled
from briefgen.listing import Found, list_documents
from briefgen.model.brief import Skipped

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="what is done to a worker here needs a fork and its signals")

RECIPE = Recipe(seconds=1, memory_mb=3000)


@pytest.fixture(autouse=True)
def _forked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers are forks of this process, whatever threads other tests have left, so that they inherit what is done here."""
    monkeypatch.setattr(workers, "context_of", lambda **_: get_context("fork"))


@pytest.fixture
def found(tmp_path: Path) -> list[Found]:
    for n in range(9):
        (tmp_path / f"{n}.txt").write_text(f"Norway supports quota {n}.\n\nThe union of dockers opposes it.\n")
    return list_documents([tmp_path])[0]


def told(results: list[Result]) -> list[str]:
    """Of each file its name, or the code of why it was left out."""
    return [each.code if isinstance(each, Skipped) else each[0].source.path for each in results]


def struck(monkeypatch: pytest.MonkeyPatch, name: str, by: Callable[[], object]) -> None:
    """Let the reading of one file do something dreadful."""
    read = file.read_documents
    monkeypatch.setattr(file, "read_documents", lambda found, *rest: by() if found.name == name else read(found, *rest))


class Panic(BaseException):
    """What a library in Rust raises where it has lost its way: no ``Exception``."""


def panic() -> None:
    raise Panic("index out of bounds")


def test_what_workers_say_is_what_is_said_here(found: list[Found]) -> None:
    here = list(digest_all(found, RECIPE))
    assert list(workers.in_processes(found, RECIPE, 1)) == here
    assert list(workers.in_processes(found, RECIPE, 3)) == here


@pytest.mark.parametrize(
    ("deed", "code"),
    [
        pytest.param(os.abort, "fatal", id="a library aborts"),
        pytest.param(lambda: os.kill(os.getpid(), signal.SIGKILL), "fatal", id="the system kills it"),
        pytest.param(lambda: os._exit(0), "fatal", id="it ends without a word"),
        pytest.param(panic, "fatal", id="a library panics"),
        pytest.param(lambda: [None for _ in itertools.repeat(None) if _], "too-long", id="Python without end"),
        pytest.param(lambda: sum(itertools.repeat(0)), "too-long", id="C without end"),
    ],
)
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_deadly_document_costs_only_itself(
    found: list[Found], monkeypatch: pytest.MonkeyPatch, deed: Callable[[], object], code: str, jobs: int
) -> None:
    struck(monkeypatch, "4.txt", deed)
    assert told(list(workers.in_processes(found, RECIPE, jobs))) == [code if n == 4 else f"{n}.txt" for n in range(9)]


def test_a_document_that_fills_the_memory_is_left_out(found: list[Found], monkeypatch: pytest.MonkeyPatch) -> None:
    read = file.read
    monkeypatch.setattr(file, "read", lambda each, limit: bytearray(10**10) if each.name == "4.txt" else read(each, limit))
    (skipped,) = [each for each in workers.in_processes(found, RECIPE, 1) if isinstance(each, Skipped)]
    assert (skipped.code, "limits.memory_mb is 3000" in skipped.reason) == ("too-much-memory", True)


def test_a_worker_that_dies_for_another_reason_costs_nothing(
    found: list[Found], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    once, read = tmp_path / "struck", file.read_documents

    def strike() -> object:
        if not once.exists():
            once.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return read(found[4], load_lexicon(()), RECIPE)

    struck(monkeypatch, "4.txt", strike)
    assert told(list(workers.in_processes(found, RECIPE, 2))) == [f"{n}.txt" for n in range(9)]


def test_who_looks_at_a_file_is_as_safe_as_a_build(found: list[Found], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "4.md").write_text("# Quota\n\nNorway supports it.\n")
    page = Found(tmp_path / "4.md", "4.md")
    for each in (found[4], page):
        assert documents_of(each, RECIPE) == tuple(read for read, _ in read_documents(each, load_lexicon(()), RECIPE))
    struck(monkeypatch, "4.md", os.abort)
    assert isinstance(skipped := documents_of(page, RECIPE), Skipped)
    assert skipped.code == "fatal"


def test_time_grows_with_the_size_of_a_document(found: list[Found], monkeypatch: pytest.MonkeyPatch) -> None:
    armed: list[float] = []
    monkeypatch.setattr(wall, "_arm", armed.append)
    with found[0].file.open("wb") as large:
        large.truncate(2_500_000)
    wall.within_bounds(found[0], RECIPE, digest_file)
    wall.within_bounds(found[1], RECIPE, digest_file)
    assert armed == [3, 0, 1, 0]


def test_memory_grows_with_the_size_of_a_document_up_to_the_bound() -> None:
    assert [wall.memory_for(size, 2000) // 1_000_000 for size in (0, 500_000, 5_000_000, 50_000_000)] == [400, 500, 1400, 2000]


def test_a_document_has_what_it_may_take_whatever_was_read_before(found: list[Found], monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that has grown has no less left for the next file, and is bound by nothing between two files."""
    bounds = []
    struck(monkeypatch, "4.txt", lambda: bounds.append(resource.getrlimit(resource.RLIMIT_AS)[0]))
    before = resource.getrlimit(resource.RLIMIT_AS)
    grown = bytearray(300_000_000)
    wall.within_bounds(found[4], RECIPE, digest_file)
    assert bounds[0] > len(grown) + wall.memory_for(0, RECIPE.memory_mb)
    assert resource.getrlimit(resource.RLIMIT_AS) == before


@pytest.mark.parametrize(
    ("name", "content", "here"),
    [
        ("a.txt", b"The mayor opposes the toll.", True),
        ("a.md", b"The mayor opposes the toll.", False),
        ("a.txt", b"<!doctype html><p>The mayor opposes the toll.", False),
        ("a.txt", b"%PDF-1.7 The mayor opposes the toll.", False),
        ("a.txt", b"The mayor opposes the toll. " * 40_000, False),
        ("a.html", b"<p>The mayor opposes the toll.", False),
    ],
)
def test_only_short_plain_text_is_read_without_a_wall(tmp_path: Path, name: str, content: bytes, here: bool) -> None:
    (tmp_path / name).write_bytes(content)
    assert file.is_harmless(Found(tmp_path / name, name)) is here


def test_chunks_are_of_about_as_many_bytes(tmp_path: Path) -> None:
    for n, size in enumerate((10, 10, 10, 300_000, 10, 10, 10, 200_000)):
        (tmp_path / f"{n}.txt").write_bytes(b"x" * size)
    found, _ = list_documents([tmp_path])
    assert [[each.name[0] for each in chunk] for chunk in workers.chunks(found, 1)] == [
        ["0", "1", "2"],
        ["3"],
        ["4", "5", "6"],
        ["7"],
    ]


@pytest.fixture
def worker(monkeypatch: pytest.MonkeyPatch) -> Iterator[standing.Worker]:
    """One that stands ready, as in a preview."""
    monkeypatch.setattr(standing, "context_of", lambda **_: get_context("fork"))
    standing.stand_by(RECIPE)
    (worker,) = standing._standing
    yield worker
    worker.process.kill()
    standing._standing.clear()


def read(found: list[Found], recipe: Recipe = RECIPE) -> list[Result]:
    """What is read of files as after an edit; none of them is taken for harmless."""
    return list(recalled(found, Memory(), key_by(recipe), lambda unknown: _digests(unknown, recipe, ALONE)))


@pytest.fixture
def _harmful(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(digesting, "is_harmless", lambda _: False)


@pytest.mark.usefixtures("_harmful")
def test_a_worker_that_stands_ready_is_used_again_and_again(
    found: list[Found], worker: standing.Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "in_processes", lambda *_: pytest.fail("another process was started"))
    for n in range(3):
        assert read(found[n:]) == [digest_file(each, RECIPE) for each in found[n:]]
        standing.stand_by(RECIPE)
        assert standing._standing == [worker]


@pytest.mark.usefixtures("_harmful")
def test_it_is_not_used_where_the_rules_are_others(found: list[Found], worker: standing.Worker) -> None:
    dated = RECIPE._replace(date="2031-05-14")
    assert read(found, dated) == [digest_file(each, dated) for each in found]
    standing.stand_by(dated)
    assert standing._standing != [worker]


@pytest.mark.usefixtures("_harmful")
def test_a_document_that_it_dies_of_costs_only_itself(found: list[Found], monkeypatch: pytest.MonkeyPatch) -> None:
    struck(monkeypatch, "4.txt", os.abort)
    monkeypatch.setattr(standing, "within_bounds", wall.within_bounds)
    monkeypatch.setattr(standing, "context_of", lambda **_: get_context("fork"))
    standing.stand_by(RECIPE)
    assert told(read(found)) == ["fatal" if n == 4 else f"{n}.txt" for n in range(9)]
    assert standing._standing == []
    assert read(found[:1]) == [digest_file(found[0], RECIPE)]


@pytest.mark.usefixtures("_harmful")
def test_one_that_was_killed_while_it_stood_is_not_missed(found: list[Found], worker: standing.Worker) -> None:
    assert standing.is_ready(RECIPE)
    worker.process.kill()
    worker.process.join()
    assert read(found) == [digest_file(each, RECIPE) for each in found]
    standing.stand_by(RECIPE)
    assert standing._standing != [worker]


def test_a_preview_does_not_try_again_what_could_not_be_read(tmp_path: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(b"%PDF-1.4 cut off")
    found, memory, tried = list_documents([tmp_path])[0], Memory(), list[str]()

    def made(unknown: Sequence[Found]) -> Iterator[Result]:
        tried.extend(each.name for each in unknown)
        return (digest_file(each, RECIPE) for each in unknown)

    results = [list(recalled(found, memory, key_by(RECIPE), made)) for _ in range(2)]
    assert tried == ["scan.pdf"]
    assert results[0] == results[1]
    assert memory.end_of_build() == 0
