"""A file's path and bytes in, documents out. The table of formats is here; each has a module of its own.

What a file is, is told by its content first, since a web page saved as ``.txt`` is still a web page, and then by its suffix.
A file of unknown suffix that can be decoded is plain text. A format's module is imported with its first file.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from briefgen.model.document import Document
from briefgen.model.errors import UnreadableError


def _text(source_path: str, data: bytes) -> Document:
    from briefgen.parsers import text

    return text.parse(source_path, data)


def _markdown(source_path: str, data: bytes) -> Document:
    from briefgen.parsers import markdown

    return markdown.parse(source_path, data)


def _html(source_path: str, data: bytes) -> Document:
    from briefgen.parsers import html

    return html.parse(source_path, data)


PARSERS: dict[str, Callable[[str, bytes], Document]] = {
    "text/plain": _text,
    "text/markdown": _markdown,
    "text/html": _html,
}
SUFFIXES = {
    ".txt": "text/plain",
    ".text": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
}
LOOKS_LIKE_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE | re.DOTALL
)
#: First bytes of formats that are no text, with what to do about it.
SIGNATURES = (
    (b"%PDF-", "PDF is not read yet: save the text of the document as .txt or .html"),
    (b"PK\x03\x04", "a zip file or an office document, not read yet: save the text as .txt, .md or .html"),
    (b"\xd0\xcf\x11\xe0", "an old office document, not read: save the text as .txt, .md or .html"),
    (b"{\\rtf", "RTF is not read yet: save the text as .txt, .md or .html"),
)
#: Text that is no prose would make nonsense of a brief; what is left of a damaged file of another format, too.
NOT_READ = frozenset(
    ".csv .tsv .json .jsonl .xml .svg .rss .atom .yaml .yml .toml .ini .css .js .ts .py .sh .sql .log .eml .mbox .ics"
    " .pdf .docx .xlsx .pptx .odt .ods .odp .epub .zip .gz .png .jpg .jpeg .gif".split()
)


def parse(source_path: str, data: bytes) -> tuple[Document, ...]:
    """The documents in a file. Raises ``UnreadableError`` with a message that says what to do."""
    try:
        return (PARSERS[media_type(source_path, data)](source_path, data),)
    except UnreadableError as error:
        raise UnreadableError(error.code, error.message, file=source_path) from None


def media_type(path: str, data: bytes) -> str:
    """What a file is, by content and then by suffix. Raises ``UnreadableError`` for what no parser reads."""
    for signature, message in SIGNATURES:
        if data.startswith(signature):
            raise UnreadableError("unsupported", message)
    if not data.strip():
        raise UnreadableError("empty", "the file is empty")
    name = path.rpartition("/")[2]
    suffix = name[name.rfind(".") :].lower() if "." in name else ""
    if LOOKS_LIKE_HTML.match(data.replace(b"\x00", b"")[:4000].lstrip(b"\xef\xbb\xbf\xff\xfe")):
        return "text/html"
    if suffix in NOT_READ:
        raise UnreadableError("unsupported", f"{suffix} files are not read yet: save the text as .txt, .md or .html")
    return SUFFIXES.get(suffix, "text/plain")
