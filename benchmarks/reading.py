"""Whole documents against a reader's list (``benchmarks/reading/``): who holds which position, as a person found it.

A listed statement is found if a content holds its first words; the actor is right if the brief's actor, one whom it speaks for,
or the words of the document carry the listed name; the stance is right if it is one of those listed. With ``lines``, what was
missed, given to somebody else or turned round is printed, and the statements that nobody listed, for reading.
"""

from __future__ import annotations

import csv
import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from briefgen import config, pipeline
from briefgen.model.brief import Brief, BriefStatement

FOLDER = Path(__file__).parent / "reading"
FOR, AGAINST = {"supports", "demands", "proposes", "offers"}, {"opposes", "denies"}


class Listed(NamedTuple):
    """A line of the list."""

    words: str
    actor: str
    stances: tuple[str, ...]


def main(lines: bool = False) -> None:
    """Print a row for each document."""
    print(f"{'':12}listed  found  actor  stance  first  wrong actor  turned  traps  unlisted")
    for path in sorted(FOLDER.glob("*.tsv")):
        document = next(each for each in sorted(FOLDER.glob(f"{path.stem}.*")) if each.suffix != ".tsv")
        brief = brief_of(document)
        counts, told = _compared(brief, list(_list(path)))
        names = ("listed", "found", "actor", "stance", "first", "wrong actor", "turned", "traps", "unlisted")
        print(f"{document.name:12}" + "".join(f"{counts[name]:{max(6, len(name)) + 1}}" for name in names))
        if lines:
            print("".join(f"    {line}\n" for line in told))


def brief_of(document: Path) -> Brief:
    """The brief of one document."""
    with tempfile.TemporaryDirectory() as folder:
        settings = config.override(config.load(None), out=folder, formats=("json",))
        return pipeline.build([document], settings, None).brief


def _list(path: Path) -> Iterator[Listed]:
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield Listed(row["words"], row["actor"], tuple(row["stance"].split("|")))


def _compared(brief: Brief, listed: list[Listed]) -> tuple[Counter[str], list[str]]:
    counts, told = Counter[str](), list[str]()
    text = brief.sources[0].text
    used: set[str] = set()
    for row in listed:
        start = text.index(row.words)
        found = [each for each in brief.statements if _holds(each, start, start + len(row.words))]
        if row.actor == "-":
            counts["traps"] += len(found)
            told += [f"TRAP     {_line(brief, each)}" for each in found]
            used.update(each.id for each in found)
            continue
        counts["listed"] += 1
        counts["found"] += bool(found)
        used.update(each.id for each in found)
        right = [each for each in found if _is_of(brief, each, row.actor)]
        agreed = [each for each in right if each.stance in row.stances]
        turned = [each for each in right if not agreed and _is_turned(each.stance, row.stances)]
        counts["actor"] += bool(right)
        counts["stance"] += bool(agreed)
        counts["first"] += any(each.stance == row.stances[0] for each in agreed)
        counts["turned"] += bool(turned)
        others = {other.actor for other in listed if other.words == row.words}
        wrong = [each for each in found if each.actor and not any(_is_of(brief, each, other) for other in others)]
        wrong = wrong if not right else []
        counts["wrong actor"] += bool(wrong)
        what = (
            ""
            if agreed
            else "TURNED"
            if turned
            else "stance"
            if right
            else "ACTOR"
            if wrong
            else "nobody"
            if found
            else "missed"
        )
        if what:
            got = "; ".join(_line(brief, each) for each in (turned or right or found)[:2])
            told.append(f"{what:8} {row.actor}: {'|'.join(row.stances)}: {row.words} <- {got or '-'}")
    rest = [each for each in brief.statements if each.id not in used]
    counts["unlisted"] = len(rest)
    return counts, told + [f"unlisted {_line(brief, each)}" for each in rest]


def _holds(statement: BriefStatement, start: int, end: int) -> bool:
    """Whether a piece of the content, or cue and content together, share most of the listed words."""
    for ref in statement.refs:
        spans = ref.parts.content if ref.parts else ()
        whole = (*spans, *ref.parts.cue) if ref.parts else ()
        hull = [(min(first for first, _ in whole), max(last for _, last in whole))] if whole else []
        close = [(first, last) for first, last in hull if last - first <= 2 * sum(b - a for a, b in spans)]
        if any(min(end, last) - max(start, first) > (end - start) / 2 for first, last in (*spans, *close)):
            return True
    return False


def _is_of(brief: Brief, statement: BriefStatement, actor: str) -> bool:
    known = {each.id: each for each in brief.actors}
    names, at = [statement.speaker], statement.actor
    while at is not None and at in known:
        names += [known[at].name, *known[at].aliases]
        at = known[at].parent
    if actor == "unnamed: no agent":
        return statement.actor is None
    wanted = words_in(actor.removeprefix("unnamed: "))
    return any(
        wanted and (wanted <= words_in(name) or (len(words_in(name)) > 0 and words_in(name) <= wanted)) for name in names
    )


def words_in(name: str) -> frozenset[str]:
    """What tells names apart: their words without case, articles and the like."""
    return frozenset(re.findall(r"\w+", re.sub(r"['’]s?\b", "", name.lower()))) - {"the", "a", "an", "of", "some", "its"}


def _is_turned(stance: str, wanted: tuple[str, ...]) -> bool:
    return (stance in FOR and set(wanted) <= AGAINST) or (stance in AGAINST and set(wanted) <= FOR)


def _line(brief: Brief, statement: BriefStatement) -> str:
    actor = next((each.name for each in brief.actors if each.id == statement.actor), None)
    return f"{statement.speaker or '-'} ({actor}) {statement.stance}: {statement.content[:70]} [{statement.rule}]"
