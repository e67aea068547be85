"""A document and its statements in, what each statement is about out: wordings with weights.

What a statement is about stands early in its content; what comes behind the verb, "to" or "which" is detail, and what stands
behind "in" or "near" is a place. A condition in front ("if they agree, ...") is skipped. Where the content opens with "they"
or "it", and its speaker is named late in the sentence, that is the thing that the sentence began with. Where the content has
no noun phrase of its own and points back ("this", "it"), the sentence has the word, then the heading above it.

What stands around a statement makes no issue, but it can tell to which one a statement belongs that names none: the rest of
its sentence; and, where it points back ("this", "the proposal") or lays down a condition, the sentence before in its
paragraph and the heading above. Such topics come last and weigh nothing.

A bare mention ("these loans") means what the document last called by that noun, and for the same receiver.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cache
from typing import NamedTuple

from briefgen.compare.phrases import Grammar, Phrase, Phraser, Wording
from briefgen.compare.terms import forms, stands_in, words_of
from briefgen.model.base import Span
from briefgen.model.document import BlockKind
from briefgen.model.findings import Digest, Ref, Stance

PROMINENCE = (1.0, 0.75, 0.55, 0.4, 0.3)
FROM_SENTENCE = 0.35
FROM_HEADING = 0.3
AS_PLACE = 0.35
BEHIND_VERB = 0.75
AS_DETAIL = 0.5
TURN = re.compile(
    r"\b(?:to|which|who|whom|that|because|while|whereas|as|so|if|when|unless|until|including|since|could|would|may|might|can|will|"
    r"is|are|was|were|has|have|had)\b",
    re.I,
)
HELPERS = r"(?:(?:would|will|could|can|cannot|shall|is|was|am|are|were|has|had|have|did|does|do)\s+)?(?:(?:not|never)\s+)?"
#: Before what somebody is for or against: "that", "the need to", and themselves ("**he would** vote against the toll").
OPENING = re.compile(
    r"\s*(?:(?:that|whether|to|the (?:need|necessity|importance|goal) (?:to|of|for|that))\s+)?"
    rf"(?:(?:he|she|we|I)\s+{HELPERS})?",
    re.I,
)
AUXILIARIES = re.compile(rf"\s+{HELPERS}", re.I)
LONGEST_NAME = 60
POINTS_BACK = re.compile(r"\b(?:this|these|those|such|it|they|them|so)\b", re.I)
ARTICLE = re.compile(r"\s+(?:(?:the|a|an|this|these|those|such|its|their)\s+)?")
#: Between a thing and what only tells which one: "a levy for barges on the canal".
ATTACHED = re.compile(
    r"\s+(?:for|of|on|in|at|by|from|with|under|over|against|between|among|about)\s+(?:(?:the|a|an|all|any|some|its|their)\s+)?",
    re.I,
)
#: Stances towards the very thing that the content names.
ATTITUDES = frozenset([Stance.SUPPORTS, Stance.OPPOSES, Stance.DENIES, Stance.WARNS])
#: A content that begins with a pronoun that is no person.
OPENS_BACK = re.compile(r"\s*(?:that\s+|whether\s+)?(?:they|it|these|those|this)\b(?!\s+(?:is|are)\s+\w+ing\b)", re.I)
CONDITION = re.compile(
    r"\s*(?:that\s+)?(?:if|when|while|unless|although|though|because|since|once|after|before|without|given)\b[^,;.]*,", re.I
)


class Topic(NamedTuple):
    """A wording in a statement, with its weight for the grouping.

    It ``leads`` when it stands before the verb or "to", and ``is_named`` when it can be an issue on its own. One from
    around the statement weighs 0, and has its wording only.
    """

    wording: Wording
    fullest: Wording
    weight: float
    leads: bool
    is_named: bool
    long: tuple[str, ...] = ()


class Said(NamedTuple):
    """A claim of a document: ``ref`` is its place there, ``spans`` are those of its content.

    ``actor`` is who makes it, ``side`` the state or body for which that actor speaks, or the actor again.
    """

    id: str
    stance: Stance
    content: str
    ref: Ref
    spans: tuple[Span, ...]
    actor: str | None = None
    side: str | None = None


def find_topics(digest: Digest, claims: Sequence[Said], phraser: Phraser) -> dict[str, list[Topic]]:
    """What each claim of a document is about, by its id."""
    if not claims:
        return {}
    reading = _Reading(digest, claims, phraser)
    return {claim.id: reading.topics(claim) for claim in claims}


def without_people(outlined: Iterable[Mapping[str, Sequence[Topic]]], people: Set[str]) -> Iterator[dict[str, list[Topic]]]:
    """The topics of the claims of each document without those whose wording has one of ``people``, words that name actors."""

    @cache
    def is_free(words: str) -> bool:
        return people.isdisjoint(forms(word)[0] for word in words.split())

    def freed(topic: Topic) -> Topic | None:
        if not is_free(topic.wording.words):
            return None
        return topic if all(map(is_free, topic.long)) else topic._replace(long=tuple(filter(is_free, topic.long)))

    for topics in outlined:
        seen = {id(topic): topic for found in topics.values() for topic in found}  # most stand under several claims
        kept = {at: freed(topic) for at, topic in seen.items()}
        yield {claim: [topic for each in found if (topic := kept[id(each)])] for claim, found in topics.items()}


class _Reading:
    """The phrases of one document in order, with what bare mentions mean."""

    def __init__(self, digest: Digest, statements: Sequence[Said], phraser: Phraser) -> None:
        self.text, self.phraser = digest.text, phraser
        self.shared = _shared_sentences(statements)
        self.shorts = _shorts(digest, phraser)
        self.headings = [(block.start, block.end) for block in digest.blocks if block.kind is BlockKind.HEADING]
        self.sentences = sorted(digest.sentences, key=lambda sentence: sentence.start)
        self.phrases = _remembered(self._read({statement.ref.start for statement in statements}), phraser.rules)
        self.starts = [phrase.start for phrase in self.phrases]
        self.usual = _usual_receivers([*_receivers(self.phrases), *self._demanders(statements)])

    def _read(self, told: Set[int]) -> list[Phrase]:
        """The phrases of the headings, of the sentences at ``told`` and before them, and of those that say first what these
        only point back to. The others are not read: most of a document says nothing for anybody.
        """
        near = [
            (sentence.start, sentence.end)
            for at, sentence in enumerate(self.sentences)
            if sentence.start in told or (at + 1 < len(self.sentences) and self.sentences[at + 1].start in told)
        ]
        read = {span: self.phraser.read(self.text, *span, self.shorts) for span in (*self.headings, *near)}
        heads = {phrase.head for found in read.values() for phrase in found if phrase.is_bare}
        for sentence in self.sentences:
            span = sentence.start, sentence.end
            if span not in read and self.phraser.mentions(self.text[slice(*span)], heads):
                read[span] = self.phraser.read(self.text, *span, self.shorts)
        return [phrase for span in sorted(read) for phrase in read[span]]

    def _demanders(self, statements: Iterable[Said]) -> Iterator[tuple[str, str]]:
        """The things that somebody demands, with who does."""
        for statement in statements:
            for start, end in statement.spans if statement.stance is Stance.DEMANDS else ():
                for phrase in self._between(start, end):
                    demander = self._demander(statement, phrase) if phrase.head in self.phraser.rules.for_whom else None
                    if demander and not phrase.receiver:
                        yield phrase.head, demander

    def _between(self, start: int, end: int) -> list[Phrase]:
        first = bisect_left(self.starts, start)
        return [phrase for phrase in self.phrases[first : bisect_left(self.starts, end)] if phrase.end <= end]

    def _inside(self, ref: Ref, start: int, end: int) -> list[Phrase]:
        """The phrases in a span; rows of tables are no sentences and are read when they are asked for."""
        if ref.block is BlockKind.TABLE:
            return self.phraser.read(self.text, start, end, self.shorts)
        return self._between(start, end)

    def topics(self, statement: Said) -> list[Topic]:
        """The wordings of the content; if it has none and points back, of the sentence, or of the heading above."""
        ref = statement.ref
        content = statement.spans or ((ref.start, ref.end),)
        own = [*self._antecedent(statement, content), *self._in_content(statement, content)]
        if not own and POINTS_BACK.search(statement.content):
            own = list(self._around(statement, (ref.start, ref.end), FROM_SENTENCE)) or list(
                self._in_heading(statement, ref.start, FROM_HEADING)
            )
        return [*own, *self._setting(statement, ref)]

    def _antecedent(self, statement: Said, content: Sequence[Span]) -> Iterator[Topic]:
        """What "they" are in "The loans alarmed the banks, which fear **they** will not be repaid": not the speaker."""
        parts = statement.ref.parts
        if not parts or not parts.source or not OPENS_BACK.match(self.text, content[0][0]):
            return
        before = [
            phrase
            for phrase in self._between(statement.ref.start, min(parts.source[0][0], content[0][0]))
            if not phrase.is_place
        ]
        if before:
            yield from self._wordings(statement, before[0], PROMINENCE[0], True)

    def _setting(self, statement: Said, ref: Ref) -> Iterator[Topic]:
        """What stands around a statement, nearest first. Who is against one thing is not against the thing beside it."""
        if statement.stance in ATTITUDES:
            return
        if ref.start not in self.shared:
            yield from self._around(statement, (ref.start, ref.end), 0.0)
        if statement.stance is Stance.CONDITIONAL or self._points_back(statement.content):
            at = bisect_left(self.sentences, ref.start, key=lambda sentence: sentence.start)
            if 0 < at < len(self.sentences) and self.sentences[at - 1].block == self.sentences[at].block:
                before = self.sentences[at - 1]
                yield from self._around(statement, (before.start, before.end), 0.0)
            yield from self._in_heading(statement, ref.start, 0.0)

    def _points_back(self, content: str) -> bool:
        """Whether the content leans on what was said: "this", "they", "the proposal", "its stance"."""
        return bool(POINTS_BACK.search(content)) or self.phraser.has_pointing_noun(content)

    def _in_content(self, statement: Said, content: Sequence[Span]) -> Iterator[Topic]:
        rank = 0
        for start, end in content:
            condition = CONDITION.match(self.text, start, end)
            first = condition.end() if condition else start
            inside = self._inside(statement.ref, first, end)
            turn = self._turn(self._behind_speaker(statement, _opened(self.text, first, end), end), end, inside)
            for at, phrase in enumerate(inside):
                is_detail = at > 0 and self._is_attached(inside[at - 1], phrase)
                leads = phrase.start < turn and not phrase.is_place and not is_detail
                weight = (
                    PROMINENCE[min(rank, len(PROMINENCE) - 1)]
                    * (1 if leads else AS_DETAIL if is_detail else BEHIND_VERB)
                    * (AS_PLACE if phrase.is_place else 1)
                )
                yield from self._wordings(statement, phrase, weight, leads)
                rank += not phrase.is_place and bool(phrase.keys[-1].words)

    def _behind_speaker(self, statement: Said, start: int, end: int) -> int:
        """Behind the speaker's own name and auxiliaries, if a content opens with it: "**Denmark could not** accept a cut"."""
        words = words_of(self.text, start, min(end, start + LONGEST_NAME))
        hit = self.phraser.directory.prefix(words) if words else None
        if hit is None or hit.actor not in (statement.actor, statement.side):
            return start
        opened = AUXILIARIES.match(self.text, words[hit.last - 1].end, end)
        return opened.end() if opened else start

    def _is_attached(self, before: Phrase, phrase: Phrase) -> bool:
        """Whether a phrase only tells of the named thing before it which one it is."""
        return len(before.keys[0].key) > 1 and bool(ATTACHED.fullmatch(self.text, before.end, phrase.start))

    def _turn(self, start: int, end: int, phrases: Sequence[Phrase]) -> int:
        """Where what is said of a thing begins.

        "To" before a noun is no turn ("to return to the talks"), nor behind a name for a proposal ("a plan to send troops").
        """
        nouns = {phrase.start for phrase in phrases}
        for match in TURN.finditer(self.text, start, end):
            following = ARTICLE.match(self.text, match.end(), end)
            is_verb = (
                following and following.end() not in nouns and not self.phraser.names_proposal(self.text[start : match.start()])
            )
            if match.group().lower() != "to" or is_verb:
                return match.start()
        return end

    def _around(self, statement: Said, span: Span, weight: float) -> Iterator[Topic]:
        for phrase in self._between(*span):
            yield from self._wordings(statement, phrase, weight, False)

    def _in_heading(self, statement: Said, place: int, weight: float) -> Iterator[Topic]:
        at = bisect_left(self.headings, (place,))
        if at:
            yield from self._around(statement, self.headings[at - 1], weight)

    def _wordings(self, statement: Said, phrase: Phrase, weight: float, leads: bool) -> Iterator[Topic]:
        wordings = [self._for_whom(statement, phrase, wording) for wording in phrase.keys]
        for wording in wordings:
            is_named = (phrase.is_determined and phrase.is_strong) or wording.key[-1].startswith(">")
            if weight:
                yield Topic(wording, wordings[0], weight, leads, is_named, phrase.long)
            else:
                yield Topic(wording, wording, 0.0, False, False)

    def _for_whom(self, statement: Said, phrase: Phrase, wording: Wording) -> Wording:
        if phrase.head not in self.phraser.rules.for_whom:
            return wording
        receiver = phrase.receiver or self._demander(statement, phrase) or self._usual(statement, phrase)
        if not receiver or receiver not in self.phraser.directory.entries:
            return wording
        key = (*(part for part in wording.key if part != f"@{receiver}"), f">{receiver}")
        said = f" for {self.phraser.directory.entries[receiver].name}" if phrase.receiver or " " not in wording.words else ""
        return Wording(key, wording.words + said)

    def _usual(self, statement: Said, phrase: Phrase) -> str | None:
        """Who mostly gets the thing in this document. Who is for or against it must point at it ("these loans"), since what
        only might be meant is nobody's stance.
        """
        is_meant = phrase.is_pointing or statement.stance not in ATTITUDES
        return self.usual.get(phrase.head) if is_meant else None

    def _demander(self, statement: Said, phrase: Phrase) -> str | None:
        """Who demands a thing wants it for itself, if nothing else is said."""
        actor = statement.side if statement.stance is Stance.DEMANDS else None
        return None if phrase.giver and phrase.giver == actor else actor


def _shared_sentences(statements: Iterable[Said]) -> frozenset[int]:
    """Where the sentences begin in which several actors speak: what one says is not what the other speaks about."""
    actors: dict[int, set[str | None]] = defaultdict(set)
    for statement in statements:
        actors[statement.ref.start].add(statement.actor)
    return frozenset(start for start, found in actors.items() if len(found) > 1)


def _opened(text: str, start: int, end: int) -> int:
    """Where a content begins behind "that", "to", "the need for"."""
    match = OPENING.match(text, start, end)
    return match.end() if match else start


def _shorts(digest: Digest, phraser: Phraser) -> frozenset[str]:
    """The bodies whose short names count in the document: it names them in full."""
    entries = (entry for entry in phraser.directory.entries.values() if entry.short)
    return frozenset(
        entry.id for entry in entries if any(stands_in(name, digest.text) for name in (entry.name, *entry.aliases))
    )


def _remembered(phrases: Sequence[Phrase], grammar: Grammar) -> list[Phrase]:
    """Bare mentions given the keys, and pointing ones the receiver, of what was last called so: "these loans"."""
    last: dict[str, Phrase] = {}
    done = []
    for phrase in phrases:
        before = last.get(phrase.head)
        meant = _meant(phrase, before, grammar) if before else phrase
        if not before or not meant.is_bare or len(meant.keys) > 1:
            last[phrase.head] = meant
        elif meant.receiver:
            last[phrase.head] = before._replace(receiver=meant.receiver)
        done.append(meant)
    return done


def _meant(phrase: Phrase, before: Phrase, grammar: Grammar) -> Phrase:
    is_known = phrase.head in grammar.for_whom or (phrase.is_lone and phrase.head in grammar.synonyms.values())
    if phrase.is_bare and (phrase.is_pointing or is_known):
        phrase = phrase._replace(keys=tuple(dict.fromkeys([*before.keys, *phrase.keys])), is_strong=False)
    if not phrase.receiver and not phrase.giver and (phrase.is_pointing or phrase.is_bare):
        phrase = phrase._replace(receiver=before.receiver)
    return phrase


def _receivers(phrases: Iterable[Phrase]) -> Iterator[tuple[str, str]]:
    return ((phrase.head, phrase.receiver) for phrase in phrases if phrase.receiver)


def _usual_receivers(found: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Who mostly gets each thing in a document."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for head, receiver in found:
        counts[head][receiver] += 1
    return {head: min(count, key=lambda actor: (-count[actor], actor)) for head, count in counts.items()}
