"""What runs every week: the lines of docs/weekly.md as printed, the week, findings, the line of JSON, init and doctor."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import fisheries
import pytest

from briefgen import cli, doctor, starter
from briefgen.cli.weekly import findings, named_week
from briefgen.parsers import PARSERS
from briefgen.period import week_of, week_start
from briefgen.series import Built

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs/weekly.md").read_text(encoding="utf-8")
LETTER = "Letter\n\nThe mayor of Alderholm opposes the night ferry. Mira Solvang supports the night ferry.\n"


def fence(kind: str) -> list[str]:
    return [block.strip() for block in re.findall(rf"^```{kind}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)]


@pytest.fixture
def harbour(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What ``briefgen init harbour`` makes in somebody's home."""
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.chdir(tmp_path)
    assert cli.run(["init", "harbour"]) == 0
    monkeypatch.chdir(tmp_path / "harbour")
    return tmp_path / "harbour"


def of_every_week(harbour: Path) -> None:
    """Documents that belong to whatever week it is, so that the test does not depend on it."""
    for each in (harbour / "documents").iterdir():
        each.unlink()
    (harbour / "documents/letter.txt").write_text(LETTER)
    settings = harbour / "briefgen.toml"
    settings.write_text(settings.read_text().replace('undated = "exclude"', 'undated = "include"'))


def report(capsys: pytest.CaptureFixture[str]) -> Any:
    """The one line of standard output."""
    (line,) = capsys.readouterr().out.splitlines()
    return json.loads(line)


# The documented lines


@pytest.fixture
def home(harbour: Path) -> dict[str, str]:
    """The environment of a job: a home with ``harbour`` in it, and a path with briefgen on it."""
    of_every_week(harbour)
    tools = harbour.parent / "bin"
    tools.mkdir()
    (tools / "briefgen").write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m briefgen "$@"\n')
    (tools / "briefgen").chmod(0o755)
    return {"HOME": str(harbour.parent), "PATH": f"{tools}:/usr/local/bin:/usr/bin:/bin"}


def cron_lines() -> list[str]:
    (table,) = fence("cron")
    entries = [re.fullmatch(r"(?:[\d*,/-]+ +){5}(.+)", line) for line in table.splitlines() if line[:1].isdigit()]
    assert len(entries) == 2
    return [entry[1] for entry in entries if entry]


@pytest.mark.parametrize("line", cron_lines())
def test_the_lines_for_cron_run_as_written(line: str, home: dict[str, str]) -> None:
    """As cron does it: sh, in the user's home, with ``\\%`` for a percent sign."""
    run = subprocess.run(
        ["sh", "-c", line.replace("\\%", "%")],
        cwd=home["HOME"],
        env=home,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    told = json.loads((Path(home["HOME"]) / "harbour/build.log").read_text())
    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr == "undated: letter.txt: no date is known; it was kept\n"
    assert told["status"] == "findings"
    folder = Path(home["HOME"]) / "harbour"
    assert all((folder / file).exists() for file in (*told["files"], "out/index.html", "out/feed.xml"))
    assert f"out/{told['week']}/brief.html" in told["files"]


def test_the_lines_for_systemd_run_as_written(home: dict[str, str]) -> None:
    service, timer = fence("ini")
    (command,) = re.findall(r"^ExecStart=(.+)$", service, re.MULTILINE)
    (folder,) = re.findall(r"^WorkingDirectory=(.+)$", service, re.MULTILINE)
    there = folder.replace("%h", home["HOME"])
    assert subprocess.run(command.split(), cwd=there, env=home, check=False, capture_output=True, timeout=120).returncode == 1
    assert Path(there, "out/index.html").exists()
    assert "OnCalendar=Mon 06:00" in timer


def test_the_lines_for_github_run_as_written(home: dict[str, str]) -> None:
    (workflow,) = fence("yaml")
    (command,) = re.findall(r"run: (briefgen .+)$", workflow, re.MULTILINE)
    there = Path(home["HOME"]) / "harbour"
    assert (
        subprocess.run(["sh", "-c", command], cwd=there, env=home, check=False, capture_output=True, timeout=120).returncode
        == 1
    )
    assert Path(there, "out/index.html").exists()


def test_the_line_for_windows_is_a_build(harbour: Path) -> None:
    (line,) = fence("bat")
    (command,) = re.findall(r"&& (briefgen .+?) >> build\.log\"$", line)
    of_every_week(harbour)
    assert cli.run(command.split()[1:]) == 1


# Which week


@pytest.mark.parametrize(
    ("today", "starts", "this", "last"),
    [
        ("2026-11-16", "monday", "2026-W47", "2026-W46"),
        ("2026-11-22", "monday", "2026-W47", "2026-W46"),
        ("2026-11-22", "sunday", "2026-W48", "2026-W47"),
        ("2026-11-20", "saturday", "2026-W47", "2026-W46"),
        ("2027-01-03", "monday", "2026-W53", "2026-W52"),
        ("2027-01-04", "monday", "2027-W01", "2026-W53"),
    ],
)
def test_this_and_last_name_a_week(today: str, starts: str, this: str, last: str) -> None:
    day = date.fromisoformat(today)
    assert named_week("this", starts, day) == this
    assert named_week("last", starts, day) == last
    assert named_week("2020-W01", starts, day) == "2020-W01"
    assert week_start(this, starts) <= day
    assert week_of(week_start(this, starts), starts) == this


def test_a_week_of_the_clock_is_for_the_command_line_only(harbour: Path) -> None:
    (harbour / "briefgen.toml").write_text('week = "last"\n')
    assert cli.run(["build", "documents"]) == 2


# Strict, and the line for programs


def test_all_is_well(harbour: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert cli.run(["build", "--week", "2026-W47", "--strict", "--json", "--quiet"]) == 0
    told = report(capsys)
    assert (told["status"], told["exit"], told["week"], told["as_of"]) == ("ok", 0, "2026-W47", "2026-11-19")
    assert told["files"] == [f"out/2026-W47/brief.{form}" for form in ("md", "html", "json")]
    assert all(Path(file).exists() for file in told["files"])
    assert told["counts"]["sources"] == 2
    assert (told["changes"], told["skipped"], told["findings"]) == (None, [], [])


FINDINGS = {
    "skipped": ("scan.pdf", b"%PDF-1.7\n%broken"),
    "undated": ("note.txt", LETTER.encode()),
    "damaged": ("mojibake.txt", "Note\n\n18 November 2026\n\nIt\u00e2\u20ac\u2122s late, the mayor said.\n".encode()),
}


@pytest.mark.parametrize("code", list(FINDINGS))
def test_strict_fails_on_each_finding_and_writes_the_brief(
    harbour: Path, code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    name, data = FINDINGS[code]
    (harbour / "documents" / name).write_bytes(data)
    capsys.readouterr()
    assert cli.run(["build", "--week", "2026-W47", "--quiet"]) == 0
    assert cli.run(["build", "--week", "2026-W47", "--quiet", "--strict"]) == 1
    assert re.fullmatch(rf"{code}: {name}: .+\n", capsys.readouterr().err)
    assert cli.run(["build", "--week", "2026-W47", "--quiet", "--json"]) == 0
    told = report(capsys)
    assert (told["status"], told["exit"]) == ("findings", 0)
    assert [(each["code"], each["where"]) for each in told["findings"]] == [(code, name)]
    assert Path("out/2026-W47/brief.html").exists()


def test_an_undated_document_that_is_kept_is_a_finding_only_where_a_period_is_asked_for(harbour: Path) -> None:
    of_every_week(harbour)
    assert cli.run(["build", "--quiet", "--strict"]) == 0
    assert cli.run(["build", "--quiet", "--strict", "--week", "2026-W47"]) == 1


def test_an_edition_that_cannot_be_read_and_a_week_without_positions_are_findings(
    harbour: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("out/2026-W45").mkdir(parents=True)
    Path("out/2026-W45/brief.json").write_text("{")
    for each in (harbour / "documents").iterdir():
        each.unlink()
    Path("documents/rain.txt").write_text("Rain\n\n18 November 2026\n\nIt rained on Tuesday.\n")
    capsys.readouterr()
    assert cli.run(["build", "--week", "2026-W47", "--quiet", "--strict"]) == 1
    assert [line.split(": ")[0] for line in capsys.readouterr().err.splitlines()] == ["unreadable-edition", "no-position"]


def test_a_correction_that_does_not_match_is_a_finding() -> None:
    held = fisheries.brief()
    states = ("applied", "unmatched", "reworded", "contradicted")
    noted = [SimpleNamespace(file="corrections.toml", line=4, what=state, status=state) for state in states]
    built = Built(replace(held, corrections=tuple(noted)), Path("out"))
    assert [each.reason for each in findings(built) if each.code == "correction"] == ["unmatched", "contradicted"]


@pytest.mark.parametrize(
    ("arguments", "status", "code"),
    [
        (["--week", "2026-W01"], 4, "nothing-in-period"),
        (["--week", "2026-W99"], 2, "bad-value"),
        (["nowhere"], 2, "no-such-path"),
    ],
)
def test_a_failure_has_its_line_too(
    harbour: Path, arguments: list[str], status: int, code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert cli.run(["build", *arguments, "--json", "--quiet"]) == status
    told = report(capsys)
    assert (told["status"], told["exit"], told["code"]) == ("failed", status, code)


# init


def test_what_comes_next_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.run(["init", "harbour"]) == 0
    assert "Next: cd harbour && briefgen build --week 2026-W46" in capsys.readouterr().err


def test_the_folder_builds_at_once_and_shows_who_turned(harbour: Path) -> None:
    for week in ("2026-W46", "2026-W47"):
        assert cli.run(["build", "--week", week, "--strict", "--quiet"]) == 0
    assert cli.run(["build", "--strict", "--quiet"]) == 0
    brief = json.loads(Path("out/2026-W47/brief.json").read_text())
    assert len(brief["changes"]["reversed"]) == 1
    assert cli.run(["doctor"]) == 0


def test_nothing_is_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "README.md").write_text("mine")
    assert cli.run(["init", str(tmp_path)]) == 0
    assert (tmp_path / "README.md").read_text() == "mine"
    assert sorted(os.listdir(tmp_path / "documents")) == []
    assert [line.split("/")[-1] for line in capsys.readouterr().err.splitlines() if line.startswith("kept")] == [
        "README.md",
        "documents",
    ]
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert cli.run(["init", str(tmp_path)]) == 2
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_a_place_where_nothing_can_be_written_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    assert cli.run(["init", str(tmp_path / "file" / "below")]) == 2
    assert "Choose another folder" in capsys.readouterr().err


def test_the_settings_that_teach_name_what_there_is() -> None:
    text = (starter.HERE / starter.SETTINGS).read_text(encoding="utf-8")
    assert set(re.findall(r"^\[(\w+)\]", text, re.MULTILINE)) <= {"series", "limits", "mail"}
    for command in re.findall(r"`briefgen (\w+)", text):
        assert command in {"build", "doctor", "lexicon"}


# doctor


def told_by_doctor(capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, tuple[str, str]]]:
    capsys.readouterr()
    status = cli.run(["doctor", "--json"])
    checks = report(capsys)["checks"]
    return status, {check["name"]: (check["state"], check["advice"]) for check in checks if check["state"] != "ok"}


def test_the_doctor_is_content_and_leaves_nothing_behind(harbour: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = sorted(harbour.rglob("*"))
    assert told_by_doctor(capsys) == (0, {})
    assert sorted(harbour.rglob("*")) == before


def break_config(harbour: Path) -> None:
    (harbour / "briefgen.toml").write_text('titel = "x"\n')


def break_documents(harbour: Path) -> None:
    for each in (harbour / "documents").iterdir():
        each.unlink()


def break_lexicons(harbour: Path) -> None:
    rule = '[[verb]]\nid = "rebuke"\nstance = "opposes"\nverbs = ["rebuke"]\nframes = ["that"]\nexamples = ["Norway slept."]\n'
    with (harbour / "lexicon/house.toml").open("a") as file:
        file.write(rule)


def break_templates(harbour: Path) -> None:
    (harbour / "house").mkdir()
    (harbour / "house/brief.html.j2").write_text("{% if %}")
    settings = harbour / "briefgen.toml"
    settings.write_text(settings.read_text().replace('# templates = "templates"', 'templates = "house"'))


def break_output(harbour: Path) -> None:
    (harbour / "out").write_text("")


@pytest.mark.parametrize(
    ("broken", "name", "advice"),
    [
        (break_config, "config", "did you mean 'title'?"),
        (break_documents, "documents", "put files in"),
        (break_lexicons, "lexicons", "mend the rule"),
        (break_templates, "templates", "mend this line"),
        (break_output, "output", "name another"),
    ],
)
def test_the_doctor_finds_each_fault_and_says_what_to_do(
    harbour: Path, broken: Any, name: str, advice: str, capsys: pytest.CaptureFixture[str]
) -> None:
    broken(harbour)
    status, found = told_by_doctor(capsys)
    assert status == 1
    assert list(found) == [name]
    assert found[name][0] == "fault"
    assert advice in found[name][1]
    assert cli.run(["doctor"]) == 1
    assert "fault" in capsys.readouterr().out


def test_an_extra_that_is_missing_is_a_fault_only_where_it_is_needed(
    harbour: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "find_spec", lambda name: None)
    status, found = told_by_doctor(capsys)
    assert (status, found["extras"][0]) == (0, "note")
    (harbour / "documents/scan.pdf").write_bytes(b"%PDF-1.7")
    status = cli.run(["doctor"])
    assert status == 1
    assert (
        "fault  extras     pdf is not installed, and there are .pdf files: pip install 'briefgen[pdf]'"
        in capsys.readouterr().out
    )


def test_an_edition_that_cannot_be_read_is_noted(harbour: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("out/2026-W45").mkdir(parents=True)
    Path("out/2026-W45/brief.json").write_text('{"schema_version": "99"}')
    assert told_by_doctor(capsys) == (0, {"series": ("note", "briefgen build --week 2026-W45")})


def test_the_doctor_knows_every_extra() -> None:
    assert set(doctor.EXTRAS) == {entry.extra for entry in PARSERS.values() if entry.extra}
