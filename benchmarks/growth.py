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
    """Make the brief of ``count`` documents and print what each stage took, in seconds of CPU, and the peak so far in KB."""
    from benchmarks.corpus import documents
    from briefgen.compare import compare, tools_of, with_outline
    from briefgen.extract import compile_rules, extract
    from briefgen.lexicon import load
    from briefgen.model.brief import Generator
    from briefgen.model.settings import Settings
    from briefgen.parsers import parse
    from briefgen.render import render
    from briefgen.segment import segment

    lexicon = load([])
    rules = compile_rules(lexicon)
    seconds: dict[str, float] = {}
    peak: dict[str, int] = {}

    def timed(stage: str, work: Callable[[], Made]) -> Made:
        begun = time.process_time()
        made = work()
        seconds[stage] = round(time.process_time() - begun, 3)
        peak[stage] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return made

    def read() -> list:  # type: ignore[type-arg]
        found = []
        for name, data in documents(count):
            for document in parse(name, data):
                cleaned, sentences = segment(document, lexicon)
                found.append(extract(cleaned, sentences, rules))
        return found

    digests = timed("extract", read)
    tools = tools_of(lexicon)
    digests = timed("outline", lambda: [with_outline(digest, tools) for digest in digests])
    made_by = Generator(name="briefgen", version="0", rules="0")
    brief = timed("compare", lambda: compare(digests, lexicon, Settings(), generator=made_by))
    for form in ("md", "html"):
        timed(form, lambda form=form: render(brief, form))  # type: ignore[misc]
    print(json.dumps({"documents": count, "statements": len(brief.statements), "seconds": seconds, "peak": peak}))


if __name__ == "__main__":
    one(int(sys.argv[1]))
