"""The brief as a mail: read by the standard library, shown by a browser, never too large, and no text adds a head."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parsedate_to_datetime
from pathlib import Path

import fisheries
import many
import pytest
from chromium import Tab, chromium

from briefgen import cli, pipeline
from briefgen.model.brief import Brief, Period
from briefgen.model.errors import TemplateError
from briefgen.model.settings import Mail, Settings
from briefgen.render.house import House
from briefgen.render.mail import MOST_BYTES, message

ROOT = Path(__file__).parent.parent
DESK = Mail.model_validate({"from": '"Coast, desk" <desk@coast.example>', "to": ["A <a@x.example>", "b@x.example"]})


def read(data: bytes) -> EmailMessage:
    made = message_from_bytes(data, policy=default)
    assert isinstance(made, EmailMessage)
    assert not made.defects
    return made


def part(data: bytes, kind: str) -> str:
    body = read(data).get_body((kind,))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def huge(count: int = 3_000) -> Brief:
    """Thousands of positions, each with a quotation of two pages in another script."""
    words = "שר התחבורה אמר כי הגשר ייסגר " * 40
    first = fisheries.brief().positions[0]
    positions = tuple(replace(first, id=f"po-{n:06x}", quote=f"{n} {words}") for n in range(count))
    return fisheries.brief(title=words * 20, positions=positions, changes=None)


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Brief:
    folder = tmp_path_factory.mktemp("many")
    return pipeline.make([many.write(folder / "documents")], Settings(out=str(folder / "out")))


def test_it_is_a_whole_mail() -> None:
    made = read(message(fisheries.brief(), DESK))
    assert made.get_content_type() == "multipart/alternative"
    assert [each.get_content_type() for each in made.iter_parts()] == ["text/plain", "text/html"]
    assert made["From"].addresses[0].display_name == "Coast, desk"
    assert [each.addr_spec for each in made["To"].addresses] == ["a@x.example", "b@x.example"]
    assert made["Subject"] == "Herring: who wants what"
    assert parsedate_to_datetime(made["Date"]).isoformat() == "2031-05-14T00:00:00+00:00"
    assert re.fullmatch(r"<[0-9a-f]{32}@coast\.example>", made["Message-ID"])


def test_it_is_fit_for_every_transport() -> None:
    data = message(fisheries.brief(title="Sild – hvem vil hva? " * 12), DESK)
    lines = data.split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) < 998
    assert data.isascii()


def test_the_same_brief_is_the_same_mail() -> None:
    first, other = message(fisheries.brief(), DESK), message(fisheries.brief(title="Cod"), DESK)
    assert first == message(fisheries.brief(), DESK)
    assert read(first)["Message-ID"] != read(other)["Message-ID"]


def test_without_any_date_there_is_none_and_a_period_gives_one() -> None:
    assert read(message(fisheries.brief(as_of=None)))["Date"] is None
    assert read(message(fisheries.brief(as_of="2031-05")))["Date"] is None
    period = Period(label="2031-W20", start="2031-05-12", end="2031-05-18")
    made = read(message(fisheries.brief(as_of=None, period=period), Mail(subject="{week}: {title} ({as_of})")))
    assert "18 May 2031" in made["Date"]
    assert made["Subject"] == "2031-W20: Herring: who wants what ()"


@pytest.mark.parametrize("kind", ["plain", "html"])
def test_both_parts_tell_the_brief(kind: str) -> None:
    told = part(message(fisheries.brief(), DESK, address="https://briefs.example/2031-W20/brief.html"), kind)
    brief = fisheries.brief()
    for words in (brief.key_points[0].text, brief.positions[0].quote, brief.proposals[0].action, "Skerry Isles"):
        assert words.split("“")[0][:30] in told.replace("&#39;", "'").replace("\n", " ")
    for source in brief.sources:
        assert f"S{source.id[1:]} " in told
    assert "https://briefs.example/2031-W20/brief.html" in told
    assert "Not in this mail" not in told


def test_what_changed_has_both_quotes(tmp_path: Path) -> None:
    for week in ("2026-W45", "2026-W46"):
        found = Settings(out=str(tmp_path / week), week=week, undated="exclude", previous=str(tmp_path / "2026-W45/brief.json"))
        found = found if week == "2026-W46" else found.model_copy(update={"previous": None})
        made = pipeline.build([ROOT / "tests/weeks"], found)
    told = part(message(made), "plain")
    cranes = "“the automated cranes at the Eastern Quay”"
    assert f"* Reversed: Dockers Union, Automated cranes\n  Opposes: {cranes}\n  -> Supports: {cranes}\n" in told


# Heads


EVIL = (
    "x\r\nBcc: all@evil.example",
    "x\nBcc: all@evil.example",
    "x\u2028Bcc: all@evil.example",
    "x\r\n\r\n<b>body</b>",
    "\0x\x0b",
)


@pytest.mark.parametrize("text", EVIL)
def test_no_text_adds_a_head(text: str) -> None:
    data = message(fisheries.brief(title=text), Mail(subject="{title} " + text))
    heads = data.partition(b"\r\n\r\n")[0]
    names = [line.split(b":")[0] for line in heads.split(b"\r\n") if not line.startswith((b" ", b"\t"))]
    assert names == [b"From", b"To", b"Subject", b"Date", b"Message-ID", b"MIME-Version", b"Content-Type"]
    assert read(data)["Bcc"] is None


@pytest.mark.parametrize("text", [*(f"a@x.example{each}" for each in EVIL), "nobody", "a@", "@x.example", "", "a@x.example, "])
def test_what_is_no_address_is_refused(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("briefgen.toml").write_text(f"documents = ['x']\n[mail]\nfrom = {json.dumps(text)}\n", encoding="utf-8")
    assert cli.run(["build"]) == 2


def test_a_text_is_only_text() -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    first = fisheries.brief().positions[0]
    data = message(fisheries.brief(title=evil, positions=(replace(first, quote=evil),), changes=None))
    assert "<script" not in part(data, "html")
    assert "<img" not in part(data, "html")
    assert evil in part(data, "plain")


# Size


def test_a_big_brief_is_cut_and_says_so(big: Brief) -> None:
    data = message(big, DESK)
    assert len(data) <= MOST_BYTES
    for kind in ("plain", "html"):
        told = part(data, kind)
        left_out = int(re.findall(r"Not in this mail: ([\d,]+) positions?\.", told)[0].replace(",", ""))
        shown = len(re.findall(r"^\* P\d+ " if kind == "plain" else r">P\d+ <strong>", told, re.MULTILINE))
        assert shown + left_out == len(big.positions)
        assert shown > 20
        assert "</html>" in told or kind == "plain"


def test_even_a_huge_brief_fits() -> None:
    data = message(huge(), DESK)
    assert len(data) <= MOST_BYTES
    assert "Not in this mail: 2," in part(data, "plain")


def test_a_template_that_is_too_large_by_itself_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "brief.email.txt.j2").write_text("word " * 30_000)
    with pytest.raises(TemplateError, match="90,000 are allowed"):
        message(fisheries.brief(), house=House((str(tmp_path),)))


# As it is shown


def test_a_house_overrides_blocks_of_both_parts(tmp_path: Path) -> None:
    block = "{% block footer %}Ours & yours: {{ brief.facts.sources }}{% endblock %}"
    for kind in ("txt", "html"):
        (tmp_path / f"brief.email.{kind}.j2").write_text(f'{{% extends "default/brief.email.{kind}.j2" %}}{block}')
    data = message(fisheries.brief(), house=House((str(tmp_path),), sections=("sources", "bottom_line")))
    for kind in ("plain", "html"):
        told = part(data, kind)
        assert f"Ours & yours: {len(fisheries.brief().sources)}" in told
        assert "Positions by issue".casefold() not in told.casefold()
        assert told.casefold().index("sources\n" if kind == "plain" else ">sources<") < told.casefold().index("bottom line")


def test_a_page_for_every_program(big: Brief) -> None:
    page = part(message(big), "html")
    assert not re.search(r"<(?:script|link|img|svg|iframe|form|object)\b|\bon\w+=|url\(|@import|class=", page)
    bare = [tag for tag in re.findall(r"<(?:p|h1|h2|h3|td|th|table|ol|li|a)\b[^>]*>", page) if "style=" not in tag]
    assert bare == []


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    with chromium(tmp_path_factory.mktemp("profile")) as tab:
        yield tab


@pytest.mark.parametrize("width", [600, 390, 320])
def test_nothing_overflows_and_axe_finds_nothing(tab: Tab, big: Brief, tmp_path: Path, width: int) -> None:
    long = "Unbreakablylongword" * 9
    briefs = {"plain": fisheries.brief(), "big": big, "long": fisheries.brief(title=long), "huge": huge(50)}
    for name, brief in briefs.items():
        page = tmp_path / f"{name}.html"
        page.write_text(part(message(brief), "html"), encoding="utf-8")
        tab.size(width)
        tab.open(page)
        assert tab.run("return document.documentElement.scrollWidth") <= width, name
        right = "each => each.getBoundingClientRect().right > innerWidth + 1"
        assert tab.run(f"return [...document.querySelectorAll('body *')].filter({right}).length") == 0, name
        assert tab.requests() == [page.as_uri()]
        assert tab.axe() == []


def test_the_command_line_writes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.run(["init"]) == 0
    assert cli.run(["build", "--week", "2026-W46", "--formats", "json,html,email", "--json", "--quiet"]) == 0
    assert json.loads(capsys.readouterr().out)["files"][-1] == "out/2026-W46/brief.eml"
    made = read(Path("out/2026-W46/brief.eml").read_bytes())
    assert made["From"] == "Harbour desk <desk@briefs.example>"
    assert made["Subject"] == "Harbour briefing, 2026-W46"
    assert cli.run(["doctor"]) == 0
    assert 'href="2026-W46/brief.eml">Mail' in Path("out/index.html").read_text()
    assert cli.run(["build", "--week", "2026-W46", "--quiet"]) == 0
    assert not Path("out/2026-W46/brief.eml").exists()
