"""The blocks of a page in, which of them are the article out.

Trafilatura tells what the main text is; here its lines are found again among the blocks. It says the words and not the place,
so a line that stands on the page several times (a headline in a list of others) counts where the article is. What it loses is
put back: headings above main blocks, tables and lists between them, the title. What is nothing but a link leads to another
page, and what stands beside the article by its name (comments, an invitation to subscribe) is none of it.
"""

from __future__ import annotations

import logging
import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from briefgen.model.base import Note
from briefgen.model.document import BlockKind
from briefgen.parsers.pieces import Piece

WORD = re.compile(r"\w+")
STOPS = (".", "!", "?", ".”", "!”", "?”", '."', '!"', '?"')
#: Trafilatura is not asked about pages above this many characters: it would take minutes.
LARGEST_JUDGED = 3_000_000
#: Below this many letters and digits a block must be a whole line of the main text, not just a part of one.
SHORT = 24
#: A long block belongs to the main text if this share of it does.
MOST = 0.8
#: If main text is shorter than this and a smaller share of the page than this, the judge has missed the article.
LEAST_LETTERS, LEAST_SHARE = 500, 0.05
#: A page with a larger share of its letters in links is not all text.
MOST_LINKED = 0.02
#: Trafilatura writes spanned cells out, up to ten thousand a row; what belongs to the article can be told without.
SPANNING = re.compile("colspan|rowspan", re.IGNORECASE)
#: A heading belongs to the article if one of so many blocks under it does.
NEAR = 5
#: A paragraph of this length in the element that holds the article is no furniture.
LONG = 200
#: A part of the page with this share of the main text holds the article, whatever its name says.
HOLDS_ARTICLE = 0.3


def judge(html: str, pieces: Sequence[Piece]) -> list[Note]:
    """Give each piece that does not belong to the article the reason why it is dropped."""
    pieces = [piece for piece in pieces if not piece.why]
    main, notes = _judged(html, pieces)
    for piece, is_main in zip(pieces, main, strict=True):
        piece.why = "" if is_main else "boilerplate"
    return notes


def _judged(html: str, pieces: Sequence[Piece]) -> tuple[list[bool], list[Note]]:
    if _is_bare(pieces):
        return [True] * len(pieces), []
    lines, whole = main_text(html)
    letters = [_letters(piece.words) for piece in pieces]
    found = [each in lines or _is_part(each, whole) for each in letters]
    plain = [piece for piece in pieces if not piece.furniture]
    told = sum(len(piece.words) for piece, is_main in zip(pieces, found, strict=True) if is_main)
    if told < min(LEAST_LETTERS, LEAST_SHARE * sum(len(piece.words) for piece in plain)) or not told:
        note = Note(code="no-main-text", message="which part of the page is the article could not be told: all of it was kept")
        return [True] * len(pieces), [note]
    found = _without_asides(pieces, letters, found)
    found = _without_links(pieces, _once(pieces, letters, found, lines))
    return _with_structure(pieces, found), []


def _is_bare(pieces: Sequence[Piece]) -> bool:
    """Whether a page is nothing but a text, as office programs save it: no part of it is for finding one's way."""
    if any(piece.furniture or piece.aside for piece in pieces):
        return False
    return sum(len(piece.words) for piece in pieces if piece.linked) <= MOST_LINKED * sum(len(piece.words) for piece in pieces)


def main_text(html: str) -> tuple[Counter[str], str]:
    """The lines of the main text, letters and digits only, with how often they stand there; and all of it in one piece."""
    if len(html) > LARGEST_JUDGED:
        return Counter(), ""
    from trafilatura import extract

    # it reports odd pages on stderr, which is the command line's
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL + 1)
    try:
        found = (
            extract(SPANNING.sub("span", html), fast=True, include_comments=False, include_tables=True, deduplicate=False) or ""
        )
    except Exception:
        found = ""
    lines = [_letters(line) for line in found.splitlines()]
    return Counter(lines), "".join(lines)


def _is_part(letters: str, whole: str) -> bool:
    """Whether a block is part of the main text, or all but a few letters of it: a formula or hidden words make a difference."""
    if len(letters) < SHORT or letters in whole:
        return len(letters) >= SHORT
    if len(letters) < 3 * SHORT:
        return False
    most = int(MOST * len(letters))
    if letters[:most] in whole or letters[-most:] in whole:
        return True
    start = whole.find(letters[:SHORT])
    end = whole.find(letters[-SHORT:], start) if start >= 0 else -1
    return end >= 0 and abs(end + SHORT - start - len(letters)) < (1 - MOST) * len(letters)


def _letters(words: str) -> str:
    return "".join(WORD.findall(words)).casefold()


def _without_asides(pieces: Sequence[Piece], letters: Sequence[str], found: Sequence[bool]) -> list[bool]:
    """Without the parts that stand beside the article by their names.

    A part that holds much of the main text is no such part, and if they make up much of it together, none is.
    """
    held: Counter[int] = Counter()
    for piece, words, is_main in zip(pieces, letters, found, strict=True):
        held[piece.aside] += len(words) * is_main
    most = HOLDS_ARTICLE * held.total()
    beside = {part for part, count in held.items() if part and count <= most}
    if sum(held[part] for part in beside) > most:
        return list(found)
    for piece in pieces:
        piece.aside = piece.aside if piece.aside in beside else 0
    return [is_main and not piece.aside for piece, is_main in zip(pieces, found, strict=True)]


def _once(pieces: Sequence[Piece], letters: Sequence[str], found: Sequence[bool], lines: Counter[str]) -> list[bool]:
    """Words that stand on the page more often than in the main text count where they are likeliest the article's."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for at, is_main in enumerate(found):
        if is_main:
            places[letters[at]].append(at)
    single = [at for each in places.values() if len(each) == 1 for at in each if len(letters[at]) >= SHORT]
    first, last = min(single, default=0), max(single, default=len(pieces))
    kept = [False] * len(pieces)
    for words, where in places.items():
        best = sorted(where, key=lambda at: (not pieces[at].is_own, not first <= at <= last, at))
        for at in best[: max(1, lines[words])]:
            kept[at] = True
    return kept


def _without_links(pieces: Sequence[Piece], found: Sequence[bool]) -> list[bool]:
    """Without what is nothing but a link, unless it is the better part (a list of documents), or heads a block that is none."""
    kept = list(found)
    for at, piece in enumerate(pieces):
        if piece.linked and piece.kind is BlockKind.HEADING:
            kept[at] = found[at] and (piece.level == 1 or (found[at + 1 : at + 2] == [True] and not pieces[at + 1].linked))
        elif piece.linked:
            kept[at] = False
    left, told = (sum(len(piece.words) for piece, is_in in zip(pieces, each, strict=True) if is_in) for each in (kept, found))
    return kept if 2 * left > told else list(found)


def _with_structure(pieces: Sequence[Piece], found: Sequence[bool]) -> list[bool]:
    """What the judge loses is put back: headings above main blocks, tables and lists between them, and the title.

    What is nothing but a link leads to another page, and stays out.
    """
    kept = list(found)
    prose = [i for i, is_main in enumerate(found) if is_main and len(pieces[i].words) > SHORT] or [found.index(True)]
    holders = {pieces[i].holder for i in prose}
    for i, piece in enumerate(pieces):
        long = piece.kind is BlockKind.PARAGRAPH and len(piece.words) >= LONG
        kept[i] = found[i] or (long and piece.is_own and holders == {piece.holder} and piece.holder > 0)
        kept[i] = kept[i] or (piece.kind is BlockKind.PARAGRAPH and piece.is_own and _is_sentence_between(pieces, found, i))
    for i in range(prose[-1], prose[0], -1):
        piece = pieces[i]
        if piece.kind is BlockKind.HEADING:
            kept[i] = found[i] or (piece.is_own and _heads_something(pieces, kept, i))
        elif piece.kind is BlockKind.PARAGRAPH and i + 1 < len(pieces) and pieces[i + 1].kind is BlockKind.TABLE:
            kept[i] = kept[i] or (kept[i + 1] and piece.is_own)
        elif piece.kind in {BlockKind.TABLE, BlockKind.CODE}:
            kept[i] = found[i] or piece.is_own
        elif piece.kind is BlockKind.ITEM:
            kept[i] = found[i] or (piece.is_own and _is_in_main_list(pieces, found, i))
    return _with_title(pieces, kept, prose[0])


def _heads_something(pieces: Sequence[Piece], kept: Sequence[bool], at: int) -> bool:
    """Whether a block that is kept stands under a heading, before the next one."""
    below = range(at + 1, min(at + 1 + NEAR, len(pieces)))
    last = next((i for i in below if pieces[i].kind is BlockKind.HEADING), below.stop)
    return any(kept[at + 1 : last]) or (last < below.stop and last == at + 1 and kept[last])


def _is_sentence_between(pieces: Sequence[Piece], found: Sequence[bool], at: int) -> bool:
    """A short paragraph with a stop between two of the main text: extractors lose those ("No, she said.")."""
    return pieces[at].words.endswith(STOPS) and found[at - 1 : at] == [True] and found[at + 1 : at + 2] == [True]


def _is_in_main_list(pieces: Sequence[Piece], found: Sequence[bool], at: int) -> bool:
    """Whether an item stands next to an item of the main text, or under its lead-in."""
    above, below = pieces[at - 1], pieces[at + 1] if at + 1 < len(pieces) else None
    led = found[at - 1] and (above.kind is BlockKind.ITEM or above.words.endswith(":"))
    return led or bool(below and below.kind is BlockKind.ITEM and found[at + 1])


def _with_title(pieces: Sequence[Piece], kept: list[bool], first: int) -> list[bool]:
    """The nearest heading of the first level above the article, if the article has none of its own."""
    titles = [i for i, piece in enumerate(pieces) if piece.kind is BlockKind.HEADING and piece.level == 1 and piece.is_own]
    above = [i for i in titles if i <= first]
    if above and not any(kept[i] for i in titles):
        kept[above[-1]] = True
    return kept
