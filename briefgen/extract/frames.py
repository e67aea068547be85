"""What a verb takes: for each frame, a function from the place behind the cue to the content, or None if it is not there.

A frame looks only to the right of the cue. Which frames a verb has is data (``lexicons/en/verbs.toml``); what a frame looks
like in English is here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from briefgen.extract.clauses import as_phrase_end, clause_end, is_clause, is_participle_cue, phrase_end, predicate_end
from briefgen.extract.patterns import Rules
from briefgen.extract.phrases import WEEKDAYS, Range, is_actor_phrase
from briefgen.extract.tokens import Tokens
from briefgen.model.lexicon import Frame, VerbRule

QUOTE_MARKS = frozenset(('"', "“", "''", "``", "„", "«"))
CLOSING_MARKS = frozenset(('"', "”", "''", "»", "“"))
STOPS = frozenset((".", ";", "!", "?"))
WH_WORDS = frozenset(("whether", "how", "why", "what", "if", "where", "who", "when", "which", "whom", "whose"))
#: What may stand between a verb and its "that": when, where and before whom it was said.
OCCASION_PREPOSITIONS = frozenset(("in", "on", "at", "during", "to", "after", "through", "via", "before", "from"))
ASIDES = frozenset((("inter", "alia"), ("among", "others"), ("for", "example")))
OBJECT_REACH = 9
TIME_CLAUSES = frozenset("as when while after before because since until during".split())
QUOTE_REACH = 16
COLON_REACH = 6
THAT_REACH = 14
AS_REACH = 20


class Content(NamedTuple):
    """The tokens of the content, where the cue ends, who is addressed, and where the cue's complement begins: at "that",
    at a preposition, at an addressee who is to do something.
    """

    span: Range
    cue_end: int
    target: Range | None = None
    complement: int | None = None


Reader = Callable[[Tokens, int, VerbRule, Rules], Content | None]


def _content(start: int, end: int, cue_end: int, target: Range | None = None, complement: int | None = None) -> Content | None:
    return Content((start, end), cue_end, target, complement) if end > start else None


def _quote(t: Tokens, at: int, rule: VerbRule, r: Rules) -> Content | None:
    for place in range(at, min(t.size, at + QUOTE_REACH)):
        word = t.lower[place]
        if word in STOPS or (word == "that" and not t.quoted[place]):
            return None
        if word == ":" and place + 1 < t.size and (place <= at + COLON_REACH or t.lower[place + 1] in QUOTE_MARKS):
            if t.lower[place + 1] not in QUOTE_MARKS and is_clause(t, at, r, place - at):
                return None  # "said **the train must stay**: it is full"
            start = at if _opens_object(t, at, place, r) else place + 1
            return _content(start, clause_end(t, start, r), at)
        opens = t.quoted[place] and place > 0 and not t.quoted[place - 1]
        if word in QUOTE_MARKS and opens and t.lower[place - 1] == ",":
            return _content(place, quotation_end(t, place), at)
    return None


def _opens_object(t: Tokens, at: int, colon: int, r: Rules) -> bool:
    """Whether a list behind the colon is part of an object that begins at ``at``: "proposed **three steps:** a; b; and c"."""
    listed = ";" in t.lower[colon:] and not t.quoted[colon + 1]
    return listed and colon > at and opens_phrase(t, at, r)


def quotation_end(t: Tokens, start: int) -> int:
    """The token behind the quotation that is open at ``start``."""
    at = start
    while at < t.size and t.quoted[at]:
        at += 1
    return at


def _that(t: Tokens, at: int, rule: VerbRule, r: Rules) -> Content | None:
    g = r.grammar
    place = t.find("that", at, at + THAT_REACH)
    if place < 0 or t.quoted[place]:
        return None
    if place > at:
        between = t.lower[at]
        opener = (
            between in OCCASION_PREPOSITIONS
            or between in g.time_words
            or between in {",", "this", "again", "here"}
            or g.is_adverb(between)
        )
        broken = any(word in QUOTE_MARKS or word in STOPS or word in g.auxiliaries for word in t.lower[at:place])
        if not opener or broken or any(is_participle_cue(t, between, r) for between in range(at, place)):
            return None
        # "said, however, that": an interruption closes before "that"; an open comma begins another clause.
        if "," in t.lower[at:place] and t.lower[place - 1] != ",":
            return None
    return _content(place + 1, clause_end(t, place + 1, r), place + 1, complement=place)


def _to(t: Tokens, at: int, rule: VerbRule, r: Rules) -> Content | None:
    at = _past_aside(t, at) if at < t.size - 1 else at
    return _content(at, predicate_end(t, at, r), at) if is_infinitive(t, at, r) else None


def is_infinitive(t: Tokens, at: int, r: Rules) -> bool:
    """Whether "to" and a verb stand at ``at``: what follows is a lower-case word and no determiner."""
    if at + 1 >= t.size or t.lower[at] != "to":
        return False
    word = t.words[at + 1]
    lower_case = word[0].isalpha() and not word[0].isupper()
    if not lower_case or word in r.grammar.determiners or word in r.grammar.possessives:
        return False
    # "tied **to results**": a plural, since few base forms end in a single s.
    return not word.endswith("s") or word.endswith("ss") or word in {"focus", "canvas", "bias"}


def _object_end(t: Tokens, at: int, r: Rules, wanted: Callable[[int], bool]) -> int:
    """The place where ``wanted`` holds behind an object that begins at ``at``, or -1."""
    if at >= t.size or not t.is_word(at) or t.lower[at] in r.grammar.prepositions or t.lower[at] in r.grammar.negations:
        return -1
    for place in range(at + 1, min(t.size, at + OBJECT_REACH)):
        if wanted(place):
            return place
        relative = t.lower[place] == "that" and place + 1 < t.size and t.lower[place + 1] in r.grammar.auxiliaries
        if t.lower[place] in STOPS or (t.lower[place] in {",", "that", ":"} and not relative):
            return -1
    return -1


def _object_to(t: Tokens, at: int, rule: VerbRule, r: Rules) -> Content | None:
    place = _object_end(t, at, r, lambda p: is_infinitive(t, p, r))
    behind = place - (place > at + 1 and t.lower[place - 1] in r.grammar.negations)  # "urged Peru **not** to wait"
    return _content(at, predicate_end(t, at, r), at, (at, behind)) if place > 0 else None


def _object_that(t: Tokens, at: int, rule: VerbRule, r: Rules) -> Content | None:
    place = _object_end(t, at, r, lambda p: t.lower[p] == "that")
    if place < 0:
        place = _past_interruption(t, at, r)
    told = "obj-clause" in rule.frames  # whoever stands behind "told" is addressed
    if place < 0 or (place - at > 2 and not told and not is_actor_phrase(t, (at, place), r)):
        return None  # "showed an interest in plans **that** ...": nobody is addressed
    return _content(place + 1, clause_end(t, place + 1, r), place + 1, (at, place), place)


def _past_interruption(t: Tokens, at: int, r: Rules) -> int:
    """The "that" of "told the board, however, **that**", "told a crowd in Lima, Peru, on Monday **that**", or -1."""
    place = t.find("that", at, at + THAT_REACH)
    between = t.lower[at:place] if place > 0 else []
    if (
        "," not in between
        or not t.is_word(at)
        or any(w in r.grammar.auxiliaries or w in r.finite or w in STOPS for w in between)
    ):
        return -1
    return place if not any(t.quoted[at:place]) else -1


def _object_clause(t: Tokens, at: int, rule: VerbRule, r: Rules) -> Content | None:
    """As in "told reporters **he** would", "told the council **the** pool would"."""
    openers = (r.grammar.subject_pronouns - {"you", "who"}) | {"the", "there", "a"}
    place = _object_end(
        t, at, r, lambda p: t.lower[p] in openers or (t.lower[p] in r.grammar.possessives and is_clause(t, p, r))
    )
    return _content(place, clause_end(t, place, r), place, (at, place)) if place > 0 else None


def read_wh(t: Tokens, at: int, rule: VerbRule, r: Rules) -> Content | None:
    """As in "asked **whether** ..."."""
    return _content(at, clause_end(t, at, r), at) if at < t.size and t.lower[at] in WH_WORDS else None


def _object_wh(t: Tokens, at: int, rule: VerbRule, r: Rules) -> Content | None:
    place = _object_end(t, at, r, lambda p: t.lower[p] in WH_WORDS)
    # "wondered **aloud on Monday** whether": that tells how, and addresses nobody.
    target = None if at < t.size and r.grammar.is_adverb(t.lower[at]) else (at, place)
    return _content(place, clause_end(t, place, r), place, target) if place > 0 else None


def read_preposition(t: Tokens, at: int, rule: VerbRule, r: Rules) -> Content | None:
    """As in "called **for** X", with one of the rule's prepositions."""
    place = at
    while place < t.size and place < at + 3 and r.grammar.is_adverb(t.lower[place]):
        place += 1
    if place + 1 >= t.size or t.lower[place] not in rule.prepositions:
        return None
    start = _past_aside(t, place + 1)
    if start >= t.size or not opens_phrase(t, start, r):
        return None
    end = predicate_end(t, start, r) if _is_gerund(t, start, r) else phrase_end(t, start, r)
    return _content(start, end, place + 1, complement=place)


def _is_gerund(t: Tokens, at: int, r: Rules) -> bool:
    """Whether a form in -ing stands at ``at`` and takes its object ("deleting the clause"): its content runs on like that of
    an infinitive, where "lasting peace" is a noun phrase.
    """
    if t.lower[at] == "not" and at + 1 < t.size:
        return _is_gerund(t, at + 1, r)
    word = t.lower[at]
    if not word.endswith("ing") or t.capital(at) or at + 1 >= t.size or word in r.grammar.ing_adjectives:
        return False
    following = t.lower[at + 1]
    if word in {"having", "being"}:
        return True
    takes = following in r.grammar.determiners or following in r.grammar.possessives or following in r.grammar.prepositions
    return takes or following.endswith("s") or t.capital(at + 1) or t.quoted[at + 1] or following in {"and", "that", "whether"}


def _past_aside(t: Tokens, at: int) -> int:
    """Behind "for**:**", "for**, inter alia,**": the place where what is called for begins."""
    if t.lower[at] == "," and tuple(t.lower[at + 1 : at + 3]) in ASIDES:
        at += 3
        return at + 1 if at < t.size and t.lower[at] in {",", ":"} else at
    return at + 1 if t.lower[at] == ":" else at


def _object_preposition(t: Tokens, at: int, rule: VerbRule, r: Rules) -> Content | None:
    place = _object_end(t, at, r, lambda p: t.lower[p] in rule.prepositions)
    if place <= 0 or place + 1 >= t.size:
        return None
    end = predicate_end(t, at, r) if _is_gerund(t, place + 1, r) else phrase_end(t, place + 1, r)
    return _content(at, end, at, (at, place))


def opens_phrase(t: Tokens, at: int, r: Rules) -> bool:
    """Whether a noun phrase can begin at ``at``."""
    word = t.lower[at]
    g = r.grammar
    if word in {"what", "how"} or t.words[at] in QUOTE_MARKS or word in {"$", "€", "£", "that"}:
        return True
    if not t.is_word(at) or word in WEEKDAYS or word in g.auxiliaries:
        return False
    return word not in g.prepositions and word not in g.subordinators


def _clause(t: Tokens, at: int, rule: VerbRule, r: Rules) -> Content | None:
    start = _after_adverbials(t, at, r)
    if start + 1 >= t.size or not (t.is_word(start) or t.words[start] in QUOTE_MARKS or t.words[start] in "$€£"):
        return None
    if t.lower[start - 1] == "," and start - 1 == at and (t.lower[start] in r.verbs or t.lower[start] in {"but", "and"}):
        return None  # "the river states, said", "agreed, but said"
    end = clause_end(t, start, r)
    if t.lower[start] in TIME_CLAUSES and "," not in t.lower[start:end]:
        return None  # "“…,” he said **as he left**"
    return _content(start, end, at if start == at else start)


def _bare(t: Tokens, at: int, rule: VerbRule, r: Rules) -> Content | None:
    return _clause(t, at, rule, r) if is_clause(t, _after_adverbials(t, at, r), r) else None


def _after_adverbials(t: Tokens, at: int, r: Rules) -> int:
    """Skip "on Monday", "in a statement," and the like between a verb and its bare clause."""
    g = r.grammar
    while at < t.size and (
        t.lower[at] in WEEKDAYS
        or t.lower[at] in {"last", "this", "week", "month", "year", "again", "here", "earlier", "later", "yesterday"}
    ):
        if t.lower[at] == "this" and not (at + 1 < t.size and t.lower[at + 1] in g.time_words):
            break
        at += 1
    opens = at < t.size and t.lower[at] in {"in", "on", "at", "during", "after", "through", "via"}
    if opens and _is_occasion(t, at + 1, r):
        place = at + 1
        while place < min(t.size, at + THAT_REACH) and t.lower[place] not in {",", "."} and t.lower[place] not in QUOTE_MARKS:
            if place > at + 1 and (
                t.lower[place] in g.subject_pronouns
                or (t.lower[place] in {"the", "there"} and t.lower[place - 1] not in g.prepositions)
            ):
                break
            place += 1
        at = place
    if at < t.size and t.lower[at] == ",":
        at += 1
    return at


def _is_occasion(t: Tokens, at: int, r: Rules) -> bool:
    """Whether when, where or in what words something was said begins at ``at``: "in **a letter**", "at **Davos**"."""
    near = t.lower[at : at + 4]
    return any(word in r.grammar.occasions or word in r.grammar.time_words or word.isdigit() for word in near) or (
        at < t.size and (t.capital(at) or (at + 1 < t.size and t.capital(at + 1)))
    )


def _as_phrase(t: Tokens, at: int, rule: VerbRule, r: Rules) -> Content | None:
    mark = t.find("as", at + 1, at + AS_REACH)
    if mark < 0 or not opens_phrase(t, at, r) or any(word in STOPS for word in t.lower[at:mark]):
        return None
    return _content(at, as_phrase_end(t, at, r), at)


def _two_phrases(t: Tokens, at: int, rule: VerbRule, r: Rules) -> Content | None:
    found = _phrase(t, at, rule, r)
    if found is None or (not rule.objects and found.span[1] - found.span[0] < 3):
        return None
    return found


def _phrase(t: Tokens, at: int, rule: VerbRule, r: Rules) -> Content | None:
    at = _past_aside(t, at) if at < t.size - 1 else at
    if (
        at >= t.size
        or not (opens_phrase(t, at, r) or _is_gerund(t, at, r))
        or t.lower[at] in {"that", "how", "back", "up", "down", "out", "off"}
    ):
        return None
    end = predicate_end(t, at, r) if _is_gerund(t, at, r) else phrase_end(t, at, r)
    if rule.objects and not _holds(t, at, end, rule.objects, rule.frames == ("np-np",), r):
        return None
    return _content(at, end, at)


def _holds(t: Tokens, start: int, end: int, objects: tuple[str, ...], anywhere: bool, r: Rules) -> bool:
    """Whether one of ``objects`` is the head of the phrase: it stands before the first preposition or infinitive."""
    for place in range(start, end):
        if t.lower[place] in objects:
            return True
        if not anywhere and (t.lower[place] in r.grammar.prepositions or t.lower[place] in r.grammar.auxiliaries):
            return False
    return False


#: "raised" and "asked" have no reader: they stand in the passive only (``verbs.py``).
READERS: Mapping[Frame, Reader] = {
    "quote": _quote,
    "that": _that,
    "to": _to,
    "obj-to": _object_to,
    "obj-that": _object_that,
    "wh": read_wh,
    "obj-wh": _object_wh,
    "prep": read_preposition,
    "obj-prep": _object_preposition,
    "bare": _bare,
    "clause": _clause,
    "obj-clause": _object_clause,
    "np-as": _as_phrase,
    "np-np": _two_phrases,
    "np": _phrase,
}
