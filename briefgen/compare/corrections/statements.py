"""Digests and corrections of statements in, corrected digests out, before anybody is named or anything compared.

What is dropped is gone, a stance is what the editor says. Actors and issues are made later, so who is to be the actor and what
the issue is handed on by the claim's id. A proposal that was read from a statement follows it: it is dropped with it, has its
actor and issue, and is none where the statement is said to put nothing forward.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from briefgen.compare.corrections.finding import Candidate, Finder
from briefgen.compare.corrections.ledger import contradicted, of_change
from briefgen.compare.phrases import Grammar
from briefgen.compare.terms import digest_id
from briefgen.model.brief import Correction
from briefgen.model.corrections import Corrections, StatementCorrection
from briefgen.model.findings import Digest, Parts, Proposal, Stance, Statement

#: Who takes one of these stances may be putting something forward.
FORWARD = frozenset([Stance.PROPOSES, Stance.DEMANDS, Stance.OFFERS, Stance.SUPPORTS, Stance.CONDITIONAL])


class Change(NamedTuple):
    """What a statement is to have, and the line that says so."""

    value: Any
    line: int


#: The changes of each statement, by its id and what is changed.
Changes = Mapping[str, Mapping[str, Change]]


class Revised(NamedTuple):
    """The corrected digests. ``actors`` and ``issues`` are the names that claims (statements and proposals) are to have."""

    digests: Sequence[Digest]
    actors: Mapping[str, str]
    issues: Mapping[str, str]
    pinned: tuple[str, ...] = ()
    banned: frozenset[str] = frozenset()
    told: tuple[Correction, ...] = ()


def revise(digests: Sequence[Digest], corrections: Corrections, grammar: Grammar) -> Revised:
    """The digests with their statements corrected, and what is still to be done with them."""
    if not corrections.statements:
        return Revised(digests, {}, {})
    changes, told = _changes(corrections, finder_of(digests, grammar), _statements(digests))
    revised, follows = [], dict[str, str]()
    for digest in digests:
        after, followers = _corrected(digest, changes)
        revised.append(after)
        follows |= followers
    pins = {name: each["pin"] for name, each in changes.items() if "pin" in each}
    return Revised(
        digests=revised,
        actors=_handed_on(changes, follows, "actor"),
        issues=_handed_on(changes, follows, "issue"),
        pinned=tuple(sorted((name for name, pin in pins.items() if pin.value), key=lambda name: (pins[name].line, name))),
        banned=frozenset(name for name, pin in pins.items() if not pin.value),
        told=tuple(told),
    )


def finder_of(digests: Sequence[Digest], grammar: Grammar) -> Finder:
    """What finds the statements of ``digests``."""
    candidates = [
        Candidate(each.id, each.refs[0].sentence, each.content, each.holder, each.stance)
        for each in _statements(digests).values()
    ]
    return Finder(candidates, {digest.source.path: digest.meta.published for digest in digests}, grammar)


def _statements(digests: Iterable[Digest]) -> dict[str, Statement]:
    return {statement.id: statement for digest in digests for statement in digest.statements}


def _changes(corrections: Corrections, finder: Finder, statements: Mapping[str, Statement]) -> tuple[Changes, list[Correction]]:
    """What is to be changed, and the lines that tell it; of two that contradict each other the first is done."""
    changes: dict[str, dict[str, Change]] = defaultdict(dict)
    told = []
    for line, entry in corrections.statements:
        match = finder.find(entry)
        for name in entry.changes():
            said = of_change(corrections.file, line, entry, name, match, _was(entry, name, statements.get(entry.id)))
            for claim in match.ids:
                if before := _against(changes[claim], name, getattr(entry, name)):
                    said = contradicted(said, before)
                else:
                    changes[claim][name] = Change(getattr(entry, name), line)
            told.append(said)
    return changes, told


def _was(entry: StatementCorrection, name: str, statement: Statement | None) -> str:
    if name == "stance":
        return str(statement.stance if statement else entry.was or "")
    return (statement.holder if statement else entry.speaker or "") if name == "actor" else ""


def _against(known: Mapping[str, Change], name: str, value: object) -> int:
    """The line of a change that ``name = value`` contradicts, or 0."""
    for other, change in known.items():
        if (other == name and change.value != value) or (other != name and "drop" in (other, name)):
            return change.line
    return 0


def _handed_on(changes: Changes, follows: Mapping[str, str], name: str) -> dict[str, str]:
    """The name that each claim is to have, and each proposal that follows one."""
    own = {claim: each[name].value for claim, each in changes.items() if name in each}
    return own | {proposal: own[claim] for proposal, claim in follows.items() if claim in own}


# ---- one document


def _corrected(digest: Digest, changes: Changes) -> tuple[Digest, dict[str, str]]:
    """The digest after the changes, and the statement that each of its proposals follows."""
    mine = [each for each in digest.statements if each.id in changes]
    if not mine:
        return digest, {}
    follows = {proposal.id: statement.id for statement in mine for proposal in _read_from(statement, digest.proposals)}
    gone = {name for name, claim in follows.items() if not _puts_forward(changes[claim])}
    told = set(follows.values())
    made = {each.id: _proposal(each) for each in mine if _is_new(changes[each.id]) and each.id not in told}
    after = replace(
        digest,
        outline="",
        statements=tuple(_after(digest.statements, changes)),
        proposals=(*(each for each in digest.proposals if each.id not in gone), *made.values()),
    )
    return after, follows | {proposal.id: claim for claim, proposal in made.items()}


def _after(statements: Iterable[Statement], changes: Changes) -> Iterator[Statement]:
    for statement in statements:
        change = changes.get(statement.id, {})
        if "drop" in change:
            continue
        if "stance" in change:
            statement = replace(statement, stance=Stance(change["stance"].value))  # noqa: PLW2901
        if "drop" in changes.get(statement.parent or "", {}):
            statement = replace(statement, parent=None)  # noqa: PLW2901
        yield statement


def _read_from(statement: Statement, proposals: Iterable[Proposal]) -> Iterator[Proposal]:
    """The proposals that were read from a statement: in its sentence, of its holder, in its words."""
    ref = statement.refs[0]
    for proposal in proposals:
        other = proposal.refs[0]
        is_there = (other.start, other.end) == (ref.start, ref.end)
        is_holder_s = statement.holder in proposal.by or not (statement.holder or proposal.by)
        if is_there and is_holder_s and _meet(ref.parts, other.parts):
            yield proposal


def _meet(one: Parts | None, two: Parts | None) -> bool:
    spans, others = one.content if one else (), two.content if two else ()
    return any(start < last and first < end for start, end in spans for first, last in others)


def _puts_forward(change: Mapping[str, Change]) -> bool:
    return "drop" not in change and ("stance" not in change or change["stance"].value in FORWARD)


def _is_new(change: Mapping[str, Change]) -> bool:
    return "stance" in change and change["stance"].value is Stance.PROPOSES


def _proposal(statement: Statement) -> Proposal:
    """What somebody proposes by the editor's word."""
    ref = statement.refs[0]
    parts = Parts(content=ref.parts.content) if ref.parts else None
    return Proposal(
        id=digest_id("pr", ref.sentence, statement.content, statement.holder),
        action=statement.content,
        by=(statement.holder,) if statement.holder else (),
        to=statement.target,
        origin="prose",
        rule=statement.rule,
        refs=(replace(ref, parts=parts),),
    )
