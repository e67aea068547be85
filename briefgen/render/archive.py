"""The editions of a series in, what the templates of its pages see out: each edition, and how positions on each issue moved.

Only what stands in the editions is shown: no clock, and nothing that depends on which of them was built last. Positions of
one actor on one issue are the same row in every week; whether that actor turned is what its edition says of it.

An actor or issue that an edition calls by another id than the one before is one here, under its newest name. A table shows the
newest weeks only.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from briefgen.model.brief import OTHER_ISSUE, Brief
from briefgen.model.findings import AGAINST, FOR
from briefgen.model.series import Edition
from briefgen.model.settings import Series
from briefgen.render.context import Named, NoteView
from briefgen.render.movement import Picture, picture
from briefgen.render.turns import STANCES, Held, Turn, Week, turns
from briefgen.render.view import anchor

#: A table of an issue has at most so many weeks.
MOST_WEEKS = 12
DAY = re.compile(r"\d{4}-\d\d-\d\d")
#: What is counted of the changes of an edition.
KINDS = ("new", "reversed", "moved", "strengthened", "not_repeated")
#: The files of an edition that a link may lead to, the best first.
MEDIA_TYPES = {"html": "text/html", "md": "text/markdown", "json": "application/json"}


class EditionView(NamedTuple):
    """One week: its days, its files, what it counts, its leading sentences, and what is new in it.

    ``changes`` is None where there was nothing to compare with; ``fault`` says why an edition cannot be read.
    """

    week: str  #: the week: 2031-W20
    anchor: str  #: id of the edition on the page
    id: str  #: id for a feed, the same wherever the feed is put
    href: str  #: address of its brief
    media_type: str  #: what kind of file that is
    files: tuple[tuple[str, str], ...]  #: pairs of a form and its address, pages first
    title: str  #: title of the brief
    period: str | None  #: its first and last day, ISO, with a slash
    as_of: str | None  #: the day that it stands for, ISO
    updated: str  #: the same as a moment, for a feed
    facts: Mapping[str, int]  #: counts: sources, actors, issues, positions, proposals
    contested: tuple[str, ...]  #: labels of the issues that are contested
    points: tuple[str, ...]  #: the sentences of its bottom line
    changes: Mapping[str, int] | None  #: counts of what changed: new, reversed, moved, strengthened, not_repeated
    new: tuple[Held, ...]  #: positions that are new
    reversed: tuple[Turn, ...]  #: positions that were turned round
    fault: NoteView | None  #: why the brief of that week cannot be read


class Track(NamedTuple):
    """One actor on one issue: what it held in each week of the table."""

    actor: Named  #: who
    cells: tuple[tuple[Held, ...], ...]  #: a cell for each week of the table: the positions held then


class Tally(NamedTuple):
    """How many positions on an issue are for, open and against in one week, and whether somebody turned."""

    week: str  #: the week
    for_it: int  #: number of positions for it
    open: int  #: number of positions that are neither
    against: int  #: number of positions against it
    turned: bool  #: whether somebody turned


class Movement(NamedTuple):
    """An issue over the weeks: a picture of all of them from ``first`` to ``last``, and a table of the newest."""

    anchor: str  #: id of the issue on the page
    label: str  #: label of the issue
    contested: bool  #: whether it is contested in the newest week
    first: str  #: the first week
    last: str  #: the last week
    picture: Picture  #: bars of all weeks
    weeks: tuple[Tally, ...]  #: counts of the newest weeks
    rows: tuple[Track, ...]  #: an actor each
    earlier: int  #: number of weeks that the table leaves out


class ArchiveView(NamedTuple):
    """A series: its editions, newest first, and its issues, those that are spoken of now first."""

    title: str  #: name of the series
    id: str  #: id for a feed
    base: str  #: address of the folder on the web; empty if the settings give none
    updated: str  #: the newest moment of an edition
    generator: str  #: name of the program
    version: str  #: its version
    editions: tuple[EditionView, ...]  #: the weeks, newest first
    older: int  #: number of older weeks that are left out
    issues: tuple[Movement, ...]  #: how positions on each issue moved, those spoken of now first
    stances: tuple[str, ...]  #: the stances that occur, in their order


class SeriesVariables(NamedTuple):
    """What index.html.j2 and feed.xml.j2 can name in the place of brief."""

    archive: ArchiveView  #: the series


def archive(editions: Sequence[Edition], older: int, series: Series) -> ArchiveView:
    """The series as templates see it. ``editions`` come newest first; at least one of them can be read."""
    readable = [(edition, edition.brief) for edition in editions if edition.brief]
    newest = readable[0][1]
    shown = tuple(_edition(edition, series) for edition in editions)
    return ArchiveView(
        title=series.name,
        id=_urn(series.name),
        base=series.base_url or "",
        updated=max(each.updated for each in shown if not each.fault),
        generator=newest.generator.name,
        version=newest.generator.version,
        editions=shown,
        older=older,
        issues=_movements(_weeks(readable)),
        stances=tuple(
            each.value for each in STANCES if any(p.stance == each for _, brief in readable for p in brief.positions)
        ),
    )


def _weeks(readable: Sequence[tuple[Edition, Brief]]) -> list[Week]:
    """The editions, oldest first, with one id for what has had several."""
    now: dict[str, str] = {}
    weeks = []
    for edition, brief in readable:
        weeks.append(Week(edition.week, _page(edition), brief, now))
        if brief.changes:
            renamed = (*brief.changes.actors.renamed, *brief.changes.issues.renamed)
            now = now | {each.id: now.get(each.became, each.became) for each in renamed if each.became}
    return weeks[::-1]


def _edition(edition: Edition, series: Series) -> EditionView:
    if edition.brief is None:
        return _unreadable(edition)
    brief, week = edition.brief, Week(edition.week, _page(edition), edition.brief, {})
    changes = brief.changes
    return EditionView(
        week=edition.week,
        anchor=f"w-{edition.week.lower()}",
        id=_urn(f"{series.name}\n{edition.week}"),
        href=week.page,
        media_type=MEDIA_TYPES[week.page.partition(".")[2]],
        files=_files(edition),
        title=brief.title,
        period=f"{brief.period.start}/{brief.period.end}" if brief.period.start and brief.period.end else None,
        as_of=brief.as_of,
        updated=f"{_day(edition.week, brief)}T00:00:00Z",
        facts=_facts(brief),
        contested=tuple(issue.label for issue in brief.issues if issue.contested),
        points=tuple(point.text for point in brief.key_points),
        changes={kind: len(getattr(changes, kind)) for kind in KINDS} if changes else None,
        new=tuple(week.held(each) for each in brief.positions if changes and each.change == "new"),
        reversed=turns(brief, week),
        fault=None,
    )


def _day(week: str, brief: Brief) -> str:
    """The day that an edition stands for; where it does not say, the last of its ISO week."""
    day = brief.as_of or brief.period.end or ""
    return day if DAY.fullmatch(day) else date.fromisocalendar(int(week[:4]), int(week[6:]), 7).isoformat()


def _unreadable(edition: Edition) -> EditionView:
    fault = edition.fault
    assert fault is not None
    told = NoteView(fault.code, fault.message, (), fault.message.partition(": ")[2])
    anchor_, nothing = f"w-{edition.week.lower()}", ()
    files = _files(edition)
    return EditionView(
        edition.week, anchor_, "", "", "", files, edition.week, None, None, "", {}, (), nothing, None, (), (), told
    )


def _files(edition: Edition) -> tuple[tuple[str, str], ...]:
    """The files of an edition by what they are called, pages first: ``("html", "2026-W47/brief.html")``."""
    forms = {name.partition(".")[2]: f"{edition.week}/{name}" for name in edition.files}
    return tuple(
        (form, forms[form]) for form in sorted(forms, key=lambda form: (form not in MEDIA_TYPES, form == "json", form))
    )


def _page(edition: Edition) -> str:
    best = next((form for form in MEDIA_TYPES if f"brief.{form}" in edition.files), "json")
    return f"{edition.week}/brief.{best}"


def _facts(brief: Brief) -> dict[str, int]:
    return {
        "sources": len(brief.sources),
        "actors": len({position.actor for position in brief.positions}),
        "issues": sum(issue.id != OTHER_ISSUE for issue in brief.issues),
        "positions": len(brief.positions),
        "proposals": len(brief.proposals),
    }


def _movements(weeks: Sequence[Week]) -> tuple[Movement, ...]:
    """The issues that anybody has spoken of, those of the newest week first; ``weeks`` come oldest first."""
    last = {issue: at for at, week in enumerate(weeks) for issue in week.on if issue != OTHER_ISSUE}
    count = {issue: sum(len(week.on[issue]) for week in weeks) for issue in last}
    ranked = sorted(last, key=lambda issue: (-last[issue], issue not in weeks[last[issue]].contested, -count[issue], issue))
    return tuple(_movement(issue, weeks, weeks[last[issue]]) for issue in ranked)


def _movement(issue: str, weeks: Sequence[Week], newest: Week) -> Movement:
    tallies = [_tally(week, week.on[issue]) for week in weeks]
    shown = weeks[-MOST_WEEKS:]
    cells: dict[str, list[list[Held]]] = {}
    names: dict[str, Named] = {}
    for at, week in enumerate(shown):
        for held in week.on[issue]:
            names[held.actor.key] = held.actor
            cells.setdefault(held.actor.key, [[] for _ in shown])[at].append(held)
    rows = sorted(cells, key=lambda key: (-sum(map(bool, cells[key])), names[key].name, key))
    return Movement(
        anchor=anchor(issue),
        label=newest.newest_labels.get(issue, issue),
        contested=issue in newest.contested,
        first=weeks[0].name,
        last=weeks[-1].name,
        picture=picture([(each.for_it, each.open, each.against, each.turned) for each in tallies]),
        weeks=tuple(tallies[-MOST_WEEKS:]),
        rows=tuple(Track(names[key], tuple(map(tuple, cells[key]))) for key in rows),
        earlier=len(weeks) - len(shown),
    )


def _tally(week: Week, held: Sequence[Held]) -> Tally:
    for_it, against = (sum(each.stance in side for each in held) for side in (FOR, AGAINST))
    turned = any(each.change == "reversed" for each in held)
    return Tally(week.name, for_it, len(held) - for_it - against, against, turned)


def _urn(text: str) -> str:
    """An id for a feed that stays the same wherever the feed is put."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"briefgen:{text}").urn
