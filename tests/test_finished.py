"""The forms of a finished brief: its JSON in pieces, what templates see of it, kept and recalled; the same as made at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import fisheries
import many
import pytest

from briefgen import output, pipeline
from briefgen.cli import show
from briefgen.content import Pieces, is_held, whole
from briefgen.export.whole import ENTRIES
from briefgen.finished import Finished
from briefgen.model.base import to_json
from briefgen.model.brief import Brief
from briefgen.model.settings import Form, Settings
from briefgen.outcome import outcome_of
from briefgen.render.kept import kept, recalled
from briefgen.render.view import view
from briefgen.store import Store
from briefgen.unseen import harmless_json

FORMS: tuple[Form, ...] = ("md", "html", "json", "email", "csv")
HOUSE = '{% extends "default/brief.html.j2" %}{% block handling %}Two.{% endblock %}'
ACTING = "a\u202eb\x07c \u2028 \u00ad é “x” \U000e0041 \\n \x7f"


def at_once(brief: Brief) -> str:
    """The JSON of a brief, made in one piece."""
    return harmless_json(to_json(brief, indent=1)) + "\n"


@pytest.fixture(scope="module")
def coast(tmp_path_factory: pytest.TempPathFactory) -> Brief:
    """The brief of sixty documents."""
    folder = tmp_path_factory.mktemp("coast")
    return pipeline.make([many.write(folder / "in")], Settings(out=str(folder / "out"))).brief


def store(folder: Path) -> Store:
    return Store(folder / "kept", 500_000_000)


class TestPieces:
    @pytest.mark.parametrize("number", [0, 1, ENTRIES - 1, ENTRIES, ENTRIES + 1, 3 * ENTRIES])
    def test_they_are_the_json_of_the_brief(self, number: int) -> None:
        one = fisheries.brief().statements[0]
        brief = fisheries.brief(statements=(replace(one, content=ACTING),) * number, title=ACTING)
        assert pipeline.to_json(brief) == at_once(brief)

    def test_those_of_a_large_brief_are_small(self, coast: Brief) -> None:
        pieces = list(Finished(coast).json.make())  # type: ignore[union-attr]
        assert b"".join(pieces).decode() == at_once(coast)
        assert max(map(len, pieces)) < 0.2 * sum(map(len, pieces))

    def test_they_come_back_from_a_store(self, coast: Brief, tmp_path: Path) -> None:
        made = Finished(coast, store(tmp_path))
        assert whole(made.json).decode() == at_once(coast)
        again = Finished(None, store(tmp_path), made.packed).brief
        assert again == coast
        assert pipeline.to_json(again) == at_once(coast)


class TestViews:
    def test_what_templates_see_comes_back_as_it_was(self, coast: Brief) -> None:
        for brief in (coast, fisheries.brief(), fisheries.brief(title="\ud800" + ACTING)):
            seen = view(brief, 40)
            again = recalled(kept(seen))
            assert again == seen
            assert repr(again) == repr(seen)  # also of the same kinds

    def test_all_files_are_the_same_of_a_brief_that_was_recalled(self, coast: Brief, tmp_path: Path) -> None:
        (tmp_path / "house").mkdir()
        (tmp_path / "house/names.txt.j2").write_text("{{ brief.facts }} {{ brief.actors|map(attribute='name')|join }}")
        settings = Settings(out=str(tmp_path / "out"), formats=FORMS, templates=str(tmp_path / "house"))
        made = Finished(coast, store(tmp_path))
        files = files_of(Finished(coast), settings)
        assert files_of(made, settings) == files
        assert files_of(made, settings) == files  # with what was kept by now
        assert files_of(Finished(None, store(tmp_path), made.packed), settings) == files

    def test_a_page_reads_no_whole_brief(self, coast: Brief, tmp_path: Path) -> None:
        settings = Settings(out=str(tmp_path / "out"))
        kept_in = store(tmp_path)
        made = Finished(coast, kept_in)
        files = files_of(made, settings)
        (tmp_path / "house").mkdir()
        (tmp_path / "house/brief.html.j2").write_text(HOUSE)
        again = Finished(None, kept_in, made.packed)
        after = files_of(again, settings.model_copy(update={"templates": str(tmp_path / "house")}))
        assert "brief" not in vars(again)
        assert {name for name in files if files[name] != after[name]} == {"brief.html"}


def test_as_much_is_told_of_a_brief_that_was_recalled(tmp_path: Path) -> None:
    folder, settings, kept_in = tmp_path / "in", Settings(out=str(tmp_path / "out")), store(tmp_path)
    folder.mkdir()
    (folder / "fish.txt").write_text("Fish Weekly\n\nNorland opposes the herring quota. Ostmark supports the herring quota.\n")
    made, again = (pipeline.make([folder], settings, store=kept_in) for _ in range(2))
    assert "brief" not in vars(again)
    assert again.outcome == made.outcome == outcome_of(made.brief)
    assert list(show.built(again.outcome, tmp_path, FORMS)) == list(show.built(made.outcome, tmp_path, FORMS))
    assert "brief" not in vars(again)


def files_of(made: Finished, settings: Settings) -> dict[str, bytes]:
    return {name: whole(content) for name, content in pipeline.files_of(made, settings).items()}


class TestFilesThatStay:
    def put(self, out: Path, **files: Any) -> dict[str, int]:
        """The files of a brief, put into a folder; by which number the disk knows them there."""
        with output.hold(out) as held:
            output.replace(held, {f"brief.{name}": content for name, content in files.items()})
        return {path.suffix[1:]: path.stat().st_ino for path in out.iterdir()}

    def test_what_does_not_change_is_not_written_again(self, tmp_path: Path) -> None:
        packed = Finished(fisheries.brief(), store(tmp_path)).json
        first = self.put(tmp_path / "out", md=b"old", html=b"page", json=packed)
        second = self.put(tmp_path / "out", md=b"new", html=b"page", json=packed)
        assert (tmp_path / "out/brief.md").read_bytes() == b"new"
        assert {name for name in first if first[name] == second[name]} == {"html", "json"}
        assert not [path for path in tmp_path.rglob("*") if "briefgen-" in path.name]

    @pytest.mark.parametrize("found", [b"", b"pag", b"page ", b"Page"])
    def test_what_somebody_changed_is(self, tmp_path: Path, found: bytes) -> None:
        for content in (b"page", Pieces(lambda: (b"pa", b"ge"))):
            self.put(tmp_path / "out", html=content, json=b'{\n "schema_version"')
            (tmp_path / "out/brief.html").write_bytes(found)
            self.put(tmp_path / "out", html=content, json=b'{\n "schema_version"')
            assert (tmp_path / "out/brief.html").read_bytes() == b"page"

    def test_a_link_gives_way_to_a_file(self, tmp_path: Path) -> None:
        self.put(tmp_path / "out", html=b"page", json=b'{\n "schema_version"')
        (tmp_path / "elsewhere").write_bytes(b"page")
        (tmp_path / "out/brief.html").unlink()
        (tmp_path / "out/brief.html").symlink_to("../elsewhere")
        self.put(tmp_path / "out", html=b"page", json=b'{\n "schema_version"')
        assert not (tmp_path / "out/brief.html").is_symlink()

    def test_a_file_holds_pieces_or_not(self, tmp_path: Path) -> None:
        (tmp_path / "a").write_bytes(b"abc")
        assert is_held(Pieces(lambda: (b"a", b"bc")), tmp_path / "a")
        assert is_held(b"abc", tmp_path / "a")
        for other in (b"ab", b"abcd", b"abd"):
            assert not is_held(other, tmp_path / "a")
            assert not is_held(Pieces(lambda made=other: (made,)), tmp_path / "a")  # type: ignore[misc]
        assert not is_held(b"abc", tmp_path / "none")
