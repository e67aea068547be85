"""Events of all documents in, the timeline of the brief out: one entry an event, with every place that tells it.

Two events are one when their dates agree and their words or actors do: the same days, or one inside the other's ("2014" and
"March 2014"); and the words that one of them is made of are the other's too. So the annexation of a peninsula in a sentence
and in a table row is one entry with two places, while two dates for one event stay two entries, and the reader sees it.

Entries are told in the words of the most precise and most reliable telling: day before month before year, prose before table.

Limits: words are compared by stem, so "invasion" and "invaded" do not meet; only tellings of dates that contain one another
are compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from briefgen.compare.terms import digest_id, stem, words_of
from briefgen.model.brief import TimelineEntry
from briefgen.model.findings import GAP, Digest, Event, Ref
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

#: The id of the actor that a surface name stands for in the document with the given id, or None.
Actors = Callable[[str, str], str | None]


class Telling:
    """One event of one document, with its words and actors ready to compare."""

    __slots__ = ("actors", "event", "head", "refs", "words")

    def __init__(self, event: Event, place: str, actors: Iterable[str]) -> None:
        self.event = event
        self.refs = tuple(ref.model_copy(update={"source": place}) for ref in event.refs)
        self.actors = tuple(actors)
        self.words = _stems(event.what)
        self.head = _stems(event.what.partition(GAP)[0]) if event.origin == "table" else self.words

    def agrees(self, other: Telling) -> bool:
        """Whether both tell of one event."""
        if not (_within(self.event, other.event) or _within(other.event, self.event)):
            return False
        shared = max(_share(self.head, other.words), _share(other.head, self.words))
        return shared >= (_ACTORS_HELP if set(self.actors) & set(other.actors) else _SAME)


def timeline(
    digests: Sequence[Digest], places: Mapping[str, str], actors: Actors, settings: Settings
) -> tuple[TimelineEntry, ...]:
    """The dated events of all digests, merged and sorted by their first day, then EDTF.

    ``places`` maps ``source.id`` to the brief's id of the source. With more events than ``settings.limits.timeline``, those
    told most often are kept.
    """
    groups = _grouped(sorted(_tellings(digests, places, actors), key=_rank))
    entries = sorted(
        (_entry(group) for group in groups), key=lambda entry: (-len({ref.source for ref in entry.refs}), _place(entry))
    )
    return tuple(sorted(entries[: settings.limits.timeline], key=_place))


def _grouped(tellings: Iterable[Telling]) -> list[list[Telling]]:
    """Each telling joins the first group whose best telling it agrees with; only groups that share a word are asked."""
    groups: list[list[Telling]] = []
    by_word: dict[str, list[int]] = {}
    for telling in tellings:
        near = sorted({at for word in telling.words for at in by_word.get(word, ())})
        joined = next((at for at in near if telling.agrees(groups[at][0])), None)
        if joined is not None:
            groups[joined].append(telling)
            continue
        for word in telling.words:
            by_word.setdefault(word, []).append(len(groups))
        groups.append([telling])
    return groups


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
    return frozenset(stem(word.lower) for word in words_of(text) if word.lower not in _EMPTY and not word.lower.isdigit())


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
