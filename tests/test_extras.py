"""The further files of a house: which templates make them, how texts are escaped in each, and whose files they may replace."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import fisheries
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from briefgen import cli
from briefgen.model.errors import TemplateError, UsageError
from briefgen.model.settings import Settings
from briefgen.pipeline import build
from briefgen.render.escapes import BY_EXTENSION, ESCAPES, TEX, csv_cell, tex
from briefgen.render.extras import extra_outputs, render_extras
from briefgen.render.filters import clean
from briefgen.render.house import House
from briefgen.render.view import view

BRIEF = fisheries.brief()
TEXTS = st.text(st.one_of(st.sampled_from("=+-@\t \n\r'\"\\{}$&#%_^~<>|`[];,\x00\x1b\u202e＝"), st.characters()), max_size=30)


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., House]:
    def written(text: str = "{{ brief.title }}", *names: str) -> House:
        for name in names:
            (tmp_path / name).write_text(text, encoding="utf-8")
        return House((str(tmp_path),))

    return written


def test_further_templates_make_further_files(write: Callable[..., House]) -> None:
    names = (
        "summary.html.j2",
        "rows.csv.j2",
        "_part.csv.j2",
        ".hidden.csv.j2",
        "brief.md.j2",
        "notes.txt",
        "piece.j2",
        "brief.tex.j2",
    )
    house = write("{{ brief.title }}", *names)
    assert list(extra_outputs(house.folders)) == ["brief.tex", "rows.csv", "summary.html"]
    assert set(render_extras(view(BRIEF), house)) == {"brief.tex", "rows.csv", "summary.html"}


def test_a_page_of_some_sections_leads_nowhere_else(write: Callable[..., House]) -> None:
    summary = '{% extends "default/brief.html.j2" %}\n{% set sections = ["bottom_line", "matrix"] %}\n'
    page = render_extras(view(BRIEF), write(summary, "summary.html.j2"))["summary.html"]
    assert set(re.findall(r'href="#([^"]+)"', page)) == {"brief", "bottom-line", "matrix", "top"}


@pytest.mark.parametrize(
    ("name", "title", "made"),
    [
        ("a.html.j2", "<b>Cod & crab</b>", "&lt;b&gt;Cod &amp; crab&lt;/b&gt;"),
        ("a.svg.j2", "<b>\x0cCod & crab</b>", "&lt;b&gt; Cod &amp; crab&lt;/b&gt;"),
        ("a.md.j2", "*Cod* <b>", r"\*Cod\* \<b>"),
        ("a.csv.j2", '=1+2, "cod"', '"\'=1+2, ""cod"""'),
        ("a.tsv.j2", "cod\tcrab", '"cod crab"'),
        ("a.tex.j2", "5% of {cod} & ~\\x", r"5\% of \{cod\} \& \textasciitilde{}\textbackslash{}x"),
        ("a.txt.j2", "<b>\x1b[2Jcod\u202e\nx", "<b>\ufffd[2Jcod x"),
        ("a.json.j2", 'cod "x" \x1b\u202e', r'"cod \"x\" \u001b\u202e"'),
    ],
)
def test_texts_are_escaped_for_the_file(name: str, title: str, made: str, write: Callable[..., House]) -> None:
    for text in ("{{ brief.title }}", "{{ brief.title|e }}", "{% macro m(x) %}{{ x }}{% endmacro %}{{ m(brief.title) }}"):
        if name[2:4] in ("ht", "sv") and "|e" in text:
            continue  # the escape of pages is Jinja's own
        assert render_extras(view(fisheries.brief(title=title)), write(text, name)) == {name[:-3]: made + "\n"}


def test_numbers_are_left_as_they_are(write: Callable[..., House]) -> None:
    house = write("{{ -3 }};{{ brief.facts.sources }}", *(f"a.{ending}.j2" for ending in BY_EXTENSION if ending != "json"))
    assert set(render_extras(view(BRIEF), house).values()) == {"-3;2\n"}


def test_json_holds_objects_and_must_be_json(write: Callable[..., House]) -> None:
    text = '{"title": {{ brief.title }}, "first": {{ brief.points[0]|tojson }}, "no": {{ brief.changes.as_of }}, "n": {{ 2 }}}'
    made = json.loads(render_extras(view(BRIEF), write(text, "a.json.j2"))["a.json"])
    assert made["title"] == BRIEF.title
    assert made["first"]["cites"][0]["label"] == "S1:3a"
    with pytest.raises(TemplateError, match="is not JSON") as caught:
        render_extras(view(BRIEF), write('{"title": "{{ brief.title }}"}', "a.json.j2"))
    assert caught.value.file.endswith("a.json.j2")


def test_an_unknown_kind_of_file_is_refused(write: Callable[..., House]) -> None:
    with pytest.raises(TemplateError, match=r"'a\.docx' is not known") as caught:
        extra_outputs(write("", "a.docx.j2").folders)
    assert (caught.value.status, Path(caught.value.file).name) == (3, "a.docx.j2")


def test_a_name_that_cannot_be_printed_is_refused(write: Callable[..., House]) -> None:
    with pytest.raises(TemplateError, match="no name for a file"):
        extra_outputs(write("", "a\nb.csv.j2").folders)


def test_a_fault_names_the_template_and_its_line(write: Callable[..., House]) -> None:
    with pytest.raises(TemplateError, match="has no 'titel'") as caught:
        render_extras(view(BRIEF), write("\n{{ brief.titel }}", "a.tex.j2"))
    fault = caught.value
    assert (Path(fault.file).name, fault.line, fault.column, fault.hint) == ("a.tex.j2", 2, 10, "title")


# The examples of docs/themes.md


def examples() -> dict[str, str]:
    page = (Path(__file__).parent.parent / "docs/themes.md").read_text(encoding="utf-8")
    return dict(re.findall(r"`([\w.]+\.j2)`[^\n]*:\n\n```jinja\n(.*?)^```", page, re.MULTILINE | re.DOTALL))


@pytest.fixture
def made_of_the_page(tmp_path: Path) -> dict[str, str]:
    for name, text in examples().items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return render_extras(view(fisheries.brief(title="Cod & crab: 5% {less}")), House((str(tmp_path),)))


def test_the_table_of_the_page_is_one(made_of_the_page: dict[str, str]) -> None:
    head, *rows = csv.reader(made_of_the_page["positions.csv"].splitlines())
    assert head == ["issue", "actor", "stance", "quotation", "places"]
    assert len(rows) == len(BRIEF.positions)
    assert rows[0] == [
        "herring quota",
        "Skerry Isles",
        "demands",
        "the coastal states cut the herring quota by a third",
        "S1:3a",
    ]


def test_the_sheet_of_the_page_is_one_of_latex(made_of_the_page: dict[str, str]) -> None:
    sheet = made_of_the_page["summary.tex"]
    assert r"\title{Cod \& crab: 5\% \{less\}}" in sheet
    assert sheet.count(r"\item ") == len(BRIEF.key_points)
    bare = re.sub(r"\\[{}]", "", sheet)
    assert bare.count("{") == bare.count("}")


def test_the_summary_of_the_page_is_a_page(made_of_the_page: dict[str, str]) -> None:
    assert re.findall(r'<section id="([\w-]+)"', made_of_the_page["summary.html"]) == ["bottom-line", "matrix"]


# Whatever a document says


@given(TEXTS)
@settings(deadline=None)
@example("=HYPERLINK(1)")
@example("\t-2")
def test_a_cell_reads_as_it_was_and_is_no_formula(text: str) -> None:
    ((read,),) = csv.reader([csv_cell(text)])
    bare = re.sub(r"\s+", " ", clean(text))
    assert read in (bare, "'" + bare)
    assert not re.match(r"\s*[=+\-@]", read)


@given(TEXTS)
@settings(deadline=None)
def test_no_text_is_a_command_of_tex(text: str) -> None:
    made = tex(text)
    for own in sorted(TEX.values(), key=len, reverse=True):
        made = made.replace(own, "")
    assert not set(made) & set(TEX)
    assert "\n" not in made


@given(TEXTS)
@settings(deadline=None)
def test_texts_stay_in_their_place_in_every_file(text: str) -> None:
    printed = {kind: str(escape(text)) for kind, escape in ESCAPES.items()}
    assert json.loads(printed["json"]) == text
    assert not re.search("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e]", printed["text"] + printed["csv"] + printed["tex"])
    assert ElementTree.fromstring(f"<a>{re.sub('[<&]', '', printed['page'])}</a>") is not None
    tokens = MarkdownIt("commonmark").parseInline(printed["markdown"])
    assert {each.type for token in tokens for each in token.children or ()} <= {"text", "text_special", "softbreak"}


# Built


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.txt").write_text("The council said that the pier should be repaired.\n")
    (tmp_path / "house").mkdir()
    (tmp_path / "house/rows.csv.j2").write_text("{{ brief.title }}")
    return tmp_path


def settings_of(desk: Path, **more: object) -> Settings:
    return Settings.model_validate({"out": str(desk / "out"), "templates": str(desk / "house"), "formats": ("md",)} | more)


def made(desk: Path) -> set[str]:
    return {path.name for path in (desk / "out").iterdir() if path.name[0] != "."}


def test_they_stand_beside_the_brief_and_go_with_their_template(desk: Path) -> None:
    build([desk / "in"], settings_of(desk, title="Pier"))
    assert made(desk) == {"brief.md", "rows.csv"}
    assert (desk / "out/rows.csv").read_text() == '"Pier"\n'
    (desk / "house/rows.csv.j2").rename(desk / "house/lines.csv.j2")
    build([desk / "in"], settings_of(desk))
    assert made(desk) == {"brief.md", "lines.csv"}


def test_the_terminal_names_them(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["build", str(desk / "in"), "--out", str(desk / "out"), "--templates", str(desk / "house")]) == 0
    assert re.search(r"^Wrote .*brief\.json, [^ ]*rows\.csv$", capsys.readouterr().err, re.MULTILINE)


def test_what_is_somebody_elses_is_never_written_over(desk: Path) -> None:
    (desk / "out").mkdir()
    (desk / "out/rows.csv").write_text("mine")
    with pytest.raises(UsageError, match="not briefgen's") as caught:
        build([desk / "in"], settings_of(desk))
    assert caught.value.file == str(desk / "out/rows.csv")
    assert ((desk / "out/rows.csv").read_text(), made(desk)) == ("mine", {"rows.csv"})


def test_a_fault_in_one_keeps_the_old_brief_whole(desk: Path) -> None:
    build([desk / "in"], settings_of(desk, title="Old"))
    (desk / "house/rows.csv.j2").write_text("{{ nothing }}")
    with pytest.raises(TemplateError):
        build([desk / "in"], settings_of(desk, title="New"))
    assert "Old" in (desk / "out/brief.md").read_text()
    assert (desk / "out/rows.csv").read_text() == '"Old"\n'


def test_the_briefs_own_names_are_taken(desk: Path) -> None:
    (desk / "house/brief.json.j2").write_text("{}")
    with pytest.raises(TemplateError, match="call the template otherwise"):
        build([desk / "in"], settings_of(desk))
