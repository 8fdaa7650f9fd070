"""Rows that refer to rows which are not there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from wtnet.errors import InvalidRequest
from wtnet.tables import Tables, schema


@dataclass(frozen=True)
class DanglingReference:
    """One column of a table that refers to ids of `target` which are not there, each once, in the order met."""

    table: str
    column: str
    target: str
    ids: pl.Series


def dangling_references(tables: Tables) -> Iterator[DanglingReference]:
    """Every column with such ids, in the declared order; none for tables that hold together."""
    for table in schema.NAMES:
        if not tables[table].height:
            continue
        for column in tables[table].columns:
            target = schema.reference(table, column)
            if target is None:
                continue
            used = tables[table][column].drop_nulls().unique(maintain_order=True)
            missing = used.filter(~used.is_in(tables[target]["id"].implode()))
            if missing.len():
                yield DanglingReference(table, column, target, missing)


def require_references(tables: Tables) -> None:
    """Refuse, as an InvalidRequest, tables in which a row refers to a row that is not there."""
    for reference in dangling_references(tables):
        table, target = reference.table, reference.target
        shown = ", ".join(f'"{value}"' for value in reference.ids.head(5))
        more = f" and {reference.ids.len() - 5:,} more" if reference.ids.len() > 5 else ""
        raise InvalidRequest(
            f'After this change the column "{reference.column}" of {table} would refer to {target} that are no longer there '
            f"({shown}{more}). Keep them on the {target} sheet, or bring in the {table} that go with the new ones."
        )
