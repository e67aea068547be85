"""Documents into blocks: the cases, and what must hold for any text."""

from __future__ import annotations

import pytest
from casefile import Case, check, parametrize
from documents import check_spans, shown
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.model.base import Dropped
from briefgen.model.document import Item, Meta, Paragraph, Words
from briefgen.model.errors import UnreadableError
from briefgen.parsers import parse
from briefgen.parsers.assemble import make_document, make_source
from briefgen.parsers.day import read_date
from briefgen.parsers.published import find_published
from briefgen.parsers.tally import words_of


@parametrize("parsers")
def test_case(case: Case, request: pytest.FixtureRequest) -> None:
    name = case.info if "." in case.info else f"case.{case.info or 'txt'}"
    check(case, request, lambda source, _: shown(parse(name, source.encode())[0]))


@pytest.mark.parametrize(
    ("path", "data", "code"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\t\n", "empty"),
        ("a.txt", b"--- *** ...\n", "empty"),
        ("a.txt", b"\xef\xbb\xbf", "empty"),
        ("a.html", b"<html><body> &nbsp; <script>say()</script></body></html>", "empty"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "binary"),
        ("a.md", bytes(range(1, 32)) * 8, "binary"),
        ("a.pdf", b"%PDF-1.7 ...", "damaged"),
        ("a.docx", b"PK\x03\x04 ...", "damaged"),
        ("a.docx", b"P", "damaged"),
        ("a.csv", b",,\n;;\n", "empty"),
        ("a.json", b'{"port": "Vell"}', "unsupported"),
    ],
)
def test_what_cannot_be_read_is_refused_with_advice(path: str, data: bytes, code: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        parse(path, data)
    assert refused.value.code == code
    assert refused.value.file == path
    assert len(str(refused.value)) > 20


@pytest.mark.parametrize(
    ("data", "encoding", "noted"),
    [
        ("Café fees\n\nThe café levy stays.".encode(), "utf-8", False),
        ("Café fees\n\nThe café levy stays.".encode("utf-8-sig"), "utf-8", False),
        ("Café fees\n\nThe café levy stays.".encode("utf-16"), "utf-16-le", False),
        ("Café fees\n\nThe café levy “stays”.".encode("cp1252"), "cp1252", True),
        (("Café fees\n\nThe café levy — “stays”. " * 3).encode() + b"\xff\xfe", "utf-8", True),
        ("Café fees\n\nThe café levy stays, the port said.".encode() + b"\xc1\x81\xff\x8d\x9d", "utf-8", True),
    ],
)
def test_encodings(data: bytes, encoding: str, noted: bool) -> None:
    document = parse("fees.txt", data)[0]
    assert document.source.encoding == encoding
    assert document.text.startswith("Café fees\n\nThe café levy")
    assert bool(document.notes) == noted


def test_words_that_are_in_no_block_and_not_dropped_are_counted_and_told() -> None:
    text = "The port is open. Nobody else said so on that day."
    blocks = (Paragraph(start=0, end=17),)
    source = make_source("x.txt", text.encode(), "text/plain", "utf-8")
    document = make_document(source, text, blocks, Meta(), dropped=[Dropped(18, 29, "boilerplate")])
    assert document.words == Words(source=11, kept=4, dropped=2, lost=2)  # "said" and "that": marks have fewer letters
    read = make_document(
        source, text, blocks, Meta(), words=words_of(["The port is OPEN: it stays open all night, says the mayor of Vell"])
    )
    assert read.words is not None
    assert read.words.lost == 10
    assert [note.message for note in read.notes] == ["10 of 14 words in the file were not read: look at it"]


@pytest.mark.parametrize(
    ("path", "data", "counts"),
    [
        ("x.txt", "1. keep the fee\n2. build a quay", (8, 6, 0, 0)),
        ("x.md", "# Fees\n\n- keep [it](/x)\n", (4, 4, 0, 0)),
        (
            "x.html",
            "<p hidden>Not shown</p><script>no()</script><table><caption>Fees</caption><tr><th>A<th>B<tr><td>1<td>2</table>",
            (7, 4, 2, 0),
        ),
        ("x.csv", "Port,Fee\nVell,3\n", (4, 4, 0, 0)),
    ],
)
def test_the_words_of_a_file_are_kept_or_dropped(path: str, data: str, counts: tuple[int, ...]) -> None:
    words = parse(path, data.encode())[0].words
    assert words is not None
    assert (words.source, words.kept, words.dropped, words.lost) == counts


def misread(text: str, times: int = 1, encoding: str = "cp1252") -> str:
    """A text in UTF-8 as a program shows it that takes it for another encoding."""
    for _ in range(times):
        text = "".join(bytes([byte]).decode(encoding, "ignore") or chr(byte) for byte in text.encode())
    return text


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
@pytest.mark.parametrize(
    "words",
    ["“We’ll keep the fee” – €5 or £3, at 4 °C…", "Größe über Öl", "voilà l’été où", "Привет из порта", "港は開いたまま", "👍"],
)
def test_letters_that_were_decoded_wrongly_are_put_right(words: str, encoding: str, times: int) -> None:
    document = parse("fees.txt", f"The fee.\n\nThe port said so: {misread(words, times, encoding)} is all.".encode())[0]
    assert document.text == f"The fee.\n\nThe port said so: {words} is all."
    assert [note.code for note in document.notes] == ["mojibake"]


@pytest.mark.parametrize("encoding", ["cp1250", "cp1251", "cp437", "cp850", "mac_roman"])
def test_quotes_that_went_through_other_code_pages_are_put_right(encoding: str) -> None:
    shown = "It’s “the port” – said…".encode().decode(encoding, "ignore")
    assert parse("fees.txt", shown.encode())[0].text.startswith("It’s “the port")


@pytest.mark.parametrize(
    "words",
    [
        "«AMANHû disse; “AMANHÔ, “CAFÉ”, PÅ”, “Ä…”, Ã — Ã",
        "le marché\u00a0» et voilà\u00a0« bon\u00a0»; désolé…» dit-il à\u00a0«\u00a0l’Europe\u00a0»",
        "ESPAÑ” “AÑO”, Ø § 5, ÎLE D’OLÉRON «Î», été… où… forêt— ÂGE",
        "РОССИЯ – «СССР» С° Р° “мир”",
    ],
)
def test_capitals_before_quotation_marks_stay(words: str) -> None:
    document = parse("fees.txt", words.encode())[0]
    assert document.text == words
    assert not document.notes


def test_declared_encoding_of_a_page_is_used() -> None:
    page = '<html><head><meta charset="iso-8859-2"></head><body><p>Łódź żąda dłuższej przerwy w połowach.</p></body></html>'
    assert "Łódź żąda" in parse("x.html", page.encode("iso-8859-2"))[0].text


def test_russian_in_a_dos_code_page_is_guessed_with_a_note() -> None:
    document = parse("x.txt", ("Министр рыболовства заявил, что порт останется открытым. " * 5).encode("cp866"))[0]
    assert document.text.startswith("Министр рыболовства")
    assert [note.code for note in document.notes] == ["encoding-guessed"]


def test_content_decides_before_the_suffix() -> None:
    page = b"<!DOCTYPE html><html><body><p>The council met on Monday and kept the fee.</p></body></html>"
    document = parse("page.txt", page)[0]
    assert document.source.media_type == "text/html"
    assert [note.code for note in document.notes] == ["wrong-suffix"]
    assert parse("minutes", b"The council met.")[0].source.media_type == "text/plain"
    assert parse("minutes.2024", b"The council met.")[0].source.media_type == "text/plain"


@pytest.mark.parametrize("depth", [5_000])
@pytest.mark.parametrize("opening", ["<div>", "<b>", "<ul><li>", "<blockquote>", "<table><tr><td>", "<p><font>"])
def test_deep_nesting_costs_no_recursion(opening: str, depth: int) -> None:
    page = "<html><body><p>The council kept the fee.</p>" + opening * depth + "deep words"
    assert "The council kept the fee." in parse("x.html", page.encode())[0].text


def test_no_entity_of_a_document_type_is_followed() -> None:
    page = (
        '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/hostname">]>'
        "<html><body><p>The fee stays. &b; &f;</p></body></html>"
    )
    text = parse("x.xhtml", page.encode())[0].text
    assert "The fee stays." in text
    assert "aaaaaaaaaaaaaaaaaaaa" not in text


def test_a_cell_that_spans_a_billion_columns_is_no_danger() -> None:
    page = "<table>" + "<tr><td colspan=1000000000 rowspan=1000000000>x</td></tr>" * 300 + "</table>"
    document = parse("x.html", page.encode())[0]
    assert len(document.text) < 1_000_000


def test_who_tells_the_article_is_not_asked_to_write_cells_out(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr("trafilatura.extract", lambda html, **_: asked.append(html))
    page = "<nav><a href='/'>Home</a></nav><table>" + "<tr><td colSpan=100 rowspan='100'>x</td></tr>" * 3 + "</table>"
    parse("x.html", page.encode())
    assert asked == [page.replace("colSpan", "span").replace("rowspan", "span")]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("3 May 2024", "2024-05-03"),
        ("the 21st of June, 2023", "2023-06-21"),
        ("Sept. 4, 2025, 3:15 p.m.", "2025-09-04"),
        ("2024-02-29T08:00:00Z", "2024-02-29"),
        ("13/05/2024", "2024-05-13"),
        ("05/13/2024", "2024-05-13"),
        ("3.5.2024", "2024-05-03"),
        ("03/05/2024", None),
        ("30 February 2024", None),
        ("May 2024", None),
        ("3 hours ago", None),
        ("version 1.2.2024.7", None),
    ],
)
def test_dates_are_read_and_not_invented(words: str, day: str | None) -> None:
    assert read_date(words) == day


@pytest.mark.parametrize(
    ("text", "path", "expected"),
    [
        ("Fees rise\n\nPublished: 3 May 2024\n\nThe port met.", "x.txt", ("2024-05-03", "cue-line")),
        ("Fees rise\n\nUpdated 5 May 2024 | Published 3 May 2024\n\nThe port met.", "x.txt", ("2024-05-03", "cue-line")),
        ("Fees rise\n\nBy Ana Reis, 3 May 2024, 08:41 GMT\n\nThe port met.", "x.txt", ("2024-05-03", "date-line")),
        ("VELL, 3 May 2024 (Coast Wire) — Fees rise.", "x.txt", ("2024-05-03", "dateline")),
        ("VELL, May 3 (Coast Wire) — Fees rise.", "x.txt", (None, None)),
        ("Fees rise.", "in/2024-05-03-fees.txt", ("2024-05-03", "file-name")),
        ("Fees rise.", "in/20240503_fees.txt", ("2024-05-03", "file-name")),
        ("Fees rise.", "2024-05-03/fees.txt", (None, None)),
        ("Fees rise.", "a20240503b.txt", (None, None)),
        ("Fees rise\n\nData published on 3 May 2024 show a fall.", "x.txt", (None, None)),
        ("Fees rise\n\nDate of next meeting: 3 May 2024\n\nThe port met.", "x.txt", (None, None)),
        ("On 3 May 2024 the port met, the mayor said.", "x.txt", (None, None)),
        ("Gebühren\n\nVeröffentlicht am 3. Mai 2024\n\nDer Hafen.", "x.txt", ("2024-05-03", "cue-line")),
    ],
)
def test_day_of_publication(text: str, path: str, expected: tuple[str | None, str | None]) -> None:
    assert find_published(text, path) == expected


# ---- what holds for any document

PIECES = st.sampled_from(
    ["# Fees", "FEES", "Port Fees Rise", "The port met.", "they said:", "- item", "1. item", "   2) sub", "a | b", "---|---",
     "|x||y|", "> said", "```", "---", "====", "| - |", "<p>", "<table><tr><td>a<td>b<tr><td>c<td>d</table>", "</p>",
     "(citation)", "U.S.The",
     "a" * 90, "é “x”", "\u2028", "\x0c", "word " * 30, "\\|", "* ", "***", "Title\nSecond line", "By Ana Reis",
     "3 May 2024",
     "[^1]: x", "&amp;", "\t", "•\tpoint", "a;b;c", "1,2,,", '"x;y"', '"', "a\tb"]
)  # fmt: skip
GLUES = st.sampled_from(["\n", "\n\n", "\r\n", " "])
TEXTS = st.one_of(st.text(max_size=300), st.builds(str.join, GLUES, st.lists(PIECES, max_size=25)))


@settings(max_examples=150)
@given(text=TEXTS, suffix=st.sampled_from(["txt", "md", "html", "csv", "tsv", "eml"]))
def test_spans_lie_in_order_inside_the_text(text: str, suffix: str) -> None:
    try:
        document = parse(f"x.{suffix}", text.encode("utf-8", errors="replace"))[0]
    except UnreadableError:
        return
    check_spans(document)
    for block in document.blocks:
        if isinstance(block, Item) and block.lead:
            assert document.text[block.lead[1] - 1] == ":"


@settings(max_examples=80)
@given(text=TEXTS)
def test_no_word_of_a_plain_text_is_lost(text: str) -> None:
    try:
        document = parse("x.txt", text.encode("utf-8", errors="replace"))[0]
    except UnreadableError:
        return
    covered = "".join(document.text[block.start : block.end] for block in document.blocks)
    assert set("".join(covered.split())) >= {c for c in document.text if c.isalpha()}
