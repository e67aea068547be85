"""Values of the model in, lines for a person at a terminal out: what a build found, what a document holds, why a line is there.

Everything that comes out of a document goes through ``plain``. Lines are counted in ``text``; for formats whose text is not the
file itself (HTML), the line is said to be one of the extracted text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from briefgen.model.base import Note, Span
from briefgen.model.brief import Brief, BriefProposal, BriefStatement, Position
from briefgen.model.document import Document, Heading, Item, Section, Table
from briefgen.model.errors import UsageError
from briefgen.model.findings import Digest, Ref
from briefgen.terminal import counted, paint, plain

#: Formats whose ``text`` is the decoded file, so that a line of the text is a line of the file.
LINES_OF_THE_FILE = ("text", "markdown")


def built(brief: Brief, out: Path, formats: Sequence[str]) -> Iterator[str]:
    """The one screen after a build: what was read and not read, what was found, where it is, what to look at next."""
    words = sum(source.words for source in brief.sources)
    yield f"Read {counted(len(brief.sources), 'document')} ({counted(words, 'word')})" + (
        f", skipped {len(brief.skipped)}:" if brief.skipped else "."
    )
    yield from _shortened([f"  {plain(each.path)}: {plain(each.reason)}" for each in brief.skipped], 10)
    actors = {position.actor for position in brief.positions}
    yield (
        f"Found {counted(len(brief.positions), 'position')} of {counted(len(actors), 'actor')} on "
        f"{counted(len(brief.issues), 'issue')}, {counted(len(brief.proposals), 'proposal')}, "
        f"{counted(len(brief.disagreements), 'disagreement')}, {counted(len(brief.timeline), 'dated event')}."
    )
    files = [str(out / f"brief.{form}") for form in ("md", "html", "json") if form in formats]
    yield f"Wrote {', '.join(map(plain, files))}"
    yield from _next(brief, out, formats)


def _next(brief: Brief, out: Path, formats: Sequence[str]) -> Iterator[str]:
    if "html" in formats:
        yield f"Next: open {plain(str(out / 'brief.html'))} in a browser."
    example = next(iter(brief.positions), None)
    if example and "json" in formats:
        where = "" if out == Path("out") else f" --brief {plain(str(out / 'brief.json'))}"
        yield f"      briefgen explain {example.id}{where} says why a line is there."


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
        yield f"  {_lines(value.text, start, end):>9}  {why}: {_start(value.text[start:end], 70)}"
    yield from _notes(value.text, value.notes)
    yield ""


def _meta(value: Document) -> Iterator[str]:
    meta, source = value.meta, value.source
    yield f"  title      {plain(meta.title) if meta.title else 'unknown'}"
    yield f"  published  {f'{meta.published} (from {meta.published_from})' if meta.published else 'unknown'}"
    for name in ("authors", "publisher", "url", "language"):
        value_of = getattr(meta, name)
        if value_of:
            yield f"  {name:<9}  {plain(value_of if isinstance(value_of, str) else ', '.join(value_of))}"
    encoding = f", {source.encoding}" if source.encoding else ""
    yield f"  format     {source.media_type}{encoding}, {counted(source.size, 'byte')}"


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
    yield f"{indent}{heading}  " + paint(f"line {_line(value.text, section.start)}; {', '.join(parts) or 'empty'}", "dim")


def _table(value: Document, table: Table) -> Iterator[str]:
    title = f": {plain(table.title)}" if table.title else ""
    yield paint(f"Table of {counted(len(table.rows), 'row')}, {_lines(value.text, table.start, table.end)}{title}", "bold")
    columns = max((len(row) for row in table.rows), default=0)
    cells = [[_start(cell, 40) for cell in row] + [""] * (columns - len(row)) for row in table.rows]
    widths = [max(len(row[at]) for row in cells) for at in range(columns)]
    for row in cells:
        yield "  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _notes(text: str, notes: Iterable[Note]) -> Iterator[str]:
    for at, note in enumerate(notes):
        if at == 0:
            yield ""
            yield paint("Notes", "bold")
        place = "" if note.start is None else f" ({_lines(text, note.start, note.end or note.start + 1)})"
        yield f"  {note.code}: {plain(note.message)}{place}"


def digest_json(value: Digest) -> Iterator[str]:
    """One line of ``extract --json``. Texts are left out: ``inspect`` gives them."""
    yield value.model_dump_json(exclude={"text", "blocks", "sentences", "dropped"})


def digest(value: Digest) -> Iterator[str]:
    """What one document says, a statement a line."""
    yield paint(plain(value.source.path), "bold") + f": {counted(len(value.statements), 'statement')}"
    for statement in value.statements:
        holder = plain(statement.holder) or "(nobody named)"
        line = _line(value.text, statement.refs[0].start)
        yield f"  {line:>5}  {paint(holder, 'bold')} {statement.stance}: {plain(statement.content)}"
    for proposal in value.proposals:
        by = plain(", ".join(proposal.by)) or "(nobody named)"
        line = _line(value.text, proposal.refs[0].start)
        yield f"  {line:>5}  {paint(by, 'bold')} proposal ({proposal.status}): {plain(proposal.action)}"
    yield ""


def explanation(brief: Brief, wanted: str, shown: str) -> Iterator[str]:
    """Why the claim ``wanted`` is in the brief; raises ``UsageError`` if it is not there."""
    statements = {each.id: each for each in brief.statements}
    positions = {each.id: each for each in brief.positions}
    proposals = {each.id: each for each in brief.proposals}
    if wanted in statements:
        yield from _statement(brief, statements[wanted])
    elif wanted in positions:
        yield from _position(brief, positions[wanted], statements)
    elif wanted in proposals:
        yield from _proposal(brief, proposals[wanted])
    else:
        from difflib import get_close_matches

        hint = next(iter(get_close_matches(wanted, [*statements, *positions, *proposals], 1)), "")
        raise UsageError("unknown-id", f"there is no statement, position or proposal {plain(wanted)!r}", file=shown, hint=hint)


def _position(brief: Brief, position: Position, statements: dict[str, BriefStatement]) -> Iterator[str]:
    strength = position.strength
    yield paint(f"Position {position.id}", "bold")
    yield f"  {_actor(brief, position.actor)} {position.stance} on {_issue(brief, position.issue)}"
    yield f"  stands on {counted(strength.statements, 'statement')} in {counted(strength.sources, 'source')}"
    for id in position.statements:
        yield ""
        yield from _statement(brief, statements[id])


def _statement(brief: Brief, statement: BriefStatement) -> Iterator[str]:
    yield paint(f"Statement {statement.id}", "bold")
    spoken = f"{plain(statement.speaker)!r} in the text, read as " if statement.speaker else ""
    yield f"  who      {spoken}{_actor(brief, statement.actor)}"
    yield f"  stance   {statement.stance}{' (negated)' if statement.negated else ''}, confidence {statement.confidence}"
    frame = f", frame {statement.frame}" if statement.frame else ""
    yield f"  rule     {statement.rule}{frame}, cue {plain(statement.cue)!r}"
    if statement.hedges:
        yield f"  hedged   {plain(', '.join(statement.hedges))}"
    if statement.condition:
        yield f"  if       {plain(statement.condition)}"
    for name in statement.issues:
        yield f"  issue    {_issue(brief, name)}"
    for ref in statement.refs:
        yield from _place(brief, ref)


def _proposal(brief: Brief, proposal: BriefProposal) -> Iterator[str]:
    yield paint(f"Proposal {proposal.id}", "bold")
    yield f"  action   {plain(proposal.action)}"
    for name, actors in (("by", proposal.by), ("to", proposal.to), ("for", proposal.support), ("against", proposal.oppose)):
        if actors:
            yield f"  {name:<7}  {', '.join(_actor(brief, actor) for actor in actors)}"
    yield f"  status   {proposal.status}, from {proposal.origin}"
    for ref in proposal.refs:
        yield from _place(brief, ref)


def _place(brief: Brief, ref: Ref) -> Iterator[str]:
    source = next(each for each in brief.sources if each.id == ref.source)
    line = f":{_line(source.text, ref.start)}" if source.text else ""
    where = "" if source.format in LINES_OF_THE_FILE or not line else " (a line of the extracted text)"
    yield f"  place    {plain(source.path)}{line}{where}, {ref.block}"
    yield f"           {_marked(ref)}"


def _marked(ref: Ref) -> str:
    """The sentence with its spans marked: ``[source: ...]``, ``[cue: ...]``, ``[content: ...]``."""
    parts = ref.parts
    if parts is None:
        return plain(ref.sentence)
    named: list[tuple[Span, str, str]] = [
        *((span, "source", "cyan") for span in parts.source),
        *((span, "cue", "yellow") for span in parts.cue),
        *((span, "content", "green") for span in parts.content),
    ]
    pieces, at = [], ref.start
    for (start, end), name, colour in sorted(named):
        if start < at or end > ref.end:
            continue
        inside = ref.sentence[start - ref.start : end - ref.start]
        pieces += [plain(ref.sentence[at - ref.start : start - ref.start]), paint(f"[{name}: {plain(inside)}]", colour)]
        at = end
    return "".join([*pieces, plain(ref.sentence[at - ref.start :])])


def _actor(brief: Brief, wanted: str | None) -> str:
    actor = next((each for each in brief.actors if each.id == wanted), None)
    if actor is None:
        return "nobody named"
    parent = next((each for each in brief.actors if each.id == actor.parent), None)
    return plain(actor.name) + (f" (of {plain(parent.name)})" if parent else "")


def _issue(brief: Brief, wanted: str) -> str:
    return plain(next((each.label for each in brief.issues if each.id == wanted), wanted))


def _line(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


def _lines(text: str, start: int, end: int) -> str:
    first, last = _line(text, start), _line(text, max(start, end - 1))
    return f"line {first}" if first == last else f"lines {first}-{last}"


def _start(text: str, most: int) -> str:
    line = plain(text.strip())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"
