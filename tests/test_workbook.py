"""Excel workbooks: what a reader sees in a cell, titles and tables of a sheet, and cells at the end of the world."""

from __future__ import annotations

from pathlib import Path

import pytest
from documents import codes, only, outcome, refusal, shown, tables
from office import row, xlsx, zipped

from briefgen.parsers.cell_formats import (
    date_words,
    elapsed_words,
    is_date_format,
    is_elapsed_format,
    number_words,
    percent_words,
)
from briefgen.parsers.compound import leads_astray

END = "</sheetData>"
STYLES = (
    '<numFmts><numFmt numFmtId="170" formatCode="[$-407]d. mmm yyyy"/><numFmt numFmtId="171" formatCode="0.0%"/></numFmts>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/><xf numFmtId="20"/></cellXfs>'
)


def rows(sheet: str, **parts: str) -> tuple[tuple[str, ...], ...]:
    return tables(only("x.xlsx", xlsx(sheet + END, **parts)))[0].rows


def test_titles_tables_and_remarks_of_a_sheet() -> None:
    sheet = row(1, "Landing fees") + row(3, "Port", "Fee") + row(4, "Vell", "3") + row(5, "Nord", "4.50")
    sheet += row(7, "Source: harbour office of the province")
    document = only("x.xlsx", xlsx(sheet + END))
    assert shown(document).splitlines() == [
        "title: Landing fees",
        "heading2 | Fees",
        "heading3 | Landing fees",
        "table | Port ; Fee // Vell ; 3 // Nord ; 4.5",
        "paragraph | Source: harbour office of the province",
    ]
    assert tables(document)[0].title == "Landing fees"


def test_values_are_written_as_a_reader_sees_them() -> None:
    strings = "<si><t>Port</t></si><si><r><t>Nord </t></r><r><t>Quay</t></r><rPh><t>no</t></rPh></si>"
    cells = ['<c t="s"><v>1</v></c>', "13.0", "0.30000000000000004", '<c t="b"><v>1</v></c>', '<c t="e"><v>#N/A</v></c>']
    cells += [f'<c s="{style}"><v>{value}</v></c>' for style, value in ((1, 45000), (2, "45000.5"), (3, 0.254), (4, 0.75))]
    found = rows(row(1, '<c t="s"><v>0</v></c>', *"abcdefgh") + row(2, *cells), strings=strings, styles=STYLES)
    said = ("Nord Quay", "13", "0.3", "TRUE", "#N/A", "2023-03-15", "2023-03-15 12:00", "25.4%", "18:00")
    assert found == (("Port", *"abcdefgh"), said)


def test_strings_and_styles_that_are_not_there_leave_a_cell_empty_or_plain() -> None:
    cells = ('<c t="s"><v>99999999999</v></c>', '<c t="s"><v>7</v></c>', '<c s="99"><v>5</v></c>', '<c s="1"><v>1e300</v></c>')
    assert rows(row(1, *"abcd") + row(2, *cells), styles=STYLES)[1][-2:] == ("5", "1e+300")


def test_merged_cells_are_written_out_beside_others() -> None:
    sheet = row(1, "Fees by year") + row(2, "Port", "2023", "") + row(3, "", "spring", "autumn") + row(4, "Vell", "3", "4")
    merged = "".join(f'<mergeCell ref="{cells}"/>' for cells in ("A1:C1", "B2:C2", "A2:A3", "A1:XFD1048576"))
    document = only("x.xlsx", xlsx(sheet + END + merged))
    assert tables(document)[0].rows == (("Port", "2023", "2023"), ("Port", "spring", "autumn"), ("Vell", "3", "4"))
    assert tables(document)[0].title == "Fees by year"


def test_hidden_sheets_are_told() -> None:
    sheets = '<sheet name="Drafts" state="hidden" r:id="rId1" xmlns:r="r"/>'
    document = only("x.xlsx", xlsx(row(1, "Port", "Fee") + row(2, "Vell", "3") + END, sheets=sheets))
    assert codes(document) == ["hidden-sheet"]
    assert len(tables(document)) == 1


def test_the_last_cell_of_a_sheet_costs_nothing() -> None:
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert len(only("x.xlsx", xlsx(row(1, "Port", "Fee") + row(2, "Vell", "3") + far + END)).text) < 100


def test_a_sheet_without_end_is_cut_with_a_note() -> None:
    document = only("x.xlsx", xlsx("".join(row(i, *["7"] * 50) for i in range(1, 6_000)) + END))
    assert codes(document) == ["cut"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (xlsx(row(1, "Port", "Fee")), "damaged"),
        (xlsx(row(1, "&a;", "Fee") + END, prolog='<!DOCTYPE d [<!ENTITY a "aa">]>'), "unsafe"),
        (zipped({"xl/workbook.xml": "<workbook/>"}), "damaged"),
        (zipped({"a.txt": "The fee stays."}), "damaged"),
        (xlsx(END), "empty"),
    ],
)
def test_broken_workbooks_are_refused(data: bytes, code: str) -> None:
    assert refusal("x.xlsx", data).code == code


@pytest.mark.parametrize(
    ("value", "words"),
    [(13.0, "13"), (0.1 + 0.2, "0.3"), (-4.5, "-4.5"), (1e20, "1e+20"), (1234567.891, "1234567.891")],
)
def test_numbers(value: float, words: str) -> None:
    assert number_words(value) == words


def test_dates_and_shares() -> None:
    assert [date_words(value) for value in (45000, 45000.75, 0.25, -1, 1e9)] == [
        "2023-03-15",
        "2023-03-15 18:00",
        "06:00",
        "-1",
        "1000000000",
    ]
    assert date_words(43538, from_1904=True) == "2023-03-15"
    assert percent_words(0.5, 0) == "50%"
    formats = {'yyyy"x"': True, '"days" 0': False, "[Red]0.0": False, "[h]:mm": True, "General": False, "0.00%": False}
    assert {code: is_date_format(200, code) for code in formats} == formats


def test_an_old_workbook_is_read_with_its_extra() -> None:
    pytest.importorskip("python_calamine")
    data = (Path(__file__).parent / "files" / "fees.xls").read_bytes()
    document = only("fees.xls", data)
    table = tables(document)[0]
    assert table.rows == (("Port", "Fee", "Since"), ("Vell", "3", "2023-05-03"), ("Nord Quay", "7.25", "2024-01-01"))
    assert table.title == "Landing fees of the island ports"
    assert codes(document) == ["hidden-sheet"]
    assert codes(only("fees.txt", data)) == ["hidden-sheet", "wrong-suffix"]
    assert "save it" in outcome("fees.xls", data[:3_000])


def test_an_old_workbook_that_leads_its_library_astray_is_refused() -> None:
    pytest.importorskip("python_calamine")
    data = bytearray((Path(__file__).parent / "files" / "fees.xls").read_bytes())
    data[1494] = 255  # the library panics
    assert refusal("fees.xls", bytes(data)).code == "damaged"


@pytest.mark.parametrize(
    ("place", "number"),
    [
        pytest.param(9 * 512 + 4 * 3, 3, id="a sector after itself"),
        pytest.param(9 * 512 + 4 * 3, 2, id="two that take turns"),
        pytest.param(68, 1, id="a list without end"),
        pytest.param(48, 0x7FFF_FFFF, id="a folder behind the end"),
        pytest.param(60, 0x7FFF_FFFF, id="a small table behind the end"),
        pytest.param(76, 0x7472_6F00, id="a table behind the end"),
    ],
)
def test_an_old_workbook_whose_sectors_lead_astray_is_refused(place: int, number: int) -> None:
    data = bytearray((Path(__file__).parent / "files" / "fees.xls").read_bytes())
    assert not leads_astray(bytes(data))
    data[place : place + 4] = number.to_bytes(4, "little")
    if place == 68:
        data[3 * 512 - 4 : 3 * 512] = number.to_bytes(4, "little")
    assert leads_astray(bytes(data))
    pytest.importorskip("python_calamine")
    assert refusal("fees.xls", bytes(data)).code == "damaged"


def test_what_is_no_file_of_sectors_has_no_circle() -> None:
    assert not any(leads_astray(data) for data in (b"", b"\xd0\xcf\x11\xe0" * 2, bytes(2_000), b"\xff" * 2_000))


def test_spans_of_time_and_large_integers() -> None:
    assert [is_elapsed_format(code) for code in ("[h]:mm:ss", "[hh]:mm", "h:mm", None)] == [True, True, False, False]
    assert elapsed_words(1.25) == "30:00"
    assert [number_words(value) for value in (1e15, 1e16, 2.5e-7)] == ["1000000000000000", "1e+16", "2.5e-07"]
