"""A document in, the same document without its placeholders out: "(citation)", "[image]", filler text.

What is left of a template or of a draft is no content, but it tells a reader something: how many claims lost their citation.
So it is cut out of the blocks that stay, listed as dropped, and counted in one note a kind.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from briefgen.model.base import Dropped, Note, Span
from briefgen.model.document import Block, Code, Document, Table
from briefgen.model.lexicon import Lexicon
from briefgen.sought import Sought

PLACEHOLDER = "placeholder"
WORD = re.compile(r"[^\W_]")


def without_placeholder_blocks(document: Document, lexicon: Lexicon) -> Document:
    """The document without the blocks that hold nothing but placeholders: they would stand between what belongs together."""
    spans = _placeholders(document, lexicon)
    gone = [block for block in document.blocks if _is_covered(document.text, block, spans)]
    starts = {block.start for block in gone}
    inside = [span for block in gone for span in _inside(spans, block)]
    return _with_placeholders(document, inside, tuple(block for block in document.blocks if block.start not in starts))


def without_placeholders(document: Document, lexicon: Lexicon) -> Document:
    """The document with placeholders dropped from its prose, and one note a kind that counts them."""
    document = _with_placeholders(document, _placeholders(document, lexicon), document.blocks)
    return replace(document, notes=(*document.notes, *_counted(document, lexicon)))


def _with_placeholders(document: Document, spans: Sequence[Span], blocks: tuple[Block, ...]) -> Document:
    dropped = tuple(sorted({*document.dropped, *(Dropped(start, end, PLACEHOLDER) for start, end in spans)}))
    return replace(document, blocks=blocks, dropped=dropped)


def _placeholders(document: Document, lexicon: Lexicon) -> list[Span]:
    prose = [block for block in document.blocks if not isinstance(block, Table | Code)]
    folded = document.text.casefold()
    every = _compiled(tuple(rule.pattern for rule in lexicon.placeholder))
    patterns = [pattern for pattern in every if pattern.may_match(folded)]
    found = (
        mark for block in prose for pattern in patterns for mark in pattern.finditer(document.text, block.start, block.end)
    )
    return _apart({mark.span() for mark in found if mark[0]})


@lru_cache(maxsize=8)
def _compiled(patterns: tuple[str, ...]) -> tuple[Sought, ...]:
    return tuple(map(Sought, patterns))


def _apart(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, without those that overlap an earlier one."""
    kept: list[Span] = []
    for span in sorted(spans):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def _is_covered(text: str, block: Block, spans: Sequence[Span]) -> bool:
    inside = _inside(spans, block)
    return bool(inside) and not WORD.search(blanked(text, block.start, block.end, inside))


def _inside(spans: Sequence[Span], block: Block) -> Sequence[Span]:
    return spans[bisect_left(spans, (block.start, 0)) : bisect_left(spans, (block.end, 0))]


def blanked(text: str, start: int, end: int, spans: Iterable[Span]) -> str:
    """``text[start:end]`` with spaces for what is in ``spans``."""
    pieces, at = [], start
    for first, last in spans:
        pieces += [text[at:first], " " * (last - first)]
        at = last
    return "".join([*pieces, text[at:end]])


def _counted(document: Document, lexicon: Lexicon) -> list[Note]:
    """A note for each kind of placeholder that was dropped."""
    words = [document.text[start:end] for start, end, why in document.dropped if why == PLACEHOLDER]
    kinds = [next((rule for rule in lexicon.placeholder if re.fullmatch(rule.pattern, w, re.IGNORECASE)), None) for w in words]
    counts = Counter(rule.id for rule in kinds if rule)
    known = {note.code for note in document.notes}
    return [
        Note(code=rule.id, message=_filled(rule.note, counts[rule.id]))
        for rule in lexicon.placeholder
        if counts[rule.id] and rule.id not in known
    ]


def _filled(note: str, count: int) -> str:
    return note.replace("{count}", str(count)).replace("{s}", "s" * (count > 1))
