"""An entry and what became of it in, the lines that tell it out: one for each thing that the entry changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from briefgen.compare.corrections.finding import Match
from briefgen.model.brief import Correction
from briefgen.model.corrections import ActorCorrection, Entry, IssueCorrection, Quoted

Status = Literal["applied", "reworded", "unmatched", "absent", "contradicted"]
#: What an entry changes, in words; ``{was}`` is left out where it is not known.
WORDS = {
    "drop": "dropped",
    "stance": "stance set to {value}{was}",
    "actor": "given to {value}{was}",
    "status": "status set to {value}{was}",
    "issue": "put under {value}{was}",
    "pin": "made a key point",
    "ban": "kept out of the key points",
    "note": "a note added",
    "rename": "renamed to {value}{was}",
    "join": "joined with {value}",
    "split": "{value} made of a part of it",
    "unreliable": "marked as unreliable",
    "embargoed": "withheld",
}


def of_change(
    file: str, line: int, entry: Entry, change: str, match: Match, was: str = "", *, value: str | None = None
) -> Correction:
    """The line of one change; ``value`` is what the entry gives, unless only one of several is meant."""
    value = _value(entry, change) if value is None else value
    kind = "ban" if change == "pin" and value == "False" else value if change == "mark" else change
    return Correction(
        id=getattr(entry, "id", ""),
        file=file,
        line=line,
        what=in_words(kind, value, was),
        kind=kind,
        value="" if change in ("drop", "pin", "mark") else value,
        was=was,
        why=entry.why,
        about=_about(entry),
        status=match.status,
        targets=match.ids,
        nearest=" ".join(match.nearest.sentence.split()) if match.nearest else "",
        nearest_id=match.nearest.id if match.nearest else "",
    )


def contradicted(correction: Correction, line: int) -> Correction:
    """The line of a change that another entry, on ``line``, came before."""
    what = f"{correction.what}: not done, since line {line} says otherwise"
    return replace(correction, status="contradicted", targets=(), what=what)


def in_words(kind: str, value: str = "", was: str = "") -> str:
    """A change in words: "stance set to opposes (was states)"."""
    return WORDS[kind].format(value=value, was=f" (was {was})" if was else "")


def _value(entry: Entry, change: str) -> str:
    if change == "split":
        return str(getattr(entry, "into", ""))
    value = getattr(entry, change)
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _about(entry: Entry) -> str:
    if isinstance(entry, Quoted):
        return " ".join(entry.sentence.split())
    if isinstance(entry, ActorCorrection):
        return entry.name
    return entry.label if isinstance(entry, IssueCorrection) else ""


def in_order(corrections: Sequence[Correction]) -> tuple[Correction, ...]:
    """All of them as they stand in the file."""
    return tuple(sorted(corrections, key=lambda each: each.line))
