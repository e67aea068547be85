"""Make the pictures of the docs: the brief of ``seeds/`` in a real browser and on paper. Run by ``make pictures``.

Pictures are cut to 256 colours, and the pages hardly need more: a third of the size, and no difference to see.
"""

from __future__ import annotations

import base64
import io
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import pypdfium2
from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from chromium import Tab, chromium  # noqa: E402

from briefgen.model.settings import Settings  # noqa: E402
from briefgen.pipeline import build  # noqa: E402
from briefgen.theme import listed  # noqa: E402

TITLE = "Security guarantees: who stands where"
COLOURS = 256
GAP = 12


class Shot(NamedTuple):
    """A picture of the screen: file name, width and height in CSS pixels, colour scheme, the end of the address."""

    name: str
    width: int
    height: int
    scheme: str = "light"
    place: str = ""
    brief: str = "all"


SHOTS = (
    Shot("brief.png", 1280, 1000),
    Shot("brief-dark.png", 1280, 1000, "dark"),
    Shot("matrix.png", 1280, 760, "light", "#matrix"),
    Shot("matrix-dark.png", 1280, 760, "dark", "#matrix"),
    Shot("filter.png", 1280, 620, "light", "#filters&actor=france"),
    Shot("changes.png", 1280, 900, "light", "#changes", "second"),
    Shot("appendix.png", 1280, 620, "light", "#appendix"),
    Shot("theme-newsroom.png", 1280, 860, "light", "", "newsroom"),
    Shot("theme-ministry.png", 1280, 860, "light", "", "ministry"),
    Shot("theme-plain.png", 1280, 860, "light", "", "plain"),
    Shot("phone.png", 390, 844, "light", "#matrix"),
    Shot("phone-dark.png", 390, 844, "dark", "#positions"),
)
#: The sheets of the printed brief that are shown, and their width in pixels.
SHEETS = (0, 1, 2, 9)
SHEET_WIDTH = 420


def pictures(folder: Path) -> None:
    """Write every picture into ``folder``."""
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as out, tempfile.TemporaryDirectory() as profile, chromium(Path(profile)) as tab:
        pages = briefs(Path(out))
        for shot in SHOTS:
            tab.size(shot.width, shot.height)
            tab.media(prefers_color_scheme=shot.scheme, prefers_reduced_motion="reduce")
            tab.open(pages[shot.brief], shot.place)
            data = tab.driver.execute_cdp_cmd("Page.captureScreenshot", {"format": "png"})["data"]
            save(Image.open(io.BytesIO(base64.b64decode(data))), folder / shot.name)
        save(printed(tab, pages["all"]), folder / "print.png")


def briefs(out: Path) -> dict[str, Path]:
    """The brief of all seeds; the same as the second one, after one without the last two; and the same in each theme."""
    seeds = sorted((ROOT / "seeds").iterdir())
    build([ROOT / "seeds"], Settings(out=str(out / "all"), title=TITLE))
    build(seeds[:-2], Settings(out=str(out / "first"), title="Last week’s brief", as_of="2031-05-05"))
    earlier = str(out / "first" / "brief.json")
    build([ROOT / "seeds"], Settings(out=str(out / "second"), title=TITLE, previous=earlier, as_of="2031-05-12"))
    themes = [each.name for each in listed()]
    for name in themes:
        build([ROOT / "seeds"], Settings(out=str(out / name), title=TITLE, theme=name, formats=("html",)))
    return {name: out / name / "brief.html" for name in ("all", "second", *themes)}


def printed(tab: Tab, page: Path) -> Image.Image:
    """Some sheets of the printed page side by side."""
    tab.open(page)
    document = pypdfium2.PdfDocument(tab.pdf())
    scale = SHEET_WIDTH / document[0].get_width()
    sheets = [document[n].render(scale=scale).to_pil() for n in SHEETS if n < len(document)]
    size = (sum(sheet.width + GAP for sheet in sheets) + GAP, max(sheet.height for sheet in sheets) + 2 * GAP)
    whole = Image.new("RGB", size, "#9a9a96")
    for n, sheet in enumerate(sheets):
        whole.paste(sheet, (GAP + n * (sheets[0].width + GAP), GAP))
    return whole


def save(picture: Image.Image, path: Path) -> None:
    """Write a picture with few colours."""
    picture.convert("RGB").quantize(COLOURS, kmeans=4, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    pictures(ROOT / "docs" / "pictures")
