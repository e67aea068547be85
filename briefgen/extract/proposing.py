"""What every reader of proposals shares: the page that is read, a proposal on its way, names and actions told apart.

Prose, lists and tables are read by modules of their own (``proposal_prose``, ``proposal_lists``, ``proposal_tables``); what
becomes of a proposal stands in ``proposal_fates``. Here is what they have in common: how names are split, who can be asked to
act, where an action ends and into which actions a row of gerunds falls.

Known limits: a name with "and" in it ("the Ministry of Trade and Industry") is split.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import NamedTuple

from briefgen.extract.proposal_rules import ProposalRules
from briefgen.model.base import Span
from briefgen.model.document import Document, Section, Sentence
from briefgen.model.findings import DateMention, Origin, Statement, Status

LEAST_WORDS = 3
LONGEST_NAME = 60
#: No name has an infinitive, a participle or a clause inside.
NO_NAME = re.compile(r"\s(?:to|that|which|who|is|are|was|were|\w{3,}ing)\s", re.I)
#: Sections, sentences and dates stand in order of their starts.
START = attrgetter("start")
SPLIT = re.compile(r"\s*,\s*(?:and\s+|as well as\s+)?|\s+and\s+|\s+as well as\s+")
PRONOUN = re.compile(
    r"(?:we|us|i|me|you|he|him|his|she|her|it|its|they|them|their|one|who|which|that|this|these|those|there|such"
    r"|everyone|someone|somebody|anyone|anybody|people)\b",
    re.I,
)
#: A full stop of the sentence, not of "U.S.", and a "not" that belongs to what follows.
LOOSE_END = re.compile(r"(?<![A-Z])\.$|\s+not$")
AMONG = re.compile(r",?\s+(?:including|such as|among them|notably)\s+")
BEHIND_HEAD = re.compile(r"\s(?:of|for|from|in|on|at|with|to|that|which|who|whose|about|between|under)\s")
#: "**The board** should act" addresses the board; "the fee must be cut" nobody: what is done to a thing tells not by whom.
OUGHT = re.compile(
    r"(?:that\s+)?(?P<who>(?:the\s+)?[^\W\d_][^,;:]{0,80}?)"
    r"(?:,\s*(?P<among>(?:including|such as|among them|notably)\s[^;:]{2,120}?),|,[^,]{0,60},)?"
    r"\s+(?:should|ought to|must|shall|needs? to)\s(?:also\s|now\s|therefore\s|instead\s)?"
    r"(?!(?:not\s+)?(?:have\s+been\s|be\s+(?!(?:\w+ly\s+)?(?:\w+ed|ready|willing|free|able|open)\s+to\b)))",
    re.I,
)
#: Where the action ends and others' views of it, or circumstances, begin.
TAIL = re.compile(
    r",\s+(?:with\s+[^,;]{2,60}?\s\w+ing\s|with\s+the\s+support\s+of\b"
    r"|(?:supported|opposed|backed|seconded|endorsed|rejected|resisted|welcomed)\s+by\b"
    r"|an?\s+(?:\w+\s+)?(?:idea|proposal|plan|step|move|call|demand|suggestion|request|view|position)\s+(?:that|which)\b"
    r"|(?:so|but|yet)\s+(?:I|we|he|she|it|they|that|the)\b"
    r"|(?:arguing|saying|adding|noting|citing|warning|stressing|claiming|insisting)\b)",
    re.I,
)
CLOSING = re.compile(r"(?<![\s,;:.])[\s,;:.]*(?:[;,]\s*(?:and|or))?[\s,;:]*$")


class Found(NamedTuple):
    """A proposal on its way: spans and surface names."""

    action: tuple[Span, ...]
    place: Span
    block: int
    origin: Origin
    rule: str
    by: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    status: Status | None = None
    when: str = ""
    support: tuple[str, ...] = ()
    oppose: tuple[str, ...] = ()


class Page(NamedTuple):
    """The document with everything that is known of it."""

    document: Document
    sentences: Sequence[Sentence]
    statements: Sequence[Statement]
    dates: Sequence[DateMention]
    rules: ProposalRules

    def section_at(self, place: int) -> Section | None:
        """The section that holds a place."""
        at = bisect_right(self.document.sections, place, key=START) - 1
        return self.document.sections[at] if at >= 0 else None

    def section_span(self, place: int) -> Span:
        """From the heading above a place to the next heading."""
        at = bisect_right(self.document.sections, place, key=START)
        sections = self.document.sections
        end = sections[at].start if at < len(sections) else len(self.document.text)
        return (sections[at - 1].start if at else 0, end)

    def sentence_at(self, place: int) -> int | None:
        """The index of the sentence that holds a place."""
        at = bisect_right(self.sentences, place, key=START) - 1
        return at if at >= 0 and place < self.sentences[at].end else None


def place_of(statement: Statement) -> int:
    """Statements stand in order of their sentences."""
    return statement.refs[0].start


# ---- names


def split_names(names: str) -> tuple[str, ...]:
    """Each name of a list: "Chad and Mali" are two; pronouns are none."""
    parts = (LOOSE_END.sub("", name.strip(" ,")) for name in SPLIT.split(names))
    return tuple(name for name in parts if name and not PRONOUN.fullmatch(name))


def addressed(who: str, rules: ProposalRules) -> tuple[str, ...]:
    """Whom the words before "should" name: nobody if they name a thing ("a peace plan") or point ("they")."""
    return tuple(name for name in split_names(who) if _can_act(name, rules))


def _can_act(name: str, rules: ProposalRules) -> bool:
    if PRONOUN.match(name) or len(name) > LONGEST_NAME or NO_NAME.search(name):
        return False
    head, forms = _head_of(name)
    if not forms.isdisjoint(rules.acting):
        return True
    return forms.isdisjoint(rules.things) and not head.endswith(("ing", "tion", "ment", "ness"))


def _head_of(name: str) -> tuple[str, set[str]]:
    """The noun that a name turns on, in lower case, and what may be its singular."""
    head = BEHIND_HEAD.split(name, maxsplit=1)[0].split()[-1].lower().strip("’'\"”“")
    return head, {head, head.removesuffix("s"), head.removesuffix("es"), re.sub("ies$", "y", head)}


def is_known_to_act(name: str, rules: ProposalRules) -> bool:
    """Whether a name is written with capitals or is a word for people and bodies: "the index" is neither."""
    capital = any(word[:1].isupper() for word in name.split()[1:]) or (name[:1].isupper() and " " not in name)
    return capital or not _head_of(name)[1].isdisjoint(rules.acting)


#: A name, or a few joined: "Chad, the Free Ports and Mali".
_NAME = r"(?:the\s+)?[A-Z][\w'’.]*(?:\s+[A-Z][\w'’.]*){0,3}"
#: The subject of "that **both sides** freeze the fee", a clause without "should" behind a verb that proposes.
BARE_SUBJECT = re.compile(
    r"(?:that\s+)?(?P<who>(?:[Bb]oth|[Aa]ll|[Tt]he)\s+(?:two\s+|other\s+)?"
    r"(?:sides|parties|countries|members|governments|states|ministers|donors)"
    rf"|{_NAME}(?:(?:,\s+and|,|\s+and)\s+{_NAME}){{0,4}})\s+"
    r"(?!(?:be|is|are|was|were|has|have|had|of|in|on|at|to|for|from|with|by|and|or|will|would|can|could|may|might|should|must|shall|ought|needs?|not)\b)"
    r"[a-z]+(?<!ed)(?<!ing)(?<!s)\s"
)


ARTICLES = ("the", "all", "both", "every", "each", "its", "their")
#: So many words has a subject that is asked to act, and what follows it is a verb in its bare form.
LONGEST_SUBJECT = 5
BASE_FORM = re.compile(
    r"(?!(?:be|of|in|on|at|to|for|from|with|by|and|or|will|would|can|could|may|might|not|had|has|was|is|are|were|who|that)$)"
    r"[a-z]{2,}(?<!ed)(?<!ing)(?<!s)"
)


def bare_subject(text: str, rules: ProposalRules) -> tuple[str, ...]:
    """Who is to act, as "proposed that the West offer loans" says it."""
    match = BARE_SUBJECT.match(text)
    if match:
        return addressed(match["who"], rules)
    words = text.removeprefix("that ").split()
    heads = (at for at, word in enumerate(words[1:LONGEST_SUBJECT], 1) if word.lower() in rules.acting)
    head = next(heads, None) if words and words[0].lower() in ARTICLES else None
    behind = words[head + 1] if head is not None and head + 1 < len(words) else ""
    return (
        (" ".join(words[: head + 1]),) if head is not None and BASE_FORM.fullmatch(behind) and behind not in rules.past else ()
    )


def ought(text: str, rules: ProposalRules) -> tuple[str, ...]:
    """Who should act, as "the ports, including Oslo, should consider" says it."""
    match = OUGHT.match(text.lstrip("\"“‘' "))
    if not match:
        return ()
    among = re.sub(AMONG, "", " " + match["among"]) if match["among"] else ""
    return (*addressed(match["who"], rules), *addressed(among, rules))


# ---- actions


def closed(text: str, span: Span) -> Span:
    """The span without stops, commas and a last "and" behind it; a full stop stays, since it may belong to "p.m."."""
    tail = CLOSING.search(text, span[0], span[1])
    end = tail.start() if tail else span[1]
    return (span[0], end + 1 if text[end : end + 1] == "." and end < span[1] else end)


def cut_tail(text: str, span: Span) -> Span:
    """The span up to where others' views of it begin: "deleting it, opposed by Ireland"."""
    match = TAIL.search(text, span[0], span[1])
    return (span[0], match.start()) if match else span


PIECE = re.compile(r",\s+(?:and\s+|or\s+)?|\s+and\s+|;\s+(?:and\s+)?")
NOUN_START = re.compile(r"(?:an?|the|further|more|new|no)\s|[a-z]+s\s+(?:of|in|on|to)\s", re.I)
GERUND = re.compile(r"(?:not\s+)?[a-z]{2,}ing\s", re.I)


def actions_in(text: str, span: Span, rules: ProposalRules) -> list[Span]:
    """The actions that a span lists, each of three words or more: gerunds, or nouns of doing; else the span as it is."""
    noun = not is_named_action(text, span, rules)
    marks = [match.span() for match in PIECE.finditer(text, *span)]
    marks = [mark for mark in marks if not noun or NOUN_START.match(text, mark[1])]
    marks = [mark for mark in marks if is_named_action(text, (mark[1], span[1]), rules, noun)]
    bounds = [span[0], *(at for mark in marks for at in mark), span[1]]
    pieces = list(zip(bounds[::2], bounds[1::2], strict=True))
    whole = all(len(text[start:end].split()) >= LEAST_WORDS for start, end in pieces)
    return pieces if whole else [span]


def is_named_action(text: str, span: Span, rules: ProposalRules, noun: bool = False) -> bool:
    """Whether the span begins like something to be done: "steps to ..", "a review of .." or, unless it must be a ``noun``,
    "deleting ..": beside a noun only nouns are ("boards in every district and **an end to** evictions").
    """
    patterns = (rules.commitment, rules.action) if noun else (GERUND, rules.commitment, rules.action)
    return any(pattern.match(text, *span) for pattern in patterns)


NO_ACTION = re.compile(
    r"[\"“]?(?:that\s+)?(?:any|such|these|those|this|while|whereas|although|nothing|something|anything|everything|during|according|including"
    r"|(?:him|her|it|them|us|me|my|your|our)(?:sel(?:f|ves))?|the (?:minutes|agenda))\b",
    re.I,
)
#: Regret and reproach are about the past: "somebody should have seen it".
REGRET = re.compile(
    r"\b(?:should|ought to|must|could)(?:\s+(?:not|never|\w+ly))?\s+(?:not\s+)?have\s+(?:not\s+)?"
    r"(?:been|gone|done|seen|known|\w+(?:ed|en|wn|ght))\b|\W*we\s+(?:should|must|ought to)\s+(?:not|never)\b",
    re.I,
)
#: What a clause says should be done, and by whom: not "the belief that they should", nor what one, he or you should.
PLAIN_OUGHT = re.compile(
    r"\W*(?:(?:that|and|but|so)\s+)*(?:(?:if|when|once|unless|to)\s[^,;]{3,100},\s+)?(?:then\s+)?"
    r"(?!\W*(?:you|one|he|she|it|they|i|somebody|someone|everybody|everyone|people|there|that|who|which|what)\b)"
    r"(?:(?!\b(?:that|think|thinks|thought|believe|believes|feel|feels|say|says|said|know|why|how|because)\b)[^;]){1,160}?"
    r"\b(?:should|ought\s+to|must|needs?\s+to)\b(?!\s+(?:\w+ly\s+)?(?:not\s+)?(?:think|know|remember|expect|feel|understand|reali[sz]e"
    r"|believe|worry|hope|wonder|matter)\b)",
    re.I,
)
OBLIGES = re.compile(r"\b(?:should|ought\s+to|must|needs?\s+to)\b", re.I)
VERB_AND_OBJECT = re.compile(
    r"[a-z]{2,} (?!(?:it|so|them|him|her|us|me|this|that|up|out|down|off|back|more|less|now|again|soon)$)[\w-]{3,}(?<!ly)"
)
DANGLING = re.compile(r"\W*\w+\s+(?:\w+\s+)?(?:that|this|these|those|such)\s+\w+\W*$", re.I)
#: What the statement broke off: no action ends so.
BROKEN = re.compile(r"\b(?:inter alia|of|on|in|the|an?|to|for|and|or|with|that|which|by|from|as|how)\W*$", re.I)


def is_whole(text: str, action: tuple[Span, ...], infinitive: bool = False) -> bool:
    """Whether an action can be read alone: words enough, nothing broken off, and somebody named who should.

    Three words are enough, of an infinitive a verb and its object ("abolish deposits").
    """
    words = " ".join(text[start:end] for start, end in action)
    short = len(words.split()) < LEAST_WORDS
    if (short and not (infinitive and VERB_AND_OBJECT.fullmatch(words))) or any(
        fault.match(words) for fault in (NO_ACTION, DANGLING)
    ):
        return False
    if BROKEN.search(words) or REGRET.search(words):
        return False
    return not OBLIGES.search(words) or bool(PLAIN_OUGHT.match(words))


def first_of(values: Iterable[str]) -> tuple[str, ...]:
    """The values in order of first appearance, each once."""
    return tuple(dict.fromkeys(values))
