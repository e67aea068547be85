"""Cues that are no verbs of speech: nouns, light verbs with a noun, adjectives, "according to", and the copula of statements.

A nominal cue counts only when somebody owns it: a possessor ("Moscow's insistence on"), an agent behind it ("the plea by
tenants for", "unease among doctors about", "a plan led by X to"). Without an owner it is talk, not a position.
"""

from __future__ import annotations

from briefgen.extract.clauses import RELATIVE_OPENERS, clause_end, is_third_person, phrase_end, trimmed, within_clause
from briefgen.extract.frames import QUOTE_MARKS, is_infinitive
from briefgen.extract.parties import lineup_behind
from briefgen.extract.phrases import POSSESSIVE, Range, base_phrase_left, is_actor_phrase, phrase_left, verb_group
from briefgen.extract.reading import Attribution, Reading, attribution
from briefgen.extract.subjects import subject_before
from briefgen.extract.tokens import DASHES, Tokens
from briefgen.model.findings import Confidence, Stance
from briefgen.model.lexicon import AdjectiveRule, CueRule, NounRule, SupportVerbRule

#: Prepositions that bring the owner of a noun: "unease **among** doctors", "the plea **by** tenants".
AGENT_PREPOSITIONS = frozenset(("by", "from", "among", "within", "in", "between", "of"))
#: The two cues that are grammar, not vocabulary.
ACCORDING_TO = CueRule(id="according-to", examples=("According to the mayor, the bridge is safe.",), stance=Stance.STATES)
COPULA = CueRule(
    id="copula",
    examples=("Their main message is that the pool stays open.",),
    stance=Stance.STATES,
    confidence=Confidence.LOW,
)
VIEWS = frozenset(("view", "opinion", "eyes", "words", "judgment", "judgement"))
OWNER_REACH = 4
LONGEST_NAME = 4
OPEN_REACH = 6
SUPPORT_REACH = 6


def read_noun(reading: Reading, at: int) -> Attribution | None:
    """As in "Moscow's demand for X", "the plea by tenants for X"."""
    t = reading.t
    for rule in reading.rules.nouns.get(t.lower[at], ()):
        owner = _possessor(reading, at)
        behind = at + 1
        if owner is None:
            owner, behind = _agent(reading, behind)
        if (owner is None and not _may_be_unowned(reading, at, rule)) or _is_open(reading, min(owner[0], at) if owner else at):
            continue
        content = _complement(reading, behind, rule)
        if content is not None and reading.is_free(content[1]):
            cue = (owner[1], content[0]) if owner is not None and owner[1] <= at else (at, at + 1)
            span = content[1] if owner is not None else _before_verb(reading, content[1])
            return attribution(rule, "noun", owner, cue, (span,), head=(at, at + 1), complement=behind)
    return None


def _before_verb(reading: Reading, span: Range) -> Range:
    """The range up to the verb of which it is the subject: "the call for guarantees **reflects** fear"."""
    for at in range(span[0] + 1, span[1]):
        if is_third_person(reading.t, at, reading.rules):
            return span[0], at
    return span


def _may_be_unowned(reading: Reading, at: int, rule: NounRule) -> bool:
    """As in "**calls** for a truce", "the **demand** for reciprocity": somebody wants it, though nobody is named."""
    t = reading.t
    if not rule.unowned or at == 0 or t.lower[at - 1] in {"of", "no", "any"}:
        return False
    g, before = reading.rules.grammar, t.lower[at - 1]
    if before in g.determiners:
        return True
    if not t.lower[at].endswith("s"):
        return False
    # "amid **calls** for": a word that may be a verb too needs something before it that is no subject
    return (
        t.lower[at] not in reading.rules.verbs
        or before in g.prepositions
        or before in {",", "and", "growing", "new", "repeated"}
    )


def _is_open(reading: Reading, at: int) -> bool:
    """Whether what is owned is not there yet: "the deal **depends on** the willingness of all sides to pay"."""
    return any(word in reading.rules.grammar.open_words for word in reading.t.lower[max(0, at - OPEN_REACH) : at])


def _possessor(reading: Reading, at: int) -> Range | None:
    """The phrase before the noun that owns it: "Moscow's", "the tenants'", "its"."""
    t, g = reading.t, reading.rules.grammar
    if at > 0 and t.capital(at - 1) and t.lower[at - 1] in reading.rules.bodies:
        if t.capital(at) or t.lower[at] in reading.rules.verbs:
            return None
        start = base_phrase_left(t, at, 0, reading.rules)  # "the EU proposal to"
        return (start, at) if start is not None else None
    place = at - 1
    while place >= max(0, at - OWNER_REACH) and t.lower[place] not in POSSESSIVE and t.lower[place] not in g.possessives:
        if t.lower[place] in g.outside_np or t.lower[place] in g.determiners or not t.is_word(place):
            return None
        place -= 1
    if place < 0 or place < at - OWNER_REACH:
        return None
    if t.lower[place] in g.possessives:
        return None if t.lower[place] in {"your", "my", "our"} else (place, place + 1)
    start = base_phrase_left(t, place, 0, reading.rules)
    return (start, place + 1) if start is not None else None


def _agent(reading: Reading, at: int) -> tuple[Range | None, int]:
    """The owner behind the noun, and the place behind it: "(made) by tenants", "among doctors"."""
    t, g = reading.t, reading.rules.grammar
    if at < t.size and t.lower[at] in g.agent_verbs:
        at += 1
    if at + 1 >= t.size or t.lower[at] not in AGENT_PREPOSITIONS:
        return None, at
    lineup = lineup_behind(t, at + 1, reading.rules)
    if lineup is not None:
        return lineup, lineup[1] + (lineup[1] < t.size and t.lower[lineup[1]] == ",")
    end = at + 1
    while (
        end < t.size
        and (t.is_word(end) or t.lower[end] in POSSESSIVE)
        and (t.lower[end] not in g.outside_np or t.lower[end] == "and")
    ):
        end += 1
    span = (at + 1, end)
    if end == at + 1 or not is_actor_phrase(t, span, reading.rules):
        return None, at
    return span, end


def _complement(reading: Reading, at: int, rule: NounRule | SupportVerbRule | AdjectiveRule) -> tuple[int, Range] | None:
    """What follows a noun or an adjective by its rule: where the cue ends, and the content."""
    t, r = reading.t, reading.rules
    if at + 1 >= t.size:
        return None
    word = t.lower[at]
    if "to" in rule.frames and is_infinitive(t, at, r):
        return at, (at, _infinitive_end(reading, at) if isinstance(rule, NounRule) else clause_end(t, at, r))
    if "that" in rule.frames and word == "that":
        return at + 1, (at + 1, clause_end(t, at + 1, r))
    if word in rule.prepositions and (t.is_word(at + 1) or t.words[at + 1] in QUOTE_MARKS):
        return at + 1, (at + 1, phrase_end(t, at + 1, r))
    return None


def _infinitive_end(reading: Reading, at: int) -> int:
    """The end of an infinitive that hangs on a noun, which may be a subject: "the plan to cut fares **is** popular"."""
    t, g = reading.t, reading.rules.grammar
    end = clause_end(t, at, reading.rules)
    for place in range(at + 2, end):
        if t.lower[place] in RELATIVE_OPENERS:
            break
        if t.lower[place] in g.auxiliaries and t.lower[place] not in {"be", "been", "being", "have"}:
            return trimmed(t, at, place)
    return end


def read_support_verb(reading: Reading, at: int) -> Attribution | None:
    """As in "has laid great stress on X", "took the view that X"."""
    t, r = reading.t, reading.rules
    for rule in r.support_verbs.get(t.lower[at], ()):
        noun = _support_noun(t, at, rule, reading)
        if noun < 0:
            continue
        group = verb_group(t, at, r.grammar)
        subject = subject_before(reading, group.bound, participle=False, finite=True)
        content = _complement(reading, noun + 1, rule)
        if subject.span is None or not subject.certain or content is None or not reading.is_free(content[1]):
            continue
        cue = group.start, content[0]
        return attribution(
            rule, "light verb", subject.span, cue, (content[1],), group=group, head=(at, noun + 1), complement=noun + 1
        )
    return None


def _support_noun(t: Tokens, at: int, rule: SupportVerbRule, reading: Reading) -> int:
    for place in range(at + 1, min(t.size, at + SUPPORT_REACH)):
        if t.lower[place] in rule.nouns:
            return place
        if t.lower[place] in reading.rules.grammar.outside_np or not t.is_word(place):
            return -1
    return -1


def read_adjective(reading: Reading, at: int) -> Attribution | None:
    """As in "is ready to X", "are opposed to X", "is worried that X"."""
    t, r = reading.t, reading.rules
    for lead, rule in r.adjectives.get(t.lower[at], ()):
        if tuple(t.lower[max(0, at - len(lead)) : at]) != lead:
            continue
        first = at - len(lead)
        group = verb_group(t, first, r.grammar)
        copula = group.marked and any(word in r.grammar.be or word == "'s" for word in t.lower[group.start : first])
        if not copula and not _is_absolute(t, at):
            continue
        subject = subject_before(reading, group.bound, participle=False, finite=True)
        behind = at if t.lower[at] in rule.prepositions else at + 1
        content = _complement(reading, behind, rule)
        if subject.span is None or not subject.certain or content is None or not reading.is_free(content[1]):
            continue
        span = within_clause(t, content[1], subject.span)
        if not copula and "," in t.lower[span[0] : span[1]]:
            span = span[0], t.find(",", *span)
        cue = group.start, content[0]
        return attribution(rule, "adjective", subject.span, cue, (span,), group=group, head=(first, at + 1), complement=behind)
    return None


def _is_absolute(t: Tokens, at: int) -> bool:
    """As in "With the club firm and **Lagos determined** to": a name before the adjective in a phrase with "with"."""
    return at > 1 and t.capital(at - 1) and "with" in t.lower[: at - 1]


def read_according(reading: Reading, at: int) -> Attribution | None:
    """As in "According to X, Y." and "Y, according to X"."""
    t = reading.t
    if at + 2 >= t.size or t.lower[at + 1] != ("of" if t.lower[at] in VIEWS else "to"):
        return None
    start = behind = at + 2
    if t.lower[at] in VIEWS:
        if at < 2 or t.lower[at - 2 : at] != ["in", "the"]:
            return None
        at -= 2  # "**In the view of** the board, Y"
    end = _according_source_end(t, start, at)
    if end == start:
        return None
    content = _according_content(reading, at, end)
    if not content or any(end <= start for start, end in content):
        return None  # what is said inside the content may have been read already: it is relayed then
    return attribution(ACCORDING_TO, "according to", (start, end), (at, behind), content)


def _according_source_end(t: Tokens, start: int, at: int) -> int:
    place, appositions = start, 0
    while place < t.size:
        word = t.lower[place]
        if word in {".", ";"} or word in DASHES or word in QUOTE_MARKS or (place > start and word in {"that", "which", "who"}):
            break
        if word == ",":
            name = _name_between(t, place) if at <= 1 and appositions == 0 else 0
            if name:
                place, appositions = name, 1
                continue
            opens = (
                at > 1 and appositions == 0 and place + 1 < t.size and t.lower[place + 1] in {"a", "an", "the", "who", "which"}
            )
            if not opens or "," not in t.lower[place + 1 :]:
                break
            appositions += 1
        place += 1
    return place


def _name_between(t: Tokens, comma: int) -> int:
    """As in "According to the owner**, Ann Lee,** X": the second comma, if only a name stands between the two; else 0."""
    behind = t.find(",", comma + 2, min(t.size, comma + 2 + LONGEST_NAME))
    named = behind > 0 and all(t.capital(at) for at in range(comma + 1, behind))
    lower = behind > 0 and behind + 1 < t.size and not t.capital(behind + 1)
    return behind if named and lower else 0


def _according_content(reading: Reading, at: int, end: int) -> tuple[Range, ...]:
    t = reading.t
    if at <= 1:
        start = end + 1 if end < t.size and t.lower[end] == "," else end
        stop = trimmed(t, start, t.size)
        return ((start, stop),) if stop > start else ()
    stop = at - 1 if t.lower[at - 1] == "," else at
    start = next((place + 1 for place in range(stop - 1, -1, -1) if t.lower[place] == ";"), 0)
    if start == 0 and t.lower[0] in {"but", "and", "yet"}:
        start = 1
    if stop <= start:
        return ()
    first = (start, stop)
    behind = trimmed(t, end + 1, t.size) if end < t.size and t.lower[end] == "," else 0
    if behind - end > 4 and t.lower[end + 1] not in {"and", "but", "while", "which"}:
        return first, (end + 1, behind)
    return (first,)


def read_copula(reading: Reading, at: int) -> Attribution | None:
    """As in "One condition cited is that X", "The goal stated is to X": the owner is known only from what was said before."""
    t, r = reading.t, reading.rules
    if t.lower[at] not in {"is", "was"} or at < 2 or at + 2 >= t.size:
        return None
    head = at - 1 if t.lower[at - 1] in r.grammar.statement_nouns else at - 2
    if t.lower[head] not in r.grammar.statement_nouns or (head == at - 2 and not t.lower[at - 1].endswith("ed")):
        return None
    stated = head == at - 2
    owner = _possessor(reading, head) if not stated else None
    if owner is None and not stated:
        return None
    if t.lower[at + 1] == "that":
        span = (at + 2, clause_end(t, at + 2, r))
    elif is_infinitive(t, at + 1, r):
        span = (at + 1, clause_end(t, at + 1, r))
    else:
        return None
    if span[1] <= span[0] or not reading.is_free(span):
        return None
    start = phrase_left(t, head + 1, 0, r)
    rule = next(iter(r.nouns.get(t.lower[head], ())), COPULA)
    return attribution(rule, "copula", owner, (start[0] if start else head, at + 1), (span,))
