"""The pages in a real browser: judged by axe-core and html-validate, at every width, without scripts, on paper, and by use."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from itertools import groupby
from pathlib import Path
from typing import Any

import fisheries
import harbour
import many
import pytest
from chromium import Tab, chromium, html_faults

from briefgen.model.brief import Actor, Issue
from briefgen.model.corrections import CorrectionsFile
from briefgen.model.settings import Settings
from briefgen.pipeline import build, read_brief
from briefgen.render import render
from briefgen.render.view import view

ROOT = Path(__file__).parent.parent
WIDTHS = (320, 390, 768, 1024, 1280, 1440)
SCHEMES = ("light", "dark")
SHOWN = "return [...document.querySelectorAll('.positions > li')].filter(item => item.getClientRects().length).length"
WORDS = """const main = document.querySelector('main').cloneNode(true);
    for (const each of main.querySelectorAll('#filters, .do, .read, output')) each.remove();
    return main.textContent.replace(/\\s+/g, '')"""
TEXTS = "return [...document.querySelectorAll('{}')].map(each => each.textContent)"
FOOT = 18 * 72 / 25.4
#: A line of a printed sheet: left, right, height above the foot of the sheet, text.
Line = tuple[float, float, float, str]
Printed = tuple[str, bytes, list[list[Line]]]
MARGIN = 15 * 72 / 25.4
A4_WIDTH = 210 * 72 / 25.4


PAGES = ("seeds", "many", "fresh", "changed", "wide")


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    with chromium(tmp_path_factory.mktemp("profile")) as tab:
        yield tab


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The brief of the seeds, of sixty documents, a small one, one in which much has changed, one of words far too long."""
    folder = tmp_path_factory.mktemp("pages")
    build([ROOT / "seeds"], Settings(out=str(folder / "seeds"), title="Security guarantees"))
    build([many.write(folder / "documents")], Settings(out=str(folder / "many"), title="The coast"))
    for name, brief in (("fresh", fisheries.brief()), ("wide", wide())):
        (folder / name).mkdir()
        (folder / name / "brief.html").write_text(render(brief, "html"), encoding="utf-8")
    for week in harbour.WEEKS[:3]:
        harbour.build(folder, week)
    (folder / harbour.WEEKS[2]).rename(folder / "changed")
    return {name: folder / name / "brief.html" for name in PAGES}


def wide() -> fisheries.Brief:
    long = "Unbreakablylongword" * 9
    issues = tuple(Issue(id=f"is-{n:06x}", label=f"{long} {n}") for n in range(15))
    first = fisheries.brief().positions[0]
    positions = tuple(replace(first, id=f"po-{n:06x}", issue=each.id, quote=long) for n, each in enumerate(issues))
    return fisheries.brief(
        title=long,
        issues=issues,
        positions=positions,
        actors=(Actor(id="skerry", name=long, kind="state"),),
        agreements=(),
        disagreements=(),
        changes=None,
    )


@pytest.fixture(params=PAGES)
def page(pages: dict[str, Path], request: pytest.FixtureRequest) -> Path:
    return pages[request.param]


@pytest.fixture
def fresh(tab: Tab, pages: dict[str, Path]) -> Tab:
    """The page of seven positions, two of them new, on a screen."""
    tab.size(1280)
    tab.media(prefers_reduced_motion="reduce")
    tab.open(pages["fresh"])
    return tab


# Judged


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing(tab: Tab, page: Path, width: int, scheme: str) -> None:
    tab.size(width)
    tab.media(prefers_color_scheme=scheme)
    tab.open(page)
    assert tab.axe() == []


def test_axe_would_find_something(tab: Tab, tmp_path: Path) -> None:
    (tmp_path / "bad.html").write_text("<html><title>x</title><p style='color:#ccc;background:#fff'>Faint <img src=''>")
    tab.open(tmp_path / "bad.html")
    assert {found.partition(" ")[0] for found in tab.axe()} >= {"color-contrast", "image-alt", "html-has-lang"}


def test_html_validate_finds_nothing(pages: dict[str, Path], tmp_path: Path) -> None:
    (tmp_path / "bad.html").write_text("<!DOCTYPE html>\n<p><b>x</p>\n")
    assert html_faults(*pages.values()) == []
    assert html_faults(tmp_path / "bad.html") != []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_nothing_is_asked_for_and_nothing_complained_of(tab: Tab, page: Path, scheme: str) -> None:
    tab.media(prefers_color_scheme=scheme)
    tab.open(page)
    assert tab.complaints() == []
    assert tab.requests() == [page.as_uri()]
    assert tab.run("return getComputedStyle(document.querySelector('.key .stance')).display") == "inline-flex"


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_scrolls_sideways(tab: Tab, page: Path, width: int) -> None:
    tab.size(width)
    tab.open(page)
    assert tab.run("return document.documentElement.scrollWidth") <= width


def test_every_link_within_a_page_has_its_target(page: Path) -> None:
    ids, links = set(), set()

    class Links(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            assert len([value for name, value in attrs if name == "id" and value in ids]) == 0
            ids.update(value for name, value in attrs if name == "id")
            links.update(value[1:] for name, value in attrs if name == "href" and value and value[0] == "#")

    Links().feed(page.read_text(encoding="utf-8"))
    assert len(links) > 20
    assert links <= ids


def test_without_scripts_everything_is_there(tab: Tab, page: Path) -> None:
    """The page shows the same words in the same order; only the filter and what a click makes are not there."""
    tab.size(1280)
    tab.open(page)
    with_scripts = tab.run(WORDS)
    tab.scripts(on=False)
    try:
        tab.open(page)
        source = tab.driver.page_source
    finally:
        tab.scripts(on=True)
    assert 'id="filters" role="search" aria-label="Filter the positions" hidden' in source
    tab.run(f"document.documentElement.innerHTML = {json.dumps(source)}")
    assert tab.run(WORDS) == with_scripts


def test_motion_only_for_those_who_want_it(tab: Tab, pages: dict[str, Path]) -> None:
    for wanted, behavior in (("no-preference", "smooth"), ("reduce", "auto")):
        tab.media(prefers_reduced_motion=wanted)
        tab.open(pages["fresh"])
        assert tab.run("return getComputedStyle(document.documentElement).scrollBehavior") == behavior


def test_the_head_of_the_table_stays_in_sight(tab: Tab, pages: dict[str, Path]) -> None:
    tab.size(1280)
    tab.media(prefers_reduced_motion="reduce")
    tab.open(pages["many"])
    tab.run("document.querySelectorAll('.matrix tbody tr')[12].scrollIntoView({block: 'start'}); scrollBy(0, -90)")
    head = "const box = document.querySelector('.matrix thead th:nth-child(2)').getBoundingClientRect(); return box.top"
    assert tab.run(head) == 0
    tab.size(800)
    tab.open(pages["many"])
    tab.run("document.querySelector('.scroll').scrollLeft = 400")
    left = "return document.querySelector('{}').getBoundingClientRect().left"
    assert tab.run(left.format(".matrix tbody th")) - tab.run(left.format(".scroll")) <= 1


def test_on_a_phone_a_row_is_a_card_without_empty_cells(tab: Tab, pages: dict[str, Path]) -> None:
    tab.size(390)
    tab.open(pages["seeds"])
    assert tab.run("return getComputedStyle(document.querySelector('.matrix tr')).display") == "block"
    assert tab.run("return [...document.querySelectorAll('.matrix td:empty')].every(cell => !cell.getClientRects().length)")
    label = "return getComputedStyle(document.querySelector('.matrix td[data-label]'), '::before').content"
    assert "uarantees" in tab.run(label)


# Used


def chosen(tab: Tab, name: str, text: str) -> None:
    tab.find(f"#filters [name={name}]").send_keys(text)


def told(tab: Tab) -> str:
    return str(tab.run("return document.querySelector('#filters output').textContent"))


def test_the_filter_shows_what_fits(fresh: Tab) -> None:
    assert fresh.run(SHOWN) == 7
    chosen(fresh, "stance", "Warns")
    assert fresh.run(SHOWN) == 2
    chosen(fresh, "words", "small HARBOURS")
    assert (fresh.run(SHOWN), told(fresh)) == (1, "1 of 7 positions shown")
    for words, shown in ((" read", 0), ("P4", 1)):
        fresh.find("#filters [type=reset]").click()
        assert fresh.wait(SHOWN + " === 7")
        chosen(fresh, "words", words)
        assert fresh.run(SHOWN) == shown
    fresh.find("#filters [type=reset]").click()
    assert fresh.wait(SHOWN + " === 7")
    fresh.find("#filters [name=fresh]").click()
    assert fresh.run(SHOWN) == 2
    chosen(fresh, "actor", "Norland")
    assert fresh.run(SHOWN) == 1
    chosen(fresh, "issue", "Herring quota")
    assert (fresh.run(SHOWN), told(fresh)) == (0, "0 of 7 positions shown")


def test_a_filter_stands_in_the_address_and_the_address_sets_it(fresh: Tab, pages: dict[str, Path]) -> None:
    chosen(fresh, "actor", "Skerry Isles")
    chosen(fresh, "words", "stock could")
    assert fresh.run("return location.hash") == "#filters&words=stock+could&actor=skerry"
    fresh.open(pages["fresh"], "#filters&actor=norland&fresh=on&words=if+the&stance=nonsense")
    assert fresh.run(SHOWN) == 1
    assert fresh.run("return document.getElementById('filters').getBoundingClientRect().top") < 100
    fresh.find("#filters [type=reset]").click()
    assert fresh.wait("return location.hash === ''")
    assert fresh.run(SHOWN) == 7
    assert fresh.complaints() == []


def test_a_link_brings_back_what_a_filter_hides(fresh: Tab) -> None:
    chosen(fresh, "stance", "Warns")
    name = fresh.run("return document.querySelector('.positions > li[hidden]').id")
    fresh.run(f"document.querySelector('.matrix a[href=\"#{name}\"]').click()")
    assert fresh.wait(SHOWN + " === 7")
    assert fresh.run("return document.querySelector('.positions > :target').id") == name
    assert fresh.run("return location.hash") == f"#{name}"


def test_an_actor_of_the_table_leads_to_all_its_positions(fresh: Tab) -> None:
    fresh.find(".matrix th[data-actor=norland] a").click()
    assert fresh.wait(SHOWN + " === 2")
    fresh.driver.back()
    assert fresh.wait("return location.hash === ''")


def copied(tab: Tab) -> str:
    """What a person would paste."""
    from selenium.webdriver.common.keys import Keys

    tab.run("document.body.prepend(Object.assign(document.createElement('textarea'), {id: 'pasted'}))")
    tab.find("#pasted").send_keys(Keys.CONTROL, "v")
    return str(tab.run("const field = document.getElementById('pasted'); field.remove(); return field.value"))


def test_a_line_is_copied_with_its_citation(fresh: Tab) -> None:
    fresh.driver.find_elements("css selector", ".positions [name=copy]")[2].click()
    assert fresh.wait("return document.querySelectorAll('.positions [name=copy]')[2].textContent === 'Copied'")
    line = copied(fresh).splitlines()
    assert line == [
        "Norland, Opposes: “any cut before the new survey”",
        "S1:4 Ministers meet over herring",
        "Herring: who wants what, P3",
    ]
    for place in (".points", ".proposals", ".contrasts", ".dates"):
        fresh.find(f"{place} [name=copy]").click()
        wanted = fresh.run(f"return document.querySelector('{place} :is(.said, .quote)').textContent.replace(/\\s+/g, ' ')")
        fresh.wait(f"return document.querySelector('{place} [name=copy]').textContent === 'Copied'")
        assert wanted in copied(fresh)


def test_a_line_is_copied_as_a_correction_of_it(fresh: Tab) -> None:
    """What is copied is an entry that only lacks the reason; it is reached by keyboard."""
    from selenium.webdriver.common.keys import Keys

    for place, kind, change in (
        (".points", "statement", ("pin", False)),
        (".positions", "statement", ("stance", "demands")),
        (".proposals", "proposal", ("status", "contested")),
        (".issue", "issue", ("rename", "Herring quota")),
        (".sources", "source", ("mark", "unreliable")),
    ):
        fresh.find(f"{place} [name=correct]").send_keys(Keys.ENTER)
        assert fresh.wait(f"return document.querySelector('{place} [name=correct]').textContent === 'Copied'")
        entry = tomllib.loads(copied(fresh))[kind][0]
        assert (entry[change[0]], entry["why"]) == (change[1], "")
        made = {**entry, "why": "Since I say so."} | ({"sha256": "0" * 12} if kind == "source" else {})
        CorrectionsFile.model_validate({kind: [made]})
    assert entry["path"] == "herring.txt"


def test_a_copied_correction_names_each_statement_with_its_sentence(fresh: Tab) -> None:
    fresh.find(".positions [name=correct]").click()
    assert fresh.wait("return document.querySelector('.positions [name=correct]').textContent === 'Copied'")
    (entry,) = tomllib.loads(copied(fresh))["statement"]
    (first, *_) = fisheries.statements()
    assert (entry["id"], entry["sentence"], entry["was"]) == (first.id, fisheries.CUT.sentence, "demands")


def test_where_the_clipboard_is_closed_a_line_is_copied_all_the_same(fresh: Tab) -> None:
    fresh.run("navigator.clipboard.writeText = () => Promise.reject()")
    fresh.run("document.execCommand = () => window.asked = getSelection().toString()")
    fresh.find(".points [name=copy]").click()
    assert "Skerry Isles demanded" in fresh.wait("return window.asked")


def test_a_source_sentence_is_read_in_place(fresh: Tab) -> None:
    shown = "return document.querySelector('.positions .read blockquote')?.textContent"
    fresh.find(".positions [name=read]").click()
    assert fresh.run(shown) == f"{fisheries.CUT.sentence} S1:3a"
    assert fresh.run("return document.querySelector('.positions [name=read]').ariaExpanded") == "true"
    assert fresh.axe() == []
    fresh.find(".positions [name=read]").click()
    assert fresh.run(shown) is None


def test_a_link_from_a_position_leads_to_its_sentence_and_back(fresh: Tab) -> None:
    fresh.run("document.querySelector('.positions .cites a').click()")
    assert fresh.run("return document.querySelector('mark:target').textContent").startswith("Skerry Isles demanded")
    fresh.run("document.querySelector('mark:target').closest('.passage').querySelector('.back a[href^=\"#po-\"]').click()")
    assert fresh.run("return document.querySelector('.positions > :target') !== null")


def test_a_link_into_a_long_page_leads_to_its_line(tab: Tab, pages: dict[str, Path], tmp_path: Path) -> None:
    """What is far from the window is not laid out yet, so the way there must not be guessed."""
    tab.size(1280)
    tab.media(prefers_reduced_motion="reduce")
    (tmp_path / "long.html").write_text(pages["many"].read_text().replace("<body>", '<body class="long">'))
    tab.open(tmp_path / "long.html")
    assert tab.run("return getComputedStyle(document.querySelector('.issue')).contentVisibility") == "auto"
    names = tab.run(
        "return [...document.querySelectorAll('.positions > li, mark')].map(each => each.id).filter((_, n) => n % 40 === 7)"
    )
    for name in names:
        tab.run(f"location.hash = '{name}'")
        assert tab.wait(
            f"const top = document.getElementById('{name}').getBoundingClientRect().top; return top >= 0 && top < 600"
        ), name


def test_the_keyboard_is_enough(fresh: Tab) -> None:
    from selenium.webdriver.common.keys import Keys

    def press(*keys: str) -> None:
        for key in keys:
            fresh.driver.switch_to.active_element.send_keys(key)

    press(Keys.TAB)
    assert fresh.run("return document.activeElement.className") == "skip"
    assert fresh.run("return document.activeElement.getBoundingClientRect().left") >= 0
    press(Keys.ENTER)
    assert fresh.wait("return document.activeElement.id === 'brief'")
    chosen(fresh, "words", "harbours")
    press(Keys.ENTER)
    assert fresh.run("return document.activeElement.textContent") == "P4"
    assert fresh.run("return getComputedStyle(document.activeElement).outlineStyle") == "solid"
    fresh.find("#filters [name=words]").send_keys(Keys.ESCAPE)
    assert fresh.wait(SHOWN + " === 7")
    reached = "main :is(a, button, input, select, summary, [tabindex])"
    assert fresh.run(
        f"return [...document.querySelectorAll('{reached}')].every(each => each.id === 'brief' || each.tabIndex >= 0)"
    )


# On paper


@pytest.fixture(scope="module", params=["seeds", "many", "wide"])
def sheets(tab: Tab, pages: dict[str, Path], request: pytest.FixtureRequest) -> Printed:
    """The printed page: title, the PDF, and for each sheet its lines from top to bottom."""
    import pypdfium2

    tab.size(1280)
    tab.open(pages[request.param])
    title, data = str(tab.run("return document.title")), tab.pdf()
    return title, data, [list(lines(sheet)) for sheet in pypdfium2.PdfDocument(data)]


def lines(sheet: Any) -> Iterator[Line]:
    text = sheet.get_textpage()
    boxes = [text.get_rect(n) for n in range(text.count_rects())]
    for _, line in groupby(sorted(boxes, key=lambda box: (-round(box[1] / 4), box[0])), key=lambda box: round(box[1] / 4)):
        left, bottom, right, top = (
            kind(side) for kind, side in zip((min, min, max, max), zip(*line, strict=True), strict=True)
        )
        yield left, right, bottom, " ".join(text.get_text_bounded(left, bottom, right, top).split())


def test_a_printed_page_is_tagged_and_has_a_running_head(sheets: Printed) -> None:
    import pypdfium2.raw

    title, data, printed = sheets
    document = pypdfium2.PdfDocument(data)
    assert pypdfium2.raw.FPDFCatalog_IsTagged(document.raw)
    assert b"/StructTreeRoot" in data
    assert len(printed) > 2
    for n, sheet in enumerate(printed, 1):
        foot = " ".join(text for _, _, bottom, text in sheet if bottom < FOOT)
        assert title[:40] in foot
        assert f"{n} / {len(printed)}" in foot


def test_on_paper_nothing_stands_beyond_the_margins(sheets: Printed) -> None:
    for sheet in sheets[2]:
        for left, right, _, text in sheet:
            assert left >= MARGIN - 2, text
            assert right <= A4_WIDTH - MARGIN + 2, text


def test_on_paper_no_heading_is_the_last_line_of_a_sheet(tab: Tab, sheets: Printed) -> None:
    heads = {" ".join(head.split()) for head in tab.run(TEXTS.format("h2, h3, h4, caption"))}
    for sheet in sheets[2]:
        body = [(bottom, text) for _, _, bottom, text in sheet if bottom > FOOT]
        last = min(body)[1] if body else ""
        assert last not in heads


def test_on_paper_every_cell_is_there_and_links_are_numbers(tab: Tab, pages: dict[str, Path]) -> None:
    import pypdfium2

    tab.size(1280)
    tab.open(pages["seeds"])
    cells = tab.run(
        "return [...document.querySelectorAll('td :not(.do, :has(.do)), th, .given td')].map(each => each.innerText)"
    )
    numbers = tab.run("return [...document.querySelectorAll('.no, .cites a, .back a')].map(each => each.textContent)")
    printed = " ".join(sheet.get_textpage().get_text_range() for sheet in pypdfium2.PdfDocument(tab.pdf()))
    said = set(re.findall(r"\w+", printed))
    assert {word for cell in cells for word in re.findall(r"\w+", cell) if len(word) > 3} <= said
    assert set(re.findall(r"\w+", " ".join(numbers))) <= said
    assert "Copy" not in said


def test_what_a_filter_leaves_is_printed_with_its_count(fresh: Tab) -> None:
    import pypdfium2

    chosen(fresh, "stance", "Warns")
    printed = "".join(sheet.get_textpage().get_text_range() for sheet in pypdfium2.PdfDocument(fresh.pdf()))
    assert "2 of 7 positions shown" in printed


# Weighed


def test_no_page_is_heavier_than_it_may_be(pages: dict[str, Path]) -> None:
    """60 KB, 1.4 KB a position, and 1.7 times the text of the appendix."""
    for name in ("seeds", "many"):
        brief = read_brief(pages[name].with_name("brief.json"))
        shown = sum(len(run.text) for text in view(brief).appendix for passage in text.passages for run in passage.runs)
        assert pages[name].stat().st_size <= 60_000 + 1_400 * len(brief.positions) + 1.7 * shown
