"""The stance of an attribution: what the cue carries, settled by what the content says, turned by negation.

"calls for X" demands by its cue; "emphasized the need for X" demands by its content. A rule of ``stance.toml`` may change
only the cue's stances that it names, so that a strong verb keeps its word. What stays unclear is ``states``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from briefgen.extract.holders import SPOKEN
from briefgen.extract.patterns import Rules
from briefgen.extract.reading import Attribution
from briefgen.extract.tokens import lowered
from briefgen.model.base import Span
from briefgen.model.findings import Stance
from briefgen.model.lexicon import StanceRule
from briefgen.sought import likely

#: "does not support" is opposition; "did not reject" is not support: it only tells what somebody did not do.
NEGATED: Mapping[Stance, Stance] = {Stance.SUPPORTS: Stance.OPPOSES, Stance.OFFERS: Stance.OPPOSES}
#: "refused to support", "declined to offer".
REFUSED: Mapping[Stance, Stance] = {
    Stance.SUPPORTS: Stance.OPPOSES,
    Stance.OFFERS: Stance.OPPOSES,
    Stance.PROPOSES: Stance.OPPOSES,
}
#: What somebody holds who opposes one that supports, demands or just says it.
TURNED: Mapping[Stance, Stance] = dict.fromkeys(
    (Stance.SUPPORTS, Stance.OFFERS, Stance.PROPOSES, Stance.DEMANDS, Stance.STATES, Stance.CONDITIONAL), Stance.OPPOSES
)
#: Frames whose content ends in a name for what it begins with: "called the merger a mistake".
NAMING = frozenset(("np-np",))
#: Frames whose content is a clause or a quotation, with a subject of its own.
CLAUSES = SPOKEN | {"copula", "label", "as"}
#: Frames of a clause without "that".
BARE = frozenset(("bare", "clause", "quote"))
ARTICLE = re.compile(r"(?<=\w) (an? |the )")
#: How much of a long content is looked at.
REACH = 400

NEGATION = re.compile(r"\b(?:not|never|no|hardly|neither|nor|cannot|if|whether)\b|n['’]t\b", re.IGNORECASE)
#: No hedge, unlike "may".
MONTH = "May"
#: What somebody could not do is no hedge.
REFUSING = re.compile(r"could not\b", re.IGNORECASE)
CLAUSE_BOUND = re.compile(r"[,;:—–.?!]|\b(?:and|but|because|while|although|so|which|who)\b", re.IGNORECASE)

RELATIVE = re.compile(r"\b(?:that|which|who)\b")
CONDITION = re.compile(
    r"\b((?:only |even )?"
    r"(?:if|unless|provided that|providing that|on condition that|on the condition that|as long as|so long as|until)"
    r"\s(?:[^,;.]|(?<=\d)[,.](?=\d)){4,160})"
    r"|^(?:that )?(without (?:an? |any |the |its |their )?[^,;.]{4,120})(?=,)",
    re.IGNORECASE,
)
#: A condition holds one of these; most contents do not, and finding that out so is quick.
CONDITIONAL = ("if", "unless", "provid", "condition", "long as", "until", "without")


def stance_of(found: Attribution, content: str, rules: Rules) -> Stance:
    """The stance of ``found``, whose content reads ``content``."""
    if found.frame in NAMING:
        content = ARTICLE.sub(r" as \1", content)  # "the merger a mistake" names as "the merger as a mistake" does
    settled = settled_by(found.stance, content, found.frame, rules) if not found.final else None
    stance = settled[0].stance if settled else found.stance
    if found.mutual and (found.refused or found.negated):
        return Stance.STATES
    if found.refused:
        return REFUSED.get(stance, Stance.STATES)
    if found.turned:
        return TURNED.get(stance, Stance.STATES) if found.negated else stance
    if found.negated:
        return NEGATED.get(stance, Stance.STATES)
    return stance


def settled_by(stance: Stance, content: str, frame: str, rules: Rules) -> tuple[StanceRule, str] | None:
    """The stance rule that changes what the cue carries, and the words that it finds in the content."""
    text = content[:REACH]
    for pattern, rule in likely(rules.settling[stance], text):
        match = pattern.search(text)
        if match is None or _is_of_others(text[: match.start()], rules) or not _counts(rule, match, text, frame, rules):
            continue
        if rule.negated or not _is_negated(text, match):
            return rule, match.group()
    return None


def _is_of_others(before: str, rules: Rules) -> bool:
    """Whether what follows is what others say: "**critics argue that** the fee should fall", not "he thinks that it should"."""
    g, words = rules.grammar, lowered(before).split()
    if not words or words[0].strip('“"') in g.subject_pronouns:
        return False
    nominal = g.determiners | g.possessives | g.prepositions | g.be
    bound = g.prepositions | g.auxiliaries | {"and", "or"}
    return any(
        verb in rules.verbs
        and any(not form.frames.isdisjoint(("that",) if following == "that" else BARE) for form in rules.verbs[verb])
        and last not in nominal
        and following not in bound
        for last, verb, following in zip(words, words[1:], words[2:], strict=False)
    )


def _counts(rule: StanceRule, match: re.Match[str], text: str, frame: str, rules: Rules) -> bool:
    """Whether the rule counts in such a content: what is read as a clause without "that" may yet be a phrase ("showed **an
    interest in the talks**").
    """
    if rule.clauses or frame not in CLAUSES:
        return True
    g, words = rules.grammar, RELATIVE.split(lowered(text), maxsplit=1)[0].split()
    tied = match.group().split()[-1].lower() in g.prepositions or g.prepositions.intersection(text[match.end() :].split()[:1])
    is_clause = any(word in g.auxiliaries or word in g.past_verbs or word.endswith("ed") for word in words)
    return frame == "bare" and bool(tied) and not is_clause


def _is_negated(text: str, match: re.Match[str]) -> bool:
    """Whether a negation stands in or before the match in its clause: "I do **not** think that it is fair"."""
    opening = max((bound.end() for bound in CLAUSE_BOUND.finditer(text, 0, match.start())), default=0)
    return NEGATION.search(text, opening, match.end()) is not None


def condition_of(content: str) -> str | None:
    """The condition that the content states, as written: "only if the strike ends"."""
    small = content.lower()
    match = CONDITION.search(content) if any(word in small for word in CONDITIONAL) else None
    return (match[1] or match[2]).strip() if match else None


def hedges_of(sentence: str, rules: Rules) -> tuple[str, ...]:
    """The hedges in a sentence as written, each once, in order."""
    return tuple(dict.fromkeys(sentence[start:end] for start, end in hedge_spans(sentence, rules)))


def hedge_spans(text: str, rules: Rules) -> list[Span]:
    """The places of the hedges in ``text``, in order."""
    found = (match.span() for match in rules.hedges.finditer(lowered(text)))
    return [span for span in found if text[slice(*span)] != MONTH and not REFUSING.match(text, span[0])]
