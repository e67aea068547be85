"""A PDF in, ``Document`` out: words with their places are put into reading order, tables, paragraphs and headings.

The library that reads the file is an extra. It is asked for characters and lines only; what they make is decided here, one
step a module: ``pdf_page`` words, ``pdf_tables`` tables, ``pdf_order`` columns, ``pdf_running`` headers and footers,
``pdf_blocks`` paragraphs.

Limits: pictures of text are told and not read; the day on which a file was made is not taken for that of the document.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from briefgen.model.base import Note
from briefgen.model.document import BlockKind, Document, Meta
from briefgen.model.errors import UnreadableError
from briefgen.parsers.assemble import make_document, make_source
from briefgen.parsers.ooxml import PROGRAMS
from briefgen.parsers.pdf_blocks import make_blocks, read_type
from briefgen.parsers.pdf_order import Line, read_order
from briefgen.parsers.pdf_page import Box, Page, read_page
from briefgen.parsers.pdf_running import find_running
from briefgen.parsers.pdf_streams import inflates_beyond_bounds
from briefgen.parsers.pdf_tables import Grid, find_tables
from briefgen.parsers.pieces import Layout, Piece, flat, lay_out, make_table_piece
from briefgen.parsers.published import find_published
from briefgen.parsers.tally import words_of

MOST_PAGES, MOST_LETTERS = 5_000, 5_000_000
#: Titles that programs give.
NO_TITLE = re.compile(
    r"\W*|\(?(?:anonymous|unspecified|untitled\S*|no title|document ?\d*|unbenannt)\)?"
    r"|microsoft (?:word|powerpoint|excel) - .*|.*\.\w{2,5}",
    re.IGNORECASE,
)
CAPTION = re.compile(r"(?:table|tab\.|tabelle|tableau|tabla|tabella)\s*[\dIVX]", re.IGNORECASE)
NO_AUTHOR = re.compile(r"\W*|\(?(?:anonymous|unspecified|unknown|user|admin(?:istrator)?|author)\)?", re.IGNORECASE)


def parse(path: str, data: bytes) -> Document:
    """Read a PDF. Raises ``UnreadableError``."""
    import pypdfium2

    if inflates_beyond_bounds(data):
        raise UnreadableError("too-large", "unpacked it is larger than is read: it may be made to do harm")
    try:
        file = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _refused(str(error)) from None
    try:
        pages, notes = _read_pages(file, pypdfium2.PdfiumError)
        said = {key: flat(value.replace("\x00", "")) for key, value in file.get_metadata_dict().items()}
    except pypdfium2.PdfiumError as error:
        raise _refused(str(error)) from None
    finally:
        file.close()
    if not any(page.segments for page in pages):
        raise UnreadableError("scanned", "its pages are pictures without text: run text recognition (OCR) over it first")
    layout = lay_out(_pieces(pages))
    source = make_source(path, data, "application/pdf", None)
    meta = _meta(said, layout, path)
    return make_document(
        source,
        layout.text,
        layout.blocks,
        meta,
        notes=notes,
        dropped=layout.dropped,
        locators=layout.locators,
        words=_all_words(pages),
    )


def _all_words(pages: Sequence[Page]) -> Counter[str]:
    """The words of all pages but those next to a hyphen at the end of a line, which may be one."""
    found: list[str] = []
    for page in pages:
        is_open = False
        for segment in page.segments:
            words = segment.text.split()
            found += words[is_open : -1 if words[-1].endswith("-") else None]
            is_open = words[-1].endswith("-")
    return words_of([" ".join(found)])


def _refused(message: str) -> UnreadableError:
    if "assword" in message:
        return UnreadableError("protected", "it is protected by a password: save it without one")
    return UnreadableError("damaged", "the PDF is damaged or cut off: get the file again")


def _read_pages(file: Any, fault: type[Exception]) -> tuple[list[Page], list[Note]]:
    """All pages within bounds, with notes on what was left out."""
    pages: list[Page] = []
    damaged: list[int] = []
    letters = 0
    for number in range(1, min(len(file), MOST_PAGES) + 1):
        if letters > MOST_LETTERS:
            break
        try:
            page = file[number - 1]
            pages.append(read_page(page, number))
            letters += sum(len(segment.text) for segment in pages[-1].segments)
            page.close()
        except fault:
            damaged.append(number)
    return pages, [*_told(pages, damaged, len(file))]


def _told(pages: Sequence[Page], damaged: Sequence[int], count: int) -> Iterator[Note]:
    empty = [page.number for page in pages if not page.segments]
    if empty:
        yield Note(code="no-text", message=f"pages without text, pictures perhaps: {_listed(empty)}")
    if damaged:
        yield Note(code="damaged", message=f"pages that cannot be read: {_listed(damaged)}")
    cut = [page.number for page in pages if page.is_cut]
    if cut:
        yield Note(code="cut", message=f"pages with more text than was read: {_listed(cut)}")
    if len(pages) + len(damaged) < count:
        yield Note(code="cut", message=f"only the first {len(pages) + len(damaged)} of its pages were read")


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers[:20])) + (f" and {len(numbers) - 20} more" if len(numbers) > 20 else "")


def _pieces(pages: Sequence[Page]) -> list[Piece]:
    """The blocks of all pages in reading order, and then what was dropped."""
    read = [(page, *find_tables(page.segments, page.rulings)) for page in pages]
    lines = [(page, [_with_underline(line, page.rulings) for line in read_order(rest, page.number)]) for page, _, rest in read]
    running = find_running([(page.height, on_page) for page, on_page in lines])
    kept = [line for _, on_page in lines for line in on_page if id(line) not in running]
    blocks = make_blocks(kept, read_type(kept))
    pieces = _with_tables(blocks, [(page.number, grid) for page, grids, _ in read for grid in grids])
    dropped = [
        Piece(BlockKind.PARAGRAPH, line.text, why=running[id(line)], label=f"p. {page.number}")
        for page, on_page in lines
        for line in on_page
        if id(line) in running
    ]
    turned = [
        Piece(BlockKind.PARAGRAPH, page.turned, why="turned text", label=f"p. {page.number}") for page in pages if page.turned
    ]
    return pieces + dropped + turned


def _with_underline(line: Line, rulings: Sequence[Box]) -> Line:
    box = line.box
    under = (
        ruling.height < 3
        and -2 <= ruling.top - box.bottom + 0.25 * box.height <= 0.35 * box.height
        and min(ruling.right, box.right) - max(ruling.left, box.left) > 0.8 * max(box.width, ruling.width)
        for ruling in rulings
    )
    return replace(line, underlined=True) if any(under) else line


def _with_tables(blocks: Sequence[tuple[Line, Piece]], grids: Sequence[tuple[int, Grid]]) -> list[Piece]:
    """Put each table before the first block of its column that begins below its top."""
    places: dict[int, list[tuple[int, Grid]]] = {}
    for page, grid in sorted(grids, key=lambda pair: (pair[0], pair[1].box.top)):
        places.setdefault(_place(blocks, page, grid), []).append((page, grid))
    found: list[Piece] = []
    for at in range(len(blocks) + 1):
        for page, grid in places.get(at, ()):
            found += _table(page, grid, found[-1] if found else None)
        found += [blocks[at][1]] if at < len(blocks) else []
    return found


def _place(blocks: Sequence[tuple[Line, Piece]], page: int, grid: Grid) -> int:
    across = (grid.box.left + grid.box.right) / 2
    on_page = [(at, line) for at, (line, _) in enumerate(blocks) if line.page == page]
    column = [(at, line) for at, line in on_page if line.column.left <= across <= line.column.right] or on_page
    below = (at for at, line in column if line.box.top > grid.box.top)
    later = (at for at, (line, _) in enumerate(blocks) if line.page > page)
    return next(below, column[-1][0] + 1 if column else next(later, len(blocks)))


def _table(page: int, grid: Grid, above: Piece | None) -> list[Piece]:
    title = above.words if above and above.label == f"p. {page}" and CAPTION.match(above.words) else None
    piece = make_table_piece([[flat(cell) for cell in row] for row in grid.rows], title=title, label=f"p. {page}")
    return [piece] if piece else []


def _meta(said: dict[str, str], layout: Layout, path: str) -> Meta:
    published, published_from = find_published(layout.text, path)
    title, author = said.get("Title", ""), said.get("Author", "")
    heads = [block for block in layout.blocks if block.kind is BlockKind.HEADING]
    first = min(heads, key=lambda block: (block.level, block.start), default=None)
    shown = layout.text[first.start : first.end] if first else None
    return Meta(
        title=title[:500] if not NO_TITLE.fullmatch(title) else shown,
        authors=()
        if NO_AUTHOR.fullmatch(author) or author.casefold() in PROGRAMS
        else tuple(name.strip() for name in author.split(";") if name.strip())[:20],
        published=published,
        published_from=published_from,
    )
