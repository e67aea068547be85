"""Bytes in, text out, with the name of the encoding and a note where it had to be guessed.

The order is the one that is right most often for what people save: a byte order mark, strict UTF-8 (which other encodings
almost never pass by chance), what the document declares, Western Windows where the result looks like Western words, UTF-8
with a few damaged bytes, and only then a detector. Text that is not text at all is refused with a message.

Limits: a short file in a single-byte encoding of another script can still be taken for Western Windows; the note says so.
"""

from __future__ import annotations

import codecs
import re
from contextlib import suppress
from typing import NamedTuple

from briefgen.model.base import Note
from briefgen.model.errors import UnreadableError
from briefgen.parsers.mojibake import repaired

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: Codecs that are not a way to write text down, or that turn plain ASCII into something else.
REFUSED = frozenset({"utf-7", "unicode_escape", "raw_unicode_escape", "idna", "punycode", "undefined", "mbcs", "oem"})
CONTROLS = bytes([*range(0x09), 0x0B, *range(0x0E, 0x1B), *range(0x1C, 0x20), 0x7F])
#: More control bytes than this share are no text: escape sequences of a terminal stay far below it.
CONTROL_SHARE = 0.1
#: Up to this share of a text may be damaged before it is given up.
DAMAGE_SHARE = 0.1
LETTER = re.compile(r"[^\W\d_]")


class Decoded(NamedTuple):
    """The text of a file, without byte order mark."""

    text: str
    encoding: str
    notes: tuple[Note, ...] = ()


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """``data`` as text; ``declared`` is the encoding that the document itself names. Raises ``UnreadableError``."""
    found = _decoded(data, declared)
    text, notes = repaired(found.text)
    return Decoded(text, found.encoding, (*found.notes, *notes))


def _decoded(data: bytes, declared: str | None) -> Decoded:
    for mark, name in BOMS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], name)
    data = _without_stray_controls(data)
    with suppress(UnicodeDecodeError):
        return Decoded(data.decode("utf-8"), "utf-8")
    found = (
        _declared(data, declared)
        or _western(data)
        or _damaged_utf8(data)
        or _detected(data)
        or _damaged_utf8(data, last_resort=True)
    )
    if found is None:
        raise UnreadableError("undecodable", "unknown character encoding: save the file again as UTF-8")
    return found


def _marked(data: bytes, name: str) -> Decoded:
    text = data.decode(name, errors="replace").replace("\x00", " ")
    damaged = "\ufffd" in text
    return Decoded(text, name, (_note(f"the file is damaged: some bytes are no {name}"),) if damaged else ())


def _without_stray_controls(data: bytes) -> bytes:
    """Refuse what is not text; UTF-16 without a mark shows as a NUL in every other byte."""
    nuls = data.count(0)
    if nuls * 3 > len(data) > 3:
        name = "utf-16-le" if data[1::2].count(0) > data[::2].count(0) else "utf-16-be"
        text = data.decode(name, errors="replace")
        if "\x00" not in text and "\ufffd" not in text:
            return text.encode("utf-8")
    controls = len(data) - len(data.translate(None, CONTROLS))
    if nuls or controls > CONTROL_SHARE * len(data):
        raise UnreadableError("binary", "not a text file: save or export the document as text, Markdown or HTML")
    return data


def _declared(data: bytes, name: str | None) -> Decoded | None:
    try:
        found = codecs.lookup(name or "")
        if found.name in REFUSED or not found._is_text_encoding:
            return None
        return Decoded(data.decode(found.name), found.name)
    except (LookupError, UnicodeError, ValueError):
        return None


def _western(data: bytes) -> Decoded | None:
    """Windows-1252, if most letters are plain ASCII as in every language that is written in it."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    letters = LETTER.findall(text)
    foreign = sum(not letter.isascii() for letter in letters)
    mojibake = len(re.findall("[\u00c2\u00c3\u00e2][\u0080-\u00bf\u0192-\u2122]", text))
    if foreign * 4 > len(letters) or mojibake * 2 > foreign:
        return None
    return Decoded(text, "cp1252", (_note("not UTF-8: read as Western Windows (cp1252)"),))


def _damaged_utf8(data: bytes, *, last_resort: bool = False) -> Decoded | None:
    """UTF-8 that is mostly sound beyond ASCII; where no other encoding fits, ASCII counts too."""
    text = data.decode("utf-8", errors="replace")
    lost = text.count("\ufffd")
    most = DAMAGE_SHARE * len(text) if last_resort else sum(not c.isascii() for c in text) - lost
    if lost > most:
        return None
    return Decoded(text, "utf-8", (_note(f"read as UTF-8, in which {lost} damaged places are shown as \ufffd"),))


def _detected(data: bytes) -> Decoded | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:200_000]).best()
    try:
        if best is not None:
            return Decoded(data.decode(best.encoding), best.encoding, (_note(f"encoding guessed: {best.encoding}"),))
    except (UnicodeDecodeError, LookupError):
        pass
    return None


def _note(message: str) -> Note:
    return Note(code="encoding-guessed", message=message)
