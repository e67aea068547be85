"""The bytes of a zip file in, its members out, each counted while it is inflated: what a header says of sizes is not believed.

Nothing is written to disk, so a member's path leads nowhere. Bounds hold for one archive together, since a small file may
hold the same megabyte ten thousand times.
"""

from __future__ import annotations

import io
import zipfile
import zlib

from briefgen.model.errors import UnreadableError

MOST_MEMBERS = 10_000
LARGEST_MEMBER, LARGEST_ARCHIVE = 50_000_000, 200_000_000
FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, KeyError)


class Archive:
    """A zip file that is read within bounds; raises ``UnreadableError`` for a damaged one."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except FAULTS:
            raise UnreadableError("damaged", "the zip archive is damaged or cut off: get the file again") from None
        self.names = tuple(dict.fromkeys(self._zip.namelist()))
        self._left = LARGEST_ARCHIVE
        if len(self.names) > MOST_MEMBERS:
            raise UnreadableError("too-large", f"it holds more than {MOST_MEMBERS} files")

    def read(self, name: str) -> bytes:
        """The bytes of a member. Raises ``UnreadableError`` if it is missing, damaged, locked or too large."""
        try:
            info = self._zip.getinfo(name)
            if info.flag_bits & 1:
                raise UnreadableError("protected", "it is protected by a password: save it without one")
            if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
                raise UnreadableError("unsupported", "it is packed in a way that is not read: pack it anew as a plain zip file")
            with self._zip.open(info) as member:
                data = member.read(min(LARGEST_MEMBER, self._left) + 1)
        except FAULTS:
            raise UnreadableError("damaged", f"a part of it is missing or damaged ({name[:80]})") from None
        if len(data) > min(LARGEST_MEMBER, self._left):
            raise UnreadableError("too-large", f"unpacked it is larger than {LARGEST_MEMBER // 1_000_000} MB ({name[:80]})")
        self._left -= len(data)
        return data
