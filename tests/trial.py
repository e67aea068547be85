"""Digests from lines, so that comparison is tested without the stages before it.

``doc | holder | stance | content`` is a statement, ``doc | # | heading`` a heading, ``doc | . | sentence`` a sentence that
nobody says. Behind the stance may stand ``, hedged``, ``, relayed`` or ``, low`` (confidence). A sentence reads
"holder: content."; where the last cell has brackets it is the sentence, with the content in them and the holder before it.
Each line is a paragraph, but ``+doc`` goes on with the one before.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import Any

from briefgen.model.document import Block, BlockKind, Heading, Meta, Paragraph, Sentence, Source
from briefgen.model.findings import Confidence, Digest, Parts, Ref, Stance, Statement

#: What may be said of a statement behind its stance.
ALSO: dict[str, dict[str, Any]] = {
    "hedged": {"hedges": ("perhaps",)},
    "relayed": {"relayed_by": "Chad"},
    "low": {"confidence": Confidence.LOW},
}


def digests(lines: str) -> list[Digest]:
    """One digest for each document named in the first column."""
    rows: dict[str, list[list[str]]] = defaultdict(list)
    for line in lines.split("\n"):
        if line.strip():
            doc, *cells = (cell.strip() for cell in line.split("|", 3))
            rows[doc.lstrip("+")].append([*cells, doc[:1]])
    return [_digest(doc, cells) for doc, cells in rows.items()]


def _digest(doc: str, rows: list[list[str]]) -> Digest:
    name = hashlib.sha256(doc.encode()).hexdigest()
    text, blocks, sentences, statements = "", [], [], []
    for *cells, sign in rows:
        start = len(text)
        if cells[0] == "#":
            text += cells[1]
            blocks.append(Heading(start=start, end=len(text)))
        else:
            told = cells[-1] if "[" in cells[-1] or len(cells) < 3 else f"{cells[0]}: [{cells[2]}]."
            text += told.replace("[", "").replace("]", "")
            if sign != "+":
                blocks.append(Paragraph(start=start, end=len(text)))
            sentences.append(Sentence(start=start, end=len(text), block=len(blocks) - 1))
            if len(cells) == 3:
                content = told.partition("[")[2].partition("]")[0]
                statements.append(_statement(name, text, start, start + told.index("["), cells[0], cells[1], content))
        text += "\n"
    source = Source(id=name[:12], path=f"{doc}.txt", sha256=name, media_type="text/plain", size=len(text))
    every: tuple[Block, ...] = tuple(blocks)
    return Digest(source=source, meta=Meta(), text=text, blocks=every, sentences=tuple(sentences), statements=tuple(statements))


def _statement(name: str, text: str, start: int, at: int, holder: str, stance: str, content: str) -> Statement:
    said = text.index(holder, start)
    parts = Parts(source=((said, said + len(holder)),), content=((at, at + len(content)),))
    ref = Ref(source=name[:12], start=start, end=len(text), sentence=text[start:], block=BlockKind.PARAGRAPH, parts=parts)
    key = hashlib.blake2b(f"{holder}|{stance}|{content}".encode(), digest_size=5).hexdigest()
    name_of_stance, *also = stance.split(", ")
    said_so = {field: value for word in also for field, value in ALSO[word].items()}
    return Statement(
        id=f"st-{key}",
        stance=Stance(name_of_stance),
        content=content,
        cue=":",
        rule="trial",
        holder=holder,
        refs=(ref,),
        **said_so,
    )
