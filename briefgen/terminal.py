"""Text in, lines on a terminal out: colour where it is wanted, and nothing of a document that a terminal would obey.

A document or a file name may hold escape sequences or marks that turn the direction of text; both are shown as escapes
(backslash, x1b), so that what is printed is what is there.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable
from typing import TextIO

from briefgen.unseen import harmless_json

#: Control characters, line and paragraph separators, marks of direction, surrogates, and the invisible tag characters.
UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff\ud800-\udfff\U000e0000-\U000e007f]")
STYLES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "cyan": "36", "underline": "4"}


def plain(text: str) -> str:
    """``text`` on one line, with every character that acts on a terminal shown as an escape."""
    return UNSAFE.sub(lambda match: " " if match[0] in "\t\n\r" else match[0].encode("unicode_escape").decode(), text)


def has_colour(stream: TextIO | None) -> bool:
    """Whether ``stream`` gets colour: NO_COLOR says no, FORCE_COLOR yes, else a terminal that is not dumb."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return is_terminal(stream) and os.environ.get("TERM") != "dumb"


def is_terminal(stream: TextIO | None) -> bool:
    """Whether somebody is looking at ``stream``."""
    return bool(stream and not stream.closed and stream.isatty())


def paint(text: str, *styles: str, stream: TextIO | None = None) -> str:
    """``text`` in styles such as ``bold`` if the stream (standard output) shows them."""
    if not styles or not has_colour(stream or sys.stdout):
        return text
    return f"\x1b[{';'.join(STYLES[style] for style in styles)}m{text}\x1b[0m"


def say(line: str = "") -> None:
    """A line of talk, on standard error."""
    print(line, file=sys.stderr)


def put(lines: Iterable[str]) -> None:
    """Lines of data, on standard output."""
    for line in lines:
        print(line)


def put_json(texts: Iterable[str]) -> None:
    """Lines of JSON on standard output, where nothing in them acts on a terminal."""
    put(map(harmless_json, texts))


def counted(number: int, noun: str, plural: str = "") -> str:
    """``1 document``, ``2 documents``."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
