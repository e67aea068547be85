"""A document's sentences, statements, lists and tables in, the actions that somebody puts forward out.

Three places hold proposals: prose (``proposal_prose``), lists (``proposal_lists``) and tables (``proposal_tables``). The action
is always verbatim; the proposer is who the text names, and nobody otherwise. What became of each is looked for in the whole
document (``proposal_fates``). The date is the one outside the action in the same sentence ("In 2021 .. sent"), or the one that
the action is tied to ("from 1 May"); a sentence about "the proposal" takes date and addressee from the one before it.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from collections.abc import Sequence

from briefgen.extract.proposal_fates import Fate, find_fates
from briefgen.extract.proposal_lists import in_lists
from briefgen.extract.proposal_prose import in_statements, joined
from briefgen.extract.proposal_rules import ProposalRules
from briefgen.extract.proposal_sentences import in_sentences
from briefgen.extract.proposal_tables import in_tables
from briefgen.extract.proposing import START, Found, Page, split_names
from briefgen.model.base import Span
from briefgen.model.document import Document, Sentence
from briefgen.model.findings import GAP, DateMention, Parts, Proposal, Ref, Statement

#: Before a date inside an action that tells when it is to be done.
TIED = re.compile(
    r"\b(?:by|from|on|in|until|before|after|as of|starting|starting in|beginning|effective)\s+(?:the\s+)?(?:end of\s+)?$", re.I
)
#: "Ghana and Togo had sent"
SENDER = re.compile(
    r"\b(?P<by>(?:the\s+)?[A-Z][\w’'.-]*(?:\s+(?:and\s+|of\s+)?(?:the\s+)?[A-Z][\w’'.-]*){0,4})\s+(?:has\s+|had\s+|have\s+)?"
    r"(?:sent|submitted|presented|circulated|tabled|handed)\s"
)
#: So many letters behind an action may its date begin.
BEHIND = 12
POINTS_BACK = re.compile(r"(?:the|this|that|its|his|her|their)\s", re.I)


def find_proposals(
    document: Document,
    sentences: Sequence[Sentence],
    statements: Sequence[Statement],
    dates: Sequence[DateMention],
    rules: ProposalRules,
) -> tuple[Proposal, ...]:
    """All proposals of a document, in order of place."""
    page = Page(document, sentences, statements, dates, rules)
    listed = list(in_lists(page))
    items = [found for found in listed if found.origin == "list"]
    inline = [found for found in listed if found.origin == "prose"]
    taken = {found.place for found in items}
    said = list(in_statements(page))
    read = joined([*said, *_not_told([*in_sentences(page), *inline], said)])
    prose = [found for found in read if found.place not in taken]
    found = sorted((*items, *prose, *in_tables(page)), key=lambda each: (each.place, each.action))
    firsts = {each.place: each.action[0][0] for each in reversed(found)}
    fates = zip(found, find_fates(page, found), strict=True)
    made = (_proposal(page, each, fate, firsts[each.place]) for each, fate in fates)
    return tuple({proposal.id: proposal for proposal in made}.values())


def _not_told(more: Sequence[Found], said: Sequence[Found]) -> list[Found]:
    """Those that no statement of the same actor tells already: "establishing: a clearing house; a roster"."""
    told: dict[Span, list[Found]] = {}
    for each in said:
        told.setdefault(each.place, []).append(each)
    return [each for each in more if not any(_holds(known, each) for known in told.get(each.place, ()))]


def _holds(known: Found, found: Found) -> bool:
    inside = known.action[0][0] < found.action[0][0] and found.action[0][1] <= known.action[-1][1]
    return inside and (not found.by or not set(found.by).isdisjoint(known.by))


def _proposal(page: Page, found: Found, fate: Fate, first: int) -> Proposal:
    """``first`` is where the first action of the sentence begins."""
    text = page.document.text
    sentence = text[found.place[0] : found.place[1]]
    action = GAP.join(text[start:end] for start, end in found.action)
    before = _sentence_before(page, found)
    by = tuple(name for name in found.by if name not in fate.support) or found.by
    if before and all(page.rules.named.fullmatch(name) for name in by):
        by = _sent_by(page, before)
    ref = Ref(
        source=page.document.source.id,
        start=found.place[0],
        end=found.place[1],
        sentence=sentence,
        block=page.document.blocks[found.block].kind,
        parts=Parts(content=found.action),
    )
    key = "\x1f".join((" ".join(sentence.split()), " ".join(action.split()), *found.by))
    return Proposal(
        id="pr-" + hashlib.blake2b(key.encode(), digest_size=5).hexdigest(),
        action=action,
        by=by,
        to=found.to or (_sent_to(page, before) if before else ()),
        conditions=found.conditions,
        status=fate.final,
        when=found.when or _when(page, found, first) or (_first_date(page, before) if before else None),
        origin=found.origin,
        support=tuple(name for name in fate.support if name not in by),
        oppose=fate.oppose,
        rule=found.rule,
        refs=(ref,),
    )


# ---- when, and to whom


def _when(page: Page, found: Found, first: int) -> str | None:
    """The calendar date before the actions of the sentence or right behind this one, else one to which the action is tied."""
    if found.origin == "table":
        return None
    text, end = page.document.text, found.action[-1][1]
    outside = _first_date(page, (found.place[0], first)) or _first_date(page, (end, min(end + BEHIND, found.place[1])))
    dates = (date for span in found.action for date in _dates(page, span))
    return outside or next((date.value for date in dates if TIED.search(text, found.place[0], date.start)), None)


def _first_date(page: Page, span: Span) -> str | None:
    return next((date.value for date in _dates(page, span)), None)


def _dates(page: Page, place: Span) -> list[DateMention]:
    first, end = (bisect_left(page.dates, at, key=START) for at in place)
    return [date for date in page.dates[first:end] if date.type == "DATE" and date.first]


def _sentence_before(page: Page, found: Found) -> Span | None:
    """The sentence before, if this one begins with "The proposal" and that one names what is meant."""
    text, at = page.document.text, page.sentence_at(found.place[0])
    named = page.rules.named.match(text, *found.place)
    if found.origin != "prose" or not at or not named or named["owner"] or not POINTS_BACK.match(text, *found.place):
        return None
    before = (page.sentences[at - 1].start, page.sentences[at - 1].end)
    return before if page.rules.sent.search(text, *before) else None


def _sent_by(page: Page, sentence: Span) -> tuple[str, ...]:
    match = SENDER.search(page.document.text, *sentence)
    return split_names(match["by"]) if match else ()


def _sent_to(page: Page, sentence: Span) -> tuple[str, ...]:
    match = page.rules.sent.search(page.document.text, *sentence)
    return split_names(match["to"]) if match else ()
