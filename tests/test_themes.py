"""Themes: tokens that are checked, contrast that is measured, themes that build on others, a style sheet made of tokens."""

from __future__ import annotations

import re
import tomllib
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path

import fisheries
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from briefgen import cli, contrast, theme
from briefgen.contrast import PAIRS, Pair
from briefgen.model.errors import BriefgenError, TemplateError, UsageError
from briefgen.model.theme import Colours, Fonts, Logo, Paper, Shape, Sizes, Theme
from briefgen.render import render
from briefgen.render.house import House, shipped
from briefgen.render.stylesheet import properties

ROOT = Path(__file__).parent.parent
SHIPPED = ("ministry", "newsroom", "plain")
TABLES = {"fonts": Fonts, "sizes": Sizes, "shape": Shape, "light": Colours, "print": Paper, "logo": Logo}
Write = Callable[..., tuple[str, ...]]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write themes into a house, ``themes/ours.toml`` first; gives the folders to look in."""

    def written(ours: str, **others: str) -> tuple[str, ...]:
        (tmp_path / "themes").mkdir(exist_ok=True)
        for name, text in {"ours": ours, **others}.items():
            (tmp_path / "themes" / f"{name}.toml").write_text(text, encoding="utf-8")
        return (str(tmp_path),)

    return written


def fault(text: str, write: Write) -> TemplateError:
    with pytest.raises(TemplateError) as caught:
        theme.load("ours", write(text))
    assert Path(caught.value.file).name == "ours.toml"
    assert caught.value.status == 3
    return caught.value


# The shipped ones


def test_three_are_shipped_and_today_s_look_is_the_first() -> None:
    assert [each.name for each in theme.listed()] == list(SHIPPED)
    assert all(len(each.about) > 20 for each in theme.listed())
    assert theme.load("newsroom").model_copy(update={"about": ""}) == Theme()
    assert render(fisheries.brief(), "html") == render(fisheries.brief(), "html", House(theme=theme.load("newsroom")))


@pytest.mark.parametrize("name", SHIPPED)
def test_every_pair_of_a_shipped_theme_is_read_well(name: str) -> None:
    assert list(contrast.faults(theme.load(name))) == []


def test_the_shipped_ones_differ_plainly() -> None:
    themes = [theme.load(name) for name in SHIPPED]
    for tokens in ("fonts.text", "fonts.quote", "sizes.title", "shape.space", "light.link", "dark.paper", "shape.bar"):
        table, token = tokens.split(".")
        assert len({getattr(getattr(each, table), token) for each in themes}) == 3, tokens


@pytest.mark.parametrize("name", SHIPPED)
def test_all_tokens_of_one_can_be_copied(name: str, capsys: pytest.CaptureFixture[str], write: Write) -> None:
    assert cli.run(["themes", "show", name]) == 0
    copy = capsys.readouterr().out
    assert theme.load("ours", write(copy)) == theme.load(name)
    for table, model in TABLES.items():
        for token in model.model_fields:
            assert re.search(rf"^(# )?{token} = ", copy.partition(f"[{table}]")[2].partition("\n[")[0], re.MULTILINE), token


# What a house writes


def test_a_house_gives_only_what_differs(write: Write) -> None:
    made = theme.load("ours", write('extends = "ministry"\n[light]\nlink = "#036"\n[shape]\nround = "0"\n'))
    below = theme.load("ministry")
    assert (made.light.link, made.shape.round) == ("#003366", "0px")
    assert made.light.model_copy(update={"link": below.light.link}) == below.light
    assert (made.dark, made.fonts, made.about) == (below.dark, below.fonts, below.about)


def test_without_a_name_it_builds_on_the_newsroom(write: Write) -> None:
    assert theme.load("ours", write("")) == Theme()


def test_themes_build_on_one_another(write: Write) -> None:
    folders = write('extends = "base"\n[print]\npage = "letter"\n', base='extends = "plain"\n[print]\nmargin = "2cm"\n')
    made = theme.load("ours", folders)
    assert (made.print.page, made.print.margin, made.fonts) == ("letter", "2cm", theme.load("plain").fonts)


def test_a_house_can_change_a_shipped_theme_and_keep_its_name(write: Write) -> None:
    folders = write("", plain='extends = "plain"\n[sizes]\nline = 1.5\n')
    made = theme.load("plain", folders)
    assert (made.sizes.line, made.fonts) == (1.5, theme.load("plain").fonts)


def test_none_builds_on_itself(write: Write) -> None:
    folders = write('extends = "other"\n', other='# a round\nextends = "ours"\n')
    with pytest.raises(TemplateError, match="'ours' builds on itself") as caught:
        theme.load("ours", folders)
    assert (Path(caught.value.file).name, caught.value.line) == ("other.toml", 2)


def test_a_theme_stands_in_the_house_or_anywhere_by_its_path(tmp_path: Path, write: Write) -> None:
    folders = write('about = "Ours"\n')
    (tmp_path / "bare.toml").write_text('about = "Bare"\n[fonts]\nweight = 500\n')
    (tmp_path / "labels.toml").write_text('[section]\nmethod = "Small print"\n')
    assert theme.load("bare", folders).fonts.weight == 500
    assert theme.load(str(tmp_path / "bare.toml")).fonts.weight == 500
    assert [each.name for each in theme.listed(folders)] == ["ours", "bare", *SHIPPED]


def test_one_that_is_not_there_names_the_nearest() -> None:
    with pytest.raises(UsageError, match="there are ministry, newsroom, plain") as caught:
        theme.load("ministy")
    assert (caught.value.status, caught.value.hint) == (2, "ministry")


def test_the_settings_and_the_command_line_name_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    Path("in/a.txt").write_text("The council said that the pier should be repaired.\n")
    Path("desk/house").mkdir(parents=True)
    Path("desk/house/own.toml").write_text('about = "Our own"\n[light]\nlink = "#123456"\n')
    Path("desk/briefgen.toml").write_text('templates = "house"\ntheme = "own"\n')
    call = ["build", "in", "--quiet", "--formats", "html", "--config", "desk/briefgen.toml"]
    for more, link in (((), "#123456"), (("--theme", "plain"), "#0b3fa8"), (("--theme", "desk/house/own.toml"), "#123456")):
        assert cli.run([*call, *more]) == 0
        assert f"--link: {link};" in Path("desk/out/brief.html").read_text()
    Path("desk/briefgen.toml").write_text('theme = "house/own.toml"\n')
    assert cli.run(call) == 0
    assert "--link: #123456;" in Path("desk/out/brief.html").read_text()
    Path("desk/house/own.toml").write_text('[light]\nlink = "#f0f0f0"\n')
    assert cli.run(call) == 3
    assert "--link: #123456;" in Path("desk/out/brief.html").read_text(), "the old brief stays"
    Path("desk/briefgen.toml").write_text('templates = "house"\n')
    Path("desk/house/own.toml").write_text('about = "Our own"\n[print]\n')
    capsys.readouterr()
    assert cli.run(["themes", "list", "--config", "desk/briefgen.toml"]) == 0
    assert re.search(r"^own +Our own \(desk/house/own.toml\)$", capsys.readouterr().out, re.MULTILINE)


# Mistakes


@pytest.mark.parametrize(
    ("text", "line", "message", "hint"),
    [
        ("[light]\nmasthaed = '#fff'", 2, "unknown key 'masthaed'", "masthead"),
        ("[ligth]\nink = '#fff'", 1, "unknown key 'ligth'", "light"),
        ("[shape]\nbar_style = 'dubble'", 2, "not one of solid, double", "double"),
        ("\n[dark]\nink = 'red'", 3, "it should be a colour", ""),
        ("[sizes]\npage = '12'", 2, "it should be a length", ""),
        ("[fonts]\ntext = 'Arial; }'", 2, "it should be names of fonts", ""),
        ("[fonts]\nweight = 1000", 2, "less than or equal to 900", ""),
        ("[print]\npage = 'A44'", 2, "it should be one of A3, A4", ""),
        ("[print]\nmargin = '1mm 2mm 3mm 4mm 5mm'", 2, "one to four lengths", ""),
        ("[light\nink = 1", 1, "", ""),
        ("extends = 'plane'", 1, "there is no theme 'plane'", "plain"),
        (f"extends = '{'x' * 5000}'", 1, "there is no theme", ""),
        ('extends = "a\\u0000b"', 1, "there is no theme", ""),
    ],
)
def test_a_mistake_is_told_with_its_line(text: str, line: int, message: str, hint: str, write: Write) -> None:
    error = fault(text, write)
    assert (error.line, error.hint) == (line, hint)
    assert message in error.message


VALUES = st.one_of(
    st.text(st.sampled_from("abc#0f19.%\"'(),;{}\\/*<>:!@ \n-"), max_size=14),
    st.sampled_from(
        ["url(x)", "#fff;}", "1px/**/", "expression(1)", "var(--ink)", "calc(1px)", "1e9px", "#ffg", 'a","b', "²px", "１px"]
    ),
    st.text(max_size=8),
)


@given(VALUES)
@settings(deadline=None, max_examples=200)
def test_no_value_breaks_out_of_the_style_sheet(value: str) -> None:
    """Whatever passes for a token leaves the rules as they were: as many declarations, and nothing that loads or closes."""
    sound = properties(Theme())
    marks = Counted(sound)
    for table, model in TABLES.items():
        for token in model.model_fields:
            if (table, token) in {("logo", "file"), ("logo", "dark"), ("logo", "text")}:
                continue
            try:
                made = properties(Theme.model_validate({table: {token: value}}))
            except ValidationError:
                continue
            assert Counted(made) == marks, (table, token, value)
            assert not re.search(r"url\(|@import|/\*|<|\\", made)


def Counted(text: str) -> list[int]:  # noqa: N802
    return [text.count(mark) for mark in "{};:@\n"] + [text.replace('"', "", text.count('"') // 2 * 2).count('"')]


# Contrast


@pytest.mark.parametrize(
    ("text", "ground", "ratio"),
    [("#000000", "#ffffff", 21), ("#767676", "#ffffff", 4.54), ("#777777", "#ffffff", 4.48), ("#ff0000", "#0000ff", 2.15)],
)
def test_ratios_are_those_of_the_norm(text: str, ground: str, ratio: float) -> None:
    for pair in (Pair("a", "b"), Pair("b", "a")):
        assert contrast.ratio_of(pair, {"a": text, "b": ground}, 8) == pytest.approx(ratio, abs=0.005)


def test_a_tint_is_mixed_with_its_ground() -> None:
    colours = {"ink": "#000000", "paper": "#ffffff", "states": "#000000"}
    plain, tinted = (contrast.ratio_of(Pair("ink", "paper", tint), colours, 50) for tint in ("", "states"))
    assert (plain, tinted) == (21, pytest.approx(5.28, abs=0.01))


@pytest.mark.parametrize("text", ["\n[light]\nsoft = '#8a97a6'", "[dark]\nink = '#fff'\nsupports = '#0b6638'"])
def test_a_colour_that_is_hard_to_read_is_named_with_the_nearest_that_is_not(text: str, write: Write) -> None:
    error = fault(text, write)
    assert error.line == 3
    found = re.match(r"(light|dark)\.(\w+) on \1\.\w+.* has a contrast of ([\d.]+):1, and 4.5:1 is needed; ", error.message)
    assert found
    better = re.search(rf'the nearest {found[2]} that is enough is "(#[0-9a-f]{{6}})"', error.message)
    assert better
    assert float(found[3]) < 4.5
    mended = theme.load("ours", write(text.replace(f"{found[2]} = '#", f"{found[2]} = '{better[1]}' # '#")))
    assert getattr(getattr(mended, found[1]), found[2]) == better[1]
    assert hue(better[1]) == pytest.approx(hue(tomllib.loads(text)[found[1]][found[2]]), abs=0.02)


def hue(colour: str) -> float:
    import colorsys

    return colorsys.rgb_to_hls(*(int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)))[0]


def test_a_ground_that_is_hard_to_read_on_is_named(write: Write) -> None:
    error = fault("[light]\n# the page\npaper = '#808080'", write)
    assert error.line == 3
    assert "the nearest paper that is enough" in error.message
    assert "more pairs fail" in error.message


def test_a_light_scheme_that_is_dark_cannot_be_printed(write: Write) -> None:
    dark = theme.load("newsroom").dark.model_dump(exclude_none=True)
    text = "[light]\n" + "\n".join(f'{token} = "{colour}"' for token, colour in dark.items())
    assert "on white paper" in fault(text, write).message


def test_borders_of_fields_need_less(write: Write) -> None:
    assert "3:1 is needed" in fault("[light]\nfirm = '#c0c0c0'", write).message
    assert "4.5:1" not in fault("[light]\nfirm = '#c0c0c0'", write).message


@given(st.sampled_from(PAIRS), st.integers(0, 0xFFFFFF))
@settings(deadline=None, max_examples=60)
def test_the_nearest_colour_passes_and_none_nearer_does(pair: Pair, number: int) -> None:
    colour = f"#{number:06x}"
    look = Theme.model_validate({"light": {pair.text: colour}})
    found = contrast.passing(look, "light", pair.text)
    if found is None:
        return
    mended = Theme.model_validate({"light": {pair.text: found}})
    assert not [each for each in contrast.faults(mended) if pair.text in each.pair and each.scheme != "dark"]


# The logo


def test_a_logo_is_part_of_the_page(tmp_path: Path, write: Write) -> None:
    folders = write('[logo]\nfile = "mark.svg"\ndark = "night.png"\nheight = "3rem"\ntext = "Harbour \\"News\\" & co"\n')
    (tmp_path / "themes/mark.svg").write_text('<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>')
    (tmp_path / "themes/night.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    page = render(fisheries.brief(), "html", House(folders, theme.load("ours", folders)))
    (address,) = re.findall(r'<img src="data:image/svg\+xml;base64,([^"]+)" alt="Harbour &#34;News&#34; &amp; co">', page)
    assert b64decode(address).startswith(b"<?xml")
    assert '<source media="screen and (prefers-color-scheme: dark)" srcset="data:image/png;base64,' in page
    assert "--logo-height: 3rem;" in page


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (None, "cannot be read"),
        (b"%PDF-1.7", "no picture that a page can show"),
        (b"<svg>" + b" " * 200_000, "larger than 200 KB"),
    ],
)
def test_a_logo_that_is_none_is_told(data: bytes | None, message: str, tmp_path: Path, write: Write) -> None:
    write("")
    if data is not None:
        (tmp_path / "themes/mark.svg").write_bytes(data)
    error = fault('about = "x"\n[logo]\nfile = "mark.svg"\n', write)
    assert error.line == 3
    assert message in error.message


# The style sheet


def test_the_style_sheet_takes_every_look_from_the_theme() -> None:
    sheet = re.sub(r"/\*.*?\*/", "", (ROOT / "templates/style.css").read_text(encoding="utf-8"), flags=re.DOTALL)
    given = set(re.findall(r"(--[\w-]+):", properties(Theme())))
    own = set(re.findall(r"(--[\w-]+):", sheet))
    used = set(re.findall(r"var\((--[\w-]+)\)", sheet))
    assert used <= given | own
    assert given <= used
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b(?![^{}]*\{)|\brgba?\(|\bhsla?\(|serif|Arial", sheet)


def test_a_house_s_own_style_sheet_has_the_tokens_too(tmp_path: Path) -> None:
    (tmp_path / "style.css").write_text("body { color: var(--ink) }")
    page = render(fisheries.brief(), "html", House((str(tmp_path),), theme.load("plain")))
    assert page.index("--ink: #000000") < page.index("body { color: var(--ink) }")


# The page about themes


def test_the_theme_of_the_page_is_one_and_its_mistake_is_told_so(write: Write, tmp_path: Path) -> None:
    page = (ROOT / "docs/themes.md").read_text(encoding="utf-8")
    (text,) = re.findall(r"`themes/harbour.toml`:\n\n```toml\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    (told,) = re.findall(r"^```text\nhouse/themes/(.*?)\n", page, re.MULTILINE)
    folders = write("", harbour=text)
    (tmp_path / "themes/harbour.svg").write_text("<svg/>")
    made = theme.load("harbour", folders)
    assert (made.light.masthead, made.shape.round, made.fonts) == ("#5c1020", "3px", theme.load("ministry").fonts)
    write("", harbour=text.replace('accent = "#5c1020"\n', 'accent = "#5c1020"\nsoft = "#8a97a6"\n'))
    with pytest.raises(TemplateError) as caught:
        theme.load("harbour", folders)
    assert str(caught.value) == f"{tmp_path}/themes/{told}"


def test_every_token_is_explained(request: pytest.FixtureRequest) -> None:
    """The table of ``docs/themes.md`` is made of the model; ``--accept`` makes it anew."""
    page = ROOT / "docs/themes.md"
    text = page.read_text(encoding="utf-8")
    head, mark, rest = text.partition("<!-- tokens -->\n")
    _, end, tail = rest.partition("<!-- end of tokens -->")
    made = head + mark + "\n".join(token_tables()) + "\n" + end + tail
    if request.config.getoption("--accept"):
        page.write_text(made, encoding="utf-8", newline="\n")
        return
    assert made == text


def token_tables() -> list[str]:
    """A table for each part of a theme, with the property of CSS that a token becomes."""
    lines: list[str] = []
    written = theme.as_toml(theme.tokens("newsroom"))
    for line in written:
        if found := re.match(r"\[(\w+)\]", line):
            model = getattr(Theme(), found[1])
            assert isinstance(model, BaseModel)
            lines += [
                "",
                f"**`[{found[1]}]`** {(model.__doc__ or '').strip()}",
                "",
                "| token | newsroom | meaning |",
                "|---|---|---|",
            ]
            if found[1] == "dark":
                lines[-2:] = ["The tokens are those of `[light]`."]
        elif lines and (token := re.match(r"(?:# )?(\w+) = (.*?)  # (.*)", line)) and "tokens are those" not in lines[-1]:
            value = "" if line.startswith("# ") or token[2] == '""' else f"`{token[2]}`"
            lines.append(f"| `{token[1]}` | {value} | {token[3]} |")
    return [*lines, ""]


def test_shipped_files_lie_where_they_are_looked_for() -> None:
    assert {path.stem for path in (shipped() / "themes").glob("*.toml")} == set(SHIPPED)
    with pytest.raises(BriefgenError):
        theme.load("nothing", ("/nowhere",))
