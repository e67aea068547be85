"""The body of a mail in, what of it the sender did not write for this mail out: signatures, quoted replies, list footers.

Plain text is looked at line by line, HTML by the marks that mail programs leave in it. A forwarded mail is what the sender
wants read, so it stays. If nothing else would be left, all of it stays.

Limits: a signature with neither two hyphens nor a known way to sign above it is taken for text; so is a reply that quotes
without any mark.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from briefgen.model.base import Dropped
from briefgen.parsers.html_blocks import Element
from briefgen.parsers.pieces import Piece

QUOTED, SIGNATURE, FOOTER = NOT_OWN = "quoted reply", "signature", "list footer"
WROTE = re.compile(
    r"(?:on|am|le|el|il|op|em|dnia|em)\s.{4,200}?\s(?:wrote|writes|schrieb(?:en)?|a écrit|escribió|ha scritto|schreef|escreveu"
    r"|napisał\(?a?\)?)\b.{0,80}:",
    re.IGNORECASE | re.DOTALL,
)
#: Above a quotation the name may also come first: "Ana Reis wrote on Monday:".
NAME_WROTE = re.compile(
    r"[\w\"'<(][^:]{1,100}\s(?:wrote|writes|schrieb|a écrit|escribió|ha scritto)\b[^:]{0,60}:", re.IGNORECASE
)
#: How a mail is signed.
SIGN_OFF = re.compile(
    r"(?:(?:with )?(?:many |kind |kindest |warm |warmest |best |friendly )?(?:thanks|regards|wishes)|best|cheers|sincerely"
    r"|(?:yours )?(?:sincerely|faithfully|truly)(?: yours)?|respectfully(?: yours)?|thank you"
    r"|mit (?:besten|freundlichen|herzlichen) grü(?:ß|ss)en|(?:viele|beste|herzliche|schöne) grü(?:ß|ss)e"
    r"|(?:bien )?cordialement|salutations|(?:un )?saludos?(?: cordiales)?|cordiali saluti|met vriendelijke groet(?:en)?)"
    r"(?: and (?:regards|thanks))?[,.!]?",
    re.IGNORECASE,
)
#: Lines of a name, an office and its addresses are short, and no sentences.
LONGEST_SIGNED_LINE, MOST_SIGNED_LINES = 70, 10
SENTENCE = re.compile(r"\w{3,} \w+ .*[.!?][\"”’)]*\Z|:\Z")
ORIGINAL = re.compile(
    r"-{2,}\s*(?:original message|ursprüngliche nachricht|message d'origine|mensaje original|messaggio originale)\s*-{2,}",
    re.IGNORECASE,
)
FORWARDED = re.compile(
    r"-{2,}\s*(?:forwarded message|weitergeleitete nachricht)|begin forwarded message|fwd?:|wg:|tr:", re.IGNORECASE
)
#: The lines of headers that mail programs put above what they quote.
KEY = re.compile(
    r"\W{0,3}(from|sent|date|to|cc|subject|von|gesendet|datum|an|betreff|de|envoyé|à|objet|enviado|para|asunto)\W{0,3}:",
    re.IGNORECASE,
)
HEAD_KEY = re.compile(
    r"(?:^|\s)(From|Sent|Date|To|Subject|Von|Gesendet|An|Betreff|De|Envoyé|À|Objet|Enviado|Para|Asunto|Da|Inviato|Oggetto)\s?:"
)
PHONE = re.compile(r"(?:sent|get outlook|von meinem|envoyé de(?:puis)?) (?:from|for|gesendet|mon)\b.{0,40}", re.IGNORECASE)
LIST_RULE = re.compile(r"[_=-]{20,}")
LIST_WORDS = re.compile(r"mailing list|unsubscribe|listinfo|to post to this", re.IGNORECASE)
#: A signature is at most this long.
LONGEST_SIGNATURE = 15
NOT_LINE_END = re.compile(r"[^\r\n]")
CITED_CLASS = re.compile(r"\b(?:gmail_quote|moz-cite-prefix|yahoo_quoted|protonmail_quote|zmail_extra)\b")
SIGNED_CLASS = re.compile(
    r"\b(?:gmail_signature|moz-signature|protonmail_signature_block)\b|^(?:ms-outlook-mobile-)?signature$", re.IGNORECASE
)
#: Elements after which all is quoted.
RULED_OFF = frozenset({"divRplyFwdMsg", "appendonsend", "x_divRplyFwdMsg"})


def find_dropped(text: str, subject: str = "") -> list[Dropped]:
    """Spans of whole lines of a plain body, in order, that are not the sender's own."""
    lines = text.splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    words = [line.strip() for line in lines]
    why = _judged(words, is_forwarded=bool(FORWARDED.match(subject)))
    if all(reason or not line for reason, line in zip(why, words, strict=True)):
        return []
    found: list[Dropped] = []
    at = 0
    while at < len(lines):
        end = at + 1
        while end < len(lines) and (
            why[end] == why[at] or (why[at] and not words[end] and why[end : end + 2][-1:] == [why[at]])
        ):
            end += 1
        start, stop = starts[at], starts[end]
        span = text[start:stop]
        if why[at] and span.strip():
            found.append(Dropped(start + len(span) - len(span.lstrip()), start + len(span.rstrip()), why[at]))
        at = end
    return found


def blanked(text: str, dropped: Sequence[Dropped]) -> str:
    """The text with blanks where it was dropped, so that what is left keeps its places."""
    parts: list[str] = []
    at = 0
    for start, end, _ in dropped:
        parts += [text[at:start], NOT_LINE_END.sub(" ", text[start:end])]
        at = end
    return "".join([*parts, text[at:]])


def _judged(words: Sequence[str], *, is_forwarded: bool) -> list[str]:
    """For each line the reason why it is not the sender's own, or nothing."""
    why = [QUOTED if line.startswith(">") else "" for line in words]
    end = len(words) if is_forwarded else _ruled_off(words)
    why[end:] = [QUOTED] * (len(words) - end)
    for at in range(len(words)):
        if why[at] == QUOTED and why[at - 1 : at] != [QUOTED]:
            for i in _attribution(words, at):
                why[i] = QUOTED
    for start, stop, reason in (*_signed_off(words, end), *_signatures(words, end), *_footer(words, end)):
        why[start:stop] = [reason] * (stop - start)
    return why


def _ruled_off(words: Sequence[str]) -> int:
    """The line from which on an earlier mail stands as a whole."""
    for at, line in enumerate(words):
        if FORWARDED.match(line):
            return len(words)
        if ORIGINAL.match(line) or _is_head(words, at):
            return at - (words[at - 1 : at] != [] and bool(LIST_RULE.fullmatch(words[at - 1])))
    return len(words)


def _is_head(words: Sequence[str], at: int) -> bool:
    """Whether three lines of headers begin here, after a blank line or a ruler; a mail's own text may open with such lines."""
    if not KEY.match(words[at]):
        return False
    keys = [KEY.match(line) for line in words[at : at + 4]]
    names = {key[1].lower() for key in keys if key}
    above = words[at - 1] if at else "x"
    return len(names) >= 3 and (not above or bool(LIST_RULE.fullmatch(above)))


def _attribution(words: Sequence[str], at: int) -> range:
    """The lines "On Monday, Ana Reis wrote:" above a quotation."""
    last = at - 1
    while last >= 0 and not words[last]:
        last -= 1
    for first in range(last, max(-1, last - 3), -1):
        if WROTE.fullmatch(" ".join(words[first : last + 1])):
            return range(first, at)
    return range(last, at) if last >= 0 and NAME_WROTE.fullmatch(words[last]) else range(0)


def _signed_off(words: Sequence[str], end: int) -> list[tuple[int, int, str]]:
    """From "Kind regards," to the end or to what is quoted or signed below: a name and addresses."""
    stop = end
    for at in range(end - 1, 0, -1):
        if words[at] == "--" or words[at].startswith((">", "__", "==")):
            stop = at
        elif SIGN_OFF.fullmatch(words[at]):
            return [(at, stop, SIGNATURE)] if _is_signed(words[at + 1 : stop]) and any(words[:at]) else []
    return []


def _is_signed(lines: Sequence[str]) -> bool:
    """Whether lines below the end of a letter are those of a name, an office and its addresses."""
    filled = [line for line in lines if line]
    is_short = all(len(line) <= LONGEST_SIGNED_LINE and not SENTENCE.search(line) for line in filled)
    return is_short and 0 < len(filled) <= MOST_SIGNED_LINES


def _signatures(words: Sequence[str], end: int) -> list[tuple[int, int, str]]:
    """From a line of two hyphens, or a phone's own line, to the end or to what is quoted below."""
    found: list[tuple[int, int, str]] = []
    stop, is_empty = end, True
    for at in range(end - 1, -1, -1):
        line = words[at]
        if line == "--" and stop - at <= LONGEST_SIGNATURE + 1:
            found.append((at, stop, SIGNATURE))
        elif PHONE.fullmatch(line) and is_empty:
            found.append((at, at + 1, SIGNATURE))
        is_empty = line.startswith(">") or (is_empty and not line)
        stop = at if line.startswith(">") else stop
    return found


def _footer(words: Sequence[str], end: int) -> list[tuple[int, int, str]]:
    """The lines that a mailing list puts under every mail."""
    for at in range(end - 1, max(-1, end - LONGEST_SIGNATURE), -1):
        if LIST_RULE.fullmatch(words[at]) and LIST_WORDS.search(" ".join(words[at:end])):
            return [(at, end, FOOTER)]
    return []


def judge_element(element: Element, tag: str) -> str:
    """Why an element of an HTML body is not the sender's own, by the marks of mail programs."""
    marks = element.get("class") or "", element.get("id") or ""
    if tag == "blockquote" and (element.get("type") or "").lower() == "cite":
        return QUOTED
    if any(map(CITED_CLASS.search, marks)):
        opening = " ".join("".join(text for text, _ in zip(element.itertext(), range(20), strict=False)).split())
        return "" if FORWARDED.match(opening) else QUOTED
    return SIGNATURE if any(map(SIGNED_CLASS.search, marks)) else ""


def drop_pieces(pieces: Sequence[Piece], subject: str = "") -> None:
    """Give the pieces of an HTML body the reason why they are dropped, where they are ruled off or signed as in plain text."""
    is_forwarded = bool(FORWARDED.match(subject)) or any(FORWARDED.match(piece.words) for piece in pieces)
    at, why = next(
        ((at, why) for at, piece in enumerate(pieces) if (why := _rules_off(piece, len(pieces) - at, is_forwarded))), (0, "")
    )
    for piece in pieces[at:] if why else ():
        piece.why = piece.why or why
    own = [piece for piece in pieces if not piece.why]
    signed = next((i for i in range(len(own) - 1, 0, -1) if SIGN_OFF.fullmatch(own[i].words)), 0)
    if signed and _is_signed([piece.words for piece in own[signed + 1 :]]):
        for piece in own[signed:]:
            piece.why = SIGNATURE
    for above, below in pairwise(pieces):
        if below.why == QUOTED and (WROTE.fullmatch(above.words) or NAME_WROTE.fullmatch(above.words)):
            above.why = QUOTED
    if all(piece.why for piece in pieces):
        for piece in pieces:
            piece.why = "" if piece.why in NOT_OWN else piece.why


def _rules_off(piece: Piece, rest: int, is_forwarded: bool) -> str:
    """Why all from this piece on is dropped, or nothing."""
    keys = set(HEAD_KEY.findall(piece.words[:400]))
    if not is_forwarded and (ORIGINAL.match(piece.words) or len(keys) >= 3):
        return QUOTED
    return SIGNATURE if piece.words == "--" and rest <= LONGEST_SIGNATURE else ""
