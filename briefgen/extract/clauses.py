"""Where a content span ends: the token behind the last one that still belongs to what was said.

Two modes. A clause ("said that ...") runs on until something outside speech begins: a new cue, a contrast, a semicolon.
A noun phrase ("opposes ...") is shorter: a time, a subordinate clause or a comma that opens no list ends it too.
"""

from __future__ import annotations

from briefgen.extract.patterns import Rules
from briefgen.extract.phrases import WEEKDAYS
from briefgen.extract.tokens import DASHES, Tokens

#: After a comma these begin something that is no longer the content.
CONTRASTS = frozenset(("but", "yet", "while", "whereas", "although", "though", "prompting", "raising", "according"))
#: A noun phrase ends before these, comma or not.
CLAUSE_OPENERS = frozenset(
    """
    while because after before when but although though if as since during amid amidst despite whereas
    """.split()
)
CONDITIONS = frozenset(("if", "unless", "provided"))
#: Of these, the ones that rather belong to an act in the phrase: "the need **to** repair the locks **before** winter".
TIMES_OF_ACTS = frozenset(("before", "after", "when", "if"))
RELATIVE_OPENERS = frozenset(("that", "which", "who", "whose", "whom", "how", "what", "whether", "where", "why", "when", "if"))
#: Of these, the pronouns of a clause that tells a thing apart, and how long an apposition inside it may be.
RELATIVE_PRONOUNS = frozenset(("that", "which", "who", "whom"))
APPOSITION_REACH = 10
#: A clause may open with an adverbial: "In the north, farms would ...".
FRONTED_PREPOSITIONS = frozenset(("in", "by", "for", "with", "after", "under", "without", "despite", "if", "unless", "while"))
#: A sentence that opens so has its main clause behind a comma.
CLAUSE_HEADS = frozenset(("while", "although", "though", "when", "as", "if", "whereas", "with", "amid"))
SUBORDINATE_HEADS = CLAUSE_HEADS | {"after", "before", "because", "since"}
ADJUNCTS = frozenset(("in", "on", "at", "during", "last", "earlier", "late"))
TRAILING = DASHES | {".", ",", ";", ":", "-", "!", "?", "and", "but", "or"}
#: Verbs whose finite form after "and" or "but" is more likely the speaker's next act than part of what was said.
SPEECH_ACTS = frozenset(
    """
    say tell add call ask urge warn insist argue reject demand require note stress doubt
    """.split()
)
VERB_FOLLOWERS = frozenset("that a an the its their his her whether why how".split())
#: What stands behind "as" where it opens no clause.
AS_PHRASES = frozenset("well to part a an".split())
#: Behind a comma these go on with a noun phrase: "several fees, including the toll".
EXAMPLE_OPENERS = frozenset("including particularly especially notably such namely inter as rather not in".split())
LIST_REACH = 24
LINEUP_REACH = 40
MAIN_REACH = 6
AND_REACH = 10
CLOSING_VERBS = frozenset("say add note explain write argue tell report conclude".split())
CLOSING_REACH = 6


def trimmed(t: Tokens, start: int, end: int) -> int:
    """``end`` without trailing marks and coordinators."""
    while end > start and t.lower[end - 1] in TRAILING:
        end -= 1
    return end


def clause_end(t: Tokens, start: int, r: Rules) -> int:
    """The end of a clause that begins at ``start``."""
    at = start
    while at < t.size:
        if not t.quoted[at] and _ends_clause(t, at, start, r):
            break
        at += 1
    return trimmed(t, start, at)


def phrase_end(t: Tokens, start: int, r: Rules) -> int:
    """The end of a noun phrase, with all that hangs on it, that begins at ``start``."""
    at = start
    while at < t.size:
        ends = not t.quoted[at] and (_ends_clause(t, at, start, r) or _ends_phrase(t, at, start, r))
        if ends:
            break
        at += 1
    return trimmed(t, start, at)


def predicate_end(t: Tokens, start: int, r: Rules) -> int:
    """The end of content without a finite verb of its own ("to cut the fee", "the lender of hiding losses").

    A past form behind "and" or "but" is then the speaker's next act.
    """
    end = clause_end(t, start, r)
    for at in range(start + 2, end - 1):
        if t.quoted[at]:
            continue
        if t.lower[at] in {"and", "but"} and _acts_on(t, at + 1, r):
            return trimmed(t, start, at)
        if t.lower[at] == "," and _is_result(t, at + 1):
            return trimmed(t, start, at)  # "proposed a cut, **drawing anger** from ports"
        if t.lower[at] == "," and is_clause(t, at + 1, r, reach=MAIN_REACH) and t.lower[at + 1] not in RELATIVE_OPENERS:
            return trimmed(t, start, at)  # "As he hopes to win by a mile, **the race will** be tight"
    return end


def _is_result(t: Tokens, at: int) -> bool:
    """Whether a form in -ing at ``at`` tells what came of an act, and is no member of a list: no "and" joins it."""
    return t.lower[at].endswith("ing") and len(t.lower[at]) > len("ering") and not {"and", "or"}.intersection(t.lower[at:])


def _acts_on(t: Tokens, at: int, r: Rules) -> bool:
    while at < t.size - 1 and (r.grammar.is_adverb(t.lower[at]) or t.lower[at] in {"has", "had", "have"}):
        at += 1
    word = t.lower[at]
    past = word in r.spelled["past"] or word in r.grammar.past_verbs
    return (past or _is_past_form(word)) and not t.capital(at) and t.lower[at - 1] not in r.grammar.determiners


def as_phrase_end(t: Tokens, start: int, r: Rules) -> int:
    """The end of "X as Y": like a noun phrase, but its "as" does not end it."""
    mark = t.find("as", start, t.size)
    return phrase_end(t, mark + 1, r) if mark >= 0 else phrase_end(t, start, r)


def within_clause(t: Tokens, span: tuple[int, int], subject: tuple[int, int] | None) -> tuple[int, int]:
    """Cut content at the comma that ends the clause it stands in: "While X said A, B ..." and "X, who said A, left"."""
    if subject is None:
        return span
    opened = (t.lower[0] in CLAUSE_HEADS and 0 < subject[0] <= 3) or (
        subject[0] > 0 and t.lower[subject[0] - 1] in SUBORDINATE_HEADS
    )
    relative = t.lower[subject[1] - 1] in {"who", "which"} and subject[1] > 1
    absolute = subject[0] > 0 and t.lower[subject[0] - 1] == "with"
    if not (opened or relative or absolute):
        return span
    comma = t.find(",", span[0] + 1, span[1])
    return (span[0], comma) if comma > 0 and not t.quoted[comma] else span


def _ends_clause(t: Tokens, at: int, start: int, r: Rules) -> bool:
    word = t.lower[at]
    if word == ";":
        return ":" not in t.lower[max(0, start - 1) : at] or _speaks_on(t, at + 1, r)
    if word in DASHES and at > start:
        # A lone dash adds an afterthought; two of them enclose part of the clause.
        return not any(other in DASHES for other in (*t.lower[start:at], *t.lower[at + 1 :]))
    if word == ",":
        return _ends_at_comma(t, at + 1, start, r) and not _in_open_relative(t, at, start, r)
    if at > start + 1 and t.quoted[at - 1] and t.lower[at - 2] == ",":
        return _ends_at_comma(t, at, start, r)  # "… of you," though she noted
    if word in {"while", "whereas"}:
        return at > start + 3
    if word in {"and", "but"} and at > start:
        return (
            _is_speech_act(t, at + 1, r)
            or (_is_past_cue(t, at + 1, r) and t.lower[start] not in r.grammar.subject_pronouns)
            or (at >= start + 3 and not _joins_names(t, at) and _others_speak(t, at + 1, r))
        )
    return False


def _is_closing_cue(t: Tokens, at: int, r: Rules) -> bool:
    """Whether a speaker and a verb of speech begin at ``at`` and close the sentence: "…, **Ann Lee told us**"."""
    for place in range(at + 1, min(t.size - 1, at + CLOSING_REACH)):
        word = t.lower[place]
        if word in r.grammar.outside_np and word not in r.grammar.subject_pronouns:
            return False
        forms = r.verbs.get(word, ())
        if any(form.lemma in CLOSING_VERBS and {"past", "s"} & form.kinds for form in forms):
            told = any("obj-that" in form.frames for form in forms) and t.size - place < CLOSING_REACH
            return told or t.lower[place + 1] in {".", ",", "on", "in", "at", "during", ";"} or t.lower[place + 1] in WEEKDAYS
    return False


def _ends_at_comma(t: Tokens, at: int, start: int, r: Rules) -> bool:
    """Whether a clause ends at the comma before ``at``."""
    word = t.lower[at] if at < t.size else ""
    return (
        word in CONTRASTS
        or _is_share(t, at)
        or _is_closing_cue(t, at, r)
        or _is_next_act(t, at, r)
        or (at > start + 1 and _has_verb(t, start, at, r) and _others_speak(t, at, r))
        or is_participle_cue(t, at, r)
        or (word == "and" and _speaks_on(t, at + 1, r))
        or (word == "with" and _speaks_beside(t, at + 1, r))
    )


def _is_share(t: Tokens, at: int) -> bool:
    """As in "42% say they are for it, **34% against**": the next group of those who were asked."""
    return at + 1 < t.size and t.lower[at][0].isdigit() and (t.lower[at].endswith("%") or t.lower[at + 1] == "percent")


def _has_verb(t: Tokens, start: int, end: int, r: Rules) -> bool:
    """Whether a finite verb seems to stand in the range: "the envoy**,** Ann Lee, had" has none before its comma."""
    return any(w in r.grammar.auxiliaries or w in r.finite or _is_past_form(w) or w.endswith("s") for w in t.lower[start:end])


def _ends_phrase(t: Tokens, at: int, start: int, r: Rules) -> bool:
    if at == start or ":" in t.lower[max(0, start - 1) : at]:
        return False
    word = t.lower[at]
    following = t.lower[at + 1] if at + 1 < t.size else ""
    if word == ",":
        if following in {"and", "or"}:
            return is_clause(t, at + 2, r, reach=AND_REACH) or _is_past_cue(t, at + 2, r)
        if _gives_examples(t, at, r) or _is_inner(t, at, start, r):
            return False
        return (following.endswith("ing") and not t.lower[at - 1].endswith("ing")) or not _goes_on_as_list(t, at, r)
    if word in r.grammar.auxiliaries or word in r.grammar.past_verbs:
        gerund = word in {"having", "being"} and t.lower[at - 1] in r.grammar.prepositions
        return not (gerund or t.lower[at - 1] == "to" or _in_relative(t, start, at, r))
    if word in CONDITIONS or (word == "as" and t.lower[at - 1] == "long"):
        return False  # "favours a quota **so long as** it is shared": the condition is part of it
    if word == "as":
        return following == "being" or (following not in AS_PHRASES and t.lower[at - 1] != "such" and is_clause(t, at + 1, r))
    if word == "but":
        return _is_past_cue(t, at + 1, r) or is_clause(t, at + 1, r)
    if word in CLAUSE_OPENERS:
        return not (word in TIMES_OF_ACTS and "to" in t.lower[start:at])
    if word in ADJUNCTS:
        return _is_time(t, at + 1, r) and t.lower[at - 1] not in r.grammar.prepositions
    if word in {"and", "but"}:
        return following == "so" or _is_finite_cue(t, at + 1, r) or _is_past_cue(t, at + 1, r)
    if word in {"(", ":"}:
        return not (")" in t.lower[at:] if word == "(" else _opens_list(t, at, r))
    return word in DASHES or word in WEEKDAYS


def _gives_examples(t: Tokens, comma: int, r: Rules) -> bool:
    """As in "fees**,** such as the toll", "inter alia**,** fees"; not in "the fee**,** as does Peru"."""
    behind = t.lower[comma + 1 : comma + 3]
    compares = behind[:1] == ["as"] and behind[-1] in r.grammar.auxiliaries
    return t.lower[comma - 1] == "alia" or (behind != [] and behind[0] in EXAMPLE_OPENERS and not compares)


def _is_inner(t: Tokens, comma: int, start: int, r: Rules) -> bool:
    """Whether the comma stands inside a phrase: between adjectives, or in a clause that is part of it."""
    return _lists_adjectives(t, comma, start, r) or _in_open_relative(t, comma, start, r)


def _in_open_relative(t: Tokens, comma: int, start: int, r: Rules) -> bool:
    """As in "the merger that the chairman**,** Peter Vane**,** had sought": a comma before the verb of a relative clause."""
    opened = next((at for at in range(comma - 1, start, -1) if t.lower[at] in RELATIVE_PRONOUNS), 0)
    if not opened or any(_is_verb(t, at, r) for at in range(opened + 1, comma)):
        return False
    closing = t.find(",", comma + 1, comma + APPOSITION_REACH)
    return any(at > 0 and at + 1 < t.size and _is_verb(t, at + 1, r) for at in (comma, closing))


def _is_verb(t: Tokens, at: int, r: Rules) -> bool:
    """Whether the word is a finite verb and nothing else: of one that may be a noun, whether the clause ends with it."""
    is_last = t.lower[at] in r.finite and (at + 1 >= t.size or not t.is_word(at + 1))
    return is_last or t.lower[at] in r.surely_finite or (_is_past_form(t.lower[at]) and not t.capital(at))


def _lists_adjectives(t: Tokens, comma: int, start: int, r: Rules) -> bool:
    """As in "a **long, costly, slow** repair": the comma stands between adjectives behind an article."""
    at = comma
    while at - 2 >= start and t.lower[at - 2] == ",":
        at -= 2
    behind = t.lower[comma + 1] if comma + 1 < t.size else ""
    noun_follows = behind.isascii() and behind[:1].isalpha() and not t.capital(comma + 1)
    article = at - 2 >= start and t.lower[at - 2] in {"a", "an"}
    return article and noun_follows and behind not in r.grammar.outside_np and behind not in r.grammar.determiners


def _opens_list(t: Tokens, colon: int, r: Rules) -> bool:
    """As in "called for: a longer season; and ...", "three aims: a; b; and c"."""
    return t.lower[colon - 1] in r.grammar.prepositions or t.lower[colon - 1] == "including" or ";" in t.lower[colon:]


def is_third_person(t: Tokens, at: int, r: Rules) -> bool:
    """As in "the call for guarantees **reflects** fear": a word in -s behind a plural is a verb."""
    word, before = t.lower[at], t.lower[at - 1]
    plural = before.endswith("s") and not before.endswith(("ss", "us", "is")) and not t.capital(at - 1)
    plural = plural and before not in r.grammar.possessives and before not in r.grammar.determiners
    verb = word.endswith("s") and not word.endswith(("ss", "us", "is")) and not t.capital(at)
    return plural and verb and t.is_word(at) and word not in r.grammar.outside_np and word not in r.nouns


def _in_relative(t: Tokens, start: int, at: int, r: Rules) -> bool:
    """Whether the auxiliary at ``at`` belongs to a relative or indirect clause inside the phrase ("the guarantees **Russia
    might** receive", "a plan **that would**"): else the phrase was the subject of what follows.
    """
    if any(word in RELATIVE_OPENERS for word in t.lower[start:at]):
        return True
    if t.lower[at - 1] in r.grammar.subject_pronouns:
        return True
    return t.capital(at - 1) and at - 2 >= start and not t.capital(at - 2) and t.lower[at - 2] not in r.grammar.outside_np


def is_clause(t: Tokens, start: int, r: Rules, reach: int = 18) -> bool:
    """Whether a subject and, at most ``reach`` tokens on, a finite verb seem to begin at ``start``."""
    g = r.grammar
    if start >= t.size:
        return False
    word = t.lower[start]
    if word == "it":  # "found **it** hard to": no clause
        return start + 1 < t.size and (_is_finite_word(t, start + 1, r) or r.grammar.is_adverb(t.lower[start + 1]))
    if word in g.subject_pronouns:
        return True
    if (word in g.prepositions and word not in FRONTED_PREPOSITIONS) or word in g.auxiliaries or _is_past_form(word):
        return False
    for place in range(start + 1, min(t.size, start + reach)):
        following = t.lower[place]
        if following in {".", ";", "!", "?", ":", ")", "to", "how"}:
            return False
        if following == "," and not (place + 1 < t.size and t.lower[place + 1] in {"who", "which", "the", "a"}):
            return word in FRONTED_PREPOSITIONS and not t.lower[place + 1].endswith("ing") and is_clause(t, place + 1, r)
        if t.lower[place - 1] in {"and", "but"} and place > start + 1 and _is_past_cue(t, place, r):
            return False  # "stressed the need for haste **and called**": the speaker's next act
        is_month = following == "may" and t.capital(place)
        if not is_month and (following in r.surely_finite or following in g.negations):
            return True
        if _is_past_form(following) and not t.capital(place):
            return True
    return False


def _is_finite_word(t: Tokens, at: int, r: Rules) -> bool:
    word = t.lower[at]
    return word in r.grammar.auxiliaries or word in r.finite or word == "'s" or word.endswith(("ed", "s"))


def _is_past_form(word: str) -> bool:
    return word.endswith("ed") and len(word) > 4


def _goes_on_as_list(t: Tokens, comma: int, r: Rules) -> bool:
    """Whether the comma stands between the members of "A, B and C" or between two parts of a name."""
    if (
        comma + 1 < t.size
        and t.capital(comma - 1)
        and t.capital(comma + 1)
        and t.lower[comma + 1] not in r.grammar.subject_pronouns
    ):
        return True
    rest = t.lower[comma + 1 : comma + 1 + LIST_REACH]
    for place, word in enumerate(rest):
        if word in {"and", "or"}:
            return place > 0 and (place < 9 or rest[place - 1] == ",")
        if word in r.grammar.auxiliaries or word in {";", "."}:
            return False
    return False


def _is_time(t: Tokens, at: int, r: Rules) -> bool:
    """Whether a time or an occasion begins at ``at``: "in May", "at a hearing", "in 2024"."""
    if at >= t.size:
        return False
    word = t.lower[at]
    if word in r.grammar.time_words or (word.isdigit() and len(word) == 4):
        return True
    return word in {"a", "an", "the"} and any(
        w in r.grammar.occasions or w in r.grammar.time_words for w in t.lower[at + 1 : at + 3]
    )


def is_participle_cue(t: Tokens, at: int, r: Rules) -> bool:
    """Whether the token is the -ing form of a verb that attributes."""
    return at < t.size and t.lower[at] in r.spelled["ing"]


def _is_finite_cue(t: Tokens, at: int, r: Rules) -> bool:
    if at >= t.size or not (t.lower[at] in r.spelled["past"] or t.lower[at] in r.spelled["s"]):
        return False
    # "and demands **that** ...": what follows tells the verb from the noun.
    return t.lower[at] not in r.nouns or (at + 1 < t.size and t.lower[at + 1] in VERB_FOLLOWERS)


def _is_speech_act(t: Tokens, at: int, r: Rules) -> bool:
    while at < t.size and r.grammar.is_adverb(t.lower[at]):
        at += 1
    return _is_finite_cue(t, at, r) and any(form.lemma in SPEECH_ACTS for form in r.verbs[t.lower[at]])


def _is_past_cue(t: Tokens, at: int, r: Rules) -> bool:
    """Whether an attributing verb in the past stands at ``at``, adverbs skipped, or its "did not" form."""
    while at < t.size and (r.grammar.is_adverb(t.lower[at]) or t.lower[at] in {"has", "have", "had"}):
        at += 1
    if at >= t.size:
        return False
    if t.lower[at] == "did" and t.lower[at + 1 : at + 2] == ["not"]:
        return at + 2 < t.size and t.lower[at + 2] in r.verbs
    return (
        t.lower[at] in r.spelled["past"]
        and not t.quoted[at]
        and not t.capital(at)
        and not (at + 1 < t.size and t.lower[at + 1] == "by")
    )


def _is_next_act(t: Tokens, at: int, r: Rules) -> bool:
    """As in "urged haste, **supported a** longer term, and": a past form with its object."""
    return at + 1 < t.size and t.lower[at + 1] in VERB_FOLLOWERS and _is_past_cue(t, at, r)


def _speaks_on(t: Tokens, at: int, r: Rules) -> bool:
    """Whether ", and he said", ", and welcomed" or ", and Peru proposed" follows: the next act of a speaker."""
    if any(_is_speech_act(t, place, r) for place in range(at, min(t.size, at + 4))) or _is_past_cue(t, at, r):
        return True
    return _others_speak(t, at, r)


def _joins_names(t: Tokens, at: int) -> bool:
    """As in "assurances from NATO **and** the United States": the "and" at ``at`` has a name before it and one behind."""
    behind = at + 2 if at + 1 < t.size and t.lower[at + 1] == "the" else at + 1
    return t.capital(at - 1) and behind < t.size and t.capital(behind)


def _others_speak(t: Tokens, at: int, r: Rules) -> bool:
    """Whether names and what they said stand at ``at``: "**Peru proposed** a shorter list", "and**, with Peru, urged**"."""
    if at + 1 < t.size and t.lower[at] == "," and t.lower[at + 1] in r.grammar.lineup_words:
        return _is_past_cue(t, _past_names(t, at + 1, r), r)
    if t.lower[at - 1] in {"and", "but"} and t.lower[at : at + 1] == ["the"] and _past_names(t, at, r) == at + 1:
        return False  # "cut the fee and **the** proposed toll": an article alone is nobody
    return at < t.size and (t.capital(at) or t.lower[at] == "the") and _is_past_cue(t, _past_names(t, at, r), r)


def _speaks_beside(t: Tokens, at: int, r: Rules) -> bool:
    """Whether ", with **Peru noting** that", ", with **Peru opposed** to" follows."""
    if at >= t.size or not (t.capital(at) or t.lower[at] in r.grammar.determiners):
        return False
    place = _past_names(t, at, r)
    while place < t.size and r.grammar.is_adverb(t.lower[place]):
        place += 1
    return is_participle_cue(t, place, r) or (place < t.size and t.lower[place] in r.adjectives)


def _past_names(t: Tokens, at: int, r: Rules) -> int:
    """The place behind the names, and what ties them, that begin at ``at``."""
    g = r.grammar
    stop = min(t.size - 1, at + LINEUP_REACH)
    while at < stop and (
        t.capital(at)
        or t.lower[at] in g.lineup_words
        or t.lower[at] in g.group_words
        or t.lower[at] in g.plural_actors
        or t.lower[at] in {",", "/", "and", "the", "of", "(", ")"}
    ):
        at += 1
    return at
