"""An element of a page in, what part of the page it is out: what is seen, what is furniture, what stands beside the article.

Pages tell their parts by tags and roles, and by the names of classes and ids, which follow habits that are next to universal
("comments", "newsletter", "related"). A name is only a hint: whoever asks looks whether the article is in that part.
"""

from __future__ import annotations

import re
from typing import Any

Element = Any
#: Elements whose text is none of the page: programs, pictures, what stands in for them where they do not work.
UNREAD = frozenset(
    "script style noscript template head title iframe object embed applet svg canvas audio video map area frameset"
    " noframes".split()
)
#: Elements whose text is on the page and no prose, with what it is.
UNSEEN = dict.fromkeys("select datalist option button input textarea meter progress".split(), "form field") | {
    "annotation": "formula",
    "rp": "reading aid",
    "rt": "reading aid",
    "dialog": "hidden text",
}
FURNITURE = frozenset({"nav", "footer", "aside", "form", "figcaption"})
FURNITURE_ROLES = frozenset("navigation search contentinfo complementary menu menubar toolbar dialog banner".split())
HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
HIDDEN_CLASS = re.compile(r"(?:\A|\s)(?:hidden|d-none)(?:\s|\Z)", re.IGNORECASE)
#: Classes of text that is there for screen readers and keyboards only: it says what others see.
SPOKEN_CLASS = re.compile(
    r"\b(?:sr-only|visually-?hidden|screen-reader|skip[-_]?(?:to|link|nav|content)|jump-?link)", re.IGNORECASE
)
#: What is an article's own where it is told to be, and otherwise not put back.
CAPTION_CLASS = re.compile(r"(?i:\b|_)(?:caption|credit|teaser)s?(?i:\b|_)|(?:Caption|Credit|Teaser)s?\b")
#: Words in names of classes and ids that stand for what is beside the article.
ASIDE_NAME = re.compile(
    r"(?:\A|[\s_-]|(?<=[a-z])(?=[A-Z]))"
    r"(?i:comments?|comment-?list|disqus\w*|respond|author-?(?:bio|box|info|content|card|desc\w*)|(?:post|about|entry)-?author|bio"
    r"|newsletters?|subscri(?:be|ption)|sign-?up|related|recommended|recommendations|recirc\w*|popular|most-?(?:read|popular|viewed)"
    r"|trending|read-?more|promos?|sponsor(?:ed)?|advert\w*|taboola|outbrain|social|shar(?:e|ing)|share-?\w+|sharedaddy"
    r"|gallery|slideshow|carousel|lightbox|modal|popup|overlay|bread-?crumbs?|pagination|pager|tags|cookies?"
    r"|latest|side-?bar|(?:right|left|side)-?(?:rail|column|col)|widget-?areas?)"
    r"(?=\Z|[\s_-]|\d|[A-Z])"
)


def unseen(element: Element, tag: str) -> str | None:
    """Why a reader does not see an element as prose; empty for what is not even text, None for what is seen."""
    name = element.get("class") or ""
    if tag in UNREAD or not tag or (SPOKEN_CLASS.search(name) and tag != "body"):
        return ""
    is_marked = element.get("hidden") is not None or element.get("aria-hidden") == "true"
    is_hidden = is_marked or HIDDEN_STYLE.search(element.get("style") or "") or (HIDDEN_CLASS.search(name) and tag != "body")
    return UNSEEN.get(tag) or ("hidden text" if is_hidden else None)


def is_furniture(element: Element, tag: str) -> bool:
    """Whether an element is made for finding one's way and not for reading."""
    is_named = bool(CAPTION_CLASS.search(element.get("class") or ""))
    return tag in FURNITURE or is_named or (element.get("role") or "").lower() in FURNITURE_ROLES


def is_named_aside(element: Element, tag: str) -> bool:
    """Whether its names say that an element stands beside the article."""
    names = f"{element.get('id') or ''} {element.get('class') or ''}"
    return len(names) > 1 and tag not in {"body", "main"} and bool(ASIDE_NAME.search(names[:500]))


def leads_away(element: Element, tag: str) -> bool:
    """Whether an element is a link, and not one to a place on the same page."""
    return tag == "a" and not (element.get("href") or "").startswith("#")
