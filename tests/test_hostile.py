"""Documents made to do harm: what must not happen does not, in any format, and what was done about it is told."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from documents import codes, only, outcome
from office import docx, epub, odf, p, row, tc, xlsx, zipped

from briefgen import cli, digesting, terminal
from briefgen.compare import topics
from briefgen.listing import Found, list_documents
from briefgen.model.errors import UnreadableError, UsageError
from briefgen.model.settings import Settings
from briefgen.parsers import sheets
from briefgen.parsers.grid import grid_rows
from briefgen.pipeline import make

SAID = "The reeve of Ostholm said that the sluice must stay shut."


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(SAID)
    return tmp_path


# Reading


def told(brief: str = "out/brief.json") -> tuple[list[str], dict[str, str]]:
    """The sources of a brief, and what was skipped with its code."""
    data = json.loads(Path(brief).read_text())
    return [each["path"] for each in data["sources"]], {each["path"]: each["code"] for each in data["skipped"]}


def test_what_is_no_regular_file_is_not_opened(desk: Path) -> None:
    os.mkfifo("in/pipe.txt")
    os.mkfifo("in/sources.toml")
    Path("in/zero.txt").symlink_to("/dev/zero")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("in/socket.txt")
        assert cli.run(["build", "in", "--quiet"]) == 0
    assert told() == (["a.txt"], {"pipe.txt": "not-a-file", "socket.txt": "not-a-file", "zero.txt": "link"})


def test_a_pipe_that_takes_the_place_of_a_file_is_not_waited_for(desk: Path) -> None:
    os.mkfifo("swapped")
    with pytest.raises(UnreadableError, match="regular"):
        digesting.read_documents(Found(Path("swapped"), "swapped"), digesting.load_lexicon(()), digesting.Recipe())


def test_links_are_followed_by_choice_and_circles_end(desk: Path) -> None:
    Path("else/deep").mkdir(parents=True)
    Path("else/deep/b.txt").write_text(SAID + " Ostholm agrees.")
    Path("else/deep/back").symlink_to("../../in")
    Path("in/up").symlink_to("..")
    Path("in/self").symlink_to("self")
    Path("in/there").symlink_to("../else/deep")
    Path("in/b.txt").symlink_to("../else/deep/b.txt")
    assert cli.run(["build", "in", "--quiet"]) == 0
    assert told() == (["a.txt"], {"b.txt": "link", "self": "not-a-file", "there": "link", "up": "link"})
    Path("briefgen.toml").write_text("follow_links = true")
    Path("out/brief.md").unlink()
    assert cli.run(["build", "in", "--quiet"]) == 0
    read, left = told()
    assert [name.rpartition("/")[2] for name in read] == ["a.txt", "b.txt", "briefgen.toml"][: len(read)]
    assert set(left.values()) <= {"link", "not-a-file", "unsupported"}


def test_a_file_beyond_the_limit_of_the_settings_is_named(desk: Path) -> None:
    Path("in/b.txt").write_text(SAID * 20_000)
    Path("briefgen.toml").write_text("[limits]\nfile_mb = 1")
    assert cli.run(["build", "in", "--quiet"]) == 0
    reason = json.loads(Path("out/brief.json").read_text())["skipped"][0]["reason"]
    assert reason == "it is larger than 1 MB (limits.file_mb)"


def test_a_description_that_is_nested_too_deep_is_a_mistake_in_it(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("in/sources.toml").write_text("source = " + "[" * 50_000)
    assert cli.run(["build", "in"]) == 2
    assert "in/sources.toml" in capsys.readouterr().err


SECRET = "the-word-that-nobody-may-read"
PROLOGS = {
    "entities": '<!DOCTYPE d [<!ENTITY a "boo"><!ENTITY e "&a;&a;&a;">]>',
    "a file": '<!DOCTYPE d [<!ENTITY e SYSTEM "{secret}">]>',
    "a parameter": '<!DOCTYPE d [<!ENTITY % p SYSTEM "{secret}"> %p; <!ENTITY a "boo"><!ENTITY e "&a;&a;">]>',
    "a remote type": '<!DOCTYPE d SYSTEM "http://127.0.0.1:9/d.dtd">',
}
#: A document of each format in XML, with a prolog and a word where an entity can stand.
IN_XML: dict[str, Callable[[str, str], bytes | str]] = {
    "x.docx": lambda prolog, word: docx(p(f"{SAID} {word}"), prolog=prolog),
    "x.xlsx": lambda prolog, word: xlsx(row(1, "Port", f"Fee {word}") + row(2, "Vell", "3"), prolog=prolog),
    "x.odt": lambda prolog, word: odf(f"<text:p>{SAID} {word}</text:p>", prolog=prolog),
    "x.epub": lambda prolog, word: zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": f'{prolog}<container><rootfiles><rootfile full-path="c.opf"/></rootfiles></container>',
            "c.opf": f'{prolog}<package><metadata><title>T {word}</title></metadata><manifest><item id="a" href="a.xhtml" '
            'media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>',
            "a.xhtml": f"{prolog}<html><body><p>{SAID} {word}</p></body></html>",
        }
    ),
    "x.rss": lambda prolog, word: (
        f"<?xml version='1.0'?>{prolog}<rss><item><title>{word}</title><description>{SAID}</description></item></rss>"
    ),
    "x.atom": lambda prolog, word: (
        f"<?xml version='1.0'?>{prolog}<feed><entry><title>{word}</title><summary>{SAID}</summary></entry></feed>"
    ),
    "x.xhtml": lambda prolog, word: f"<?xml version='1.0'?>{prolog}<html><body><p>{SAID} {word}</p></body></html>",
}


@pytest.mark.parametrize("kind", PROLOGS)
@pytest.mark.parametrize("path", IN_XML)
def test_no_entity_and_no_document_type_is_followed(
    path: str, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "secret").write_text(SECRET)
    monkeypatch.setattr(socket.socket, "connect", None)
    made = IN_XML[path](
        PROLOGS[kind].replace("{secret}", (tmp_path / "secret").as_uri()), "&e;" if kind != "a remote type" else ""
    )
    read = outcome(path, made.encode() if isinstance(made, str) else made)
    assert SECRET not in read
    assert "booboo" not in read


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("x.md", f"{SAID}\n\n" + ">" * 20_000 + " deep"),
        ("x.md", f"{SAID}\n\n" + "> " * 20_000 + "deep"),
        ("x.md", f"{SAID}\n\n" + "- " * 20_000 + "deep"),
        ("x.md", f"{SAID}\n\n" + "\n".join("  " * depth + "- x" for depth in range(800))),
        ("x.md", "[" * 20_000 + "]" * 20_000 + f"\n\n{SAID}"),
        ("x.txt", "(" * 50_000 + f"\n\n{SAID}"),
        ("x.txt", "“" * 50_000 + f"\n\n{SAID}"),
        ("x.md", f"---\na: {'[' * 20_000}\n---\n{SAID}"),
    ],
)
def test_what_is_nested_deep_costs_no_recursion(path: str, text: str, desk: Path) -> None:
    Path("in", path).write_text(text)
    Path("in/a.txt").unlink()
    assert cli.run(["build", "in", "--quiet", "--formats", "json"]) == 0
    (source,) = json.loads(Path("out/brief.json").read_text())["sources"]
    assert SAID in source["text"]


def _all_over(kind: str) -> bytes:
    """Twenty tables, in each of which one cell of three hundred letters reaches over some eight thousand others."""
    said, cell = "The landing fee stays. " * 13, "<table:table-cell {}><text:p>{}</text:p></table:table-cell>"
    small = cell.format("", "x")
    rows = f"<table:table-row>{small}</table:table-row>" * 90
    if kind == "html":
        wide = f"<tr><td>x</td><td colspan=90 rowspan=90>{said}</td><td>x</td></tr>"
        return f"<table>{wide}{'<tr><td>x</td></tr>' * 90}</table>".encode() * 20
    if kind == "docx":
        span = '<w:gridSpan w:val="60"/>'
        below = f"<w:tr>{tc('x')}{tc('', span + '<w:vMerge/>')}</w:tr>" * 90
        return docx(f"<w:tbl><w:tr>{tc('x')}{tc(said, span)}</w:tr>{below}</w:tbl>" * 20)
    if kind == "odt":
        spans = 'table:number-columns-spanned="90" table:number-rows-spanned="90"'
        wide = f"<table:table-row>{small}{cell.format(spans, said)}{small}</table:table-row>"
        return odf(f"<table:table>{wide}{rows}</table:table>" * 20)
    again = cell.format('table:number-columns-repeated="90"', said)
    wide = f'<table:table-row table:number-rows-repeated="90">{small}{again}</table:table-row>'
    return odf(f"<table:table>{wide}</table:table>" * 20, "spreadsheet")


@pytest.mark.parametrize("kind", ["html", "docx", "odt", "ods"])
def test_cells_that_reach_over_all_others_say_little_twice(kind: str) -> None:
    document = only(f"x.{kind}", _all_over(kind))
    assert "The landing fee stays." in document.text
    assert len(document.text) < 3_000_000


@pytest.mark.parametrize("path", ["x.md", "x.txt"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_rule_that_no_other_follows_opens_no_endless_search(path: str, end: str) -> None:
    document = only(path, end.join(["---", *["fee: the board keeps it"] * 150, "The end."]).encode())
    assert document.text.rstrip().endswith("The end.")


@pytest.mark.parametrize("line", ["5 March 2024 11:11{}!?", "Board, minutes of 5 March 2024 11:11{}!?"])
def test_blanks_behind_a_date_are_gone_through_once(line: str) -> None:
    text = f"The fee\n\n{line.format(' ' * 2_000)}\n\nThe board said the fee stays.\n"
    assert "The board said" in only("x.txt", text.encode()).text


@pytest.mark.parametrize("kind", ["html", "csv"])
def test_one_long_row_makes_no_others_long(kind: str) -> None:
    """A table of a long row and many short ones has as many cells as its file, not as many as its rows times its columns."""
    rows = [["x"] * 300, *[["The fee", "stays."]] * 300]
    if kind == "html":
        page = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in each) + "</tr>" for each in rows)
        data = f"<table>{page}</table>" * 10
    else:
        data = "\n\n".join(["\n".join(",".join(each) for each in rows)] * 10)
    assert len(only(f"x.{kind}", data.encode()).text) < 2 * len(data)


def test_a_sheet_is_not_written_out_beyond_its_bound() -> None:
    rows = list(grid_rows({at: {at: "x"} for at in range(2_000)}))
    assert len(rows) == 2_000
    assert sum(map(len, rows)) <= sheets.MOST_CELLS
    assert rows[:2] == [["x"], ["", "x"]]


def test_cells_that_share_their_words_are_cut_with_a_note(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "LONG_CELL", 1)
    shared = "".join(row(number, *['<c t="s"><v>0</v></c>'] * 10) for number in range(1, 40)) + "</sheetData>"
    document = only("x.xlsx", xlsx(shared, f"<si><t>{'The landing fee stays. ' * 50}</t></si>"))
    assert len(document.text) < 250_000
    assert codes(document) == ["cut"]


@pytest.mark.parametrize("opening", ["<svg><foreignObject>", "<select>", "<a href=x>", "<!--", "<template>"])
def test_a_page_without_words_that_can_be_seen_is_refused_or_read(opening: str) -> None:
    assert outcome("x.html", (opening * 3_000 + f"<p>{SAID}").encode())


@pytest.mark.parametrize("filling", ["a" * 40_000, "- the " * 10_000, "that aa to " * 5_000])
def test_a_sentence_without_end_is_told_and_costs_only_itself(filling: str, desk: Path) -> None:
    Path("in/a.txt").write_text(f"{SAID}\n\nThe reeve of Ostholm proposes that the {filling} stays.\n")
    assert cli.run(["build", "in", "--quiet", "--formats", "json"]) == 0
    brief = json.loads(Path("out/brief.json").read_text())
    assert [note["code"] for note in brief["sources"][0]["notes"]] == ["long-sentence"]
    assert [each["content"] for each in brief["statements"]] == ["the sluice must stay shut"]


@pytest.mark.parametrize(
    "day", ["٣ March ٢٠٢٤", "३ March २०२४", "30 February 2024", "13 March 99999", "0 March 0000", "²024-03-01"]
)
def test_odd_dates_do_no_harm(day: str, desk: Path) -> None:
    Path("in/b.txt").write_text(f"Report\n\n{day}\n\nHolt said on {day} that the levy would rise. The vote is due on {day}.\n")
    assert cli.run(["build", "in", "--quiet", "--formats", "md,html,json,csv,email"]) == 0
    assert told()[1] == {}


# Characters that act

ACTING = "\x1b[2J\x07 \x9b31m \u202etxt.exe\u202c \u2067\u206f \U000e0041\U000e0042"


def test_characters_that_act_are_told_and_stay_in_their_place() -> None:
    document = only("x.txt", f"{SAID}\n\nIt {ACTING} is shut.".encode())
    assert codes(document) == ["unseen"]
    assert document.notes[0].message.startswith("9 invisible characters")
    assert ACTING in document.text
    assert codes(only("x.txt", f"{SAID}\x0c\n\u00a0\tIt\u2019s shut.\r\n".encode())) == []


def test_characters_that_act_are_in_no_output(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    acts = set(ACTING) - set(" [2Jtx.ec31m")
    Path("in/b.txt").write_text(f"Sluice {ACTING}\n\nThe reeve of Ostholm said that the {ACTING} dam is unsafe.\n")
    assert cli.run(["build", "in", "--formats", "md,html,json,csv,email"]) == 0
    for command in (["inspect", "in/b.txt", "--json"], ["extract", "in", "--json"], ["extract", "in"]):
        cli.run(command)
    printed = capsys.readouterr()
    assert not acts & set(printed.out + printed.err)
    for file in Path("out").iterdir():
        assert not acts & set(file.read_text()), file
    assert any(ACTING in source["text"] for source in json.loads(Path("out/brief.json").read_text())["sources"])


@pytest.mark.parametrize("value", ["\x7f\x85\u2028", "\U000e0041é😀", 'a"\\'])
def test_json_that_is_harmless_says_the_same(value: str, capsys: pytest.CaptureFixture[str]) -> None:
    terminal.put_json([json.dumps({"a": value}, ensure_ascii=False)])
    written = capsys.readouterr().out
    assert json.loads(written) == {"a": value}
    assert not set("\x7f\x85\u2028\U000e0041") & set(written)


# The machine


def test_a_build_never_asks_the_network(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    def within(name: str) -> Callable[..., Any]:
        """A way to connect that is left to sockets that are files: by these, processes of this machine are started."""
        whole = getattr(socket.socket, name)
        return lambda self, *given: whole(self, *given) if self.family == socket.AF_UNIX else refuse()

    link = "https://ostholm.example/sluice"
    Path("in/b.html").write_text(
        f'<html><head><link rel="canonical" href="{link}"><link rel="stylesheet" href="{link}"></head>'
        f'<body><p>{SAID}</p><img src="{link}.png"><iframe src="{link}"></iframe></body></html>'
    )
    Path("in/c.md").write_text(f"# Sluice\n\n![]({link})\n\n{SAID}\n")
    Path("in/d.docx").write_bytes(docx(p(SAID)))
    Path("in/e.epub").write_bytes(epub(f"<p>{SAID}</p>"))
    for name in ("connect", "connect_ex", "sendto", "bind"):
        monkeypatch.setattr(socket.socket, name, within(name))
    for name in ("create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, refuse)
    assert cli.run(["build", "in", "--quiet", "--formats", "md,html,json,csv,email"]) == 0
    assert len(told()[0]) == 5
    assert told()[1] == {}


def test_files_are_called_by_fixed_names_whatever_documents_are_called(desk: Path) -> None:
    for name in ("$(touch pwned).txt", "..%2f..%2fpwned.txt", "-rf.txt", "<b>.txt", "a\nb.txt", "{{ 7*7 }}.txt"):
        Path("in", name).write_text(SAID + name)
    assert cli.run(["build", "in", "--quiet", "--formats", "md,html,json"]) == 0
    assert sorted(os.listdir("out")) == ["brief.html", "brief.json", "brief.md"]
    assert sorted(os.listdir()) == ["in", "out"]


def test_settings_and_templates_among_the_documents_are_only_documents(desk: Path) -> None:
    Path("in/briefgen.toml").write_text('title = "taken over"\nout = "elsewhere"')
    Path("in/pyproject.toml").write_text('[tool.briefgen]\ntitle = "taken over"')
    Path("in/brief.html.j2").write_text("taken over")
    Path("in/sitecustomize.py").write_text("raise SystemExit")
    assert cli.run(["build", "in", "--quiet"]) == 0
    assert "taken over" not in Path("out/brief.html").read_text()
    assert not Path("elsewhere").exists()
    assert set(told()[1].values()) == {"unsupported"}


def test_the_documents_may_not_lie_in_the_output_folder(desk: Path) -> None:
    for out in ("in", ".", str(desk)):
        assert cli.run(["build", "in", "--out", out, "--quiet"]) == 2
    assert os.listdir("in") == ["a.txt"]
    with pytest.raises(UsageError):
        make([Path("absent")], Settings())


def test_each_copy_of_a_file_is_read_for_its_topics_once(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Counted(topics._Reading):
        made = 0

        def __init__(self, *told: object) -> None:
            Counted.made += 1
            super().__init__(*told)  # type: ignore[arg-type]

    monkeypatch.setattr(topics, "_Reading", Counted)
    for n in range(8):
        Path(f"in/copy{n}.txt").write_text(SAID)
    brief = make([Path("in")], Settings()).brief
    assert len(brief.sources) == 9
    assert Counted.made <= len(brief.sources)


def test_a_folder_is_listed_once_although_links_lead_to_it(desk: Path) -> None:
    Path("in/more").mkdir()
    Path("in/more/b.txt").write_text(SAID)
    Path("in/again").symlink_to("more")
    found, skipped = list_documents([Path("in")], follow_links=True)
    assert len(found) == 2
    assert [each.code for each in skipped] in ([], ["link"])
