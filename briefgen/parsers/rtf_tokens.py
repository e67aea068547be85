r"""The bytes of an RTF file in, its text in runs out, each with the state that it stands in.

RTF is a stream of groups and control words. A group that begins with ``\*`` or with a known name is a destination: fonts,
styles, pictures, lists. What is read here is which characters there are and what holds for them; what they make is decided in
``rtf``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

TOKEN = re.compile(
    r"\\([a-zA-Z]{1,32})(-?\d{1,15})?[ ]?|\\'([0-9a-fA-F]{2})|\\(\*|[^a-zA-Z])|([{}])|[\r\n\x00]+|([^\\{}\r\n\x00]+)"
)
#: Destinations that are read, by their control words; others that begin with ``\*`` are not.
READ = frozenset(
    "fonttbl stylesheet info title author listtext pntext footnote header headerl headerr headerf footer footerl footerr "
    "footerf shptxt".split()
)
#: Destinations without ``\*`` that hold no text.
UNREAD = frozenset(
    "colortbl pict objdata filetbl listtable listoverridetable revtbl rsidtbl generator xmlnstbl themedata "
    "colorschememapping datastore latentstyles fldinst bkmkstart bkmkend annotation atnid atnauthor nonshppict "
    "mmathPr subject keywords operator company manager category doccomm comment hlinkbase userprops nonesttables sp "
    "do shpinst shprslt template".split()
)
SYMBOLS = {
    "tab": " ", "line": " ", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
    "bullet": "•", "emspace": " ", "enspace": " ", "qmspace": " ", "~": " ", "_": "-", "-": "",
}  # fmt: skip
#: The code pages of fonts, by the number of their character set.
CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "cp936", 136: "cp950", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
#: Groups may be opened without end.
DEEPEST = 20_000


@dataclass(frozen=True)
class State:
    """What holds inside a group."""

    destination: str = ""
    skipped: bool = False
    page: str = "cp1252"
    fallbacks: int = 1
    unseen: bool = False


class Run(NamedTuple):
    """Characters of a destination, or a control word with its number (``word`` is not empty); ``}`` ends a group."""

    state: State
    text: str = ""
    word: str = ""
    number: int | None = None


def read_runs(data: bytes) -> Iterator[Run]:
    """The runs of text and the control words that the reading of blocks needs, in order."""
    source = data.decode("latin-1")
    reader = _Reader()
    at = 0
    while at < len(source):
        token = TOKEN.match(source, at)
        if token is None:  # a backslash at the very end
            return
        at = token.end()
        if token[1] == "bin":
            at += max(0, int(token[2] or 0))
            continue
        yield from reader.step(token)
    yield from reader.flush()


class _Reader:
    def __init__(self) -> None:
        self.state = State()
        self.above: list[State] = []
        self.fonts: dict[int, str] = {}
        self.default = "cp1252"
        self.font = 0
        self.pending = bytearray()
        self.starred = False
        self.left_out = 0

    def step(self, token: re.Match[str]) -> Iterator[Run]:
        """Take one token."""
        if token[3]:
            if self.left_out:
                self.left_out -= 1
            elif not self.state.skipped:
                self.pending.append(int(token[3], 16))
            return
        yield from self.flush()
        if token[5] == "{":
            if len(self.above) < DEEPEST:
                self.above.append(self.state)
            self.left_out = 0
        elif token[5]:
            yield Run(self.state, word="}")
            self.state = self.above.pop() if self.above else State()
            self.left_out = 0
        elif token[6]:
            yield from self._say(token[6])
        elif token[4]:
            self.starred = token[4] == "*"
            yield from self._say(SYMBOLS.get(token[4], token[4] if token[4] in "\\{}" else ""))
        elif token[1]:
            yield from self._word(token[1], int(token[2]) if token[2] else None)
            self.starred = False

    def flush(self) -> Iterator[Run]:
        """The characters that stood as bytes."""
        if self.pending:
            text = bytes(self.pending).decode(self.state.page, "replace")
            self.pending.clear()
            yield Run(self.state, text)

    def _say(self, text: str) -> Iterator[Run]:
        text, self.left_out = text[self.left_out :], max(0, self.left_out - len(text))
        if text and not self.state.skipped:
            yield Run(self.state, text)

    def _word(self, word: str, number: int | None) -> Iterator[Run]:
        if word in READ:
            self.state = replace(self.state, destination=word, skipped=self.state.skipped and word != "shptxt")
            yield Run(self.state, word=word)
        elif self.starred or word in UNREAD:
            self.state = replace(self.state, skipped=True)
        elif self.state.skipped:
            return
        elif word == "u":
            yield Run(self.state, chr((number or 0) & 0xFFFF))
            self.left_out = self.state.fallbacks
        elif word in SYMBOLS:
            yield Run(self.state, SYMBOLS[word])
        else:
            self._set(word, number)
            yield Run(self.state, word=word, number=number)

    def _set(self, word: str, number: int | None) -> None:
        """Take over what holds from here on."""
        if word == "ansicpg":
            self.default = _code_page(number)
            self.state = replace(self.state, page=self.default)
        elif word == "f" and number is not None:
            self.font = number
            self.state = replace(self.state, page=self.fonts.get(number, self.default))
        elif word == "fcharset" and self.state.destination == "fonttbl" and number in CHARSETS:
            self.fonts[self.font] = CHARSETS[number]
        elif word == "uc":
            self.state = replace(self.state, fallbacks=min(max(number or 0, 0), 8))
        elif word in {"v", "deleted"}:
            self.state = replace(self.state, unseen=number != 0)
        elif word == "plain":
            self.state = replace(self.state, unseen=False, page=self.default)


def _code_page(number: int | None) -> str:
    try:
        "".encode(f"cp{number}")
    except LookupError:
        return "cp1252"
    return f"cp{number}"
