"""Words in, where in them a name stands by its looks out: a person's, a body's, the one that an acronym stands for.

Nothing here knows who anybody is: capital letters, titles and the words of which bodies' names are made decide.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence, Set

from briefgen.compare.directory import ARTICLES, Directory
from briefgen.compare.terms import Word, words_of

PARTICLES = frozenset(
    ["al", "bin", "da", "de", "del", "den", "der", "di", "do", "dos", "du", "el", "la", "le", "van", "von", "y"]
)
JOINING = frozenset(["of", "for", "and", "the", "on", "in", "de", "&"])
#: Inside a body's name: "Ministry of Fish", "Institute for the Deaf".
TIES = frozenset(["of", "for", "on", "de"])
LONGEST_BODY = 9
DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september"
    " october november december".split()
)
#: Endings of words for people who do something: "researchers".
AGENTS = ("ists", "ians", "ers", "ors", "eers", "men", "women", "ants", "ees", "ist", "ian", "man", "woman", "person", "people")


def is_capital(word: Word) -> bool:
    """Whether a word has a capital letter."""
    return word.plain != word.lower


def body_end(words: Sequence[Word], body_words: Set[str], titles: Set[str]) -> int:
    """How many of the words, from the first on, are a body's name: 2 in "Dockers Union secretary Eva Moll"; 0 if none are.

    A name has two words at least, and ends in one of ``body_words`` ("Dockers Union") or in what is tied to one ("Ministry of
    Fish"). A title before a person's name is no part of it: "Port Authority Director Eva Moll".
    """
    end, body = 0, -1
    for at, word in enumerate(words[:LONGEST_BODY]):
        if is_capital(word):
            is_tail = 0 <= body < at and any(not is_capital(each) for each in words[body:at])
            is_title = body >= 0 and word.lower in titles and is_capital(words[at - 1])
            if is_title or (at and word.lower in DAYS):
                break
            body = at if word.lower in body_words else body
            end = at + 1 if body == at or is_tail else end
            if word.possessive:
                break
        elif not at or not _ties(words[at - 1 : at + 2], body_words, since=at - 1 - body if body >= 0 else None):
            break
    return end if end > 1 else 0


def _ties(words: Sequence[Word], body_words: Set[str], since: int | None) -> bool:
    """Whether the second of three words ties a name together: "Ministry **of** Fish", "Fish **and** Peat Board".

    ``since`` is how many words ago a body word stood: before one only "and" does it ("Eva Moll of the Dockers Union"), and
    right behind one it begins another name.
    """
    before, word, *after = words
    if word.lower in ARTICLES:
        return since is not None and not is_capital(before)
    if word.lower in ("and", "&"):
        return since != 0 and bool(after) and after[0].lower not in ARTICLES | body_words
    return since is not None and word.lower in TIES


def bodies_in(text: str, body_words: Set[str], titles: Set[str], opening: Set[str] = ARTICLES) -> dict[str, set[str]]:
    """The bodies that a text names, by the word that they may be called by later: "union" for the Dockers Union.

    ``opening`` are words that may begin with a capital and belong to no name: "The", "Many". A name that is only the end of
    another one is left out.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for run in _name_runs(text, opening):
        at = len(run) if _is_line(text, run) else 0
        while at < len(run):
            begins = is_capital(run[at]) and (not at or not is_capital(run[at - 1]))
            size = body_end(run[at:], body_words, titles) if begins else 0
            if size:
                name = _spelled(text, run[at : at + size])
                head = next(word.lower for word in reversed(run[at : at + size]) if word.lower in body_words)
                found[head].add(name)
            at += size or 1
    return {head: {name for name in names if not ends_of(name, names)} for head, names in found.items()}


def _spelled(text: str, words: Sequence[Word]) -> str:
    """The words as one name, with the possessive of a plural: "Tenants' League"."""
    last = words[-1]
    marks = ("'" if word is not last and text[word.end : word.end + 1] in "'’" else "" for word in words)
    return " ".join(word.plain + mark for word, mark in zip(words, marks, strict=True))


def ends_of(name: str, names: Set[str]) -> list[str]:
    """The longer names that end in ``name``."""
    return sorted(longer for longer in names if longer.endswith(f" {name}"))


def _is_line(text: str, run: Sequence[Word]) -> bool:
    """Whether a run is all of its line: a headline, in which every word may have a capital."""
    return text[max(0, run[0].start - 4) : run[0].start].rstrip(" ")[-1:] in ("", "\n") and text[
        run[-1].end : run[-1].end + 4
    ].lstrip(" ")[:1] in ("", "\n")


def _is_next(text: str, before: Word, word: Word) -> bool:
    """Whether nothing but space stands between two words, and no new sentence or paragraph begins."""
    gap = text[before.end : word.start].removeprefix("'").removeprefix("’")  # "the Tenants' League"
    is_opening = is_capital(word) and word.lower in ARTICLES
    return gap.isspace() and gap.count("\n") < 2 and not is_opening


def _name_runs(text: str, opening: Set[str]) -> Iterator[list[Word]]:
    """Runs of capitalised and joining words without a mark between them; an article at the beginning is no part of a name."""
    run: list[Word] = []
    for word in words_of(text):
        if run and not (_is_next(text, run[-1], word) and (is_capital(word) or word.lower in JOINING)):
            yield run
            run = []
        if run or (is_capital(word) and word.lower not in opening):
            run.append(word)
    if run:
        yield run


def is_name(words: Sequence[Word]) -> bool:
    """Whether the words look like a person's name and nothing else."""
    return (
        0 < len(words) <= 5
        and is_capital(words[0])
        and is_capital(words[-1])
        and all(is_capital(word) or word.lower in PARTICLES for word in words)
    )


def name_start(words: Sequence[Word], titles: frozenset[str]) -> int | None:
    """Where the person's name begins behind its titles: 2 in "fisheries minister Ana Costa"; None if there is no name."""
    start = len(words)
    while start and (is_capital(words[start - 1]) or words[start - 1].lower in PARTICLES):
        if words[start - 1].lower in titles:
            break
        start -= 1
    while start < len(words) and words[start].lower in PARTICLES and not is_capital(words[start]):
        start += 1
    rest = words[start:]
    if not is_name(rest) or any(word.possessive for word in words[start:]):
        return None
    lead = words[:start]
    fits = not lead or lead[-1].lower in titles or lead[-1].lower.endswith(AGENTS)
    return start if fits else None


def given_names(before: Sequence[Word], titles: frozenset[str], directory: Directory) -> list[str]:
    """The capitalised words right before a surname that are neither a title nor a known actor."""
    given: list[str] = []
    for word in reversed(before):
        is_given = is_capital(word) and not word.possessive and word.lower not in titles | ARTICLES
        if not is_given or directory.named(word.plain) or len(given) == 3:
            break
        given.insert(0, word.plain)
    return given


def acronym_start(words: Sequence[Word], acronym: str) -> int | None:
    """Where the words begin whose capitals spell the acronym; joining words may be skipped."""
    letters = [letter for letter in acronym.lower() if letter.isalnum()]
    at = len(words)
    while letters and at:
        at -= 1
        initial = words[at].lower[0]
        if initial == letters[-1] and is_capital(words[at]):
            letters.pop()
        elif words[at].lower not in JOINING:
            return None
    return None if letters else at
