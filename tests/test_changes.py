"""What changed, beyond positions: renamed actors, proposals; and how it is shown. Cases are in cases/compare/briefs/changes."""

from __future__ import annotations

from dataclasses import replace

import fisheries
import pytest
from fisheries import ident

from briefgen.compare import what_changed
from briefgen.lexicon import load
from briefgen.model.brief import Actor, Brief, BriefProposal, Strength
from briefgen.model.changes import Changes, EarlierName
from briefgen.model.findings import Stance, Status
from briefgen.model.lexicon import ActorEntry, Lexicon
from briefgen.render import render, render_changes

LEXICON = load([])
SAME = fisheries.brief(changes=None)
ACTION = "A closed season of two months in the spawning grounds"


def renamed(actor: Actor) -> Brief:
    """The brief in which the boat owners' union is ``actor``."""
    actors = tuple(actor if each.id == "union" else each for each in SAME.actors)
    positions = tuple(
        replace(each, actor=actor.id, id=f"{each.id}0") if each.actor == "union" else each for each in SAME.positions
    )
    return replace(SAME, actors=actors, positions=positions)


def entered(aliases: tuple[str, ...]) -> Lexicon:
    entry = ActorEntry(id="fleet", name="Fleet Federation", kind="organization", aliases=aliases)
    return LEXICON.model_copy(update={"actor": (*LEXICON.actor, entry)})


FLEET = Actor(id="fleet", name="Fleet Federation", kind="organization")
KNOWN = replace(FLEET, aliases=("Boat Owners' Union",))


@pytest.mark.parametrize(
    ("actor", "lexicon"), [(FLEET, entered(("Boat Owners' Union",))), (KNOWN, LEXICON)], ids=["entered", "alias in common"]
)
def test_a_renamed_actor_has_the_same_positions(actor: Actor, lexicon: Lexicon) -> None:
    changes = what_changed(SAME, renamed(actor), lexicon)
    assert [changes.new, changes.not_repeated, changes.earlier] == [(), (), ()]
    assert changes.actors.renamed == (EarlierName(id="union", name="The Boat Owners' Union", became="fleet"),)
    assert [changes.actors.new, changes.actors.gone] == [(), ()]


def test_another_name_that_nothing_ties_to_the_old_one_is_another_actor() -> None:
    changes = what_changed(SAME, renamed(FLEET), LEXICON)
    assert changes.actors.new == ("fleet",)
    assert [each.name for each in changes.actors.gone] == ["The Boat Owners' Union"]
    assert len(changes.new) == len(changes.not_repeated) > 0
    assert not changes.reversed


def test_a_name_that_two_actors_bear_ties_nobody() -> None:
    other = replace(KNOWN, id="guild", name="Guild")
    brief = renamed(KNOWN)
    assert what_changed(SAME, replace(brief, actors=(*brief.actors, other)), LEXICON).actors.renamed == ()


def test_unnamed_people_are_never_those_of_last_week_under_another_id() -> None:
    actors = tuple(replace(each, id="envoys") if each.id == "diplomats" else each for each in SAME.actors)
    positions = tuple(
        replace(each, actor="envoys", id=f"{each.id}0") if each.actor == "diplomats" else each for each in SAME.positions
    )
    changes = what_changed(SAME, replace(SAME, actors=actors, positions=positions), LEXICON)
    assert len(changes.new) == len(changes.not_repeated) == 1
    assert changes.actors == Changes(against=changes.against).actors


def proposed(action: str, status: Status, by: str = "skerry") -> Brief:
    made = BriefProposal(
        id=ident("pr", action, by), action=action, status=status, by=(by,), origin="prose", refs=(fisheries.SEASON,)
    )
    return replace(SAME, proposals=(made,))


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("proposed", "accepted", "moved"),
        ("contested", "accepted", "moved"),
        ("accepted", "rejected", "moved"),
        ("accepted", "in_force", "moved"),
        ("proposed", "contested", "moved"),
        ("contested", "under_discussion", "moved"),
        ("proposed", "proposed", "unchanged"),
        ("contested", "proposed", "unchanged"),
        ("accepted", "proposed", "unchanged"),
        ("accepted", "contested", "unchanged"),
        ("rejected", "under_discussion", "unchanged"),
        ("in_force", "accepted", "unchanged"),
        ("accepted", "unknown", "unchanged"),
    ],
)
def test_a_status_has_moved_where_the_sources_say_more(before: str, after: str, kind: str) -> None:
    changes = what_changed(proposed(ACTION, Status(before)), proposed(ACTION, Status(after)), LEXICON).proposals
    assert getattr(changes, kind) == (ident("pr", ACTION, "skerry"),)
    told = [(each.status, each.became is None) for each in changes.earlier]
    assert told == ([(Status(before), False)] if kind == "moved" else [])


@pytest.mark.parametrize(
    ("action", "by", "is_same"),
    [
        ("a closed season of two months in the spawning grounds off the cape", "skerry", True),
        ("A closed season of two months", "skerry", True),
        ("A closed season of three months in the spawning grounds", "skerry", False),
        ("No closed season of two months in the spawning grounds", "skerry", False),
        ("A closed season of two months in the spawning grounds", "norland", False),
        ("Observers on large vessels", "skerry", False),
    ],
)
def test_a_proposal_is_the_same_in_other_words(action: str, by: str, is_same: bool) -> None:
    old, new = proposed(ACTION, Status.PROPOSED), proposed(action, Status.ACCEPTED, by)
    changes = what_changed(old, new, LEXICON).proposals
    assert bool(changes.moved) == is_same
    assert bool(changes.new) == bool(changes.not_repeated) == (not is_same)


def turned() -> Brief:
    """The brief against one in which the first actor to oppose something supported it, with a sentence that must be escaped."""
    position = next(each for each in SAME.positions if each.stance == "opposes")
    statements = [
        replace(
            each,
            id=f"{each.id}0",
            stance="supports",
            refs=(replace(each.refs[0], sentence="Norland <b>backs</b> the [cut](x:y) & more."),),
        )
        if each.id in position.statements
        else each
        for each in SAME.statements
    ]
    before = replace(
        position,
        id="po-00000000aa",
        stance=Stance.SUPPORTS,
        statements=tuple(f"{each}0" for each in position.statements),
        strength=Strength(sources=1, statements=1),
    )
    positions = [before if each.id == position.id else each for each in SAME.positions]
    old = replace(SAME, positions=tuple(positions), statements=tuple(statements), title="Before")
    return replace(SAME, changes=what_changed(old, SAME, LEXICON))


def test_a_reversal_is_shown_with_both_sentences_and_where_they_stand() -> None:
    brief = turned()
    assert brief.changes
    (now,) = brief.changes.reversed
    (was,) = brief.changes.earlier
    assert [was.became, was.stance] == [now, "supports"]
    page, notes, alone = render(brief, "html"), render(brief, "md"), render_changes(brief)
    section = page[page.index('<section id="changes"') : page.index('<section id="matrix"')]
    assert "Norland &lt;b&gt;backs&lt;/b&gt; the [cut](x:y) &amp; more." in section
    assert section.index("Earlier brief</span>") < section.index("backs") < section.index("Now</span>")
    assert f'href="#{now}"' in section
    for text in (notes, alone):
        assert "\\<b\\>backs" in text or "&lt;b&gt;backs" in text or "\\<b>backs" in text
        assert was.place.path.replace("_", "\\_") in text
    assert "](#p" in notes[: notes.index("## Who stands where")]
    assert "](#p" not in alone


def test_a_brief_with_other_rules_says_so() -> None:
    other = replace(SAME, generator=replace(SAME.generator, rules="1111111111"))
    for old, is_said in ((other, True), (SAME, False)):
        brief = replace(SAME, changes=what_changed(old, SAME, LEXICON))
        assert all(("made with other rules" in text) == is_said for text in (render(brief, "html"), render(brief, "md")))
