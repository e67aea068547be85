"""Sentences and what was read in them in, the words that could have been cues out: each with what became of it.

Documents are read without this. It is for whoever edits the lexicon and asks why a sentence says nothing: the reader of each
word is asked again, and where it finds nothing, the first thing that is missing is named. A reason is a hint, not a proof:
one that is not known to be right is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from briefgen.extract.asserting import NOT_ASSERTING, asserted
from briefgen.extract.frames import READERS
from briefgen.extract.holders import Memory, holders_of
from briefgen.extract.introduced import COLON
from briefgen.extract.nominals import ACCORDING_TO, COPULA, read_adjective, read_noun, read_support_verb
from briefgen.extract.patterns import Rules, VerbForm
from briefgen.extract.phrases import verb_group
from briefgen.extract.reading import Attribution, Reading, reading
from briefgen.extract.subjects import subject_before
from briefgen.extract.tokens import Tokens, quotations
from briefgen.extract.verbs import read_verb, verb_forms
from briefgen.model.base import Span
from briefgen.model.document import Sentence
from briefgen.model.findings import Statement
from briefgen.model.lexicon import AdjectiveRule, CueRule, Frame, NounRule, SupportVerbRule, VerbRule

#: The rules that are grammar and stand in no lexicon.
GRAMMAR = {rule.id: rule for rule in (ACCORDING_TO, COLON, COPULA)}
#: Before a noun's content, the words that may bring its owner.
OWNING = frozenset(("by", "from", "among", "within", "in", "between", "of"))


class Cue(NamedTuple):
    """A word that ``rule`` knows; ``read`` says that it gives a statement, ``why`` not is empty where that is not known."""

    start: int
    end: int
    word: str
    kind: str
    rule: str
    read: bool
    why: str = ""


def find_cues(text: str, sentences: Sequence[Sentence], statements: Sequence[Statement], rules: Rules) -> Iterator[Cue]:
    """Each word of ``text`` that a rule knows, with each rule, in order."""
    marks = quotations(text, 0, len(text))
    for sentence in sentences:
        t = Tokens(text, sentence.start, sentence.end, marks)
        own = [each for each in statements if _overlaps(each, sentence)]
        for at in range(t.size):
            yield from _cues(_reading(t, rules, own, at), at, own)


def _overlaps(statement: Statement, sentence: Sentence) -> bool:
    return any(start < sentence.end and end > sentence.start for start, end in _spans(statement, "cue"))


def _spans(statement: Statement, part: str) -> tuple[Span, ...]:
    parts = statement.refs[0].parts
    return getattr(parts, part) if parts else ()


def _reading(t: Tokens, rules: Rules, statements: Sequence[Statement], at: int) -> Reading:
    """The sentence as it was when its reading came to the token ``at``: what stands before it has been read."""
    now = reading(t, rules)
    for statement in statements:
        cue = _spans(statement, "cue")
        if cue and cue[0][0] < t.start[at]:
            for start, end in (*cue, *_spans(statement, "content")):
                now.taken = [taken or start <= place < end for taken, place in zip(now.taken, t.start, strict=True)]
            now.subject = _tokens(t, _spans(statement, "source")) or now.subject
    return now


def _tokens(t: Tokens, spans: Sequence[Span]) -> tuple[int, int] | None:
    inside = [at for at in range(t.size) if any(start <= t.start[at] < end for start, end in spans)]
    return (inside[0], inside[-1] + 1) if inside else None


def _cues(now: Reading, at: int, statements: Sequence[Statement]) -> Iterator[Cue]:
    t = now.t
    read = {each.rule for each in statements if any(start <= t.start[at] < end for start, end in _spans(each, "cue"))}
    for kind, rule, why in _known(now, at):
        told = rule.id in read
        yield Cue(t.start[at], t.end[at], t.words[at], kind, rule.id, told, "" if told else _first_of_all(now, at) or why(rule))


def _known(now: Reading, at: int) -> Iterator[tuple[str, CueRule, Callable[..., str]]]:
    """The rules that know the word at ``at``, by kind, with the function that says why one of them reads nothing there."""
    word, rules = now.t.lower[at], now.rules
    for verb in dict.fromkeys(use.rule.id for form in rules.verbs.get(word, ()) for use in form.uses):
        rule = next(use.rule for form in rules.verbs[word] for use in form.uses if use.rule.id == verb)
        yield "verb", rule, lambda rule: _why_no_verb(now, at, rule)
    for support in rules.support_verbs.get(word, ()):
        yield "support_verb", support, lambda rule: _why_no_support_verb(now, at, rule)
    for _, adjective in rules.adjectives.get(word, ()):
        yield "adjective", adjective, lambda rule: _why_no_adjective(now, at, rule)
    for noun in rules.nouns.get(word, ()):
        yield "noun", noun, lambda rule: _why_no_noun(now, at, rule)


def _first_of_all(now: Reading, at: int) -> str:
    if now.t.quoted[at]:
        return "stands inside a quotation"
    return "belongs to what another cue says" if now.taken[at] else ""


def _why_no_verb(now: Reading, at: int, rule: VerbRule) -> str:
    t = now.t
    form = next((form for form in verb_forms(now, at) if any(use.rule is rule for use in form.uses)), None)
    if form is None:
        known = {" ".join(form.particle) for form in now.rules.verbs[t.lower[at]]}
        return f"is not followed by {_listed(sorted(known))}" if "" not in known else "is a noun here, or part of a name"
    uses = [use.frame for use in form.uses if use.rule is rule]
    if not uses:
        particles = {verb.partition(" ")[2] for verb in rule.verbs if verb.split(" ")[0] == form.lemma}
        return f"is not followed by {_listed(sorted(particles))}" if "" not in particles else "is part of a longer verb here"
    found = read_verb(now, at)
    return (
        _of_found(now, found, rule)
        if found is not None
        else _of_subject(now, at, form) or _of_frames(now, at, form, uses, rule)
    )


def _of_subject(now: Reading, at: int, form: VerbForm) -> str:
    """What speaks against the verb before it: nobody is named, or nobody is said to say it."""
    t = now.t
    group = verb_group(t, at, now.rules.grammar)
    if group.infinitive:
        return "stands behind “to”: nobody is said to do it"
    if group.unreal:
        return f"stands behind “{' '.join(t.words[group.start : at])}”: advised or possible, not said"
    participle = form.kinds == {"ing"} and not group.marked
    subject = subject_before(now, group.bound, participle=participle, finite=bool(form.kinds & {"past", "s"}))
    if subject.span is None or not subject.certain:
        return "no subject is found"
    if subject.span[0] > 0 and t.lower[subject.span[0] - 1] in NOT_ASSERTING:
        return f"stands in a clause with “{t.words[subject.span[0] - 1]}”, which asserts nothing"
    return "is a passive, and nobody who could say it stands behind “by”" if group.passive else ""


def _of_found(now: Reading, found: Attribution, rule: CueRule) -> str:
    """The reader does find a statement: another rule's, or that of a subject that cannot speak."""
    if found.rule != rule.id:
        return f"{found.rule} comes first, frame {found.frame}"
    if asserted(now, found) is None:
        return "stands in a question, a condition or hearsay, or is said of nobody: nothing is asserted"
    if found.source is not None and holders_of(now.t, found, Memory(now.rules), 0) is None:
        start, end = now.t.span(*found.source)
        return f"“{now.t.text[start:end]}” can hold no position, or nobody knows who that is"
    return ""


def _of_frames(now: Reading, at: int, form: VerbForm, frames: Sequence[Frame], rule: VerbRule) -> str:
    end = at + 1 + len(form.particle)
    if any(frame in READERS and READERS[frame](now.t, end, rule, now.rules) for frame in frames):
        return "the subject does not go with it, or what follows belongs to another cue"
    words = f" with {_listed(rule.prepositions)}" if rule.prepositions else ""
    return f"what follows fits none of its frames: {', '.join(frames)}{words}"


def _why_no_noun(now: Reading, at: int, rule: NounRule) -> str:
    found = read_noun(now, at)
    if found is not None:
        return _of_found(now, found, rule)
    behind = now.t.lower[at + 1] if at + 1 < now.t.size else ""
    wanted = (*rule.prepositions, *rule.frames)
    if behind in wanted and behind not in OWNING:
        return "nobody owns it: no “X’s” before it, no “by X” behind it"
    return "" if behind in OWNING else f"is not followed by {_listed(wanted)}"


def _why_no_adjective(now: Reading, at: int, rule: AdjectiveRule) -> str:
    t, found = now.t, read_adjective(now, at)
    if found is not None:
        return _of_found(now, found, rule)
    group = verb_group(t, at, now.rules.grammar)
    if not any(word in now.rules.grammar.be or word == "'s" for word in t.lower[group.start : at]):
        return "no “is” or “are” stands before it"
    behind = t.lower[at + 1] if at + 1 < t.size else ""
    wanted = (*rule.prepositions, *rule.frames)
    return "" if behind in wanted else f"is not followed by {_listed(wanted)}"


def _why_no_support_verb(now: Reading, at: int, rule: SupportVerbRule) -> str:
    found = read_support_verb(now, at)
    if found is not None:
        return _of_found(now, found, rule)
    near = now.t.lower[at + 1 : at + 6]
    if not any(noun in near for noun in rule.nouns):
        return f"none of its nouns follows: {_listed(rule.nouns)}"
    return ""


def _listed(words: Sequence[str], most: int = 5) -> str:
    """``“for” or “on”``; of many words the first ones."""
    quoted = [f"“{word}”" for word in dict.fromkeys(words)]
    if len(quoted) > most:
        return ", ".join(quoted[:most]) + " …"
    return " or ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)
