"""Digests from lines, so that comparison is tested without the stages before it.

``doc | holder | stance | content`` is a statement, ``doc | # | heading`` a heading, ``doc | . | sentence`` a sentence that
nobody says. A sentence reads "holder: content." unless the content is the whole sentence.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict

from briefgen.model.document import Block, BlockKind, Heading, Meta, Paragraph, Sentence, Source
from briefgen.model.findings import Digest, Parts, Ref, Stance, Statement


def digests(lines: str) -> list[Digest]:
    """One digest for each document named in the first column."""
    rows: dict[str, list[list[str]]] = defaultdict(list)
    for line in lines.split("\n"):
        if line.strip():
            doc, *cells = (cell.strip() for cell in line.split("|", 3))
            rows[doc].append(cells)
    return [_digest(doc, cells) for doc, cells in rows.items()]


def _digest(doc: str, rows: list[list[str]]) -> Digest:
    name = hashlib.sha256(doc.encode()).hexdigest()
    text, blocks, sentences, statements = "", [], [], []
    for cells in rows:
        start = len(text)
        if cells[0] == "#":
            text += cells[1]
            blocks.append(Heading(start=start, end=len(text)))
        else:
            text += f"{cells[0]}: {cells[2]}." if len(cells) == 3 else cells[1]
            sentences.append(Sentence(start=start, end=len(text), block=len(blocks)))
            blocks.append(Paragraph(start=start, end=len(text)))
        if len(cells) == 3:
            statements.append(_statement(name, text, start, *cells))
        text += "\n"
    source = Source(id=name[:12], path=f"{doc}.txt", sha256=name, media_type="text/plain", size=len(text))
    every: tuple[Block, ...] = tuple(blocks)
    return Digest(source=source, meta=Meta(), text=text, blocks=every, sentences=tuple(sentences), statements=tuple(statements))


def _statement(name: str, text: str, start: int, holder: str, stance: str, content: str) -> Statement:
    at = start + len(holder) + 2
    parts = Parts(source=((start, start + len(holder)),), content=((at, at + len(content)),))
    ref = Ref(source=name[:12], start=start, end=len(text), sentence=text[start:], block=BlockKind.PARAGRAPH, parts=parts)
    key = hashlib.blake2b(f"{holder}|{stance}|{content}".encode(), digest_size=5).hexdigest()
    return Statement(id=f"st-{key}", stance=Stance(stance), content=content, cue=":", rule="trial", holder=holder, refs=(ref,))
