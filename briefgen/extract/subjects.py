"""Who a verb belongs to: from a verb group leftwards to the subject, through appositions, relatives and coordination."""

from __future__ import annotations

from typing import NamedTuple

from briefgen.extract.frames import QUOTE_MARKS
from briefgen.extract.parties import lineup_before, voices_in
from briefgen.extract.patterns import Rules
from briefgen.extract.phrases import Range, is_actor_phrase, phrase_left, verb_group
from briefgen.extract.reading import Reading
from briefgen.extract.relatives import ANTECEDENT_TIES, RELATIVES, behind_relative, is_past, out_of_relative
from briefgen.extract.tokens import Tokens

#: A phrase between commas that begins so belongs to the subject before it.
APPOSITION_OPENERS = frozenset(
    """
    a an the another who whose which of one all many most some no each himself herself once now like including president
    chairman director for in speaking
    citing his her their its however meanwhile too also though at on when while as after with backed supported led then
    both among not by along alongside together whom without despite unlike asked pressed
    """.split()
)
#: Of these, the ones that only interrupt: the source ends before them.
INTERRUPTIONS = frozenset(
    """
    however meanwhile too also though when while after for in at on as speaking citing then with without despite unlike
    among not by now once asked pressed
    """.split()
)
OPENING_OF = {")": "(", ",": ",", "—": "—", "--": "--", "–": "–"}
MOST_APPOSITIONS = 3
#: "Ann Lee, legal **director** for the guild, said": the office stands at most so far behind the comma.
OFFICE_REACH = 5
#: "**After** praising the port": a participle behind one of these has the subject of the main clause.
BEFORE_PARTICIPLE = frozenset("after before while when in by since besides despite".split())
#: "sent the board a **letter** alleging": the paper stands at most so far before the participle.
PAPER_REACH = 10
PRONOUNS = frozenset(("he", "she", "they", "it"))
GLOSS_REACH = 14
#: Words before a participle that opens a sentence.
PARTICIPLE_OPENERS = frozenset("while by in after also further".split())
#: How far a main clause's verb may stand behind its subject's first word.
MAIN_REACH = 40
STOPS = frozenset((".", ";", "!", "?", ":"))
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
    #: Who joins a subject that was carried over: "X noted A and, **with Peru**, opposed B".
    beside: Range | None = None


NONE = Subject(None, False)


def subject_before(reading: Reading, at: int, *, participle: bool, finite: bool) -> Subject:
    """The subject that ends before token ``at``, the start of a verb group."""
    t = reading.t
    if at <= 0:
        return NONE
    lineup = _lineup(reading, at, participle=participle)
    if lineup is not None:
        joins = reading.subject is not None and _joins_subject(t, lineup[0], reading.rules)
        return Subject(reading.subject, True, lineup) if joins else Subject(lineup, True)
    word = t.lower[at - 1]
    if word == "]":
        return _glossed(t, at)
    if word == ";" and finite:
        return Subject(reading.subject, reading.subject is not None)
    if word in {"and", "but", "or"} or (word == "to" and reading.subject is not None):
        carried = reading.subject or (clause_subject(reading, at - 1) if finite and word != "to" else None)
        return Subject(carried, carried is not None and word != "to")
    if word in OPENING_OF:
        return _across_mark(reading, at - 1, participle=participle, finite=finite)
    if participle and (word in BEFORE_PARTICIPLE or _follows_paper(reading, at)):
        return _adverbial(reading, at - 1) if word in BEFORE_PARTICIPLE else _writer(reading, at)
    return _subject_beside(reading, at, participle=participle)


def _subject_beside(reading: Reading, at: int, *, participle: bool) -> Subject:
    """The subject where a word of its own, a relative pronoun or a quotation stands before token ``at``."""
    t, word = reading.t, reading.t.lower[at - 1]
    if word in QUOTE_MARKS or word == "”":
        return Subject(reading.subject, participle) if at >= 2 and t.lower[at - 2] == "," else NONE
    if word in RELATIVES:
        return _relative(reading, at - 1)
    if word == "that" and at > 1:
        antecedent = phrase_left(t, at - 1, 0, reading.rules, ties=ANTECEDENT_TIES)
        if antecedent is not None and is_actor_phrase(t, antecedent, reading.rules):
            return Subject((antecedent[0], at), True)
    span = (None if participle else behind_relative(reading, at)) or phrase_left(t, at, _low(reading, at), reading.rules)
    if span is not None and not participle:
        span = out_of_relative(reading, span)
    return Subject(span, True) if span is not None else NONE


def _adverbial(reading: Reading, at: int) -> Subject:
    """As in "**After** praising the port, Ann Lee left", "Ann Lee left **after** praising it": her who leaves."""
    t = reading.t
    subject = (reading.subject or clause_subject(reading, at)) if at > 0 else None
    if subject is None and (at == 0 or t.lower[at - 1] in {",", "but", "and"}):
        comma = t.find(",", at, t.size)
        while comma > 0 and t.quoted[comma]:
            comma = t.find(",", comma + 1, t.size)
        subject = clause_subject(reading, t.size, comma + 1) if comma > 0 else None
    return Subject(subject, subject is not None)


def _follows_paper(reading: Reading, at: int) -> bool:
    """Whether a document stands before the participle in its phrase: "a **letter** to the board and the mayor alleging"."""
    t, r = reading.t, reading.rules
    for place in range(at - 1, max(-1, at - PAPER_REACH), -1):
        word = t.lower[place]
        if (
            not t.is_word(place)
            or word in r.grammar.auxiliaries
            or (word in r.grammar.subordinators and word not in {"and", "or"})
        ):
            return False
        if word in r.grammar.document_nouns:
            return True
    return False


def _writer(reading: Reading, at: int) -> Subject:
    """As in "The union sent a letter **alleging**": the subject of the clause, or the document itself."""
    own = phrase_left(reading.t, at, 0, reading.rules)
    if own is not None and any(word in {"from", "by"} for word in reading.t.lower[slice(*own)]):
        return Subject(own, True)  # "a letter **from nine premiers** recommending"
    subject = reading.subject or clause_subject(reading, at) or phrase_left(reading.t, at, 0, reading.rules)
    return Subject(subject, subject is not None)


def _low(reading: Reading, at: int) -> int:
    """Where a subject that ends before ``at`` may begin: behind what is already spoken for."""
    if True not in reading.taken:
        return 0
    low = at
    while low > 0 and not reading.taken[low - 1]:
        low -= 1
    if low == 0:
        return 0
    t = reading.t
    return next((p + 1 for p in range(low + 1, at - 1) if t.lower[p] == "and" and t.lower[p - 1] == ","), low)


def _lineup(reading: Reading, at: int, *, participle: bool) -> Range | None:
    """The line-up before the verb group at ``at``; before a participle without the "with" of "with Peru and Chile noting"."""
    t, r = reading.t, reading.rules
    lineup = lineup_before(t, at, r, _low(reading, at))
    if lineup is None or not participle or t.lower[lineup[0]] != "with":
        return None if participle and t.lower[at - 1] == "," else lineup
    behind = lineup[0] + 1, lineup[1]
    return behind if voices_in(t, behind, r) else None


def _joins_subject(t: Tokens, start: int, r: Rules) -> bool:
    """Whether the line-up at ``start`` stands beside the subject so far: "and, **with Peru**, opposed"."""
    before = t.lower[max(0, start - 2) : start]
    return t.lower[start] in r.grammar.lineup_words and ("and" in before or "but" in before)


def _glossed(t: Tokens, at: int) -> Subject:
    """As in "He [the mayor] said": the pronoun with the bracket that tells who is meant."""
    opening = next((place for place in range(at - 2, max(0, at - GLOSS_REACH), -1) if t.lower[place] == "["), 0)
    meant = opening > 0 and t.lower[opening - 1] in PRONOUNS
    return Subject((opening - 1, at), True) if meant else NONE


def subject_behind(reading: Reading, at: int) -> Subject:
    """As in "Noting the delay, **Peru** said": the subject of the clause that follows the participle at ``at``, which opens
    the sentence.
    """
    t, r = reading.t, reading.rules
    if at > 1 or (at == 1 and t.lower[0] not in PARTICIPLE_OPENERS):
        return NONE
    for comma in range(at + 2, t.size - 2):
        if t.lower[comma] == ";":
            break
        if t.lower[comma] != "," and not (t.lower[comma - 1] == "," and t.quoted[comma]):
            continue
        span = _first_subject(t, comma + 1, r)
        if span is not None and not t.quoted[comma + 1]:
            return Subject(span, True)
    return NONE


def _first_subject(t: Tokens, start: int, r: Rules) -> Range | None:
    """The names that begin at ``start``, if their verb follows: "**Peru, with Chile,** then said"."""
    g = r.grammar
    if not (t.capital(start) or t.lower[start] in {"the", "he", "she", "they"}):
        return None
    for place in range(start + 1, min(t.size, start + MAIN_REACH)):
        word = t.lower[place]
        if word in r.surely_finite or is_past(t, place):
            end = verb_group(t, place, g).start
            span = lineup_before(t, end, r) or phrase_left(t, end, start, r)
            return span if span is not None and span[0] == start else None
        if word in STOPS:
            return None
    return None


def _relative(reading: Reading, at: int) -> Subject:
    """As in "Western capitals, which fear": the antecedent with its relative pronoun."""
    t = reading.t
    end = at - 1 if at > 0 and t.lower[at - 1] == "," else at
    antecedent = phrase_left(t, end, 0, reading.rules, ties=ANTECEDENT_TIES)
    if antecedent is None:
        return Subject((at, at + 1), True)
    if reading.subject is not None and reading.subject[0] < antecedent[0] < reading.subject[1]:
        return Subject(reading.subject, True)  # "said Ann Lee, a nurse **who** had ...": the one whom the apposition is about
    return Subject((antecedent[0], at + 1), True)


def _across_mark(reading: Reading, mark: int, *, participle: bool, finite: bool) -> Subject:
    """A comma, bracket or dash stands before the verb group: an apposition closes, or a participle hangs on the clause."""
    t = reading.t
    if participle:
        # "If X does Y, pushing on Z could ...": behind an opening clause the -ing form is a subject of its own.
        if t.lower[0] in INTRO_WORDS and "," not in t.lower[:mark]:
            return NONE
        return Subject(reading.subject or clause_subject(reading, mark), True)
    if t.lower[mark] == "," and t.lower[mark - 1] == ")" and finite:
        span = phrase_left(t, mark, 0, reading.rules)
        if span is not None and span[0] == 0:
            return Subject(span, True)
    opening = _opening(t, mark)
    if opening > 0 and _is_apposition(t, opening, mark, reading.rules):
        span = phrase_left(t, opening, 0, reading.rules)
        if span is not None:
            span = _before_appositions(reading, span)
            interrupted = t.lower[opening + 1] in INTERRUPTIONS
            return Subject(span if interrupted else (span[0], mark), True)
    if not finite or t.lower[mark] != ",":
        return Subject(reading.subject, False)
    subject = reading.subject or clause_subject(reading, mark)
    return Subject(subject, subject is not None)


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


def _is_apposition(t: Tokens, opening: int, mark: int, r: Rules) -> bool:
    if t.lower[mark] != ",":
        return True
    if opening + 1 >= mark:
        return False
    first = t.lower[opening + 1]
    if first in APPOSITION_OPENERS or t.capital(opening + 1) or first.isdigit() or first.endswith("ing"):
        return True
    return any(word in r.grammar.person_nouns for word in t.lower[opening + 1 : opening + 1 + OFFICE_REACH])


def clause_subject(reading: Reading, before: int, start: int = 0) -> Range | None:
    """The subject of the clause that begins at ``start``: the phrase before its first finite verb, left of ``before``."""
    t, r = reading.t, reading.rules
    if start == 0 and t.lower[0] in INTRO_WORDS:
        comma = t.find(",", 0, before)
        start = comma + 1 if 0 < comma < before - 1 else 0
    for at in range(start + 1, before):
        word = t.lower[at]
        if t.quoted[at] or (t.capital(at) and word == "may"):
            continue  # the month is no auxiliary
        if word in r.surely_finite or is_past(t, at):
            return _subject_left(reading, verb_group(t, at, r.grammar).bound, start)
    return None


def _subject_left(reading: Reading, end: int, low: int) -> Range | None:
    """The phrase that ends before ``end``, or before the apposition that closes there."""
    t, r = reading.t, reading.rules
    if end - 1 > low and t.lower[end - 1] == ",":
        opening = _opening(t, end - 1)
        span = phrase_left(t, opening, low, r) if opening > low and _is_apposition(t, opening, end - 1, r) else None
        interrupted = span is None or t.lower[opening + 1] in INTERRUPTIONS
        return span if interrupted or span is None else (span[0], end - 1)
    return phrase_left(t, end, low, r)
