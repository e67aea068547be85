"""A document's sentences, statements, lists and tables in, the actions that somebody puts forward out.

Three places hold proposals. Prose: a statement that proposes, or that demands something to be done, and "an initiative led
by A to do B". Lists: the lead-in decides (``[[lead_in]]``); "could lead to:" and "factors:" make none. Tables: the header
decides (``[[header]]``). The action is always verbatim; the proposer is who the text names, in the lead-in or in what it
points back to, and nobody otherwise.

Known limits: a proposal's fate is looked for in its own sentence and in the next few of its section, not elsewhere; a
demand for a thing ("loans") is a position, not a proposal.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from operator import attrgetter
from typing import NamedTuple

from briefgen.model.base import Span
from briefgen.model.document import Document, Item, Sentence, Table
from briefgen.model.findings import GAP, DateMention, Origin, Parts, Proposal, Ref, Stance, Statement, Status
from briefgen.model.grid import Grid, Row, read_grid
from briefgen.model.lexicon import HeaderRule, LeadInRule, Lexicon

#: So many sentences behind a proposal may tell what became of it.
REACH = 3
LEAST_WORDS = 3
MARKER = re.compile(r"\s*(?:[-*•‣◦–—]|\d{1,3}[.)]|[a-z][.)])\s+")
CONDITION = re.compile(r"\s*(?:that\s+)?((?:if|provided that|on condition that|unless)\b[^,;]*),\s*", re.I)
INTRODUCING = re.compile(r"\s*(?:that|to)\s+", re.I)
CONDITION_BEHIND = re.compile(r"\b((?:only if|if|provided that|on condition that|unless)\s[^,;.]+)", re.I)
#: "**The board** should act" addresses the board; "the fee must be cut" nobody: what is done to a thing tells not by whom.
OUGHT = re.compile(
    r"(?:that\s+)?(?P<who>(?:the\s+)?[^\W\d_][^,;:]{0,80}?)(?:,[^,]{0,60},)?\s+(?:should|ought to|must|needs? to)\s"
    r"(?!(?:not\s+)?be\s+(?:\w+ly\s+)?(?:\w+(?:ed|en|wn)|built|cut|held|kept|made|met|paid|put|sent|set)\b(?!\s+to\b))",
    re.I,
)
ACTION = re.compile(r"(?:that\s+)?(?:to\s+\w+|not\s+\w+ing|\w{3,}ing)\b|.*?\b(?:should|ought to|must|would)\s+\w+", re.I | re.S)
NO_ACTION = re.compile(
    r"(?:that\s+)?(?:any|such|these|those|this|nothing|something|anything|everything|during|according|including)\b", re.I
)
POINTS_BACK = re.compile(
    r"\b(?:these|those|such|this|the (?:call|demand|request|proposal|plan|initiative|offer|package))\b", re.I
)
SPLIT = re.compile(r"\s*,\s*(?:and\s+)?|\s+and\s+")
TALKED_ABOUT = re.compile(
    r"\b(?:this|that|the|such|these|['’]s)\s+(?:\w+\s+)?(?:proposals?|plans?|initiative|idea|stance|draft|bill|move|measures?|offer|motion|amendment)\b",
    re.I,
)
OUTCOME = re.compile(
    r"\b(?:agreement|deal|accord|consensus|proposals?|plan|draft|initiative|talks|motion|bill|resolution|amendment|treaty)\b",
    re.I,
)
OF_OTHERS = (Status.NOT_AGREED, Status.REJECTED, Status.ACCEPTED, Status.IN_FORCE)


class Found(NamedTuple):
    """A proposal on its way: spans and surface names."""

    action: tuple[Span, ...]
    place: Span
    block: int
    origin: Origin
    rule: str
    by: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    status: str = ""
    when: str = ""


class ProposalRules(NamedTuple):
    """What the lexicon says of proposals, compiled."""

    lead_ins: tuple[tuple[re.Pattern[str], LeadInRule], ...]
    statuses: tuple[tuple[re.Pattern[str], Status], ...]
    initiative: re.Pattern[str]
    headers: tuple[HeaderRule, ...]


class _Page(NamedTuple):
    """The document with everything that is known of it."""

    document: Document
    sentences: Sequence[Sentence]
    statements: Sequence[Statement]
    dates: Sequence[DateMention]
    rules: ProposalRules
    #: How far the statements up to each one reach.
    reach: Sequence[int]


#: Sections, sentences and dates stand in order of their starts, statements in order of theirs.
_START = attrgetter("start")


def _place_of(statement: Statement) -> int:
    return statement.refs[0].start


def find_proposals(
    document: Document,
    sentences: Sequence[Sentence],
    statements: Sequence[Statement],
    dates: Sequence[DateMention],
    rules: ProposalRules,
) -> tuple[Proposal, ...]:
    """All proposals of a document, in order of place."""
    reach = list(accumulate((each.refs[0].end for each in statements), max))
    page = _Page(document, sentences, statements, dates, rules, reach)
    listed = list(_in_lists(page))
    items = {found.place for found in listed}
    prose = [found for found in _joined([*_in_statements(page), *_initiatives(page)]) if found.place not in items]
    found = sorted((*listed, *prose, *_in_tables(page)), key=lambda each: (each.place, each.action))
    made = (_proposal(page, each) for each in found)
    return tuple({proposal.id: proposal for proposal in made}.values())


def proposal_rules(lexicon: Lexicon) -> ProposalRules:
    """Compile the rules; once a process, since it costs some milliseconds."""
    kinds = "|".join(sorted(lexicon.listed("proposal-kinds")))
    made = "|".join(sorted(lexicon.listed("proposal-made-by")))
    initiative = (
        rf"\b(?:{kinds})s?\s+(?:{made})\s+by\s+(?P<by>[^,;:.]{{2,80}}?)\s+to\s+(?P<action>[^;:.]{{8,200}})"
        if kinds and made
        else r"(?!)"
    )
    return ProposalRules(
        tuple((re.compile(rule.pattern, re.I), rule) for rule in lexicon.lead_in),
        tuple((re.compile(rule.pattern, re.I), rule.status) for rule in lexicon.status),
        re.compile(initiative, re.I),
        lexicon.header,
    )


# ---- prose


def _in_statements(page: _Page) -> Iterator[Found]:
    """Statements that propose, or demand that something be done."""
    blocks = {(sentence.start, sentence.end): sentence.block for sentence in page.sentences}
    for statement in page.statements:
        ref = statement.refs[0]
        if statement.negated or not ref.parts or not ref.parts.content or not _is_action(statement):
            continue
        spans = _without_condition(page.document.text, statement.spans(ref))
        yield Found(
            action=spans,
            place=(ref.start, ref.end),
            block=blocks.get((ref.start, ref.end), -1),
            origin="prose",
            rule=statement.rule,
            by=(statement.holder,) if statement.holder else (),
            to=_addressees(page.document.text[spans[0][0] : spans[-1][1]], statement),
            conditions=_conditions(statement),
        )


def _joined(found: Sequence[Found]) -> list[Found]:
    """One proposal where several proposers, or two readings of a sentence, have the same words."""
    joined: dict[tuple[Span, int], Found] = {}
    for each in found:
        key = (each.place, each.action[-1][1])
        known = joined.get(key)
        joined[key] = known._replace(by=tuple(dict.fromkeys((*known.by, *each.by)))) if known else each
    return list(joined.values())


def _is_action(statement: Statement) -> bool:
    if len(statement.content.split()) < LEAST_WORDS or NO_ACTION.match(statement.content):
        return False
    if statement.stance is Stance.PROPOSES:
        return True
    return statement.stance is Stance.DEMANDS and bool(ACTION.match(statement.content))


def _without_condition(text: str, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """The content without the condition or the "to" that it begins with: "if they agree, the board should meet"."""
    start, end = spans[0]
    for lead in (CONDITION, INTRODUCING):
        match = lead.match(text, start, end)
        start = match.end() if match and match.end() < end else start
    return ((start, end), *spans[1:])


def _conditions(statement: Statement) -> tuple[str, ...]:
    if statement.condition:
        return (statement.condition,)
    match = CONDITION.match(statement.content) or CONDITION_BEHIND.search(statement.content)
    return (match[1].strip(),) if match else ()


def _addressees(action: str, statement: Statement) -> tuple[str, ...]:
    """Who is to act: the person addressed, or the subject of "should"."""
    match = OUGHT.match(action)
    return statement.target or (_split(match["who"]) if match else ())


def _split(names: str) -> tuple[str, ...]:
    """Each name of a list: "Chad and Mali" are two."""
    return tuple(name.strip() for name in SPLIT.split(names) if name.strip())


def _initiatives(page: _Page) -> Iterator[Found]:
    """Proposals named by kind and maker, whoever speaks: "a plan backed by two ports to close the channel"."""
    text = page.document.text
    for sentence in page.sentences:
        for match in page.rules.initiative.finditer(text, sentence.start, sentence.end):
            yield Found(
                action=((match.start("action"), len(text[: match.end("action")].rstrip())),),
                place=(sentence.start, sentence.end),
                block=sentence.block,
                origin="prose",
                rule="proposal-kinds",
                by=_split(match["by"]),
            )


# ---- lists


def _in_lists(page: _Page) -> Iterator[Found]:
    text, blocks = page.document.text, page.document.blocks
    for at, block in enumerate(blocks):
        if not isinstance(block, Item) or not block.lead:
            continue
        rule = _lead_in(page.rules, text[block.lead[0] : block.lead[1]])
        lead = _lead_statement(page, block.lead)
        if rule and _makes_proposals(rule, lead):
            start = MARKER.match(text, block.start, block.end)
            span = (start.end() if start else block.start, len(text[: block.end].rstrip()))
            if len(text[span[0] : span[1]].split()) >= LEAST_WORDS:
                target = _addressees(text[block.lead[0] : block.lead[1]], lead) if lead else _ought(text, block.lead)
                by = (lead.holder,) if lead and lead.holder else _demanders(page, block)
                place = _sentence_at(page.sentences, span[0]) or (block.start, block.end)
                place = (min(place[0], span[0]), max(place[1], span[1]))
                yield Found((span,), place, at, "list", rule.id, by, target)


def _sentence_at(sentences: Sequence[Sentence], place: int) -> Span | None:
    at = bisect_right(sentences, place, key=_START) - 1
    return (sentences[at].start, sentences[at].end) if at >= 0 and place < sentences[at].end else None


LEAD_IN = "lead-in"


def _demanders(page: _Page, item: Item) -> tuple[str, ...]:
    """Who says what an item holds: "The union demanded:" makes a statement of each item below it."""
    first, end = (bisect_left(page.statements, place, key=_place_of) for place in (item.start, item.end))
    said = [each for each in page.statements[first:end] if each.frame == LEAD_IN]
    return tuple(dict.fromkeys(each.holder for each in said if each.holder))


def _ought(text: str, lead: Span) -> tuple[str, ...]:
    """Whom a lead-in addresses: "The ports, including Oslo, should consider:"."""
    match = OUGHT.match(text, lead[0], lead[1])
    return _split(match["who"]) if match and not POINTS_BACK.match(match["who"]) else ()


def _lead_in(rules: ProposalRules, lead: str) -> LeadInRule | None:
    return next((rule for pattern, rule in rules.lead_ins if pattern.search(lead)), None)


def _makes_proposals(rule: LeadInRule, lead: Statement | None) -> bool:
    if rule.makes == "inherit":
        return bool(lead and lead.stance in (Stance.PROPOSES, Stance.DEMANDS))
    return rule.makes in ("proposals", "demands")


def _lead_statement(page: _Page, lead: Span) -> Statement | None:
    """Who stands behind a list: the statement in its lead-in, or before it the last that proposes, if it points back."""
    first, end = (bisect_left(page.statements, place, key=_place_of) for place in lead)
    inside = [each for each in page.statements[first:end] if each.holder]
    if inside:
        return inside[-1]
    if not POINTS_BACK.search(page.document.text, lead[0], lead[1]):
        return None
    since = bisect_left(page.statements, _section_start(page.document, lead[0]), key=_place_of)
    before = (page.statements[at] for at in range(first - 1, since - 1, -1))
    return next((each for each in before if each.stance in (Stance.PROPOSES, Stance.DEMANDS) and each.holder), None)


def _section_start(document: Document, place: int) -> int:
    at = bisect_right(document.sections, place, key=_START) - 1
    return document.sections[at].start if at >= 0 else 0


# ---- tables


def _in_tables(page: _Page) -> Iterator[Found]:
    for at, block in enumerate(page.document.blocks):
        if isinstance(block, Table):
            grid = read_grid(block, page.rules.headers)
            if grid.kind == "proposals" and grid.column("action") is not None:
                yield from (_row(grid, row, at) for row in grid.rows if row.cells[grid.column("action") or 0].strip())


def _row(grid: Grid, row: Row, block: int) -> Found:
    action = grid.column("action") or 0
    told = [
        i
        for i, role in enumerate(grid.roles)
        if i < len(row.cells) and role in ("other", "what") and i != action and row.cells[i].strip()
    ]
    cell = {
        role: row.cells[at]
        for role in ("actor", "addressee", "status", "when")
        if (at := grid.column(role)) is not None and at < len(row.cells)
    }
    return Found(
        action=tuple(row.spans[i] for i in (action, *told)),
        place=(row.start, row.end),
        block=block,
        origin="table",
        rule="header",
        by=_split(cell.get("actor", "")),
        to=_split(cell.get("addressee", "")),
        status=cell.get("status", ""),
        when=cell.get("when", ""),
    )


# ---- what all have in common


def _proposal(page: _Page, found: Found) -> Proposal:
    text = page.document.text
    sentence = text[found.place[0] : found.place[1]]
    action = GAP.join(text[start:end] for start, end in found.action)
    support, oppose = _reactions(page, found)
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
        by=found.by,
        to=found.to,
        conditions=found.conditions,
        status=_status(page, found, oppose),
        when=found.when or _when(page, found),
        origin=found.origin,
        support=support,
        oppose=oppose,
        rule=found.rule,
        refs=(ref,),
    )


def _status(page: _Page, found: Found, oppose: tuple[str, ...]) -> Status:
    """What the row, the sentence, or one of the next sentences says; opposition makes a proposal contested."""
    text = page.document.text
    own = found.status or text[found.place[0] : found.place[1]]
    told = next((status for pattern, status in page.rules.statuses if pattern.search(own)), None)
    if told or found.origin != "prose":
        return told or Status.PROPOSED
    for sentence in _following(page, found):
        words = text[sentence.start : sentence.end]
        told = next((status for pattern, status in page.rules.statuses if status in OF_OTHERS and pattern.search(words)), None)
        if told and OUTCOME.search(words):
            return told
    return Status.CONTESTED if oppose else Status.PROPOSED


def _following(page: _Page, found: Found) -> list[Sentence]:
    """The next sentences of the same section."""
    sections = page.document.sections
    behind = bisect_right(sections, found.place[0], key=_START)
    end = sections[behind].start if behind < len(sections) else len(page.document.text)
    first = bisect_left(page.sentences, found.place[1], key=_START)
    return [sentence for sentence in page.sentences[first : first + REACH] if sentence.start < end]


def _when(page: _Page, found: Found) -> str | None:
    """The calendar date in the proposal's own sentence."""
    first, end = (bisect_left(page.dates, place, key=_START) for place in found.place)
    return next((date.value for date in page.dates[first:end] if date.type == "DATE" and date.first), None)


def _reactions(page: _Page, found: Found) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who supports and who opposes it: statements about the same words, or about "this proposal" in the next sentences."""
    if found.origin != "prose":
        return (), ()
    end = max((sentence.end for sentence in _following(page, found)), default=found.place[1])
    first = bisect_right(page.reach, found.action[0][0])
    last = bisect_left(page.statements, max(end, found.action[0][1]), key=_place_of)
    about = [each for each in page.statements[first:last] if each.holder not in found.by and _is_about(each, found, end)]
    sides = ((Stance.SUPPORTS,), (Stance.OPPOSES, Stance.DENIES))
    support, oppose = (
        tuple(dict.fromkeys(each.holder for each in about if each.stance in side and each.holder)) for side in sides
    )
    return support, oppose


def _is_about(statement: Statement, found: Found, end: int) -> bool:
    ref = statement.refs[0]
    if ref.parts and any(start <= found.action[0][0] and found.action[0][1] <= stop for start, stop in ref.parts.content):
        return True
    return found.place[1] <= ref.start < end and bool(TALKED_ABOUT.search(statement.content))
