"""An attribution in, the same where its clause says that it is so, out: questions, conditions and rumours assert nothing.

"**If** Norway supports the ban", "**Nobody believes that** Norway supports it", "**Does** Norway support it?", "**No union**
supports it" tell nobody's attitude. "**Neither** Norway **nor** Sweden supports it" tells that of both, negated. A clause
behind "that" is asserted where a factive word stands before it ("It is clear **that**"), and nothing negates that. What stands
inside the content of another attribution is not asked here: there the other one says it.

Limits: what governs a clause is looked for right before it; irony.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from briefgen.extract.patterns import Grammar, Rules
from briefgen.extract.phrases import Range
from briefgen.extract.reading import Attribution, Reading
from briefgen.extract.relatives import is_past
from briefgen.extract.tokens import DASHES, Tokens

#: Before a subject these make a clause that asserts nothing of its own.
NOT_ASSERTING = frozenset(("if", "unless", "whether", "what", "than", "lest", "suppose", "supposing", "assuming", "imagine"))
#: These, too, before what is not past: "until Norway supports it" has not come, "until Norway supported it" has.
OPEN_TIMES = frozenset(("until", "once", "when", "whenever"))
#: Words of which the last stands before the subject, and what stands before it then.
PHRASES_BEFORE = {"case": ("in",), "though": ("as",), "as": ("long", "soon")}
#: Before the subject of a question, of a condition ("Had Norway known") and behind an opening negation ("Nor does Norway").
INVERTED = frozenset("do does did has have had is are was were will would should can could may might must".split())
#: What turns the clause or asks, where the verb then comes first: "**Never** has Norway supported the ban".
TURNING = frozenset("not no never nor neither hardly rarely seldom scarcely little why how when where whom".split())
ONLY = frozenset(("only", "just", "merely"))
#: A subject with one of these before its noun is nobody, or too few to say it of them.
NOBODYS = frozenset(("no", "none", "nobody", "no-one", "neither", "few", "hardly", "barely", "scarcely"))
NOT_FEWER = frozenset(("fewer", "less"))
#: "**Everyone but** Norway": whoever is named there is taken out.
EVERYBODY = frozenset("everyone everybody anyone anybody all none nobody any every each no".split())
EXCEPT = frozenset(("but", "except", "save", "bar", "excluding", "apart"))
CLAUSE_STARTS = DASHES | {",", ";", ":", "(", "and", "but", "so", "or", "yet"}
#: Frames in which a clause has its subject before its verb, and is no quotation.
IN_ORDER = frozenset(
    "that bare clause obj-that obj-clause wh obj-wh to obj-to np np-np np-as prep obj-prep raised passive".split()
)
NOUN = "noun"
PAST = frozenset(("had", "was", "were", "did"))
#: A negation stands at most so far before the word that governs a clause, "neither" before its "nor".
REACH = 8


def asserted(now: Reading, found: Attribution, low: int = 0) -> Attribution | None:
    """``found``, or None where nothing is asserted; with both parties of a "neither … nor", without the "that" before them.

    ``low`` is where the clause begins, if it is known that what stands before asserts it.
    """
    source, t, rules = found.source, now.t, now.rules
    if source is None or t.quoted[source[0]]:
        return found
    if found.frame == NOUN:
        return None if _is_over(t, source[0], rules.grammar) else found
    opening = min(source[0], found.content[0][0])
    if found.frame not in IN_ORDER or opening >= found.cue[0]:
        return found
    bound = _complementizer(t, opening, source, rules)
    if bound is not None and bound >= low and not _is_fact(t, bound, rules.grammar):
        return None
    if bound == source[0]:
        source = source[0] + 1, source[1]
    if opening > low and (_is_open(now, opening, found.cue) or _is_inverted(t, opening)):
        return None
    return _of_somebody(t, replace(found, source=source))


def is_open(t: Tokens, start: int) -> bool:
    """Whether the clause whose subject begins at ``start`` asserts nothing: "If Peru seeks a gain", "What she said fits"."""
    if start == 0:
        return False
    before = t.lower[start - 1]
    compares = before == "than" and t.lower[start - 2] in {"more", "less", "fewer", "rather"}
    return before in NOT_ASSERTING and not compares


# ---------------------------------------------------------------- before the subject
def _complementizer(t: Tokens, opening: int, source: Range, r: Rules) -> int | None:
    """The place of the "that" on which the clause hangs: "It is false **that** Norway"; not of "that committee"."""
    if t.lower[opening] == "that" and opening == source[0] and source[1] - source[0] > 1:
        at = opening
        is_relative = t.lower[at + 1] in r.surely_finite or is_past(t, at + 1)  # "a study **that** appeared in May"
        if is_relative or not (t.capital(at + 1) or _is_governor(t, at - 1, r.grammar)):
            return None
    else:
        at = opening - 1
    return at if at >= 0 and t.lower[at] == "that" else None


def _is_governor(t: Tokens, at: int, g: Grammar) -> bool:
    return at >= 0 and t.is_word(at) and t.lower[at] not in g.prepositions and t.lower[at] not in g.subordinators


def _is_fact(t: Tokens, that: int, g: Grammar) -> bool:
    """Whether the word before "that" makes a fact of what follows, and nothing negates it: "the news **that**"."""
    at = that - 1
    while at > 0 and g.is_adverb(t.lower[at]) and t.lower[at] not in g.factive:
        at -= 1
    clause = _clause_before(t, that)
    is_cleft = clause[:2] in (["it", "is"], ["it", "was"]) and not (g.prepositions | ONLY).isdisjoint(clause[2:3])
    return at >= 0 and (is_cleft or t.lower[at] in g.factive) and not _is_negated(clause, g)


def _clause_before(t: Tokens, at: int) -> list[str]:
    """The words before ``at``, of its clause only."""
    words = t.lower[max(0, at - REACH) : at]
    starts = [place for place, word in enumerate(words) if word in CLAUSE_STARTS]
    return words[starts[-1] + 1 :] if starts else words


def _is_negated(clause: Sequence[str], g: Grammar) -> bool:
    return any(word in g.negations or word in NOBODYS or word in NOT_ASSERTING for word in clause)


def _is_open(now: Reading, opening: int, cue: Range) -> bool:
    """Whether what stands before the subject leaves it open: a condition, a time to come, "believes" of nobody."""
    t, r = now.t, now.rules
    before = t.lower[opening - 1]
    lead = PHRASES_BEFORE.get(before)
    led = lead is not None and opening > 1 and t.lower[opening - 2] in lead
    if before in NOT_ASSERTING and is_open(t, opening):
        return True
    if before in OPEN_TIMES or (led and before == "as"):
        return not _is_past(t, cue, r)
    takes_clause = any(not form.frames.isdisjoint(("bare", "that")) for form in r.verbs.get(before, ()))
    return led or (takes_clause and not now.taken[opening - 1] and _is_negated(_clause_before(t, opening), r.grammar))


def _is_past(t: Tokens, cue: Range, r: Rules) -> bool:
    return any(word in PAST or word in r.spelled["past"] for word in t.lower[slice(*cue)])


def _is_inverted(t: Tokens, opening: int) -> bool:
    """As in "**Does** Norway support", "**Had** Norway supported", "**Never has** Norway supported"; not in "Not only does"."""
    at = opening - 1
    if t.lower[at] not in INVERTED:
        return False
    if at == 0 or t.lower[at - 1] in CLAUSE_STARTS:
        return True
    before = t.lower[max(0, at - REACH) : at]
    turns = [place for place, word in enumerate(before) if word in TURNING]
    return bool(turns) and ONLY.isdisjoint(before[turns[-1] + 1 : turns[-1] + 2])


# ---------------------------------------------------------------- the subject
def _of_somebody(t: Tokens, found: Attribution) -> Attribution | None:
    """``found``, if its subject is somebody; of a "neither … nor" both, who then do not."""
    assert found.source is not None
    start, end = found.source
    before = t.lower[max(0, start - REACH) : start]
    if before and before[-1] == "nor":
        pair = next((at for at in range(start - 1, max(-1, start - REACH), -1) if t.lower[at] == "neither"), -1)
        return replace(found, source=(pair + 1, end), negated=True) if pair >= 0 else None
    if t.lower[start] in NOBODYS and not _is_number(t, start):
        return None
    if before and (before[-1] == "not" or before[-1] in NOBODYS - {"no"}):
        return None
    return None if _is_excepted(before, t.lower[start:end]) else found


def _is_number(t: Tokens, at: int) -> bool:
    """As in "**no** fewer than nine", "**No** 10", "a **few** ports"."""
    return t.lower[at + 1] in NOT_FEWER or t.lower[at + 1][0].isdigit() or (at > 0 and t.lower[at - 1] == "a")


def _is_excepted(before: Sequence[str], source: Sequence[str]) -> bool:
    """Whether the subject is, or names, an exception: "everyone **but Norway**"."""
    taken = next((at for at, word in enumerate(source) if word in EXCEPT), 0)
    if taken and not EVERYBODY.isdisjoint(source[:taken]):
        return True
    return bool(before) and before[-1] in EXCEPT and not EVERYBODY.isdisjoint(before[-4:-1])


# ---------------------------------------------------------------- nouns
def _is_over(t: Tokens, start: int, g: Grammar) -> bool:
    """Whether what somebody held is given up: "Norway **dropped** its opposition to the ban"."""
    at = start - 1
    while at > 0 and g.is_adverb(t.lower[at]):
        at -= 1
    return at >= 0 and t.lower[at] in g.ending
