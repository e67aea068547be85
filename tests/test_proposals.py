"""A document and who says what in it, proposals out. Behind ``--`` stand the statements: ``holder | stance | content``."""

from __future__ import annotations

import pytest
from casefile import Case, check, parametrize
from test_compare import LEXICON, brief_of

from briefgen.extract.proposals import find_proposals, proposal_rules
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


def run(source: str, info: str) -> str:
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
    marks = {"to": proposal.to, "if": proposal.conditions, "for": proposal.support, "against": proposal.oppose}
    return " | ".join([*parts, *(f"{mark}: {', '.join(names)}" for mark, names in marks.items() if names)])


@parametrize("proposals")
def test_proposals(case: Case, request: pytest.FixtureRequest) -> None:
    check(case, request, run)
