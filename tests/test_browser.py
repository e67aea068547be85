"""The page in a real browser: nothing asked for, nothing complained of, nothing wider than the screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import fisheries
import pytest
from chromium import Tab, chromium

from briefgen.model.brief import Actor, Issue
from briefgen.render import render

WIDTHS = (320, 390, 768, 1280, 1440)


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    with chromium(tmp_path_factory.mktemp("profile")) as tab:
        yield tab


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "brief.html"
    path.write_text(render(fisheries.brief(), "html"), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def wide_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A brief of many issues and of words that are far too long."""
    long = "Unbreakablylongword" * 9
    issues = tuple(Issue(id=f"is-{n:06x}", label=f"{long} {n}") for n in range(15))
    first = fisheries.brief().positions[0]
    positions = tuple(
        first.model_copy(update={"id": f"po-{n:06x}", "issue": each.id, "quote": long}) for n, each in enumerate(issues)
    )
    actors = (Actor(id="skerry", name=long, kind="state"),)
    path = tmp_path_factory.mktemp("wide") / "brief.html"
    brief = fisheries.brief(
        title=long, issues=issues, positions=positions, actors=actors, agreements=(), disagreements=(), changes=None
    )
    path.write_text(render(brief, "html"), encoding="utf-8")
    return path


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_asked_for_and_nothing_complained_of(tab: Tab, page: Path, scheme: str) -> None:
    tab.media(prefers_color_scheme=scheme)
    tab.open(page)
    assert tab.complaints() == []
    assert tab.requests() == [page.as_uri()]
    assert tab.run("return getComputedStyle(document.querySelector('.stance')).display") == "inline-flex"


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_scrolls_sideways(tab: Tab, page: Path, wide_page: Path, width: int) -> None:
    tab.size(width)
    for path in (page, wide_page):
        tab.open(path)
        assert tab.run("return document.documentElement.scrollWidth") <= width, path.parent.name


def test_the_filter_shows_what_fits_and_a_link_brings_back_what_is_hidden(tab: Tab, page: Path) -> None:
    tab.size(1280)
    tab.open(page)
    shown = "return [...document.querySelectorAll('.positions > li')].filter(item => item.getClientRects().length).length"
    choose = "const form = document.getElementById('filters'); form.elements.{0}.{1}; form.dispatchEvent(new Event('input'));"
    assert tab.run(shown) == 7
    tab.run(choose.format("stance", "value = 'warns'"))
    assert tab.run(shown) == 2
    tab.run(choose.format("words", "value = 'small HARBOURS'"))
    assert tab.run(shown) == 1
    assert tab.run("return document.querySelector('#filters output').textContent") == "1 of 7 positions shown"
    tab.run("location.hash = document.querySelector('.positions > li[hidden]').id")
    assert tab.driver.execute_async_script(f"setTimeout(() => arguments[0]((() => {{ {shown} }})()), 200)") == 7


def test_without_scripts_everything_is_there(tab: Tab, page: Path) -> None:
    tab.scripts(on=False)
    try:
        tab.open(page)
        source = tab.driver.page_source
    finally:
        tab.scripts(on=True)
    assert 'id="filters" role="search" aria-label="Filter the positions" hidden' in source
    assert "small harbours" in source


def test_a_link_from_a_position_leads_to_its_sentence_and_back(tab: Tab, page: Path) -> None:
    tab.open(page)
    tab.run("document.querySelector('.positions .cite').click()")
    assert tab.run("return document.querySelector('mark:target').textContent").startswith("Skerry Isles demanded")
    tab.run("document.querySelector('mark:target').closest('.passage').querySelector('.back a[href^=\"#po-\"]').click()")
    assert tab.run("return document.querySelector('.positions > :target') !== null")


def test_on_paper_no_table_is_clipped(tab: Tab, wide_page: Path) -> None:
    tab.size(720)  # the width of an A4 sheet between its margins, in CSS pixels
    tab.open(wide_page)
    tab.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        assert (
            tab.run(
                "return Math.max(...[...document.querySelectorAll('table')].map(table => table.getBoundingClientRect().right))"
            )
            <= 720
        )
        assert tab.run("return getComputedStyle(document.querySelector('.contents')).display") == "none"
    finally:
        tab.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
