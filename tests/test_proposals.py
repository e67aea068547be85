"""A document and who says what in it, proposals out. Behind ``--`` stand the statements: ``holder | stance | content``.

``read`` takes the statements, and the dates, that extraction itself finds; ``merged`` compares several documents.
"""

from __future__ import annotations

from functools import cache

import pytest
from casefile import Case, check, parametrize
from hypothesis import given
from hypothesis import strategies as st
from test_compare import LEXICON, brief_of

from briefgen.extract import Rules, compile_rules, extract
from briefgen.extract.proposal_rules import proposal_rules
from briefgen.extract.proposals import find_proposals
from briefgen.model.document import Document, Sentence
from briefgen.model.findings import Digest, Parts, Proposal, Ref, Statement
from briefgen.parsers import parse
from briefgen.segment import segment


def digest_of(path: str, source: str) -> Digest:
    text, _, said = f"{source}\n".partition("\n--\n")
    document, sentences = segment(parse(path, text.encode())[0], LEXICON)
    statements = tuple(_statement(document, sentences, line) for line in said.split("\n") if line)
    return Digest(
        source=document.source,
        meta=document.meta,
        text=document.text,
        blocks=document.blocks,
        sentences=sentences,
        statements=statements,
        proposals=find_proposals(document, sentences, statements, (), proposal_rules(LEXICON)),
    )


def _statement(document: Document, sentences: tuple[Sentence, ...], line: str) -> Statement:
    holder, stance, content = (cell.strip() for cell in line.split("|"))
    start = document.text.index(content)
    sentence = next(each for each in sentences if each.start <= start < each.end)
    ref = Ref(
        source=document.source.id,
        start=sentence.start,
        end=sentence.end,
        sentence=document.text[sentence.start : sentence.end],
        block=document.blocks[sentence.block].kind,
        parts=Parts(content=((start, start + len(content)),)),
    )
    return Statement(
        id=f"st-{start}-{holder}", stance=stance, content=content, cue="", rule="trial", holder=holder, refs=(ref,)
    )


@cache
def rules() -> Rules:
    return compile_rules(LEXICON)


def read(source: str, path: str = "0.md") -> Digest:
    return extract(*segment(parse(path, source.encode())[0], LEXICON), rules())


def run(source: str, info: str) -> str:
    if info == "read":
        return "\n".join(_line(proposal) for proposal in read(source).proposals)
    digests = [digest_of(f"{at}.md", part) for at, part in enumerate(source.split("\n==\n"))]
    if info == "merged":
        brief = brief_of(digests)
        names = {actor.id: actor.name for actor in brief.actors}
        return "\n".join(
            f"{', '.join(names[each] for each in p.by) or '-'} | {p.status} | {len(p.refs)} | {p.action}"
            for p in brief.proposals
        )
    return "\n".join(_line(proposal) for digest in digests for proposal in digest.proposals)


def _line(proposal: Proposal) -> str:
    parts = [", ".join(proposal.by) or "-", proposal.status, proposal.origin, proposal.action]
    when = (proposal.when,) if proposal.when else ()
    marks = {"to": proposal.to, "when": when, "if": proposal.conditions, "for": proposal.support, "against": proposal.oppose}
    return " | ".join([*parts, *(f"{mark}: {', '.join(names)}" for mark, names in marks.items() if names)])


@parametrize("proposals")
def test_proposals(case: Case, request: pytest.FixtureRequest) -> None:
    check(case, request, run)


PIECES = st.sampled_from(
    "Ghana ; proposed ; that the ports ; should ; close the sluice ; , opposed by ; Togo and Mali ; . ; was rejected ;"
    " the plan ; it ; no agreement was reached on ; such a deal could include ; : ; a pledge to pay ; and ; urged ;"
    " to ; a motion by ; \n- ; \n\n ; two steps: ; cutting the levy ; should have ; | ; if ; “ ; ” ; not ; the ;"
    " 2 ; Option 2 ; ' ; s'".split(" ; ")
)


@given(st.lists(PIECES, max_size=40).map(" ".join))
def test_any_text_gives_actions_of_its_own_words(source: str) -> None:
    digest = read(f"Minutes of the port.\n\n{source}")
    for proposal in digest.proposals:
        for ref in proposal.refs:
            spans = ref.parts.content if ref.parts else ()
            assert proposal.action == " … ".join(digest.text[start:end] for start, end in spans)
            assert all(ref.start <= start < end <= ref.end for start, end in spans)
            assert not set(proposal.support) & {*proposal.by, *proposal.oppose}
