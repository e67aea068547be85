"""A mail in, ``Document`` out, with its attachments as files of their own; a page saved as MHTML is a mail by its form.

Headers are read by the older of the standard library's policies, since the newer one raises on what spam programs write. Of
several versions of one part all texts are collected, and the body that is read is chosen later (``mail_body``).
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field, replace
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses

from briefgen.model.base import Note
from briefgen.model.document import Document
from briefgen.model.errors import UnreadableError
from briefgen.parsers.assemble import make_source
from briefgen.parsers.contents import Contents, Member
from briefgen.parsers.encoding import Decoded, decode
from briefgen.parsers.mail_body import Head, make_mail

#: Charsets whose bytes are all ASCII, so that they pass for UTF-8.
ESCAPED = re.compile(r"iso-?2022|hz\b|csiso2022", re.IGNORECASE)
#: Names that are mostly wrong in mails: what is meant is the Western Windows code page.
WESTERN = re.compile(r"(?:us-)?ascii|iso-?8859-?1|latin-?1", re.IGNORECASE)
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
#: What the standard library raises on odd mails.
FAULTS = (MessageError, LookupError, ValueError, TypeError, AttributeError, RecursionError)
MOST_PARTS, MOST_AUTHORS, LONGEST_HEADER, LONGEST_SENDER = 2_000, 20, 20_000, 2_000
#: Headers that the standard library takes apart, in more than linear time.
PARSED_HEADER = re.compile(rb"^content-[a-z-]{1,30}:[^\n]*(?:\n[ \t][^\n]*)*", re.IGNORECASE | re.MULTILINE)
#: What a part without a name is called by.
SUFFIXES = {"calendar": "ics", "x-vcalendar": "ics", "vcard": "vcf", "x-vcard": "vcf", "directory": "vcf"}
#: Parts that are no documents: proofs that the mail is genuine.
PROOFS = frozenset({"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"})


@dataclass
class Parts:
    """What was found in a mail: bodies in order, what is attached, and how many pictures and recordings."""

    plain: list[Decoded] = field(default_factory=list)
    html: list[Decoded] = field(default_factory=list)
    members: list[Member] = field(default_factory=list)
    pictures: int = 0

    @property
    def bodies(self) -> list[Decoded]:
        """All bodies, those in HTML first."""
        return [*self.html, *self.plain]


def parse(path: str, data: bytes) -> Contents:
    """Read a mail or a page saved as MHTML. Raises ``UnreadableError``."""
    try:
        if any(len(each[0]) > LONGEST_HEADER for each in PARSED_HEADER.finditer(data)):
            raise ValueError
        message = message_from_bytes(data)
        parts, head = read_parts(message), read_head(message)
    except FAULTS:
        raise UnreadableError("damaged", "the mail is damaged or nested too deep: save its text as .txt") from None
    is_page = "@" not in read_header(message, "from") and message.get_content_type() == "multipart/related"
    if is_page and parts.html:
        return Contents((_page(path, data, parts, message),))
    source = make_source(path, data, "message/rfc822", parts.bodies[0].encoding if parts.bodies else None)
    notes = tuple(dict.fromkeys(note for body in parts.bodies for note in body.notes))
    plain = "\n\n".join(body.text for body in parts.plain)
    told = (Note(code="pictures", message=f"pictures or recordings in it that were not read: {parts.pictures}"),)
    documents: tuple[Document, ...] = ()
    with suppress(UnreadableError):  # a mail that only carries something
        documents = (make_mail(source, head, plain, [body.text for body in parts.html], notes),)
    return Contents(documents, parts.members, told if parts.pictures else ())


def _page(path: str, data: bytes, parts: Parts, message: Message) -> Document:
    """The page in an MHTML file. Its picture and style parts are no documents."""
    from briefgen.parsers import html

    page = html.parse(path, parts.html[0].text.encode("utf-8", "replace"))
    source = make_source(path, data, "multipart/related", parts.html[0].encoding)
    address = read_header(message, "snapshot-content-location")
    is_address = address.startswith(("http://", "https://"))
    meta = replace(page.meta, url=page.meta.url or (address if is_address else None))
    return replace(page, source=source, meta=meta)


def read_parts(message: Message) -> Parts:
    """Sort the parts of a mail. Parts may be nested to any depth."""
    found = Parts()
    waiting = [message]
    for _ in range(MOST_PARTS):
        if not waiting:
            break
        part = waiting.pop()
        inner = part.get_payload()
        if isinstance(inner, list) and part.get_content_type() != "message/rfc822":
            waiting += [each for each in reversed(inner) if isinstance(each, Message)]
        else:
            _sort(part, found)
    return found


def _sort(part: Message, found: Parts) -> None:
    kind = part.get_content_type()
    name = read_words(part.get_filename() or "")
    is_attached = part.get_content_disposition() == "attachment" or (name and kind not in {"text/plain", "text/html"})
    if kind in PROOFS or kind.startswith("multipart/") or kind == "text/x-amp-html":  # a third version of the body
        return
    if kind == "message/rfc822":
        inner = part.get_payload()
        if isinstance(inner, list) and inner and isinstance(inner[0], Message):
            found.members.append(Member(name or "forwarded.eml", inner[0].as_bytes))
    elif kind.startswith(("image/", "audio/", "video/")):
        found.pictures += 1
    elif is_attached or kind not in {"text/plain", "text/html"}:
        subtype = part.get_content_subtype()
        found.members.append(Member(name or f"attachment.{SUFFIXES.get(subtype, subtype)}", lambda: _payload(part)))
    else:
        body = decode_part(_payload(part), part.get_content_charset())
        (found.html if kind == "text/html" else found.plain).append(body)


def _payload(part: Message) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def decode_part(data: bytes, charset: str | None) -> Decoded:
    """The text of a part or of a header, whatever its charset is called. Never raises."""
    charset = charset or ""
    if WESTERN.fullmatch(charset):
        charset = "cp1252"
    try:
        if ESCAPED.match(charset):
            return Decoded(data.decode(charset), charset)
        found = decode(data, charset)
    except (UnreadableError, LookupError, ValueError):
        text = data.replace(b"\x00", b"").decode("utf-8", "replace")
        found = Decoded(text, "utf-8", (Note(code="encoding-guessed", message="the mail is damaged: some bytes are no text"),))
    return found._replace(text=found.text.replace("\r\n", "\n"))


def read_head(message: Message) -> Head:
    """What the headers say."""
    return Head(
        subject=read_header(message, "subject")[:500],
        authors=_authors(read_header(message, "from")[:LONGEST_SENDER]),
        date=read_header(message, "date")[:100],
        publisher=read_header(message, "organization")[:200],
        language=read_header(message, "content-language")[:12],
    )


def _authors(senders: str) -> tuple[str, ...]:
    try:
        pairs = getaddresses([senders])[:MOST_AUTHORS]
    except FAULTS:
        pairs = []
    authors = (flat_header(name) or flat_header(address) for name, address in pairs)
    return tuple(dict.fromkeys(author for author in authors if author))


def read_header(message: Message, name: str) -> str:
    """A header in one line, decoded; empty if there is none."""
    return read_words(next((str(value) for key, value in message.raw_items() if key.lower() == name), ""))


def read_words(header: str) -> str:
    """The encoded words of a header put into letters; bytes that should not be there are read as in a body."""
    header = header[:LONGEST_SENDER]
    if not header.isascii():
        header = decode_part(header.encode("utf-8", "surrogateescape"), None).text
    try:
        chunks = decode_header(header)
    except FAULTS:
        return flat_header(header)
    words = [chunk if isinstance(chunk, str) else decode_part(chunk, charset).text for chunk, charset in chunks]
    return flat_header("".join(words))


def flat_header(words: str) -> str:
    """A header on one line."""
    return " ".join(UNSEEN.sub(" ", words).split())
