"""Quotations over sentences and paragraphs: whose they are, and where they end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from briefgen.extract.drafts import Draft
from briefgen.extract.holders import SPOKEN
from briefgen.extract.reading import Attribution
from briefgen.extract.tokens import meeting
from briefgen.model.base import Span
from briefgen.model.document import Sentence

#: A quotation shorter than this, in code points, is scare quotes, not somebody's sentence.
LEAST_QUOTATION = 20


def settle_quotations(
    drafts: Sequence[Draft], marks: Sequence[Span], group: Sequence[Sentence], speaking: Sequence[Draft]
) -> list[Draft]:
    """Let content that lies in a quotation run to the quotation's ends, and give a quotation that stands alone behind an
    attributed one to the same speaker; where it opens its block, to ``speaking``, who spoke at the end of the one before.

    Return those who speak at the end of this block.
    """
    if not drafts and not marks:
        return []
    told: dict[Span, list[Attribution]] = {}
    for draft in drafts:
        for span in draft.content:
            for mark in meeting(marks, *span):
                told.setdefault(mark, []).append(draft.found)
    for draft in drafts:
        if draft.found.quoted or draft.found.frame == "quote":
            draft.content = [_widened(span, marks, told, draft.found) for span in draft.content]
    speaking, outer = list(speaking), _by_sentence(draft for draft in drafts if not draft.parent)
    for sentence in group:
        own = outer.get(sentence.start, [])
        opening = next(iter(meeting(marks, sentence.start, sentence.end)), None)
        if opening is not None and opening not in told and _stands_alone(opening, sentence):
            for draft in speaking:
                draft.content.append(opening)
            told[opening] = [draft.found for draft in speaking]
        elif own:
            speaking = _quoting([draft for draft in own if draft.found.frame != "label"])
        elif opening is None or opening not in told:
            speaking = []
    return speaking


def _by_sentence(drafts: Iterable[Draft]) -> Mapping[int, list[Draft]]:
    """By where a sentence begins, the drafts made from it."""
    found: dict[int, list[Draft]] = {}
    for draft in drafts:
        found.setdefault(draft.sentence.start, []).append(draft)
    return found


def _stands_alone(mark: Span, sentence: Sentence) -> bool:
    return mark[0] - sentence.start <= 1 and mark[1] - mark[0] >= LEAST_QUOTATION


def _quoting(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts of the last attribution of a quotation among those of one sentence."""
    found = [draft.found for draft in drafts if draft.found.quoted or draft.found.frame == "quote"]
    found = found or [draft.found for draft in drafts if draft.found.frame in SPOKEN and draft.found.source]
    return [draft for draft in drafts if found and draft.found is found[-1]]


def _widened(span: Span, marks: Sequence[Span], told: Mapping[Span, Sequence[Attribution]], own: Attribution) -> Span:
    start, end = span
    for mark in meeting(marks, *span):
        inside = mark[0] < start < mark[1] or mark[0] < end < mark[1]
        if inside and all(found is own for found in told[mark]):
            start, end = min(start, mark[0]), max(end, mark[1])
    return start, end
