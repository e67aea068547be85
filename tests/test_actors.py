"""Who is behind a surface name: ``text``, a line ``--``, then surface names; out comes one line a name."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from casefile import Case, check, parametrize

from briefgen.compare.directory import Directory
from briefgen.compare.naming import Namer, vocabulary
from briefgen.compare.terms import words_of
from briefgen.lexicon import load

LEXICON = load([])
DIRECTORY = Directory(LEXICON.actor)
WORDS = vocabulary(LEXICON)


def run(source: str, info: str) -> str:
    text, _, surfaces = source.partition("\n--\n")
    namer = Namer(DIRECTORY, WORDS, text)
    lines = []
    for surface in surfaces.split("\n"):
        reading = namer.read(surface)
        told = f"{reading.name} ({reading.kind}{', ' + reading.parent if reading.parent else ''})" if reading else "-"
        lines.append(f"{surface} = {told}")
    return "\n".join(lines)


@parametrize("compare/actors")
def test_actors(case: Case, request: pytest.FixtureRequest) -> None:
    check(case, request, run)


def test_every_state_is_found_by_name_seat_and_people() -> None:
    states = [entry for entry in LEXICON.actor if entry.kind == "state"]
    assert len(states) >= 195
    for entry in states:
        for name in (entry.name, *entry.seats):
            assert DIRECTORY.named(name), name
        for adjective in entry.adjectives[:1]:
            reading = Namer(DIRECTORY, WORDS, "").read(f"{adjective} officials")
            assert reading, adjective
            assert reading.id == entry.id


def test_only_the_ambiguous_names_are_shared() -> None:
    holders: Counter[str] = Counter()
    for entry in LEXICON.actor:
        for name in {name.lower() for name in (entry.name, *entry.aliases, *entry.seats)}:
            holders[name] += 1
    assert sorted(name for name, count in holders.items() if count > 1) == ["congo", "korea"]


def test_short_acronyms_keep_their_case() -> None:
    assert DIRECTORY.named("US")
    assert not DIRECTORY.named("us")
    assert not list(DIRECTORY.hits(words_of("They told us who is in it.")))


def test_house_list_wins(tmp_path: Path) -> None:
    folder = tmp_path / "house"
    folder.mkdir()
    entry = 'id = "harbour"\nname = "Port of Lindholm"\nkind = "organization"\naliases = ["the Port"]\n'
    (folder / "actors.toml").write_text(f"[[actor]]\n{entry}", encoding="utf-8")
    reading = Namer(Directory(load([folder]).actor), WORDS, "").read("The Port")
    assert reading
    assert (reading.id, reading.name) == ("harbour", "Port of Lindholm")
