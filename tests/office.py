"""Office documents that tests build themselves: the few parts that a reader needs, from fragments of their XML."""

from __future__ import annotations

import io
import zipfile

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
CORE = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
STYLES = {
    "Title": '<w:name w:val="Title"/>',
    "H1": '<w:name w:val="heading 1"/>',
    "H2": '<w:name w:val="Amt Überschrift"/><w:basedOn w:val="Own"/>',
    "Own": '<w:name w:val="Own"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr>',
    "Loop": '<w:name w:val="Loop"/><w:basedOn w:val="Loop"/>',
    "Bullet": '<w:name w:val="List Bullet"/>',
    "Bullet2": '<w:name w:val="List Bullet 2"/><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr>',
    "Quote": '<w:name w:val="Quote"/>',
    "Caption": '<w:name w:val="caption"/>',
    "TOC1": '<w:name w:val="toc 1"/>',
}


def zipped(parts: dict[str, bytes | str]) -> bytes:
    """A zip file with these members."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def docx(body: str, prolog: str = "", **parts: str) -> bytes:
    """A Word document; ``parts`` are further members of its folder "word", or its properties as ``core``."""
    core = parts.pop("core", "")
    styles = "".join(f'<w:style w:type="paragraph" w:styleId="{name}">{inner}</w:style>' for name, inner in STYLES.items())
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": f"{prolog}<w:document {WORD}><w:body>{body}</w:body></w:document>",
            "word/styles.xml": f"<w:styles {WORD}>{styles}</w:styles>",
            "docProps/core.xml": f"<cp {CORE}>{core}</cp>",
            **{f"word/{name}.xml": f"<w:{name} {WORD}>{inner}</w:{name}>" for name, inner in parts.items()},
        }
    )


def p(words: str, style: str = "", settings: str = "") -> str:
    """A paragraph of one run."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{settings}</w:pPr>{r(words)}</w:p>"


def r(words: str, settings: str = "") -> str:
    """A run of text."""
    return f'<w:r><w:rPr>{settings}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def tc(words: str, settings: str = "") -> str:
    """A cell of a table."""
    return f"<w:tc><w:tcPr>{settings}</w:tcPr>{p(words)}</w:tc>"


def xlsx(sheet: str, strings: str = "", styles: str = "", prolog: str = "", sheets: str = "", core: str = "") -> bytes:
    """An Excel workbook of one sheet, from its rows; ``sheets`` names others (name, state) before it."""
    listed = sheets + '<sheet name="Fees" r:id="rId1" xmlns:r="r"/>'
    return zipped(
        {
            "xl/workbook.xml": f"<workbook><sheets>{listed}</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": '<R><R Id="rId1" Target="worksheets/sheet1.xml"/></R>',
            "xl/worksheets/sheet1.xml": f"{prolog}<worksheet><sheetData>{sheet}</worksheet>",
            "xl/sharedStrings.xml": f"<sst>{strings}</sst>",
            "xl/styles.xml": f"<styleSheet>{styles}</styleSheet>",
            "docProps/core.xml": f"<cp {CORE}>{core}</cp>",
        }
    )


def row(number: int, *cells: str) -> str:
    """A row of cells: numbers as they are, others as strings; a cell that begins with "<" is taken as it is."""
    return f'<row r="{number}">' + "".join(map(_cell, cells)) + "</row>"


def _cell(words: str) -> str:
    if words.startswith("<"):
        return words
    if words.replace(".", "").replace("-", "").isdigit():
        return f"<c><v>{words}</v></c>"
    return f'<c t="inlineStr"><is><t>{words}</t></is></c>'


ODF = "urn:oasis:names:tc:opendocument:xmlns:"
ODF_NAMES = (
    f'xmlns:office="{ODF}office:1.0" xmlns:text="{ODF}text:1.0" xmlns:table="{ODF}table:1.0" xmlns:style="{ODF}style:1.0"'
    f' xmlns:draw="{ODF}drawing:1.0"'
)


def odf(body: str, kind: str = "text", styles: str = "", meta: str = "", prolog: str = "", header: str = "") -> bytes:
    """An OpenDocument file."""
    content = f"<office:body><office:{kind}>{body}</office:{kind}></office:body>"
    return zipped(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "content.xml": f"{prolog}<office:document-content {ODF_NAMES}>{styles}{content}</office:document-content>",
            "styles.xml": f"<office:styles {ODF_NAMES}><style:header>{header}</style:header></office:styles>",
            "meta.xml": f'<office:meta {ODF_NAMES} xmlns:dc="dc">{meta}</office:meta>',
        }
    )


def epub(*chapters: str, meta: str = "", nav: str = "") -> bytes:
    """A book of chapters of HTML."""
    items = "".join(f'<item id="c{i}" href="c%20{i}.xhtml"/>' for i in range(len(chapters)))
    spine = '<itemref idref="nav"/>' * bool(nav) + "".join(f'<itemref idref="c{i}"/>' for i in range(len(chapters)))
    inner = f'<manifest>{items}<item id="nav" href="nav.xhtml" properties="nav"/></manifest><spine>{spine}</spine>'
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container><rootfiles><rootfile full-path="book/it.opf"/></rootfiles></container>',
            "book/it.opf": f"<package><metadata {CORE}>{meta}</metadata>{inner}</package>",
            "book/nav.xhtml": f"<html><body>{nav}</body></html>",
            **{f"book/c {i}.xhtml": f"<html><body>{chapter}</body></html>" for i, chapter in enumerate(chapters)},
        }
    )
