"""A series of weekly editions: the same bytes in every order, whole whatever dies, and pages that readers of feeds accept."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path
from typing import Any

import feedparser
import pytest
from lxml import etree

from briefgen import cli, output, pipeline, series
from briefgen.model.errors import LockedError, TemplateError, UsageError
from briefgen.model.settings import Settings

ROOT = Path(__file__).parent.parent
WEEKS = ("2026-W44", "2026-W45", "2026-W46", "2026-W47")
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which somebody works: documents of four weeks, in the order in which they arrived."""
    shutil.copytree(ROOT / "tests/weeks", tmp_path / "documents")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def settings(week: str, **chosen: Any) -> Settings:
    named = {"name": "Port and town"} | chosen.pop("series", {})
    return Settings.model_validate({"week": week, "undated": "exclude", "series": named, **chosen})


def build(*weeks: str, **chosen: Any) -> None:
    for week in weeks:
        series.build([Path("documents")], settings(week, **chosen))


def contents(folder: Path = Path("out")) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def states(folder: Path) -> dict[str, tuple[int, int]]:
    """What tells that a file was written to, or another put in its place."""
    return {str(path): (path.stat().st_ino, path.stat().st_mtime_ns) for path in sorted(folder.rglob("*"))}


def index() -> str:
    return Path("out/index.html").read_text(encoding="utf-8")


# The same bytes


@pytest.fixture(scope="module")
def in_order(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What stands in the folder when each week was built as its documents came in."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("order"))
        for week in WEEKS:
            shutil.copytree(ROOT / "tests/weeks" / week, Path("documents") / week)
            build(week)
        return contents()


def test_an_edition_a_week_and_two_pages(in_order: dict[str, bytes]) -> None:
    briefs = {f"{week}/brief.{form}" for week in WEEKS for form in ("md", "html", "json")}
    assert set(in_order) == briefs | {"index.html", "feed.xml"}
    made = [json.loads(in_order[f"{week}/brief.json"]) for week in WEEKS]
    assert [len(each["sources"]) for each in made] == [6, 6, 6, 6]
    assert made[0]["changes"] is None
    assert [each["changes"]["against"]["title"] for each in made[1:]] == [f"Port and town, {week}" for week in WEEKS[:3]]


def test_from_scratch_gives_the_same_bytes(desk: Path, in_order: dict[str, bytes]) -> None:
    build(*WEEKS)
    assert contents() == in_order


@pytest.mark.parametrize("order", ["0123", "3210", "2031", "1302"])
def test_rebuilt_in_any_order_gives_the_same_bytes(desk: Path, in_order: dict[str, bytes], order: str) -> None:
    build(*WEEKS)
    for at in order:
        build(WEEKS[int(at)])
        assert contents() == in_order


def test_weeks_that_came_late_are_told_what_to_do_about(desk: Path, in_order: dict[str, bytes]) -> None:
    build(WEEKS[1], WEEKS[3])
    built = series.build([Path("documents")], settings(WEEKS[0]))
    assert built.outdated == (WEEKS[1], WEEKS[3])
    build(WEEKS[2], *WEEKS)
    assert contents() == in_order
    assert series.build([Path("documents")], settings(WEEKS[0])).outdated == ()


def test_no_other_edition_is_touched(desk: Path) -> None:
    build(*WEEKS)
    (Path("out") / "notes.txt").write_text("mine")
    others = [Path("out") / week for week in WEEKS if week != WEEKS[2]]
    before = [states(folder) for folder in others]
    build(WEEKS[2])
    assert [states(folder) for folder in others] == before
    assert Path("out/notes.txt").read_text() == "mine"


@pytest.mark.parametrize("page", ["index.html", "feed.xml"])
def test_pages_of_somebody_else_are_not_written_over(desk: Path, page: str) -> None:
    Path("out").mkdir()
    Path("out", page).write_text("mine")
    with pytest.raises(UsageError, match="not briefgen's"):
        build(WEEKS[0])
    assert contents() == {page: b"mine"}


def test_documents_of_other_weeks_leave_no_trace(desk: Path) -> None:
    built = series.build([Path("documents")], settings(WEEKS[0]))
    assert built.elsewhere == 18
    assert built.made.brief.skipped == ()


def test_an_earlier_brief_of_ones_own_choice_goes_first(desk: Path) -> None:
    build(*WEEKS[:3])
    built = series.build([Path("documents")], settings(WEEKS[3], previous="out/2026-W44/brief.json"))
    assert built.made.brief.changes is not None
    assert built.made.brief.changes.against.title == "Port and town, 2026-W44"


# What is shown


def test_the_archive_lists_editions_and_how_positions_moved(desk: Path) -> None:
    build(*WEEKS)
    page = re.sub(r"<style>.*?</style>", "", index(), flags=re.S)
    assert re.findall(r'<li id="w-(\S+?)">', page) == [week.lower() for week in reversed(WEEKS)]
    assert "16 November to 22 November 2026" in page
    assert page.count('<figure class="movement">') == page.count("<h3 id=") > 3
    for week in WEEKS:
        targets = set(re.findall(r' id="([^"]+)"', Path(f"out/{week}/brief.html").read_text(encoding="utf-8")))
        links = re.findall(rf'href="{week}/brief\.html#([^"]+)"', page)
        assert links
        assert set(links) <= targets


def test_who_turned_is_told_with_both_quotes(desk: Path) -> None:
    build(*WEEKS)
    (line,) = [item for item in etree.HTML(index()).xpath("//ul[@class='news']/li") if item.xpath("./span[.='Reversed']")]
    told = " ".join("".join(line.itertext()).split())
    cranes = "“the automated cranes at the Eastern Quay”"
    assert told == f"Reversed Dockers Union, Automated cranes: Opposes {cranes} → Supports {cranes}"
    entry = feedparser.parse("out/feed.xml").entries[1].content[0].value
    assert "Reversed: Dockers Union, Automated cranes: Opposes" in entry


def test_an_issue_and_an_actor_under_another_id_are_the_same_row(desk: Path) -> None:
    """The port renames itself in the third week, and a lexicon says so from then on."""
    build(*WEEKS[:2])
    build(*WEEKS[2:], lexicons=[str(ROOT / "tests/files/port")])
    rows = etree.HTML(index()).xpath("//section[h3='Dredging of the Skerry Channel contested']//tbody/tr")
    cells = {row.xpath("string(th)"): ["".join(cell.itertext()).split()[:1] for cell in row.xpath("td")] for row in rows}
    assert cells["Port of Kelmouth"] == [["Supports"]] * 4
    assert "Kelmouth Harbour Authority" not in cells


def test_only_the_newest_editions_are_listed_and_none_is_deleted(desk: Path) -> None:
    build(*WEEKS, series={"keep": 2})
    assert re.findall(r'<li id="w-(\S+?)">', index()) == ["2026-w47", "2026-w46"]
    assert "2 older editions are not listed; their folders are kept." in index()
    assert len(feedparser.parse("out/feed.xml").entries) == 2
    assert all(Path(f"out/{week}/brief.json").exists() for week in WEEKS)
    pages = index(), Path("out/feed.xml").read_bytes()
    build(WEEKS[0], series={"keep": 2})
    assert (index(), Path("out/feed.xml").read_bytes()) == pages


DAMAGE = {
    "not json": (b"{", "no brief.json"),
    "cut off": (b'{\n "schema_version": "1",\n "title": "x"', "is damaged"),
    "another version": (b'{"schema_version": "99", "title": "x"}', "another version of briefgen"),
    "not utf-8": (b'{\n "schema_version": "1",\n "title": "\xff"}', "is damaged"),
    "gone": (None, "cannot be read"),
}


@pytest.mark.parametrize("damage", list(DAMAGE))
def test_an_edition_that_cannot_be_read_is_listed_with_the_reason(desk: Path, damage: str) -> None:
    data, reason = DAMAGE[damage]
    build(*WEEKS[:3])
    broken = Path("out/2026-W46/brief.json")
    broken.write_bytes(data) if data is not None else broken.unlink()
    built = series.build([Path("documents")], settings(WEEKS[3]))
    assert built.made.brief.changes is not None
    assert built.made.brief.changes.against.title == "Port and town, 2026-W45"
    assert [each.week for each in built.unreadable] == ["2026-W46"]
    assert re.search(rf"This edition cannot be read:</strong>[^<]*{reason}", index())
    assert len(feedparser.parse("out/feed.xml").entries) == 3


def test_a_first_edition_without_a_page_links_to_what_there_is(desk: Path) -> None:
    build(WEEKS[0], formats=["json"])
    assert 'href="2026-W44/brief.json"' in index()
    (link,) = feedparser.parse("out/feed.xml").entries[0].links
    assert (link.href, link.type) == ("2026-W44/brief.json", "application/json")


def test_a_brief_that_somebody_put_there_is_an_edition_too(desk: Path) -> None:
    """It has no period and perhaps no day: its week has."""
    found = Settings(out="out/2026-W45", title="By hand", as_of="2026-11-05", formats=("json",))
    pipeline.build([Path("documents/2026-W45")], found)
    by_hand = Path("out/2026-W45/brief.json")
    by_hand.write_text(by_hand.read_text().replace('"as_of": "2026-11-05"', '"as_of": null', 1))
    build(WEEKS[3])
    assert "None" not in re.sub(r"<style>.*?</style>", "", index(), flags=re.S)
    entries = feedparser.parse("out/feed.xml").entries
    assert [(each.title, each.updated) for each in entries[1:]] == [("By hand", "2026-11-08T00:00:00Z")]
    assert demands_of_rfc_4287(Path("out/feed.xml").read_bytes()) == []


def test_a_house_overrides_the_pages_too(desk: Path) -> None:
    Path("house").mkdir()
    block = '{{% extends "default/{0}" %}}{{% block {1} %}}{2}{{% endblock %}}'
    Path("house/index.html.j2").write_text(
        block.format("index.html.j2", "masthead", "<h1>{{ archive.title }} of Kelmouth</h1>")
    )
    Path("house/feed.xml.j2").write_text(block.format("feed.xml.j2", "author", "<author><name>{{ 'R & D' }}</name></author>"))
    build(WEEKS[0], templates="house")
    assert "<h1>Port and town of Kelmouth</h1>" in index()
    assert feedparser.parse("out/feed.xml").feed.author == "R & D"


def test_what_documents_say_is_only_text(desk: Path) -> None:
    evil = "The mayor of Kelmouth opposes the <script>alert(1)</script> & “night ferry ]]> {{ 7*7 }}” bridge.\n"
    Path("documents/evil.txt").write_text(f"Evil\n\n28 October 2026\n\n{evil}", encoding="utf-8")
    build(WEEKS[0], series={"name": "R&D <b>\x07“weekly”"})
    etree.parse("out/feed.xml")
    assert feedparser.parse("out/feed.xml").feed.title_detail.value.startswith("R&D <b>")
    assert "<script" not in index()
    assert "49" not in re.sub(r"<style>.*?</style>", "", index(), flags=re.S)


# The feed


def demands_of_rfc_4287(feed: bytes) -> list[str]:
    """What section 4 of RFC 4287 asks of a feed with entries of its own, as far as it is not kept."""
    root = etree.fromstring(feed)
    faults = [f"{name} once" for name in ("id", "title", "updated") if len(root.findall(ATOM + name)) != 1]
    faults += ["a feed has an author, or each of its entries"] * (not root.findall(ATOM + "author"))
    faults += ["a link to itself"] * (len(root.findall(f"{ATOM}link[@rel='self']")) != 1)
    for entry in root.iter(ATOM + "entry"):
        faults += [f"{name} once in an entry" for name in ("id", "title", "updated") if len(entry.findall(ATOM + name)) != 1]
        content = entry.find(ATOM + "content")
        faults += ["a link or a content"] * (entry.find(f"{ATOM}link[@rel='alternate']") is None and content is None)
        if content is not None and content.get("type") == "xhtml":
            only = len(content) == 1 and content[0].tag == "{http://www.w3.org/1999/xhtml}div"
            faults += ["a single div in xhtml"] * (not only or bool((content.text or "").strip()))
    ids = [each.text or "" for each in root.iter(ATOM + "id")]
    faults += ["ids are addresses"] * (not all(re.fullmatch(r"[a-z][a-z0-9+.-]*:\S+", each) for each in ids))
    faults += ["each entry has an id of its own"] * (len(set(ids)) != len(ids))
    dates = [each.text or "" for each in root.iter(ATOM + "updated")]
    faults += ["dates of RFC 3339"] * (
        not all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)", day) for day in dates)
    )
    faults += ["persons have a name"] * any(not each.findtext(ATOM + "name") for each in root.iter(ATOM + "author"))
    return faults


@pytest.mark.parametrize("base", [None, "https://briefs.example/harbour"])
def test_the_feed_is_read_by_feedparser_and_keeps_to_rfc_4287(desk: Path, base: str | None) -> None:
    build(*WEEKS, series={"base_url": base})
    feed = Path("out/feed.xml").read_bytes()
    assert demands_of_rfc_4287(feed) == []
    read = feedparser.parse(feed)
    assert not read.bozo
    assert read.version == "atom10"
    assert [entry.title for entry in read.entries] == [f"Port and town, {week}" for week in reversed(WEEKS)]
    assert [entry.updated for entry in read.entries] == sorted((entry.updated for entry in read.entries), reverse=True)
    assert read.feed.updated == read.entries[0].updated == "2026-11-21T00:00:00Z"
    folder = "https://briefs.example/harbour/" if base else ""
    assert [entry.link for entry in read.entries] == [f"{folder}{week}/brief.html" for week in reversed(WEEKS)]
    assert "<li>" in read.entries[0].content[0].value


def test_the_demands_can_be_broken() -> None:
    assert len(demands_of_rfc_4287(b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>x</id></entry></feed>')) > 5


def test_ids_of_the_feed_stay(desk: Path) -> None:
    build(*WEEKS[:2])
    before = {entry.title: entry.id for entry in feedparser.parse("out/feed.xml").entries}
    Path("documents/2026-W45/late.txt").write_text(
        "Late\n\n5 November 2026\n\nThe mayor of Kelmouth opposes the passenger levy.\n"
    )
    build(*WEEKS, series={"base_url": "https://elsewhere.example/"})
    after = {entry.title: entry.id for entry in feedparser.parse("out/feed.xml").entries}
    assert before.items() <= after.items()
    assert len(set(after.values())) == 4


# Faults


def test_a_series_needs_its_json(desk: Path) -> None:
    with pytest.raises(UsageError, match="add json to formats"):
        build(WEEKS[0], formats=["html"])
    assert not Path("out").exists()


def test_a_template_that_fails_leaves_everything_as_it_was(desk: Path) -> None:
    build(*WEEKS[:2])
    before = contents()
    Path("house").mkdir()
    Path("house/feed.xml.j2").write_text("{{ archive.titel }}")
    with pytest.raises(TemplateError, match="titel"):
        build(WEEKS[2], templates="house")
    assert contents() == before


def test_two_builds_of_different_weeks_do_not_mix(desk: Path) -> None:
    build(WEEKS[0])
    Path("briefgen.toml").write_text('documents = ["documents"]\n[series]\nname = "Port and town"\n')
    with output.hold(Path("out")):
        with pytest.raises(LockedError):
            build(WEEKS[1])
        assert cli.run(["build", "--week", "2026-W45", "--quiet"]) == 75
    assert sorted(os.listdir("out")) == ["2026-W44", "feed.xml", "index.html"]


def test_killed_at_any_step_nothing_is_half_and_the_next_build_makes_it_good(desk: Path, in_order: dict[str, bytes]) -> None:
    """A process dies at its n-th change of the disk, for every n until it lives to the end."""
    build(*WEEKS[:3])
    shutil.copytree("out", "before")
    for week in WEEKS[:3]:
        shutil.rmtree(Path("documents") / week)
    old = contents()
    for step in range(1, 200):
        survived = dies_at(step, WEEKS[3])
        left = {name: data for name, data in contents().items() if not re.search(r"(^|/)\.", name)}
        for name in ("index.html", "feed.xml"):
            assert left[name] in (old[name], in_order[name]), (step, name)
        assert {name for name in left if name.startswith(WEEKS[3])} in (set(), {n for n in in_order if n.startswith(WEEKS[3])})
        build(WEEKS[3])
        assert contents() == in_order, step
        assert sorted(os.listdir("out")) == [*WEEKS, "feed.xml", "index.html"]
        if survived:
            break
        shutil.rmtree("out")
        shutil.copytree("before", "out")
    assert survived
    assert step > 10


def dies_at(step: int, week: str) -> bool:
    """Build in a process that ends at its n-th change of the disk; whether it came to its end all the same."""
    child = os.fork()
    if child == 0:
        left = step

        def counted(real: Any) -> Any:
            def change(*args: Any, **kwargs: Any) -> Any:
                nonlocal left
                left -= 1
                if left == 0:
                    os._exit(9)
                return real(*args, **kwargs)

            return change

        for name in ("mkdir", "rename", "replace", "unlink", "rmdir", "fsync"):
            setattr(os, name, counted(getattr(os, name)))
        output._exchange = counted(output._exchange)
        try:
            build(week)
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


# The page in a browser


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The archive of four weeks, and one of sixty with an edition that cannot be read and words far too long."""
    folder = tmp_path_factory.mktemp("pages")
    made = []
    with pytest.MonkeyPatch.context() as patch:
        for name, weeks in (("four", WEEKS), ("long", WEEKS)):
            (folder / name).mkdir()
            patch.chdir(folder / name)
            shutil.copytree(ROOT / "tests/weeks", "documents")
            build(*weeks, series={"name": "Port and town" if name == "four" else "Unbreakablylongword" * 9, "keep": 99})
            made.append(folder / name / "out/index.html")
        many_weeks(folder / "long/out")
        build(WEEKS[3], theme="ministry", series={"name": "Unbreakablylongword" * 9, "keep": 99})
    return made


def many_weeks(shelf: Path) -> None:
    for number in range(1, 44):
        shutil.copytree(shelf / WEEKS[number % 4], shelf / f"2026-W{number:02}")
    (shelf / "2026-W43/brief.json").write_bytes(b"{")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1200])
def test_axe_finds_nothing_and_nothing_overflows(pages: list[Path], tmp_path: Path, width: int, scheme: str) -> None:
    from chromium import chromium

    with chromium(tmp_path / "profile") as tab:
        for page in pages:
            tab.size(width)
            tab.media(prefers_color_scheme=scheme)
            tab.open(page)
            assert tab.axe() == []
            assert tab.complaints() == []
            assert tab.requests() == [page.as_uri()]
            assert tab.run("return document.documentElement.scrollWidth") == width
            assert tab.run("return document.querySelector('.movement svg').getBoundingClientRect().width") > 60


def test_html_validate_finds_nothing(pages: list[Path]) -> None:
    from chromium import html_faults

    assert html_faults(*pages) == []


def test_the_picture_says_what_the_table_says(pages: list[Path]) -> None:
    """Where a column has bars, the last row of the table counts as many."""
    unit = 10.0
    tree = etree.HTML(pages[0].read_text(encoding="utf-8"))
    for issue in tree.xpath("//section[@class='issue']"):
        counted = [list(map(int, re.findall(r"\d+", cell.text or "0 0 0"))) for cell in issue.xpath(".//tfoot//td")]
        heights = [
            [float(re.search(r"v([\d.]+)", bar.get("d"))[1]) for bar in issue.xpath(f".//path[@class='{camp}']")]
            for camp in ("for", "open", "against")
        ]
        tallest = max(max(one, three) + two / 2 for one, two, three in counted)
        scale = min(unit, 36 / tallest)
        for camp, drawn in enumerate(heights):
            assert drawn == [pytest.approx(row[camp] * scale, abs=0.06) for row in counted if row[camp]]
