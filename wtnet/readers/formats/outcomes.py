"""Outcomes as many keep them: a row an indicator, with baseline, target, latest or quarters side by side."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from wtnet.readers.core.elements import Row
from wtnet.readers.core.format import Format, ShapeReader
from wtnet.readers.core.grid import Grid
from wtnet.readers.core.shapes import cells, is_heading_of, small, unfolded
from wtnet.tables import dates
from wtnet.tables.model import ROW, Problem, Raw, place
from wtnet.tables.numbers import amount
from wtnet.tables.text import count, free_id, normal, seen_name

_INDICATOR = {
    "indicator", "indicators", "outcome_/_indicator", "outcome/indicator", "indicator_/_outcome", "kpi", "measure", "metric",
    "what_is_measured", "indicator_name", "outcome_indicator",
}  # fmt: skip
_OUTCOME = {"outcome", "outcomes", "theme", "goal", "aim", "objective", "result_area"}
_PILOT = {"pilot", "project", "pilots", "activity", "strand", "site"}
_MEASURED = {
    "how_measured",
    "instrument",
    "method",
    "means_of_verification",
    "measured_by",
    "source",
    "evidence",
    "tool",
    "data_source",
}
_UNIT = {"unit", "units", "unit_of_measure"}
_N = {"n", "sample", "responses", "base", "respondents"}
_TARGET = {"target", "targets", "goal_value", "aim_for", "planned"}
_FIRST = {"baseline", "start", "before", "baseline_value"}
_LATER = {
    "latest",
    "actual",
    "current",
    "achieved",
    "final",
    "end",
    "endline",
    "follow_up",
    "midline",
    "midpoint",
    "after",
    "to_date",
}
_WHEN = {"wave", "period", "quarter", "date", "when", "year", "month", "time_point", "timepoint", "round", "reporting_period",
         "collected", "date_collected", "measured"}  # fmt: skip
_VALUE = {"value", "result", "score", "figure", "actual", "reading", "measurement", "mean", "average", "achieved"}
_MOST_WAVES = 60
_QUARTER = re.compile(r"(?:q|quarter|qtr|year|yr|y|month|m|wave|round)_?\d{1,2}(?:_\d{2,4}(?:/\d{2,4})?)?")
_SIZE = re.compile(r"\bn\s*=\s*(\d{1,7})\b", re.IGNORECASE)


@dataclass(frozen=True)
class _Columns:
    """Which heading is what; null where there is none. `waves` are the columns of values, in order."""

    indicator: str
    outcome: str | None
    pilot: str | None
    target: str | None
    measured: str | None
    unit: str | None
    n: str | None
    waves: tuple[str, ...]
    when: str | None = None
    value: str | None = None
    """Of a list with a row a value: when it was measured, and the value; `waves` are then what stands under `when`."""


def is_outcomes(grid: Grid) -> bool:
    """True for a column of indicators beside two of baseline, target and later values (or quarters) at least, or beside a value
    and when it was measured."""
    return small(grid) and _columns(grid) is not None


def _columns(grid: Grid) -> _Columns | None:
    indicator = is_heading_of(grid, _INDICATOR)
    outcome = is_heading_of(grid, _OUTCOME)
    if indicator is None:
        indicator, outcome = outcome, None
    waves = tuple(header for header in grid.headers if _is_wave(header))
    target = is_heading_of(grid, _TARGET)
    has_first = any(normal(wave) in _FIRST for wave in waves)
    if indicator and len(waves) < 2 and (listed := _listed(grid, indicator, outcome)):
        return listed
    if indicator is None or not (len(waves) > 1 or (waves and target)) or not (has_first or target or len(waves) > 2):
        return None
    return _Columns(
        indicator,
        outcome,
        is_heading_of(grid, _PILOT),
        target,
        is_heading_of(grid, _MEASURED),
        is_heading_of(grid, _UNIT),
        is_heading_of(grid, _N),
        waves,
    )


def _listed(grid: Grid, indicator: str, outcome: str | None) -> _Columns | None:
    """The columns of a list with a row a value, which says when; null where the same stands in it more than once."""
    when, value = is_heading_of(grid, _WHEN), is_heading_of(grid, _VALUE)
    pilot = is_heading_of(grid, _PILOT)
    if not when or not value:
        return None
    keys = list(grid.frame.select(indicator, when, *([pilot] if pilot else [])).iter_rows())
    numbers = [cell for cell in cells(grid, value) if cell]
    if len(set(keys)) < 0.9 * len(keys) or sum(amount(cell) is not None for cell in numbers) < 0.6 * len(numbers) or not numbers:
        return None
    waves = dict.fromkeys(cell for cell in cells(grid, when) if cell)
    if len(waves) > _MOST_WAVES:
        return None
    target, measured, unit, n = (is_heading_of(grid, words) for words in (_TARGET, _MEASURED, _UNIT, _N))
    return _Columns(indicator, outcome, pilot, target, measured, unit, n, tuple(waves), when, value)


def _is_wave(heading: str) -> bool:
    name = normal(heading)
    return name in _FIRST | _LATER or bool(_QUARTER.fullmatch(name)) or dates.span(heading.strip()) is not None


def read(grid: Grid) -> Raw:
    """Indicators, pilots, waves and results; a row without a pilot is of the whole programme and has none.

    The theme of an indicator is what its outcome says, for a person to choose ours.
    """
    columns = _columns(grid)
    assert columns is not None  # recognised before
    read_cells = {heading: cells(grid, heading) for heading in grid.headers}
    lines = grid.frame[ROW].to_list()
    waves = [(heading, free_id(heading, (), "wave")) for heading in columns.waves]
    indicators: dict[str, Row] = {}
    pilots: dict[str, Row] = {}
    results: dict[tuple[str, str | None, str], Row] = {}
    repeated = 0
    for at, line in enumerate(lines):
        cell = {heading: read_cells[heading][at] for heading in grid.headers}
        name = seen_name(cell[columns.indicator])
        if not name:
            continue
        given = {cell[columns.when]: cell[str(columns.value)]} if columns.when else {wave: cell[wave] for wave in columns.waves}
        indicator = _indicator(indicators, columns, cell, name, line, list(given.values()))
        pilot = _named(pilots, _of(cell, columns.pilot), line)
        for heading, wave in waves:
            if heading not in given:
                continue
            key = (indicator, pilot, wave)
            repeated += key in results
            row: Row = {"indicator": indicator, "pilot": pilot, "wave": wave, "value": given[heading] or None, ROW: line}
            results.setdefault(key, {**row, "target": _of(cell, columns.target), "n": _n(cell, columns)})
    return _raw(grid, columns, indicators, pilots, waves, results, repeated)


def _raw(
    grid: Grid,
    columns: _Columns,
    indicators: dict[str, Row],
    pilots: dict[str, Row],
    waves: list[tuple[str, str]],
    results: dict[tuple[str, str | None, str], Row],
    repeated: int,
) -> Raw:
    where = place(grid.file, grid.sheet)
    words = f"read as outcomes: {count(len(indicators), 'indicator')} in {count(len(waves), 'wave')} ({', '.join(columns.waves)})"
    notices = [Problem("outcomes", f"{where}: {words}.", grid.file, grid.sheet)]
    left = [header for header in grid.headers if header not in {*vars(columns).values()} - {columns.waves} | {*columns.waves}]
    if left:
        notices.append(Problem("left_out", f"{where}: columns left out: {', '.join(left)[:300]}.", grid.file, grid.sheet))
    if repeated:
        words = f"{where}: {count(repeated, 'value')} of an indicator and pilot that stood before left out."
        notices.append(Problem("repeated", words, grid.file, grid.sheet))
    days = {id: span.last.isoformat() for heading, id in waves if (span := dates.span(heading.strip()))}
    tables: dict[str, tuple[list[str], Collection[Row]]] = {
        "pilots": (["id", "name"], pilots.values()),
        "waves": (["id", "name", "date"], [{"id": id, "name": name.strip(), "date": days.get(id), ROW: 1} for name, id in waves]),
        "indicators": (["id", "theme", "name", "unit", "instrument"], indicators.values()),
        "results": (["indicator", "pilot", "wave", "value", "target", "n"], results.values()),
    }
    return unfolded(FORMAT.id, grid, {name: part for name, part in tables.items() if part[1]}, notices)


def _indicator(rows: dict[str, Row], columns: _Columns, cell: dict[str, str], name: str, line: int, values: list[str]) -> str:
    """The id of an indicator, added where it is new; its unit is per cent where its values are."""
    key = name.casefold()
    if key not in rows:
        filled = [value for value in values if value]
        percent = bool(filled) and all("%" in value for value in filled)
        unit = _of(cell, columns.unit) or ("%" if percent or name.startswith("%") else None)
        measured = _SIZE.sub("", _of(cell, columns.measured) or "").strip(" ,;()") or None
        id = free_id(name, {str(row["id"]) for row in rows.values()}, "indicator")
        theme = _of(cell, columns.outcome) or name
        rows[key] = {"id": id, "theme": theme, "name": name, "unit": unit, "instrument": measured, ROW: line}
    return str(rows[key]["id"])


def _named(rows: dict[str, Row], name: str | None, line: int) -> str | None:
    """The id of a pilot, added where it is new; null for no name."""
    key = seen_name(name or "").casefold()
    if not name or not key:
        return None
    if key not in rows:
        rows[key] = {"id": free_id(name, {str(row["id"]) for row in rows.values()}, "pilot"), "name": seen_name(name), ROW: line}
    return str(rows[key]["id"])


def _of(cell: dict[str, str], heading: str | None) -> str | None:
    return (cell[heading] or None) if heading else None


def _n(cell: dict[str, str], columns: _Columns) -> str | None:
    """How many people a value rests on: its own column, or n=24 in what it was measured by."""
    size = _SIZE.search(_of(cell, columns.measured) or "")
    return _of(cell, columns.n) or (size[1] if size else None)


FORMAT = Format(
    "outcomes",
    "Outcomes in one row",
    (".csv", ".xlsx"),
    "A row an indicator, with baseline, target and latest value or quarters beside each other; you choose its theme",
    shape=ShapeReader(is_outcomes, read),
)
