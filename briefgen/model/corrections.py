"""What a person corrects in a brief, as ``corrections.toml`` says it: which line is meant, what becomes of it, and why.

A statement, position or proposal is named by its id **and** a piece of its sentence, an actor or issue by its id and its name:
two keys that must agree, so that a slip of the pen corrects nothing, and so that one still finds what the other lost.
"""

from collections.abc import Iterator
from typing import Annotated, Literal, NamedTuple

from pydantic import Field, model_validator

from briefgen.model.base import Model, Text
from briefgen.model.findings import Stance, Status
from briefgen.model.settings import Date

Mark = Literal["unreliable", "embargoed"]


class Entry(Model):
    """What all corrections have: a person's reason."""

    why: Text

    def changes(self) -> Iterator[str]:
        """The names of the fields that say what becomes of it."""
        fields = type(self).model_fields
        return (name for name in CHANGES if name in fields and getattr(self, name) != fields[name].default)

    @model_validator(mode="after")
    def _says_what_to_change(self) -> "Entry":
        if not any(self.changes()):
            known = [name for name in CHANGES if name in type(self).model_fields]
            raise ValueError(f"it should say what to correct: {', '.join(known)}")
        return self

    @model_validator(mode="after")
    def _drops_or_changes(self) -> "Entry":
        changes = list(self.changes())
        if "drop" in changes and len(changes) > 1:
            raise ValueError("what is dropped cannot be changed as well")
        return self


class Quoted(Entry):
    """A correction of what a sentence says.

    ``speaker`` (as the source calls whoever says it) tells two claims of one sentence apart; ``was`` is the stance that it was
    read with, ``source`` the file that it stood in and ``dated`` that document's date: next week's file may have the same name.
    """

    id: Text
    sentence: Text
    speaker: str | None = None
    was: Stance | None = None
    source: str | None = None
    dated: Date | None = None


class StatementCorrection(Quoted):
    """``pin`` puts the sentence among the key points, ``pin = false`` keeps it out of them."""

    drop: bool = False
    stance: Stance | None = None
    actor: Text | None = None
    issue: Text | None = None
    pin: bool | None = None


class PositionCorrection(Quoted):
    """``note`` is printed with the position."""

    note: Text


class ProposalCorrection(Quoted):
    """``actor`` is who puts it forward."""

    drop: bool = False
    status: Status | None = None
    actor: Text | None = None


class Named(Entry):
    """A correction of an actor or issue, and of all that is theirs.

    ``join`` takes others in, by id or name. ``split`` puts some of it under another name, ``into``: of an actor what these
    surface names say, of an issue what has these words.
    """

    id: Text
    rename: Text | None = None
    join: tuple[Text, ...] = ()
    split: tuple[Text, ...] = ()
    into: Text | None = None

    @model_validator(mode="after")
    def _splits_into_something(self) -> "Named":
        if bool(self.split) is not bool(self.into):
            raise ValueError("split and into belong together: which part, and what it is called")
        return self


class ActorCorrection(Named):
    """``name`` is what the actor is called in the brief."""

    name: Text


class IssueCorrection(Named):
    """``label`` is what the issue is called in the brief."""

    label: Text


class SourceCorrection(Entry):
    """A document: by the first digits of its content's ``sha256``, by ``path``, or by a ``sentence`` of it; each is enough.

    ``path`` may be a folder, for all documents below it, and ``publisher`` stands for all of a publisher's.
    """

    mark: Mark
    sha256: Annotated[str, Field(min_length=8, pattern=r"^[0-9a-f]+$")] | None = None
    path: Text | None = None
    publisher: Text | None = None
    sentence: Annotated[str, Field(min_length=20)] | None = None

    @model_validator(mode="after")
    def _names_a_document(self) -> "SourceCorrection":
        if not (self.sha256 or self.path or self.publisher or self.sentence):
            raise ValueError("it should say which documents: path, sha256, sentence or publisher")
        return self


#: The fields that say what becomes of something, in the order in which they are told.
CHANGES = ("drop", "stance", "actor", "status", "issue", "pin", "note", "rename", "join", "split", "mark")


class CorrectionsFile(Model):
    """All of a ``corrections.toml``."""

    statement: tuple[StatementCorrection, ...] = ()
    position: tuple[PositionCorrection, ...] = ()
    proposal: tuple[ProposalCorrection, ...] = ()
    actor: tuple[ActorCorrection, ...] = ()
    issue: tuple[IssueCorrection, ...] = ()
    source: tuple[SourceCorrection, ...] = ()


class Corrections(NamedTuple):
    """The corrections of one file, each with the line on which it begins."""

    file: str = "corrections.toml"
    statements: tuple[tuple[int, StatementCorrection], ...] = ()
    positions: tuple[tuple[int, PositionCorrection], ...] = ()
    proposals: tuple[tuple[int, ProposalCorrection], ...] = ()
    actors: tuple[tuple[int, ActorCorrection], ...] = ()
    issues: tuple[tuple[int, IssueCorrection], ...] = ()
    sources: tuple[tuple[int, SourceCorrection], ...] = ()
