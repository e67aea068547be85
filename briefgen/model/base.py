"""What all models share: immutability, spans, notes.

Modules of models do without ``from __future__ import annotations``: Pydantic would parse every annotation once more.
"""

from typing import Annotated, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

#: A half-open range ``[start, end)`` of code points in a document's ``text``.
Span = tuple[int, int]


class Model(BaseModel):
    """A frozen value; an unknown field is an error, so that a typo cannot pass for data.

    What checks a value is built when the first one is made: no run makes values of all our models.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Note(Model):
    """What a reader should know about a document. It takes the place of log lines and of exceptions for bad input."""

    code: str
    message: str
    start: int | None = None
    end: int | None = None


class Dropped(NamedTuple):
    """A span of the text that is not content, and why it was left out."""

    start: int
    end: int
    why: str


Text = Annotated[str, Field(min_length=1)]
