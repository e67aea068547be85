"""Near-duplicate documents: what rewriting made of our own articles, told from what only looks alike. F1, by kind of rewriting.

``duplicates/articles.txt`` holds articles written for this, some of them two on one matter by "different" reporters. Each is
rewritten by rule: reprinted under another headline, trimmed, edited word by word, run together into one paragraph, brought up
to date with a new lead, quoted at length in a comment, and put into digests of three. Between them stand notices of one form
with other figures or names, and articles that share nothing but a publisher's last paragraph. Half of them have dates.

A link (a document and one that the brief says it copies) is right if both hold a paragraph of the same article. An article
with k documents that hold some of it has k - 1 links to be found.
"""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from briefgen import config, pipeline
from briefgen.model.brief import Brief, BriefSource

FOLDER = Path(__file__).parent / "duplicates"
PARAGRAPHS = 4
EVERY = 9
FOOTER = (
    "The Coast and Hill Courier has reported from the northern districts since 1921; write to the desk at the old customs "
    "house with corrections or hints."
)
FORMS = (
    "Fish auction, {port}, week {week}. Landed: {a} tonnes of cod, {b} tonnes of haddock and {c} tonnes of saithe from {d} "
    "vessels. Average price: {e} crowns a kilo for cod, {f} crowns for haddock. The next auction begins at six in the morning "
    "in the hall on the north quay; buyers register at the office of the harbour master.",
    "The council of {port} has appointed {name} as head of its department for {field}. {first} takes office on {c} March and "
    "follows {other}, who retires after {d} years. {first} has until now worked for the county in {place}. The appointment was "
    "approved by {a} votes to {b} at the meeting on {e} February.",
)
NAMES = "Ola Brekke, Mette Lund, Jarl Hovde, Sanna Rist, Evy Tangen, Pål Norum, Gry Solberg, Nils Ask".split(", ")
PLACES = "Ellery, Sund, Brell, Wedel, Harne, Lindhaven, Osund, Mornay".split(", ")
FIELDS = "parks, schools, roads, water, housing, culture, finance, health".split(", ")


class Made(NamedTuple):
    """A document: the articles that it holds paragraphs of, and how it was made."""

    name: str
    text: str
    articles: frozenset[int]
    kind: str
    day: str | None = None


def main(lines: bool = False) -> float:
    """Print the share of links that are right and that were found, for each kind; return F1."""
    made = list(documents())
    brief = _brief(made)
    links = _links(brief)
    by_name = {each.name: each for each in made}
    wrong = [(one, two) for one, two in links if not by_name[one].articles & by_name[two].articles]
    missed, every = _missed(made, links)
    precision, recall = 1 - len(wrong) / len(links), 1 - len(missed) / every
    f1 = 2 * precision * recall / (precision + recall)
    print(f"{len(made)} documents, {every} links to find: precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}")
    kinds = Counter(each.kind for each in made)
    errors = Counter(by_name[name].kind for name, _ in missed)
    false = Counter(by_name[name].kind for pair in wrong for name in pair)
    for kind in sorted(kinds):
        print(f"  {kind:10} {kinds[kind]:4} documents, {errors[kind]:3} links missed, {false[kind]:3} in wrong links")
    if lines:
        for one, two in wrong:
            print(f"WRONG  {one} -> {two}")
        for name, article in missed:
            print(f"MISSED {name}, article {article}")
    return f1


def _links(brief: Brief) -> list[tuple[str, str]]:
    names = {source.id: Path(source.path).stem for source in brief.sources}
    return [(names[source.id], names[other]) for source in brief.sources for other in _originals(source)]


def _originals(source: BriefSource) -> list[str]:
    whole = [other for other in (source.duplicate_of, source.contained_in) if other]
    return [*whole, *(part.source for part in source.copied_from)]


def _missed(made: list[Made], links: list[tuple[str, str]]) -> tuple[list[tuple[str, int]], int]:
    """The documents without a link in one of their articles, all but one for each article; and how many links there are."""
    by_name = {each.name: each for each in made}
    linked = {(one, article) for one, two in links for article in by_name[one].articles & by_name[two].articles}
    missed, every = [], 0
    for article in sorted({article for each in made for article in each.articles}):
        holding = [each.name for each in made if article in each.articles]
        alone = [(name, article) for name in holding if (name, article) not in linked]
        every += len(holding) - 1
        missed += alone[1:]
    return missed, every


def _brief(made: list[Made]) -> Brief:
    with tempfile.TemporaryDirectory() as folder:
        for each in made:
            head = f"---\ndate: {each.day}\n---\n\n" if each.day else ""
            Path(folder, f"{each.name}.md").write_text(head + each.text, encoding="utf-8")
        settings = config.override(config.load(None), out=f"{folder}/out", formats=("json",))
        return pipeline.build([Path(folder)], settings, None).brief


# ---- the documents


def documents() -> Iterator[Made]:
    """All documents, in an order that tells nothing; the same in every run."""
    chance = random.Random(17)
    articles = [_article(part) for part in (FOLDER / "articles.txt").read_text(encoding="utf-8").split("# ")[1:]]
    made = [each for at, article in enumerate(articles) for each in _family(at, article, chance)]
    made += _digests(articles, chance)
    made += _notices(chance)
    names = [f"d{number:03}" for number in range(len(made))]
    chance.shuffle(names)
    yield from (each._replace(name=name) for name, each in sorted(zip(names, made, strict=True)))


def _article(part: str) -> tuple[str, list[str]]:
    title, *paragraphs = [line for line in part.split("\n") if line.strip()]
    return title, paragraphs


def _family(at: int, article: tuple[str, list[str]], chance: random.Random) -> Iterator[Made]:
    """An article and what became of it."""
    title, body = article
    is_dated = at % 2 == 0
    own = frozenset([at])

    def made(kind: str, headline: str, paragraphs: list[str], day: int) -> Made:
        text = "\n\n".join([f"# {headline}", *paragraphs])
        return Made("", text, own, kind, f"2026-03-{day:02}" if is_dated else None)

    yield made("original", title, [*body, FOOTER] if at % 3 == 0 else body, 2)
    yield made("reprint", f"In Other Papers: {body[0].split(',')[0][:40]}", ["*From our partners*", *body], 3)
    yield made("trimmed", title, body[:-1], 3)
    yield made("edited", title, _edited(body, chance), 4)
    yield made("run on", f"{title} | Courier", [" ".join(body)], 4)
    yield made("update", f"{title}: The Day After", [_own_words(chance), *body[: 2 + at % 2]], 5)
    yield made("comment", "What We Make of It", [_own_words(chance), body[at % PARAGRAPHS], _own_words(chance)], 6)


def _own_words(chance: random.Random) -> str:
    """A paragraph that no other document has: words of all articles in no order, so that nothing is alike by chance."""
    words = sorted(set((FOLDER / "articles.txt").read_text(encoding="utf-8").lower().split()) - {"#"})
    return f"{' '.join(chance.sample(words, 45)).capitalize()}."


def _edited(body: list[str], chance: random.Random) -> list[str]:
    """Every ninth word or so replaced, where the list knows another for it."""
    known = dict(line.split(" ", 1) for line in (FOLDER / "synonyms.txt").read_text(encoding="utf-8").splitlines())
    edited, since = [], EVERY
    for paragraph in body:
        words = []
        for word in paragraph.split(" "):
            since += 1
            takes = word in known and since >= EVERY and chance.random() < 0.9
            words.append(known[word] if takes else word)
            since = 0 if takes else since
        edited.append(" ".join(words))
    return edited


def _digests(articles: list[tuple[str, list[str]]], chance: random.Random) -> Iterator[Made]:
    """A paragraph or two of three articles each, and two whole articles in one."""
    for number in range(12):
        chosen = chance.sample(range(len(articles)), 3)
        parts = [f"## {articles[at][0]}\n\n" + "\n\n".join(articles[at][1][: 1 + number % 2]) for at in chosen]
        day = "2026-03-08" if number % 2 else None
        yield Made("", "\n\n".join([f"# The Week in Brief, No. {number + 3}", *parts]), frozenset(chosen), "digest", day)
    for number in range(6):
        chosen = chance.sample(range(len(articles)), 2)
        parts = ["\n\n".join([f"## {articles[at][0]}", *articles[at][1]]) for at in chosen]
        day = "2026-03-09" if number % 2 else None
        yield Made("", "\n\n".join([f"# From Two Desks, No. {number}", *parts]), frozenset(chosen), "collection", day)


def _notices(chance: random.Random) -> Iterator[Made]:
    """Forms filled in with other figures and names: alike, and no copies."""
    for number in range(24):
        name, other = chance.sample(NAMES, 2)
        port, place = chance.sample(PLACES, 2)
        figures = {mark: str(chance.randrange(2, 900) / (10 if mark in "ef" else 1)) for mark in "abcdef"}
        text = FORMS[number % 2].format(
            port=PLACES[0] if number % 4 == 0 else port,
            place=place,
            week=number,
            name=name,
            other=other,
            first=f"{'Ms' if number % 3 else 'Mr'} {name.split()[1]}",
            field=chance.choice(FIELDS),
            **figures,
        )
        yield Made("", f"# Notice {number}\n\n{text}\n\n{FOOTER}", frozenset(), "notice", None)
