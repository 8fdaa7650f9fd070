"""The order of rows after two people changed a table."""

from __future__ import annotations

import polars as pl

from wtnet.store.model import Key


def in_order(keys: list[str], base: pl.DataFrame, theirs: pl.DataFrame, mine: pl.DataFrame, merged: pl.DataFrame) -> pl.DataFrame:
    """The merged rows in their stored order (in mine, if only mine moved rows); rows of the other side follow the neighbour
    they have there."""
    before, leading, other = (list(frame.select(keys).iter_rows()) for frame in (base, theirs, mine))
    shared = set(before) & set(leading) & set(other)
    was, stored, meant = ([key for key in side if key in shared] for side in (before, leading, other))
    if stored == was != meant:
        leading, other = other, leading
    order = _interleaved(leading, other)
    place = pl.DataFrame(order, schema={key: merged.schema[key] for key in keys}, orient="row").with_row_index("_place")
    return (
        merged.join(place, on=keys, how="left", nulls_equal=True)
        .sort("_place", nulls_last=True, maintain_order=True)
        .drop("_place")
    )


def _interleaved(leading: list[Key], other: list[Key]) -> list[Key]:
    """The keys of both, in the order of `leading`; each key of `other` alone follows the last one before it that both have."""
    in_leading, in_other = set(leading), set(other)
    following: dict[Key | None, list[Key]] = {}
    neighbour: Key | None = None
    for key in other:
        if key in in_leading:
            neighbour = key
        else:
            following.setdefault(neighbour, []).append(key)
    order: list[Key] = []
    neighbour = None
    for key in leading:
        if key in in_other:
            order += following.pop(neighbour, [])
            neighbour = key
        order.append(key)
    return order + following.pop(neighbour, [])
