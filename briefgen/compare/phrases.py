"""A document's text in, the noun phrases that it is about out, with keys under which different wordings meet.

There is no tagger: a noun phrase is a run of words between words that end one (lists in ``issues.toml``), without
adjectives of degree. A noun that needs another one ("concern", "plan") only counts with it. "ASEAN's expansion", "expansion
of the Association of Southeast Asian Nations" and "ASEAN enlargement" have the key ``(@asean, enlargement)``: actors stand
under their id, synonyms under one name, possessives and "of" are folded. Things that are for somebody carry who gets them
(``>mali``), since loans for one side and for the other are two issues in one phrase.

A bare mention ("these loans") means what the document last called by that noun.

Known limits: English word order; a noun that is also a listed verb ends a phrase; who gets something is found in the
sentence, in what was said before, or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from copy import copy
from functools import lru_cache
from itertools import pairwise
from operator import attrgetter
from typing import Literal, NamedTuple

from briefgen.compare.directory import Directory, Hit
from briefgen.compare.terms import WORD, WORDS, Word, lowered, stem, words_of
from briefgen.model.lexicon import Lexicon

Key = tuple[str, ...]
Class = Literal["stop", "generic", "weak", "noun"]
LONGEST_KEY = 3
#: Words back or forward in which a receiver is looked for.
REACH = 5
DETERMINERS = frozenset(
    ["the", "a", "an", "this", "these", "those", "such", "any", "its", "their", "his", "her", "our", "some", "all"]
)
#: Between two nouns these make one name of a matter: "women **in** combat", "talks **on** grain", "bread **and** circuses".
TYING = frozenset(["against", "and", "between", "for", "in", "of", "on", "over", "with"])
LONGEST_LABEL = 6
#: What a lone noun is worth beside one of two words.
LONE = 0.6
MARK = re.compile(r"[^\w\s'’&/.-]|\.(?!\w)")
#: What stands behind these is a place, seldom what a sentence is about.
PLACING = frozenset(
    [
        "across",
        "along",
        "around",
        "at",
        "behind",
        "beyond",
        "in",
        "inside",
        "near",
        "outside",
        "throughout",
        "toward",
        "towards",
        "within",
    ]
)
POINTING = frozenset(["the", "this", "that", "these", "those", "same", "such", "any", "said"])
OWNING = frozenset(["the", "this", "that", "these", "those", "such", "its", "their"])
NOBODY: tuple[None] = (None,)
#: Lists of nouns that are no issue by themselves: vague ones, and people.
NOT_ALONE = ("issue-not-alone", "actor-groups", "actor-members", "actor-offices")
#: Besides "of", these tie a noun to a body.
JOINING = frozenset(["into", "to", "with"])
RECEIVING = frozenset(
    [
        "receive",
        "receives",
        "seek",
        "seeks",
        "want",
        "wants",
        "get",
        "gets",
        "need",
        "needs",
        "demand",
        "demands",
        "require",
        "requires",
    ]
)
#: Between a body and a verb these say that the verb is somebody else's: "the EU as a reason to **join**".
AWAY = frozenset(["and", "as", "but", "by", "for", "from", "in", "of", "on", "or", "which", "who", "whom", "with"])
#: What stands between a verb and its object: "**trim its** tariffs".
BEFORE_OBJECT = DETERMINERS - {"all", "some", "any"}
#: The kinds of items that are nouns.
NOUNS = frozenset(["noun", "weak"])
MODALS = frozenset(["might", "may", "could", "would", "will", "can", "should", "to"])


class Wording(NamedTuple):
    """A key and the words that a label can be made of."""

    key: Key
    words: str


class Phrase(NamedTuple):
    """A noun phrase at ``[start, end)`` of the text. ``keys`` run from the fullest to the bare noun.

    ``long`` are fuller ways to say it, as the text has them: "capital punishment", "women in combat".
    """

    start: int
    end: int
    keys: tuple[Wording, ...]
    head: str
    is_bare: bool = False
    receiver: str | None = None
    giver: str | None = None
    is_pointing: bool = False
    is_determined: bool = False
    is_place: bool = False
    is_lone: bool = False
    is_strong: bool = False
    long: tuple[str, ...] = ()


class Item(NamedTuple):
    """A word or an actor's name in a sentence, on the way to a phrase."""

    first: Word
    last: Word
    kind: Literal["stop", "generic", "weak", "noun", "actor"]
    term: str
    how: str = ""


class Grammar(NamedTuple):
    """The word lists of ``issues.toml``, ready for use."""

    stop: frozenset[str]
    verbs: frozenset[str]
    generic: frozenset[str]
    weak: frozenset[str]
    nouns: frozenset[str]
    for_whom: frozenset[str]
    not_alone: frozenset[str]
    asking: frozenset[str]
    giving: frozenset[str]
    either: frozenset[str]
    proposing: frozenset[str]
    containing: frozenset[str]
    untold: frozenset[str]
    synonyms: dict[str, str]
    pairs: dict[tuple[str, str], str]
    #: The nouns of the synonyms, as they may be written.
    named: frozenset[str]
    #: Forms of verbs that name a thing, of those that do so beside a body, and adjectives that do so before one.
    nouns_of_bodies: frozenset[str]
    verbal: dict[str, str]
    of_bodies: dict[str, str]
    before_bodies: dict[str, str]


def grammar(lexicon: Lexicon) -> Grammar:
    """Compile the word lists; synonyms meet under the id of their entry."""
    groups = [(entry.id, word.split()) for entry in lexicon.synonym for word in (*entry.words, *entry.words_of_bodies)]
    synonyms = {stem(words[0].lower()): name for name, words in groups if len(words) == 1}
    pairs = {(stem(words[0].lower()), stem(words[1].lower())): name for name, words in groups if len(words) == 2}
    listed = lexicon.listed
    return Grammar(
        stop=listed("issue-stop"),
        verbs=_forms(listed("issue-verbs")),
        generic=listed("issue-generic"),
        weak=frozenset(stem(word) for word in listed("issue-weak")),
        nouns=listed("issue-nouns"),
        for_whom=frozenset(synonyms.get(stem(word), stem(word)) for word in listed("issue-for-whom")),
        not_alone=frozenset(synonyms.get(stem(word), stem(word)) for name in NOT_ALONE for word in listed(name)),
        asking=frozenset(stem(word) for word in listed("issue-asking")),
        giving=_forms(listed("issue-giving")),
        either=listed("issue-verbs-or-nouns"),
        proposing=frozenset(map(stem, listed("issue-proposing"))),
        containing=listed("issue-containing"),
        untold=listed("issue-untold"),
        synonyms=synonyms,
        pairs=pairs,
        named=frozenset(form for _, words in groups for form in (words[-1], words[-1] + "s", words[-1] + "es")),
        nouns_of_bodies=frozenset(
            form for entry in lexicon.synonym for word in entry.words_of_bodies for form in (word, word + "s")
        ),
        verbal={form: entry.id for entry in lexicon.synonym for form in _forms((*entry.verbs, *entry.verbs_of_bodies))},
        of_bodies={form: entry.id for entry in lexicon.synonym for form in _forms(entry.verbs_of_bodies)},
        before_bodies={word: entry.id for entry in lexicon.synonym for word in entry.adjectives_of_bodies},
    )


def _forms(verbs: Iterable[str]) -> frozenset[str]:
    return frozenset(form for verb in verbs for form in _forms_of(verb))


def _forms_of(verb: str) -> tuple[str, ...]:
    base = verb[:-1] if verb.endswith("e") else verb
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return (verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing")
    return (verb, verb + "s", verb + "es", base + "ed", base + "ing", verb + verb[-1] + "ed", verb + verb[-1] + "ing")


class Phraser:
    """Reads the phrases of texts. ``people`` are words of persons' names: no issue is made of them."""

    def __init__(self, rules: Grammar, directory: Directory, people: frozenset[str] = frozenset()) -> None:
        self.rules, self.directory, self.people = rules, directory, people
        self.names = frozenset(rules.synonyms.values())
        self._pair_starts = frozenset(first for first, _ in rules.pairs)
        self._naming = rules.verbal.keys() | rules.before_bodies.keys()
        self._class = lru_cache(maxsize=WORDS)(self._class_of)

    def knowing(self, people: frozenset[str]) -> Phraser:
        """The same with other ``people``; what is known of words is shared."""
        other = copy(self)
        other.people = people
        return other

    def read(self, text: str, start: int, end: int, shorts: frozenset[str] = frozenset()) -> list[Phrase]:
        """The phrases of ``text[start:end]``, in order. ``shorts`` are the actors whose short names count here."""
        words = words_of(text, start, end)
        items = self._with_verbs(self._items(words, shorts), text)
        runs = list(_runs(items, text))
        found = [phrase for at, run in enumerate(runs) for phrase in self._phrase(items, runs, at, run, text)]
        named = [at for at, item in enumerate(items) if item.first.lower in self._naming]
        found += [phrase for at in named for phrase in self._verbal(items, at)]
        return sorted(found, key=attrgetter("start"))

    def mentions(self, text: str, heads: Set[str]) -> bool:
        """Whether one of ``heads``, as phrases have them, stands in a text."""
        return any(self._class(word.lower())[1] in heads for word in WORD.findall(text))

    def telling_words(self, text: str) -> frozenset[str]:
        """The stems in a text that can tell what it is about: no names of actors, no words of degree, no small words."""
        words = words_of(text)
        return frozenset(
            term
            for at, word in enumerate(words)
            for kind, term in (self._class(word.lower),)
            if term and kind != "generic" and not self._is_in_name(words, at)
        )

    def has_pointing_noun(self, text: str) -> bool:
        """Whether a noun that needs another one points back to it: "the proposal", "Ghana's stance", not "a proposal"."""
        words = words_of(text)
        return any(
            (before.lower in OWNING or before.possessive) and self._class(word.lower)[0] == "weak"
            for before, word in pairwise(words)
        )

    def names_proposal(self, text: str) -> bool:
        """Whether a name for what somebody puts forward stands in a text: "an initiative by two ports"."""
        return any(stem(word) in self.rules.proposing for word in lowered(text))

    def is_public(self, actor: str) -> bool:
        """Whether an actor is a known state or body."""
        entry = self.directory.entries.get(actor)
        return entry is not None and entry.kind in ("state", "organization")

    def _is_in_name(self, words: Sequence[Word], at: int) -> bool:
        is_capital = words[at].plain != words[at].lower
        return is_capital and (words[at].plain in self.people or self.directory.prefix(words, at) is not None)

    def worth(self, key: Key) -> float:
        """How much a key tells: two nouns more than one, an actor with a noun nearly as much; a weak noun at the end little."""
        nouns = [part for part in key if part[0] not in "@>"]
        if len(nouns) == 1 and nouns[0] in self.rules.weak | self.rules.not_alone and len(key) == 1:
            return 0.0
        weak = 0.6 if nouns[-1] in self.rules.weak else 1.0
        if len(nouns) > 1:
            return weak * (1.0 if len(nouns) == 2 else 0.95)
        return weak * (0.9 if len(key) > 1 else 0.75 if key[0] in self.names else LONE)

    def _items(self, words: Sequence[Word], shorts: frozenset[str]) -> list[Item]:
        hits = {hit.first: hit for hit in self.directory.hits(words) if hit.how != "short" or hit.actor in shorts}
        items: list[Item] = []
        at = 0
        while at < len(words):
            item, at = self._item(words, at, hits.get(at), items)
            items.append(item)
        return items

    def _with_verbs(self, items: list[Item], text: str) -> list[Item]:
        """The items with nouns that stand as verbs made so."""
        return [
            item._replace(kind="stop") if item.kind in NOUNS and self._is_verb(items, at, text) else item
            for at, item in enumerate(items)
        ]

    def _is_verb(self, items: Sequence[Item], at: int, text: str) -> bool:
        if not 0 < at < len(items) - 1:
            return False
        is_either = items[at].first.lower in self.rules.either and items[at - 1].first.lower in MODALS
        return is_either or _is_verb_before_object(items, at, text)

    def _item(self, words: Sequence[Word], at: int, hit: Hit | None, before: Sequence[Item]) -> tuple[Item, int]:
        word = words[at]
        if hit:
            return Item(word, words[hit.last - 1], "actor", hit.actor, hit.how), hit.last
        if word.plain in self.people:
            return Item(word, word, "stop", ""), at + 1
        first = stem(word.lower)
        if first in self._pair_starts and at + 1 < len(words):
            pair = self.rules.pairs.get((first, stem(words[at + 1].lower)))
            if pair:
                return Item(word, words[at + 1], "noun", pair), at + 2
        kind, term = self._class(word.lower)
        if kind != "generic" and word.lower.endswith("ing") and word.lower not in self.rules.nouns and term:
            kind = "noun" if self._is_noun_in_ing(words, at, before) else "stop"
        return Item(word, word, kind, term), at + 1

    def _is_noun_in_ing(self, words: Sequence[Word], at: int, before: Sequence[Item]) -> bool:
        """Whether a word in -ing is a noun: in "a **sorting** plant", "a ban on **whaling**", not in "**limiting** noise"."""
        if before and (before[-1].first.lower in DETERMINERS or before[-1].kind != "stop"):
            opening = next((item for item in reversed(before) if item.kind == "stop"), None)
            return words[at].lower not in self.rules.verbs or (opening is not None and opening.first.lower in DETERMINERS)
        following = words[at + 1].lower if at + 1 < len(words) else "of"
        return words[at].lower not in self.rules.verbs and self._class(following)[0] == "stop" and following not in DETERMINERS

    def _class_of(self, lower: str) -> tuple[Class, str]:
        rules, term = self.rules, stem(lower)
        term = rules.synonyms.get(term, term)
        if lower in rules.nouns or term in rules.for_whom:
            return "noun", term
        if lower in rules.stop or len(lower) == 1 or lower[0].isdigit() or "'" in lower:
            return "stop", ""
        if lower in rules.generic or (lower.endswith("ed") and lower not in rules.verbs):
            return "generic", term
        if lower in rules.verbal and lower not in rules.named:
            return "stop", rules.verbal[lower]
        if lower in rules.verbs and (term not in self.names or lower not in rules.named):
            return "stop", term
        if lower.endswith("ly"):
            return "stop", ""
        return ("weak" if stem(lower) in rules.weak else "noun"), term

    def _phrase(self, items: Sequence[Item], runs: Sequence[range], at: int, run: range, text: str) -> Iterator[Phrase]:
        given = self._is_given(items, run)
        parts = [items[i] for i in run][1 if given else 0 :]
        nouns = self._with_weak_head(parts)
        if not nouns:
            return
        linked = self._of(items, runs, at)
        if nouns[-1].first.lower in self.rules.nouns_of_bodies and not self._has_body(parts, items, linked):
            nouns = [*nouns[:-1], nouns[-1]._replace(term=stem(nouns[-1].first.lower))]
        inner = [items[i] for i in linked] if linked else []
        owner = next((part for part in parts if part.kind == "actor"), None)
        linked_to = inner[-1] if inner and inner[-1].kind == "actor" and not _nouns(inner) else None
        owners = [wording for item in (linked_to, owner) if (wording := self._owner(item))]
        tied = _tied(nouns[-1], _nouns(inner), text)
        keys = tuple(dict.fromkeys(key for each in owners or NOBODY for key in _keys(nouns, each, tied)))
        before = items[run.start - 1].first.lower if run.start else ""
        head = nouns[-1].term
        is_for_whom = head in self.rules.for_whom
        yield Phrase(
            start=parts[0].first.start,
            end=parts[-1].last.end,
            keys=keys,
            head=head,
            is_bare=len(keys) == 1,
            receiver=(items[run.start].term if given else self._receiver(items, run)) if is_for_whom else None,
            giver=self._giver(items, run) if is_for_whom else None,
            is_pointing=before in POINTING or (before == "a" and run.start > 1 and items[run.start - 2].first.lower == "such"),
            is_determined=before in DETERMINERS,
            is_place=head not in self.names and self._is_place(items, run.start),
            is_lone=len(parts) == 1,
            is_strong=len(nouns) > 1 and nouns[-1].kind == "noun",
            long=tuple(_long_forms(items, runs, at, text, self.rules.untold)),
        )

    def _verbal(self, items: Sequence[Item], at: int) -> Iterator[Phrase]:
        """The thing that a verb or an adjective names: "to **negotiate**", "the EU **admits**", "a **larger** EU"."""
        item, rules = items[at], self.rules
        word = item.first.lower
        if item.kind == "stop" and item.term in self.names and word in rules.verbal:
            owner = self._body_beside(items, at) if word in rules.of_bodies else None
            name, is_named = item.term, bool(owner) or word not in rules.of_bodies
        else:
            owner = items[at + 1] if at + 1 < len(items) and self._is_body_item(items[at + 1]) else None
            name, is_named = rules.before_bodies.get(word, ""), bool(owner)
        if name and is_named:
            words = f"{item.first.plain} {owner.first.plain}" if owner and item.kind != "stop" else ""
            keys = (Wording((f"@{owner.term}", name), words),) if owner else ()
            yield Phrase(item.first.start, item.last.end, (*keys, Wording((name,), "")), name)

    def _body_beside(self, items: Sequence[Item], at: int) -> Item | None:
        """The body that a verb belongs to: its subject, with small words between, or its object."""
        after = next((item for item in items[at + 1 : at + 3] if item.first.lower not in DETERMINERS), None)
        if after and self._is_body_item(after):
            return after
        before = at - 1
        while before >= max(0, at - REACH) and items[before].kind == "stop" and items[before].first.lower not in AWAY:
            before -= 1
        return items[before] if before >= 0 and self._is_body_item(items[before]) else None

    def _is_body_item(self, item: Item) -> bool:
        return (
            item.kind == "actor"
            and item.how != "adjective"
            and not item.last.possessive
            and self.directory.entries[item.term].kind == "organization"
        )

    def _has_body(self, parts: Sequence[Item], items: Sequence[Item], linked: range | None) -> bool:
        """Whether a body stands in a phrase or behind its "of": "the EU's growth", "growth of the EU", not "export growth"."""
        behind = items[linked.start : linked.stop + REACH] if linked else ()
        every = [*parts, *behind]
        return any(item.kind == "actor" and self.directory.entries[item.term].kind == "organization" for item in every)

    def _is_given(self, items: Sequence[Item], run: range) -> bool:
        """Whether the name before the noun receives it and does not own it: "granting **Mali** loans"."""
        first = items[run.start]
        is_name = first.kind == "actor" and first.how != "adjective" and not first.last.possessive and len(run) > 1
        return is_name and run.start > 0 and items[run.start - 1].first.lower in self.rules.giving

    def _is_place(self, items: Sequence[Item], at: int) -> bool:
        while at and items[at - 1].first.lower in DETERMINERS:
            at -= 1
        is_placed = at > 0 and items[at - 1].first.lower in PLACING
        return is_placed and not (at > 1 and items[at - 2].first.lower in self.rules.containing)

    def _with_weak_head(self, parts: Sequence[Item]) -> list[Item]:
        """The nouns, with the weak noun that they modify ("peace plan"); a known synonym needs none ("enlargement plans")."""
        nouns = _nouns(parts)
        return [*nouns, parts[-1]] if nouns and parts[-1].kind == "weak" and nouns[-1].term not in self.names else nouns

    def _owner(self, item: Item | None) -> Wording | None:
        """The actor that stands in a phrase, as the first word of a label: "NATO", "Ukraine's", "Russian"."""
        if not item:
            return None
        entry = self.directory.entries[item.term]
        words = (
            item.first.plain if item.how == "adjective" else entry.name if entry.kind == "organization" else entry.name + "'s"
        )
        return Wording((f"@{item.term}",), words)

    def _of(self, items: Sequence[Item], runs: Sequence[range], at: int) -> range | None:
        """The run behind "of" that belongs to the run ``at``: "expansion **of** the African Union"."""
        if at + 1 == len(runs):
            return None
        between = [items[i].first.lower for i in range(runs[at].stop, runs[at + 1].start)]
        if not between or any(word not in DETERMINERS for word in between[1:]):
            return None
        return runs[at + 1] if between[0] == "of" or (between[0] in JOINING and self._is_body(items, runs[at + 1])) else None

    def _is_body(self, items: Sequence[Item], run: range) -> bool:
        """Whether a run is a body's name and nothing else: "accession **to the EU**"."""
        first = items[run.start]
        return len(run) == 1 and first.kind == "actor" and self.directory.entries[first.term].kind == "organization"

    def _receiver(self, items: Sequence[Item], run: range) -> str | None:
        return (
            self._behind(items, run, ("for", "to", "towards", "toward"))
            or self._given(items, run)
            or self._asked(items, run)
            or self._owned(items, run)
        )

    def _giver(self, items: Sequence[Item], run: range) -> str | None:
        return self._behind(items, run, ("from", "by"))

    def _behind(self, items: Sequence[Item], run: range, prepositions: tuple[str, ...]) -> str | None:
        """The actor behind a preposition: "loans **for Mali**", but not "for Mali's neighbours" and not "to Malian firms"."""
        at = run.stop
        if at >= len(items) or items[at].first.lower not in prepositions:
            return self._wanted(items, at) if "for" in prepositions else None
        at += 1
        while at < len(items) and items[at].first.lower in DETERMINERS:
            at += 1
        if at < len(items) and items[at].kind == "actor" and items[at].how != "adjective" and not items[at].last.possessive:
            return items[at].term
        return None

    def _wanted(self, items: Sequence[Item], at: int) -> str | None:
        """Who wants it or is to get it: "the loans **Mali may get**"."""
        if at >= len(items) or items[at].kind != "actor" or items[at].how == "adjective":
            return None
        verb = next((item for item in items[at + 1 : at + 3] if item.first.lower not in MODALS), None)
        return items[at].term if verb and verb.first.lower in RECEIVING else None

    def _given(self, items: Sequence[Item], run: range) -> str | None:
        """Who is given it: "**providing Mali** with cheap loans"."""
        for at in range(run.start - 1, max(0, run.start - REACH) - 1, -1):
            if items[at].kind == "actor" and items[at].how != "adjective" and not items[at].last.possessive:
                return items[at].term if at and items[at - 1].first.lower in self.rules.giving else None
        return None

    def _asked(self, items: Sequence[Item], run: range) -> str | None:
        """Who asks for it: "**Mali's requests** for loans"."""
        if not run.start or items[run.start - 1].first.lower not in ("for", "on", "of"):
            return None
        near = items[max(0, run.start - 1 - REACH) : run.start - 1]
        asks = any(stem(item.first.lower) in self.rules.asking for item in near)
        owners = [item for item in near if item.kind == "actor"]
        return owners[-1].term if asks and owners else None

    def _owned(self, items: Sequence[Item], run: range) -> str | None:
        """Whose it is: "**Mali's** debt relief"; an adjective or a body before it says rather who gives it."""
        owner = items[run.start]
        is_owner = owner.kind == "actor" and owner.last.possessive and len(run) > 1
        return owner.term if is_owner else None


def _is_verb_before_object(items: Sequence[Item], at: int, text: str) -> bool:
    """Whether a noun between an actor or a modal and a determiner is a verb: "that Chad **trim** its tariffs"."""
    before, after = items[at - 1], items[at + 1]
    is_subject = before.kind == "actor" and before.how != "adjective" and not before.last.possessive
    leads = is_subject or before.first.lower in MODALS
    return leads and after.first.lower in BEFORE_OBJECT and not text[items[at].last.end : after.first.start].strip()


def _runs(items: Sequence[Item], text: str) -> Iterator[range]:
    """Runs of items that may be one noun phrase. An actor's name ends a run unless a noun follows it."""
    start = 0
    for at in range(len(items) + 1):
        is_end = at == len(items) or items[at].kind == "stop"
        is_cut = not is_end and at > start and (_is_name_after_noun(items, at) or not _is_joined(items, at, text))
        if is_end or is_cut:
            if at > start:
                yield range(start, at)
            start = at + 1 if is_end else at


def _is_joined(items: Sequence[Item], at: int, text: str) -> bool:
    return text[items[at - 1].last.end : items[at].first.start].strip() in ("", "-")


def _is_name_after_noun(items: Sequence[Item], at: int) -> bool:
    """Whether a clause begins with the name: "the loans | Mali may get"."""
    return items[at].kind == "actor" and items[at].how != "adjective" and items[at - 1].kind in ("noun", "weak")


def _long_forms(items: Sequence[Item], runs: Sequence[range], at: int, text: str, untold: Set[str]) -> Iterator[str]:
    """The phrase with its modifiers, with the phrase that it stands behind, with the one behind it."""
    run = runs[at]
    if len(run) > 1 and items[run.stop - 1].kind in ("noun", "weak"):
        yield from _whole(items, run.start, run.stop, text, untold)
    for one, two in ((at, at + 1), (at - 1, at)):
        if one >= 0 and two < len(runs):
            first, second = runs[one], runs[two]
            between = [items[i].first.lower for i in range(first.stop, second.start)]
            is_joined = bool(between) and between[0] in TYING and all(word in DETERMINERS for word in between[1:])
            ends = items[first.stop - 1], items[second.stop - 1]
            goes_on = second.stop < len(items) and items[second.stop].first.lower == "of"
            if (
                is_joined
                and not goes_on
                and ends[0].kind in ("noun", "weak")
                and ends[1].kind != "generic"
                and ends[1].how != "adjective"
            ):
                yield from _whole(items, first.start, second.stop, text, untold)


def _whole(items: Sequence[Item], start: int, stop: int, text: str, untold: Set[str]) -> Iterator[str]:
    """The text of some items, if it can be a label: short, and not cut by a mark."""
    while start < stop and items[start].kind == "generic" and items[start].first.lower in untold:
        start += 1
    words = " ".join(text[items[start].first.start : items[stop - 1].last.end].split())
    if stop - start > 1 and words.count(" ") < LONGEST_LABEL and not MARK.search(words):
        yield words


def _nouns(parts: Sequence[Item]) -> list[Item]:
    """The nouns that say what a phrase is about: "(planned) enlargement (plans)" -> enlargement."""
    return [part for part in parts if part.kind == "noun"]


def _tied(head: Item, inner: Sequence[Item], text: str) -> Wording | None:
    """A noun with the one behind its "of", in the text's own words: "dredging of the Kelm Channel"."""
    if not inner or inner[-1].term == head.term:
        return None
    words = " ".join(text[head.first.start : inner[-1].last.end].split())
    is_short = words.count(" ") < LONGEST_LABEL and not MARK.search(words)
    return Wording((inner[-1].term, head.term), words if is_short else f"{_surface(head)} of {_surface(inner[-1])}")


def _keys(nouns: Sequence[Item], owner: Wording | None, tied: Wording | None) -> Iterator[Wording]:
    """From the fullest to the bare noun: "NATO's missile defence" -> owner and both, both, owner and noun, noun."""
    head = nouns[-1]
    whole = _joined(nouns[-LONGEST_KEY:])
    if owner and len(nouns) > 1:
        yield Wording((*owner.key, *_joined(nouns[-2:]).key), f"{owner.words} {_joined(nouns[-2:]).words}")
    if len(nouns) > 2:
        yield whole
    if len(nouns) > 1:
        yield _joined(nouns[-2:])
    elif tied:
        yield tied
    if owner:
        yield Wording((*owner.key, head.term), f"{owner.words} {_surface(head)}")
    yield Wording((head.term,), _surface(head))


def _joined(nouns: Sequence[Item]) -> Wording:
    return Wording(tuple(noun.term for noun in nouns), " ".join(_surface(noun) for noun in nouns))


def _surface(noun: Item) -> str:
    return noun.first.plain if noun.first is noun.last else f"{noun.first.plain} {noun.last.plain}"
