"""What the fuzzer feeds: each parser, what is made of sentences, the brief and its page, a house's templates.

A target is a function of bytes that gives the number of characters it read, and raises whatever is a fault; refusals of ours
are none. Its seeds are what the tests of the parsers read, ``seeds/`` and the cases.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.invariants import check_brief, check_digest, check_document, check_mistake, check_page
from briefgen.compare import compare, with_outline
from briefgen.digesting.recipe import tools
from briefgen.export import csv_files
from briefgen.extract import extract
from briefgen.model.brief import Brief, Generator
from briefgen.model.errors import TemplateError, UnreadableError
from briefgen.model.findings import Digest
from briefgen.model.settings import Settings
from briefgen.parsers import PARSERS, parse
from briefgen.pipeline import to_json
from briefgen.render import FORMATS, render, sandbox
from briefgen.render.house import House
from briefgen.segment import segment

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

import fisheries
from casefile import read_cases

ROOT = Path(__file__).parent.parent
PLACE = TemporaryDirectory()
COMPILED = str(Path(PLACE.name, "compiled"))
Target = Callable[[bytes], int]


def read_file(path: str, data: bytes) -> int:
    """Whatever a file holds, it is read within its text, or refused with a reason."""
    try:
        documents = parse(path, data)
    except UnreadableError:
        return 0
    for document in documents:
        check_document(document)
        segment(document, tools(())[0])
    return sum(len(document.text) for document in documents)


def read_sentences(data: bytes) -> int:
    """Whatever a text says, statements, proposals, dates and events are quoted from their places."""
    return sum(len(digest.text) for digest in _digests(data))


def read_brief(data: bytes) -> int:
    """Whatever two documents say, the brief leads to their words, and its page holds nothing that acts but ours."""
    halves = data.partition(b"\n\n\n")
    digests = [digest for half in (halves[0], halves[2]) for digest in _digests(half)]
    brief = compare(digests, tools(())[0], Settings(), generator=Generator(name="briefgen", version="0", rules="0"))
    check_brief(brief, to_json(brief))
    for form in FORMATS:
        page = render(brief, form, House(cache=COMPILED))
        if form == "html":
            check_page(page)
    csv_files(brief)
    return sum(len(digest.text) for digest in digests)


def _digests(data: bytes) -> list[Digest]:
    words, rules, outlining = tools(())
    try:
        documents = parse("x.txt", data)
    except UnreadableError:
        return []
    digests = [with_outline(extract(*segment(document, words), rules), outlining) for document in documents]
    for digest in digests:
        check_digest(digest)
    return digests


def read_template(data: bytes) -> int:
    """Whatever a house writes into a template, it is rendered, or its mistake is told with a place inside the file."""
    source = data.decode("utf-8", "replace")
    (Path(_house(), "brief.md.j2")).write_text(source, encoding="utf-8", newline="")
    try:
        render(_fisheries(), "md", House((_house(),), cache=COMPILED))
    except TemplateError as told:
        check_mistake(told, source, _house())
    return len(source)


@cache
def _house() -> str:
    sandbox.ALLOWANCE, sandbox.MORE, sandbox.MOST_AT_ONCE = 10_000_000, 0, 1_000_000  # so that what has no end is stopped soon
    house = Path(PLACE.name, "house")
    house.mkdir()
    return str(house)


@cache
def _fisheries() -> Brief:
    return fisheries.brief()


PARSED = {entry.module: kind for kind, entry in PARSERS.items()}
OTHERS: dict[str, Target] = {"statements": read_sentences, "brief": read_brief, "templates": read_template}
TARGETS: dict[str, Target] = {
    **{module: partial(read_file, f"x{PARSERS[kind].suffixes.split()[0]}") for module, kind in PARSED.items()},
    **OTHERS,
}


def seeds(name: str, recorded: Path) -> set[bytes]:
    """What a target begins with; ``recorded`` is where ``benchmarks.recorded`` has put what the tests read."""
    if name == "templates":
        cases = [case.source for case in read_cases("mistakes")]
        bare = [case for case in cases if not case.startswith("== ")]
        made = {f'{{% extends "default/brief.md.j2" %}}\n{{% block method %}}\n{case}\n{{% endblock %}}' for case in bare}
        return {case.encode() for case in (*bare, *made, *(each.partition("\n")[2] for each in cases))}
    if name in OTHERS:
        folders = ("statements", "proposals", "events", "dates", "segment")
        found = {case.source.encode() for folder in folders for case in read_cases(folder)}
        return found | {part for path in (ROOT / "seeds").iterdir() for part in path.read_bytes().split(b"\n\n")}
    return {path.read_bytes() for path in (recorded / name).glob("*")}
