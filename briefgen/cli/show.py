"""Values of the model in, lines for a person at a terminal out: what a build found, what a document holds and says.

Everything that comes out of a document goes through ``plain``. Lines are counted in ``text``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple
from pathlib import Path

from briefgen.cli import corrected
from briefgen.model.base import Note, to_json
from briefgen.model.brief import Brief
from briefgen.model.document import Document, Heading, Item, Section, Table
from briefgen.model.findings import Digest
from briefgen.model.settings import FILES
from briefgen.period import OUTSIDE, UNDATED
from briefgen.terminal import counted, paint, plain

#: So many contested issues are named on the screen.
MOST_NAMED = 3


def built(
    brief: Brief, out: Path, formats: Sequence[str], others: Iterable[str] = (), remembered: int = 0, afresh: int = 0
) -> Iterator[str]:
    """The one screen after a build: what was read and not read, what was found, where it is, what to look at next.

    ``others`` are the names of the house's further files; so many files were ``remembered``, and so many read ``afresh``.
    """
    words = sum(source.words for source in brief.sources)
    outside = [each for each in brief.skipped if each.code in (OUTSIDE, UNDATED)]
    unread = [each for each in brief.skipped if each not in outside]
    yield f"Read {counted(len(brief.sources), 'document')} ({counted(words, 'word')})" + (
        f", skipped {len(unread)}:" if unread else "."
    )
    yield from _shortened([f"  {plain(each.path)}: {plain(each.reason)}" for each in unread], 10)
    if remembered:
        yield f"{counted(afresh, 'file')} read afresh, {remembered:,} remembered."
    if outside:
        yield f"Left out {counted(len(outside), 'document')}:"
        yield from _shortened([f"  {plain(each.path)}: {plain(each.reason)}" for each in outside], 10)
    if brief.period.undated == "include" and (undated := sum(not source.published for source in brief.sources)):
        yield f'Kept {counted(undated, "document")} without a date (undated = "include").'
    dated = sum(entry.when.start is not None for entry in brief.timeline)
    actors = {position.actor for position in brief.positions}
    yield (
        f"Found {counted(len(brief.positions), 'position')} of {counted(len(actors), 'actor')} on "
        f"{counted(len(brief.issues), 'issue')}, {counted(len(brief.proposals), 'proposal')}, "
        f"{counted(len(brief.disagreements), 'disagreement')}, {counted(dated, 'dated event')}."
    )
    yield from _changed(brief)
    yield from corrected.applied(brief)
    yield from _care(brief)
    names = [*(name for form, files in FILES.items() if form in formats for name in files), *others]
    files = [str(out / name) for name in names]
    yield f"Wrote {', '.join(map(plain, files))}"
    yield from _next(brief, out, formats)


def _changed(brief: Brief) -> Iterator[str]:
    """What is new since the earlier brief, if there is one."""
    changes = brief.changes
    if changes is None:
        return
    day = f" of {changes.against.as_of}" if changes.against.as_of else ""
    yield (
        f"Since “{plain(changes.against.title)}”{day}: {counted(len(changes.new), 'new position')}, "
        f"{len(changes.strengthened):,} with more sources, {len(changes.reversed):,} reversed, "
        f"{len(changes.moved):,} moved, {len(changes.unchanged):,} unchanged, {len(changes.not_repeated):,} not repeated."
    )


def _care(brief: Brief) -> Iterator[str]:
    """What to look at first: issues that actors part on, and sources to handle with care."""
    contested = [plain(issue.label) for issue in brief.issues if issue.contested]
    if contested:
        more = f" and {len(contested) - MOST_NAMED} more" if len(contested) > MOST_NAMED else ""
        yield f"Contested: {'; '.join(contested[:MOST_NAMED])}{more}."
    asked = brief.period.start or brief.period.end
    told = (
        (0 if asked else sum(not source.published for source in brief.sources), "without a date"),
        (sum(bool(source.duplicate_of or source.contained_in) for source in brief.sources), "copied from another"),
        (sum(bool(source.notes) for source in brief.sources), "with notes on quality"),
    )
    parts = [f"{counted(number, 'document')} {what}" for number, what in told if number]
    if parts:
        yield f"With care: {', '.join(parts)}; the brief lists them under its sources."


def _next(brief: Brief, out: Path, formats: Sequence[str]) -> Iterator[str]:
    """What to look at next: the page, and why a line is there."""
    steps = [f"open {plain(str(out / 'brief.html'))} in a browser."] if "html" in formats else []
    example = next(iter(brief.positions), None)
    if example and "json" in formats:
        where = "" if out == Path("out") else f" --brief {plain(str(out / 'brief.json'))}"
        steps.append(f"briefgen explain {example.id}{where} says why a line is there.")
    yield from (f"{'      ' if n else 'Next: '}{step}" for n, step in enumerate(steps))


def _shortened(lines: list[str], most: int) -> list[str]:
    return lines if len(lines) <= most else [*lines[:most], f"  … and {len(lines) - most} more; brief.json lists them all"]


def document(value: Document) -> Iterator[str]:
    """A document as the parsers see it: meta with origin, outline, tables, what was dropped, notes."""
    yield paint(plain(value.source.path), "bold")
    yield from _meta(value)
    yield ""
    yield paint("Sections", "bold")
    for section in value.sections:
        yield from _section(value, section)
    tables = [block for block in value.blocks if isinstance(block, Table)]
    for table in tables:
        yield ""
        yield from _table(value, table)
    if value.dropped:
        yield ""
        yield paint("Dropped", "bold")
    for start, end, why in value.dropped:
        yield f"  {_lines(value.text, start, end):>9}  {paint(why, 'yellow')}: {start_of(value.text[start:end], 70)}"
    yield from _notes(value.text, value.notes)
    yield ""


def _meta(value: Document) -> Iterator[str]:
    meta, source = value.meta, value.source
    yield f"  title      {plain(meta.title) if meta.title else 'unknown'}"
    origin = paint(f"(from {meta.published_from})", "dim") if meta.published else ""
    yield f"  published  {f'{meta.published} {origin}' if meta.published else 'unknown'}"
    for name in ("authors", "publisher", "url", "language"):
        value_of = getattr(meta, name)
        if value_of:
            yield f"  {name:<9}  {plain(value_of if isinstance(value_of, str) else ', '.join(value_of))}"
    encoding = f", {source.encoding}" if source.encoding else ""
    yield f"  format     {source.media_type}{encoding}, {counted(source.size, 'byte')}"
    if value.words:
        source, kept, dropped, lost = astuple(value.words)
        told = paint(f", {lost:,} lost", "red") if lost else ""
        yield f"  words      {source:,} in the file: {kept:,} kept, {dropped:,} dropped{told}"


def _section(value: Document, section: Section) -> Iterator[str]:
    heading = plain(section.heading) if section.heading else "(before the first heading)"
    blocks = [value.blocks[index] for index in section.blocks]
    counts = (
        (sum(not isinstance(block, Item | Table | Heading) for block in blocks), "paragraph"),
        (sum(isinstance(block, Item) for block in blocks), "item"),
        (sum(isinstance(block, Table) for block in blocks), "table"),
    )
    parts = [counted(count, noun) for count, noun in counts if count]
    indent = "  " * max(1, section.level)
    yield f"{indent}{heading}  " + paint(f"line {line_of(value.text, section.start)}; {', '.join(parts) or 'empty'}", "dim")


def _table(value: Document, table: Table) -> Iterator[str]:
    title = f": {plain(table.title)}" if table.title else ""
    yield paint(f"Table of {counted(len(table.rows), 'row')}, {_lines(value.text, table.start, table.end)}{title}", "bold")
    columns = max((len(row) for row in table.rows), default=0)
    cells = [[start_of(cell, 40) for cell in row] + [""] * (columns - len(row)) for row in table.rows]
    widths = [max(len(row[at]) for row in cells) for at in range(columns)]
    for row in cells:
        yield "  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _notes(text: str, notes: Iterable[Note]) -> Iterator[str]:
    for at, note in enumerate(notes):
        if at == 0:
            yield ""
            yield paint("Notes", "bold")
        place = "" if note.start is None else f" ({_lines(text, note.start, note.end or note.start + 1)})"
        yield f"  {paint(note.code, 'cyan')}: {plain(note.message)}{place}"


def digest_json(value: Digest) -> str:
    """One line of ``extract --json``. Texts are left out: ``inspect`` gives them."""
    return to_json(value, exclude={"text", "blocks", "sentences", "dropped", "outline"})


def digest(value: Digest) -> Iterator[str]:
    """What one document says, a statement a line."""
    yield paint(plain(value.source.path), "bold") + f": {counted(len(value.statements), 'statement')}"
    for statement in value.statements:
        holder = plain(statement.holder) or "(nobody named)"
        line = line_of(value.text, statement.refs[0].start)
        yield f"  {line:>5}  {paint(holder, 'bold')} {statement.stance}: {plain(statement.content)}"
    for proposal in value.proposals:
        by = plain(", ".join(proposal.by)) or "(nobody named)"
        line = line_of(value.text, proposal.refs[0].start)
        yield f"  {line:>5}  {paint(by, 'bold')} proposal ({proposal.status}): {plain(proposal.action)}"
    yield ""


def line_of(text: str, offset: int) -> int:
    """The line, from 1, of an offset."""
    return text.count("\n", 0, offset) + 1


def _lines(text: str, start: int, end: int) -> str:
    first, last = line_of(text, start), line_of(text, max(start, end - 1))
    return f"line {first}" if first == last else f"lines {first}-{last}"


def start_of(text: str, most: int) -> str:
    """The first characters of a text, on one line."""
    line = plain(text.strip())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"
