"""A sentence in, what the lexicon makes of it out: statements with their reasons, cues that gave none, actors, dates, hedges.

The sentence goes the whole road of a document, through comparison, so that what is told is what a brief would hold.
"""

from __future__ import annotations

from briefgen import __version__
from briefgen.compare import compare
from briefgen.compare.terms import words_of
from briefgen.editing.catalogue import Catalogue
from briefgen.editing.reasons import How, Reasons, Why, span_of
from briefgen.editing.samples import read_sample
from briefgen.extract import Rules, blanked, compile_rules
from briefgen.extract.cues import find_cues
from briefgen.extract.stance import hedge_spans
from briefgen.model.base import Dropped, value
from briefgen.model.brief import Brief, BriefProposal, BriefStatement, Generator, TimelineEntry
from briefgen.model.errors import UsageError
from briefgen.model.findings import DateMention
from briefgen.model.settings import Settings

#: More than this is a document and goes to ``extract``.
LONGEST = 5_000


@value
class Told:
    """A statement and why it is read so."""

    statement: BriefStatement
    why: Why


@value
class CueWord:
    """A word that a rule knows: whether the rule read a statement there, and why not, as far as that is known."""

    start: int
    end: int
    text: str
    kind: str
    rule: str
    place: str
    read: bool
    why: str


@value
class Named:
    """A known actor in the text, by what kind of name, and where its entry is."""

    start: int
    end: int
    text: str
    actor: str
    name: str
    how: How
    place: str


@value
class Hedge:
    """A hedging word."""

    start: int
    end: int
    text: str


@value
class IssueOf:
    """An issue of the lexicon that statements are under."""

    id: str
    label: str
    place: str
    statements: tuple[str, ...]


@value
class Attempt:
    """What is made of ``text``; offsets are places in it."""

    text: str
    dropped: tuple[Dropped, ...] = ()
    statements: tuple[Told, ...] = ()
    cues: tuple[CueWord, ...] = ()
    actors: tuple[Named, ...] = ()
    issues: tuple[IssueOf, ...] = ()
    proposals: tuple[BriefProposal, ...] = ()
    events: tuple[TimelineEntry, ...] = ()
    dates: tuple[DateMention, ...] = ()
    hedges: tuple[Hedge, ...] = ()


def attempt(text: str, catalogue: Catalogue) -> Attempt:
    """Read ``text``, a sentence or a few; raises ``UsageError`` if there is nothing in it, or far too much."""
    if not text.strip():
        raise UsageError("no-sentence", 'say which sentence: briefgen lexicon try "The mayor demanded a bridge."')
    if len(text) > LONGEST:
        raise UsageError("too-long", "is no sentence: briefgen extract FILE reads documents")
    text = text.encode("utf-8", "backslashreplace").decode()  # what no output could be written with
    rules = compile_rules(catalogue.lexicon)
    reasons = Reasons(catalogue, rules)
    document, sentences, digest = read_sample(text, rules)
    generator = Generator(name="briefgen", version=__version__, rules="")
    brief = compare([digest], catalogue.lexicon, Settings(), generator=generator)
    return Attempt(
        text=text,
        dropped=document.dropped,
        statements=tuple(Told(statement=each, why=reasons.why(brief, each)) for each in brief.statements),
        cues=tuple(
            CueWord(
                start=cue.start, end=cue.end, text=cue.word, kind=cue.kind, rule=cue.rule,
                place=catalogue.place(cue.kind, cue.rule), read=cue.read, why=cue.why,
            )
            for cue in find_cues(blanked(document), sentences, digest.statements, rules)
        ),
        actors=_named(text, reasons),
        issues=_issues(brief, catalogue),
        proposals=brief.proposals,
        events=brief.timeline,
        dates=digest.dates,
        hedges=_hedges(text, rules),
    )  # fmt: skip


def _named(text: str, reasons: Reasons) -> tuple[Named, ...]:
    words = words_of(text)
    named = []
    for hit in reasons.directory.hits(words):
        start, end = span_of(words, hit)
        name, place = reasons.directory.entries[hit.actor].name, reasons.catalogue.place("actor", hit.actor)
        named.append(Named(start=start, end=end, text=text[start:end], actor=hit.actor, name=name, how=hit.how, place=place))
    return tuple(named)


def _issues(brief: Brief, catalogue: Catalogue) -> tuple[IssueOf, ...]:
    """The issues that the lexicon names; those that are found mean nothing for a lone sentence."""
    return tuple(
        IssueOf(
            id=issue.id,
            label=issue.label,
            place=catalogue.place("issue", issue.id),
            statements=tuple(each.id for each in brief.statements if issue.id in each.issues),
        )
        for issue in brief.issues
        if issue.origin == "taxonomy"
    )


def _hedges(text: str, rules: Rules) -> tuple[Hedge, ...]:
    return tuple(Hedge(start=start, end=end, text=text[start:end]) for start, end in hedge_spans(text, rules))
