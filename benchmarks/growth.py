"""Time and memory of each stage for more and more documents: ``python -m benchmarks growth [COUNT ...]``.

Each count is measured in a process of its own, on the first documents of one made-up corpus (``corpus``). The exponent says
how the time of a stage grows: 1 is in step with the documents, 2 with their square.
"""

from __future__ import annotations

import json
import math
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

COUNTS = (1_000, 3_000, 10_000)
Made = TypeVar("Made")


def main(counts: tuple[int, ...] = COUNTS) -> int:
    """Print a row for each count and the exponents between the first and the last."""
    rows = [measured(count) for count in counts]
    stages = list(rows[0]["seconds"])
    print(f"{'documents':>10}{'statements':>12}" + "".join(f"{stage:>18}" for stage in stages))
    for row in rows:
        told = "".join(f"{row['seconds'][stage]:>8.1f}s {row['peak'][stage] / 1024:>5.0f} MB" for stage in stages)
        print(f"{row['documents']:>10,}{row['statements']:>12,}{told}", flush=True)
    growth = math.log(counts[-1] / counts[0])
    if growth:
        exponents = (math.log(rows[-1]["seconds"][stage] / rows[0]["seconds"][stage]) / growth for stage in stages)
        print(f"{'exponent':>22}" + "".join(f"{exponent:>18.2f}" for exponent in exponents))
    return 0


def measured(count: int) -> dict:  # type: ignore[type-arg]
    """What one process says of ``count`` documents."""
    told = subprocess.run([sys.executable, "-m", "benchmarks.growth", str(count)], check=True, capture_output=True, text=True)
    result: dict = json.loads(told.stdout)  # type: ignore[type-arg]
    return result


def one(count: int) -> None:
    """Make the brief of ``count`` files and print what each stage took, in seconds of CPU, and the peak so far in KB.

    Files are read by two processes, whose seconds are those of the first stage; what this one does meanwhile is the second.
    """
    from benchmarks.corpus import documents
    from briefgen.compare import Sift, compare, tools_of
    from briefgen.digesting import crew_of, digest_all, recipe_of
    from briefgen.digesting.gathering import gathered
    from briefgen.export.whole import json_pieces
    from briefgen.lexicon import load
    from briefgen.listing import list_documents
    from briefgen.model.brief import Generator
    from briefgen.model.settings import Settings
    from briefgen.render import render

    lexicon, settings = load([]), Settings(jobs=2)
    room = settings.limits.statements
    seconds: dict[str, float] = {}
    peak: dict[str, int] = {}

    def timed(stage: str, work: Callable[[], Made]) -> Made:
        begun = time.process_time()
        made = work()
        seconds[stage] = round(time.process_time() - begun, 3)
        peak[stage] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return made

    with TemporaryDirectory() as folder:
        for name, data in documents(count):
            (Path(folder) / name).write_bytes(data)
        found, _ = list_documents([Path(folder)])
        results = digest_all(found, recipe_of(settings), crew_of(settings))
        seconds["reading"] = 0.0
        sift = partial(Sift, room, tools_of(lexicon))
        digests, _, left_out = timed("gathering", lambda: gathered(results, room, lambda _: True, sift))
    workers = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds["reading"], peak["reading"] = round(workers.ru_utime + workers.ru_stime, 3), workers.ru_maxrss
    made_by = Generator(name="briefgen", version="0", rules="0")
    brief = timed("compare", lambda: compare(digests, lexicon, settings, generator=made_by))
    timed("json", lambda: sum(map(len, json_pieces(brief))))
    for form in ("md", "html"):
        timed(form, lambda form=form: render(brief, form))  # type: ignore[misc]
    statements = len(brief.statements) + (left_out.statements if left_out else 0)
    print(json.dumps({"documents": count, "statements": statements, "seconds": seconds, "peak": peak}))


if __name__ == "__main__":
    one(int(sys.argv[1]))
