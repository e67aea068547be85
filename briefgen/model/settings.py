"""What a user can set in ``briefgen.toml``; every field has a default, so an empty file is a valid one."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from briefgen.model.base import Model


def _is_a_day(text: str) -> str:
    try:
        known = date.fromisoformat(text).isoformat() == text
    except ValueError:
        known = False
    if not known:
        raise ValueError("it should be a day such as 2026-11-16")
    return text


def _is_a_path(text: str) -> str:
    if "\0" in text:
        raise ValueError("it should be a path, and no path holds a NUL")
    return text


Day = Annotated[str, AfterValidator(_is_a_day)]
PathName = Annotated[str, AfterValidator(_is_a_path)]
Count = Annotated[int, Field(ge=1)]
Form = Literal["md", "html", "json"]


class Limits(Model):
    """Bounds that keep a build calm on odd input."""

    file_mb: Count = 50
    key_points: Count = 5
    timeline: Count = 25


class Settings(Model):
    """The settings of one build. Paths are relative to the folder of the file that they stand in."""

    title: str = "Comparative brief"
    as_of: Day | None = None
    documents: tuple[PathName, ...] = ()
    out: PathName = "out"
    formats: Annotated[tuple[Form, ...], Field(min_length=1)] = ("md", "html", "json")
    templates: PathName | None = None
    lexicons: tuple[PathName, ...] = ()
    previous: PathName | None = None
    include_text: bool = True
    jobs: Count = 1
    limits: Limits = Limits()
