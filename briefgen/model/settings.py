"""What a user can set in ``briefgen.toml``; every field has a default, so an empty file is a valid one."""

import re
from datetime import date as calendar_date
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, BeforeValidator, Field

from briefgen.model.base import Model


def _is_a_day(text: str) -> str:
    try:
        known = calendar_date.fromisoformat(text).isoformat() == text
    except ValueError:
        known = False
    if not known:
        raise ValueError("it should be a day such as 2026-11-16")
    return text


def _is_a_path(text: str) -> str:
    if "\0" in text:
        raise ValueError("it should be a path, and no path holds a NUL")
    return text


def _is_a_week(text: str) -> str:
    known = re.fullmatch(r"(\d{4})-W(\d\d)", text)
    try:
        calendar_date.fromisocalendar(int(known[1]), int(known[2]), 1) if known else None
    except ValueError:
        known = None
    if not known:
        raise ValueError("it should be a week such as 2026-W47")
    return text


def _as_words(value: object) -> object:
    """TOML has days of its own: ``date = 2026-11-16``."""
    return value.isoformat()[:10] if isinstance(value, calendar_date) else value


def _is_a_date(text: str) -> str:
    whole = text + "-01-01"[len(text) - 4 :] if re.fullmatch(r"\d{4}(?:-\d\d){0,2}", text) else text
    try:
        _is_a_day(whole)
    except ValueError:
        raise ValueError("it should be a date such as 2026-11-16, 2026-11 or 2026") from None
    return text


Day = Annotated[str, AfterValidator(_is_a_day)]
#: A date in the precision that is known.
Date = Annotated[str, AfterValidator(_is_a_date), BeforeValidator(_as_words)]
Week = Annotated[str, AfterValidator(_is_a_week)]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: tuple[str, ...] = get_args(Weekday)
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
    week: Week | None = None
    since: Day | None = None
    until: Day | None = None
    undated: Literal["include", "exclude"] = "include"
    week_start: Weekday = "monday"
    date: Date | None = None
    file_time: bool = False
    documents: tuple[PathName, ...] = ()
    out: PathName = "out"
    formats: Annotated[tuple[Form, ...], Field(min_length=1)] = ("md", "html", "json")
    templates: PathName | None = None
    lexicons: tuple[PathName, ...] = ()
    previous: PathName | None = None
    corrections: PathName = "corrections.toml"
    include_text: bool = True
    front_matter: bool = False
    jobs: Count = 1
    limits: Limits = Limits()


class Described(Model):
    """What a person says of a document, in ``sources.toml``; ``path`` is below the folder of that file."""

    path: PathName
    title: str | None = None
    publisher: str | None = None
    date: Date | None = None
    url: str | None = None
    note: str | None = None


class Descriptions(Model):
    """All of a ``sources.toml``."""

    source: tuple[Described, ...] = ()
