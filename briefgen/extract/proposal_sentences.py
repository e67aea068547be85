"""Sentences in, the proposals that no statement tells out.

Those named by their kind, whoever speaks of them ("a plan led by A to do B"), what a meeting resolved ("It was resolved that"),
motions with their movers, what a report recommends under such a heading, and what a source itself calls worth founding.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from briefgen.extract.proposal_lists import lead_in_rule
from briefgen.extract.proposal_rules import NAME
from briefgen.extract.proposing import (
    OUGHT,
    Found,
    Page,
    addressed,
    closed,
    cut_tail,
    is_whole,
    ought,
    place_of,
    split_names,
)
from briefgen.model.base import Span
from briefgen.model.document import Paragraph, Sentence
from briefgen.model.findings import Status
from briefgen.sought import Sought

MOVED = re.compile(
    r"\b(?:moved|motion(?: made)?) by (?P<by>[^,;:]{3,60}?)(?:,|;|\sand)?\s+"
    r"second(?:ed)? by (?P<support>[^,;:]{3,60}?)[,;:]?\s+(?:that|to)\s+"
    r"(?P<action>[^;]{8,300})",
    re.I,
)
#: "moved to strike the item" is a motion only among motions.
MOVED_TO = re.compile(rf"(?P<by>{NAME})\s+moved\s+to\s+(?P<action>[a-z][^;:]{{8,200}})", re.I)
MOTIONS = re.compile(r"\b(?:motion|seconded|second|carried)\b", re.I)
NEXT = 160
#: Who shall act in "that the clerk be asked to write".
TOLD_TO = re.compile(
    r"(?P<who>(?:the\s+)?[\w .-]{2,40}?)\s+"
    r"(?:should|shall|must|be\s+(?:asked|authori[sz]ed|instructed|invited|requested)\s+to)\s",
    re.I,
)


def in_sentences(page: Page) -> Iterator[Found]:
    """The proposals that stand in sentences whoever says them."""
    headings = {section.heading for section in page.document.sections if section.heading}
    rules = {heading: lead_in_rule(page.rules, heading) for heading in sorted(headings)}
    recommending = {heading: rule.id for heading, rule in rules.items() if rule and rule.makes == "proposals"}
    folded = page.document.text.casefold()
    kinds = [pattern for pattern in page.rules.kinds if pattern.may_match(folded)]
    for sentence in page.sentences:
        yield from _by_kind(page, sentence, kinds)
        yield from _settled(page, sentence)
        yield from _moved(page, sentence)
        yield from _of_the_source(page, sentence, recommending)


def _by_kind(page: Page, sentence: Sentence, kinds: Sequence[Sought]) -> Iterator[Found]:
    """Proposals named by kind and maker: "a plan backed by two ports to close the channel"."""
    text = page.document.text
    folded = text[sentence.start : sentence.end].casefold()
    for pattern in (each.compiled for each in kinds if each.may_match(folded)):
        for match in pattern.finditer(text, sentence.start, sentence.end):
            span = cut_tail(text, match.span("action"))
            fate = page.rules.fate.search(text, *span)
            span = closed(text, (span[0], fate.start()) if fate else span)
            if is_whole(text, (span,), infinitive=True):
                place = (sentence.start, sentence.end)
                yield Found((span,), place, sentence.block, "prose", "proposal-kinds", split_names(match["by"]))


def _settled(page: Page, sentence: Sentence) -> Iterator[Found]:
    """What a meeting resolved; how it goes on with its business ("resolved to adjourn") is no proposal."""
    text, place = page.document.text, (sentence.start, sentence.end)
    match = page.rules.settled.match(text, *place)
    if not match:
        return
    span = without_stop(text, (match.end(), sentence.end))
    words = text[slice(*span)]
    if is_whole(text, (span,)) and words.split(maxsplit=1)[0].lower() not in page.rules.procedural:
        told = TOLD_TO.match(words)
        status = None if "recommended" in match.group().lower() else Status.ACCEPTED
        to = addressed(told["who"], page.rules) if told else ()
        yield Found((span,), place, sentence.block, "prose", "proposal-settled", to=to, status=status)


def _moved(page: Page, sentence: Sentence) -> Iterator[Found]:
    """Motions with their movers: "Moved by A, seconded by B, that the square be closed"."""
    text, place = page.document.text, (sentence.start, sentence.end)
    match = MOVED.search(text, *place)
    if match:
        span = without_stop(text, match.span("action"))
        by, support = split_names(match["by"]), split_names(match["support"])
        yield Found((span,), place, sentence.block, "prose", "proposal-made-by", by, support=support)
    moved = MOVED_TO.match(text, *place)
    if moved and MOTIONS.search(text, moved.end(), sentence.end + NEXT):
        span = without_stop(text, moved.span("action"))
        yield Found((span,), place, sentence.block, "prose", "proposal-made-by", split_names(moved["by"]))


def _of_the_source(page: Page, sentence: Sentence, recommending: Mapping[str, str]) -> Iterator[Found]:
    """What a report says should be done under "Recommendations", and what it calls vital to found."""
    text, place = page.document.text, (sentence.start, sentence.end)
    founding = page.rules.founding.match(text, *place)
    rule = "proposal-founding" if founding else _recommending(page, sentence, recommending)
    if rule and (founding or OUGHT.match(text[slice(*place)])):
        span = without_stop(text, place)
        if is_whole(text, (span,)):
            yield Found((span,), place, sentence.block, "prose", rule, to=ought(text[slice(*place)], page.rules))


def _recommending(page: Page, sentence: Sentence, recommending: Mapping[str, str]) -> str | None:
    """The rule that knows the heading as one of recommendations, for a sentence that nobody else says."""
    section = page.section_at(sentence.start) if recommending else None
    rule = recommending.get(section.heading) if section and section.heading else None
    if rule is None or not isinstance(page.document.blocks[sentence.block], Paragraph):
        return None
    first = bisect_left(page.statements, sentence.start, key=place_of)
    said = first < len(page.statements) and place_of(page.statements[first]) < sentence.end
    return None if said else rule


def without_stop(text: str, span: Span) -> Span:
    """A clause that is cut out of its sentence leaves the full stop to it."""
    start, end = closed(text, span)
    return (start, end - 1 if text[end - 1] == "." else end)
