"""A statement of a brief and the lexicon in, why it is read as it is out: rule, stance, speaker, each with its entry's place.

A brief records the rule, the frame and the spans of a statement. The rest is found again here by the same functions that the
stages use, so that it costs a build nothing. Where the lexicon has changed since, so that it would give another stance, no
reason is given rather than a wrong one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from briefgen.compare.directory import Directory, Hit
from briefgen.compare.terms import Word, words_of
from briefgen.editing.catalogue import Catalogue
from briefgen.extract import Rules
from briefgen.extract.stance import NEGATED, REFUSED, settled_by
from briefgen.model.base import value
from briefgen.model.brief import Actor, Brief, BriefStatement
from briefgen.model.findings import Ref, Stance

How = Literal["name", "seat", "adjective", "short", "surname", "text", "unnamed", "nobody", "editor"]


@value
class StanceReason:
    """``own`` is what the rule carries by itself. ``by`` is the stance rule that changed it, where it found ``found``."""

    own: Stance
    by: str = ""
    place: str = ""
    found: str = ""
    #: What the stance was before the cue's negation turned it.
    turned: Stance | None = None


@value
class Who:
    """From the words of the source to an actor.

    ``surface`` stands in the sentence; ``holder`` is whom the document means by it, last named ``before`` that (an offset).
    ``how`` the actor is known from the holder: by a ``word`` of the lexicon's, or ``text``: only by what the text says.
    """

    surface: str
    holder: str
    before: int | None = None
    actor: str | None = None
    name: str = ""
    kind: str = ""
    how: How
    word: str = ""
    place: str = ""
    parent: str = ""
    parent_place: str = ""


@value
class Why:
    """Why a statement is read as it is. ``kind`` is that of the rule's entry, ``grammar`` for a rule that is none."""

    rule: str
    kind: str
    frame: str
    place: str
    stance: StanceReason | None
    who: Who


class Reasons:
    """Finds reasons by the rules of a catalogue."""

    def __init__(self, catalogue: Catalogue, rules: Rules) -> None:
        self.catalogue, self.rules = catalogue, rules
        self.directory = Directory(catalogue.lexicon.actor)

    def why(self, brief: Brief, statement: BriefStatement) -> Why:
        """The reasons of one statement of ``brief``."""
        kind, _ = self.catalogue.cue_rule(statement.rule, statement.frame) or ("", None)
        return Why(
            rule=statement.rule,
            kind=kind,
            frame=statement.frame,
            place=self.catalogue.place(kind, statement.rule),
            stance=self._stance(statement),
            who=self._who(brief, statement),
        )

    def _stance(self, statement: BriefStatement) -> StanceReason | None:
        known = self.catalogue.cue_rule(statement.rule, statement.frame)
        if known is None:
            return None
        own = known[1].stance
        settled = settled_by(own, statement.content, statement.frame, self.rules)
        stance = settled[0].stance if settled else own
        turned = {table.get(stance, Stance.STATES) for table in (NEGATED, REFUSED)} if statement.negated else {stance}
        if statement.stance not in turned:
            return None
        return StanceReason(
            own=own,
            by=settled[0].id if settled else "",
            place=self.catalogue.place("stance", settled[0].id) if settled else "",
            found=settled[1] if settled else "",
            turned=stance if statement.negated else None,
        )

    def _who(self, brief: Brief, statement: BriefStatement) -> Who:
        surface, before = _surface(brief, statement)
        actors = {actor.id: actor for actor in brief.actors}
        actor = actors.get(statement.actor or "")
        if actor is None:
            return Who(surface=surface, holder=statement.speaker, before=before, how="nobody")
        parent = actors.get(actor.parent or "")
        how, word = self._naming(statement.speaker, actor)
        return Who(
            surface=surface,
            holder=statement.speaker,
            before=before,
            actor=actor.id,
            name=actor.name,
            kind=actor.kind,
            how=how,
            word=word,
            place=self.catalogue.place("actor", actor.id),
            parent=parent.name if parent else "",
            parent_place=self.catalogue.place("actor", parent.id) if parent else "",
        )

    def _naming(self, speaker: str, actor: Actor) -> tuple[How, str]:
        """By what word of its entry the actor is known in ``speaker``."""
        words = words_of(speaker)
        for hit in self.directory.hits(words):
            if hit.actor == actor.id:
                return hit.how, speaker[slice(*span_of(words, hit))]
        if words and actor.id in self.directory.surnames.get(words[-1].plain, ()):
            return "surname", words[-1].plain
        return ("unnamed" if actor.kind == "unnamed" else "text"), ""


def span_of(words: list[Word], hit: Hit) -> tuple[int, int]:
    """Where the words of a hit stand, without a possessive ending."""
    last = words[hit.last - 1]
    return words[hit.first].start, last.end - 2 * last.possessive


def _surface(brief: Brief, statement: BriefStatement) -> tuple[str, int | None]:
    """The words of the source span, and where the one that they mean was last named before."""
    ref = statement.refs[0]
    text = next((source.text for source in brief.sources if source.id == ref.source), "")
    surface = " … ".join(piece for piece in _pieces(text, ref) if piece)
    if not text or not statement.speaker or statement.speaker.lower() in " ".join(surface.lower().split()):
        return surface, None
    start = ref.parts.source[0][0] if ref.parts and ref.parts.source else ref.start
    before = text.rfind(statement.speaker, 0, start)
    return surface, before if before >= 0 else None


def _pieces(text: str, ref: Ref) -> Iterator[str]:
    for start, end in ref.parts.source if ref.parts else ():
        if text:
            yield text[start:end]
        elif ref.start <= start and end <= ref.end:
            yield ref.sentence[start - ref.start : end - ref.start]
