"""Statements in, the actions that they put forward out.

A statement puts an action forward if it proposes, or demands, offers or settles something to be done: "urged **the ports** to
**close**", "called for **a review of** the fee", "the need to **meet**", "ministers agreed to **share**". A demand for a thing
("loans") is a position and no proposal, and so is what one, he or you should do: no reader would know whom that means.

Known limits: what a verb puts forward is as right as the statement; an infinitive may run on beyond the action where the
sentence goes on without a comma and without a verb that tells of a fate.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from briefgen.extract.proposal_rules import ProposalRules
from briefgen.extract.proposing import (
    OBLIGES,
    OUGHT,
    Found,
    Page,
    actions_in,
    addressed,
    bare_subject,
    closed,
    cut_tail,
    first_of,
    is_known_to_act,
    is_named_action,
    is_whole,
    ought,
    split_names,
)
from briefgen.model.base import Span
from briefgen.model.findings import Stance, Statement, Status

LEAD_IN, OBJECT_TO, COPULA = "lead-in", "obj-to", "copula"
#: Frames whose content is a whole clause.
CLAUSES = ("that", "bare", "clause")
#: And those whose content is none.
PHRASES = ("np", "to", "prep", "noun", "obj-to", "obj-prep", "light")

#: Holders that stayed pronouns: unlike "I" and "we" they name nobody.
UNKNOWN = re.compile(r"he|him|his|she|her|it|its|they|them|their|one|who|which|that|this", re.I)
CONDITION = re.compile(r"\s*(?:that\s+)?((?:if|provided that|on condition that|unless)\b[^,;]*),\s*", re.I)
ON_CONDITION = r"((?:only if|if|provided that|on condition that|on the condition that|unless)\s[^,;.]+)"
CONDITION_INSIDE = re.compile(rf"\b{ON_CONDITION}", re.I)
CONDITION_BEHIND = re.compile(rf",?\s*(?:but\s+)?{ON_CONDITION}", re.I)
CONDITIONING = re.compile(r"(?:only\s+)?(?:if|when|once|provided|on\s+(?:the\s+)?condition|unless)\b", re.I)
INTRODUCING = re.compile(r"\s*that\s+", re.I)
TO = re.compile(r"\s*to\s+", re.I)
TO_VERB = re.compile(r"\s*(?P<who>\S.{1,119}?)\s+(?P<action>(?P<negated>not\s+)?to\s+[a-z].*)", re.S)
#: Who asks not to be named asks nobody for anything.
UNNAMED = re.compile(r"\bnot\s+(?:to\s+)?be\s+(?:named|identified|quoted)\b|\banonymity\b", re.I)
#: "invited him **to the city** to speak": the way is no part of the name.
WHERETO = re.compile(r"\s+to\s+(?:the\s+)?[A-Z].*$")
#: What is done, or should be: "to act", "closing", "the board should meet".
ACTION = re.compile(r"(?:that\s+)?(?:to\s+\w+|not\s+\w+ing|\w{3,}ing)\b|[^,;]*?\b(?:should|ought to|must)\s+\w+", re.I)
SETTLED_CLAUSE = re.compile(r"(?:that\s+)?[^,;]{2,80}?\b(?:should|would|must|shall|be)\b", re.I)
OBLIGED = re.compile(r"(?:that\s+)?(?P<who>[^,;]{2,80}?)\s(?:would|should|must|shall|needs? to|ha(?:s|ve) to)\s", re.I)
#: "and if they agree, then the board should meet" needs nothing before it, "should be tested" does.
ALONE = re.compile(r"\W*(?:\w[\w'’,-]*\s+){1,24}?(?:should|ought to|must)\s", re.I)
#: "that the boats **be** fitted" is no report.
SUBJUNCTIVE = re.compile(
    r"(?:that\s+)?(?:(?!(?:to|will|would|can|could|may|might|must|shall|should|let|not|cannot|\w+n['’]t|that|who|which|if|whether|when)\b)"
    r"[\w'’-]+\s+){1,6}?(?:not\s+)?be\s+\w+",
    re.I,
)
#: A report, though behind a verb of asking: "insisted that the nets are safe".
FINITE = re.compile(r"(?:that\s+)?(?:[\w'’-]+\s+){1,6}?(?:is|are|was|were|has|have|had|will|does|did|can|cannot)\b", re.I)
#: "that every clinic appoint a nurse": a bare form behind one thing of many is no report.
EVERY = re.compile(
    r"(?:that\s+)?(?:every|each)\s+\w+\s+(?!(?:of|in|on|at|to|for|from|with|by|will|would|can|had|has|was|is|who|that)\b)[a-z]+(?<!s)(?<!ed)(?<!ing)\s",
    re.I,
)
SUBORDINATE = re.compile(
    r".*\b(?:until|once|when|after|before|if|unless|as long as|which|that|who|where|whereby)\b", re.I | re.S
)
AUXILIARY = re.compile(
    r"\s(?:is|are|was|were|has|have|had|can|could|will|would|shall|should|must|may)\s(?:(?!\s(?:and|or|but)\s)[^,;.])*", re.I
)


#: Where the action stands in a content, who is to act, and whether it is settled already.
Reading = tuple[Span, tuple[str, ...], Status | None]


def in_statements(page: Page) -> Iterator[Found]:
    """All proposals of the statements; the same words may come twice, by two readings."""
    for statement in page.statements:
        yield from _in_statement(page, statement)


def joined(found: Sequence[Found]) -> list[Found]:
    """One proposal where several proposers, or two readings of a sentence, have the same words: the shorter, with all names."""
    rows: dict[tuple[Span, int], Found] = {}
    for each in found:
        key = (each.place, each.action[0][0])
        known = rows.get(key)
        rows[key] = _merged(known, each) if known else each
    return list(rows.values())


def _merged(one: Found, two: Found) -> Found:
    best = min(one, two, key=lambda each: each.action[-1][1])
    return best._replace(
        by=first_of((*one.by, *two.by)),
        to=one.to or two.to,
        conditions=one.conditions or two.conditions,
        status=one.status or two.status,
        support=first_of((*one.support, *two.support)),
        oppose=first_of((*one.oppose, *two.oppose)),
    )


def _in_statement(page: Page, statement: Statement) -> Iterator[Found]:
    text, ref = page.document.text, statement.refs[0]
    spans = _told(text, statement.spans(ref))
    if statement.negated or not spans or statement.frame == LEAD_IN or UNNAMED.search(ref.sentence):
        return
    reading = _reading(page, statement, _without_condition(text, spans[0], statement))
    if reading is None:
        return
    span, addressees, status = reading
    split = len(spans) > 1
    pieces = [span] if split else actions_in(text, _ended(page, statement, span), page.rules)
    conditions = _conditions(text, statement, spans[-1] if split else pieces[-1])
    sentence = page.sentence_at(ref.start)
    obliges = not statement.frame.startswith(PHRASES) and OBLIGES.search(statement.content)
    for piece in pieces:
        action = (piece, *spans[1:])
        if obliges and not any(OBLIGES.search(text, *part) for part in action):
            continue
        if is_whole(text, action, infinitive=statement.frame == OBJECT_TO):
            yield Found(
                action=action,
                place=(ref.start, ref.end),
                block=page.sentences[sentence].block if sentence is not None else -1,
                origin="prose",
                rule=statement.rule,
                by=(statement.holder,) if statement.holder and not UNKNOWN.fullmatch(statement.holder) else (),
                to=addressees,
                conditions=conditions,
                status=status,
            )


# ---- where the action begins and ends


def _told(text: str, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Of a quotation in pieces those from the one that says what should be done."""
    alone = (at for at, (start, end) in enumerate(spans) if ALONE.match(text, start, end))
    return spans[next(alone, 0) :]


def _without_condition(text: str, span: Span, statement: Statement) -> Span:
    """The content without the condition and the "that" or "to" that it begins with: "if they agree, the board should meet"."""
    start, end = span
    for lead in (CONDITION, INTRODUCING, *(() if statement.frame in CLAUSES else (TO,))):
        match = lead.match(text, start, end)
        start = match.end() if match and match.end() < end else start
    return (start, end)


def _ended(page: Page, statement: Statement, span: Span) -> Span:
    """The span without what others think of it, and an infinitive without the verb of the sentence around it."""
    text = page.document.text
    start, end = cut_tail(text, _run_on(text, span, statement.refs[0].end))
    fate = page.rules.fate.search(text, start, end) if statement.frame not in CLAUSES else None
    return closed(text, (start, fate.start()) if fate and not SUBORDINATE.match(text, start, fate.start()) else (start, end))


def _run_on(text: str, span: Span, end: int) -> Span:
    """The span with the verb of the clause it breaks off in: "wait until the survey | has been published"."""
    behind = AUXILIARY.match(text, span[1], end)
    return (span[0], behind.end()) if behind and SUBORDINATE.match(text, *span) else span


def _conditions(text: str, statement: Statement, last: Span) -> tuple[str, ...]:
    """The condition that the statement gives, or that stands in the content or right behind it."""
    if statement.condition and CONDITIONING.match(statement.condition):
        return (statement.condition,)
    match = CONDITION.match(statement.content) or CONDITION_INSIDE.search(statement.content)
    match = match or CONDITION_BEHIND.match(text, last[1], statement.refs[0].end)
    return (match[1].strip(),) if match else ()


# ---- whether there is one


def _reading(page: Page, statement: Statement, span: Span) -> Reading | None:
    """Where the action stands in a content, who is to act, and whether it is settled already."""
    text, rules = page.document.text, page.rules
    cue = frozenset(statement.cue.lower().split())
    if "against" in cue or (cue & rules.no_cues and statement.frame == OBJECT_TO):
        return None
    need = rules.need.match(text, *span)
    if need:
        return _needed(text, (need.end(), span[1]), need["tie"].lower(), rules)
    match statement.stance:
        case Stance.PROPOSES:
            if cue & rules.suggesting and not is_known_to_act(statement.holder, rules):
                return None
            return span, _addressees(text, span, statement, rules), None
        case Stance.DEMANDS:
            return _demanded(text, span, statement, rules)
        case Stance.CONDITIONAL:
            return _on_terms(text, span, statement, rules)
        case Stance.STATES if cue & rules.suggesting and is_named_action(text, span, rules, noun=True):
            return span, (), None
        case Stance.STATES if SUBJUNCTIVE.match(text, *span) or EVERY.match(text, *span):
            return span, _addressees(text, span, statement, rules), None
        case Stance.OFFERS | Stance.SUPPORTS:
            return _offered(text, span, statement, cue, rules)
    return None


def _needed(text: str, span: Span, tie: str, rules: ProposalRules) -> Reading | None:
    """ "the need to meet", "the necessity of meeting", "the need for them to meet", "the need for a review of it"."""
    if tie != "for":
        return span, (), None
    match = TO_VERB.fullmatch(text, *span)
    who = addressed(match["who"], rules) if match else ()
    if match and who:
        return (match.end("negated") if match["negated"] else match.start("action") + len("to "), span[1]), who, None
    return (span, (), None) if is_named_action(text, span, rules) else None


def _demanded(text: str, span: Span, statement: Statement, rules: ProposalRules) -> Reading | None:
    match = TO_VERB.fullmatch(text, *span) if statement.frame == OBJECT_TO and statement.target else None
    if match:
        start = match.start("action") + (0 if match["negated"] else len("to "))
        return (start, span[1]), _hearers(statement), None
    words = text[slice(*span)]
    asked = not rules.asking.isdisjoint(statement.cue.lower().split()) and not FINITE.match(words)
    clause = statement.frame == "that" and (asked or SUBJUNCTIVE.match(words))
    done = statement.frame == "to" or text[: span[0]][-3:] == "to " or ACTION.match(words)
    if done or clause or is_named_action(text, span, rules) or len(actions_in(text, span, rules)) > 1:
        return span, _addressees(text, span, statement, rules), None
    return None


def _on_terms(text: str, span: Span, statement: Statement, rules: ProposalRules) -> Reading | None:
    """ "talks should proceed only if ..", and the term itself: "one condition is that A would withdraw"."""
    obliged = OBLIGED.match(text, *span)
    if obliged and (statement.frame == COPULA or OUGHT.match(text[slice(*span)])):
        return span, addressed(obliged["who"], rules), None
    return None


def _offered(text: str, span: Span, statement: Statement, cue: frozenset[str], rules: ProposalRules) -> Reading | None:
    """An offer to act, and what a body that decides agrees to do; of anyone else that is a promise."""
    infinitive = statement.frame == "to"
    if infinitive and cue & rules.offers:
        return span, (), None
    decides = cue & rules.settles and not rules.deciders.isdisjoint(statement.holder.lower().replace(",", " ").split())
    words = text[slice(*span)]
    business = words.split(maxsplit=1)[0].lower() in rules.procedural if words.strip() else True
    clause = statement.frame == "that" and SETTLED_CLAUSE.match(words)
    if decides and ((infinitive and not business) or clause):
        return span, ought(words, rules), Status.ACCEPTED
    return None


def _addressees(text: str, span: Span, statement: Statement, rules: ProposalRules) -> tuple[str, ...]:
    """Who is to act: the person addressed, the subject of the clause, or whom a draft is sent to."""
    words = text[slice(*span)]
    sent = rules.sent.search(words)
    return (
        (() if statement.frame == "obj-that" else _hearers(statement))
        or ought(words, rules)
        or (bare_subject(words, rules) if statement.frame == "that" else ())
        or (addressed(sent["to"], rules) if sent else ())
    )


def _hearers(statement: Statement) -> tuple[str, ...]:
    return split_names(", ".join(WHERETO.sub("", name) for name in statement.target))
