"""What files say in, what of it there is room for out: all of it, or of very many claims those on what is most spoken of.

As long as there is room, digests are held as they come. From there on they are weighed (``compare.sift``) and laid aside in a
temporary file, and read back one by one with what was taken of each; so a corpus of any size takes the memory of its texts and
of as many claims as there is room for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from tempfile import TemporaryFile
from typing import IO, NamedTuple

from briefgen.compare.sift import Sift, bare, cut, size_of
from briefgen.digesting.file import Result
from briefgen.model.base import from_json, to_json
from briefgen.model.brief import LeftOut, Skipped
from briefgen.model.errors import BriefgenError
from briefgen.model.findings import Digest


class Gathered(NamedTuple):
    """What documents say, files that could not be read, and how much there was no room for."""

    digests: list[Digest]
    unread: list[Skipped]
    left_out: LeftOut | None = None


def gathered(results: Iterable[Result], room: int, belongs: Callable[[Digest], bool], sift: Callable[[int], Sift]) -> Gathered:
    """The digests of files, with at most ``room`` claims; those of documents that do not belong take no room.

    ``sift`` gives what weighs them for so much room, where it comes to that. Raises ``BriefgenError`` where they can be laid
    aside nowhere.
    """
    held: list[Digest] = []
    unread: list[Skipped] = []
    free = room
    digests = _read(results, unread)
    for digest in digests:
        held.append(digest)
        free -= size_of(digest) if belongs(digest) else 0
        if free < 0:
            with _aside() as file:
                held, left = _sifted(held, digests, belongs, sift(room), file)
                return Gathered(held, unread, left)
    return Gathered(held, unread)


def _read(results: Iterable[Result], unread: list[Skipped]) -> Iterator[Digest]:
    """The digests among the results; the others are added to ``unread``."""
    for result in results:
        if isinstance(result, Skipped):
            unread.append(result)
        else:
            yield from result


def _sifted(
    held: list[Digest],
    rest: Iterator[Digest],
    belongs: Callable[[Digest], bool],
    sift: Sift,
    file: IO[bytes],
) -> tuple[list[Digest], LeftOut]:
    """What there is room for of those that are held, which are let go of, and of the rest; and how much there was none for."""
    for some in (_emptied(held), rest):
        for digest in some:
            told = digest if belongs(digest) else bare(digest)
            sift.weigh(told)
            _lay_aside(told, file)
    taken = sift.taken()
    at = 0
    left: Counter[str] = Counter()
    file.seek(0)
    for line in file:
        digest = from_json(Digest, line)
        size = size_of(digest)
        rest_of_it = cut(digest, taken[at : at + size])
        left.update(_less(digest, rest_of_it))
        held.append(rest_of_it)
        at += size
    return held, LeftOut(**left)


def _less(whole: Digest, part: Digest) -> dict[str, int]:
    """How much of a document there is less in a part of it."""
    less = {name: len(getattr(whole, name)) - len(getattr(part, name)) for name in ("statements", "proposals", "events")}
    return less | {"documents": int(size_of(whole) > size_of(part) == 0)}


def _emptied(held: list[Digest]) -> Iterator[Digest]:
    """The digests in order, each of them let go of."""
    held.reverse()
    while held:
        yield held.pop()


def _lay_aside(digest: Digest, file: IO[bytes]) -> None:
    try:
        file.write(to_json(digest).encode() + b"\n")
    except OSError as error:
        raise _no_place(error) from None


def _aside() -> IO[bytes]:
    """A file for what is laid aside, which is gone when it is closed."""
    try:
        return TemporaryFile()
    except OSError as error:
        raise _no_place(error) from None


def _no_place(error: OSError) -> BriefgenError:
    message = f"what very many documents say cannot be laid aside in the folder for temporary files (TMPDIR): {error.strerror}"
    return BriefgenError("cannot-write", message)
