"""Pilots beside one another on paper: one measure that may be compared, a dot a pilot with its interval and what chance gives."""

from __future__ import annotations

from functools import partial

import polars as pl

from wtnet.draw.charts.programmes import scale, side_dots
from wtnet.draw.print import dots
from wtnet.draw.print.drawing import Drawing, Size, begin, nothing
from wtnet.draw.print.shown import Chart, Shown, wave_name
from wtnet.measures import comparable, reach, uncertainty
from wtnet.network import Network
from wtnet.sentences.programmes import Span


def pilots(measure: str) -> Chart:
    """The picture of one measure of every pilot in view."""
    return Chart("Pilots beside one another", partial(_pilots, measure), lambda shown: "", whole=True)


def _pilots(measure: str, shown: Shown, size: Size, name: str, source: str) -> Drawing:
    tables, scope = shown.tables, shown.network.scope
    ids = scope.pilots or tuple(tables.names("pilots"))
    sides = comparable.pilots(tables, ids, scope, shown.progress)
    frame = comparable.table(sides) if sides else pl.DataFrame({"id": []})
    rows = frame.filter(pl.col("id") == measure)
    if not rows.height:
        sheet = begin(size, f"Pilots beside one another: {name}", wave_name(shown.network), source)
        return nothing(sheet, "No pilot is in view." if not sides else "This is not compared between pilots.")
    row = rows.row(0, named=True)
    crossing = measure == "cross_sector_share"
    under = f"{wave_name(shown.network)} · line: 95% interval where there is one{'; pane: by chance' if crossing else ''}"
    sheet = begin(size, f"{row['measure']}, pilot by pilot: {name}", under, source)
    hidden = {side for (each, side) in comparable.withheld(sides) if each == measure}
    spans = [_spans(side.network, measure) for side in sides]
    by_chance = [reach.crossing_by_chance(side.network) for side in sides] if crossing else ()
    drawn = side_dots(frame, measure, spans, by_chance, hidden)
    note = dots.dots(sheet, drawn, 0, 1, scale(row["kind"]))
    return sheet.done(f"{row['measure']} of each pilot. {dots.alt_text(drawn)}", note)


def _spans(network: Network, measure: str) -> dict[str, Span]:
    """The interval of a measure; empty where there is none."""
    rows = uncertainty.intervals(network).filter(pl.col("measure") == measure, pl.col("low").is_not_null())
    return {measure: (rows["low"][0], rows["high"][0])} if rows.height else {}
