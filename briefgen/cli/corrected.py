"""The corrections of a brief in, lines for a person at a terminal out: what was applied, and above all what was not."""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.model.brief import Brief, Correction
from briefgen.terminal import counted, paint, plain

LONGEST = 90
#: The code of the note on a document that has passages of a withheld one.
PASSAGES = "withheld-passages"


def applied(brief: Brief) -> Iterator[str]:
    """What became of the corrections, in a few lines; each one by itself that a person should look at."""
    if brief.withheld:
        yield f"Withheld {counted(brief.withheld, 'document')}, as the corrections ask."
    for source in brief.sources:
        yield from (f"  {plain(source.path)}: {plain(note.message)}" for note in source.notes if note.code == PASSAGES)
    done = [each for each in brief.corrections if each.status in ("applied", "reworded") and each.kind != "embargoed"]
    if done:
        yield f"Applied {counted(len(done), 'correction')}."
    for each in brief.corrections:
        if each.status == "reworded":
            yield f"  {place(each)}: {plain(each.what)}; applied to a reworded sentence: {_now(brief, each)}"
    yield from _not_applied(brief)


def _not_applied(brief: Brief) -> Iterator[str]:
    lost = [each for each in brief.corrections if each.status in ("unmatched", "contradicted")]
    if lost:
        yield paint(f"{counted(len(lost), 'correction')} not applied:", "yellow")
    for each in lost:
        about = f"nothing is {_short(each.about)} any more" if each.status == "unmatched" else _short(each.about)
        nearest = f"; the nearest is {plain(each.nearest_id)} {_short(each.nearest)}" if each.nearest else ""
        yield f"  {place(each)}: {plain(each.what)}: {about}{nearest}"
    absent = [each for each in brief.corrections if each.status == "absent"]
    if absent:
        lines = ", ".join(str(line) for line in dict.fromkeys(each.line for each in absent))
        yield f"{counted(len(absent), 'correction')} of what is not in these documents ({plain(absent[0].file)}, line {lines})."


def of(brief: Brief, wanted: str) -> Iterator[str]:
    """What was corrected of the statement, position or proposal ``wanted``."""
    for each in brief.corrections:
        if wanted in each.targets or (wanted == each.id and each.status != "applied"):
            state = "" if each.status == "applied" else f", {each.status}"
            yield f"  editor   {plain(each.what)}: {plain(each.why)} at {place(each)}{state}"


def place(correction: Correction) -> str:
    """``corrections.toml:12``."""
    return f"{plain(correction.file)}:{correction.line}"


def _now(brief: Brief, correction: Correction) -> str:
    """The sentence that a correction was applied to, as it reads by now."""
    sentences = {each.id: each.refs[0].sentence for each in brief.statements}
    sentences |= {each.id: each.refs[0].sentence for each in brief.positions}
    sentences |= {each.id: each.refs[0].sentence for each in brief.proposals}
    return next((_short(sentences[name]) for name in correction.targets if name in sentences), "dropped")


def _short(text: str) -> str:
    line = plain(text)
    return f"“{line if len(line) <= LONGEST else line[: LONGEST - 1].rstrip() + '…'}”"
