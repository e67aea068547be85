"""The first bytes of a file and its name in, its media type out: content decides, then the suffix.

A web page saved as ``.txt`` is still a web page. What a suffix says is believed only where the content does not contradict:
delimited tables and Markdown cannot be told from plain text, and a mail without the marks that mail programs leave is taken
for one only if it is named so.
"""

from __future__ import annotations

import re

from briefgen.model.errors import UnreadableError

HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE | re.DOTALL
)
FEED = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<\?xml-stylesheet[^>]*>\s*|<!--.{0,2000}?-->\s*|<!doctype\s+rss[^>]*>\s*){0,5}"
    rb"<(?:(?P<rss>rss|rdf:rdf)|(?:atom:)?feed)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
HEADER = re.compile(rb"([!-9;-~]{1,70}):(?: |\t|\r?\n[ \t])[^\n]*\n(?:[ \t][^\n]*\n)*")
MBOX = re.compile(rb"From \S{1,200} [^\n]{0,40}\d\d:\d\d[^\n]{0,20}\r?\n")
#: Headers that programs write and people do not.
OF_PROGRAMS = frozenset(
    {
        b"message-id",
        b"received",
        b"mime-version",
        b"return-path",
        b"delivered-to",
        b"dkim-signature",
        b"content-transfer-encoding",
    }
)
#: Names in an OLE container that tell what it holds.
IN_OLE = (
    ("EncryptedPackage", "protected"),
    ("__properties_version1.0", "application/vnd.ms-outlook"),
    ("WordDocument", "doc"),
    ("PowerPoint Document", "ppt"),
    ("Workbook", "application/vnd.ms-excel"),
    ("Book", "application/vnd.ms-excel"),
)
OFFICE = "application/vnd.openxmlformats-officedocument."
#: How the names of members begin that tell what a zip file is.
IN_ZIP = {
    "xl/workbook.bin": "xlsb",
    "word/document": OFFICE + "wordprocessingml.document",
    "xl/workbook.": OFFICE + "spreadsheetml.sheet",
    "ppt/presentation": "ppt",
}
#: What is known and not read, with what to do about it.
REFUSED = {
    "doc": "an old Word document, not read: save it as .docx",
    "ppt": "a presentation, not read: save it as .pdf",
    "xlsb": "a binary Excel file, not read: save it as .xlsx",
    "protected": "it is protected by a password: save it without one",
    "ole": "an old office document, not read: save it in a newer format",
}


def by_content(data: bytes) -> str | None:
    """What the bytes show; None for what could be any text. Raises ``UnreadableError`` for what is known and not read."""
    head = data[:4096].lstrip(b"\xef\xbb\xbf\xff\xfe\x00\r\n\t ")
    mail = _mail(head)
    if b"%PDF-" in data[:1024] and not mail:
        return "application/pdf"
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _known(next((kind for name, kind in IN_OLE if name.encode("utf-16-le") in data), "ole"))
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _known(_zipped(data))
    return _marked_up(head.replace(b"\x00", b"")) or mail


def _known(kind: str) -> str:
    if kind in REFUSED:
        raise UnreadableError("protected" if kind == "protected" else "unsupported", REFUSED[kind])
    return kind


def _zipped(data: bytes) -> str:
    from briefgen.parsers.archive import Archive

    archive = Archive(data)
    if "mimetype" in archive.names:
        kind = archive.read("mimetype")[:100].decode("ascii", "replace").strip()
        if kind.startswith(("application/epub", "application/vnd.oasis")):
            return kind.removesuffix("-template")
    return next(
        (kind for start, kind in IN_ZIP.items() if any(name.startswith(start) for name in archive.names)), "application/zip"
    )


def _marked_up(head: bytes) -> str | None:
    if HTML.match(head):
        return "text/html"
    feed = FEED.match(head)
    if feed:
        return "application/rss+xml" if feed["rss"] else "application/atom+xml"
    return None


def _mail(head: bytes) -> str | None:
    if MBOX.match(head) and HEADER.match(head, head.index(b"\n") + 1):
        return "application/mbox"
    names: set[bytes] = set()
    at = 0
    while found := HEADER.match(head, at):
        names.add(found[1].lower())
        at = found.end()
    return "message/rfc822" if names & OF_PROGRAMS and names & {b"from", b"subject", b"date", b"content-type"} else None
