"""The source of a page's template in, the markup out that the page's Content-Security-Policy would block.

A browser says nothing of it to a reader: the style is missing, the picture is a gap. What stands between Jinja's tags is
looked at; markup that an expression puts together is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jinja2 import Environment

from briefgen.render.faults import Told
from briefgen.render.places import tokens

TAG = re.compile(r"""<([a-z][^\s/>]*)((?:[^"'>]|"[^"]*"|'[^']*')*+)>""", re.IGNORECASE)
ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?""")
#: Text that is no markup: comments, and what stands inside these elements.
RAW = re.compile(r"<!--.*?-->|(?<=>)(?:(?!</?(?:style|script)).)*(?=</(?:style|script)>)", re.IGNORECASE | re.DOTALL)
HANDLER = re.compile(r"on[a-z]{3,}", re.IGNORECASE)
#: The one style sheet and the one script of a page, which the policy knows by their hashes.
KNOWN = {"style": re.compile(r"\s*{%-?\s*block\s+styles\b"), "script": re.compile(r"\s*{%-?\s*block\s+scripts\b")}
#: What a <link> may be that a browser fetches; others only lead somewhere.
FETCHED_LINK = re.compile(r"stylesheet|icon|pre(?:load|fetch)|modulepreload|manifest", re.IGNORECASE)
#: Attributes that make a browser fetch something.
FETCHING = {
    **dict.fromkeys(
        ["img", "iframe", "embed", "audio", "video", "source", "track", "input", "script"], ("src", "srcset", "poster")
    ),
    "object": ("data",),
    "form": ("action",),
    "base": ("href",),
}


def blocked(environment: Environment, source: str) -> Iterator[tuple[int, Told]]:
    """Offset and complaint of each piece of markup that would be blocked."""
    markup = RAW.sub(lambda found: " " * len(found[0]), _markup(environment, source))
    for tag in TAG.finditer(markup):
        name = tag[1].lower()
        attributes = {each[1].lower(): each for each in ATTRIBUTE.finditer(markup, *tag.span(2))}
        fetching = FETCHING.get(name, ())
        if name == "link" and "rel" in attributes and FETCHED_LINK.search(attributes["rel"][0]):
            fetching = ("href",)
        for key, attribute in attributes.items():
            why = _why(name, key, (attribute[2] or "").strip("\"'").strip().lower(), fetching)
            if why:
                yield attribute.start(), Told("T010", f"the page's policy blocks {why}")
        if name in KNOWN and not {"src", "type"} & set(attributes) and not KNOWN[name].match(source, tag.end()):
            yield (
                tag.start(),
                Told("T010", f"the page's policy blocks another <{name}>: put it into block {name}s, after super()"),
            )


def _markup(environment: Environment, source: str) -> str:
    """The source with everything of Jinja's made blank, and what it prints filled with a letter."""
    made, end, inside = [], 0, False
    for start, kind, text in tokens(environment, source):
        inside = (inside or kind == "variable_begin") and kind != "variable_end"
        filled = "x" if inside or kind == "variable_end" else " "
        made += [" " * (start - end), text if kind == "data" else filled * len(text)]
        end = start + len(text)
    return "".join(made)


def _why(tag: str, name: str, value: str, fetching: Sequence[str]) -> str:
    """What is blocked in an attribute; empty if nothing is."""
    if name == "style":
        return "style=: give the element a class, and say in block styles how that looks"
    if HANDLER.fullmatch(name):
        return f"{name}=: put the script into block scripts"
    if value.startswith("javascript:"):
        return "javascript: put the script into block scripts"
    if name in fetching and not value.startswith(("data:", "x")):
        return f"what {name}= of <{tag}> fetches: a page loads nothing, a picture is a data: URI"
    return ""
