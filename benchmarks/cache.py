"""What a build costs that finds something kept, beside the first: ``python -m benchmarks cache``, over PolNeAR's training part.

Each row is a process of its own on the same documents: CPU seconds with children, how many times less than the first build
of this run, and the peak memory of the process. The rows come one behind the other, so that a busy machine is as busy for all.
"""

from __future__ import annotations

import compileall
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent
GOLD = "attribution/polnear-train.jsonl"
HOUSE = '{{% extends "default/brief.html.j2" %}}{{% block handling %}}<p>Edition {}.</p>{{% endblock %}}'
#: A build, its CPU seconds and its peak memory in KB, measured from within since children of children count too.
MEASURED = """
import os, resource, sys
from briefgen.__main__ import _run
sys.argv = ["briefgen", *sys.argv[1:]]
status = _run()
used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
print(status, sum(each.ru_utime + each.ru_stime for each in used), used[0].ru_maxrss)
"""


def main(folder: Path, *, asked: bool = False) -> int:
    """Print a row for each build; the status is 1 if one of them failed."""
    compileall.compile_dir(ROOT / "briefgen", quiet=2)  # as where it is installed
    with tempfile.TemporaryDirectory() as desk:
        return _measure(Path(desk), folder / GOLD)


def _measure(desk: Path, gold: Path) -> int:
    texts = [json.loads(line)["text"] for line in gold.open(encoding="utf-8")]
    for name in ("documents", "house"):
        (desk / name).mkdir()
    for at, text in enumerate(texts):
        (desk / f"documents/{at:04}.txt").write_text(text, encoding="utf-8")
    house, document = desk / "house/brief.html.j2", desk / "documents/0000.txt"
    house.write_text(HOUSE.format("one"), encoding="utf-8")
    steps: tuple[tuple[str, Callable[[], object]], ...] = (
        ("cold", lambda: None),
        ("warm", lambda: None),
        ("one document changed", lambda: document.write_text(f"{texts[0]}\nNorway opposes it.\n", encoding="utf-8")),
        ("one template changed", lambda: house.write_text(HOUSE.format("two"), encoding="utf-8")),
    )
    print(f"{len(texts):,} documents{'CPU':>17}{'cold /':>10}{'peak':>10}")
    first = 0.0
    for name, prepare in steps:
        prepare()
        status, seconds, peak = _build(desk)
        first = first or seconds
        print(f"{name:<22}{seconds:>8.1f} s{first / seconds:>9.1f}{peak / 1024:>7.0f} MB", flush=True)
        if status:
            return 1
    return 0


def _build(desk: Path) -> tuple[int, float, int]:
    """The exit status of a build, its CPU seconds and its peak memory in KB."""
    command = [sys.executable, "-c", MEASURED, "build", "documents", "--templates", "house", "--quiet"]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(desk / "cache")}  # what others keep is not found
    run = subprocess.run(command, cwd=desk, env=environment, check=True, capture_output=True, text=True)
    status, seconds, peak = run.stdout.split()
    return int(status), float(seconds), int(peak)
