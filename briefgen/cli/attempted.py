"""What was made of a sentence in, lines for a person at a terminal out: statements with reasons, then what gave none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefgen.cli.explanation import HOW, NOBODY, at_place, marked, quoted, told
from briefgen.editing.attempt import Attempt, CueWord, Named, Told
from briefgen.terminal import paint, plain


def attempted(made: Attempt) -> Iterator[str]:
    """What ``lexicon try`` tells of a sentence."""
    for told_of in made.statements:
        yield from _tried(told_of)
        yield ""
    if not made.statements:
        yield "No statement." if made.cues else "No statement: no rule knows a word of it."
        yield ""
    yield from _section("Words without a statement", _cue_lines([cue for cue in made.cues if not cue.read]))
    yield from _section("Actors", [_actor(each) for each in made.actors])
    yield from _section("Issues", [f"{plain(each.label)}{at_place(each.place)}" for each in made.issues])
    yield from _section("Proposals", [f"{each.status}: {plain(each.action)}" for each in made.proposals])
    yield from _section("Events", [f"{plain(each.when.text)}: {plain(each.what)}" for each in made.events])
    yield from _section("Dates", [f"{quoted(each.text)} {each.type} {each.value}" for each in made.dates])
    yield from _section("Hedges", [quoted(each.text) for each in made.hedges])
    yield from _section("Left out", [f"{quoted(made.text[start:end])}: {why}" for start, end, why in made.dropped])


def _tried(told_of: Told) -> Iterator[str]:
    statement = told_of.statement
    speaker = plain(told_of.why.who.name or statement.speaker) or NOBODY
    yield paint(f"{speaker} {statement.stance}: {plain(statement.content)}", "bold")
    yield f"           {marked(statement.refs[0])}"
    yield from told(statement, told_of.why)


def _cue_lines(cues: Sequence[CueWord]) -> list[str]:
    """A line for each word and what is missing there, with the rules that know the word."""
    rules: dict[tuple[int, str, str], list[str]] = {}
    for cue in cues:
        rules.setdefault((cue.start, cue.text, cue.why), []).append(f"[[{cue.kind}]] {plain(cue.rule)}")
    return [f"{quoted(word)} {plain(why) or 'gives none'}: {', '.join(known)}" for (_, word, why), known in rules.items()]


def _actor(named: Named) -> str:
    return f"{quoted(named.text)} {plain(named.name)}, by its {HOW.get(named.how, named.how)}{at_place(named.place)}"


def _section(name: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield paint(name, "bold")
        yield from (f"  {line}" for line in dict.fromkeys(lines))
