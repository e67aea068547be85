"""What ``watch`` and ``serve`` stand on: which changes are seen, what is made anew for them, what a server gives to whom."""

from __future__ import annotations

import os
import re
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import closing
from hashlib import sha256
from html import unescape
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any

import pytest

from briefgen import config, digesting, pipeline, series
from briefgen.live.changes import PATIENCE, Level, Place, Seen, changed, look, wait
from briefgen.live.pages import Shown, allowing, shown, with_script
from briefgen.live.rebuild import Desk, Order, Rebuilt
from briefgen.live.server import Server
from briefgen.model.errors import LockedError, TemplateError, UsageError

DOCUMENTS = {
    "harbour.txt": "Harbour News\n\nThe mayor of Lindhaven said that the ferry should run at night.\n",
    "fish.txt": "Fish Weekly\n\nNorland opposes the closure of the herring grounds.\n",
    "milk.txt": "Dairy Post\n\nThe dairy board demands a higher price for milk.\n",
}
HOUSE = '{% extends "default/brief.html.j2" %}\n{% block handling %}<p>For the desk.</p>{% endblock %}\n'


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with settings, three documents, a house template and a lexicon."""
    monkeypatch.chdir(tmp_path)
    for name in ("documents", "house", "words"):
        (tmp_path / name).mkdir()
    for name, text in DOCUMENTS.items():
        (tmp_path / "documents" / name).write_text(text)
    (tmp_path / "house/brief.html.j2").write_text(HOUSE)
    (tmp_path / "words/own.toml").write_text("")
    settings = 'documents = ["documents"]\ntemplates = "house"\nlexicons = ["words"]\n'
    (tmp_path / "briefgen.toml").write_text(settings)
    yield tmp_path
    digesting.forget_lexicons()  # other tests have other folders called "words"


def ask() -> Order:
    settings = config.load()
    return Order([Path(path) for path in settings.documents], settings)


@pytest.fixture
def desk(project: Path) -> Iterator[Desk]:
    with Desk(ask) as desk:
        assert desk.rebuild().read == 3
        yield desk


def after(desk: Desk, *edits: Callable[[], object]) -> Rebuilt:
    """The rebuild after edits that come one in each pause."""
    waiting = list(edits)
    return desk.rebuild(desk.next_change(lambda _: waiting.pop(0)() if waiting else None))


def write(path: str, text: str) -> Callable[[], object]:
    return lambda: Path(path).write_text(text)


class TestChanges:
    @pytest.mark.parametrize(
        ("edit", "named"),
        [
            (write("documents/fish.txt", "Other words altogether."), ["documents/fish.txt"]),
            (write("documents/new.txt", "New."), ["documents/new.txt"]),
            (lambda: Path("documents/fish.txt").unlink(), ["documents/fish.txt"]),
            (lambda: Path("documents/fish.txt").rename("documents/cod.txt"), ["documents/cod.txt", "documents/fish.txt"]),
            (
                lambda: (write("draft", "Saved by renaming.")(), os.replace("draft", "documents/fish.txt")),
                ["documents/fish.txt"],
            ),
            (
                lambda: (Path("documents/more").mkdir(), write("documents/more/deep.txt", "Deep.")()),
                ["documents/more/deep.txt"],
            ),
            (write("pyproject.toml", "[tool.other]\n"), ["pyproject.toml"]),
            (lambda: Path("briefgen.toml").unlink(), ["briefgen.toml"]),
        ],
    )
    def test_what_changed_is_named(self, desk: Desk, edit: Callable[[], object], named: list[str]) -> None:
        waiting = [edit]
        assert desk.next_change(lambda _: waiting.pop()() if waiting else None) == named

    def test_hidden_files_and_the_output_are_not_looked_at(self, desk: Desk, project: Path) -> None:
        after(desk, write("documents/.swap", "x"), write("out/notes.txt", "x"), write("documents/milk.txt", "Milk."))
        assert changed({}, look([Place(".", Level.BRIEF)], str(project / "out")))[0].count("out/brief.md") == 0
        assert desk.next_change(lambda _: write("documents/fish.txt", "Seen.")()) == ["documents/fish.txt"]

    def test_a_burst_is_one_change(self, desk: Desk) -> None:
        rebuilt = after(desk, *(write("documents/fish.txt", f"Fish Weekly\n\nCod {n}.\n") for n in range(PATIENCE // 2)))
        assert (rebuilt.changed, rebuilt.read) == (["documents/fish.txt"], 1)

    def test_who_never_rests_is_not_waited_for_for_ever(self) -> None:
        looks: Iterator[Seen] = ({("a", Level.BRIEF): (n, 0, 0, 0)} for n in range(10 * PATIENCE))
        wait(lambda: next(looks), {}, lambda _: None)
        assert next(looks) == {("a", Level.BRIEF): (PATIENCE + 1, 0, 0, 0)}

    def test_the_furthest_level_counts(self) -> None:
        now: Seen = {("a", Level.PAGES): (1, 1, 1, 1), ("b", Level.LEXICONS): (1, 1, 1, 1)}
        assert changed({}, now) == (["a", "b"], Level.LEXICONS)


class TestRebuild:
    def test_only_a_document_that_changed_is_read(self, desk: Desk) -> None:
        rebuilt = after(desk, write("documents/fish.txt", DOCUMENTS["fish.txt"].replace("Norland", "Skerry")))
        assert (rebuilt.read, rebuilt.documents) == (1, 3)
        assert b"Skerry" in rebuilt.files["brief.html"]
        assert Path("out/brief.html").read_bytes() == rebuilt.files["brief.html"]

    def test_the_same_bytes_come_out_as_of_a_build(self, desk: Desk) -> None:
        rebuilt = after(desk, write("documents/new.txt", "Grain News\n\nThe millers oppose the levy on grain.\n"))
        pipeline.build([Path("documents")], config.load().model_copy(update={"out": "afresh"}))
        assert {path.name: path.read_bytes() for path in Path("afresh").iterdir()} == rebuilt.files

    def test_a_template_is_only_rendered(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(pipeline, "make", lambda *_, **__: pytest.fail("the brief was made anew"))
        rebuilt = after(desk, write("house/brief.html.j2", HOUSE.replace("the desk", "the editor")))
        assert b"For the editor." in rebuilt.files["brief.html"]
        assert rebuilt.read == 0

    def test_a_document_is_known_after_a_template_changed(self, desk: Desk) -> None:
        after(desk, write("house/brief.html.j2", HOUSE + "\n"))
        assert after(desk, write("documents/new.txt", "Grain.")).read == 1

    def test_a_theme_is_only_rendered(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        Path("press.toml").write_text('[light]\npaper = "#ffffff"\n')
        after(desk, write("briefgen.toml", 'theme = "press.toml"\n' + Path("briefgen.toml").read_text()))
        monkeypatch.setattr(pipeline, "make", lambda *_, **__: pytest.fail("the brief was made anew"))
        rebuilt = after(desk, write("press.toml", '[light]\npaper = "#fffffe"\n'))
        assert b"#fffffe" in rebuilt.files["brief.html"]
        wrong = after(desk, write("press.toml", '[light]\npapper = "#fffffe"\n')).error
        assert isinstance(wrong, TemplateError)
        assert (wrong.file, wrong.line, wrong.hint) == ("press.toml", 2, "paper")

    def test_what_a_theme_is_made_of_is_looked_at_wherever_it_lies(self, desk: Desk) -> None:
        Path("shared").mkdir()
        Path("shared/press.toml").write_text('extends = "base.toml"\n[logo]\nfile = "mark.svg"\n')
        Path("shared/base.toml").write_text('about = "Ours"\n')
        first = after(desk, write("briefgen.toml", 'theme = "shared/press.toml"\n' + Path("briefgen.toml").read_text()))
        assert isinstance(first.error, TemplateError)  # there is no such picture yet
        drawn = after(desk, write("shared/mark.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>"))
        assert drawn.changed == ["shared/mark.svg"]
        assert b"data:image/svg+xml" in drawn.files["brief.html"]
        again = after(desk, write("shared/mark.svg", "<svg xmlns='http://www.w3.org/2000/svg'><title>Ours</title></svg>"))
        assert again.files["brief.html"] != drawn.files["brief.html"]
        assert b"#fffffe" in after(desk, write("shared/base.toml", '[light]\npaper = "#fffffe"\n')).files["brief.html"]

    def test_further_files_of_a_house_are_made_too(self, desk: Desk) -> None:
        rebuilt = after(desk, write("house/summary.html.j2", "<p>{{ brief.title }}</p>"))
        assert b"Comparative brief" in rebuilt.files["summary.html"]
        assert b"EventSource" in shown(rebuilt, Shown()).files["summary.html"]

    def test_a_lexicon_changes_what_is_read_in_all(self, desk: Desk) -> None:
        rule = '[[actor]]\nid = "norland"\nname = "Kingdom of Norland"\nkind = "state"\naliases = ["Norland"]\n'
        rebuilt = after(desk, write("words/own.toml", rule))
        assert rebuilt.error is None
        assert rebuilt.read == 3
        assert b"Kingdom of Norland" in rebuilt.files["brief.html"]

    def test_settings_do_not_make_documents_be_read_again(self, desk: Desk) -> None:
        rebuilt = after(desk, write("briefgen.toml", Path("briefgen.toml").read_text() + 'title = "Night ferries"\n'))
        assert b"Night ferries" in rebuilt.files["brief.html"]
        assert rebuilt.read == 0

    def test_a_folder_that_the_settings_now_name_is_looked_at(self, desk: Desk) -> None:
        Path("more").mkdir()
        Path("more/grain.txt").write_text("Grain News\n\nThe millers oppose the levy on grain.\n")
        rebuilt = after(desk, write("briefgen.toml", 'documents = ["documents", "more"]\n'))
        assert (rebuilt.documents, rebuilt.read) == (4, 1)
        assert after(desk, write("more/grain.txt", "Grain News\n\nThe millers want it.\n")).read == 1

    def test_another_output_folder_is_held_and_the_first_let_go(self, desk: Desk) -> None:
        after(desk, write("briefgen.toml", 'documents = ["documents"]\nout = "elsewhere"\n'))
        assert Path("elsewhere/brief.html").exists()
        pipeline.build([Path("documents")], config.load().model_copy(update={"out": "out"}))

    def test_an_output_folder_that_was_removed_is_made_again(self, desk: Desk) -> None:
        for path in Path("out").iterdir():
            path.unlink()
        Path("out").rmdir()
        assert after(desk, write("documents/new.txt", "Grain.")).error is None
        assert Path("out/brief.html").exists()

    def test_the_earlier_brief_may_be_the_one_that_is_written(self, desk: Desk) -> None:
        after(desk, write("briefgen.toml", 'documents = ["documents"]\nprevious = "out/brief.json"\n'))
        assert after(desk, lambda: None, lambda: None, write("documents/new.txt", "Grain.")).changed == ["documents/new.txt"]

    def test_what_comes_during_a_build_is_seen_after_it(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        make = pipeline.make

        def slow(*order: Any, **known: Any) -> Any:
            made = make(*order, **known)
            write("documents/milk.txt", "Dairy Post\n\nToo late for this one.\n")()
            return made

        monkeypatch.setattr(pipeline, "make", slow)
        after(desk, write("documents/fish.txt", "Fish Weekly\n\nCod.\n"))
        assert desk.next_change(lambda _: None) == ["documents/milk.txt"]

    def test_no_second_preview_or_build_writes_into_the_folder(self, desk: Desk) -> None:
        with pytest.raises(LockedError), Desk(ask):
            pass
        with pytest.raises(LockedError):
            pipeline.build(*ask())


class TestErrors:
    def test_a_template_stays_wrong_until_it_is_mended(self, desk: Desk) -> None:
        before = Path("out/brief.html").read_bytes()
        broken = after(desk, write("house/brief.html.j2", HOUSE.replace("endblock", "endblok")))
        assert isinstance(broken.error, TemplateError)
        assert (broken.error.file, broken.error.line) == ("house/brief.html.j2", 2)
        still = after(desk, write("documents/new.txt", "Grain."))
        assert isinstance(still.error, TemplateError)
        assert Path("out/brief.html").read_bytes() == before
        mended = after(desk, write("house/brief.html.j2", HOUSE))
        assert mended.error is None
        assert mended.documents == 4

    def test_so_do_settings(self, desk: Desk) -> None:
        right = Path("briefgen.toml").read_text()
        wrong = after(desk, write("briefgen.toml", right + "titel = 1\n")).error
        assert isinstance(wrong, UsageError)
        assert (wrong.line, wrong.hint) == (4, "title")
        assert after(desk, write("documents/new.txt", "Grain.")).error is not None
        assert after(desk, write("briefgen.toml", right)).read == 1

    def test_all_documents_may_go_and_come_back(self, desk: Desk) -> None:
        gone = after(desk, lambda: [Path("documents", name).unlink() for name in DOCUMENTS]).error
        assert isinstance(gone, pipeline.NothingReadError)
        back = after(desk, lambda: [Path("documents", name).write_text(text) for name, text in DOCUMENTS.items()])
        assert back.error is None

    def test_so_may_their_folder(self, desk: Desk, project: Path) -> None:
        assert after(desk, lambda: (project / "documents").rename("away")).error is not None
        assert after(desk, lambda: (project / "away").rename("documents")).error is None

    def test_a_fault_of_ours_ends_nothing(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(pipeline, "files_of", lambda *_: 1 // 0)
        fault = after(desk, write("documents/new.txt", "Grain.")).error
        assert fault is not None
        assert "ZeroDivisionError" in str(fault)
        monkeypatch.undo()


def directives(page: str) -> dict[str, list[str]]:
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    return {words[0]: words[1:] for words in map(str.split, unescape(policy[1]).split(";"))}


class TestPages:
    def test_the_policy_allows_one_script_more_and_its_own_server(self, desk: Desk) -> None:
        files = desk.rebuild().files
        own, served = files["brief.html"].decode(), shown(desk.rebuild(), Shown()).files["brief.html"].decode()
        before, now = directives(own), directives(served)
        scripts = re.findall(r"<script[^>]*>(.*?)</script>", served, re.DOTALL)
        added = f"'sha256-{b64encode(sha256(scripts[-1].encode()).digest()).decode()}'"
        assert now == {**before, "script-src": [*before["script-src"], added], "connect-src": ["'self'"]}
        assert "EventSource" in scripts[-1]
        assert "EventSource" not in own
        assert "EventSource" not in Path("out/brief.html").read_text()

    def test_a_house_page_may_have_another_policy_or_none(self) -> None:
        assert allowing("default-src 'self'", "x") == "default-src 'self'; script-src 'self' 'sha256-x'; connect-src 'self'"
        assert allowing("script-src 'none'", "x") == "script-src 'sha256-x'; connect-src 'self'"
        assert with_script("<p>Bare", "1").startswith('<p>Bare<script data-version="1">')

    def test_a_quoted_policy_in_the_text_stays(self) -> None:
        page = '<body><meta http-equiv="Content-Security-Policy" content="default-src \'none\'"></body>'
        assert with_script(page, "1").startswith(page.removesuffix("</body>"))

    def test_an_error_shows_its_place_and_nothing_of_it_is_markup(self, project: Path) -> None:
        Path("bad.j2").write_text("one\n\t<b>{{ x }\n")
        error = TemplateError("T001", "<i>unexpected</i> '}'", file="bad.j2", line=2, column=10, hint="<u>")
        page = shown(Rebuilt({}, error), Shown({"brief.md": b"kept", "brief.html": b""})).error
        assert page is not None
        text = page.decode()
        assert "bad.j2:2:10" in text
        assert ' &lt;b&gt;{{ x }\n<span class="caret">         ^</span>' in text
        assert "&lt;i&gt;unexpected" in text
        assert not {"<i>", "<u>", "<b>"} & set(re.findall(r"<\w>", text))

    def test_the_files_that_are_no_pages_are_those_of_before(self) -> None:
        before = Shown({"brief.md": b"kept"}, None, "1")
        after = shown(Rebuilt({}, UsageError("x", "y")), before)
        assert after.files == before.files
        assert after.version != before.version


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    (tmp_path / "secret.txt").write_text("secret")
    with Server(0) as server:
        server.show(Shown({"brief.html": b"<p>Brief", "brief.json": b"{}"}, None, "v1"))
        server.start()
        yield server
        server.shutdown()


def answer(server: Server, path: str, method: str = "GET", host: str | None = None) -> HTTPResponse:
    connection = HTTPConnection("127.0.0.1", server.server_address[1], timeout=60)
    connection.putrequest(method, path, skip_host=True)
    for each in [f"127.0.0.1:{server.server_address[1]}"] if host is None else [host] if host else []:
        connection.putheader("Host", each)
    connection.endheaders()
    return connection.getresponse()


class TestServer:
    @pytest.mark.parametrize("path", ["/", "/brief.html", "/?x=1", "/brief%2Ehtml"])
    def test_the_page_is_given_and_nowhere_kept(self, server: Server, path: str) -> None:
        with closing(answer(server, path)) as got:
            assert (got.status, got.read()) == (200, b"<p>Brief")
            assert got.headers["Content-Type"] == "text/html; charset=utf-8"
            assert got.headers["Cache-Control"] == "no-store"
            assert got.headers["X-Content-Type-Options"] == "nosniff"

    @pytest.mark.parametrize(
        "path",
        [
            "/../secret.txt",
            "/%2e%2e/secret.txt",
            "//etc/passwd",
            "/etc/passwd",
            "/.",
            "/brief.html/",
            "/brief.md",
            "/\\secret.txt",
        ],
    )
    def test_nothing_else_is(self, server: Server, path: str) -> None:
        with closing(answer(server, path)) as got:
            assert got.status == 404
            assert b"secret" not in got.read()

    def test_an_address_of_another_server_finds_nothing(self, server: Server) -> None:
        with closing(answer(server, "http://evil.example/")) as got:
            assert got.status == 404

    @pytest.mark.parametrize(
        "host", ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "127.0.0.1.evil:{port}", ""]
    )
    def test_only_names_of_this_machine_are_answered(self, server: Server, host: str) -> None:
        for path in ("/", "/.changes"):
            with closing(answer(server, path, host=host.format(port=server.server_address[1]))) as got:
                assert got.status == 421
                assert b"Brief" not in got.read()

    def test_localhost_is_one(self, server: Server) -> None:
        with closing(answer(server, "/", host=f"LocalHost:{server.server_address[1]}")) as got:
            assert got.status == 200

    @pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "BREW"])
    def test_nothing_can_be_done_but_looking(self, server: Server, method: str) -> None:
        with closing(answer(server, "/", method)) as got:
            assert (got.status, got.headers["Allow"]) == (405, "GET, HEAD")

    @pytest.mark.parametrize(("path", "length"), [("/", "8"), ("/.changes", None)])
    def test_head_gives_the_head(self, server: Server, path: str, length: str | None) -> None:
        with closing(answer(server, path, "HEAD")) as got:
            assert (got.status, got.headers["Content-Length"], got.read()) == (200, length, b"")

    def test_open_pages_are_told(self, server: Server) -> None:
        with closing(answer(server, "/.changes")) as got:
            told = (line for line in iter(got.readline, b"") if line.startswith(b"data"))
            assert next(told) == b"data: v1\n"
            server.show(Shown({}, b"<p>Wrong", "v2"))
            assert next(told) == b"data: v2\n"

    def test_an_error_stands_in_the_place_of_pages(self, server: Server) -> None:
        server.show(Shown({"brief.json": b"{}"}, b"<p>Wrong", "v2"))
        with closing(answer(server, "/")) as got:
            assert (got.status, got.read()) == (500, b"<p>Wrong")
        with closing(answer(server, "/brief.json")) as got:
            assert (got.status, got.read()) == (200, b"{}")

    def test_a_port_that_is_taken_is_told(self, server: Server) -> None:
        with pytest.raises(UsageError, match=f"port {server.server_address[1]} .*--port 0"):
            Server(server.server_address[1])


def test_a_preview_of_a_series_touches_no_edition(project: Path) -> None:
    settings = Path("briefgen.toml")
    settings.write_text('week = "2026-W47"\n' + settings.read_text() + '[series]\nname = "Harbour week"\n')
    for name, text in DOCUMENTS.items():
        Path("documents", name).write_text(f"---\ndate: 2026-11-17\n---\n{text}")
    series.build(*ask())
    before = {path: path.read_bytes() for path in Path("out").rglob("*") if path.is_file()}
    with Desk(lambda: Order(ask().documents, series.for_preview(ask().settings))) as desk:
        assert b"Harbour week, 2026-W47" in desk.rebuild().files["brief.html"]
    assert Path("out/preview/brief.html").is_file()
    assert {path: path.read_bytes() for path in before} == before
    assert series.weeks(Path("out")) == ["2026-W47"]
