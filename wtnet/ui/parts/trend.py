"""How partners stood in every wave: the total strength of their ties, and whether they answered."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import polars as pl
import streamlit as st

from wtnet.draw.charts.spark import spark
from wtnet.measures import catalogue
from wtnet.network import Scope, answers, waves_in_order
from wtnet.ui.frame import cached
from wtnet.ui.frame.markdown import figure

STRENGTH, TIES = "total_strength", "partners"


@cached.kept(spinner="Following the partners from wave to wave …")
def totals(programme: str, at: cached.Edition, scope: Scope) -> pl.DataFrame:
    """Every partner in every wave of a scope: partner, wave, total_strength, partners, answered, withheld.

    `withheld`: whether the total strength is kept back from the reader. `answered` is for the lead alone, and null where the
    partner was not asked in the wave. Without waves there is one row a partner, with a null wave.
    """
    data = cached.tables(programme, at)
    frames = []
    waves: list[str | None] = [*waves_in_order(data)] or [None]
    for wave in waves:
        given = answers(data, wave) if at.audience == "lead" else {}
        total = catalogue.find(STRENGTH, "partner")
        reasons = catalogue.withheld_partners(total, cached.network(programme, at, replace(scope, wave=wave)))
        measured = cached.partner_measures(programme, at, replace(scope, wave=wave), (STRENGTH, TIES))
        answered = pl.Series("answered", [given.get(partner) for partner in measured["id"]], dtype=pl.Boolean)
        frames.append(
            measured.select(
                pl.col("id").alias("partner"),
                pl.lit(wave, dtype=pl.String).alias("wave"),
                STRENGTH,
                TIES,
                answered,
                withheld=pl.Series([bool(reasons[id]) for id in measured["id"]], dtype=pl.Boolean),
            )
        )
    return pl.concat(frames)


def moved(values: list[float | None], withheld: list[bool] | None = None) -> str:
    """A row of totals in words: "from 2.10 to 4.00", and in how many waves it is not known or withheld; "–" where nothing is
    known."""
    known = [value for value in values if value is not None]
    hidden = sum(withheld or [])
    if not known:
        return "withheld" if hidden else "–"
    first, last = figure(known[0], digits=2), figure(known[-1], digits=2)
    gaps = {"not known": len(values) - len(known) - hidden, "withheld": hidden}
    return (last if first == last else f"from {first} to {last}") + "".join(f", {n} {why}" for why, n in gaps.items() if n)


def sparks(rows: list[list[float | None]]) -> pl.Series:
    """Each row of totals as a picture for a table, all on one scale: addresses, null where nothing is known."""
    top = max((value for row in rows for value in row if value is not None), default=1.0)
    dark = st.context.theme.type == "dark"
    return pl.Series("line", [spark(row, top, dark) or None for row in rows], dtype=pl.String)


def spark_column(label: str, help: str, width: Any = None) -> Any:
    """The column of a table that shows those pictures."""
    more = f"{help}. A dotted mark and no line: not known in that wave, or withheld."
    return st.column_config.ImageColumn(label, help=more, width=width)
