"""The fuzzer of ``benchmarks``: what it asks holds of its seeds, it tells what does not, and it changes what it is given."""

from __future__ import annotations

import random
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from documents import only
from office import docx, p

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import invariants, mutation, targets  # noqa: E402
from benchmarks.fuzz import Trials  # noqa: E402
from briefgen.model.base import Note  # noqa: E402
from briefgen.render import sandbox  # noqa: E402

SAID = b"The reeve of Ostholm said that the sluice must stay shut."


@pytest.fixture(autouse=True)
def _no_allowance_of_the_fuzzer_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ALLOWANCE", "MORE", "MOST_AT_ONCE"):
        monkeypatch.setattr(sandbox, name, getattr(sandbox, name))


@pytest.mark.parametrize("name", targets.OTHERS)
def test_what_is_asked_holds_of_seeds(name: str) -> None:
    for seed in sorted(targets.seeds(name, ROOT))[::40]:
        targets.TARGETS[name](seed)


def test_there_is_a_target_for_each_parser() -> None:
    assert targets.TARGETS["text"](SAID) == len(SAID)
    assert targets.TARGETS["word"](docx(p("The sluice stays shut."))) > 20
    assert targets.TARGETS["pdf"](b"%PDF-1.4 and no more") == 0


def test_a_fault_is_kept_once_with_what_brought_it_out(tmp_path: Path) -> None:
    trials = Trials("text", tmp_path)
    trials.run = lambda data: 1 // len(data.strip(b"!"))
    for data in (b"well", b"!", b"!!"):
        trials(data)
    (kept,) = tmp_path.glob("*.txt")
    assert kept.with_suffix("").read_bytes() == b"!"
    assert kept.read_text().startswith("ZeroDivisionError")


def test_what_does_not_hold_is_told() -> None:
    document = only("x.txt", SAID)
    with pytest.raises(AssertionError):
        invariants.check_document(replace(document, notes=(Note(code="odd", message="", start=5, end=900),)))
    with pytest.raises(AssertionError):
        invariants.check_page("<p><iframe></iframe>")
    with pytest.raises(AssertionError):
        invariants.check_page('<p onclick="go()">')


def test_an_archive_is_changed_inside() -> None:
    whole, chance = docx(p("The sluice stays shut.")), random.Random(5)
    words = mutation.vocabulary([whole])
    assert b"sluice" in words
    changed = [mutation.mutated(whole, 20_000, chance, words, lambda data, _: data[1:]) for _ in range(20)]
    opened = [members for members in map(mutation.unpacked, changed) if members]
    assert len(opened) > 10
    assert len({members.get("word/document.xml") for members in opened}) > 1
