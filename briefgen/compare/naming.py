"""A surface name and its document in, the actor that it names out, or None for what cannot hold a position.

Read from the outside in: the whole name, the head of a phrase ("officials in Oslo"), what stands before an office or a
name ("Portuguese Fisheries Minister Ana Costa"), and only then by its looks. What stays unnamed in the source stays
unnamed: "some analysts" never become anybody in particular, and two readings that are both possible give neither.

Known limits: titles and offices are English; a lone surname is a person only when the text gives the full name somewhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from briefgen.compare.directory import ARTICLES, Directory, How
from briefgen.compare.terms import Word, capitalized, slug, words_of
from briefgen.model.brief import ActorKind
from briefgen.model.lexicon import Lexicon

SPEAKS = frozenset(["state", "organization"])
#: Where a noun phrase stops and something is said about it.
AFTER = re.compile(r"(?:,\s*|\s+)(?:who|which|whose|speaking|including|along with|according to|such as)\b.*", re.S)
HEADED = re.compile(r"\s+(?:of|in|from|at|for|within|inside|representing)\s+(?:the\s+)?", re.I)
IN_BRACKETS = re.compile(r"\s*\(([^()]*)\)\s*$")
PUT_FORWARD = re.compile(
    r"\b(?:sent|submitted|presented|proposed|tabled|published|unveiled|circulated|offered|issued|released|drafted)\s+"
    r"(?:a|an|its|the|their)\s+(?:\w+\s+){0,2}?"
    r"(?P<paper>draft|proposal|plan|paper|document|text|letter|resolution|motion|bill|statement|blueprint|roadmap|memorandum)\b",
    re.I,
)
PARTICLES = frozenset(
    ["al", "bin", "da", "de", "del", "den", "der", "di", "do", "dos", "du", "el", "la", "le", "van", "von", "y"]
)
JOINING = frozenset(["of", "for", "and", "the", "on", "in", "de", "&"])
AGENTS = ("ists", "ians", "ers", "ors", "eers", "men", "women", "ants", "ees", "ist", "ian", "man", "woman", "person", "people")
ABSTRACT = ("ions", "ments", "ities", "ings", "ances", "ences", "isms", "ics", "ures", "ages", "nesses")
WORDS_BEFORE_NAME = re.compile(r"(?:[^\W\d_](?:[\w'’-]*|\.[A-Z]\.)[^\S\n]+){1,8}$")


class Reading(NamedTuple):
    """Who a surface names. ``parent`` is the id of the state or body that a person speaks for."""

    id: str
    name: str
    kind: ActorKind
    parent: str | None = None


class Vocabulary(NamedTuple):
    """The word lists of ``actors-people.toml``; titles and body words are compared in lower case."""

    offices: frozenset[str]
    papers: frozenset[str]
    groups: frozenset[str]
    members: frozenset[str]
    things: frozenset[str]
    titles: frozenset[str]
    body_words: frozenset[str]
    quantifiers: frozenset[str]
    not_in_office: frozenset[str]
    #: Heads of unnamed groups that are others in every document.
    contextual: frozenset[str]
    #: Adjectives of directions and regions that make such a group one and the same everywhere: "western capitals".
    proper: frozenset[str]


def vocabulary(lexicon: Lexicon) -> Vocabulary:
    """The lists named ``actor-offices``, ``actor-papers`` and so on."""
    lists = (lexicon.listed("actor-" + name.replace("_", "-")) for name in Vocabulary._fields)
    return Vocabulary(*(frozenset(word.lower() for word in words) for words in lists))


class Namer:
    """Reads the surface names of one document. ``text`` is the document's; it is only searched, never changed."""

    def __init__(self, directory: Directory, words: Vocabulary, text: str) -> None:
        self.directory, self.words, self.text = directory, words, text
        self.known = lru_cache(maxsize=None)(self._is_in_text)

    def _is_in_text(self, actor: str) -> bool:
        entry = self.directory.entries[actor]
        return any(re.search(rf"\b{re.escape(name)}\b", self.text) for name in (entry.name, *entry.aliases))

    def read(self, surface: str) -> Reading | None:
        """The actor that ``surface`` names in this document."""
        whole, surface = " ".join(surface.split()), self._trimmed(surface)
        words = words_of(surface)
        if not words:
            return None
        exact = self._exact(surface)
        if exact and self._is_some_people(whole, surface):
            return _unnamed(surface)
        if exact or surface.lower() in self.words.quantifiers - ARTICLES:
            return exact or _unnamed(surface)
        return self._bracketed(surface) or self._headed(surface) or self._led(surface, words) or self._by_looks(surface, words)

    def _trimmed(self, surface: str) -> str:
        """Without what is said about the actor, quotation marks, possessive and quantifiers: "some analysts" -> "analysts"."""
        surface = AFTER.sub("", " ".join(surface.split())).strip(" \"'“”‘’,;:-–—")
        surface = re.sub(r"['’]s?$|(?<![A-Z])\.$", "", surface)
        quantifier = self._quantifier(surface)
        while quantifier and quantifier < len(surface):
            surface = surface[quantifier:].lstrip()
            quantifier = self._quantifier(surface)
        return surface

    def _quantifier(self, surface: str) -> int:
        """The length of the longest quantifier that ``surface`` begins with."""
        lower = surface.lower().split(" ")
        for count in range(min(4, len(lower) - 1), 0, -1):
            if " ".join(lower[:count]) in self.words.quantifiers:
                return len(" ".join(lower[:count]))
        return 0

    def _exact(self, surface: str) -> Reading | None:
        found = self.directory.named(surface)
        return self._entry(*found) if found else None

    def _is_some_people(self, whole: str, surface: str) -> bool:
        """Whether only some of a people are meant: "many Danes" are not Denmark, though "the Danes" are."""
        found = self.directory.named(surface)
        lead = whole[: len(whole) - len(surface)].strip().lower()
        return bool(found and found[1] == "adjective" and lead in self.words.quantifiers - ARTICLES)

    def _entry(self, actor: str, how: How) -> Reading | None:
        if how == "short" and not self.known(actor):
            return None
        entry = self.directory.entries[actor]
        return Reading(entry.id, entry.name, entry.kind, entry.parent)

    def _bracketed(self, surface: str) -> Reading | None:
        """A name with another one in brackets, "World Bank Group (WBG)": either will do."""
        match = IN_BRACKETS.search(surface)
        return (
            (self._exact(surface[: match.start()]) or self._exact(match[1]) or self.read(surface[: match.start()]))
            if match
            else None
        )

    def _headed(self, surface: str) -> Reading | None:
        """Offices "in Oslo", "of Peru", "of the IMF" speak for them; protesters in Oslo speak for themselves."""
        before, comma, after = surface.partition(", ")
        if comma:
            return self._apposed(before, after)
        place = HEADED.search(surface)
        if not place:
            return None
        head, rest = words_of(surface[: place.start()]), surface[place.end() :]
        if head and self._ends_in(head, self.words.members) and rest[:1].islower():
            return self._headed(rest)  # "members of parliament in Kyiv"
        if not head or not (self._is_office(head) or self._ends_in(head, self.words.papers)):
            return None
        is_paper = not self._is_office(head)
        owner = (
            self._exact(rest) or self._owner_before_name(rest) or (self.read(rest) if is_paper and rest[0].isupper() else None)
        )
        if owner and is_paper and owner.kind == "other":
            return owner
        return owner if owner and (owner.kind in SPEAKS or owner.kind == "person") else None

    def _owner_before_name(self, rest: str) -> Reading | None:
        """The person behind "of": "(President of) Ghana Ama Mensah"."""
        words = words_of(rest)
        hit = self.directory.prefix(words) if words else None
        if not hit or hit.last == len(words) or not _is_name(words[hit.last :]):
            return None
        return self._person(rest[words[hit.last].start :], hit.actor)

    def _apposed(self, before: str, after: str) -> Reading | None:
        """A name and whom it speaks for: "Ana Costa, Portugal's fisheries minister"."""
        named = self.read(before)
        if not named or named.kind != "person" or named.parent:
            return named
        return named._replace(parent=self._owner(words_of(after)))

    def _owner(self, words: Sequence[Word]) -> str | None:
        """The state or body for which an office in ``words`` is held."""
        for hit in self.directory.hits(words):
            entry = self.directory.entries[hit.actor]
            if entry.kind in SPEAKS and self._is_office(words) and not self._is_out_of_office(words):
                return hit.actor
        return None

    def _led(self, surface: str, words: Sequence[Word]) -> Reading | None:
        """A name, seat or adjective, then an office, a paper or a person: "Danish officials", "Oslo's draft"."""
        first = next((at for at, word in enumerate(words) if word.plain != word.lower), len(words))
        hit = self.directory.prefix(words, first) if first < len(words) else None
        if not hit or hit.last == len(words) or (hit.how == "short" and not self.known(hit.actor)):
            return self._possessed(words)
        rest = words[hit.last :]
        entry = self.directory.entries[hit.actor]
        if entry.kind not in SPEAKS:
            return self._possessed(words)
        named = _name_start(rest, self.words.titles)
        if (
            named is not None
            and (named or hit.how == "adjective" or words[hit.last - 1].possessive)
            and not self._is_body(rest)
        ):
            return self._person(surface[rest[named].start :], None if self._is_out_of_office(words) else hit.actor)
        return self._speaks_for(hit.actor, hit.how, rest, words)

    def _speaks_for(self, actor: str, how: How, rest: Sequence[Word], words: Sequence[Word]) -> Reading | None:
        entry = self.directory.entries[actor]
        is_owned = how == "adjective" or words[len(words) - len(rest) - 1].possessive
        if self._is_out_of_office(words) or (entry.kind == "organization" and self._ends_in(rest, self.words.members)):
            return None
        if self._is_office(rest) or (is_owned and self._ends_in(rest, self.words.papers)):
            return Reading(entry.id, entry.name, entry.kind, entry.parent)
        return None

    def _possessed(self, words: Sequence[Word]) -> Reading | None:
        """Whose paper it is: "Costa's proposal" is Costa's."""
        owner = next((at for at, word in enumerate(words[:-1]) if word.possessive), None)
        if owner is None or not self._ends_in(words, self.words.papers):
            return None
        named = self.read(" ".join(word.plain for word in words[: owner + 1]))
        return named if named and named.kind in (*SPEAKS, "person") else None

    def _is_office(self, words: Sequence[Word]) -> bool:
        return self._ends_in(words, self.words.offices)

    def _ends_in(self, words: Sequence[Word], listed: frozenset[str]) -> bool:
        return words[-1].lower in listed or " ".join(word.lower for word in words[-2:]) in listed

    def _is_out_of_office(self, words: Sequence[Word]) -> bool:
        return any(word.lower.partition("-")[0] in self.words.not_in_office for word in words)

    def _is_body(self, words: Sequence[Word]) -> bool:
        return any(word.lower in self.words.body_words and word.plain != word.lower for word in words)

    def _person(self, name: str, parent: str | None) -> Reading:
        full = self._exact(name)
        if full and full.kind == "person":
            return full
        name = self._full_name(name)
        known = self._exact(name) or self._by_surname(name, parent)
        return (
            known
            if known and known.kind == "person"
            else Reading("person-" + slug(name), name, "person", parent or self._stated_parent(name))
        )

    def _by_surname(self, name: str, parent: str | None) -> Reading | None:
        """The only known person of that surname who speaks for ``parent``."""
        fits = [
            actor
            for actor in self.directory.surnames.get(name, ())
            if parent and self.directory.entries[actor].parent == parent
        ]
        return self._entry(fits[0], "name") if len(fits) == 1 else None

    def _full_name(self, name: str) -> str:
        """The full name for "Costa", from the first place where the text gives more than the surname."""
        if " " in name:
            return name
        for match in re.finditer(rf"\b{re.escape(name)}\b", self.text):
            before = words_of(self._before(match.start()))
            given = _given_names(before, self.words.titles, self.directory)
            if given:
                return " ".join([*given, name])
        return name

    def _before(self, place: int) -> str:
        """The words that lead up to ``place`` without a mark between them."""
        match = WORDS_BEFORE_NAME.search(self.text[max(0, place - 120) : place])
        return match.group() if match else ""

    def _stated_parent(self, name: str) -> str | None:
        """The state or body that the text puts before or behind the person's name."""
        for match in re.finditer(rf"\b{re.escape(name)}\b", self.text):
            before = words_of(self._before(match.start()))
            after = re.match(r",\s+([^,.;:!?\n]{3,80})", self.text[match.end() :])
            owner = self._owner_of_title(before) or (after and self._owner(words_of(after[1])))
            if owner:
                return owner
        return None

    def _owner_of_title(self, before: Sequence[Word]) -> str | None:
        """Portugal for "Portuguese Fisheries Minister": nothing but title words between the owner and the name."""
        titles = self.words.titles | self.words.offices
        start = len(before)
        while start and (before[start - 1].lower in titles or before[start - 1].plain != before[start - 1].lower):
            start -= 1
        has_title = bool(before) and before[-1].lower in titles
        owners = [hit for hit in self.directory.hits(before) if hit.last > start] if has_title else []
        return owners[-1].actor if owners and self.directory.entries[owners[-1].actor].kind in SPEAKS else None

    def _by_looks(self, surface: str, words: Sequence[Word]) -> Reading | None:
        """No known name in a telling place: a person, a body, an unnamed group, a paper, or nothing that speaks."""
        named = _name_start(words, self.words.titles)
        if self._is_body(words) and words[-1].plain != words[-1].lower:
            return Reading("org-" + slug(surface), surface, "organization")
        if named is not None and (named or len(words) > 1) and not self._starts_known(words[named:]):
            return self._person(surface[words[named].start :], None)
        place = HEADED.search(surface)
        if place and words[0].plain == words[0].lower:
            return self._common(surface, words)
        if words[0].plain != words[0].lower and all(word.lower in self.words.titles | self.words.offices for word in words):
            return _unnamed(surface)
        if words[-1].plain != words[-1].lower or (words[0].plain != words[0].lower and len(words) == 1):
            return self._capitalized(surface, words)
        return self._common(surface, words)

    def _starts_known(self, words: Sequence[Word]) -> bool:
        return self.directory.prefix(words) is not None

    def _capitalized(self, surface: str, words: Sequence[Word]) -> Reading | None:
        if len(words) == 1:
            if words[0].lower in self.words.groups | self.words.offices or words[0].lower.endswith(AGENTS[:7]):
                return _unnamed(surface)
            if words[0].lower in self.words.things:
                return None
            person = self._full_name(surface)
            if person != surface:
                return self._person(person, None)
        is_acronym = len(words) == 1 and words[0].plain.isupper() and len(words[0].plain) > 1
        return self._spelled_out(surface) if is_acronym else Reading("other-" + slug(surface), surface, "other")

    def _spelled_out(self, acronym: str) -> Reading:
        """The name that stands before "(NPFC)" in the text, if its capitals fit the acronym."""
        place = self.text.find(f"({acronym})")
        before = words_of(self.text[max(0, place - 150) : place]) if place > 0 else []
        first = _acronym_start(before, acronym)
        name = " ".join(word.plain for word in before[first:]) if first is not None else acronym
        return self._exact(name) or Reading("org-" + slug(name), name, "organization")

    def _common(self, surface: str, words: Sequence[Word]) -> Reading | None:
        """A phrase headed by a common noun; the head stands before "of", "in", "from"."""
        place = HEADED.search(surface)
        head = (words_of(surface[: place.start()]) if place else list(words)) or list(words)
        last = head[-1].lower
        if last in self.words.papers:
            return self._author(surface) or Reading("other-" + slug(surface), capitalized(surface), "other")
        if last in self.words.groups | self.words.offices or last.endswith(AGENTS):
            return (self._placed(surface) if last in self.words.offices else None) or _unnamed(surface)
        is_thing = (
            last in self.words.things or last.endswith(ABSTRACT) or not last.endswith("s") or last.endswith(("ss", "us", "is"))
        )
        return None if is_thing else _unnamed(surface)

    def _placed(self, surface: str) -> Reading | None:
        """Officials of the place that the sentence begins with: "In Lima, lawmakers said"."""
        places = re.findall(
            rf"\bIn ([A-Z][\w.'’ ]{{1,30}}), (?:(?:the|some|several|senior) )?{re.escape(surface)}\b", self.text
        )
        found = {owner for place in places if (owner := self._exact(place)) and owner.kind == "state"}
        return found.pop() if len(found) == 1 else None

    def _author(self, surface: str) -> Reading | None:
        """Who put a paper forward in the sentence before, if only one did: "Ghana tabled a draft. The proposal ..."."""
        authors = set()
        for match in re.finditer(rf"[.!?]\s+The {re.escape(surface)}\b", self.text):
            before = re.split(r"(?<=[.!?])\s+(?=[A-Z])|\n", self.text[max(0, match.start() - 300) : match.start()])[-1]
            put = PUT_FORWARD.search(before)
            hits = (
                [hit for hit in self.directory.hits(words_of(before[: put.start()])) if hit.how in ("name", "seat")]
                if put
                else []
            )
            if put and hits and put["paper"].lower() in self.words.papers:
                authors.add(hits[-1].actor)
        return self._entry(authors.pop(), "name") if len(authors) == 1 else None


def _unnamed(surface: str) -> Reading:
    return Reading("unnamed-" + slug(surface), capitalized(surface), "unnamed")


def _is_name(words: Sequence[Word]) -> bool:
    return (
        0 < len(words) <= 5
        and words[0].plain != words[0].lower
        and words[-1].plain != words[-1].lower
        and all(word.plain != word.lower or word.lower in PARTICLES for word in words)
    )


def _name_start(words: Sequence[Word], titles: frozenset[str]) -> int | None:
    """Where the person's name begins behind its titles: 2 in "fisheries minister Ana Costa"; None if there is no name."""
    start = len(words)
    while start and (words[start - 1].plain != words[start - 1].lower or words[start - 1].lower in PARTICLES):
        if words[start - 1].lower in titles:
            break
        start -= 1
    while start < len(words) and words[start].lower in PARTICLES and words[start].plain == words[start].lower:
        start += 1
    rest = words[start:]
    if not _is_name(rest) or any(word.possessive for word in words[start:]):
        return None
    lead = words[:start]
    fits = not lead or lead[-1].lower in titles or lead[-1].lower.endswith(AGENTS)
    return start if fits else None


def _given_names(before: Sequence[Word], titles: frozenset[str], directory: Directory) -> list[str]:
    """The capitalised words right before a surname that are neither a title nor a known actor."""
    given: list[str] = []
    for word in reversed(before):
        is_given = word.plain != word.lower and not word.possessive and word.lower not in titles
        if not is_given or directory.named(word.plain) or len(given) == 3:
            break
        given.insert(0, word.plain)
    return given


def _acronym_start(words: Sequence[Word], acronym: str) -> int | None:
    """Where the words begin whose capitals spell the acronym; joining words may be skipped."""
    letters = [letter for letter in acronym.lower() if letter.isalnum()]
    at = len(words)
    while letters and at:
        at -= 1
        initial = words[at].lower[0]
        if initial == letters[-1] and words[at].plain != words[at].lower:
            letters.pop()
        elif words[at].lower not in JOINING:
            return None
    return None if letters else at
