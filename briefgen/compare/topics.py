"""A document and its statements in, what each statement is about out: wordings with weights.

What a statement is about stands early in its content; what comes behind the verb, "to" or "which" is detail, and what stands
behind "in" or "near" is a place. A condition in front ("if they agree, ...") is skipped. Where the content has no noun
phrase of its own and points back ("this", "it"), the sentence has the word, then the heading above it.

A bare mention ("these loans") means what the document last called by that noun, and for the same receiver.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from briefgen.compare.phrases import Grammar, Phrase, Phraser, Wording
from briefgen.model.base import Span
from briefgen.model.brief import BriefStatement
from briefgen.model.document import BlockKind
from briefgen.model.findings import Digest, Ref, Stance

PROMINENCE = (1.0, 0.75, 0.55, 0.4, 0.3)
FROM_SENTENCE = 0.35
FROM_HEADING = 0.3
AS_PLACE = 0.35
BEHIND_VERB = 0.75
TURN = re.compile(
    r"\b(?:to|which|who|whom|that|because|while|whereas|as|so|if|when|unless|until|including|since|could|would|should|must|may|might|can|will|shall|ought|"
    r"is|are|was|were|has|have|had)\b",
    re.I,
)
OPENING = re.compile(r"\s*(?:(?:that|whether|to|the (?:need|necessity|importance|goal) (?:to|of|for|that))\s+)?", re.I)
POINTS_BACK = re.compile(r"\b(?:this|these|those|such|it|they|them|so)\b", re.I)
CONDITION = re.compile(
    r"\s*(?:that\s+)?(?:if|when|while|unless|although|though|because|since|once|after|before|without|given)\b[^,;.]*,", re.I
)


class Topic(NamedTuple):
    """A wording in a statement, with its weight for the grouping.

    It ``leads`` when it stands before the verb or "to", and ``is_named`` when it can be an issue on its own.
    """

    wording: Wording
    fullest: Wording
    weight: float
    leads: bool
    is_named: bool


def find_topics(
    digests: Sequence[Digest], statements: Sequence[BriefStatement], phraser: Phraser, holder: Callable[[str], str]
) -> dict[str, list[Topic]]:
    """What each statement is about, by its id. ``holder`` tells for whom an actor speaks."""
    by_document: dict[str, list[BriefStatement]] = defaultdict(list)
    for statement in statements:
        by_document[statement.refs[0].source].append(statement)
    topics = {}
    for digest in digests:
        if digest.source.id in by_document:
            reading = _Reading(digest, phraser, holder)
            topics.update({statement.id: reading.topics(statement) for statement in by_document[digest.source.id]})
    return topics


class _Reading:
    """The phrases of one document in order, with what bare mentions mean."""

    def __init__(self, digest: Digest, phraser: Phraser, holder: Callable[[str], str]) -> None:
        self.text, self.phraser, self.holder = digest.text, phraser, holder
        self.shorts = shorts = _shorts(digest, phraser)
        headings = [(block.start, block.end) for block in digest.blocks if block.kind is BlockKind.HEADING]
        spans = sorted({*headings, *((sentence.start, sentence.end) for sentence in digest.sentences)})
        self.headings = headings
        self.phrases = _remembered(
            [phrase for span in spans for phrase in phraser.read(digest.text, *span, shorts)], phraser.rules
        )
        self.usual = _usual_receivers(self.phrases)

    def _inside(self, ref: Ref, start: int, end: int) -> list[Phrase]:
        """The phrases in a span; rows of tables are no sentences and are read when they are asked for."""
        if ref.block is BlockKind.TABLE:
            return self.phraser.read(self.text, start, end, self.shorts)
        return [phrase for phrase in self.phrases if phrase.start >= start and phrase.end <= end]

    def topics(self, statement: BriefStatement) -> list[Topic]:
        """The wordings of the content; if it has none and points back, of the sentence, or of the heading above."""
        ref = statement.refs[0]
        content = statement.spans(ref) or ((ref.start, ref.end),)
        own = list(self._in_content(statement, content))
        if own or not POINTS_BACK.search(statement.content):
            return own
        return list(self._around(statement, (ref.start, ref.end), FROM_SENTENCE)) or list(
            self._in_heading(statement, ref.start)
        )

    def _in_content(self, statement: BriefStatement, content: Sequence[Span]) -> Iterator[Topic]:
        rank = 0
        for start, end in content:
            condition = CONDITION.match(self.text, start, end)
            first = condition.end() if condition else start
            inside = self._inside(statement.refs[0], first, end)
            turn = TURN.search(self.text, _opened(self.text, first, end), end)
            for phrase in inside:
                leads = (not turn or phrase.start < turn.start()) and not phrase.is_place
                weight = (
                    PROMINENCE[min(rank, len(PROMINENCE) - 1)]
                    * (1 if leads else BEHIND_VERB)
                    * (AS_PLACE if phrase.is_place else 1)
                )
                yield from self._wordings(statement, phrase, weight, leads)
                rank += not phrase.is_place

    def _around(self, statement: BriefStatement, span: Span, weight: float) -> Iterator[Topic]:
        for phrase in self.phrases:
            if span[0] <= phrase.start and phrase.end <= span[1]:
                yield from self._wordings(statement, phrase, weight, False)

    def _in_heading(self, statement: BriefStatement, place: int) -> Iterator[Topic]:
        above = [span for span in self.headings if span[1] <= place]
        if above:
            yield from self._around(statement, above[-1], FROM_HEADING)

    def _wordings(self, statement: BriefStatement, phrase: Phrase, weight: float, leads: bool) -> Iterator[Topic]:
        wordings = [self._for_whom(statement, phrase, wording) for wording in phrase.keys]
        for wording in wordings:
            is_named = (phrase.is_determined and phrase.is_strong) or wording.key[-1].startswith(">")
            yield Topic(wording, wordings[0], weight, leads, is_named)

    def _for_whom(self, statement: BriefStatement, phrase: Phrase, wording: Wording) -> Wording:
        if phrase.head not in self.phraser.rules.for_whom:
            return wording
        receiver = phrase.receiver or self._demander(statement, phrase) or self.usual.get(phrase.head)
        if not receiver or receiver not in self.phraser.directory.entries:
            return wording
        name = self.phraser.directory.entries[receiver].name
        return Wording(
            (*(part for part in wording.key if part != f"@{receiver}"), f">{receiver}"), f"{wording.words} for {name}"
        )

    def _demander(self, statement: BriefStatement, phrase: Phrase) -> str | None:
        """Who demands a thing wants it for itself, if nothing else is said."""
        actor = self.holder(statement.actor) if statement.actor and statement.stance is Stance.DEMANDS else None
        return None if phrase.giver and phrase.giver == actor else actor


def _opened(text: str, start: int, end: int) -> int:
    """Where a content begins behind "that", "to", "the need for"."""
    match = OPENING.match(text, start, end)
    return match.end() if match else start


def _shorts(digest: Digest, phraser: Phraser) -> frozenset[str]:
    """The bodies whose short names count in the document: it names them in full."""
    entries = (entry for entry in phraser.directory.entries.values() if entry.short)
    return frozenset(
        entry.id for entry in entries if any(_stands_in(name, digest.text) for name in (entry.name, *entry.aliases))
    )


def _stands_in(name: str, text: str) -> bool:
    return name in text and re.search(rf"\b{re.escape(name)}\b", text) is not None


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


def _usual_receivers(phrases: Iterable[Phrase]) -> dict[str, str]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for phrase in phrases:
        if phrase.receiver:
            counts[phrase.head][phrase.receiver] += 1
    return {head: min(count, key=lambda actor: (-count[actor], actor)) for head, count in counts.items()}
