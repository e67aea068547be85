"""A sentence in, its tokens out: words with their places, lower-cased, each marked when it stands inside quotation marks.

Tokens keep what the rules need to see: "n't" words, initials and titles with their stop, the possessive as a token of its
own. Ranges of tokens are half-open, like all ranges in the project.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import itemgetter

from briefgen.model.base import Span

#: Most tokens are words before a blank or a comma, so these are tried first; blanks behind a token are read with it.
TOKEN = re.compile(
    r"([A-Za-z]+(?=[\s,])"
    r"|\w+n['’]t\b"
    r"|(?:[^\W\d_]\.){2,}"
    r"|(?:Mr|Mrs|Ms|Dr|Sen|Gov|Rep|Gen|Jr|Sr|St|Prof|Lt|Col|Rev|Capt|Sgt|Hon|No|vs)\."
    r"|[A-Z]\.(?=\s[A-Z])"
    r"|\d{1,2}:\d\d\b|\d[\d,.]*\d%?|\d%?"
    r"|\w+(?:[-‐‑]\w+)*"
    r"|['’](?:s|re|ve|ll|d|m)\b"
    r"|''|``|--"
    r"|\S)\s*"
)

OPENING = frozenset(("“", "«", "„", "``"))
CLOSING = frozenset("”»")
DASHES = frozenset(("--", "—", "–"))
#: One branch for each mark: the search then skips to the next character that can begin one.
MARKS = re.compile("“|”|«|»|„|\"|''|``")
#: An opening mark that nothing closes counts only if at least so many characters follow it in its paragraph.
LEAST_OPEN = 20
#: Words up to this length may be small in a headline.
LONGEST_SMALL = 3


class Tokens:
    """The tokens of one sentence: parallel lists, places as offsets into the document's text."""

    __slots__ = ("end", "lower", "quoted", "size", "start", "text", "words")

    def __init__(self, text: str, start: int, end: int, quotations: Sequence[Span] = ()) -> None:
        self.text = text
        matches = list(TOKEN.finditer(text, start, end))
        self.words = [match[1] for match in matches]
        self.lower = [word.lower().replace("’", "'") for word in self.words]
        self.start = [match.start() for match in matches]
        self.end = [match.end(1) for match in matches]
        self.size = len(matches)
        self.quoted = [False] * self.size
        for first, last in meeting(quotations, start, end):
            for at in range(bisect_left(self.start, first), bisect_left(self.start, last)):
                self.quoted[at] = True

    def span(self, start: int, end: int) -> Span:
        """The place in the document of the tokens ``[start, end)``."""
        return self.start[start], self.end[end - 1]

    def capital(self, index: int) -> bool:
        """Whether the token begins with a capital letter."""
        return self.words[index][0].isupper()

    def acronym(self, index: int) -> bool:
        """Whether the token is all capitals: "US" is a name where "us" is a pronoun, "IT" and "WHO" likewise."""
        word = self.words[index]
        return len(word) > 1 and word.isupper()

    def is_headline(self) -> bool:
        """Whether all but the short words begin with a capital, as in "Mayor Says Toll Will Stay"."""
        longer = [word for word in self.words if len(word) > LONGEST_SMALL and word[0].isalpha()]
        return len(longer) > 1 and sum(word[0].islower() for word in longer) * 6 <= len(longer)

    def is_word(self, index: int) -> bool:
        """Whether the token is a word or a number, not a mark."""
        return self.words[index][0].isalnum()

    def find(self, word: str, start: int, end: int) -> int:
        """The first place of ``word`` in ``[start, end)``, or -1."""
        try:
            return self.lower.index(word, start, min(end, self.size))
        except ValueError:
            return -1


def lowered(text: str) -> str:
    """In lower case, place for place: "İ" is the one letter whose small form is longer."""
    return text.replace("İ", "i").lower()


def quotations(text: str, start: int, end: int) -> list[Span]:
    """The quotations of one paragraph, marks included, in order.

    A quotation without its closing mark runs to the paragraph's end, as newspapers do when the next one goes on.
    """
    found: list[Span] = []
    opened: int | None = None
    for match in MARKS.finditer(text, start, end):
        mark = match.group()
        if opened is None:
            if mark not in CLOSING and not _is_inch(text, match.start()):
                opened = match.start()
        elif mark not in OPENING:
            found.append((opened, match.end()))
            opened = None
    if opened is not None and end - opened > LEAST_OPEN:
        found.append((opened, end))
    return found


def meeting(spans: Sequence[Span], start: int, end: int) -> Sequence[Span]:
    """Of spans in order that do not overlap, those that share something with ``[start, end)``."""
    if not spans:
        return ()
    return spans[bisect_right(spans, start, key=itemgetter(1)) : bisect_left(spans, end, key=itemgetter(0))]


def _is_inch(text: str, at: int) -> bool:
    """A straight mark right behind a digit measures inches: 15" long."""
    return text[at] == '"' and at > 0 and text[at - 1].isdigit()
