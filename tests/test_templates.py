"""The tools of whoever makes templates, and what no template and no document can do."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import get_type_hints

import fisheries
import pytest

from briefgen import cli
from briefgen.model.base import from_json, to_json
from briefgen.model.brief import Brief
from briefgen.model.errors import TemplateError
from briefgen.render import FORMATS, context, render
from briefgen.render.checks import Checked
from briefgen.render.environment import house_values, open_environment, rendered
from briefgen.render.house import House, shipped
from briefgen.render.mail import PARTS, shown
from briefgen.render.outline import outline
from briefgen.render.sandbox import Bounded
from briefgen.render.view import view
from briefgen.styling import shelf
from briefgen.styling.listed import ABOUT
from briefgen.styling.reference import as_markdown, meanings_of, reference, types_seen
from briefgen.styling.sample import empty, sample
from briefgen.styling.shelf import BLOCKS, names, shipped_piece

ROOT = Path(__file__).parent.parent
BRIEF = fisheries.brief()


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")


COMPILED = TemporaryDirectory()


def house(**files: str) -> House:
    """A house with a template for each form that is named, which extends the shipped one."""
    return house_of({FORMATS[form].template: blocks for form, blocks in files.items()})


def house_of(files: dict[str, str]) -> House:
    Path("house").mkdir(exist_ok=True)
    for name, blocks in files.items():
        Path("house", name).write_text(f'{{% extends "default/{name}" %}}\n{blocks}', encoding="utf-8")
    return House(("house",), cache=COMPILED.name)


# Blocks

OUTPUTS = [form.template for form in FORMATS.values()] + [template for template, _ in PARTS]
#: The styles are part of the page's policy, and what is around a script is not for letters.
PLACES = [
    (template, block)
    for template in OUTPUTS
    for block in outline((shipped() / template).read_text()).blocks
    if block not in ("styles", "scripts")
]


def made(template: str, look: House) -> str:
    """What a template makes of the brief."""
    form = next((form for form, main in FORMATS.items() if main.template == template), None)
    if form:
        return render(BRIEF, form, look)
    return rendered(template, dict(PARTS)[template], shown(BRIEF, view(BRIEF), look, "", 240)._asdict(), look)


@pytest.mark.parametrize(("template", "block"), PLACES)
def test_a_house_of_one_block_changes_what_that_block_prints_and_nothing_else(template: str, block: str) -> None:
    """All is the same but what stands between two marks that the house sets around the shipped block."""
    plain = made(template, House(cache=COMPILED.name))
    got = made(template, house_of({template: f"{{% block {block} %}}\n≪\n{{{{ super() }}}}\n≫\n{{% endblock %}}\n"}))
    assert got.count("≪") == got.count("≫") == (len(BRIEF.positions) if block == "position" else 1)
    assert squeezed(re.sub("[≪≫]", "", got)) == squeezed(plain)
    emptied = made(template, house_of({template: f"{{% block {block} %}}{{% endblock %}}"}))
    assert squeezed(emptied) == squeezed(re.sub("≪.*?≫", "", got, flags=re.DOTALL))
    other = next(name for name in OUTPUTS if name != template)
    assert made(other, House(("house",), cache=COMPILED.name)) == made(other, House(cache=COMPILED.name))


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_every_block_is_listed_and_is_in_all_forms() -> None:
    for template in OUTPUTS:
        assert set(outline((shipped() / template).read_text()).blocks) == set(BLOCKS)


def test_every_shipped_file_is_described() -> None:
    assert set(names()) == set(ABOUT)


def test_a_copied_block_prints_what_the_shipped_one_does() -> None:
    for form in FORMATS.values():
        for block in BLOCKS.keys() - {"position"}:  # which stands in the block positions
            assert cli.run(["templates", "eject", form.template, "--block", block, "--templates", "house"]) == 0
    for form in FORMATS:
        assert render(BRIEF, form, House(("house",))) == render(BRIEF, form)


def test_copied_files_make_what_the_shipped_ones_do() -> None:
    for name in names():
        assert cli.run(["templates", "eject", name, "--templates", "house"]) == 0
    for form in FORMATS:
        assert render(BRIEF, form, House(("house",))) == render(BRIEF, form)
    assert cli.run(["templates", "check", "--templates", "house"]) == 0


def test_eject_keeps_what_somebody_has_written_to_the_byte() -> None:
    Path("house").mkdir()
    mine = b'\xef\xbb\xbf{% extends "default/brief.md.j2" %}\r\n{# ours #}\r\n{% block head %}x{% endblock %}'
    Path("house/brief.md.j2").write_bytes(mine)
    assert cli.run(["templates", "eject", "brief.md.j2", "--block", "method", "--templates", "house"]) == 0
    now = Path("house/brief.md.j2").read_bytes()
    assert now.startswith(mine)
    assert now.count(b"\n") == now.count(b"\r\n")
    assert render(BRIEF, "md", House(("house",))) == "x" + render(BRIEF, "md")


def test_check_tells_labels_that_nothing_prints(capsys: pytest.CaptureFixture[str]) -> None:
    Path("house").mkdir()
    Path("house/labels.toml").write_text('[section]\nbotom_line = "In short"\n[txt]\ncare = "Mind"\n')
    assert cli.run(["templates", "check", "--templates", "house"]) == 3
    told = capsys.readouterr()
    assert "house/labels.toml:2:1: T012" in told.err
    assert "house/labels.toml:3:2: T012" in told.err
    assert "2 mistakes" in told.out


# An upgrade


def test_an_upgrade_of_the_shipped_templates_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for arguments in (["brief.html.j2", "--block", "masthead"], ["brief.md.j2", "--block", "footer"], ["style.css"]):
        assert cli.run(["templates", "eject", *arguments, "--templates", "house"]) == 0
    capsys.readouterr()
    newer = tmp_path / "newer"
    shutil.copytree(shipped(), newer)
    page = newer / "brief.html.j2"
    page.write_text(page.read_text().replace('<h1 dir="auto">', '<h1 dir="auto" class="title">'))
    notes = newer / "brief.md.j2"
    notes.write_text(notes.read_text().replace("block footer", "block foot"))
    monkeypatch.setattr(shelf, "shipped", lambda: newer)
    assert cli.run(["templates", "check", "--templates", "house"]) == 0
    told = capsys.readouterr().out.splitlines()
    now = shipped_piece("brief.html.j2", "masthead").digest
    assert re.fullmatch(
        r"house/brief\.html\.j2:3: brief\.html\.j2, block masthead has changed since briefgen [\d.]+; see `briefgen templates "
        rf"diff`, and put {now} in the place of [0-9a-f]{{12}} when yours is up to date",
        told[0],
    )
    assert told[1].startswith("house/brief.md.j2:3: brief.md.j2, block footer is no longer shipped")
    assert told[2].endswith("3 copied pieces, 2 changed since.")
    mine = Path("house/brief.html.j2")
    mine.write_text(re.sub("text [0-9a-f]{12}", f"text {now}", mine.read_text()))
    assert cli.run(["templates", "check", "--templates", "house"]) == 0
    assert capsys.readouterr().out.count("changed since") == 1


# The reference


def test_every_field_says_what_it_is() -> None:
    for kind in types_seen():
        assert set(meanings_of(kind)) == set(get_type_hints(kind)), kind.__name__


def test_every_name_that_templates_see_is_in_the_reference() -> None:
    environment = open_environment(Bounded, "page", House())
    names = {"brief", *house_values(House()), *environment.globals} - {"range", "dict", "cycler", "joiner", "namespace"}
    assert names == set(get_type_hints(context.Variables))


def test_the_reference_tells_what_a_mail_and_an_archive_see() -> None:
    parts = {part.title: [entry.name for entry in part.entries] for part in reference(sample(), House())}
    assert parts["Variables of the mail"] == ["brief", "cut", "news", "address", "look"]
    assert parts["Variables of the archive and the feed"] == ["archive"]
    assert {"Cut", "News", "ArchiveView", "EditionView", "Movement", "Picture", "Bar", "Turn"} <= set(parts)


def test_the_page_of_the_variables_is_what_the_command_prints(request: pytest.FixtureRequest) -> None:
    page = ROOT / "docs/template-variables.md"
    head = page.read_text(encoding="utf-8").partition("\n## ")[0]
    made = f"{head}\n{as_markdown(reference(sample(), House()))}"
    if request.config.getoption("--accept"):
        page.write_text(made, encoding="utf-8", newline="\n")
    assert page.read_text(encoding="utf-8") == made


def test_context_takes_its_examples_from_the_brief_that_is_named_or_from_the_last(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["templates", "context"]) == 0
    assert sample().title in capsys.readouterr().out
    for number, file in enumerate(("out/brief.json", "other.json")):
        Path(file).parent.mkdir(exist_ok=True)
        brief = replace(BRIEF, title=f"Title {number}")
        Path(file).write_text(to_json(brief))
    assert cli.run(["templates", "context"]) == 0
    assert "Title 0" in capsys.readouterr().out
    assert cli.run(["templates", "context", "--brief", "other.json"]) == 0
    assert "Title 1" in capsys.readouterr().out


def test_the_sample_holds_every_kind_of_thing_and_the_empty_brief_none() -> None:
    """But for what only a theme has, or a brief that is too long for a sample."""
    known = {"Filters", "LogoView", "ThemeView", "Aside"}
    one = {kind.__name__ for kind in types_seen()}
    bare = [
        f"{part.title}{entry.name}"
        for part in reference(sample(), House())
        if part.title not in known and not part.title.startswith("Variables")
        for entry in part.entries
        if not entry.example and "View" not in entry.type and entry.type not in one
    ]
    assert set(bare) <= {
        "Run.cite", "Timeline.chart", "NoteView.detail",
    }  # fmt: skip
    nothing = view(empty())
    assert not any((nothing.issues, nothing.points, nothing.timeline.entries, nothing.cites, nothing.changes))
    assert from_json(Brief, to_json(sample())) == sample()


# What no template can do

ESCAPES = [
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ brief.__class__.__init__.__globals__ }}",
    "{{ brief._replace(title='x') }}",
    "{{ brief['_asdict']() }}",
    "{{ self.__init__.__globals__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ cycler.__init__.__globals__.os }}",
    "{{ joiner.__init__.__globals__ }}",
    "{{ namespace.__init__.__globals__ }}",
    "{{ asset.__globals__ }}",
    "{{ policy.__code__ }}",
    "{{ part.figure._func.__globals__ }}",
    "{{ part.__dict__ }}",
    "{{ label.__dict__ }}",
    "{{ label['__class__'] }}",
    "{{ (brief.points|map('upper')).gi_frame.f_globals }}",
    "{% for x in [1] %}{{ loop._iterator.__class__ }}{% endfor %}",
    "{{ '{0.__class__}'.format(brief) }}",
    "{{ '{0.__class__}'.format_map({'0': brief}) }}",
    "{{ ('{0.__class__}'|attr('format'))(brief) }}",
    "{% set take = '{0.__class__}'.format %}{{ take(brief) }}",
    "{{ ['{0.__class__}'.format]|map('call', brief)|list }}",
    "{{ brief.points|map(attribute='__class__')|join }}",
    "{{ brief|attr('__class__') }}",
    "{{ brief['__cla' ~ 'ss__'] }}",
    "{{ {}.__class__.__base__ }}",
    "{{ (1).__class__ }}",
    "{% set found = [] %}{{ found.append(brief) }}",
    "{{ {'a': 1}.update(b=2) }}",
    "{{ asset('../../../etc/passwd') }}",
    "{{ asset('/etc/passwd') }}",
    "{% include '/etc/passwd' %}",
    "{% include '../outside.j2' %}",
    "{% import 'os' as os %}",
    "{{ lipsum.__globals__ }}",
    "{{ range(10)|random }}",
]


@pytest.mark.parametrize("escape", ESCAPES)
@pytest.mark.parametrize("checked", [True, False], ids=["read", "run"])
def test_templates_cannot_leave_the_sandbox(escape: str, checked: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither when they are read, nor, where that is left out, when they run."""
    Path("outside.j2").write_text("outside")
    if not checked:
        monkeypatch.setattr("briefgen.render.checks.check", lambda *_: Checked([], frozenset()))
    with pytest.raises(TemplateError) as caught:
        render(BRIEF, "md", house(md=f"{{% block method %}}{escape}{{% endblock %}}"))
    assert caught.value.code in {"T002", "T003", "T004", "T005", "T011"}
    assert (caught.value.file, caught.value.line) == ("house/brief.md.j2", 2)


@pytest.mark.parametrize(
    "nested",
    [
        pytest.param("{{ " + "(" * 95 + "1" + ")" * 95 + " }}", id="brackets"),
        pytest.param("{{ brief.title.ljst(" + "(" * 95 + " }}", id="brackets that stay open"),
        pytest.param("{{ 1" + " + 1" * 2_000 + " }}", id="a sum"),
        pytest.param("{{ brief" + ".a" * 2_000 + " }}", id="names"),
        pytest.param("{{ 1" + " if 1 else 1" * 400 + " }}", id="conditions"),
        pytest.param("{% if 1 %}" * 150 + "{% endif %}" * 150, id="tags"),
        pytest.param("{% for x in [1] %}" * 30 + "{% endfor %}" * 30, id="loops"),
    ],
)
def test_what_is_nested_too_deep_is_a_mistake_in_its_file(nested: str) -> None:
    Path("house").mkdir(exist_ok=True)
    Path("house/brief.md.j2").write_text(nested)
    with pytest.raises(TemplateError, match="too deep") as told:
        render(fisheries.brief(), "md", House(("house",)))
    assert told.value.file.endswith("house/brief.md.j2")


def test_no_template_changes_the_brief() -> None:
    before = view(BRIEF)
    with pytest.raises(TemplateError):
        render(BRIEF, "md", house(md="{% block head %}{% set brief.title = 'x' %}{% endblock %}"))
    assert view(BRIEF) == before


# What no document can do

SOURCE = """{{ 7919*7907 }} talks

The mayor of Lindhaven said that {{ 7919*7907 }} ferries {% include "motto.j2" %} should run at night. The harbour board opposes
{% raw %}{# the plan #}{{ brief.title }} because {% for a in range(9) %}x{% endfor %} it costs too much.
"""


def test_a_document_is_never_template_source() -> None:
    Path("in").mkdir()
    Path("in/{{ 7919*7907 }}.txt").write_text(SOURCE)
    assert cli.run(["build", "in", "--quiet", "--title", "{{ 7919*7907 }}"]) == 0
    said = json.loads(Path("out/brief.json").read_text())
    assert "{{ 7919*7907 }} ferries" in said["statements"][0]["content"]
    for name in ("brief.html", "brief.md"):
        text = Path("out", name).read_text().replace("\\", "")
        for verbatim in (
            "{{ 7919*7907 }} ferries",
            "{% include",
            "{{ 7919*7907 }}.txt",
            "{{ 7919*7907 }}<" if "html" in name else "",
        ):
            assert verbatim in text, verbatim
        assert "62615533" not in text


def test_nothing_is_picked_up_from_the_folder_of_documents(capsys: pytest.CaptureFixture[str]) -> None:
    Path("in").mkdir()
    Path("in/a.txt").write_text(SOURCE)
    assert cli.run(["build", "in", "--out", "plain", "--quiet"]) == 0
    hostile = '{% extends "default/brief.md.j2" %}{% block masthead %}taken over{% endblock %}'
    for folder in ("in", "in/templates", "in/house", "in/default"):
        Path(folder).mkdir(exist_ok=True)
        for name in ("brief.md.j2", "brief.html.j2"):
            Path(folder, name).write_text(hostile.replace("md", name[6:-3]))
        Path(folder, "labels.toml").write_text('[section]\nmethod = "taken over"\n')
        Path(folder, "style.css").write_text("/* taken */ body { color: red }")
        Path(folder, "theme.toml").write_text("taken over")
    Path("in/briefgen.toml").write_text('title = "taken over"\ntemplates = "templates"\nlexicons = ["words"]\n')
    Path("in/pyproject.toml").write_text('[tool.briefgen]\ntitle = "taken over"\n')
    Path("in/words").mkdir()
    Path("in/words/verbs.toml").write_text("not = [toml")
    assert cli.run(["build", "in", "--out", "out", "--quiet"]) == 0
    for name in ("brief.html", "brief.md"):
        assert statements(Path("out", name)) == statements(Path("plain", name))
        assert "taken over" not in Path("out", name).read_text()


def statements(file: Path) -> str:
    """A brief up to its sources: the documents beside it are named there."""
    return re.split(r"## Sources|id=\"sources\"", file.read_text())[0].replace("9 files", "").partition("Bottom line")[2]


def test_after_a_mistake_the_old_brief_is_what_it_was() -> None:
    Path("in").mkdir()
    Path("in/a.txt").write_text("The mayor of Lindhaven said that the ferry should run at night.\n")
    assert cli.run(["build", "in", "--quiet"]) == 0
    old = {path.name: path.read_bytes() for path in Path("out").iterdir() if path.is_file()}
    house(md="{% block mastheda %}x{% endblock %}")
    assert cli.run(["build", "in", "--quiet", "--title", "Another", "--templates", "house"]) == 3
    assert {path.name: path.read_bytes() for path in Path("out").iterdir() if path.is_file()} == old
