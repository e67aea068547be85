"""From a source span to the name of the one who speaks: parts of a coordination, pronouns, "the official", documents.

Resolution stays inside the document and knows no list of the world but the lexicon's names. A pronoun goes to the last
fitting speaker; if none fits, the holder stays the pronoun, and who that is stays open. Nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Literal, NamedTuple

from briefgen.extract.parties import voices_in
from briefgen.extract.patterns import Rules
from briefgen.extract.phrases import POSSESSIVE, Range
from briefgen.extract.reading import Attribution
from briefgen.extract.tokens import Tokens

Kind = Literal["person", "plural", "body", "things", "other"]

HE = frozenset(("he", "she", "his", "her", "him"))
THEY = frozenset(("they", "their"))
IT = frozenset(("it", "its"))
PRONOUNS = HE | THEY | IT
#: Who speaks inside a quotation or a speaker's paragraph.
SELF = frozenset(("i", "we"))
NOBODY = frozenset(
    """
    there what who which that this these those one nobody no if you anyone anybody everyone everybody someone somebody
    whoever none nothing
    """.split()
)
#: Frames in which even "it" may be a speaker: it took a clause or a quotation.
SPOKEN = frozenset(("quote", "that", "bare", "fronted quote", "fronted clause", "obj-that", "clause", "obj-clause"))
#: Words that tie a document or a reaction to its author: "a statement **from** the ministry".
AUTHOR_TIES = frozenset(("from", "by"))
DEFINITE = frozenset(("the", "this", "that"))
#: How many paragraphs back a pronoun may look.
MEMORY = 3
#: And how many mentions, where a paragraph is as long as a book.
MOST_MENTIONS = 200
LONGEST_NAME = 5
#: "…, Dr Anu Lepp **of** the institute": what stands behind a name and is no part of it.
NAME_ENDS = frozenset((",", "of", "from", "at", "in", "who"))
#: Two words with capitals; the second may be the first of the next pair.
NAME_PAIR = re.compile(r"\b([A-ZÀ-Þ][\w.'’-]*) (?=([A-ZÀ-Þ][\w'’-]*))")
_NAME = r"(?:(?:Mr|Ms|Mrs|Dr)\.? )?[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+){0,2}"
#: "mayor **Ida Berg**", "the mayor, **Ms Berg**,"; a lone word behind a comma may be anything.
NAME_BEHIND = re.compile(rf"( |, (?=(?:Mr|Ms|Mrs|Dr)\b|\S+ [A-ZÀ-Þ]))({_NAME})(?=[\s,.)])")
NAME_BEFORE = re.compile(rf"({_NAME})(?:,| \()\s?((?:[\w'’-]+ ){{0,4}})$")
NAME_REACH = 80
#: Offices that anybody may hold who speaks for somebody.
ANY_OFFICE = frozenset(("official", "diplomat", "politician", "lawmaker", "expert", "analyst", "author", "man", "woman"))
#: A longer number is a year or a sum.
MOST_PEOPLE = 3
RELATIVE_TAILS = frozenset(("who", "which", "that", "whose"))


class Mention(NamedTuple):
    """Somebody who spoke or acted, and in which block."""

    name: str
    kind: Kind
    block: int


@dataclass(slots=True)
class Memory:
    """Who was mentioned, the last one last."""

    rules: Rules
    #: The document's text, for the names behind offices.
    text: str = ""
    #: Whose paragraph of a transcript is being read.
    speaker: str = ""
    #: Who "I" and "we" are elsewhere, where the document says who wrote it.
    writer: Mapping[str, str] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    #: What is known of names: a document says each many times.
    kinds: dict[str, Kind] = field(default_factory=dict)
    #: Who put the last paper forward, and in which block.
    paper: tuple[str, int] = ("", 0)
    offices: dict[str, Sequence[str]] = field(default_factory=dict)
    #: Words that stand behind another with a capital somewhere in the text; None until they are asked for.
    surnames: frozenset[str] | None = None

    def remember(self, name: str, block: int) -> None:
        """Note that ``name`` spoke or acted in ``block``."""
        self.mentions.append(Mention(name, self.kind_of(name), block))

    def in_office(self, office: str) -> Sequence[str]:
        """As ``in_office`` in the document: it is read once for each office."""
        if office not in self.offices:
            self.offices[office] = in_office(self.text, office, self.rules)
        return self.offices[office]

    def kind_of(self, name: str) -> Kind:
        """As ``kind_of``."""
        if name not in self.kinds:
            kind = kind_of(name, self.rules)
            self.kinds[name] = "other" if kind == "person" and not self._is_person(name) else kind
        return self.kinds[name]

    def _is_person(self, name: str) -> bool:
        """Whether the text or the lexicon knows more of a lone name than its capital: "Interfax" is no "he"."""
        if " " in name or name.lower() in self.rules.grammar.person_nouns or name.lower() in self.rules.surnames:
            return True
        if self.surnames is None:
            pairs = NAME_PAIR.finditer(self.text)
            outside = self.rules.grammar.outside_np
            self.surnames = frozenset(pair[2] for pair in pairs if pair[1].lower().strip(".") not in outside)
        return name in self.surnames

    def remember_paper(self, owner: str, block: int) -> None:
        """Note that ``owner`` put something on paper, or forward: "the draft" may be theirs."""
        self.paper = owner, block

    def paper_owner(self, block: int) -> str | None:
        """Who put the last paper forward, at most ``MEMORY`` blocks back."""
        owner, place = self.paper
        return owner if owner and block - place <= MEMORY else None

    def last(self, kinds: Iterable[Kind], block: int, word: str = "", reach: int = MEMORY) -> str | None:
        """The last mention of one of ``kinds`` at most ``reach`` blocks back, with ``word`` in its name if one is given."""
        wanted = frozenset(kinds)
        for mention in islice(reversed(self.mentions), MOST_MENTIONS):
            if block - mention.block > reach:
                return None
            if mention.kind in wanted and (not word or word in mention.name.lower()):
                return mention.name
        return None


def in_office(text: str, office: str, rules: Rules) -> Sequence[str]:
    """Those whom a document names with an office, once each: "Mayor Ida Berg", "Ida Berg, the mayor", "Ms Berg (mayor)"."""
    named: dict[str, str] = {}
    for place in islice(re.finditer(rf"\b{re.escape(office)}\b", text, re.IGNORECASE), MOST_MENTIONS):
        behind = NAME_BEHIND.match(text, place.end())
        before = NAME_BEFORE.search(text, max(0, place.start() - NAME_REACH), place.start())
        if behind is not None:
            title = place.group() + " " if place.group()[0].isupper() and behind[1] == " " else ""
            named.setdefault(behind[2].split()[-1], title + behind[2])
        elif before is not None and _is_title(before[2], rules):
            named.setdefault(before[1].split()[-1], before[1])
    return tuple(named.values())


def _is_title(words: str, rules: Rules) -> bool:
    """Whether nothing but a title's words stands between a name and an office: not "Berg, who met the"."""
    g = rules.grammar
    outside = g.subordinators | g.auxiliaries | g.prepositions
    return not any(word in outside or word in rules.verbs for word in words.lower().split())


def kind_of(name: str, rules: Rules) -> Kind:
    """Whether a surface name is a person, a group in the plural, or a body."""
    g = rules.grammar
    words = [word.strip(",.") for word in name.lower().replace("’", "'").split()]
    article = words[:1] == ["the"] and len(words) > 1
    words = words[1:] if article else words
    if words and words[-1] in g.not_actors:
        return "things" if words[-1].endswith("s") else "other"
    if " ".join(words) in rules.bodies:
        return "body"
    head = words[: next((at for at, word in enumerate(words) if word in g.prepositions), len(words))]
    if g.plural_actors.isdisjoint(head) and not g.person_nouns.isdisjoint(head):
        return "person"  # "a member of the Liberals"
    if not g.plural_actors.isdisjoint(words):
        return "plural"
    if not g.person_nouns.isdisjoint(words):
        return "person"
    if not g.actor_nouns.isdisjoint(words) or not g.document_nouns.isdisjoint(words):
        return "body"
    if not words or not name[:1].isupper() or name.isupper() or words[0] in rules.adjectival:
        return "other"  # "British Columbia" is no "she"
    if article:
        return "body"  # "the NHFO"
    return "person"


def holders_of(t: Tokens, found: Attribution, memory: Memory, block: int) -> list[str] | None:
    """The names of those who speak, as ``source_names``, with those who join them."""
    names = source_names(t, found, memory, block)
    if names is None or found.beside is None:
        return names
    joined = _voiced_names(t, found.beside, found, memory, block, against=False)
    return [*names, *(name for name in joined if name not in names)]


def source_names(t: Tokens, found: Attribution, memory: Memory, block: int) -> list[str] | None:
    """The names of those who speak, one for each part of a coordination; empty when nobody is named; None when the
    subject is nobody who could hold a position.
    """
    if found.source is None:
        speaker = memory.last(("person", "plural", "body"), block, reach=0) if found.frame == "copula" else None
        return [speaker] if speaker is not None else []
    if voices_in(t, found.source, memory.rules):
        return _voiced_names(t, found.source, found, memory, block, against=False) or None
    span = _without_bracket(t, _meant(t, _trimmed(t, found.source)))
    if voices_in(t, span, memory.rules):
        return _voiced_names(t, span, found, memory, block, against=False)
    first = t.lower[span[0]]
    if span[1] - span[0] == 1 and first in PRONOUNS:
        return _pronoun(first, found, memory, block)
    if span[1] - span[0] == 1 and first in SELF and not t.quoted[span[0]] and not t.acronym(span[0]):
        name = memory.speaker or memory.writer.get(first)
        if name:
            return [name]
    if found.frame == "copula" and found.cue[0] == span[0]:
        return []
    if found.frame in SPOKEN or found.frame == "according to":
        span = _author(t, span, memory.rules)
        if span[1] - span[0] == 1 and t.lower[span[0]] in PRONOUNS:
            return _pronoun(t.lower[span[0]], found, memory, block)
    if not _can_speak(t, span, found, memory.rules):
        return None
    place = _stage(t, span, memory.rules)
    return [name + place for name in names_in(t, span, memory, block)]


def names_in(t: Tokens, span: Range, memory: Memory, block: int) -> list[str]:
    """The names of those in a phrase, "the minister" by who was mentioned before."""
    return [_resolved(name, memory, block) for name in _parts(t, span, memory.rules)]


def opponents_of(t: Tokens, found: Attribution, memory: Memory, block: int) -> list[str]:
    """The names of those who say the opposite: "Norway, **opposed by Japan**, said". Only of the verb right behind them."""
    lineup = found.beside or found.source
    if lineup is None or found.cue[0] - lineup[1] > 1:
        return []
    return _voiced_names(t, lineup, found, memory, block, against=True)


def _voiced_names(t: Tokens, lineup: Range, found: Attribution, memory: Memory, block: int, *, against: bool) -> list[str]:
    """The names of a line-up's parties on one side."""
    voices = [voice for voice in voices_in(t, lineup, memory.rules) if voice.against is against]
    names = [name for voice in voices for name in _voiced(t, voice.span, found, memory, block)]
    return _with_shared_head(names, memory.rules)


def _voiced(t: Tokens, span: Range, found: Attribution, memory: Memory, block: int) -> list[str]:
    """The name of one party of a line-up."""
    if t.lower[span[0]] in PRONOUNS:
        return _pronoun(t.lower[span[0]], found, memory, block) or []
    return [_resolved(_text(t, *span), memory, block)]


def _trimmed(t: Tokens, span: Range) -> Range:
    """A source without its possessive, closing comma or relative pronoun."""
    start, end = span
    while end - start > 1 and (t.lower[end - 1] in POSSESSIVE or t.lower[end - 1] in {",", "who", "which", "that", "(", ")"}):
        end -= 1
    return start, end


def _without_bracket(t: Tokens, span: Range) -> Range:
    """As in "Rosa Diaz (Green Party)": the name alone."""
    opening = t.find("(", span[0] + 1, span[1])
    return (span[0], opening) if opening > 0 and t.find(")", opening, span[1] + 1) >= span[1] - 1 else span


def _meant(t: Tokens, span: Range) -> Range:
    """As in "He [the mayor]": what the bracket says, without marks that open it; any other span is itself."""
    if span[1] - span[0] < 4 or t.lower[span[0] + 1] != "[":
        return span
    start = next((at for at in range(span[0] + 2, span[1]) if t.is_word(at)), span[0])
    return start, span[1] - 1


def _pronoun(word: str, found: Attribution, memory: Memory, block: int) -> list[str] | None:
    if word in HE:
        name = memory.last(("person",), block)
    elif word in THEY:
        name = memory.last(("plural", "things"), block)
        if name is not None and memory.kind_of(name) == "things":
            return None
    else:
        name = memory.last(("body",), block)
        if found.frame not in SPOKEN and word == "it":
            return None
    if name is None and word in IT:
        return None
    return [name or word]


def _stage(t: Tokens, span: Range, rules: Rules) -> str:
    """As in "In Lima, lawmakers said": where an unnamed group speaks, as " in Lima"; empty otherwise."""
    opened = span[0] >= 3 and t.lower[0] == "in" and t.lower[span[0] - 1] == "," and t.find(",", 0, span[0]) == span[0] - 1
    seat = " ".join(t.lower[1 : span[0] - 1]) if opened else ""
    unnamed = span[1] - span[0] == 1 and t.lower[span[0]] in rules.grammar.plural_actors and not t.capital(span[0])
    return f" in {t.text[t.start[1] : t.end[span[0] - 2]]}" if unnamed and seat in rules.bodies else ""


def _author(t: Tokens, span: Range, rules: Rules) -> Range:
    """As in "Responses from Washington" speak for Washington, "a statement by the ministry" for the ministry, "Grushko's
    comments" and "his statements" for their owner.
    """
    g = rules.grammar
    if span[1] - span[0] > 1 and (
        t.lower[span[1] - 1] in g.document_nouns
        or t.lower[span[1] - 1].rstrip("s") in g.document_nouns
        or t.lower[span[1] - 1] in g.not_actors
    ):
        if t.lower[span[0]] in g.possessives:
            return span[0], span[0] + 1
        owner = next((at for at in range(span[0] + 1, span[1]) if t.lower[at] in POSSESSIVE), 0)
        if owner:
            return span[0], owner
    for at in range(span[0] + 1, span[1] - 1):
        if t.lower[at] in AUTHOR_TIES and (t.lower[at - 1] in g.document_nouns or t.lower[at - 1] in g.not_actors):
            return at + 1, span[1]
        if t.lower[at] in g.prepositions:
            break
    return span


def head_of(t: Tokens, span: Range, rules: Rules) -> int:
    """The token that heads a noun phrase: the last one before its first preposition, comma or relative."""
    at = span[0]
    g = rules.grammar
    while at + 1 < span[1]:
        following = t.lower[at + 1]
        if following in g.prepositions or following in g.agent_verbs or following in {",", "(", "who", "which", "that"}:
            break
        at += 1
    while at > span[0] and t.lower[at] in POSSESSIVE:
        at -= 1
    return at


def _can_speak(t: Tokens, span: Range, found: Attribution, rules: Rules) -> bool:
    """Whether the phrase can hold a position at all: "the debate" cannot, whatever verb follows."""
    word = t.lower[span[0]]
    if span[1] - span[0] == 1 and (word in NOBODY or not t.is_word(span[0])):
        return False
    if found.frame == "according to":
        return True
    head = head_of(t, span, rules)
    if _is_no_noun(t, span, head, rules):
        return False
    if not t.is_word(head):
        return False
    if t.lower[head][0].isdigit():  # "42% say", "three in 10 said": people who were asked
        return found.frame in SPOKEN and (
            t.lower[head].endswith("%") or span[1] - span[0] > 1 or len(t.lower[head]) < MOST_PEOPLE
        )
    named = t.capital(head) and head > 0
    return named or t.lower[head] not in rules.grammar.not_actors


def _is_no_noun(t: Tokens, span: Range, head: int, rules: Rules) -> bool:
    """As in "**Previously**, a letter ...", "opposed **discussing** proposed cuts": an adverb or a gerund alone."""
    word = t.lower[head]
    gerund = word.endswith("ing") and not t.capital(head)
    return span[1] - span[0] == 1 and (gerund or (rules.grammar.is_adverb(word) and word not in rules.grammar.lone_subjects))


def _parts(t: Tokens, span: Range, rules: Rules) -> list[str]:
    """The names in "France, Poland and others"; one name where nothing is coordinated.

    An apposition behind the name ("Grushko, the deputy minister") is left out of it.
    """
    comma = t.find(",", span[0] + 1, span[1])
    if comma > 0 and any(word in rules.grammar.person_nouns for word in t.lower[comma + 1 : comma + 4]):
        return [
            _text(t, *(_name_behind(t, span, comma, rules) or (span[0], comma)))
        ]  # a name and its title, which may hold an "and" of its own
    cuts = [
        at for at in range(span[0] + 1, span[1] - 1) if t.lower[at] in {"and", "&", "nor"} and _joins_actors(t, at, span, rules)
    ]
    if not cuts:
        return [_text(t, *(_name_behind(t, span, comma, rules) or (span[0], comma)))] if comma > 0 else [_text(t, *span)]
    names = []
    start = span[0]
    for cut in (*cuts, span[1]):
        names.extend(_listed(t, start, cut))
        start = cut + 1
    return _with_shared_head(names, rules)


def _with_shared_head(names: list[str], rules: Rules) -> list[str]:
    """ "Danish and Swedish **fishermen**": the first are fishermen too, and not Denmark."""
    last = names[-1].split() if names else []
    at = next((i for i, word in enumerate(last) if word.lower() in rules.adjectival), len(last))
    head = " ".join(last[at + 1 :])
    is_shared = bool(head) and head == head.lower()
    return [f"{name} {head}" if is_shared and _is_adjective(name.split()[-1], rules) else name for name in names]


def _is_adjective(word: str, rules: Rules) -> bool:
    """Whether a word is a place's adjective and not its people: "Danish", not "Danes"."""
    return word.lower() in rules.adjectival and (not word.endswith("s") or word.endswith("ss"))


def _name_behind(t: Tokens, span: Range, comma: int, rules: Rules) -> Range | None:
    """The name that stands in apposition to an office: "The harbour master, **Ms Ida Berg**, said", or None."""
    g = rules.grammar
    ends = (at for at in range(comma + 1, span[1]) if t.lower[at] in NAME_ENDS)
    end = next(ends, span[1])
    office = t.lower[span[0]] in g.determiners or t.lower[span[0]] in g.possessives or not t.capital(comma - 1)
    start = comma + 1 + (t.lower[comma + 1] == "the")  # "their association, **the Property Forum**,"
    named = end - start > 1 and all(
        t.capital(at) or t.lower[at] in {"de", "van", "von", "al", "bin", "del"} for at in range(start, end)
    )
    return (comma + 1, end) if office and named and end - start <= LONGEST_NAME else None


def _listed(t: Tokens, start: int, end: int) -> list[str]:
    """The parts of "A, B" by commas; a part that begins in lower case is an apposition, not a name of its own."""
    names = []
    at = start
    for place in range(start, end + 1):
        if place == end or t.lower[place] == ",":
            if place > at and (at == start or t.capital(at) or t.lower[at] in {"the"}):
                names.append(_text(t, at, place))
            at = place + 1
    return names


def _joins_actors(t: Tokens, at: int, span: Range, rules: Rules) -> bool:
    """Whether the "and" at ``at`` joins two who can speak: not "the Ministry of Trade and Industry"."""
    g = rules.grammar
    left, right = t.lower[at - 1], t.lower[at + 1]
    if t.acronym(at) and t.acronym(at - 1) and not all(word in rules.bodies for word in (left, right)):
        return False  # "CITIES AND PORTS" is one name
    left_name = t.capital(at - 1) or left in g.plural_actors or left in g.actor_nouns or left in g.person_nouns
    right_words = t.lower[at + 1 : span[1]]
    right_name = (
        t.capital(at + 1) or any(w in g.plural_actors or w in g.person_nouns for w in right_words) or right in g.determiners
    )
    inside_name = any(
        t.lower[place] in {"of", "for"} and t.capital(place - 1) for place in range(span[0] + 1, at)
    ) and right not in {"the"}
    if any(
        " ".join(t.lower[max(span[0], at - reach) : at + 1 + ahead]) in rules.bodies for reach in (1, 2) for ahead in (1, 2)
    ):
        return False  # "Trinidad and Tobago"
    both_places = all(w in rules.bodies for w in (left, right))
    return left_name and right_name and (both_places or not inside_name)


def _text(t: Tokens, start: int, end: int) -> str:
    adjunct = next(
        (at for at in range(start + 1, end) if t.lower[at] in {"at", "during", "on"} and not t.capital(min(at + 1, end - 1))),
        end,
    )
    if t.words[adjunct - 1] in RELATIVE_TAILS:
        adjunct -= 2 if t.lower[adjunct - 2] == "," else 1
    return " ".join(t.text[t.start[start] : t.end[adjunct - 1]].split()) if adjunct > start else ""


def _in_office(office: str, memory: Memory, block: int) -> str | None:
    """Who holds an office: whom the document names with it; of several, and of an office for anybody, the last person."""
    named = memory.in_office(office)
    last = memory.last(("person",), block)
    if len(named) == 1 or last is None:
        return named[0] if len(named) == 1 else None
    is_known = any(last.split()[-1] == name.split()[-1] for name in named)
    return last if is_known or office in ANY_OFFICE else None


def _resolved(name: str, memory: Memory, block: int) -> str:
    """As in "the official", "the minister", "the proposal" by who was mentioned before; any other name is itself."""
    words = name.lower().split()
    g = memory.rules.grammar
    if len(words) == 2 and words[0] in DEFINITE:
        if words[1] in g.person_nouns:
            return memory.last(("person",), block, words[1]) or _in_office(words[1], memory, block) or name
        if words[1] in g.document_nouns:
            return memory.paper_owner(block) or name
    return name
