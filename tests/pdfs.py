"""PDFs that tests build themselves: words and lines at places of a page, without any library."""

from __future__ import annotations

import zlib

HEIGHT = 800


def text(x: float, y: float, words: str, size: float = 11, font: str = "F1") -> str:
    """Words at a place; ``y`` counts from the top."""
    escaped = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /{font} {size} Tf 1 0 0 1 {x} {HEIGHT - y} Tm ({escaped}) Tj ET\n"


def bold(x: float, y: float, words: str, size: float = 11) -> str:
    """Bold words at a place."""
    return text(x, y, words, size, "F2")


def lines(x: float, y: float, words: str, step: float = 13) -> str:
    """A line of words for each line of ``words``."""
    return "".join(text(x, y + i * step, line) for i, line in enumerate(words.splitlines()))


def rule(x: float, y: float, wide: float, high: float) -> str:
    """A thin box, or the frame of a larger one."""
    return f"{x} {HEIGHT - y} {wide} {-high} re {'f' if min(wide, high) < 3 else 'S'}\n"


def pdf(*pages: str, info: str = "", trailer: str = "", count: int | None = None, packed: int = 0) -> bytes:
    """A file of pages; each is what is drawn on it."""
    fonts = "<< /F1 5 0 R /F2 6 0 R >>"
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        3: f"<< {info} >>".encode("latin-1"),
        5: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        6: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
    }
    for at, drawn in enumerate(pages):
        stream = drawn.encode("cp1252")
        for _ in range(packed):
            stream = zlib.compress(stream, 9)
        box = f"/MediaBox [0 0 600 {HEIGHT}] /Resources << /Font {fonts} >>"
        objects[10 + 2 * at] = f"<< /Type /Page /Parent 2 0 R {box} /Contents {11 + 2 * at} 0 R >>".encode()
        objects[11 + 2 * at] = b"<< /Length %d /Filter [%b] >>\nstream\n%b\nendstream" % (
            len(stream),
            b"/FlateDecode " * packed,
            stream,
        )
    kids = " ".join(f"{10 + 2 * at} 0 R" for at in range(len(pages)))
    objects[2] = f"<< /Type /Pages /Kids [{kids}] /Count {len(pages) if count is None else count} >>".encode()
    body, places = b"%PDF-1.4\n", {}
    for number, content in sorted(objects.items()):
        places[number] = len(body)
        body += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    size = max(objects) + 1
    table = b"".join(b"%010d 00000 n \n" % places[i] if i in places else b"0000000000 65535 f \n" for i in range(size))
    end = f"trailer\n<< /Size {size} /Root 1 0 R /Info 3 0 R {trailer} >>\nstartxref\n{len(body)}\n%%EOF".encode()
    return body + f"xref\n0 {size}\n".encode() + table + end
