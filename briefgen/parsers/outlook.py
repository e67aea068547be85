"""A mail saved by Outlook (MSG) in, ``Document`` out, with its attachments, by way of python-oxmsg, which is an extra.

Limits: a mail whose only body is RTF (old Outlooks) is read without its body.
"""

from __future__ import annotations

import io
from contextlib import suppress
from functools import partial
from typing import Any

from briefgen.model.base import Note
from briefgen.model.document import Document
from briefgen.model.errors import UnreadableError
from briefgen.parsers.assemble import make_source
from briefgen.parsers.compound import leads_astray
from briefgen.parsers.contents import Contents, Member
from briefgen.parsers.encoding import decode
from briefgen.parsers.mail import flat_header, read_words
from briefgen.parsers.mail_body import Head, make_mail

MEDIA_TYPE = "application/vnd.ms-outlook"
MOST_ATTACHMENTS = 500
DAMAGED = "the mail is damaged: save its text as .txt"


def parse(path: str, data: bytes) -> Contents:
    """Read a mail in Outlook's own form. Raises ``UnreadableError``."""
    from oxmsg import Message

    if leads_astray(data):
        raise UnreadableError("damaged", DAMAGED)
    try:
        message = Message.load(io.BytesIO(data))
        head, plain, html = _head(message), message.body or "", message.html_body or ""
        attachments = list(message.attachments)[:MOST_ATTACHMENTS]
    except Exception:  # the library has no errors of its own
        raise UnreadableError("damaged", DAMAGED) from None
    html = decode(html).text if isinstance(html, bytes) else html
    documents: tuple[Document, ...] = ()
    with suppress(UnreadableError):  # a mail that only carries something
        documents = (make_mail(make_source(path, data, MEDIA_TYPE, None), head, _clean(plain), [_clean(html)] if html else []),)
    members = [Member(flat_header(each.file_name or "attachment"), partial(_bytes, each)) for each in attachments]
    pictures = [each for each in attachments if (each.mime_type or "").startswith("image/")]
    told = (Note(code="pictures", message=f"pictures or recordings in it that were not read: {len(pictures)}"),)
    others = [member for member, each in zip(members, attachments, strict=True) if each not in pictures]
    return Contents(documents, others, told if pictures else ())


def _head(message: Any) -> Head:
    sender = read_words(message.sender or "")
    name = sender.partition("<")[0].strip(" \"'") or sender.strip("<> ")
    headers = {key.lower(): value for key, value in (message.message_headers or {}).items()}
    date = message.sent_date.date().isoformat() if message.sent_date else headers.get("date", "")
    return Head(subject=read_words(message.subject or "")[:500], authors=(name,) if name else (), date=date[:100])


def _clean(words: str) -> str:
    return words.replace("\r\n", "\n").replace("\x00", "").encode("utf-8", "replace").decode()


def _bytes(attachment: Any) -> bytes:
    """The bytes of an attachment. Raises ``UnreadableError``."""
    try:
        return bytes(attachment.file_bytes or b"")
    except Exception:
        raise UnreadableError("damaged", "the attachment is damaged") from None
