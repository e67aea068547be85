"""A date in a sentence in, the words that tell its event out: the clause around it, a noun's phrase, or nothing.

Marks and conjunctions cut a sentence into pieces. The date's piece is the clause if it holds an event verb with a subject
before it; where a relative ("which was signed in May") leaves no subject, the whole sentence is quoted. Where no verb owns
the date, a noun may: "the collapse of the stock in 1992", "the 1976 war". Verbs and nouns are data (``events.toml``).

Known limit: without a parser a verb owns the date when it is the last event verb before it, with no other date between.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from briefgen.extract.inflection import forms
from briefgen.model.base import Span
from briefgen.model.lexicon import Lexicon


class EventWords(NamedTuple):
    """The lexicon's event words. ``finite`` are the forms of verbs that tell, ``base`` those that need "will"."""

    finite: frozenset[str]
    base: frozenset[str]
    nouns: frozenset[str]


class Clause(NamedTuple):
    """The words that tell the event, and where their verb begins (-1: a noun tells it)."""

    start: int
    end: int
    verb: int = -1


class Place(NamedTuple):
    """Where a date stands: ``[start, end)`` is the date, ``within`` the sentence or quoted content around it.

    ``others`` are the starts of other dates, ``hidden`` the spans that somebody says outside of ``within``.
    """

    start: int
    end: int
    within: Span
    others: tuple[int, ...] = ()
    hidden: tuple[Span, ...] = ()
    #: Whether the date is a range; "from" and "to" then bound nothing.
    is_range: bool = False


FUTURE: Final = re.compile(
    r"\b(?:will|shall|(?:is|are)\s+(?:due|set|scheduled|expected|planned|to)\b|(?:plan|intend)s?\s+to\b)", re.IGNORECASE
)

_BOUND: Final = re.compile(
    r"[;()\[\]“”\"]|\s[—–-]{1,2}\s|—|:\s"
    r"|,?\s(?=(?:though|although|whereas|while|but|yet|because|unless|if)\b)"
    r"|,\s(?=(?:which|who|whose|where|when|so|and\s+(?:the|it|he|she|they|we|its|his|their))\b)"
)
_CONJUNCTION: Final = re.compile(
    r"(?:though|although|whereas|while|but|yet|because|and|or|however|so|that)\b,?\s+", re.IGNORECASE
)
_POSSIBLE: Final = re.compile(r"\b(?:[Ii]f|[Uu]nless|whether|would|could|should|might|may|can|must|whenever)\b")
_FEARED: Final = re.compile(
    r"\b(?:possib\w+|risks?|threats?|threaten\w*|potential|fears?|dangers?|prospects?|hypothetical|any|another)\b",
    re.IGNORECASE,
)
_RELATIVE: Final = re.compile(r"(?:which|who|whose|where|when|whom|that|if|unless|because|to)\b", re.IGNORECASE)
_NOT_THE_DATE: Final = re.compile(
    r"\b(?:since|until|till|before|after|than|as|like|with|for|over|to|per|versus|from)(?:\s+(?:in|on|at|the|about|around|early|late)){0,3}\s*$",
    re.IGNORECASE,
)
#: "The vote **is due on**", "The deadline for bids **is**": what a date is fixed for, though no verb tells of anything.
_FIXED: Final = re.compile(
    r"\b(?:is|are|was|were|been|remains?)\s+(?:now\s+|still\s+|\w+ly\s+)?(?:due|set|scheduled|planned|slated|fixed|timed|expected)"
    r"\s+(?:(?:on|for|in|at|by)\s+(?:the\s+)?)?$|\bdeadline\b[^.;,]{0,60}\s(?:is|was)\s+(?:on\s+)?$",
    re.IGNORECASE,
)
_LINK: Final = re.compile(
    r"(?:\b(?:in|on|at|by|during|around|about|of|dated|from|between|throughout|within)(?:\s+the)?|^|[,(])\s*$", re.IGNORECASE
)
_OF: Final = re.compile(r"\bof\s+(?:the\s+)?$", re.IGNORECASE)
_NEAR: Final = re.compile(r"\s+(?:(?:in|on|by|at|during)\s+(?:the\s+)?)?")
_DETERMINER: Final = re.compile(r"\b(?:the|an?|its|their|his|her)\s", re.IGNORECASE)
_BEFORE_NOUN: Final = re.compile(
    r"\b(?:the|an?|of|its|their|his|her|for|this|any|no)\s+(?P<between>[a-z-]+\s+)?$", re.IGNORECASE
)
_AFTER_NOUN: Final = re.compile(r"\s+(?:of|in|on|by|to|for|at|with|and)\b|\s*[,.;]")
_AUXILIARY: Final = re.compile(
    r"\b(?:was|were|is|are|be|been|had|has|have|will|shall|to)\s+(?:\w+ly\s+|not\s+|also\s+|first\s+)?$", re.IGNORECASE
)
_ANY_FINITE: Final = re.compile(
    r"\b(?:was|were|is|are|has|have|had|will|would|can|could|should|may|might|must|[a-z]{3,}(?:ed|es))\b"
)
_BREAK: Final = re.compile(r"[,.]\s")
_NAMES: Final = re.compile(r"(?:[A-Z][\w’'-]*\s+){1,5}$")
_OF_NAME: Final = re.compile(r"\s+of\s+(?:the\s+|(?:Dr|Mr|Mrs|Ms|Gen|Sen|Rep|Prof|St)\.\s+)?[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*)*")
_UP_TO_TWO: Final = re.compile(
    r"(?:['’]s)?,?\s+(?:(?!(?:to|in|on|at|of|by|for|with|from|and|or|but|that|as|after|before|the|an?)\b)[\w’'-]+\s+){0,2}"
)
#: "Thursday's ruling": the day belongs to what follows.
_OWNS: Final = re.compile(r"['’]s?\s")
#: A name or pronoun before a verb is its subject: "after Castro announced".
_SUBJECT: Final = re.compile(r"(?:[A-Z][\w’'.-]*|\b(?:he|she|it|they|we|who|which|that))\s+$")
_WORD: Final = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")
_EDGE: Final = " \t\r\n,;:.—–-*_"
_PHRASE_WORDS: Final = 9
_REACH: Final = 90
_REDUCED: Final = -2


def event_words(lexicon: Lexicon) -> EventWords:
    """The word sets of the lexicon's lists; a line of five words is a verb in all its forms."""
    rows = [tuple(entry.split()) for entry in sorted(lexicon.listed("event-verbs"))]
    irregular = {row[0]: [row] for row in rows if len(row) == 5}
    told = {form.spelling for row in rows for form in forms(row[0], irregular) if form.kind in ("s", "past", "participle")}
    return EventWords(frozenset(told), frozenset(row[0] for row in rows), lexicon.listed("event-nouns"))


def find_clause(text: str, place: Place, words: EventWords) -> Clause | None:
    """The words that tell the event of a date, or None if the date is of no event."""
    before = text[place.within[0] : place.start]
    if fixed := _FIXED.search(before[-_REACH:]):
        return _fixed(text, place, place.start - len(before[-_REACH:]) + fixed.start())
    if not place.is_range and _NOT_THE_DATE.search(before[-40:]):
        return None
    piece = _piece(text, place)
    verb = _verb(text, piece, place, words)
    if verb == _REDUCED:
        return _reduced(text, piece, place) if not _OWNS.match(text, place.end) else _behind(text, piece, place, words)
    if verb is None or _OF.search(before[-12:]) or any(verb < other < place.start for other in place.others):
        return _phrase(text, piece, place, words)
    if _POSSIBLE.search(text, piece[0], max(verb, place.start)):
        return None
    opens = _CONJUNCTION.match(text, *piece)
    start = opens.end() if opens else piece[0]
    if _RELATIVE.match(text, start) or not text[start:verb].strip(_EDGE):
        return trimmed(text, *place.within, verb=verb)
    return trimmed(text, start, piece[1], verb=verb)


def _fixed(text: str, place: Place, verb: int) -> Clause | None:
    """The clause that fixes the date, whose ``verb`` this is: "the vote is due on 3 December"."""
    piece = _piece(text, place)
    opens = _CONJUNCTION.match(text, *piece)
    start = opens.end() if opens else piece[0]
    is_told = start < verb and not _POSSIBLE.search(text, start, verb) and not _RELATIVE.match(text, start)
    return trimmed(text, start, piece[1], verb=verb) if is_told else None


def trimmed(text: str, start: int, end: int, *, verb: int = -1) -> Clause | None:
    """The clause without marks and blanks at its ends; None if nothing is left."""
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return Clause(start, end, verb) if start < end else None


def _piece(text: str, place: Place) -> Span:
    """The piece between the marks and conjunctions nearest to the date."""
    bounds = [found.span() for found in _BOUND.finditer(text, *place.within)]
    start = max((end for _, end in bounds if end <= place.start), default=place.within[0])
    end = min((begin for begin, _ in bounds if begin >= place.end), default=place.within[1])
    return start, end


def _words_in(listed: frozenset[str], text: str, start: int, end: int) -> list[Span]:
    """The places of the listed words."""
    return [match.span() for match in _WORD.finditer(text, start, end) if match.group().lower() in listed]


def _verb(text: str, piece: Span, place: Place, words: EventWords) -> int | None:
    """Where the verb begins that the date belongs to: the last before the date, else the first behind it."""
    bases = _words_in(words.base, text, *piece)
    planned = [span for span in bases if FUTURE.search(text[max(piece[0], span[0] - 30) : span[0]])]
    found = sorted({*_words_in(words.finite, text, *piece), *planned})
    found = [
        span for span in found if not any(a <= span[0] < b for a, b in place.hidden) and not _is_noun(text, span, piece, words)
    ]
    before = [span for span in found if span[1] <= place.start]
    if before and _is_reduced(text, piece, before[-1], place, others=len(found) > 1):
        return _REDUCED
    chosen = before[-1:] or found[:1]
    return chosen[0][0] if chosen else None


def _is_noun(text: str, span: Span, piece: Span, words: EventWords) -> bool:
    """Whether the word is a noun here: capitalised inside the clause, or between a determiner and what follows a noun."""
    word = text[span[0] : span[1]]
    if word[0].isupper() and span[0] > piece[0]:
        return True
    opens = _BEFORE_NOUN.search(text[max(piece[0], span[0] - 24) : span[0]])
    if not opens or word.endswith("ed") or (opens["between"] and word.lower() not in words.nouns):
        return False
    return bool(_AFTER_NOUN.match(text, span[1]))


def _is_reduced(text: str, piece: Span, verb: Span, place: Place, *, others: bool) -> bool:
    """ "the treaty signed in 2015" beside another verb: the participle only describes its noun."""
    if not _NEAR.fullmatch(text, verb[1], place.start) or _AUXILIARY.search(text[max(piece[0], verb[0] - 24) : verb[0]]):
        return False
    if _SUBJECT.search(text[piece[0] : verb[0]]):
        return False
    rest = text[piece[0] : verb[0]] + " " + text[place.end : piece[1]]
    return others or bool(_ANY_FINITE.search(rest))


def _reduced(text: str, piece: Span, place: Place) -> Clause | None:
    """The noun with its participle and date; nothing if its beginning is not plain."""
    head = text[piece[0] : place.start].rstrip()  # a determiner at its end is the date's
    opens = [found.start() for found in _DETERMINER.finditer(head)]
    if not opens or len(head[opens[-1] :].split()) > _PHRASE_WORDS:
        return None
    return trimmed(text, piece[0] + opens[-1], place.end)


def _phrase(text: str, piece: Span, place: Place, words: EventWords) -> Clause | None:
    """ "the annexation of the islands in 1974", "the 1974 war": a noun that happened, with its date."""
    head = text[piece[0] : place.start]
    if _POSSIBLE.search(head) or _FEARED.search(head):
        return None
    nouns = _words_in(words.nouns, head, 0, len(head))
    if nouns and _is_tied(head, nouns[-1][1]) and not _OWNS.match(text, place.end):
        return trimmed(text, piece[0] + _phrase_start(head, nouns[-1][0]), place.end)
    return _behind(text, piece, place, words)


def _is_tied(head: str, noun_end: int) -> bool:
    """Whether noun and date stand near each other, with nothing but the noun's own complement between them."""
    between = head[noun_end:]
    if len(between.split()) > _PHRASE_WORDS or _ANY_FINITE.search(between) or _BREAK.search(between.rstrip()):
        return False
    return bool(_LINK.search(head[-24:]))


def _phrase_start(head: str, noun: int) -> int:
    """Where the noun's phrase begins: at its determiner, else at the names before it."""
    opens = [found.start() for found in _DETERMINER.finditer(head, 0, noun + 1)][-1:]
    if opens and len(head[opens[0] : noun].split()) <= _PHRASE_WORDS and not _BREAK.search(head[opens[0] :]):
        return opens[0]
    names = _NAMES.search(head[:noun])
    return names.start() if names else noun


def _behind(text: str, piece: Span, place: Place, words: EventWords) -> Clause | None:
    """ "the 1974 invasion of Cyprus": the noun follows the date."""
    nouns = _words_in(words.nouns, text, place.end, min(piece[1], place.end + 40))
    if not nouns or not _UP_TO_TWO.fullmatch(text, place.end, nouns[0][0]):
        return None
    head = text[piece[0] : place.start]
    opens = [found.start() for found in _DETERMINER.finditer(head)][-1:]
    start = piece[0] + opens[0] if opens and len(head[opens[0] :].split()) < 4 else place.start
    tail = _OF_NAME.match(text, nouns[0][1], piece[1])
    return trimmed(text, start, tail.end() if tail else nouns[0][1])


def others_of(dates: Sequence[Span], own: Span) -> tuple[int, ...]:
    """The starts of the dates that are not part of ``own``."""
    return tuple(start for start, _ in dates if not own[0] <= start < own[1])
