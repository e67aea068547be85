"""The two forms of a brief: what they hold, that no text of a document breaks out of its place, and how templates fail."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import fisheries
import pytest
from casefile import Case, check, parametrize
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from briefgen.compare.sources import FORMATS as FORMAT_NAMES
from briefgen.model.base import Note, from_json, to_json
from briefgen.model.brief import Actor, Brief, BriefSource, BriefTable, Issue, KeyPoint, Period, Position, Skipped, Strength
from briefgen.model.document import BlockKind
from briefgen.model.errors import UsageError
from briefgen.model.findings import Ref, Stance
from briefgen.parsers import PARSERS, parse
from briefgen.render import FORMATS, render
from briefgen.render.chart import Dated, chart
from briefgen.render.citations import letters, paragraph
from briefgen.render.environment import shipped
from briefgen.render.filters import Wording, clean, direction, escape_markdown, running_head
from briefgen.render.house import House
from briefgen.render.labels import labels
from briefgen.render.view import view

BRIEF = fisheries.brief()
PAGE = render(BRIEF, "html")
NOTES = render(BRIEF, "md")
TEMPLATES = Path(__file__).parent.parent / "templates"
ORDER = "bottom_line changes matrix positions proposals agreement timeline tables sources method appendix".split()


class Page(HTMLParser):
    """What a page is made of: its elements, ids, links and running text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def values(self, name: str) -> list[str]:
        return [value for _, attributes in self.elements if (value := attributes.get(name)) is not None]

    @property
    def names(self) -> set[str]:
        return {name for _, attributes in self.elements for name in attributes}

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())


def shape(text: str) -> list[tuple[str, tuple[str, ...]]]:
    """Elements with the names of their attributes: what a hostile text must not change."""
    return [(tag, tuple(sorted(attributes))) for tag, attributes in Page(text).elements]


def plain(text: str) -> str:
    return " ".join(clean(text).split())


# What is in it


def test_both_forms_have_the_same_sections_in_the_same_order() -> None:
    titles = [getattr(labels([shipped()]).section, name) for name in ORDER]
    assert re.findall(r"^## (.+)$", NOTES, re.MULTILINE) == titles
    assert re.findall(r"<h2[^>]*>(.+?)</h2>", PAGE) == titles


def test_both_forms_hold_every_quotation_and_every_cited_sentence() -> None:
    page, notes = Page(PAGE).text, re.sub(r"\\(?=[^\w\s])", "", NOTES)
    quotes = [each.quote for each in BRIEF.positions] + [each.action for each in BRIEF.proposals]
    sentences = [each.text for each in BRIEF.key_points] + [ref.sentence for each in BRIEF.positions for ref in each.refs]
    for text in [*quotes, *sentences, *(entry.what for entry in BRIEF.timeline), "the last page is missing".capitalize()]:
        assert plain(text) in page
        assert plain(text) in notes


def test_every_sentence_is_marked_in_its_whole_paragraph() -> None:
    (first, *_), _ = (text.passages for text in view(BRIEF).appendix)
    assert "".join(run.text for run in first.runs).startswith("Skerry Isles demanded")
    assert "".join(run.text for run in first.runs).endswith("end small harbours.")
    assert [run.cite.sentence for run in first.runs if run.cite] == [
        each.sentence for each in (fisheries.CUT, fisheries.STOP, fisheries.NO_CUT, fisheries.UNION)
    ]


def test_a_sentence_leads_back_to_the_lines_that_rest_on_it() -> None:
    """What is made of positions is only named where no position is: from a position its agreements are not far."""
    passages = [[line.kind for line in passage.lines] for text in view(BRIEF).appendix for passage in text.passages]
    assert {"point", "position", "proposal", "timeline"} <= {kind for kinds in passages for kind in kinds}
    assert not any("position" in kinds and {"agreement", "difference"} & set(kinds) for kinds in passages)
    bare = replace(BRIEF, positions=())
    assert "agreement" in {line.kind for text in view(bare).appendix for passage in text.passages for line in passage.lines}


def test_without_the_texts_of_sources_the_sentences_stand_alone() -> None:
    bare = replace(BRIEF, sources=tuple(replace(each, text="") for each in BRIEF.sources))
    assert all(run.cite for text in view(bare).appendix for passage in text.passages for run in passage.runs)
    assert plain(fisheries.STOP.sentence) in Page(render(bare, "html")).text
    assert plain(fisheries.STOP.sentence) in render(bare, "md")


def test_long_sources_are_cut_to_the_neighbourhood_of_sentences() -> None:
    long = "Filler words go on and on. " * 12_000
    sources = (replace(BRIEF.sources[0], text=fisheries.HERRING + "\n" + long), BRIEF.sources[1])
    assert len(render(replace(BRIEF, sources=sources), "html")) < len(PAGE) + 2_000


def test_an_empty_brief_says_so() -> None:
    empty = fisheries.brief(
        **dict.fromkeys(
            "issues statements positions proposals agreements disagreements timeline tables key_points skipped".split(), ()
        ),
        changes=None,
        as_of=None,
    )
    for form in FORMATS:
        text = render(empty, form)
        for missing in ("no_points", "no_positions", "no_proposals", "no_agreement", "no_timeline", "no_appendix"):
            assert getattr(labels([shipped()]).text, missing) in text


@pytest.mark.parametrize(
    ("period", "told"),
    [
        (Period(label="2031-W20", start="2031-05-12", end="2031-05-18"), "Period: 2031-W20, 12 May to 18 May 2031"),
        (Period(start="2031-05-12"), "Period: since 12 May 2031"),
        (Period(end="2031-05-18"), "Period: until 18 May 2031"),
        (Period(start="2031-05-18", end="2031-05-18"), "Period: 18 May 2031"),
    ],
)
@pytest.mark.parametrize("form", FORMATS)
def test_a_period_is_told_with_what_was_left_out(form: str, period: Period, told: str) -> None:
    left = Skipped(path="early.txt", code="outside-period", reason="dated 2031-01-03")
    known = fisheries.brief().skipped
    text = plain(render(fisheries.brief(period=period, skipped=(*known, left)), form))
    assert told in text
    assert "1 document was left out of the period" in text
    assert "1 file could not be read" in text
    assert "dated 2031-01-03" in text.partition("Documents left out of the period")[2]


@pytest.mark.parametrize("form", FORMATS)
def test_the_timeline_is_cut_and_names_other_dates(form: str) -> None:
    first, second = fisheries.brief().timeline
    first = replace(first, conflicts=(second.id,))
    brief = fisheries.brief(timeline=(first, replace(second, shown=False)))
    text = plain(render(brief, form))
    assert "another source dates it" in text
    assert "1 more entry stands in brief" in text
    assert [entry.anchor for entry in view(brief).timeline.entries] == [first.id]


def test_the_same_brief_gives_the_same_bytes() -> None:
    assert [render(BRIEF, form) for form in FORMATS] == [render(BRIEF, form) for form in FORMATS]


def test_front_matter_on_request() -> None:
    title = 'Say "no": \\ {% x %}\x00é😀'
    brief = fisheries.brief(title=title, period=Period(label="2031-W20", start="2031-05-12", end="2031-05-18"))
    assert not render(brief, "md").startswith("---")
    head, _, body = render(brief, "md", House(front_matter=True)).removeprefix("---\n").partition("\n---\n")
    said = dict(line.split(": ", 1) for line in head.splitlines())
    assert json.loads(said["title"]) == clean(title)
    assert (said["date"], said["period"], said["lang"], said["sources"]) == ("2031-05-14", '"2031-W20"', '"en"', "2")
    assert body.lstrip().startswith("As of 14 May 2031")
    assert render(brief, "html", House(front_matter=True)) == render(brief, "html")


def test_front_matter_is_what_our_own_reader_reads() -> None:
    text = render(BRIEF, "md", House(front_matter=True))
    (document,) = parse("brief.md", text.encode())
    assert (document.meta.title, document.meta.published) == (BRIEF.title, "2031-05-14")


def test_an_unknown_form_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="html, md"):
        render(BRIEF, "docx")


# Order and choice of sections

CHOICES = [(name,) for name in ORDER] + [tuple(other for other in ORDER if other != name) for name in ORDER]


def titles(text: str) -> list[str]:
    return re.findall(r"^## (.+)$|<h2[^>]*>(.+?)</h2>", text, re.MULTILINE)


@pytest.mark.parametrize("form", FORMATS)
def test_sections_stand_in_the_order_of_the_house(form: str) -> None:
    chosen = ("timeline", "matrix", "changes", "bottom_line", "appendix")
    words = [getattr(labels([shipped()]).section, name) for name in chosen]
    assert ["".join(each) for each in titles(render(BRIEF, form, House(sections=chosen)))] == words
    assert render(BRIEF, form, House(sections=tuple(ORDER))) == render(BRIEF, form)


def test_the_list_of_contents_follows() -> None:
    page = render(BRIEF, "html", House(sections=("timeline", "bottom_line")))
    (contents,) = re.findall(r"<nav.*?</nav>", page, re.DOTALL)
    assert Page(contents).values("href") == ["#timeline", "#bottom-line"]


@pytest.mark.parametrize("chosen", CHOICES, ids=lambda chosen: "-".join(chosen) if len(chosen) < 2 else f"{len(chosen)}")
def test_no_link_leads_to_a_section_that_is_left_out(chosen: tuple[str, ...]) -> None:
    page, notes = (render(BRIEF, form, House(sections=chosen)) for form in FORMATS)
    links_lead_somewhere(page)
    notes_lead_somewhere(notes)
    if "appendix" not in chosen and "positions" in chosen:
        for text in (Page(page).text, notes):
            assert "S1:3a" in text, "the place is told without a link"


def test_a_block_of_a_house_stands_where_the_settings_put_it(tmp_path: Path) -> None:
    name = "brief.md.j2"
    (tmp_path / name).write_text(f'{{% extends "default/{name}" %}}{{% block method %}}## Ours\n\n{{% endblock %}}')
    notes = render(BRIEF, "md", House((str(tmp_path),), sections=("method", "sources")))
    assert ["".join(each) for each in titles(notes)] == ["Ours", "Sources"]


# All fixed words are labels

#: Fields of a brief that hold words of documents or of their describers.
WORDS = set(
    """title publisher path message reason name label speaker quote action content what text sentence conditions hedges
    columns rows code terms file value was why about nearest notes""".split()
)
#: Attributes that hold what no reader sees.
IDS = ("data-actor", "data-stance", "data-claims", "data-path", "data-digest")
ALPHABET = str.maketrans({chr(65 + n): chr(0x410 + n) for n in range(26)} | {chr(97 + n): chr(0x430 + n) for n in range(26)})


def foreign(value: object, key: str = "") -> object:
    """A value in other letters, wherever it is words; stances and ids stay."""
    if isinstance(value, dict):
        return {name: foreign(each, str(name)) for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [foreign(each, key) for each in value]
    return value.translate(ALPHABET) if isinstance(value, str) and key in WORDS and value not in list(Stance) else value


def foreign_labels() -> str:
    """All shipped labels in other letters, as a file of a house; what is filled in keeps its name."""
    import tomllib

    def toml(table: dict[str, object], head: str = "") -> Iterator[str]:
        for name, value in table.items():
            if not isinstance(value, dict):
                yield f"{name} = {json.dumps(letters_of(value))}"
        for name, value in table.items():
            if isinstance(value, dict):
                yield from [f"[{head}{name}]", *toml(value, f"{head}{name}.")]

    def letters_of(value: object) -> object:
        if isinstance(value, list):
            return [letters_of(each) for each in value]
        return re.sub(r"(\{\w+\})|([^{]+)", lambda found: found[1] or found[2].translate(ALPHABET), str(value))

    table = tomllib.loads((TEMPLATES / "labels.toml").read_text())
    del table["lang"], table["dir"]
    return "\n".join(['lang = "42"', 'dir = "rtl"', *toml(table)])


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_of_labels_translates_every_fixed_word(form: str, tmp_path: Path) -> None:
    (tmp_path / "labels.toml").write_text(foreign_labels(), encoding="utf-8")
    brief = from_json(Brief, json.dumps(foreign(json.loads(to_json(BRIEF)))))
    brief = replace(brief, generator=replace(brief.generator, name="ж", rules="0"))
    text = render(brief, form, House((str(tmp_path),)))
    if form == "html":
        page = Page(text)
        assert [each for tag, each in page.elements if tag == "html"] == [{"lang": "42", "dir": "rtl"}]
        shown = ["aria-label", "title", "alt", "placeholder", *(name for name in page.names if name.startswith("data-"))]
        values = [value for name in shown if name not in IDS for value in page.values(name)]
        style = re.findall(r'content: "([^"]*)"', text)
        text = re.sub(r"<(style|script)>.*?</\1>", "", text, flags=re.DOTALL)
        text = " ".join([re.sub(r"<[^>]*>", " ", text), *(re.sub(r"{\w+}", "", value) for value in values), *style])
    else:
        text = re.sub(r'<a id="[^"]*"></a>|\]\(#[^)]*\)|<https:[^>]*>', "", text)
    assert re.findall(r"[A-Za-z]{2,}|\b[A-OQRT-Za-z]\b", text) == []


def test_notes_and_reasons_are_worded_by_the_house(tmp_path: Path) -> None:
    (tmp_path / "labels.toml").write_text(
        '[note]\ncut = "Seite {n1} von {n2}: {detail}{n3}"\n[reason]\nno-text = "nur Bilder"\n[format]\ntext = "Text"\n'
    )
    first, second = BRIEF.sources
    second = replace(second, notes=(Note(code="cut", message="page 3 of 1,200 is missing: a map"),))
    text = plain(render(fisheries.brief(sources=(first, second)), "md", House((str(tmp_path),))))
    assert "Seite 3 von 1,200: a map" in text
    assert "**scan.pdf**: nur Bilder" in text
    assert "58 words · Text" in text


def test_every_format_that_is_read_has_a_name() -> None:
    names = vars(labels([shipped()]).format)
    assert {FORMAT_NAMES[kind] for kind in PARSERS if kind != "application/zip"} == set(names)


# The page


def test_links_within_the_page_have_one_target_each() -> None:
    links_lead_somewhere(PAGE)


def links_lead_somewhere(text: str) -> None:
    page = Page(text)
    assert [name for name, n in Counter(page.values("id")).items() if n > 1] == []
    assert {link[1:] for link in page.values("href") if link.startswith("#")} <= set(page.values("id"))
    assert set(" ".join(page.values("aria-labelledby")).split()) <= set(page.values("id"))


def test_links_within_the_notes_have_one_target_each() -> None:
    notes_lead_somewhere(NOTES)


def notes_lead_somewhere(notes: str) -> None:
    targets = re.findall(r'<a id="([^"]+)">', notes) + re.findall(r"^\[\^(\d+)\]:", notes, re.MULTILINE)
    assert [name for name, n in Counter(targets).items() if n > 1] == []
    assert set(re.findall(r"\]\(#([^)]+)\)", notes)) | set(re.findall(r"\[\^(\d+)\](?!:)", notes)) <= set(targets)


def test_the_policy_names_the_one_style_and_the_one_script() -> None:
    policy = next(value for tag, each in Page(PAGE).elements if each.get("http-equiv") for value in [each["content"]])
    for kind in ("style", "script"):
        (body,) = re.findall(rf"<{kind}>(.*?)</{kind}>", PAGE, re.DOTALL)
        assert f"{kind}-src 'sha256-{b64encode(sha256(body.encode()).digest()).decode()}'" in (policy or "")
    assert (policy or "").startswith("default-src 'none'")


def test_the_page_loads_nothing_and_has_no_inline_style_or_handler() -> None:
    page = Page(PAGE)
    assert not {tag for tag, _ in page.elements} & {"link", "img", "iframe", "base", "object", "embed"}
    assert not [name for _, attributes in page.elements for name in attributes if name == "style" or name.startswith("on")]
    assert not re.search(r"url\(|@import", re.findall(r"<style>(.*?)</style>", PAGE, re.DOTALL)[0])
    assert [link for link in page.values("href") if not link.startswith("#")] == ["https://committee.example/minutes?id=2"]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//else.example", "http://a b", "https://a<b"])
def test_only_web_addresses_become_links(url: str) -> None:
    sources = (replace(BRIEF.sources[0], url=url), replace(BRIEF.sources[1], url=None))
    changed = fisheries.brief(sources=sources)
    assert {link[0] for link in Page(render(changed, "html")).values("href")} == {"#"}
    assert url not in render(changed, "md")


def test_headings_go_down_one_level_at_a_time() -> None:
    levels = [int(tag[1]) for tag, _ in Page(PAGE).elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_page_is_no_heavier_than_it_may_be() -> None:
    shown = sum(len(run.text) for text in view(BRIEF).appendix for passage in text.passages for run in passage.runs)
    assert len(PAGE.encode()) <= 60_000 + 1_400 * len(BRIEF.positions) + 1.7 * shown


@pytest.mark.parametrize(
    ("text", "page", "told"),
    [
        ("The mayor opposes the toll.", "ltr", False),
        ("Мэр против сбора.", "ltr", False),
        ("1 2 3", "rtl", False),
        ("הגשר ייסגר", "rtl", False),
        ("The mayor said “הגשר ייסגר”.", "ltr", True),
        ("The mayor opposes the toll.", "rtl", True),
    ],
)
def test_a_text_that_runs_against_the_page_is_set_by_its_own_direction(text: str, page: str, told: bool) -> None:
    assert (direction(text, page) == ' dir="auto"') is told


# Texts of documents


def hostile(text: str) -> dict[str, object]:
    """The brief with ``text`` in every place where a document's words can stand."""
    body = f"{text}\nA sentence of the source."
    words = BriefSource(
        id="s1",
        path=text,
        title=text,
        publisher=text,
        url=text,
        format=text,
        words=1,
        notes=(Note(code=text, message=text),),
        text=body,
    )
    ref = Ref(source="s1", start=0, end=len(text), sentence=text, block=BlockKind.PARAGRAPH)
    position = Position(
        id=text,
        actor=text,
        issue=text,
        stance=Stance.WARNS,
        quote=text,
        strength=Strength(sources=1, statements=1),
        conditions=(text,),
        refs=(ref,),
    )
    return {
        "title": text,
        "sources": (words,),
        "actors": (Actor(id=text, name=text, kind="state"),),
        "issues": (Issue(id=text, label=text),),
        "positions": (position,),
        "key_points": (KeyPoint(text=text, refs=(ref,)),),
        "skipped": (Skipped(path=text, code=text, reason=text),),
        "tables": (BriefTable(id=text, source="s1", title=text, columns=(text,), rows=((text,),), start=0, end=1),),
        "statements": (),
        "proposals": (),
        "agreements": (),
        "disagreements": (),
        "timeline": (),
        "changes": None,
    }


#: Compiling takes far longer than rendering, and these tests render the same templates hundreds of times.
COMPILED = TemporaryDirectory()
TAME_PAGE, TAME_NOTES = (
    render(fisheries.brief(**hostile("tame")), form, House(cache=COMPILED.name)) for form in ("html", "md")
)
MARKUP = st.text(
    st.sampled_from("<>&\"'`*_[]()#|!\\~-+=:$^{}%@/ \n\t\rax1.\x00\x1b\u202e\u2028\u0085"), min_size=1, max_size=30
)
TEXTS = st.one_of(MARKUP, st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)).filter(
    lambda text: plain(text) != ""
)


@given(TEXTS)
@settings(max_examples=60)
def test_no_text_changes_what_the_page_is_made_of(text: str) -> None:
    page = render(fisheries.brief(**hostile(text)), "html", House(cache=COMPILED.name))
    assert shape(page) == shape(TAME_PAGE)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]", page)
    page.encode()


def tokens(text: str) -> list[str]:
    """The structure of a Markdown text: every token but running text and line ends."""
    inside = [
        each for token in MarkdownIt("commonmark").enable("table").parse(text) for each in (token, *(token.children or ()))
    ]
    return [each.type for each in inside if each.type not in ("text", "text_special", "softbreak")]


@given(TEXTS)
@settings(max_examples=60)
def test_no_text_changes_what_the_notes_are_made_of(text: str) -> None:
    notes = render(fisheries.brief(**hostile(text)), "md", House(cache=COMPILED.name))
    assert tokens(notes) == tokens(TAME_NOTES)
    notes.encode()


@given(TEXTS)
def test_escaped_text_reads_as_it_was(text: str) -> None:
    (_, inline, _) = MarkdownIt("commonmark").enable("table").parse(f"Lead {escape_markdown(text)}")
    said = "".join(" " if each.type == "softbreak" else each.content for each in inline.children or ())
    assert " ".join(said.split()) == " ".join(["Lead", plain(text)])


@given(TEXTS)
def test_escaped_text_is_one_paragraph_wherever_it_starts(text: str) -> None:
    html = MarkdownIt("commonmark").enable("table").render(escape_markdown(plain(text)))
    assert re.fullmatch(r"<p>[^<]*</p>\n", html)


@parametrize("render")
def test_escapes(case: Case, request: pytest.FixtureRequest) -> None:
    check(case, request, lambda source, _: "\n".join(map(escape_markdown, source.split("\n"))))


# Templates of a house


def house(folder: Path, **files: str) -> tuple[str]:
    for name, text in files.items():
        (folder / name.replace("_", ".").replace("..", "_")).write_text(text, encoding="utf-8")
    return (str(folder),)


@pytest.mark.parametrize("form", FORMATS)
def test_a_house_overrides_one_block(form: str, tmp_path: Path) -> None:
    name = FORMATS[form].template
    (tmp_path / name).write_text(
        f'{{% extends "default/{name}" %}}\n{{% block method %}}\nHouse & rules: {{{{ brief.title }}}}\n{{% endblock %}}\n'
    )
    got, want = render(BRIEF, form, House((str(tmp_path),))).splitlines(), render(BRIEF, form).splitlines()
    assert "House & rules: Herring: who wants what" in got
    gone = [line for line in want if line not in got]
    assert 0 < len(gone) < 15
    assert [line for line in got if line not in want] == ["House & rules: Herring: who wants what"]


def test_a_house_changes_words_and_looks(tmp_path: Path) -> None:
    (tmp_path / "labels.toml").write_text('[section]\nmethod = "Small print"\n')
    (tmp_path / "style.css").write_text("/* ours */\nbody {\n  color: teal\n}\n")
    page = render(BRIEF, "html", House((str(tmp_path),)))
    assert ">Small print</h2>" in page
    assert re.search(r"<style>:root {\n--font-text: [^<]*}\nbody {\ncolor: teal\n}\n@page", page)
    assert "## Small print" in render(BRIEF, "md", House((str(tmp_path),)))


def test_compiled_templates_are_kept_and_renewed_when_damaged(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    assert render(BRIEF, "html", House(cache=str(cache))) == PAGE
    files = sorted(cache.iterdir())
    whole = [file.read_bytes() for file in files]
    assert len(whole) == 3  # the page, its pieces, what changed
    for file in files:
        file.write_bytes(whole[0][:40] + b"\x00" * 60)
    assert render(BRIEF, "html", House(cache=str(cache))) == PAGE
    assert [file.read_bytes() for file in files] == whole


def test_a_cache_that_cannot_be_written_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert render(BRIEF, "html", House(cache=str(tmp_path / "file" / "cache"))) == PAGE


def test_all_forms_have_the_same_blocks() -> None:
    names = {*ORDER, *"head masthead handling contents position footer styles scripts".split()}
    for template in ("brief.html.j2", "brief.md.j2", "brief.email.html.j2", "brief.email.txt.j2"):
        assert set(re.findall(r"{% block (\w+)", (TEMPLATES / template).read_text())) == names
    for part in TEMPLATES.glob("_*.j2"):
        assert "{% block" not in part.read_text()


def test_no_label_is_idle_and_no_fixed_word_stands_in_a_template() -> None:
    source = (
        "".join(path.read_text() for path in sorted(TEMPLATES.glob("*.j2")))
        + (TEMPLATES.parent / "briefgen/render/filters.py").read_text()
    )
    for name in vars(labels([shipped()]).text):
        assert f"label.text.{name}" in source or f'["{name}"]' in source, name
    for path in TEMPLATES.glob("*.j2"):
        bare = re.sub(
            r"{#.*?#}|<style>.*?</style>|{%.*?%}|{{.*?}}|<[^>]*>|^\w+: (?={{)|style=\"(?={{)",
            "",
            path.read_text(),
            flags=re.DOTALL | re.MULTILINE,
        )
        assert not re.search(r"[A-Za-z]{4,}", bare), path.name


# Small parts


def test_the_matrix_is_cut_into_bands_that_fit_a_page() -> None:
    issues = tuple(Issue(id=f"is-{n:06x}", label=f"issue {n}") for n in range(13))
    positions = tuple(replace(BRIEF.positions[0], id=f"po-{n:06x}", issue=issue.id) for n, issue in enumerate(issues))
    matrix = view(fisheries.brief(issues=issues, positions=positions, changes=None)).matrix
    assert [len(band.issues) for band in matrix.bands] == [5, 5, 3]
    assert len(matrix.rows) == 1
    assert all(len(row.cells) == len(band.issues) for band in matrix.bands for row in band.rows)


def test_of_a_long_matrix_those_who_only_state_something_stand_aside() -> None:
    kinds = [Stance.STATES] * 9 + [Stance.OPPOSES] * 5
    first = BRIEF.positions[0]
    actors = tuple(Actor(id=f"actor-{n}", name=f"Actor {n}", kind="state") for n in range(len(kinds)))
    positions = tuple(
        replace(first, id=f"po-{n:06x}", actor=actor.id, stance=stance)
        for n, (actor, stance) in enumerate(zip(actors, kinds, strict=True))
    )
    brief = fisheries.brief(actors=actors, positions=positions, changes=None, agreements=(), disagreements=())
    matrix = view(brief).matrix
    assert (len(matrix.rows), len(matrix.rest), len(matrix.bands[0].rest)) == (5, 9, 9)
    for form in FORMATS:
        assert "Only speak of it, once: " in plain(re.sub("<[^>]*>", "", render(brief, form)))
    short = view(replace(brief, positions=positions[3:])).matrix
    assert (len(short.rows), short.rest) == (11, ())


def test_a_leading_sentence_leads_to_the_positions_that_rest_on_it() -> None:
    first, second = view(BRIEF).points
    assert [(each.actor.name, each.stance) for each in first.positions] == [("Skerry Isles", "demands")]
    assert [(each.actor.name, each.stance) for each in second.positions] == [("Norland", "conditional")]


def test_the_running_head_is_a_string_of_css_whatever_the_title() -> None:
    assert (
        running_head('A "b" \\ </style>_1')
        == '@page { @bottom-left { content: "A \\22 b\\22  \\5c  \\3c \\2f style\\3e \\5f 1" } }'
    )
    assert len(running_head("long " * 99)) < 130


def test_numbers_and_dates_in_words() -> None:
    words = Wording(labels([shipped()]))
    assert [words.many(n, "source") for n in (0, 1, 3, 1200)] == ["0 sources", "1 source", "3 sources", "1,200 sources"]
    assert [words.day(iso) for iso in ("2031", "2031-05", "2031-05-04", "soon")] == ["2031", "May 2031", "4 May 2031", "soon"]
    assert words.day("2031-05-04/2031-06-01") == "4 May to 1 June 2031"
    assert words.day("2031-05-04/2032-06-01") == "4 May 2031 to 1 June 2032"
    assert words.listed(("A", "B", "C")) == "A, B and C"
    assert [letters(n) for n in (0, 25, 26)] == ["a", "z", "aa"]


def test_a_paragraph_is_a_line_or_what_its_wrapped_lines_make() -> None:
    text = "Title\n\nOne two\nthree. Four\nfive.\n- item\n\nLast"
    start = text.index("Four")
    assert text[slice(*paragraph(text, start, start + 4, False))] == "three. Four"
    assert text[slice(*paragraph(text, start, start + 4, True))] == "One two\nthree. Four\nfive."


@given(st.lists(st.tuples(st.dates(), st.integers(0, 800)), min_size=2, max_size=30))
def test_the_timeline_keeps_inside_its_frame(days: list[tuple[object, int]]) -> None:
    drawn = chart([Dated(str(day), str(day), n, f"ev-{n}", "past") for n, (day, _) in enumerate(sorted(days, key=str))])
    if drawn is None:
        assert len({str(day) for day, _ in days}) < 2
        return
    assert all(0 <= dot.x1 <= dot.x <= dot.x2 <= drawn.width and 0 < dot.y < drawn.axis < drawn.height for dot in drawn.dots)
    assert 0 < len(drawn.ticks) <= 13
    assert len({(dot.x, dot.y) for dot in drawn.dots}) == len(drawn.dots)


def test_dates_that_are_none_are_not_drawn() -> None:
    assert chart([Dated("soon", "later", 1, "ev-1", "past"), Dated("2031-01-01", "2030-01-01", 2, "ev-2", "past")]) is None
