"""Sentences and a lexicon in, what one document says out: dates, statements, proposals, events. No document sees another.

The parts are called in written order, each handed what the earlier ones found.
"""

from __future__ import annotations

from collections.abc import Sequence

from briefgen.extract.dates import find_dates
from briefgen.extract.events import find_events
from briefgen.extract.patterns import Rules, compile_rules
from briefgen.extract.proposals import find_proposals
from briefgen.extract.statements import find_statements, unread
from briefgen.model.document import Document, Sentence
from briefgen.model.findings import Digest

__all__ = ["Rules", "compile_rules", "extract"]


def extract(document: Document, sentences: Sequence[Sentence], rules: Rules, *, today: str | None = None) -> Digest:
    """Read one segmented document. ``today`` (ISO day) is what relative dates are read against when it gives no date itself."""
    dates = find_dates(document.text, sentences, document.blocks, published=today or document.meta.published)
    statements = find_statements(document, blanked(document), sentences, rules)
    return Digest(
        source=document.source,
        meta=document.meta,
        text=document.text,
        blocks=document.blocks,
        sentences=tuple(sentences),
        statements=statements,
        proposals=find_proposals(document, sentences, statements, dates, rules.proposals),
        dates=dates,
        events=find_events(document, sentences, statements, dates, rules.events),
        dropped=document.dropped,
        notes=(*document.notes, *unread(document.text, sentences)),
    )


def blanked(document: Document) -> str:
    """The text with its dropped spans as blanks: no rule reads them, and every offset stays."""
    pieces, at = [], 0
    for start, end, _ in document.dropped:
        pieces += [document.text[at:start], " " * (end - start)]
        at = end
    return "".join((*pieces, document.text[at:]))
