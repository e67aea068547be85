"""A subject of several parties in, its voices out: who says what follows, and who says the opposite.

Reports of talks put whole line-ups before one verb: "Norway, for the coastal states, supported by Chile and opposed by Japan,
said". Whoever speaks for, speaks with or supports the first party says it too; who opposes it says the opposite. Such a
line-up is a language of its own, with few words, so it is parsed as one: parties, commas, and ties ("with", "opposed by").
What does not parse to the last token is no line-up, and is left to the rules for ordinary subjects.

Limits: a title behind a name ("Ann Lee, Minister of Trade, with Peru,") is not understood; nobody is meant by "others".
"""

from __future__ import annotations

from typing import NamedTuple

from briefgen.extract.patterns import Grammar, Rules
from briefgen.extract.phrases import POSSESSIVE, Range
from briefgen.extract.tokens import Tokens

JOINING = frozenset(("and", "or", "&"))
#: Words that a line-up may hold besides names and the words of its ties.
GLUE = frozenset((",", "/", "(", ")", "the", "of", "but", "'", "’", *JOINING))
#: Marks inside a name: "Côte d'Ivoire", "G- 20".
INSIDE_NAMES = frozenset(("'", "’", "-"))
#: Ties that need a comma before them: without it they hang on the noun ("the fund for Peru").
NEED_COMMA = frozenset(("for", "with", "by", "including"))
FOR_A_GROUP = frozenset(("for", "and for", "also for", "on behalf of", "speaking for", "representing"))
#: Ties that may open a sentence before its subject: "With Chile, she said".
OPENING_TIES = frozenset(
    ("with", "supported by", "opposed by", "joined by", "echoed by", "together with", "along with", "on behalf of")
)
#: Behind these stand the names of a group without one, which then speak for themselves.
EXAMPLES = frozenset(("including", "such as"))
LONGEST_TIE = 4
LONGEST_GROUP = 7
LONGEST_BRACKET = 10
MOST_STARTS = 12
TITLE_REACH = 3


class Voice(NamedTuple):
    """One party by its tokens, and whether it is against what the others say."""

    span: Range
    against: bool = False


def lineup_before(t: Tokens, end: int, r: Rules, low: int = 0) -> Range | None:
    """The line-up that ends before token ``end``, a verb group or the comma before it, and begins at ``low`` or behind it;
    None where there is none.
    """
    stop = end - 1 if t.lower[end - 1] == "," else end
    if stop < 2 or not _may_end(t, stop - 1, r.grammar):
        return None
    first = stop - 1
    while first >= low and _may_hold(t, first, r.grammar):
        first -= 1
    for start in _starts(t, first + 1, stop, r.grammar):
        if voices_in(t, (start, stop), r):
            return start, stop
    return None


def lineup_behind(t: Tokens, start: int, r: Rules) -> Range | None:
    """The line-up that begins at ``start``, behind a passive's "by"; None where there is none."""
    stop = start
    while stop < t.size and _may_hold(t, stop, r.grammar) and not _is_against(t, stop, r.grammar):
        stop += 1
    while stop > start and (t.lower[stop - 1] in GLUE or r.grammar.is_adverb(t.lower[stop - 1])):
        stop -= 1
    return (start, stop) if stop > start and voices_in(t, (start, stop), r) else None


def _is_against(t: Tokens, at: int, g: Grammar) -> bool:
    """As in "backed by Peru and **opposed by** Chile": another predicate of what stands before both."""
    return any(" ".join(t.lower[at : at + length]) in g.tied_against for length in (2, 3))


def _may_end(t: Tokens, at: int, g: Grammar) -> bool:
    return t.capital(at) or t.lower[at] in {")", "he", "she", "they"} or t.lower[at] in g.plural_actors


def _may_hold(t: Tokens, at: int, g: Grammar) -> bool:
    word = t.lower[at]
    return (
        t.capital(at)
        or word in GLUE
        or word == "-"
        or word.isdigit()
        or word in g.lineup_words
        or word in g.plural_actors
        or word in g.group_words
        or word in g.subject_pronouns
        or (at + 1 < t.size and t.lower[at + 1] in g.plural_actors and word not in g.outside_np and t.is_word(at))
        or g.is_adverb(word)
    )


def _is_title(t: Tokens, at: int, g: Grammar) -> bool:
    """As in "Ann Lee, **Deputy Minister of** Trade and Industry, said": an office without a name of its own."""
    if t.lower[at] == "the":
        return False
    near = range(at, min(t.size - 1, at + TITLE_REACH))
    return any(t.lower[place] in g.person_nouns and not t.capital(place + 1) for place in near)


def _starts(t: Tokens, first: int, stop: int, g: Grammar) -> list[int]:
    """Where a line-up may begin in ``[first, stop)``, the longest first: not behind a preposition."""
    hangs = first > 0 and t.lower[first - 1] in g.prepositions
    headed = any(t.lower[at] in g.plural_actors and t.lower[at + 1] in {"of", "from", "in"} for at in range(first, stop - 1))
    if headed or (hangs and t.lower[0] not in g.prepositions):
        return []  # "envoys of Norway, Peru and Chile said"
    starts = [] if hangs else [first]
    behind = {",", ";", ":", "while", "whereas", "but", "and"}
    for at in range(first + 1, stop - 1):
        if t.lower[at - 1] == "," and _is_title(t, at, g):
            break  # the commas and "and" that follow may belong to the office
        if t.lower[at - 1] in behind:
            starts.append(at)
    # "the experience with Peru, Chile and": a tie opens a line-up only where a phrase begins
    return [at for at in starts if at == 0 or t.lower[at] not in g.lineup_words or t.lower[at - 1] in behind][:MOST_STARTS]


def voices_in(t: Tokens, span: Range, r: Rules) -> tuple[Voice, ...]:
    """The voices of a span that is a line-up from end to end; empty where it is not, or is one plain name."""
    if t.lower[span[0]] not in r.grammar.lineup_words and GLUE.isdisjoint(t.lower[span[0] + 1 : span[1]]):
        return ()
    return _Lineup(t, span[1], r).voices(span[0])


class _Lineup:
    """The parser: it goes once from left to right and never back."""

    __slots__ = ("against", "at", "bare", "before", "closed", "end", "found", "joined", "r", "t")

    def __init__(self, t: Tokens, end: int, r: Rules) -> None:
        self.t, self.end, self.r = t, end, r
        self.at = 0
        self.found: list[Voice] = []
        #: Whether the parties being read are against.
        self.against = False
        #: Whether anything but commas stands between the parties: else they are a name and its apposition.
        self.joined = False
        #: How many parties had been read before the last tie.
        self.before = 0
        #: Whether nothing but a comma stood before the party read last.
        self.bare = False
        #: Whether the list being read has had its "and": a comma ends it.
        self.closed = False

    def voices(self, start: int) -> tuple[Voice, ...]:
        self.at = start
        opening = self._tie()
        if opening is not None and opening not in OPENING_TIES:
            return ()
        while self._party():
            if self.at >= self.end:
                return self._voices(opened=opening is not None) if self.joined else ()
            if not self._glue():
                break
        return ()

    def _voices(self, *, opened: bool) -> tuple[Voice, ...]:
        """All that was found; behind a list that opens the sentence the last party is the subject: "With A, **B** said"."""
        if opened and self.bare and self.found:
            self.found[-1] = self.found[-1]._replace(against=False)
        return tuple(self.found)

    # ------------------------------------------------------------ parties
    def _party(self) -> bool:
        """Read one party: a name, a group without a name, a pronoun; "G-8/Japan" is two."""
        stop = self._group() or self._pronoun() or self._name()
        if stop <= self.at or (self.found and _is_title(self.t, self.at, self.r.grammar)):
            return False
        start, self.at = self.at, stop
        if self.t.lower[stop - 1] not in {"others", "all"} or not self.found:
            self.found.append(Voice((start, self._without_bracket(start, stop)), self.against))
        return True

    def _is_named(self, voice: Voice) -> bool:
        return self.t.capital(voice.span[1] - 1)

    def _without_bracket(self, start: int, stop: int) -> int:
        return self.t.find("(", start + 1, stop) if self.t.lower[stop - 1] == ")" else stop

    def _pronoun(self) -> int:
        return self.at + 1 if self.t.lower[self.at] in {"he", "she", "they"} else 0

    def _group(self) -> int:
        """As in "several coastal states", "many others": the end of a group without a name, or 0."""
        t, g = self.t, self.r.grammar
        at = self.at
        while at < min(self.end, self.at + LONGEST_GROUP) and t.lower[at] in g.group_words:
            at += 1
        qualified = at > self.at and at + 1 < self.end and t.lower[at + 1] in g.plural_actors
        if qualified and t.words[at].islower() and t.lower[at] not in g.outside_np:
            at += 1  # "two **river** states"
        named = at == self.at and at < self.end and t.capital(at)
        return at + 1 if at < self.end and t.lower[at] in g.plural_actors and not named else 0

    def _name(self) -> int:
        """The end of a name with its article, its bracket, and an "and" of its own ("Trinidad and Tobago"); or 0."""
        t = self.t
        start = self.at
        while start < min(self.end - 1, self.at + LONGEST_GROUP) and self._opens_name(start):
            start += 1
        at = self._words(start)
        if at <= start or (at < self.end and t.lower[at] in POSSESSIVE):
            return 0
        if at < self.end and t.lower[at] in self.r.grammar.plural_actors:
            at += 1  # "the Mekong states"
        if at + 1 < self.end and t.lower[at] == "and":
            second = self._words(at + 2 if t.lower[at + 1] == "the" else at + 1)
            if " ".join(t.lower[start:second]) in self.r.bodies:
                at, self.joined = second, True
        if at < self.end and t.lower[at] == "(" and t.lower[at + 1] not in self.r.grammar.lineup_words:
            closing = t.find(")", at, min(self.end, at + LONGEST_BRACKET))
            at = closing + 1 if closing > 0 else at
        return at

    def _opens_name(self, at: int) -> bool:
        """As in "**the** EU", "**most** Hague Group members"."""
        return self.t.lower[at] in self.r.grammar.group_words and not self.t.acronym(at)

    def _words(self, start: int) -> int:
        """The end of the capitalised words from ``start`` on, tied by "of" or an apostrophe inside."""
        t = self.t
        at = start
        while at < self.end and self._may_be_name(at, start):
            at += 1
            if (
                at + 1 < self.end
                and t.lower[at] in INSIDE_NAMES
                and (t.start[at + 1] == t.end[at] or t.lower[at + 1].isdigit())
            ):
                at += 1
            elif at + 1 < self.end and t.lower[at] == "of":
                behind = at + 2 if t.lower[at + 1] == "the" else at + 1
                at = behind if behind < self.end and (t.capital(behind) or t.lower[behind].isdigit()) else at
        return at

    def _may_be_name(self, at: int, start: int) -> bool:
        word, g = self.t.lower[at], self.r.grammar
        if at > start or not self.t.capital(at):
            return at > start and (self.t.capital(at) or word.isdigit())
        return self.t.acronym(at) or not (word in g.outside_np or (word.endswith("ed") and word in g.lineup_words))

    # ------------------------------------------------------------ what stands between parties
    def _glue(self) -> bool:
        """Read a comma, an "and", a slash, a tie; False where none of them stands here or nothing follows."""
        t = self.t
        if t.lower[self.at] == ")":
            self.at, self.against, self.closed = self.at + 1, False, True
            if self.at >= self.end:
                return False
        slash = t.lower[self.at] == "/"
        comma = t.lower[self.at] in {",", "("}
        self.at += comma or slash
        joined = self._joins() or self._word() == "but"
        self.at += joined
        self.joined = self.joined or joined or slash
        tie = None if slash else self._tie(bare=not (comma or joined))
        if tie is None:
            if comma and self._list_is_over(joined=joined):
                self.against = False
            self.closed = joined or slash
            self.bare = comma and not joined
        return (tie is not None or comma or joined or self._slashed(slash)) and self.at < self.end

    def _list_is_over(self, *, joined: bool) -> bool:
        """Whether the parties behind this comma no longer belong to the list that the last tie opened: the list has had its
        "and", or a comma and an "and" follow one party alone or close nothing ("opposed by A, **and B said**").
        """
        if not joined:
            return self.closed
        return len(self.found) - self.before == 1 or not self._comma_behind()

    def _joins(self) -> bool:
        """Whether an "and" stands here: in capitals it belongs to a name ("CITIES AND PORTS")."""
        return self._word() in JOINING and not self.t.capital(self.at)

    def _word(self) -> str:
        return self.t.lower[self.at] if self.at < self.end else ""

    def _slashed(self, slash: bool) -> bool:
        """Whether the slash joins two parties, at least one of them known: "G-8/Japan", not "pass/fail"."""
        t = self.t
        near = (t.lower[self.at - 2], t.lower[self.at] if self.at < self.end else "")
        return slash and any(word in self.r.bodies for word in near)

    def _comma_behind(self) -> bool:
        return self.end < self.t.size and self.t.lower[self.end] == ","

    def _tie(self, *, bare: bool = False) -> str | None:
        """Read a tie and turn to its side; ``bare``: no comma or "and" stands before it."""
        t, g = self.t, self.r.grammar
        at = self.at
        while at < self.end and g.is_adverb(t.lower[at]):
            at += 1
        for length in range(min(LONGEST_TIE, self.end - at), 0, -1):
            words = " ".join(t.lower[at : at + length])
            if words in g.tied_with or words in g.tied_against:
                if bare and words in NEED_COMMA:
                    return None
                if words not in FOR_A_GROUP:  # "opposed by Fiji, for the islands": the islands are against it too
                    self.against = words in g.tied_against
                self.at, self.closed = at + length, False
                self.joined, self.before = True, len(self.found)
                if words in EXAMPLES:
                    self.found = [voice for voice in self.found if self._is_named(voice)]
                return words
        return None
