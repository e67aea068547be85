"""Mails as Outlook saves them."""

from __future__ import annotations

from struct import pack_into

import pytest
from documents import codes, refusal
from outlook import ADDRESS, BODY, BYTES, HTML, MIME, NAME, SECTOR, SENDER, SENT, SUBJECT, compound, msg

from briefgen.parsers import parse
from briefgen.parsers.compound import leads_astray

SAID = "The harbour board asked the province to keep the landing fee."
MORNING = 133_540_992_000_000_000  # 5 March 2024, eight o'clock, in tenths of microseconds since 1601
MAIL = {
    SUBJECT: "Fees",
    SENDER: "=?utf-8?q?J=C3=B6rg?= Otero",
    ADDRESS: "otero@vell.example",
    SENT: MORNING,
    BODY: f"{SAID}\r\n\r\n-- \r\nJörg",
}
TABLE = {NAME: "fees.csv", MIME: "text/csv", BYTES: b"Port,Fee\nVell,3\n"}
#: Where a header says how large sectors are; where the folder, its third entry and the length of that stream begin.
SIZE, FOLDER, ENTRY, LENGTH = 30, 2 * SECTOR, 128, 120


@pytest.fixture(autouse=True)
def oxmsg() -> None:
    pytest.importorskip("oxmsg")


def test_a_mail_of_outlook() -> None:
    mail, attached = parse("fees.msg", msg(MAIL, TABLE, {NAME: "logo.png", MIME: "image/png", BYTES: b"\x89PNG"}))
    assert (mail.meta.title, mail.meta.authors, mail.meta.published) == ("Fees", ("Jörg Otero",), "2024-03-05")
    assert (mail.text.startswith(SAID), [each.why for each in mail.dropped]) == (True, ["signature"])
    assert codes(mail) == ["pictures"]
    assert (attached.source.path, attached.text) == ("fees.msg/fees.csv", "Port | Fee\nVell | 3")


def test_a_mail_of_outlook_that_is_a_page() -> None:
    (mail,) = parse("fees.msg", msg({SUBJECT: "Fees", HTML: f"<p>{SAID}</p><script>ask()</script>".encode()}))
    assert (mail.meta.title, mail.text) == ("Fees", SAID)


def test_a_mail_that_only_carries_something() -> None:
    (attached,) = parse("fees.msg", msg({SUBJECT: "Fees"}, TABLE))
    assert attached.source.path == "fees.msg/fees.csv"


def test_a_damaged_mail_of_outlook_is_refused() -> None:
    no_mail = compound({"notes": b"", "kept": "__properties_version1.0".encode("utf-16-le")})
    assert not leads_astray(no_mail)
    assert refusal("fees.msg", no_mail).message.startswith("the mail is damaged")


@pytest.mark.parametrize(
    ("place", "number"),
    [
        pytest.param(SECTOR + 4, 1, id="a folder that begins again"),
        pytest.param(SECTOR - 4 * 109, 0x7FFF_FFFF, id="a table behind the end"),
        pytest.param(SIZE, 10 + (6 << 16), id="sectors of another size"),
        pytest.param(FOLDER + 3 * ENTRY + LENGTH, 0x7FFF_FFFF, id="a stream longer than the file"),
    ],
)
def test_a_mail_whose_sectors_lead_astray_is_refused(place: int, number: int) -> None:
    data = bytearray(msg(MAIL, TABLE))
    assert not leads_astray(bytes(data))
    pack_into("<I", data, place, number)
    assert leads_astray(bytes(data))
    assert refusal("fees.msg", bytes(data)).code == "damaged"
