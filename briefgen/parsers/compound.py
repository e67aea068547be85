"""The bytes of an old Office file in, whether its sectors lead astray out: asked before a library follows them.

Such a file is a small file system of sectors; tables say of each which one comes next. A few changed bytes lead back, or to a
place gigabytes behind the end, or to the same sectors from a thousand streams, and who follows them without counting fills the
memory. No sound file does any of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from struct import unpack, unpack_from

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEADER, IN_HEADER = 512, 109
#: The powers of two that a sector may hold; libraries go on with any other, and find other sectors than are looked at here.
SIZES = (9, 12)
#: Where the header has the size of sectors, the first sector of the folder and of the small table, and that of the list of the
#: large one's.
SIZE, FOLDER, SMALL, LISTED = 30, 48, 60, 68
#: In the folder, how long an entry is, where it says what it is and how long that is, and the kind that has sectors of its own.
ENTRY, KIND, LENGTH, STREAM = 128, 66, 120, 2
#: From here on a number is no sector, but says that there is none.
NONE = 0xFFFF_FFFA


def leads_astray(data: bytes) -> bool:
    """Whether a chain of sectors comes back to one of its own, one lies outside of the file, or streams share sectors."""
    if len(data) < HEADER or not data.startswith(MAGIC):
        return False
    power = unpack_from("<H", data, SIZE)[0]
    if power not in SIZES:
        return True
    size = 1 << power
    most = 2 * IN_HEADER + len(data) // size // (size // 4)  # a sector of the table tells of so many others
    sectors = list(islice(_table_sectors(data, size), most + 1))
    table = [after for sector in sectors for after in _numbers(data, sector, size)]
    folder, small = (unpack_from("<I", data, place)[0] for place in (FOLDER, SMALL))
    if any(len(data) // size <= sector < NONE for sector in (*sectors, folder, small)):
        return True
    if len(sectors) > most or _has_circle(table):
        return True
    inner = [after for sector in _chain(table, small) for after in _numbers(data, sector, size)]
    return _has_circle(inner) or sum(_lengths(data, _chain(table, folder), size)) > len(data)


def _table_sectors(data: bytes, size: int) -> Iterator[int]:
    """The sectors that hold the table: some are listed in the header, the others in sectors that are chained themselves."""
    yield from unpack_from(f"<{IN_HEADER}I", data, HEADER - 4 * IN_HEADER)
    more = unpack_from("<I", data, LISTED)[0]
    while held := _numbers(data, more, size):
        *listed, more = held
        yield from listed


def _numbers(data: bytes, sector: int, size: int) -> tuple[int, ...]:
    """What a sector holds as numbers; nothing for one outside of the file."""
    held = data[(sector + 1) * size : (sector + 2) * size]
    return unpack(f"<{len(held) // 4}I", held[: len(held) // 4 * 4])


def _lengths(data: bytes, folder: Iterable[int], size: int) -> Iterator[int]:
    """How long each stream is that a folder tells of."""
    for sector in folder:
        held = data[(sector + 1) * size : (sector + 2) * size]
        for at in range(0, len(held) - ENTRY + 1, ENTRY):
            if held[at + KIND] == STREAM:
                yield unpack_from("<I", held, at + LENGTH)[0]


def _chain(table: Sequence[int], first: int) -> Iterator[int]:
    """The sectors from ``first`` on; ``table`` has no circle."""
    while first < len(table):
        yield first
        first = table[first]


def _has_circle(table: Sequence[int]) -> bool:
    walked = [-1] * len(table)
    for start in range(len(table)):
        at = start
        while at < len(table) and walked[at] < 0:
            walked[at] = start
            at = table[at]
            if at < len(table) and walked[at] == start:
                return True
    return False
