"""A lexicon in, the tables that extraction looks things up in: compiled once a process.

Looking a word up in a dictionary is what makes the rules quick: a sentence without a cue word costs only its tokens.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple, TypeVar, get_args

from briefgen.extract.events import EventRules, event_rules
from briefgen.extract.inflection import Kind, forms, irregular
from briefgen.extract.proposal_rules import ProposalRules, proposal_rules
from briefgen.model.findings import Stance
from briefgen.model.lexicon import AdjectiveRule, Frame, Lexicon, NounRule, StanceRule, SupportVerbRule, VerbRule
from briefgen.sought import Sought

AnyRule = TypeVar("AnyRule")

#: The order in which frames are tried: the more a frame asks for, the earlier.
FRAME_ORDER: tuple[Frame, ...] = (
    "quote",
    "that",
    "to",
    "obj-to",
    "obj-that",
    "wh",
    "obj-wh",
    "prep",
    "obj-prep",
    "bare",
    "clause",
    "obj-clause",
    "np-as",
    "np-np",
    "np",
    "raised",
    "asked",
)


#: Cues that are grammar and stand in no lexicon.
GRAMMATICAL_CUES = frozenset(("according", "is", "was", ":"))
#: Fields of ``Grammar`` that are made of other lists.
COMPUTED = frozenset(("outside_np", "lineup_words"))


class Use(NamedTuple):
    """One way to use a verb: the rule it comes from and one of its frames."""

    frame: Frame
    rule: VerbRule


class VerbForm(NamedTuple):
    """What a spelling may be: a form of a verb, perhaps with words that must follow it ("call **on**")."""

    lemma: str
    kinds: frozenset[Kind]
    particle: tuple[str, ...]
    uses: tuple[Use, ...]
    #: The frames of the uses.
    frames: frozenset[Frame]


class Grammar(NamedTuple):
    """The closed word classes."""

    determiners: frozenset[str]
    possessives: frozenset[str]
    subject_pronouns: frozenset[str]
    object_pronouns: frozenset[str]
    lone_subjects: frozenset[str]
    prepositions: frozenset[str]
    subordinators: frozenset[str]
    auxiliaries: frozenset[str]
    be: frozenset[str]
    negations: frozenset[str]
    adverbs: frozenset[str]
    not_adverbs: frozenset[str]
    chain_verbs: frozenset[str]
    refusal_verbs: frozenset[str]
    not_done: frozenset[str]
    time_words: frozenset[str]
    occasions: frozenset[str]
    noun_or_verb: frozenset[str]
    not_actors: frozenset[str]
    actor_nouns: frozenset[str]
    plural_actors: frozenset[str]
    person_nouns: frozenset[str]
    agent_verbs: frozenset[str]
    document_nouns: frozenset[str]
    statement_nouns: frozenset[str]
    past_verbs: frozenset[str]
    open_words: frozenset[str]
    #: Before "that" these make a fact of what follows; before an attitude the others give it up.
    factive: frozenset[str]
    ending: frozenset[str]
    #: Between the parties of a line-up: who says it too, and who says the opposite.
    tied_with: frozenset[str]
    tied_against: frozenset[str]
    #: Before a group without a name: "**several developing** countries".
    group_words: frozenset[str]
    #: Words in -ing that stand before a noun: "lasting peace".
    ing_adjectives: frozenset[str]
    #: The single words of both kinds of ties.
    lineup_words: frozenset[str]
    #: No noun phrase goes through one of these.
    outside_np: frozenset[str]

    def is_adverb(self, word: str) -> bool:
        """Whether a lower-case word is an adverb by list or by its ending."""
        return word in self.adverbs or (word.endswith("ly") and len(word) > 4 and word not in self.not_adverbs)


class Rules(NamedTuple):
    """Everything that extraction looks up."""

    lexicon: Lexicon
    grammar: Grammar
    verbs: Mapping[str, tuple[VerbForm, ...]]
    nouns: Mapping[str, tuple[NounRule, ...]]
    support_verbs: Mapping[str, tuple[SupportVerbRule, ...]]
    #: By an adjective's last word: the words that must stand before it ("**in** favour"), and its rule.
    adjectives: Mapping[str, tuple[tuple[tuple[str, ...], AdjectiveRule], ...]]
    #: By the stance of a cue: the rules that may change it, in order.
    settling: Mapping[Stance, tuple[tuple[Sought, StanceRule], ...]]
    #: For lower-cased text.
    hedges: re.Pattern[str]
    #: Every word at which an attribution may be read.
    cues: frozenset[str]
    finite: frozenset[str]
    #: The attributing verbs' spellings by form.
    spelled: Mapping[Kind, frozenset[str]]
    #: Auxiliaries and finite verbs that are no nouns: where one stands, a clause has its verb.
    surely_finite: frozenset[str]
    #: Names, aliases and seats of the lexicon's states and organizations, in lower case.
    bodies: frozenset[str]
    #: The names and seats of one word that a name or an adjective stands for, in lower case: "danish" for "denmark".
    namesakes: Mapping[str, frozenset[str]]
    #: Last names of the lexicon's people, in lower case.
    surnames: frozenset[str]
    #: Adjectives of places in lower case: "western", "turkish". Behind one, a word that may be a noun is one.
    adjectival: frozenset[str]
    proposals: ProposalRules
    events: EventRules


def compile_rules(lexicon: Lexicon) -> Rules:
    """Build the tables. Call it once a process: it costs some milliseconds."""
    table = irregular(lexicon.listed("irregular-verbs"))
    verbs = _verbs(lexicon.verb, table)
    nouns = _by_word((word, rule) for rule in lexicon.noun for word in rule.nouns)
    support_verbs = _by_word(
        (form.spelling, rule) for rule in lexicon.support_verb for verb in rule.verbs for form in forms(verb, table)
    )
    adjectives = _by_last_word(lexicon.adjective)
    grammar = _grammar(lexicon)
    stances = [(Sought(rule.pattern), rule) for rule in lexicon.stance]
    spelled = {kind: _spelled(verbs, kind) for kind in get_args(Kind)}
    finite = lexicon.listed("past-verbs") | spelled["s"] | spelled["past"]
    return Rules(
        lexicon=lexicon,
        grammar=grammar,
        verbs=verbs,
        nouns=nouns,
        support_verbs=support_verbs,
        adjectives=adjectives,
        cues=GRAMMATICAL_CUES.union(verbs, nouns, support_verbs, adjectives),
        settling={stance: tuple((found, rule) for found, rule in stances if stance in rule.cues) for stance in Stance},
        hedges=re.compile(r"\b(?:" + alternatives(word.lower() for word in lexicon.listed("hedges")) + r")\b"),
        finite=finite,
        spelled=spelled,
        surely_finite=grammar.auxiliaries | (finite - grammar.noun_or_verb),
        adjectival=lexicon.listed("actor-proper")
        | frozenset(word.lower() for actor in lexicon.actor for word in actor.adjectives if not word.endswith("s")),
        bodies=frozenset(
            name.lower()
            for actor in lexicon.actor
            if actor.kind in {"state", "organization"}
            for name in (actor.name, *actor.aliases, *actor.seats)
        ),
        namesakes=_namesakes(lexicon),
        surnames=frozenset(
            name.split()[-1].lower()
            for actor in lexicon.actor
            if actor.kind == "person"
            for name in (actor.name, *actor.aliases)
        ),
        proposals=proposal_rules(lexicon),
        events=event_rules(lexicon),
    )


def _namesakes(lexicon: Lexicon) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for actor in lexicon.actor:
        if actor.kind == "state":
            names = frozenset(name.lower() for name in (actor.name, *actor.aliases, *actor.seats) if " " not in name)
            for word in (*names, *(adjective.lower() for adjective in actor.adjectives)):
                found[word] = found.get(word, frozenset()) | names
    return found


def alternatives(words: Iterable[str]) -> str:
    """A regular expression for any of the words, the longest first; matches nothing when there are none."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word))) or "(?!)"


def _by_word(pairs: Iterable[tuple[str, AnyRule]]) -> dict[str, tuple[AnyRule, ...]]:
    table: dict[str, dict[int, AnyRule]] = {}
    for word, rule in pairs:
        table.setdefault(word, {})[id(rule)] = rule
    return {word: tuple(rules.values()) for word, rules in table.items()}


def _by_last_word(rules: Iterable[AdjectiveRule]) -> dict[str, tuple[tuple[tuple[str, ...], AdjectiveRule], ...]]:
    table: dict[str, list[tuple[tuple[str, ...], AdjectiveRule]]] = {}
    for rule in rules:
        for adjective in rule.adjectives:
            *lead, last = adjective.split()
            table.setdefault(last, []).append((tuple(lead), rule))
    return {word: tuple(entries) for word, entries in table.items()}


def _verbs(rules: Iterable[VerbRule], table: dict[str, list[tuple[str, ...]]]) -> dict[str, tuple[VerbForm, ...]]:
    uses: dict[str, list[Use]] = {}
    for rule in rules:
        for verb in rule.verbs:
            uses.setdefault(verb, []).extend(Use(frame, rule) for frame in rule.frames)
    ordered = {verb: _ordered(uses[verb]) for verb in uses}
    frames = {verb: frozenset(use.frame for use in uses[verb]) for verb in uses}
    by_spelling: dict[str, dict[str, set[Kind]]] = {}
    for verb in uses:
        lemma = verb.split(" ", 1)[0]
        for form in forms(lemma, table):
            by_spelling.setdefault(form.spelling, {}).setdefault(verb, set()).add(form.kind)
    return {
        spelling: tuple(
            VerbForm(verb.split(" ", 1)[0], frozenset(kinds), tuple(verb.split(" ")[1:]), ordered[verb], frames[verb])
            for verb, kinds in sorted(verbs.items(), key=lambda entry: (-entry[0].count(" "), entry[0]))
        )
        for spelling, verbs in by_spelling.items()
    }


def _spelled(verbs: Mapping[str, tuple[VerbForm, ...]], kind: Kind) -> frozenset[str]:
    return frozenset(word for word, entries in verbs.items() if any(kind in entry.kinds for entry in entries))


def _ordered(uses: list[Use]) -> tuple[Use, ...]:
    return tuple(sorted(uses, key=lambda use: FRAME_ORDER.index(use.frame)))


def _grammar(lexicon: Lexicon) -> Grammar:
    lists = {name: lexicon.listed(name.replace("_", "-")) for name in Grammar._fields if name not in COMPUTED}
    outside = (
        lists["auxiliaries"] | lists["subordinators"] | lists["prepositions"] | lists["negations"] | lists["subject_pronouns"]
        | (lists["object_pronouns"] - lists["possessives"])
    )  # fmt: skip
    ties = frozenset(word for tie in lists["tied_with"] | lists["tied_against"] for word in tie.split())
    return Grammar(outside_np=outside, lineup_words=ties, **lists)
