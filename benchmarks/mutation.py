"""An input in, a changed one out: words of the seeds put in, taken out, doubled and swapped; for archives, in one member.

A fuzzer that changes bytes finds little behind a checksum or a grammar. Half of the changes are still its own.
"""

from __future__ import annotations

import io
import random
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable

WORDS = re.compile(rb"[<\\{/&]*[\w:.#%-]+[>;={}]*|\s+|[^\w\s]", re.ASCII)
#: So many different words are kept of the seeds, and an archive is opened only up to so many bytes.
MOST_WORDS, MOST_BYTES = 5_000, 200_000
#: What changes bytes: some of them, and how many they may become.
Bytes = Callable[[bytes, int], bytes]


def vocabulary(seeds: Iterable[bytes]) -> list[bytes]:
    """The words of all seeds, also of those inside archives, in order."""
    texts = [text for seed in seeds for text in (unpacked(seed) or {"": seed}).values()]
    return sorted({word for text in texts for word in WORDS.findall(text) if len(word) <= 40})[:MOST_WORDS]


def mutated(data: bytes, longest: int, chance: random.Random, words: list[bytes], by_bytes: Bytes) -> bytes:
    """Another input, of at most ``longest`` bytes."""
    members = unpacked(data) if chance.random() < 0.85 else None
    if not members:
        return _changed(data, longest, chance, words, by_bytes)
    name = chance.choice(sorted(members))
    members[name] = _changed(members[name], longest, chance, words, by_bytes)
    if chance.random() < 0.05:
        del members[name]
    return packed(members)[:longest]


def _changed(data: bytes, longest: int, chance: random.Random, words: list[bytes], by_bytes: Bytes) -> bytes:
    if chance.random() < 0.5 or not words:
        return by_bytes(data, longest)
    parts = WORDS.findall(data) or [b""]
    for _ in range(chance.choice((1, 1, 2, 4, 8))):
        at = chance.randrange(len(parts) + 1)
        until = at + chance.choice((0, 0, 1, 1, 2, 5, 20))
        put_in = chance.choice(
            ([], [chance.choice(words)], parts[at:until] * chance.choice((2, 2, 3, 50)), _run(parts, chance))
        )
        parts[at:until] = put_in
    return b"".join(parts)[:longest]


def _run(parts: list[bytes], chance: random.Random) -> list[bytes]:
    """Some words that stand elsewhere."""
    at = chance.randrange(len(parts) + 1)
    return parts[at : at + chance.randrange(1, 12)]


def unpacked(data: bytes) -> dict[str, bytes] | None:
    """The members of an archive; None of what is none, is damaged, or is large."""
    if not data.startswith(b"PK"):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(each.file_size for each in archive.infolist()) > MOST_BYTES:
                return None
            return {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, ValueError, EOFError, KeyError):
        return None


def packed(members: dict[str, bytes]) -> bytes:
    """An archive that is not compressed, so that a fuzzer sees its words."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return file.getvalue()
