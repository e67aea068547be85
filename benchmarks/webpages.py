"""The article found in web pages: our text without what was dropped, handed to the scorer of the gold data.

The scorer can run ``inspect --json`` by itself, but knows dropped spans only as pairs; ours have the reason behind them.
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from briefgen import lexicon
from briefgen.model.document import Document
from briefgen.parsers import parse
from briefgen.segment import segment


def main(folder: Path, *, asked: bool = False) -> int:
    """Score all pages; the scorer prints its figures."""
    words = lexicon.load()
    texts = {}
    for path in sorted((folder / "html" / "pages").glob("*.html.gz")):
        name = path.name.removesuffix(".html.gz")
        (document,) = parse(f"{name}.html", gzip.decompress(path.read_bytes()))
        texts[name] = kept(segment(document, words)[0])
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "texts.json"
        file.write_text(json.dumps(texts), encoding="utf-8")
        command = [sys.executable, str(folder / "html" / "score_html.py"), str(folder / "html"), "--texts", str(file)]
        return subprocess.run(command, check=False).returncode


def kept(document: Document) -> str:
    """The text without the spans that were dropped."""
    parts, at = [], 0
    for start, end, _ in sorted(document.dropped):
        parts.append(document.text[at:start])
        at = max(at, end)
    return " ".join([*parts, document.text[at:]])
