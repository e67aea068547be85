"""What one document says, before anything is compared: statements, proposals, dates, events.

A finding always carries at least one ``Ref``: a claim without its place in a source cannot be constructed.
Actors are still the surface names that the document uses; who they are is decided in ``compare``.
"""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from briefgen.model.base import Dropped, Note, Span, Text, value
from briefgen.model.document import Block, BlockKind, Meta, Sentence, Source


class Stance(StrEnum):
    """The closed list of stances, in the order in which a brief shows them. What is unclear is ``STATES``, never a guess."""

    SUPPORTS = "supports"
    OPPOSES = "opposes"
    DEMANDS = "demands"
    PROPOSES = "proposes"
    CONDITIONAL = "conditional"
    OFFERS = "offers"
    WARNS = "warns"
    QUESTIONS = "questions"
    DENIES = "denies"
    STATES = "states"


#: Who is for a thing or wants it, and who is against it.
FOR = frozenset([Stance.SUPPORTS, Stance.DEMANDS, Stance.PROPOSES, Stance.OFFERS])
AGAINST = frozenset([Stance.OPPOSES, Stance.DENIES])


class Status(StrEnum):
    """Where a proposal stands, as far as a source says it."""

    PROPOSED = "proposed"
    UNDER_DISCUSSION = "under_discussion"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    CONTESTED = "contested"
    NOT_AGREED = "not_agreed"
    IN_FORCE = "in_force"
    UNKNOWN = "unknown"


class QuoteKind(StrEnum):
    """How the content is given: in the speaker's own words, in the reporter's, or both."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Confidence(StrEnum):
    """How sure the rule that found a statement is, by its frame; a word, since a number would pretend to more."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


Precision = Literal["day", "week", "month", "quarter", "season", "half", "year", "decade"]
Modifier = Literal["early", "mid", "late", "since", "until", "approx"]
Origin = Literal["prose", "list", "table"]


@value
class Parts:
    """The three spans of an attribution (source, cue, content), each perhaps in several pieces.

    As the field annotates them: the cue is the word that governs, the content its whole complement, which opens with "that",
    "for" or the addressee who is to act. A claim's ``cue`` and ``content`` are for reading: there the tie stands with the cue
    ("called for" + "a truce").
    """

    source: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()
    content: tuple[Span, ...] = ()


@value
class Ref:
    """The place of a claim: a sentence, item or table row, verbatim, and the spans inside it.

    ``source`` is a ``Source.id`` in a digest and a brief's ``s1``.. in a brief.
    """

    source: str
    start: int
    end: int
    sentence: Text
    block: BlockKind
    parts: Parts | None = None


#: Between two pieces of a text that is verbatim in pieces.
GAP = " … "
Refs = Annotated[tuple[Ref, ...], Field(min_length=1)]


def spans_of(content: str, ref: Ref) -> tuple[Span, ...]:
    """The places of ``content`` in the text: the spans of ``ref`` without what ties the first to the cue."""
    whole = ref.parts.content if ref.parts is not None else ()
    if not whole:
        return ()
    tie = sum(end - start for start, end in whole) + len(GAP) * (len(whole) - 1) - len(content)
    return ((whole[0][0] + tie, whole[0][1]), *whole[1:])


@value
class Claim:
    """What a statement is before and after comparison."""

    id: str
    relayed_by: str | None = None
    stance: Stance
    negated: bool = False
    hedges: tuple[str, ...] = ()
    condition: str | None = None
    target: tuple[str, ...] = ()
    quote_kind: QuoteKind = QuoteKind.INDIRECT
    content: Text
    cue: str
    rule: str
    confidence: Confidence = Confidence.MEDIUM
    parent: str | None = None
    refs: Refs

    def spans(self, ref: Ref) -> tuple[Span, ...]:
        """The places of ``content`` in the text."""
        return spans_of(self.content, ref)


@value
class Statement(Claim):
    """A claim by ``holder``, the surface name that the document gives, with pronouns resolved inside the document.

    ``holder`` is empty where the text names nobody. ``frame`` says which pattern read the sentence.
    """

    holder: str
    frame: str = ""


@value
class Proposal:
    """An action that somebody puts forward. ``by`` and ``to`` are surface names; ``action`` is verbatim."""

    id: str
    action: Text
    by: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    status: Status = Status.PROPOSED
    when: str | None = None
    origin: Origin
    support: tuple[str, ...] = ()
    oppose: tuple[str, ...] = ()
    rule: str
    refs: Refs


@value
class DateMention:
    """A time expression: ``type`` and ``value`` as in TIMEX3, ``edtf`` where the value is a date or an interval.

    ``first`` and ``last`` are the ISO days that the value spans, where it is a calendar date.
    """

    start: int
    end: int
    text: Text
    type: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str
    precision: Precision | None = None
    modifier: Modifier | None = None
    edtf: str | None = None
    first: str | None = None
    last: str | None = None


@value
class When:
    """The date of an event: the words of the source, the first and last ISO day, and EDTF."""

    text: str
    start: str | None = None
    end: str | None = None
    precision: Precision | None = None
    modifier: Modifier | None = None
    edtf: str | None = None


@value
class Event:
    """Something dated: ``what`` is a verbatim clause or table cells joined by " … "."""

    id: str
    when: When
    what: Text
    actors: tuple[str, ...] = ()
    status: Literal["past", "planned", "undated"] = "past"
    origin: Origin
    certainty: Literal["stated", "hedged"] = "stated"
    refs: Refs


@value
class Digest:
    """All that is known of one document: the unit that is cached and sent between processes."""

    source: Source
    meta: Meta
    text: str
    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...]
    statements: tuple[Statement, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    dates: tuple[DateMention, ...] = ()
    events: tuple[Event, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    notes: tuple[Note, ...] = ()
    #: What the comparison has made ready of the document, in a form of its own; empty where it has not.
    outline: str = ""
