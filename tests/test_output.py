"""The output folder: replaced as one, kept when something fails, and nothing of others is ever lost."""

from __future__ import annotations

import os
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from briefgen import output
from briefgen.model.errors import BriefgenError, LockedError, UsageError

OLD = {"brief.md": b"old", "brief.json": b'{\n "schema_version":"1"}'}
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
        assert (out / output.LIST).exists()
    put(out, OLD)
    assert not (out / output.LIST).exists()
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


@pytest.mark.parametrize("others", ["brief.md", "brief.json", "brief.dna.csv"])
@pytest.mark.parametrize("files", [OLD, NEW])
def test_a_folder_without_a_brief_of_ours_holds_none(way: str, tmp_path: Path, files: dict[str, bytes], others: str) -> None:
    (tmp_path / others).write_bytes(b'{"schema_version": "of another program"}')
    with pytest.raises(UsageError, match="not briefgen's"):
        put(tmp_path, files)
    assert os.listdir(tmp_path) == [others]
    (tmp_path / others).unlink()
    put(tmp_path, files)
    put(tmp_path, NEW)
    assert content(tmp_path) == NEW


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


STEPS = ((os, "mkdir"), (os, "rename"), (os, "replace"), (os, "unlink"), (os, "rmdir"), (os, "fsync"), (output, "_exchange"))


def dies_at(step: int, out: Path, files: dict[str, bytes]) -> bool:
    """Whether a process dies at its n-th change of the disk, if there are so many; nothing of it runs any more."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    left = step

    def counted(real: Callable[..., object]) -> Callable[..., object]:
        def counting(*args: object, **kwargs: object) -> object:
            nonlocal left
            left -= 1
            return os._exit(9) if left == 0 else real(*args, **kwargs)

        return counting

    try:
        for module, name in STEPS:
            setattr(module, name, counted(getattr(module, name)))
        put(out, files)
    finally:
        os._exit(0)


@pytest.mark.parametrize(("before", "after"), [(OLD, NEW), (OLD, MORE), (OTHER, MORE), (OTHER, NEW)])
def test_killed_at_any_step_the_next_run_finds_a_whole_brief(
    way: str, tmp_path: Path, before: dict[str, bytes], after: dict[str, bytes]
) -> None:
    for step in count(1):
        out = tmp_path / str(step) / "out"
        put(out, before)
        (out / "mine.txt").write_bytes(b"mine")
        died = dies_at(step, out, after)
        if way == "exchange":
            assert {name: data for name, data in content(out).items() if name != "mine.txt"} in (before, after)
        with output.hold(out):
            pass
        assert content(out) in ({**before, "mine.txt": b"mine"}, {**after, "mine.txt": b"mine"})
        assert (out / output.LIST).exists() == (not content(out).keys() - {"mine.txt"} <= OLD.keys())
        assert os.listdir(out.parent) == ["out"]
        if not died:
            break
    assert step > 10
    assert content(out) == {**after, "mine.txt": b"mine"}


def test_a_power_cut_finds_what_was_written_before_it_took_its_place(
    way: str, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each file reaches the disk, then the names in its folder, and only then the brief takes its place."""
    lasting: list[str] = []

    def synced(number: int) -> None:
        lasting.append(Path(os.readlink(f"/proc/self/fd/{number}")).name)

    def moved(real: Callable[..., object]) -> Callable[..., object]:
        def moving(*paths: object) -> object:
            lasting.append("in its place")
            return real(*paths)

        return moving

    if not Path("/proc/self/fd").exists():
        pytest.skip("nothing tells which files are open")
    module, name = (output, "_exchange") if way == "exchange" else (os, "rename")
    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(module, name, moved(getattr(module, name)))
    put(out, NEW)
    *files, folder = lasting[: lasting.index("in its place")]
    assert files[-3:] == [output.LIST, *NEW]
    assert folder == (f".out{output.BUILD}" if way == "exchange" else output.BUILD)
    assert lasting[-1] == (out.parent.name if way == "exchange" else "out")


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
