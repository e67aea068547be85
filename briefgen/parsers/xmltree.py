"""The bytes of an XML file in, its tree out. Entities, document types and addresses in it are never followed.

libxml2's own bounds on depth (256) and on the size of a text stay in force, so a walk over the tree may recurse.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from briefgen.model.errors import UnreadableError
from briefgen.parsers.tally import words_of

Element = Any
DAMAGED = "the XML in it is damaged, cut off or nested too deep: save it again"


def read_xml(data: bytes, *, lenient: bool = False) -> Element:
    """The root of the tree; ``lenient`` repairs faults as browsers do. Raises ``UnreadableError``."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        recover=lenient,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        raise UnreadableError("damaged", DAMAGED)
    _refuse_entities(root)
    return root


def local(element: Element) -> str:
    """The name of an element without its namespace; empty for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element, name: str) -> str | None:
    """The value of an attribute, whatever its namespace."""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), None)


def stream_xml(data: bytes, names: frozenset[str]) -> Iterator[Element]:
    """The elements of these names as they are read, each to be used before the next. Raises ``UnreadableError``."""
    from lxml import etree

    events = etree.iterparse(
        io.BytesIO(data),
        events=("end",),
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    is_checked = False
    try:
        for _, element in events:
            if not is_checked:
                _refuse_entities(element)
                is_checked = True
            if local(element) not in names:
                continue
            yield element
            element.clear()
            above = element.getparent()
            while above is not None and element.getprevious() is not None:
                del above[0]
    except (etree.XMLSyntaxError, ValueError):
        raise UnreadableError("damaged", DAMAGED) from None


Test = Callable[[Element], bool]


def words_in_tree(root: Element, skips: Test, parts: Test, says: Callable[[Element], str] | None = None) -> Counter[str]:
    """The words of a tree: ``skips`` tells which elements are no text, ``parts`` where a word ends, ``says`` what one holds."""
    from lxml.etree import iterwalk

    found: list[str] = []
    passed: list[Element] = []
    events = iterwalk(root, events=("start", "end"))
    for event, element in events:
        if event == "start":
            if skips(element):
                passed.append(element)
                events.skip_subtree()
            else:
                found += [" " if parts(element) else "", says(element) if says else element.text or ""]
            continue
        if passed and passed[-1] is element:
            passed.pop()
        found += [" " if parts(element) else "", (element.tail or "") if element is not root else ""]
    return words_of(["".join(found)])


def _refuse_entities(element: Element) -> None:
    declared = element.getroottree().docinfo.internalDTD
    if declared is not None and next(declared.iterentities(), None) is not None:
        raise UnreadableError("unsafe", "it declares entities of its own, which may be an attack: save it again")
