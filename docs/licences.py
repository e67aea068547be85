"""What is installed in, ``licences.md`` out: every library that briefgen needs, also those that others need, and its licence.

``python docs/licences.py`` in an environment with ``briefgen[all]`` rewrites the table. ``tests/test_licences.py`` asks that
nothing gets in whose licence asks something of those who pass it on, but for what ``NAMED`` explains.
"""

from __future__ import annotations

import re
import tomllib
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PAGE = Path(__file__).parent / "licences.md"
EXTRAS = ("pdf", "xls", "msg", "dask")
#: How metadata call a licence, and its name among those of SPDX.
CALLED = {
    "MIT License": "MIT",
    "BSD License": "BSD",
    "The BSD 2-Clause License": "BSD-2-Clause",
    "Apache Software License": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "ISC License": "ISC",
    "ISC License (ISCL)": "ISC",
}
FREE = frozenset("MIT BSD BSD-2-Clause BSD-3-Clause 0BSD Apache-2.0 ISC PSF-2.0 CNRI-Python Zlib Unlicense".split())
#: What asks more than its notice to be kept, and why it may be here.
NAMED = {
    "certifi": "a list of certificates, used as it is; no connection is ever opened",
    "tld": "a list of domain names, used as it is, under the first of the three",
}
#: What a wheel holds beside its own code.
HOLDS = {
    "lxml": "wheels hold libxml2 and libxslt (MIT), zlib (Zlib) and libiconv (LGPL-2.1-or-later)",
    "pypdfium2": "wheels hold PDFium (BSD-3-Clause, Apache-2.0) and the libraries in it, all with licences of their kind",
}


def needed(extra: str = "") -> dict[str, str]:
    """The names of all that briefgen needs here, or of what an extra adds, with the names of those that ask for them."""
    asked: dict[str, str] = {}
    waiting = [("briefgen", extra)]
    while waiting:
        name, wanted = waiting.pop()
        for line in (metadata.requires(name) or []) if name != "briefgen" else _ours():
            each = Requirement(line)
            if each.marker and not any(each.marker.evaluate({"extra": part}) for part in {wanted, ""}):
                continue
            found = canonicalize_name(each.name)
            if found not in asked:
                asked[found] = name
                waiting += [(found, part) for part in each.extras or {""}]
    return {name: by for name, by in asked.items() if not extra or name not in needed()}


def _ours() -> list[str]:
    """What briefgen asks for itself, as metadata would say it."""
    project = tomllib.loads((PAGE.parent.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    return [*project["dependencies"], *(f'{each}; extra == "{extra}"' for extra in EXTRAS for each in extras[extra])]


def licence(name: str) -> str:
    """The licence of an installed library, as SPDX calls it where that is clear."""
    said = metadata.metadata(name)
    classes = [each.rpartition(" :: ")[2] for each in said.get_all("Classifier", []) if each.startswith("License ::")]
    first = (said.get("License") or "").strip().split("\n")[0]
    told = [said.get("License-Expression"), CALLED.get(first, first) if len(first) < 60 else "", *classes]
    words = next((each for each in told if each), "unknown")
    return CALLED.get(words, words)


def asks_more(terms: str) -> bool:
    """Whether a licence asks more than to keep its notice, in every way in which it is given."""
    ways = (re.split(r",\s*|\s+AND\s+", way.strip("() ")) for way in re.split(r"\s+OR\s+", terms))
    return not any(all(part in FREE or part == "dependency licenses" for part in way) for way in ways)


def table(extra: str = "") -> str:
    """A row for each library."""
    rows = []
    for name, by in sorted(needed(extra).items()):
        why = "" if by == "briefgen" else by
        notes = NAMED.get(name) or HOLDS.get(name, "")
        rows.append(f"| {name} | {licence(name)} | {why} | {notes} |")
    return "\n".join(["| library | licence | asked for by | remarks |", "|---|---|---|---|", *rows])


def page() -> str:
    """The whole page."""
    parts = [INTRODUCTION, "## The base installation", table()]
    for extra in EXTRAS:
        parts += [f"## The extra `{extra}`", table(extra)]
    return "\n\n".join(parts) + "\n"


INTRODUCTION = """# Licences

briefgen is under the MIT licence and ships no code of others: what is below is installed beside it by pip. The page is made by
`python docs/licences.py` of what the libraries say of themselves. A test asks that nothing gets in unsaid that asks more of
those who pass it on than to keep its notice. Three things do, and none of them is a part of briefgen or of what it writes:
certifi and tld, and libiconv inside the wheels of lxml. What each library is for is told in
[architecture.md](architecture.md#dependencies). Windows takes colorama (BSD-3-Clause) besides."""


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
