"""Statements in, the sentences that lead the brief out: whole, verbatim, understandable alone, from several sources.

The core is ``ranking``: what is central to all sentences that hold a statement. What a brief is read for counts on top: an
issue on which actors are opposed, a statement with terms, one that several independent sources make, a named speaker, and
what is not as it was in the earlier brief: who turned before who is new. A sentence that leans on what stood before it is out
(``standalone``), however central it is. One that is taken makes those on the same issue, of the same actor and from the same
source less wanted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from math import sqrt
from typing import NamedTuple

from briefgen.compare.actors import Roster
from briefgen.compare.corrections.statements import Revised
from briefgen.compare.likeness import Vector, cosine
from briefgen.compare.positions import NAMED_KINDS, merged_refs
from briefgen.compare.ranking import TOO_ALIKE, Candidate, Space, best
from briefgen.compare.sources import Independence
from briefgen.compare.standalone import OUT, Openers, openers, stands_alone
from briefgen.model.brief import OTHER_ISSUE, ActorKind, Brief, BriefStatement, KeyPoint
from briefgen.model.document import BlockKind
from briefgen.model.findings import Confidence, Stance
from briefgen.model.lexicon import Lexicon

#: The taking ends before a sentence of less than this share of the first one's worth.
ENOUGH = 0.15
#: What a sentence keeps of its worth where one on the same issue, of the same actor, of both, from the same source was taken.
SAME_ISSUE, SAME_ACTOR, SAME_POSITION, SAME_SOURCE = 0.7, 0.75, 0.5, 0.85
SURE = {Confidence.HIGH: 1.0, Confidence.MEDIUM: 0.8, Confidence.LOW: 0.5}
#: How many of the most central sentences are looked at closely.
LOOKED_AT = 1500
BARE_SURNAME, UNNAMED = 0.7, 0.6
#: What a sentence keeps that only stands in sources which a person marked as unreliable.
UNCONFIRMED = 0.5
#: How much more a position weighs that changed since the earlier brief.
NEWS = {"reversed": 2.0, "moved": 1.6, "new": 1.3}
WITH_TERMS = frozenset([Stance.DEMANDS, Stance.PROPOSES, Stance.CONDITIONAL, Stance.OFFERS])
PROSE = (BlockKind.PARAGRAPH, BlockKind.QUOTE)
#: Whom "it", "they" and "he" at the head of what somebody says cannot mean: somebody else, whom the reader does not know.
SOMEBODY_ELSE: Mapping[str, Set[ActorKind]] = {
    "it": frozenset(["person"]),
    "its": frozenset(["person"]),
    "they": frozenset(["person", "state", "organization"]),
    "their": frozenset(["person", "state", "organization"]),
    "he": frozenset(["state", "organization", "group"]),
    "she": frozenset(["state", "organization", "group"]),
}


#: Where nobody pinned or banned anything.
UNTOUCHED = Revised((), {}, {})


class Context(NamedTuple):
    """What a sentence is judged by: who is who, what sources count as, which issues are large and which contested."""

    roster: Roster
    counted: Independence
    contested: Set[str]
    sizes: Mapping[str, int]
    openers: Openers
    #: The words of the names of people.
    names: Set[str]
    #: Whether there is more than one source to take from.
    several: bool
    #: How much more a statement weighs that is news, by its id.
    news: Mapping[str, float]


def find_points(
    brief: Brief, roster: Roster, counted: Independence, lexicon: Lexicon, most: int, revised: Revised = UNTOUCHED
) -> tuple[KeyPoint, ...]:
    """At most ``most`` key points of a brief, the best first. ``counted`` tells which source a claim counts as.

    The sentences that a person pinned come before them, however many; those that a person banned are none.
    """
    statements = brief.statements
    by_hand, out = _by_hand(statements, revised.pinned), {_text(each) for each in statements if each.id in revised.banned}
    groups = _by_sentence(statements)
    said = {text: {counted.of(ref) for each in group for ref in each.refs} for text, group in groups.items()}
    space = Space(said, lexicon.listed("function-words"))
    sizes = Counter(issue for each in statements for issue in each.issues if issue != OTHER_ISSUE)
    contested = {issue.id for issue in brief.issues if issue.contested}
    several = len(set().union(*said.values())) > 1
    context = Context(roster, counted, contested, sizes, openers(lexicon), roster.name_words, several, _news(brief))
    vectors = {text: space.vector(text) for text in groups}
    central = sorted(((space.centrality(vectors[text]), text) for text in groups), reverse=True)[:LOOKED_AT]
    candidates = [_candidate(text, groups[text], vectors[text], centrality, context) for centrality, text in central]
    given = [vectors.get(text) or space.vector(text) for text in by_hand]
    fitting = (each for each in candidates if each.worth > OUT and each.text not in out)
    new = (each for each in fitting if all(cosine(each.vector, vector) < TOO_ALIKE for vector in given))
    taken = best(new, max(0, most - len(by_hand)), ENOUGH)
    pins = (replace(_point(group), pinned=True) for group in by_hand.values())
    return (*pins, *(_point(groups[candidate.text]) for candidate in taken))


def _news(brief: Brief) -> dict[str, float]:
    """How much more a statement weighs, by its id, because its position is not what the earlier brief had."""
    changed = [each for each in brief.positions if brief.changes and each.change in NEWS]
    changed.sort(key=lambda position: NEWS[position.change or ""])
    return {statement: NEWS[position.change or ""] for position in changed for statement in position.statements}


def _by_hand(statements: Sequence[BriefStatement], pinned: Sequence[str]) -> dict[str, list[BriefStatement]]:
    """The sentences that a person chose, in that order, each with its statements."""
    known = {each.id: each for each in statements}
    groups: dict[str, list[BriefStatement]] = {_text(known[name]): [] for name in pinned if name in known}
    for statement in statements:
        groups.get(_text(statement), []).append(statement)
    return groups


def _text(statement: BriefStatement) -> str:
    return " ".join(statement.refs[0].sentence.split())


def _by_sentence(statements: Sequence[BriefStatement]) -> dict[str, list[BriefStatement]]:
    groups: dict[str, list[BriefStatement]] = {}
    for statement in statements:
        if statement.refs[0].block in PROSE:
            groups.setdefault(_text(statement), []).append(statement)
    return groups


def _point(group: Sequence[BriefStatement]) -> KeyPoint:
    return KeyPoint(text=group[0].refs[0].sentence, refs=merged_refs(ref for statement in group for ref in statement.refs))


def _candidate(text: str, group: Sequence[BriefStatement], vector: Vector, centrality: float, context: Context) -> Candidate:
    issues = {issue for each in group for issue in each.issues if issue != OTHER_ISSUE}
    actors = {context.roster.holder(each.actor) for each in group if each.actor}
    refs = [ref for each in group for ref in each.refs]
    sources = {context.counted.of(ref) for ref in refs}
    about = {**dict.fromkeys(issues, SAME_ISSUE), **dict.fromkeys(actors, SAME_ACTOR)}
    about |= dict.fromkeys(sources, SAME_SOURCE) if context.several else {}
    about |= {f"{issue} {actor}": SAME_POSITION for issue in issues for actor in actors}
    worth = sqrt(centrality) * _weight(group, issues, len(context.counted.confirming(refs)), context)
    worth *= _ease(text, group, context) if worth else OUT
    return Candidate(text, vector, worth, len(text.split()), about)


def _weight(group: Sequence[BriefStatement], issues: Set[str], sources: int, context: Context) -> float:
    """What a brief is read for: named speakers with an attitude, large and contested issues, terms, several sources."""
    kinds = {context.roster[each.actor].kind for each in group if each.actor}
    weight = 1.0 if kinds & set(NAMED_KINDS) else 0.4
    weight *= 1.0 if any(each.stance is not Stance.STATES for each in group) else 0.6
    weight *= 1.3 if issues & context.contested else 1.0
    weight *= 1.25 if any(each.condition or each.stance in WITH_TERMS for each in group) else 1.0
    largest = max((context.sizes[issue] for issue in issues), default=0)
    weight *= 1 + 0.5 * largest / max(context.sizes.values(), default=1) if largest else 0.5
    weight *= max(context.news.get(each.id, 1.0) for each in group)
    weight *= max(SURE[each.confidence] * (0.4 + 0.6 * _share(each)) for each in group)
    return weight * (1.5 - 0.5 / sources if sources else UNCONFIRMED)


def _share(statement: BriefStatement) -> float:
    """How much of the sentence is the statement; the rest is what else the sentence tells."""
    ref = statement.refs[0]
    spans = (*ref.parts.source, *ref.parts.cue, *ref.parts.content) if ref.parts else ()
    inside = {at for start, end in spans for at in range(max(start, ref.start), min(end, ref.end))}
    return len(inside) / (ref.end - ref.start)


def _ease(text: str, group: Sequence[BriefStatement], context: Context) -> float:
    """How well the sentence stands alone, and whether its speakers are named in full."""
    if any(_is_of_somebody_else(each, context.roster) for each in group):
        return OUT
    cues = {word for each in group for word in each.cue.lower().split()}
    ease = stands_alone(text, context.openers, context.names, cues)
    return ease * min(_naming(each, context.roster) for each in group)


def _is_of_somebody_else(statement: BriefStatement, roster: Roster) -> bool:
    first = statement.content.lower().removeprefix("that ").partition(" ")[0].partition("’")[0].partition("'")[0]
    return bool(statement.actor) and roster[statement.actor or ""].kind in SOMEBODY_ELSE.get(first, ())


def _naming(statement: BriefStatement, roster: Roster) -> float:
    """Less than 1 where the sentence names the speaker by a bare surname, or not at all ("the candidate")."""
    words = _speaker(statement)
    actor = roster[statement.actor] if statement.actor else None
    if actor and actor.kind == "person" and len(words) == 1 and " " in actor.name:
        return BARE_SURNAME
    is_unnamed = (
        bool(words) and words[0].lower() in ("the", "its", "their", "his", "her") and not any(map(_is_capital, words[1:]))
    )
    return UNNAMED if is_unnamed and "of" not in words else 1.0


def _is_capital(word: str) -> bool:
    return word[:1].isupper()


def _speaker(statement: BriefStatement) -> list[str]:
    """The words that name the speaker in the sentence; of the whole document where it does not."""
    ref = statement.refs[0]
    spans = ref.parts.source if ref.parts else ()
    inside = [
        ref.sentence[start - ref.start : end - ref.start] for start, end in spans if ref.start <= start and end <= ref.end
    ]
    return " ".join(inside or [statement.speaker]).split()
