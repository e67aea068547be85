"""The lexicon in, the patterns and word sets out by which proposals are found: compiled once a process.

Which words put something forward is data (``lexicons/en/proposals.toml``); here stands the grammar around them. Every pattern
is bounded, so that reading stays linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from briefgen.model.lexicon import HeaderRule, LeadInRule, Lexicon, StatusRule
from briefgen.sought import Sought

PREFIX = "proposal-"
#: Lists whose words name somebody who can act.
ACTING = ("actor-nouns", "plural-actors", "person-nouns", "actor-offices", "actor-groups", "actor-members", "actor-body-words")
#: Lists whose words name things, and those of this file.
OWN = ("kinds", "named", "papers", "packages", "actions", "commitments")
THINGS = ("not-actors", "actor-things", "statement-nouns", "actor-papers", *(PREFIX + name for name in OWN))
#: Lists whose words tell nothing of what a proposal is about.
IDLE = ("function-words", "proposal-kinds", "proposal-named", "proposal-idle")

INCLUDING = r"(?:include|encompass|involve|comprise|consist\s+of|contain)"
#: A name as it is written, and several: "Dr. Ida Berg and the Free Ports".
TITLED = r"\b(?:Mr|Mrs|Ms|Dr|Prof|Cr|Cllr|Sen|Rep|Gov|Rev)\."
NAME = rf"(?:the\s+)?(?:(?-i:{TITLED})\s+)?(?-i:[A-Z])[\w'’-]*(?:\s+(?:of\s+|for\s+)?(?:the\s+)?(?-i:[A-Z])[\w'’-]*){{0,5}}"
NAMES = rf"{NAME}(?:(?:,\s+and\s+|,\s+|\s+and\s+){NAME}){{0,12}}"
PRESENTED = r"(?:circulated|drafted|floated|introduced|presented|put|submitted|tabled|unveiled)"
MIGHT = r"(?:may|might|could|would)"


class ProposalRules(NamedTuple):
    """What the lexicon says of proposals, compiled."""

    lead_ins: tuple[tuple[Sought, LeadInRule], ...]
    statuses: tuple[tuple[Sought, StatusRule], ...]
    headers: tuple[HeaderRule, ...]
    #: "a plan led by A to do B" and its like, with the groups ``by`` and ``action``.
    kinds: tuple[Sought, ...]
    #: "the offer", "this idea", "A's plan" (``owner``): what came before.
    named: re.Pattern[str]
    #: "a draft to A outlining ..", with the group ``to``.
    sent: re.Pattern[str]
    #: What follows an infinitive and is no part of it: " was voted down on Thursday".
    fate: re.Pattern[str]
    #: "the need to", "a necessity of", with the group ``tie``.
    need: re.Pattern[str]
    #: "a review of", "steps to", "such a deal could include", "establishing .. may be vital".
    action: re.Pattern[str]
    commitment: re.Pattern[str]
    package: re.Pattern[str]
    founding: re.Pattern[str]
    #: "It was resolved that".
    settled: re.Pattern[str]
    #: The verb of "The union is demanding:".
    lead_verb: re.Pattern[str]
    no_cells: frozenset[str]
    offers: frozenset[str]
    settles: frozenset[str]
    deciders: frozenset[str]
    procedural: frozenset[str]
    no_cues: frozenset[str]
    asking: frozenset[str]
    suggesting: frozenset[str]
    idle: frozenset[str]
    acting: frozenset[str]
    things: frozenset[str]
    #: Past forms that look like no past: "took", "met".
    past: frozenset[str]


def proposal_rules(lexicon: Lexicon) -> ProposalRules:
    """Compile the rules of a lexicon; it costs some milliseconds."""

    def listed(name: str) -> frozenset[str]:
        return lexicon.listed(PREFIX + name)

    def any_of(name: str) -> str:
        words = sorted(listed(name), key=lambda word: (-len(word), word))
        return "(?:" + "|".join(map(re.escape, words)) + ")" if words else r"(?!)"

    def union(names: tuple[str, ...]) -> frozenset[str]:
        return frozenset(word.lower() for name in names for word in lexicon.listed(name))

    patterns = {name: re.compile(pattern, re.I) for name, pattern in _patterns(any_of).items()}
    return ProposalRules(
        lead_ins=tuple((Sought(rule.pattern), rule) for rule in lexicon.lead_in),
        statuses=tuple((Sought(rule.pattern), rule) for rule in lexicon.status),
        headers=lexicon.header,
        kinds=tuple(map(Sought, _kinds(any_of))),
        **patterns,
        no_cells=listed("no-cells"),
        offers=listed("offers"),
        settles=listed("settled"),
        deciders=listed("deciders"),
        procedural=listed("procedural"),
        no_cues=listed("no-cues"),
        asking=listed("asking"),
        suggesting=listed("suggesting"),
        idle=union(IDLE),
        acting=union(ACTING),
        things=union(THINGS),
        past=lexicon.listed("past-verbs") | {form for row in lexicon.listed("irregular-verbs") for form in row.split()[2:4]},
    )


def _kinds(any_of: Callable[[str], str]) -> tuple[str, ...]:
    """The most telling first: led by, a proposal of, a draft tabled by .. would, "an initiative to" of nobody."""
    kinds, made, alone, papers = (any_of(name) for name in ("kinds", "made-by", "kinds-alone", "papers"))
    by = rf"(?P<by>(?:{TITLED}|[^,;:.]){{2,80}}?)"
    action, day = r"(?P<action>[^;:.]{8,200})", r"(?:\s+(?:in|on|last|this)\s[^,]{2,30})?"
    paper = rf"(?:{kinds}|{papers})(?:\s+on\s+the\s+table|\s+forward)?(?:\s+to\s+[^,;.]{{2,40}}?)?"
    return (
        rf"\b{kinds}s?\s+{made}\s+by\s+{by}\s+(?:to|that\s+would)\s+{action}",
        rf"\bunder\s+(?:an?|the|this|its|his|her|their)\s+(?:[\w-]+\s+){{0,2}}?{kinds}\s+(?:{made}\s+)?by\s+{by},\s+{action}",
        rf"\b{kinds}s?\s+(?:by|from)\s+{by}\s+(?:to|that\s+would)\s+{action}",
        rf"\b(?:suggestion|idea|request|demand|{kinds})s?\s+(?:by|from)\s+{by}\s+that\s+{action}",
        rf"\b{kinds}\b[^,;:.]{{0,60}},\s+{made}\s+by\s+{by}{day},\s+(?:which\s+)?would\s+{action}",
        rf"\b{kinds}\s+to\s+(?P<action>[^,;:.]{{8,120}}),\s+{made}\s+by\s+{by}[,.;]",
        rf"(?P<by>{NAMES}),?\s+(?:has\s+|have\s+|had\s+)?{PRESENTED}\s+(?:an?|its|their|his|her)\s+(?:[\w-]+\s+){{0,3}}?{paper}"
        rf"\s+(?:that|which)\s+would\s+{action}",
        rf"\b(?:an?|another)\s+(?:[\w-]+\s+){{0,2}}(?:{alone}|bill|draft)(?P<by>)\s+(?:that|which)\s+would\s+{action}",
        rf"\b(?:an?|another)\s+(?:[\w-]+\s+){{0,2}}{alone}(?P<by>)\s+to\s+{action}",
    )


def _patterns(any_of: Callable[[str], str]) -> dict[str, str]:
    name = f"(?:{any_of('kinds')}|{any_of('named')})"
    plain = r"(?:(?!(?:of|in|on|for|to|with|from|by|at|and|or|that|as)\b)[^\W\d_][\w-]*\s+)"
    return {
        "named": r"(?:(?:the|this|that|these|those|such|its|his|her|their|our)|(?P<owner>[^\W\d_][\w .-]{1,40})['’]s?)"
        rf"\s+(?:[\w-]+\s+)?{name}s?\b",
        "sent": rf"\b{name}(?:\s+\w+)?\s+to\s+(?P<to>(?:the\s+)?[^\W\d_][^,;:.]{{1,80}}?)\s+"
        r"(?=(?:that|which|outlining|setting|calling|asking|proposing|listing|with|for|on|in)\b)",
        "fate": r"\s(?:(?:is|are|was|were|has|have|had|will|failed|remains?)\s(?:to\s)?(?:been?\s)?(?:still\s|\w+ly\s)?"
        rf"{any_of('fates')}|{any_of('runs')})\b",
        "need": r"(?:that\s+)?(?:(?:the|a|an|its|their|any)\s+(?:[\w-]+\s+){0,2}?)?"
        rf"{any_of('needs')}\s+(?P<tie>of|to|for)\s+",
        "action": rf"(?:(?:an?|the|its|their|all|any|more|further|new)\s+)?{plain}{{0,4}}?{any_of('actions')}\b"
        r"(?:\s+(?:of|on|in|to|for|into|between|with|from|by|at|against|over)\b|\s*$|[,.;])",
        "commitment": rf"(?:(?:an?|the)\s+)?{plain}{{0,2}}?{any_of('commitments')}\s+(?:that|to|on|not|against|for)\b",
        "package": rf"(?:(?:an?|any|such|these|those|this|the|its|their)\s+)?(?:[\w-]+\s+){{0,2}}?"
        rf"(?:{any_of('packages')}|{any_of('kinds')}(?:\s+\w+)?|{any_of('papers')})\s+(?:also\s+)?"
        rf"(?:(?:could|might|should|would)\s+(?:also\s+)?{INCLUDING}|(?:include|contain|comprise|propose|foresee|envisage)s|provides\s+for)\s+",
        "founding": rf"(?:an?\s[^;]{{5,200}}?\s{MIGHT}\s(?:also\s)?be\s"
        r"(?:the best|a good|one|a better)\s(?:way|means|step|option)\b"
        rf"|{any_of('founding')}\s[^;]{{5,250}}?\s(?:{MIGHT}|will|should|can|is|are)\s(?:also\s)?(?:be\s)?{any_of('worth')}\b)",
        "settled": r"(?:it\s+was\s+|(?=resolved,?\s+that))(?:unanimously\s+|also\s+|then\s+|further\s+)?"
        r"(?:resolved|agreed|decided|recommended),?\s+(?:that|to)\s+",
        "lead_verb": rf"(?:\s+(?:is|are|was|were|has|have|had|also|now|therefore|further|\w+ly))*\s+{any_of('lead-verbs')}\b",
    }
