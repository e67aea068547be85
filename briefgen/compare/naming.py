"""A surface name and its document in, the actor that it names out, or None for what cannot hold a position.

Read from the outside in: the whole name, the head of a phrase ("officials in Oslo"), what stands before an office or a
name ("Portuguese Fisheries Minister Ana Costa"), and only then by its looks. What stays unnamed in the source stays
unnamed: "some analysts" never become anybody in particular, and two readings that are both possible give neither.

Known limits: titles and offices are English; a lone surname is a person only when the text gives the full name somewhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from briefgen.compare.directory import ARTICLES, Directory, How
from briefgen.compare.shapes import (
    AGENTS,
    JOINING,
    acronym_start,
    bodies_in,
    body_end,
    ends_of,
    given_names,
    is_capital,
    is_name,
    name_start,
)
from briefgen.compare.terms import Word, capitalized, places_of, slug, stands_in, words_of
from briefgen.model.brief import ActorKind
from briefgen.model.lexicon import Lexicon

SPEAKS = frozenset(["state", "organization"])
#: Who writes of themselves, and does not say who they are: others in every document.
WRITERS = {"I": "The author", "We": "The authors", "we": "The authors"}
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
TRADES = ("chief", "ee", "eer", "ent", "er", "head", "ian", "ist", "ive", "man", "or", "person", "woman", "yst")
ABSTRACT = ("ions", "ments", "ities", "ings", "ances", "ences", "isms", "ics", "ures", "ages", "nesses")
BEHIND_NAME = re.compile(r",\s+([^,.;:!?\n]{3,80})")
OFFICE_BEFORE = re.compile(
    r"\b((?:[Tt]he )?[A-Z][\w-]*(?: (?:of|for|the|and|[A-Z][\w-]*['’]?))*)['’]s ((?:[\w-]+ ){0,3}[\w-]+), $"
)
OFFICE_REACH = 100
WORDS_BEFORE_NAME = re.compile(r"(?:[^\W\d_](?:[\w'’-]*|\.[A-Z]\.)[^\S\n]+){1,8}$")


class Reading(NamedTuple):
    """Who a surface names. ``parent`` is the id of the state or body that a person speaks for."""

    id: str
    name: str
    kind: ActorKind
    parent: str | None = None


class Owner(NamedTuple):
    """A known actor or a body by its looks at the beginning of some words: the number of its words, how they name it."""

    last: int
    how: How
    reading: Reading


class Vocabulary(NamedTuple):
    """The word lists of ``actors-people.toml``; titles and body words are compared in lower case."""

    offices: frozenset[str]
    #: Who speaks for a body that is no state: "chairman", "treasurer".
    body_offices: frozenset[str]
    papers: frozenset[str]
    groups: frozenset[str]
    members: frozenset[str]
    things: frozenset[str]
    titles: frozenset[str]
    body_words: frozenset[str]
    #: Those of them by which a body is called when its name is known: "the union".
    short_bodies: frozenset[str]
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
        #: Bodies that somebody speaks for and that the directory does not have, by id.
        self.bodies: dict[str, Reading] = {}

    def _is_in_text(self, actor: str) -> bool:
        entry = self.directory.entries[actor]
        return any(stands_in(name, self.text) for name in (entry.name, *entry.aliases))

    def read(self, surface: str) -> Reading | None:
        """The actor that ``surface`` names in this document."""
        whole, surface = " ".join(surface.split()), self._trimmed(surface)
        words = words_of(surface)
        if not words:
            return None
        if surface in WRITERS:
            return _unnamed(WRITERS[surface])
        exact = self._exact(surface)
        if exact and self._is_some_people(whole, surface):
            return _unnamed(surface)
        if exact or surface.lower() in self.words.quantifiers - ARTICLES:
            return exact or _unnamed(surface)
        meant = self._meant(words[0].lower) if len(words) == 1 and whole.lower().startswith("the ") else None
        if meant:
            return self._organization(meant)
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
        if not head or self._is_out_of_office(head):
            return None
        if self._is_office(head) or self._ends_in(head, self.words.papers):
            owner = self._owner_named(rest, is_paper=not self._is_office(head))
        else:
            owner = self._body(rest) if self._ends_in(head, self.words.body_offices) else None
        return owner

    def _owner_named(self, rest: str, *, is_paper: bool) -> Reading | None:
        """Who is named behind "officials of", "the draft of"."""
        owner = self._exact(rest) or self._owner_before_name(rest) or self._body(rest)
        if not owner and is_paper and rest[0].isupper():
            owner = self.read(rest)
        is_owner = owner and (owner.kind in (*SPEAKS, "person") or (is_paper and owner.kind == "other"))
        return owner if is_owner else None

    def _body(self, name: str) -> Reading | None:
        """The body that ``name`` names, known or by its looks."""
        known = self._exact(name)
        if known:
            return known if known.kind == "organization" else None
        words = words_of(name)
        owner = self._unlisted(words, 0)
        return owner.reading if owner and owner.last == len(words) else None

    def _owner_at(self, words: Sequence[Word], at: int) -> Owner | None:
        """The actor whose name begins at ``words[at]``."""
        hit = self.directory.prefix(words, at)
        unlisted = self._unlisted(words, at)
        if hit and (not unlisted or unlisted.last <= hit.last or self._is_office(words[hit.last : unlisted.last])):
            reading = self._entry(hit.actor, hit.how)
            return Owner(hit.last, hit.how, reading) if reading else None
        return unlisted

    def _unlisted(self, words: Sequence[Word], at: int) -> Owner | None:
        """The body that the words from ``at`` on name by their looks."""
        size = body_end(words[at:], self.words.body_words, self.words.titles | self.words.body_offices)
        name = " ".join(word.plain for word in words[at : at + size])
        if not size and not at:
            size, name = 1, self._meant(words[at].lower) or ""  # "the union's secretary", "council officials"
        return Owner(at + size, "name", self._organization(name)) if name else None

    def _organization(self, name: str) -> Reading:
        """A body by its looks, under the fullest name that the text has for it."""
        longer = {full for names in self._named_bodies.values() for full in ends_of(name, names) if " " in name}
        named = (full for names in self._named_bodies.values() for full in names if full.replace("'", "") == name)
        name = longer.pop() if len(longer) == 1 else next(named, name)  # "Tenants' League"
        return self.bodies.setdefault(name, Reading("org-" + slug(name), name, "organization"))

    @cached_property
    def _named_bodies(self) -> dict[str, set[str]]:
        words = self.words
        return bodies_in(self.text, words.body_words, words.titles | words.body_offices, words.quantifiers)

    def _meant(self, noun: str) -> str | None:
        """The body that "the union" means, if the text names one that is called so and no other."""
        names = self._named_bodies.get(noun, set()) if noun in self.words.short_bodies else set()
        return next(iter(names)) if len(names) == 1 else None

    def _owner_before_name(self, rest: str) -> Reading | None:
        """The person behind "of": "(President of) Ghana Ama Mensah"."""
        words = words_of(rest)
        hit = self.directory.prefix(words) if words else None
        if not hit or hit.last == len(words) or not is_name(words[hit.last :]):
            return None
        return self._person(rest[words[hit.last].start :], hit.actor)

    def _apposed(self, before: str, after: str) -> Reading | None:
        """A name and whom it speaks for: "Ana Costa, Portugal's fisheries minister"."""
        named, words = self.read(before), words_of(before)
        if named and is_name(words_of(after)) and not self._is_body(words_of(after)) and self._is_title(before, words):
            return self._person(after, named.id if named.kind in SPEAKS else None)
        if not named or named.kind != "person" or named.parent:
            return named
        return named._replace(parent=self._owner(after))

    def _is_title(self, surface: str, words: Sequence[Word]) -> bool:
        """Whether the words are an office and not a name: "the treasurer of the Dockers Union"."""
        ends_so = self._is_office(words) or self._ends_in(words, self.words.body_offices)
        return ends_so or bool(HEADED.search(surface) and self._headed(surface))

    def _owner(self, title: str) -> str | None:
        """The state or body for which an office is held: "Portugal's fisheries minister", "treasurer of the Dockers Union"."""
        words = words_of(title)
        if not words or self._is_out_of_office(words):
            return None
        known = (hit.actor for hit in self.directory.hits(words) if self.directory.entries[hit.actor].kind in SPEAKS)
        actor = next(known, None) if self._is_office(words) else None
        title = self._trimmed(title)
        found = None if actor else self._headed(title) or self._led(title, words_of(title))
        return actor or (found.id if found and found.kind in SPEAKS else None)

    def _led(self, surface: str, words: Sequence[Word]) -> Reading | None:
        """A name, seat or adjective, then an office, a paper or a person: "Danish officials", "Oslo's draft"."""
        first = next(
            (at for at, word in enumerate(words) if is_capital(word) or (not at and self._meant(word.lower))), len(words)
        )
        owner = self._owner_at(words, first) if first < len(words) else None
        if not owner or owner.last == len(words) or owner.reading.kind not in SPEAKS:
            return self._possessed(words)
        rest = words[owner.last :]
        named = name_start(rest, self.words.titles | self.words.body_offices)
        is_owned = owner.how == "adjective" or words[owner.last - 1].possessive
        if named is not None and (named or is_owned) and not self._is_body(rest):
            speaks = not self._is_out_of_office(words) and self._speaks(owner.reading, rest[:named])
            return self._person(surface[rest[named].start :], owner.reading.id if speaks else None)
        return self._speaks_for(owner.reading, is_owned, rest, words)

    def _speaks(self, owner: Reading, title: Sequence[Word]) -> bool:
        """Whether a title before a name makes its bearer speak for the owner; for a body by its looks it must be an office."""
        if owner.id in self.directory.entries:
            return True
        return bool(title) and (self._is_office(title) or self._ends_in(title, self.words.body_offices))

    def _speaks_for(self, owner: Reading, is_owned: bool, rest: Sequence[Word], words: Sequence[Word]) -> Reading | None:
        is_body = owner.kind == "organization"
        if self._is_out_of_office(words) or (is_body and self._ends_in(rest, self.words.members)):
            return None
        is_office = self._is_office(rest) or (is_body and self._ends_in(rest, self.words.body_offices))
        return owner if is_office or (is_owned and self._ends_in(rest, self.words.papers)) else None

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
        return any(word.lower in self.words.body_words and is_capital(word) for word in words)

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
        for start, _ in places_of(name, self.text):
            before = words_of(self._before(start))
            given = given_names(before, self.words.titles, self.directory)
            if given:
                return " ".join([*given, name])
        return name

    def _before(self, place: int) -> str:
        """The words that lead up to ``place`` without a mark between them."""
        match = WORDS_BEFORE_NAME.search(self.text[max(0, place - 120) : place])
        return match.group() if match else ""

    def _stated_parent(self, name: str) -> str | None:
        """The state or body that the text puts before or behind the person's name."""
        for start, end in places_of(name, self.text):
            owner = self._owner_of_title(words_of(self._before(start)))
            owner = owner or self._owner_of_office(start)
            after = None if owner else BEHIND_NAME.match(self.text, end)
            owner = owner or (after and self._owner(after[1]))
            if owner:
                return owner
        return None

    def _owner_of_office(self, place: int) -> str | None:
        """The Forum for "The Forum's chairman, " before a name."""
        match = OFFICE_BEFORE.search(self.text, max(0, place - OFFICE_REACH), place)
        office = match[2].split()[-1].lower() if match else ""
        found = self.read(match[1]) if match and office in self.words.offices | self.words.body_offices else None
        return found.id if found and found.kind in SPEAKS else None

    def _owner_of_title(self, before: Sequence[Word]) -> str | None:
        """Portugal for "Portuguese Fisheries Minister": nothing but title words between the owner and the name."""
        titles = self.words.titles | self.words.offices
        start = len(before)
        while start and (before[start - 1].lower in titles or is_capital(before[start - 1])):
            start -= 1
        has_title = bool(before) and before[-1].lower in titles
        owners = [hit for hit in self.directory.hits(before) if hit.last > start] if has_title else []
        if owners and self.directory.entries[owners[-1].actor].kind in SPEAKS:
            return owners[-1].actor
        return self._body_of_title(before)

    def _body_of_title(self, before: Sequence[Word]) -> str | None:
        """The body for "Dockers Union secretary": its name, and behind it nothing but an office."""
        offices = self.words.offices | self.words.body_offices
        at = len(before)
        while at and before[at - 1].lower in offices:
            at -= 1
        start = at
        while 0 < start < len(before) and is_capital(before[start - 1]):
            start -= 1
        owner = self._unlisted(before, start) if start < at < len(before) else None
        return owner.reading.id if owner and owner.last == at else None

    def _by_looks(self, surface: str, words: Sequence[Word]) -> Reading | None:
        """No known name in a telling place: a person, a body, an unnamed group, a paper, or nothing that speaks."""
        named = name_start(words, self.words.titles)
        if self._is_body(words) and is_capital(words[0]) and is_capital(words[-1]):
            return self._person_of_body(surface) or self._behind_trade(surface, words) or self._organization(surface)
        if found := self._behind_trade(surface, words) or self._described(words):
            return found
        if named is not None and (named or len(words) > 1) and not self._starts_known(words[named:]):
            return self._person(surface[words[named].start :], None)
        if found := self._person_of_body(surface):
            return found
        place = HEADED.search(surface)
        if place and not is_capital(words[0]):
            return self._common(surface, words)
        if is_capital(words[0]) and all(word.lower in self.words.titles | self.words.offices for word in words):
            return _unnamed(surface)
        if is_capital(words[-1]) or (is_capital(words[0]) and len(words) == 1):
            return self._capitalized(surface, words)
        return self._common(surface, words)

    def _person_of_body(self, surface: str) -> Reading | None:
        """Who belongs to a body and speaks for himself: "Professor Ann Lee of Leeds University"."""
        place = HEADED.search(surface)
        head = words_of(surface[: place.start()]) if place else []
        named = name_start(head, self.words.titles)
        title = head[named - 1].lower if named else ""
        is_titled = named is not None and named > 0 and (title in self.words.titles or not self._is_body(head))
        return self._person(surface[head[named or 0].start : head[-1].end], None) if is_titled else None

    def _behind_trade(self, surface: str, words: Sequence[Word]) -> Reading | None:
        """The person behind a trade: "Harbour Office engineer Eva Moll"."""
        trade = max((at for at, word in enumerate(words) if not is_capital(word)), default=0)
        if not trade or not (is_capital(words[0]) or words[0].possessive) or words[trade].lower in JOINING:
            return None
        name = words[trade + 1 :]
        while name and name[0].lower in self.words.titles:
            name = name[1:]
        is_trade = words[trade].lower.endswith(TRADES) and len(name) > 1 and is_name(name)
        return self._person(surface[name[0].start :], None) if is_trade else None

    def _described(self, words: Sequence[Word]) -> Reading | None:
        """A body with one word on what it is like: "the nonpartisan Budget Office"."""
        owner = self._unlisted(words, 1) if len(words) > 1 and not is_capital(words[0]) else None
        return owner.reading if owner and owner.last == len(words) else None

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
        first = acronym_start(before, acronym)
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
