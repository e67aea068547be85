"""The head of a web page in, its metadata out: title, authors, publisher, address, language and what it says of its date.

JSON-LD first, then ``meta`` elements, ``time``, and the address. A page that was changed more than a year after it was first
published (an encyclopedia) is dated by its last change: that is what it says now.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from briefgen.parsers.day import read_date
from briefgen.parsers.html_blocks import Element
from briefgen.parsers.pieces import flat

DATE_NAMES = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "publish-date", "publish_date",
    "publishdate", "publication_date", "pubdate", "parsely-pub-date", "sailthru.date", "citation_publication_date",
    "citation_date", "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "dc.date.created", "dcterms.created",
    "date", "release_date", "created",     "article.published",
)  # fmt: skip
AUTHOR_NAMES = ("author", "article:author", "dc.creator", "citation_author", "parsely-author")
OWN_TIME = re.compile(r"publish|pubdate|posted|entry-date|post-date|article-date|dateline|timestamp|byline", re.IGNORECASE)
SEPARATED = re.compile(r"\s+[|–—·»:-]+\s+(?=[^|–—·»]*\Z)")
#: JSON-LD types that are the page's own text.
ARTICLES = re.compile(r"article|posting|report|webpage|creativework", re.IGNORECASE)
BY = re.compile(r"\A(?:by|von|par|por|di|door)\s+", re.IGNORECASE)
LONGEST_NAME = 60
MOST_NODES = 5_000
LONGEST_TITLE = 500


class Head(NamedTuple):
    """What a page says of itself; ``dates`` are (value, where) pairs in the order of trust."""

    title: str | None
    authors: tuple[str, ...]
    publisher: str | None
    url: str | None
    language: str | None
    dates: tuple[tuple[str, str], ...]


def read_head(tree: Element, headings: Sequence[str]) -> Head:
    """Read the metadata of ``tree``; ``headings`` are the texts of its first-level headings."""
    names = dict(reversed([*_meta_elements(tree)]))
    nodes = [node for node in _json_ld(tree) if ARTICLES.search(str(node.get("@type")))]
    publisher = names.get("og:site_name") or next(_names(nodes, "publisher"), None)
    url = _canonical(tree) or names.get("og:url")
    return Head(
        title=_title(tree, names, headings, publisher),
        authors=_authors(tree, names, nodes),
        publisher=publisher,
        url=url if url and url.startswith(("http://", "https://")) else None,
        language=(tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "").strip()[:12] or None,
        dates=tuple(_dates(tree, names, nodes, url)),
    )


def _canonical(tree: Element) -> str | None:
    links = (link for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical")
    return next((link.get("href") for link in links), None)


def _meta_elements(tree: Element) -> Iterator[tuple[str, str]]:
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = flat(element.get("content") or "")
        if name and content:
            yield name.strip().lower(), content


def _json_ld(tree: Element) -> Iterator[dict[str, Any]]:
    """All objects of all JSON-LD scripts; what does not parse is passed over."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        try:
            waiting = [json.loads(script.text or "", strict=False)]
        except (ValueError, RecursionError):
            continue
        for _ in range(MOST_NODES):
            if not waiting:
                break
            node = waiting.pop(0)
            if isinstance(node, dict):
                yield node
            inner = node.values() if isinstance(node, dict) else node
            waiting += [value for value in inner if isinstance(value, dict | list)]


def _names(nodes: Iterable[dict[str, Any]], key: str) -> Iterator[str]:
    for node in nodes:
        values = node.get(key)
        for value in values if isinstance(values, list) else [values]:
            name = value.get("name") if isinstance(value, dict) else value
            if isinstance(name, str) and flat(name) and not name.startswith("http"):
                yield flat(name)


def _authors(tree: Element, names: dict[str, str], nodes: Sequence[dict[str, Any]]) -> tuple[str, ...]:
    """JSON-LD, ``meta``, then what the page marks as its author."""
    written = [names[key] for key in AUTHOR_NAMES if key in names and not names[key].startswith("http")]
    found = list(_names(nodes, "author")) or written[:1] or list(_marked_authors(tree))
    return tuple(dict.fromkeys(BY.sub("", name) for name in found))


def _marked_authors(tree: Element) -> Iterator[str]:
    """The names in microdata and in links to an author's page."""
    for element in tree.iter("span", "a", "div", "p", "address", "li", "strong", "b", "em"):
        if "author" in (element.get("itemprop") or "").split():
            inner = next((each for each in element.iter() if each.get("itemprop") == "name"), element)
        elif "author" in (element.get("rel") or "").split():
            inner = element
        else:
            continue
        name = flat(inner.get("content") or "".join(inner.itertext()))
        if name and len(name) <= LONGEST_NAME:
            yield name


def _title(tree: Element, names: dict[str, str], headings: Sequence[str], publisher: str | None) -> str | None:
    """``og:title``, the only heading of the first level, or ``title``, without the name of the site."""
    element = next(tree.iter("title"), None)
    told = names.get("og:title") or names.get("twitter:title") or (flat(element.text or "") if element is not None else "")
    told = told[:LONGEST_TITLE]
    for heading in headings:
        if told == heading or (heading and SEPARATED.split(told)[0] == heading) or not told:
            return heading
    parts = SEPARATED.split(told)
    ends_in_site = len(parts) > 1 and publisher and parts[-1].casefold() == publisher.casefold()
    is_piped = len(parts) > 1 and re.search(r"\s\|\s[^|]*\Z", told) and len(parts[-1].split()) <= 4 < len(parts[0].split())
    if ends_in_site or is_piped:
        return told[: len(told) - len(parts[-1])].rstrip(" |–—·»:-")
    return told or None


def _dates(tree: Element, names: dict[str, str], nodes: Sequence[dict[str, Any]], url: str | None) -> Iterator[tuple[str, str]]:
    for node in nodes:
        published = _living(str(node.get("datePublished") or ""), str(node.get("dateModified") or ""))
        if published:
            yield published, "json-ld"
    yield from ((names[name], "meta") for name in DATE_NAMES if name in names and not _is_of_file(name, names))
    times = [element for element in tree.iter("time") if element.get("datetime")]
    own = [element for element in times if _is_own_time(element)]
    if own or len({read_date(element.get("datetime")) for element in times}) == 1:
        yield (own or times)[0].get("datetime"), "time"
    if url:
        yield url, "url"


def _is_of_file(name: str, names: dict[str, str]) -> bool:
    """Whether a date is that of the file: office programs write when it was made and when it was last saved."""
    saved = read_date(names.get("changed") or names.get("dcterms.modified") or "") or ""
    return name in {"created", "dcterms.created"} and saved != "" and (read_date(names[name]) or "")[:7] != saved[:7]


def _living(published: str, modified: str) -> str:
    first, last = read_date(published), read_date(modified)
    return modified if first and last and int(last[:4]) - int(first[:4]) > 1 else published


def _is_own_time(element: Element) -> bool:
    marks = " ".join(element.get(name) or "" for name in ("itemprop", "class", "id"))
    return element.get("pubdate") is not None or bool(OWN_TIME.search(marks))
