"""A plugin of pytest: every file that the tests of the parsers read is a seed of the fuzzer, by the module that reads it.

``python -m pytest -p benchmarks.recorded tests/test_pdf.py`` with RECORDED naming the folder.
"""

from __future__ import annotations

import os
from hashlib import blake2b
from pathlib import Path

from briefgen import parsers
from briefgen.parsers.contents import Contents

FOLDER = Path(os.environ["RECORDED"])
#: Of each module so many files, and none that is longer.
MOST, LONGEST = 400, 20_000


def recorded(kind: str, path: str, data: bytes) -> Contents:
    """Read a file as ever, and keep it."""
    folder = FOLDER / parsers.PARSERS[kind].module
    folder.mkdir(parents=True, exist_ok=True)
    if len(data) <= LONGEST and len(list(folder.iterdir())) < MOST:
        (folder / blake2b(data, digest_size=8).hexdigest()).write_bytes(data)
    return _read(kind, path, data)


_read, parsers._parsed = parsers._parsed, recorded
