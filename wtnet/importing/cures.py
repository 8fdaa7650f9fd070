"""One word of a person for all rows of one cause: take what was meant, leave cells empty, leave rows out, add a partner."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import polars as pl

from wtnet.tables import Problem, Raw, RawTable, Tables, schema
from wtnet.tables.model import ROW
from wtnet.tables.text import count, cut, normal, short_id

Do = Literal["take", "empty", "drop", "add", "keep"]
_ROWS_ONLY = ("ragged_row", "duplicate", "empty", "self_tie")


@dataclass(frozen=True)
class Cure:
    """What is done with the cells of a column of a sheet (or whole rows of it) that broke one rule.

    The cells are those of `rows`, and wherever else the text is one of `values`. `to` is the id or text that "take" puts there
    (with its `name`), and the id of the partner that "add" makes. "keep" leaves them as they are and asks no more.
    """

    do: Do
    file: str | None
    sheet: str | None
    column: str | None
    rule: str
    rows: tuple[int, ...]
    values: tuple[str, ...] = ()
    to: str | None = None
    name: str | None = None

    @property
    def words(self) -> str:
        """What a person chooses, in words."""
        if self.do == "take" and self.to == self.name:
            return f"Write “{cut(self.to, 60)}” instead"
        if self.do == "take":
            return f"It is “{cut(self.name or self.to, 60)}”"
        if self.do == "add":
            return f"Add “{cut(self.name or self.to, 60)}” as a partner"
        if self.do == "keep":
            return self.name or "Keep as it is"
        what = "cell" if self.do == "empty" else "row"
        return f"Leave {count(len(self.rows), what)} {'empty' if self.do == 'empty' else 'out'}"

    def of(self, problem: Problem) -> bool:
        """True if a problem is one that this cures."""
        same = (problem.file, problem.sheet, problem.rule) == (self.file, self.sheet, self.rule)
        column = normal(problem.column or "") == normal(self.column or "")
        return same and column and (problem.row in self.rows or (problem.value in self.values and problem.value is not None))


@dataclass(frozen=True)
class Cause:
    """Problems of one cause, and what can be said of all of them at once."""

    problems: tuple[Problem, ...]
    cures: tuple[Cure, ...] = ()

    @property
    def sentence(self) -> str:
        """The first problem, and how many others are of the same cause, with their values and rows."""
        first, *others = self.problems
        if not others:
            return first.sentence
        values = list(dict.fromkeys(problem.value for problem in self.problems if problem.value))
        rows = ", ".join(str(problem.row) for problem in others[:8]) + (
            f" and {len(others) - 8:,} more" if len(others) > 8 else ""
        )
        if len(values) < 2:
            return f"{first.sentence} The same in {'row' if len(others) == 1 else 'rows'} {rows}."
        listed = ", ".join(f"“{cut(value, 30)}”" for value in values[1:6]) + (" …" if len(values) > 6 else "")
        return f"{first.sentence} {count(len(others), 'more row')} of the same cause ({listed}; {rows})."


def causes(raw: Raw, problems: Sequence[Problem], known: Tables | None = None) -> list[Cause]:
    """The problems by cause: what is wrong in the same way in one column of one sheet, with the cures there are."""
    groups: dict[tuple[object, ...], list[Problem]] = {}
    for number, problem in enumerate(problems):
        single = number if problem.row is None else None
        value = problem.value if problem.rule == "unknown_reference" else None
        key = (problem.file, problem.sheet, problem.column, problem.rule, value, single)
        groups.setdefault(key, []).append(problem)
    names = _names(raw, known)
    return [Cause(tuple(alike), tuple(_cures(raw, alike, names))) for alike in groups.values()]


def _names(raw: Raw, known: Tables | None) -> dict[str, str]:
    """The name of every row that a cell may refer to, by id."""
    names: dict[str, str] = {}
    for table in schema.NAMES if known else ():
        if known is not None and "id" in known[table].columns and schema.title(table) in known[table].columns:
            names |= known.names(table)
    for table_ in raw.tables:
        headings = {normal(heading): heading for heading in reversed(table_.frame.columns)}
        if {"id", "name"} <= set(headings):
            names.update(table_.frame.select(headings["id"], headings["name"]).drop_nulls().iter_rows())
    return names


def _cures(raw: Raw, alike: Sequence[Problem], names: Mapping[str, str]) -> Iterable[Cure]:
    first = alike[0]
    rows = tuple(problem.row for problem in alike if problem.row is not None)
    if not rows or (first.column is None and first.rule not in _ROWS_ONLY):
        return
    values = tuple(dict.fromkeys(problem.value for problem in alike if problem.value and not problem.value.endswith("…")))
    of_values = values if first.rule in ("unknown_reference", "unknown_word") else ()

    def cure(do: Do, to: str | None = None, name: str | None = None) -> Cure:
        return Cure(do, first.file, first.sheet, first.column, first.rule, rows, of_values, to, name)

    if first.meant:
        yield cure("take", first.meant, names.get(first.meant, first.meant))
    tables = [table for table in raw.tables if (table.file, table.sheet) == (first.file, first.sheet)]
    column = normal(first.column or "")
    holding = [table.name for table in tables if column in schema.SCHEMAS[table.name].column_names()]
    target = {schema.reference(name, column) for name in holding}
    if first.rule == "unknown_reference" and target == {"organisations"} and first.value and not first.value.endswith("…"):
        yield cure("add", short_id(first.value), first.value)
    optional = holding and all(schema.column(name, column).nullable and column not in schema.keys(name) for name in holding)
    if optional and first.rule not in _ROWS_ONLY:
        yield cure("empty")
    yield cure("drop")


def applied(raw: Raw, cures: Sequence[Cure]) -> Raw:
    """The raw tables as a person's words leave them; what a reader complained of in those cells is gone with them."""
    for cure in cures:
        tables = tuple(_cured(table, cure) for table in raw.tables)
        if cure.do == "add" and cure.to and not any(_declares(table, cure.to) for table in tables):
            row = pl.DataFrame({"id": [cure.to], "name": [cure.name], "kind": ["other"], ROW: [cure.rows[0]]})
            tables = (*tables, RawTable("organisations", row, cure.file or "", cure.sheet))
        gone = cure.do in ("empty", "drop")
        problems = tuple(problem for problem in raw.problems if not (gone and cure.of(problem)))
        raw = replace(raw, tables=tables, problems=problems)
    return raw


def _declares(table: RawTable, id: str) -> bool:
    return table.name == "organisations" and "id" in table.frame.columns and bool((table.frame["id"] == id).any())


def _cured(table: RawTable, cure: Cure) -> RawTable:
    if (table.file, table.sheet) != (cure.file, cure.sheet) or cure.do == "keep":
        return table
    heading = next((name for name in table.frame.columns if name != ROW and normal(name) == normal(cure.column or "")), None)
    if cure.column and heading is None:
        return table
    here = pl.col(ROW).is_in(list(cure.rows))
    if heading and cure.values:
        here = here | pl.col(heading).str.strip_chars().is_in(list(cure.values)).fill_null(False)
    if cure.do == "drop":
        return replace(table, frame=table.frame.filter(~here))
    if heading is None:
        return table
    put = pl.lit(cure.to if cure.do in ("take", "add") else None, pl.String)
    return replace(table, frame=table.frame.with_columns(pl.when(here).then(put).otherwise(pl.col(heading)).alias(heading)))
