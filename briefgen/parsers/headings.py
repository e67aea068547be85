"""Which lines of a plain text are headings: marked ones, and bare lines by their form and by what stands round them.

A bare line is a heading if it has the form of one (short, no stop at its end, no date, byline, address or ``key: value``), if
prose or a list stands under it, and if one thing more speaks for it: it opens the file, is numbered or in capitals, has its
words capitalized, or stands apart. Lines of that form in a row without any prose between are menus or teasers, not headings.

Limits: a sentence-case heading without blank lines round it is taken only if it is very short; a photo caption in title
case above a paragraph passes for a heading.
"""

from __future__ import annotations

import re

from briefgen.model.document import Heading
from briefgen.parsers.page import BULLET, STOP, Page
from briefgen.parsers.published import is_date_line

HASHES = re.compile(r"(#{1,6})[ \t]+(?=\S)")
UNDERLINE = re.compile(r"={3,}\Z|-{3,}\Z")
NUMBERED = re.compile(
    r"(?:(?:section|part|chapter|annex|appendix|agenda item|item)\s+)?"
    r"(?:(\d{1,2}(?:\.\d{1,2}){0,3})[.):]?|[IVX]{1,5}[.):]|[A-H]\.)[\s–—-]+(?=\S)",
    re.IGNORECASE,
)
INNER_STOP = re.compile(r"[a-z]{3,}[.!?;][\"”’]?\s+[A-Z]")
INITIALS_AT_END = re.compile(r"(?:\b[A-Z]\.){2,}\Z")
ADDRESS = re.compile(r"https?://|www\.|\S@\S+\.\w|\d{3}[ -]\d{3,4}")
BYLINE = re.compile(
    r"(?:[Bb]y|BY|[Ff]rom|FROM|[Ss]tory by|[Ww]ritten by|[Rr]eporting by|[Ee]diting by|[Tt]ext|[Pp]hotos?)(?::|\s)\s*"
    r"(?:[A-Z][\w.’'-]+(?:,? (?:and )?|$)){2,6}(?:\W|$)"
)
KEYED = re.compile(
    r"(?:date|time|venue|place|location|present|absent|apologies|in attendance|attendees|participants"
    r"|chair(?:man|woman|person)?|clerk|secretary|minutes|from|to|cc|subject|re|contacts?|e-?mail|tel(?:ephone)?|phone|web(?:site)?|tags?|topics?"
    r"|categor(?:y|ies)|authors?|source|sources|credit|photo|image|caption|filed under|related(?: (?:articles?|stories))?"
    r"|read (?:more|also|next)|also read|see also|watch|listen)\s*:",
    re.IGNORECASE,
)
#: Words that stay small in title case.
SMALL = frozenset(
    "a about after against ahead amid amidst among an and around as at be before behind between but by down during for from if "
    "in into is its nor not of off on onto or out over per since so than that the their through thru to toward towards under "
    "until up upon v via vs when with within without yet".split()
)
LONGEST_TITLE, LONGEST_HEADING, LONGEST_PLAIN = 24, 14, 8
TITLE_CASE_SHARE = 0.7
LONGEST_LINE = 250
#: A line of this length that is no heading is prose even without a stop at its end.
SHORTEST_PROSE = 80


def marked(page: Page, at: int) -> tuple[Heading, int] | None:
    """A line that begins with one to six ``#``."""
    line = page.lines[at]
    hashes = HASHES.match(line.words)
    if not hashes:
        return None
    words = line.words.rstrip("#").rstrip()
    end = line.start + max(len(words), hashes.end() + 1)
    return Heading(start=line.start + hashes.end(), end=end, level=len(hashes[1])), at + 1


def underlined(page: Page, at: int) -> tuple[Heading, int] | None:
    """A line with a line of ``=`` or ``-`` under it that is about as long."""
    if at + 1 >= len(page.lines) or not UNDERLINE.match(page.lines[at + 1].words):
        return None
    line, rule = page.lines[at], page.lines[at + 1].words
    if len(rule) < 0.6 * len(line.words) or STOP.search(line.words) or BULLET.match(line.words) or not page.is_blank(at - 1):
        return None
    return Heading(start=line.start, end=line.end, level=1 if rule[0] == "=" else 2), at + 2


def bare(page: Page, at: int) -> int | None:
    """The level of the heading that begins in line ``at``, or None. Level 1 is the title."""
    end = page.reach(at)
    words = page.unit(at)
    below = page.after(end)
    if end - at > 2 or below is None or not has_form(words):
        return None
    above = page.before(at)
    if above is None:
        return 1
    if len(words.split()) > LONGEST_HEADING:
        return None
    if is_numbered(words):
        return None if _continues_list(page, at, above, below) else _numbered_level(words)
    if is_shouted(words):
        return None if is_shouted(page.unit(below)) else 2
    if not _is_prose(page, below):
        return None
    return 2 if is_title_case(words) or _stands_apart(page, at, end, above) else None


def has_form(words: str) -> bool:
    """Whether a line could be a heading, for all that can be seen on it."""
    numbered = NUMBERED.match(words)
    name = words[numbered.end() :] if numbered else words
    count = len(words.split())
    if len(words) > LONGEST_LINE or (not numbered and BULLET.match(words)):
        return False
    return (
        count <= LONGEST_TITLE
        and _begins_well(name)
        and _ends_open(name)
        and not INNER_STOP.search(name)
        and not _is_other(words)
    )


def is_numbered(words: str) -> bool:
    """``1. Background``, ``II. Scope``, ``Item 4 - Budget``, with the name capitalized."""
    numbered = NUMBERED.match(words)
    return bool(numbered) and words[numbered.end()].isupper() if numbered else False


def is_shouted(words: str) -> bool:
    """Whether a line is in capitals."""
    return words.isupper() and sum(c.isalpha() for c in words) > 3


def is_title_case(words: str) -> bool:
    """Whether most words that could be capitalized are, and more than the first."""
    told = [word for word in re.findall(r"[^\W\d_][\w’'-]*", words)[1:] if word.lower() not in SMALL]
    return bool(told) and sum(word[0].isupper() for word in told) >= TITLE_CASE_SHARE * len(told)


def _begins_well(name: str) -> bool:
    first = name.lstrip("\"“‘'(¿#")[:1]
    letters = sum(c.isalpha() or c.isspace() for c in name)
    return (first.isupper() or first.isdigit()) and letters >= 0.7 * len(name)


def _ends_open(name: str) -> bool:
    if name[0] in '"“' and name[-1] in '"”':
        return False
    return name.endswith("?") or not (STOP.search(name) or name[-1] in ",-–—") or bool(INITIALS_AT_END.search(name))


def _is_other(words: str) -> bool:
    """A date, a byline, an address, a ``key: value`` line."""
    return bool(is_date_line(words) or BYLINE.match(words) or KEYED.match(words) or ADDRESS.search(words))


def _is_prose(page: Page, at: int) -> bool:
    """Whether a paragraph, a list, a quotation or a table begins in line ``at``: what can stand under a heading."""
    words = page.unit(at)
    if has_form(words):
        return False
    if BULLET.match(words) or words.startswith(">") or page.table_end(at) > at:
        return True
    return bool(STOP.search(words)) or len(words) >= SHORTEST_PROSE


def _continues_list(page: Page, at: int, above: int, below: int) -> bool:
    """``1. Approve the plan`` among other numbered lines is an item."""
    near = [page.lines[i].words for i in (below, above) if not (page.is_blank(at - 1) and i == above)]
    return any(BULLET.match(words) and words[0].isdigit() == page.lines[at].words[0].isdigit() for words in near)


def _numbered_level(words: str) -> int:
    number = NUMBERED.match(words)
    return 2 + (number[1] or "").rstrip(".").count(".") if number else 2


def _stands_apart(page: Page, at: int, end: int, above: int) -> bool:
    """A sentence-case line: between blank lines, or very short between paragraphs that are a line each."""
    previous = page.lines[above].words
    if has_form(previous) and page.before(above) is not None:
        return False
    if page.is_blank(at - 1) and page.is_blank(end):
        return True
    below = page.lines[end].words if end < len(page.lines) else ""
    paragraphs = not page.width and bool(STOP.search(previous)) and len(below) > 3 * len(page.lines[at].words)
    return paragraphs and page.is_blank(at - 1) == page.is_blank(end) and len(page.lines[at].words.split()) <= LONGEST_PLAIN
