"""Statements in, the brief's issues out, and for each statement the issues that it is about.

A user's taxonomy comes first and is final. What is left is grouped label-first: the noun phrases of the contents
(``phrases``) are the candidates, and the one that covers most statements, in most documents, in the most prominent place, is
taken, again and again, until what remains is covered too thinly. So a label is always the sources' own words, a statement
is in an issue because it says so, and no pair of statements is ever compared.

What a statement is about stands early in its content; what comes behind "to", "which" or the verb is detail. A phrase that
most statements share is the subject of the whole brief and is only taken when nothing better is left, unless it is split by
who receives the thing. What fits nowhere goes to ``OTHER``.

Ids are made of the folded key: the same issue has the same id next week, and a key that the previous brief had is preferred.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from briefgen.compare.phrases import Key, Phraser
from briefgen.compare.terms import capitalized, digest_id, stem
from briefgen.compare.topics import Topic, find_topics
from briefgen.model.brief import OTHER_ISSUE, BriefStatement, Issue
from briefgen.model.findings import Digest, Stance
from briefgen.model.lexicon import IssueEntry

OTHER = Issue(id=OTHER_ISSUE, label="Other matters")
#: At most so many issues, and one more for every so many statements.
MOST_ISSUES = 15
STATEMENTS_AN_ISSUE = 40
#: The least that an issue found must cover, in weights of statements; one prominent statement weighs 1.
LEAST = 1.3
#: In more than this share of the statements a phrase is the brief's subject.
SUBJECT = 0.6
SMALL = 8
SHARE_OF_PROPOSALS = 0.5
KNOWN_BEFORE = 1.5
#: A label is the fuller wording when so many of the mentions use it.
FULLER = 0.4


class Grouping(NamedTuple):
    """The issues in order of weight, the issue ids of each statement, and the key of each issue that was found."""

    issues: tuple[Issue, ...]
    of: Mapping[str, tuple[str, ...]]
    keys: Mapping[str, Key]


def group(
    digests: Sequence[Digest],
    statements: Sequence[BriefStatement],
    phraser: Phraser,
    holder: Callable[[str], str],
    taxonomy: Sequence[IssueEntry],
    known: frozenset[str] = frozenset(),
    also: Sequence[BriefStatement] = (),
) -> Grouping:
    """Group ``statements`` (their refs name documents by id) into issues.

    ``holder`` tells for whom an actor speaks. ``known`` are the issue ids of the previous brief. ``also`` are claims
    (proposals) that count for less and make no issue alone.
    """
    claims = [*statements, *also]
    named = _by_taxonomy(claims, taxonomy)
    topics = find_topics(digests, [claim for claim in claims if claim.id not in named], phraser, holder)
    unnamed = [statement for statement in statements if statement.id not in named]
    chosen = _chosen(_Cover(unnamed, also, topics, phraser.worth, known), unnamed, topics)
    homes = _homes(chosen, phraser.worth)
    chosen = [key for key in chosen if homes[key] == key]
    found = {name: _assigned(topics[name], homes) for name in topics}
    keys = {_issue_id(key): key for key in chosen}
    of = {claim.id: named.get(claim.id) or tuple(map(_issue_id, found[claim.id])) or (OTHER.id,) for claim in claims}
    return Grouping(_issues(taxonomy, homes, chosen, topics, of, found), of, keys)


def is_split(key: Key) -> bool:
    """Whether the key says for whom: the last part is ``>actor``."""
    return key[-1].startswith(">")


def _issue_id(key: Key) -> str:
    return digest_id("is", *key)


# ---- the user's taxonomy


def _by_taxonomy(statements: Iterable[BriefStatement], taxonomy: Sequence[IssueEntry]) -> dict[str, tuple[str, ...]]:
    rules = [(entry.id, _any_of(entry), _words(entry.none)) for entry in taxonomy]
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


def _words(words: Sequence[str]) -> re.Pattern[str] | None:
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
        worth: Callable[[Key], float], known: frozenset[str],
    ) -> None:  # fmt: skip
        self.worth, self.known = worth, known
        self.statements = {statement.id for statement in statements}
        self.places = {claim.id: (claim.refs[0].source, claim.refs[0].start) for claim in (*statements, *also)}
        self.weights: dict[Key, dict[str, float]] = defaultdict(dict)
        for share, claims in ((1.0, statements), (SHARE_OF_PROPOSALS, also)):
            for claim in claims:
                for topic in topics.get(claim.id, ()):
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
        spread = len({document for document, _ in best})
        covered = sum(best[place] for place in sorted(best)) * (1 + 0.25 * (spread - 1))
        return covered * self.worth(key) * (KNOWN_BEFORE if _issue_id(key) in self.known else 1.0)

    def take(self, key: Key) -> None:
        """Mark what ``key`` covers as covered."""
        self.left -= self.weights[key].keys()


def _chosen(cover: _Cover, statements: Sequence[BriefStatement], topics: Mapping[str, Sequence[Topic]]) -> list[Key]:
    """The keys of the issues, the heaviest first: each covers what the ones before it left.

    Gains only fall, so a key whose gain was once too small is never asked again.
    """
    subjects = cover.subjects()
    most = MOST_ISSUES + len(statements) // STATEMENTS_AN_ISSUE
    chosen: list[Key] = []
    for keys in (cover.weights.keys() - subjects, subjects):
        gains = {key: gain for key in sorted(keys) if (gain := cover.gain(key)) >= LEAST}
        while gains and len(chosen) < most:
            best = max(gains, key=lambda key: gains[key])
            cover.take(best)
            chosen.append(best)
            gains = {key: gain for key in gains if (gain := cover.gain(key)) >= LEAST}
    singles = _singles(statements, topics, cover.left)
    return list(dict.fromkeys([*chosen, *singles]))[:most]


def _singles(statements: Sequence[BriefStatement], topics: Mapping[str, Sequence[Topic]], left: set[str]) -> Iterator[Key]:
    """Issues that rest on one statement: a stance on a named thing of two nouns that nothing else covers."""
    for statement in sorted(statements, key=lambda statement: statement.id):
        if statement.id in left and statement.stance is not Stance.STATES and statement.actor:
            keys = [
                topic.wording.key
                for topic in topics[statement.id]
                if topic.is_named and topic.leads and len(topic.wording.key) > 1
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
    homes = {key: key for key in chosen}
    for noun, keys in sorted(longer.items()):
        (first, *others) = sorted(keys)
        is_head = first[-1] == noun and worth((noun,)) > 0
        if not others and noun[0] != "@" and ((noun,) in homes or is_head):
            homes[(noun,)] = first
    return homes


def _assigned(topics: Sequence[Topic], homes: Mapping[Key, Key]) -> tuple[Key, ...]:
    """The chosen keys that lead the content, each for one phrase; if none leads, the first that it has."""
    fits = [topic for topic in topics if topic.wording.key in homes]
    leading = list(dict.fromkeys(homes[topic.wording.key] for topic in fits if topic.leads))
    if not leading:
        return tuple(homes[topic.wording.key] for topic in fits[:1])
    return tuple(key for key in leading if not any(_is_part(key, other) for other in leading))


def _is_part(key: Key, other: Key) -> bool:
    """Whether ``other`` says the same more exactly: "exercises" beside "military exercises"."""
    return key != other and set(key) < set(other)


# ---- labels


def _issues(
    taxonomy: Sequence[IssueEntry],
    homes: Mapping[Key, Key],
    chosen: Sequence[Key],
    topics: Mapping[str, Sequence[Topic]],
    of: Mapping[str, tuple[str, ...]],
    found: Mapping[str, tuple[Key, ...]],
) -> tuple[Issue, ...]:
    counts = Counter(issue for ids in of.values() for issue in ids)
    own = [Issue(id=entry.id, label=entry.label, terms=entry.any, origin="taxonomy") for entry in taxonomy]
    used = [key for key in chosen if counts[_issue_id(key)]]
    made = [_issue(key, [topics[name] for name in sorted(found) if key in found[name]], homes) for key in used]
    shown = [issue for issue in (*own, *made) if counts[issue.id]]
    shown.sort(key=lambda issue: (issue.origin != "taxonomy", -counts[issue.id], issue.id))
    return (*shown, OTHER) if counts[OTHER.id] else tuple(shown)


def _issue(key: Key, mentions: Sequence[Sequence[Topic]], homes: Mapping[Key, Key]) -> Issue:
    every = [topic for topics in mentions for topic in topics if homes.get(topic.wording.key) == key]
    ways = [topic for topic in every if topic.wording.key == key] or every
    short, full = _counted(topic.wording.words for topic in ways), _counted(topic.fullest.words for topic in ways)
    best = full[0] if full and full[0][1] >= FULLER * len(ways) else short[0]
    if len(key) == 1:
        best = _single_label(key, mentions) or next((way for way in short if stem(way[0].lower()) == stem(key[0])), best)
    return Issue(id=_issue_id(key), label=capitalized(best[0]), terms=tuple(words for words, _ in short[:6]))


def _single_label(key: Key, mentions: Sequence[Sequence[Topic]]) -> tuple[str, int] | None:
    """The fuller name of a lone noun, if most of its mentions have the same one: "military exercises" for "exercises"."""
    fuller = [
        topic.wording
        for topics in mentions
        for topic in topics
        if len(topic.wording.key) == 2 and topic.wording.key[-1:] == key
    ]
    counts = Counter(wording.key for wording in fuller if wording.key[0][0] not in "@>")
    best = max(sorted(counts), key=lambda way: counts[way], default=None)
    if not best or counts[best] < 0.5 * len(mentions):
        return None
    ways = _counted(wording.words for wording in fuller if wording.key == best)
    return next((way for way in ways if stem(way[0].split()[-1].lower()) == stem(key[0])), ways[0])


def _counted(wordings: Iterable[str]) -> list[tuple[str, int]]:
    """Wordings by how often they occur, case ignored; of each the spelling with the fewest capitals."""
    counts: Counter[str] = Counter()
    spelled: dict[str, str] = {}
    for words in wordings:
        counts[words.lower()] += 1
        spelled[words.lower()] = min(
            words, spelled.get(words.lower(), words), key=lambda form: (sum(map(str.isupper, form)), form)
        )
    return [(spelled[words], count) for words, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]
