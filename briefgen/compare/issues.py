"""Statements in, the brief's issues out, and for each statement the issues that it is about.

A user's taxonomy comes first and is final. What is left is grouped label-first: the noun phrases of the contents
(``phrases``) are the candidates, and the one that covers most statements, in most documents, in the most prominent place, is
taken, again and again, until what remains is covered too thinly. So a label is always the sources' own words, and no pair of
statements is ever compared. A statement is in an issue because it says so; one that names none may belong to the one that
stands around it (``topics``) or whose words it uses (``kinship``), but never one that is for or against something.

What a statement is about stands early in its content; what comes behind "to", "which" or the verb is detail. A phrase that
most statements share is the subject of the whole brief and is only taken when nothing better is left, unless it is split by
who receives the thing. What fits nowhere goes to ``OTHER``.

Ids are made of the folded key: the same issue has the same id next week, and a key that the previous brief had is preferred.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from heapq import heapify, heappop, heappush
from itertools import islice
from typing import NamedTuple

from briefgen.compare.kinship import Place, find_kinship
from briefgen.compare.labels import label, terms
from briefgen.compare.phrases import Key, Phraser
from briefgen.compare.terms import digest_id
from briefgen.compare.topics import ATTITUDES, PROMINENCE, Topic
from briefgen.model.brief import OTHER_ISSUE, BriefStatement, Issue
from briefgen.model.findings import Stance
from briefgen.model.lexicon import IssueEntry

NOTHING_KNOWN: Mapping[str, str] = {}
OTHER = Issue(id=OTHER_ISSUE, label="Other matters")
#: At most so many issues, and one more for every so many statements.
MOST_ISSUES = 15
STATEMENTS_AN_ISSUE = 40
#: The least that an issue found must cover, in weights of statements (one prominent statement weighs 1), and how much more
#: for each statement that there is.
LEAST = 1.3
LEAST_SHARE = 0.004
#: In more than this share of the statements a phrase is the brief's subject.
SUBJECT = 0.6
SMALL = 8
#: Stances that a single statement can make an issue with.
CLEAR = frozenset([Stance.SUPPORTS, Stance.OPPOSES, Stance.DEMANDS, Stance.PROPOSES, Stance.OFFERS])
#: Where there are as many, none is made of a single statement.
ENOUGH = 12
SHARE_OF_PROPOSALS = 0.5
#: What only states something takes no side: it says less about what is at issue.
SHARE_OF_STATES = 0.4
#: What the last brief had weighs more, and needs only such a share of what a new issue needs.
KNOWN_BEFORE, KEPT_FROM = 1.5, 0.5


class Grouping(NamedTuple):
    """The issues, the issue ids of each statement, and the key of each issue that was found."""

    issues: tuple[Issue, ...]
    of: Mapping[str, tuple[str, ...]]
    keys: Mapping[str, Key]


class About(NamedTuple):
    """What each claim is about, and the words that tell it, by its id."""

    topics: Mapping[str, Sequence[Topic]]
    words: Mapping[str, Set[str]]


def group(
    statements: Sequence[BriefStatement],
    about: About,
    phraser: Phraser,
    holder: Callable[[str], str],
    taxonomy: Sequence[IssueEntry],
    known: Mapping[str, str] = NOTHING_KNOWN,
    also: Sequence[BriefStatement] = (),
) -> Grouping:
    """Group ``statements`` (their refs name documents by id) into issues.

    ``holder`` tells for whom an actor speaks. ``known`` are the labels of the previous brief's issues by their id.
    ``also`` are claims (proposals) that count for less and make no issue alone.
    """
    claims = [*statements, *also]
    named = _by_taxonomy(claims, taxonomy)
    topics = {claim.id: about.topics[claim.id] for claim in claims if claim.id not in named}
    unnamed = [statement for statement in statements if statement.id not in named]
    cover = _Cover(unnamed, also, topics, phraser.worth, known)
    chosen = _chosen(cover, unnamed, topics, lambda actor: phraser.is_public(holder(actor)))
    homes = _homes(chosen, phraser.worth)
    chosen = [key for key in chosen if homes[key] == key]
    stances = {claim.id: claim.stance for claim in claims}
    found = {name: _assigned(topics[name], homes, stances[name]) for name in topics}
    words = {
        claim.id: about.words[claim.id]
        for claim in claims
        if claim.id in found and (found[claim.id] or claim.stance not in ATTITUDES)
    }
    joined, merged = find_kinship(words, found, cover.places, _are_apart, lambda key: issue_id(key) in known)
    found = {name: _merged(keys, merged) or ((joined[name],) if name in joined else ()) for name, keys in found.items()}
    homes = {key: merged.get(home, home) for key, home in homes.items()}
    chosen = [key for key in chosen if key not in merged]
    keys = {issue_id(key): key for key in chosen}
    of = {claim.id: named.get(claim.id) or tuple(map(issue_id, found[claim.id])) or (OTHER.id,) for claim in claims}
    return Grouping(_issues(taxonomy, homes, chosen, _by_place(topics, cover.places), of, found, known), of, keys)


def _merged(keys: Iterable[Key], merged: Mapping[Key, Key]) -> tuple[Key, ...]:
    return tuple(dict.fromkeys(merged.get(key, key) for key in keys))


def _are_apart(one: Key, two: Key) -> bool:
    """Whether two issues must not be joined: one thing for two receivers, or two of a kind ("milk quota", "cod quota")."""
    return is_split(one) or is_split(two) or (len(one) > 1 and len(two) > 1 and one[-1] == two[-1])


def is_split(key: Key) -> bool:
    """Whether the key says for whom: the last part is ``>actor``."""
    return key[-1].startswith(">")


def issue_id(key: Key) -> str:
    """The id of the issue that is found under ``key``."""
    return digest_id("is", *key)


# ---- the user's taxonomy


def _by_taxonomy(statements: Iterable[BriefStatement], taxonomy: Sequence[IssueEntry]) -> dict[str, tuple[str, ...]]:
    rules = [(entry.id, _any_of(entry), any_of(entry.none)) for entry in taxonomy]
    found = {}
    for statement in statements:
        for text in (statement.content, statement.refs[0].sentence):
            ids = tuple(name for name, rule, none in rules if rule and rule.search(text) and not (none and none.search(text)))
            if ids:
                found[statement.id] = ids
                break
    return found


def _any_of(entry: IssueEntry) -> re.Pattern[str] | None:
    parts = [pattern for pattern in (_pattern(entry.any), entry.regex) if pattern]
    return re.compile("|".join(f"(?:{part})" for part in parts), re.I) if parts else None


def any_of(words: Sequence[str]) -> re.Pattern[str] | None:
    """What finds any of ``words``, whole and with a plural ending, in a text."""
    return re.compile(_pattern(words), re.I) if words else None


def _pattern(words: Sequence[str]) -> str:
    return (
        r"\b(?:"
        + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))
        + r")(?:s|es)?\b"
        if words
        else ""
    )


# ---- which phrases become issues


class _Cover:
    """Which keys cover which claims, and with what weight; ``left`` are the claims that no chosen key covers yet."""

    def __init__(
        self, statements: Sequence[BriefStatement], also: Sequence[BriefStatement], topics: Mapping[str, Sequence[Topic]],
        worth: Callable[[Key], float], known: Mapping[str, str],
    ) -> None:  # fmt: skip
        self.worth, self.known = worth, known
        self.statements = {statement.id for statement in statements}
        self.places = {claim.id: (claim.refs[0].source, claim.refs[0].start) for claim in (*statements, *also)}
        self.weights: dict[Key, dict[str, float]] = defaultdict(dict)
        for usual, claims in ((1.0, statements), (SHARE_OF_PROPOSALS, also)):
            for claim in claims:
                share = usual * share_of(claim.stance)
                for topic in filter(_is_own, topics.get(claim.id, ())):
                    held = self.weights[topic.wording.key]
                    held[claim.id] = max(share * topic.weight, held.get(claim.id, 0.0))
        self.left = set(self.places)

    def subjects(self) -> set[Key]:
        """Keys that most statements share."""
        total = len(self.statements)
        held = {key: len(self.statements & of.keys()) for key, of in self.weights.items() if len(of) >= SMALL}
        return {key for key, count in held.items() if count > SUBJECT * total and not is_split(key)}

    def gain(self, key: Key) -> float:
        """What taking ``key`` would cover of what is left, each sentence once; nothing if that is only proposals."""
        held = self.weights[key]
        new = [name for name in held if name in self.left]
        if not new or self.statements.isdisjoint(new):
            return 0.0
        best: dict[tuple[str, int], float] = {}
        for name in new:
            best[self.places[name]] = max(held[name], best.get(self.places[name], 0.0))
        covered = sum(best[place] for place in sorted(best)) * spread_of(len({document for document, _ in best}))
        return covered * self.worth(key) * (KNOWN_BEFORE if self._is_known(key) else 1.0)

    def least(self, key: Key, usual: float) -> float:
        """The gain that makes ``key`` an issue."""
        return usual * (KEPT_FROM if self._is_known(key) else 1.0)

    def _is_known(self, key: Key) -> bool:
        return bool(self.known) and issue_id(key) in self.known

    def kinds(self, least: float) -> set[Key]:
        """Nouns of which there are two kinds or more, each an issue by itself: "quota" beside "cod quota", "crab quota"."""
        named = (key for key in self.weights if len(key) > 1 and not is_split(key) and (key[-1],) in self.weights)
        kinds = Counter(key[-1:] for key in named if self.gain(key) >= least)
        return {noun for noun, number in kinds.items() if number > 1}

    def take(self, key: Key) -> None:
        """Mark what ``key`` covers as covered."""
        self.left -= self.weights[key].keys()


def share_of(stance: Stance) -> float:
    """How much a claim says about what is at issue."""
    return SHARE_OF_STATES if stance is Stance.STATES else 1.0


def spread_of(documents: int) -> float:
    """How much more counts what so many documents speak of."""
    return 1 + 0.25 * (documents - 1)


def _chosen(
    cover: _Cover, statements: Sequence[BriefStatement], topics: Mapping[str, Sequence[Topic]], is_public: Callable[[str], bool]
) -> list[Key]:
    """The keys of the issues, the heaviest first: each covers what the ones before it left.

    Gains only fall, so a key is only asked again when it comes up, and one whose gain was once too small never.
    """
    subjects = cover.subjects()
    most = MOST_ISSUES + len(statements) // STATEMENTS_AN_ISSUE
    usual = LEAST + LEAST_SHARE * sum(share_of(each.stance) for each in statements)
    kinds = cover.kinds(usual)
    chosen: list[Key] = []
    for keys in (cover.weights.keys() - subjects - kinds, kinds - subjects, subjects):
        open_ones = [(-gain, key) for key in keys if (gain := cover.gain(key)) >= cover.least(key, usual)]
        heapify(open_ones)
        while open_ones and len(chosen) < most:
            _, key = heappop(open_ones)
            gain, least = cover.gain(key), cover.least(key, usual)
            if open_ones and (-gain, key) > open_ones[0]:
                if gain >= least:
                    heappush(open_ones, (-gain, key))
            elif gain >= least:
                cover.take(key)
                chosen.append(key)
    singles = _singles(statements, topics, cover.left, is_public)
    return list(dict.fromkeys([*chosen, *islice(singles, max(0, ENOUGH - len(chosen)))]))


def _singles(
    statements: Sequence[BriefStatement],
    topics: Mapping[str, Sequence[Topic]],
    left: set[str],
    is_public: Callable[[str], bool],
) -> Iterator[Key]:
    """Issues that rest on one statement: the stance of a state or body on a named thing that nothing else covers."""
    for statement in statements:
        if statement.id in left and statement.stance in CLEAR and statement.actor and is_public(statement.actor):
            keys = [
                topic.wording.key
                for topic in topics[statement.id]
                if topic.is_named and topic.leads and topic.weight >= PROMINENCE[0] and len(topic.wording.key) > 1
            ]
            if keys:
                yield keys[0]


def _homes(chosen: Sequence[Key], worth: Callable[[Key], float]) -> dict[Key, Key]:
    """The issue of each key: itself, or for a lone noun the only longer one that has it ("celibacy" in "vow of celibacy")."""
    longer: dict[str, set[Key]] = defaultdict(set)
    for key in chosen:
        if len(key) > 1 and not is_split(key):
            for part in key:
                longer[part].add(key)
    homes = {key: max((other for other in chosen if _is_split_part(key, other)), key=len, default=key) for key in chosen}
    for noun, keys in sorted(longer.items()):
        (first, *others) = sorted(keys)
        is_head = first[-1] == noun and worth((noun,)) > 0
        if not others and noun[0] != "@" and ((noun,) in homes or is_head):
            homes[(noun,)] = first
    return homes


def _assigned(topics: Sequence[Topic], homes: Mapping[Key, Key], stance: Stance) -> tuple[Key, ...]:
    """The chosen keys that lead the content, each for one phrase; if none leads, the first in it or around it.

    Who is for or against a thing is not for or against what is said of it: for them only what leads counts.
    """
    fits = [topic for topic in topics if topic.wording.key in homes]
    leading = list(dict.fromkeys(homes[topic.wording.key] for topic in fits if topic.leads and _is_own(topic)))
    if not leading:
        return () if stance in ATTITUDES else tuple(homes[topic.wording.key] for topic in fits[:1])
    return tuple(key for key in leading if not any(_is_part(key, other) for other in leading))


def _is_split_part(key: Key, other: Key) -> bool:
    """Whether both are for one receiver and ``key`` says it in fewer words: "loans for Mali" beside "farm loans for Mali"."""
    return is_split(key) and is_split(other) and _is_part(key, other)


def _is_own(topic: Topic) -> bool:
    """Whether the statement itself has the wording."""
    return topic.weight > 0


def _is_part(key: Key, other: Key) -> bool:
    """Whether ``other`` says the same more exactly: "exercises" beside "military exercises"."""
    return key != other and set(key) < set(other)


def _issues(
    taxonomy: Sequence[IssueEntry],
    homes: Mapping[Key, Key],
    chosen: Sequence[Key],
    topics: Mapping[str, Sequence[Topic]],
    of: Mapping[str, tuple[str, ...]],
    found: Mapping[str, tuple[Key, ...]],
    known: Mapping[str, str],
) -> tuple[Issue, ...]:
    """The issues that have claims: the user's, then those found, then ``OTHER``. ``topics`` are what labels are made of."""
    counts = Counter(issue for ids in of.values() for issue in ids)
    own = [Issue(id=entry.id, label=entry.label, terms=entry.any, origin="taxonomy") for entry in taxonomy]
    members: dict[Key, list[Sequence[Topic]]] = defaultdict(list)
    for name in sorted(found):
        for key in found[name]:
            members[key].append(topics[name])
    made = [_issue(key, members[key], homes, known) for key in chosen if counts[issue_id(key)]]
    return tuple(issue for issue in (*own, *made, OTHER) if counts[issue.id])


def _by_place(topics: Mapping[str, Sequence[Topic]], places: Mapping[str, Place]) -> dict[str, list[Topic]]:
    """The own topics of each claim, without those that another claim of the same sentence has too: a sentence counts once."""
    seen: set[tuple[object, ...]] = set()
    kept: dict[str, list[Topic]] = {}
    for name in sorted(topics):
        kept[name] = []
        for topic in filter(_is_own, topics[name]):
            told = places[name], topic.wording, topic.fullest, topic.is_named, topic.long
            if told not in seen:
                seen.add(told)
                kept[name].append(topic)
    return kept


def _issue(key: Key, mentions: Sequence[Sequence[Topic]], homes: Mapping[Key, Key], known: Mapping[str, str]) -> Issue:
    name = issue_id(key)
    return Issue(id=name, label=known.get(name) or label(key, mentions, homes), terms=terms(key, mentions, homes))
