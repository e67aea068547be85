"""An error in, the line that it complains about out, with a caret below."""

from __future__ import annotations

from pathlib import Path
from unicodedata import combining, east_asian_width

from briefgen.model.errors import BriefgenError
from briefgen.terminal import plain


def excerpt(error: BriefgenError) -> list[str]:
    """Two lines, the caret where a terminal shows the character; none if no line is known or the file cannot be read."""
    if not (error.file and error.line):
        return []
    try:
        line = Path(error.file).read_text(encoding="utf-8").split("\n")[error.line - 1]
    except (OSError, UnicodeDecodeError, IndexError):
        return []
    column = error.column or len(line) - len(line.lstrip()) + 1
    before = plain(line[: column - 1])
    width = len(before) + sum(east_asian_width(char) in "FW" for char in before) - sum(bool(combining(char)) for char in before)
    return [plain(line), " " * width + "^"]
