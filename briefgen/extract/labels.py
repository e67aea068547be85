"""Speakers of transcripts: paragraphs that open with a name and a colon ("Councillor Berg: I cannot support this.").

A document counts as a transcript if enough paragraphs open so and the labels are people: written in capitals, with an office,
or named elsewhere in the document. "Background:" is none of these. Inside a speaker's paragraph "I" and "we" are the speaker.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from briefgen.extract.drafts import Draft
from briefgen.extract.nested import own_attitude
from briefgen.extract.patterns import Rules
from briefgen.extract.reading import attribution, reading
from briefgen.extract.tokens import Tokens
from briefgen.model.base import Span
from briefgen.model.document import Document, Paragraph, Sentence
from briefgen.model.findings import Confidence, Stance
from briefgen.model.lexicon import CueRule

LABEL = re.compile(r"(?:\*\*|__)?([A-ZÀ-Þ][\w.'’-]*(?: [A-ZÀ-Þ(][\w.'’()-]*){0,4})(?:\*\*|__)?[ ]?:(?:\*\*|__)?\s+(?=\S)")
LEAST_TURNS = 3
#: The text is searched for so many surnames of labels without an office, each once.
MOST_SURNAMES = 50
SPEAKER = CueRule(
    id="speaker-label",
    examples=("MARSH: I cannot support this charge.",),
    stance=Stance.STATES,
    confidence=Confidence.MEDIUM,
)
QUESTION = SPEAKER.model_copy(update={"stance": Stance.QUESTIONS})


class Label(NamedTuple):
    """A speaker's name, its place, and where what is said begins."""

    name: str
    span: Span
    end: int


def labels_of(document: Document, text: str, rules: Rules) -> Mapping[int, Label]:
    """The labels of a transcript by block; nothing for any other document."""
    found: dict[int, Label] = {}
    spoken_of: dict[str, bool] = {}
    for number, block in enumerate(document.blocks):
        match = LABEL.match(text, block.start, block.end) if isinstance(block, Paragraph) else None
        if match is not None and _is_speaker(match[1], text, rules, spoken_of):
            found[number] = Label(match[1], match.span(1), match.end())
    return found if len(found) >= LEAST_TURNS and len({label.name for label in found.values()}) > 1 else {}


def _is_speaker(name: str, text: str, rules: Rules, spoken_of: dict[str, bool]) -> bool:
    """Whether a label names a person; ``spoken_of`` keeps which surnames stand elsewhere in the text."""
    words = name.replace(".", "").split()
    offices = rules.grammar.person_nouns
    titled = len(words) > 1 and any(word.lower() in offices for word in words)
    capitals = name.isupper() and len(words[-1]) > 2
    if titled or capitals:
        return True
    if words[-1] not in spoken_of and len(spoken_of) < MOST_SURNAMES:
        spoken_of[words[-1]] = len(re.findall(rf"\b{re.escape(words[-1])}\b(?!\s*:)", text)) > 1
    return spoken_of.get(words[-1], False)


def turns(label: Label, group: list[Sentence], told: list[Draft], text: str, rules: Rules) -> list[Draft]:
    """What the speaker says in sentences that hold no other statement of theirs."""
    spoken = {draft.sentence.start for draft in told if draft.holder == label.name}
    drafts = []
    for sentence in group:
        start = max(sentence.start, label.end)
        if sentence.start in spoken or start >= sentence.end:
            continue
        rule = QUESTION if text[start : sentence.end].rstrip("”\"’'").endswith("?") else SPEAKER
        found = attribution(rule, "label", None, (0, 0), ())
        now = reading(Tokens(text, start, sentence.end), rules)
        own = own_attitude(now, (0, now.t.size), speaking=True)
        if own is not None and rule is SPEAKER:
            found.stance, found.negated, found.refused = own.stance, own.negated, own.refused
        cue = (label.span[1], label.span[1] + text[label.span[1] : label.end].index(":") + 1)
        drafts.append(Draft(label.name, found, sentence, [label.span], [cue], [(start, sentence.end)]))
    return drafts
