"""Sentences in, statements out: who says what, by which cue, with which stance.

Each sentence is read once from left to right; at every word that a lexicon knows, the readers for its kind are asked, and the
first attribution whose subject can speak is kept. A quotation may begin before the sentence of its cue and go on behind it,
so quotations are settled when the paragraph has been read. Bullets under a lead-in ("The unions demanded:") are read last.

Limits: one level of nesting; a sentence of more than `MOST_TOKENS` words and marks is not read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from briefgen.extract.asserting import asserted
from briefgen.extract.drafts import Draft, drafts_of
from briefgen.extract.holders import PRONOUNS, Memory, holders_of, names_in, opponents_of
from briefgen.extract.introduced import read_colon
from briefgen.extract.labels import labels_of, turns
from briefgen.extract.nested import link_inner, nested, settle_attitudes
from briefgen.extract.nominals import VIEWS, read_according, read_adjective, read_copula, read_noun, read_support_verb
from briefgen.extract.patterns import Rules
from briefgen.extract.phrases import is_actor_phrase, verb_group
from briefgen.extract.quoted import settle_quotations
from briefgen.extract.reading import Attribution, Reading, attribution, reading
from briefgen.extract.stance import condition_of, hedges_of, stance_of
from briefgen.extract.subjects import clause_subject, subject_before
from briefgen.extract.tokens import Tokens, quotations
from briefgen.extract.verbs import read_verb, verb_forms
from briefgen.model.base import Note, Span
from briefgen.model.document import BlockKind, Document, Item, Sentence
from briefgen.model.findings import GAP, Confidence, Parts, QuoteKind, Ref, Stance, Statement

Reader = Callable[[Reading, int], Attribution | None]
#: "presented a new and longer **draft**": what is done with a paper stands at most so far before it.
PAPER_REACH = 6
#: What somebody would do only under a condition, if one stands before it.
WILLING = frozenset((Stance.SUPPORTS, Stance.OFFERS, Stance.PROPOSES))
#: A lead-in's cue stands at most so many tokens before its colon.
LEAD_REACH = 7
MAIL = "message/rfc822"
#: Every item reads its lead-in anew: so many characters of it.
LONGEST_LEAD = 1000
#: Sentences of more words and marks are not read: a wall of text must not cost more than its length.
MOST_TOKENS = 400


def find_statements(document: Document, text: str, sentences: Sequence[Sentence], rules: Rules) -> tuple[Statement, ...]:
    """All statements of a document, in order. ``text`` is the document's with its dropped spans blanked."""
    memory = Memory(rules, text, writer=_writer(document))
    drafts: list[Draft] = []
    speaking: list[Draft] = []
    labels = labels_of(document, text, rules)
    for block, group in _by_block(sentences):
        start, end = document.blocks[block].start, document.blocks[block].end
        marks = quotations(text, start, end)
        label = labels.get(block)
        memory.speaker = label.name if label is not None else ""
        own = [draft for sentence in group for draft in _read(text, sentence, marks, rules, memory)]
        if label is not None:
            own.extend(turns(label, group, own, text, rules))
            memory.remember(label.name, block)
        speaking = settle_quotations(own, marks, group, speaking)
        drafts.extend(own)
        if not own and isinstance(document.blocks[block], Item):
            drafts.extend(_under_lead_in(document, text, block, group, rules, memory))
    return _statements(document, drafts, memory)


def _writer(document: Document) -> Mapping[str, str]:
    """Who "I" and "we" are outside quotations: the one author, in a mail also for those with whom they write."""
    authors = document.meta.authors
    if len(authors) != 1:
        return {}
    words = ("i", "we") if document.source.media_type == MAIL else ("i",)
    return dict.fromkeys(words, authors[0])


def unread(text: str, sentences: Sequence[Sentence]) -> tuple[Note, ...]:
    """A note on the sentences that are too long to be read, if there are any; its place is the first of them."""
    longest = [each for each in sentences if each.end - each.start > MOST_TOKENS and _is_too_long(text, each)]
    if not longest:
        return ()
    number = "1 sentence is" if len(longest) == 1 else f"{len(longest)} sentences are"
    message = f"{number} longer than {MOST_TOKENS} words: what is said in so long a sentence is not read"
    return (Note(code="long-sentence", message=message, start=longest[0].start, end=longest[0].end),)


def _is_too_long(text: str, sentence: Sentence) -> bool:
    return Tokens(text, sentence.start, sentence.end).size > MOST_TOKENS


def _by_block(sentences: Sequence[Sentence]) -> Iterator[tuple[int, list[Sentence]]]:
    group: list[Sentence] = []
    for sentence in sentences:
        if group and sentence.block != group[0].block:
            yield group[0].block, group
            group = []
        group.append(sentence)
    if group:
        yield group[0].block, group


# ---------------------------------------------------------------- one sentence
def _read(text: str, sentence: Sentence, marks: Sequence[Span], rules: Rules, memory: Memory) -> list[Draft]:
    t = Tokens(text, sentence.start, sentence.end, marks)
    if t.size < 3 or t.size > MOST_TOKENS:
        return []
    now = reading(t, rules)
    drafts: list[Draft] = []
    _remember_subject(now, sentence, memory)
    for at in [at for at, word in enumerate(t.lower) if word in rules.cues]:
        if now.taken[at] or t.quoted[at]:
            continue
        for reader in _readers(t, at, rules):
            found = reader(now, at)
            found = asserted(now, found) if found is not None else None
            names = holders_of(t, found, memory, sentence.block) if found is not None else None
            if found is None or names is None:
                continue
            now.add(found)
            drafts.extend(drafts_of(t, found, names, sentence))
            drafts.extend(_opposed(t, found, sentence, memory))
            for name in names:
                memory.remember(name, sentence.block)
            if names and found.stance is Stance.PROPOSES:
                memory.remember_paper(names[0], sentence.block)
            break
    link_inner(drafts)
    settle_attitudes(now, drafts)
    drafts.extend(nested(now, tuple(drafts), sentence, memory))
    return drafts


def _readers(t: Tokens, at: int, rules: Rules) -> Iterator[Reader]:
    """The readers that the word at ``at`` calls for."""
    word = t.lower[at]
    if word == "according" or word in VIEWS:
        yield read_according
    if word in rules.support_verbs:
        yield read_support_verb
    if word in rules.adjectives:
        yield read_adjective
    if word in rules.verbs:
        yield read_verb
    if word in rules.nouns:
        yield read_noun
    if word in {"is", "was"}:
        yield read_copula
    if word == ":":
        yield read_colon


def _opposed(t: Tokens, found: Attribution, sentence: Sentence, memory: Memory) -> list[Draft]:
    """The statements of those who say the opposite: "Norway, **opposed by Japan**, said"."""
    names = opponents_of(t, found, memory, sentence.block)
    return drafts_of(t, replace(found, turned=True, negated=not found.negated), names, sentence) if names else []


def _remember_subject(now: Reading, sentence: Sentence, memory: Memory) -> None:
    """Who acts in a sentence may be its "he" or the next one's "they", whether or not they say something."""
    t, span = now.t, clause_subject(now, now.t.size)
    if span is None or (span[1] - span[0] == 1 and t.lower[span[0]] in PRONOUNS):
        return
    g = now.rules.grammar
    known = t.lower[span[1] - 1] in g.not_actors or any(word in g.document_nouns for word in t.lower[slice(*span)])
    if known or is_actor_phrase(t, span, now.rules):
        names = names_in(t, span, memory, sentence.block)
        for name in names:
            memory.remember(name, sentence.block)
        if names and _puts_forward(t, now.rules):
            memory.remember_paper(names[0], sentence.block)


def _puts_forward(t: Tokens, rules: Rules) -> bool:
    """Whether the sentence tells of a paper that somebody made or brought: "Russia **presented a draft**", "its **draft**"."""
    g = rules.grammar
    return any(
        word in g.document_nouns
        and any(w in g.agent_verbs or w in g.possessives for w in t.lower[max(0, at - PAPER_REACH) : at])
        for at, word in enumerate(t.lower)
    )


# ---------------------------------------------------------------- bullets under a lead-in
def _under_lead_in(
    document: Document, text: str, block: int, group: Sequence[Sentence], rules: Rules, memory: Memory
) -> list[Draft]:
    """An item without a statement of its own says what its lead-in announces: "The unions demanded:"."""
    item = document.blocks[block]
    if not isinstance(item, Item) or item.lead is None or not group:
        return []
    start, end = item.lead
    t = Tokens(text, max(start, end - LONGEST_LEAD), end)
    now = reading(t, rules)
    for at in range(t.size - 2, max(-1, t.size - 2 - LEAD_REACH), -1):
        form = next(verb_forms(now, at), None)
        if form is None or form.kinds == {"ing"} or t.lower[at] in rules.nouns:
            continue
        verb = verb_group(t, at, rules.grammar)
        subject = subject_before(now, verb.bound, participle=False, finite=True)
        use = next((use for use in form.uses if use.frame in {"quote", "np", "that", "prep"}), None)
        if subject.span is None or not subject.certain or verb.passive or use is None:
            continue
        found = attribution(use.rule, "lead-in", subject.span, (verb.start, t.size), (), group=verb)
        names = holders_of(t, found, memory, block)
        if names:
            content = [(group[0].start, group[-1].end)]
            whole = Sentence(start=group[0].start, end=group[-1].end, block=block)
            return [replace(draft, content=content) for draft in drafts_of(t, found, names, whole)]
    return []


# ---------------------------------------------------------------- drafts to statements
def _statements(document: Document, drafts: Sequence[Draft], memory: Memory) -> tuple[Statement, ...]:
    ids = {id(draft): _identity(document.text, draft) for draft in drafts}
    made: dict[str, Statement] = {}
    for draft in drafts:
        if ids[id(draft)] not in made:
            made[ids[id(draft)]] = _statement(document, draft, ids, memory)
    return tuple(sorted(made.values(), key=lambda s: (s.refs[0].start, s.refs[0].parts.cue if s.refs[0].parts else (), s.id)))


def _statement(document: Document, draft: Draft, ids: Mapping[int, str], memory: Memory) -> Statement:
    text = document.text
    content = _joined(text, draft.content)
    found = draft.found
    place = _place(draft)
    pronoun = bool(draft.source) and text[slice(*draft.source[0])].lower() != draft.holder.lower()
    stance, condition = stance_of(found, content, memory.rules), draft.condition
    return Statement(
        id=ids[id(draft)],
        holder=draft.holder,
        stance=Stance.CONDITIONAL if condition is not None and stance in WILLING else stance,
        negated=found.negated or found.refused,
        hedges=hedges_of(content, memory.rules),
        condition=condition or (None if found.frame in {"wh", "obj-wh"} else condition_of(content)),
        target=(text[slice(*draft.target)],) if draft.target is not None else (),
        quote_kind=_quote_kind(text, draft.content),
        content=content,
        cue=_joined(text, draft.cue),
        rule=found.rule,
        frame=found.frame,
        confidence=Confidence.LOW if not draft.holder else _weaker(found.confidence, pronoun, draft.holder, memory),
        parent=ids[id(draft.parent)] if draft.parent is not None else None,
        relayed_by=_relayer(draft),
        refs=(
            Ref(
                source=document.source.id,
                start=place[0],
                end=place[1],
                sentence=text[place[0] : place[1]],
                block=BlockKind(document.blocks[draft.sentence.block].kind),
                parts=_parts(draft),
            ),
        ),
    )


def _parts(draft: Draft) -> Parts:
    """The spans by the field's convention: the word that governs as cue, its whole complement as content."""
    cue = (draft.head,) if draft.head is not None else tuple(draft.cue)
    first, *rest = sorted(draft.content)
    if draft.tie is not None and first[0] == draft.tie[1]:
        first = draft.tie[0], first[1]
    return Parts(source=tuple(draft.source), cue=cue, content=(first, *rest))


def _relayer(draft: Draft) -> str | None:
    """Who passes the statement on, where the outer cue only tells: not one who opposes or supports it."""
    parent = draft.parent
    return (parent.holder or None) if parent is not None and parent.found.stance is Stance.STATES else None


def _weaker(confidence: Confidence, resolved: bool, holder: str, memory: Memory) -> Confidence:
    """A resolved pronoun, or a holder of unknown kind, makes a statement less sure."""
    if confidence is Confidence.HIGH and (resolved or memory.kind_of(holder) == "other"):
        return Confidence.MEDIUM
    return confidence


def _place(draft: Draft) -> Span:
    """The sentence, or the run of sentences that a quotation spans."""
    start, end = draft.sentence.start, draft.sentence.end
    for first, last in draft.content:
        start, end = min(start, first), max(end, last)
    return start, end


def _joined(text: str, spans: Sequence[Span]) -> str:
    if len(spans) == 1:
        return text[slice(*spans[0])]
    return GAP.join(text[start:end] for start, end in sorted(spans))


def _identity(text: str, draft: Draft) -> str:
    place = _place(draft)
    parts = (text[place[0] : place[1]], draft.holder, _joined(text, draft.cue), _joined(text, draft.content))
    normal = "\x1f".join(" ".join(part.split()).casefold() for part in parts)
    return "st-" + hashlib.blake2b(normal.encode(), digest_size=5).hexdigest()


def _quote_kind(text: str, spans: Sequence[Span]) -> QuoteKind:
    """Direct when nearly all of the content stands in quotation marks, indirect when next to none does."""
    whole = quoted = 0
    for start, end in spans:
        whole += end - start
        quoted += sum(b - a for a, b in quotations(text, start, end))
    share = quoted / whole if whole else 0.0
    return QuoteKind.DIRECT if share >= 0.8 else QuoteKind.INDIRECT if share <= 0.05 else QuoteKind.MIXED
