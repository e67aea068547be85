"""What is kept from build to build: found again, never wrong, never in the way; damaged, foreign, full, shared."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen import cli, digesting, ourselves, pipeline
from briefgen.database import ASIDE, FORM
from briefgen.digesting import Recipe, digest_all, file
from briefgen.digesting.stored import Stored
from briefgen.listing import Found, list_documents
from briefgen.model.base import from_json, to_json
from briefgen.model.brief import Brief, Skipped
from briefgen.model.errors import UnreadableError
from briefgen.model.settings import Cache, Settings
from briefgen.store import FILE, Store, told_of

ROOT = Path(__file__).parent.parent
DOCUMENTS = {
    "fish.txt": "Fish Weekly\n\nThe mayor of Skerry opposes the herring quota. Norland demanded a new quota for cod by 2031.\n",
    "milk.txt": "Dairy Post\n\nThe mayor of Skerry said that milk should be free in schools.\n",
    "toll.md": "# Toll\n\nOstmark rejected the toll on the bridge.\n\n| Town | Million |\n|---|---|\n| Skerry | 3 |\n",
    "empty.txt": "",
}
KEPT = Path(".briefgen") / FILE


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    Path("in").mkdir()
    Path("briefgen.toml").touch()
    for name, text in DOCUMENTS.items():
        Path("in", name).write_text(text)
    yield tmp_path
    digesting.forget_lexicons()


def built(*options: str) -> dict[str, bytes]:
    """The files of a build."""
    assert cli.run(["build", "in", *options]) == 0
    return {path.name: path.read_bytes() for path in Path("out").iterdir()}


def afresh(capsys: pytest.CaptureFixture[str], *options: str) -> str:
    """What a build says of what it has read."""
    capsys.readouterr()
    built(*options)
    return next((line for line in capsys.readouterr().err.splitlines() if "afresh" in line), "")


def store(at_most: int = 100_000_000) -> Store:
    return Store(Path(".briefgen"), at_most)


class TestBuilds:
    def test_the_same_bytes_with_and_without(self) -> None:
        without = built("--no-cache")
        assert not KEPT.exists()
        assert built() == built() == built("--jobs", "2") == without

    def test_only_what_changed_is_read(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert afresh(capsys) == ""
        assert afresh(capsys) == "0 files read afresh, 3 remembered."
        Path("in/milk.txt").write_text("Dairy Post\n\nNorland opposes free milk.\n")
        changed = afresh(capsys)
        kept = built()
        assert changed == "1 file read afresh, 2 remembered."
        assert built("--no-cache") == kept
        assert afresh(capsys, "--no-cache") == ""

    def test_a_lexicon_has_all_read_anew(self, capsys: pytest.CaptureFixture[str]) -> None:
        built()
        Path("words").mkdir()
        Path("words/house.toml").write_text('[[actor]]\nid = "skerry"\nname = "Skerry Town"\nkind = "organization"\n')
        Path("briefgen.toml").write_text('lexicons = ["words"]\n')
        assert afresh(capsys) == ""
        assert afresh(capsys) == "0 files read afresh, 3 remembered."

    def test_a_template_only_has_its_page_rendered(self, monkeypatch: pytest.MonkeyPatch) -> None:
        Path("house").mkdir()
        before = built("--templates", "house")
        monkeypatch.setattr(pipeline, "_made", None)  # nothing is compared
        Path("house/brief.html.j2").write_text(
            '{% extends "default/brief.html.j2" %}{% block handling %}<p>Edition two.</p>{% endblock %}'
        )
        after = built("--templates", "house")
        assert b"Edition two." in after["brief.html"]
        assert {name for name in before if before[name] != after[name]} == {"brief.html"}
        monkeypatch.setattr(pipeline, "_rendered", None)  # nothing is rendered
        assert built("--templates", "house") == after

    def test_a_template_of_one_form_leaves_the_others(self, monkeypatch: pytest.MonkeyPatch) -> None:
        Path("house").mkdir()
        built("--templates", "house")
        render, forms = pipeline._rendered, list[str]()

        def noted(form: str, *given: Any) -> bytes:
            forms.append(form)
            return render(form, *given)

        monkeypatch.setattr(pipeline, "_rendered", noted)
        Path("house/brief.html.j2").write_text('{% extends "default/brief.html.j2" %}{% block head %}{% endblock %}')
        built("--templates", "house")
        assert forms == ["html"]
        Path("house/style.css").write_text("body { color: black }")  # looked for before, and not there
        built("--templates", "house")
        assert forms == ["html"] * 2
        Path("house/_parts.md.j2").write_text(Path(ROOT / "templates/_parts.md.j2").read_text() + "{# ours #}")
        built("--templates", "house")
        assert forms == ["html", "html", "md"]
        Path("house/labels.toml").write_text('[section]\nsources = "Papers"\n')
        after = built("--templates", "house")
        assert forms == ["html", "html", "md", "html", "md"]
        assert after == built("--templates", "house", "--no-cache")

    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("briefgen.toml", 'as_of = "2031-02-03"\n'),
            ("briefgen.toml", "include_text = false\n"),
            ("briefgen.toml", 'since = "2031-01-01"\n'),
            ("briefgen.toml", "[limits]\nkey_points = 1\n"),
            ("briefgen.toml", 'date = "2031"\n'),
            ("briefgen.toml", 'theme = "plain"\n'),
            ("briefgen.toml", 'sections = ["positions"]\n'),
            ("corrections.toml", '[[source]]\npath = "in/milk.txt"\nmark = "unreliable"\nwhy = "An error."\n'),
            ("in/sources.toml", '[[source]]\npath = "milk.txt"\ntitle = "Milk for all"\n'),
        ],
    )
    def test_whatever_changes_a_brief_is_heeded(self, name: str, text: str) -> None:
        before = built()
        Path(name).write_text(text)
        after = built()
        assert after != before
        assert built("--no-cache") == after

    def test_an_earlier_brief_is_heeded(self) -> None:
        built()
        shutil.copy("out/brief.json", "last.json")
        Path("briefgen.toml").write_text('previous = "last.json"\n')
        first = built()
        Path("last.json").write_bytes(Path("last.json").read_bytes().replace(b"Comparative brief", b"Last week"))
        assert built() != first
        assert built() == built("--no-cache")

    def test_what_could_not_be_read_is_tried_again(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def guarded(found: Found, *rest: Any) -> Any:
            if found.name == "milk.txt":
                raise UnreadableError("no-pdf", "a library is missing")
            return read(found, *rest)

        Path("in/toll.md").unlink()
        Path("in/empty.txt").unlink()
        read = file.read_documents
        with monkeypatch.context() as missing:
            missing.setattr(file, "read_documents", guarded)
            assert b"a library is missing" in built()["brief.json"]
            assert built() == built("--no-cache")
        assert b"a library is missing" not in built()["brief.json"]
        assert built() == built("--no-cache")

    def test_other_code_makes_everything_anew(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        built()
        monkeypatch.setattr(ourselves, "fingerprint", lambda parts=(): "other")
        assert afresh(capsys) == ""

    def test_a_wrong_call_leaves_nothing(self) -> None:
        assert cli.run(["build", "elsewhere"]) == 2
        assert not Path(".briefgen").exists()

    def test_it_lies_beside_the_settings_and_git_leaves_it_out(self, desk: Path) -> None:
        Path("week").mkdir()
        Path("week/briefgen.toml").write_text('documents = ["../in"]\n')
        assert cli.run(["build", "--config", "week/briefgen.toml"]) == 0
        assert Path("week/.briefgen/.gitignore").read_text() == "*\n"
        assert not Path(".briefgen").exists()

    def test_it_can_be_turned_off_or_put_elsewhere(self) -> None:
        Path("briefgen.toml").write_text("[cache]\nkeep = false\n")
        built()
        assert not Path(".briefgen").exists()
        Path("briefgen.toml").write_text('[cache]\nfolder = "kept/here"\n')
        built()
        assert Path("kept/here", FILE).exists()

    def test_nothing_is_put_into_an_output_folder(self, monkeypatch: pytest.MonkeyPatch) -> None:
        Path("week").mkdir()
        monkeypatch.chdir("week")
        assert cli.run(["build", "../in", "--out", "."]) == 0
        assert not Path(".briefgen").exists()

    def test_two_builds_at_once(self) -> None:
        command = [sys.executable, "-m", "briefgen", "build", "in"]
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        both = [subprocess.Popen([*command, "--out", f"out{n}"], env=environment, stderr=subprocess.PIPE) for n in range(2)]
        told = [each.communicate(timeout=300)[1].decode() for each in both]
        assert [each.returncode for each in both] == [0, 0], told
        assert not any("note:" in each for each in told), told
        assert Path("out0/brief.json").read_bytes() == Path("out1/brief.json").read_bytes() == built("--no-cache")["brief.json"]
        told_now = told_of(Path(".briefgen"))
        assert told_now
        assert told_now.kinds["document"] == 3

    def test_extract_asks_it_too(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        assert cli.run(["extract", "in", "--json"]) == 0
        first = capsys.readouterr().out
        monkeypatch.setattr("briefgen.extract.extract", None)
        assert cli.run(["extract", "in", "--json"]) == 0
        assert capsys.readouterr().out == first


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def overwrite(path: Path) -> None:
    path.write_bytes(b"\x07" * 4_000)


def spoil_the_header(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[0:40] = bytes(range(40))
    path.write_bytes(bytes(data))


def spoil_the_middle(path: Path) -> None:
    data = bytearray(path.read_bytes())
    for at in range(4_096, len(data), 512):
        data[at] ^= 0xFF
    path.write_bytes(bytes(data))


class TestDamage:
    @pytest.mark.parametrize("damage", [cut, overwrite, spoil_the_header, spoil_the_middle])
    def test_a_damaged_file_is_made_anew(self, damage: Callable[[Path], None], capsys: pytest.CaptureFixture[str]) -> None:
        before = built()
        damage(KEPT)
        capsys.readouterr()
        assert built() == before
        assert "note: " in capsys.readouterr().err
        assert built() == before
        assert built() == before
        assert afresh(capsys) == "0 files read afresh, 3 remembered."

    def test_a_flipped_byte_in_a_value_is_seen(self, capsys: pytest.CaptureFixture[str]) -> None:
        before = built()
        with sqlite3.connect(KEPT) as database:
            for key, value in database.execute("SELECT key, value FROM kept").fetchall():
                spoiled = value[:-1] + bytes([value[-1] ^ 1])
                database.execute("UPDATE kept SET value = ? WHERE key = ?", (spoiled, key))
        assert built() == before
        assert capsys.readouterr().err.count("note: something in the cache was damaged") == 1
        assert afresh(capsys) == "0 files read afresh, 3 remembered."

    def test_a_value_under_another_key_is_no_value(self) -> None:
        kept = store()
        kept.put("document a", b"of a")
        kept.close()
        with sqlite3.connect(KEPT) as database:
            database.execute("UPDATE kept SET key = 'document b'")
        assert store().get("document b") is None

    def test_another_program_keeps_its_database(self, capsys: pytest.CaptureFixture[str]) -> None:
        Path(".briefgen").mkdir()
        with sqlite3.connect(KEPT) as database:
            database.execute("CREATE TABLE recipes (dish TEXT)")
            database.execute("INSERT INTO recipes VALUES ('herring')")
        before = KEPT.read_bytes()
        assert built() == built("--no-cache")
        assert "is another program's: it is left as it is" in capsys.readouterr().err
        assert cli.run(["cache", "clear"]) == 2
        assert cli.run(["cache", "info"]) == 2
        assert KEPT.read_bytes() == before

    def test_one_of_another_version_is_emptied(self) -> None:
        before = built()
        with sqlite3.connect(KEPT) as database:
            database.execute("ALTER TABLE kept RENAME COLUMN value TO worth")
            database.execute(f"PRAGMA user_version = {FORM + 1}")
        assert built() == built() == before
        assert not KEPT.with_name(ASIDE).exists()

    def test_where_nothing_can_be_written_it_is_told(self, capsys: pytest.CaptureFixture[str]) -> None:
        Path(".briefgen").write_text("a file of somebody's")
        assert built() == built("--no-cache")
        assert "note: nothing is kept in .briefgen/cache.sqlite: " in capsys.readouterr().err
        assert Path(".briefgen").read_text() == "a file of somebody's"

    def test_a_full_disk_is_told(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        from briefgen import store as module

        def full(path: Path) -> sqlite3.Connection:
            database = whole(path)
            database.execute("PRAGMA max_page_count = 8")
            return database

        whole = module.connected
        monkeypatch.setattr(module, "connected", full)
        assert built() == built("--no-cache")
        assert "database or disk is full" in capsys.readouterr().err


class TestStore:
    @given(st.dictionaries(st.text(max_size=5).map("document ".__add__), st.binary(max_size=300), max_size=8))
    def test_what_was_put_there_is_found(self, values: dict[str, bytes]) -> None:
        shutil.rmtree(".briefgen", ignore_errors=True)
        kept = store()
        for key, value in values.items():
            kept.put(key, value)
        assert {key: kept.get(key) for key in values} == values
        kept.close()
        again = store()
        assert {key: again.get(key) for key in values} == values
        assert again.get("document none") is None
        again.close()

    def test_it_stays_within_its_bound_and_keeps_what_is_used(self) -> None:
        bound = 400_000
        for n in range(12):
            kept = store(bound)
            kept.get("document 0")
            kept.put(f"document {n}", os.urandom(60_000))
            kept.close()
        told = told_of(Path(".briefgen"))
        assert told
        assert told.bytes <= bound + 60_000
        assert KEPT.stat().st_size <= bound + 100_000
        assert store().get("document 0")
        assert store().get("document 11")
        assert store().get("document 1") is None

    def test_a_collection_larger_than_the_bound_finds_a_part_of_itself(self) -> None:
        values = {f"document {n:02}": os.urandom(30_000) for n in range(20)}
        found = []
        for _ in range(3):
            kept = store(400_000)
            missing = [key for key in values if kept.get(key) is None]
            for key in missing:
                kept.put(key, values[key])
            kept.close()
            found.append(len(values) - len(missing))
        assert found[0] == 0
        assert found[1] == found[2] > 8

    def test_a_finished_brief_goes_when_three_builds_did_not_need_it(self) -> None:
        kept = store()
        kept.put("finished brief", b"one")
        kept.put("document a", b"a")
        kept.close()
        for _ in range(3):
            assert told_of(Path(".briefgen")).kinds == {"document": 1, "finished": 1}  # type: ignore[union-attr]
            kept = store()
            kept.get("document a")
            kept.close()
        assert told_of(Path(".briefgen")).kinds == {"document": 1}  # type: ignore[union-attr]

    def test_what_was_made_before_a_build_was_stopped_is_kept(self) -> None:
        found, _ = list_documents([Path("in")])
        with pytest.raises(KeyboardInterrupt):
            _stopped_after_two(found)
        told = told_of(Path(".briefgen"))
        assert told
        assert told.kinds == {"document": 1}


def _stopped_after_two(found: list[Found]) -> None:
    kept = store()
    try:
        for n, result in enumerate(digest_all(found, Recipe(), known=Stored(kept))):
            assert isinstance(result, tuple | Skipped)
            if n:
                raise KeyboardInterrupt
    finally:
        kept.close()


class TestFingerprint:
    def test_each_module_and_each_library_counts(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        package = tmp_path / "package"
        shutil.copytree(ROOT / "briefgen/segment", package / "segment")
        monkeypatch.setattr(ourselves, "PACKAGE", package)
        monkeypatch.setattr(sys, "path", [str(tmp_path)])
        seen = set()
        for change in (
            lambda: None,
            lambda: (package / "segment/marks.py").write_text("MARKS = ()\n"),
            lambda: (package / "segment/more.py").write_text(""),
            (tmp_path / "pypdfium2-5.0.dist-info").mkdir,
            lambda: (tmp_path / "pypdfium2-5.0.dist-info").rename(tmp_path / "pypdfium2-5.1.dist-info"),
        ):
            change()
            ourselves.fingerprint.cache_clear()
            seen.add(ourselves.fingerprint(("segment",)))
        ourselves.fingerprint.cache_clear()
        assert len(seen) == 5

    def test_a_brief_comes_back_from_json_as_it_was(self) -> None:
        settings = Settings(cache=Cache(keep=False), out="elsewhere")
        brief = pipeline.make([ROOT / "seeds"], settings)
        assert from_json(Brief, to_json(brief)) == brief
