"""Verbs as cues: "X said that", "“…,” X said", "said X", "is considered by X to be", "X opposes Y".

For each token that may be a form of an attributing verb: is it a verb here at all, who is its subject, and which of its
frames fits what follows.
"""

from __future__ import annotations

from briefgen.extract.clauses import within_clause
from briefgen.extract.frames import READERS, STOPS, is_infinitive
from briefgen.extract.fronted import read_fronted
from briefgen.extract.patterns import VerbForm
from briefgen.extract.phrases import POSSESSIVE, WEEKDAYS, Range, VerbGroup, phrase_right, verb_group
from briefgen.extract.reading import Attribution, Reading, attribution
from briefgen.extract.subjects import Subject, subject_before
from briefgen.extract.tokens import Tokens

#: A determiner before the word makes it a noun, unless it can itself be a subject ("some argue").
SUBJECT_DETERMINERS = frozenset(
    ("that", "this", "these", "those", "some", "many", "most", "all", "both", "one", "few", "several")
)
#: Before a subject these make a clause that asserts nothing of its own.
NOT_ASSERTING = frozenset(("if", "unless", "whether", "what", "than"))
NOUN_PREPOSITIONS = frozenset(("of", "in", "for", "with", "from", "on", "by", "at", "no", "about"))
ING_PREPOSITIONS = frozenset(("by", "of", "in", "for", "from", "without", "while", "and", ",", "—", "--", "–"))


def read_verb(reading: Reading, at: int) -> Attribution | None:
    """The attribution that the verb at token ``at`` makes, or None."""
    t = reading.t
    form = verb_form(reading, at)
    if form is None:
        return None
    group = verb_group(t, at, reading.rules.grammar)
    finite = bool(form.kinds & {"past", "s"})
    participle = form.kinds == {"ing"} and not group.marked
    subject = subject_before(reading, group.start, participle=participle, finite=finite)
    end = at + 1 + len(form.particle)
    if any(use.frame == "quote" for use in form.uses) and not participle:
        fronted = read_fronted(reading, at, end, group, subject, form)
        if fronted is not None:
            return fronted
    if not subject.certain or group.infinitive or group.unreal or _is_hypothetical(t, subject):
        return None
    if group.passive and "participle" in form.kinds:
        return _passive(reading, end, group, subject, form)
    if not _agrees(reading, at, form, group, subject):
        return None
    return _active(reading, at, end, group, subject, form)


def _is_hypothetical(t: Tokens, subject: Subject) -> bool:
    """As in "If Moscow seeks a gain", "What the envoy said fits": nobody is said to say it here."""
    return subject.span is not None and subject.span[0] > 0 and t.lower[subject.span[0] - 1] in NOT_ASSERTING


def verb_form(reading: Reading, at: int) -> VerbForm | None:
    """The form that the word at ``at`` is, or None where it is no verb of the lexicon's or a noun here."""
    t = reading.t
    for form in reading.rules.verbs.get(t.lower[at], ()):
        after = at + 1
        if not form.particle or tuple(t.lower[after : after + len(form.particle)]) == form.particle:
            return None if _is_noun(reading, at, form) else form
    return None


def _is_noun(reading: Reading, at: int, form: VerbForm) -> bool:
    """Whether the word is a noun or part of a name here, by what stands before it."""
    t, g = reading.t, reading.rules.grammar
    before = t.lower[at - 1] if at else ""
    ing = "ing" in form.kinds
    if t.capital(at) and at > 0 and t.capital(at - 1):
        return True
    if before in g.determiners and before not in SUBJECT_DETERMINERS:
        return True
    ambiguous = t.lower[at] in g.noun_or_verb or t.lower[at] in reading.rules.nouns
    if before in POSSESSIVE:
        return ambiguous and not (at > 1 and t.lower[at - 2] in g.subject_pronouns)
    if before in g.possessives:
        return True
    if before in NOUN_PREPOSITIONS:
        return not (ing and before in ING_PREPOSITIONS)
    return ambiguous and form.kinds == {"base"} and before in {"this", "that"}


def _agrees(reading: Reading, at: int, form: VerbForm, group: VerbGroup, subject: Subject) -> bool:
    """A word that is as often a noun needs a subject that fits its form; a bare -ing form needs a comma or preposition."""
    t, g = reading.t, reading.rules.grammar
    span = subject.span
    if span is None:
        return False
    adjacent = span[1] == group.start
    if form.kinds == {"ing"}:
        absolute = span[0] > 0 and t.lower[span[0] - 1] == "with"
        return group.marked or not adjacent or absolute or t.lower[at - 1] in ING_PREPOSITIONS
    if group.marked or not adjacent or not (t.lower[at] in g.noun_or_verb or t.lower[at] in reading.rules.nouns):
        return True
    head = t.lower[span[1] - 1]
    if head in reading.rules.adjectival:
        return False  # "Western **states**", "Turkish **plans**": an adjective before a noun
    pronoun = head in g.subject_pronouns or head in g.lone_subjects
    if form.kinds == {"s"}:
        office = head in g.person_nouns or head in g.actor_nouns or head in g.document_nouns
        return t.capital(span[1] - 1) or pronoun or (office and t.lower[span[0]] in g.determiners | g.possessives)
    if form.kinds == {"base"}:
        return (pronoun or head.endswith("s") or head in g.plural_actors) and not t.capital(at)
    return True


def _active(reading: Reading, at: int, end: int, group: VerbGroup, subject: Subject, form: VerbForm) -> Attribution | None:
    t = reading.t
    for use in form.uses:
        if use.frame not in READERS:
            continue
        content = READERS[use.frame](t, end, use.rule, reading.rules)
        if content is None or not reading.is_free(content.span):
            continue
        span = within_clause(t, content.span, subject.span)
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


# ---------------------------------------------------------------- passives
def _passive(reading: Reading, end: int, group: VerbGroup, subject: Subject, form: VerbForm) -> Attribution | None:
    """As in "has been opposed by X", "is considered by X to be Y", "are perceived as Y": the subject is content."""
    t = reading.t
    if subject.span is None or end >= t.size:
        return None
    topic, cue, head = subject.span, (group.start, end), (end - 1 - len(form.particle), end)
    object_use = next((use for use in form.uses if use.frame in {"np", "np-as", "np-np", "that", "obj-to", "quote"}), None)
    if t.lower[topic[1] - 1] in {"who", "which"} or not reading.is_free(topic):
        return None
    if t.lower[end] == "by" and object_use is not None:
        agent = phrase_right(t, end + 1, t.size, reading.rules)
        if agent is None or not _may_be_agent(t, agent, reading):
            return None
        rest = _complement(reading, agent[1])
        content = (topic, rest) if rest is not None else (topic,)
        return attribution(object_use.rule, "passive", agent, (group.start, end + 1), content, group=group, head=head)
    rest = _complement(reading, end)
    wanted = "np-as" if t.lower[end] == "as" else "raised"
    use = next((use for use in form.uses if use.frame == wanted), None)
    if rest is None or use is None:
        return None
    return attribution(use.rule, "passive without agent", None, cue, (topic, rest), group=group, head=head)


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
