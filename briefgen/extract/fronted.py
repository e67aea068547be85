"""Content before its cue: "“…,” X said", "“…,” said X", "…, X said", and what goes on behind the cue.

A quotation is taken whole; where its speaker's own words lead into it, from the start of the sentence. An unquoted clause
counts only when nothing but an adverbial follows the cue, or when the cue interrupts it ("To see it, X said, one must climb").
"""

from __future__ import annotations

from briefgen.extract.clauses import is_clause, is_participle_cue, trimmed
from briefgen.extract.frames import CLOSING_MARKS, QUOTE_MARKS, STOPS, quotation_end
from briefgen.extract.patterns import Rules, VerbForm
from briefgen.extract.phrases import WEEKDAYS, Range, VerbGroup
from briefgen.extract.reading import Attribution, Reading, attribution
from briefgen.extract.subjects import Subject
from briefgen.extract.tokens import DASHES, Tokens

#: Verbs that may stand before their subject behind an unquoted clause: "The dam will hold, **said** the mayor."
INVERTING = frozenset("say add write note explain tell report ask argue reply declare insist warn".split())
#: A clause that begins so is an adverbial of what follows, unless the cue closes the sentence or interrupts it.
ADVERBIAL_OPENERS = frozenset(
    """
    when while after before as if although though because since then but and yet meanwhile still however last earlier
    later this speaking so instead according once asked
    """.split()
)
#: What may follow the cue of a fronted clause.
AFTER_CUE = frozenset(
    """
    . , ; — – -- in on at during last this to of after when while but and as adding through for by yesterday earlier later
    """.split()
)
#: A comma behind the cue with one of these does not take the content up again.
NOT_RESUMING = frozenset("adding who which and but while saying noting citing when as according a an the calling".split())
SUBJECT_STOPS = frozenset("in on at during after before when while as to last this that via by earlier but because".split())
APPOSITION_STARTS = frozenset("a an the who whose one of senior former".split())
MOST_APPOSITIONS = 2
THAT_REACH = 4


def read_fronted(reading: Reading, at: int, end: int, group: VerbGroup, subject: Subject, form: VerbForm) -> Attribution | None:
    """The attribution whose content stands before the verb at ``at``, or None."""
    t = reading.t
    adjacent = subject.span is not None and _touches(t, subject.span, group.bound)
    edge = (subject.span[0] if adjacent and subject.span else group.bound) - 1
    if edge < 1 or not (t.lower[edge] == "," or (t.lower[edge] in CLOSING_MARKS and t.quoted[edge])):
        return None
    source = subject.span if adjacent else _inverted(reading, at, end, edge, form)
    if source is None:
        return None
    behind = max(end, source[1])
    quoted = t.quoted[edge] or (t.lower[edge] == "," and t.quoted[edge - 1])
    if quoted and _goes_on_with_clause(reading, edge, behind):
        return None
    content = _quoted_parts(reading, edge, behind) if quoted else _clause_parts(reading, edge, behind, form)
    if not content:
        return None
    rule = next(use.rule for use in form.uses if use.frame == "quote")
    cue = (group.start, end) if source[0] < at else (at, end)
    frame = "fronted quote" if quoted else "fronted clause"
    if group.passive and t.lower[source[0]] == "it":
        return attribution(rule, frame, None, cue, content, group=group, head=(at, end))  # "…, it is feared, …"
    return attribution(rule, frame, source, cue, content, group=group, head=(at, end), quoted=quoted)


def _touches(t: Tokens, span: Range, verb: int) -> bool:
    """Whether only the mark that closes an apposition stands between the subject and the verb group."""
    return span[1] == verb or (span[1] == verb - 1 and not t.is_word(span[1]) and not t.quoted[span[1]])


# ---------------------------------------------------------------- the subject behind the verb
def _inverted(reading: Reading, at: int, end: int, edge: int, form: VerbForm) -> Range | None:
    """As in "said Anna Lind, the mayor"."""
    t, g = reading.t, reading.rules.grammar
    if edge != at - 1 or end >= t.size or not form.kinds & {"past", "s"}:
        return None
    unquoted = t.lower[edge] == "," and not t.quoted[edge] and not t.quoted[edge - 1]
    if unquoted and form.lemma not in INVERTING:
        return None
    if t.lower[end] in g.subject_pronouns:
        return (end, end + 1)
    if t.lower[end] in g.outside_np or not t.words[end][0].isalpha():
        return None
    stop = _inverted_end(reading, end)
    return None if stop <= end or (unquoted and _holds_verb(reading, end, stop)) else (end, stop)


def _holds_verb(reading: Reading, start: int, end: int) -> bool:
    """Whether a clause and no name stands in the range, or before its first apposition."""
    g = reading.rules.grammar
    comma = reading.t.find(",", start, end)
    end = comma if comma > 0 else end
    return any(
        word in g.auxiliaries or word in g.past_verbs or word in {"that", "which", "if", "to"}
        for word in reading.t.lower[start:end]
    )


def _inverted_end(reading: Reading, start: int) -> int:
    """Where the subject behind the verb ends: its appositions are part of it."""
    t = reading.t
    at, appositions = start, 0
    while at < t.size:
        word = t.lower[at]
        if word in STOPS or word in QUOTE_MARKS or word in CLOSING_MARKS or word in DASHES or word == ":":
            break
        if word == ",":
            if appositions == MOST_APPOSITIONS or not _opens_apposition(reading, at + 1):
                break
            appositions += 1
        elif appositions == 0 and at > start and (word in WEEKDAYS or word in SUBJECT_STOPS):
            break
        at += 1
    return trimmed(t, start, at)


def _opens_apposition(reading: Reading, at: int) -> bool:
    t, g = reading.t, reading.rules.grammar
    if at >= t.size:
        return False
    word = t.lower[at]
    return word in APPOSITION_STARTS or t.capital(at) or word in g.person_nouns or word.isdigit()


# ---------------------------------------------------------------- quotations
def _goes_on_with_clause(reading: Reading, edge: int, behind: int) -> bool:
    """As in "On the show “Morning Call,” Ann Lee said **the port** was safe": the words in marks are a name."""
    t = reading.t
    opening = edge
    while opening > 0 and t.quoted[opening - 1]:
        opening -= 1
    if opening == 0 or behind >= t.size or t.quoted[behind] or t.lower[behind] in AFTER_CUE:
        return False
    return t.lower[behind] == "that" or is_clause(t, behind, reading.rules)


def _quoted_parts(reading: Reading, edge: int, behind: int) -> tuple[Range, ...]:
    """The quotation that closes at ``edge``, and the one that takes it up again behind the cue."""
    t = reading.t
    at = edge if t.quoted[edge] else edge - 1
    while at > 0 and t.quoted[at - 1]:
        at -= 1
    if at > 0 and t.lower[at - 1] != ":" and reading.is_free((0, at)):
        at = 1 if t.lower[0] in {"but", "and"} else 0
    before = (at, edge + 1) if t.quoted[edge] else (at, edge)
    if not reading.is_free(before):
        return ()
    after = _resumed_quotation(t, behind, reading.rules)
    return (before, after) if after is not None else (before,)


def _resumed_quotation(t: Tokens, behind: int, r: Rules) -> Range | None:
    """As in "…," he said on Monday, "but …": a quotation behind a comma, or behind "but" or "and"."""
    for at in range(behind, t.size):
        if t.lower[at] in STOPS or (not t.quoted[at] and _is_another_cue(t, at, r)):
            return None
        if t.quoted[at]:
            takes_up = at == behind or t.lower[at - 1] in {",", ":", "but", "and"}
            return (at, quotation_end(t, at)) if takes_up else None
    return None


def _is_another_cue(t: Tokens, at: int, r: Rules) -> bool:
    said = any(form.kinds & {"past", "s"} and "quote" in form.frames for form in r.verbs.get(t.lower[at], ()))
    return is_participle_cue(t, at, r) or (said and t.lower[at] not in r.nouns)


# ---------------------------------------------------------------- clauses
def _clause_parts(reading: Reading, edge: int, behind: int, form: VerbForm) -> tuple[Range, ...]:
    """The clause before the cue; a cue between two commas interrupts it, and the rest follows."""
    t, end_of_cue = reading.t, behind
    if behind < t.size and t.lower[behind] not in AFTER_CUE and "obj-that" in form.frames:
        behind = _past_addressee(t, behind)
    if t.find("that", end_of_cue, min(t.size, behind + THAT_REACH)) > 0 and "obj-that" in form.frames:
        return ()  # "In a letter, she told the board on Monday **that** …"
    following = t.lower[behind] if behind < t.size else "."
    start = _clause_start(reading, edge)
    words = _resumed_quotation(t, behind, reading.rules) if behind < t.size else None
    if words is not None and not t.quoted[edge - 1] and not _is_adverbial(reading, start):
        return ((start, edge), words) if edge > start else (words,)  # "A ban, she said, “would be wrong”"
    if edge - start < 2 or t.quoted[edge - 1] or not (following in AFTER_CUE or following in WEEKDAYS):
        return ()
    after = _resumed_clause(t, behind)
    closes = behind >= t.size - 1 or _only_adverbial(reading, behind)
    if _is_adverbial(reading, start) and not closes and (following != "," or after is None):
        return ()
    if following != "," and (edge - start < 3 or not _looks_finite(reading, start, edge)):
        return ()
    return ((start, edge), after) if after is not None else ((start, edge),)


def _only_adverbial(reading: Reading, behind: int) -> bool:
    """Whether nothing but "in an interview on Monday" follows the cue."""
    t, g = reading.t, reading.rules.grammar
    rest = t.lower[behind : t.size - 1]
    opens = rest[0] in g.prepositions or rest[0] in WEEKDAYS
    return (
        opens
        and not any(t.quoted[behind:])
        and not any(w == "," or w in g.auxiliaries or w in reading.rules.finite for w in rest)
    )


def _past_addressee(t: Tokens, at: int) -> int:
    """Behind "told **the Herald** on Monday": the place behind the one who was told."""
    while at < t.size and t.is_word(at) and t.lower[at] not in AFTER_CUE and t.lower[at] not in WEEKDAYS:
        at += 1
    return at


def _clause_start(reading: Reading, edge: int) -> int:
    t = reading.t
    start = next((at + 1 for at in range(edge - 1, -1, -1) if _parts_clauses(t, at)), 0)
    return start + 1 if t.lower[start] in {"but", "and", "yet", "still"} else start


def _parts_clauses(t: Tokens, at: int) -> bool:
    """Whether a semicolon, a colon, or a dash with "and" or "but" behind it parts what was said from what stands before."""
    return (
        t.lower[at] == ";"
        or (t.lower[at] == ":" and not t.quoted[at] and t.lower[at + 1] not in QUOTE_MARKS)
        or ((t.lower[at] in DASHES or t.lower[at] == "-") and t.lower[at + 1] in {"and", "but"})
    )


def _is_adverbial(reading: Reading, start: int) -> bool:
    first = reading.t.lower[start]
    if first in {"this", "last"} and reading.t.lower[start + 1] not in reading.rules.grammar.time_words:
        return False
    opener = first in reading.rules.grammar.prepositions or first in ADVERBIAL_OPENERS
    return opener or first.endswith(("ing", "ly"))


def _looks_finite(reading: Reading, start: int, end: int) -> bool:
    g = reading.rules.grammar
    return any(word in g.auxiliaries or word.endswith(("ed", "s")) for word in reading.t.lower[start:end])


def _resumed_clause(t: Tokens, behind: int) -> Range | None:
    at = behind
    while at < t.size and t.lower[at] not in STOPS and t.lower[at] not in DASHES and t.lower[at] not in {",", ":"}:
        if t.quoted[at]:
            return None
        at += 1
    if at + 1 >= t.size or t.lower[at] != "," or t.lower[at + 1] in NOT_RESUMING or t.quoted[at + 1]:
        return None
    end = trimmed(t, at + 1, t.size)
    return (at + 1, end) if end - at > 2 else None
