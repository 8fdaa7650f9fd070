"""XML documents from plain values: what no XML may hold is taken out, unknown values are not written."""

from __future__ import annotations

import math
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from wtnet.tables.text import clean


def as_text(value: Any) -> str | None:
    """A value as XML writes it: true and false, numbers without loss, lists joined by "; "; None if there is nothing."""
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return clean("; ".join(clean(part) for part in value)) or None
    return clean(repr(value) if isinstance(value, float) else value) or None


def add(parent: Element, tag: str, text: str | None = None, **attributes: Any) -> Element:
    """A new last child; attributes that are None are left out, and `for_`, `class_` lose their underscore."""
    given = ((name.rstrip("_"), as_text(value)) for name, value in attributes.items())
    child = SubElement(parent, tag, {name: value for name, value in given if value is not None})
    if text is not None:
        child.text = clean(text)
    return child


def document(root: Element) -> bytes:
    """The whole document as indented UTF-8; a carriage return is written as a reference, or readers would drop it."""
    indent(root)
    return tostring(root, encoding="UTF-8", xml_declaration=True).replace(b"\r", b"&#13;") + b"\n"
