"""Documents that are read by a dask cluster: a scheduler and two workers, each a process; one is killed on the way."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import pytest

from briefgen import cli
from briefgen.digesting import Crew, Recipe, digest_all
from briefgen.listing import Found, list_documents
from briefgen.model.settings import Described

pytest.importorskip("distributed", reason="dask is not installed")

#: Seconds until a cluster must have come up on a machine that is very busy.
PATIENCE = 240
OWN_RULE = """[[actor]]
id = "skerry"
name = "Skerry Board"
kind = "organization"
"""


class Cluster(NamedTuple):
    """Where the scheduler is, and its workers."""

    address: str
    workers: list[subprocess.Popen[bytes]]


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    folder = tmp_path_factory.mktemp("cluster")
    place = folder / "scheduler.json"
    with ExitStack() as stack:
        _started(
            stack, folder, "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", place
        )
        options = ("--scheduler-file", place, "--nthreads", "1", "--no-nanny", "--local-directory", folder)
        workers = [_started(stack, folder, "distributed.cli.dask_worker", *options) for _ in range(2)]
        yield Cluster(_address(place), workers)


def _started(stack: ExitStack, folder: Path, module: str, *options: object) -> subprocess.Popen[bytes]:
    """A process of dask, which ends with the tests."""
    log = stack.enter_context((folder / "log").open("ab"))
    command = [sys.executable, "-m", module, "--no-dashboard", *map(str, options)]
    process = stack.enter_context(subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, env=os.environ))
    stack.callback(process.kill)
    return process


def _address(place: Path) -> str:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            return str(json.loads(place.read_text())["address"])
        except (OSError, ValueError):
            time.sleep(0.1)
    pytest.fail("no scheduler has come up")


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers may take their time to come up."""
    monkeypatch.setattr("briefgen.digesting.cluster.PATIENCE", PATIENCE)


@pytest.fixture
def found(tmp_path: Path) -> list[Found]:
    """Documents in two formats, described, undated, empty and damaged."""
    folder = tmp_path / "in"
    folder.mkdir()
    for n in range(12):
        (folder / f"{n:02}.txt").write_text(f"Norway supports quota {n}.\n\nThe Skerry Board opposes it.\n")
    (folder / "page.html").write_text("<!doctype html><title>Tolls</title><p>The mayor of Lunden opposes the toll.</p>")
    (folder / "scan.pdf").write_bytes(b"%PDF-1.7 nothing")
    (folder / "void.txt").write_bytes(b"")
    taken, _ = list_documents([folder])
    return [each._replace(said=Described(path=each.name, publisher="Coast Courier")) for each in taken]


def test_a_cluster_says_what_this_machine_says(cluster: Cluster, found: list[Found], tmp_path: Path) -> None:
    (tmp_path / "words").mkdir()
    (tmp_path / "words/own.toml").write_text(OWN_RULE)
    recipe = Recipe(lexicons=(str(tmp_path / "words"),), file_time=True)
    here = list(digest_all(found, recipe))
    assert list(digest_all(found, recipe, Crew(scheduler=cluster.address))) == here


def test_a_worker_that_is_killed_costs_nothing(cluster: Cluster, found: list[Found]) -> None:
    here = list(digest_all(found, Recipe()))
    made = digest_all(found, Recipe(), Crew(scheduler=cluster.address))
    first = next(made)
    cluster.workers[0].kill()
    assert [first, *made] == here


def test_half_of_a_cluster_is_a_mistake(found: list[Found], capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(found[0].file.parent)
    assert cli.run(["build", folder, "--out", f"{folder}-out", "--executor", "dask"]) == 2
    assert "the address of a scheduler" in capsys.readouterr().err
    assert not Path(f"{folder}-out").exists()


def test_an_address_where_nothing_is_gets_a_clear_line(
    found: list[Found], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from briefgen.digesting import cluster as module

    monkeypatch.setattr(module, "PATIENCE", 1)
    folder = str(found[0].file.parent)
    options = ["--executor", "dask", "--scheduler", "tcp://127.0.0.1:9", "--quiet"]
    assert cli.run(["build", folder, "--out", f"{folder}-out", *options]) == 2
    told = capsys.readouterr().err
    assert "no cluster at tcp://127.0.0.1:9" in told
    assert "Traceback" not in told
