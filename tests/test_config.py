"""Settings: where they are read from, and how a mistake in them is told."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen import config
from briefgen.model.errors import UsageError
from briefgen.model.settings import WEEKDAYS, Cache, Settings
from briefgen.period import week_start


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def mistake(text: str) -> UsageError:
    Path("briefgen.toml").write_text(text)
    with pytest.raises(UsageError) as caught:
        config.load()
    return caught.value


def test_without_a_file_there_are_defaults(folder: Path) -> None:
    assert config.load() == Settings()


def test_an_empty_file_is_a_valid_one(folder: Path) -> None:
    Path("briefgen.toml").write_text("")
    assert config.load() == Settings(cache=Cache(folder=".briefgen"))  # things are kept beside a file of settings


def test_a_table_in_pyproject(folder: Path) -> None:
    Path("pyproject.toml").write_text('[project]\nname = "x"\n[tool.briefgen]\ntitle = "Weekly"\n')
    assert config.load().title == "Weekly"


def test_a_pyproject_without_the_table_is_none_of_ours(folder: Path) -> None:
    Path("pyproject.toml").write_text("[project\nbroken")
    assert config.load() == Settings()


def test_briefgen_toml_goes_before_pyproject(folder: Path) -> None:
    Path("pyproject.toml").write_text('[tool.briefgen]\ntitle = "one"\n')
    Path("briefgen.toml").write_text('title = "two"\n')
    assert config.load().title == "two"


def test_paths_are_relative_to_the_file(folder: Path) -> None:
    Path("desk").mkdir()
    Path("desk/weekly.toml").write_text('documents = ["in"]\nout = "/abs/out"\nlexicons = ["words"]\n')
    settings = config.load(Path("desk/weekly.toml"))
    assert (settings.documents, settings.out, settings.lexicons) == (("desk/in",), "/abs/out", ("desk/words",))


def test_nothing_is_read_from_the_folder_of_documents(folder: Path) -> None:
    from briefgen import cli

    Path("in").mkdir()
    Path("in/briefgen.toml").write_text('title = "Taken over"\n')
    Path("in/a.txt").write_text("The council said that the pier should be repaired.\n")
    assert cli.run(["build", "in", "--quiet"]) == 0
    assert "Taken over" not in Path("out/brief.md").read_text().splitlines()[0]


def test_an_unknown_key_names_the_nearest(folder: Path) -> None:
    error = mistake('title = "x"\n\n[limits]\nkeypoints = 3\n')
    assert (error.file, error.line, error.code, error.hint) == ("briefgen.toml", 4, "unknown-key", "key_points")


def test_an_unknown_key_under_pyproject(folder: Path) -> None:
    Path("pyproject.toml").write_text('[project]\ntitel = "x"\n[tool.briefgen]\ntitel = "Weekly"\n')
    with pytest.raises(UsageError) as caught:
        config.load()
    assert (caught.value.line, caught.value.hint) == (4, "title")


def test_a_bad_value_says_what_is_right(folder: Path) -> None:
    error = mistake('jobs = 2\nformats = ["md", "htm"]\n')
    assert (error.line, error.hint) == (2, "html")
    assert "'htm' is not one of md, html, json" in error.message


def test_sections_are_known_and_named_once(folder: Path) -> None:
    error = mistake('title = "x"\nsections = ["sources", "proposal"]\n')
    assert (error.line, error.hint) == (2, "proposals")
    assert "names 'sources' twice" in mistake('sections = ["sources", "method", "sources"]\n').message
    assert "at least 1 item" in mistake("sections = []\n").message


def test_a_day_must_be_one(folder: Path) -> None:
    assert "it should be a day" in mistake('as_of = "2026-02-30"\n').message
    assert "it should be a day" in mistake('as_of = "20260230"\n').message


def test_a_path_holds_no_nul(folder: Path) -> None:
    assert "no path holds a NUL" in mistake('out = "a\\u0000b"\n').message
    assert "no path holds a NUL" in mistake('documents = ["a\\u0000b"]\n').message


def test_of_two_mistakes_the_first_is_told(folder: Path) -> None:
    assert mistake('jobs = 0\ntitel = "x"\n').line == 1


def test_what_is_no_toml_has_a_place(folder: Path) -> None:
    error = mistake('title = "x"\njobs = = 2\n')
    assert (error.code, error.line, error.column) == ("toml", 2, 8)


def test_what_is_no_utf_8_has_a_line(folder: Path) -> None:
    Path("briefgen.toml").write_bytes(b'jobs = 1\ntitle = "\xff"\n')
    with pytest.raises(UsageError) as caught:
        config.load()
    assert (caught.value.code, caught.value.line) == ("not-utf-8", 2)


def test_a_missing_config_file_is_named(folder: Path) -> None:
    with pytest.raises(UsageError, match=r"nowhere\.toml"):
        config.load(Path("nowhere.toml"))


def test_the_command_line_goes_before_the_file() -> None:
    settings = config.override(Settings(title="file", jobs=3), title="line", jobs=None)
    assert (settings.title, settings.jobs) == ("line", 3)


@pytest.mark.parametrize(
    ("week", "starts", "first"),
    [
        ("2026-W47", "monday", "2026-11-16"),
        ("2026-W47", "sunday", "2026-11-15"),
        ("2026-W47", "saturday", "2026-11-14"),
        ("2026-W47", "wednesday", "2026-11-18"),
        ("2026-W01", "monday", "2025-12-29"),
        ("2026-W53", "monday", "2026-12-28"),
    ],
)
def test_the_first_day_of_a_week(week: str, starts: str, first: str) -> None:
    assert week_start(week, starts).isoformat() == first


@given(st.integers(1, 52), st.sampled_from(WEEKDAYS))
def test_a_week_holds_the_thursday_that_names_it(number: int, starts: str) -> None:
    first = week_start(f"2026-W{number:02}", starts)
    assert WEEKDAYS[first.weekday()] == starts
    assert first <= date.fromisocalendar(2026, number, 4) <= first + timedelta(days=6)


def test_a_period_of_the_command_line_replaces_that_of_the_file() -> None:
    settings = config.override(Settings(week="2026-W46"), since="2026-11-01")
    assert (settings.week, settings.since, settings.until) == (None, "2026-11-01", None)
