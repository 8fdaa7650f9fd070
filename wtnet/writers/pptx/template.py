"""The empty deck: the organisation's own .pptx where one is brought, else ours; both are used by their placeholders alone."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.oxml import serialize_part_xml
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Emu, Inches

from wtnet.errors import UnreadableFile
from wtnet.palette import LOOKS
from wtnet.readers.core.archive import Archive
from wtnet.tables.text import megabytes
from wtnet.writers.pptx.pane import Pane
from wtnet.writers.pptx.xml import FACE, INCH

WIDE, HIGH = 13.333, 7.5
INK, SOFT, BLUE, PALE = "14181F", "5A6578", "4049FF", "8F97AD"
TITLE, BODY, SOURCE = 32, 20, 12
"""Points: of titles, of all else that is read, and of the line that says where it comes from."""
MAX_BYTES = 20_000_000
"""The largest file that is taken as a template."""
_CORE = ("museum", "freelancer", "community_group", "health_provider")
_ACCENTS = (*(LOOKS[kind].colour for kind in _CORE), "#6B7A90", "#8F97AD")
_TITLES, _TEXTS = (1, 3), (2, 4, 7)  # title, centred title; body, subtitle, object: as PowerPoint numbers its placeholders
_FOOT = 0.5


@dataclass(frozen=True)
class Template:
    """A presentation without slides and its layouts: of a cover, of one text, of a text beside a picture."""

    presentation: Any
    cover: Any
    text: Any
    beside: Any

    @property
    def wide(self) -> float:
        """How wide a slide is, in inches."""
        return float(self.presentation.slide_width) / INCH

    @property
    def high(self) -> float:
        """How high a slide is, in inches."""
        return float(self.presentation.slide_height) / INCH

    def area(self, layout: Any) -> Pane:
        """What the placeholders of a layout leave to text and pictures, above the source line."""
        boxes = [pane_of(each) for each in _contents(layout)]
        left, top = min(box.left for box in boxes), min(box.top for box in boxes)
        right, below = max(box.left + box.wide for box in boxes), max(box.below for box in boxes)
        below = min(below, self.high - _FOOT)
        return Pane(left, top, right - left, below - top)


def opened(data: bytes | None = None, name: str = "The template") -> Template:
    """The template in a file (None: ours). What is no PowerPoint file, holds macros or has no layout with a title and a text is
    an UnreadableFile."""
    if data is None:
        return _ours()
    presentation = _read(data, name)
    slides = presentation.slides._sldIdLst
    for each in list(slides):
        presentation.part.drop_rel(each.rId)
        slides.remove(each)
    for sections in presentation.part._element.findall(".//" + qn("p:extLst")):  # name the slides that have gone
        sections.getparent().remove(sections)
    layouts = [layout for layout in presentation.slide_layouts if _has_title(layout)]
    texts = [layout for layout in layouts if len(_contents(layout)) == 1 and layout._element.get("type") != "title"]
    texts.sort(key=lambda layout: -pane_of(_contents(layout)[0]).wide * pane_of(_contents(layout)[0]).high)
    if not texts:
        raise UnreadableFile(f"{name} has no layout with a title and one text; add “Title and Content” to it, or choose another.")
    covers = [layout for layout in layouts if layout._element.get("type") == "title"]
    beside = [layout for layout in layouts if layout._element.get("type") == "twoObj" and len(_contents(layout)) == 2]
    return Template(presentation, (covers or texts)[0], texts[0], (beside or texts)[0])


def _read(data: bytes, name: str) -> Any:
    if len(data) > MAX_BYTES:
        raise UnreadableFile(f"{name} has {megabytes(len(data), MAX_BYTES)}; a template has at most {MAX_BYTES / 1e6:.0f} MB.")
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableFile(f"{name} is an older PowerPoint file (.ppt), or needs a password; save it as a .pptx without one.")
    if data and not data.startswith(b"PK"):
        raise UnreadableFile(f"{name} is not a PowerPoint file; choose a .pptx.")
    archive = Archive(name, data)
    if "ppt/presentation.xml" not in archive.parts:
        raise UnreadableFile(f"{name} is not a PowerPoint file; choose a .pptx.")
    if any(part.lower().endswith("vbaproject.bin") for part in archive.parts):
        raise UnreadableFile(f"{name} holds macros; save it as a .pptx without them.")
    linked = [part for part in archive.parts if part.endswith(".rels") and ("slideMasters" in part or "slideLayouts" in part)]
    if any(b'TargetMode="External"' in archive.read(part) for part in linked):
        raise UnreadableFile(
            f"{name} links to a file or page elsewhere from its layouts; take the links out, or embed the pictures."
        )
    try:
        return Presentation(io.BytesIO(data))
    except Exception as error:  # whatever a damaged file makes the library stumble over
        raise UnreadableFile(f"{name} cannot be read as a PowerPoint file; save it again as a .pptx.") from error


def _has_title(layout: Any) -> bool:
    return any(each.placeholder_format.type in _TITLES for each in layout.placeholders)


def _contents(layout: Any) -> list[Any]:
    contents = [each for each in layout.placeholders if each.placeholder_format.type in _TEXTS]
    return sorted(contents, key=lambda each: (each.left or 0, each.top or 0))


def pane_of(placeholder: Any) -> Pane:
    """Where a placeholder stands, as it has it from its layout and master."""
    return Pane(
        *((float(each or 0) / INCH) for each in (placeholder.left, placeholder.top, placeholder.width, placeholder.height))
    )


def _ours() -> Template:
    """16:9, the palette as theme, two sizes of type."""
    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = Inches(WIDE), Inches(HIGH)
    kept = {layout._element.get("type"): layout for layout in presentation.slide_layouts}
    cover, text, beside = kept["title"], kept["obj"], kept["twoObj"]
    for layout in list(presentation.slide_layouts):
        if layout._element not in [each._element for each in (cover, text, beside)]:
            presentation.slide_layouts.remove(layout)
    places = [
        (presentation.slide_master, [(0.6, 0.4, 12.13, 1.15), (0.6, 1.75, 12.13, 4.95)]),
        (cover, [(0.6, 2.2, 8.2, 1.5), (0.6, 3.9, 8.2, 2.2)]),
        (text, [(0.6, 0.4, 12.13, 1.15), (0.6, 1.75, 12.13, 4.95)]),
        (beside, [(0.6, 0.4, 12.13, 1.15), (0.6, 1.75, 4.2, 4.95), (5.1, 1.75, 7.63, 4.95)]),
    ]
    for level, boxes in places:
        shapes = [each for each in level.placeholders if each.placeholder_format.type in _TITLES]
        shapes += [each for each in level.placeholders if each.placeholder_format.type in _TEXTS]
        kept_elements = [each._element for each in shapes]
        for each in [each for each in level.placeholders if each._element not in kept_elements]:
            each._element.getparent().remove(each._element)
        for shape, box in zip(shapes, boxes, strict=True):
            shape.left, shape.top, shape.width, shape.height = (Inches(edge) for edge in box)
    cover.name, text.name, beside.name = "Cover", "Message", "Message and picture"
    _squares(cover)
    _styles(presentation.slide_master)
    _theme(presentation)
    return Template(presentation, cover, text, beside)


def _squares(cover: Any) -> None:
    """Four panes that overlap, in the colours of the four sectors, behind the cover's text."""
    tree = cover.shapes._spTree
    for at, kind in enumerate(_CORE):
        left, top = 9.3 + 1.35 * (at % 2), 2.0 + 1.35 * (at // 2)
        tree.insert(2, parse_xml(
            f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="{90 + at}" name="Square {at + 1}"/><p:cNvSpPr/>'
            f'<p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr><a:xfrm><a:off x="{Emu(int(left * INCH))}" y="{Emu(int(top * INCH))}"/>'
            f'<a:ext cx="{int(1.9 * INCH)}" cy="{int(1.9 * INCH)}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
            f'<a:solidFill><a:srgbClr val="{LOOKS[kind].colour.lstrip("#")}"><a:alpha val="55000"/></a:srgbClr></a:solidFill>'
            "<a:ln><a:noFill/></a:ln></p:spPr></p:sp>"
        ))  # fmt: skip


def _styles(master: Any) -> None:
    """Titles and text of one size each, left, without bullets."""
    styles = master._element.find(qn("p:txStyles"))
    for name, size, bold in (("p:titleStyle", TITLE, "1"), ("p:bodyStyle", BODY, "0")):
        level = styles.find(qn(name)).find(qn("a:lvl1pPr"))
        for tag in ("a:buChar", "a:buFont", "a:buNone", "a:spcBef"):
            for each in level.findall(qn(tag)):
                level.remove(each)
        level.set("algn", "l")
        level.set("marL", "0")
        level.set("indent", "0")
        level.insert(0, parse_xml(f'<a:spcBef {nsdecls("a")}><a:spcPct val="0"/></a:spcBef>'))
        letters = level.find(qn("a:defRPr"))
        letters.addprevious(parse_xml(f"<a:buNone {nsdecls('a')}/>"))
        letters.set("sz", str(size * 100))
        letters.set("b", bold)
    for level in (master, *master.slide_layouts):
        for shape in level.placeholders:
            frame, title = shape.text_frame, shape.placeholder_format.type in _TITLES
            frame.margin_left = frame.margin_right = 0
            frame.vertical_anchor = 4 if title else 1  # bottom, top
            for each in shape._element.iter(qn("a:lvl1pPr")):
                each.set("algn", "l")
                for letters in each.findall(qn("a:defRPr")):
                    for name in ("sz", "cap", "b"):
                        letters.attrib.pop(name, None)


def _theme(presentation: Any) -> None:
    """The colours of the palette and the font, so that what people add looks like the rest."""
    part = presentation.slide_master.part.part_related_by(RT.THEME)
    theme = parse_xml(part.blob)
    theme.set("name", "wtnet")
    for number, colour in enumerate(_ACCENTS, 1):
        accent = next(theme.iter(qn(f"a:accent{number}")))
        accent[0].tag = qn("a:srgbClr")
        accent[0].set("val", colour.lstrip("#"))
    for which in ("a:majorFont", "a:minorFont"):
        next(theme.iter(qn(which))).find(qn("a:latin")).set("typeface", FACE)
    part._blob = serialize_part_xml(theme)
