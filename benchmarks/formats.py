"""What a format costs: CPU of our parser beside the bare library's for the same file, which the benchmark makes itself.

The bare library is what one would call without briefgen: it gives text (or cells) and no blocks, metadata or reasons. A file is
about as long as a report: 200 paragraphs of prose with 20 headings and a table of 40 rows, or as many rows, mails or entries.
Libraries of development (python-docx, openpyxl, pdfminer.six, striprtf) are compared where they are installed; the rest is told
and left out. Times are the least of five runs, after one that warms up, in milliseconds.
"""

from __future__ import annotations

import csv
import datetime
import email
import email.policy
import io
import sys
import time
import zipfile
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

from briefgen.parsers import parse

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

import office
import pdfs

SAID = "The harbour board asked the province to keep the landing fee until the quay is built, {i} members said on Monday. "
ROWS = [["Port", "Fee", "Since"], *([f"Port {i}", str(i), f"20{i % 24:02}-03-04"] for i in range(40))]
SECTIONS, PARAGRAPHS, RUNS = 20, 10, 5
FROM = b"From x Mon Mar  4 08:00:00 2024\n"


def prose(i: int) -> str:
    return (SAID * 4).format(i=i)


def main() -> None:
    """Print a row for each format."""
    print(f"{'':8}{'size':>9}{'ours':>10}{'bare':>10}  ratio")
    for name, library, make, bare in SAMPLES:
        try:
            data = make()
            theirs = best(lambda data=data, bare=bare: bare(data))
        except ImportError as error:
            print(f"{name:8}{library} is not installed ({error}): left out")
            continue
        ours = best(lambda name=name, data=data: parse(f"x.{name}", data))
        size, ratio = f"{len(data) // 1024:6} KB", f"{ours / theirs:7.1f}" if theirs > 0.1 else "      -"
        print(f"{name:8}{size}{ours:7.1f} ms{theirs:7.1f} ms{ratio}  {library}", flush=True)


def best(run: Callable[[], object]) -> float:
    """The least CPU time of some runs, in milliseconds."""
    run()
    times = []
    for _ in range(RUNS):
        before = time.process_time()
        run()
        times.append(time.process_time() - before)
    return 1000 * min(times)


# ---- the files


def text(mark: str = "") -> str:
    parts = [f"{mark}Item {i} of the agenda\n\n" + "\n\n".join(prose(k) for k in range(PARAGRAPHS)) for i in range(SECTIONS)]
    return "\n\n".join([*parts, "\n".join(" | ".join(row) for row in ROWS)])


def section(i: int) -> str:
    return f"<h2>Item {i} of the agenda</h2>" + "".join(f"<p>{prose(k)}</p>" for k in range(PARAGRAPHS))


def html() -> str:
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in ROWS)
    nav = "".join(f'<li><a href="/{i}">Section {i}</a></li>' for i in range(60))
    body = "".join(map(section, range(SECTIONS)))
    page = f"<body><nav><ul>{nav}</ul></nav><main><h1>Minutes</h1>{body}<table>{rows}</table></main></body>"
    return f"<html><head><title>Minutes</title></head>{page}</html>"


def docx() -> bytes:
    import docx as library

    document = library.Document()
    for i in range(SECTIONS):
        document.add_heading(f"Item {i} of the agenda", 1)
        for k in range(PARAGRAPHS):
            document.add_paragraph(prose(k))
    grid = document.add_table(rows=len(ROWS), cols=3)
    for cell, words in zip(
        (cell for row in grid.rows for cell in row.cells), (words for row in ROWS for words in row), strict=True
    ):
        cell.text = words
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def odt() -> bytes:
    body = "".join(
        f'<text:h text:outline-level="1">Item {i}</text:h>' + "".join(f"<text:p>{prose(k)}</text:p>" for k in range(PARAGRAPHS))
        for i in range(SECTIONS)
    )
    return office.odf(body)


def rtf() -> bytes:
    body = "".join(
        rf"\pard\s1 Item {i}\par " + "".join(rf"\pard {prose(k)}\par " for k in range(PARAGRAPHS)) for i in range(SECTIONS)
    )
    return (r"{\rtf1\ansi{\stylesheet{\s1 heading 1;}}" + body + "}").encode()


def pdf() -> bytes:
    lines = "\n".join(SAID.format(i=i)[:95] for i in range(50))
    return pdfs.pdf(*(pdfs.bold(60, 60, f"Item {i} of the agenda", 14) + pdfs.lines(60, 90, lines) for i in range(SECTIONS)))


def table(count: int) -> bytes:
    return "\n".join(["Port,Fee,Since", *(f"Port {i},{i},2020-03-04" for i in range(count))]).encode()


def xlsx() -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    for i in range(2_000):
        book.active.append([f"Port {i}", i, datetime.date(2020, 3, 4)])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def mail(i: int) -> bytes:
    head = f"From: Ana Reis <reis@vell.example>\nSubject: Fees {i}\nDate: Tue, 5 Mar 2024 08:00:00 +0000\nMIME-Version: 1.0\n\n"
    return (head + "\n\n".join(prose(k) for k in range(PARAGRAPHS)) + "\n\n-- \nAna Reis\n").encode()


def feed() -> bytes:
    items = "".join(f"<item><title>Fees {i}</title><description>{prose(i)}</description></item>" for i in range(50))
    return f"<rss><channel><title>Post</title>{items}</channel></rss>".encode()


# ---- the bare libraries


def bare_markdown(data: bytes) -> object:
    from markdown_it import MarkdownIt

    return MarkdownIt().enable("table").parse(data.decode())


def bare_html(data: bytes) -> object:
    from trafilatura import extract

    return extract(data.decode(), fast=True)


def bare_docx(data: bytes) -> object:
    import docx as library

    document = library.Document(io.BytesIO(data))
    cells = [cell.text for each in document.tables for row in each.rows for cell in row.cells]
    return [paragraph.text for paragraph in document.paragraphs], cells


def bare_odt(data: bytes) -> object:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return ["".join(ElementTree.fromstring(archive.read("content.xml")).itertext())]


def bare_rtf(data: bytes) -> object:
    from striprtf.striprtf import rtf_to_text

    return rtf_to_text(data.decode())


def bare_pdf(data: bytes) -> object:
    import pypdfium2

    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)]


def bare_pdfminer(data: bytes) -> object:
    from pdfminer.high_level import extract_text

    return extract_text(io.BytesIO(data))


def bare_epub(data: bytes) -> object:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.endswith("html"):
                HTMLParser().feed(archive.read(name).decode())


def bare_xlsx(data: bytes) -> object:
    import openpyxl

    return [list(row) for row in openpyxl.load_workbook(io.BytesIO(data), read_only=True).active.iter_rows(values_only=True)]


def bare_mail(data: bytes) -> object:
    return email.message_from_bytes(data, policy=email.policy.default).get_body().get_content()


def bare_mbox(data: bytes) -> object:
    return [bare_mail(each) for each in data.split(FROM)[1:]]


Sample = tuple[str, str, Callable[[], bytes], Callable[[bytes], object]]
#: Suffix, the bare library, how the file is made and how the library is called.
SAMPLES: tuple[Sample, ...] = (
    ("txt", "bytes.decode", lambda: text().encode(), bytes.decode),
    ("md", "markdown-it-py", lambda: text("# ").encode(), bare_markdown),
    ("html", "trafilatura", lambda: html().encode(), bare_html),
    ("docx", "python-docx", docx, bare_docx),
    ("odt", "zipfile, ElementTree", odt, bare_odt),
    ("rtf", "striprtf", rtf, bare_rtf),
    ("pdf", "pypdfium2, text only (20 pages)", pdf, bare_pdf),
    ("pdf", "pdfminer.six (20 pages)", pdf, bare_pdfminer),
    ("epub", "zipfile, html.parser", lambda: office.epub(*map(section, range(SECTIONS))), bare_epub),
    ("csv", "csv", lambda: table(2_000), lambda data: list(csv.reader(io.StringIO(data.decode())))),
    ("xlsx", "openpyxl, read only", xlsx, bare_xlsx),
    ("eml", "email", lambda: mail(0), bare_mail),
    ("mbox", "email (50 mails)", lambda: b"".join(FROM + mail(i) + b"\n" for i in range(50)), bare_mbox),
    ("rss", "ElementTree (50 entries)", feed, lambda data: "".join(ElementTree.fromstring(data).itertext())),
)
