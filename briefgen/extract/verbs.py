"""Verbs as cues: "X said that", "“…,” X said", "said X", "is considered by X to be", "X opposes Y".

For each token that may be a form of an attributing verb: is it a verb here at all, who is its subject, and which of its
frames fits what follows.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.extract.asserting import is_open
from briefgen.extract.clauses import is_participle_cue, phrase_end, trimmed, within_clause
from briefgen.extract.frames import READERS, STOPS, is_infinitive, opens_phrase, read_preposition, read_wh
from briefgen.extract.fronted import read_fronted
from briefgen.extract.holders import SELF, head_of
from briefgen.extract.parties import lineup_behind
from briefgen.extract.patterns import Use, VerbForm
from briefgen.extract.phrases import (
    POSSESSIVE,
    WEEKDAYS,
    Range,
    VerbGroup,
    is_actor_phrase,
    phrase_left,
    phrase_right,
    verb_group,
)
from briefgen.extract.reading import Attribution, Reading, attribution
from briefgen.extract.relatives import before_main_verb, holds_relative, with_antecedent
from briefgen.extract.subjects import Subject, clause_subject, subject_before, subject_behind
from briefgen.extract.tokens import DASHES, Tokens
from briefgen.model.lexicon import Frame, VerbRule

#: A determiner before the word makes it a noun, unless it can itself be a subject ("some argue").
SUBJECT_DETERMINERS = frozenset(
    ("that", "this", "these", "those", "some", "many", "most", "all", "both", "one", "few", "several")
)
#: What counts as said where somebody did something to say it.
PURPOSES = frozenset(("that", "quote", "obj-that"))
TIME_REACH = 5
TIMES = frozenset("day days hour hours minute minutes weeks months years night morning evening".split())
BEFORE_ASKED = frozenset(("when", "if", "once", ",", "(", "and", "but"))
#: "As she told **the board of the port in May**,": the comma stands at most so far behind the verb.
AS_REACH = 8
#: A verb behind "to" or "should" without one of these frames says nothing, whoever its subject is.
EVEN_UNDONE = frozenset(("quote", "asked"))
#: Frames whose content has no verb of its own.
PHRASES = frozenset(("np", "prep"))
ARTICLES = frozenset(("the", "a", "an", "of"))
#: A pronoun that can be what a passive is about: "**This** was opposed by".
LONE_TOPICS = frozenset(("this", "that"))
NOUN_PREPOSITIONS = frozenset(("of", "in", "for", "with", "from", "on", "by", "at", "no", "about"))
ING_PREPOSITIONS = DASHES | {"by", "of", "in", "for", "from", "without", "while", "and", ","}


def read_verb(reading: Reading, at: int) -> Attribution | None:
    """The attribution that the verb at token ``at`` makes, or None."""
    for form in verb_forms(reading, at):
        found = _read_form(reading, at, form)
        if found is not None:
            return found
    return None


def _read_form(reading: Reading, at: int, form: VerbForm) -> Attribution | None:
    """What one form makes: a passive that goes on, content that stands before it, or what follows it."""
    group = verb_group(reading.t, at, reading.rules.grammar)
    end = at + 1 + len(form.particle)
    second = _second_passive(reading, group.start, end, form)
    if second is not None:
        return _passive(reading, end, group._replace(passive=True), second, form)
    done = not group.infinitive and (not group.unreal or _is_will(reading, group, at))
    if not done and form.frames.isdisjoint(EVEN_UNDONE):
        return _purpose(reading, at, end, group, form) if group.infinitive else None
    subject = _subject(reading, group, form)
    found = _fronted_or_asked(reading, at, end, group, subject, form)
    if found is not None:
        return found
    if group.infinitive:
        return _purpose(reading, at, end, group, form)
    if not subject.certain or not done:
        return None
    if _is_participle(group, form) and subject.span is not None and not _is_anybody(reading, subject.span):
        return None
    if subject.span is not None and is_open(reading.t, subject.span[0]):
        return _named(reading, at, end, group, subject, form)
    if group.passive and "participle" in form.kinds:
        return _passive(reading, end, group, subject, form)
    bare = form.kinds == {"participle"} and not group.marked  # "a survey **shown** in spring"
    if bare or not _agrees(reading, at, form, group, subject):
        return None
    found = _active(reading, at, end, group, subject, form)
    if found is not None:
        found.beside = subject.beside
    return found


def _subject(reading: Reading, group: VerbGroup, form: VerbForm) -> Subject:
    """The subject of a verb group: before it, behind an opening participle, or a lone "this" of a passive."""
    participle = _is_participle(group, form)
    finite = bool(form.kinds & {"past", "s"})
    subject = subject_before(reading, group.bound, participle=participle, finite=finite)
    if subject.span is not None:
        return subject
    if participle:
        return subject_behind(reading, group.start)
    if group.passive and reading.t.lower[group.start - 1] in LONE_TOPICS:
        return Subject((group.start - 1, group.start), True)
    return subject


def _is_anybody(reading: Reading, span: Range) -> bool:
    """Whether the subject that a participle borrows can act: "Considering this, **the balance** is fragile" has none."""
    g, words = reading.rules.grammar, reading.t.lower[slice(*span)]
    known = (
        span == reading.subject
        or words[0] in g.subject_pronouns
        or words[0] in g.lone_subjects
        or words[-1] in {"who", "which"}
    )
    return known or any(word in g.document_nouns for word in words) or is_actor_phrase(reading.t, span, reading.rules)


def _is_participle(group: VerbGroup, form: VerbForm) -> bool:
    return form.kinds == {"ing"} and not group.marked


def _fronted_or_asked(
    reading: Reading, at: int, end: int, group: VerbGroup, subject: Subject, form: VerbForm
) -> Attribution | None:
    """Content before its cue, or what somebody is asked."""
    found = None
    if "quote" in form.frames and not _is_participle(group, form):
        found = read_fronted(reading, at, end, group, subject, form)
    if found is None and "asked" in form.frames and "participle" in form.kinds and not group.negated:
        found = _asked(reading, at, end, group, form)
    return found


def _second_passive(reading: Reading, start: int, end: int, form: VerbForm) -> Subject | None:
    """As in "The levy was backed by Peru and **opposed by Chile**": the subject of the passive before it."""
    t = reading.t
    if not reading.found or reading.found[-1].frame != "passive" or "participle" not in form.kinds:
        return None
    coordinated = start > 1 and t.lower[start - 1] in {"and", "but"} and end < t.size and t.lower[end] == "by"
    return Subject(reading.found[-1].content[0], True) if coordinated else None


def _purpose(reading: Reading, at: int, end: int, group: VerbGroup, form: VerbForm) -> Attribution | None:
    """As in "took the floor **to say that** it was late", "wrote to the board **to warn**: “…”": done, and so said."""
    t, g = reading.t, reading.rules.grammar
    if group.start < 2 or t.lower[group.start - 2] in g.not_done or t.lower[group.start - 2] in g.auxiliaries:
        return None
    source = reading.subject or clause_subject(reading, group.start - 1)
    if source is None:
        return None
    for use in form.uses:
        if use.frame in PURPOSES and _is_wanted(t, Subject(source, True), use.rule):
            content = READERS[use.frame](t, end, use.rule, reading.rules)
            if content is not None and reading.is_free(content.span):
                cue, tie = (group.start - 1, content.cue_end), content.complement
                return attribution(
                    use.rule, use.frame, source, cue, (content.span,), group=group, head=(at, end), complement=tie
                )
    return None


def _is_will(reading: Reading, group: VerbGroup, at: int) -> bool:
    """Whether "would" or "could" tells somebody's will: "**could not** agree", or anything that they say of themselves."""
    words = reading.t.lower[group.start : at]
    own = reading.wishes or (group.start > 0 and reading.t.lower[group.start - 1] in SELF)
    return (own and "would" in words) or (group.negated and not {"should", "might", "may", "must"}.intersection(words))


def _named(reading: Reading, at: int, end: int, group: VerbGroup, subject: Subject, form: VerbForm) -> Attribution | None:
    """As in "**what** the mayor called a trap": the name that somebody gives."""
    t, r = reading.t, reading.rules
    if subject.span is None or t.lower[subject.span[0] - 1] != "what" or group.negated:
        return None
    use = next((use for use in form.uses if use.frame in {"np-np", "np-as"}), None)
    if use is None or (use.frame == "np-as") != (end < t.size and t.lower[end] == "as"):
        return None
    span = end, phrase_end(t, end + 1, r)
    if span[1] <= span[0] + 1 or not reading.is_free(span):
        return None
    return attribution(use.rule, "what", subject.span, (group.start, end), (span,), group=group, head=(at, end))


def _asked(reading: Reading, at: int, end: int, group: VerbGroup, form: VerbForm) -> Attribution | None:
    """As in "**Asked** why she left, Ann Lee said", "when asked about it", "was asked whether": nobody is said to ask."""
    t = reading.t
    use = next((use for use in form.uses if use.frame == "asked"), None)
    opens = group.start == 0 or t.lower[group.start - 1] in BEFORE_ASKED
    if use is None or end >= t.size or not (opens or group.passive):
        return None
    source, end = _asker(reading, end)
    content = (
        read_wh(t, end, use.rule, reading.rules)
        or read_preposition(t, end, use.rule, reading.rules)
        or (READERS["to"](t, end, use.rule, reading.rules) if source is not None else None)
    )
    if content is None or not reading.is_free(content.span):
        return None
    stop = t.find(",", content.span[0] + 1, content.span[1]) if opens else -1
    span = content.span[0], stop if stop > 0 and not t.quoted[stop] else content.span[1]
    cue, tie = (group.start, content.cue_end), content.complement
    return attribution(use.rule, use.frame, source, cue, (span,), head=(at, at + 1), complement=tie)


def _asker(reading: Reading, at: int) -> tuple[Range | None, int]:
    """As in "Asked **by Ann Lee on Monday** whether": who asks, if anybody is named, and the place behind."""
    t, g = reading.t, reading.rules.grammar
    source = None
    if t.lower[at] == "by":
        source = phrase_right(t, at + 1, t.size, reading.rules)
        source = source if source is not None and _may_be_agent(t, source, reading) else None
        at = source[1] if source is not None else at
    while at < t.size - 1 and (
        t.lower[at] in WEEKDAYS
        or t.lower[at] in g.time_words
        or g.is_adverb(t.lower[at])
        or (t.lower[at] == "on" and t.lower[at + 1] in WEEKDAYS)
    ):
        at += 1
    return source, at


def verb_forms(reading: Reading, at: int) -> Iterator[VerbForm]:
    """The forms that the word at ``at`` may be, those with a particle first; none where it is a noun here."""
    t = reading.t
    for form in reading.rules.verbs.get(t.lower[at], ()):
        after = at + 1
        if form.particle and tuple(t.lower[after : after + len(form.particle)]) != form.particle:
            continue
        if _is_noun(reading, at, form):
            return
        yield form


def _is_noun(reading: Reading, at: int, form: VerbForm) -> bool:
    """Whether the word is a noun or part of a name here, by what stands before it."""
    t, g = reading.t, reading.rules.grammar
    before = t.lower[at - 1] if at else ""
    ing = "ing" in form.kinds
    if t.capital(at) and at > 0 and (t.capital(at - 1) or t.is_word(at - 1)):
        # in a headline everything has a capital: its first verb in -s is one
        return bool(reading.found) or "s" not in form.kinds or not t.is_headline()
    if t.lower[at] in g.plural_actors and at + 1 < t.size and _is_finite(reading, at + 1):
        return True
    if before in g.determiners and before not in SUBJECT_DETERMINERS:
        return True
    if t.lower[at] in g.plural_actors and any(w in g.group_words and w not in ARTICLES for w in t.lower[max(0, at - 2) : at]):
        return True  # "two river states"
    ambiguous = t.lower[at] in g.noun_or_verb or t.lower[at] in reading.rules.nouns
    if before in POSSESSIVE:
        return ambiguous and not (at > 1 and t.lower[at - 2] in g.subject_pronouns)
    if before in g.possessives:
        return True
    if before in NOUN_PREPOSITIONS:
        return not (ing and before in ING_PREPOSITIONS)
    return ambiguous and form.kinds == {"base"} and before in {"this", "that"}


def _is_finite(reading: Reading, at: int) -> bool:
    """Whether a finite verb stands at ``at`` for sure: the word before it is its subject."""
    return reading.t.lower[at] in reading.rules.surely_finite


def _agrees(reading: Reading, at: int, form: VerbForm, group: VerbGroup, subject: Subject) -> bool:
    """A word that is as often a noun needs a subject that fits its form; a bare -ing form needs a comma or preposition."""
    t, g = reading.t, reading.rules.grammar
    span = subject.span
    if span is None:
        return False
    adjacent = span[1] == group.bound and not holds_relative(t, span)
    if form.kinds == {"ing"}:
        absolute = span[0] > 0 and t.lower[span[0] - 1] == "with"
        lone = span[0] == 0 or not (t.lower[span[0] - 1] in g.prepositions or t.lower[span[0] - 1] in {"and", "or"})
        people = (
            lone and t.lower[span[1] - 1] in g.plural_actors and not any(w in g.prepositions for w in t.lower[slice(*span)])
        )
        paper = any(word in g.document_nouns for word in t.lower[slice(*span)])
        return group.marked or not adjacent or absolute or people or paper or t.lower[at - 1] in ING_PREPOSITIONS
    if group.marked or not adjacent or not (t.lower[at] in g.noun_or_verb or t.lower[at] in reading.rules.nouns):
        return True
    head = t.lower[span[1] - 1]
    if head in reading.rules.adjectival:
        return False  # "Western **states**", "Turkish **plans**": an adjective before a noun
    pronoun = head in g.subject_pronouns or head in g.lone_subjects
    if form.kinds == {"s"}:
        office = head in g.person_nouns or head in g.actor_nouns or head in g.document_nouns
        return (
            t.capital(span[1] - 1)
            or pronoun
            or (office and (t.lower[span[0]] in g.determiners or t.lower[span[0]] in g.possessives))
        )
    if form.kinds == {"base"}:
        several = t.lower[head_of(t, span, reading.rules)]  # "**economists** at the university doubt"
        return (pronoun or head.endswith("s") or not g.plural_actors.isdisjoint((head, several))) and not t.capital(at)
    return True


def _active(reading: Reading, at: int, end: int, group: VerbGroup, subject: Subject, form: VerbForm) -> Attribution | None:
    t = reading.t
    if subject.span is not None and subject.span[0] == 1 and t.lower[0] == "as":
        said = _as_said(reading, at, end, group, subject.span, form)
        if said is not None:
            return said
    for use in form.uses:
        if use.frame not in READERS or not _is_wanted(t, subject, use.rule):
            continue
        content = READERS[use.frame](t, end, use.rule, reading.rules)
        if content is None or not reading.is_free(content.span) or _says_nothing(t, content.span, use.rule):
            continue
        span = within_clause(t, content.span, subject.span)
        if subject.span is not None and use.frame in PHRASES:
            span = before_main_verb(t, span, subject.span, reading.rules)
        if subject.span is not None and at < subject.span[0]:
            span = _before_main_clause(reading, span, subject.span[0])
        if span[1] <= span[0]:
            continue
        cue = group.start, content.cue_end
        head, complement = (at, end), content.complement
        if form.particle and form.particle[0] in reading.rules.grammar.prepositions:
            head, complement = (at, at + 1), at + 1  # "called **on** the parties to act"
        return attribution(
            use.rule,
            use.frame,
            subject.span,
            cue,
            (span,),
            group=group,
            target=content.target,
            head=head,
            complement=complement,
        )
    return None


def _as_said(reading: Reading, at: int, end: int, group: VerbGroup, source: Range, form: VerbForm) -> Attribution | None:
    """As in "**As Ann Lee told the board,** the port is safe": the main clause is what she said."""
    t = reading.t
    comma = t.find(",", end, end + AS_REACH)
    use = next((use for use in form.uses if use.frame in {"that", "obj-that"}), None)
    if use is None or comma < 0 or comma > end + (0 if use.frame == "that" else AS_REACH):
        return None
    span = comma + 1, trimmed(t, comma + 1, t.size)
    if group.negated or not reading.is_free(span) or t.quoted[span[0]]:
        return None
    return attribution(use.rule, "as", source, (group.start, end), (span,), group=group, head=(at, end))


def _is_wanted(t: Tokens, subject: Subject, rule: VerbRule) -> bool:
    """Whether the rule takes any subject, or this one."""
    return not rule.subjects or (
        subject.span is not None and any(word in rule.subjects for word in t.lower[slice(*subject.span)])
    )


def _says_nothing(t: Tokens, span: Range, rule: VerbRule) -> bool:
    """As in "declined **to comment**": what the rule leaves out."""
    start = span[0] + (t.lower[span[0]] == "to")
    return bool(rule.unless) and start < t.size and t.lower[start] in rule.unless


def _before_main_clause(reading: Reading, span: Range, main: int) -> Range:
    """The content of a participle that opens the sentence: up to the next participle, at most to the main clause."""
    t = reading.t
    end = min(span[1], main - 1)
    for at in range(span[0] + 1, end - 1):
        if t.lower[at] == "and" and not t.quoted[at] and is_participle_cue(t, at + 1, reading.rules):
            return span[0], at
    return span[0], end


# ---------------------------------------------------------------- passives
def _passive(reading: Reading, end: int, group: VerbGroup, subject: Subject, form: VerbForm) -> Attribution | None:
    """As in "has been opposed by X", "is considered by X to be Y", "are perceived as Y": the subject is content."""
    t = reading.t
    if subject.span is None or end >= t.size:
        return None
    topic, cue, head = _whole_topic(reading, subject.span), (group.start, end), (end - 1 - len(form.particle), end)
    end = _past_time(reading, end)
    first: tuple[Frame, ...] = ("obj-to", "np") if "to" in t.lower[end:] else ("np", "obj-to")
    object_use = _first_use(form, (*first, "np-as", "np-np", "that", "quote"))
    shared = bool(reading.found) and reading.found[-1].content[0] == topic
    if t.lower[topic[1] - 1] in {"who", "which"} or not (shared or reading.is_free(topic)):
        return None
    if t.lower[end] == "by" and object_use is not None:
        agent = lineup_behind(t, end + 1, reading.rules) or phrase_right(t, end + 1, t.size, reading.rules)
        if agent is None or not _may_be_agent(t, agent, reading):
            return None
        rest = _complement(reading, agent[1])
        content = (topic, rest) if rest is not None else (topic,)
        return attribution(object_use.rule, "passive", agent, (group.start, end + 1), content, group=group, head=head)
    rest, wanted = _complement(reading, end), "np-as" if t.lower[end] == "as" else "raised"
    if rest is None and opens_phrase(t, end, reading.rules):
        rest, wanted = (end, phrase_end(t, end, reading.rules)), "np-np"
    use = next((use for use in form.uses if use.frame == wanted), None)
    if rest is None or use is None or rest[1] <= rest[0]:
        return None
    return attribution(use.rule, "passive without agent", None, cue, (topic, rest), group=group, head=head)


def _whole_topic(reading: Reading, span: Range) -> Range:
    """As in "**Passing the matter on** was opposed by": from the form in -ing that opens the sentence, or from what a relative
    clause tells apart; without who stands beside it ("**The ban**, supported by Norway, was opposed by").
    """
    t, r = reading.t, reading.rules
    if span[0] > 1 and t.lower[span[0]] in r.grammar.lineup_words and t.lower[span[0] - 1] == ",":
        return phrase_left(t, span[0] - 1, 0, r) or span
    opens = t.lower[0].endswith("ing") and span[0] > 1
    broken = any(w == "," or w in r.grammar.auxiliaries or w in r.finite for w in t.lower[1 : span[0]])
    return (0, span[1]) if opens and not broken else with_antecedent(reading, span)


def _past_time(reading: Reading, at: int) -> int:
    """Behind the time that stands before an agent: "was rejected **within a day** by the board"; else ``at``."""
    t, g = reading.t, reading.rules.grammar
    by = t.find("by", at, at + TIME_REACH)
    between = t.lower[at:by] if by > at else []
    timed = between and all(
        w in g.time_words or w in g.prepositions or w in g.determiners or g.is_adverb(w) or w in TIMES for w in between
    )
    return by if timed else at


def _first_use(form: VerbForm, frames: tuple[Frame, ...]) -> Use | None:
    """The use with the first of ``frames`` that the verb has."""
    return next((use for frame in frames for use in form.uses if use.frame == frame), None)


def _complement(reading: Reading, at: int) -> Range | None:
    """As in "to be Y", "as Y" behind a passive."""
    t = reading.t
    if at >= t.size or not (is_infinitive(t, at, reading.rules) or t.lower[at] == "as"):
        return None
    end = at
    while end < t.size and (t.lower[end] not in STOPS and t.lower[end] != ","):
        end += 1
    return (at, end) if end > at + 1 else None


def _may_be_agent(t: Tokens, agent: Range, reading: Reading) -> bool:
    """As in "by Moscow" is an agent; "by 5 %", "by raising" and "by the vote" are not."""
    first = t.lower[agent[0]]
    g = reading.rules.grammar
    if first[0].isdigit() or first.endswith("ing") or first in WEEKDAYS:
        return False
    heads = t.lower[agent[0] : agent[1]]
    return t.capital(agent[1] - 1) or any(
        word in g.plural_actors or word in g.actor_nouns or word in g.person_nouns for word in heads
    )
