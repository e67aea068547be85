"""What a file holds: documents, and files inside it that are documents of their own (attachments, members of an archive).

A parser of a container hands its members on as bytes and reads none of them: ``parsers.parse`` does, and counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from briefgen.model.base import Note
from briefgen.model.document import Document


class Member(NamedTuple):
    """A file inside a file; ``read`` gives its bytes and raises ``UnreadableError``."""

    name: str
    read: Callable[[], bytes]


class Contents(NamedTuple):
    """The documents of a file, its members, and notes that stand for all of it."""

    documents: tuple[Document, ...] = ()
    members: Iterable[Member] = ()
    notes: tuple[Note, ...] = ()
