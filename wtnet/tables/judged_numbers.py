"""Numbers of a column as the check understands them: currency, per cent, thousands and scales taken off, and said."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from typing import Protocol

import dataframely as dy
import polars as pl

from wtnet.tables import instruments, schema
from wtnet.tables.model import ROW, RawTable, Tables
from wtnet.tables.numbers import PLAIN, Amount, amount, decimal_mark, unit_scale, written
from wtnet.tables.text import count, normal

_PER_CENT = {("results", "value"), ("results", "target"), ("indicators", "target"), ("results", "sd")}
"""Columns in which a number may be per cent, or in thousands."""


class Complaint(Protocol):
    """A complaint about a column: rule, heading, words, and whether it stops the import."""

    def __call__(self, rule: str, heading: str, words: str, problem: bool = False) -> None: ...


class NumberColumns:
    """The columns of numbers of some tables; what an indicator is measured in comes from the files, else from what is stored."""

    def __init__(self, tables: Sequence[RawTable], known: Tables | None) -> None:
        parts = [part for part in map(_indicators, (table for table in tables if table.name == "indicators")) if part.height]
        stored = [known.indicators.select(pl.col(_ABOUT).cast(pl.String))] if known else []
        about = pl.concat([*parts, *stored]) if parts or stored else pl.DataFrame(schema=dict.fromkeys(_ABOUT, pl.String))
        about = about.unique("id", keep="first", maintain_order=True)
        rule, people = instruments.read(about, "rule", "people")
        about = about.with_columns(_rule=rule, _people=people)
        self._about = {str(row["id"]): row for row in about.iter_rows(named=True)}

    def judge(self, table: str, frame: pl.DataFrame, columns: dict[str, str], say: Complaint) -> pl.DataFrame:
        """The frame with the numbers of its columns written plainly; what is no number stays as it is."""
        indicator = columns.get("id" if table == "indicators" else "indicator")
        for name, heading in columns.items():
            whole = isinstance(schema.column(table, name), dy.Int64)
            if (not whole and not isinstance(schema.column(table, name), dy.Float64)) or frame[heading].dtype != pl.String:
                continue
            of = frame[indicator] if (table, name) in _PER_CENT and indicator else None
            frame = _Column(frame, heading, whole, of, self._about, say).judged()
        return frame


_ABOUT = ("id", "name", "unit", "instrument", "aggregation")


def _indicators(table: RawTable) -> pl.DataFrame:
    headings = {normal(heading): heading for heading in reversed(table.frame.columns) if heading != ROW}
    cells = [
        (pl.col(headings[name]).cast(pl.String).str.strip_chars() if name in headings else pl.lit(None, pl.String)).alias(name)
        for name in _ABOUT
    ]
    return table.frame.select(cells).filter(pl.col("id").is_not_null())


class _Column:
    """One column of numbers; `of` names the indicator of each row where values may be per cent or in thousands."""

    def __init__(
        self,
        frame: pl.DataFrame,
        heading: str,
        whole: bool,
        of: pl.Series | None,
        about: dict[str, dict[str, object]],
        say: Complaint,
    ) -> None:
        self._frame, self._heading, self._whole, self._of, self._about, self._say = frame, heading, whole, of, about, say

    def judged(self) -> pl.DataFrame:
        """The frame with this column written plainly."""
        cells = self._frame[self._heading].str.strip_chars()
        dotted = r"^[1-9]\d{0,2}(\.\d{3})+$"
        odd = (~cells.str.contains(PLAIN) | cells.str.contains(dotted)).fill_null(False)
        if not odd.any():
            self._say_fractions(cells)
            return self._frame
        different = cells.drop_nulls().unique(maintain_order=True)
        amounts = {cell: parsed for cell in different if cell and (parsed := amount(cell))}
        mark = decimal_mark(amounts.values())
        of = self._of.str.strip_chars().to_list() if self._of is not None else [None] * len(cells)
        plain = [self._plain(cell, amounts.get(cell or ""), mark, id) for cell, id in zip(cells, of, strict=True)]
        self._say_changes(cells, plain, amounts, of)
        new = pl.Series(self._heading, plain, dtype=pl.String)
        self._say_fractions(new)
        return self._frame.with_columns(new)

    def _plain(self, cell: str | None, parsed: Amount | None, mark: str, id: str | None) -> str | None:
        if cell is None or parsed is None:
            return cell
        value = parsed.value(mark)  # type: ignore[arg-type]
        if self._of is None and (parsed.percent or parsed.scale != 1):
            part = None if value is None or not self._whole or not parsed.percent else value / 100
            return cell if part is None or part != int(part) else written(part)  # a count in a cell formatted as 4000%
        counted = self._whole or self._counts(id)
        if counted and (grouped := parsed.grouped(".")) is not None and mark != ",":
            value = grouped
        if value is None:
            return cell
        return (
            cell
            if not parsed.percent and parsed.scale == 1 and value == _float(cell)
            else written(value * self._scale(parsed, id))
        )

    def _scale(self, parsed: Amount, id: str | None) -> float:
        """What a cell in thousands is multiplied by: nothing where its unit is in thousands too."""
        return parsed.scale / unit_scale(str(self._about.get(id or "", {}).get("unit") or "")) if parsed.scale != 1 else 1.0

    def _counts(self, id: str | None) -> bool:
        return id is not None and self._about.get(id, {}).get("_rule") == "count"

    # -- what is said ---------------------------------------------------------------------------------------------

    def _say_changes(
        self, cells: pl.Series, plain: Sequence[str | None], amounts: dict[str, Amount], of: Sequence[str | None]
    ) -> None:
        changed = [(cell, now, id) for cell, now, id in zip(cells, plain, of, strict=True) if cell and now != cell]
        other = [
            (cell, now) for cell, now, id in changed if self._of is not None and amounts[cell].percent and not self._per_cent(id)
        ]
        if other:
            words = "is shown as a percentage, but the unit of its indicator is none; read as"
            self._say("percent_unit", self._heading, f'"{other[0][0]}" {words} {other[0][1]}. Correct the unit, or the value.')
        plainer = [(cell, now) for cell, now, _ in changed if not amounts[cell].percent or self._of is None]
        if plainer:
            cell, now = plainer[0]
            words = f"{count(len(plainer), 'number')} read without currency, thousands marks or scale"
            self._say("number_read", self._heading, f'{words}: "{cell}" as {now}.')

    def _per_cent(self, id: str | None) -> bool:
        return self._about.get(id or "", {}).get("_rule") == "percent"

    def _say_fractions(self, cells: pl.Series) -> None:
        """Percentages that look like parts of one, and counts of people that are no whole numbers."""
        if self._of is None:
            return
        values: dict[str, list[float]] = {}
        for id, cell in zip(self._of.str.strip_chars(), cells, strict=True):
            if id is not None and cell is not None and (number := _float(cell)) is not None:
                values.setdefault(id, []).append(number)
        for id, numbers in values.items():
            row = self._about.get(id, {})
            part = next((number for number in numbers if 0 < number < 1), None)
            if row.get("_rule") == "percent" and part is not None and all(0 <= number <= 1 for number in numbers):
                words = (
                    f'every value of "{id}" is between 0 and 1, and was read as {part:g} per cent. If {part * 100:g} per cent is '
                )
                self._say("fraction_of_percent", self._heading, f"{words}meant, write {part * 100:g}.")
            odd = next((number for number in numbers if number != int(number)), None)
            if row.get("_rule") == "count" and row.get("_people") and odd is not None:
                words = f'"{id}" is a count, and {odd:g} is no whole number. Correct it if a thousands mark was meant.'
                self._say("fraction_of_count", self._heading, words)


def _float(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if isfinite(number) else None
