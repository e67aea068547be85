"""What is wrong, told on standard error: one line, then the line of the file with a caret, then the nearest right name."""

from __future__ import annotations

import sys

from briefgen.excerpt import excerpt
from briefgen.model.errors import BriefgenError
from briefgen.terminal import paint, plain, say


def tell_error(error: BriefgenError) -> None:
    """Say what a user did wrong, and where."""
    say(paint(plain(str(error) if error.file else f"briefgen: {error}"), "red", stream=sys.stderr))
    for line in excerpt(error):
        say(f"  {line}")
    if error.hint:
        say(f"  did you mean {error.hint!r}?")
