"""``python -m benchmarks [NAME...]`` (``make bench``): prints what each benchmark says, and what was left out and why.

Gold answers are other people's work and live outside the project: BRIEFGEN_EVAL names their folder, with a scorer beside each.
Without it only what needs no gold is measured; ``growth`` and ``linear`` (minutes), ``pages`` and ``preview`` (Chromium) and
``hostile`` (an hour) run where they are named, and so does ``fuzz``, alone. A benchmark is a row of QUALITY: its name, a file
that it needs, the command of the scorer.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from benchmarks import (
    cache,
    duplicates,
    extraction,
    formats,
    grouping,
    growth,
    proposals,
    reading,
    startup,
    summary,
    webpages,
    words,
)

ROOT = Path(__file__).parent.parent
BRIEFGEN = f"{sys.executable} -m briefgen"
EXTRACT, INSPECT = f"{BRIEFGEN} extract {{dir}} --json", f"{BRIEFGEN} inspect {{file}} --json"
DATED = f"{BRIEFGEN} extract {{file}} --json --date {{dct}}"

QUALITY = (
    ("attribution", "attribution/polnear-dev.jsonl", ("run_eval.py", "attribution", "{gold}", "--command", EXTRACT)),
    (
        "propositions",
        "propositions/pasrl-silver.jsonl",
        ("run_eval.py", "propositions", "{gold}", "--limit", "1000", "--command", EXTRACT),
    ),
    ("dates", "timex/timebank.jsonl", ("run_eval.py", "timex", "{gold}", "--limit", "60", "--command", DATED)),
    ("acceptance", "acceptance/expected.jsonl", ("acceptance/score_acceptance.py", "--verbose", "--command", INSPECT)),
)
#: Those that need no command of ours between the gold data and the scorer; they say more where they are asked for by name.
WITHIN = (
    ("clusters", "issues/argkp_statements-dev.jsonl", grouping.clusters),
    ("pairs", "duplicates/statement_pairs-dev.jsonl", grouping.pairs),
    ("html", "html/gold.json", webpages.main),
    ("summary", summary.GOLD, summary.main),
    ("words", "acceptance/files", words.main),
    ("cache", cache.GOLD, cache.main),
)


def main(wanted: list[str]) -> int:
    """Run the benchmarks that are wanted, all by default; the status is 1 if one of them failed."""
    failed = False
    if not wanted or "speed" in wanted:
        startup.main()
        extraction.main()
    if not wanted or "reading" in wanted:
        print("\n== reading (documents against a reader's list; every line: python -m benchmarks reading)")
        reading.main(lines="reading" in wanted)
    if not wanted or "formats" in wanted:
        print("\n== formats (CPU a document, beside the bare library's)")
        formats.main()
    if not wanted or "proposals" in wanted:
        print("\n== proposals (documents against a reader's list; every line: python -m benchmarks proposals)")
        proposals.main(lines="proposals" in wanted)
    if not wanted or "duplicates" in wanted:
        print("\n== duplicates (our own articles, rewritten; every error: python -m benchmarks duplicates)")
        duplicates.main(lines="duplicates" in wanted)
    if "growth" in wanted:
        growth.main(tuple(int(each) for each in wanted if each.isdigit()) or growth.COUNTS)
    if "pages" in wanted:
        from benchmarks import pages

        pages.main()
    if "preview" in wanted:
        from benchmarks import preview

        preview.main()
    if "linear" in wanted:
        from benchmarks import linear

        linear.main()
    if "hostile" in wanted:
        from benchmarks import hostile

        failed |= hostile.main([name for name in wanted if name != "hostile"]) != 0
    for name, needs, command in QUALITY:
        folder = gold(name, needs, wanted)
        failed |= folder is not None and score(folder, needs, command) != 0
    for name, needs, run in WITHIN:
        folder = gold(name, needs, wanted)
        failed |= folder is not None and run(folder, asked=name in wanted) != 0
    return int(failed)


def gold(name: str, needs: str, wanted: list[str]) -> Path | None:
    """The folder of gold data for a benchmark that is wanted; says what is left out and why."""
    if wanted and name not in wanted:
        return None
    print(f"\n== {name}", flush=True)
    folder = os.environ.get("BRIEFGEN_EVAL")
    if not folder:
        print("left out: set BRIEFGEN_EVAL to the folder of gold data")
    elif not (Path(folder) / needs).exists():
        print(f"left out: there is no {needs} in BRIEFGEN_EVAL")
    return Path(folder).resolve() if folder and (Path(folder) / needs).exists() else None


def score(folder: Path, needs: str, command: tuple[str, ...]) -> int:
    """Run one scorer; it prints its own figures."""
    script, *rest = command
    filled = [word.replace("{gold}", str(folder / needs)) for word in rest]
    return subprocess.run([sys.executable, str(folder / script), *filled], cwd=ROOT, check=False).returncode


def fuzz(wanted: list[str]) -> int:
    """Alone, since it takes options of its own."""
    from benchmarks import fuzz

    return fuzz.main(wanted)


if __name__ == "__main__":
    sys.exit(fuzz(sys.argv[2:]) if sys.argv[1:2] == ["fuzz"] else main(sys.argv[1:]))
