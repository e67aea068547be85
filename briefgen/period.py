"""Settings in, the days that a brief covers and the documents that belong to them out.

A document belongs by its own date. A date that is known to the month or year only belongs where all its days do; where only
some of them do it says too little and the document counts as undated. Nothing is left out silently.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from briefgen.model.brief import Period, Skipped
from briefgen.model.errors import UsageError
from briefgen.model.findings import Digest
from briefgen.model.settings import WEEKDAYS, Settings

OUTSIDE, UNDATED = "outside-period", "undated"


def period_of(settings: Settings) -> Period:
    """The days that the settings ask for; raises ``UsageError`` where they contradict each other."""
    if settings.week and (settings.since or settings.until):
        raise UsageError("two-periods", "a week is a whole period: choose either week, or since and until")
    if settings.since and settings.until and settings.since > settings.until:
        raise UsageError("empty-period", f"since {settings.since} lies behind until {settings.until}")
    if settings.week:
        first = week_start(settings.week, settings.week_start)
        last = first + timedelta(days=6)
        return Period(label=settings.week, start=first.isoformat(), end=last.isoformat(), undated=settings.undated)
    chosen = bool(settings.since or settings.until)
    return Period(start=settings.since, end=settings.until, undated=settings.undated if chosen else None)


def week_start(week: str, weekday: str) -> date:
    """The first day of an ISO week; a week that starts on another day is the one that shares most days with it."""
    year, number = int(week[:4]), int(week[6:])
    return date.fromisocalendar(year, number, 1) + timedelta(days=_shift(weekday))


def week_of(day: date, weekday: str) -> str:
    """The week that a day lies in, where weeks begin on a weekday."""
    year, number, _ = (day - timedelta(days=_shift(weekday))).isocalendar()
    return f"{year:04}-W{number:02}"


def _shift(weekday: str) -> int:
    """How many days behind the Monday of an ISO week a week begins that shares most days with it."""
    return (WEEKDAYS.index(weekday) + 3) % 7 - 3


def select(digests: Iterable[Digest], period: Period) -> tuple[list[Digest], list[Skipped]]:
    """The documents of a period, and the others with the reason why they were left out."""
    kept: list[Digest] = []
    left_out: list[Skipped] = []
    for digest in digests:
        reason = _why_left_out(digest.meta.published, period)
        if reason is not None:
            left_out.append(Skipped(path=digest.source.path, code=reason[0], reason=reason[1]))
        else:
            kept.append(digest)
    return kept, left_out


def has(period: Period, digest: Digest) -> bool:
    """Whether a document belongs to a period."""
    return _why_left_out(digest.meta.published, period) is None


def words_of(period: Period) -> str:
    """The period for a person: "2026-W47", "from 2026-11-02 to 2026-11-08", "until 2026-11-08"."""
    if period.label:
        return period.label
    if period.start and period.end:
        return f"{period.start} to {period.end}"
    return f"since {period.start}" if period.start else f"until {period.end}"


def _why_left_out(published: str | None, period: Period) -> tuple[str, str] | None:
    start, end = period.start or "", period.end or "9999-12-31"
    if period.undated is None:
        return None
    first, last = _days(published) if published else (start, end)
    if last < start or first > end:
        return OUTSIDE, f"dated {published}, outside the period ({words_of(period)})"
    is_sure = published and start <= first and last <= end
    if is_sure or period.undated == "include":
        return None
    why = f"dated {published}, which is too vague for the period" if published else "no date is known"
    return UNDATED, f'{why} (undated = "exclude")'


def _days(published: str) -> tuple[str, str]:
    """The first and the last day of a date in the precision that is known, for comparison."""
    return (published + "-01-01")[:10], published + "-12-31"[len(published) - 4 :]
