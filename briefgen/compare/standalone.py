"""A sentence in, how well it stands alone out: read without the page around it, would a reader know whom and what it means?

Hard faults put a sentence out: it continues another one ("However, ..."), a pronoun stands before anybody whom it could mean,
it says "these demands" or "as noted above", its quotation marks do not pair. Soft ones cost it a part of its worth: "the
proposal" that nobody has named, a person by a bare surname, a subject such as "The draft". Words are data (``points.toml``).

Known limits: whether a noun before "they" is the one that is meant is not known, only that there is one in the plural.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from typing import NamedTuple

from briefgen.compare.terms import stem
from briefgen.model.lexicon import Lexicon

LENGTH = range(6, 61)
COMFORTABLE = range(14, 41)
ENDS = re.compile(r"[.!][\"”’)\]]*$")
#: Marks of a page that were not read as such, and what a reader cannot say aloud.
MARKUP = re.compile(r"[|<>{}#\[\]]|https?:|www\.")
EMPHASIS = re.compile(r"\*\*|__|(?<!\w)[*_]\w|^\s*(?:[-•*]|\d+[.)])\s")
#: "statement,a": the source lost a space.
LOST_SPACE = re.compile(r"[,;.][^\W\d_]{2}|[,;][^\W\d_]\s")
REFERS_TO_PAGE = re.compile(
    r"\bas (?:I|we)(?:['’]ve)? |\b(?:see|noted|mentioned|described|listed|shown|stated|outlined) (?:above|below|earlier|here)\b"
    r"|\bthe (?:above|following|latter|former|aforementioned)\b|\b(?:above|below)[.,]",
    re.I,
)
QUOTED = re.compile("“[^”]*”?|\"[^\"]*\"?|(?<!\\w)‘[^’]*’(?!\\w)|(?:''|``)(?:(?!'').)*(?:'')?")
TOKEN = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
#: "A keen sailor, he ...": the name stood in the sentence before.
PRONOUN_AFTER_OPENING = re.compile(
    r"(?!(?:after|although|as|because|before|if|once|since|though|unless|until|when|while)\b)[^,]{0,80}, (?:he|she|they)\b",
    re.I,
)
CAPITAL_START = re.compile(r"[A-ZÀ-Þ]")
HE_OR_SHE = frozenset("he she him his her hers himself herself".split())
THEY = frozenset("they them their theirs themselves".split())
AUTHOR = frozenset("i my me mine myself".split())
FURTHER = frozenset("also too further again other another others".split())
WE = frozenset("we our us ours".split())
MANY = frozenset("and both people police staff members women men children media".split())
#: Behind a noun they say which one is meant: "the plan of the council".
SAYING_WHICH = frozenset("of for on to that who which between against".split())
OF_WHOM = frozenset("of for in at by from with between".split())
DEMONSTRATIVES = frozenset("this that these those such both".split())
AFTER_THOSE = frozenset("who that which in of with from on at affected involved responsible".split())

OUT = 0.0


class Openers(NamedTuple):
    """The word lists, ready to look words up in."""

    first: frozenset[str]
    phrases: tuple[str, ...]
    pointing: frozenset[str]
    times: frozenset[str]
    auxiliaries: frozenset[str]
    says_nothing: tuple[str, ...]


def openers(lexicon: Lexicon) -> Openers:
    """The lists of ``points.toml``."""
    starts = lexicon.listed("openers-that-continue")
    return Openers(
        first=frozenset(start for start in starts if start.isalpha()),
        phrases=tuple(sorted(start for start in starts if not start.isalpha())),
        pointing=frozenset(map(stem, lexicon.listed("nouns-that-point-back"))),
        times=lexicon.listed("times-at-hand"),
        auxiliaries=lexicon.listed("auxiliaries"),
        says_nothing=tuple(sorted(lexicon.listed("says-nothing"))),
    )


def stands_alone(sentence: str, words: Openers, names: Set[str] = frozenset(), cues: Set[str] = frozenset()) -> float:
    """From 1 (a reader needs nothing else) down to ``OUT`` (it cannot be understood, or is no whole sentence).

    ``names`` are words of people's names, known where a capital alone does not tell ("Ruiz said that she"); ``cues`` are verbs
    of the sentence: "the Kremlin fears" has no plural that "they" could mean.
    """
    sentence = " ".join(sentence.split())
    told = QUOTED.sub(_blank, sentence)
    tokens = [match.group().replace("’", "'") for match in TOKEN.finditer(told)]
    spoken = [match.group().lower() for match in TOKEN.finditer(sentence)]
    if not _is_whole(sentence, spoken) or _continues(sentence, words) or _points(spoken, words):
        return OUT
    if any(phrase in told for phrase in words.says_nothing):
        return OUT
    if PRONOUN_AFTER_OPENING.match(told) or _lacks_antecedent(tokens, names, cues):
        return OUT
    return _ease(sentence, tokens, words)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _is_whole(sentence: str, spoken: Sequence[str]) -> bool:
    return (
        len(sentence.split()) in LENGTH
        and sentence.isprintable()
        and sentence.count("“") == sentence.count("”")
        and sentence.count('"') % 2 == 0
        and sentence.count("(") == sentence.count(")")
        and not sentence.startswith("(")
        and bool(ENDS.search(sentence))
        and not MARKUP.search(sentence)
        and not REFERS_TO_PAGE.search(sentence)
        and bool(spoken)
        and not sentence.lstrip(" “\"'`‘(*_")[:1].islower()
    )


def _continues(sentence: str, words: Openers) -> bool:
    """Whether a connective or a pronoun opens the sentence, or the quotation that it opens with."""
    start = sentence.lower().replace("’", "'").lstrip(" “\"'‘(-•*_")
    first = TOKEN.match(start)
    if not first:
        return False
    pronoun = first.group().partition("'")[0] in HE_OR_SHE | THEY | {"it", "that"}
    return (
        pronoun
        or first.group() in words.first
        or any(start.startswith(phrase) and not start[len(phrase) : len(phrase) + 1].isalnum() for phrase in words.phrases)
    )


def _points(spoken: Sequence[str], words: Openers) -> bool:
    """Whether it says "these demands", "such a step", "that kind", "both sides": things that the reader has not seen."""
    return any(_points_back(spoken, at, words) for at, word in enumerate(spoken) if word in DEMONSTRATIVES)


def _points_back(spoken: Sequence[str], at: int, words: Openers) -> bool:
    after = spoken[at + 1] if at + 1 < len(spoken) else ""
    match spoken[at]:
        case "this":
            return after not in words.times
        case "these" | "those":
            return after not in AFTER_THOSE | words.times
        case "such":
            return after != "as" and spoken[max(0, at - 1)] not in ("as", "no", "any")
        case "both":
            return "and" not in spoken[at + 1 : at + 8]
        case _:
            return stem(after) in words.pointing


def _lacks_antecedent(tokens: Sequence[str], names: Set[str], cues: Set[str]) -> bool:
    """Whether a pronoun outside quotation marks stands before anybody whom it can mean."""
    someone = several = something = False
    for at, token in enumerate(tokens):
        word = token.lower().partition("'")[0]
        if word in AUTHOR:
            return True
        if word in HE_OR_SHE and not someone:
            return True
        if word in THEY and not several:
            return True
        if word in ("it", "its") and not something:
            return True
        someone = someone or _is_name(tokens, at, names)
        several = several or word in MANY or (_is_plural(word) and word not in cues)
        something = something or (len(word) > 3 and word not in cues | THEY) or token.isupper()
    return False


def _is_name(tokens: Sequence[str], at: int, names: Set[str]) -> bool:
    """A capital inside the sentence; at its start only where another one follows ("Ana Ruiz") or it is known as a name."""
    if not CAPITAL_START.match(tokens[at]):
        return tokens[at] in ("man", "woman", "boy", "girl") or (at > 0 and tokens[at - 1] in ("a", "an", "A", "An"))
    follows = at + 1 < len(tokens) and CAPITAL_START.match(tokens[at + 1])
    return at > 0 or bool(follows) or tokens[at].partition("'")[0] in names


def _is_plural(word: str) -> bool:
    return len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "'s"))


def _ease(sentence: str, tokens: Sequence[str], words: Openers) -> float:
    """What soft faults leave of 1."""
    ease = 1.0
    ease *= 0.3 if EMPHASIS.search(sentence) else 1.0
    ease *= 0.5 if LOST_SPACE.search(sentence) else 1.0
    ease *= 0.6 if "?" in sentence else 1.0
    ease *= 1.0 if len(sentence.split()) in COMFORTABLE else 0.75
    lower = [token.lower() for token in tokens]
    ease *= 0.6 if WE & set(lower) else 1.0
    ease *= 0.8 if FURTHER & set(lower) else 1.0
    ease *= 0.6 if _opens_with_unnamed_thing(tokens, words) else 1.0
    unnamed = sum(_is_unnamed(lower, at, words) for at in range(len(lower)))
    return ease * 0.8 ** min(unnamed, 3)


def _opens_with_unnamed_thing(tokens: Sequence[str], words: Openers) -> bool:
    """ "The draft says": a thing that the reader does not know. "The Kremlin", "The union of miners" are known."""
    if len(tokens) < 3 or tokens[0] != "The" or CAPITAL_START.match(tokens[1]):
        return False
    if tokens[2] in SAYING_WHICH:
        return False
    for token in tokens[2:5]:
        if CAPITAL_START.match(token) or token in OF_WHOM:
            return False
        if token in words.auxiliaries:
            break
    return True


def _is_unnamed(lower: Sequence[str], at: int, words: Openers) -> bool:
    return (
        lower[at] in ("the", "that")
        and at + 1 < len(lower)
        and stem(lower[at + 1]) in words.pointing
        and (at + 2 >= len(lower) or lower[at + 2] not in SAYING_WHICH)
    )
