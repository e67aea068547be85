"""Text in, the same text with letters that were decoded wrongly put right out: "itâ€™s" was "it’s" once.

A text in UTF-8 that somebody read as Windows-1252 and saved again has two to four characters for one. Such a run is put back
only where nobody writes it on purpose: the characters must be the bytes of a letter or sign that is likely, and what could be
a word in capitals before a closing quotation mark, or a word before a French one, stays. Curly quotes are never straightened.

Limits: texts that went through other code pages are only given back their quotes and dashes; what was lost on the way (a
question mark for a letter) stays lost.
"""

from __future__ import annotations

import re
from functools import cache

from briefgen.model.base import Note

#: Some texts were read wrongly several times.
MOST_ROUNDS = 3
OTHER_CODE_PAGES = ("cp1250", "cp1251", "cp437", "cp850", "mac_roman")
#: Dashes, quotes, dots and marks, which are most of what goes wrong in English.
TYPOGRAPHIC = (*range(0x2010, 0x2016), *range(0x2018, 0x2023), 0x2026, 0x2032, 0x2033, 0x2039, 0x203A)
#: What may stand behind a letter on purpose.
QUOTES = frozenset("“”‘’«»‹›–—…\xa0")
#: Letters of other scripts are put right where at least so many stand together.
LEAST_RUN = 2
#: A no-break space inside a run may have become a plain one since.
LOST_BLANK = re.compile(r"(?<![A-ZÀ-Þ])[ÂÃ] ")


def repaired(text: str) -> tuple[str, tuple[Note, ...]]:
    """The text put right, with a note if anything was."""
    if text.isascii() or not any(letter in text for letter in _leads()):
        return text, ()
    count, example = 0, ("", "")
    for _ in range(MOST_ROUNDS):
        after, changes = _round(text)
        if not changes:
            break
        count, example = count + len(changes), changes[0] if not count else example
        text = after
    if not count:
        return text, ()
    places = "1 place" if count == 1 else f"{count} places"
    return text, (
        Note(code="mojibake", message=f"letters decoded wrongly were put right in {places}: {example[0]} is {example[1]}"),
    )


def _round(text: str) -> tuple[str, list[tuple[str, str]]]:
    changes: list[tuple[str, str]] = []
    sure, run, other = _patterns()

    def put_right(found: re.Match[str]) -> str:
        right = "".join(_decoded(each) for each in run.findall(found[0]) or [found[0]])
        if "\ufffd" in right or _is_meant(found):
            return found[0]
        changes.append((found[0], right))
        return right

    def put_other_right(found: re.Match[str]) -> str:
        changes.append((found[0], _other()[found[0]]))
        return _other()[found[0]]

    text = other.sub(put_other_right, text)
    text = sure.sub(put_right, text)
    if changes:
        text = LOST_BLANK.sub(lambda found: "à " if found[0][0] == "Ã" else " ", text)
    return text, changes


def _is_meant(found: re.Match[str]) -> bool:
    """Whether a run with a quotation mark or a dash at its end may be on purpose: "AMANHÃ”", "Ä…". In a word it is not."""
    if found[0][-1] not in QUOTES or found[0][0] in "âð" or found[0] in {"Ã\xa0", "Â\xa0"} or len(found[0]) > 3:
        return False
    before, after = found.string[found.start() - 1 : found.start()], found.string[found.end() : found.end() + 1]
    in_word = before.islower() or after.islower()
    is_times = found[0] == "Ã—" and not (before + after).strip(" 0123456789")
    return not (in_word or is_times or before == "¬")


def _misread(byte: int) -> str:
    """A byte as Windows-1252; the five that it leaves out as most programs read them."""
    return bytes([byte]).decode("cp1252", "ignore") or chr(byte)


@cache
def _bytes() -> dict[str, int]:
    return {chr(byte): byte for byte in range(0x80, 0xA0)} | {_misread(byte): byte for byte in range(0x80, 0x100)}


def _decoded(run: str) -> str:
    return bytes(map(_bytes().__getitem__, run)).decode("utf-8", "replace")


def _is_utf8(run: str) -> bool:
    return all(letter in _bytes() for letter in run) and "\ufffd" not in _decoded(run)


@cache
def _other() -> dict[str, str]:
    """Marks as they look where other code pages were taken for the right one."""
    found: dict[str, str] = {}
    for name in OTHER_CODE_PAGES:
        for mark in map(chr, TYPOGRAPHIC):
            misread = mark.encode().decode(name, "ignore")
            if len(misread) == 3:
                found.setdefault(misread, mark)
    return {misread: mark for misread, mark in found.items() if not _is_utf8(misread)}


@cache
def _leads() -> tuple[str, ...]:
    """With what the runs begin: most texts hold none of it, and looking for single letters is quick."""
    return (*dict.fromkeys([*map(_misread, range(0xC2, 0xF5)), *(misread[0] for misread in _other())]),)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What is put right, the single letters of a run, and what other code pages made."""

    def any_of(first: int, last: int) -> str:
        letters = (letter for letter, byte in _bytes().items() if first <= byte <= last)
        return "[" + "".join(map(re.escape, letters)) + "]"

    trail = any_of(0x80, 0xBF)
    western = (
        rf"[ÃÄÅ]{trail}|Â[\x80-\xbf]|Ë[†œ]|Æ’|á[º»]{trail}",  # Latin letters, signs, and what was misread twice
        rf"â[€‚„†ˆœ\x80-\x9c]{trail}|ï(?:»¿|¿½|¬{any_of(0x80, 0x86)})|ð[Ÿž\x9e\x9f]{trail}{{2}}",  # typography, money, arrows
    )
    two, three = f"[ÎÏÐÑ×ØÙ]{trail}", f"[à-ï]{trail}{{2}}"
    script = f"(?:{two}|{three}){{{LEAST_RUN},}}"
    single = rf"ð[Ÿž\x9e\x9f]{trail}{{2}}|[à-ï]{trail}{{2}}|[Â-Ù]{trail}"
    return re.compile("|".join((*western, script))), re.compile(single), re.compile("|".join(map(re.escape, _other())))
