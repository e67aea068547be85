"""How heavy pages are and how long they take to open in Chromium: ``seeds/``, sixty documents and five hundred.

The documents are those of PolNeAR's training part where the gold data is there, else made up by ``tests/many.py``. A page is
open when it has been loaded and a frame of it was drawn; the time is taken outside the browser, the median of five.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from briefgen.model.settings import Settings
from briefgen.pipeline import build
from briefgen.render.view import view

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

import many  # noqa: E402
from chromium import Tab, chromium  # noqa: E402

POLNEAR = "attribution/polnear-train.jsonl"
DRAWN = "requestAnimationFrame(() => requestAnimationFrame(() => arguments[0]()))"


def main() -> None:
    """Print a line for each collection and width."""
    print("\n== pages (positions; size, and its share of what is permitted; seconds to open, median of 5)")
    with tempfile.TemporaryDirectory() as folder, chromium(Path(folder) / "profile") as tab:
        for name, documents in (("seeds", ROOT / "seeds"), *((str(n), documents_of(n, Path(folder))) for n in (60, 500))):
            out = Path(folder) / f"out-{name}"
            brief = build([documents], Settings(out=str(out))).brief
            page = out / "brief.html"
            shown = sum(len(run.text) for text in view(brief).appendix for passage in text.passages for run in passage.runs)
            size, most = page.stat().st_size, 60_000 + 1_400 * len(brief.positions) + 1.7 * shown
            print(f"{name:<6} {len(brief.positions):6,} positions {size / 1000:7,.0f} KB {size / most:5.0%}", end="")
            for width in (1280, 390):
                print(f"   {width} px {opening(tab, page, width):5.2f} s", end="", flush=True)
            print()


def documents_of(count: int, folder: Path) -> Path:
    """A folder of so many documents."""
    target = folder / str(count)
    gold = Path(os.environ.get("BRIEFGEN_EVAL") or "") / POLNEAR
    if not gold.is_file():
        return many.write(target, count)
    target.mkdir()
    with gold.open(encoding="utf-8") as lines:
        for n, line in zip(range(count), lines, strict=False):
            (target / f"{n:03}.txt").write_text(json.loads(line)["text"], encoding="utf-8")
    return target


def opening(tab: Tab, page: Path, width: int) -> float:
    """Seconds until the page is open."""
    tab.size(width)
    took = []
    for _ in range(5):
        tab.driver.get("about:blank")
        before = time.perf_counter()
        tab.driver.get(page.as_uri())
        tab.driver.execute_async_script(DRAWN)
        took.append(time.perf_counter() - before)
    return statistics.median(took)
