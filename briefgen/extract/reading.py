"""The state of reading one sentence: its tokens, what has been found in it, and which tokens are spoken for."""

from __future__ import annotations

from dataclasses import dataclass, field

from briefgen.extract.patterns import Rules
from briefgen.extract.phrases import Range, VerbGroup
from briefgen.extract.tokens import Tokens
from briefgen.model.findings import Confidence, Stance
from briefgen.model.lexicon import CueRule, VerbRule


@dataclass(slots=True)
class Attribution:
    """Source, cue and content as ranges of tokens, with the stance that the cue carries by itself."""

    source: Range | None
    cue: Range
    content: tuple[Range, ...]
    stance: Stance
    rule: str
    frame: str
    confidence: Confidence
    final: bool = False
    #: Done together or not at all: denied, it is nobody's refusal.
    mutual: bool = False
    negated: bool = False
    refused: bool = False
    #: Held by somebody who opposes the one that the cue belongs to.
    turned: bool = False
    #: Who joins the source in this one attribution: "X noted A and, **with Peru**, opposed B".
    beside: Range | None = None
    target: Range | None = None
    #: The word of the cue that governs the content, without auxiliaries and addressee; None: the whole cue.
    head: Range | None = None
    #: Where the complement of the cue begins, at its "that" or its preposition; None: where the content does.
    complement: int | None = None
    #: The content was taken from a quotation before the cue, and may go on in the next sentence.
    quoted: bool = False


@dataclass(slots=True)
class Reading:
    """One sentence being read from left to right."""

    t: Tokens
    rules: Rules
    taken: list[bool]
    found: list[Attribution] = field(default_factory=list)
    #: The subject of the sentence so far: for "X said A and warned B".
    subject: Range | None = None
    #: Whether "would" tells an attitude: inside what somebody says of themselves ("said it **would** support the ban").
    wishes: bool = False

    def is_free(self, span: Range) -> bool:
        """Whether the range holds tokens, and none is content or cue of something else."""
        return span[1] > span[0] and not any(self.taken[span[0] : span[1]])

    def add(self, found: Attribution) -> None:
        """Keep an attribution: its cue and content are spoken for, its source is the sentence's subject."""
        self.found.append(found)
        for start, end in (*found.content, found.cue):
            for at in range(start, end):
                self.taken[at] = True
        if found.source is not None:
            self.subject = found.source


def attribution(
    rule: CueRule,
    frame: str,
    source: Range | None,
    cue: Range,
    content: tuple[Range, ...],
    *,
    group: VerbGroup | None = None,
    target: Range | None = None,
    head: Range | None = None,
    complement: int | None = None,
    quoted: bool = False,
) -> Attribution:
    """What ``rule`` makes of the three spans; ``group`` is the verb group of the cue, which may turn it."""
    return Attribution(
        source=source,
        cue=cue,
        content=content,
        stance=rule.stance,
        rule=rule.id,
        frame=frame,
        confidence=rule.confidence,
        final=rule.final,
        mutual=isinstance(rule, VerbRule) and rule.mutual,
        negated=group is not None and group.negated,
        refused=group is not None and group.refused,
        target=target,
        head=head,
        complement=complement,
        quoted=quoted,
    )


def reading(t: Tokens, rules: Rules) -> Reading:
    """A sentence that nothing has been found in."""
    return Reading(t, rules, [False] * t.size)
