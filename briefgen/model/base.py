"""What all types share: immutability, the way to JSON and back, spans, notes.

Modules of models do without ``from __future__ import annotations``: Pydantic would parse every annotation once more.
"""

from collections.abc import Callable
from functools import cache
from typing import Annotated, Any, NamedTuple, TypeVar, cast, dataclass_transform

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter
from pydantic.dataclasses import dataclass

#: A half-open range ``[start, end)`` of code points in a document's ``text``.
Span = tuple[int, int]
T = TypeVar("T")
#: An unknown field is an error, so that a typo cannot pass for data. What checks a value is built when the first one is made:
#: no run makes values of all our types.
STRICT = ConfigDict(extra="forbid", defer_build=True)


class Model(BaseModel):
    """What people write into files: settings, lexicons, themes, corrections. It is frozen, like all that is passed on here."""

    model_config = ConfigDict(**STRICT, frozen=True)


#: What writes and reads values of a kind; made once of each.
_adapter: Callable[[Any], TypeAdapter[Any]] = cache(TypeAdapter)


@dataclass_transform(frozen_default=True, kw_only_default=True)
def value(kind: type[T]) -> type[T]:
    """What is found and told: checked as a ``Model`` is, in a third of its memory and half of its time, since there are many.

    ``dataclasses.replace`` gives a copy with other fields, ``to_json`` and ``from_json`` write and read.
    """
    made: Any = dataclass(frozen=True, slots=True, kw_only=True, config=ConfigDict(**STRICT, populate_by_name=True))(kind)
    return cast("type[T]", made)


def to_json(made: object, **how: Any) -> str:
    """A value as JSON; ``how`` is what pydantic can be told: ``indent``, ``exclude``."""
    return _adapter(type(made)).dump_json(made, by_alias=True, **how).decode()


def from_json(kind: type[T], text: str | bytes) -> T:
    """The value that was written; raises ``pydantic.ValidationError`` for what is none."""
    made: T = _adapter(kind).validate_json(text)
    return made


def schema_of(kind: type) -> dict[str, Any]:
    """The JSON Schema of what ``to_json`` writes of values of a kind."""
    return _adapter(kind).json_schema(by_alias=True)


@value
class Note:
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
