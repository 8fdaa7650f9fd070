"""A story as a PowerPoint deck: native shapes, connectors and charts that can be edited, alt text, reading order, notes."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Inches, Pt

from wtnet import stories
from wtnet.draw.print.fonts import width
from wtnet.draw.style import ARROW_KEY, dash_keys
from wtnet.errors import InvalidRequest
from wtnet.palette import LOOKS
from wtnet.stories import Story
from wtnet.stories.chart import SideChart
from wtnet.stories.slides import RenderedSlide, Stage
from wtnet.tables.text import clean
from wtnet.writers.archive import archive
from wtnet.writers.export import Export
from wtnet.writers.pptx import chart as native_chart
from wtnet.writers.pptx.look import INK, SOFT, empty, write_heading
from wtnet.writers.pptx.map import WIDER, Pane, draw, picture_note
from wtnet.writers.pptx.xml import FACE, INCH, glyph, group, slide_number, words
from wtnet.writers.provenance import provenance_lines

MAP = Pane(0.55, 1.32, 6.75, 4.92)
_COLUMN, _TOP, _WIDE, _BOTTOM = 7.55, 1.38, 5.23, 6.78
_FOOT = 6.98
_LEAST_CHART, _NOTE, _MOST_TEXT = 2.2, 0.24, 3.0
_LEGEND = 10.5


def write(export: Export) -> bytes:
    """The story of the export's partner or pilot, or else of the programme, drafted from its figures, as a deck."""
    about = export.programme
    story = stories.draft(
        export.tables,
        export.partner,
        export.pilot,
        export.audience,
        about.name,
        export.cells,
        export.network.scope,
        export.themes,
    )
    return deck(story, export)


def deck(story: Story, export: Export) -> bytes:
    """A story as a deck, one slide each. A story without slides is an InvalidRequest.

    Partners are shapes by kind and ties connectors glued to them (over 300 partners in view: a picture, and the slide says
    so); charts hold their data; the title comes first in reading order, then text, map, chart, source; everything drawn
    has alternative text. The licence and where the data came from are in the notes of the last slide and the properties.
    """
    if not story.slides:
        raise InvalidRequest(f"“{story.title}” has no slides yet; add one first.")
    about = export.programme
    stage = Stage(story, export.tables, export.positions, about.name, about.illustrative, export.cells)
    presentation, layout = empty()
    pane = _pane(stage.slides)
    for number, shown in enumerate(stage.slides, 1):
        _slide(presentation, layout, shown, pane, number, len(story.slides))
    lines = provenance_lines(export, network=False)
    notes = presentation.slides[-1].notes_slide.notes_text_frame
    notes.text = "\n".join(part for part in (notes.text, "About this deck", *lines) if part)
    _properties(presentation, story, export, lines)
    buffer = io.BytesIO()
    presentation.save(buffer)
    return _dated(buffer.getvalue(), export.made)


_WHEN = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def _dated(data: bytes, made: date) -> bytes:
    """The same file, and the sheets within it, with one day in the place of the moment it was written."""
    files = {}
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        for name in packed.namelist():
            part = packed.read(name)
            if name.endswith(".xlsx"):
                part = _dated(part, made)
            elif name == "docProps/core.xml":
                part = _WHEN.sub(rb"\g<1>" + made.isoformat().encode() + b"T00:00:00Z", part)
            files[name] = part
    return archive(files, made)


def _properties(presentation: Any, story: Story, export: Export, lines: list[str]) -> None:
    core, when = presentation.core_properties, datetime.combine(export.made, time())
    core.title, core.author, core.subject = (
        clean(story.title)[:255],
        clean(export.programme.name)[:255],
        "A story of partnerships",
    )
    core.comments, core.language, core.last_modified_by = " · ".join(lines)[:255], "en-GB", "wtnet"
    core.created = core.modified = when
    core.keywords, core.category, core.revision = "", "", 1


def _slide(presentation: Any, layout: Any, shown: RenderedSlide, pane: Pane, number: int, of: int) -> None:
    slide = presentation.slides.add_slide(layout)
    heading = clean(shown.slide.heading) or f"Slide {number}"
    write_heading(slide.shapes.title, heading, _fitting(heading, 12.2, (36, 32, 28, 24, 20), 1))
    chart = shown.chart if shown.chart and shown.chart.categories else None
    text, quote = _texts(shown)
    size, top = _words(slide, text, quote, chart)
    if quote:
        _quote(slide, quote, size, top if chart is None else _BOTTOM - _quote_high(quote, size))
    before = len(slide.shapes._spTree)
    _legend(slide, shown, pane)
    if chart is not None:
        below = _BOTTOM - (_quote_high(quote, size) + 0.15 if quote else 0.0)
        below -= _NOTE if chart.note else 0.0
        high = max(_least(chart), min(below - top, _chart_high(chart)))
        native_chart.add(slide, chart, _COLUMN, top, _WIDE, high)
        if chart.note:
            _box(slide, [clean(chart.note)], top + high + 0.02, 0.22, "Note on the chart", 11)
    _foot(slide, shown, of)
    _map(slide, shown, pane, before)
    slide.notes_slide.notes_text_frame.text = clean(shown.slide.notes)


def _map(slide: Any, shown: RenderedSlide, pane: Pane, place: int) -> None:
    """The map, put in at its place in the reading order; last, because it has most shapes."""
    tree = slide.shapes._spTree
    element = draw(shown.map, pane, _free(slide))
    if element.picture is not None:
        box = (Inches(each) for each in (pane.left, pane.top, pane.wide, pane.high))
        picture = slide.shapes.add_picture(io.BytesIO(element.picture), *box)
        picture.name = "Map"
        picture._element.nvPicPr.cNvPr.set("descr", clean(f"{shown.map.alt} {element.note}"))
        tree.insert(place, picture._element)
        place += 1
    tree.insert(place, element.shapes)


def _chart_high(chart: SideChart) -> float:
    """What a chart needs at most: a title, a legend where there are several series, and room for every row."""
    row = 0.32 + 0.22 * len(chart.series)
    return 3.4 if chart.kind == "strength" else 0.9 + (0.35 if len(chart.series) > 1 else 0.0) + row * len(chart.categories)


def _least(chart: SideChart) -> float:
    """What a chart needs at least to be read: less where it has few bars."""
    bars = len(chart.categories) * len(chart.series)
    return _LEAST_CHART if chart.kind == "strength" else min(_LEAST_CHART, 0.6 + 0.2 * bars)


def _free(slide: Any) -> int:
    """The next id that no shape of the slide has."""
    return max((int(id_) for id_ in slide.shapes._spTree.xpath("//@id") if str(id_).isdigit()), default=1) + 1


def _texts(shown: RenderedSlide) -> tuple[list[str], list[str]]:
    """The paragraphs of the text (with what a chart without figures has to say), and of the quote."""
    text = [clean(part) for part in shown.slide.text.split("\n") if part.strip()]
    if shown.chart and not shown.chart.categories and shown.chart.note:
        text.append(clean(f"{shown.chart.title}: {shown.chart.note}"))
    quote = [f"“{clean(shown.quote[0])}”", f"— {clean(shown.quote[1])}"] if shown.quote else []
    return text, quote


def _lines(text: str, room: float, size: float) -> int:
    """How many lines a paragraph takes in so many inches."""
    lines, left = 1, room * 72
    for word in text.split():
        wide = width(f"{word} ", size) * WIDER
        if wide > left and left < room * 72:
            lines, left = lines + 1, room * 72
        while wide > room * 72:
            lines, wide = lines + 1, wide - room * 72
        left -= wide
    return lines


def _high(text: list[str], room: float, size: float) -> float:
    """The height in inches of some paragraphs."""
    return sum(_lines(each, room, size) * size * 1.22 + size * 0.4 for each in text) / 72


def _fitting(text: str, room: float, sizes: tuple[int, ...], most: int) -> int:
    return next((size for size in sizes if _lines(text, room, size) <= most), sizes[-1])


def _words(slide: Any, text: list[str], quote: list[str], chart: SideChart | None) -> tuple[int, float]:
    """The text at the top of the column, as large as leaves room for what follows; its size in points, and where that begins."""
    sizes = (20, 18, 16, 14, 12, 10) if chart else (26, 24, 20, 18, 16, 14, 12, 10)
    taken = _least(chart) + (_NOTE if chart.note else 0.0) if chart else 0.0

    def room(points: int) -> float:
        """Inches for text of so many points, above a chart and a quote that shrinks with it."""
        if chart is None:
            return 4.2
        return min(_MOST_TEXT, _BOTTOM - _TOP - 0.12 - taken - (_quote_high(quote, points) + 0.15 if quote else 0.0))

    size = next((points for points in sizes if _high(text, _WIDE, points) <= room(points)), sizes[-1])
    high = _high(text, _WIDE, size)
    if text:
        _box(slide, text, _TOP, high, "Text", size)
    return size, _TOP + high + 0.12


def _quote_high(quote: list[str], size: int) -> float:
    return _high(quote, _WIDE - 0.3, max(10, size - 2)) + 0.2


def _quote(slide: Any, quote: list[str], size: int, top: float) -> None:
    shape = _box(slide, quote, top, _quote_high(quote, size), "Quote", max(10, size - 2))
    shape.fill.solid()
    shape.fill.fore_color.rgb = RGBColor.from_string("F4F5F9")
    frame = shape.text_frame
    frame.margin_left = frame.margin_right = Inches(0.15)
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    frame.paragraphs[0].font.italic = True
    frame.paragraphs[-1].font.size = Pt(max(10, size - 5))


def _box(slide: Any, text: list[str], top: float, high: float, name: str, size: float) -> Any:
    shape = slide.shapes.add_textbox(Inches(_COLUMN), Inches(top), Inches(_WIDE), Inches(high))
    shape.name = name
    frame = shape.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for at, each in enumerate(text):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        paragraph.text = each
        paragraph.font.size, paragraph.font.color.rgb = Pt(size), RGBColor.from_string(INK)
        paragraph.space_after = Pt(size * 0.4)
    return shape


def _entries(shown: RenderedSlide, note: str) -> list[tuple[str | None, str]]:
    """The legend: kinds that stand out, what lines mean, and what the map could not be; each with its kind or None."""
    lit = [line for line in shown.map.ties if line.lit]
    kinds = {dot.kind for dot in shown.map.nodes if dot.lit}
    entries: list[tuple[str | None, str]] = [(kind, look.label) for kind, look in LOOKS.items() if kind in kinds]
    entries += [(None, "wider: stronger")] if any(line.strength is not None for line in lit) else []
    entries += [(None, words) for words in dash_keys(line.basis for line in lit)] if not note else []
    entries += [(None, ARROW_KEY)] if any(line.way for line in lit) else []
    return [*entries, *([(None, note)] if note else [])]


def _rows(entries: list[tuple[str | None, str]]) -> list[list[tuple[str | None, str, float, float]]]:
    """The legend in rows: kind, words, where it begins and how wide its words are (inches)."""
    rows: list[list[tuple[str | None, str, float, float]]] = [[]]
    x = 0.0
    for kind, label in entries:
        wide, mark = width(label, _LEGEND) * 1.06 / 72, 0.2 if kind else 0.0
        if rows[-1] and x + mark + wide > MAP.wide:
            rows.append([])
            x = 0.0
        rows[-1].append((kind, label, x, wide))
        x += mark + wide + 0.22
    return rows


def _legend(slide: Any, shown: RenderedSlide, pane: Pane) -> None:
    """The legend under the map, as one group."""
    entries = _entries(shown, picture_note(shown.map, pane))
    if not entries:
        return
    first = id_ = _free(slide)
    left, top, inside = pane.left, pane.top + pane.high + 0.05, []
    rows = _rows(entries)
    for number, row in enumerate(rows):
        y = top + 0.2 * number
        for kind, label, across, wide in row:
            x, mark = left + across, 0.0
            if kind:
                look, mark = LOOKS[kind], 0.2
                spot = ((x + 0.07) * INCH, (y + 0.09) * INCH, 0.065 * INCH)
                inside.append(glyph(id_ + 1, label, "", look.points, *spot, look.colour))
            box = ((x + mark) * INCH, y * INCH, wide * INCH, 0.18 * INCH)
            inside.append(words(id_ + 2, [label], *box, _LEGEND, colour=INK))
            id_ += 2
    alt = f"Legend of the map: {'; '.join(label for _, label in entries)}."
    slide.shapes._spTree.append(
        group(first, "Legend", alt, left * INCH, top * INCH, pane.wide * INCH, 0.2 * len(rows) * INCH, inside)
    )


def _pane(slides: list[RenderedSlide]) -> Pane:
    """The same pane for the map on every slide, as high as the longest legend leaves it."""
    rows = max(len(_rows(_entries(shown, picture_note(shown.map, MAP)))) for shown in slides)
    return replace(MAP, high=_FOOT - 0.12 - 0.2 * rows - 0.05 - MAP.top)


def _foot(slide: Any, shown: RenderedSlide, of: int) -> None:
    """The source line, and which slide of how many."""
    source = slide.shapes.add_textbox(Inches(0.55), Inches(_FOOT), Inches(10.4), Inches(0.28))
    source.name = "Source"
    place = slide.shapes.add_textbox(Inches(11.2), Inches(_FOOT), Inches(1.58), Inches(0.28))
    place.name = "Slide number"
    for shape in (source, place):
        frame = shape.text_frame
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        frame.word_wrap = True
    source.text_frame.text = clean(shown.source)
    line = source.text_frame.paragraphs[0]
    line.alignment = PP_ALIGN.LEFT
    line.font.size, line.font.name, line.font.color.rgb = Pt(11), FACE, RGBColor.from_string(SOFT)
    body = place.text_frame._txBody
    body.remove(body.p_lst[0])
    body.append(slide_number(11, f" of {of}"))
