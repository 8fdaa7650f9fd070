"""Which kinds work together more or less than chance would have it, in sentences."""

from __future__ import annotations

from typing import Any

import polars as pl

from wtnet.analysis.kind_cells import FIRST
from wtnet.sentences.format import count, figure, listed
from wtnet.sentences.reach import SURE, p_value
from wtnet.tables.schema import KINDS


def sentences(cells: pl.DataFrame) -> list[str]:
    """Museums and health providers first, then what else stands out; `cells` as `kind_cells.against_chance` gives them."""
    tested = cells.filter(pl.col("p_holm").is_not_null())
    if not tested.height:
        return ["There are too few partnerships outside the pilots to set each two kinds beside chance."] if cells.height else []
    lines = []
    first = cells.filter((pl.col("kind_a") == FIRST[0]) & (pl.col("kind_b") == FIRST[1]))
    if first.height:
        lines.append(_cell(first.row(0, named=True), tested.height))
    clear = tested.filter(pl.col("p_holm") < SURE).filter(~((pl.col("kind_a") == FIRST[0]) & (pl.col("kind_b") == FIRST[1])))
    for more, words in ((True, "more"), (False, "fewer")):
        side = clear.filter((pl.col("tested") > pl.col("expected")) == more)
        if side.height:
            pairs = [
                f"{_pair(row)} ({row['tested']:,}, by chance {figure(row['expected'], digits=0)})" for row in side.to_dicts()
            ]
            lines.append(f"There are {words} partnerships than chance would have it between {listed(pairs, 5)}.")
    if not clear.height:
        lines.append(f"Of the other kinds no two stand out when p allows for {count(tested.height, 'pair')} of kinds.")
    return [*lines, "Partnerships within a pilot are there by design, so they are counted and not tested."]


def _pair(row: dict[str, Any]) -> str:
    one, other = (KINDS[row[name]].lower() for name in ("kind_a", "kind_b"))
    return f"partners of kind {one}" if one == other else f"{one} and {other}"


def _cell(row: dict[str, Any], cells: int) -> str:
    design = f", and {count(row['by_design'], 'more', 'more')} within a pilot" if row["by_design"] else ""
    start = f"Museums and health providers hold {count(row['tested'], 'partnership')} outside the pilots{design}"
    if row["p_holm"] is None:
        return f"{start}; chance alone would give fewer than one, so there is nothing to test."
    between = f"{figure(row['low'], digits=0)} to {figure(row['high'], digits=0)}"
    beside = f"; with the kinds dealt out anew there would be {figure(row['expected'], digits=0)} ({between} in 95 of 100)"
    if row["p_holm"] < SURE:
        side = "more" if row["tested"] > row["expected"] else "fewer"
        return f"{start}{beside}: {side} than chance ({p_value(row['p_holm'])}, allowing for {cells:,} pairs of kinds)."
    return f"{start}{beside}: no clear difference ({p_value(row['p_holm'])}, allowing for {cells:,} pairs of kinds)."
