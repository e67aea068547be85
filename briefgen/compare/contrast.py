"""Positions in, agreements and disagreements out: between actors, between sources, and between meanings of one phrase.

Only what an actor is on record for counts: an empty cell is silence, not consent. ``supports`` against ``opposes`` is a
disagreement by itself; ``demands`` and ``proposes`` say that an actor wants something, and what it wants may be less of the
issue ("no second runway"), so a list of words in ``proposals.toml`` (``issue-against``) turns them round. A warning takes
a side only where somebody is for the thing.

Known limits: two actors may support an issue for different reasons; whether they mean the same is for the reader, who gets
both quotations.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from briefgen.compare.actors import Roster
from briefgen.compare.figures import have_other_figures
from briefgen.compare.issues import OTHER, Grouping, is_split
from briefgen.compare.likeness import Likeness
from briefgen.compare.positions import NAMED_KINDS, STANCES, merged_refs, source_number
from briefgen.compare.terms import digest_id, lowered, stem, unique
from briefgen.model.brief import Agreement, BriefStatement, Disagreement, Issue, Position, Side
from briefgen.model.findings import AGAINST, FOR, Stance
from briefgen.model.lexicon import Lexicon

WARY = frozenset([Stance.WARNS])
#: Who shares one of these agrees; who shares another must also want the same thing.
PLAIN = frozenset([Stance.SUPPORTS, Stance.OPPOSES, Stance.OFFERS])
WANTING = frozenset([Stance.DEMANDS, Stance.PROPOSES])
#: Two wishes are one from this likeness on.
ALIKE = 0.4
MODAL = re.compile(r"\b(?:could|would|might|may|can|will|risks?)\b", re.I)
#: In a crowd of actors, who wants the same as whom is not looked for.
CROWD = 80
AGREE = re.compile(r"\bagree(?:s|d|ing)?\b|\bjoint(?:ly)?\b", re.I)


def find_agreements(
    positions: Sequence[Position], statements: Sequence[BriefStatement], roster: Roster, likeness: Likeness
) -> tuple[Agreement, ...]:
    """Actors with the same stance on an issue, then what sources say outright was agreed."""
    cells: dict[tuple[str, Stance], list[Position]] = defaultdict(list)
    for position in positions:
        cells[position.issue, position.stance].append(position)
    same = [
        _agreement(found)
        for (issue, _), held in cells.items()
        if issue != OTHER.id
        for found in _agreeing(held, roster, likeness)
    ]
    return (*same, *_stated(statements, roster))


def _agreeing(positions: Sequence[Position], roster: Roster, likeness: Likeness) -> Iterator[list[Position]]:
    """Groups of at least two actors, one of them named."""
    if positions[0].stance in WANTING:
        positions = _wanting_alike(positions[:CROWD], likeness)
    elif positions[0].stance not in PLAIN:
        return
    if len(positions) > 1 and any(roster[position.actor].kind in NAMED_KINDS for position in positions):
        yield list(positions)


def _wanting_alike(positions: Sequence[Position], likeness: Likeness) -> list[Position]:
    """The positions whose quotes are like another one's."""
    words = [likeness.features(position.quote) for position in positions]
    alike: set[int] = set()
    for one in range(len(words)):
        for two in range(one + 1, len(words)):
            is_like = likeness.of(words[one], words[two]) >= ALIKE
            if is_like and not have_other_figures(positions[one].quote, positions[two].quote):
                alike |= {one, two}
    return [positions[at] for at in sorted(alike)]


def _agreement(positions: Sequence[Position]) -> Agreement:
    issue, stance = positions[0].issue, positions[0].stance
    actors = unique(position.actor for position in positions)
    refs = merged_refs(ref for position in positions for ref in position.refs)
    return Agreement(
        id=digest_id("ag", issue, stance), issue=issue, what=stance.value, actors=actors, sources=_sources(positions), refs=refs
    )


def _stated(statements: Sequence[BriefStatement], roster: Roster) -> Iterator[Agreement]:
    """What "both unions agreed": an agreement in the source's own words."""
    for statement in statements:
        actor = statement.actor
        if actor and AGREE.search(statement.cue) and roster[actor].kind in ("unnamed", "group"):
            sources = unique(ref.source for ref in statement.refs)
            yield Agreement(
                id=digest_id("ag", statement.id),
                issue=statement.issues[0],
                what=statement.content,
                actors=(actor,),
                sources=sources,
                refs=statement.refs,
            )


def _sources(positions: Iterable[Position]) -> tuple[str, ...]:
    return tuple(sorted({ref.source for position in positions for ref in position.refs}, key=source_number))


def find_disagreements(
    positions: Sequence[Position], roster: Roster, grouping: Grouping, lexicon: Lexicon
) -> tuple[Disagreement, ...]:
    """Between actors and between sources for each issue, then phrases with two meanings."""
    by_issue: dict[str, list[Position]] = defaultdict(list)
    for position in positions:
        by_issue[position.issue].append(position)
    against = lexicon.listed("issue-against")
    found: list[Disagreement] = []
    for issue in grouping.issues:
        if issue.id != OTHER.id:
            found += _between_actors(issue, by_issue[issue.id], roster, against)
            found += _between_sources(issue.id, by_issue[issue.id])
    return (*found, *_meanings(grouping, by_issue))


def _between_actors(
    issue: Issue, positions: Sequence[Position], roster: Roster, against: frozenset[str]
) -> Iterator[Disagreement]:
    """One side for each stance, if one actor is for the issue, another against it or wary of it, and one of them named."""
    leans = {position.id: _lean(position, issue, against) for position in positions}
    clear = {p.actor: leans[p.id] for p in positions if p.stance in (Stance.SUPPORTS, Stance.OPPOSES)}
    fitting = [p for p in positions if leans[p.id] and clear.get(p.actor, leans[p.id]) == leans[p.id]]
    pro = {p.actor for p in fitting if leans[p.id] == "for"}
    con = {p.actor for p in fitting if leans[p.id] in ("against", "wary")} - pro
    if pro and con and any(roster[actor].kind in NAMED_KINDS for actor in pro | con):
        sides = [  # two wishes of one stance may still pull apart: "the fee", "no fee"
            _side(held) for lean in ("for", "against", "wary") for held in _by_stance(p for p in fitting if leans[p.id] == lean)
        ]
        yield Disagreement(id=digest_id("di", issue.id, "actors"), issue=issue.id, kind="actors", sides=tuple(sides))


def _lean(position: Position, issue: Issue, against: frozenset[str]) -> str:
    if position.stance in AGAINST:
        return "against"
    if position.stance in WARY:
        return "wary" if _is_about(position.quote, issue) else ""
    if position.stance in WANTING and _is_turned(position.quote, issue, against):
        return "against"
    is_meant = position.stance is Stance.SUPPORTS or _names(position.quote, issue)
    return "for" if position.stance in FOR and is_meant else ""


def _is_turned(quote: str, issue: Issue, against: frozenset[str]) -> bool:
    """Whether a wish goes against the issue: a word such as "no" or "limits" stands before its name."""
    heads = {stem(word) for term in issue.terms for word in lowered(term)}
    words = lowered(quote)
    first = next((at for at, word in enumerate(words) if stem(word) in heads), len(words) - 1)
    return any(word in against for word in words[: first + 1])


def _is_about(quote: str, issue: Issue) -> bool:
    """Whether a warning is of the issue: "they might impede sovereignty" does not warn of sovereignty."""
    turn = MODAL.search(quote)
    return _names(quote[: turn.start()] if turn else quote, issue)


def _names(quote: str, issue: Issue) -> bool:
    """Whether a quote has a word of the issue in it, and does not only stand beside one."""
    heads = {stem(word) for term in issue.terms for word in lowered(term)}
    return any(stem(word) in heads for word in lowered(quote))


def _by_stance(positions: Iterable[Position]) -> list[list[Position]]:
    groups: dict[Stance, list[Position]] = defaultdict(list)
    for position in positions:
        groups[position.stance].append(position)
    return [groups[stance] for stance in STANCES if groups[stance]]


def _side(positions: Sequence[Position], label: str = "") -> Side:
    stances = {position.stance for position in positions}
    return Side(
        label=label,
        actors=unique(position.actor for position in positions),
        stance=positions[0].stance if len(stances) == 1 else None,
        sources=_sources(positions),
        refs=merged_refs(ref for position in positions for ref in position.refs),
    )


def _between_sources(issue: str, positions: Sequence[Position]) -> Iterator[Disagreement]:
    """The same actor for the issue in some sources and against it in others."""
    by_actor: dict[str, list[Position]] = defaultdict(list)
    for position in positions:
        by_actor[position.actor].append(position)
    for actor, held in by_actor.items():
        pro = [position for position in held if position.stance in (Stance.SUPPORTS, Stance.OFFERS)]
        con = [position for position in held if position.stance in AGAINST]
        if pro and con and not set(_sources(pro)) & set(_sources(con)):
            yield Disagreement(
                id=digest_id("di", issue, actor, "sources"), issue=issue, kind="sources", sides=(_side(pro), _side(con))
            )


def _meanings(grouping: Grouping, by_issue: Mapping[str, Sequence[Position]]) -> Iterator[Disagreement]:
    """Issues that share their words and differ in who receives the thing."""
    meant: dict[str, list[Issue]] = defaultdict(list)
    for issue in grouping.issues:
        key = grouping.keys.get(issue.id)
        if key and is_split(key) and by_issue[issue.id]:
            meant[key[-2]].append(issue)
    for phrase, ways in sorted(meant.items()):
        if len(ways) > 1:
            sides = tuple(_side(by_issue[issue.id], issue.label) for issue in ways)
            yield Disagreement(id=digest_id("di", phrase, "meaning"), issue=ways[0].id, kind="meaning", sides=sides)
