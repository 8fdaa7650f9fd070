"""Text on slides: how much room it takes, how it is divided among slides, and text boxes of the two sizes."""

from __future__ import annotations

from typing import Any

from pptx.dml.color import RGBColor
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Inches, Pt

from wtnet.draw.print.fonts import fitting, width
from wtnet.writers.pptx.pane import WIDER, Pane
from wtnet.writers.pptx.template import BODY, INK

LINE, GAP = 1.22, 0.4
"""The height of a line and the room after a paragraph, in sizes of type."""


def wide(text: str, size: float = BODY) -> float:
    """How wide a line is, in inches, rather too wide: nobody knows the font of a template."""
    return width(text, size) * WIDER / 72


def lines(text: str, room: float, size: float = BODY) -> list[str]:
    """A paragraph in lines of so many inches; a word that is wider than a line is divided."""
    rows, row = [], ""
    for word in text.split():
        part = word
        while (cut := max(1, fitting(part, room * 72 / WIDER, size))) < len(part):
            rows += [row] if row else []
            rows.append(part[:cut])
            row, part = "", part[cut:]
        if row and wide(f"{row} {part}", size) > room:
            rows.append(row)
            row = part
        else:
            row = f"{row} {part}".strip()
    return [*rows, row] if row or not rows else rows


def high(texts: list[str], room: float, size: float = BODY) -> float:
    """The height in inches of some paragraphs."""
    return sum(len(lines(text, room, size)) * size * LINE + size * GAP for text in texts) / 72


def pages(texts: list[str], room: float, tall: float) -> list[list[str]]:
    """Paragraphs in as many pages as they need, each of at most so many inches: a long one is divided between words."""
    most = max(1, int(tall * 72 / (BODY * LINE) - GAP))
    sheets: list[list[str]] = [[]]
    for text in texts:
        rows = lines(text, room)
        for part in (" ".join(rows[at : at + most]) for at in range(0, len(rows), most)):
            if sheets[-1] and high([*sheets[-1], part], room) > tall:
                sheets.append([])
            sheets[-1].append(part)
    return sheets


def fill(shape: Any, texts: list[str], size: float, bold: bool | None = None, colour: str | None = None) -> None:
    """Paragraphs of one size in a placeholder or box, without bullets; face and colour stay those of the template."""
    frame = shape.text_frame
    frame.word_wrap = True
    for at, each in enumerate(texts or [""]):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        paragraph.text = each
        for run in paragraph.runs:  # PowerPoint does not look at the type of a paragraph
            run.font.size, run.font.bold = Pt(size), bold
            if colour:
                run.font.color.rgb = RGBColor.from_string(colour)
        paragraph.space_after = Pt(size * GAP)
        about = paragraph._p.get_or_add_pPr()
        about.set("marL", "0")
        about.set("indent", "0")
        if about.find(qn("a:buNone")) is None:
            about.insert_element_before(parse_xml(f"<a:buNone {nsdecls('a')}/>"), "a:tabLst", "a:defRPr", "a:extLst")


def box(
    slide: Any, pane: Pane, texts: list[str], name: str, size: float = BODY, bold: bool | None = None, colour: str = INK
) -> Any:
    """A text box without margins."""
    shape = slide.shapes.add_textbox(Inches(pane.left), Inches(pane.top), Inches(pane.wide), Inches(pane.high))
    shape.name = name
    frame = shape.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    fill(shape, texts, size, bold, colour)
    return shape


def put(shape: Any, pane: Pane) -> None:
    """A shape in a place of the slide."""
    shape.left, shape.top, shape.width, shape.height = (Inches(edge) for edge in (pane.left, pane.top, pane.wide, pane.high))
