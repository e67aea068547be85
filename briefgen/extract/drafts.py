"""A statement in the making: an attribution of one sentence with its spans in the document, before quotations are settled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefgen.extract.reading import Attribution
from briefgen.extract.tokens import Tokens
from briefgen.model.base import Span
from briefgen.model.document import Sentence

#: "**Rosa Diaz, Lima:** If the fee falls": a label ends at most so far into its turn.
LABEL_REACH = 5


@dataclass(slots=True)
class Draft:
    """A statement in the making: one attribution of one holder, with spans in the document."""

    holder: str
    found: Attribution
    sentence: Sentence
    source: list[Span]
    cue: list[Span]
    content: list[Span]
    #: What ties the content to the cue ("that", "for"): it belongs to the complement, and is not read out with the content.
    tie: Span | None = None
    parent: Draft | None = None
    #: Whom it is said to, the word that governs the content, and the condition that opens the sentence.
    target: Span | None = None
    head: Span | None = None
    condition: str | None = None


def drafts_of(
    t: Tokens, found: Attribution, names: Sequence[str], sentence: Sentence, parent: Draft | None = None
) -> list[Draft]:
    """A draft for each of those who make the attribution; one with nobody for nobody.

    It keeps places and not the tokens, of which a long document has far more than text.
    """
    condition = _condition_before(t, found)
    return [
        Draft(
            holder=name,
            found=found,
            sentence=sentence,
            source=[t.span(*found.source)] if found.source is not None else [],
            cue=[t.span(*found.cue)],
            content=[t.span(*span) for span in found.content],
            tie=_tie(t, found),
            parent=parent,
            target=t.span(*found.target) if found.target is not None else None,
            head=t.span(*found.head) if found.head is not None else None,
            condition=condition,
        )
        for name in (names or [""])
    ]


def _tie(t: Tokens, found: Attribution) -> Span | None:
    """From where the complement of the cue begins to where its content does; None where they begin together."""
    if found.complement is None or not found.content or found.complement >= found.content[0][0]:
        return None
    return t.start[found.complement], t.start[found.content[0][0]]


def _condition_before(t: Tokens, found: Attribution) -> str | None:
    """As in "**If the fee falls**, we will sign": the clause that opens the sentence, before who speaks and the cue."""
    if found.source is None:
        return None
    start = t.find(":", 1, LABEL_REACH) + 1  # behind a speaker's label, else 0
    if start >= t.size or t.lower[start] not in {"if", "unless"}:
        return None
    comma = t.find(",", start + 1, found.source[0])
    return t.text[t.start[start] : t.end[comma - 1]] if comma > 0 else None
