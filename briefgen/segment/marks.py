"""A document in, the same document without what is no content out: furniture, repeated sections, strange headlines.

Web copies carry the page with them: "Read more", a cookie line, the teaser of another article, the same half of the article
twice. Each rule looks at the blocks that are left and marks those to drop; the rules are tried in turn until none finds
anything, since dropping one line lays bare the next.

Whether a headline belongs to the document is told by the stems of its content words: a teaser shares next to none with the
prose. Limit: a teaser of an article on the same matter stays, unless it ends in the name of a site.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from briefgen.model.base import Dropped, Note, Span
from briefgen.model.document import Block, Document, Heading, Item, Paragraph
from briefgen.model.lexicon import BoilerplateRule, Lexicon

REPEATED, UNRELATED = "repeated section", "unrelated headline"
#: A run of blocks is a repetition from so many words on; with fewer it can be a refrain or a form ("The motion was carried").
REPEATED_WORDS = 40
#: Earlier places that a run is compared with, so that a page of equal lines costs no more than any other.
EARLIER_PLACES = 4
LONGEST_FURNITURE = 400
SHORTEST_HEADLINE, LONGEST_HEADLINE = 4, 25
#: Rounds of rules; a real page needs two or three.
ROUNDS = 8

STOP = re.compile(r"[.!:;…][\"”’)\]]*\Z")
WORD = re.compile(r"[^\W_]+(?:[’'][^\W\d_]+)*")
SITE_AT_END = re.compile(r"\s[-–—|]\s+(?:www\.)?[\w-]{1,60}(?:\.[\w-]{1,60}){0,3}\.[a-z]{2,6}\Z", re.IGNORECASE)
ENDING = re.compile(r"(?:[’']s|[’'])?\Z")
SUFFIX = re.compile(r"(?:ations?|ities|ity|ments?|ings?|ies|ied|ers?|ed|es|s|e|y)\Z")
TRIMMED = " \t\n.…:!»«›‹→←>|-–—*"


class Mark(NamedTuple):
    """Blocks ``[first, end)`` to drop, and why."""

    first: int
    end: int
    why: str
    note: Note | None = None


class Furniture(NamedTuple):
    """The boilerplate rules of a lexicon, by the line that they match."""

    lines: dict[str, BoilerplateRule]
    patterns: tuple[tuple[re.Pattern[str], BoilerplateRule], ...]
    function_words: frozenset[str]

    def rule_for(self, line: str) -> BoilerplateRule | None:
        """The rule that takes ``line`` for furniture."""
        folded = " ".join(line.split()).strip(TRIMMED)
        known = self.lines.get(folded.casefold())
        return known or next((rule for pattern, rule in self.patterns if pattern.fullmatch(folded)), None)


def without_furniture(document: Document, lexicon: Lexicon) -> Document:
    """The document with whole blocks dropped; a note for each decision that a reader may want to check."""
    furniture = compile_furniture(lexicon)
    for _ in range(ROUNDS):
        marks = next((found for rule in RULES if (found := rule(document, furniture))), None)
        if not marks:
            break
        document = _without(document, marks)
    return document


def compile_furniture(lexicon: Lexicon) -> Furniture:
    """The rules of ``lexicon``, ready to look lines up in."""
    return _compiled(lexicon.boilerplate, lexicon.listed("function-words"))


@lru_cache(maxsize=8)
def _compiled(rules: tuple[BoilerplateRule, ...], function_words: frozenset[str]) -> Furniture:
    return Furniture(
        lines={line.strip(TRIMMED).casefold(): rule for rule in reversed(rules) for line in rule.lines},
        patterns=tuple((re.compile(rule.pattern, re.IGNORECASE), rule) for rule in rules if rule.pattern),
        function_words=function_words,
    )


def repeated_sections(document: Document, _: Furniture) -> list[Mark]:
    """Runs of blocks that say again, word for word, what an earlier run said."""
    keys = [" ".join(document.text[block.start : block.end].split()).casefold() for block in document.blocks]
    places: dict[str, list[int]] = {}
    marks: list[Mark] = []
    at = 0
    while at < len(keys):
        earlier = places.setdefault(keys[at], [])
        size, first = max(((_run(keys, place, at), -place) for place in earlier), default=(0, 0))
        if size:
            marks.append(Mark(at, at + size, REPEATED, _repetition(document, -first, at, size)))
            at += size
            continue
        if len(earlier) < EARLIER_PLACES:
            earlier.append(at)
        at += 1
    return marks


def _run(keys: Sequence[str], earlier: int, at: int) -> int:
    """How many blocks from ``at`` on repeat those from ``earlier`` on; 0 if too few to count."""
    size = 0
    while at + size < len(keys) and earlier + size < at and keys[earlier + size] == keys[at + size]:
        size += 1
    words = sum(key.count(" ") + 1 for key in keys[at : at + size])
    return size if words >= REPEATED_WORDS else 0


def _repetition(document: Document, earlier: int, at: int, size: int) -> Note:
    start, end = document.blocks[at].start, document.blocks[at + size - 1].end
    first = _lines(document.text, document.blocks[earlier].start, document.blocks[earlier + size - 1].end)
    again = _lines(document.text, start, end)
    message = f"{again} repeat {first} and were left out"
    if again.startswith("line "):
        message = f"{again} repeats {first} and was left out"
    return Note(code="repeated-section", message=message, start=start, end=end)


def _lines(text: str, start: int, end: int) -> str:
    first, last = text.count("\n", 0, start) + 1, text.count("\n", 0, end) + 1
    return f"line {first}" if first == last else f"lines {first}-{last}"


def furniture_lines(document: Document, furniture: Furniture) -> list[Mark]:
    """Blocks that are a known line of web furniture, with the headlines of other articles that some of them announce."""
    marks: list[Mark] = []
    prose: set[str] = set()
    announced = False
    for i, block in enumerate(document.blocks):
        rule = furniture.rule_for(document.text[block.start : block.end]) if _may_be_furniture(block) else None
        if rule:
            marks.append(Mark(i, i + 1, rule.why))
            announced = rule.teaser
        elif announced and _is_headline(document.text, block):
            prose = prose or _prose_stems(document, furniture)
            announced = _is_strange(document.text, block, prose, furniture)
            marks += [Mark(i, i + 1, UNRELATED, _headline_note(document.text, block))] if announced else []
        else:
            announced = False
    return marks


def trailing_headline(document: Document, furniture: Furniture) -> list[Mark]:
    """A headline after the last paragraph that ends in the name of a site, or shares no word with the document."""
    if len(document.blocks) < 2 or not isinstance(document.blocks[-1], Paragraph | Heading):
        return []
    last, end = document.blocks[-1], len(document.blocks)
    words = document.text[last.start : last.end]
    if not _is_headline(document.text, last) or len(words.split()) < SHORTEST_HEADLINE:
        return []
    stems = content_stems(words, furniture.function_words)
    is_strange = len(stems) >= SHORTEST_HEADLINE and not stems & _prose_stems(document, furniture)
    return (
        [Mark(end - 1, end, UNRELATED, _headline_note(document.text, last))] if is_strange or SITE_AT_END.search(words) else []
    )


RULES: tuple[Callable[[Document, Furniture], list[Mark]], ...] = (repeated_sections, furniture_lines, trailing_headline)


def content_stems(words: str, function_words: frozenset[str]) -> set[str]:
    """The content words of a line, without their endings: ``Talking to traders`` -> ``{talk, trad}``."""
    folded = (ENDING.sub("", word.casefold(), count=1) for word in WORD.findall(words))
    return {SUFFIX.sub("", word) if len(word) > 4 else word for word in folded if len(word) > 2 and word not in function_words}


def _prose_stems(document: Document, furniture: Furniture) -> set[str]:
    """The stems of all blocks that are no headline: what the document is about."""
    told = (block for block in document.blocks if not _is_headline(document.text, block))
    return {stem for block in told for stem in content_stems(document.text[block.start : block.end], furniture.function_words)}


def _may_be_furniture(block: Block) -> bool:
    """A line of its own; "Telegram" under "The law covers:" is an item of that list."""
    is_line = isinstance(block, Heading | Paragraph) or (isinstance(block, Item) and not block.lead)
    return is_line and block.end - block.start <= LONGEST_FURNITURE


def _is_headline(text: str, block: Block) -> bool:
    words = text[block.start : block.end]
    has_form = isinstance(block, Heading | Paragraph | Item) and not STOP.search(words)
    return has_form and len(words) <= LONGEST_FURNITURE and len(words.split()) <= LONGEST_HEADLINE


def _is_strange(text: str, block: Block, prose: set[str], furniture: Furniture) -> bool:
    """Whether at most a third of what a headline tells of is told of in the document ("talks" can be by chance)."""
    stems = content_stems(text[block.start : block.end], furniture.function_words)
    return len(stems & prose) * 3 <= len(stems)


def _headline_note(text: str, block: Block) -> Note:
    words = " ".join(text[block.start : block.end].split())
    return Note(
        code="unrelated-headline", message=f"left out as another article's headline: {words}", start=block.start, end=block.end
    )


def _without(document: Document, marks: Sequence[Mark]) -> Document:
    gone = {i for mark in marks for i in range(mark.first, mark.end)}
    dropped = [Dropped(*span, mark.why) for mark in marks for span in _gaps(document, mark)]
    return replace(
        document,
        blocks=tuple(block for i, block in enumerate(document.blocks) if i not in gone),
        dropped=tuple(sorted({*document.dropped, *dropped})),
        notes=(*document.notes, *(mark.note for mark in marks if mark.note)),
    )


def _gaps(document: Document, mark: Mark) -> list[Span]:
    """The spans of the marked blocks, joined unless something between them was dropped before."""
    spans: list[Span] = []
    for block in document.blocks[mark.first : mark.end]:
        between = bisect_left(document.dropped, (block.start, 0, ""))
        is_free = not between or document.dropped[between - 1].end <= (spans[-1][1] if spans else 0)
        if spans and is_free:
            spans[-1] = (spans[-1][0], block.end)
        else:
            spans.append((block.start, block.end))
    return spans
