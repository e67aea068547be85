"""The bytes of a PDF in, whether a stream in it inflates beyond bounds out: asked before the PDF library unpacks it.

Streams are packed one by one, and a small file may hold one of any size. Pictures are left out: they are not unpacked for text.

Limits: streams of an encrypted file, and those packed in other ways than deflate, are not looked into.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

BEGIN = re.compile(rb"(?<!end)stream\r?\n")
#: How far before a stream its description is looked for, and how much is inflated at a time.
DESCRIPTION, CHUNK = 500, 1_000_000
LARGEST_STREAM, LARGEST_FILE = 100_000_000, 400_000_000


def inflates_beyond_bounds(data: bytes) -> bool:
    """Whether a stream, or all of them together, are larger than is read."""
    total = 0
    for found in BEGIN.finditer(data):
        described = data[max(0, found.start() - DESCRIPTION) : found.start()].rpartition(b"obj")[2]
        times = described.count(b"/FlateDecode") + described.count(b"/Fl ")
        if not times or b"/Image" in described:
            continue
        size = 0
        for part in _inflated(memoryview(data)[found.end() :], min(times, 3)):
            size += len(part)
            if size > LARGEST_STREAM or total + size > LARGEST_FILE:
                return True
        total += size
    return False


def _inflated(data: memoryview, times: int) -> Iterator[bytes]:
    """The parts of a stream, unpacked so many times; what is no such stream ends there."""
    inflate = zlib.decompressobj()
    outer: Iterator[bytes | memoryview] = _chunks(data) if times == 1 else iter(_inflated(data, times - 1))
    try:
        for part in outer:
            waiting: bytes | memoryview = part
            while waiting and not inflate.eof:
                yield inflate.decompress(waiting, CHUNK)
                waiting = inflate.unconsumed_tail
            if inflate.eof:
                return
    except zlib.error:
        return


def _chunks(data: memoryview) -> Iterator[memoryview]:
    return (data[at : at + CHUNK] for at in range(0, len(data), CHUNK))
