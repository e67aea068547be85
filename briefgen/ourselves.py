"""Nothing in, a fingerprint of the running code out: what is kept is made by code, and other code may make something else.

The version alone would not do: whoever works on briefgen, or installs a branch of it, changes the code under one version. So
the bytes of our own modules count (9 ms of CPU for all). Of libraries, Python and Unicode the versions do; those of libraries
stand in the names of their metadata folders, where ``importlib.metadata`` would cost more than all the rest. So an extra that
is installed later counts too.
"""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

PACKAGE = Path(__file__).parent
#: The modules that make a digest of a document; for what is made of digests, all modules count.
READING = ("parsers", "segment", "extract", "compare", "model", "digesting", "sought.py", "unseen.py")
#: The libraries that have a say in what a document says or how a brief is written, as their metadata calls them.
LIBRARIES = frozenset(
    "charset_normalizer courlan dateparser htmldate jinja2 jusText lxml lxml_html_clean markdown_it_py olefile pydantic "
    "pydantic_core pypdfium2 python_calamine python_oxmsg regex sentencex trafilatura tzlocal".lower().split()
)


@cache
def fingerprint(parts: tuple[str, ...] = ("",)) -> str:
    """A digest of the modules in ``parts`` of the package, by default all, and of the versions of what they stand on."""
    made = sha256(repr((sys.version_info[:3], unicodedata.unidata_version, sorted(_libraries()))).encode())
    for path in sorted(path for part in parts for path in _modules(PACKAGE / part)):
        with open(path, "rb") as module:
            made.update(path.removeprefix(str(PACKAGE)).encode() + b"\0" + module.read() + b"\0")
    return made.hexdigest()


def _modules(place: Path) -> Iterator[str]:
    if place.suffix:
        yield str(place)
    for folder, _, names in os.walk(place):
        yield from (os.path.join(folder, name) for name in names if name.endswith(".py"))


def _libraries() -> Iterator[str]:
    """``lxml-5.3.0.dist-info`` and its like, of what can be imported."""
    for folder in filter(os.path.isdir, sys.path):
        for name in os.listdir(folder):
            if name.endswith(".dist-info") and name.partition("-")[0].lower().replace(".", "_") in LIBRARIES:
                yield name
