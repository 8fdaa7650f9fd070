"""How each column of a table is edited: words and partners chosen from a list, dates from a calendar, numbers in their range."""

from __future__ import annotations

from typing import Any

import dataframely as dy
import polars as pl
import streamlit as st

from wtnet.store import Names
from wtnet.tables import Tables, own, schema
from wtnet.tables.columns import THEMES

ROW = "row"
"""The column of row numbers, which problems refer to."""
_MOST_CHOICES = 3_000
_LABELS = schema.KINDS | THEMES
_WIDTHS = {"kind": 200, "theme": 110, "contact": 100}
_TRUST = ("", "not at all", "a little", "a fair amount", "a great deal")


def column_config(table: str, tables: Tables) -> dict[str, Any]:
    """A Streamlit column for each column of a table, and one for the number of the row."""
    config: dict[str, Any] = {ROW: st.column_config.NumberColumn("row", width=52, disabled=True, pinned=True, format="%d")}
    names = Names(tables)
    for name in schema.visible(table):
        declared = schema.column(table, name)
        needed = name in schema.required(table)
        about: dict[str, Any] = {"help": f"{declared.description}.{' Needed on every row.' if needed else ''}"}
        config[name] = _column(table, name, declared, tables, names, about)
    for field, heading in own.labels(tables, table).items():
        config[own.PREFIX + field] = st.column_config.TextColumn(heading, help="A field of your own.")
    return config


def _column(table: str, name: str, declared: Any, tables: Tables, names: Names, about: dict[str, Any]) -> Any:
    label = name.replace("_", " ")
    target = schema.reference(table, name)
    words = schema.words(table, name)
    if target is not None and tables[target].height <= _MOST_CHOICES:
        ids = tables[target]["id"].to_list()
        return st.column_config.SelectboxColumn(label, options=ids, format_func=lambda key: names.of(target, str(key)), **about)
    if words is not None:
        return st.column_config.SelectboxColumn(label, options=list(words), format_func=_said, width=_WIDTHS.get(name), **about)
    if isinstance(declared, dy.Bool):
        return st.column_config.SelectboxColumn(label, options=["yes", "no"], width=90, **about)
    if isinstance(declared, dy.Date):
        return st.column_config.DateColumn(label, format="D MMM YYYY", width=120, **about)
    if isinstance(declared, dy.Int8):
        steps = schema.LEVELS if name == "level" else _TRUST
        options = list(range(int(declared.min or 0), int(declared.max or 0) + 1))
        return st.column_config.SelectboxColumn(
            label, options=options, format_func=lambda value: f"{value} {steps[int(str(value))]}".strip(), width=132, **about
        )
    if isinstance(declared, dy.Int64):
        return st.column_config.NumberColumn(label, step=1, width=90, **about)
    if isinstance(declared, dy.Float64):
        return st.column_config.NumberColumn(label, **about)
    wide = name in ("name", "description", "evidence", "comment", "text", "method")
    return st.column_config.TextColumn(label, width="medium" if wide else None, **about)


def _said(word: object) -> str:
    return _LABELS.get(str(word), str(word).replace("_", " "))


def editable(tables: Tables, table: str, positions: list[int]) -> pl.DataFrame:
    """The rows at some positions as the editor takes them: row numbers first, yes and no in words, words as text; fields of the
    lead's own behind ours."""
    plain = tables[table][positions]
    cells = []
    for name in schema.visible(table):
        declared, column = schema.column(table, name), pl.col(name)
        if isinstance(declared, dy.Bool):
            column = pl.when(column).then(pl.lit("yes")).when(~column).then(pl.lit("no")).alias(name)
        elif isinstance(declared, dy.Enum):
            column = column.cast(pl.String)
        elif isinstance(declared, dy.Int8):
            column = column.cast(pl.Int64)
        cells.append(column)
    numbers = pl.Series(ROW, [position + 1 for position in positions], dtype=pl.Int64)
    more = [pl.Series(own.PREFIX + field, own.values(plain, field), dtype=pl.String) for field in own.of_table(tables, table)]
    return plain.select(cells).insert_column(0, numbers).with_columns(more)


def rows_with(frame: pl.DataFrame, table: str, tables: Tables, words: str) -> list[int]:
    """The positions of the rows that hold some text, in a cell or in the name behind an id; all of them without a text."""
    wanted = words.strip().casefold()
    if not wanted:
        return list(range(frame.height))
    names = Names(tables)
    texts = []
    for name in schema.SCHEMAS[table].column_names():
        target = schema.reference(table, name)
        column = frame[name].cast(pl.String)
        if target is not None:
            named = {key: f"{key} {names.of(target, key)}" for key in column.drop_nulls().unique()}
            column = column.replace_strict(named, default=None, return_dtype=pl.String)
        texts.append(column.alias(name))
    hits = pl.DataFrame(texts).select(
        pl.concat_str(pl.all(), separator="\x1f", ignore_nulls=True).str.to_lowercase().str.contains(wanted, literal=True)
    )
    return hits.to_series().arg_true().to_list()
