"""Tables of the declared schema from rows written as mappings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from wtnet.tables.schema import SCHEMAS

Row = Mapping[str, Any]


def frame(table: str, *rows: Row | Sequence[Row]) -> pl.DataFrame:
    """Rows of one table, given one by one or as a list; what is not given is empty."""
    schema = SCHEMAS[table].polars()
    given = [row for each in rows for row in ([each] if isinstance(each, Mapping) else each)]
    return pl.DataFrame([{name: row.get(name) for name in schema} for row in given], schema=schema)
