"""The prose of a document in, its sentences out, as spans into the document's text.

One block at a time goes to ``sentencex``, with line breaks, quotation marks at the start of lines and placeholders blanked one
character for one, so that its offsets hold. Two things are put right afterwards: cuts behind an abbreviation are healed, and
run-on sentences, whose space the web copy has lost ("the vote.The mayor"), are cut at a boundary of width zero.

Limits: a quotation of several sentences stays one sentence; a run-on whose next word begins with a small letter is not seen.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

from briefgen.model.base import Span
from briefgen.model.document import Block, Document, Item, Paragraph, Quote, Sentence
from briefgen.model.lexicon import Lexicon
from briefgen.segment.placeholders import PLACEHOLDER, blanked

WORD = re.compile(r"[^\W_]")
QUOTE_MARK = re.compile(r"(?<=[\r\n])[ \t]*>[> \t]*")
#: "vote.The": a stop, perhaps a closing quote, and at once the word after.
RUN_ON = re.compile(r"[.?!][\"”)\]]?(?=(?P<after>[\"“]?[A-Z][a-z’']+)(?P<next>.?))")
#: The word before the stop, read backwards from it in a window that keeps long nonsense cheap.
BEFORE = re.compile(r"([\w’'-]*(?:\.[A-Za-z])*)[\"”’)\]]?\Z")
WINDOW = 60
#: ``sentencex`` takes more than twice the time for twice the text, so a long block is cut a stretch at a time.
STRETCH = 10_000
#: “How many?” **Rosa Diaz asked.**: the sentence of the quotation is not over. So many words may name the speaker.
QUESTION_ENDS = re.compile(r"[?!](?:[\"”»]|'')\Z")
SPEAKER = 6
CLOCK = re.compile(r"\d\s?[ap]\.m\.\Z", re.IGNORECASE)
#: A place in capitals with a region, a date or an agency behind it and a dash; a lone place only if it is long, and no acronym.
PLACE = r"\s*[A-ZÀ-Þ][A-ZÀ-Þ.'’-]+(?:[ /][A-ZÀ-Þ][A-ZÀ-Þ.'’-]+){0,3}"
DASH = r"[ ]*(?:--|[—–―]|-(?=[ ]))[ ]*(?=[A-ZÀ-Þ“\"])"
DATELINE = re.compile(
    rf"{PLACE}(?:(?:, ?\w[\w. ]{{0,20}}){{1,2}}(?: \([^()]{{1,40}}\))?| \([^()]{{1,40}}\)){DASH}"
    r"|\s*[A-ZÀ-Þ]{6,}[ ]*[—–―][ ]*(?=[A-ZÀ-Þ“\"])"
)
CURLY = re.compile("[“”]")
#: A quotation mark; a straight one behind a digit measures inches.
MARK = re.compile('[“”]|(?<!\\d)"')
ADDRESS = re.compile(r"://|www\.|@")
INITIALS = re.compile(r"(?:\b[A-Za-z]\.)*\b[A-Za-z]\Z")


Words = frozenset[str]
LISTS = (
    "abbreviations",
    "abbreviations-before-number",
    "clock-followers",
    "sentence-openers",
    "domain-endings",
    "attribution-verbs",
)


class Abbreviations:
    """The word lists that say where a stop ends no sentence, in the order of ``LISTS``."""

    def __init__(
        self, never_last: Words, before_number: Words, after_clock: Words, openers: Words, domains: Words, said: Words
    ):
        self.never_last = frozenset(word.casefold().rstrip(".") for word in never_last)
        self.before_number = frozenset(word.casefold().rstrip(".") for word in before_number)
        self.after_clock = frozenset(word.rstrip(".") for word in after_clock)
        self.openers, self.domains = openers, domains
        verbs = "|".join(sorted(map(re.escape, said))) or "(?!)"
        self.attribution = re.compile(rf"(?:(?:[\w’'-]+\.?,? ){{1,{SPEAKER}}}?(?:{verbs})|(?:{verbs}) [A-Z])\b")

    def heals(self, above: str, below: str) -> bool:
        """Whether two sentences are one: cut behind an abbreviation, a list number, or a quoted question and its speaker."""
        if QUESTION_ENDS.search(above) and self.attribution.match(below):
            return True
        if CLOCK.search(above) and below.split(None, 1)[0].rstrip(".,;:") in self.after_clock:
            return True
        last = above.rsplit(maxsplit=1)[-1].lstrip('("“‘[').rstrip(".").casefold()
        if not above.endswith("."):
            return False
        return last in self.never_last or (last in self.before_number and below[0].isdigit())

    def parts(self, before: str, after: str, following: str) -> bool:
        """Whether the stop between ``before`` and ``after`` ends a sentence although no space follows it."""
        opener = after.lstrip('"“')
        if before.casefold() in self.never_last or opener.casefold() in self.domains or following in {".", "/", "@", "_"}:
            return False
        if not INITIALS.search(before):
            return len(before) > 1 or before.isdigit()
        return opener in self.openers


@lru_cache(maxsize=8)
def _compiled(*lists: Words) -> Abbreviations:
    return Abbreviations(*lists)


def find_sentences(document: Document, lexicon: Lexicon) -> tuple[Sentence, ...]:
    """The sentences of paragraphs, items and quotations, in order, without white space and placeholders at their ends."""
    abbreviations = _compiled(*map(lexicon.listed, LISTS))
    holes = [(start, end) for start, end, why in document.dropped if why == PLACEHOLDER]
    found: list[Sentence] = []
    for i, block in enumerate(document.blocks):
        if isinstance(block, Paragraph | Item | Quote):
            words = _flat(document.text, block, holes)
            start = dateline_end(words)
            cuts = (cut for cut in _healed(words, abbreviations) if cut[1] > start)
            spans = (span for a, b in cuts for span in _parted(words, (max(a, start), b), abbreviations))
            found += [Sentence(start=block.start + start, end=block.start + end, block=i) for start, end in spans]
    return tuple(found)


def dateline_end(words: str) -> int:
    """Where the first sentence begins behind a dateline ("OSLO, 4 May (Agency) — The port ..."); 0 where there is none."""
    match = DATELINE.match(words)
    return match.end() if match is not None else 0


def _flat(text: str, block: Block, holes: list[Span]) -> str:
    """The block on one line, place for place as in the text."""
    inside = holes[bisect_left(holes, (block.start, 0)) : bisect_left(holes, (block.end, 0))]
    words = blanked(text, block.start, block.end, inside)
    if isinstance(block, Quote):
        words = QUOTE_MARK.sub(lambda mark: " " * len(mark[0]), words)
    return _paired(re.sub(r"\s", " ", words))


def _paired(words: str) -> str:
    """Quotation marks of two styles (“so") made one pair: ``sentencex`` cuts nothing before it has seen a pair close."""
    if '"' not in words or not CURLY.search(words):
        return words
    pieces, at, is_open = [], 0, False
    for mark in MARK.finditer(words):
        if is_open and mark[0] == "“":
            continue
        pieces += [words[at : mark.start()], "”" if is_open else "“"]
        is_open = not is_open
        at = mark.end()
    return "".join([*pieces, words[at:]])


def _healed(words: str, abbreviations: Abbreviations) -> Iterator[Span]:
    """The spans of sentences as ``sentencex`` cuts them, those cut behind an abbreviation joined again."""
    open_span: Span | None = None
    for cut in _cuts(words):
        span = _trimmed(words, *cut)
        if span is None:
            continue
        is_glued = open_span is not None and open_span[1] == span[0]
        if open_span and (is_glued or abbreviations.heals(words[slice(*open_span)], words[slice(*span)])):
            open_span = (open_span[0], span[1])
            continue
        if open_span:
            yield open_span
        open_span = span
    if open_span:
        yield open_span


def _cuts(words: str) -> Iterator[Span]:
    """The spans that ``sentencex`` makes of a block, a stretch at a time; the last sentence of one opens the next."""
    from sentencex import get_sentence_boundaries

    start = 0
    while start < len(words):
        found = get_sentence_boundaries("en", words[start : start + STRETCH])
        cuts = [(start + cut["start_index"], start + cut["end_index"]) for cut in found]
        if start + STRETCH < len(words) and len(cuts) > 1:
            cuts.pop()
        yield from cuts
        start = cuts[-1][1]


def _parted(words: str, span: Span, abbreviations: Abbreviations) -> Iterator[Span]:
    """A run-on sentence, cut where its spaces are missing."""
    start = span[0]
    for match in RUN_ON.finditer(words, *span):
        left = words[max(start, match.start() - WINDOW) : match.start()]
        before = BEFORE.search(left)
        in_address = ADDRESS.search(left.rpartition(" ")[2])
        if before and not in_address and abbreviations.parts(before[1], match["after"], match["next"]):
            yield start, match.end()
            start = match.end()
    yield start, span[1]


def _trimmed(words: str, start: int, end: int) -> Span | None:
    said = words[start:end]
    start += len(said) - len(said.lstrip())
    return (start, start + len(said.strip())) if WORD.search(said) else None
