"""Quotations that no verb of the lexicon introduces: "The mayor was blunt: “…”".

A colon before an opening mark says that somebody is quoted; the sentence's subject is the one, if it can be anybody.
"""

from __future__ import annotations

from briefgen.extract.clauses import clause_end
from briefgen.extract.frames import QUOTE_MARKS, quotation_end
from briefgen.extract.phrases import is_actor_phrase
from briefgen.extract.reading import Attribution, Reading, attribution
from briefgen.extract.subjects import clause_subject
from briefgen.model.findings import Confidence, Stance
from briefgen.model.lexicon import CueRule

COLON = CueRule(
    id="colon",
    examples=("The mayor was blunt: “We are closing the pool.”",),
    counter=("The word was new: “pool” had not been used.",),
    stance=Stance.STATES,
    confidence=Confidence.MEDIUM,
)
#: A quotation of fewer tokens behind a colon is a word that is spoken of.
LEAST = 4


def read_colon(reading: Reading, at: int) -> Attribution | None:
    """As in "The mayor was blunt: “…”": the quotation behind the colon at ``at``."""
    t = reading.t
    if at + 1 >= t.size or t.lower[at + 1] not in QUOTE_MARKS or not t.quoted[at + 1]:
        return None
    span = at + 1, clause_end(t, at + 1, reading.rules)
    if quotation_end(t, at + 1) - at <= LEAST or not reading.is_free(span):
        return None
    source = reading.subject or clause_subject(reading, at)
    if source is None or source[1] > at or not is_actor_phrase(t, source, reading.rules):
        return None
    cue = (source[1], at + 1) if not any(reading.taken[source[1] : at + 1]) else (at, at + 1)
    return attribution(COLON, "quote", source, cue, (span,))
