"""Two colours in, how well one is read on the other out (WCAG 2.2); and which colours of a theme meet on a page.

A pair is measured as it is seen: behind a stance mark lies a tint of its own colour, so that the ground is mixed first.
"""

from __future__ import annotations

import colorsys
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from briefgen.model.findings import Stance
from briefgen.model.theme import Theme, colours_of

#: What a text and the border of a field must have (WCAG 2.2, 1.4.3 and 1.4.11).
FOR_TEXT, FOR_BORDERS = 4.5, 3.0
STANCES = tuple(stance.value for stance in Stance)
WHITE = "#ffffff"


class Pair(NamedTuple):
    """What stands on what: tokens of colours; ``tint`` is a colour that the ground is tinted with."""

    text: str
    ground: str
    tint: str = ""
    least: float = FOR_TEXT


#: Every pair that a page shows; a test looks at pages whether there are others.
PAIRS = (
    *(Pair(text, ground) for ground in ("paper", "sheet") for text in ("ink", "soft", "link", "fresh", *STANCES)),
    *(Pair(text, ground, tint) for ground in ("paper", "sheet") for tint in STANCES for text in (tint, "fresh")),
    Pair("ink", "marked"),
    Pair("paper", "link"),
    Pair("masthead_ink", "masthead"),
    Pair("masthead_soft", "masthead"),
    *(Pair("firm", ground, least=FOR_BORDERS) for ground in ("paper", "sheet")),
)


class Fault(NamedTuple):
    """A pair that is hard to read in a scheme, and its ratio."""

    scheme: str
    pair: Pair
    ratio: float


def schemes(theme: Theme) -> dict[str, dict[str, str]]:
    """The colours of each scheme; print is light on white."""
    light = colours_of(theme.light)
    return {"light": light, "dark": colours_of(theme.dark), "print": {**light, "paper": WHITE}}


def faults(theme: Theme) -> Iterator[Fault]:
    """The pairs of a theme that are hard to read."""
    for scheme, colours in schemes(theme).items():
        for pair in PAIRS:
            ratio = ratio_of(pair, colours, theme.shape.tint)
            if ratio < pair.least:
                yield Fault(scheme, pair, ratio)


def ratio_of(pair: Pair, colours: Mapping[str, str], tint: int) -> float:
    """The contrast of a pair, from 1 to 21; ``tint`` is how much of its colour tints a ground, in percent."""
    ground = _parts(colours[pair.ground])
    if pair.tint:
        over = _parts(colours[pair.tint])
        ground = [(top * tint + bottom * (100 - tint)) / 100 for top, bottom in zip(over, ground, strict=True)]
    dark, light = sorted((_luminance(_parts(colours[pair.text])), _luminance(ground)))
    return (light + 0.05) / (dark + 0.05)


def nearest(colour: str, passes: Callable[[str], bool]) -> str | None:
    """The colour of the same hue whose lightness is nearest and that ``passes``; None if there is none."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_parts(colour))
    for step in range(1, 256):
        for other in (lightness - step / 255, lightness + step / 255):
            if 0 <= other <= 1:
                found = _written(colorsys.hls_to_rgb(hue, other, saturation))
                if passes(found):
                    return found
    return None


def passing(theme: Theme, scheme: str, token: str) -> str | None:
    """The colour nearest to that of ``token`` with which all pairs that it stands in are read well; None if there is none."""
    where = ("light", "print") if scheme in ("light", "print") else ("dark",)
    known = schemes(theme)
    stands = [pair for pair in PAIRS if token in pair]

    def passes(colour: str) -> bool:
        tried = ({**known[name], **({} if (name, token) == ("print", "paper") else {token: colour})} for name in where)
        return all(ratio_of(pair, colours, theme.shape.tint) >= pair.least for colours in tried for pair in stands)

    return nearest(known[scheme][token], passes)


def _parts(colour: str) -> list[float]:
    return [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]


def _written(parts: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)


def _luminance(parts: list[float]) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
