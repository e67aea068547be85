"""The head of a text file between two rules in, what it says of the document out: ``title: ...``, ``date: ...``.

Front matter is read as ``key: value`` lines and simple lists, not as all of YAML. It goes before what the text says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from briefgen.model.document import Block, Meta
from briefgen.parsers.assemble import title_of
from briefgen.parsers.published import find_published

FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(?P<fields>(?:.*\n){0,200}?)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)")
#: A field, an entry of a list, a value that goes on, a remark.
FRONT_LINE = re.compile(r"[A-Za-z][\w-]*[ \t]*:(?:[ \t]|\Z)|[ \t]|-[ \t]|#|\Z|[\]}]")
FIELD = re.compile(r"(?P<key>[A-Za-z][\w-]*)[ \t]*:[ \t]*(?P<value>.*)")
LIST_ENTRY = re.compile(r"[ \t]*-[ \t]+(?P<value>.+)")
MARKUP = re.compile(r"\*+|_{2,}|`+|!?\[([^\]]*)\]\([^)]*\)")

TITLES, DATES = ("title",), ("date", "published", "pubdate", "publish_date", "date_published", "created")
AUTHORS, PUBLISHERS = ("author", "authors", "by", "byline"), ("publisher", "site", "publication", "source")
ADDRESSES, LANGUAGES = ("url", "canonical_url", "canonical", "link", "source_url"), ("language", "lang")


class Front(NamedTuple):
    """The fields by name in small letters, each with its values, and where the text begins."""

    fields: dict[str, tuple[str, ...]]
    end: int


def read_front(text: str) -> Front:
    """The front matter of a text; no fields and 0 where there is none."""
    found = FRONT_MATTER.match(text)
    if found and not all(FRONT_LINE.match(line) for line in found["fields"].splitlines()):
        return Front({}, 0)
    fields = {key: values for key, values in _fields(found["fields"]) if key} if found else {}
    return Front(fields, found.end() if found and fields else 0)


def meta_of(front: Front, path: str, text: str, blocks: Sequence[Block]) -> Meta:
    """What front matter and text say of the document."""
    fields = front.fields

    def first(names: tuple[str, ...]) -> str | None:
        return next((fields[name][0] for name in names if fields.get(name)), None)

    said = [(value, "front-matter") for name in DATES for value in fields.get(name, ())]
    said += [(value, "url") for name in ADDRESSES for value in fields.get(name, ())]
    published, published_from = find_published(text[front.end :], path, said)
    heading = title_of(text, blocks)
    return Meta(
        title=first(TITLES) or (MARKUP.sub(r"\1", heading).strip() if heading else None) or None,
        authors=next((fields[name] for name in AUTHORS if fields.get(name)), ()),
        publisher=first(PUBLISHERS),
        published=published,
        published_from=published_from,
        url=first(ADDRESSES),
        language=first(LANGUAGES),
    )


def _fields(front_matter: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """``key: value`` lines, with the entries of a list below or in brackets."""
    key = ""
    values: list[str] = []
    for line in front_matter.splitlines():
        field, entry = FIELD.match(line), LIST_ENTRY.match(line)
        if field:
            yield key, tuple(values)
            value = field["value"].strip()
            entries = value[1:-1].split(",") if value.startswith("[") and value.endswith("]") else [value]
            key, values = field["key"].lower().replace("-", "_"), [_plain(entry) for entry in entries if _plain(entry)]
        elif entry and key:
            values.append(_plain(entry["value"]))
    yield key, tuple(values)


def _plain(value: str) -> str:
    value = value.strip()
    if value[:1] in {'"', "'"}:
        return value[1:].partition(value[0])[0].strip()
    return value.partition(" #")[0].strip()
