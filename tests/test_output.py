"""The output folder: replaced as one, kept when something fails, and nothing of others is ever lost."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from briefgen import output
from briefgen.model.errors import BriefgenError, LockedError, UsageError

ROOT = Path(__file__).parent.parent
OLD = {"brief.md": b"old", "brief.json": b"{}"}
NEW = {"brief.md": b"new", "brief.html": b"<p>new"}
MORE = {**NEW, "summary.tex": b"new", "brief.csv": b"new"}
OTHER = {**OLD, "summary.tex": b"old", "table.csv": b"old"}
Break = Callable[[pytest.MonkeyPatch], None]


def put(out: Path, files: dict[str, bytes]) -> None:
    with output.hold(out) as held:
        output.replace(held, files)


def content(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.iterdir() if path.is_file() and path.name != output.LIST}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    put(tmp_path / "out", OLD)
    return tmp_path / "out"


@pytest.fixture(params=["exchange", "in place"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways of replacing; the second is what happens where folders cannot be swapped."""
    if request.param == "in place":
        monkeypatch.setattr(output, "_exchange", lambda *_: False)
    return str(request.param)


def test_the_new_brief_takes_the_place_of_the_old(way: str, out: Path) -> None:
    put(out, NEW)
    assert content(out) == NEW
    assert os.listdir(out.parent) == ["out"]


def test_files_of_others_stay(way: str, out: Path) -> None:
    (out / ".gitignore").write_bytes(b"*")
    (out / "photos").mkdir()
    (out / "photos" / "a.jpg").write_bytes(b"jpg")
    put(out, NEW)
    assert content(out) == {**NEW, ".gitignore": b"*"}
    assert (out / "photos" / "a.jpg").read_bytes() == b"jpg"
    assert os.listdir(out.parent) == ["out"]


def test_further_files_come_and_go_with_the_brief(way: str, out: Path) -> None:
    (out / "names").write_bytes(b"mine")
    for files in (MORE, OTHER, MORE, NEW):
        put(out, files)
        assert content(out) == {**files, "names": b"mine"}
        assert (out / output.LIST).exists() == (files != NEW)
    assert os.listdir(out.parent) == ["out"]


def test_a_file_of_somebody_else_is_never_written_over(way: str, out: Path) -> None:
    (out / "summary.tex").write_bytes(b"mine")
    with pytest.raises(UsageError, match="not briefgen's") as caught:
        put(out, MORE)
    assert caught.value.file == str(out / "summary.tex")
    assert content(out) == {**OLD, "summary.tex": b"mine"}
    (out / "summary.tex").unlink()
    put(out, MORE)
    put(out, MORE)
    assert content(out) == MORE


@pytest.mark.parametrize("listed", ["../precious", "/etc/passwd", "..", ".hidden", "a/b", "\xff\x00"])
def test_a_list_reaches_no_file_but_those_in_the_open(way: str, out: Path, listed: str) -> None:
    (out.parent / "precious").write_bytes(b"mine")
    (out / ".hidden").write_bytes(b"mine")
    (out / output.LIST).write_text(listed, encoding="latin-1")
    put(out, NEW)
    assert (out.parent / "precious").read_bytes() == b"mine"
    assert content(out) == {**NEW, ".hidden": b"mine"}


def test_mode_and_link_of_the_folder_stay(way: str, out: Path) -> None:
    out.chmod(0o750)
    (out.parent / "link").symlink_to("out")
    put(out.parent / "link", NEW)
    assert content(out) == NEW
    assert (out.parent / "link").is_symlink()
    assert out.stat().st_mode & 0o777 == 0o750


def test_where_the_caller_stands_the_folder_itself_stays(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(out)
    before = out.stat().st_ino
    put(Path(), NEW)
    assert out.stat().st_ino == before
    assert content(out) == NEW


def test_a_failure_to_write_keeps_the_old_brief(way: str, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(BriefgenError, match="No space left") as caught:
        put(out, NEW)
    assert caught.value.status == 5
    assert content(out) == OLD
    assert os.listdir(out.parent) == ["out"]


def test_a_folder_that_may_not_be_written_is_a_usage_error(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(output, "_write", refuse)
    with pytest.raises(UsageError, match="Choose another"):
        put(out, NEW)
    assert content(out) == OLD


STEPS = ("mkdir", "rename", "replace", "unlink", "rmdir", "fsync", "link", "chmod")


@pytest.mark.parametrize(("before", "after"), [(OLD, NEW), (OTHER, MORE), (OTHER, NEW)])
@pytest.mark.parametrize("died_at", range(1, 20))
def test_killed_at_any_step_the_next_run_finds_a_whole_brief(
    way: str, tmp_path: Path, died_at: int, before: dict[str, bytes], after: dict[str, bytes]
) -> None:
    """A process dies at its n-th change of the disk; nothing of it runs any more, not even ``finally``."""
    out = tmp_path / "out"
    put(out, before)
    (out / "mine.txt").write_bytes(b"mine")
    script = f"""
import os, sys
from pathlib import Path
from briefgen import output
left = {died_at}
def counted(real):
    def step(*args, **kwargs):
        global left
        left -= 1
        if left == 0:
            os._exit(9)
        return real(*args, **kwargs)
    return step
for name in {STEPS!r}:
    setattr(os, name, counted(getattr(os, name)))
output._exchange = counted(output._exchange) if {way == "exchange"} else lambda *_: False
with output.hold(Path({str(out)!r})) as held:
    output.replace(held, {after!r})
"""
    died = subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False, timeout=300).returncode
    assert died in (0, 9)
    if way == "exchange":
        assert {name: data for name, data in content(out).items() if name != "mine.txt"} in (before, after)
    with output.hold(out):
        pass
    assert content(out) in ({**before, "mine.txt": b"mine"}, {**after, "mine.txt": b"mine"})
    assert os.listdir(out.parent) == ["out"]


def test_only_one_build_at_a_time(out: Path) -> None:
    with output.hold(out) as held:
        with pytest.raises(LockedError) as caught, output.hold(out):
            pass
        output.replace(held, NEW)
        with pytest.raises(LockedError), output.hold(out):
            pass
    put(out, OLD)
    assert caught.value.status == 75
    assert content(out) == OLD


def test_folders_that_were_made_for_nothing_go_again(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), output.hold(tmp_path / "a" / "b"):
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_way_is_a_usage_error(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("precious")
    with pytest.raises(UsageError), output.hold(tmp_path / "out"):
        pass
    assert (tmp_path / "out").read_text() == "precious"
