"""Rules and word lists as data. Loading them is ``briefgen.lexicon``'s work; compiling them is each stage's.

Every rule carries ``examples`` that must match and may carry ``counter`` examples that must not; tests run both.
No code looks at a rule's ``id``: a finding only carries it, so that ``briefgen explain`` can say why.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Literal

from pydantic import AliasChoices, Field

from briefgen.model.base import Model
from briefgen.model.brief import ActorKind
from briefgen.model.findings import Confidence, Stance, Status

Examples = Annotated[tuple[str, ...], Field(min_length=1)]
Words = tuple[str, ...]

#: How a cue takes its content. ``that`` clause, ``bare`` clause (if it looks like one) or any ``clause``, ``quote``,
#: ``to``-infinitive, ``wh``-clause, ``np`` object, ``np-as`` ("views X as Y"), ``np-np`` ("calls X Y"), ``raised`` ("X is said
#: to be Y"), ``asked`` ("asked about X": nobody is said to ask), ``prep`` (with one of ``prepositions``), and with a person
#: addressed first: ``obj-that``, ``obj-clause``, ``obj-to``, ``obj-wh``, ``obj-prep``.
Frame = Literal[
    "that",
    "bare",
    "clause",
    "quote",
    "to",
    "wh",
    "np",
    "np-as",
    "np-np",
    "raised",
    "asked",
    "prep",
    "obj-that",
    "obj-clause",
    "obj-to",
    "obj-wh",
    "obj-prep",
]


class Entry(Model):
    """Anything in a lexicon that a user's folder can replace or drop by its ``id``."""

    id: str


class Rule(Entry):
    """An entry that matches text, with the examples that prove it."""

    examples: Examples
    counter: Words = ()


class CueRule(Rule):
    """A rule whose words introduce what somebody says. ``stance`` is what the cue carries by itself."""

    stance: Stance
    confidence: Confidence = Confidence.HIGH
    #: Whether the content has no say in the stance: "stopped short of backing X" is no support.
    final: bool = False


class VerbRule(CueRule):
    """Verbs (lemmas, perhaps with a particle: "call for" is ``call`` with the preposition ``for``) that introduce content."""

    verbs: Words
    frames: tuple[Frame, ...]
    prepositions: Words = ()
    #: When given, an object counts only with one of these words in it ("**joined** an appeal", not "joined the firm").
    objects: Words = ()
    #: When given, only a subject with one of these words counts ("the **poll** shows X ahead", not "the guide shows X").
    subjects: Words = ()
    #: Content that begins with one of these, perhaps behind "to", says nothing ("refused **to comment**").
    unless: Words = ()
    #: Whether those who do it do it together: denied, it tells of no accord, and not that anybody is against it ("could not
    #: agree on a date").
    mutual: bool = False


class NounRule(CueRule):
    """Nouns that introduce content: "Moscow's insistence **on** X", "the demand **for** X", "a pledge **to** X"."""

    nouns: Words
    prepositions: Words = ()
    frames: tuple[Literal["to", "that"], ...] = ()
    confidence: Confidence = Confidence.MEDIUM
    #: Whether the noun counts although nobody owns it: "**calls** for a truce". Such a statement is nobody's position.
    unowned: bool = False


class SupportVerbRule(CueRule):
    """Light verbs that hand their subject to a noun: "has **placed** **emphasis** on X", "**took** the **view** that X"."""

    verbs: Words
    nouns: Words
    stance: Stance = Stance.STATES
    prepositions: Words = ()
    frames: tuple[Literal["to", "that"], ...] = ()


class AdjectiveRule(CueRule):
    """Predicates of attitude: "is **ready** to", "is **opposed** to", "is **concerned** that"."""

    adjectives: Words
    prepositions: Words = ()
    frames: tuple[Literal["to", "that"], ...] = ()
    confidence: Confidence = Confidence.MEDIUM


class StanceRule(Rule):
    """A pattern of the content that settles the stance of a weak cue. Rules are tried in their written order.

    ``cues`` limits the rule to statements whose cue's own stance is one of them; ``pattern`` is searched in the content,
    case ignored. ``examples`` are contents.
    """

    pattern: str
    cues: tuple[Stance, ...] = (Stance.STATES,)
    stance: Stance
    #: Whether the pattern counts behind a negation too, as "must" does in "not until the fee falls must they pay".
    negated: bool = False
    #: Whether it counts in a clause too: who "voiced **opposition** to the fee" has it, and who "said that **opposition** was
    #: growing" tells of others.
    clauses: bool = True


class ActorEntry(Entry):
    """A known actor. ``seats`` stand for it (capital, seat of government); ``adjectives`` make its people and offices.

    ``short`` names ("the Alliance") count only in a document that also gives a full one.
    """

    name: str
    kind: ActorKind
    parent: str | None = None
    aliases: Words = ()
    adjectives: Words = ()
    seats: Words = ()
    short: Words = ()


class WordList(Entry):
    """A list of words or phrases that one stage reads, named by ``id``."""

    words: Words


class BoilerplateRule(Rule):
    """Lines that are a web page's furniture. ``lines`` match a whole line, case ignored; ``pattern`` likewise, as a regex.

    ``rest`` says that what follows to the end of the document belongs to it when it shares nothing with the document.
    """

    lines: Words = ()
    pattern: str | None = None
    why: str = "boilerplate"
    teaser: bool = False


class PlaceholderRule(Rule):
    """Left-over marks inside prose ("(citation)"): blanked for the rules, listed as dropped, counted in a note."""

    pattern: str
    note: str


class LeadInRule(Rule):
    """What a lead-in makes of the list below it. ``examples`` are lead-ins.

    ``inherit`` leaves it to the statement in the lead-in; ``actions`` takes only items that name an action ("a pledge to ..").
    """

    pattern: str
    makes: Literal["proposals", "demands", "inherit", "actions", "nothing"]


class HeaderRule(Rule):
    """What a table is, by its header: ``examples`` are header cells."""

    headers: Words
    kind: Literal["proposals", "events", "positions", "factors", "figures", "other"]
    column: Literal["action", "when", "actor", "addressee", "status", "what", "other"] = "other"


class StatusRule(Rule):
    """What a sentence says of the state of a proposal; ``cells`` are beginnings of table cells that say it in short."""

    pattern: str
    status: Status
    cells: Words = ()


class SynonymRule(Entry):
    """Words that name one thing when issues are grouped: "enlargement", "expansion".

    A clause with one of ``verbs`` is about it too ("to negotiate"). ``words_of_bodies``, ``verbs_of_bodies`` and
    ``adjectives_of_bodies`` need a body beside them: "the EU's growth", "NATO admits", "join the EU", "a larger EU".
    """

    words: Words
    words_of_bodies: Words = ()
    verbs: Words = ()
    verbs_of_bodies: Words = ()
    adjectives_of_bodies: Words = ()


class IssueEntry(Entry):
    """A user's own issue: final where one of ``any`` or ``regex`` matches and none of ``none``, or ``not``, does."""

    label: str
    any: Words = ()
    regex: str | None = None
    none: Annotated[Words, Field(validation_alias=AliasChoices("none", "not"))] = ()


class Lexicon(Model):
    """All rules, in the order in which the files give them (files by name)."""

    verb: tuple[VerbRule, ...] = ()
    noun: tuple[NounRule, ...] = ()
    support_verb: tuple[SupportVerbRule, ...] = ()
    adjective: tuple[AdjectiveRule, ...] = ()
    stance: tuple[StanceRule, ...] = ()
    actor: tuple[ActorEntry, ...] = ()
    words: tuple[WordList, ...] = ()
    boilerplate: tuple[BoilerplateRule, ...] = ()
    placeholder: tuple[PlaceholderRule, ...] = ()
    lead_in: tuple[LeadInRule, ...] = ()
    header: tuple[HeaderRule, ...] = ()
    status: tuple[StatusRule, ...] = ()
    synonym: tuple[SynonymRule, ...] = ()
    issue: tuple[IssueEntry, ...] = ()

    @cached_property
    def lists(self) -> Mapping[str, frozenset[str]]:
        """The words by the list that they are in. A copy of the lexicon with other ``words`` must be made anew."""
        names = {entry.id for entry in self.words}
        return {name: frozenset(word for entry in self.words if entry.id == name for word in entry.words) for name in names}

    def listed(self, name: str) -> frozenset[str]:
        """The words of the list ``name``; empty if there is none."""
        return self.lists.get(name, frozenset())
