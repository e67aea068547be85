"""A file of mails (mbox) in, its mails out as files of their own.

A mail begins with a line "From sender date" at the top or after a blank line; lines of mails that begin so are kept apart by
a ">", which is taken away. What stands before the first such line is a mail without one.
"""

from __future__ import annotations

import re
from functools import partial

from briefgen.parsers.contents import Contents, Member

BEGINS = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From \S{1,200} [^\n]{0,40}\d\d:\d\d[^\n]{0,20}\r?\n(?=[!-9;-~]{1,70}:)")
GUARDED = re.compile(rb"^>(>*From )", re.MULTILINE)


def parse(path: str, data: bytes) -> Contents:
    """The mails of a file, as members in their order."""
    found = list(BEGINS.finditer(data))
    begins, ends = [0, *(each.end() for each in found)], [*(each.start() for each in found), len(data)]
    spans = [span for span in zip(begins, ends, strict=True) if data[slice(*span)].strip()]
    digits = len(str(len(spans)))
    members = (Member(f"{number:0{digits}}.eml", partial(_mail, data, span)) for number, span in enumerate(spans, 1))
    return Contents(members=members)


def _mail(data: bytes, span: tuple[int, int]) -> bytes:
    return GUARDED.sub(rb"\1", data[slice(*span)])
