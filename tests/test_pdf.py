"""PDFs: words in their places into columns, paragraphs, headings and tables; and what an attacker may hand in."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest
from documents import codes, only, outcome, refusal, shown, tables
from pdfs import bold, lines, pdf, rule, text

from briefgen.digesting import Recipe, digest_all
from briefgen.listing import list_documents
from briefgen.model.brief import Skipped
from briefgen.model.document import Item
from briefgen.parsers.pdf_blocks import joined
from briefgen.parsers.pdf_page import Box, _is_apart

pytest.importorskip("pypdfium2")

SAID = """The harbour board asked the province on Monday to keep the fee.
It said that the quay would be built in the coming year, and that
no ship should pay more until then."""
FLAT = " ".join(SAID.split())


def read(*pages: str, **more: str) -> list[str]:
    return shown(only("x.pdf", pdf(*pages, **more))).splitlines()


def test_lines_make_paragraphs_and_larger_or_bold_ones_headings() -> None:
    page = text(60, 80, "Landing fees", 20) + lines(60, 110, SAID) + bold(60, 170, "What is asked") + lines(60, 190, SAID)
    page += lines(60, 250, "• a fee that stays\n• a quay that is\n   built soon") + text(60, 300, "The end of it came late.")
    document = only("x.pdf", pdf(page))
    words = [document.text[block.start : block.end] for block in document.blocks]
    assert words == [
        "Landing fees", FLAT, "What is asked", FLAT, "a fee that stays", "a quay that is built soon",
        "The end of it came late.",
    ]  # fmt: skip
    assert [block.kind for block in document.blocks] == [
        "heading", "paragraph", "heading", "paragraph", "item", "item", "paragraph",
    ]  # fmt: skip
    assert document.meta.title == "Landing fees"


def test_columns_are_read_one_after_the_other() -> None:
    left = "\n".join(f"Left line {i} of the first column goes" for i in range(6))
    right = "\n".join(f"right line {i} of the other column too" for i in range(6))
    rows = "".join(
        lines(60, 120 + 13 * i, a) + lines(320, 120 + 13 * i, b)
        for i, (a, b) in enumerate(zip(left.splitlines(), right.splitlines(), strict=True))
    )
    found = only("x.pdf", pdf(text(60, 80, "A title that stands over both of the columns of it", 20) + rows)).text
    assert found.index("Left line 5") < found.index("right line 0")
    assert "goes Left line 1" in found
    assert "goes right line 0" in found


def test_a_word_far_from_all_others_costs_no_memory_for_the_white_between() -> None:
    columns = lines(60, 160, "left side of the page goes on here\n" * 12) + lines(320, 165, "right side goes on so\n" * 12)
    far = f"q 1000000 0 0 1 0 0 cm {text(10**7, 300, 'far off')} Q"
    found = only("x.pdf", pdf(text(80, 130, "What the northern ports asked of us", 18) + columns + far)).text
    assert all(words in found for words in ("northern ports", "goes on here", "goes on so", "far off"))


def test_running_headers_and_page_numbers_are_dropped() -> None:
    pages = [text(60, 30, "Harbour board, minutes") + lines(60, 100, SAID) + text(300, 780, f"- {i} -") for i in (1, 2, 3)]
    document = only("x.pdf", pdf(*pages))
    assert Counter(why for _, _, why in document.dropped) == {"running header": 3, "page number": 3}
    assert [each.label for each in document.locators] == ["p. 1", "p. 2", "p. 3"]


def test_a_sentence_that_goes_on_over_the_page_is_joined() -> None:
    found = only(
        "x.pdf",
        pdf(
            lines(60, 700, "The board asked the province to\nkeep the fee until"),
            lines(60, 100, "the quay is built. It will meet."),
        ),
    ).text
    assert "keep the fee until the quay is built." in found


@pytest.mark.parametrize(
    ("ends", "others", "words"),
    [
        (["the pro-", "vince"], "", "the province"),
        (["a long-", "term plan"], "", "a long-term plan"),
        (["a quay-", "side inn"], "the quay-side inn", "a quay-side inn"),
        (["a non-", "sense"], "nonsense", "a nonsense"),
        (["the Vell-", "Nord line"], "", "the Vell-Nord line"),
        (["request 2023-", "0379 of the board"], "", "request 2023-0379 of the board"),
        (["fees before pre-", "and post-war years"], "", "fees before pre- and post-war years"),
    ],
)
def test_hyphens_are_repaired_where_they_are_not_real(ends: list[str], others: str, words: str) -> None:
    assert joined(ends, Counter(others.split())) == words


def test_a_number_close_to_its_word_makes_an_item() -> None:
    document = only(
        "x.pdf", pdf(lines(60, 60, "The board asks for:\n9. a fee that stays\n10.The quay at 1.5 times the length"))
    )
    assert [document.text[each.start : each.end] for each in document.blocks if isinstance(each, Item)] == [
        "a fee that stays",
        "The quay at 1.5 times the length",
    ]


def test_both_letters_of_a_ligature_are_in_one_word() -> None:
    box = Box(10, 10, 17, 20)
    assert not _is_apart(box, box)
    assert _is_apart(box, Box(10, 10, 13, 20))


def test_bullets_of_symbol_fonts_and_a_lone_o_make_items() -> None:
    page = lines(60, 60, "The board asks for:") + "".join(
        text(60 + 20 * (mark == "o"), y, mark) + text(100, y, words)
        for mark, y, words in (("•", 80, "a fee"), ("o", 94, "a small one"), ("•", 108, "a quay"))
    )
    items = [block for block in only("x.pdf", pdf(page)).blocks if isinstance(block, Item)]
    assert [block.depth for block in items] == [1, 2, 1]


def test_columns_below_a_title_with_lines_at_other_heights_and_a_page_number() -> None:
    def page(number: int) -> str:
        left = lines(60, 160, "left side of the page goes on here\n" * 12)
        right = lines(320, 165, "right side of the page goes on so\n" * 12 + "until it ends.")
        heads = text(60, 40, "Harbour Review") + text(460, 40, "Landing fees") + text(290, 770, f"- {number} -")
        return heads + text(80, 130, "What the northern ports have asked of the province", 18) + left + right

    document = only("x.pdf", pdf(page(1), page(2)))
    words = " ".join(document.text.split())
    assert "left side of the page goes on here right side of the page" in words
    assert "here right side of the page goes on so right side" in words
    dropped = [document.text[start:end] for start, end, _ in document.dropped]
    assert dropped == ["Harbour Review", "Landing fees", "- 1 -", "Harbour Review", "Landing fees", "- 2 -"]


def test_a_table_stands_in_its_own_column_with_its_caption() -> None:
    cells = [["Port", "Fee"], ["Vell", "3"], ["Nord", "5"]]
    left = lines(60, 100, "left side of the page goes on here and\n" * 20 + "it ends here.")
    right = lines(320, 100, "right side of the page goes on so far\n" * 8 + "until it ends.") + text(320, 225, "Table 1. Fees")
    right += "".join(text(330 + 80 * c, 255 + 20 * r, word) for r, row in enumerate(cells) for c, word in enumerate(row))
    right += "".join(rule(320, 240 + 20 * i, 160, 0.5) for i in range(4)) + "".join(
        rule(320 + 80 * i, 240, 0.5, 60) for i in range(3)
    )
    right += lines(320, 325, "right side below it goes on so far\n" * 3 + "until it ends.")
    document = only("x.pdf", pdf(left + right))
    (table,) = tables(document)
    assert (table.title, table.rows) == ("Table 1. Fees", tuple(map(tuple, cells)))
    assert document.text[: table.start].rstrip().endswith("Table 1. Fees")
    assert document.text[table.end :].strip().startswith("right side below it")


def test_ruled_cells_make_a_table() -> None:
    cells = [["Port", "Fee", ""], ["Vell", "3", "4"], ["Nord Quay", "5", ""]]
    page = lines(60, 60, SAID) + "".join(
        text(70 + 100 * c, 215 + 20 * r, word) for r, row in enumerate(cells) for c, word in enumerate(row) if word
    )
    page += "".join(rule(60, 200 + 20 * i, 300, 0.5) for i in range(4)) + "".join(
        rule(60 + 100 * i, 200 + 20 * (i == 2), 0.5, 60 - 20 * (i == 2)) for i in range(4)
    )
    document = only("x.pdf", pdf(page + lines(60, 320, SAID)))
    assert tables(document)[0].rows == (("Port", "Fee", "Fee"), ("Vell", "3", "4"), ("Nord Quay", "5", ""))
    assert [block.kind for block in document.blocks] == ["paragraph", "table", "paragraph"]


def test_framed_rows_and_bare_columns_make_tables() -> None:
    cells = [["Port", "Fee", "Since"], ["Vell", "3", "2020"], ["Nord Quay", "5", "2021"], ["Ost", "9", "2022"]]
    words = "".join(text(70 + 100 * c, 215 + 20 * r, word) for r, row in enumerate(cells) for c, word in enumerate(row))
    framed = "".join(rule(60, 200 + 20 * i, 300, 20) for i in range(4))
    for page in (words, words + framed):
        document = only("x.pdf", pdf(lines(60, 60, SAID) + page))
        assert tables(document)[0].rows == tuple(map(tuple, cells))


def test_prose_in_columns_and_lists_are_no_tables() -> None:
    marked = "".join(
        text(60, 100 + 20 * i, f"{i}.") + text(90, 100 + 20 * i, "The fee of the port stays as it is.") for i in range(1, 5)
    )
    assert not tables(only("x.pdf", pdf(marked)))


def test_what_the_file_says_of_itself() -> None:
    info = "/Title (Landing fees) /Author (Ana Reis) /CreationDate (D:20240305080000Z)"
    meta = only("x.pdf", pdf(lines(60, 100, SAID), info=info)).meta
    assert (meta.title, meta.authors, meta.published) == ("Landing fees", ("Ana Reis",), None)
    assert only("x.pdf", pdf(lines(60, 100, SAID), info="/Title (Microsoft Word - fees.doc)")).meta.title is None


def test_pages_without_text_are_told() -> None:
    assert refusal("x.pdf", pdf("", "q Q")).code == "scanned"
    assert codes(only("x.pdf", pdf(lines(60, 100, SAID), ""))) == ["no-text"]


LOCKED = f"/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /O ({'x' * 32}) /U ({'y' * 32}) /P -4 >> /ID [(a) (b)]"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"%PDF-1.7\n" + bytes(range(256)) * 9, "damaged"),
        (pdf(lines(60, 100, SAID))[:60], "damaged"),
        (pdf(lines(60, 100, SAID), trailer=LOCKED), "protected"),
    ],
)
def test_broken_and_locked_files_are_refused(data: bytes, code: str) -> None:
    assert refusal("x.pdf", data).code == code


def test_a_file_that_lies_about_its_pages_ends() -> None:
    assert outcome("x.pdf", pdf(lines(60, 100, SAID), count=2_000_000_000))


def test_a_page_of_endless_text_is_cut_with_a_note(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefgen.parsers.pdf_page.MOST_CHARACTERS", 500)
    document = only("x.pdf", pdf("".join(lines(60, 50 + 40 * i, SAID) for i in range(18))))
    assert codes(document) == ["cut"]
    assert len(document.text) < 600


@pytest.mark.parametrize("packed", [1, 2])
def test_a_stream_that_inflates_beyond_bounds_is_refused(packed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "harbour board" in only("x.pdf", pdf(lines(60, 100, SAID), packed=packed)).text
    monkeypatch.setattr("briefgen.parsers.pdf_streams.LARGEST_STREAM", 5_000_000)
    assert refusal("x.pdf", pdf(lines(60, 100, SAID) + " " * 9_000_000, packed=packed)).code == "too-large"


def test_pages_beyond_the_bound_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefgen.parsers.pdf.MOST_PAGES", 2)
    assert codes(only("x.pdf", pdf(*[lines(60, 100, SAID)] * 5))) == ["cut"]


def test_pages_of_nothing_but_the_same_line_are_kept() -> None:
    assert only("x.pdf", pdf(*[text(60, 60, "The fee stays.")] * 9)).text.count("The fee stays.") == 9


def test_thousands_of_rulings_are_no_danger() -> None:
    drawn = "".join(rule(i % 500, i % 700, 20, 20 * (i % 2) + 0.5) for i in range(15_000))
    assert "harbour board" in only("x.pdf", pdf(lines(60, 100, SAID) + drawn)).text


FORM = b"""%PDF-1.5
1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj
3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /XObject << /Twice 5 0 R >> >> >> endobj
4 0 obj << /Length 9 >> stream
/Twice Do
endstream endobj
5 0 obj << /Type /XObject /Subtype /Form /BBox [0 0 90 90] /Length 19
/Resources << /XObject << /Twice 5 0 R >> >> >> stream
/Twice Do /Twice Do
endstream endobj
trailer << /Root 1 0 R >>
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the system must bound memory")
def test_a_form_that_draws_itself_costs_only_its_file(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(FORM)
    (tmp_path / "b.pdf").write_bytes(pdf(lines(60, 100, SAID)))
    drawn, plain = digest_all(list_documents([tmp_path])[0], Recipe(memory_mb=700))
    assert isinstance(drawn, Skipped)
    assert drawn.code in {"fatal", "too-much-memory"}
    assert not isinstance(plain, Skipped)
