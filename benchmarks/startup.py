"""What a short run costs, as a ratio to the bare imports of its libraries: ``--help``, a wrong call, and ``seeds/`` cold.

All are measured in turns in one run, since machines differ and are never quiet; the least of some turns counts. Modules and
templates are compiled before, as they are where briefgen was run once; of documents nothing is known, and what a build keeps of
them is paid for. ``python -m benchmarks speed`` measures nothing else.
"""

from __future__ import annotations

import compileall
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
BARE = "import typer, pydantic, jinja2, markdown_it"
BRIEFGEN = [sys.executable, "-m", "briefgen"]
TURNS = 5


def main() -> None:
    """Print a line for each command."""
    print(f"== startup (CPU seconds, the least of {TURNS} turns)")
    compileall.compile_dir(ROOT / "briefgen", quiet=2)
    commands = {
        "bare imports": [sys.executable, "-c", BARE],
        "briefgen --help": [*BRIEFGEN, "--help"],
        "a wrong call": [*BRIEFGEN, "bild"],
        "build of seeds/": [*BRIEFGEN, "build", str(ROOT / "seeds"), "--quiet"],
    }
    took = least(commands)
    for name, seconds in took.items():
        print(f"{name:<16}{seconds:6.2f}   {seconds / took['bare imports']:4.1f} times {BARE!r}", flush=True)


def least(commands: Mapping[str, Sequence[str]]) -> dict[str, float]:
    """The least CPU time of each command, in turns."""
    turns = [{name: cpu(command) for name, command in commands.items()} for _ in range(TURNS)]
    return {name: min(turn[name] for turn in turns) for name in commands}


def cpu(command: Sequence[str]) -> float:
    """The CPU time of a command with its children; what a build keeps of documents it keeps in the folder of its settings."""
    plain = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "briefgen.toml").touch()
        env = plain | {"PYTHONPATH": str(ROOT)}
        subprocess.run(command, cwd=folder, check=False, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
