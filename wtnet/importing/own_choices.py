"""What a person says of fields of her own when a file is brought in: leave one out, or share it; remembered for the next file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Literal

import polars as pl

from wtnet.tables import Problem, Raw, Tables, own, schema
from wtnet.tables.model import place

PREFIX = "own:"
"""What the names of remembered choices begin with in the store's settings."""
Choice = Literal["leave", "private", "partners", "public"]


def own_columns(raw: Raw) -> dict[tuple[str, str], str]:
    """The columns of a file that are kept as fields of the lead's own: table and field id → heading."""
    headings: dict[tuple[str, str], str] = {}
    for table in raw.tables:
        if table.name in schema.OWNED:
            for heading in own.headings(table.frame, table.name):
                if table.frame[heading].str.strip_chars().str.len_bytes().sum():
                    headings.setdefault((table.name, own.field_id(heading)), heading.strip())
    return headings


def applied(raw: Raw, settings: Mapping[str, Any]) -> Raw:
    """The raw tables without the columns a person leaves out; each is said."""
    tables, notices = [], list(raw.notices)
    for table in raw.tables:
        named = own.headings(table.frame, table.name) if table.name in schema.OWNED else []
        gone = [name for name in named if choice(table.name, own.field_id(name), settings) == "leave"]
        if gone:
            listed = ", ".join(f'"{name.strip()}"' for name in gone)
            words = f"{place(table.file, table.sheet)}: left out, as you said: {listed}."
            notices.append(Problem("left_out", words, table.file, table.sheet))
        tables.append(replace(table, frame=table.frame.drop(gone)))
    return replace(raw, tables=tuple(tables), notices=tuple(notices))


def declared(tables: Tables, settings: Mapping[str, Any]) -> Tables:
    """The tables with who may see each new field, as a person said."""
    if not tables.fields.height:
        return tables
    words = [choice(table, id, settings) for table, id in tables.fields.select("table", "id").iter_rows()]
    chosen = pl.Series([word if word in schema.SHARING else None for word in words], dtype=pl.Enum(schema.SHARING))
    return tables.with_(fields=tables.fields.with_columns(sharing=pl.coalesce(chosen, "sharing")))


def choice(table: str, field: str, settings: Mapping[str, Any]) -> str | None:
    """What was said of a field; null for nothing."""
    kept = settings.get(f"{PREFIX}{table}.{field}"[:200])
    return str(kept.get("do")) if isinstance(kept, dict) and kept.get("do") else None


def to_setting(table: str, field: str, do: Choice | None) -> tuple[str, dict[str, str]]:
    """The name and value under which the store remembers a choice; null forgets it."""
    return f"{PREFIX}{table}.{field}"[:200], {"do": do or ""}
