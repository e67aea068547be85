"""What a date is read against: the document's own date, the date last named, and the words around the expression.

News counts from the day it appeared; a narrative of the past counts from the date last named. Which of the two a
document is, its own explicit years tell: many of them, mostly not the publication's, and few weekdays make a narrative.
So does, for what stands below it, a heading or line that is nothing but a year.
Where nothing is known of the publication and the text is no narrative, a date without a year takes the year that a
sentence of its paragraph opened with, or stays without one: better no year than a wrong one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from briefgen.extract.dates.values import Point, extent, point_of
from briefgen.model.findings import DateMention

_EXPLICIT_YEAR: Final = re.compile(r"\b(?:1[5-9]\d\d|20\d\d)\b(?![.,]?\d)")
_NEWS_WORD: Final = re.compile(r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|today|yesterday|tomorrow)\b")
_YEAR_OPENING: Final = re.compile(r"(?:^|[.!?\n]\s*)(?:In|By|On|From|During)\s+[^.,;\n]{0,20}?\b(?:1[5-9]\d\d|20\d\d)\b")
#: So many explicit years, and mostly not the publication's, make a narrative.
_ENOUGH: Final = 8
#: A text without a date of its own must also open so many sentences with a year.
_OPENINGS: Final = 3
#: How far back a quarter that was named still is "the quarter", in characters.
_NEAR: Final = 1500

_PAST_VERBS: Final = (
    "was|were|had|did|said|told|made|took|came|went|began|rose|fell|won|lost|met|held|sent|gave|became|got|left"
    "|saw|led|put|set|ran"
    "|has|have|been|since|brought|bought|sold|paid|wrote|spoke|shot|hit|cut|grew|broke|closed|ended"
)
#: Verbs in the order of the text; the last one before the date speaks. "to sign" says nothing of itself, "is to sign" does.
_CUE: Final = re.compile(
    r"\b(?:(?P<past_plan>had\s+been\s+(?:\w+ly\s+)?(?:due|scheduled|slated|expected|planned|going|set))|(?P<future>(?:(?:will|shall|won['’]t|would)\s+(?:also\s+|not\s+|then\s+|probably\s+|likely\s+)?(?:be\s+"
    r"|have\s+)?\w+"
    r"|(?:is|are|was|were|be|been|it['’]s)?\s*(?:due|scheduled|slated|expected|planned|planning|going|set|poised"
    r"|supposed|likely)\s+(?:to\b(?:\s+be)?|for\b)(?:\s+\w+)?"
    r"|(?:plans?|intends?|hopes?|expects?|aims?|wants?|agreed|is|are|has|have)\s+to\s+(?:be\s+)?\w+"
    r"|expires?|begins|starts|opens|takes\s+effect|upcoming|payable|matures|effective))"
    rf"|(?P<neutral>to\s+(?:be\s+)?[a-z]+)|(?P<past>{_PAST_VERBS}|[a-z]{{2,}}ed))\b",
    re.IGNORECASE,
)
_CLAUSE: Final = re.compile(r"[;:]|\b(?:that|which|who|while|but)\b", re.IGNORECASE)
_DEADLINE: Final = re.compile(r"\b(?:by|until|till|before|through)\s+(?:the\s+)?$", re.IGNORECASE)
#: A limit that is still to come, whatever was said of it: "postponed until 9 a.m. Tuesday".
_SOONEST: Final = re.compile(
    r"(?:\bas\s+(?:soon|early|late)\s+as|\b(?:extended|given|gave|postponed|delayed|put\s+off|deadline)\b[^.;]{0,30}\b(?:until|till|to))\s+"
    r"(?:the\s+)?(?:\d[\d:]*\s?(?:[ap]\.?m\.?)?\s+(?:[A-Z]{2,4}\s+)?(?:on\s+)?)?$",
    re.IGNORECASE,
)
_SINCE: Final = re.compile(r"\b(?:since|as\s+of)\s+$", re.IGNORECASE)
_AFTER_LAST: Final = 60
#: Within so many months the nearest date is meant, whatever the tense.
_CLOSE: Final = 2
#: A step back of more months than this is a step into the next year.
_FORWARD: Final = 8
#: What may stand before a date that opens its sentence.
_OPENING: Final = re.compile(r"\W*(?:(?:in|on|by|during|from|early\s+in|late\s+in)\s+)?(?:the\s+)?", re.IGNORECASE)
_BEFORE_FIRST: Final = 200
_BRACKETED: Final = 80
#: A date that only limits or labels something else does not move the story there: "until 1945", "(1947)", "the pact of 1924".
_ASIDE: Final = re.compile(r"(?:\b(?:until|till|to|since|before|than|the|a|its|their|his|her)|['’]s|\()\s*$", re.IGNORECASE)
_LABEL: Final = re.compile(r"(?<!days\s)(?<!weeks\s)(?<!months\s)(?<!course\s)\bof\s+$", re.IGNORECASE)
#: A bracket that is still open before the date: "(5,000 by June 2006)".
_IN_BRACKETS: Final = re.compile(r"\([^()]*$")

Tense = Literal["past", "future", "none"]


@dataclass
class Context:
    """The state of one reading; it lives as long as the reading of one document."""

    text: str
    published: Point | None
    narrative: bool
    start: int = 0
    end: int = 0
    block: int = -1
    is_whole_line: bool = False
    named: Point | None = None
    named_block: int = -1
    #: The year that a sentence of this block opened with: "In 1954 the union split. On 11 March ...".
    frame: Point | None = None
    frame_block: int = -1
    quarter: Point | None = None
    quarter_at: int = -1
    previous: DateMention | None = None

    def note(self, mention: DateMention, *, explicit: bool) -> None:
        """Remember a mention as the one last named."""
        self.previous = mention
        span = extent(mention.value)
        if mention.type not in ("DATE", "TIME") or span is None or not explicit:
            return
        if span.precision == "quarter" and (self.published is None or span.first.isoformat()[:7] <= str(self.published)):
            self.quarter, self.quarter_at = Point(span.first.year, span.first.month), mention.start
        point = point_of(mention.value)
        if point and self._opens_chapter(mention):
            self.narrative = self.published is None or point.year != self.published.year
            self.named, self.named_block = point, self.block
            return
        if span.precision in ("season", "half", "quarter"):
            point = Point(span.first.year, span.first.month)
        elif span.precision == "week":
            point = Point(span.first.year, span.first.month, span.first.day)
        if point and not self._is_aside(mention, point):
            self.named, self.named_block = self._joined(point), self.block
            if _OPENING.fullmatch(self.text, self.start, mention.start):
                self.frame, self.frame_block = self.named, self.block

    def _is_aside(self, mention: DateMention, point: Point) -> bool:
        """Whether the mention leaves the story where it was; the first date of a text never does."""
        before = self.before(mention.start)
        if self.named is None or not self.narrative:
            return False
        if _IN_BRACKETS.search(self.before(mention.start, _BRACKETED)):
            return True
        return bool(_ASIDE.search(before) or (point.month is None and _LABEL.search(before)))

    def _opens_chapter(self, mention: DateMention) -> bool:
        """Whether the mention is a year that is a whole heading or line."""
        alone = not self.text[self.start : mention.start].strip() and not self.text[mention.end : self.end].strip()
        return self.is_whole_line and alone and mention.precision == "year"

    def _joined(self, point: Point) -> Point:
        """A year named again keeps the month that the story has come to."""
        named = self.named
        return named if named and point.month is None and named.year == point.year else point

    @property
    def today(self) -> date | None:
        """The publication day, if it is known to the day."""
        return self.published.date() if self.published else None

    @property
    def anchor(self) -> Point | None:
        """What "a year earlier" counts from: in a narrative the date last named, else the publication."""
        return self.named if self.narrative and self.named else self.published

    @property
    def recent(self) -> Point | None:
        """What "the following day" counts from: the date last named, if it stands near, else the publication."""
        near = self.named and (self.narrative or self.named_block == self.block)
        return self.named if near else self.published

    def near_quarter(self, at: int) -> Point | None:
        """The quarter last named, if it is still in the reader's mind."""
        return self.quarter if self.quarter and 0 <= at - self.quarter_at < _NEAR else None

    def before(self, at: int, width: int = 24) -> str:
        """The words before ``at`` in the same sentence."""
        return self.text[max(self.start, at - width) : at]

    def after(self, at: int, width: int = 24) -> str:
        """The words after ``at`` in the same sentence."""
        return self.text[at : min(self.end, at + width)]

    def tense(self, start: int, end: int) -> Tense:
        """Whether the clause around ``[start, end)`` speaks of what has been or of what is to come."""
        before = self.text[max(self.start, start - _BEFORE_FIRST) : start]
        if _SINCE.search(before):
            return "past"
        if _SOONEST.search(before):
            return "future"
        cut = max((found.end() for found in _CLAUSE.finditer(before)), default=0)
        cues = [cue.lastgroup for cue in _CUE.finditer(before, cut) if cue.lastgroup != "neutral"][-1:]
        cues = cues or [cue.lastgroup for cue in _CUE.finditer(self.after(end, _AFTER_LAST)) if cue.lastgroup != "neutral"][:1]
        cues = cues or [cue.lastgroup for cue in _CUE.finditer(before) if cue.lastgroup != "neutral"][-1:]
        if cues:
            return "future" if cues[0] == "future" else "past"
        return "future" if _DEADLINE.search(before) else "none"

    def nearest_year(self, month: int, day: int | None, start: int, end: int, said: Tense | None = None) -> int | None:
        """The year of a month or day that is named without one."""
        if self.narrative:
            return _told_year(self.named, month)
        if self.published is None:
            framed = self.frame_block == self.block and self.tense(start, end) != "future"
            return _told_year(self.frame, month) if framed else None
        if self.published.month is None:
            return self.published.year
        if said is None:
            return _by_tense(self.published, month, self.tense(start, end))
        here, there = self.published[1:], (month, day or 1)
        return self.published.year + (said == "future" and there <= here) - (said == "past" and there >= here)


def _told_year(last: Point | None, month: int) -> int | None:
    """A story goes forward: January after November is the next year's; a step back of a few months is a step back."""
    if last is None:
        return None
    return last.year + (last.month is not None and last.month - month > _FORWARD)


def _by_tense(anchor: Point, month: int, tense: Tense) -> int:
    """The nearest such day or month; the tense decides where it is months away."""
    offset = month - (anchor.month or 1)
    years = -1 if offset > 6 else 1 if offset < -6 else 0
    away = 12 * years + offset
    if abs(away) <= _CLOSE or tense == "none":
        return anchor.year + years
    if tense == "future":
        return anchor.year + years + (away < 0)
    return anchor.year + years - (away > 0)


def is_narrative(text: str, published: Point | None) -> bool:
    """Whether the text tells of times other than its own."""
    years = [int(year) for year in _EXPLICIT_YEAR.findall(text)]
    if published is None:
        return len(years) >= _ENOUGH and len(_YEAR_OPENING.findall(text)) >= _OPENINGS and not _NEWS_WORD.search(text)
    other = sum(year != published.year for year in years)
    return len(years) >= _ENOUGH and other > 0.7 * len(years) and len(_NEWS_WORD.findall(text)) < 0.2 * len(years)
