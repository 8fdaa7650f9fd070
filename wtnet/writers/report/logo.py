"""A logo for a report, made safe: a PNG or JPEG is drawn anew, of an SVG only plain shapes and colours are kept."""

from __future__ import annotations

import io
import re
from xml.etree.ElementTree import Element, tostring

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from PIL import Image

from wtnet.errors import UnreadableFile

MOST_BYTES, MOST_PIXELS, WIDEST = 2_000_000, 25_000_000, 1_600
"""The largest file and the most pixels that are taken, and how many pixels wide a logo is kept at most."""
_SVG = "http://www.w3.org/2000/svg"
_SHAPES = {"svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "defs", "linearGradient",
           "radialGradient", "stop", "clipPath"}  # fmt: skip
_ASPECTS = {
    *("viewBox", "width", "height", "d", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "rx", "ry", "fx", "fy", "points"),
    *("transform", "fill", "fill-rule", "fill-opacity", "clip-rule", "clip-path", "stroke", "stroke-width", "stroke-linecap"),
    *("stroke-linejoin", "stroke-miterlimit", "stroke-dasharray", "stroke-opacity", "opacity", "offset", "stop-color"),
    *("stop-opacity", "gradientUnits", "gradientTransform", "clipPathUnits", "id", "preserveAspectRatio"),
}
_PLAIN = re.compile(r"[\w\s.,:;%#()+/*-]*")
_ELSEWHERE = re.compile(r"url\(\s*(?!#)|:\s*/|javascript|data:", re.IGNORECASE)
_MOST_SHAPES = 5_000
_SAY = "choose a PNG, a JPEG, or an SVG of shapes"


def safe(data: bytes) -> bytes:
    """The logo as PNG or SVG that holds nothing but what is seen; what is none, or too large, is an UnreadableFile."""
    if len(data) > MOST_BYTES:
        raise UnreadableFile(
            f"The logo has {len(data) / 1e6:.1f} MB; it may have {MOST_BYTES / 1e6:.0f}: {_SAY} that is smaller."
        )
    start = data[:2_000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return _drawing(data) if start.startswith((b"<?xml", b"<svg", b"<!--", b"<!doctype")) else _pixels(data)


def file_name(logo: bytes) -> str:
    """What a safe logo is called for those who draw it."""
    return "logo.png" if logo.startswith(b"\x89PNG") else "logo.svg"


def _pixels(data: bytes) -> bytes:
    """A PNG or JPEG as a PNG of its pixels alone."""
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise UnreadableFile(
                    f"The logo has {picture.width:,} by {picture.height:,} pixels, too many: {_SAY} that is smaller."
                )
            drawn = picture.convert("RGBA")
    except UnreadableFile:
        raise
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
        raise UnreadableFile(f"The logo cannot be read as a picture: {_SAY}.") from error
    drawn.thumbnail((WIDEST, WIDEST))
    clean = Image.new("RGBA", drawn.size)
    clean.paste(drawn)
    out = io.BytesIO()
    clean.save(out, "PNG", optimize=True)
    return out.getvalue()


def _drawing(data: bytes) -> bytes:
    """An SVG with its shapes, colours and gradients alone: no script, style sheet, text, picture or link stays."""
    try:
        root = fromstring(data, forbid_dtd=False, forbid_entities=True, forbid_external=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise UnreadableFile(f"The logo cannot be read as an SVG: {_SAY}.") from error
    if _name(root) != "svg" or sum(1 for _ in root.iter()) > _MOST_SHAPES:
        raise UnreadableFile(f"The logo is no SVG of at most {_MOST_SHAPES:,} shapes: {_SAY}.")
    clean = _kept(root, 0)
    if clean is None or not any(_name(each) in _SHAPES - {"svg", "g", "defs"} for each in clean.iter()):
        raise UnreadableFile(f"The logo has no shapes of its own (letters have to be turned into shapes first): {_SAY}.")
    clean.set("xmlns", _SVG)
    return tostring(clean, encoding="utf-8")


def _name(element: Element) -> str:
    tag = element.tag if isinstance(element.tag, str) else ""
    return tag.rpartition("}")[2]


def _kept(element: Element, depth: int) -> Element | None:
    """An element with what is allowed of it and in it; null where it is not itself."""
    if _name(element) not in _SHAPES or depth > 30:
        return None
    clean = Element(_name(element))
    declared = (each.partition(":") for each in (element.get("style") or "").split(";"))
    styled = {name.strip(): value.strip() for name, mark, value in declared if mark}
    for name, value in {**element.attrib, **styled}.items():
        if name in _ASPECTS and _PLAIN.fullmatch(value) and not _ELSEWHERE.search(value):
            clean.set(name, value.strip())
    for child in element:
        kept = _kept(child, depth + 1)
        if kept is not None:
            clean.append(kept)
    return clean
