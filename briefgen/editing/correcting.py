"""A brief, an id in it and what a person wants changed in; out, the entries of ``corrections.toml`` that say so, as TOML text.

A position is made of statements, so what is wrong with it is corrected in each of these. An entry carries the id and the
sentence, and above it a comment of what stood there, so that whoever reads the file need not look anything up.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, NamedTuple

from briefgen.model.brief import Actor, Brief, BriefProposal, BriefSource, BriefStatement, Issue, Position
from briefgen.model.errors import UsageError
from briefgen.model.findings import Ref, Stance, Status
from briefgen.terminal import plain

Target = BriefStatement | Position | BriefProposal | Actor | Issue | BriefSource
#: What can be asked of each kind of line, in the order in which it is written.
OFFERED: Mapping[str, tuple[str, ...]] = {
    "statement": ("drop", "stance", "actor", "issue", "pin"),
    "position": ("drop", "stance", "actor", "issue", "pin", "note"),
    "proposal": ("drop", "status", "actor"),
    "actor": ("rename", "join", "split", "into"),
    "issue": ("rename", "join", "split", "into"),
    "source": ("mark",),
}
KINDS: Mapping[type, str] = {
    BriefStatement: "statement",
    Position: "position",
    BriefProposal: "proposal",
    Actor: "actor",
    Issue: "issue",
    BriefSource: "source",
}
#: What a person calls the values of ``mark`` and ``pin``.
OPTIONS = {"mark": "unreliable, embargo", "pin": "pin, ban"}
#: How a new file begins.
HEAD = "# Corrections that every build applies. Keep this file under version control."
#: So many letters of a sentence tell one document from all others.
TELLING = 40


class Entry(NamedTuple):
    """A table of ``corrections.toml``, what stood there, and its keys and values."""

    kind: str
    comment: str
    values: Mapping[str, Any]


def target_of(brief: Brief, wanted: str, shown: str) -> Target:
    """What ``wanted`` names in the brief: an id, or the path of a source; raises ``UsageError`` if nothing has it."""
    known: dict[str, Target] = {source.path: source for source in brief.sources}
    for group in (brief.statements, brief.positions, brief.proposals, brief.actors, brief.issues, brief.sources):
        known |= {each.id: each for each in group}
    if wanted in known:
        return known[wanted]
    hint = next(iter(get_close_matches(wanted, list(known), 1)), "")
    message = f"nothing in the brief has the id {plain(wanted)!r}: no statement, position, proposal, actor, issue or source"
    raise UsageError("unknown-id", message, file=shown, hint=hint)


def entries(brief: Brief, target: Target, asked: Mapping[str, Any], why: str) -> Iterator[Entry]:
    """The entries that say what is ``asked`` of ``target``; raises ``UsageError`` for what cannot be asked of it."""
    kind = KINDS[type(target)]
    asked = _checked(brief, kind, asked)
    if isinstance(target, BriefStatement):
        yield _of_statement(brief, target, asked, why)
    elif isinstance(target, Position):
        yield from _of_position(brief, target, asked, why)
    elif isinstance(target, BriefProposal):
        by = ", ".join(_name(brief, each) for each in target.by)
        yield Entry(kind, f"{by or 'Nobody named'} proposes{_place(brief, target.refs[0])}", _quoted(target, brief, asked, why))
    elif isinstance(target, Actor):
        yield Entry(kind, target.name, {"id": target.id, "name": target.name, **asked, "why": why})
    elif isinstance(target, Issue):
        yield Entry(kind, target.label, {"id": target.id, "label": target.label, **asked, "why": why})
    else:
        yield _of_source(brief, target, asked, why)


def _of_statement(brief: Brief, statement: BriefStatement, asked: Mapping[str, Any], why: str) -> Entry:
    who = _name(brief, statement.actor) if statement.actor else statement.speaker or "Nobody named"
    on = ", ".join(_label(brief, each) for each in statement.issues)
    comment = f"{who} {statement.stance} on {on}{_place(brief, statement.refs[0])}"
    return Entry("statement", comment, _quoted(statement, brief, asked, why))


def _of_position(brief: Brief, position: Position, asked: Mapping[str, Any], why: str) -> Iterator[Entry]:
    """Each statement of a position; of the one that is quoted, that it is a key point; of the position itself, a note."""
    statements = [each for each in brief.statements if each.id in position.statements]
    quoted = next(each for each in statements if each.content == position.quote)
    own = {name: value for name, value in asked.items() if name not in ("note", "pin")}
    for each in statements:
        change = {**own, "pin": asked["pin"]} if "pin" in asked and each is quoted else own
        if change:
            yield _of_statement(brief, each, change, why)
    if "note" in asked:
        comment = f"{_name(brief, position.actor)} {position.stance} on {_label(brief, position.issue)}"
        values = _quoted(quoted, brief, {"note": asked["note"]}, why)
        yield Entry("position", comment + _place(brief, quoted.refs[0]), {**values, "id": position.id})


def _of_source(brief: Brief, source: BriefSource, asked: Mapping[str, Any], why: str) -> Entry:
    """A source by its content, so that it is found when it was moved, renamed or edited.

    Its path is a key only of an embargo, or where no sentence tells it: next week's file may have the same name.
    """
    sentences = (_flat(each.refs[0].sentence) for each in brief.statements if each.refs[0].source == source.id)
    telling = next((each for each in sentences if len(each) >= TELLING), "")
    values = {"sha256": source.sha256[:12]} | ({"sentence": telling} if telling else {})
    if asked["mark"] == "embargoed" or not telling:
        values["path"] = source.path
    title = f"{source.title}, {source.path}" if source.title else source.path
    return Entry("source", title, {**values, **asked, "why": why})


def _quoted(claim: BriefStatement | BriefProposal, brief: Brief, asked: Mapping[str, Any], why: str) -> dict[str, Any]:
    ref = claim.refs[0]
    values: dict[str, Any] = {"id": claim.id, "sentence": _flat(ref.sentence)}
    if isinstance(claim, BriefStatement):
        values |= {"speaker": claim.speaker} if claim.speaker else {}
        values |= {"was": str(claim.stance)}
    source = _source(brief, ref)
    values |= {"source": source.path} | ({"dated": source.published} if source.published else {})
    return {**values, **asked, "why": why}


# ---- what is asked


def _checked(brief: Brief, kind: str, asked: Mapping[str, Any]) -> dict[str, Any]:
    """What is asked, in its order, with names in the place of ids; raises ``UsageError`` for what cannot be asked."""
    offered = OFFERED[kind]
    names = ", ".join(f"--{OPTIONS.get(name, name)}".replace(", ", ", --") for name in offered)
    if not asked:
        raise UsageError("no-correction", f"say what to correct; for this {kind} there is {names}")
    for name in asked:
        if name not in offered:
            option = OPTIONS.get(name, name).split(", ")[0]
            raise UsageError("no-such-correction", f"no {kind} has --{option}; there is {names}")
    found = {name: asked[name] for name in offered if name in asked}
    for name, values in (("stance", list(Stance)), ("status", list(Status))):
        if name in found and found[name] not in values:
            _refuse(f"--{name}", found[name], [str(value) for value in values])
    if "join" in found:
        found["join"] = [_joined(brief, kind, other) for other in found["join"]]
    return found


def _refuse(option: str, value: str, known: Sequence[str]) -> None:
    hint = next(iter(get_close_matches(value, known, 1)), "")
    raise UsageError("bad-value", f"{option}: {plain(value)!r} is not one of {', '.join(known)}", hint=hint)


def _joined(brief: Brief, kind: str, other: str) -> str:
    """The id of what is to be joined; raises ``UsageError`` if there is none of that id or name."""
    group = {each.id: each.name for each in brief.actors} if kind == "actor" else {each.id: each.label for each in brief.issues}
    ids = [each for each, name in group.items() if other == each or other.casefold() == name.casefold()]
    if len(ids) != 1:
        hint = next(iter(get_close_matches(other, [*group, *group.values()], 1)), "")
        many = "several have it: give its id" if ids else f"no {kind} of the brief is called so"
        raise UsageError("unknown-id", f"--join: {plain(other)!r}: {many}", hint=hint)
    return ids[0]


# ---- as text


def as_toml(found: Sequence[Entry], newline: str = "\n") -> str:
    """The entries as they are written, with an empty line before each."""
    lines: list[str] = []
    for entry in found:
        lines += ["", f"# {plain(_flat(entry.comment))}", f"[[{entry.kind}]]"]
        lines += [f"{name} = {_value(value)}" for name, value in entry.values.items()]
    return newline.join([*lines, ""])


def _value(value: object) -> str:
    """A value as TOML; its strings are those of JSON."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def appended(text: str, more: str) -> str:
    """A file's text with ``more`` behind it; what stands there stays as it is, down to its line ends."""
    if "\r\n" in text:
        more = more.replace("\n", "\r\n")
    if not text:
        return f"{HEAD}\n{more}"
    return text + ("" if text.endswith("\n") else "\r\n" if "\r\n" in text else "\n") + more


# ---- names


def _flat(text: str) -> str:
    return " ".join(text.split())


def _name(brief: Brief, actor: str | None) -> str:
    return next((each.name for each in brief.actors if each.id == actor), actor or "")


def _label(brief: Brief, issue: str) -> str:
    return next((each.label for each in brief.issues if each.id == issue), issue)


def _source(brief: Brief, ref: Ref) -> BriefSource:
    return next(each for each in brief.sources if each.id == ref.source)


def _place(brief: Brief, ref: Ref) -> str:
    source = _source(brief, ref)
    line = f":{source.text.count(chr(10), 0, ref.start) + 1}" if source.text else ""
    return f", in {source.path}{line}"
