"""Four weeks of a harbour town, each compared with the one before: what is planted is found, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from harbour import HERE, PLANTED, WEEKS, build, lexicons, read

from briefgen import cli, digesting, pipeline
from briefgen.compare import what_changed
from briefgen.model.brief import OTHER_ISSUE, Brief, Position
from briefgen.model.changes import Changes, EarlierPosition
from briefgen.model.settings import Settings


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("weeks")
    for week in WEEKS:
        build(made, week)
    return made


class Told:
    """The changes of a brief in the words of ``weeks.toml``."""

    def __init__(self, brief: Brief) -> None:
        assert brief.changes
        self.brief, self.changes = brief, brief.changes
        self.names = {actor.id: actor.name for actor in brief.actors}
        self.labels = {issue.id: issue.label for issue in brief.issues}
        self.positions = {position.id: position for position in brief.positions}
        self.was = {each.became: each for each in self.changes.earlier}

    def line(self, position: Position) -> str:
        label = position.quote if position.issue == OTHER_ISSUE else self.labels[position.issue]
        return f"{self.names[position.actor]} | {position.stance} | {label}"

    def turned(self, position: Position) -> str:
        return self.line(position).replace("| ", f"| {self.was[position.id].stance} -> ", 1)

    def grown(self, position: Position) -> str:
        return f"{self.line(position)} | {self.was[position.id].sources} -> {position.strength.sources}"

    def silent(self, earlier: EarlierPosition) -> str:
        return f"{earlier.name} | {earlier.stance} | {earlier.quote if earlier.issue == OTHER_ISSUE else earlier.label}"

    def all(self) -> dict[str, list[str]]:
        found = {
            "new": [self.line(self.positions[each]) for each in self.changes.new],
            "strengthened": [self.grown(self.positions[each]) for each in self.changes.strengthened],
            "reversed": [self.turned(self.positions[each]) for each in self.changes.reversed],
            "moved": [self.turned(self.positions[each]) for each in self.changes.moved],
            "not_repeated": [self.silent(each) for each in self.changes.earlier if not each.became],
            "proposals_moved": [self.decided(each) for each in self.changes.proposals.moved],
            "actors_new": [self.names[each] for each in self.changes.actors.new],
            "actors_gone": [each.name for each in self.changes.actors.gone],
            "renamed": [f"{each.name} -> {self.names[each.became or '']}" for each in self.changes.actors.renamed],
            "issues_new": [self.labels[each] for each in self.changes.issues.new],
            "issues_gone": [each.name for each in self.changes.issues.gone],
            "issues_renamed": [each.name for each in self.changes.issues.renamed],
            "proposals_new": list(self.changes.proposals.new),
            "proposals_not_repeated": list(self.changes.proposals.not_repeated),
        }
        return {kind: sorted(lines) for kind, lines in found.items() if lines}

    def decided(self, proposal: str) -> str:
        now = next(each for each in self.brief.proposals if each.id == proposal)
        was = next(each for each in self.changes.proposals.earlier if each.became == proposal)
        return f"{', '.join(was.by)} | {was.status} -> {now.status} | {self.labels[now.issues[0]]}"


def is_planted(found: str, planted: str) -> bool:
    """Whether a line is the planted one: the same cells, and the word for the issue in its label or quote."""
    cells = list(zip(found.split(" | "), planted.split(" | "), strict=True))
    return all(one == two or (at == 2 and two in one.lower()) for at, (one, two) in enumerate(cells))


@pytest.mark.parametrize("week", WEEKS[1:])
def test_every_planted_change_is_found_and_nothing_else(folder: Path, week: str) -> None:
    brief, planted = read(folder, week), PLANTED[week]
    found = Told(brief).all()
    assert {kind: len(lines) for kind, lines in found.items()} == {kind: len(lines) for kind, lines in planted.items()}
    for kind, lines in planted.items():
        for line in lines:
            near = found[kind] if "|" in line else [each.lower() for each in found[kind]]
            same = [each for each in near if (is_planted(each, line) if "|" in line else line.lower() in each)]
            assert same, (kind, line, found[kind])
    told = [each for kind in ("new", "strengthened", "reversed", "moved", "unchanged") for each in getattr(brief.changes, kind)]
    assert sorted(told) == sorted(position.id for position in brief.positions)


def test_built_again_from_scratch_the_weeks_have_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    for week in WEEKS:
        build(tmp_path, week)
        for name in ("brief.json", "brief.html", "brief.md"):
            assert (tmp_path / week / name).read_bytes() == (folder / week / name).read_bytes(), (week, name)


@pytest.mark.parametrize("week", WEEKS[1:])
def test_a_brief_made_alone_and_compared_later_tells_the_same(folder: Path, week: str, tmp_path: Path) -> None:
    """``diff`` of briefs that know nothing of each other tells the same changes under other ids."""
    before = read(folder, WEEKS[WEEKS.index(week) - 1])
    settings = Settings(out=str(tmp_path / week), lexicons=lexicons(week))
    alone = pipeline.build([HERE / "weeks" / week], settings).brief
    changes = what_changed(before, alone, digesting.load_lexicon(lexicons(week)))
    built = read(folder, week).changes
    assert built
    assert [sizes(changes), kinds(changes)] == [sizes(built), kinds(built)]


def sizes(changes: Changes) -> dict[str, int]:
    names = ("new", "strengthened", "reversed", "moved", "not_repeated", "unchanged")
    return {name: len(getattr(changes, name)) for name in names}


def kinds(changes: Changes) -> list[tuple[str, str, str, bool]]:
    return sorted((each.name, each.stance, each.quote, each.became is None) for each in changes.earlier)


@pytest.mark.parametrize("week", WEEKS)
def test_a_week_against_itself_has_no_change(folder: Path, week: str) -> None:
    brief = read(folder, week)
    changes = what_changed(brief, brief, digesting.load_lexicon(()))
    assert changes.unchanged == tuple(position.id for position in brief.positions)
    assert changes == Changes(against=changes.against, unchanged=changes.unchanged, proposals=changes.proposals)
    assert not changes.proposals.earlier
    assert not changes.proposals.new


def test_issues_keep_ids_and_labels_over_all_weeks(folder: Path) -> None:
    known: dict[str, str] = {}
    for week in WEEKS:
        labels = {issue.id: issue.label for issue in read(folder, week).issues}
        assert labels.items() >= {name: known[name] for name in labels.keys() & known.keys()}.items()
        known |= labels
    assert len(set(known.values())) == len(known) == 6  # four of the first week, the scanner, other matters


def test_a_correction_holds_in_the_weeks_after_it(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bitter "welcomes .. like a hole in the hull" is put right once; the week after it stands in other words elsewhere."""
    monkeypatch.chdir(tmp_path)
    (misread,) = [each for each in read(folder, "2026-W45").statements if "hole in the hull" in each.content]
    told = ["correct", misread.id, "--stance", "opposes", "--why", "A hole in the hull is no welcome."]
    assert cli.run([*told, "--brief", str(folder / "2026-W45" / "brief.json")]) == 0
    held = {}
    for week in WEEKS:
        brief = build(tmp_path, week, corrections="corrections.toml")
        held[week] = [each.status for each in brief.corrections], _on_levy(brief, "Norrholm Terminals")
    assert held == {
        "2026-W44": (["absent"], []),
        "2026-W45": (["applied"], ["opposes, new"]),
        "2026-W46": (["reworded"], ["opposes, unchanged"]),
        "2026-W47": (["absent"], []),
    }


def _on_levy(brief: Brief, name: str) -> list[str]:
    (actor,) = [each.id for each in brief.actors if each.name == name]
    (issue,) = [each.id for each in brief.issues if "levy" in each.label.lower()]
    return [f"{each.stance}, {each.change}" for each in brief.positions if each.actor == actor and each.issue == issue]
