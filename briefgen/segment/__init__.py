"""A parsed document in, the same document without its furniture and its sentences out.

What is no content (``marks``, ``placeholders``) leaves ``blocks`` and is listed in ``dropped``; the text itself is never
touched. What is left is cut into sentences (``sentences``), lead-ins are fitted to them, and the outline is computed last.

Segmenting a segmented document again changes nothing.

What is longer than any sentence (``LONGEST``) is given to nobody and told in a note: some rules look back over what they have
read, so that their time grows with the square of a sentence.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from briefgen.model.base import Note
from briefgen.model.document import Block, Document, Heading, Item, Section, Sentence, Words, count_words
from briefgen.model.lexicon import Lexicon
from briefgen.segment.marks import without_furniture
from briefgen.segment.placeholders import without_placeholder_blocks, without_placeholders
from briefgen.segment.sentences import find_sentences

#: So many characters are some 800 words.
LONGEST = 5_000


def segment(document: Document, lexicon: Lexicon) -> tuple[Document, tuple[Sentence, ...]]:
    """The document with ``dropped``, ``notes``, ``sections`` and lead-ins completed, and the sentences of its prose."""
    document = without_placeholder_blocks(document, lexicon)
    document = without_placeholders(without_furniture(document, lexicon), lexicon)
    cut = find_sentences(document, lexicon)
    sentences = tuple(each for each in cut if each.end - each.start <= LONGEST)
    blocks = _with_fitted_lead_ins(document.blocks, sentences)
    notes = dict.fromkeys((*document.notes, *_endless(cut)))
    sections = outline(document.text, blocks)
    document = replace(document, blocks=blocks, notes=tuple(notes), sections=sections, words=_recounted(document))
    return document, sentences


def _endless(sentences: tuple[Sentence, ...]) -> Iterator[Note]:
    """A note on the sentences that are too long; its place is the first of them."""
    endless = [each for each in sentences if each.end - each.start > LONGEST]
    if endless:
        number = "1 sentence is" if len(endless) == 1 else f"{len(endless)} sentences are"
        message = f"{number} longer than {LONGEST:,} characters and not read"
        yield Note(code="long-sentence", message=message, start=endless[0].start, end=endless[0].end)


def _recounted(document: Document) -> Words | None:
    """The count of words after more was dropped."""
    if document.words is None or not document.dropped:
        return document.words
    starts = [block.start for block in document.blocks]
    spans = [(start, end) for start, end, _ in document.dropped]
    inside = [span for span in spans if (at := bisect(starts, span[0])) and span[0] < document.blocks[at - 1].end]
    kept = count_words(document.text, ((block.start, block.end) for block in document.blocks))
    return replace(document.words, kept=kept - count_words(document.text, inside), dropped=count_words(document.text, spans))


def outline(text: str, blocks: tuple[Block, ...]) -> tuple[Section, ...]:
    """One section a heading, with the blocks that stand under it; what stands before the first heading comes as level 0."""
    starts = [i for i, block in enumerate(blocks) if i == 0 or isinstance(block, Heading)]
    return tuple(_section(text, blocks, start, end) for start, end in pairwise([*starts, len(blocks)]))


def _section(text: str, blocks: tuple[Block, ...], first: int, end: int) -> Section:
    opening = blocks[first]
    is_headed = isinstance(opening, Heading)
    return Section(
        heading=" ".join(text[opening.start : opening.end].split()) if is_headed else None,
        level=opening.level if isinstance(opening, Heading) else 0,
        start=opening.start,
        end=blocks[end - 1].end,
        blocks=tuple(range(first + is_headed, end)),
    )


def _with_fitted_lead_ins(blocks: tuple[Block, ...], sentences: tuple[Sentence, ...]) -> tuple[Block, ...]:
    """A lead-in is a whole sentence; if its paragraph was dropped, the item has none."""
    sentence_at = {sentence.end: sentence for sentence in sentences}

    def fitted(block: Block) -> Block:
        if not isinstance(block, Item) or not block.lead:
            return block
        sentence = sentence_at.get(block.lead[1])
        return replace(block, lead=(sentence.start, sentence.end) if sentence else None)

    return tuple(fitted(block) for block in blocks)
