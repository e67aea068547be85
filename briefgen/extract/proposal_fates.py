"""Proposals and the sentences around them in, what became of each out: its status, who is for it and who against it.

Three things are read: the words around the action in its own sentence ("a plan that .., opposed by A"), sentences that tell
a fate (``[[status]]``: "was rejected", "no agreement was reached on .."), and statements for or against something. Which
proposal they concern is ``proposal_mentions``' work; what concerns none for certain is left alone: a wrong fate is worse.
The last fate told wins; opposition makes a proposal contested as long as nothing settles it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from briefgen.extract.proposal_mentions import Known, Mention, read_mention
from briefgen.extract.proposal_rules import NAME, NAMES, ProposalRules
from briefgen.extract.proposing import Found, Page, first_of, split_names
from briefgen.model.findings import Stance, Statement, Status
from briefgen.sought import likely

CLAUSE_START = re.compile(r"[,;:—–]\s|\b(?:and|but|though|although|that|while|whereas|because)\s", re.I)
CLAUSE_END = re.compile(r"[,;:.—–]|\s(?:after|at|in|during|before|when|because|from|by|until|and|but|on\s+\w+day)\s", re.I)
HEAD_END = re.compile(r"[,;:.]|\s(?:on|for|in|as|without|because|if|unless|which|that|who|until|from|by|with|to|at)\s", re.I)
PARENTHESIS = re.compile(r",[^,]{2,80},\s*$")
ABOUT = re.compile(r"\s*(?:on|over|about|regarding|of)\s+(?P<topic>.+)", re.I | re.S)
PASSIVE = re.compile(r"(?:is|are|was|were|has|have|had|being|under|remains?|will|entered|came|comes|enters|went)\b", re.I)
NEGATED = re.compile(r"\b(?:not|never|yet)\b|n['’]t\b", re.I)
GENERAL = re.compile(r"no\s|failed|unable|could not|without|talks\s", re.I)
DETERMINED = re.compile(r"\b(?:the|this|that|an?|its|their|his|her)\b.*$", re.I)
#: "its support **for** the plan", "the importance **of** rules"
ATTITUDE = re.compile(
    r"\W*(?:(?:the|its|his|her|their|an?|full|strong|broad|clear|deep)\s+){0,3}"
    r"(?:support|interest|opposition|objections?|backing|preference|reservations|concerns?|importance|approval|need)\s+"
    r"(?:for|in|to|of|about|with|over|at)\s+",
    re.I,
)
OTHER_CLAUSE = re.compile(r";|\b(?:while|whereas|after|when|though|although|but)\b", re.I)
SIDED = re.compile(
    r"\b(?P<verb>opposed|rejected|resisted|contested|supported|backed|endorsed|seconded|welcomed)\s+by\s+"
    rf"(?P<names>{NAMES})",
    re.I,
)
#: Clauses that statements may pass over: "A seconded the motion", "an idea that both sides have accepted".
SIDE_VERB = (
    r"(?:has\s+|have\s+|had\s+)?(?:\w+ly\s+|since\s+|at\s+once\s+)?"
    r"(?P<verb>seconded|accepted|welcomed|backed|supported|endorsed|opposed|rejected|objected\s+to|turned\s+down)"
)
SAID = re.compile(
    rf"(?:^|[;,]\s+(?:and\s+|but\s+)?|\b(?:while|although|but|and)\s+)(?P<names>{NAME}|the\s+[\w’'-]+(?:\s+[\w’'-]+)?)\s+"
    rf"{SIDE_VERB}\s+(?=(?:the|this|that|it|these|such)\b)",
    re.I,
)
RELATIVE = re.compile(rf"\b(?:that|which)\s+(?P<names>(?:the\s+)?[\w’'-]+(?:\s+[\w’'-]+){{0,3}}?)\s+{SIDE_VERB}\b", re.I)
AGAINST = frozenset(("opposed", "rejected", "resisted", "contested", "objected", "turned"))
#: Cues of a refusal: from who decides or was asked it ends a proposal.
REFUSED = frozenset(("rejected", "rejects", "refused", "vetoed", "voted", "turned", "dismissed", "declined"))
SETTLING = tuple(status for status in Status if status not in (Status.PROPOSED, Status.UNKNOWN))
LEADING = (Status.NOT_AGREED, Status.UNDER_DISCUSSION)
OPEN = (None, Status.PROPOSED, Status.UNDER_DISCUSSION)
FOR, OPPOSED = (Stance.SUPPORTS,), (Stance.OPPOSES, Stance.DENIES)
#: So near behind an action must stand what is said of it, and so near a relative clause.
CLOSE, BEHIND = 60, 120
#: So far around an action its sentence is read; none that a person wrote goes further.
AROUND = 400
#: So many words at most has a fate that minutes tell in short.
SHORT = 5
MOTION = re.compile(r"(?:the\s+)?motion\s+(?:was\s+|is\s+)?", re.I)
#: Verbs whose object is what they are told of.
ACTIVE = re.compile(
    r"\b(?:rejected|vetoed|turned down|voted down|opposed|objected to|challenged|contested|critici[sz]ed|resisted)\b", re.I
)
NOBODY = re.compile(r"\b(?:no|none|nobody|neither|few|hardly any)\s+$|(?:no|none|nobody|neither|few)\s", re.I)
REFUSING = re.compile(r"(?:rejected|vetoed|turned down|voted down)\b", re.I)


class Fate:
    """What becomes of a proposal, as it is found."""

    def __init__(self, found: Found) -> None:
        self.status = found.status
        self._by = found.by
        self._for, self._against = list(found.support), list(found.oppose)

    def tell(self, status: Status) -> None:
        """What is told later holds; that no other agreement was reached undoes none that was."""
        if not (self.status is Status.ACCEPTED and status is Status.NOT_AGREED):
            self.status = status

    def side(self, names: Sequence[str], against: bool) -> None:
        """Names are for it or against it."""
        (self._against if against else self._for).extend(names)

    @property
    def oppose(self) -> tuple[str, ...]:
        """Who is against it, besides those who put it forward."""
        return first_of(name for name in self._against if name not in self._by)

    @property
    def support(self) -> tuple[str, ...]:
        """Who is for it; who is said to be for and against it is against what it has become."""
        return first_of(name for name in self._for if name not in self._against)

    @property
    def final(self) -> Status:
        """The status, contested if somebody is against what nothing settles."""
        return Status.CONTESTED if self.oppose and self.status in OPEN else self.status or Status.PROPOSED


def find_fates(page: Page, found: Sequence[Found]) -> list[Fate]:
    """A fate for each proposal, in their order, which is that of their places."""
    fates = [Fate(each) for each in found]
    if found:
        known = Known(page, found)
        for each, fate in zip(found, fates, strict=True):
            _read_around(page, each, fate)
        _read_statuses(page, known, fates)
        _read_statements(page, known, fates)
        _read_clauses(page, known, fates)
    return fates


# ---- a proposal's own sentence


def _read_around(page: Page, found: Found, fate: Fate) -> None:
    """What the words around the action say: "a plan that .., opposed by A" and its like."""
    if found.origin == "table":
        return
    text = page.document.text
    start, end = found.action[0][0], found.action[-1][1]
    before, behind = text[max(found.place[0], start - AROUND) : start], text[end : min(found.place[1], end + AROUND)]
    for match in (*SIDED.finditer(before), *SIDED.finditer(behind), *RELATIVE.finditer(behind[:BEHIND])):
        fate.side(split_names(match["names"]), _is_against(match))
    told = (_told_by(page.rules, behind, SETTLING), _told_by(page.rules, before, LEADING))
    status = next((status for status in told if status), None)
    if status:
        fate.tell(status)


def _told_by(rules: ProposalRules, words: str, among: Sequence[Status]) -> Status | None:
    """The first status that the words tell before another clause with a subject of its own begins."""
    for pattern, rule in likely(rules.statuses, words):
        hit = pattern.search(words) if rule.status in among else None
        if hit and not NEGATED.search(hit.group()):
            lead = words[: hit.start()]
            return rule.status if among is LEADING or (len(lead) < CLOSE and not OTHER_CLAUSE.search(lead)) else None
    return None


def _is_against(match: re.Match[str]) -> bool:
    return match["verb"].split()[0].lower() in AGAINST


# ---- sentences that tell a fate


def _read_statuses(page: Page, known: Known, fates: Sequence[Fate]) -> None:
    for status, mention in _told(page):
        for at in known.meant(mention):
            found = known.found[at]
            if found.origin != "table" and not found.place[0] <= mention.place < found.place[1]:
                fates[at].tell(status)


def _told(page: Page) -> Iterator[tuple[Status, Mention]]:
    """What sentences say of the fate of something, and of what."""
    text, folded = page.document.text, page.document.text.casefold()
    statuses = [(pattern, rule) for pattern, rule in page.rules.statuses if pattern.may_match(folded)]
    for sentence in page.sentences:
        short = _in_short(text[sentence.start : sentence.end], page.rules)
        if short:
            yield short, Mention(sentence.start, points=True)
            continue
        for pattern, rule in likely(statuses, text[sentence.start : sentence.end]):
            hit = pattern.search(text, sentence.start, sentence.end)
            if (
                hit
                and not NEGATED.search(hit.group())
                and _settles(rule.status, text[sentence.start : hit.start()], hit, page.rules)
            ):
                yield rule.status, _subject(text[sentence.start : hit.start()], hit, text[hit.end() : sentence.end], page.rules)
                break


def _in_short(words: str, rules: ProposalRules) -> Status | None:
    """What minutes say in a word or two: "Carried.", "Motion passed.", "Approved unanimously."."""
    if len(words.split()) > SHORT:
        return None
    plain = MOTION.sub("", words.strip()).lower()
    return next((rule.status for _, rule in rules.statuses if plain.startswith(rule.cells)), None)


def _settles(status: Status, lead: str, hit: re.Match[str], rules: ProposalRules) -> bool:
    """Whether it is more than one side's refusal: "the council rejected the plan", but not "Norway rejected the plan"."""
    if status is not Status.REJECTED or not REFUSING.match(hit.group().strip()):
        return True
    return not rules.deciders.isdisjoint(_last_clause(lead).lower().split()[-2:])


def _subject(lead: str, hit: re.Match[str], tail: str, rules: ProposalRules) -> Mention:
    """What a fate is told of: the words before "was rejected", behind "agreement on" or behind "rejected"."""
    words, place = hit.group().strip(), hit.start()
    if GENERAL.match(words):
        about = ABOUT.match(tail)
        return read_mention(place, _clause(about["topic"]), rules) if about else Mention(place, general=True)
    if PASSIVE.match(words):
        return read_mention(place, _last_clause(PARENTHESIS.sub(" ", lead)), rules)
    if not ACTIVE.search(words) and not DETERMINED.search(words):
        return read_mention(place, _last_clause(PARENTHESIS.sub(" ", lead)) + words.split(maxsplit=1)[0], rules)
    determined = DETERMINED.search(words)
    return read_mention(place, (determined.group() if determined else "") + _clause(tail), rules)


def _last_clause(words: str) -> str:
    starts = [match.end() for match in CLAUSE_START.finditer(words)]
    return words[starts[-1] :] if starts and words[starts[-1] :].strip() else words


def _clause(words: str) -> str:
    end = CLAUSE_END.search(words)
    return words[: end.start()] if end else words


# ---- statements and clauses for or against


def _read_statements(page: Page, known: Known, fates: Sequence[Fate]) -> None:
    for statement in page.statements:
        if statement.holder and statement.stance in (*FOR, *OPPOSED) and not _is_nobody(page, statement):
            for at in _spoken_of(statement, known, page.rules):
                if statement.holder not in known.found[at].by:
                    fates[at].side((statement.holder,), statement.stance in OPPOSED)
                    if _ends(statement, known.found[at], page.rules):
                        fates[at].tell(Status.REJECTED)


def _is_nobody(page: Page, statement: Statement) -> bool:
    """Whether the holder is denied: "no other country spoke for it" puts no country on a side."""
    parts = statement.refs[0].parts
    start = parts.source[0][0] if parts and parts.source else 0
    return bool(
        NOBODY.search(page.document.text, max(0, start - len("neither ")), start) or NOBODY.match(statement.holder + " ")
    )


def _spoken_of(statement: Statement, known: Known, rules: ProposalRules) -> list[int]:
    """The proposals inside the content of a statement, else those that its content mentions."""
    ref = statement.refs[0]
    parts = ref.parts.content if ref.parts else ()
    if not parts:
        return []
    inside = known.inside((ref.start, ref.end), parts)
    attitude = ATTITUDE.match(statement.content)
    words = statement.content[attitude.end() :] if attitude else statement.content
    mention = read_mention(parts[0][0], _head(words), rules)
    return inside or known.meant(mention)


def _head(words: str) -> str:
    """The words up to the first preposition: "the single template" of "the single template for all parties"."""
    end = HEAD_END.search(words, min(4, len(words)))
    return words[: end.start()] if end else words


def _ends(statement: Statement, found: Found, rules: ProposalRules) -> bool:
    """Whether a refusal ends a proposal: that of the one addressed, or of a body that decides."""
    if REFUSED.isdisjoint(statement.cue.lower().split()):
        return False
    return statement.holder in found.to or not rules.deciders.isdisjoint(statement.holder.lower().split()[-1:])


def _read_clauses(page: Page, known: Known, fates: Sequence[Fate]) -> None:
    text = page.document.text
    for sentence in page.sentences:
        words = text[sentence.start : sentence.end]
        for match in SAID.finditer(words):
            mention = read_mention(sentence.start + match.end(), _clause(words[match.end() :]), page.rules)
            for at in known.meant(mention):
                fates[at].side(split_names(match["names"]), _is_against(match))
