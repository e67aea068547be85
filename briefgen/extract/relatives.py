"""Relative clauses inside a subject: whom or what they tell apart, and where the main clause goes on behind them.

"The group **that opposed the dam** supports the bridge": who supports it is the group, and what is opposed ends before
"supports". Limits: a clause inside the clause ("who said that the dam leaks supports") is not undone; a verb that the
lexicon does not know ends nothing, nor does a bare plural form that could be a noun ("who criticised the levy demand caution").
"""

from __future__ import annotations

from briefgen.extract.patterns import Rules
from briefgen.extract.phrases import Range, is_actor_phrase, phrase_left, verb_group
from briefgen.extract.reading import Reading
from briefgen.extract.tokens import Tokens

RELATIVES = frozenset(("who", "which"))
#: Relative pronouns that are other words too, and what stands before the first phrase of a clause.
THINGS_RELATIVES = frozenset(("that", "which"))
CLAUSE_STARTS = frozenset((",", ";", "and", "but", "“", '"'))
SENTENCE_ENDS = frozenset((".", ";", "!", "?"))
#: What ties an antecedent to the phrase before it.
ANTECEDENT_TIES = frozenset(("of", "in"))
NO_PAST = frozenset("need feed seed deed weed indeed speed breed exceed proceed hundred shed bed".split())


def is_past(t: Tokens, at: int) -> bool:
    """Whether the word looks like a past form in -ed."""
    word = t.lower[at]
    return word.endswith("ed") and len(word) > 3 and not t.capital(at) and word not in NO_PAST


def out_of_relative(reading: Reading, span: Range) -> Range:
    """As in "those **who named a candidate** said", "the firm **that runs the port** said": the antecedent, where the phrase is
    the object inside a relative clause.
    """
    t, r = reading.t, reading.rules
    verb = span[0] - 1
    at = verb_group(t, verb, r.grammar).start - 1 if verb > 1 else 0
    if at >= 1 and t.lower[at] == "who" and t.lower[verb] not in r.grammar.prepositions:
        antecedent = phrase_left(t, at, 0, r, ties=ANTECEDENT_TIES)
        return (antecedent[0], span[1]) if antecedent is not None else span
    if at < 1 or t.lower[at] not in THINGS_RELATIVES or not _may_be_finite(reading, verb):
        at = span[0] - (t.lower[span[0]] not in THINGS_RELATIVES)  # "that represents dockers" looks like a phrase
        if at < 1 or t.lower[at] not in THINGS_RELATIVES or span[1] - at < 3 or not _may_be_finite(reading, at + 1):
            return span
    antecedent = phrase_left(t, at, 0, r, ties=ANTECEDENT_TIES)
    told = antecedent is not None and _opens_clause(t, antecedent[0]) and is_actor_phrase(t, antecedent, r)
    return (antecedent[0], span[1]) if antecedent is not None and told else span


def _may_be_finite(reading: Reading, at: int) -> bool:
    """Whether the word right behind a relative pronoun is its verb: "that **runs**", not "that **fishermen** ..."."""
    word = reading.t.lower[at]
    if reading.t.capital(at) or word in reading.rules.grammar.prepositions:
        return False
    return word in reading.rules.surely_finite or is_past(reading.t, at) or (word.endswith("s") and len(word) > 3)


def _opens_clause(t: Tokens, at: int) -> bool:
    return at == 0 or t.lower[at - 1] in CLAUSE_STARTS


def holds_relative(t: Tokens, span: Range) -> bool:
    """Whether a relative clause follows the first words of a subject: its last word is not its head."""
    return not (RELATIVES | THINGS_RELATIVES).isdisjoint(t.lower[span[0] + 1 : span[1]])


def behind_relative(reading: Reading, at: int) -> Range | None:
    """As in "**The group that opposed the dam** supports": the subject of the verb at ``at``, where the content of a relative
    clause was read up to there.
    """
    t = reading.t
    last = reading.found[-1] if reading.found else None
    if last is None or last.source is None or not last.content or last.content[-1][1] != at:
        return None
    antecedent = _told_apart(t, last.source, reading.rules)
    return (antecedent[0], at) if antecedent is not None else None


def before_main_verb(t: Tokens, span: Range, source: Range, r: Rules) -> Range:
    """As in "The group that opposed **the dam** supports": what is opposed, without the verb whose subject the clause is in.

    Nothing, where that verb must stand in the range and is not known: "Countries that oppose **the ban face fines**."
    """
    antecedent = _told_apart(t, source, r)
    if antecedent is None:
        return span
    ends = {at: verb_group(t, at, r.grammar).start for at in range(span[0] + 1, span[1] - 1) if _may_be_main_verb(t, at, r)}
    verbs = [at for at, end in ends.items() if end > span[0] and phrase_left(t, end, span[0], r) == (span[0], end)]
    main = next((at for at in verbs if _is_main_verb(t, at, r)), None)
    if main is None and _is_plural(t.lower[antecedent[1] - 1], r):
        main = next((at for at in reversed(verbs) if _is_main_verb_of_many(t, at, r)), None)
    if main is not None:
        return span[0], ends[main]
    is_last = span[1] >= t.size or t.lower[span[1]] in SENTENCE_ENDS
    return (span[0], span[0]) if is_last else span


def _may_be_main_verb(t: Tokens, at: int, r: Rules) -> bool:
    return t.lower[at] in r.verbs and not t.quoted[at] and not t.capital(at)


def _is_main_verb(t: Tokens, at: int, r: Rules) -> bool:
    """Whether the verb is neither noun nor participle: its object follows, or no other verb does."""
    following = t.lower[at + 1]
    if following in r.grammar.determiners or following in r.grammar.possessives:
        return True
    return t.lower[at] in r.finite and following != "by" and _is_last_verb(t, at, r)


def _is_main_verb_of_many(t: Tokens, at: int, r: Rules) -> bool:
    """As in "Deputies who criticised the levy **urge** caution": a base form that is never a noun, with something behind it."""
    word, following = t.lower[at], t.lower[at + 1]
    never_noun = word not in r.grammar.noun_or_verb and word not in r.nouns
    goes_on = t.is_word(at + 1) and (following == "to" or following not in r.grammar.prepositions)
    base = any("base" in form.kinds for form in r.verbs[word])
    return base and never_noun and goes_on and _is_last_verb(t, at, r)


def _is_last_verb(t: Tokens, at: int, r: Rules) -> bool:
    return not any(t.lower[behind] in r.surely_finite or is_past(t, behind) for behind in range(at + 1, t.size))


def _is_plural(head: str, r: Rules) -> bool:
    """Whether the last word of a phrase looks like a plural."""
    return head in r.grammar.plural_actors or (head.endswith("s") and not head.endswith(("ss", "us", "is")))


def _told_apart(t: Tokens, source: Range, r: Rules) -> Range | None:
    """The whole phrase before a relative pronoun that ends ``source``, where it opens its clause: "**Officials at the group**
    that".
    """
    pronoun = source[1] - 1
    if pronoun <= source[0] or t.lower[pronoun] not in RELATIVES | THINGS_RELATIVES:
        return None
    antecedent = phrase_left(t, pronoun, 0, r)
    return antecedent if antecedent is not None and _opens_clause(t, antecedent[0]) else None


def with_antecedent(reading: Reading, topic: Range) -> Range:
    """As in "**The plan that** Norland rejected was welcomed": what a passive is about, from where its phrase begins."""
    t, r = reading.t, reading.rules
    at = topic[0] - (t.lower[topic[0]] not in THINGS_RELATIVES)
    last = topic[1] - 1
    if at < 1 or t.lower[at] not in THINGS_RELATIVES or last < at + 2 or not (t.lower[last] in r.finite or is_past(t, last)):
        return topic
    antecedent = phrase_left(t, at, 0, r, ties=ANTECEDENT_TIES)
    if antecedent is None or not _opens_clause(t, antecedent[0]) or t.lower[at - 1] in r.finite or is_past(t, at - 1):
        return topic
    return antecedent[0], topic[1]
