"""More claims than there is room for: what most documents speak of is taken whole, the rest is counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefgen import pipeline
from briefgen.cli import show
from briefgen.model.base import from_json, to_json
from briefgen.model.brief import Brief, LeftOut
from briefgen.model.errors import BriefgenError
from briefgen.model.settings import Limits, Settings
from briefgen.outcome import outcome_of
from briefgen.render import render
from briefgen.store import Store

FEE = (
    "Norway rejected the harbour fee. Denmark welcomed the harbour fee.",
    "Sweden opposes the harbour fee. Finland supports the harbour fee.",
    "Norway warned that the harbour fee would close the yards.",
)
TAX = ("Chile rejected the milk tax.", "Peru welcomed the milk tax.")
FUND = ("Ghana demanded a school fund. Ghana welcomed the drought relief on 3 March 2026.",)
ROOM_FOR_FEE = 5


@pytest.fixture
def week(tmp_path: Path) -> Path:
    """Six documents: three speak of a fee, two of a tax, one of a fund."""
    folder = tmp_path / "week"
    folder.mkdir()
    for at, text in enumerate([*FUND, *TAX, *FEE]):
        (folder / f"{at}.txt").write_text(f"Note {at}\n\n1{at} March 2026\n\n{text}\n")
    return folder


def made(week: Path, room: int, store: Store | None = None, **chosen: object) -> Brief:
    settings = {"out": str(week.parent / "out"), "limits": Limits(statements=room)} | chosen
    return pipeline.make([week], Settings.model_validate(settings), store=store).brief


def contents(brief: Brief) -> set[str]:
    return {each.content for each in brief.statements}


def test_where_there_is_room_everything_is_told(week: Path) -> None:
    assert made(week, 1000).left_out is None
    assert len(made(week, 1000).statements) == 9


def test_what_most_documents_speak_of_is_told_whole_and_the_rest_is_counted(week: Path) -> None:
    brief = made(week, ROOM_FOR_FEE)
    assert len(brief.statements) + len(brief.proposals) <= ROOM_FOR_FEE
    assert all("harbour fee" in content for content in contents(brief))
    assert len(brief.statements) == 5
    everything = made(week, 1000)
    assert brief.left_out == LeftOut(
        statements=len(everything.statements) - 5,
        proposals=len(everything.proposals),
        events=len(everything.timeline) - len(brief.timeline),
        documents=3,
    )
    assert [each.path for each in brief.sources] == [each.path for each in everything.sources]


def test_a_claim_that_is_taken_reads_as_it_would_in_the_whole_brief(week: Path) -> None:
    def told(brief: Brief) -> set[str]:
        """Statements without their issues, which are found among what is taken."""
        return {to_json(each, exclude={"issues"}) for each in brief.statements}

    assert told(made(week, ROOM_FOR_FEE)) < told(made(week, 1000))


def test_only_those_speak_of_whom_something_is_told(week: Path) -> None:
    assert {actor.name for actor in made(week, ROOM_FOR_FEE).actors} == {"Norway", "Denmark", "Sweden", "Finland"}


def test_the_last_matter_that_there_is_room_for_is_taken_in_the_order_of_paths(week: Path) -> None:
    assert contents(made(week, ROOM_FOR_FEE + 1)) - contents(made(week, ROOM_FOR_FEE)) == {"the milk tax"}
    assert {each.actor for each in made(week, ROOM_FOR_FEE + 1).statements} >= {"chile"}


def test_what_the_earlier_brief_spoke_of_comes_first(week: Path) -> None:
    earlier = week.parent / "brief.json"
    fund = week.parent / "earlier"
    fund.mkdir()
    (fund / "a.txt").write_text("Note\n\n1 March 2026\n\nGhana demanded a school fund. Kenya opposes the school fund.\n")
    earlier.write_text(to_json(made(fund, 1000)))
    brief = made(week, ROOM_FOR_FEE, previous=str(earlier))
    assert any("school fund" in content for content in contents(brief))


def test_documents_of_other_days_take_no_room(week: Path) -> None:
    brief = made(week, 2, since="2026-03-11", until="2026-03-12")
    assert brief.left_out is None
    assert contents(brief) == {"the milk tax"}


def test_embargoed_documents_take_no_room_and_are_not_counted(week: Path) -> None:
    entries = "".join(f'[[source]]\npath = "{at}.txt"\nmark = "embargoed"\nwhy = "Wait."\n' for at in (3, 4, 5))
    (week.parent / "corrections.toml").write_text(entries)
    brief = made(week, 2, corrections=str(week.parent / "corrections.toml"))
    assert contents(brief) == {"the milk tax"}
    assert brief.withheld == 3
    assert brief.left_out
    assert brief.left_out.documents == 1


def test_a_copy_is_known_as_one_though_nothing_of_it_is_told(week: Path) -> None:
    long = "Kenya welcomed the road toll. " + " ".join(
        f"It was said in part {n} of the long account of the valley." for n in range(9)
    )
    for name in ("8.txt", "9.txt"):
        (week / name).write_text(f"Road\n\n{long}\n")
    brief = made(week, ROOM_FOR_FEE)
    assert brief.sources[-1].duplicate_of == brief.sources[-2].id
    assert "kenya" not in {each.actor for each in brief.statements}


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_bytes_are_the_same_with_a_cache_and_with_several_processes(week: Path, jobs: int) -> None:
    plain = to_json(made(week, ROOM_FOR_FEE))
    store = Store(week.parent / "kept", 10_000_000)
    first = to_json(made(week, ROOM_FOR_FEE, store, jobs=jobs))
    store.close()
    store = Store(week.parent / "kept", 10_000_000)
    (week / "5.txt").write_text((week / "5.txt").read_text() + " ")
    (week / "5.txt").write_text((week / "5.txt").read_text()[:-1])
    assert first == plain == to_json(made(week, ROOM_FOR_FEE, store))
    assert from_json(Brief, plain) == made(week, ROOM_FOR_FEE)


def test_without_a_place_for_what_is_laid_aside_the_build_says_so(week: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full() -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("briefgen.digesting.gathering.TemporaryFile", full)
    with pytest.raises(BriefgenError, match="TMPDIR"):
        made(week, ROOM_FOR_FEE)


@pytest.mark.parametrize("form", ["md", "html"])
def test_the_page_and_the_terminal_tell_how_much_there_was_no_room_for(week: Path, form: str) -> None:
    brief = made(week, ROOM_FOR_FEE)
    assert brief.left_out
    claims = brief.left_out.statements + brief.left_out.proposals
    assert f"There was no room for {claims} claims" in render(brief, form)
    lines = "\n".join(show.built(outcome_of(brief), Path("out"), ("md",)))
    assert f"No room for {brief.left_out.statements} statements" in lines
    assert "There was no room" not in render(made(week, 1000), form)
