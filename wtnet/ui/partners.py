"""The directory of partners: search, filters, a sparkline each, and the way to a profile."""

from __future__ import annotations

from typing import Any

import polars as pl
import streamlit as st

from wtnet.network import Scope
from wtnet.tables.schema import KINDS
from wtnet.ui import state, view
from wtnet.ui.page import Here, say
from wtnet.ui.partners_waves import STRENGTH, moved, totals
from wtnet.ui.words import count, listed

_CORE = {
    "museum": ("museum", "museums"),
    "freelancer": ("freelancer", "freelancers"),
    "community_group": ("community group", "community groups"),
    "health_provider": ("health provider", "health providers"),
}


def asked(here: Here) -> str | None:
    """The partner whose profile a link or a click asks for."""
    return next(iter(view.among("partner", here.tables.organisations["id"].to_list(), "partner")), None)


def directory(here: Here) -> None:
    """Every partner with its kind, place and strength over the waves; a row opens the profile."""
    frame = _frame(here)
    say(_sentence(here, frame))
    shown = _filtered(here, frame)
    if not shown.height:
        st.info("No partner matches these words and filters.", icon=":material/search_off:")
        st.button("Show everyone", on_click=_everyone, key="directory_all")
        return

    def opened() -> None:
        rows = st.session_state["directory"]["selection"]["rows"]
        if rows:
            view.put("partner", shown["id"][rows[0]])

    config: dict[str, Any] = {
        "name": st.column_config.TextColumn("Partner", width="large"),
        "kind": st.column_config.TextColumn("Kind"),
        "place": st.column_config.TextColumn("Place"),
        "partners": st.column_config.NumberColumn("Works with", help="Partners it has a tie with in the wave looked at"),
        "line": st.column_config.LineChartColumn("Total strength, wave by wave", y_min=0),
        "in words": st.column_config.TextColumn("In words", help="Total strength of its ties, from the first wave to the last"),
    }
    st.dataframe(
        shown.select("name", "kind", "place", "partners", "line", "in words"),
        hide_index=True,
        column_config=config,
        height=min(720, 38 + 35 * shown.height),
        key="directory",
        placeholder="–",
        on_select=opened,
        selection_mode="single-row",
        alt=f"{shown.height} partners with kind, place, number of partners and the total strength of their ties in each wave",
    )
    st.caption("Select a row to open the partner's profile; press a heading to sort.")


def _sentence(here: Here, frame: pl.DataFrame) -> str:
    if not frame.height:
        return "No partners have been brought in yet."
    number = dict(here.tables.organisations.group_by("kind").len().iter_rows())
    told = [count(number[kind], *words) for kind, words in _CORE.items() if number.get(kind)]
    others = frame.height - sum(number.get(kind, 0) for kind in _CORE)
    kinds = listed([*told, *([count(others, "other")] if others else [])], most=6)
    alone = frame.filter(pl.col("partners") == 0).height
    without = f" {count(alone, 'partner')} without a tie." if alone else ""
    return f"{count(frame.height, 'partner')}: {kinds}.{without}"


def _frame(here: Here) -> pl.DataFrame:
    """One row a partner: id, name, kind (in words), place, partners (in the wave looked at), line, in words."""
    found = totals(*here.key, Scope())
    lines = found.group_by("partner", maintain_order=True).agg(
        pl.col(STRENGTH).fill_null(0).alias("line"), pl.col(STRENGTH).alias("values")
    )
    now = state.measured(*here.key, Scope(wave=here.wave), ("partners",)).select("id", "partners")
    frame = (
        here.tables.organisations.select("id", "name", pl.col("kind").cast(pl.String).replace(KINDS), "place")
        .join(now, on="id", how="left", maintain_order="left")
        .join(lines, left_on="id", right_on="partner", how="left", maintain_order="left")
    )
    words = pl.Series("in words", [moved(values or []) for values in frame["values"].to_list()], dtype=pl.String)
    return frame.with_columns(words).drop("values")


def _filtered(here: Here, frame: pl.DataFrame) -> pl.DataFrame:
    in_use = [kind for kind in KINDS if kind in set(here.tables.organisations["kind"])]
    places = sorted(set(here.tables.organisations["place"].drop_nulls()))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="directory_filters"):
        with st.container(width=260):
            words = st.text_input("Search", value=view.get("find") or "", key="in_find", placeholder="a name, a place …")
            view.put("find", words.strip() or None)
        with st.container(width=260):
            kinds = view.several(
                st.multiselect,
                "Kinds",
                in_use,
                name="kinds",
                what="kind of partner",
                format_func=KINDS.__getitem__,
                placeholder="All kinds",
            )
        with st.container(width=260):
            chosen = view.several(st.multiselect, "Places", places, name="place", what="place", placeholder="All places")
    if kinds:
        frame = frame.filter(pl.col("kind").is_in([KINDS[kind] for kind in kinds]))
    if chosen:
        frame = frame.filter(pl.col("place").is_in(chosen))
    for word in words.lower().split():
        text = pl.concat_str("name", "kind", pl.col("place").fill_null(""), separator=" ").str.to_lowercase()
        frame = frame.filter(text.str.contains(word, literal=True))
    return frame


def _everyone() -> None:
    for name in ("find", "kinds", "place"):
        view.put(name)
    view.forget("find", "kinds", "place")
    st.session_state["in_find"] = ""
