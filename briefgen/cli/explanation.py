"""A brief and the id of a claim in, lines for a person at a terminal out: what is claimed, where it stands, and why.

``Reasons`` finds the why again by the lexicon of today; what it cannot tell is said to be unknown. Lines are counted in a
source's text; for formats whose text is not the file itself (HTML), the line is said to be one of the extracted text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from briefgen.cli import corrected
from briefgen.cli.show import line_of, start_of
from briefgen.editing.reasons import Reasons, StanceReason, Who, Why
from briefgen.model.base import Span
from briefgen.model.brief import Brief, BriefProposal, BriefStatement, Position
from briefgen.model.errors import UsageError
from briefgen.model.findings import Ref, Stance
from briefgen.terminal import counted, paint, plain

#: Formats whose ``text`` is the decoded file, so that a line of the text is a line of the file.
LINES_OF_THE_FILE = ("text", "markdown")
LONGEST = 60
#: Who says what nobody is named for.
NOBODY = "Nobody named"
HOW = {"short": "short name"}
#: The entries that may have made a proposal, in the order in which they are looked for.
PROPOSAL_KINDS = ("lead_in", "words", "verb", "noun", "adjective", "support_verb")

AGAINST = re.compile(r"\b(?:opposed|opposing|objected|resisted|challenged)\b")


def explanation(brief: Brief, wanted: str, shown: str, reasons: Reasons) -> Iterator[str]:
    """Why the claim ``wanted`` is in the brief; raises ``UsageError`` if it is not there."""
    statements = {each.id: each for each in brief.statements}
    positions = {each.id: each for each in brief.positions}
    proposals = {each.id: each for each in brief.proposals}
    if wanted in statements:
        yield from _statement(brief, statements[wanted], reasons)
    elif wanted in positions:
        yield from _position(brief, positions[wanted], statements, reasons)
    elif wanted in proposals:
        yield from _proposal(brief, proposals[wanted], reasons)
    elif any(wanted == each.id and each.targets for each in brief.corrections):
        yield from _corrected_away(brief, wanted)
    else:
        from difflib import get_close_matches

        hint = next(iter(get_close_matches(wanted, [*statements, *positions, *proposals], 1)), "")
        raise UsageError("unknown-id", f"there is no statement, position or proposal {plain(wanted)!r}", file=shown, hint=hint)


def _corrected_away(brief: Brief, wanted: str) -> Iterator[str]:
    """What is not in the brief since a person dropped it, or has another id by now."""
    yield paint(plain(wanted), "bold")
    yield from (f"  sentence {plain(each)}" for each in dict.fromkeys(c.about for c in brief.corrections if c.id == wanted))
    yield from corrected.of(brief, wanted)
    for each in brief.corrections:
        if each.id == wanted and wanted not in each.targets:
            yield f"           now {', '.join(map(plain, each.targets))}"


def _position(brief: Brief, position: Position, statements: dict[str, BriefStatement], reasons: Reasons) -> Iterator[str]:
    strength = position.strength
    yield paint(f"Position {position.id}", "bold")
    yield f"  {_actor(brief, position.actor)} {position.stance} on {_issue(brief, position.issue)}"
    yield f"  stands on {counted(strength.statements, 'statement')} in {counted(strength.sources, 'source')}"
    yield from (f"  note     {plain(note)}" for note in position.notes)
    yield from corrected.of(brief, position.id)
    for id in position.statements:
        yield ""
        yield from _statement(brief, statements[id], reasons)


def _statement(brief: Brief, statement: BriefStatement, reasons: Reasons) -> Iterator[str]:
    yield paint(f"Statement {statement.id}", "bold")
    speaker = _actor(brief, statement.actor) if statement.actor else plain(statement.speaker) or NOBODY
    yield f"  {speaker} {statement.stance}: {plain(statement.content)}"
    for ref in statement.refs:
        yield from _place(brief, ref)
    text = next((source.text for source in brief.sources if source.id == statement.refs[0].source), "")
    yield from told(*_as_read(brief, statement, reasons), text)
    yield from corrected.of(brief, statement.id)
    if statement.parent:
        yield f"  inside   {statement.parent}"
    for name in statement.issues:
        yield f"  issue    {_issue(brief, name)}"


def _as_read(brief: Brief, statement: BriefStatement, reasons: Reasons) -> tuple[BriefStatement, Why]:
    """A statement as the rules read it, before a person gave it another stance or actor, and why."""
    done = {each.kind: each.was for each in brief.corrections if statement.id in each.targets}
    read = replace(statement, stance=Stance(done["stance"])) if done.get("stance") else statement
    why = reasons.why(brief, read)
    if "actor" in done:
        why = replace(why, who=replace(why.who, how="editor"))
    return read, why


def told(statement: BriefStatement, why: Why, text: str = "") -> Iterator[str]:
    """The reasons of a statement, a line each; ``text`` is its source's, to count lines in."""
    kind = "grammar" if why.kind == "grammar" else f"[[{why.kind}]]" if why.kind else "not in this lexicon"
    frame = f", frame {why.frame}" if why.frame else ""
    sure = f", confidence {statement.confidence}"
    yield f"  rule     {plain(why.rule)} ({kind}{frame}, cue {quoted(statement.cue)}{sure}){at_place(why.place)}"
    yield f"  stance   {statement.stance}: {_stance(statement, why.stance)}"
    if statement.hedges:
        yield f"  hedged   {', '.join(quoted(hedge) for hedge in statement.hedges)}"
    if statement.condition:
        yield f"  if       {plain(statement.condition)}"
    yield f"  who      {_who(why.who, text)}"
    if statement.relayed_by:
        yield f"  told by  “{plain(statement.relayed_by)}”"


def _opposes(statement: BriefStatement) -> bool:
    """Whether the one who holds it stands in the source as an opponent: "Norway, **opposed by** Japan, said"."""
    ref = statement.refs[0]
    spans = ref.parts.source if ref.parts is not None else ()
    return any(AGAINST.search(ref.sentence[start - ref.start : end - ref.start]) for start, end in spans)


def _stance(statement: BriefStatement, reason: StanceReason | None) -> str:
    if reason is None:
        return "by a rule that is not this lexicon’s"
    why = "the rule’s own"
    if reason.by:
        why = f"{quoted(reason.found)} in the content, by the stance rule {plain(reason.by)}{at_place(reason.place)}"
        why += f"; the rule’s own is {reason.own}"
    if reason.turned is statement.stance:
        return f"{why}; the negation in {quoted(statement.cue)} changes nothing"
    if reason.turned is not None:
        turner = "opposing whoever says it" if _opposes(statement) else f"the negation in {quoted(statement.cue)}"
        return f"{turner} turns {reason.turned}, {why}"
    return why


def _who(who: Who, text: str) -> str:
    """From the words of the source, step by step, to the actor."""
    steps = [quoted(who.surface)] if who.surface else []
    if who.holder and who.holder.lower() != _bare(who.surface):
        place = "" if who.before is None else f", last named on line {line_of(text, who.before)}"
        steps.append(f"{quoted(who.holder)}{place}")
    steps.append(_recognized(who))
    return " → ".join(steps)


def _bare(surface: str) -> str:
    """The words of a source as a name would be compared: no line breaks, no possessive."""
    return " ".join(surface.lower().split()).removesuffix("'s").removesuffix("’s")


def _recognized(who: Who) -> str:
    if who.how == "nobody":
        return "no actor: no entry, and no office, group or name that speaks" if who.holder else "nobody is named"
    named = f"{plain(who.name)} ({who.kind}, id {who.actor})"
    if who.how == "editor":
        return f"{named}, by the editor’s word"
    if who.how == "unnamed":
        return f"{named}, kept apart from everybody who is named"
    by = f"by its {HOW.get(who.how, who.how)} {quoted(who.word)}" if who.word else "by the text around the name"
    speaks = f"; speaks for {plain(who.parent)}{at_place(who.parent_place)}" if who.parent else ""
    if who.place:
        return f"{named} {by}{at_place(who.place)}{speaks}"
    return f"{named}, met in the text, no entry{speaks}"


def _proposal(brief: Brief, proposal: BriefProposal, reasons: Reasons) -> Iterator[str]:
    yield paint(f"Proposal {proposal.id}", "bold")
    yield f"  action   {plain(proposal.action)}"
    for ref in proposal.refs:
        yield from _place(brief, ref)
    yield f"  rule     {_proposal_rule(proposal, reasons)}"
    for name, actors in (("by", proposal.by), ("to", proposal.to), ("for", proposal.support), ("against", proposal.oppose)):
        if actors:
            yield f"  {name:<7}  {', '.join(_actor(brief, actor) for actor in actors)}"
    yield from corrected.of(brief, proposal.id)
    for condition in proposal.conditions:
        yield f"  if       {plain(condition)}"
    yield f"  status   {proposal.status}"
    for name in proposal.issues:
        yield f"  issue    {_issue(brief, name)}"


def _proposal_rule(proposal: BriefProposal, reasons: Reasons) -> str:
    if proposal.origin == "table":
        return "a row of a table whose header names actions ([[header]])"
    known = ((kind, reasons.catalogue.place(kind, proposal.rule)) for kind in PROPOSAL_KINDS)
    kind, place = next(((kind, place) for kind, place in known if place), ("", ""))
    where = "an item of a list whose lead-in fits" if proposal.origin == "list" else "prose"
    return f"{plain(proposal.rule)} ([[{kind}]], {where}){at_place(place)}" if kind else f"{plain(proposal.rule)} ({where})"


def _place(brief: Brief, ref: Ref) -> Iterator[str]:
    source = next(each for each in brief.sources if each.id == ref.source)
    line = f":{line_of(source.text, ref.start)}" if source.text else ""
    where = "" if source.format in LINES_OF_THE_FILE or not line else " (a line of the extracted text)"
    yield f"  place    {plain(source.path)}{line}{where}, {ref.block}"
    yield f"           {marked(ref)}"
    spans = [*ref.parts.source, *ref.parts.cue] if ref.parts else []
    if source.text and spans and max(spans)[1] <= ref.start:
        start, end = min(spans)[0], max(spans)[1]
        yield f"           under {quoted(source.text[start:end])} on line {line_of(source.text, start)}"


def marked(ref: Ref) -> str:
    """The sentence with its spans marked: ``[source: ...]``, ``[cue: ...]``, ``[content: ...]``."""
    parts = ref.parts
    if parts is None:
        return plain(ref.sentence)
    named: list[tuple[Span, str, str]] = [
        *((span, "source", "cyan") for span in parts.source),
        *((span, "cue", "yellow") for span in parts.cue),
        *((span, "content", "green") for span in parts.content),
    ]
    pieces, at = [], ref.start
    for (start, end), name, colour in sorted(named):
        if start < at or end > ref.end:
            continue
        inside = ref.sentence[start - ref.start : end - ref.start]
        pieces += [plain(ref.sentence[at - ref.start : start - ref.start]), paint(f"[{name}: {plain(inside)}]", colour)]
        at = end
    return "".join([*pieces, plain(ref.sentence[at - ref.start :])])


def _actor(brief: Brief, wanted: str | None) -> str:
    actor = next((each for each in brief.actors if each.id == wanted), None)
    if actor is None:
        return NOBODY
    parent = next((each for each in brief.actors if each.id == actor.parent), None)
    return plain(actor.name) + (f" (of {plain(parent.name)})" if parent else "")


def _issue(brief: Brief, wanted: str) -> str:
    return plain(next((each.label for each in brief.issues if each.id == wanted), wanted))


def quoted(text: str) -> str:
    """The beginning of a text in quotation marks."""
    return f"“{start_of(text, LONGEST)}”"


def at_place(place: str) -> str:
    """`` at words/house.toml:3``; nothing for what is no entry."""
    return f" at {plain(place)}" if place else ""
