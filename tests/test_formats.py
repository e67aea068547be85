"""Formats that cannot be written down as cases: what a file is, files inside files, and what an attacker may hand in."""

from __future__ import annotations

import base64
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest
from documents import codes, only, outcome, refusal, tables
from office import zipped

from briefgen.listing import list_documents
from briefgen.model.document import Document, Meta, Paragraph
from briefgen.parsers import PARSERS, SUFFIXES, Format, parse
from briefgen.parsers.assemble import make_document, make_source

PAGE = b"<!DOCTYPE html><html><body><p>The council met on Monday and kept the fee.</p></body></html>"
PROSE = (
    b"The harbour board met on Monday. It said that the landing fee would stay as it is until the new quay is built, next year."
)


# ---- what a file is


@pytest.mark.parametrize(
    ("path", "data", "media_type"),
    [
        ("fees.csv", PAGE, "text/html"),
        ("fees.docx", PAGE, "text/html"),
        ("fees.docx", PROSE, "text/plain"),
    ],
)
def test_a_wrong_suffix_is_noted(path: str, data: bytes, media_type: str) -> None:
    document = only(path, data)
    assert document.source.media_type == media_type
    assert codes(document) == ["wrong-suffix"]
    assert path[-4:] in document.notes[0].message


@pytest.mark.parametrize(
    ("path", "data", "code"),
    [
        ("fees.docx", zipped({"a.txt": PROSE})[:100], "damaged"),
        ("fees.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "unsupported"),
        ("fees.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "protected"),
        ("fees.pptx", zipped({"ppt/presentation.xml": "<p/>"}), "unsupported"),
    ],
)
def test_what_is_known_and_not_read_says_what_to_do(path: str, data: bytes, code: str) -> None:
    error = refusal(path, data)
    assert error.code == code
    assert len(error.message) > 30


def test_a_missing_extra_is_named_with_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = Format("no_such_module", "a list of fees", ".csv", is_text=True, extra="fees")
    monkeypatch.setitem(PARSERS, "text/csv", entry)
    error = refusal("fees.csv", b"Port,Fee\nVell,3\n")
    assert error.code == "missing-extra"
    assert "pip install 'briefgen[fees]'" in error.message


def test_a_format_is_a_module_and_a_line_of_the_table(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def read(path: str, data: bytes) -> Document:
        words = data.removeprefix(b"FEES1\n").decode()
        source = make_source(path, data, "application/x-fees", None)
        return make_document(source, words, [Paragraph(start=0, end=len(words))], Meta(title="Fees"))

    module = ModuleType("briefgen.parsers.fees")
    module.parse = read  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "briefgen.parsers.fees", module)
    monkeypatch.setitem(PARSERS, "application/x-fees", Format("fees", "a list of fees", ".fee", magic=b"FEES1\n"))
    monkeypatch.setitem(SUFFIXES, ".fee", "application/x-fees")
    assert only("a.fee", b"FEES1\nThe fee stays.").text == "The fee stays."
    assert codes(only("a.txt", b"FEES1\nThe fee stays.")) == ["wrong-suffix"]
    assert refusal("a.fee", b"\x00\x01").code == "damaged"
    (tmp_path / "a.fee").write_bytes(b"FEES1\nThe fee stays.")
    found, _ = list_documents([tmp_path])
    assert [each.name for each in found] == ["a.fee"]


# ---- delimited values


def test_a_table_of_another_code_page_is_guessed_with_a_note() -> None:
    document = only("x.csv", "港,料金\n東京港,三百円\n大阪港,二百円\n".encode("cp932"))
    assert tables(document)[0].rows[1] == ("東京港", "三百円")
    assert codes(document) == ["encoding-guessed"]


def test_a_table_without_end_is_cut_with_a_note() -> None:
    document = only("x.csv", b"Port,Fee,Since,Until\n" + b"Vell,3,2020,2021\n" * 60_000)
    assert len(document.text) < 2_000_000
    assert "were left out" in document.notes[0].message


@pytest.mark.parametrize(
    "data",
    [
        b"a,b\n" + b"z" * 200_000 + b",1\n",
        b'a,b\n"' + b"x,y\n" * 50_000,
        b"," * 100_000 + b"x",
        b",".join([b"a"] * 10_000) + b"\n" + b",".join([b"1"] * 10_000),
    ],
)
def test_odd_tables_are_read_within_bounds(data: bytes) -> None:
    assert len(only("x.csv", data).text) <= 3 * len(data)


# ---- mails and archives

MAIL = b"From: Ana Reis <reis@vell.example>\nSubject: %s\nDate: Tue, 5 Mar 2024 08:00:00 +0000\nMIME-Version: 1.0\n"


def with_attachments(*parts: tuple[str, bytes]) -> bytes:
    boundary = b"x" * 20
    body = b"Content-Type: text/plain\n\n" + PROSE
    found = [body]
    for name, data in parts:
        head = f'Content-Type: application/octet-stream\nContent-Disposition: attachment; filename="{name}"\n'
        found.append(head.encode() + b"Content-Transfer-Encoding: base64\n\n" + base64.encodebytes(data))
    mixed = b"".join(b"--" + boundary + b"\n" + part + b"\n" for part in found)
    return (
        MAIL % b"Fees" + b"Content-Type: multipart/mixed; boundary=" + boundary + b"\n\n" + mixed + b"--" + boundary + b"--\n"
    )


def test_attachments_are_documents_of_their_own() -> None:
    mail, table, page = parse("in/fees.eml", with_attachments(("fees.csv", b"Port,Fee\nVell,3\n"), ("../page.html", PAGE)))
    assert mail.text.strip() == PROSE.decode()
    assert (table.source.path, page.source.path) == ("in/fees.eml/fees.csv", "in/fees.eml/page.html")
    assert tables(table)[0].rows == (("Port", "Fee"), ("Vell", "3"))
    assert len({each.source.id for each in (mail, table, page)}) == 3


def test_an_attachment_that_is_not_read_is_noted() -> None:
    document = only("fees.eml", with_attachments(("logo.bin", b"\x00\x01\x02" * 99)))
    assert codes(document) == ["part-not-read"]
    assert document.notes[0].message.startswith("logo.bin: not a text file")


def test_a_mailbox_holds_many_mails() -> None:
    first = MAIL % b"Fees" + b"\n" + PROSE + b"\n>From now on the fee stays, it said.\n"
    second = MAIL % b"Quay" + b"\nFrom the quay: nothing new, 10:00 was too early for that.\n"
    box = b"".join(b"From reis@vell.example Tue Mar  5 08:00:00 2024\n" + mail + b"\n" for mail in (first, second))
    documents = parse("box.mbox", box)
    assert [each.meta.title for each in documents] == ["Fees", "Quay"]
    assert "\nFrom now on the fee stays" in documents[0].text
    assert [each.source.path for each in documents] == ["box.mbox/1.eml", "box.mbox/2.eml"]
    assert parse("box.txt", box)[0].notes[0].code == "wrong-suffix"


def test_a_mail_without_the_line_that_begins_it_is_not_lost() -> None:
    mail = MAIL % b"Fees" + b"\n" + PROSE + b"\n"
    begun = b"From reis@vell.example Tue Mar  5 08:00:00 2024\n"
    assert [each.meta.title for each in parse("box.mbox", mail)] == ["Fees"]
    assert [each.meta.title for each in parse("box.mbox", b"Fromreis 08:00\n" + mail + b"\n" + begun + mail)] == [None, "Fees"]
    assert [each.meta.title for each in parse("box.mbox", b"\n\n" + begun + mail)] == ["Fees"]


@pytest.mark.parametrize(
    ("charset", "text"),
    [
        ("iso-8859-1", "The café “levy” stays, the board said."),
        ("iso-2022-jp", "港は開いたままだと委員会は述べた。"),
        ("koi8-r", "Порт останется открытым, сказал министр."),
        ("utf-8", "The café levy stays – so far."),
    ],
)
def test_odd_charsets_of_bodies_and_headers(charset: str, text: str) -> None:
    encoded = text.encode("cp1252" if charset == "iso-8859-1" else charset)
    subject = b"=?" + charset.encode() + b"?B?" + base64.b64encode(encoded) + b"?="
    document = only("x.eml", MAIL % subject + b"Content-Type: text/plain; charset=" + charset.encode() + b"\n\n" + encoded)
    assert document.text == text
    assert document.meta.title == text


@pytest.mark.parametrize(
    "charset", ["utf-7", "x-user-defined", "rot13", "hex", "zip", "idna", "no-such", '"><script>', "undefined"]
)
def test_a_charset_that_is_none_does_no_harm(charset: str) -> None:
    subject = f"=?{charset}?B?aGVsbG8=?= x".encode()
    document = only("x.eml", MAIL % subject + f'Content-Type: text/plain; charset="{charset}"\n\n'.encode() + PROSE)
    assert document.text == PROSE.decode()


@pytest.mark.parametrize(
    "data",
    [
        "".join(f"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n" for i in range(1_500)).encode() + b"\nx",
        b"Content-Type: message/rfc822\n\n" * 3_000 + b"x",
        MAIL % (b"=?utf-8?q?a?= " * 50_000) + b"\n" + PROSE,
        MAIL % b"x" + b"Content-Type: " + b"a;" * 100_000 + b"\n\n" + PROSE,
        b"From: " + b"(" * 50_000 + b"\nMIME-Version: 1.0\n\n" + PROSE,
        b"X: y\n" * 20_000 + b"\n" + PROSE,
        b"Subject: a\n" + b" b\n" * 20_000 + b"\n" + PROSE,
        MAIL % b"x" + b"\n" + b"--\n" * 20_000,
    ],
)
def test_mails_that_are_made_to_do_harm_are_read_or_refused(data: bytes) -> None:
    assert re.search(r"the landing fee would stay|damaged|no document in it", outcome("x.eml", data))


def test_an_archive_is_read_as_a_folder() -> None:
    archive = zipped(
        {"b/fees.csv": "Port,Fee\nVell,3\n", "a.txt": PROSE, "__MACOSX/a.txt": PROSE, "b/.x.txt": PROSE, "c.png": "\x89PNG"}
    )
    documents = parse("bundle.zip", archive)
    assert [each.source.path for each in documents] == ["bundle.zip/a.txt", "bundle.zip/b/fees.csv"]
    assert [note.message[:5] for note in documents[0].notes] == ["c.png"]


def test_names_in_an_archive_lead_nowhere() -> None:
    documents = parse("x.zip", zipped({"../../etc/a.txt": PROSE, "/tmp/b.txt": PROSE + b" More."}))
    assert [each.source.path for each in documents] == ["x.zip/etc/a.txt", "x.zip/tmp/b.txt"]


def test_archives_in_archives_end_somewhere() -> None:
    inner = zipped({"a.txt": PROSE})
    for _ in range(8):
        inner = zipped({f"{i}.zip": inner for i in range(3)})
    assert refusal("x.zip", inner).code == "empty"


def test_an_archive_that_inflates_beyond_bounds_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefgen.parsers.archive.LARGEST_MEMBER", 1_000_000)
    monkeypatch.setattr("briefgen.parsers.archive.LARGEST_ARCHIVE", 1_500_000)
    documents = parse(
        "x.zip", zipped({"a.txt": PROSE, "b.txt": b"b" * 2_000_000, "c.txt": b"c " * 490_000, "d.txt": b"d " * 490_000})
    )
    assert [each.source.path[-5:] for each in documents] == ["a.txt", "c.txt"]
    assert [note.message[:5] for note in documents[0].notes] == ["b.txt", "d.txt"]
    many = zipped({f"{i}.txt": b"" for i in range(10_001)})
    assert refusal("x.zip", many).code == "too-large"


# ---- feeds


def test_each_entry_of_a_feed_is_a_document() -> None:
    entries = "".join(f"<item><title>Fees {i}</title><description>Kept.</description></item>" for i in range(12))
    documents = parse("post.rss", f"<rss><channel><title>Post</title>{entries}</channel></rss>".encode())
    assert [each.meta.title for each in documents] == [f"Fees {i}" for i in range(12)]
    assert documents[0].source.path == "post.rss/01"
    assert len({each.source.id for each in documents}) == 12
    assert (
        parse("post.txt", b"<rss><channel><item><title>Fees</title></item></channel></rss>")[0].notes[0].code == "wrong-suffix"
    )


def test_a_feed_without_end_is_cut_with_a_note() -> None:
    documents = parse("x.rss", b"<rss><channel>" + b"<item><title>Fees</title></item>" * 1_200 + b"</channel></rss>")
    assert len(documents) == 1_000
    assert codes(documents[0]) == ["cut"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b'<!DOCTYPE rss [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><rss><item><title>&b;</title></item></rss>', "damaged"),
        (b"<rss><channel><title>Post</title></channel></rss>", "empty"),
        (b"<rss>" + b"<item>" * 5_000, "empty"),
        (b"The fee stays.", "damaged"),
    ],
)
def test_feeds_that_hold_nothing_or_harm_are_refused(data: bytes, code: str) -> None:
    assert refusal("x.rss", data).code == code


def test_the_folder_of_a_saved_page_is_left_out(tmp_path: Path) -> None:
    for name in ("fees.html", "fees_files/a.txt", "other_files/b.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(PROSE)
    found, skipped = list_documents([tmp_path])
    assert [each.name for each in found] == ["fees.html", "other_files/b.txt"]
    assert not skipped
