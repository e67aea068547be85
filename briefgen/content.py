"""What a file is to hold, whole or a piece at a time, so that what is large is never in memory twice.

Pieces are made anew whenever they are asked for. Their digest tells, where it is known, whether a file holds them already
without making any.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from hashlib import file_digest, sha256
from pathlib import Path
from typing import NamedTuple


class Pieces(NamedTuple):
    """What ``make`` gives, one behind the other; ``digest`` is that of all of them, or empty."""

    make: Callable[[], Iterable[bytes]]
    digest: str = ""


Content = bytes | Pieces


def pieces_of(content: Content) -> Iterable[bytes]:
    """The pieces, of which there may be but one."""
    return content.make() if isinstance(content, Pieces) else (content,)


def whole(content: Content) -> bytes:
    """All of it."""
    return content if isinstance(content, bytes) else b"".join(content.make())


def digested(pieces: Iterable[bytes], digests: list[str]) -> Iterator[bytes]:
    """``pieces`` as they are; behind the last of them, their digest is added to ``digests``."""
    made = sha256()
    for piece in pieces:
        made.update(piece)
        yield piece
    digests.append(made.hexdigest())


def is_held(content: Content, file: Path) -> bool:
    """Whether a file holds this and nothing else."""
    with suppress(OSError), file.open("rb") as opened:
        if isinstance(content, Pieces) and content.digest:
            return file_digest(opened, "sha256").hexdigest() == content.digest
        return all(opened.read(len(piece)) == piece for piece in pieces_of(content)) and not opened.read(1)
    return False
