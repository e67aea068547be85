"""What a person corrects: documents and a ``corrections.toml`` in, what the brief then says out (see ``corrected``)."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from casefile import CASES, Case, check, parametrize
from corrected import corrected, write
from hypothesis import given, settings
from hypothesis import strategies as st
from trial import digests

from briefgen.compare import Edits, compare
from briefgen.compare.corrections.withholding import PASSAGES
from briefgen.editing.correcting import Entry, appended, as_toml
from briefgen.lexicon import load
from briefgen.model.brief import Brief, Correction, Generator
from briefgen.model.corrections import ActorCorrection, Corrections, IssueCorrection, StatementCorrection
from briefgen.model.findings import Stance
from briefgen.model.settings import Settings
from briefgen.pipeline import build, read_brief


@parametrize("corrections")
def test_corrections(case: Case, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    check(case, request, lambda source, info: run(source, info, tmp_path))


def run(source: str, info: str, folder: Path) -> str:
    before, after = corrected(source, folder)
    shown = set(info.split())
    lines = [f"- {line}" for line in _lines(before, shown) if line not in _lines(after, shown)]
    return "\n".join([*lines, *_lines(after, shown), *map(_told, after.corrections)])


def _lines(brief: Brief, shown: set[str]) -> list[str]:
    """What is asked for of a brief."""
    return [line for name, section in SECTIONS.items() if name in shown for line in section(brief)]


def _names(brief: Brief, ids: Iterable[str]) -> str:
    names = {actor.id: actor.name for actor in brief.actors}
    return ", ".join(names[each] for each in ids)


def _label(brief: Brief, wanted: str) -> str:
    return next(issue.label for issue in brief.issues if issue.id == wanted)


def _positions(brief: Brief) -> Iterator[str]:
    for each in brief.positions:
        counts = f"{each.strength.sources}/{each.strength.statements}"
        notes = "".join(f" | note: {note}" for note in each.notes)
        yield f"{_names(brief, [each.actor])} {each.stance} | {_label(brief, each.issue)} | {counts} | {each.quote}{notes}"


def _proposals(brief: Brief) -> Iterator[str]:
    for each in brief.proposals:
        yield f"proposal {each.status} | {_names(brief, each.by)} | {each.action}"


def _issues(brief: Brief) -> Iterator[str]:
    for issue in brief.issues:
        yield f"issue {issue.label}{' !' if issue.contested else ''}"


def _points(brief: Brief) -> Iterator[str]:
    for point in brief.key_points:
        yield f"{'pinned' if point.pinned else 'point'} {point.text}"


def _contrast(brief: Brief) -> Iterator[str]:
    for agreement in brief.agreements:
        yield f"agree {agreement.what} | {_label(brief, agreement.issue)} | {_names(brief, agreement.actors)}"
    for difference in brief.disagreements:
        sides = (f"{_names(brief, side.actors)} {side.stance}" for side in difference.sides)
        yield f"differ {difference.kind} | {_label(brief, difference.issue)} | {' - '.join(sides)}"


def _sources(brief: Brief) -> Iterator[str]:
    for source in brief.sources:
        yield f"source {source.path}{' unreliable' if source.unreliable else ''}"


SECTIONS: dict[str, Callable[[Brief], Iterator[str]]] = {
    "positions": _positions,
    "proposals": _proposals,
    "issues": _issues,
    "points": _points,
    "contrast": _contrast,
    "sources": _sources,
}


def _told(correction: Correction) -> str:
    nearest = f" (nearest: {correction.nearest})" if correction.nearest else ""
    return f"{correction.line}: {correction.status}: {correction.what}{nearest}"


SECRET = "The Merrow Foundation proposed to buy the quay of Lindhaven and to close it for all ships but its own."
#: Words that only the withheld document and what was said of it have.
SECRETS = ("Merrow", "quay", "hush", "confidential", "Bellweather")


def test_nothing_of_a_withheld_source_is_in_any_file(tmp_path: Path) -> None:
    """Not its words, title, name, path or fate, nor what an earlier brief had of it, nor what a correction says of it."""
    write(
        tmp_path / "in",
        {
            "a.txt": "Norway opposes the harbour toll.\n\nIceland supports the harbour toll.\n",
            "hush/plan.md": f"# A confidential plan\n\n{SECRET}\n\nNorway opposes the sale of the quay.\n",
            "hush/table.xyz": "Bellweather",
            "hush/old.txt": "---\ndate: 2001-01-01\n---\nThe Bellweather quay is old, said Norway.\n",
            "sources.toml": '[[source]]\npath = "hush/plan.md"\npublisher = "Bellweather"\n',
        },
    )
    out = tmp_path / "out"
    build([tmp_path / "in"], Settings(out=str(out), corrections=str(tmp_path / "none.toml")))
    assert all(word.encode() in (out / "brief.json").read_bytes() for word in SECRETS)
    statement = next(each for each in read_brief(out / "brief.json").statements if "sale of the quay" in each.content)
    embargo = '[[source]]\npath = "hush"\nmark = "embargoed"\nwhy = "Merrow asked for it."\n'
    stance = (
        f'[[statement]]\nid = "{statement.id}"\nsentence = "{statement.refs[0].sentence}"\nstance = "warns"\nwhy = "quay"\n'
    )
    actor = '[[actor]]\nid = "merrow-foundation"\nname = "Merrow Foundation"\nrename = "Merrow"\nwhy = "Bellweather"\n'
    elsewhere = '[[source]]\npath = "elsewhere.txt"\nmark = "embargoed"\nwhy = "Wait."\n'
    misquoted = (
        '[[statement]]\nid = "st-0"\nsource = "hush/plan.md"\nsentence = "Merrow shut it."\nstance = "warns"\nwhy = "quay"\n'
    )
    (tmp_path / "corrections.toml").write_text(embargo + elsewhere + stance + misquoted + actor)
    previous = str(tmp_path / "out/brief.json")
    (tmp_path / "previous.json").write_bytes(Path(previous).read_bytes())
    settings = Settings(
        out=str(out),
        corrections=str(tmp_path / "corrections.toml"),
        previous=str(tmp_path / "previous.json"),
        since="2026-01-01",
        undated="include",
    )
    brief = build([tmp_path / "in"], settings).brief
    assert brief.withheld == 3
    for path in sorted(each for each in out.rglob("*") if each.is_file()):
        text = path.read_bytes().lower()
        assert not [word for word in SECRETS if word.lower().encode() in text], path.name


def test_a_document_with_passages_of_a_withheld_one_says_so(tmp_path: Path) -> None:
    passage = SECRET + " The board of the port met the buyers twice in the old customs house, and kept no minutes of it."
    write(tmp_path / "in", {"secret.txt": passage, "digest.txt": f"{passage}\n\n{'Iceland supports the harbour toll. ' * 30}"})
    (tmp_path / "corrections.toml").write_text('[[source]]\npath = "secret.txt"\nmark = "embargoed"\nwhy = "Wait."\n')
    brief = build([tmp_path / "in"], Settings(out=str(tmp_path / "out"), corrections=str(tmp_path / "corrections.toml"))).brief
    assert [note.code for note in brief.sources[0].notes if note.code == PASSAGES] == [PASSAGES]


def test_the_same_corrections_give_the_same_bytes(tmp_path: Path) -> None:
    listing = (CASES / "corrections/statements.test").read_text(encoding="utf-8").split("```")[5].partition("\n.\n")[0]
    corrected(listing, tmp_path)
    first = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    again = Settings(out=str(tmp_path / "again"), corrections=str(tmp_path / "corrections.toml"), jobs=2)
    build([tmp_path / "in"], again)
    assert first == {path.name: path.read_bytes() for path in (tmp_path / "again").iterdir()}


def test_a_position_says_that_it_was_corrected_in_both_forms(tmp_path: Path) -> None:
    files = {"a.txt": "Norway opposes the harbour toll.\n\nIceland supports the harbour toll.\n"}
    change = (
        '== corrections.toml\n[[statement]]\nid = "{st: Norway}"\nsentence = "Norway opposes the harbour toll."\n'
        'stance = "warns"\nwhy = "See the minutes & the <annex>."\n'
        '[[position]]\nid = "{po: Iceland: }"\nsentence = "Iceland supports the harbour toll."\n'
        'note = "Not *all* of it."\nwhy = "Mail."\n'
    )
    corrected("".join(f"== {name}\n{text}" for name, text in files.items()) + change, tmp_path)
    page, text = ((tmp_path / "out" / name).read_text(encoding="utf-8") for name in ("brief.html", "brief.md"))
    assert "<b>Corrected by the editor:</b> Stance: Warns (was: Opposes) · See the minutes &amp; the &lt;annex&gt;." in page
    assert "<b>Editor’s note:</b> Not *all* of it." in page
    assert "*Corrected by the editor:* Stance: Warns (was: Opposes) · See the minutes" in text
    assert r"*Editor’s note:* Not \*all\* of it." in text


# Properties

HOLDERS = ["Norway", "Chilean officials", "Iceland", "Peru"]
CONTENTS = ["the port fee", "a lower port fee for small vessels", "fishing quotas must be cut", "the night ferry"]
CLAIMS = st.tuples(st.sampled_from("abc"), st.sampled_from(HOLDERS), st.sampled_from(list(Stance)), st.sampled_from(CONTENTS))
ROWS = st.lists(CLAIMS, min_size=1, max_size=10, unique=True)
MADE_BY = Generator(name="briefgen", version="0", rules="0")
LEXICON = load([])


def brief_of(rows: Sequence[tuple[str, str, Stance, str]], corrections: Corrections | None = None) -> Brief:
    found = digests("\n".join(" | ".join(row) for row in rows))
    edits = Edits(corrections) if corrections else Edits()
    return compare(found, LEXICON, Settings(), generator=MADE_BY, edits=edits)


STRANGE = Corrections(
    statements=((1, StatementCorrection(id="st-0000000000", sentence="Wolves howl.", drop=True, why="x")),),
    actors=((2, ActorCorrection(id="zembla", name="Zembla", rename="Zubrowka", why="x")),),
    issues=((3, IssueCorrection(id="is-0000000000", label="Wolves", join=("Bears",), why="x")),),
)


@settings(max_examples=30, deadline=None)
@given(ROWS)
def test_corrections_that_match_nothing_change_nothing(rows: list[tuple[str, str, Stance, str]]) -> None:
    before, after = brief_of(rows), brief_of(rows, STRANGE)
    assert replace(after, corrections=()) == before
    assert {each.status for each in after.corrections} <= {"unmatched", "absent"}
    assert len(after.corrections) == 3


@settings(max_examples=30, deadline=None)
@given(ROWS, st.sampled_from(list(Stance)), st.data())
def test_a_correction_changes_its_own_statement_only(
    rows: list[tuple[str, str, Stance, str]], stance: Stance, data: st.DataObject
) -> None:
    before = brief_of(rows)
    chosen = data.draw(st.sampled_from(before.statements))
    entry = StatementCorrection(id=chosen.id, sentence=chosen.refs[0].sentence, stance=stance, why="x")
    after = brief_of(rows, Corrections(statements=((1, entry),)))
    stances = {each.id: each.stance for each in before.statements}
    assert {each.id: each.stance for each in after.statements} == {**stances, chosen.id: stance}
    assert {each.id: each.actor for each in after.statements} == {each.id: each.actor for each in before.statements}


@settings(max_examples=30, deadline=None)
@given(ROWS, st.data())
def test_what_is_dropped_is_nowhere(rows: list[tuple[str, str, Stance, str]], data: st.DataObject) -> None:
    before = brief_of(rows)
    chosen = data.draw(st.sampled_from(before.statements))
    entry = StatementCorrection(id=chosen.id, sentence=chosen.refs[0].sentence, drop=True, why="x")
    after = brief_of(rows, Corrections(statements=((1, entry),)))
    assert {each.id for each in after.statements} == {each.id for each in before.statements} - {chosen.id}
    assert not any(chosen.id in position.statements for position in after.positions)


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=40)


@given(TEXTS, TEXTS, TEXTS)
def test_what_is_written_is_read_again(sentence: str, why: str, comment: str) -> None:
    values = {"id": "st-0000000000", "sentence": sentence, "drop": True, "why": why}
    text = appended("# ours", as_toml([Entry("statement", comment, values), Entry("statement", comment, values)]))
    assert tomllib.loads(text) == {"statement": [values, values]}
    assert text.startswith("# ours\n")
