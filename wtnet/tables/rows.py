"""Rows of a table in the order they stood in before."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

_PLACE = "_place"


def in_old_order(rows: pl.DataFrame, before: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
    """The rows with those that `before` has (by `keys`, of which null is one value) in its order, and the others after them in
    their own. Each key stands once in either."""
    places = before.select(keys).with_row_index(_PLACE)
    placed = rows.join(places, on=keys, how="left", nulls_equal=True, maintain_order="left")
    return placed.sort(_PLACE, nulls_last=True, maintain_order=True).drop(_PLACE)
