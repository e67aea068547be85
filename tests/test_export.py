"""What leaves for other programs, read again by others than us: the csv module of Python, PDFium, and the docs by eye."""

from __future__ import annotations

import csv
import io
import re
import shutil
from dataclasses import replace
from pathlib import Path

import fisheries
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen import browser, cli
from briefgen.export import csv_files
from briefgen.export.sheet import FORMULA, written
from briefgen.model.brief import Actor, Brief
from briefgen.model.findings import Stance
from briefgen.model.settings import FILES, Settings
from briefgen.pipeline import build, read_brief, to_json
from briefgen.unseen import neutral

ROOT = Path(__file__).parent.parent
Row = dict[str, str]


def read(data: bytes) -> list[Row]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def tables(brief: Brief) -> dict[str, list[Row]]:
    return {name.split(".")[1]: read(data) for name, data in csv_files(brief).items()}


def with_statements(**changed: object) -> Brief:
    """The small brief with one statement, changed."""
    return fisheries.brief(statements=(replace(fisheries.brief().statements[0], **changed),))


class TestSheet:
    @pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n=1", "＝1", "'=1", "''@x"])
    def test_what_a_spreadsheet_would_compute_is_text(self, text: str) -> None:
        ((cell,),) = list(csv.reader(io.StringIO(written(["a"], [[text]]).decode("utf-8-sig"), newline="")))[1:]
        assert cell == "'" + text

    @given(st.lists(st.tuples(st.text(st.characters(exclude_categories=["Cs"])), st.text("=+-@' \n\r,\";")), max_size=5))
    def test_every_text_comes_back(self, rows: list[tuple[str, str]]) -> None:
        data = written(["one", "two"], rows).decode("utf-8-sig")
        header, *got = csv.reader(io.StringIO(data, newline=""), strict=True)
        assert header == ["one", "two"]
        assert not any(FORMULA.match(cell) and cell[0] != "'" for row in got for cell in row)
        assert [tuple(cell[1:] if FORMULA.match(cell) else cell for cell in row) for row in got] == [
            tuple(map(neutral, row)) for row in rows
        ]

    def test_excel_is_told_that_it_is_utf_8(self) -> None:
        assert written(["a"], [["ā"]]) == b"\xef\xbb\xbfa\r\n\xc4\x81\r\n"

    def test_kinds_of_cells(self) -> None:
        data = written(["a", "b", "c", "d", "e"], [[True, False, -3, None, ("x", "y; z")]])
        assert data.decode("utf-8-sig").splitlines()[1] == "true,false,-3,,x; y; z"


class TestTables:
    def test_a_statement_has_names_words_and_place(self) -> None:
        rows = tables(fisheries.brief())["statements"]
        assert len(rows) == len(fisheries.brief().statements)
        union = next(row for row in rows if row["actor_id"] == "union")
        text = {source.path: source.text for source in fisheries.brief().sources}[union["path"]]
        assert text[int(union["start"]) : int(union["end"])] == union["sentence"]
        assert union["content"] in union["sentence"]
        assert (union["actor"], union["stance"]) == ("The Boat Owners' Union", "warns")
        assert (union["issues"], union["publisher"], union["negated"]) == ("herring quota", "Harbour Post", "false")

    def test_a_sentence_over_two_lines_is_one_cell(self) -> None:
        assert "before the\nnew survey" in next(
            row["sentence"] for row in tables(fisheries.brief())["statements"] if row["actor_id"] == "norland"
        )

    def test_a_claim_of_two_documents_is_one_row(self) -> None:
        refs = (fisheries.CUT, fisheries.SEASON)
        (row,) = tables(with_statements(refs=refs))["statements"]
        assert (row["path"], row["also_in"]) == ("herring.txt", "minutes.txt")

    def test_a_position_counts_what_stands_behind_it(self) -> None:
        rows = tables(fisheries.brief())["positions"]
        conditional = next(row for row in rows if row["stance"] == "conditional")
        assert (conditional["actor"], conditional["issue"]) == ("Norland", "observers on vessels")
        assert (conditional["sources"], conditional["hedged"], conditional["conditions"]) == (
            "1",
            "true",
            "if the cost is shared",
        )
        known = {row["id"] for row in tables(fisheries.brief())["statements"]}
        assert all(row["statement_ids"] in known for row in rows)

    def test_a_proposal_names_actors(self) -> None:
        season, watch = tables(fisheries.brief())["proposals"]
        assert (season["by"], season["to"], season["oppose"]) == ("Skerry Isles", "Norland", "The Boat Owners' Union")
        assert (season["status"], season["when"], watch["by"]) == ("contested", "2032", "")

    def test_a_brief_without_anything_has_headers(self) -> None:
        empty = fisheries.brief(statements=(), positions=(), proposals=())
        for data in csv_files(empty).values():
            assert data.count(b"\r\n") == 1


class TestNetwork:
    def test_it_holds_who_is_for_or_against_what(self) -> None:
        rows = tables(fisheries.brief())["dna"]
        assert [(row["person"], row["organization"], row["concept"], row["agreement"]) for row in rows] == [
            ("", "Skerry Isles", "herring quota", "1"),
            ("", "Norland", "herring quota", "0"),
            ("", "Skerry Isles", "observers on vessels", "1"),
        ]
        assert (rows[2]["date"], rows[2]["text"]) == ("2031-05-14", fisheries.FOR.sentence)

    def test_a_person_stands_with_the_organization(self) -> None:
        minister = Actor(id="brack", name="Una Brack", kind="person", parent="skerry")
        brief = with_statements(actor="brack")
        (row,) = tables(replace(brief, actors=(*brief.actors, minister)))["dna"]
        assert (row["person"], row["organization"]) == ("Una Brack", "Skerry Isles")

    @pytest.mark.parametrize("changed", [{"actor": None}, {"issues": ("other",)}, {"issues": ()}, {"stance": Stance.STATES}])
    def test_what_makes_no_edge_is_left_to_the_statements(self, changed: dict[str, object]) -> None:
        made = tables(with_statements(**changed))
        assert (len(made["dna"]), len(made["statements"])) == (0, 1)

    def test_a_statement_on_two_issues_is_two_rows(self) -> None:
        issues = tuple(issue.id for issue in fisheries.brief().issues[:2])
        assert len({row["concept"] for row in tables(with_statements(issues=issues))["dna"]}) == 2


def test_the_docs_name_every_column() -> None:
    page = (ROOT / "docs/generate.md").read_text(encoding="utf-8")
    for name, data in csv_files(fisheries.brief()).items():
        (row,) = re.findall(rf"^\| `{re.escape(name)}` \| (.*?) \|", page, re.MULTILINE)
        assert re.findall(r"`(\w+)`", row) == data.decode("utf-8-sig").splitlines()[0].split(",")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with the small brief as ``briefs/brief.json``."""
    monkeypatch.chdir(tmp_path)
    Path("briefs").mkdir()
    Path("briefs/brief.json").write_text(to_json(fisheries.brief()))
    return tmp_path


class TestCommand:
    @pytest.mark.parametrize("form", ["md", "html", "json"])
    def test_the_same_bytes_as_of_a_build(self, form: str, desk: Path) -> None:
        build([ROOT / "seeds"], Settings(out="built", formats=("md", "html", "json", "csv")))
        assert cli.run(["export", "built/brief.json", "--to", form, "--out", f"new/page.{form}"]) == 0
        assert Path(f"new/page.{form}").read_bytes() == Path(f"built/brief.{form}").read_bytes()
        assert cli.run(["export", "built/brief.json", "--to", "csv", "--out", "tables"]) == 0
        assert {path.name: path.read_bytes() for path in Path("tables").iterdir()} == csv_files(
            read_brief(Path("built/brief.json"))
        )
        assert all(Path("tables", name).read_bytes() == Path("built", name).read_bytes() for name in FILES["csv"])

    def test_beside_the_brief_if_nothing_is_said(self, desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert cli.run(["export", "briefs/brief.json", "--to", "md"]) == 0
        assert capsys.readouterr().err == "Wrote briefs/brief.md\n"
        assert sorted(path.name for path in Path("briefs").iterdir()) == ["brief.json", "brief.md"]

    def test_a_folder_takes_the_file_under_its_own_name(self, desk: Path) -> None:
        Path("pages").mkdir()
        assert cli.run(["export", "briefs/brief.json", "--to", "html", "--out", "pages"]) == 0
        assert Path("pages/brief.html").is_file()

    def test_tables_that_are_no_longer_asked_for_go(self, desk: Path) -> None:
        build([ROOT / "seeds"], Settings(out="built", formats=("csv",)))
        assert sorted(path.name for path in Path("built").glob("[!.]*")) == sorted(FILES["csv"])
        build([ROOT / "seeds"], Settings(out="built", formats=("md",)))
        assert [path.name for path in Path("built").glob("[!.]*")] == ["brief.md"]

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (["none.json", "--to", "md"], "none.json: no-brief cannot be read"),
            (["briefs/brief.json", "--to", "docx"], "there is no form 'docx'; there are md, html"),
            (["briefs/brief.json", "--to", "md", "--out", "briefs/brief.json/x"], "cannot be written"),
            (["briefs/brief.json", "--to", "pdf", "--browser", "no-such"], "no-such: no-browser there is no such program"),
        ],
    )
    def test_what_is_wrong_is_told(self, words: list[str], said: str, desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert cli.run(["export", *words]) == 2
        assert said in capsys.readouterr().err


class TestPdf:
    @pytest.fixture
    def printed(self, desk: Path, monkeypatch: pytest.MonkeyPatch) -> bytes:
        from chromium import missing

        if not any(map(shutil.which, browser.BROWSERS)):
            missing("browser")
        (desk / "home").mkdir()
        (desk / "temporary").mkdir()
        monkeypatch.setenv("HOME", str(desk / "home"))
        monkeypatch.setattr("tempfile.tempdir", str(desk / "temporary"))
        assert cli.run(["export", "briefs/brief.json", "--to", "pdf", "--out", "paper/herring.pdf"]) == 0
        return Path("paper/herring.pdf").read_bytes()

    def test_it_holds_the_brief_and_nothing_is_left_behind(self, printed: bytes, desk: Path) -> None:
        import pypdfium2

        document = pypdfium2.PdfDocument(printed)
        text = " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
        for wanted in ("Herring: who wants what", "the coastal states cut the herring quota by a third", "Una Brack"):
            assert wanted in text
        assert "file:" not in text
        assert [each.name for each in (desk / "paper").iterdir()] == ["herring.pdf"]
        assert [str(each.relative_to(desk)) for each in (desk / "home").glob("*/*")] == ["home/.cache/briefgen"]  # our own
        assert not list((desk / "temporary").iterdir())

    def test_without_a_browser_it_is_told_what_to_install(
        self, desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setenv("PATH", str(desk))
        assert cli.run(["export", "briefs/brief.json", "--to", "pdf"]) == 2
        assert "apt-get install chromium, or name a browser with --browser PATH" in capsys.readouterr().err
        assert not Path("briefs/brief.pdf").exists()

    @pytest.mark.parametrize("does", ["echo no display >&2; exit 3", "exit 0"])
    def test_a_browser_that_fails_is_quoted(self, does: str, desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
        Path("broken").write_text(f"#!/bin/sh\n{does}\n")
        Path("broken").chmod(0o755)
        assert cli.run(["export", "briefs/brief.json", "--to", "pdf", "--browser", "./broken"]) == 2
        said = "no display" if "echo" in does else "nothing"
        assert f"broken: browser has not printed; it says: {said}" in capsys.readouterr().err
        assert not Path("briefs/brief.pdf").exists()
