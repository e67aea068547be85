"""Text in, the same without the characters that nobody sees and that act: on a terminal, on the order of letters, on programs.

Control characters could steer a terminal, marks of direction show a sentence in another order than it is read in, and tag
characters hide words from people that programs read. Documents keep them, since every offset counts characters; whatever is
written for people is neutral, and a note says how many there were.
"""

from __future__ import annotations

import re

#: Characters that only turn the text around them, or are invisible letters: they leave no gap.
GAPLESS = "\u202a-\u202e\u2066-\u206f\U000e0000-\U000e007f"
#: The same and control characters; line ends of any kind are none.
ACTING = f"\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f{GAPLESS}"
_GAPLESS, _ACTING, _IN_JSON = (re.compile(f"[{each}]") for each in (GAPLESS, ACTING, f"{ACTING}\x85\u2028\u2029"))


def neutral(text: str) -> str:
    """``text`` without acting characters: control characters show as U+FFFD, the others go."""
    return text if text.isprintable() else _ACTING.sub(stand_in, text)


def stand_in(found: re.Match[str]) -> str:
    """What stands for one character."""
    return "" if _GAPLESS.match(found[0]) else "\ufffd"


def harmless_json(text: str) -> str:
    r"""JSON with acting characters as ``\u`` escapes: the same values, and nothing that acts where it is printed."""
    if text.replace("\n", "").isprintable():  # as most is, and much sooner seen
        return text
    return _IN_JSON.sub(lambda found: "".join(f"\\u{unit:04x}" for unit in _units(found[0])), text)


def _units(char: str) -> list[int]:
    data = char.encode("utf-16-be", "surrogatepass")
    return [int.from_bytes(data[at : at + 2], "big") for at in range(0, len(data), 2)]


def count_acting(text: str) -> int:
    """How many acting characters there are."""
    return 0 if text.isprintable() else len(_ACTING.findall(text))
