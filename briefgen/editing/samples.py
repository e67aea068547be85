"""A few sentences in, the document that they are out: read as prose, whatever a file with them alone would look like."""

from __future__ import annotations

import hashlib
import re

from briefgen.extract import Rules, blanked, extract
from briefgen.extract.statements import find_statements
from briefgen.model.document import Document, Meta, Paragraph, Sentence, Source
from briefgen.model.findings import Digest, Statement
from briefgen.segment import segment

LINE = re.compile(r"\S[^\n]*")


def sample(text: str) -> Document:
    """A document with a paragraph for each line of ``text``."""
    data = text.encode()
    digest = hashlib.sha256(data).hexdigest()
    blocks = tuple(Paragraph(start=line.start(), end=line.start() + len(line[0].rstrip())) for line in LINE.finditer(text))
    source = Source(id=digest[:12], path="sentence", sha256=digest, media_type="text/plain", size=len(data))
    return Document(source=source, meta=Meta(), text=text, blocks=blocks)


def read_sample(text: str, rules: Rules) -> tuple[Document, tuple[Sentence, ...], Digest]:
    """What the stages make of ``text``: what is left after dropping, its sentences, what is found in them."""
    document, sentences = segment(sample(text), rules.lexicon)
    return document, sentences, extract(document, sentences, rules)


def statements_of(text: str, rules: Rules) -> tuple[Statement, ...]:
    """The statements alone."""
    document, sentences = segment(sample(text), rules.lexicon)
    return find_statements(document, blanked(document), sentences, rules)
