"""Formats that cannot be written down as cases: what a file is, files inside files, and what an attacker may hand in."""

from __future__ import annotations

import io
import itertools
import zipfile

import pytest

from briefgen.model.document import Document, Table
from briefgen.model.errors import UnreadableError
from briefgen.parsers import PARSERS, Format, parse

PAGE = b"<!DOCTYPE html><html><body><p>The council met on Monday and kept the fee.</p></body></html>"
PROSE = (
    b"The harbour board met on Monday. It said that the landing fee would stay as it is until the new quay is built, next year."
)


def zipped(parts: dict[str, bytes | str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def only(path: str, data: bytes) -> Document:
    documents = parse(path, data)
    assert len(documents) == 1
    check_spans(documents[0])
    return documents[0]


def check_spans(document: Document) -> None:
    """Blocks and dropped spans lie in order inside the text, and cells are words of it."""
    spans = sorted([*((b.start, b.end) for b in document.blocks), *((d.start, d.end) for d in document.dropped)])
    assert all(0 <= start < end <= len(document.text) for start, end in spans)
    assert all(first[1] <= second[0] for first, second in itertools.pairwise(spans))
    for table in tables(document):
        spelled = [document.text[start:end] for row in table.cells for start, end in row]
        assert spelled == [cell for row in table.rows for cell in row]


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def codes(document: Document) -> list[str]:
    return [note.code for note in document.notes]


def refusal(path: str, data: bytes) -> UnreadableError:
    with pytest.raises(UnreadableError) as refused:
        parse(path, data)
    assert refused.value.file == path
    return refused.value


# ---- what a file is


@pytest.mark.parametrize(
    ("path", "data", "media_type"),
    [
        ("fees.csv", PAGE, "text/html"),
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
