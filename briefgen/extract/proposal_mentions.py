"""Words that may speak of a proposal in, the proposals that they speak of out; none if it is not clear which.

Three ways lead from a mention to a proposal: the words that it shares with the action ("the **closure** was dropped":
"**close** the bank"), pointing back ("the plan", "it", "A's offer") from near behind, and saying nothing ("no agreement was
reached"), which concerns what stands before it in its section. Words meet by their roots, cut more boldly than the stems that
group issues, since only a definite mention near by is looked for.

Known limits: a proposal told in other words ("the levy", "the tax") is not recognized.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence, Set
from functools import lru_cache
from typing import NamedTuple

from briefgen.extract.proposal_rules import ProposalRules
from briefgen.extract.proposing import START, Found, Page
from briefgen.model.base import Span

#: So many sentences behind a proposal may "it" or "the plan" stand, and a mention by one word of its.
REACH, NEAR = 3, 8
#: So many sentences before "no agreement was reached" may stand what was not agreed.
TALKS = 14
#: Of a root that many proposals share only the last few count, and "the proposals" are no more than these.
CROWD, MOST_AT_ONCE = 40, 6
#: Mentions of up to so many roots must share all of them.
FEW = 2
#: Among so many words an action names what is done.
CORE = 3
DOING = re.compile(r"\b(?:to|would|should|must|be)\s+$")
LEAST_ROOT = 3
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
SUFFIXES = tuple("ations ation ings ing ions ion ures ure ments ment als al ers er ed es s e".split())
IT = re.compile(r"[\"“']?(?:it|this|that|them|these|the (?:idea|move|suggestion))\b", re.I)
THIS = re.compile(r"\b(?:it|this|that|they|these)\s*$", re.I)
#: One word brings a mention home only if it is definite: "the closure", "merging the reports", "a register".
DEFINITE = re.compile(
    r"\W*(?:the|this|that|these|those|such|its|his|her|their|our|an?\s+(?!\w+ment\b)\w+$|[\w-]+ing\b"
    r"|[^\W\d_][\w .-]{1,40}['’]s?\s)",
    re.I,
)
#: An item goes on behind its first sentence: "Use nurses. The chamber is opposed to this."
STOP = re.compile(r"[.!?][\s*_]")
OPTION = re.compile(r"\b(?:option|proposal|item|point|motion)\s+(?P<number>\d{1,3}|[a-h])\b", re.I)
NUMBER = re.compile(r"[\s>*•-]*(?:option\s+|\()?(\d{1,3}|[a-h])\b[.):,]", re.I)
#: So many letters of an item may hold its number: "Option 12, under which".
LABEL = 12


class Mention(NamedTuple):
    """Words that speak of a proposal: their roots, whether they point back, and whose they call it."""

    place: int
    roots: frozenset[str] = frozenset()
    points: bool = False
    general: bool = False
    owner: str = ""
    head: str = ""
    #: The last word as it is written, in lower case.
    word: str = ""


def read_mention(place: int, words: str, rules: ProposalRules) -> Mention:
    """What the words tell of the thing that they name."""
    option = OPTION.search(words)
    if option:
        return Mention(place, frozenset((_numbered(option["number"]),)))
    named = rules.named.search(words)
    owner = (named["owner"] or "") if named else ""
    definite = bool(DEFINITE.match(words))
    found = roots(words, rules.idle) - roots(owner, rules.idle)
    told = [word for word in WORD.findall(words) if len(word) >= LEAST_ROOT]
    head = root(told[-1].lower()) if definite and told and told[-1].lower() not in rules.idle else ""
    points = bool(named or IT.match(words.strip()) or THIS.search(words))
    return Mention(
        place,
        found if definite or len(found) > 1 else frozenset(),
        points,
        owner=owner,
        head=head,
        word=told[-1].lower() if told else "",
    )


class Known:
    """The proposals of a document, by their roots and places."""

    def __init__(self, page: Page, found: Sequence[Found]) -> None:
        self.page, self.found = page, found
        self.starts = [each.place[0] for each in found]
        self.holding: dict[str, list[int]] = defaultdict(list)
        for at, each in enumerate(found):
            for held in sorted(_roots_of(page, each)):
                self.holding[held].append(at)

    def meant(self, mention: Mention) -> list[int]:
        """The indices of the proposals that a mention speaks of."""
        if mention.general:
            return [at for at in self._before(mention.place, TALKS) if not self._holds(at, mention.place)]
        if mention.roots:
            return self._alike(mention)
        return self._pointed(mention) if mention.points else []

    def inside(self, place: Span, parts: Sequence[Span]) -> list[int]:
        """The proposals of the sentences at ``place`` whose actions begin inside the parts."""
        first, last = bisect_left(self.starts, place[0]), bisect_right(self.starts, place[1])
        begins = ((at, self.found[at].action[0][0]) for at in range(first, last))
        return [at for at, begin in begins if any(start < begin < end for start, end in parts)]

    def _holds(self, at: int, place: int) -> bool:
        """Whether a place stands inside the action itself."""
        return any(start <= place < end for start, end in self.found[at].action)

    def _before(self, place: int, sentences: int) -> list[int]:
        """The proposals of the section among the sentences before a place."""
        last = bisect_right(self.page.sentences, place, key=START) - 1
        since = self.page.sentences[max(0, last - sentences)].start if last >= 0 else 0
        first = bisect_left(self.starts, max(since, self.page.section_span(place)[0]))
        return list(range(first, bisect_left(self.starts, place)))

    def _pointed(self, mention: Mention) -> list[int]:
        """The last proposal before "the plan"; all of its sentence, since they are told as one."""
        near = [at for at in self._before(mention.place, REACH) if self._is_owned(at, mention)]
        if near and self._holds(near[-1], mention.place):
            begun = self.page.document.text[self.found[near[-1]].action[0][0] : mention.place]
            return [near[-1]] if STOP.search(begun) else []
        return [at for at in near if self.found[at].place == self.found[near[-1]].place][-MOST_AT_ONCE:] if near else []

    def _alike(self, mention: Mention) -> list[int]:
        """The nearest proposal that holds all words of the mention, or nearly all of many; one word must stand near."""
        counts: dict[int, int] = defaultdict(int)
        for each in mention.roots:
            for at in self.holding.get(each, ())[-CROWD:]:
                counts[at] += 1
        size = len(mention.roots)
        need = size if size <= FEW else (2 * size + 2) // 3
        fit = [at for at, count in counts.items() if count >= need or self._has_head(at, mention)]
        if size == 1 and fit:
            near = set(self._before(mention.place, NEAR))
            fit = [at for at in fit if at in near and self._is_core(at, mention)]
        owned = [at for at in fit if self._is_owned(at, mention) and not self._holds(at, mention.place)]
        distance = {at: (self.starts[at] > mention.place, abs(self.starts[at] - mention.place), at) for at in owned}
        return [min(owned, key=distance.__getitem__)] if owned else []

    def _is_owned(self, at: int, mention: Mention) -> bool:
        owner = roots(mention.owner)
        return not owner or any(owner & roots(name) for name in self.found[at].by)

    def _is_core(self, at: int, mention: Mention) -> bool:
        """Whether one word names the action and no mere object of it: "the closure", not "the bridge" that shall reopen."""
        (wanted,) = mention.roots
        start, end = self.found[at].action[0]
        words = self.page.document.text[start:end].lower()
        if wanted[0] == "#":
            return True
        told = [match for match in WORD.finditer(words) if root(match.group()) == wanted]
        lead = len(WORD.findall(words[: told[0].start()])) if told else 0
        done = told and (lead < CORE or DOING.search(words[: told[0].start()]))
        return bool(done) or mention.word not in (match.group() for match in told)

    def _has_head(self, at: int, mention: Mention) -> bool:
        """Whether the mention is of the very thing that the action begins with: "the funding **language**"."""
        words = WORD.findall(self.page.document.text, *self.found[at].action[0])[:2]
        return (
            bool(mention.head) and mention.head in map(root, map(str.lower, words)) and at in self._before(mention.place, NEAR)
        )


def _roots_of(page: Page, found: Found) -> frozenset[str]:
    text = page.document.text
    held = roots(" ".join(text[start:end] for start, end in found.action), page.rules.idle)
    if found.origin != "list" or found.block < 0:
        return held
    start = page.document.blocks[found.block].start
    number = NUMBER.match(text, text.rfind("\n", 0, start) + 1, start + LABEL)
    return held | {_numbered(number[1])} if number else held


def _numbered(number: str) -> str:
    """The root of "option 2" and of the second item: no word is written so."""
    return f"#{number.lower()}"


def roots(words: str, idle: Set[str] = frozenset()) -> frozenset[str]:
    """The roots of the words that tell something."""
    plain = (match.group().lower() for match in WORD.finditer(words))
    return frozenset(root(word) for word in plain if len(word) >= LEAST_ROOT and word not in idle)


@lru_cache(maxsize=20_000)
def root(word: str) -> str:
    """What is left of a word in lower case without its endings: "closure" and "closing" give "clos"."""
    word = word[:-3] + "y" if word.endswith("ies") and len(word) > LEAST_ROOT + 1 else word
    bases = (word.removesuffix(suffix) for suffix in SUFFIXES if word.endswith(suffix))
    word = next((base for base in bases if len(base) >= LEAST_ROOT), word)
    doubled = len(word) > LEAST_ROOT and word[-1] == word[-2] and word[-1] not in "sl"
    word = word[:-1] if doubled else word
    return word.removesuffix("e") if len(word) > LEAST_ROOT else word
