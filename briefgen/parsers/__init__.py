"""A file's path and bytes in, documents out. The table of formats is here; each has a module of its own.

What a file is, is told by its content first (``sniff``) and then by its suffix; a suffix that says otherwise is noted. The
module of a format is imported with its first file, and what it needs beyond the base installation is named by its extra. Files
inside a file (attachments, members of an archive) are read by the same table, within bounds that hold for the whole file.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pkgutil import resolve_name
from typing import NamedTuple

from briefgen.model.base import Note
from briefgen.model.document import Document
from briefgen.model.errors import UnreadableError
from briefgen.parsers.contents import Contents, Member
from briefgen.parsers.sniff import OFFICE, by_content


class Format(NamedTuple):
    """How a media type is read.

    ``is_text`` is for those that cannot be told from plain text by their content; ``magic`` is what the files of others begin
    with, where that is enough to know them (``sniff`` knows those that take more).
    """

    module: str
    name: str
    suffixes: str
    is_text: bool = False
    extra: str = ""
    magic: bytes = b""


PARSERS: dict[str, Format] = {
    "text/plain": Format("text", "plain text", ".txt .text", is_text=True),
    "text/markdown": Format("markdown", "Markdown", ".md .markdown", is_text=True),
    "text/html": Format("html", "a web page", ".html .htm .xhtml", is_text=True),
    "text/csv": Format("delimited", "a table of delimited values", ".csv .tsv .tab", is_text=True),
    "message/rfc822": Format("mail", "a mail", ".eml .mht .mhtml", is_text=True),
    "application/mbox": Format("mailbox", "a file of mails", ".mbox .mbx", is_text=True),
    "application/pdf": Format("pdf", "a PDF", ".pdf", extra="pdf"),
    "application/rss+xml": Format("feed", "a feed", ".rss .rdf"),
    "application/atom+xml": Format("feed", "a feed", ".atom"),
    OFFICE + "wordprocessingml.document": Format("word", "a Word document", ".docx .docm .dotx"),
    OFFICE + "spreadsheetml.sheet": Format("workbook", "an Excel workbook", ".xlsx .xlsm .xltx"),
    "application/vnd.ms-excel": Format("workbook97", "an old Excel workbook", ".xls", extra="xls"),
    "application/vnd.oasis.opendocument.text": Format("opendocument", "an OpenDocument text", ".odt .ott"),
    "application/vnd.oasis.opendocument.spreadsheet": Format("opendocument", "an OpenDocument sheet", ".ods"),
    "application/epub+zip": Format("epub", "an electronic book", ".epub"),
    "application/rtf": Format("rtf", "an RTF file", ".rtf", magic=b"{\\rtf"),
    "application/vnd.ms-outlook": Format("outlook", "a mail of Outlook", ".msg", extra="msg"),
    "application/zip": Format("unzip", "a zip archive", ".zip"),
}
SUFFIXES = {suffix: kind for kind, entry in PARSERS.items() for suffix in entry.suffixes.split()}
#: Text that is no prose would make nonsense of a brief.
NOT_READ = frozenset(
    ".json .jsonl .xml .svg .yaml .yml .toml .ini .css .js .ts .py .sh .sql .log .ics .vcf"
    " .doc .ppt .pptx .odp .gz .png .jpg .jpeg .gif".split()
)
WORDS = re.compile(rb"[A-Za-z]{2,}")
#: What a file that is named like an office document must hold to be taken for text.
LEAST_WORDS = 20
#: How deep files may lie in files, and how many files and bytes may be unpacked from one.
DEEPEST, MOST_PARTS, MOST_BYTES = 4, 10_000, 200_000_000


def parse(source_path: str, data: bytes) -> tuple[Document, ...]:
    """The documents in a file. Raises ``UnreadableError`` with a message that says what to do."""
    try:
        return tuple(_Unpacking().read(source_path, data, 0))
    except UnreadableError as error:
        raise UnreadableError(error.code, error.message, file=source_path) from None


def media_type(path: str, data: bytes) -> tuple[str, Note | None]:
    """What a file is, by content and then by suffix, with a note where they differ. Raises ``UnreadableError``."""
    if not data.strip():
        raise UnreadableError("empty", "the file is empty")
    name = path.rpartition("/")[2]
    suffix = name[name.rfind(".") :].lower() if "." in name else ""
    said, shown = SUFFIXES.get(suffix), by_content(data) or _by_magic(data)
    if shown is None:
        if said and PARSERS[said].is_text:
            return said, None
        if said or suffix in NOT_READ:
            return _text_by_another_name(suffix, data, is_known=bool(said))
        return "text/plain", None
    if shown not in PARSERS:
        raise UnreadableError("unsupported", f"{shown} is not read: save the text as .txt, .md or .html")
    if shown == "application/zip" and said and said != shown and not PARSERS[said].is_text:
        raise UnreadableError("damaged", f"it is named {suffix}, but the document in it is missing: save it again")
    return shown, _wrong_suffix(suffix, shown) if said and said != shown else None


def _by_magic(data: bytes) -> str | None:
    head = data[:256].lstrip(b"\xef\xbb\xbf\r\n\t ")
    return next((kind for kind, entry in PARSERS.items() if entry.magic and head.startswith(entry.magic)), None)


def _text_by_another_name(suffix: str, data: bytes, *, is_known: bool) -> tuple[str, Note | None]:
    if not is_known:
        raise UnreadableError("unsupported", f"{suffix} files are not read: save the text as .txt, .md or .html")
    if b"\x00" in data or len(WORDS.findall(data, 0, 10_000)) < LEAST_WORDS:
        raise UnreadableError("damaged", f"it is named {suffix}, but does not hold such a document: save it again")
    return "text/plain", _wrong_suffix(suffix, "text/plain")


def _wrong_suffix(suffix: str, kind: str) -> Note:
    return Note(code="wrong-suffix", message=f"named {suffix}, but it is {PARSERS[kind].name} and was read as such")


class _Unpacking:
    """The reading of one file with the files inside it."""

    def __init__(self) -> None:
        self.parts, self.bytes = 0, 0

    def read(self, path: str, data: bytes, depth: int) -> list[Document]:
        """The documents of a file; members that cannot be read are noted on the first one."""
        kind, note = media_type(path, data)
        contents = _parsed(kind, path, data)
        documents = list(contents.documents)
        notes = [note, *contents.notes] if note else [*contents.notes]
        for member in contents.members:
            try:
                documents += self._member(path, member, depth)
            except UnreadableError as error:
                notes.append(Note(code="part-not-read", message=f"{_shown_name(member.name)}: {error.message}"))
                if error.code == "too-many":
                    break
        if not documents:
            told = f" ({notes[-1].message})" if notes else ""
            raise UnreadableError("empty", f"no document in it could be read{told}")
        documents[0] = replace(documents[0], notes=(*documents[0].notes, *notes))
        return documents

    def _member(self, path: str, member: Member, depth: int) -> list[Document]:
        self.parts += 1
        if self.parts > MOST_PARTS:
            raise UnreadableError("too-many", f"only the first {MOST_PARTS} files in it were read")
        if depth == DEEPEST:
            raise UnreadableError("too-deep", "files in files in files are not read: unpack them")
        data = member.read()
        self.bytes += len(data)
        if self.bytes > MOST_BYTES:
            raise UnreadableError("too-many", f"only the first {MOST_BYTES // 1_000_000} MB in it were read")
        return self.read(f"{path}/{_shown_name(member.name)}", data, depth + 1)


def _shown_name(name: str) -> str:
    """The name of a member as a label: it is never used as a path."""
    parts = [part for part in re.split(r"[/\\]+", name) if part.strip(". ")]
    return " ".join("/".join(parts).encode("utf-8", "replace").decode().split())[:200] or "unnamed"


def _parsed(kind: str, path: str, data: bytes) -> Contents:
    entry = PARSERS[kind]
    try:
        parser: Callable[[str, bytes], Document | Contents] = resolve_name(f"briefgen.parsers.{entry.module}:parse")
        found = parser(path, data)
    except ModuleNotFoundError:
        if not entry.extra:
            raise
        message = f"reading {entry.name} needs an extra: pip install 'briefgen[{entry.extra}]'"
        raise UnreadableError("missing-extra", message) from None
    return found if isinstance(found, Contents) else Contents((found,))
