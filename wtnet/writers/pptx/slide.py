"""The slides of a deck: titles and text in the template's placeholders, one picture beside or under them, source and notes."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Inches

from wtnet.draw import qr
from wtnet.draw.style import ARROW_KEY, dash_keys
from wtnet.stories.chart import SideChart
from wtnet.stories.slides import RenderedSlide
from wtnet.tables.text import clean
from wtnet.writers.pptx import chart as native_chart
from wtnet.writers.pptx import pictures
from wtnet.writers.pptx.map import draw
from wtnet.writers.pptx.pane import Pane
from wtnet.writers.pptx.template import BODY, SOFT, SOURCE, TITLE, Template, pane_of
from wtnet.writers.pptx.type import LINE, box, fill, high, lines, pages, put, wide
from wtnet.writers.pptx.xml import slide_number

Paint = Callable[[Any, Pane], None]
"""What draws a picture in a place of a slide."""
_BY = re.compile(r"^(.*) \(([^()]*)\)$")
_BELOW = 0.15
_BETWEEN = 4.2
"""The room between two circles, in inches."""
_CODE = 4.4
"""How large a code is, in inches: a tenth of how far those who scan it sit from a screen of three metres."""
_FOLLOW = "Look for yourself: scan the code."
_SIZES = (TITLE, 28, 24, BODY)


class Deck:
    """A presentation that grows by slides; `presentation` is the whole of it."""

    def __init__(self, template: Template) -> None:
        self.template, self.presentation = template, template.presentation
        self._quoted: set[str] = set()

    def cover(self, title: str, under: list[str], source: str) -> None:
        """The first slide: whose story, for whom, and of when."""
        slide = self._new(self.template.cover, clean(title), under, self.template.area(self.template.cover))
        self._foot(slide, source)
        slide.notes_slide.notes_text_frame.text = "\n".join(under)

    def close(self, texts: list[str], notes: list[str], source: str, link: str | None = None) -> None:
        """The last slide: where it comes from and what may be done with it, with a `link` as a code; the whole of it is in the
        notes."""
        area = self.template.area(self.template.text)
        side = min(_CODE, area.high - 0.2, area.wide * 0.4)
        if link:
            texts, notes = [*texts, _FOLLOW], [*notes, f"The code opens {link}"]
        column = replace(area, wide=area.wide - side - 0.4) if link else area
        for number, sheet in enumerate(pages(texts, column.wide, column.high)):
            slide = self._new(
                self.template.text, _again("Where this comes from, and what you may do with it", number), sheet, column
            )
            if link and number == 0:
                self._code(slide, link, Pane(area.left + area.wide - side, area.top, side, side))
            self._foot(slide, source)
            slide.notes_slide.notes_text_frame.text = "\n".join(["About this deck", *notes])

    def untold(self, slides: list[RenderedSlide]) -> None:
        """What is not known, or not told to this audience, in one slide; none where there is nothing of the kind."""
        if not slides:
            return
        paragraphs = (f"{clean(shown.slide.heading).rstrip('.')}. {clean(shown.slide.text)}".split("\n") for shown in slides)
        texts = [part.strip() for lines in paragraphs for part in lines if part.strip()]
        area = self.template.area(self.template.text)
        for number, sheet in enumerate(pages(texts, area.wide, area.high)):
            slide = self._new(self.template.text, _again("What is not known, or not told here", number), sheet, area)
            self._finish(slide, slides[0], [shown.slide.notes for shown in slides])

    def slide(self, shown: RenderedSlide) -> None:
        """A slide of the story, and where its words need them further ones; a quote has one of its own."""
        title = clean(shown.slide.heading) or "Slide"
        texts = [clean(part) for part in shown.text.split("\n") if part.strip()]
        chart = shown.chart
        if chart and not chart.categories:
            texts += [clean(f"{chart.title}: {chart.note}")] if not shown.slide.part else []
            chart = None
        if shown.slide.part == "found" and texts:
            texts = texts[1:] if texts[0].rstrip(".") == title else texts
            self._pages(shown, title, [line for text in texts for line in _voiced(text)], None, bold=_is_voice)
        elif chart and chart.spans:
            self._pages(shown, title, [*texts, pictures.MARKED], self._ways(chart), under=True)
        elif chart and not shown.map.kinds:
            self._pages(shown, title, texts, self._chart(chart))
        elif shown.slide.part in ("", "who") or shown.map.kinds:
            self._pages(shown, title, texts, self._map(shown), mapped=not shown.map.kinds)
        else:
            self._pages(shown, title, texts, None)
        self.quote(shown)

    def two_circles(self, start: RenderedSlide, now: RenderedSlide) -> None:
        """Whom somebody worked with at first and works with now, side by side; what is said of it is in the notes."""
        area = self.template.area(self.template.text)
        slide = self._new(self.template.text, clean(now.slide.heading), [], area)
        around = pictures.members(start.map, now.map)
        side = (area.wide - _BETWEEN) / 2
        for left, shown in ((area.left, start), (area.left + area.wide - side, now)):
            caption = box(slide, Pane(left, area.top, side, BODY * LINE / 72), [clean(shown.when)], "Caption", bold=True)
            caption.text_frame.paragraphs[0].alignment = PP_ALIGN.CENTER
            pane = Pane(left, area.top + 0.5, side, area.high - 0.5)
            slide.shapes._spTree.append(pictures.circle(shown.map, around, pane, _free(slide)))
        between = Pane(area.left + side + 0.2, area.top + 0.5, _BETWEEN - 0.4, area.high - 0.5)
        slide.shapes._spTree.append(pictures.then_and_now(start.map, now.map, between, _free(slide)))
        self._finish(slide, now, [start.slide.text, now.slide.text, start.slide.notes, now.slide.notes])
        for shown in (start, now):
            self.quote(shown)

    def _pages(
        self, shown: RenderedSlide, title: str, texts: list[str], paint: Paint | None, under: bool = False,
        bold: Callable[[str], bool] | None = None, mapped: bool = False,
    ) -> None:  # fmt: skip
        """Words, with a picture beside them (or under them) on the first of their slides; one that is `mapped` is the wider."""
        template = self.template
        layout = template.beside if paint and not under else template.text
        area = template.area(layout)
        column = _column(area, mapped) if paint and not under else area
        picture = Pane(
            column.left + column.wide + 0.3, area.top, area.left + area.wide - column.left - column.wide - 0.3, area.high
        )
        room = area.high * 0.3 if paint and under else column.high - pictures.tie_key_height(shown.map)
        sheets = pages(texts, column.wide, room)
        for number, sheet in enumerate(sheets):
            first = number == 0
            if not first:
                layout, column, paint = template.text, template.area(template.text), None
            slide = self._new(layout, _again(title, number), sheet, column, bold)
            if first and paint and under:
                picture = area.without_top(high(sheet, area.wide) + _BELOW)
            if first and paint:
                paint(slide, picture)
            if (first and shown.map.kinds) or (first and shown.slide.part == "who" and not shown.chart):
                self._key(slide, shown, column.without_top(high(sheet, column.wide) + _BELOW))
            self._finish(slide, shown, [shown.slide.notes])

    def _new(self, layout: Any, title: str, texts: list[str], column: Pane, bold: Callable[[str], bool] | None = None) -> Any:
        """A slide with its title and text in the placeholders of its layout; those that stay empty are taken away."""
        slide = self.presentation.slides.add_slide(layout)
        heading = slide.shapes.title
        place = pane_of(heading)
        size = next((s for s in _SIZES if len(lines(title, place.wide - 0.25, s)) * s * LINE / 72 <= place.high + 0.05), BODY)
        fill(heading, [title], size)
        bodies = sorted(
            (each for each in slide.placeholders if each.placeholder_format.idx != heading.placeholder_format.idx),
            key=lambda each: (each.left, each.top),
        )
        for at, each in enumerate(bodies):
            if at == 0 and texts:
                each.name = "Text"
                fill(each, texts, BODY)
                for paragraph in each.text_frame.paragraphs if bold else ():
                    for run in paragraph.runs:
                        run.font.bold = bold(paragraph.text) if bold else None
                if layout is not self.template.cover:
                    put(each, Pane(column.left, column.top, column.wide, min(column.high, high(texts, column.wide) + 0.1)))
                    each.text_frame.margin_left = each.text_frame.margin_right = 0
                    each.text_frame.margin_top = each.text_frame.margin_bottom = 0
            else:
                each._element.getparent().remove(each._element)
        return slide

    def _finish(self, slide: Any, shown: RenderedSlide, notes: list[str]) -> None:
        """The source line, the number of the slide, and in the notes what the presenter should know and how the map is drawn."""
        source = self._foot(slide, shown.source)
        chart = [clean(shown.chart.note)] if shown.chart and shown.chart.note else []
        lines = [*(clean(note) for note in notes), *chart, *_drawn(shown), f"Source: {source}"]
        slide.notes_slide.notes_text_frame.text = "\n".join(part for part in lines if part)

    def _foot(self, slide: Any, source: str) -> str:
        """The source line, as much of it as has room, and the number of the slide; the whole line."""
        area = self.template.area(self.template.text)
        top, room = self.template.high - 0.42, area.wide - 0.8
        source = clean(source)
        cut = source if wide(source, SOURCE) <= room else f"{lines(source, room - 0.2, SOURCE)[0]} …"
        box(slide, Pane(area.left, top, room, 0.24), [cut], "Source", SOURCE, colour=SOFT)
        place = box(slide, Pane(area.left + area.wide - 0.7, top, 0.7, 0.24), [""], "Slide number", SOURCE)
        body = place.text_frame._txBody
        body.remove(body.p_lst[0])
        body.append(slide_number(SOURCE, ""))
        return source

    def quote(self, shown: RenderedSlide) -> None:
        """The quote of a slide on one of its own; nothing where it has none."""
        if not shown.quote:
            return
        words, whose = (clean(part) for part in shown.quote)
        area = self.template.area(self.template.text)
        title = f"{whose}, in their own words"
        title = f"{title} again" if title in self._quoted else title
        self._quoted.add(title)
        slide = self._new(self.template.text, title, [f"“{words}”"], area)
        body = next(each for each in slide.placeholders if each.name == "Text")
        room = area.wide - 0.1
        size = next((s for s in _SIZES if high([f"“{words}”"], room, s) <= area.high), BODY)
        put(body, Pane(area.left, area.top, area.wide, area.high))
        fill(body, [f"“{words}”"], size)
        body.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        self._finish(slide, shown, [])

    def _chart(self, chart: SideChart) -> Paint:
        def paint(slide: Any, pane: Pane) -> None:
            if chart.kind == "missing":
                slide.shapes._spTree.append(pictures.sectors(chart, pane, _free(slide)))
                return
            rows = lines(clean(chart.title), pane.wide)
            box(slide, Pane(pane.left, pane.top, pane.wide, len(rows) * BODY * LINE / 72), rows, "What is counted", bold=True)
            below = pane.without_top(high(rows, pane.wide))
            if len(chart.categories) == 1 and len(chart.series) == 1:
                text = [f"{chart.shown(chart.series[0][1][0])} {clean(chart.categories[0]).lower()}"]
                box(slide, Pane(below.left, below.top, below.wide, high(text, below.wide, TITLE)), text, "Number", TITLE, True)
                return
            native_chart.add(slide, chart, below.left, below.top, below.wide, below.high)

        return paint

    def _code(self, slide: Any, link: str, pane: Pane) -> None:
        """A link as a QR code, which is a link too."""
        place = (Inches(each) for each in (pane.left, pane.top, pane.wide, pane.high))
        picture = slide.shapes.add_picture(io.BytesIO(qr.png(link)), *place)
        picture.name = "QR code"
        picture._element.nvPicPr.cNvPr.set("descr", f"QR code of {link}")
        picture.click_action.hyperlink.address = link

    def _ways(self, chart: SideChart) -> Paint:
        return lambda slide, pane: slide.shapes._spTree.append(pictures.ways(chart, pane, _free(slide)))

    def _map(self, shown: RenderedSlide) -> Paint:
        def paint(slide: Any, pane: Pane) -> None:
            element = draw(shown.map, pane, _free(slide))
            if element.picture is not None:
                there = element.place or pane
                place = (Inches(each) for each in (there.left, there.top, there.wide, there.high))
                picture = slide.shapes.add_picture(io.BytesIO(element.picture), *place)
                picture.name = "Map"
                picture._element.nvPicPr.cNvPr.set("descr", clean(f"{shown.map.alt} {element.note}"))
            slide.shapes._spTree.append(element.shapes)

        return paint

    def _key(self, slide: Any, shown: RenderedSlide, pane: Pane) -> None:
        """Kinds with their marks and numbers, in the room the words leave: of ties where they are coloured by it, of partners."""
        if shown.map.kinds:
            slide.shapes._spTree.append(pictures.tie_key(shown.map, pane, _free(slide)))
            pane = pane.without_top(pictures.tie_key_height(shown.map) + _BELOW)
        element = pictures.key(shown.map, pane, _free(slide)) if pane.high > 0.8 else None
        if element is not None:
            slide.shapes._spTree.append(element)


def _column(area: Pane, mapped: bool) -> Pane:
    """Where words stand beside a picture: about a third of the room, less beside a map."""
    return Pane(area.left, area.top, min(area.wide * 0.36, 3.4 if mapped else 4.6), area.high)


def _again(title: str, number: int) -> str:
    return f"{title} (continued)" if number else title


def _voiced(text: str) -> list[str]:
    """A finding and, on a line of its own, whose voice it is and how it stands."""
    match = _BY.match(text)
    return [match[1], f"— {match[2]}"] if match else [text]


def _is_voice(text: str) -> bool:
    return text.startswith("— ")


def _drawn(shown: RenderedSlide) -> list[str]:
    """How to read the map, for the presenter."""
    lit = [tie for tie in shown.map.ties if tie.lit]
    keys = ["wider: stronger"] if any(tie.strength is not None for tie in lit) else []
    keys += dash_keys(tie.basis for tie in lit)
    keys += [ARROW_KEY] if any(getattr(tie, "heads", "") for tie in lit) else []
    return [f"On the map, {'; '.join(keys)}."] if keys else []


def _free(slide: Any) -> int:
    """The next id that no shape of the slide has."""
    return max((int(id_) for id_ in slide.shapes._spTree.xpath("//@id") if str(id_).isdigit()), default=1) + 1
