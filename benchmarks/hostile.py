"""The big kit of hostile and broken documents over ``briefgen build``: ``python -m benchmarks hostile [GROUP ...]``.

The kit is other people's work and lies beside the gold data (``BRIEFGEN_EVAL``): a maker of cases, a checker that looks at
exit status, output, memory and time of each build, and a test that kills builds. It takes an hour; groups can be named, and
``crash`` is one of them. A second seed: ``BRIEFGEN_SEED=8``.
"""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
import sysconfig
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
KIT = "../reliability"
BUILD = ["-m", "briefgen", "build", "{in}", "--out", "{out}"]
NOBODY = "65534"
Case = dict[str, Any]


def main(wanted: list[str]) -> int:
    """Print a row for each group and a line for each case that failed; 1 if one did."""
    print("\n== hostile (documents made to do harm, each built twice)", flush=True)
    kit = Path(os.environ.get("BRIEFGEN_EVAL") or os.devnull).resolve() / KIT
    if not (kit / "make_bad_inputs.py").is_file():
        print("left out: set BRIEFGEN_EVAL to the folder of gold data; there is no reliability/make_bad_inputs.py beside it")
        return 0
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        folder.chmod(0o755)
        _write_settings(folder / "check.json", sys.executable, str(ROOT))
        _write_settings(
            folder / "nobody.json", _python_of_others(), os.pathsep.join([str(ROOT), sysconfig.get_path("purelib")])
        )
        groups = _make(kit, folder)
        print(f"{'group':<12}{'passed':>8}{'failed':>8}{'slowest':>10}{'peak':>10}")
        failed = [case for group in groups if not wanted or group in wanted for case in _run(kit, folder, group, groups[group])]
        for case in failed:
            print(f"{case['id']} ({case['note']}): {'; '.join(case['fails'])[:200]}")
        crashed = "crash" in wanted and _crash(kit, folder)
    return int(bool(failed or crashed))


def _write_settings(file: Path, python: str, path: str) -> None:
    command = [python, *BUILD, "--formats", "md,html,json,csv,email"]
    file.write_text(json.dumps({"command": command, "env": {"PYTHONPATH": path}}))


def _python_of_others() -> str:
    """A Python of this version that another user may start: that of the system, where ours lies in a closed folder."""
    ours = Path(sys.executable).resolve()
    if all(folder.stat().st_mode & stat.S_IXOTH for folder in ours.parents):
        return sys.executable
    return shutil.which(f"python3.{sys.version_info.minor}", path="/usr/local/bin:/usr/bin") or sys.executable


def _make(kit: Path, folder: Path) -> dict[str, list[Case]]:
    """Write the cases, with the lists of payloads that the kit has; by group."""
    lists = {"--blns": "payloads/blns.json", "--xss": "payloads/xss-payload-list.txt"}
    more = [word for option, name in lists.items() if (kit / name).is_file() for word in (option, str(kit / name))]
    seed = os.environ.get("BRIEFGEN_SEED", "7")
    command = [sys.executable, str(kit / "make_bad_inputs.py"), str(folder / "bad"), "--seed", seed, *more]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    groups: dict[str, list[Case]] = defaultdict(list)
    with (folder / "bad" / "manifest.jsonl").open() as lines:
        for case in map(json.loads, lines):
            groups[case["group"]].append(case)
    return groups


def _run(kit: Path, folder: Path, group: str, cases: list[Case]) -> list[Case]:
    """Check a group, print its row; the cases that failed. What means nothing to root is checked as another user."""
    done = _checked(kit, folder, "check.json", "--only", group)
    of_others = [case["id"] for case in cases if case.get("needs_user")]
    if of_others and os.geteuid() == 0:
        done += _checked(kit, folder, "nobody.json", "--ids", ",".join(of_others), "--as-user", NOBODY)
    failed = [case for case in done if not case["ok"]]
    slowest, peak = (max((case[name] for case in done), default=0) for name in ("wall", "rss_mb"))
    print(f"{group:<12}{len(done) - len(failed):>8}{len(failed):>8}{slowest:>8.1f} s{peak:>7} MB", flush=True)
    if len(done) < len(cases):
        print(f"  left out: {len(cases) - len(done)} of {len(cases)} cases could not be made or run here")
    return failed


def _checked(kit: Path, folder: Path, settings: str, *which: str) -> list[Case]:
    results = folder / "results.json"
    results.write_text("[]")
    command = [sys.executable, str(kit / "check_bad_inputs.py"), str(folder / "bad"), "--config", str(folder / settings)]
    subprocess.run([*command, *which, "--twice", "--jobs", "2", "--json", str(results)], check=False, stdout=subprocess.DEVNULL)
    done: list[Case] = json.loads(results.read_text())
    return done


def _crash(kit: Path, folder: Path) -> int:
    """Kill builds, fill disks, jump clocks; the test prints its own lines."""
    settings = {"command": [sys.executable, *BUILD], "env": {"PYTHONPATH": str(ROOT)}}
    (folder / "crash.json").write_text(json.dumps(settings))
    command = [sys.executable, str(kit / "crash_test.py"), "--config", str(folder / "crash.json"), "--kills", "200"]
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
