"""A catalogue in, the entries that get in each other's way out: nothing is broken by them, but somebody should decide.

What a rule claims is compared piece by piece: a verb in a frame with a preposition and an object, a line of furniture. Where
two rules claim the same piece, the one that comes first has it; that is told only where it makes something else of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from briefgen import tomlfile
from briefgen.compare.directory import key_of
from briefgen.editing.catalogue import Catalogue
from briefgen.model.lexicon import (
    ActorEntry,
    AdjectiveRule,
    BoilerplateRule,
    CueRule,
    Entry,
    HeaderRule,
    IssueEntry,
    NounRule,
    SupportVerbRule,
    SynonymRule,
    VerbRule,
)

#: A word with what must go with it: ("lobby", "prep", "for", "").
Claim = tuple[str, ...]
#: The list of names that several actors share on purpose.
SHARED_NAMES = "shared-names"
#: That a user's rule has a word before a built-in one is no conflict, but worth knowing.
GOES_BEFORE = "goes-before"
WITH_PREPOSITION = ("prep", "obj-prep", "asked")
WITH_OBJECT = ("np", "np-np")


class Conflict(NamedTuple):
    """Where, of what sort, and in words."""

    place: str
    code: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.code} {self.message}"


def conflicts(catalogue: Catalogue) -> Iterator[Conflict]:
    """All conflicts, by kind and in the order of the entries."""
    for kind, claims in CLAIMS.items():
        yield from _of_rules(catalogue, kind, claims)
    yield from _shared(catalogue, "actor", "two-actors", _names, "it then names neither")
    yield from _shared(catalogue, "issue", "two-issues", _terms, "a statement with it is under both")
    yield from _shared(catalogue, "synonym", "two-groups", _synonyms, "it then means only one of them")
    yield from _parents(catalogue)
    yield from _lists(catalogue)
    yield from _prepositions(catalogue)


# ---- rules that claim words


def _verb_claims(rule: VerbRule) -> Iterator[Claim]:
    for verb in rule.verbs:
        for frame in rule.frames:
            for preposition in rule.prepositions if frame in WITH_PREPOSITION else ("",):
                objects = rule.objects if frame in WITH_OBJECT else ()
                yield from ((verb, frame, preposition, word) for word in objects or ("",))


def _noun_claims(rule: NounRule) -> Iterator[Claim]:
    yield from ((noun, behind) for noun in rule.nouns for behind in dict.fromkeys((*rule.prepositions, *rule.frames)))


def _adjective_claims(rule: AdjectiveRule) -> Iterator[Claim]:
    behinds = dict.fromkeys((*rule.prepositions, *rule.frames))
    yield from ((adjective, behind) for adjective in rule.adjectives for behind in behinds)


def _support_claims(rule: SupportVerbRule) -> Iterator[Claim]:
    behinds = dict.fromkeys((*rule.prepositions, *rule.frames))
    yield from ((f"{verb} {noun}", behind) for verb in rule.verbs for noun in rule.nouns for behind in behinds)


def _line_claims(rule: BoilerplateRule) -> Iterator[Claim]:
    yield from ((line.casefold(),) for line in rule.lines)


def _header_claims(rule: HeaderRule) -> Iterator[Claim]:
    yield from ((header.casefold(),) for header in rule.headers)


CLAIMS: Mapping[str, Callable[[Any], Iterator[Claim]]] = {
    "verb": _verb_claims,
    "noun": _noun_claims,
    "adjective": _adjective_claims,
    "support_verb": _support_claims,
    "boilerplate": _line_claims,
    "header": _header_claims,
}


def _of_rules(catalogue: Catalogue, kind: str, claims: Callable[[Any], Iterator[Claim]]) -> Iterator[Conflict]:
    owners: dict[Claim, Entry] = {}
    for _, rule in catalogue.entries([kind]):
        own, lost = list(claims(rule)), defaultdict[tuple[str, str], list[Claim]](list)
        for claim in own:
            owner = owners.get(claim) or owners.get((*claim[:-1], ""))
            if owner is None:
                owners[claim] = rule
            elif owner is not rule:
                lost[owner.id, claim[0]].append(claim)
        yield from _losing(catalogue, kind, rule, lost, is_all=sum(map(len, lost.values())) == len(own))


def _losing(
    catalogue: Catalogue, kind: str, rule: Entry, lost: Mapping[tuple[str, str], Sequence[Claim]], *, is_all: bool
) -> Iterator[Conflict]:
    """What is told of a rule that finds some of its words, by the rule that has them, taken."""
    place = catalogue.place(kind, rule.id)
    if lost and is_all and catalogue.is_own(kind, rule.id):
        first = catalogue.place(kind, next(iter(lost))[0])
        message = f"[[{kind}]] {rule.id!r} is never asked: earlier rules have all its words, the first at {first}"
        yield Conflict(place, "shadowed", message)
        return
    for (owner, word), pieces in lost.items():
        mine, theirs = _makes(rule), _makes(catalogue.shelf.tables[kind][owner])
        ways = ", ".join(dict.fromkeys(" ".join(filter(None, piece[1:])) for piece in pieces if any(piece[1:])))
        what, where = f"{word!r}{f' ({ways})' if ways else ''}", catalogue.place(kind, owner)
        if mine == theirs:
            continue
        if catalogue.is_own(kind, owner) and not catalogue.is_own(kind, rule.id):
            message = f"[[{kind}]] {owner!r}: {what} {theirs}, before {rule.id!r}, {place}, which {mine}"
            yield Conflict(where, GOES_BEFORE, message)
        else:
            message = f"[[{kind}]] {rule.id!r}: {what} {mine}, but {owner!r}, {where}, comes first and {theirs}"
            yield Conflict(place, "two-rules", message)


def _makes(rule: Entry) -> str:
    """What a rule makes of its words, in a word or two."""
    if isinstance(rule, CueRule):
        return str(rule.stance)
    if isinstance(rule, HeaderRule):
        return f"makes {rule.kind}, {rule.column}"
    return f"drops as {rule.why!r}" if isinstance(rule, BoilerplateRule) else ""


# ---- words that two entries share


def _names(entry: ActorEntry) -> Iterator[tuple[Claim, str]]:
    for name in (entry.name, *entry.aliases, *entry.adjectives, *entry.seats, *entry.short):
        yield key_of(name), name


def _terms(entry: IssueEntry) -> Iterator[tuple[Claim, str]]:
    yield from (((term.casefold(),), term) for term in entry.any)


def _synonyms(entry: SynonymRule) -> Iterator[tuple[Claim, str]]:
    yield from (((word.casefold(),), word) for word in (*entry.words, *entry.words_of_bodies))


def _shared(
    catalogue: Catalogue, kind: str, code: str, words: Callable[[Any], Iterator[tuple[Claim, str]]], so: str
) -> Iterator[Conflict]:
    allowed = {key_of(name) for name in catalogue.lexicon.listed(SHARED_NAMES)} if kind == "actor" else set()
    holders: dict[Claim, str] = {}
    for _, entry in catalogue.entries([kind]):
        for key, word in words(entry):
            holder = holders.setdefault(key, entry.id)
            if holder != entry.id and key not in allowed:
                one, two = (entry.id, holder) if catalogue.is_own(kind, entry.id) else (holder, entry.id)
                where = catalogue.place(kind, two)
                message = f"[[{kind}]] {one!r}: {word!r} also belongs to {two!r}, {where}: {so}"
                yield Conflict(catalogue.place(kind, one), code, message)


# ---- what leads nowhere


def _parents(catalogue: Catalogue) -> Iterator[Conflict]:
    actors = catalogue.shelf.tables["actor"]
    for entry in catalogue.lexicon.actor:
        if entry.parent is not None and entry.parent not in actors:
            message = f"[[actor]] {entry.id!r}: there is no actor {entry.parent!r} to be its parent"
            yield Conflict(catalogue.place("actor", entry.id), "no-parent", message + _nearest(entry.parent, actors))


def _lists(catalogue: Catalogue) -> Iterator[Conflict]:
    """Lists of words that nothing reads: only the names of the built-in ones are known to the stages."""
    own = [entry.id for entry in catalogue.lexicon.words if catalogue.is_own("words", entry.id)]
    read = {change.key[1] for change in catalogue.shelf.replaced if change.key[0] == "words"} | {SHARED_NAMES}
    known = [entry.id for entry in catalogue.lexicon.words if entry.id not in own]
    for name in own:
        if name not in read:
            message = f"[[words]] {name!r} is read by nothing"
            yield Conflict(catalogue.place("words", name), "unread-list", message + _nearest(name, known))


def _prepositions(catalogue: Catalogue) -> Iterator[Conflict]:
    for rule in catalogue.lexicon.verb:
        if bool(rule.prepositions) != any(frame in WITH_PREPOSITION for frame in rule.frames):
            lacks = (
                "prepositions and no frame for them" if rule.prepositions else "the frame prep or obj-prep and no prepositions"
            )
            yield Conflict(catalogue.place("verb", rule.id), "half-a-frame", f"[[verb]] {rule.id!r} has {lacks}")


def _nearest(name: str, known: Mapping[str, Entry] | Sequence[str]) -> str:
    hint = tomlfile.nearest(name, known)
    return f"; did you mean {hint!r}?" if hint else ""
