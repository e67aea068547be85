"""A theme: every token that a house can set of the look of a page, with its meaning, its form and the shipped value.

A token can only be what its type says, so that none can break out of the style sheet. What a theme does not give is that of the
theme that it builds on; at the bottom stand the values here, which are the theme ``newsroom``.
"""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from briefgen.model.base import Model
from briefgen.model.settings import PathName

SERIF = (
    'Charter, "Bitstream Charter", "Iowan Old Style", "Sitka Text", Cambria, "Noto Serif", "Liberation Serif", Georgia, serif'
)
SANS = '-apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Liberation Sans", Arial, system-ui, sans-serif'
NUMBER = r"(?:\d{1,4}(?:\.\d{1,4})?|\.\d{1,4})"
LENGTH = re.compile(rf"0|{NUMBER}(?:rem|em|ch|px|pt|mm|cm|in|%)")
ON_PAPER = re.compile(rf"0|{NUMBER}(?:mm|cm|in|pt)")
PAGES = ("A3", "A4", "A5", "B5", "letter", "legal")
FONT = re.compile(r""""[\w .-]+"|-?[A-Za-z][\w-]*(?: [A-Za-z][\w-]*)*""")


def _is_a_colour(text: str) -> str:
    if not re.fullmatch(r"#(?:[0-9A-Fa-f]{3}){1,2}", text):
        raise ValueError('it should be a colour such as "#0b6638"')
    return text.lower() if len(text) == 7 else "#" + "".join(2 * digit for digit in text[1:].lower())


def _is_a_length(text: str) -> str:
    if not LENGTH.fullmatch(text):
        raise ValueError('it should be a length such as "1.6rem", "4px" or "110%"')
    return "0px" if text == "0" else text  # CSS calculates with lengths only


def _are_fonts(text: str) -> str:
    if not all(FONT.fullmatch(name.strip(" ")) for name in text.split(",")):
        raise ValueError("""it should be names of fonts with commas between them, such as 'Georgia, "Noto Serif", serif'""")
    return text


def _is_a_page(text: str) -> str:
    sides = text.split(" ")
    if text not in PAGES and not (len(sides) == 2 and all(ON_PAPER.fullmatch(side) for side in sides)):
        raise ValueError(f'it should be one of {", ".join(PAGES)}, or width and height such as "210mm 297mm"')
    return text


def _is_a_margin(text: str) -> str:
    sides = text.split(" ")
    if not (len(sides) <= 4 and all(ON_PAPER.fullmatch(side) for side in sides)):
        raise ValueError('it should be one to four lengths such as "17mm 15mm"')
    return text


Colour = Annotated[str, AfterValidator(_is_a_colour)]
Length = Annotated[str, AfterValidator(_is_a_length)]
FontList = Annotated[str, AfterValidator(_are_fonts)]


class Fonts(Model):
    """Families that a reader's system has: nothing is loaded from elsewhere."""

    text: FontList = Field(SANS, description="running text, tables and marks")
    heading: FontList = Field(SERIF, description="headings")
    quote: FontList = Field(SERIF, description="the words of sources")
    weight: Annotated[int, Field(ge=100, le=900)] = Field(700, description="weight of headings, 100 to 900")


class Sizes(Model):
    """Sizes on the screen."""

    text: Length = Field("100%", description="running text; in percent it follows the reader's own setting")
    line: Annotated[float, Field(ge=1, le=3)] = Field(1.55, description="height of a line, in sizes of its text")
    title: Length = Field("2.75rem", description="the title, on a wide screen")
    section: Length = Field("1.6rem", description="headings of sections")
    quote: Length = Field("1.0625rem", description="the words of sources")
    measure: Length = Field("42rem", description="the longest line of running text")
    page: Length = Field("76rem", description="the widest page")


class Shape(Model):
    """Lines, corners, density."""

    round: Length = Field("6px", description="corners of frames, marks and fields")
    bar: Length = Field("2px", description="the bar above a section")
    bar_style: Literal["solid", "double", "dashed", "dotted"] = Field("solid", description="how that bar is drawn")
    frame: Length = Field("1px", description="frames of tables and boxes; 0 for none")
    tint: Annotated[int, Field(ge=0, le=30)] = Field(8, description="percent of its own colour behind a stance mark")
    space: Annotated[float, Field(ge=0.3, le=2)] = Field(1.0, description="space between lines of a list, rows and sections")


class Colours(Model):
    """The colours of one scheme."""

    paper: Colour = Field("#fdfdfb", description="the page")
    sheet: Colour = Field("#f4f3ee", description="what is set off from the page: heads of tables, contents, the filter")
    ink: Colour = Field("#1b1d1f", description="text")
    soft: Colour = Field("#575b60", description="text that stands back")
    rule: Colour = Field("#dcdad2", description="hairlines and frames")
    firm: Colour = Field("#8b8b84", description="borders of fields and tags, heads of tables")
    accent: Colour | None = Field(None, description="bars above sections; as `ink` if not given")
    link: Colour = Field("#0f4f86", description="links")
    marked: Colour = Field("#fff0b3", description="behind a cited sentence")
    fresh: Colour = Field("#6b2390", description="what is new")
    masthead: Colour | None = Field(None, description="the band behind the title; as `paper` if not given")
    masthead_ink: Colour | None = Field(None, description="the title; as `ink` if not given")
    masthead_soft: Colour | None = Field(None, description="the lines round the title; as `soft` if not given")
    supports: Colour = Field("#0b6638", description="the stance “supports”, and what is accepted")
    opposes: Colour = Field("#a01d28", description="the stance “opposes”, and what is contested or rejected")
    demands: Colour = Field("#8a3a00", description="the stance “demands”")
    proposes: Colour = Field("#0d4c88", description="the stance “proposes”")
    conditional: Colour = Field("#5a3a9c", description="the stance “conditional”")
    offers: Colour = Field("#075e63", description="the stance “offers”")
    warns: Colour = Field("#714e00", description="the stance “warns”, and the line beside a warning")
    questions: Colour = Field("#7b2b6e", description="the stance “questions”")
    denies: Colour = Field("#8e1b4d", description="the stance “denies”")
    states: Colour = Field("#4a5058", description="the stance “states”")


#: What a colour is if it is not given.
AS_ANOTHER = {"accent": "ink", "masthead": "paper", "masthead_ink": "ink", "masthead_soft": "soft"}

DARK = Colours(
    paper="#15171a",
    sheet="#1e2125",
    ink="#e9e8e4",
    soft="#aeb3b9",
    rule="#373b41",
    firm="#737982",
    link="#93c4f5",
    marked="#574709",
    fresh="#d8acf2",
    supports="#80d7a4",
    opposes="#ff9f9f",
    demands="#ffb67e",
    proposes="#93c4f5",
    conditional="#c6b5f8",
    offers="#79d4dc",
    warns="#ebc964",
    questions="#eaa9df",
    denies="#ffa1c2",
    states="#bbc2ca",
)


class Paper(Model):
    """The printed brief; its colours are those of the light scheme, on white."""

    page: Annotated[str, AfterValidator(_is_a_page)] = Field("A4", description="the sheet: a name, or width and height")
    margin: Annotated[str, AfterValidator(_is_a_margin)] = Field("17mm 15mm 18mm", description="the margins, as in CSS")
    text: Length = Field("9.4pt", description="running text")


class Logo(Model):
    """A picture before the title."""

    file: PathName | None = Field(None, description="SVG, PNG, JPEG, GIF or WebP, at most 200 KB, beside the theme's file")
    dark: PathName | None = Field(None, description="another one for the dark scheme")
    height: Length = Field("2.5rem", description="its height")
    text: str = Field("", description="what it says, for those who do not see it")


class Theme(Model):
    """All tokens of a theme."""

    about: str = Field("", description="the theme in one line, for `briefgen themes list`")
    extends: str | None = Field(None, description="the theme that it builds on, else `newsroom`")
    fonts: Fonts = Fonts()
    sizes: Sizes = Sizes()
    shape: Shape = Shape()
    light: Colours = Colours()
    dark: Colours = DARK
    print: Paper = Paper()
    logo: Logo = Logo()


def colours_of(scheme: Colours) -> dict[str, str]:
    """Every colour of a scheme; those that are not given as the ones that they follow."""
    given: dict[str, str | None] = scheme.model_dump()
    return {name: colour or str(given[AS_ANOTHER[name]]) for name, colour in given.items()}
