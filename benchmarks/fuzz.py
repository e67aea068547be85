"""Inputs without end for parsers, rules, templates: ``python -m benchmarks fuzz [TARGET ...] [--minutes N] [--keep FOLDER]``.

Atheris, which must be installed, looks for inputs that reach new code; ``targets`` says what must hold of each. A finding is
any exception, a processor time out of all proportion to what was read, or the death of the process. Each is kept with its
traceback, one of each kind; corpora are kept too, so that the next run goes on where this one ended. The targets are fed one
after the other.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import random
import re
import subprocess
import sys
import time
import traceback
from hashlib import blake2b
from pathlib import Path

ROOT = Path(__file__).parent.parent
#: The tests whose documents are seeds.
TESTS = "parsers formats other_formats word workbook outlook pdf hostile document_dates segment".split()
#: Processor seconds for any input, for each thousand bytes of it and for each thousand characters that were read.
ALLOWED, A_THOUSAND = 3.0, 0.5
LONGEST = 20_000
#: What a target needs beyond atheris' own: so many MB of memory, and seconds after which it hangs.
MEMORY_MB, HANGS = 4_000, 300
DONE = re.compile(r"#(\d+)\s+DONE\s+cov: (\d+).*corp: (\d+)")


def main(wanted: list[str]) -> int:
    """Print a row for each target and a line for each finding; 1 if there is one."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks fuzz")
    parser.add_argument("target", nargs="*")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--keep", type=Path, default=ROOT / ".fuzz")
    asked = parser.parse_args(wanted)
    print(f"\n== fuzz ({asked.minutes:g} minutes a target)", flush=True)
    if importlib.util.find_spec("atheris") is None:
        print("left out: pip install atheris")
        return 0
    from benchmarks.targets import TARGETS

    record(asked.keep / "recorded")
    print(f"{'target':<16}{'inputs':>10}{'edges':>8}{'corpus':>8}{'findings':>10}", flush=True)
    return int(sum(fuzzed(name, asked.keep, asked.minutes * 60) for name in asked.target or TARGETS) > 0)


def record(folder: Path) -> None:
    """Let the tests of the parsers say what files they read."""
    if folder.exists():
        return
    modules = [f"tests/test_{name}.py" for name in TESTS]
    environment = {**os.environ, "RECORDED": str(folder)}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "benchmarks.recorded", *modules]
    subprocess.run(command, cwd=ROOT, env=environment, check=False, stdout=subprocess.DEVNULL)


def fuzzed(name: str, keep: Path, seconds: float) -> int:
    """Feed one target for so long, and again after it dies; the number of findings."""
    folder = keep / name
    (folder / "findings").mkdir(parents=True, exist_ok=True)
    inputs, edges, corpus = 0, 0, 0
    ends = time.monotonic() + seconds
    while (left := ends - time.monotonic()) > 1:
        command = [sys.executable, "-m", "benchmarks.fuzz", name, str(keep), str(int(left))]
        with (folder / "log").open("ab") as log:
            log.write(f"\n--- {name}, {int(left)} seconds\n".encode())
            log.flush()
            begins = log.tell()
            status = subprocess.run(command, cwd=ROOT, stdout=log, stderr=log, check=False).returncode
        said = (folder / "log").read_bytes()[begins:].decode(errors="replace")
        if done := DONE.search(said):
            inputs, edges, corpus = inputs + int(done[1]), int(done[2]), int(done[3])
        if status and not _of_death(folder, said):
            print(f"{name}: could not begin, see {folder / 'log'}")
            return 1
    told = sorted((folder / "findings").glob("*.txt"))
    print(f"{name:<16}{inputs:>10}{edges:>8}{corpus:>8}{len(told):>10}", flush=True)
    for path in told:
        print(f"  {path.read_text().splitlines()[0][:150]}  ({path.name})")
    return len(told)


def _of_death(folder: Path, said: str) -> bool:
    """Keep the input that killed the process as a finding; whether there is one."""
    dead = [path for path in folder.glob("*-*") if path.is_file()]
    for path in dead:
        path.rename(folder / "findings" / path.name)
        (folder / "findings" / f"{path.name}.txt").write_text(f"the process died: {path.name}\n{said[-3_000:]}")
    return bool(dead)


class Trials:
    """Feeds a target, and keeps one input of each kind of finding."""

    def __init__(self, name: str, folder: Path) -> None:
        from benchmarks.targets import TARGETS

        self.run, self.folder = TARGETS[name], folder
        self.known: set[str] = set()

    def __call__(self, data: bytes) -> None:
        """One input."""
        begun = time.process_time()
        read = 0
        try:
            read = self.run(data)
        except Exception as error:
            self.keep(data, f"{type(error).__name__} {_place(error)}: {error}", traceback.format_exc(), _place(error))
        spent = time.process_time() - begun
        if spent > ALLOWED + A_THOUSAND * (len(data) + read) / 1_000:
            self.keep(data, f"{spent:.1f} s for {len(data)} bytes, {read} characters", "", f"slow {len(data) // 2000}")

    def keep(self, data: bytes, told: str, trace: str, kind: str) -> None:
        """Write down a finding of a new kind."""
        if kind not in self.known:
            self.known.add(kind)
            path = self.folder / blake2b(kind.encode(), digest_size=5).hexdigest()
            path.write_bytes(data)
            path.with_suffix(".txt").write_text(f"{' '.join(told.split())[:300]}\n{trace}", errors="replace")


def _place(error: BaseException) -> str:
    """The innermost line of ours."""
    frames = [each for each in traceback.extract_tb(error.__traceback__) if "site-packages" not in each.filename]
    return f"{type(error).__name__} in {Path(frames[-1].filename).name}:{frames[-1].lineno}"


def child(name: str, keep: Path, seconds: str) -> None:
    """Feed one target in this process; ends it."""
    import atheris

    folder = keep / name
    with atheris.instrument_imports(include=["briefgen"]):
        from benchmarks import mutation, targets

        begin = sorted(targets.seeds(name, keep / "recorded"))
        begin = [mutation.packed(members) if (members := mutation.unpacked(seed)) else seed for seed in begin]
        trial = Trials(name, folder / "findings")
        for seed in begin:  # what is imported with the first file of a kind is watched too
            trial(seed)
    (folder / "corpus").mkdir(exist_ok=True)
    for seed in begin:
        (folder / "corpus" / blake2b(seed, digest_size=8).hexdigest()).write_bytes(seed)
    words = mutation.vocabulary(begin)

    def change(data: bytes, longest: int, seed: int) -> bytes:
        return mutation.mutated(data, longest, random.Random(seed), words, atheris.Mutate)

    bounds = [f"-max_total_time={seconds}", f"-max_len={LONGEST}", f"-rss_limit_mb={MEMORY_MB}", f"-timeout={HANGS}"]
    atheris.Setup(["fuzz", str(folder / "corpus"), *bounds, f"-artifact_prefix={folder}/"], trial, custom_mutator=change)
    atheris.Fuzz()


if __name__ == "__main__":
    child(sys.argv[1], Path(sys.argv[2]), sys.argv[3])
