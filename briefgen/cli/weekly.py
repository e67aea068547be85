"""What a job that runs every week needs: which week it is, what is to be looked after, and a line that a program reads.

The clock is read here and nowhere else: "this" and "last" become a week such as 2026-W47 before anything is built.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from briefgen.terminal import counted, plain

if TYPE_CHECKING:
    from briefgen.model.brief import Brief, Skipped
    from briefgen.model.errors import BriefgenError
    from briefgen.model.settings import Settings
    from briefgen.series import Built

#: The words that name a week, and how many weeks ago it is.
AGO = {"this": 0, "last": 1}
#: Codes of notes which say that something of a document was lost or had to be mended.
DAMAGED = frozenset(
    {"broken-quotes", "cut", "damaged", "long-sentence", "mojibake", "no-text", "part-not-read", "repaired", "words-lost"}
)

#: What becomes of a correction that does not do its work any more.
UNHEEDED = frozenset({"unmatched", "contradicted"})


class Finding(NamedTuple):
    """Something that a person should look at: what it is, the file or week that it is about, and the reason."""

    code: str
    where: str
    reason: str


def named_week(week: str | None, week_start: str, today: date | None = None) -> str | None:
    """The week that ``this`` or ``last`` names on a day; any other is what it is."""
    if week not in AGO:
        return week
    from briefgen.period import week_of

    return week_of((today or date.today()) - timedelta(weeks=AGO[week]), week_start)


def findings(built: Built) -> tuple[Finding, ...]:
    """What ``--strict`` fails on, in the order of the documentation."""
    return tuple(_findings(built))


def _findings(built: Built) -> Iterator[Finding]:
    from briefgen.period import OUTSIDE, UNDATED

    brief = built.brief
    for each in brief.skipped:
        if each.code != OUTSIDE:
            yield Finding("undated" if each.code == UNDATED else "skipped", each.path, each.reason)
    for source in brief.sources:
        if brief.period.undated and not source.published:
            yield Finding("undated", source.path, "no date is known; it was kept")
        for note in source.notes:
            if note.code in DAMAGED:
                yield Finding("damaged", source.path, note.message)
    for correction in brief.corrections:
        if correction.status in UNHEEDED:
            yield Finding("correction", f"{correction.file}:{correction.line}", correction.what)
    for edition in built.unreadable:
        yield Finding("unreadable-edition", edition.week, edition.fault.message if edition.fault else "")
    if not brief.positions:
        yield Finding("no-position", str(built.folder), "no position was found in any document")


def summary(built: Built, settings: Settings, found: Sequence[Finding], *, strict: bool) -> str:
    """What was built, as one line of JSON."""
    from briefgen.model.settings import FILES

    brief = built.brief
    return _line(
        status="findings" if found else "ok",
        exit=1 if found and strict else 0,
        title=brief.title,
        week=brief.period.label,
        as_of=brief.as_of,
        files=[str(built.folder / name) for form in settings.formats for name in FILES[form]],
        counts=_counts(brief),
        changes=_changes(brief),
        skipped=_skipped(brief.skipped),
        findings=[each._asdict() for each in found],
    )


def failure(error: BriefgenError) -> str:
    """Why nothing was built, as one line of JSON."""
    skipped = _skipped(getattr(error, "skipped", ()))
    return _line(status="failed", exit=error.status, code=error.code, message=str(error), skipped=skipped)


def _line(**values: Any) -> str:
    return json.dumps(values, ensure_ascii=True)


def _counts(brief: Brief) -> dict[str, int]:
    names = ("sources", "actors", "issues", "statements", "positions", "proposals", "agreements", "disagreements")
    return {name: len(getattr(brief, name)) for name in names}


def _changes(brief: Brief) -> dict[str, Any] | None:
    if brief.changes is None:
        return None
    kinds = ("new", "strengthened", "reversed", "moved", "not_repeated", "unchanged")
    counts = {kind: len(getattr(brief.changes, kind)) for kind in kinds}
    return {"against": asdict(brief.changes.against), **counts}


def _skipped(skipped: Sequence[Skipped]) -> list[dict[str, str]]:
    return [asdict(each) for each in skipped]


def told(built: Built, settings: Settings) -> Iterator[str]:
    """Lines for a person about the series that an edition is part of."""
    if not (settings.series and settings.week):
        return
    yield f"Renewed {plain(settings.out)}/index.html and feed.xml."
    if built.elsewhere:
        yield (
            f"{counted(built.elsewhere, 'document')} belong to other weeks."
            if built.elsewhere > 1
            else ("1 document belongs to another week.")
        )
    for edition in built.unreadable:
        yield f"{edition.week} cannot be read: its brief.json {plain(edition.fault.message) if edition.fault else ''}"
    if built.outdated:
        yield f"Compared with an older state of {settings.week}: {', '.join(built.outdated)}. Build them again, oldest first."
