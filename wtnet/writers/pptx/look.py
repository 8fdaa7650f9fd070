"""The empty deck: 16:9, one layout with a title, the palette as its theme, nothing left over from the template."""

from __future__ import annotations

from typing import Any

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.oxml import serialize_part_xml
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from wtnet.palette import LOOKS
from wtnet.writers.pptx.xml import FACE

WIDE, HIGH = 13.333, 7.5
HEADING = (0.55, 0.32, 12.23, 0.86)
INK, SOFT, BLUE, PALE = "14181F", "5A6578", "4049FF", "8F97AD"
_TITLE_ONLY = 5
_ACCENTS = (
    *(LOOKS[kind].colour for kind in ("museum", "freelancer", "community_group", "health_provider")),
    "#6B7A90",
    "#8F97AD",
)


def empty() -> tuple[Any, Any]:
    """A presentation without slides, and its one layout."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDE), Inches(HIGH)
    layout = deck.slide_layouts[_TITLE_ONLY]
    for other in list(deck.slide_layouts):
        if other is not layout and other.name != layout.name:
            deck.slide_layouts.remove(other)
    for level in (deck.slide_master, layout):
        for placeholder in list(level.placeholders):
            if placeholder.placeholder_format.type in (1, 3):  # title, centred title
                _put(placeholder)
            elif level is layout or placeholder.placeholder_format.type != 2:  # the master keeps its body, as it must
                placeholder._element.getparent().remove(placeholder._element)
            else:
                placeholder.left, placeholder.top = Inches(0.55), Inches(1.35)
                placeholder.width, placeholder.height = Inches(12.23), Inches(5.4)
    layout.name = "Slide of a story"
    _theme(deck)
    return deck, layout


def _put(title: Any) -> None:
    left, top, wide, high = HEADING
    title.left, title.top, title.width, title.height = Inches(left), Inches(top), Inches(wide), Inches(high)


def _theme(deck: Any) -> None:
    """The colours of the palette and the font, so that what people add looks like the rest."""
    part = deck.slide_master.part.part_related_by(RT.THEME)
    theme = parse_xml(part.blob)
    theme.set("name", "wtnet")
    for number, colour in enumerate(_ACCENTS, 1):
        accent = next(theme.iter(qn(f"a:accent{number}")))
        accent[0].tag = qn("a:srgbClr")
        accent[0].set("val", colour.lstrip("#"))
    for which in ("a:majorFont", "a:minorFont"):
        next(theme.iter(qn(which))).find(qn("a:latin")).set("typeface", FACE)
    part._blob = serialize_part_xml(theme)


def write_heading(title: Any, text: str, size: float) -> None:
    """The title of a slide, left and in large letters, in its placeholder."""
    _put(title)
    frame = title.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = 0
    frame.text = text
    for paragraph in frame.paragraphs:
        paragraph.alignment = 1  # left
        paragraph.font.size, paragraph.font.bold = Pt(size), True
