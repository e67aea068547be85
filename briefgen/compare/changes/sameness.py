"""The contents of two statements in, whether they are about the very same thing out: strict, since a reversal hangs on it.

An issue is wider than a thing: who was for "the budget" and is against "the budget cuts" has not changed sides, though both
are said of the budget. A thing is the phrase that a content opens with, if it goes on to say nothing of it; two are the same
if they have the same head ("levy") and one of them only leaves out words that most use who speak of the issue, or the place
where it is. Figures, comparisons ("lower") and words that turn a thing round ("no", "ban") must be the same on both sides.

Known limits: it reads words, so "the toll" and "the charge on lorries" are two things; a change of mind that is told in
such words is shown as a new position beside one that is not repeated.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from briefgen.compare.phrases import DETERMINERS, PLACING, Grammar
from briefgen.compare.terms import lowered, stem
from briefgen.compare.topics import OPENING, TURN

SMALL = DETERMINERS | frozenset("and at by for from he in it of on or over she that they to under we with".split())
#: Between the head of a thing and what tells which one it is.
JOINTS = frozenset("about against at between by for from into of on over to under with".split())
#: Passing words: a thing is the same with them.
PASSING = frozenset("contested controversial disputed planned proposed so-called suggested".split())
TURNS = frozenset("not no never without instead nor neither".split())
CLAUSE = re.compile(rf"[,;:–—(…]|{TURN.pattern}", re.I)
#: A thing of which something is said ("the fee **to** be scrapped") is no thing that somebody is simply for or against.
SAID_OF_IT = re.compile(r"(?:to|could|would|may|might|can|will|should|must|is|are|was|were|be|being|has|have|had)\Z", re.I)
#: What opens a condition: behind it stands what must come first, and not the thing.
CONDITION = re.compile(r"\b(?:only if|if|unless|until|provided|on condition|as long as|so long as)\b", re.I)
#: A word is typical of an issue if at least two of its things have it, and more than such a share of them.
TYPICAL, OFTEN = 0.5, 2


class Thing(NamedTuple):
    """What a content is about: its words, the one at their head, and the words of the place where it is."""

    words: frozenset[str]
    head: str
    place: frozenset[str]


#: Whose it is depends on who speaks of whom: "his rivals" are others every week.
OWNED = re.compile(r"\s*(?:my|your|his|her|its|our|their|whose)\b", re.I)

NOTHING = Thing(frozenset(), "", frozenset())


class Sameness:
    """Reads contents with the word lists of the lexicon; ``turning`` are words that turn a thing round."""

    def __init__(self, rules: Grammar, turning: Iterable[str]) -> None:
        self._synonyms, self._proposing = rules.synonyms, rules.proposing
        self._read: dict[str, Thing] = {}
        self.turning = frozenset(map(self._stem, (*turning, *TURNS)))

    def thing(self, content: str) -> Thing:
        """The thing that ``content`` opens with; ``NOTHING`` where it goes on to say something of it, or names none."""
        if content not in self._read:
            self._read[content] = self._thing(content)
        return self._read[content]

    def _thing(self, content: str) -> Thing:
        opened = OPENING.sub("", content, count=1)
        turn = CLAUSE.search(opened)
        if OWNED.match(opened) or (turn and SAID_OF_IT.match(turn.group())):
            return NOTHING
        words = lowered(opened[: turn.start()] if turn else opened)
        start = next((at for at, word in enumerate(words) if at and word in PLACING), len(words))
        core, place = self._telling(words[:start]), self._telling(words[start:])
        head = self._head(words[:start])
        return Thing(frozenset(core), head, frozenset(place)) if head else NOTHING

    def words(self, content: str) -> frozenset[str]:
        """All telling words of a content, up to a condition."""
        return frozenset(self._telling(lowered(CONDITION.split(content, maxsplit=1)[0])))

    def typical(self, label: str, things: Sequence[Thing]) -> frozenset[str]:
        """The words that whoever speaks of an issue may say or leave out."""
        counts = Counter(word for thing in things for word in (*thing.words, *thing.place))
        often = {word for word, count in counts.items() if count >= OFTEN and count > TYPICAL * len(things)}
        return frozenset(often.union(self._telling(lowered(label)))) - self.turning

    def are_one(self, one: Thing, two: Thing, typical: frozenset[str]) -> bool:
        """Whether two things are the very same."""
        is_within = one.words <= two.words or two.words <= one.words
        is_there = one.place <= two.place or two.place <= one.place
        return bool(one.head) and one.head == two.head and is_within and one.words ^ two.words <= typical and is_there

    def mentions(self, content: str, thing: Thing, typical: frozenset[str]) -> bool:
        """Whether a content speaks of a thing anywhere, neither more nor less turned round."""
        words = self.words(content)
        missing = thing.words - words
        return bool(thing.head) and thing.head in words and missing <= typical and not (words ^ thing.words) & self.turning

    def claims_the_same(self, one: str, two: str) -> bool:
        """Whether two claims are made of the same words."""
        words = self.words(one)
        return len(words) > 1 and words == self.words(two)

    def _telling(self, words: Iterable[str]) -> list[str]:
        """The stems that say what something is; that it is a plan or a proposal says nothing of it."""
        stems = (self._stem(word) for word in words if word not in SMALL and word not in PASSING)
        return [word for word in stems if word not in self._proposing]

    def _head(self, words: Sequence[str]) -> str:
        """The last word before what tells which thing it is; "the plan for a toll" is headed by the toll."""
        joints = [at for at, word in enumerate(words) if word in JOINTS]
        for start, end in pairwise([-1, *joints, len(words)]):
            if told := self._telling(words[start + 1 : end]):
                return told[-1]
        return ""

    def _stem(self, word: str) -> str:
        found = stem(word)
        return self._synonyms.get(found, found)
