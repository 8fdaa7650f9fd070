"""The chart beside the map, as a native chart with its data in a sheet of its own."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Inches, Pt

from wtnet.sentences.format import cut
from wtnet.stories.chart import SideChart
from wtnet.tables.text import clean
from wtnet.writers.pptx.template import BLUE, BODY, INK, PALE

_FORMATS = {"count": "#,##0", "%": '0"%"', "strength": "0.00"}


def add(slide: Any, chart: SideChart, left: float, top: float, wide: float, high: float) -> None:
    """A bar chart (strength from wave to wave: columns) in a place in inches; its alternative text says every figure."""
    alt, chart = chart.alt, _direct(chart)
    columns = chart.kind == "strength"
    data = CategoryChartData(number_format=_FORMATS.get(chart.unit, "General"))
    order = range(len(chart.categories)) if columns else range(len(chart.categories))[::-1]
    data.categories = [_category(chart, at) for at in order]
    series = chart.series if columns else chart.series[::-1]
    for name, values in series:
        data.add_series(clean(name), [values[at] for at in order])
    kind = XL_CHART_TYPE.COLUMN_CLUSTERED if columns else XL_CHART_TYPE.BAR_CLUSTERED
    frame = slide.shapes.add_chart(kind, Inches(left), Inches(top), Inches(wide), Inches(high), data)
    frame.chart.part.chart_workbook.update_from_xlsx_blob(_sheet(data))
    frame.name = chart.title
    frame._element.nvGraphicFramePr.cNvPr.set("descr", clean(alt))
    _dress(frame.chart, chart)


def _sheet(data: CategoryChartData) -> bytes:
    """The sheet behind a chart, in the cells the chart refers to (names down the first column, series beside them); a name
    from data stays text there, never a formula or a link."""
    import xlsxwriter

    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet, look = book.add_worksheet("Sheet1"), book.add_format({"num_format": data.number_format})
        sheet.set_column(0, 0, 40)
        for row, category in enumerate(data.categories, 1):
            sheet.write_string(row, 0, category.label)
        for column, series in enumerate(data, 1):
            sheet.write_string(0, column, series.name)
            for row, value in enumerate(series.values, 1):
                sheet.write(row, column, value, look)
    return target.getvalue()


def _category(chart: SideChart, at: int) -> str:
    """The name of a row, with the words that belong to it; of what is to improve the text and the alternative text tell."""
    plain = not chart.row_words or not chart.row_words[at] or chart.kind in ("voices", "strength")
    return clean(cut(chart.categories[at], 60) if plain else f"{chart.categories[at]} ({chart.row_words[at]})")


def _direct(chart: SideChart) -> SideChart:
    """Two waves as one series, what was at first said in the names of the rows: no legend is needed."""
    if chart.kind != "kinds" or len(chart.series) != 2:
        return chart
    (_, before), now = chart.series
    names = tuple(f"{name}, {chart.shown(was)} before" for name, was in zip(chart.categories, before, strict=True))
    return replace(chart, categories=names, series=(now,))


def _dress(drawn: Any, chart: SideChart) -> None:
    several = len(chart.series) > 1
    drawn.font.size, drawn.font.color.rgb = Pt(BODY), RGBColor.from_string(INK)
    drawn.has_title = False
    drawn.has_legend = several
    if several:
        drawn.legend.position, drawn.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
        drawn.legend.font.size = Pt(BODY)
    values, names = drawn.value_axis, drawn.category_axis
    values.visible = False
    values.has_major_gridlines = False
    values.minimum_scale = 0
    if chart.top is not None:
        values.maximum_scale = chart.top
    names.has_major_gridlines = False
    names.major_tick_mark = XL_TICK_MARK.NONE
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    names.tick_labels.font.size = Pt(BODY)
    skip = names._element.find(qn("c:noMultiLvlLbl"))
    every = parse_xml(f'<c:tickLblSkip {nsdecls("c")} val="1"/>')  # no row without its name, however many there are
    skip.addprevious(every) if skip is not None else names._element.append(every)
    names.format.line.color.rgb = RGBColor.from_string(PALE)
    plot = drawn.plots[0]
    plot.gap_width, plot.overlap = 45, -8
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.number_format, labels.number_format_is_linked = _FORMATS.get(chart.unit, "General"), False
    labels.position, labels.font.size, labels.font.bold = XL_LABEL_POSITION.OUTSIDE_END, Pt(BODY), True
    colours = [BLUE] if not several else [BLUE, PALE] if chart.kind != "strength" else [PALE, BLUE]
    if chart.kind == "sides" and several:
        colours = [PALE, BLUE]
    for series, colour in zip(plot.series, colours, strict=False):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = RGBColor.from_string(colour)
        series.invert_if_negative = False
    # a value that is not known leaves a gap, never a bar of nought
    blanks = drawn._chartSpace.find(".//" + qn("c:dispBlanksAs"))
    if blanks is not None:
        blanks.set("val", "gap")
