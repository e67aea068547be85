"""Statements in, sections of a brief out. The word behind the fence says which section a case shows."""

from __future__ import annotations

from dataclasses import replace

import pytest
from casefile import Case, check, parametrize
from hypothesis import given, settings
from hypothesis import strategies as st
from trial import digests

from briefgen.compare import compare
from briefgen.compare.kinship import find_kinship
from briefgen.compare.likeness import Likeness
from briefgen.compare.phrases import Key, grammar
from briefgen.compare.standalone import openers, stands_alone
from briefgen.compare.terms import stem
from briefgen.lexicon import load
from briefgen.model.brief import Brief, Generator
from briefgen.model.findings import Digest, Stance
from briefgen.model.lexicon import IssueEntry, Lexicon
from briefgen.model.settings import Settings

LEXICON = load([])
GRAMMAR = grammar(LEXICON)
MADE_BY = Generator(name="briefgen", version="0", rules="0")


def brief_of(found: list[Digest], lexicon: Lexicon = LEXICON, previous: Brief | None = None) -> Brief:
    return compare(found, lexicon, Settings(), previous=previous, generator=MADE_BY)


def run(source: str, info: str) -> str:
    now, _, before = source.partition("\n== before\n")
    brief = brief_of(digests(now), previous=brief_of(digests(before)) if before else None)
    return "\n".join(SECTIONS[info](brief))


def _names(brief: Brief, ids: tuple[str, ...]) -> str:
    names = {actor.id: actor.name for actor in brief.actors}
    return ", ".join(names[each] for each in ids)


def _labels(brief: Brief) -> dict[str, str]:
    return {issue.id: issue.label for issue in brief.issues}


def _issues(brief: Brief) -> list[str]:
    lines = []
    for issue in brief.issues:
        held = [statement.content for statement in brief.statements if issue.id in statement.issues]
        lines += [f"{issue.label}{' !' if issue.contested else ''}", *(f"  {content}" for content in held)]
    return lines


def _positions(brief: Brief) -> list[str]:
    labels = _labels(brief)
    return [
        " | ".join(
            (
                *(_names(brief, (p.actor,)), p.stance, labels[p.issue]),
                *(f"{p.strength.sources}/{p.strength.statements}", p.voice, p.quote),
            )
        )
        for p in brief.positions
    ]


def _contrast(brief: Brief) -> list[str]:
    labels = _labels(brief)
    lines = [f"agree | {labels[a.issue]} | {a.what} | {_names(brief, a.actors)}" for a in brief.agreements]
    for difference in brief.disagreements:
        lines.append(f"differ | {difference.kind} | {labels[difference.issue]}")
        lines += [
            f"  {s.label or '-'} | {s.stance or '-'} | {_names(brief, s.actors)} | {', '.join(s.sources)}"
            for s in difference.sides
        ]
    return lines


def _changes(brief: Brief) -> list[str]:
    """Each position with what became of it, what it was before, and what is not repeated; then whatever else changed."""
    changes, labels = brief.changes, _labels(brief)
    assert changes
    was = {
        each.became: f" | was {'hedged, ' * each.hedged}{each.stance}: {each.quote}" for each in changes.earlier if each.became
    }
    lines = [
        f"{p.change} | {_names(brief, (p.actor,))} | {p.stance} | {labels[p.issue]}{was.get(p.id, '')}" for p in brief.positions
    ]
    lines += [f"not repeated | {e.name} | {e.stance} | {e.label} | {e.quote}" for e in changes.earlier if not e.became]
    for what, found in (("actor", changes.actors), ("issue", changes.issues)):
        names = {actor.id: actor.name for actor in brief.actors} | labels
        lines += [f"{what} came | {names[each]}" for each in found.new]
        lines += [f"{what} gone | {each.name}" for each in found.gone]
        lines += [f"{what} renamed | {each.name} -> {names[each.became or '']}" for each in found.renamed]
    return lines


def _points(brief: Brief) -> list[str]:
    return [point.text for point in brief.key_points]


def _sources(brief: Brief) -> list[str]:
    return [f"{s.id} {s.path} {s.duplicate_of or '-'} {s.contained_in or '-'}" for s in brief.sources]


SECTIONS = {
    "issues": _issues,
    "positions": _positions,
    "contrast": _contrast,
    "changes": _changes,
    "points": _points,
    "sources": _sources,
}


@parametrize("compare/briefs")
def test_sections(case: Case, request: pytest.FixtureRequest) -> None:
    check(case, request, run)


@pytest.mark.parametrize("but", ["none", "not"])
def test_taxonomy_comes_first_and_is_final(but: str) -> None:
    entry = IssueEntry.model_validate({"id": "quota", "label": "Quotas", "any": ("catch quota",), but: ("milk",)})
    found = digests(
        "a | Norway | opposes | the catch quotas for cod\n"
        "a | Iceland | supports | a catch quota for milk\n"
        "b | Peru | demands | a lower catch quota"
    )
    brief = brief_of(found, LEXICON.model_copy(update={"issue": (entry,)}))
    assert [issue.label for issue in brief.issues if issue.origin == "taxonomy"] == ["Quotas"]
    assert [statement.issues == ("quota",) for statement in brief.statements] == [True, False, True]


def test_issue_ids_last_from_week_to_week() -> None:
    week = "a | Norway | opposes | the port fee\nb | Iceland | supports | the port fee"
    first, second = brief_of(digests(week)), brief_of(digests(week + "\nc | Peru | demands | a lower port fee"))
    assert _labels(first).items() <= _labels(second).items()


Row = tuple[str, str, str, str]
HOLDERS = st.sampled_from(["Norway", "Chilean officials", "some analysts", "the WHO", "Mayor Lind", "The debate", ""])
STANCES = st.sampled_from([stance.value for stance in Stance])
CONTENTS = st.sampled_from(
    [
        "the port fee",
        "a lower port fee for small vessels",
        "fishing quotas must be cut",
        "such quotas harm coastal towns",
        "loans for Mali",
        "these loans",
        "the fee should be dropped if traffic falls",
        "to build a second harbour bridge",
        "x",
        "“no” … и ещё",
    ]
)
ROWS = st.lists(st.tuples(st.sampled_from("abcd"), HOLDERS, STANCES, CONTENTS), min_size=1, max_size=14, unique=True)


def _lines(rows: list[Row]) -> str:
    return "\n".join(" | ".join(row) for row in rows)


@settings(max_examples=40, deadline=None)
@given(ROWS, st.randoms(use_true_random=False))
def test_order_of_documents_does_not_matter(rows: list[Row], random: object) -> None:
    found = digests(_lines(rows))
    shuffled = list(found)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert brief_of(found) == brief_of(shuffled)


@settings(max_examples=40, deadline=None)
@given(ROWS)
def test_every_word_is_a_source_s_and_every_id_is_known(rows: list[Row]) -> None:
    brief = brief_of(digests(_lines(rows)))
    texts = {source.id: source.text for source in brief.sources}
    actors, issues = {actor.id for actor in brief.actors}, {issue.id for issue in brief.issues}
    statements = {statement.id for statement in brief.statements}
    for position in brief.positions:
        assert all(piece in texts[position.refs[0].source] or len(position.refs) > 1 for piece in position.quote.split(" … "))
        assert position.actor in actors
        assert position.issue in issues
        assert set(position.statements) <= statements
    for ref in (ref for each in (*brief.positions, *brief.statements, *brief.key_points) for ref in each.refs):
        assert texts[ref.source][ref.start : ref.end] == ref.sentence
    for statement in brief.statements:
        assert statement.issues
        assert set(statement.issues) <= issues


@settings(max_examples=40, deadline=None)
@given(ROWS, ROWS)
def test_a_new_document_changes_no_other_id(rows: list[Row], more: list[Row]) -> None:
    fixed = LEXICON.model_copy(update={"issue": (IssueEntry(id="all", label="All", regex="."),)})
    before = brief_of(digests(_lines(rows)), fixed)
    after = brief_of(digests(_lines([*rows, *(("new" + doc, *rest) for doc, *rest in more)])), fixed)
    for section in ("statements", "actors"):
        assert {each.id for each in getattr(before, section)} <= {each.id for each in getattr(after, section)}
    telling = {position.id for position in before.positions if position.stance is not Stance.STATES}
    assert telling <= {position.id for position in after.positions}


MATTERS = {
    "vow": {"priest", "parish", "marry"},
    "toll": {"ship", "quay", "pilot"},
    "ratio": {"nurse", "ward", "shift"},
    "quota": {"trawler", "cod", "net"},
    "levy": {"plane", "runway", "noise"},
    "tunnel": {"train", "drill", "valley"},
}


def _claims(matters: dict[str, set[str]]) -> tuple[dict[str, frozenset[str]], dict[str, tuple[Key, ...]]]:
    """Twelve claims of each matter, with their words and issues."""
    words = {f"{name}{at}": frozenset({name, *held}) for name, held in matters.items() for at in range(12)}
    return words, {claim: ((claim.rstrip("0123456789"),),) for claim in words}


def test_claims_join_the_issue_whose_words_they_use() -> None:
    """Two typical words are enough, one of each of two issues is not, and neither are words that nobody knows."""
    words, issues = _claims(MATTERS)
    open_ones = {"wed": frozenset({"priest", "parish"}), "both": frozenset({"priest", "ship"}), "new": frozenset({"tax"})}
    every = {**words, **open_ones}
    found = find_kinship(every, issues, {name: (name, 0) for name in every}, _never, lambda key: False)
    assert found.joined == {"wed": ("vow",)}
    assert not found.merged


@pytest.mark.parametrize("words", [("beach", "beaches"), ("wish", "wishes"), ("loss", "losses"), ("tax", "taxes"), ("basis",)])
def test_a_word_and_its_plural_are_one(words: tuple[str, ...]) -> None:
    assert {stem(word) for word in words} == {words[0]}


def test_issues_with_the_same_words_are_one() -> None:
    """Two names, one matter, if whoever speaks of either uses the same other words, unless they must stay two; one that the
    last brief had keeps its name.
    """
    words, issues = _claims({**MATTERS, "celibacy": MATTERS["vow"]})
    places = {name: (name, 0) for name in words}
    assert find_kinship(words, issues, places, _never, lambda key: False).merged == {("vow",): ("celibacy",)}
    assert find_kinship(words, issues, places, _never, lambda key: key == ("vow",)).merged == {("celibacy",): ("vow",)}
    assert not find_kinship(words, issues, places, lambda one, two: True, lambda key: False).merged


def test_who_joins_an_issue_goes_with_it_when_it_is_merged() -> None:
    """The claim that joined first must not be left with an issue that is another one by the end."""
    words, issues = _claims({**MATTERS, "celibacy": MATTERS["vow"]})
    words |= {"wed": frozenset({"celibacy", "priest", "parish", "marry"})}
    found = find_kinship(words, issues, {name: (name, 0) for name in words}, _never, lambda key: key == ("vow",))
    assert found.merged == {("celibacy",): ("vow",)}
    assert found.joined == {"wed": ("vow",)}


def _never(one: Key, two: Key) -> bool:
    return False


@given(st.text(max_size=60), st.text(max_size=60))
def test_likeness_is_a_measure(one: str, two: str) -> None:
    """Between 0 and 1, the same both ways, and 1 for the text itself, if it has words to compare."""
    likeness = Likeness([one, two, "a port fee for ships"], GRAMMAR)
    assert 0.0 <= likeness.between(one, two) <= 1.0000001
    assert likeness.between(one, two) == likeness.between(two, one)
    assert likeness.between(one, one) in (0.0, 1.0)


def _standing(source: str, _: str) -> str:
    words = openers(LEXICON)
    worth = (stands_alone(line, words, cues=frozenset(["fears"])) for line in source.split("\n"))
    return "\n".join(f"{each:.2f}" if each else "out" for each in worth)


@parametrize("standalone")
def test_a_sentence_stands_alone(case: Case, request: pytest.FixtureRequest) -> None:
    check(case, request, _standing)


def test_a_known_name_explains_a_pronoun() -> None:
    said = "Berg warned that her crews could not clear the channel before the first of December."
    assert [bool(stands_alone(said, openers(LEXICON), names)) for names in (frozenset(), frozenset(["Berg"]))] == [False, True]


def test_what_somebody_never_said_is_no_position() -> None:
    (digest,) = digests("a | Norway | states | the quota was wrong")
    denied = replace(digest, statements=tuple(replace(each, negated=True) for each in digest.statements))
    assert len(brief_of([digest]).positions) == 1
    assert not brief_of([denied]).positions
