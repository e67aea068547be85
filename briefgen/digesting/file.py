"""One file in, what it says out.

One ``try`` stands around it: whatever is wrong with a file, it costs that file and no other.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, TypeVar

from briefgen.digesting.recipe import Recipe, load_lexicon, tools
from briefgen.listing import SIDECAR, Found
from briefgen.model.base import Note
from briefgen.model.brief import Skipped
from briefgen.model.document import Document, Sentence
from briefgen.model.errors import UnreadableError
from briefgen.model.findings import Digest
from briefgen.model.lexicon import Lexicon

#: So many bytes of a file tell what it is, and so many of plain text are read without a wall around it.
HEAD, HARMLESS = 8_192, 1_000_000
#: What a file says: a digest or, of a mailbox, a feed or an archive, several; or why it says nothing.
Result = tuple[Digest, ...] | Skipped
T = TypeVar("T")


def digest_file(found: Found, recipe: Recipe) -> Result:
    """What one file says; a file that cannot be read gives ``Skipped``, never an exception."""
    from briefgen.compare import with_outline
    from briefgen.extract import extract

    def said() -> tuple[Digest, ...]:
        words, rules, outlining = tools(recipe.lexicons)
        documents = read_documents(found, words, recipe)
        return tuple(with_outline(extract(document, sentences, rules), outlining) for document, sentences in documents)

    return _or_skipped(found, recipe, said)


def parse_file(found: Found, recipe: Recipe) -> tuple[Document, ...] | Skipped:
    """The documents of one file before anything is made of what they say, or ``Skipped``."""
    return _or_skipped(
        found, recipe, lambda: tuple(each for each, _ in read_documents(found, load_lexicon(recipe.lexicons), recipe))
    )


def _or_skipped(found: Found, recipe: Recipe, made: Callable[[], T]) -> T | Skipped:
    try:
        return made()
    except UnreadableError as error:
        return Skipped(path=found.name, code=error.code, reason=error.message)
    except MemoryError:
        reason = f"reading it takes more memory than a file of its size may (limits.memory_mb is {recipe.memory_mb})"
        return Skipped(path=found.name, code="too-much-memory", reason=reason)
    except Exception as error:  # one odd file must not cost the brief
        return Skipped(path=found.name, code="internal", reason=f"a fault of briefgen: {type(error).__name__}: {error}"[:300])


def is_harmless(found: Found) -> bool:
    """Whether a file is plain text of no great length: only code of our own reads it, in time that its length bounds."""
    from briefgen.parsers import media_type

    try:
        with found.file.open("rb") as file:
            head = file.read(HEAD)
        return found.file.stat().st_size <= HARMLESS and media_type(found.name, head)[0] == "text/plain"
    except (OSError, UnreadableError):
        return False


def read_documents(found: Found, words: Lexicon, recipe: Recipe) -> list[tuple[Document, tuple[Sentence, ...]]]:
    """The documents of one file with their sentences; raises ``UnreadableError``."""
    from briefgen.parsers import parse
    from briefgen.segment import segment

    parsed = parse(found.name, read(found, recipe.file_mb * 1_000_000))
    documents = [with_description(document, found, recipe) for document in parsed]
    for document in documents:
        document.text.encode("utf-8")  # half a surrogate pair could not be written into any output
    return [segment(document, words) for document in documents]


def with_description(document: Document, found: Found, recipe: Recipe) -> Document:
    """The document with what was said of it from outside: by the call, by ``sources.toml``, at last by the file's time."""
    meta: dict[str, Any] = {}
    if said := found.said:
        meta = {name: getattr(said, name) for name in ("title", "publisher", "url") if getattr(said, name)}
    if recipe.date:
        meta |= {"published": recipe.date, "published_from": "--date"}
    elif said and said.date:
        meta |= {"published": said.date, "published_from": SIDECAR}
    elif recipe.file_time and not document.meta.published:
        changed = datetime.fromtimestamp(found.file.stat().st_mtime, UTC)
        meta |= {"published": changed.date().isoformat(), "published_from": "file-time"}
    notes = (Note(code="said", message=said.note),) if said and said.note else ()
    if not (meta or notes):
        return document
    return replace(document, meta=replace(document.meta, **meta), notes=(*document.notes, *notes))


def read(found: Found, limit: int) -> bytes:
    """The bytes of a file; raises ``UnreadableError`` for more than ``limit``."""
    try:
        with open(found.file, "rb", opener=_without_waiting) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):  # it was one when it was listed
                raise UnreadableError("not-a-file", "it is not a regular file")
            data = file.read(limit + 1)
    except PermissionError:
        raise UnreadableError("unreadable", "there is no permission to read it") from None
    except OSError as error:
        raise UnreadableError("unreadable", f"it cannot be read: {error.strerror}") from None
    if len(data) > limit:
        raise UnreadableError("too-large", f"it is larger than {limit // 1_000_000} MB (limits.file_mb)")
    return data


def _without_waiting(path: str, flags: int) -> int:
    """Open a file; a pipe in its place would be waited for without end."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
