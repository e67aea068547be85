"""Who a verb belongs to: from a verb group leftwards to the subject, through appositions, relatives and coordination."""

from __future__ import annotations

from typing import NamedTuple

from briefgen.extract.frames import QUOTE_MARKS
from briefgen.extract.phrases import Range, is_actor_phrase, phrase_left
from briefgen.extract.reading import Reading
from briefgen.extract.tokens import Tokens

#: A phrase between commas that begins so belongs to the subject before it.
APPOSITION_OPENERS = frozenset(
    """
    a an the who whose which of one himself herself once now like including president chairman director for in speaking
    citing his her their its however meanwhile too also though at on when while as after with backed supported led then
    both among not by along alongside together whom
    """.split()
)
#: Of these, the ones that only interrupt: the source ends before them.
INTERRUPTIONS = frozenset(
    """
    however meanwhile too also though when while after for in at on as speaking citing then with among not by now once
    """.split()
)
OPENING_OF = {")": "(", ",": ",", "—": "—", "--": "--", "–": "–"}
MOST_APPOSITIONS = 3
RELATIVES = frozenset(("who", "which"))
INTRO_WORDS = frozenset(
    """
    in on at during after before while although as when since for with amid despite if under following earlier meanwhile
    however last late early and but yet because though by to from
    """.split()
)


class Subject(NamedTuple):
    """The subject's tokens, and whether the grammar backs it (else it was carried over from earlier in the sentence)."""

    span: Range | None
    certain: bool


NONE = Subject(None, False)


def subject_before(reading: Reading, at: int, *, participle: bool, finite: bool) -> Subject:
    """The subject that ends before token ``at``, the start of a verb group."""
    t = reading.t
    if at <= 0:
        return NONE
    word = t.lower[at - 1]
    if word in {"and", "but", "or"} or (word == "to" and reading.subject is not None):
        return Subject(reading.subject, reading.subject is not None and word != "to")
    if word in OPENING_OF:
        return _across_mark(reading, at - 1, participle=participle, finite=finite)
    if word in QUOTE_MARKS or word == "”":
        return Subject(reading.subject, participle) if at >= 2 and t.lower[at - 2] == "," else NONE
    if word in RELATIVES:
        return _relative(reading, at - 1)
    if word == "that" and at > 1:
        antecedent = phrase_left(t, at - 1, 0, reading.rules, ties=frozenset(("of", "in")))
        if antecedent is not None and is_actor_phrase(t, antecedent, reading.rules):
            return Subject((antecedent[0], at), True)
    span = phrase_left(t, at, 0, reading.rules)
    return Subject(span, True) if span is not None else NONE


def _relative(reading: Reading, at: int) -> Subject:
    """As in "Western capitals, which fear": the antecedent with its relative pronoun."""
    t = reading.t
    end = at - 1 if at > 0 and t.lower[at - 1] == "," else at
    antecedent = phrase_left(t, end, 0, reading.rules, ties=frozenset(("of", "in")))
    return Subject((antecedent[0], at + 1), True) if antecedent is not None else Subject((at, at + 1), True)


def _across_mark(reading: Reading, mark: int, *, participle: bool, finite: bool) -> Subject:
    """A comma, bracket or dash stands before the verb group: an apposition closes, or a participle hangs on the clause."""
    t = reading.t
    if participle:
        # "If X does Y, pushing on Z could ...": behind an opening clause the -ing form is a subject of its own.
        if t.lower[0] in INTRO_WORDS and "," not in t.lower[:mark]:
            return NONE
        return Subject(reading.subject or clause_subject(reading, mark), True)
    opening = _opening(t, mark)
    if opening > 0 and _is_apposition(t, opening, mark):
        span = phrase_left(t, opening, 0, reading.rules)
        if span is not None:
            span = _before_appositions(reading, span)
            interrupted = t.lower[opening + 1] in INTERRUPTIONS
            return Subject(span if interrupted else (span[0], mark), True)
    carried = reading.subject is not None and finite and t.lower[mark] == ","
    return Subject(reading.subject, carried)


def _before_appositions(reading: Reading, span: Range) -> Range:
    """The name that earlier appositions hang on: "**Rosa Diaz**, 59, of Lima, who watched, said"."""
    t, g = reading.t, reading.rules.grammar
    start = span[0]
    for _ in range(MOST_APPOSITIONS):
        if start > 2 and t.lower[start - 1] in {"of", "from"}:
            start -= 1
        if start < 2 or t.lower[start - 1] != ",":
            break
        if t.lower[start - 2].isdigit() and start > 3 and t.lower[start - 3] == ",":
            start -= 2
        before = phrase_left(t, start - 1, 0, reading.rules)
        if before is None or not t.capital(before[1] - 1) or (before[0] > 0 and t.lower[before[0] - 1] in g.prepositions):
            break
        start = before[0]
        span = start, span[1]
    return span


def _opening(t: Tokens, mark: int) -> int:
    wanted = OPENING_OF[t.lower[mark]]
    for at in range(mark - 1, -1, -1):
        if t.lower[at] == wanted:
            return at
    return -1


def _is_apposition(t: Tokens, opening: int, mark: int) -> bool:
    if t.lower[mark] != ",":
        return True
    if opening + 1 >= mark:
        return False
    first = t.lower[opening + 1]
    return first in APPOSITION_OPENERS or t.capital(opening + 1) or first.isdigit() or first.endswith("ing")


def clause_subject(reading: Reading, before: int) -> Range | None:
    """The subject of the sentence's first clause: the phrase before its first finite verb, left of ``before``."""
    t, r = reading.t, reading.rules
    start = 0
    if t.lower[0] in INTRO_WORDS:
        comma = t.find(",", 0, before)
        start = comma + 1 if 0 < comma < before - 1 else 0
    for at in range(start + 1, before):
        word = t.lower[at]
        if word in r.grammar.auxiliaries or (word in r.finite and word not in r.grammar.noun_or_verb) or _is_past(t, at):
            return phrase_left(t, at, start, r)
    return None


def _is_past(t: Tokens, at: int) -> bool:
    return t.lower[at].endswith("ed") and len(t.lower[at]) > 4 and not t.capital(at) and not t.capital(at - 1)
