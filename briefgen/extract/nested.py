"""What others say inside what somebody says: "Interfax reported that **Putin said** X", "opposed a plan **led by X**".

The inner statement is the inner speaker's, and the outer one relays it. One level deep: who is told of by someone who is told
of is too far from the source.
"""

from __future__ import annotations

from collections.abc import Sequence

from briefgen.extract.asserting import asserted
from briefgen.extract.drafts import Draft, drafts_of
from briefgen.extract.holders import PRONOUNS, SELF, SPOKEN, Memory, holders_of
from briefgen.extract.nominals import read_adjective, read_noun
from briefgen.extract.patterns import Rules
from briefgen.extract.phrases import POSSESSIVE, Range
from briefgen.extract.reading import Attribution, Reading, reading
from briefgen.extract.verbs import read_verb
from briefgen.model.document import Sentence
from briefgen.model.findings import Stance

#: "We **have never, in all these years, supported**": an attitude stands at most so far behind its subject.
ATTITUDE_REACH = 6
#: With these, what is told of others is not what they said.
DISPUTING = frozenset((Stance.DENIES, Stance.OPPOSES, Stance.QUESTIONS))
#: "fears **among** villagers", "a demand **from** the union": the owner of a noun stands right behind one of these.
OWNERS_FOLLOW = frozenset(("among", "within", "from", "by"))


def nested(now: Reading, drafts: Sequence[Draft], sentence: Sentence, memory: Memory) -> list[Draft]:
    """The statements inside those of ``drafts``."""
    found: list[Draft] = []
    for outer in drafts:
        for start, end in outer.found.content:
            for at in range(start, end - 1):
                if now.t.lower[at] not in now.rules.cues or any(
                    draft.found.cue[0] <= at < draft.found.cue[1] for draft in found
                ):
                    continue
                inner = _owned_noun(now, at, start) or _said(now, at, (start, end), outer)
                names = _names(now, inner, outer, memory, sentence) if inner is not None else None
                if inner is not None and names:
                    found.extend(drafts_of(now.t, inner, names, sentence, outer))
    return found


def _names(now: Reading, inner: Attribution, outer: Draft, memory: Memory, sentence: Sentence) -> list[str] | None:
    names = holders_of(now.t, inner, memory, sentence.block)
    return names if names and names != [outer.holder] else None


def _said(now: Reading, at: int, inside: tuple[int, int], outer: Draft) -> Attribution | None:
    """The attribution of the verb at ``at`` whose speaker and content both stand inside the outer content."""
    t, rules = now.t, now.rules
    if t.lower[at] not in rules.verbs or outer.found.frame not in SPOKEN or t.quoted[at] or not _is_relayed(outer.found):
        return None
    found = read_verb(reading(t, rules), at)
    if found is None or found.source is None or found.frame not in SPOKEN:
        return None
    if found.source[0] == inside[0] - 1 and t.lower[found.source[0]] == "that":
        found.source = inside[0], found.source[1]  # "reported **that** Ada Mensah said"
    if found.source[0] < inside[0] or found.source[1] <= inside[0]:
        return None
    if not t.capital(found.source[1] - 1):
        return None
    if any(start < inside[0] or end > inside[1] for start, end in found.content):
        return None
    return asserted(now, found, inside[0])


def _is_relayed(found: Attribution) -> bool:
    """Whether who says it lets stand what others say in it: not in "**denied** that the board had said"."""
    return not found.negated and not found.refused and found.stance not in DISPUTING


def link_inner(drafts: Sequence[Draft]) -> None:
    """Tell the statements that were read inside a later one ("X wants Y, **according to Z**") who relays them."""
    for outer in drafts:
        for inner in drafts:
            inside = any(start <= inner.found.cue[0] and inner.found.cue[1] <= end for start, end in outer.found.content)
            if inside and inner.found is not outer.found and inner.holder != outer.holder and outer.parent is None:
                inner.parent = inner.parent or outer


def settle_attitudes(now: Reading, drafts: Sequence[Draft]) -> None:
    """Give the attitude that opens what somebody says of themselves to the whole: "said **it would not accept** the fee",
    "“**We support** the ban,” she said".
    """
    for draft in drafts:
        found = draft.found
        if (
            found.stance is Stance.STATES
            and found.frame in SPOKEN
            and found.content
            and not found.negated
            and not found.refused
        ):
            own = own_attitude(now, found.content[0], names=_namesakes(draft.holder, now.rules))
            if own is not None:
                found.stance, found.negated, found.refused = own.stance, own.negated, own.refused


def _namesakes(holder: str, rules: Rules) -> frozenset[str]:
    """What a speaker calls the state that they speak for: "denmark" for "Danish minister Lars Holm"."""
    words = (word.removesuffix("'s").removesuffix("’s") for word in holder.lower().split())
    return frozenset[str]().union(*(rules.namesakes.get(word, frozenset()) for word in words))


def own_attitude(
    now: Reading, content: Range, *, speaking: bool = False, names: frozenset[str] = frozenset()
) -> Attribution | None:
    """What the one whose content this is says in it of themselves, if it opens so.

    ``speaking`` says that "I" is theirs, and ``names`` are what they call themselves.
    """
    t, rules = now.t, now.rules
    start = content[0]
    while start < content[1] and not t.is_word(start):
        start += 1
    pronouns = SELF if speaking or t.quoted[start : start + 1] == [True] else PRONOUNS
    if start >= content[1] or not (t.lower[start] in pronouns or t.lower[start] in names):
        return None
    for at in range(start + 1, min(content[1] - 1, start + ATTITUDE_REACH)):
        fresh = reading(t, rules)
        fresh.wishes = True
        for read in (
            read_verb if t.lower[at] in rules.verbs else None,
            read_adjective if t.lower[at] in rules.adjectives else None,
        ):
            found = read(fresh, at) if read is not None else None
            named = (start, start + 1) if found is None or t.lower[start - 1] != "that" else (start - 1, start + 1)
            if found is not None and found.source in ((start, start + 1), named):
                return found if found.content[0][0] > at else None
    return None


def _owned_noun(now: Reading, at: int, start: int) -> Attribution | None:
    """The attribution of the noun at ``at`` if its owner is named: right behind it, or opening the content at ``start``."""
    t, rules = now.t, now.rules
    if t.lower[at] not in rules.nouns or t.quoted[at]:
        return None
    if t.lower[at + 1] in rules.grammar.agent_verbs or t.lower[at + 1] in OWNERS_FOLLOW:
        return read_noun(reading(t, rules), at)
    if not (t.lower[at - 1] in rules.bodies or any(word in POSSESSIVE for word in t.lower[start:at])):
        return None
    found = read_noun(reading(t, rules), at)
    if found is None or found.source is None or found.source[0] > start + 1:
        return None
    named = t.capital(max(found.source[0], found.source[1] - 2)) or t.capital(found.source[1] - 1)
    return found if named else None
