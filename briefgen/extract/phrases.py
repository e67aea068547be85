"""Noun phrases and verb groups around a token, found by word classes and not by a tagger.

A phrase is a half-open range of tokens. Looking leftwards from a verb group for its subject is where most attributions are
won or lost: the functions here take the largest phrase that closed word classes allow, and stop at the first sign that the
phrase is over. Known limits: a reduced relative clause inside a subject ("the plan drawn up by X fails") is not undone.
"""

from __future__ import annotations

from typing import NamedTuple

from briefgen.extract.patterns import Grammar, Rules
from briefgen.extract.tokens import Tokens

Range = tuple[int, int]

#: Prepositions that tie a second noun phrase to the first inside a subject ("officials **in** Moscow").
TIES = frozenset("of in for at from with on to against by between under behind among within near".split())
#: Before a determiner that is already part of the phrase: "**all** the farmers", "**many of** the farmers".
PREDETERMINERS = frozenset("all both such many some half".split())
WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
#: Words before a name or a demonym that belong to it: "a **senior** Russian official".
NAME_MODIFIERS = frozenset(
    """
    former senior late deputy vice acting then chief prime fellow veteran junior top leading other several some many new
    old outgoing incoming current longtime ex pro anti two three four five six major southern northern eastern western
    central unnamed prominent high-ranking high-level rival young key small large
    """.split()
)
#: With a capital where a sentence begins, and no part of the name behind: "**Only** Norway", "**Suppose** Norway".
OPENERS = frozenset("only even once until suppose imagine perhaps maybe".split())
PERIODS = frozenset("week month year night morning afternoon evening weekend day".split())
SEASONS = frozenset("spring summer autumn winter".split())
TIME_ENDS = PERIODS | {"ago", "yesterday", "today"}
BEFORE_TIME = PERIODS | frozenset("on late early earlier later last this next that the same".split())
AGO_WORDS = frozenset(
    """
    one two three four five six seven eight nine ten a few several many less more than about nearly almost over some days weeks
    months years hours day week month year hour decades decade long
    """.split()
)
HAVE = frozenset(("has", "have", "had", "'ve"))
COORDINATORS = frozenset(("and", "or", "&"))
UNREAL = frozenset(("should", "could", "might", "must", "may", "can", "would"))
POSSESSIVE = frozenset(("'s", "'"))
MAX_TIES = 4
BRACKET_REACH = 6


class VerbGroup(NamedTuple):
    """The auxiliaries and adverbs before a verb: ``start`` is the first token that belongs to it."""

    start: int
    #: Where the subject ends: before a time that stands between it and the verb ("Norway **on Tuesday** rejected").
    bound: int
    passive: bool
    negated: bool
    refused: bool
    #: "to" stands before the verb and nothing known before that.
    infinitive: bool
    #: Some auxiliary or adverb shows that the word is a verb.
    marked: bool
    #: "should", "could", "may": what follows is advised or possible, not done.
    unreal: bool


def verb_group(t: Tokens, verb: int, g: Grammar) -> VerbGroup:
    """Walk left from the verb over auxiliaries, negations, adverbs and chains such as "continued to"."""
    at = verb - 1
    passive = negated = refused = marked = unreal = False
    while at >= 0:
        word = t.lower[at]
        if word in g.auxiliaries or (word == "since" and at > 0 and t.lower[at - 1] in HAVE):
            passive = passive or (word in g.be and not marked)
            unreal = unreal or word in UNREAL
            marked = True
        elif word in g.negations:
            negated = marked = True
        elif (
            word == "'s" and at > 0 and (t.lower[at - 1] in g.subject_pronouns or t.lower[at - 1] in {"that", "there", "what"})
        ):
            marked = True
        elif word == "to" and at > 0 and (t.lower[at - 1] in g.chain_verbs or t.lower[at - 1] in g.refusal_verbs):
            refused = refused or t.lower[at - 1] in g.refusal_verbs
            marked = True
            at -= 1
        elif not (g.is_adverb(word) and not t.capital(at)):
            break
        at -= 1
    infinitive = at >= 0 and t.lower[at] == "to" and not marked
    bound = _before_time(t, at + 1, g)
    return VerbGroup(at + 1, bound, passive, negated, refused, infinitive, marked, unreal)


def _before_time(t: Tokens, end: int, g: Grammar) -> int:
    """The place before the time that ends at ``end``: "on Tuesday", "earlier this week", "two weeks ago"; else ``end``."""
    at = end - 1
    if at < 1 or not (t.lower[at] in WEEKDAYS or t.lower[at] in TIME_ENDS):
        return end
    if t.lower[at] == "ago":
        while at > 1 and (t.lower[at - 1] in AGO_WORDS or t.lower[at - 1][0].isdigit() or t.lower[at - 1] in g.determiners):
            at -= 1
        return at if at < end - 1 and at > 0 else end
    while at > 1 and (t.lower[at - 1] in WEEKDAYS or t.lower[at - 1] in BEFORE_TIME):
        at -= 1
    if at == end - 1 and t.lower[at] in PERIODS:
        return end
    dated = at > 2 and t.lower[at - 1].endswith("ed") and t.lower[at - 2] in g.document_nouns
    return at - 1 if dated else at  # "a survey **released** on Monday found"


def base_phrase_left(t: Tokens, end: int, low: int, r: Rules) -> int | None:
    """The start of the simple noun phrase that ends before ``end``, or None."""
    g = r.grammar
    at = end - 1
    while at >= low:
        word = t.lower[at]
        if word in POSSESSIVE:
            at -= 1
            continue
        if word == ")" and t.find("(", max(low, at - BRACKET_REACH), at) > low:
            at = t.find("(", max(low, at - BRACKET_REACH), at) - 1  # "John McCain (**Ariz.**)"
            continue
        if word in g.determiners or word in g.possessives:
            if at == end - 1 and word not in g.lone_subjects:
                return None
            while at - 1 >= low and t.lower[at - 1] in PREDETERMINERS:
                at -= 1
            return at
        if not _is_nominal(t, at, end, r) or (at < end - 1 and _leaves_name(t, at, r)):
            break
        at -= 1
    start = at + 1
    while start < end - 1 and (t.lower[start] in POSSESSIVE or (start == 0 and t.lower[0] in OPENERS)):
        start += 1
    return start if start < end and t.lower[start] not in POSSESSIVE else None


def _leaves_name(t: Tokens, at: int, r: Rules) -> bool:
    """Whether the lower-case word at ``at`` stands outside the name behind it: "factors fuelling **Russia**". Titles and
    what qualifies them belong to the name: "former minister **Anna Lind**".
    """
    g = r.grammar
    if t.capital(at) or not t.capital(at + 1):
        return False
    word = t.lower[at]
    if at > 0 and t.lower[at - 1] in g.determiners and not word.endswith(("ing", "ed")):
        return False  # "the consultancy **Gridline**"
    return not (
        word in g.person_nouns
        or word in g.actor_nouns
        or word in NAME_MODIFIERS
        or word.endswith(("-based", "-led", "-backed"))
    )


def _is_nominal(t: Tokens, at: int, end: int, r: Rules) -> bool:
    word = t.lower[at]
    if word == "/":
        return at + 1 < end and at > 0 and t.capital(at - 1) and t.capital(at + 1)
    if not (t.words[at][0].isalnum() or word in {"&", "%", "$", "€", "£"}):
        return False
    numeral = word == "i" and at > 0 and t.capital(at - 1)
    if word in r.grammar.outside_np and not (t.acronym(at) or numeral):
        return False
    if t.capital(at):
        return word not in WEEKDAYS
    if word in WEEKDAYS or (at < end - 1 and word in r.finite and word not in r.grammar.noun_or_verb and word not in r.nouns):
        return False
    return not (at == end - 1 and word.endswith("ly") and word not in r.grammar.not_adverbs)


def phrase_left(t: Tokens, end: int, low: int, r: Rules, ties: frozenset[str] = TIES) -> Range | None:
    """The largest noun phrase that ends before ``end``: with its prepositional (by ``ties``) and coordinated parts."""
    if end <= low:
        return None
    g = r.grammar
    if t.lower[end - 1] == ")":
        return _before_bracket(t, end, low, r, ties)
    word = t.lower[end - 1]
    if word in g.subject_pronouns or word in g.lone_subjects:
        return _with_partner(t, end, low, r)
    start = base_phrase_left(t, end, low, r)
    if start is None:
        return None
    for _ in range(MAX_TIES):
        if start - 3 >= low and t.lower[start - 1] == "by" and t.lower[start - 2] in g.agent_verbs:
            start -= 1  # "the requests **made** by Moscow have": the participle hangs on the noun before it
        longer = _tied_left(t, start, low, r, ties) if start - 2 >= low else None
        if longer is None:
            break
        start = longer
    return start, end


def _before_bracket(t: Tokens, end: int, low: int, r: Rules, ties: frozenset[str]) -> Range | None:
    """The phrase that a bracket belongs to: "Rosa Diaz (Green Party)"."""
    opening = next((at for at in range(end - 2, low, -1) if t.lower[at] == "("), 0)
    phrase = phrase_left(t, opening, low, r, ties) if opening else None
    return (phrase[0], end) if phrase is not None else None


def _with_partner(t: Tokens, end: int, low: int, r: Rules) -> Range:
    """A lone subject may be the second of two: "Macron and others"."""
    if end - 3 >= low and t.lower[end - 2] in COORDINATORS and t.capital(end - 3):
        start = base_phrase_left(t, end - 2, low, r)
        if start is not None:
            return start, end
    return end - 1, end


def _tied_left(t: Tokens, start: int, low: int, r: Rules, ties: frozenset[str]) -> int | None:
    """The start of the phrase that a preposition or a coordinator ties to the one at ``start``."""
    tie = t.lower[start - 1]
    if tie in ties or tie in r.grammar.agent_verbs:
        head = base_phrase_left(t, start - 1, low, r)
        # "In the talks on Monday leaders said": a phrase at the sentence's start behind a preposition is an adverbial.
        if head is None or (head - 1 == low and t.lower[head - 1] in r.grammar.prepositions):
            return None
        return head
    if tie in COORDINATORS or (tie == "," and _is_list(t, start)):
        serial = tie in COORDINATORS and start - 2 > low and t.lower[start - 2] == "," and t.capital(start - 3)
        head = base_phrase_left(t, start - 2 if serial else start - 1, low, r)
        if serial and head is not None:
            return head
        if head is not None and _alike(t, head, start, r.grammar, low):
            return head
    return None


def _is_list(t: Tokens, start: int) -> bool:
    """Whether the comma before ``start`` stands in a list "A, B and C" of names."""
    return (
        is_named(t, start)
        and start >= 2
        and t.capital(start - 2)
        and any(w in COORDINATORS for w in t.lower[start : start + 6])
    )


def is_named(t: Tokens, start: int) -> bool:
    """Whether a name begins at ``start``, perhaps behind its article: "Norway", "the Hague Group"."""
    return t.capital(start) or (t.lower[start] == "the" and start + 1 < t.size and t.capital(start + 1))


def _alike(t: Tokens, first: int, second: int, g: Grammar, low: int) -> bool:
    """Two phrases are coordinated when both are names, both have a determiner, or the first opens the sentence."""
    return (
        (is_named(t, first) and is_named(t, second))
        or (t.lower[first] in g.determiners and t.lower[second] in g.determiners)
        or first == low
    )


def is_actor_phrase(t: Tokens, span: Range, r: Rules) -> bool:
    """Whether a phrase looks like somebody: a name, or a word for people or bodies."""
    g = r.grammar
    words = t.lower[span[0] : span[1]]
    named = t.capital(span[1] - 1) and not t.lower[span[1] - 1].isdigit() and words[-1] not in g.time_words
    return named or not (
        g.plural_actors.isdisjoint(words) and g.actor_nouns.isdisjoint(words) and g.person_nouns.isdisjoint(words)
    )


def phrase_right(t: Tokens, start: int, end: int, r: Rules) -> Range | None:
    """The noun phrase that begins at ``start``: for agents ("by X") and inverted subjects ("said X")."""
    g = r.grammar
    at = start
    while at < end:
        word = t.lower[at]
        if not (t.is_word(at) or word in POSSESSIVE or word in {"&", "$", "%"}):
            break
        if at > start and (word in g.auxiliaries or (word in g.subordinators and word != "and")):
            break
        if at > start and word in g.prepositions and word not in {"of", "in", "for", "at", "from"}:
            break
        if at > start and (word in WEEKDAYS or (word == "in" and _is_time(t, at + 1, end, g))):
            break
        if word == "and" and at + 1 < end and not (t.capital(at + 1) or t.lower[at + 1] in g.determiners):
            break
        at += 1
    while at > start and t.lower[at - 1] in {"and", "of", "in", "for", "at", "from"}:
        at -= 1
    return (start, at) if at > start and t.lower[start] not in g.prepositions else None


def _is_time(t: Tokens, at: int, end: int, g: Grammar) -> bool:
    """As in "by Peru in **May**", "in **the spring**", "in **late 2024**": no part of the phrase."""
    while at < end and t.lower[at] in BEFORE_TIME and t.lower[at] not in g.time_words:
        at += 1
    word = t.lower[at] if at < end else ""
    return word in g.time_words or word in SEASONS or (word.isdigit() and len(word) == 4)
