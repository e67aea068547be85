"""Words counted where they stand in a file, and what became of them: the proof that nothing is lost in silence.

A parser that takes a file apart hands over all words that it met before anything was judged (``xmltree.words_in_tree``). What
of them is not in the document's text is lost, and a note says so if it is more than a trifle.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from briefgen.model.base import Dropped, Note
from briefgen.model.document import WORD, Block, Words, count_words

#: Fewer lost words than this many, or than this share of all, are no matter for a note.
LEAST_LOST, LEAST_SHARE = 5, 0.01
#: Marks of lists and of Markdown have fewer letters.
TOLD = re.compile(r"[^\W\d_]{4,}")


def words_of(texts: Iterable[str]) -> Counter[str]:
    """How often each word stands in texts."""
    found: Counter[str] = Counter()
    for text in texts:
        found.update(WORD.findall(_folded(text)))
    return found


def _folded(text: str) -> str:
    return text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).lower().replace("\u00ad", "")


def tally(text: str, blocks: Sequence[Block], dropped: Sequence[Dropped], source: Counter[str] | None) -> Words:
    """The count of a document; ``source`` are the words of the file, for a document whose text is not the file itself."""
    kept = [(block.start, block.end) for block in blocks]
    left_out = [(start, end) for start, end, _ in dropped]
    lost = (source - words_of([text])).total() if source else _between(text, sorted([*kept, *left_out]))
    return Words(
        source=source.total() if source else count_words(text, [(0, len(text))]),
        kept=count_words(text, kept),
        dropped=count_words(text, left_out),
        lost=lost,
    )


def _between(text: str, spans: Sequence[tuple[int, int]]) -> int:
    """Words that stand in no block and were not dropped."""
    lost = at = 0
    for start, end in spans:
        lost += len(TOLD.findall(text, at, start)) if start > at else 0
        at = max(at, end)
    return lost + len(TOLD.findall(text, at))


def lost_note(words: Words) -> list[Note]:
    """What to say of lost words."""
    if words.lost < max(LEAST_LOST, LEAST_SHARE * words.source):
        return []
    return [Note(code="words-lost", message=f"{words.lost} of {words.source} words in the file were not read: look at it")]
