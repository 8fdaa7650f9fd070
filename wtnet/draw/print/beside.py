"""Pilots beside one another on paper: one measure that may be compared, a dot a pilot with its interval and what chance gives."""

from __future__ import annotations

from functools import partial

import polars as pl

from wtnet.draw.charts.dots import Dot
from wtnet.draw.print import dots
from wtnet.draw.print.drawing import Drawing, Size, begin, nothing
from wtnet.draw.print.shown import Chart, Shown, wave_name
from wtnet.measures import comparable, reach, uncertainty
from wtnet.network import Network
from wtnet.sentences.format import WITHHELD, of_kind

FIXED = 6
"""So many columns of `comparable.table` come before those of the sides."""
SCALE = [(0.0, "0%"), (0.5, "50%"), (1.0, "100%")]
STRENGTH = [(0.0, "0 none"), (0.5, "0.5"), (1.0, "1 strongest")]


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
    drawn = []
    for side, column in zip(sides, frame.columns[FIXED:], strict=True):
        value = None if column in hidden else row[column]
        low, high = _interval(side.network, measure) if value is not None else (None, None)
        words = WITHHELD if column in hidden else of_kind(value, row["kind"])
        between = "" if low is None else f" ({of_kind(low, row['kind'])} to {of_kind(high, row['kind'])})"
        drawn.append(Dot(column, value, f"{words}{between}", low, high, _chance(side.network) if crossing else None))
    note = dots.dots(sheet, drawn, 0, 1, STRENGTH if row["kind"] == "score" else SCALE)
    return sheet.done(f"{row['measure']} of each pilot. {dots.alt_text(drawn)}", note)


def _interval(network: Network, measure: str) -> tuple[float | None, float | None]:
    rows = uncertainty.intervals(network).filter(pl.col("measure") == measure)
    return (rows["low"][0], rows["high"][0]) if rows.height else (None, None)


def _chance(network: Network) -> tuple[float, float] | None:
    """The range the share of ties between kinds has by chance (95 %)."""
    test = reach.chance(network)
    return None if test["low"] is None or test["high"] is None else ((1 + test["low"]) / 2, (1 + test["high"]) / 2)
