"""The bytes of an XML file in, its tree out. Entities, document types and addresses in it are never followed.

libxml2's own bounds on depth (256) and on the size of a text stay in force, so a walk over the tree may recurse.
"""

from __future__ import annotations

from typing import Any

from briefgen.model.errors import UnreadableError

Element = Any


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
        raise UnreadableError("damaged", "the XML in it is damaged, cut off or nested too deep: save it again")
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and next(declared.iterentities(), None) is not None:
        raise UnreadableError("unsafe", "it declares entities of its own, which may be an attack: save it again")
    return root


def local(element: Element) -> str:
    """The name of an element without its namespace; empty for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element, name: str) -> str | None:
    """The value of an attribute, whatever its namespace."""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), None)
