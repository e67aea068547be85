"""Word documents: what is text and what is not, and what an attacker may hand in."""

from __future__ import annotations

import pytest
from documents import codes, only, outcome, refusal, shown, tables
from office import docx, p, r, tc, zipped

from briefgen.model.document import Heading, Item

SAID = "The harbour board asked the province to keep the landing fee."


def lines(body: str, **parts: str) -> list[str]:
    return shown(only("x.docx", docx(body, **parts))).splitlines()


def test_styles_make_headings_items_and_quotations() -> None:
    numbered = '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="4"/></w:numPr>'
    body = (
        p("Landing fees", "Title") + p("Contents 3", "TOC1") + p("What is asked", "H1") + p("In short", "H2") + p("They ask:")
    )
    body += p("a fee", "Bullet") + p("a small one", "", numbered) + p("We shall not pay.", "Quote") + p("Loose end", "Loop")
    assert lines(body) == [
        "title: Landing fees",
        "heading1 | Landing fees",
        "heading1 | What is asked",
        "heading2 | In short",
        "paragraph | They ask:",
        "item1 | a fee <- They ask:",
        "item2 | a small one <- They ask:",
        "quote | We shall not pay.",
        "paragraph | Loose end",
        "dropped, table of contents | Contents 3",
    ]


def test_a_style_of_the_second_level_and_a_bold_title() -> None:
    assert lines(p("They ask:") + p("a fee", "Bullet") + p("a small one", "Bullet2"))[1:] == [
        "item1 | a fee <- They ask:",
        "item2 | a small one <- They ask:",
    ]
    bold = [f"<w:p>{r(words, '<w:b/>')}</w:p>" for words in ("MINUTES OF THE BOARD", "Fees")]
    assert lines("".join(bold) + p(SAID))[:3] == [
        "title: MINUTES OF THE BOARD",
        "heading1 | MINUTES OF THE BOARD",
        "heading2 | Fees",
    ]


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    body = p("The fee", settings='<w:rPr><w:del w:id="1"/></w:rPr>') + p("stays at 4")
    body += f'<w:p>{r("It is 4 ")}<w:r><w:sym w:font="Symbol" w:char="F0B0"/></w:r>{r("C.")}</w:p>'
    assert lines(body) == ["paragraph | The fee stays at 4", "paragraph | It is 4 °C."]


def test_bullets_that_were_typed_make_items() -> None:
    assert lines(p("They ask:") + p("• a fee") + p("•  a quay") + p(SAID) + p("- alone")) == [
        "paragraph | They ask:",
        "item1 | a fee <- They ask:",
        "item1 | a quay <- They ask:",
        f"paragraph | {SAID}",
        "paragraph | - alone",
    ]


def test_a_caption_names_one_table() -> None:
    table = f"<w:tbl><w:tr>{tc('Port')}{tc('Fee')}</w:tr><w:tr>{tc('Vell')}{tc('3')}</w:tr></w:tbl>"
    found = tables(only("x.docx", docx(p("Table 1: Fees", "Caption") + table + table)))
    assert [each.title for each in found] == ["Table 1: Fees", None]


def test_tracked_changes_are_accepted() -> None:
    body = f"<w:p>{r('The fee ')}<w:ins>{r('stays')}</w:ins><w:del><w:r><w:delText>falls</w:delText></w:r></w:del>"
    body += f"<w:moveFrom>{r(' gone')}</w:moveFrom><w:moveTo>{r(' for now')}</w:moveTo>{r('.')}</w:p>"
    assert lines(body) == ["paragraph | The fee stays for now."]


def test_text_is_found_in_controls_boxes_links_and_fields() -> None:
    box = f"<w:txbxContent>{p('A box of text.')}</w:txbxContent>"
    twice = f"<w:r><w:AlternateContent><w:Choice>{box}</w:Choice><w:Fallback>{box}</w:Fallback></w:AlternateContent></w:r>"
    body = f"<w:sdt><w:sdtPr/><w:sdtContent>{p('In a control.')}</w:sdtContent></w:sdt>"
    body += f"<w:p><w:hyperlink>{r('A link')}</w:hyperlink><w:r><w:instrText>PAGE</w:instrText></w:r>"
    body += f"{r(' and a field.')}{twice}</w:p>"
    assert lines(body) == ["paragraph | In a control.", "paragraph | A link and a field.", "paragraph | A box of text."]


def test_footnotes_stay_and_running_headers_and_hidden_text_are_dropped() -> None:
    document = only(
        "x.docx",
        docx(
            p(SAID) + f"<w:p>{r('Seen.')}{r(' Unseen.', '<w:vanish/>')}</w:p>",
            footnotes='<w:footnote w:type="separator"/><w:footnote>' + p("Minutes of 4 March.") + "</w:footnote>",
            header1=p("Harbour board, page 1"),
            comments="<w:comment/>",
        ),
    )
    assert shown(document).splitlines() == [
        f"paragraph | {SAID}",
        "paragraph | Seen.",
        "paragraph | Minutes of 4 March.",
        "dropped, running header | Harbour board, page 1",
        "dropped, hidden text | Unseen.",
        "note comments",
    ]
    assert document.locators[-1].label == "footnote 1"


def test_merged_cells_keep_the_grid() -> None:
    wide, down, on = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows = [
        "<w:trPr><w:tblHeader/></w:trPr>" + tc("Port") + tc("Fee", wide),
        tc("Vell", down) + tc("3") + tc("4"),
        tc("", on) + tc("5") + f"<w:tc><w:tbl><w:tr>{tc('6')}{tc('7')}</w:tr></w:tbl>{p('')}</w:tc>",
        "<w:trPr><w:del/></w:trPr>" + tc("gone") + tc("gone", wide),
    ]
    table = "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"
    document = only("x.docx", docx(p("Fees by port", "Caption") + table))
    assert tables(document)[0].rows == (("Port", "Fee", "Fee"), ("Vell", "3", "4"), ("Vell", "5", "6 7"))
    assert tables(document)[0].title == "Fees by port"


def test_a_table_that_only_lays_out_a_page_is_prose() -> None:
    body = f"<w:tbl><w:tr>{tc(SAID)}</w:tr></w:tbl>"
    assert lines(body) == [f"paragraph | {SAID}"]


def test_short_bold_paragraphs_are_headings_where_no_style_makes_any() -> None:
    bold = f"<w:p>{r('What is asked', '<w:b/>')}</w:p>"
    assert isinstance(only("x.docx", docx(bold + p(SAID))).blocks[0], Heading)
    assert not isinstance(only("x.docx", docx(p("Fees", "H1") + bold + p(SAID))).blocks[1], Heading)
    assert not isinstance(only("x.docx", docx(p(SAID) + bold)).blocks[1], Heading)


def test_numbering_that_is_switched_off_makes_no_item() -> None:
    off = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    assert not isinstance(only("x.docx", docx(p(SAID, "Bullet", off))).blocks[0], Item)


@pytest.mark.parametrize(
    ("core", "published"),
    [
        (
            "<dcterms:created>2024-03-01T08:00:00Z</dcterms:created><dcterms:modified>2024-03-04T08:00:00Z</dcterms:modified>",
            "2024-03-04",
        ),
        (
            "<dcterms:created>2019-03-01T08:00:00Z</dcterms:created><dcterms:modified>2024-03-04T08:00:00Z</dcterms:modified>",
            None,
        ),
        ("", None),
    ],
)
def test_properties(core: str, published: str | None) -> None:
    core += "<dc:title>Fees</dc:title><dc:creator>Ana Reis; B. Okoro</dc:creator>"
    meta = only("x.docx", docx(p(SAID), core=core)).meta
    assert (meta.title, meta.authors, meta.published) == ("Fees", ("Ana Reis", "B. Okoro"), published)
    dated = only("x.docx", docx(p("Published: 3 May 2022") + p(SAID), core=core)).meta
    assert (dated.published, dated.published_from) == ("2022-05-03", "cue-line")


ENTITIES = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY f SYSTEM "file:///etc/hostname">]>'


def test_entities_are_refused() -> None:
    assert refusal("x.docx", docx(p("&a; &f;"), prolog=ENTITIES)).code == "unsafe"


@pytest.mark.parametrize(
    "data",
    [
        docx(p(SAID))[:-60],
        docx("<w:p>"),
        zipped({"word/document.xml": "no"}),
        zipped({"a.txt": SAID}),
        docx("<w:p>" * 5_000 + "</w:p>" * 5_000),
        docx("<w:tbl><w:tr><w:tc>" * 2_000 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 2_000),
    ],
)
def test_broken_documents_are_refused(data: bytes) -> None:
    assert refusal("x.docx", data).code in {"damaged", "empty"}


def test_a_flipped_byte_is_noticed() -> None:
    data = bytearray(docx(p(SAID)))
    data[data.index(b"word/document.xml") + 30] ^= 0xFF
    assert "damaged" in outcome("x.docx", bytes(data))


def test_a_span_over_a_billion_columns_is_no_danger() -> None:
    cell = tc("x", '<w:gridSpan w:val="99999999"/>')
    document = only("x.docx", docx("<w:tbl>" + f"<w:tr>{cell}{cell}</w:tr>" * 300 + "</w:tbl>"))
    assert len(document.text) < 1_000_000


def test_text_called_docx_is_read_as_text_with_a_note() -> None:
    document = only("x.docx", f"{SAID} {SAID} It will be asked again next year, it said.".encode())
    assert codes(document) == ["wrong-suffix"]
