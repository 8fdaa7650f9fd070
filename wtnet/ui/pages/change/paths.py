"""The Change page's last part: how each partner moved from wave to wave."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import polars as pl
import streamlit as st

from wtnet.draw.charts.change import Point, multiple
from wtnet.network import date_of, waves_in_order
from wtnet.sentences import change as change_sentences
from wtnet.ui.frame import address
from wtnet.ui.frame.markdown import count, figure, plain
from wtnet.ui.map import component
from wtnet.ui.pages.change.waves import Two
from wtnet.ui.parts.trend import STRENGTH, TIES, moved, spark_column, sparks, totals

address.declare(follow="partner")

_PICTURES = 8


def paths(two: Two) -> None:
    """Small multiples of the partners asked for (else those that moved most), and all of them as a table that opens."""
    st.subheader("Partners, wave by wave", anchor=False)
    found = totals(*two.here.key, replace(two.before.scope, wave=None))
    movers = change_sentences.partner_moves(two.pairs, two.after)
    names = dict(movers.select("partner", "name").iter_rows())
    with st.container(width=640):
        asked = address.several(
            st.multiselect, "Follow these partners", list(names), name="follow", what="partner", format_func=names.__getitem__,
            placeholder=f"The {_PICTURES} whose ties moved most",
        )  # fmt: skip
    followed = list(asked) or _movers(movers)
    top = float(found.filter(pl.col("partner").is_in(followed))[STRENGTH].max() or 1.0)  # type: ignore[arg-type]
    pictures = [multiple(names[partner], _points(two, found, partner), top=top) for partner in followed]
    if pictures:
        component.pictures(pictures, "partner_pictures")
        st.caption(
            "Total strength of a partner's ties in each wave, all on one scale. A hollow point: the partner did not answer in "
            "that wave, so the figure rests on what the others say of it."
        )
    else:
        st.caption("No partner moved in what is known; choose some above to follow them all the same.")
    _table(two, found, movers)


def _movers(movers: pl.DataFrame) -> list[str]:
    there = movers.filter(pl.col("moved").is_not_null() & (pl.col("moved") != 0))
    order = there.sort(pl.col("moved").abs(), descending=True, maintain_order=True).head(_PICTURES)
    return order.sort("moved", descending=True, maintain_order=True)["partner"].to_list()


def _points(two: Two, found: pl.DataFrame, partner: str) -> list[Point]:
    tables = two.here.tables
    names = dict(tables.waves.select("id", "name").iter_rows())
    points = []
    for row in found.filter(pl.col("partner") == partner).iter_rows(named=True):
        quiet = row["answered"] is False
        note = count(row[TIES], "partner") + (", did not answer" if quiet else "")
        said = figure(row[STRENGTH], digits=1)
        points.append(Point(names[row["wave"]], row[STRENGTH], said, date_of(tables, row["wave"]), quiet=quiet, note=note))
    return points


def _table(two: Two, found: pl.DataFrame, movers: pl.DataFrame) -> None:
    """All partners with a sparkline; a row opens the profile."""
    order = waves_in_order(two.here.tables)
    lists = found.group_by("partner", maintain_order=True).agg(
        pl.col(STRENGTH).alias("values"),
        (pl.col("answered") == False).sum().alias("silent"),  # noqa: E712
    )
    frame = movers.join(lists, on="partner", how="left", maintain_order="left").sort(
        "moved", descending=True, nulls_last=True, maintain_order=True
    )
    rows = [values or [] for values in frame["values"].to_list()]
    words = pl.Series("in words", [moved(row) for row in rows], dtype=pl.String)
    shown = frame.with_columns(words, sparks(rows)).select(
        "name",
        "kind",
        "line",
        "in words",
        "moved",
        "new",
        "stronger",
        "weaker",
        "ended",
        "unknown",
        pl.col("silent").fill_null(0),
    )

    def opened() -> None:
        rows = st.session_state["paths"]["selection"]["rows"]
        if rows:
            address.put("partner", frame["partner"][rows[0]])
            st.session_state["go_to_profile"] = True

    config: dict[str, Any] = {
        "name": st.column_config.TextColumn("Partner", width="medium"),
        "kind": st.column_config.TextColumn("Kind"),
        "line": spark_column("Total strength", f"{len(order)} waves, from the first to the last", 150),
        "in words": st.column_config.TextColumn("In words", width=190),
        "moved": st.column_config.NumberColumn(
            "Moved", format="%+.2f", help="What is known to have been gained or lost between the two waves"
        ),
        "silent": st.column_config.NumberColumn("Waves not answered"),
    }
    st.dataframe(
        shown,
        hide_index=True,
        column_config=config,
        height=min(420, 38 + 35 * max(1, shown.height)),
        key="paths",
        placeholder="–",
        on_select=opened,
        selection_mode="single-row",
        alt=f"{shown.height} partners with the total strength of their ties in each wave",
    )
    st.caption(plain("Select a row to open the partner's profile."))
    if st.session_state.pop("go_to_profile", False):
        address.go("pages/partners.py")
