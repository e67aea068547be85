"""Lexicons: how folders are put together, how a mistake is told, and that every built-in entry is in order."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from briefgen import lexicon
from briefgen.editing.catalogue import open_catalogue
from briefgen.editing.conflicts import conflicts
from briefgen.editing.examples import Bench, failures
from briefgen.extract.cues import GRAMMAR
from briefgen.model.errors import UsageError
from briefgen.model.lexicon import Lexicon, Rule

RUSTANIA = '[[actor]]\nid = "rustania"\nname = "Rustania"\nkind = "state"\nseats = ["Ferrograd"]\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "words").mkdir()
    return tmp_path / "words"


def load(folder: Path, *texts: str) -> Lexicon:
    for number, text in enumerate(texts):
        (folder / f"{number}.toml").write_text(text)
    return lexicon.load([folder])


def mistake(folder: Path, *texts: str) -> UsageError:
    with pytest.raises(UsageError) as caught:
        load(folder, *texts)
    return caught.value


def test_a_new_entry_is_added_before_ours(folder: Path) -> None:
    ours, theirs = lexicon.load(), load(folder, RUSTANIA)
    assert theirs.actor[1:] == ours.actor
    assert theirs.actor[0].seats == ("Ferrograd",)
    assert lexicon.fingerprint(ours) != lexicon.fingerprint(theirs)


def test_a_known_entry_is_replaced_in_its_place(folder: Path) -> None:
    ours = lexicon.load()
    entry = ours.actor[3]
    theirs = load(folder, f'[[actor]]\nid = "{entry.id}"\nname = "Another"\nkind = "group"\n')
    assert [actor.id for actor in theirs.actor] == [actor.id for actor in ours.actor]
    assert theirs.actor[3].name == "Another"


def test_an_entry_is_dropped(folder: Path) -> None:
    ours = lexicon.load()
    theirs = load(folder, f'drop = ["{ours.verb[0].id}"]\n')
    assert theirs.verb == ours.verb[1:]


def test_a_later_folder_goes_before_an_earlier_one(tmp_path: Path) -> None:
    for name, kind in (("one", "state"), ("two", "group")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.toml").write_text(RUSTANIA.replace('"state"', f'"{kind}"'))
    assert lexicon.load([tmp_path / "one", tmp_path / "two"]).actor[0].kind == "group"


def test_dropping_what_is_not_there_names_the_nearest(folder: Path) -> None:
    known = lexicon.load().actor[0].id
    error = mistake(folder, f'# ours\ndrop = ["{known}x"]\n')
    assert (error.code, error.line, error.hint) == ("unknown-id", 2, known)


def test_a_wrong_key_has_file_line_entry_and_the_right_name(folder: Path) -> None:
    error = mistake(folder, RUSTANIA + '\n[[actor]]\nid = "b"\nname = "B"\nkind = "state"\nalias = ["Bee"]\n')
    assert error.file.endswith("0.toml")
    assert (error.line, error.hint) == (11, "aliases")
    assert "[[actor]] 'b'" in error.message


def test_a_wrong_kind_of_entry_names_the_right_one(folder: Path) -> None:
    assert mistake(folder, RUSTANIA.replace("[[actor]]", "[[actors]]")).hint == "actor"


def test_a_rule_without_examples_is_refused(folder: Path) -> None:
    error = mistake(folder, '[[status]]\nid = "x"\npattern = "agreed"\nstatus = "accepted"\n')
    assert (error.code, error.line) == ("missing-key", 1)
    assert "examples" in error.message


def test_a_pattern_that_is_none_is_refused(folder: Path) -> None:
    error = mistake(folder, '[[status]]\nid = "x"\nexamples = ["a"]\npattern = "(agreed"\nstatus = "accepted"\n')
    assert (error.code, error.line) == ("bad-pattern", 4)


def test_the_same_id_twice_in_a_folder_is_refused(folder: Path) -> None:
    assert mistake(folder, RUSTANIA, RUSTANIA).code == "duplicate-id"


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nowhere"):
        lexicon.load([tmp_path / "nowhere"])


def test_built_in_ids_are_names() -> None:
    words = lexicon.load()
    for kind in Lexicon.model_fields:
        for entry in getattr(words, kind):
            assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", entry.id), f"[[{kind}]] {entry.id}"


BENCH = Bench(lexicon.load())
RULES = [entry for kind in Lexicon.model_fields for entry in getattr(BENCH.lexicon, kind) if isinstance(entry, Rule)]


@pytest.mark.parametrize("rule", [*RULES, *GRAMMAR.values()], ids=lambda rule: rule.id)
def test_built_in_rules_read_their_examples(rule: Rule) -> None:
    assert [str(failure) for failure in failures(rule, BENCH)] == []


def test_built_in_entries_have_no_conflicts() -> None:
    assert [str(conflict) for conflict in conflicts(open_catalogue(()))] == []


def test_every_entry_is_found_on_its_line() -> None:
    catalogue = open_catalogue(())
    for kind, entry in catalogue.entries():
        file, _, line = catalogue.place(kind, entry.id).rpartition(":")
        assert f'id = "{entry.id}"' in Path(file).read_text().split("\n")[int(line) - 1]


def test_built_in_rules_hold_no_word_twice() -> None:
    words = lexicon.load()
    for kind in Lexicon.model_fields:
        for entry in getattr(words, kind):
            if isinstance(entry, Rule):
                for name in ("verbs", "nouns", "adjectives", "lines", "headers", "examples"):
                    twice = [word for word, count in Counter(getattr(entry, name, ())).items() if count > 1]
                    assert not twice, f"[[{kind}]] {entry.id}: {name} {twice}"
