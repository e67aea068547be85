"""Events of all documents in, the timeline of the brief out: one entry an event, with every place that tells it.

Two events are one when their dates agree and their words or actors do: the same days, or one inside the other's ("2014" and
"March 2014"); and the words that one of them is made of are the other's too. So the annexation of a peninsula in a sentence
and in a table row is one entry with two places.

Two dates for one event stay two entries, each naming the other as a conflict: which is right is not for us to choose. They must
say next to the same, in different sources; where one source has both, they are two events, as the meetings of a council are.

All entries are kept. Those that a brief shows are told by most independent sources, then those that have a date, are certain,
name an actor, and are the latest.

Entries are told in the words of the most precise and most reliable telling: day before month before year, prose before table.

Limits: words are compared by stem, so "invasion" and "invaded" do not meet; two sources that tell of different meetings in the
same words look like a conflict.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from briefgen.compare.sources import Independence
from briefgen.compare.terms import digest_id, lowered, stem
from briefgen.model.brief import TimelineEntry
from briefgen.model.findings import GAP, Digest, Event, Ref, When
from briefgen.model.settings import Settings

#: Words that name no event by themselves.
_EMPTY = frozenset(
    "the a an of in on at by to for from with and or its their his her this that which who was were is are be been has have "
    "had will not no after before during between into as it they he she".split()
)
_ORIGINS = ("prose", "list", "table")
#: The share of the shorter telling's words that the longer one must hold.
_SAME = 0.6
_ACTORS_HELP = 0.4
#: Entries of other dates are of one event if they share so much of their words both ways, and so many of them.
_CONFLICT, _ENOUGH = 0.8, 3
#: "A port" that was opened twice may be two ports.
_INDEFINITE = re.compile(r"\b(?:an?|another|some|several|new)\b", re.IGNORECASE)

#: The id of the actor that a surface name stands for in the document with the given id, or None.
Actors = Callable[[str, str], str | None]


class Telling:
    """One event of one document, with its words and actors ready to compare."""

    __slots__ = ("actors", "event", "head", "refs", "words")

    def __init__(self, event: Event, place: str, actors: Iterable[str]) -> None:
        self.event = event
        self.refs = tuple(replace(ref, source=place) for ref in event.refs)
        self.actors = tuple(actors)
        self.words = _stems(event.what) - _stems(event.when.text)
        self.head = _stems(event.what.partition(GAP)[0]) if event.origin == "table" else self.words

    @property
    def is_definite(self) -> bool:
        """Whether it tells, with a day, of something that there is one of."""
        return bool(self.event.when.start) and not _INDEFINITE.search(self.event.what)

    def agrees(self, other: Telling) -> bool:
        """Whether both tell of one event."""
        if not (_within(self.event, other.event) or _within(other.event, self.event)):
            return False
        shared = max(_share(self.head, other.words), _share(other.head, self.words))
        return shared >= (_ACTORS_HELP if set(self.actors) & set(other.actors) else _SAME)


def timeline(
    digests: Sequence[Digest], places: Mapping[str, str], counted: Independence, actors: Actors, settings: Settings
) -> tuple[TimelineEntry, ...]:
    """The events of all digests, merged and sorted by their first day, then EDTF, the undated ones last.

    ``places`` maps ``source.id`` to the brief's id of the source, ``counted`` tells which source a claim counts as. The first
    ``settings.limits.timeline`` by weight are shown.
    """
    groups = _grouped(sorted(_tellings(digests, places, actors), key=_rank))
    entries = sorted(map(_entry, groups), key=_place)
    by_weight = sorted(entries, key=lambda entry: (_weight(entry, counted), _place(entry)))
    shown = {entry.id for entry in by_weight[: settings.limits.timeline]}
    conflicts = _conflicts(groups)
    return tuple(
        replace(entry, shown=entry.id in shown, conflicts=tuple(sorted(conflicts.get(entry.id, ())))) for entry in entries
    )


def _weight(entry: TimelineEntry, counted: Independence) -> tuple[int, bool, bool, bool, int]:
    """What is shown first: most sources, dated, certain, with an actor, the latest."""
    sources = len(counted.confirming(entry.refs))
    latest = -int((entry.when.start or "0").replace("-", ""))
    return -sources, entry.status == "undated", entry.certainty == "hedged", not entry.actors, latest


def _conflicts(groups: Sequence[Sequence[Telling]]) -> dict[str, set[str]]:
    """The ids of entries that say next to the same with different days, in different sources."""
    found: dict[str, set[str]] = {}
    by_word: dict[str, list[int]] = {}
    for at, group in enumerate(groups):
        if len(group[0].words) < _ENOUGH or not group[0].is_definite:
            continue
        shared = Counter(other for word in group[0].words for other in by_word.get(word, ()))
        for other in sorted(other for other, count in shared.items() if count >= _ENOUGH):
            if _disagree(group, groups[other]):
                one, two = _entry(group).id, _entry(groups[other]).id
                found.setdefault(one, set()).add(two)
                found.setdefault(two, set()).add(one)
        for word in group[0].words:
            by_word.setdefault(word, []).append(at)
    return found


def _disagree(one: Sequence[Telling], two: Sequence[Telling]) -> bool:
    """Whether two entries of one event have no day in common."""
    first, second = one[0], two[0]
    mine, theirs = first.event.when, second.event.when
    apart = (mine.end or "") < (theirs.start or "") or (theirs.end or "") < (mine.start or "")
    alike = min(_share(first.words, second.words), _share(second.words, first.words)) >= _CONFLICT
    return apart and alike and not _sources(one) & _sources(two)


def _sources(group: Sequence[Telling]) -> set[str]:
    return {ref.source for telling in group for ref in telling.refs}


def _grouped(tellings: Iterable[Telling]) -> list[list[Telling]]:
    """Each telling joins the first group whose best telling it agrees with; only those with a word and a time in common are
    asked.
    """
    groups: list[list[Telling]] = []
    by_key: dict[tuple[str, str], list[int]] = {}
    for telling in tellings:
        held, asked = _times(telling.event.when)
        near = sorted({at for time in asked for word in telling.words for at in by_key.get((time, word), ())})
        joined = next((at for at in near if telling.agrees(groups[at][0])), None)
        if joined is not None:
            groups[joined].append(telling)
            continue
        for time in held:
            for word in telling.words:
                by_key.setdefault((time, word), []).append(len(groups))
        groups.append([telling])
    return groups


def _times(when: When) -> tuple[list[str], list[str]]:
    """The times under which a date is held, and those under which all dates are found that lie within it or around it.

    Two short ones have a month in common, a short and a long one a year; those without days their words.
    """
    if not (when.start and when.end):
        return [when.text], [when.text]
    years = [f"{year:04}" for year in range(int(when.start[:4]), int(when.end[:4]) + 1)]
    long = [f"long {year}" for year in years]
    if len(years) > 2:
        return [when.text, *long], [when.text, *long, *years]
    months = [f"{year}-{month:02}" for year in years for month in range(1, 13)]
    months = [month for month in months if when.start[:7] <= month <= when.end[:7]]
    return [when.text, *months, *years], [when.text, *months, *long]


def _tellings(digests: Sequence[Digest], places: Mapping[str, str], actors: Actors) -> Iterable[Telling]:
    for digest in digests:
        for event in digest.events:
            known = [actors(digest.source.id, name) for name in event.actors]
            yield Telling(event, places[digest.source.id], sorted({actor for actor in known if actor}))


def _rank(telling: Telling) -> tuple[int, int, str, str, str, int]:
    """The best telling first: the narrowest date, prose before table, the longest words, then by place."""
    event, ref = telling.event, telling.refs[0]
    return (_width(event), _ORIGINS.index(event.origin), event.when.start or "", event.when.edtf or "", ref.source, ref.start)


def _width(event: Event) -> int:
    """How vague the date is: days of its precision, as a rank."""
    order = ("day", "week", "month", "quarter", "season", "half", "year", "decade", None)
    return order.index(event.when.precision)


def _within(inner: Event, outer: Event) -> bool:
    """Whether the days of one lie inside the days of the other."""
    mine, theirs = inner.when, outer.when
    if not (mine.start and mine.end and theirs.start and theirs.end):
        return mine.text == theirs.text
    return theirs.start <= mine.start and mine.end <= theirs.end


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in lowered(text) if word not in _EMPTY and not word.isdigit())


def _share(part: frozenset[str], whole: frozenset[str]) -> float:
    return len(part & whole) / len(part) if part else 0.0


def _entry(group: Sequence[Telling]) -> TimelineEntry:
    """One entry from all tellings; its id is made of the date and words that are shown."""
    best = group[0].event
    refs = sorted((ref for telling in group for ref in telling.refs), key=lambda ref: (ref.source, ref.start, ref.end))
    return TimelineEntry(
        id=digest_id("ev", best.when.edtf or best.when.text, best.what),
        when=best.when,
        what=best.what,
        actors=tuple(sorted({actor for telling in group for actor in telling.actors})),
        status=best.status,
        origin=best.origin,
        certainty="stated" if any(telling.event.certainty == "stated" for telling in group) else "hedged",
        refs=_unique(refs),
    )


def _unique(refs: Iterable[Ref]) -> tuple[Ref, ...]:
    places = {(ref.source, ref.start, ref.end): ref for ref in refs}
    return tuple(places.values())


def _place(entry: TimelineEntry) -> tuple[str, str, str]:
    return (entry.when.start or "9999", entry.when.edtf or entry.when.text, entry.id)
