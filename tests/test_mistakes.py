"""Mistakes in templates, as a user meets them: a house folder with one in, what is told of it out.

A case holds files (``== brief.html.j2`` and its lines) or, without such a line, what stands in the block ``method`` of a house
template on the shipped page; ``md`` behind the fence renders the Markdown form. What is expected is what the command line
tells: the place, the line, a caret, the nearest right name.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import fisheries
import pytest
from casefile import Case, check, parametrize

from briefgen.cli.complaint import tell_error
from briefgen.model.errors import TemplateError
from briefgen.render import FORMATS, checks, render, sandbox
from briefgen.render.house import House

BRIEF = fisheries.brief()
COMPILED = TemporaryDirectory()


@parametrize("mistakes")
def test_mistakes_are_told_where_they_are(
    case: Case,
    request: pytest.FixtureRequest,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setattr(sandbox, "ALLOWANCE", 20_000_000)  # so that what has no end is stopped soon

    def told(source: str, form: str) -> str:
        write_house(source, form or "html")
        try:
            render(BRIEF, form or "html", House(("house",), cache=COMPILED.name))
        except TemplateError as error:
            tell_error(error)
        return capsys.readouterr().err.rstrip() or "no mistake"

    check(case, request, told)


def write_house(source: str, form: str) -> None:
    name = FORMATS[form].template
    if not source.startswith("== "):
        source = f'== {name}\n{{% extends "default/{name}" %}}\n{{% block method %}}\n{source}\n{{% endblock %}}'
    for entry in source.split("== ")[1:]:
        file, _, body = entry.partition("\n")
        path = Path("house", file)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(body, encoding="utf-8")


def test_a_change_reads_only_what_leads_to_it_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And a piece that appears, or goes, is a change of what looked for it."""
    monkeypatch.chdir(tmp_path)
    read: list[str] = []
    reading = checks.check
    monkeypatch.setattr(checks, "check", lambda *given: (read.append(given[1]), reading(*given))[1])
    block = "{% block method %}{% include 'motto.j2' ignore missing %}{% endblock %}"
    page, markdown, piece = (Path("house", name) for name in ("brief.html.j2", "brief.md.j2", "motto.j2"))
    Path("house").mkdir()
    for path in (page, markdown):
        path.write_text(f'{{% extends "default/{path.name}" %}}{block}')

    def now(cache: str = "kept") -> list[str]:
        read.clear()
        for form in FORMATS:
            render(BRIEF, form, House(("house",), cache=str(tmp_path / cache)))
        return read[:]

    assert now() == ["brief.html.j2", "brief.md.j2"]
    assert now() == []
    page.write_text(page.read_text() + "\n")
    assert now() == ["brief.html.j2"]
    piece.write_text("Slowly.")
    assert now() == ["brief.html.j2", "brief.md.j2"]
    piece.unlink()
    assert now() == ["brief.html.j2", "brief.md.j2"]
    Path("house/labels.toml").write_text("[text]\n")
    assert now() == ["brief.html.j2", "brief.md.j2"]
    Path("house/other.j2").write_text("Nobody includes it.")
    assert now() == []
    next((tmp_path / "kept").glob("checked-*")).write_text("{damaged")
    assert len(now()) == 1
