"""Lists in, the proposals among their items out: the lead-in decides (``[[lead_in]]``), "could lead to:" makes none.

A list without a lead-in takes its heading for one ("Recommendations"). Lists inside a sentence are read likewise: what follows
the colon of "three ways forward:", or "such a deal could include". Of a lead-in with several clauses the last that a rule
knows decides. The proposer is who stands behind the lead-in, or before it the last who proposed, if it points back.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from briefgen.extract.proposal_rules import ProposalRules
from briefgen.extract.proposing import (
    LEAST_WORDS,
    PRONOUN,
    Found,
    Page,
    actions_in,
    addressed,
    closed,
    first_of,
    is_named_action,
    ought,
    place_of,
)
from briefgen.model.base import Span
from briefgen.model.document import Heading, Item, Paragraph, Quote
from briefgen.model.findings import Stance, Statement
from briefgen.model.lexicon import LeadInRule
from briefgen.sought import likely

LEAD_IN = "lead-in"
MARKER = re.compile(r"\s*(?:[-*•‣◦–—]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s+")
CLAUSES = re.compile(r"[,;:–—]\s+|\s+with\s+(?=[^,;]{0,60}\b(?:including|such as)\b)")
POINTS_BACK = re.compile(
    r"^(?:they|he|she|it)\b|\b(?:these|those|such|this|the (?:call|demand|request|proposal|plan|initiative|offer|package)s?)\b",
    re.I,
)
#: "We recommend that **the board**:", "It calls on **the state** to:"
ADDRESSEE = re.compile(
    r"\b(?:that|calls? on|called on|calling on|upon|urge[sd]?|urging|ask(?:s|ed|ing)?|request(?:s|ed)?|invite[sd]?)\s+"
    r"(?P<to>[^,;:]{2,60}?)(?:\s+(?:to|should|must|shall|that\s+(?:it|they)))?\s*:?\s*$",
    re.I,
)
INLINE = re.compile(r":\s+|,\s+(?:including|such as|among them)\s+|\s+such as\s+")
#: What parts the items: semicolons if there are any, else commas with the last "and", else "and".
PARTING = tuple(map(re.compile, (r";\s+(?:and\s+|or\s+)?", r",\s+(?:and\s+|or\s+)?", r"\s+(?:and|or)\s+")))
CLAUSE_LIKE = re.compile(
    r"(?:he|she|it|they|we|i|you|there|no|not|how|what|why|when|where|whether|who|which|with|because|that|one|those|some)\b",
    re.I,
)
#: So far from the colon may the word stand that tells what is listed.
NEAR = 25
LEAST_ITEMS = 2
#: No sentence lists more, has more places where a list may begin, or a longer lead-in; this bounds the work.
MOST_ITEMS, MOST_MARKS, LONGEST_LEAD = 40, 8, 300


def in_lists(page: Page) -> Iterator[Found]:
    """The items of lists and the parts of enumerations that put something forward."""
    heading: Span | None = None
    for at, block in enumerate(page.document.blocks):
        if isinstance(block, Item):
            lead = block.lead or heading
            if lead:
                yield from _item(page, at, block, lead)
        else:
            heading = (block.start, block.end) if isinstance(block, Heading) else None
    yield from _inside_sentences(page)


def _item(page: Page, at: int, item: Item, lead: Span) -> Iterator[Found]:
    text = page.document.text
    rule = lead_in_rule(page.rules, text[lead[0] : lead[1]])
    said = _lead_statement(page, lead)
    if not rule or not _makes_proposals(rule, said):
        return
    marker = MARKER.match(text, item.start, item.end)
    span = closed(text, (marker.end() if marker else item.start, item.end))
    if len(text[slice(*span)].split()) < LEAST_WORDS or (
        rule.makes == "actions" and not is_named_action(text, span, page.rules)
    ):
        return
    sentence = page.sentence_at(span[0])
    whole = page.sentences[sentence] if sentence is not None else item
    place = (min(whole.start, span[0]), max(whole.end, span[1]))
    to = _addressees(page, lead, said) or ought(text[slice(*span)], page.rules)
    yield Found((span,), place, at, "list", rule.id, _proposers(page, lead, said, item), to)


# ---- lead-ins


def lead_in_rule(rules: ProposalRules, lead: str) -> LeadInRule | None:
    """The rule of the last clause that has one; a cue of speech ("officials said") gives way to a clause that says more."""
    weak: LeadInRule | None = None
    for clause in reversed(CLAUSES.split(lead)):
        rule = next((rule for pattern, rule in rules.lead_ins if pattern.search(clause.strip())), None)
        if rule and rule.makes != "inherit":
            return rule
        weak = weak or rule
    return weak


def _makes_proposals(rule: LeadInRule, lead: Statement | None) -> bool:
    if rule.makes == "inherit":
        return bool(lead and lead.stance in (Stance.PROPOSES, Stance.DEMANDS))
    return rule.makes != "nothing"


def _lead_statement(page: Page, lead: Span) -> Statement | None:
    """Who stands behind a list: the statement in its lead-in, or before it the last that proposes, if it points back."""
    first, end = (bisect_left(page.statements, place, key=place_of) for place in lead)
    inside = [each for each in page.statements[first:end] if each.holder]
    if inside:
        return inside[-1]
    if not POINTS_BACK.search(page.document.text[lead[0] : lead[1]]):
        return None
    since = bisect_left(page.statements, page.section_span(lead[0])[0], key=place_of)
    before = (page.statements[at] for at in range(first - 1, since - 1, -1))
    return next((each for each in before if each.stance in (Stance.PROPOSES, Stance.DEMANDS) and each.holder), None)


def _proposers(page: Page, lead: Span, said: Statement | None, item: Item) -> tuple[str, ...]:
    """The holder of the lead-in or of the items below it, else the subject of its verb: "The union is demanding:"."""
    if said and said.holder:
        return (said.holder,)
    first, end = (bisect_left(page.statements, place, key=place_of) for place in (item.start, item.end))
    below = first_of(each.holder for each in page.statements[first:end] if each.frame == LEAD_IN and each.holder)
    return below or _subject(page, lead)


def _subject(page: Page, lead: Span) -> tuple[str, ...]:
    verb = page.rules.lead_verb.search(page.document.text, *lead)
    words = page.document.text[lead[0] : verb.start()].strip() if verb else ""
    owner = re.fullmatch(r"(?P<who>.+?)['’]s?", words)
    named = owner["who"] if owner else words
    proper = any(word[:1].isupper() for word in named.split()[1:]) or named[:4].lower() == "the "
    return addressed(named, page.rules) if named and proper and not PRONOUN.match(named) and len(named) < 60 else ()


def _addressees(page: Page, lead: Span, said: Statement | None) -> tuple[str, ...]:
    """Whom the lead-in asks to act: the person addressed, the subject of "should", or who stands before the colon."""
    if said and said.target and lead[0] <= place_of(said) < lead[1]:
        return said.target
    words = page.document.text[lead[0] : lead[1]]
    match = ADDRESSEE.search(words)
    return ought(words, page.rules) or (addressed(match["to"], page.rules) if match else ())


# ---- enumerations inside a sentence


class _Enumeration(NamedTuple):
    """What is listed from ``start`` to the end of a sentence; ``only_actions`` leaves out what names none."""

    rule: str
    start: int
    only_actions: bool


def _inside_sentences(page: Page) -> Iterator[Found]:
    text = page.document.text
    for sentence in page.sentences:
        listed = _enumeration(page, (sentence.start, sentence.end))
        block = page.document.blocks[sentence.block]
        if listed and (isinstance(block, Paragraph | Quote) or (isinstance(block, Item) and not block.lead)):
            start, end = closed(text, (listed.start, sentence.end))
            span = (start, end - 1 if text[end - 1] == "." else end)
            place = (sentence.start, sentence.end)
            for piece in _pieces(page, span, listed.only_actions)[:MOST_ITEMS]:
                yield Found((piece,), place, sentence.block, "prose", listed.rule, _said_by(page, place, piece))


def _enumeration(page: Page, sentence: Span) -> _Enumeration | None:
    """Behind "such a deal could include", behind a colon or behind "including"."""
    text = page.document.text
    package = page.rules.package.match(text, *sentence)
    if package:
        return _Enumeration("proposal-packages", package.end(), only_actions=True)
    for mark in islice(INLINE.finditer(text, *sentence), MOST_MARKS):
        colon = mark.group().startswith(":")
        clause = CLAUSES.split(text[max(sentence[0], mark.start() - LONGEST_LEAD) : mark.start()])[-1] + (
            "" if colon else f" {mark.group().strip(', ')}"
        )
        hits = ((pattern.search(clause), rule) for pattern, rule in likely(page.rules.lead_ins, clause))
        hit, rule = next(((hit, rule) for hit, rule in hits if hit), (None, None))
        if hit and rule and rule.makes in ("proposals", "actions") and _is_near(hit, clause, colon):
            return _Enumeration(rule.id, mark.end(), only_actions=rule.makes == "actions" or not colon)
    return None


def _is_near(hit: re.Match[str], clause: str, colon: bool) -> bool:
    """A colon lists what the words just before it name, "including" what its clause begins with."""
    return len(clause) - hit.end() <= NEAR if colon else hit.start() <= NEAR


def _pieces(page: Page, span: Span, only_actions: bool) -> list[Span]:
    text = page.document.text
    if is_named_action(text, span, page.rules):
        last = text.rfind(", and ", *span)
        pieces = actions_in(text, span, page.rules)
        cut = [(start, last) if start < last < end and end == span[1] else (start, end) for start, end in pieces]
        return [piece for piece in cut if is_named_action(text, piece, page.rules)]
    pieces = [piece for piece in _parted(text, span) if not CLAUSE_LIKE.match(text, *piece)]
    whole = [piece for piece in pieces if len(text[slice(*piece)].split()) >= LEAST_WORDS]
    return whole if len(whole) >= LEAST_ITEMS and not only_actions and not CLAUSE_LIKE.match(text, *span) else []


def _parted(text: str, span: Span) -> list[Span]:
    """The items of an enumeration; "A, B and C" has its last "and" parted too, but for "between A and B"."""
    marks = next((found for mark in PARTING if (found := [match.span() for match in mark.finditer(text, *span)])), [])
    bounds = [span[0], *(at for mark in marks for at in mark), span[1]]
    pieces = list(zip(bounds[::2], bounds[1::2], strict=True))
    last = [match.span() for match in PARTING[-1].finditer(text, *pieces[-1])]
    if len(pieces) > 1 and text[marks[-1][0]] == "," and "and" not in text[slice(*marks[-1])] and len(last) == 1:
        (end, start) = last[0]
        pieces[-1:] = [(pieces[-1][0], end), (start, span[1])] if "between" not in text[pieces[-1][0] : end] else pieces[-1:]
    return pieces


def _said_by(page: Page, sentence: Span, piece: Span) -> tuple[str, ...]:
    """Who says the words among which the piece stands."""
    first, end = (bisect_left(page.statements, place, key=place_of) for place in sentence)
    return first_of(each.holder for each in page.statements[first:end] if each.holder and _covers(each, piece))


def _covers(statement: Statement, span: Span) -> bool:
    parts = statement.refs[0].parts
    return parts is not None and any(start <= span[0] and span[1] <= end for start, end in parts.content)
