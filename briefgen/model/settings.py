"""What a user can set in ``briefgen.toml``; every field has a default, so an empty file is a valid one."""

import re
from datetime import date as calendar_date
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field

from briefgen.model.base import Model, Text


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


def checked_week(text: str) -> str:
    """An ISO week as it is; raises ``ValueError`` if there is no such week."""
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


def _is_a_web_folder(text: str) -> str:
    if not re.fullmatch(r"https?://[^\s<>\"'`\\?#]+", text):
        raise ValueError("it should be the address of a folder such as https://briefs.example/harbour/")
    return text if text.endswith("/") else text + "/"


def _are_addresses(text: str) -> str:
    from email.errors import MessageError
    from email.policy import default

    try:
        header = default.header_factory("to", text)
        known = header.addresses and not header.defects and all(each.username and each.domain for each in header.addresses)
    except (MessageError, ValueError, IndexError):
        known = False
    if not known or not text.isprintable():
        raise ValueError("it should be an address such as Harbour desk <desk@briefs.example>")
    return text


Day = Annotated[str, AfterValidator(_is_a_day)]
#: A date in the precision that is known.
Date = Annotated[str, AfterValidator(_is_a_date), BeforeValidator(_as_words)]
Week = Annotated[str, AfterValidator(checked_week)]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: tuple[str, ...] = get_args(Weekday)
PathName = Annotated[str, AfterValidator(_is_a_path)]
Count = Annotated[int, Field(ge=1)]
Address = Annotated[str, AfterValidator(_are_addresses)]
WebFolder = Annotated[str, AfterValidator(_is_a_web_folder)]
Form = Literal["md", "html", "json", "email", "csv"]
#: What the files of each form are called, in the order in which they are named.
FILES: dict[Form, tuple[str, ...]] = {
    "md": ("brief.md",),
    "html": ("brief.html",),
    "json": ("brief.json",),
    "email": ("brief.eml",),
    "csv": ("brief.statements.csv", "brief.positions.csv", "brief.proposals.csv", "brief.dna.csv"),
}
Section = Literal[
    "bottom_line",
    "changes",
    "matrix",
    "positions",
    "proposals",
    "agreement",
    "timeline",
    "tables",
    "sources",
    "method",
    "appendix",
]
#: The sections of a brief in the order in which it is shipped; each is a block of the templates.
SECTIONS: tuple[Section, ...] = get_args(Section)


def _are_different(names: tuple[str, ...]) -> tuple[str, ...]:
    twice = [name for n, name in enumerate(names) if name in names[:n]]
    if twice:
        raise ValueError(f"it should name each section once, and names {twice[0]!r} twice")
    return names


class Limits(Model):
    """Bounds that keep a build calm on odd input."""

    file_mb: Count = 50
    seconds: Count = 30
    memory_mb: Count = 2000
    key_points: Count = 5
    timeline: Count = 25
    positions: Count = 1000
    statements: Count = 50_000


class Cache(Model):
    """Where what documents say is kept from build to build, up to how many megabytes, and whether at all.

    Without a ``folder`` that is one of the user's own, for whoever builds without settings; with settings it lies beside them.
    """

    folder: PathName | None = None
    max_mb: Count = 1000
    keep: bool = True


class Series(Model):
    """A brief each week, with an archive and a feed of the newest ``keep`` editions; ``base_url`` is where they are read."""

    name: Text
    keep: Count = 52
    base_url: WebFolder | None = None


class Mail(Model):
    """The heads of a mail. ``subject`` may hold {title}, {week} and {as_of}; ``sender`` is called ``from`` in the settings."""

    model_config = ConfigDict(populate_by_name=True)

    sender: Annotated[Address, Field(alias="from")] = "briefgen <briefgen@localhost>"
    to: tuple[Address, ...] = ()
    subject: Text = "{title}"


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
    follow_links: bool = False
    out: PathName = "out"
    formats: Annotated[tuple[Form, ...], Field(min_length=1)] = ("md", "html", "json")
    templates: PathName | None = None
    theme: PathName = "newsroom"
    lexicons: tuple[PathName, ...] = ()
    previous: PathName | None = None
    corrections: PathName = "corrections.toml"
    include_text: bool = True
    front_matter: bool = False
    sections: Annotated[tuple[Section, ...], Field(min_length=1), AfterValidator(_are_different)] = SECTIONS
    jobs: Count = 1
    executor: Literal["processes", "dask"] = "processes"
    scheduler: str = ""
    limits: Limits = Limits()
    cache: Cache = Cache()
    series: Series | None = None
    mail: Mail = Mail()


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
