"""Columns read as a whole before their cells are checked: words for what is missing, days, and numbers as people write them.

A date or a number may be read in two ways; the other cells of its column show which was meant. What was read otherwise than to
the letter is said once a column, with an example.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import dataframely as dy
import polars as pl

from wtnet.tables import dates, schema
from wtnet.tables.judged_numbers import NumberColumns
from wtnet.tables.missing import is_missing
from wtnet.tables.model import ROW, Problem, Raw, RawTable, Tables, place
from wtnet.tables.text import count, cut, normal

_ENDS = ("ended", "ends")
_PLAIN_DAY = r"^\s*\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?\s*$"
_KEPT = {("quotes", "text")}
"""Columns in which a word for what is missing may be somebody's words."""


@dataclass
class Remarks:
    """What is said of one table's columns."""

    file: str
    sheet: str | None
    notices: list[Problem] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def say(self, rule: str, heading: str, words: str, problem: bool = False) -> None:
        """One sentence on a column."""
        sentence = f"{place(self.file, self.sheet, None, heading)}: {words}"
        complaint = Problem(rule, sentence, self.file, self.sheet, None, normal(heading))
        (self.problems if problem else self.notices).append(complaint)


def judged(raw: Raw, known: Tables | None = None) -> Raw:
    """The raw tables with dates and numbers as the check understands them and missing ones empty; notices say what was done.

    `known` holds stored tables: the unit of a stored indicator says what its values are in.
    """
    numbers = NumberColumns(raw.tables, known)
    tables: list[RawTable] = []
    notices, problems = [*raw.notices], [*raw.problems]
    for table in raw.tables:
        remarks = Remarks(table.file, table.sheet)
        headings = {normal(heading): heading for heading in reversed(table.frame.columns) if heading != ROW}
        columns = {name: headings[name] for name in schema.SCHEMAS[table.name].column_names() if name in headings}
        frame = _without_missing(table.name, table.frame, columns, remarks)
        frame = _with_days(table.name, frame, columns, remarks)
        frame = numbers.judge(table.name, frame, columns, remarks.say)
        tables.append(table if frame is table.frame else replace(table, frame=frame))
        notices += remarks.notices
        problems += remarks.problems
    return replace(raw, tables=tuple(tables), notices=tuple(notices), problems=tuple(problems))


def _without_missing(table: str, frame: pl.DataFrame, columns: dict[str, str], remarks: Remarks) -> pl.DataFrame:
    """Words for what is missing as empty cells, in columns where a cell may be empty and the word is none of ours."""
    for name, heading in columns.items():
        declared = schema.column(table, name)
        if not declared.nullable or (table, name) in _KEPT or frame[heading].dtype != pl.String:
            continue
        words = schema.words(table, name) or ()
        number = isinstance(declared, dy.Int8 | dy.Int64 | dy.Float64 | dy.Bool)
        short = [cell for cell in dict.fromkeys(frame[heading].to_list()) if cell is not None and len(cell) <= 24]
        given = [cell for cell in short if cell.strip() and is_missing(cell.strip(), number) and normal(cell) not in words]
        if not given:
            continue
        cells = int(frame[heading].is_in(given).sum())
        frame = frame.with_columns(pl.when(~pl.col(heading).is_in(given)).then(pl.col(heading)).alias(heading))
        listed = ", ".join(f'"{cell.strip()}"' for cell in given[:4])
        remarks.say("missing_word", heading, f"{count(cells, 'cell')} read as empty, because the words say so: {listed}.")
    return frame


def _with_days(table: str, frame: pl.DataFrame, columns: dict[str, str], remarks: Remarks) -> pl.DataFrame:
    """Dates as 2024-03-01, read day first or month first as the column (else the other columns of days beside it) shows."""
    declared = [name for name in columns if isinstance(schema.column(table, name), dy.Date)]
    texts = {name: _odd(frame[columns[name]], _PLAIN_DAY) for name in declared}
    beside = dates.order(value for values in texts.values() for value in values)
    for name, values in texts.items():
        if not values:
            continue
        way = dates.order(values)
        way = beside if way == "unsaid" else way
        days = _days(values, way == "month", last=name in _ENDS)
        heading = columns[name]
        _say_days(values, days, way, heading, remarks, last=name in _ENDS)
        new = {value: day for value, day in days.items() if day is not None}
        if name in _ENDS:
            new |= {value: "" for value in values if dates.is_open(value)}
        stripped = pl.col(heading).str.strip_chars()
        frame = frame.with_columns(stripped.replace(new).alias(heading))
    return frame


def _odd(cells: pl.Series, plain: str) -> list[str]:
    """The different cells, trimmed, that are not empty and not plainly of their type."""
    if cells.dtype != pl.String:
        return []
    rest = cells.filter(~cells.str.contains(plain)).drop_nulls().str.strip_chars()
    return [cell for cell in rest.unique(maintain_order=True) if cell]


def _days(values: Sequence[str], month_first: bool, last: bool) -> dict[str, str | None]:
    """Each text as the day it names: of a month or a year its first, or its last where something ends."""
    spans = {value: dates.span(value, month_first) for value in values}
    return {value: (span.last if last else span.first).isoformat() if span else None for value, span in spans.items()}


def _say_days(
    values: Sequence[str],
    days: dict[str, str | None],
    way: dates.Order | None,
    heading: str,
    remarks: Remarks,
    last: bool,
) -> None:
    both = [value for value in values if dates.ambiguous(value)]
    american = next((value for value in values if dates.says_month_first(value)), None)
    if way == "both" and (both or american):
        words = (
            f'some dates are day first and some month first ("{american or both[0]}"), so that others cannot be told. '
            "Write all of them as 2024-03-01."
        )
        remarks.say("mixed_dates", heading, words, problem=True)
    elif way == "month" and (american or both):
        example = (both or [american or ""])[0]
        because = f', because "{american}" can only be so' if american else ", as the dates beside it are"
        remarks.say("month_first", heading, f'dates were read month first{because}: "{example}" as {days.get(example)}.')
    elif way == "unsaid" and both:
        words = f'dates were read day first: "{both[0]}" as {days[both[0]]}. If they are month first, write them as 2024-03-01.'
        remarks.say("day_first", heading, words)
    spans = {value: dates.span(value, way == "month") for value in values}
    rough = [value for value, span in spans.items() if span and span.rough]
    if rough:
        which = "last" if last else "first"
        words = f"{count(len(rough), 'date')} that name only a month, a season or a year read as the {which} day of it: "
        remarks.say("rough_date", heading, f'{words}"{rough[0]}" as {days[rough[0]]}.')
    if last and (still := [value for value in values if dates.is_open(value)]):
        remarks.say("open_end", heading, f'"{cut(still[0], 40)}" was read as no end yet (an empty cell).')
