"""Results on paper: states side by side, each indicator wave by wave, and one divided into parts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from wtnet.draw.charts.change import Point
from wtnet.draw.print.drawing import Drawing, Size, begin, nothing
from wtnet.draw.print.matrix import matrix
from wtnet.draw.print.multiples import Multiple, alt_text, multiples
from wtnet.draw.print.shown import Shown, wave_name
from wtnet.measures.impact import progress
from wtnet.palette import STATES
from wtnet.sentences import impact as sentences
from wtnet.sentences import record, targets
from wtnet.sentences.format import cut, figure
from wtnet.tables.schema import KINDS

SPLITS = {"pilot": "pilot", "place": "place", "target_group": "target group", "kind": "kind of partner"}
"""What results are divided by, as a noun."""
Row = Mapping[str, Any]


def sentence(shown: Shown) -> str:
    """How many targets are met at the wave, as the Impact page says it."""
    return sentences.headline(shown.summary, "", "", record.results_untold(shown.tables))


def _split(shown: Shown) -> str:
    chosen = shown.chosen.get("split", "")
    return chosen if chosen in SPLITS else "pilot"


def _parts(shown: Shown, cells: pl.DataFrame) -> dict[str, str]:
    """The parts of the division that have results, by id, in the order of the tables, with their names."""
    split, pilots = _split(shown), shown.tables.pilots
    column = cells["kinds"].explode() if split == "kind" else cells[split]
    occurring = set(column.drop_nulls())
    order = list(KINDS) if split == "kind" else pilots["id" if split == "pilot" else split].to_list()
    names = {"pilot": shown.tables.names("pilots"), "kind": KINDS}.get(split, {})
    return {part: cut(names.get(part, part), 40) for part in dict.fromkeys(order) if part in occurring}


def _brief(row: Row | None, first: bool) -> str:
    """A state with its sign, and how far along it is."""
    if row is None:
        return "–"
    if first:
        return sentences.indicator_line(row, (), False, True).from_to.removesuffix(" at the start")
    if row["state"] is None:
        return "no total" if row["reason"] else "–"
    words, icon, *_ = STATES[row["state"]]
    way = targets.progress_text(row).removesuffix(" of the way")
    return f"{icon} {way}" if way else f"{icon} {words.partition(',')[0].lower()}"


def states(shown: Shown, size: Size, name: str, source: str) -> Drawing:
    """How each indicator stands in each part of the division chosen, and all together."""
    split = _split(shown)
    used = [state for state in progress.STATES if (shown.summary.progress["state"] == state).any()]
    key = " · ".join(f"{STATES[state][1]} {STATES[state][0].partition(',')[0].lower()}" for state in used)
    under = f"Up to {wave_name(shown.network)} · by {SPLITS[split]}{f' · {key}' if key else ''}"
    sheet = begin(size, f"Results side by side: {name}", under, source)
    overview = shown.summary.overview
    if overview.is_empty():
        return nothing(sheet, record.results_untold(shown.tables) or "Nothing has been measured yet.")
    first = progress.starts(shown.tables, shown.network.wave)
    parts = _parts(shown, shown.summary.cells)
    room = max(1, int((sheet.box[2] - sheet.box[0]) * 0.6 / (7.4 * size.text)) - 1)
    drawn = dict(list(parts.items())[:room])
    own = progress.overview(shown.tables, shown.network.wave, shown.summary.cells, [split])
    by_part = {(row["indicator"], row[split]): row for row in own.iter_rows(named=True)}
    rows = []
    for row in overview.iter_rows(named=True):
        each = [_brief(row, first), *(_brief(by_part.get((row["indicator"], part)), first) for part in drawn)]
        rows.append((None, str(row["name"]), each))
    heads = [(None, "All together"), *((None, label) for label in drawn.values())]
    note = matrix(sheet, heads, rows, str, plain=True)
    left_out = f" {len(drawn)} of {len(parts)} parts are drawn." if len(parts) > len(drawn) else ""
    told = "; ".join(f"{label} {cells[0]}" for _, label, cells in rows[:12])
    return sheet.done(f"State of each indicator by {SPLITS[split]}. All together: {told}.{left_out}", note)


def _until(shown: Shown) -> list[str]:
    order, place = progress.locate_wave(shown.tables, shown.network.wave)
    return order[: place + 1]


def _points(shown: Shown, rows: Mapping[str, Row]) -> list[Point]:
    """A point a wave from rows of `progress.total` by wave; "–" where nothing was measured."""
    names = shown.tables.names("waves")
    points = []
    for wave in _until(shown):
        row = rows.get(wave)
        words = "–"
        if row is not None:
            words = figure(row["value"]) if row["value"] is not None else row["shown"] or ("no total" if row["reason"] else "–")
        points.append(Point(names.get(wave, wave), row["value"] if row else None, words))
    return points


def steps(shown: Shown, size: Size, name: str, source: str) -> Drawing:
    """Each indicator of all pilots together, wave by wave, with its target."""
    cells = shown.summary.cells.filter(pl.col("wave").is_in(_until(shown)))
    rows = {(row["indicator"], row["wave"]): row for row in progress.total(cells, ["wave"]).iter_rows(named=True)}
    sheet = begin(size, f"Results wave by wave: {name}", f"Up to {wave_name(shown.network)} · dashed: the target", source)
    drawn: list[Multiple] = []
    aims: list[tuple[float, str] | None] = []
    for row in shown.summary.overview.iter_rows(named=True):
        points = _points(
            shown, {wave: rows[row["indicator"], wave] for wave in _until(shown) if (row["indicator"], wave) in rows}
        )
        ends = sentences.scale(row["rule"], row["unit"], [*(point.value for point in points), row["target"]])
        drawn.append((row["name"], points, ends[1]))
        aims.append(None if row["target"] is None else (row["target"], figure(row["target"])))
    if not drawn:
        return nothing(sheet, record.results_untold(shown.tables) or "Nothing has been measured yet.")
    note = multiples(sheet, drawn, aims)
    return sheet.done(alt_text(drawn), note)


def parts(shown: Shown, size: Size, name: str, source: str) -> Drawing:
    """One indicator wave by wave in each part of the division: the one that is open on the page, else the first."""
    overview = shown.summary.overview
    chosen = shown.chosen.get("indicator", "")
    open_ = chosen if chosen in overview["indicator"].to_list() else next(iter(overview["indicator"]), "")
    split = _split(shown)
    title = str(overview.filter(pl.col("indicator") == open_)["name"][0]) if open_ else "Results by part"
    under = f"Up to {wave_name(shown.network)} · by {SPLITS[split]}"
    sheet = begin(size, f"{title}: {name}", under, source)
    cells = shown.summary.cells.filter(pl.col("wave").is_in(_until(shown)), pl.col("indicator") == open_)
    rows = {(row[split], row["wave"]): row for row in progress.total(cells, [split, "wave"]).iter_rows(named=True)}
    drawn: list[Multiple] = []
    for part, label in _parts(shown, cells).items():
        points = _points(shown, {wave: rows[part, wave] for wave in _until(shown) if (part, wave) in rows})
        drawn.append((label, points, None))
    if not drawn:
        return nothing(sheet, record.results_untold(shown.tables) or "Nothing has been measured yet.")
    most = max((point.value for _, points, _ in drawn for point in points if point.value is not None), default=1.0) or 1.0
    drawn = [(label, points, most) for label, points, _ in drawn]
    note = multiples(sheet, drawn)
    return sheet.done(f"{title}. {alt_text(drawn)}", note)
