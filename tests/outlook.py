"""Small mails as Outlook saves them: a file system of sectors that holds a stream for each property."""

from __future__ import annotations

from struct import pack, pack_into

SECTOR, SMALL = 512, 64
NO_ENTRY, ENDS, TABLE = 0xFFFF_FFFF, 0xFFFF_FFFE, 0xFFFF_FFFD
STORAGE, STREAM, ROOT = 1, 2, 5
#: What an integer, a text and bytes are called in the table of properties; an integer is a time here.
KINDS = {int: 0x40, str: 0x1F, bytes: 0x102}
SENT, SUBJECT, SENDER, ADDRESS, BODY, HTML = 0x39, 0x37, 0xC1A, 0xC1F, 0x1000, 0x1013
NAME, MIME, BYTES = 0x3707, 0x370E, 0x3701
Tree = dict[str, "bytes | Tree"]
Properties = dict[int, int | str | bytes]


def msg(properties: Properties, *attachments: Properties) -> bytes:
    """A mail; no property is longer than 4,095 bytes."""
    parts = {f"__attach_version1.0_#{at:08X}": _streams(each, 8) for at, each in enumerate(attachments)}
    return compound({**_streams(properties, 32), **parts})


def _streams(properties: Properties, head: int) -> Tree:
    found: Tree = {}
    table = bytes(head)
    for name, value in properties.items():
        kind = KINDS[type(value)]
        table += pack("<HHIQ", kind, name, 6, value if isinstance(value, int) else 0)
        if not isinstance(value, int):
            found[f"__substg1.0_{name:04X}{kind:04X}"] = value if isinstance(value, bytes) else value.encode("utf-16-le")
    return {**found, "__properties_version1.0": table}


def compound(tree: Tree) -> bytes:
    """A file of sectors: header, table, folder, small table, and the small sectors in which all streams lie."""
    entries, held, after = [b""], bytearray(), []
    child = _enter(tree, entries, held, after)
    entries[0] = entry("Root Entry", ROOT, child=child, start=0, size=len(held))
    parts = [b"".join(entries), _numbers(after), bytes(held)]
    counts = [-(-len(part) // SECTOR) for part in parts]
    starts = [1, 1 + counts[0], 1 + counts[0] + counts[1]]
    table = [TABLE, *(number for start, count in zip(starts, counts, strict=True) for number in _run(start, count))]
    entries[0] = entry("Root Entry", ROOT, child=child, start=starts[2], size=len(held))
    parts[0] = b"".join(entries)
    sectors = [_numbers(table), *(_filled(part) for part in parts)]
    return _header(starts[0], starts[1], counts[1]) + b"".join(sectors)


def _enter(tree: Tree, entries: list[bytes], held: bytearray, after: list[int]) -> int:
    """Write the entries of a folder, each to the right of the one before; the number of the first."""
    first = following = NO_ENTRY
    for name, value in reversed(tree.items()):
        if isinstance(value, bytes):
            start, count = len(after), -(-len(value) // SMALL)
            held += value.ljust(count * SMALL, b"\0")
            after += _run(start, count)
            made = entry(name, STREAM, right=following, start=start if value else ENDS, size=len(value))
        else:
            made = entry(name, STORAGE, right=following, child=_enter(value, entries, held, after))
        first = following = len(entries)
        entries.append(made)
    return first


def entry(name: str, kind: int, *, right: int = NO_ENTRY, child: int = NO_ENTRY, start: int = ENDS, size: int = 0) -> bytes:
    """What a folder says of a stream or storage."""
    words = name.encode("utf-16-le") + b"\0\0"
    links = pack("<HBBIII", len(words), kind, 1, NO_ENTRY, right, child)
    return words.ljust(64, b"\0") + links + bytes(36) + pack("<IQ", start, size)


def _run(start: int, count: int) -> list[int]:
    """The numbers by which a run of sectors is chained."""
    return [*range(start + 1, start + count), ENDS] if count else []


def _numbers(table: list[int]) -> bytes:
    unused = -len(table) % (SECTOR // 4)
    return pack(f"<{len(table) + unused}I", *table, *[NO_ENTRY] * unused)


def _filled(part: bytes) -> bytes:
    return part.ljust(-(-len(part) // SECTOR) * SECTOR, b"\0")


def _header(folder: int, small: int, count: int) -> bytes:
    header = bytearray(SECTOR)
    pack_into("<8s16xHHHHH6x", header, 0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 62, 3, 0xFFFE, 9, 6)
    pack_into("<IIIIIIIIII", header, 40, 0, 1, folder, 0, 4096, small, count, ENDS, 0, 0)
    header[80:] = b"\xff" * (SECTOR - 80)
    return bytes(header)
