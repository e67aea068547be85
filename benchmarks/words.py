"""Nothing lost: the words of every acceptance file, as another tool dumps them, against what is kept or listed as dropped.

Each format has a dump of its own that shares no code with our parsers: poppler's pdftotext, docx2txt, pandoc, openpyxl,
olefile, striprtf, and the standard library for what is text. These are tools of development: what is not installed is told
and left out. Words are compared as multisets, after NFKC and in lower case, so a word that is kept twice does not make up for
another.
"""

from __future__ import annotations

import csv
import email
import email.policy
import io
import re
import shutil
import subprocess
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

from briefgen import lexicon
from briefgen.model.document import Document
from briefgen.model.errors import UnreadableError
from briefgen.parsers import parse
from briefgen.segment import segment

WANTED = 0.99
WORD = re.compile(r"\w+")
#: What no reader of a page sees.
UNSEEN = {"script", "style", "noscript", "template", "title", "iframe", "object", "svg", "canvas", "audio", "video"}
INLINE = {
    "a",
    "abbr",
    "b",
    "bdi",
    "bdo",
    "cite",
    "code",
    "data",
    "dfn",
    "em",
    "font",
    "i",
    "kbd",
    "mark",
    "q",
    "s",
    "samp",
    "small",
}
INLINE |= {
    "span",
    "strong",
    "sub",
    "sup",
    "time",
    "tt",
    "u",
    "var",
    "wbr",
    "ins",
    "del",
    "img",
    "math",
    "mi",
    "mn",
    "mo",
    "mrow",
}


class MissingToolError(Exception):
    """A dump needs a tool that is not there."""


def main(folder: Path, *, asked: bool = False) -> int:
    """Print a row for each file, with the words found in neither; the status is 1 if one falls short."""
    words = lexicon.load()
    short = skipped = 0
    print(f"{'':64}dump    words  kept or listed")
    for path in sorted((folder / "acceptance" / "files").iterdir()):
        kind = path.suffix.lower()
        if kind not in DUMPS:
            print(f"{path.name[:62]:64}no dump of {kind} files: left out")
            skipped += 1
            continue
        name, dump = DUMPS[kind]
        try:
            wanted = counted(dump(path))
        except (MissingToolError, ImportError) as error:
            print(f"{path.name[:62]:64}{name} is not installed ({error}): left out")
            skipped += 1
            continue
        try:
            documents = [segment(document, words)[0] for document in parse(path.name, path.read_bytes())]
        except UnreadableError as error:
            print(f"{path.name[:62]:64}not read: {error.message}")
            short += 1
            continue
        lost = wanted - counted(" ".join(told(documents)))
        share = 1 - lost.total() / max(1, wanted.total())
        short += share < WANTED
        print(f"{path.name[:62]:64}{name[:10]:10}{wanted.total():6} {share:8.4f}{'' if share >= WANTED else '  short'}")
        if lost:
            print("    " + " ".join(f"{word}*{count}" if count > 1 else word for word, count in lost.most_common(40)))
    print(f"files below {WANTED}: {short}; left out: {skipped}")
    return int(short > 0)


def told(documents: list[Document]) -> Iterator[str]:
    """What is kept in blocks, with the marks before them, what is listed as dropped, and the metadata."""
    for document in documents:
        yield document.text
        yield " ".join(filter(None, (document.meta.title, *document.meta.authors, document.meta.publisher)))


def counted(text: str) -> Counter[str]:
    """The words of a text."""
    return Counter(WORD.findall(unicodedata.normalize("NFKC", text).lower().replace("\u00ad", "")))


# ---- dumps


def run(*command: str) -> str:
    if not shutil.which(command[0]):
        raise MissingToolError(command[0])
    return subprocess.run(command, check=True, capture_output=True).stdout.decode("utf-8", "replace")


def pdf(path: Path) -> str:
    """Running headers too; the hyphens of lines are repaired by the tool."""
    return run("pdftotext", "-enc", "UTF-8", str(path), "-")


def docx(path: Path) -> str:
    import docx2txt

    return str(docx2txt.process(path))


def pandoc(path: Path) -> str:
    return run("pandoc", "--to", "plain", "--wrap", "none", str(path))


def xlsx(path: Path) -> str:
    import openpyxl

    book = openpyxl.load_workbook(path, data_only=True)
    cells = (
        cell for sheet in book if sheet.sheet_state == "visible" for row in sheet.iter_rows(values_only=True) for cell in row
    )
    return "\n".join(_value(cell) for cell in cells if cell is not None)


def _value(cell: object) -> str:
    words = str(cell)
    return words.removesuffix(" 00:00:00").removesuffix(".0")


def rtf(path: Path) -> str:
    from striprtf.striprtf import rtf_to_text

    return str(rtf_to_text(path.read_bytes().decode("latin-1"), errors="replace"))


def msg(path: Path) -> str:
    import olefile

    with olefile.OleFileIO(path) as file:
        plain = file.openstream("__substg1.0_1000001F").read() if file.exists("__substg1.0_1000001F") else b""
        eight = file.openstream("__substg1.0_1000001E").read() if file.exists("__substg1.0_1000001E") else b""
    return plain.decode("utf-16-le", "replace") + eight.decode("cp1252", "replace")


class Page(HTMLParser):
    """The text of a page that is not inside what nobody sees."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.unseen += tag in UNSEEN
        self.words.append("" if tag in INLINE else " ")

    def handle_endtag(self, tag: str) -> None:
        self.unseen = max(0, self.unseen - (tag in UNSEEN))
        self.words.append("" if tag in INLINE else " ")

    def handle_data(self, data: str) -> None:
        self.words.append("" if self.unseen else data)


def from_html(text: str) -> str:
    page = Page()
    page.feed(text)
    page.close()
    return "".join(page.words)


def decoded(data: bytes) -> str:
    marks = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
    if data[1::2].count(0) * 2 > len(data) // 2:
        return data.decode("utf-16-le", "replace")
    named = next((name for mark, name in marks.items() if data.startswith(mark)), None)
    for name in (named, "utf-8", "cp932", "cp866" if data.count(b"\xae") else "cp1252"):
        try:
            if name:
                return data.decode(name)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def html(path: Path) -> str:
    return from_html(decoded(path.read_bytes()))


def plain(path: Path) -> str:
    return decoded(path.read_bytes())


def markdown(path: Path) -> str:
    return run("pandoc", "--from", "gfm", "--to", "plain", "--wrap", "none", str(path))


def table(path: Path) -> str:
    text = decoded(path.read_bytes())
    return "\n".join(
        cell for row in csv.reader(io.StringIO(text), delimiter="\t" if path.suffix == ".tsv" else ",") for cell in row
    )


def mails(data: bytes) -> Iterator[str]:
    for part in email.message_from_bytes(data, policy=email.policy.default).walk():
        if part.get_content_type() in {"text/plain", "text/html"} and not part.is_attachment():
            try:
                text = str(part.get_content())
            except (LookupError, KeyError):
                continue
            yield from_html(text) if part.get_content_type() == "text/html" else text


def mail(path: Path) -> str:
    """One of two versions of the body: the longer one."""
    return max(mails(path.read_bytes()), key=lambda text: len(WORD.findall(text)), default="")


def mailbox(path: Path) -> str:
    parts = re.split(rb"(?m)^From \S+ .*\d\d:\d\d.*\n", path.read_bytes())
    return "\n".join(max(mails(part), key=len, default="") for part in parts if part.strip())


def feed(path: Path) -> str:
    """Title and text of each entry."""
    found: list[str] = []
    for each in ElementTree.parse(path).iter():
        if each.tag.rpartition("}")[2] in {"item", "entry"}:
            parts = {part.tag.rpartition("}")[2]: "".join(part.itertext()) for part in each}
            body = next((parts[name] for name in ("encoded", "content", "description", "summary") if name in parts), "")
            found += [parts.get("title", ""), from_html(body)]
    return "\n".join(found)


def book(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        return "\n".join(
            from_html(decoded(archive.read(name))) for name in archive.namelist() if name.endswith(("html", "htm"))
        )


DUMPS: dict[str, tuple[str, Callable[[Path], str]]] = {
    ".pdf": ("pdftotext", pdf),
    ".docx": ("docx2txt", docx),
    ".odt": ("pandoc", pandoc),
    ".md": ("pandoc", markdown),
    ".xlsx": ("openpyxl", xlsx),
    ".rtf": ("striprtf", rtf),
    ".msg": ("olefile", msg),
    ".epub": ("html.parser", book),
    ".html": ("html.parser", html),
    ".eml": ("email", mail),
    ".mbox": ("email", mailbox),
    ".rss": ("etree", feed),
    ".atom": ("etree", feed),
    ".csv": ("csv", table),
    ".tsv": ("csv", table),
    ".txt": ("decode", plain),
}
