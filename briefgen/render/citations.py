"""Cited sentences: a brief in, a numbered sentence for every reference and the paragraph round each sentence out.

A sentence that several lines rest on is one sentence with one anchor, so the same place never shows twice. Labels are
made for people ("S2:14b": source 2, line 14, second cited sentence of that line), and anchors are made of labels.

Known limits: a brief holds no blocks, so a paragraph is the line of the sentence, or the lines up to the next blank one
where the source wraps its lines. Where the settings left the text out, the sentence stands alone.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from briefgen.model.brief import Brief, BriefSource
from briefgen.model.document import BlockKind
from briefgen.model.findings import Ref
from briefgen.render.context import Cite, Line, Passage, Run

#: A sentence's place: number of the source, first and last offset.
Place = tuple[int, int, int]

#: Above so many characters of sources a paragraph is cut to the neighbourhood of its cited sentences.
WHOLE_TEXTS = 250_000
LONG_PARAGRAPH = 4_000
NEIGHBOURHOOD = 240
WRAPPED_LINES = 60
#: Behind the label of a sentence whose source a person marked as unreliable.
DOUBT = "†"
#: Lines that are made of positions: whoever follows a position's link finds them on the same issue.
RESTING = frozenset(("agreement", "difference"))

NEW_BLOCK = re.compile(r"\s*(?:$|[-*•–]\s|\d+[.)]\s|[#>|])")


def all_refs(brief: Brief) -> Iterator[Ref]:
    """Every reference that a line of the brief shows."""
    events = [entry for entry in brief.timeline if entry.shown]
    for group in (brief.key_points, brief.positions, brief.proposals, brief.agreements, events):
        for item in group:
            yield from item.refs
    for difference in brief.disagreements:
        for side in difference.sides:
            yield from side.refs


class Citations:
    """The cited sentences of one brief, numbered by place."""

    def __init__(self, brief: Brief) -> None:
        self.numbers = {source.id: n for n, source in enumerate(brief.sources, 1)}
        self.sources = dict(enumerate(brief.sources, 1))
        self.refs = {self.place(ref): ref for ref in all_refs(brief)}
        self.places = sorted(self.refs)
        self.by_source: defaultdict[int, list[Place]] = defaultdict(list)
        for place in self.places:
            self.by_source[place[0]].append(place)
        #: Whether there is so much text that only what is near a cited sentence is shown.
        self.are_long = sum(len(source.text) for source in brief.sources) > WHOLE_TEXTS
        self.cites = self._numbered()

    def place(self, ref: Ref) -> Place:
        """Where a reference points; source 0 is one that the brief does not list."""
        return self.numbers.get(ref.source, 0), ref.start, ref.end

    def of(self, refs: Iterable[Ref]) -> tuple[Cite, ...]:
        """The cited sentences of a line, each once, in the order of places."""
        return tuple(self.cites[place] for place in sorted({self.place(ref) for ref in refs}))

    def _numbered(self) -> dict[Place, Cite]:
        lines = {place: line for number in self.sources for place, line in self._lines(number)}
        shared: dict[tuple[int, int | None], list[Place]] = defaultdict(list)
        for place in self.places:
            shared[place[0], lines.get(place)].append(place)
        return {place: self._cite(n, place, lines.get(place), shared) for n, place in enumerate(self.places, 1)}

    def _cite(self, n: int, place: Place, line: int | None, shared: Mapping[tuple[int, int | None], Sequence[Place]]) -> Cite:
        together = shared[place[0], line]
        nth = together.index(place)
        label = f"S{place[0]}.{nth + 1}" if line is None else f"S{place[0]}:{line}{letters(nth) if len(together) > 1 else ''}"
        mark = DOUBT if place[0] in self.sources and self.sources[place[0]].unreliable else ""
        return Cite(label.lower().replace(":", "-"), label + mark, n, place[0], line, self.refs[place].sentence)

    def _lines(self, number: int) -> Iterator[tuple[Place, int]]:
        text = self.sources[number].text
        breaks = [found.start() for found in re.finditer("\n", text)]
        for place in self.by_source[number]:
            if self.stands(place):
                yield place, bisect_right(breaks, place[1]) + 1

    def stands(self, place: Place) -> bool:
        """Whether the sentence is found at its place in the text that the brief holds."""
        source = self.sources.get(place[0])
        return source is not None and source.text[place[1] : place[2]] == self.refs[place].sentence


def letters(n: int) -> str:
    """0 -> a, 25 -> z, 26 -> aa."""
    return (letters(n // 26 - 1) if n >= 26 else "") + chr(ord("a") + n % 26)


def passages(citations: Citations, number: int, lines: Mapping[Place, Sequence[Line]]) -> tuple[Passage, ...]:
    """The cited paragraphs of one source, in reading order; ``lines`` are the lines of the brief that rest on a sentence."""
    places = citations.by_source[number]
    source = citations.sources[number]
    if not all(citations.stands(place) for place in places):
        return tuple(_alone(citations.cites[place], lines[place]) for place in places)
    windows = _windows(source, places, citations, citations.are_long)
    return tuple(_passage(source.text, window, inside, citations, lines) for window, inside in windows)


def _shortened(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The lines that rest on a passage, each once; not those that rest on a position which is among them."""
    every = tuple(dict.fromkeys(lines))
    has_position = any(line.kind == "position" for line in every)
    return tuple(line for line in every if not (has_position and line.kind in RESTING))


def _alone(cite: Cite, lines: Sequence[Line]) -> Passage:
    return Passage(cite.line, (Run(cite.sentence, cite),), _shortened(lines), before=False, after=False)


def _windows(
    source: BriefSource, places: Sequence[Place], citations: Citations, sparse: bool
) -> list[tuple[tuple[int, int], list[Place]]]:
    """Spans of the text to show, each with the sentences in it; overlapping spans become one."""
    kinds = {place: citations.refs[place].block for place in places}
    wrapped = any("\n" in citations.refs[place].sentence for place in places if kinds[place] is BlockKind.PARAGRAPH)
    windows: list[tuple[tuple[int, int], list[Place]]] = []
    for place in places:
        start, end = paragraph(source.text, place[1], place[2], wrapped and kinds[place] is BlockKind.PARAGRAPH)
        if sparse or end - start > LONG_PARAGRAPH:
            start, end = neighbourhood(source.text, place[1], place[2], start, end)
        if windows and start < windows[-1][0][1]:
            last, inside = windows[-1]
            windows[-1] = ((min(last[0], start), max(last[1], end)), [*inside, place])
        else:
            windows.append(((start, end), [place]))
    return windows


def paragraph(text: str, start: int, end: int, wrapped: bool) -> tuple[int, int]:
    """The span of the line round ``[start, end)``, or of all its lines up to a blank one or a new block if it is wrapped."""
    first, last = _line_start(text, start), _line_end(text, end)
    for _ in range(WRAPPED_LINES if wrapped else 0):
        before = _line_start(text, first - 1) if first else first
        if before == first or NEW_BLOCK.match(text[before : first - 1]):
            break
        first = before
    for _ in range(WRAPPED_LINES if wrapped else 0):
        after = _line_end(text, last + 1) if last < len(text) else last
        if after == last or NEW_BLOCK.match(text[last + 1 : after]):
            break
        last = after
    return first, last


def neighbourhood(text: str, start: int, end: int, first: int, last: int) -> tuple[int, int]:
    """``[first, last)`` cut to a little more than ``[start, end)``, between words."""
    left, right = max(first, start - NEIGHBOURHOOD), min(last, end + NEIGHBOURHOOD)
    if left > first:
        left = text.find(" ", left, start) + 1 or start
    if right < last:
        right = max(text.rfind(" ", end, right), end)
    return left, right


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, max(at, 0)) + 1


def _line_end(text: str, at: int) -> int:
    found = text.find("\n", at)
    return len(text) if found < 0 else found


def _passage(
    text: str, window: tuple[int, int], inside: Sequence[Place], citations: Citations, lines: Mapping[Place, Sequence[Line]]
) -> Passage:
    start, end = window
    runs: list[Run] = []
    at = start
    for place in inside:
        runs += [Run(text[at : place[1]], None)] if place[1] > at else []
        runs.append(Run(text[max(at, place[1]) : max(at, place[2])], citations.cites[place]))
        at = max(at, place[2])
    runs += [Run(text[at:end], None)] if end > at else []
    cited_by = _shortened(line for place in inside for line in lines[place])
    before = start > _line_start(text, start) and bool(text[_line_start(text, start) : start].strip())
    after = bool(text[end : _line_end(text, end)].strip())
    return Passage(citations.cites[inside[0]].line, tuple(runs), cited_by, before, after)
