"""A page has room for so many positions: what matters most is shown, the rest is counted, and nothing points to nowhere."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path

import fisheries
import many
import pytest

from briefgen import pipeline
from briefgen.model.brief import Brief
from briefgen.model.findings import Stance
from briefgen.model.settings import Limits, Settings
from briefgen.render import mail, render
from briefgen.render.abridged import abridged
from briefgen.render.house import House
from briefgen.render.view import view

ROOM = 60


@cache
def brief(folder: Path) -> Brief:
    many.write(folder, 30)
    return pipeline.make([folder], Settings(out=str(folder.parent / "out")))


@pytest.fixture(scope="session")
def long(tmp_path_factory: pytest.TempPathFactory) -> Brief:
    return brief(tmp_path_factory.mktemp("many") / "documents")


def test_a_brief_that_has_room_is_shown_whole(long: Brief) -> None:
    short, left = abridged(long)
    assert short is long
    assert not any((left.positions, *left[1:]))


def test_what_is_left_out_is_counted(long: Brief) -> None:
    short, left = abridged(long, ROOM)
    assert len(short.positions) <= ROOM < len(long.positions)
    of_each = Counter(position.issue for position in short.positions) + Counter(left.positions)
    assert of_each == Counter(position.issue for position in long.positions)
    assert len(short.proposals) + left.proposals == len(long.proposals)
    assert len(short.agreements) + left.agreements == len(long.agreements)
    assert len(short.disagreements) + left.differences == len(long.disagreements)


def test_every_issue_has_a_part_and_a_stance_comes_before_a_statement(long: Brief) -> None:
    short, _ = abridged(long, ROOM)
    assert {position.issue for position in short.positions} == {position.issue for position in long.positions}
    kept = {position.id for position in short.positions}
    spoken_of = {(ref.source, ref.start) for each in long.disagreements for side in each.sides for ref in side.refs}
    for position in short.positions:
        if position.stance is Stance.STATES and not any((ref.source, ref.start) in spoken_of for ref in position.refs):
            dropped = [each for each in long.positions if each.issue == position.issue and each.id not in kept]
            assert all(each.stance is Stance.STATES for each in dropped)


def test_less_room_than_issues_leaves_one_of_each(long: Brief) -> None:
    short, _ = abridged(long, 1)
    assert all(count == 1 for count in Counter(position.issue for position in short.positions).values())


@pytest.mark.parametrize("form", ["html", "md"])
def test_the_page_says_what_it_has_no_room_for_and_no_link_dangles(long: Brief, form: str) -> None:
    page = render(long, form, House(most=ROOM))
    short, left = abridged(long, ROOM)
    told = sum(left.positions.values())
    assert f"{told:,} positions have no room here and stand in brief.json." in page.replace("\\", "")
    assert page.count("on this stand") + page.count("on this stands") == len(left.positions)
    assert f"{len(long.positions):,}" in page
    if form == "html":
        targets = set(re.findall(r' id="([^"]+)"', page))
        assert set(re.findall(r' href="#([^"]+)"', page)) <= targets
        assert page.count('<li id="po-') == len(short.positions)


def test_a_mail_counts_what_the_page_has_no_room_for_too(long: Brief) -> None:
    told = mail.shown(long, view(long, ROOM), House(most=ROOM), "", 10)
    assert told.cut.proposals == len(long.proposals) - len(told.brief.proposals)
    assert told.cut.positions == len(long.positions) - sum(len(issue.positions) for issue in told.brief.issues)


def test_the_room_is_a_setting(tmp_path: Path) -> None:
    many.write(tmp_path / "in", 12)
    settings = Settings(out=str(tmp_path / "out"), limits=Limits(positions=20))
    pipeline.build([tmp_path / "in"], settings)
    whole = pipeline.read_brief(tmp_path / "out/brief.json")
    page = (tmp_path / "out/brief.md").read_text()
    assert len(whole.positions) > 20
    assert f"{len(whole.positions) - 20} positions have no room here" in page


def test_what_has_changed_comes_first() -> None:
    whole = fisheries.brief()
    assert whole.changes
    for position in whole.positions:
        changes = replace(whole.changes, reversed=(position.id,), new=())
        short, _ = abridged(replace(whole, changes=changes), 1)
        assert position.id in {each.id for each in short.positions}


def test_the_bottom_line_keeps_its_positions(long: Brief) -> None:
    whole, short = view(long), view(long, ROOM)
    assert any(point.positions for point in whole.points)
    for one, two in zip(whole.points, short.points, strict=True):
        assert {each.anchor for each in one.positions} == {each.anchor for each in two.positions}


def test_new_positions_that_have_no_room_are_counted() -> None:
    whole = fisheries.brief()
    short, _ = abridged(whole, 1)
    assert whole.changes
    missing = set(whole.changes.new) - {position.id for position in short.positions}
    assert len(missing) == 1
    assert "1 more new or changed position stands in brief.json." in render(whole, "md", House(most=1)).replace("\\", "")
