"""Themes and chosen sections in a real browser: judged by axe-core in both schemes, and measured against the known pairs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import fisheries
import pytest
from chromium import Tab, chromium, html_faults

from briefgen import contrast, theme
from briefgen.model.settings import Settings
from briefgen.model.theme import Colours, Theme, colours_of
from briefgen.pipeline import build
from briefgen.render import render
from briefgen.render.house import House

ROOT = Path(__file__).parent.parent
SHIPPED = ("ministry", "newsroom", "plain")
SCHEMES = ("light", "dark")
#: Every text that is shown, with its colour and the grounds behind it, nearest first.
COLOURS = """const seen = new Set();
    for (const each of document.querySelectorAll("body *")) {
        if (each.closest("svg, script, option") || !each.getClientRects().length || each.closest(".quiet, .skip")) continue;
        const grounds = [];
        for (let at = each; at; at = at.parentElement) grounds.push(getComputedStyle(at).backgroundColor);
        const words = [...each.childNodes].some(node => node.nodeType === 3 && node.data.trim());
        if (words || each.matches("select, [type=search]")) seen.add(JSON.stringify([getComputedStyle(each).color, grounds]));
        const made = getComputedStyle(each, "::before");
        if (!["none", "normal", '""'].includes(made.content)) seen.add(JSON.stringify([made.color, grounds]));
    }
    return [...seen]"""
RGB = tuple[int, ...]


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    with chromium(tmp_path_factory.mktemp("profile")) as tab:
        tab.size(1280)
        yield tab


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The brief of the seeds in each theme."""
    folder = tmp_path_factory.mktemp("pages")
    for name in SHIPPED:
        build([ROOT / "seeds"], Settings(out=str(folder / name), title="Security guarantees", theme=name, formats=("html",)))
    return {name: folder / name / "brief.html" for name in SHIPPED}


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", SHIPPED)
def test_axe_finds_nothing_in_any_theme(tab: Tab, pages: dict[str, Path], name: str, scheme: str) -> None:
    for width in (1280, 390) if scheme == "dark" else (1280,):
        tab.size(width)
        tab.media(prefers_color_scheme=scheme)
        tab.open(pages[name])
        assert tab.axe() == []
        assert tab.run("return document.documentElement.scrollWidth") <= width
        assert tab.complaints() == []
        assert tab.requests() == [pages[name].as_uri()]


def test_html_validate_finds_nothing_in_any_theme(pages: dict[str, Path]) -> None:
    assert html_faults(*pages.values()) == []


def test_a_logo_is_shown_and_asks_for_nothing(tab: Tab, tmp_path: Path) -> None:
    (tmp_path / "mark.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 3"><script>alert(1)</script><path d="M0 0h9v3z"/></svg>'
    )
    (tmp_path / "own.toml").write_text(
        'extends = "ministry"\n[logo]\nfile = "mark.svg"\ntext = "Harbour News"\nheight = "48px"\n'
    )
    page = tmp_path / "brief.html"
    page.write_text(render(fisheries.brief(), "html", House(theme=theme.load("own", (str(tmp_path),)))), encoding="utf-8")
    tab.open(page)
    assert tab.run("const logo = document.querySelector('.logo img'); return [logo.width, logo.height]") == [144, 48]
    assert tab.axe() == []
    assert tab.complaints() == []
    assert [address for address in tab.requests() if not address.startswith("data:")] == [page.as_uri()]


# What is measured is what is shown


def far_apart(start: int) -> Colours:
    """A scheme in which no two colours are alike, good to read or not."""
    names = Colours.model_fields
    return Colours.model_validate(
        {name: f"#{n * 37 % 256:02x}{n * 91 % 256:02x}{n * 151 % 256:02x}" for n, name in enumerate(names, start)}
    )


def parsed(colour: str) -> tuple[list[float], float]:
    """``rgb(1, 2, 3)`` or ``color(srgb .1 .2 .3 / .3)`` as parts from 0 to 255, and how much it covers."""
    parts = [float(part) for part in re.findall(r"\d*\.?\d+(?:e-?\d+)?", colour.replace("srgb", ""))]
    scale = 255 if colour.startswith("color") else 1
    return [part * scale for part in parts[:3]], parts[3] if len(parts) > 3 else 1


def behind(grounds: list[str]) -> RGB:
    """What is seen of grounds that lie upon each other."""
    seen = [255.0, 255.0, 255.0]
    for ground in reversed(grounds):
        parts, covers = parsed(ground)
        seen = [top * covers + bottom * (1 - covers) for top, bottom in zip(parts, seen, strict=True)]
    return tuple(map(round, seen))


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_pair_of_a_page_is_one_that_is_measured(tab: Tab, tmp_path: Path, scheme: str) -> None:
    shape = {"tint": 30}
    look = Theme.model_validate({"light": far_apart(3), "dark": far_apart(90), "shape": shape})
    colours = {name: tuple(bytes.fromhex(colour[1:])) for name, colour in colours_of(getattr(look, scheme)).items()}
    known = set()
    for pair in contrast.PAIRS:
        ground: RGB = colours[pair.ground]
        if pair.tint:
            ground = tuple(round(t * 0.3 + g * 0.7) for t, g in zip(colours[pair.tint], ground, strict=True))
        known.add((colours[pair.text], ground))
    page = tmp_path / "brief.html"
    page.write_text(render(fisheries.brief(), "html", House(theme=look)), encoding="utf-8")
    tab.size(1280)
    tab.media(prefers_color_scheme=scheme)
    for place in ("", f"#{fisheries.brief().positions[0].id}", "#point-1", f"#{fisheries.brief().proposals[0].id}", "#s1-3a"):
        tab.open(page, place)
        tab.run("document.querySelector('.positions [name=read]').click()")
        tab.run("for (const each of document.querySelectorAll('details')) each.open = true")
        seen = [json.loads(each) for each in tab.run(COLOURS)]
        assert len(seen) > 20
        for text, grounds in seen:
            pair_seen = tuple(map(round, parsed(text)[0])), behind(grounds)
            assert any(
                all(
                    abs(one - other) <= 1
                    for one, other in zip((*pair_seen[0], *pair_seen[1]), (*each[0], *each[1]), strict=True)
                )
                for each in known
            ), (named(pair_seen[0], colours), named(pair_seen[1], colours), grounds)


def named(colour: RGB, colours: dict[str, RGB]) -> str:
    return next((name for name, each in colours.items() if each == colour), str(colour))


# Chosen sections


@pytest.mark.parametrize("chosen", [("appendix", "timeline", "changes"), ("changes", "bottom_line"), ("positions", "matrix")])
def test_a_page_of_some_sections_is_sound(tab: Tab, tmp_path: Path, chosen: tuple[str, ...]) -> None:
    page = tmp_path / "brief.html"
    page.write_text(render(fisheries.brief(), "html", House(sections=chosen)), encoding="utf-8")
    tab.size(1280)
    tab.media(prefers_color_scheme="light", prefers_reduced_motion="reduce")
    tab.open(page)
    assert tab.axe() == []
    assert html_faults(page) == []
    assert tab.complaints() == []


def test_without_the_appendix_a_line_is_still_copied_with_its_citation(tab: Tab, tmp_path: Path) -> None:
    page = tmp_path / "brief.html"
    page.write_text(render(fisheries.brief(), "html", House(sections=("positions", "sources"))), encoding="utf-8")
    tab.open(page)
    tab.run("navigator.clipboard.writeText = text => { window.taken = text; return Promise.resolve(); }")
    assert tab.run("return document.querySelectorAll('.positions [name=read]').length") == 0
    tab.run("document.querySelectorAll('.positions [name=copy]')[2].click()")
    assert tab.wait("return window.taken").splitlines()[1:] == [
        "S1:4 Ministers meet over herring",
        "Herring: who wants what, P3",
    ]
