"""Make the pictures of the docs: the brief of ``seeds/`` in a real browser. Run by ``make pictures``."""

from __future__ import annotations

import base64
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from chromium import chromium  # noqa: E402

from briefgen.model.settings import Settings  # noqa: E402
from briefgen.pipeline import build  # noqa: E402

#: File name, width and height in CSS pixels, colour scheme, and the section that is scrolled to.
SHOTS = (
    ("brief.png", 1280, 1000, "light", ""),
    ("matrix.png", 1280, 760, "dark", "matrix"),
    ("phone.png", 390, 844, "light", "matrix"),
    ("appendix.png", 1280, 620, "light", "appendix"),
)


def pictures(folder: Path) -> None:
    """Write every picture into ``folder``."""
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as out, tempfile.TemporaryDirectory() as profile, chromium(Path(profile)) as tab:
        build([ROOT / "seeds"], Settings(out=out, title="Security guarantees: who stands where"))
        for name, width, height, scheme, section in SHOTS:
            tab.size(width, height)
            tab.media(prefers_color_scheme=scheme)
            tab.open(Path(out) / "brief.html")
            tab.run(f"document.getElementById({section!r})?.scrollIntoView({{behavior: 'instant'}})")
            shot = tab.driver.execute_cdp_cmd("Page.captureScreenshot", {"format": "png"})
            (folder / name).write_bytes(base64.b64decode(shot["data"]))


if __name__ == "__main__":
    pictures(ROOT / "docs" / "pictures")
