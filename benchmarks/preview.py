"""How long after an edit ``briefgen serve`` shows it in Chromium, and what waiting for edits costs.

The time is taken outside the browser, from the write of the file until the page that was open holds what was written; the
median of nine edits of a template, of a document, and of one in Markdown, which is read by a process of its own, for ``seeds/``
and for made-up collections. The cost is the processor time of the server while nothing changes, in per cent of one core.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

import many  # noqa: E402
from chromium import Tab, chromium  # noqa: E402

EDITS, IDLE = 9, 5
TEMPLATE = '{{% extends "default/brief.html.j2" %}}{{% block handling %}}<p>Edition {}.</p>{{% endblock %}}'
DOCUMENT = "Harbour News\n\nThe mayor of Lindhaven opposes the toll. Edition {}.\n"


def main() -> None:
    """Print a line for each collection."""
    print("\n== preview (seconds from edit to page, median and longest of nine; idle server in % of a core)")
    for name, count in (("seeds", 0), ("60", 60)):
        with tempfile.TemporaryDirectory() as folder:
            desk = Path(folder)
            if count:
                many.write(desk / "documents", count)
            else:
                shutil.copytree(ROOT / "seeds", desk / "documents")
            measure(name, desk)


def measure(name: str, desk: Path) -> None:
    """Serve the documents of a folder and edit there."""
    (desk / "house").mkdir()
    (desk / "house/brief.html.j2").write_text(TEMPLATE.format("first"))
    command = [sys.executable, "-m", "briefgen", "serve", "documents", "--templates", "house", "--port", "0", "--quiet"]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(desk / "cache")}  # no edition was seen before
    serving = subprocess.Popen(command, cwd=desk, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        with chromium(desk / "profile") as tab:
            assert serving.stdout
            tab.driver.get(serving.stdout.readline().strip())
            until_shown(tab, "first")
            idle = idle_share(serving.pid)
            template = [edited(tab, desk / "house/brief.html.j2", TEMPLATE, f"t{n}") for n in range(EDITS)]
            document = [edited(tab, desk / "documents/edited.txt", DOCUMENT, f"d{n}") for n in range(EDITS)]
            markdown = [edited(tab, desk / "documents/edited.md", DOCUMENT, f"m{n}") for n in range(EDITS)]
    finally:
        serving.kill()
        serving.wait()
    for kind, times in (("template", template), ("document", document), ("markdown", markdown)):
        print(
            f"{name:<6} {kind}  {statistics.median(times):5.2f} s, at most {max(times):5.2f} s   idle {idle:.1f} %", flush=True
        )


def edited(tab: Tab, file: Path, text: str, edition: str) -> float:
    """Seconds until the page shows what is now written into a file."""
    begun = time.perf_counter()
    file.write_text(text.format(edition))
    until_shown(tab, edition)
    return time.perf_counter() - begun


def until_shown(tab: Tab, edition: str) -> None:
    from selenium.common.exceptions import WebDriverException

    shown = f"return document.readyState === 'complete' && document.body.textContent.includes('Edition {edition}.')"
    while True:
        try:
            if tab.run(shown):
                return
        except WebDriverException:  # the page is just being loaded
            pass
        time.sleep(0.005)


def idle_share(process: int) -> float:
    """The processor time of a process over some seconds, in per cent."""

    def ticks() -> int:
        return sum(map(int, Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[11:13]))

    before = ticks()
    time.sleep(IDLE)
    return (ticks() - before) / os.sysconf("SC_CLK_TCK") / IDLE * 100


if __name__ == "__main__":
    main()
