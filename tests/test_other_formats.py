"""OpenDocument, electronic books, RTF."""

from __future__ import annotations

import pytest
from documents import codes, only, outcome, refusal, shown, tables
from office import epub, odf, zipped

SAID = "The harbour board asked the province to keep the landing fee."


def test_an_opendocument_text() -> None:
    styles = '<style:style style:name="P1" style:parent-style-name="Title"/>'
    note = "<text:note-citation>1</text:note-citation><text:note-body><text:p>Minutes of 4 March.</text:p></text:note-body>"
    cell = "<table:table-cell><text:p>%s</text:p></table:table-cell>"
    table = "<table:table><table:table-header-rows><table:table-row>" + cell % "Port" + cell % "Fee"
    table += "</table:table-row></table:table-header-rows><table:table-row>" + cell % "Vell"
    table += (
        '<table:table-cell table:number-columns-spanned="2"><text:p>3</text:p></table:table-cell><table:covered-table-cell/>'
    )
    table += "</table:table-row></table:table>"
    body = "<text:tracked-changes><text:p>gone</text:p></text:tracked-changes>"
    body += "<text:p><office:annotation><text:p>Is it?</text:p></office:annotation></text:p>"
    body += "<text:table-of-content><text:p>Fees 3</text:p></text:table-of-content>"
    body += '<text:p text:style-name="P1">Landing fees</text:p><text:h text:outline-level="2">What is asked</text:h>'
    body += f"<text:p>The board<text:s/>said:<text:note>{note}</text:note></text:p>"
    body += "<text:list><text:list-item><text:p>a fee</text:p><text:list><text:list-item>"
    body += f"<text:p>a small one</text:p></text:list-item></text:list></text:list-item></text:list>{table}"
    document = only("x.odt", odf(body, styles=styles, meta="<dc:creator>Ana Reis</dc:creator><dc:title>No</dc:title>"))
    assert shown(document).splitlines() == [
        "title: Landing fees",
        "authors: Ana Reis",
        "heading1 | Landing fees",
        "heading2 | What is asked",
        "paragraph | The board said:",
        "item1 | a fee <- The board said:",
        "item2 | a small one <- The board said:",
        "table | Port ; Fee ;  // Vell ; 3 ; 3",
        "paragraph | Minutes of 4 March.",
        "dropped, table of contents | Fees 3",
        "note comments",
    ]


def test_shapes_captions_hidden_words_and_headers_of_an_opendocument_text() -> None:
    styles = '<style:style style:name="T1"><style:text-properties text:display="none"/></style:style>'
    styles += '<style:style style:name="P1" style:parent-style-name="Quote"/>'
    cell = "<table:table-cell><text:p>%s</text:p></table:table-cell>"
    table = f"<table:table><table:table-row>{cell % 'Port'}{cell % 'Fee'}</table:table-row>"
    table += f"<table:table-row>{cell % 'Vell'}{cell % '3'}</table:table-row></table:table>"
    body = "<text:p>The board<draw:custom-shape><text:p>A box of text.</text:p></draw:custom-shape> met"
    body += (
        '<text:span text:style-name="T1"> in secret</text:span>.</text:p><text:p text:style-name="P1">We shall pay.</text:p>'
    )
    body += f'<text:p text:style-name="Table">Table 1: Fees</text:p>{table}'
    document = only("x.odt", odf(body, styles=styles, header="<text:p>Harbour board, page 1</text:p>"))
    assert tables(document)[0].title == "Table 1: Fees"
    assert shown(document).splitlines() == [
        "paragraph | The board met.",
        "paragraph | A box of text.",
        "quote | We shall pay.",
        "paragraph | Table 1: Fees",
        "table | Port ; Fee // Vell ; 3",
        "dropped, hidden text | in secret",
        "dropped, running header | Harbour board, page 1",
    ]


def test_an_opendocument_sheet_repeats_its_cells_within_bounds() -> None:
    cell = "<table:table-cell{}><text:p>{}</text:p></table:table-cell>"
    often = ' table:number-columns-repeated="16384"'
    rows = f"<table:table-row>{cell.format('', 'Port')}{cell.format('', 'Fee')}<table:table-cell{often}/></table:table-row>"
    rows += f"<table:table-row>{cell.format('', 'Vell')}{cell.format('', '3')}</table:table-row>"
    rows += f'<table:table-row table:number-rows-repeated="1048576">{cell.format(often, "x")}</table:table-row>'
    document = only("x.ods", odf(f'<table:table table:name="Fees">{rows}</table:table>', "spreadsheet"))
    assert tables(document)[0].rows[:2] == (("Port", "Fee"), ("Vell", "3"))
    assert len(document.text) < 100


def test_values_merged_cells_and_hidden_sheets_of_opendocument() -> None:
    def cell(words: str, kind: str = "string", value: str = "", settings: str = "") -> str:
        kept = f'office:value-type="{kind}" office:{"" if kind == "float" else kind + "-"}value="{value}"'
        return f"<table:table-cell {kept} {settings}><text:p>{words}</text:p></table:table-cell>"

    def sheet(name: str, style: str, *rows: str) -> str:
        inner = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
        return f'<table:table table:name="{name}" table:style-name="{style}">{inner}</table:table>'

    covered = "<table:covered-table-cell/>"
    wide, high = 'table:number-columns-spanned="2"', 'table:number-rows-spanned="2"'
    head = cell("Port", settings=high) + cell("Fees", settings=wide) + covered + cell("Since", settings=high)
    below = covered + cell("old") + cell("new") + covered
    row = cell("Vell") + cell("1,234.00", "float", "1234") + cell("TRUE", "float", "1") + cell("04.05.20", "date", "2020-05-04")
    last = cell("Nord") + cell("50 %", "percentage", "0.5") + cell("8:30", "time", "PT08H30M00S")
    last += cell("x", "date", "2020-05-04T09:15:00")
    styles = '<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>'
    body = sheet("Fees", "ta1", head, below, row, last) + sheet("Old", "ta2", cell("secret") + cell("x"))
    document = only("x.ods", odf(body, "spreadsheet", styles=styles))
    assert codes(document) == ["hidden-sheet"]
    (table,) = tables(document)
    assert table.header_rows == 2
    assert table.rows == (
        ("Port", "Fees", "Fees", "Since"),
        ("Port", "old", "new", "Since"),
        ("Vell", "1234", "TRUE", "2020-05-04"),
        ("Nord", "50 %", "08:30", "2020-05-04 09:15"),
    )


def test_a_book_is_read_in_the_order_of_its_chapters() -> None:
    chapters = ("<h1>Fees</h1><p>The fee stays.</p>", "<h2>Quay</h2><ul><li>is built</li></ul>")
    meta = "<dc:title>The harbour</dc:title><dc:creator>Ana Reis</dc:creator><dc:date>2024-03-05</dc:date>"
    meta += "<dc:language>en</dc:language>"
    assert shown(only("x.epub", epub(*chapters, meta=meta, nav="<ol><li>Fees</li></ol>"))).splitlines() == [
        "title: The harbour",
        "authors: Ana Reis",
        "published: 2024-03-05",
        "language: en",
        "published from: epub-date",
        "heading1 | Fees",
        "paragraph | The fee stays.",
        "heading2 | Quay",
        "item1 | is built",
        "dropped, table of contents | Fees",
    ]


@pytest.mark.parametrize(
    ("path", "data", "code"),
    [
        ("x.odt", odf("<text:p>&a;</text:p>", prolog='<!DOCTYPE d [<!ENTITY a "aa">]>'), "unsafe"),
        ("x.odt", zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "damaged"),
        ("x.odt", odf("<text:p>"), "damaged"),
        ("x.odt", odf("<text:p/>"), "empty"),
        ("x.odp", odf("<text:p/>", "presentation"), "unsupported"),
        ("x.epub", zipped({"mimetype": "application/epub+zip"}), "damaged"),
        ("x.epub", epub(""), "empty"),
    ],
)
def test_broken_and_hostile_files_are_refused(path: str, data: bytes, code: str) -> None:
    assert refusal(path, data).code == code


def rtf(body: str) -> list[str]:
    fonts = r"{\fonttbl{\f0\fcharset0 Times;}{\f1\fcharset204 Times Cyr;}{\f2\fcharset128 Mincho;}}"
    styles = r"{\stylesheet{\s0 Normal;}{\s1\b heading 1;}{\s2 Title;}}"
    head = "{" + r"\rtf1\ansi\ansicpg1252" + fonts + styles
    return shown(only("x.rtf", f"{head}{body}}}".encode("latin-1"))).splitlines()


def test_an_rtf_file() -> None:
    info = r"{\info{\title Fees}{\author Ana Reis; B. Okoro}{\*\company No}}"
    body = r"{\header Harbour board\par}\pard\s1 What is asked\par"
    body += r"\pard The board{\*\bkmkstart x} said{\footnote Minutes of {\i 4} March.}:\par"
    body += r"{\listtext 1.\tab}a fee\par{\listtext\'95\tab}\ilvl1 a small one\par\pard Seen.{\v Unseen.}{\deleted Gone.}\par"
    body += r"{\field{\*\fldinst HYPERLINK x}{\fldrslt A link}}{\pict 89504e47}"
    body += r"{\object{\*\objdata 00}{\result \'e9t\'e9}}\outlinelevel1\par"
    assert rtf(info + body) == [
        "title: Fees",
        "authors: Ana Reis, B. Okoro",
        "heading1 | What is asked",
        "paragraph | The board said:",
        "item1 | a fee <- The board said:",
        "item2 | a small one <- The board said:",
        "paragraph | Seen.",
        "heading2 | A linkété",
        "paragraph | Minutes of 4 March.",
        "dropped, running header | Harbour board",
        "dropped, hidden text | Unseen.",
        "dropped, hidden text | Gone.",
    ]


def test_text_boxes_and_long_numbers_of_rtf() -> None:
    body = r"\pard The fee {\revised\revdttm-2074015744 will }stay.{\shp{\*\shpinst{\sp{\sn x}{\sv 1}}"
    body += r"{\shptxt \pard It is low.\par Too low.\par}}{\shprslt{\*\do{\dptxbxtext It is low.}}}}\par\s2 In short\par"
    assert rtf(body)[1:] == [
        "paragraph | The fee will stay.",
        "heading1 | In short",
        "paragraph | It is low.",
        "paragraph | Too low.",
    ]


def test_columns_of_rtf_are_told_by_the_edges_of_cells() -> None:
    rows = r"\trowd\cellx1000\cellx3000\intbl Port\cell Fees\cell\row"
    rows += r"\trowd\cellx1000\cellx2000\cellx3000 \cell 2023\cell 2024\cell\row"
    other = r"\trowd\cellx1500\cellx3000 Who\cell What\cell\row"
    other += r"\trowd\cellx1500\cellx3000 Board\cell fee\cell\row\pard After.\par"
    assert rtf(rows + other) == [
        "table | Port ; Fees ; Fees //  ; 2023 ; 2024",
        "table | Who ; What // Board ; fee",
        "paragraph | After.",
    ]


def test_characters_of_rtf() -> None:
    assert rtf(r"{\f1\'cf\'ee\'f0\'f2}{\f2 \'8d\'60} \u8211? \u-10179?\u-8704? {\uc2\u233 ab}\emdash\~\{\}\\") == [
        "paragraph | Порт港 – 😀 é— {}\\"
    ]


def test_tables_of_rtf() -> None:
    rows = r"\trowd\cellx1\cellx2\cellx3\pard\intbl Port\cell Fee\cell\cell\row"
    rows += r"\trowd\cellx1\cellx2\clmrg\cellx3\pard\intbl Vell\par Nord\cell 3\cell\cell\row"
    rows += r"\trowd\clvmrg\cellx1\cellx2\pard\intbl\cell 4\cell\row"
    assert rtf(rows + r"\pard The fee stays.\par") == [
        "table | Port ; Fee ;  // Vell Nord ; 3 ; 3 // Vell Nord ; 4 ; ",
        "paragraph | The fee stays.",
    ]


def test_the_mark_of_an_item_may_be_a_character_in_two_halves() -> None:
    body = r"{\rtf1 The fee stays.\par {\listtext 2 \u-10179?\u-8704?\tab}The toll goes.\par }"
    assert "The toll goes." in only("x.rtf", body.encode()).text.encode().decode()


@pytest.mark.parametrize(
    "body",
    [
        "{" * 50_000,
        "}" * 50_000,
        r"\bin999999999 ",
        r"\u99999999 ",
        r"\uc99999 ",
        r"\ansicpg99999 ",
        r"\cellx1\cell" * 5_000 + r"\row ",
        "\\",
    ],
)
def test_odd_rtf_is_read_within_bounds(body: str) -> None:
    assert "The fee stays." in outcome("x.rtf", (r"{\rtf1 The fee stays.\par " + body).encode())
