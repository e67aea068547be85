"""``python -m benchmarks [NAME...]`` (``make bench``): prints what each benchmark says, and what was left out and why.

Gold answers are other people's work and live outside the project: BRIEFGEN_EVAL names their folder, with a scorer beside each.
Without it only the speed is measured. A benchmark is a row of QUALITY: its name, a file that it needs, the scorer's command.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

from benchmarks import extraction, formats, pages, reading, words

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
#: Benchmarks of our own on gold data: name, what they need, and what runs them.
OWN = (("html", "html/gold.json", pages.main), ("words", "acceptance/files", words.main))
BARE = "import typer, pydantic, jinja2, markdown_it"


def main(wanted: list[str]) -> int:
    """Run the benchmarks that are wanted, all by default; the status is 1 if one of them failed."""
    failed = False
    if not wanted or "speed" in wanted:
        speed()
        extraction.main()
    if not wanted or "reading" in wanted:
        print("\n== reading (documents against a reader's list; every line: python -m benchmarks reading)")
        reading.main(lines="reading" in wanted)
    if not wanted or "formats" in wanted:
        print("\n== formats (CPU a document, beside the bare library's)")
        formats.main()
    told = os.environ.get("BRIEFGEN_EVAL")
    for name, needs, run in (*((name, needs, partial(score, needs, command)) for name, needs, command in QUALITY), *OWN):
        if wanted and name not in wanted:
            continue
        print(f"\n== {name}", flush=True)
        if not told:
            print("left out: set BRIEFGEN_EVAL to the folder of gold data")
        elif not (Path(told) / needs).exists():
            print(f"left out: there is no {needs} in BRIEFGEN_EVAL")
        else:
            failed |= run(Path(told).resolve()) != 0
    return int(failed)


def score(needs: str, command: tuple[str, ...], folder: Path) -> int:
    """Run one scorer; it prints its own figures."""
    script, *rest = command
    filled = [word.replace("{gold}", str(folder / needs)) for word in rest]
    return subprocess.run([sys.executable, str(folder / script), *filled], cwd=ROOT, check=False).returncode


def speed() -> None:
    """CPU seconds of a build of ``seeds/`` and of ``--help``, beside those of the bare imports of the libraries."""
    print("== speed (CPU seconds, best of 3)")
    with tempfile.TemporaryDirectory() as folder:
        build = [sys.executable, "-m", "briefgen", "build", str(ROOT / "seeds"), "--out", f"{folder}/out", "--quiet"]
        bare = cpu([sys.executable, "-c", BARE])
        for name, command in (("build of seeds/", build), ("briefgen --help", [sys.executable, "-m", "briefgen", "--help"])):
            took = cpu(command)
            print(f"{name:<16} {took:.2f}   {took / bare:.1f} times {BARE!r} ({bare:.2f})", flush=True)


def cpu(command: list[str]) -> float:
    """The least CPU time of three runs of a command, with its children."""
    times = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(times)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
