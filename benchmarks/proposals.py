"""Whole documents against a reader's list (``benchmarks/proposals/``): which actions are put forward, by whom, and their fate.

A listed proposal is found if an action holds its first words. Proposers, addressees, supporters and opponents are right if the
brief gives just the listed ones, the status if it is one of those listed. ``traps`` counts rows that hold a line which is no
proposal, ``unlisted`` those that nobody listed. With ``lines``, all that was missed, wrong or unlisted is printed.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.reading import brief_of, words_in
from briefgen.model.brief import Brief, BriefProposal

FOLDER = Path(__file__).parent / "proposals"
SIDES = ("by", "to", "support", "oppose")
COUNTS = ("listed", "found", *SIDES, "if", "status", "traps", "unlisted")


class Listed(NamedTuple):
    """A line of the list: each side holds its names, each name its alternatives."""

    words: str
    sides: dict[str, list[list[str]]]
    condition: str
    statuses: tuple[str, ...]


def main(lines: bool = False) -> None:
    """Print a row for each document, and the sum."""
    print(f"{'':16}" + "".join(f"{name:>9}" for name in COUNTS))
    whole = Counter[str]()
    for path in sorted(FOLDER.glob("*.tsv")):
        document = next(each for each in sorted(FOLDER.glob(f"{path.stem}.*")) if each.suffix != ".tsv")
        counts, told = _compared(brief_of(document), list(_list(path)))
        whole += counts
        _print(document.name, counts)
        if lines:
            print("".join(f"    {line}\n" for line in told))
    _print("all", whole)


def _print(name: str, counts: Counter[str]) -> None:
    print(f"{name:16}" + "".join(f"{counts[each]:9}" for each in COUNTS))


def _list(path: Path) -> Iterator[Listed]:
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
            sides = {side: [name.strip().split("|") for name in (row[side] or "").split(";") if name] for side in SIDES}
            yield Listed(row["words"], sides, row["if"] or "", tuple((row["status"] or "").split("|")))


def _compared(brief: Brief, listed: list[Listed]) -> tuple[Counter[str], list[str]]:
    counts, told, used = Counter[str](), list[str](), set[str]()
    for row in listed:
        start = brief.sources[0].text.index(row.words)
        found = [each for each in brief.proposals if _holds(each, start, start + len(row.words))]
        used.update(each.id for each in found)
        if row.sides["by"] == [["-"]]:
            counts["traps"] += len(found)
            told += [f"TRAP     {_line(brief, each)}" for each in found]
            continue
        right = max((_right(brief, row, each) for each in found), key=len, default=[])
        counts.update(["listed", *(["found"] if found else []), *right])
        wrong = [name for name in (*SIDES, "if", "status") if name not in right]
        if wrong:
            told.append(
                f"{', '.join(wrong) if found else 'missed'}: {row.words} <- {'; '.join(_line(brief, p) for p in found)}"
            )
    rest = [each for each in brief.proposals if each.id not in used]
    counts["unlisted"] = len(rest)
    return counts, told + [f"unlisted {_line(brief, each)}" for each in rest]


def _holds(proposal: BriefProposal, start: int, end: int) -> bool:
    spans = (span for ref in proposal.refs if ref.parts for span in ref.parts.content)
    return any(min(end, last) - max(start, first) > (end - start) / 2 for first, last in spans)


def _right(brief: Brief, row: Listed, found: BriefProposal) -> list[str]:
    """The columns in which the brief and the list agree."""
    sides = [side for side in SIDES if _are_named(brief, row.sides[side], getattr(found, side))]
    condition = words_in(row.condition) <= words_in(" ".join(found.conditions)) if row.condition else not found.conditions
    return [*sides, *(["if"] if condition else []), *(["status"] if found.status in row.statuses else [])]


def _are_named(brief: Brief, wanted: list[list[str]], found: tuple[str, ...]) -> bool:
    """Whether each wanted name is among the found, and none besides; an empty alternative need not be there."""
    names = [_names(brief, actor) for actor in found]
    met = [[at for at, known in enumerate(names) if any(_same(each, known) for each in name if each)] for name in wanted]
    missing = any(not places and "" not in name for places, name in zip(met, wanted, strict=True))
    return not missing and {at for places in met for at in places} == set(range(len(names)))


def _names(brief: Brief, actor: str | None) -> list[str]:
    known, names = {each.id: each for each in brief.actors}, list[str]()
    while actor is not None and actor in known:
        names += [known[actor].name, *known[actor].aliases]
        actor = known[actor].parent
    return names


def _same(wanted: str, names: list[str]) -> bool:
    return any(words_in(wanted) <= words_in(name) or words_in(name) <= words_in(wanted) for name in names if words_in(name))


def _line(brief: Brief, each: BriefProposal) -> str:
    names = {actor.id: actor.name for actor in brief.actors}
    sides = " ".join(f"{side}={','.join(names[at] for at in getattr(each, side))}" for side in SIDES if getattr(each, side))
    told = f" if={each.conditions}" if each.conditions else ""
    return f"[{each.rule} {each.status} {sides}{told}] {each.action[:80]}"
