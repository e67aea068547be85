"""Commands as cases: files, a command, then the exit status and what was said (``! `` before lines of standard error).

A file is ``== name`` and its lines; ``== name hex`` takes hex digits. A line ``$ briefgen ...`` runs in their folder.
"""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from builtin import steady
from casefile import Case, check, parametrize

from briefgen import cli

ROOT = Path(__file__).parent.parent
DOCUMENT = "Harbour News\n\nThe mayor of Lindhaven said that the ferry should run at night.\n"


@pytest.fixture(autouse=True)
def _plain_terminal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.chdir(tmp_path)


@parametrize("cli")
def test_commands(case: Case, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    check(case, request, lambda source, _: run_script(source, tmp_path, capsys))


def run_script(source: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> str:
    files, *commands = (
        source.split("\n$ briefgen") if not source.startswith("$ ") else ["", *f"\n{source}".split("\n$ briefgen")[1:]]
    )
    write_files(files, folder)
    told = []
    for command in commands:
        status = cli.run(shlex.split(command))
        said = capsys.readouterr()
        told += [f"exit {status}", *said.out.splitlines(), *(f"! {line}".rstrip() for line in said.err.splitlines())]
    return steady("\n".join(told))


def write_files(listing: str, folder: Path) -> None:
    for entry in listing.split("== ")[1:]:
        head, _, body = entry.partition("\n")
        name, _, kind = head.partition(" ")
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(bytes.fromhex(body) if kind == "hex" else body.encode())


def start(*arguments: str, **options: object) -> subprocess.Popen[bytes]:
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "stdin": subprocess.DEVNULL, **options}
    # a shell's background job ignores the keyboard's signal, and so would its children
    pipes.setdefault("preexec_fn", lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
    return subprocess.Popen([sys.executable, "-m", "briefgen", *arguments], **pipes)  # type: ignore[call-overload, no-any-return]


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(DOCUMENT)
    return folder


def test_a_file_without_permission_is_skipped(
    documents: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def guarded(path: str, *args: Any, **options: Any) -> int:
        if str(path).endswith("secret.txt"):
            raise PermissionError(13, "Permission denied")
        return whole(path, *args, **options)

    (documents / "secret.txt").write_text("x")
    whole = os.open
    monkeypatch.setattr(os, "open", guarded)  # since root may read everything
    assert cli.run(["build", "in"]) == 0
    assert "secret.txt: there is no permission to read it" in capsys.readouterr().err


def test_a_path_that_cannot_be_reached_is_told_in_a_line(
    documents: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def guarded(path: Path, **options: Any) -> os.stat_result:
        if path.name == "shut.txt":
            raise PermissionError(13, "Permission denied")
        return whole(path, **options)

    whole = Path.stat
    monkeypatch.setattr(Path, "stat", guarded)
    assert cli.run(["build", "in/shut.txt"]) == 4
    assert "shut.txt: there is no permission to read it" in capsys.readouterr().err
    assert cli.run(["build", "in", "x" * 300]) == 2
    assert "there is no such file or folder" in capsys.readouterr().err


def test_special_files_and_links_out_of_the_folder_are_skipped(documents: Path, tmp_path: Path) -> None:
    (tmp_path / "outside.txt").write_text(DOCUMENT)
    (documents / "link.txt").symlink_to(tmp_path / "outside.txt")
    (documents / "0.txt").symlink_to("a.txt")
    (documents / "loop.txt").symlink_to("loop.txt")
    os.mkfifo(documents / "pipe")
    assert cli.run(["build", "in", "--quiet"]) == 0
    brief = json.loads(Path("out/brief.json").read_text())
    assert [source["path"] for source in brief["sources"]] == ["a.txt"]
    assert [(each["path"], each["code"]) for each in brief["skipped"]] == [
        ("link.txt", "link"),
        ("loop.txt", "not-a-file"),
        ("pipe", "not-a-file"),
    ]


def test_a_trial_is_given_to_programs(documents: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "Chad opposes the dam, and perhaps the levy of 2019."
    assert cli.run(["lexicon", "try", text, "--json"]) == 0
    made = json.loads(capsys.readouterr().out)
    (told,) = made["statements"]
    assert (told["statement"]["actor"], told["why"]["rule"], told["why"]["kind"]) == ("chad", "oppose", "verb")
    assert [cue["text"] for cue in made["cues"] if cue["read"]] == ["opposes"]
    for found in (*made["cues"], *made["actors"], *made["dates"], *made["hedges"]):
        assert text[found["start"] : found["end"]] == found["text"]


def test_files_of_the_same_name_stay_apart(documents: Path) -> None:
    Path("june").mkdir()
    Path("june/a.txt").write_text(DOCUMENT.replace("ferry", "tram"))
    assert cli.run(["build", "in", "june", "in/a.txt", "--quiet"]) == 0
    brief = json.loads(Path("out/brief.json").read_text())
    assert [source["path"] for source in brief["sources"]] == ["in/a.txt", "june/a.txt"]


def test_the_output_folder_is_not_read_again(documents: Path) -> None:
    for _ in range(2):
        assert cli.run(["build", "in", "--out", "in/out", "--quiet"]) == 0
    brief = json.loads(Path("in/out/brief.json").read_text())
    assert [source["path"] for source in brief["sources"]] == ["a.txt"]


def test_a_fault_in_one_file_costs_only_that_file(documents: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from briefgen.digesting import file

    (documents / "b.txt").write_text("cursed")
    whole = file.read
    monkeypatch.setattr(file, "read", lambda found, limit: 1 / 0 if found.name == "b.txt" else whole(found, limit))
    assert cli.run(["build", "in", "--quiet"]) == 0
    skipped = json.loads(Path("out/brief.json").read_text())["skipped"]
    assert [(each["path"], each["code"]) for each in skipped] == [("b.txt", "internal")]
    assert "ZeroDivisionError" in skipped[0]["reason"]


def test_names_and_texts_cannot_steer_the_terminal(documents: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (documents / "a\x1b[31m.bin").write_bytes(b"\0\1\2")
    (documents / "b.txt").write_text("Title \x1b]0;pwned\x07\u202e\n\nThe clerk said that \x9b31m it is late.\n")
    for arguments in (["build", "in"], ["inspect", "in/b.txt"], ["extract", "in"]):
        cli.run(arguments)
        said = capsys.readouterr()
        assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(said.out + said.err)


def test_colour_when_it_is_forced(documents: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    cli.run(["inspect", "in/a.txt"])
    assert "\x1b[" not in capsys.readouterr().out
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("FORCE_COLOR", "1")
    (documents / "b.txt").write_text("The clerk said that it is late.\n\nShare this article\n\nIt\u00e2\u20ac\u2122s late.\n")
    cli.run(["inspect", "in/b.txt"])
    said = capsys.readouterr().out
    assert "\x1b[1mSections\x1b[0m" in said
    assert "\x1b[33mboilerplate\x1b[0m: Share this article" in said
    assert "\x1b[36mmojibake\x1b[0m: " in said


@pytest.mark.parametrize("ending", [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_stopped_build_is_quiet_and_leaves_the_old_brief(documents: Path, ending: tuple[signal.Signals, int]) -> None:
    assert cli.run(["build", "in", "--quiet"]) == 0
    old = Path("out/brief.json").read_bytes()
    for number in range(300):
        (documents / f"more{number}.txt").write_text(DOCUMENT * 100)
    build = start("build", "in")
    while not Path("out").exists() or (build.poll() is None and not holds_folder(build.pid)):
        time.sleep(0.01)
    build.send_signal(ending[0])
    _, said = build.communicate(timeout=300)
    assert build.returncode == ending[1]
    assert b"Traceback" not in said
    assert Path("out/brief.json").read_bytes() == old
    assert sorted(os.listdir()) == ["in", "out"]


def holds_folder(pid: int) -> bool:
    """Whether the build has come to its work, seen by its lock on the output folder."""
    if not Path("/proc/self/fd").exists():
        time.sleep(1)
        return True
    return any(path.endswith("/out") for path in open_files(pid))


def open_files(pid: int) -> Iterator[str]:
    """What a process has open; files that it closes meanwhile are left out."""
    with suppress(OSError):
        for link in Path(f"/proc/{pid}/fd").iterdir():
            with suppress(OSError):
                yield os.readlink(link)


def test_a_reader_that_goes_away_is_no_fault(documents: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    run = start("extract", "in", "--json", stdout=writing)
    os.close(writing)
    _, said = run.communicate(timeout=300)
    assert b"Traceback" not in said
    assert b"fault" not in said


def test_closed_streams_do_no_harm(documents: Path) -> None:
    script = f'"{sys.executable}" -m briefgen build in <&- >&- 2>&-'
    assert subprocess.run(["sh", "-c", script], check=False, timeout=300).returncode == 0
    assert json.loads(Path("out/brief.json").read_text())["sources"]


@pytest.mark.parametrize("words", [["--help"], ["--nonsense"], ["bild"], ["build", "--nonsense"]])
def test_help_and_wrong_calls_import_nothing_heavy(words: list[str]) -> None:
    script = f"import sys; from briefgen import cli; cli.run({words}); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    assert "typer" in loaded
    assert not {"rich", "pydantic", "jinja2", "lxml", "markdown_it", "asyncio"} & set(loaded)
