"""``briefgen serve`` as it is used: run as a program, its page open in a browser, its files edited.

Waiting is for conditions, with limits that only a hang reaches. How fast it is says ``python -m benchmarks preview``.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from chromium import Tab, chromium

ROOT = Path(__file__).parent.parent
PATIENCE = 120
HOUSE = '{% extends "default/brief.html.j2" %}\n{% block handling %}<p id="handling">For the desk.</p>{% endblock %}\n'
HANDLING = "return document.querySelector('#handling')?.textContent"
HEADING = "return document.querySelector('h1')?.textContent"


def until(ask: Callable[[], Any], wanted: Any = True) -> None:
    """Wait until ``ask`` gives what is wanted; a page that is just being loaded has no answer."""
    from selenium.common.exceptions import WebDriverException

    end, got = time.monotonic() + PATIENCE, None
    while time.monotonic() < end:
        try:
            got = ask()
        except WebDriverException:
            got = None
        if got == wanted:
            return
        time.sleep(0.02)
    pytest.fail(f"waited for {wanted!r}, the last answer was {got!r}")


class Preview:
    """A running ``briefgen serve`` or ``watch`` in the working folder."""

    def __init__(self, *words: str) -> None:
        environment = os.environ | {"PYTHONPATH": str(ROOT), "NO_COLOR": "1", "PYTHONUNBUFFERED": "1"}
        self.said = Path("said")
        with self.said.open("w") as said:
            command = [sys.executable, "-m", "briefgen", *words]
            self.process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=said, text=True)

    def address(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline().strip()

    def lines(self) -> list[str]:
        return self.said.read_text().splitlines()

    def stop(self, number: int = signal.SIGINT) -> int:
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)


@contextmanager
def running(*words: str) -> Iterator[Preview]:
    preview = Preview(*words)
    try:
        yield preview
    finally:
        preview.process.kill()
        preview.process.communicate()


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Documents, settings and a house template; the working folder."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "seeds", "documents")
    Path("house").mkdir()
    Path("house/brief.html.j2").write_text(HOUSE)
    Path("briefgen.toml").write_text('documents = ["documents"]\ntemplates = "house"\n')
    return tmp_path


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    with chromium(tmp_path_factory.mktemp("profile")) as tab:
        yield tab


@pytest.fixture
def preview(project: Path) -> Iterator[Preview]:
    with running("serve", "--port", "0") as preview:
        yield preview


@pytest.fixture
def page(preview: Preview, tab: Tab) -> Tab:
    """The brief, open in the browser."""
    tab.driver.get("about:blank")
    tab.complaints()
    tab.driver.get(preview.address())
    until(lambda: tab.run(HANDLING), "For the desk.")
    return tab


def test_the_page_follows_a_template_and_a_document(page: Tab) -> None:
    Path("house/brief.html.j2").write_text(HOUSE.replace("the desk", "the editor"))
    until(lambda: page.run(HANDLING), "For the editor.")
    Path("documents/late.txt").write_text("Late News\n\nThe Ferrymen of Zandersund oppose the toll on ferries.\n")
    until(lambda: page.run("return document.body.textContent.includes('Ferrymen of Zandersund')"))
    assert page.complaints() == []
    assert "EventSource" not in Path("out/brief.html").read_text()


TOP = "return document.querySelector('#{mark}').getBoundingClientRect().top"
PLACE = """return JSON.stringify([location.hash,
    [...document.querySelectorAll('button[name=read]')].map(each => each.ariaExpanded).indexOf('true'),
    document.querySelector('[name=words]').value, document.activeElement.id])"""


def test_the_reader_stays_where_he_is(page: Tab) -> None:
    template = HOUSE.replace("</p>", "</p><details id=more><summary>More</summary>Text.</details>")
    Path("house/brief.html.j2").write_text(template)
    until(lambda: page.run("return !!document.querySelector('#more')"))
    page.run("""document.querySelector('#more').open = true;
        const field = document.querySelector('[name=words]');
        field.value = 'the';
        field.dispatchEvent(new Event('input', {bubbles: true}));
        document.querySelectorAll('.positions > li:not([hidden]) button[name=read]')[3].click()""")
    mark = page.run("return [...document.querySelectorAll('.positions > li:not([hidden])')].at(-5).id")
    page.run(f"document.querySelector('#{mark}').scrollIntoView({{block: 'center', behavior: 'instant'}})")
    page.run("document.querySelector('main').focus({preventScroll: true})")
    before, top = page.run(PLACE), page.run(TOP.replace("{mark}", mark))
    assert json.loads(before) == ["#filters&words=the", 3, "the", "brief"]
    Path("house/brief.html.j2").write_text(template.replace("For the desk.", "<br>".join(["For the editor."] * 9)))
    until(lambda: page.run(HANDLING), "For the editor." * 9)
    until(lambda: page.run(PLACE), before)
    until(lambda: abs(page.run(TOP.replace("{mark}", mark)) - top) < 2)
    assert page.run("return document.querySelector('#more').open")


def test_an_error_in_a_template_comes_and_goes(page: Tab) -> None:
    page.run("scrollTo({top: 2000, behavior: 'instant'})")
    Path("house/brief.html.j2").write_text(HOUSE.replace("{% endblock %}", "{% endblok %}"))
    until(lambda: page.run(HEADING), "The brief cannot be made")
    assert page.run("return document.querySelector('.place').textContent").startswith("house/brief.html.j2:2")
    line, caret = page.run("return document.querySelector('pre').textContent").split("\n")
    assert line == HOUSE.split("\n")[1].replace("endblock", "endblok")
    assert caret.strip() == "^"
    assert page.axe() == []
    Path("house/brief.html.j2").write_text(HOUSE)
    until(lambda: page.run(HANDLING), "For the desk.")
    until(lambda: page.run("return Math.round(scrollY / 10)"), 200)


def test_an_error_in_the_settings_comes_and_goes(page: Tab) -> None:
    settings = Path("briefgen.toml").read_text()
    Path("briefgen.toml").write_text(settings + 'titel = "Tolls"\n')
    until(lambda: page.run(HEADING), "The brief cannot be made")
    shown = page.run("return document.querySelector('main').textContent")
    assert "briefgen.toml:3" in shown
    assert "Did you mean title?" in shown
    Path("briefgen.toml").write_text(settings + 'title = "Tolls"\n')
    until(lambda: page.run(HEADING), "Tolls")


def test_all_documents_go_and_come_back(page: Tab, project: Path) -> None:
    (project / "documents").rename(project / "away")
    until(lambda: page.run(HEADING), "The brief cannot be made")
    (project / "away").rename(project / "documents")
    until(lambda: page.run(HANDLING), "For the desk.")


def test_the_page_finds_a_server_that_was_started_again(page: Tab, preview: Preview) -> None:
    port = re.sub(r"\D", "", page.run("return location.port"))
    page.run("window.same = true")
    assert preview.stop() == 0
    with running("serve", "--port", port) as again:
        assert again.address()
        until(lambda: again.lines()[-1:] == ["Made out: read 0 of 5 documents."])
        Path("house/brief.html.j2").write_text(HOUSE.replace("the desk", "the editor"))
        until(lambda: page.run(HANDLING), "For the editor.")


def test_a_burst_of_fifty_writes_is_three_rebuilds_at_most(project: Path) -> None:
    with running("watch") as watch:
        until(lambda: len(watch.lines()), 1)
        for n in range(50):
            Path(f"documents/burst{n % 10}.txt").write_text(f"News {n}\n\nThe Guild of Pilots opposes toll {n}.\n")
        Path("documents/last.txt").write_text("News\n\nThe Guild of Pilots opposes the very last toll.\n")
        until(lambda: "the very last toll" in Path("out/brief.md").read_text() and len(watch.lines()) > 1)
        rebuilds = watch.lines()[1:]
        assert len(rebuilds) <= 3
        assert all(line.startswith("Made out after documents/") for line in rebuilds)
        assert watch.stop() == 0


def test_ctrl_c_is_quiet_and_leaves_nothing(preview: Preview, project: Path) -> None:
    assert preview.address()
    until(preview.lines, ["Made out: read 5 of 5 documents."])
    assert preview.stop() == 0
    assert preview.lines() == ["Made out: read 5 of 5 documents."]
    assert sorted(os.listdir("out")) == ["brief.html", "brief.json", "brief.md"]
    assert [name for name in os.listdir() if name.startswith(".")] == [".briefgen"]  # what the documents say, kept


def test_a_second_server_for_the_folder_says_so(preview: Preview) -> None:
    assert preview.address()
    with running("serve", "--port", "0") as second:
        assert second.process.wait(PATIENCE) == 75
        assert "holds the output folder" in second.said.read_text()


def test_a_port_that_is_taken_is_a_wrong_call(preview: Preview) -> None:
    port = preview.address().rstrip("/").rpartition(":")[2]
    with running("serve", "--port", port, "--out", "other") as second:
        assert second.process.wait(PATIENCE) == 2
        assert f"port {port} cannot be had" in second.said.read_text()
        assert not Path("other").exists()


def test_a_page_must_be_among_the_formats(project: Path) -> None:
    Path("briefgen.toml").write_text('documents = ["documents"]\nformats = ["md"]\n')
    with running("serve", "--port", "0") as preview:
        assert preview.process.wait(PATIENCE) == 2
        assert "html must be among the formats" in preview.said.read_text()
