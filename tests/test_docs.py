"""The pages for people: their commands run, their links lead somewhere, and they name every command and setting."""

from __future__ import annotations

import re
import shlex
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from builtin import steady

from briefgen import cli, corrections
from briefgen.lexicon import BUILT_IN
from briefgen.model.lexicon import Lexicon
from briefgen.model.settings import Limits, Settings
from briefgen.styling.shelf import BLOCKS

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
CONSOLE = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")


#: Pages whose files and commands make one session.
SESSIONS = ("lexicons.md", "templates.md")


def commands() -> Iterator[tuple[str, str]]:
    for page in (page for page in PAGES if page.name not in (*SESSIONS, "corrections.md")):
        for block in CONSOLE.findall(page.read_text(encoding="utf-8")):
            yield from ((page.name, line[2:]) for line in block.splitlines() if line.startswith("$ briefgen"))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what the examples work on, with a brief in ``out`` and an earlier one in ``last-week``."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "house").mkdir()
    (folder / "house" / "brief.html.j2").write_text(house_template(), encoding="utf-8")
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert cli.run(["build", "seeds", "--quiet"]) == 0
    shutil.copytree(folder / "out", folder / "last-week")
    return folder


@pytest.mark.parametrize(("page", "command"), list(commands()))
def test_commands_of_the_pages_run(page: str, command: str, desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(desk)
    words = [example_id(desk) if word == "ID" else word for word in shlex.split(command, comments=True)]
    words = words[: words.index(">")] if ">" in words else words
    assert cli.run(words[1:]) == 0


def house_template() -> str:
    """The example of ``docs/templates.md``, so that it is tried as it is printed."""
    page = (ROOT / "docs/templates.md").read_text(encoding="utf-8")
    example = re.search(r"^```jinja\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    assert example
    return example[1]


def example_id(desk: Path) -> str:
    return str(re.search(r'"(po-[0-9a-f]+)"', (desk / "out/brief.json").read_text()).group(1))  # type: ignore[union-attr]


FENCE = re.compile(r"^```(toml|console|jinja)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("name", SESSIONS)
def test_a_page_is_a_session(
    name: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    request: pytest.FixtureRequest,
) -> None:
    """From top to bottom: its files are written, its commands run, and what they say is what is printed there."""
    page = ROOT / "docs" / name
    printed = page.read_text(encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    shutil.copytree(ROOT / "seeds", "seeds")
    for folder in ("words", "house"):
        Path(folder).mkdir()

    def step(block: re.Match[str]) -> str:
        if block[1] == "console":
            commands = [line for line in block[2].splitlines() if line.startswith("$ briefgen")]
            return f"```console\n{session(commands, capsys)}\n```"
        Path(block[2].split("\n")[0].strip("{# }")).write_text(block[2], encoding="utf-8")
        return block[0]

    said = FENCE.sub(step, printed)
    if request.config.getoption("--accept"):
        page.write_text(said, encoding="utf-8", newline="\n")
        return
    assert steady(said) == steady(printed)


def test_the_page_of_the_corrections_is_a_session(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest
) -> None:
    """Its documents are written, its commands run, and what they say is what is printed; its last file is a right one."""
    page = ROOT / "docs/corrections.md"
    printed = page.read_text(encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")

    def step(block: re.Match[str]) -> str:
        if block[1] == "console":
            commands = [line for line in block[2].splitlines() if line.startswith("$ briefgen")]
            return f"```console\n{session(commands, capsys)}\n```"
        name, _, text = block[2].removeprefix("# ").partition("\n")
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text, encoding="utf-8")
        return block[0]

    said = re.sub(r"^```(text|toml|console)\n(.*?)^```$", step, printed, flags=re.MULTILINE | re.DOTALL)
    assert sum(len(entries) for entries in corrections.load(Path("corrections.toml"))[1:]) == 5
    if request.config.getoption("--accept"):
        page.write_text(said, encoding="utf-8", newline="\n")
        return
    assert steady(said) == steady(printed)


def session(lines: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    told = []
    for line in lines:
        status = cli.run(shlex.split(line)[2:])
        said = capsys.readouterr()
        assert status == (3 if "T0" in said.err else 0), line
        told += [line, *said.err.rstrip().splitlines(), *said.out.rstrip().splitlines()]
    return "\n".join(told).replace(str(BUILT_IN), "…/en")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), target


def test_every_command_and_option_is_explained() -> None:
    page = (ROOT / "docs/generate.md").read_text(encoding="utf-8")
    for command in cli.app.registered_commands:
        assert f"briefgen {command.callback.__name__}" in page  # type: ignore[union-attr]
    for group in cli.app.registered_groups:
        own = ROOT / f"docs/{str(group.name).rstrip('s')}s.md"
        page = (own if own.exists() else ROOT / "docs/generate.md").read_text(encoding="utf-8")
        for command in group.typer_instance.registered_commands:  # type: ignore[union-attr]
            assert f"briefgen {group.name} {command.name or command.callback.__name__}" in page  # type: ignore[union-attr]


def test_every_block_and_every_code_of_a_mistake_is_explained() -> None:
    page = (ROOT / "docs/templates.md").read_text(encoding="utf-8")
    for name, about in BLOCKS.items():
        assert f"| `{name}` | {about} |" in page
    codes = (path.read_text(encoding="utf-8") for path in (ROOT / "briefgen/render").glob("*.py"))
    for code in sorted(set(re.findall(r'"(T01?\d\d?)"', "".join(codes)))):
        assert code in page


def test_every_setting_is_explained() -> None:
    page = (ROOT / "docs/generate.md").read_text(encoding="utf-8")
    for name in [*Settings.model_fields, *Limits.model_fields]:
        assert f"`{name}`" in page or f"`[{name}]`" in page, name


def test_every_kind_of_entry_is_explained() -> None:
    page = (ROOT / "docs/lexicons.md").read_text(encoding="utf-8")
    for kind in Lexicon.model_fields:
        assert f"`{kind}`" in page, kind


def test_every_dependency_is_explained() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    page = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    listed = re.search(r"^dependencies = \[(.*?)^\]", project, re.MULTILINE | re.DOTALL)
    assert listed
    for name in re.findall(r'"([\w-]+)', listed[1]):
        assert f"| {name} |" in page, name


def test_every_dependency_has_a_lower_bound() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for required in [*project["dependencies"], *(each for some in project["optional-dependencies"].values() for each in some)]:
        assert re.fullmatch(r"briefgen\[[\w,]+\]|[\w-]+>=\d[\d.]*", required), required


def test_the_tests_that_security_rests_on_are_there() -> None:
    page = (ROOT / "docs/security.md").read_text(encoding="utf-8")
    module = ""
    for name in re.findall(r"`(test_\w+(?:\.py)?)`", page):
        if name.endswith(".py"):
            module = (ROOT / "tests" / name).read_text(encoding="utf-8")
        else:
            assert f"def {name}(" in module, name


def test_the_example_in_the_readme_is_real() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    example = re.search(r"^```markdown\n(.*?)^```", readme, re.MULTILINE | re.DOTALL)
    assert example
    brief = (ROOT / "tests/golden/seeds/brief.md").read_text(encoding="utf-8")
    seen = re.sub(r'<a id="[^"]*"></a>|(?: ?\[\^\d+\])+', "", brief).splitlines()
    for line in example[1].splitlines():
        assert line in (told.rstrip() for told in seen)
