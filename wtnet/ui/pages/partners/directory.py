"""The directory of partners: search, filters, a sparkline each, and the way to a profile."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import Any

import polars as pl
import streamlit as st

from wtnet.network import Scope
from wtnet.tables.pilots import members_by_pilot
from wtnet.tables.schema import KINDS
from wtnet.ui.frame import address, cached, sign_in
from wtnet.ui.frame.markdown import count, listed
from wtnet.ui.frame.page import PageContext, nothing_left, opening_sentence
from wtnet.ui.parts import filters
from wtnet.ui.parts.figures import show_frame
from wtnet.ui.parts.trend import STRENGTH, TIES, moved, spark_column, sparks, totals

address.declare(kinds="kind of partner", find="search", place="place", sort="order")

_CORE = {
    "museum": ("museum", "museums"),
    "freelancer": ("freelancer", "freelancers"),
    "community_group": ("community group", "community groups"),
    "health_provider": ("health provider", "health providers"),
}


def asked(here: PageContext) -> str | None:
    """The partner whose profile a link or a click asks for."""
    return next(iter(address.among("partner", here.tables.organisations["id"].to_list())), None)


def directory(here: PageContext) -> None:
    """Every partner with its kind, place and strength over the waves; a row opens the profile."""
    sentence = st.container()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="directory_filters"):
        wanted, order = _filters(here), _order(here)
        pairing, weights = filters.strength()
    frame = _frame(here, Scope(wave=here.wave, pairing=pairing, weights=weights))
    with sentence:
        opening_sentence(_sentence(here, frame))
    shown = _sorted(_filtered(frame, *wanted), order)
    if not frame.height:
        sign_in.link_to_data("Bring in data")
        return
    if not shown.height:
        nothing_left("No partner matches these words and filters.", "find", "kinds", "place")
        return

    def opened() -> None:
        rows = st.session_state["directory"]["selection"]["rows"]
        if rows:
            address.put("partner", shown["id"][rows[0]])

    several = len(here.tables.waves) > 1
    config: dict[str, Any] = {
        "name": st.column_config.TextColumn("Partner", width=248),
        "kind": st.column_config.TextColumn("Kind", width=202),
        "place": st.column_config.TextColumn("Place", width=96),
        "partners": st.column_config.NumberColumn(
            "Works with", width=84, help="Partners it has a tie with in the wave looked at"
        ),
        "line": spark_column("Total strength by wave", "Total strength of its ties in each wave", 150),
        "in words": st.column_config.TextColumn(
            "In words", width=190, help="Total strength of its ties, from the first wave to the last"
        ),
        "pilots": st.column_config.NumberColumn("Pilots", width=58, help="Pilots it leads or takes part in"),
    }
    columns = ["name", "kind", "place", "partners", *(["line", "in words"] if several else ["total"]), "pilots"]
    st.dataframe(
        shown.select(columns),
        hide_index=True,
        column_config={**config, "total": st.column_config.NumberColumn("Total strength", format="%.2f")},
        height=min(720, 38 + 35 * shown.height),
        key="directory",
        placeholder="–",
        on_select=opened,
        selection_mode="single-row",
        alt=f"{shown.height} partners with kind, place, number of partners and the total strength of their ties in each wave",
    )
    fewer = f"{shown.height:,} of {count(frame.height, 'partner')}. " if shown.height < frame.height else ""
    st.caption(f"{fewer}Select a row to open the partner's profile.")
    table = shown.drop("id", "line").rename({"total": "total strength"})
    show_frame("Show me these rows as a table", "directory_rows", lambda: table)


def _sentence(here: PageContext, frame: pl.DataFrame) -> str:
    if not frame.height:
        return "No partners have been brought in yet."
    number = dict(here.tables.organisations.group_by("kind").len().iter_rows())
    told = [count(number[kind], *words) for kind, words in _CORE.items() if number.get(kind)]
    others = frame.height - sum(number.get(kind, 0) for kind in _CORE)
    kinds = listed([*told, *([count(others, "other")] if others else [])], most=6)
    alone = frame.filter(pl.col("partners") == 0).height
    without = f" {count(alone, 'partner')} without a tie." if alone else ""
    return f"{count(frame.height, 'partner')}: {kinds}.{without}"


def _frame(here: PageContext, scope: Scope) -> pl.DataFrame:
    """One row a partner: id, name, kind (in words), place, partners and total (in the wave looked at), line (a picture of
    the total strength in each wave), moved (last − first known), in words, pilots, description."""
    found = totals(*here.key, replace(scope, wave=None))
    known = pl.col(STRENGTH).drop_nulls()
    lines = found.group_by("partner", maintain_order=True).agg(
        pl.col(STRENGTH).alias("values"),
        pl.when(known.len() > 1).then(known.last() - known.first()).alias("moved"),
    )
    now = cached.partner_measures(*here.key, scope, (TIES, STRENGTH)).select("id", partners=TIES, total=STRENGTH)
    part = [partner for inside in members_by_pilot(here.tables).values() for partner in inside]
    pilots = pl.DataFrame({"id": part}, schema={"id": pl.String}).group_by("id").agg(pilots=pl.len().cast(pl.Int64))
    frame = (
        here.tables.organisations.select("id", "name", pl.col("kind").cast(pl.String).replace(KINDS), "place", "description")
        .join(now, on="id", how="left", maintain_order="left")
        .join(lines, left_on="id", right_on="partner", how="left", maintain_order="left")
        .join(pilots, on="id", how="left", maintain_order="left")
        .with_columns(pl.col("pilots").fill_null(0))
    )
    rows = [values or [] for values in frame["values"].to_list()]
    words = pl.Series("in words", [moved(row) for row in rows], dtype=pl.String)
    return frame.with_columns(words, sparks(rows)).drop("values")


def _filters(here: PageContext) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Words to look for, kinds and places, kept in the URL."""
    in_use = [kind for kind in KINDS if kind in set(here.tables.organisations["kind"])]
    places = sorted(set(here.tables.organisations["place"].drop_nulls()))
    with st.container(width=190):
        words = address.text("Search", name="find", placeholder="a name, a place …")
    with st.container(width=205):
        kinds = address.several(
            st.multiselect, "Kinds", in_use, name="kinds", what="kind of partner", format_func=KINDS.__getitem__,
            placeholder="All kinds",
        )  # fmt: skip
    with st.container(width=205):
        chosen = address.several(st.multiselect, "Places", places, name="place", what="place", placeholder="All places")
    return words, kinds, chosen


def _filtered(frame: pl.DataFrame, words: str, kinds: tuple[str, ...], places: tuple[str, ...]) -> pl.DataFrame:
    """The partners that match every word, one of the kinds and one of the places."""
    if kinds:
        frame = frame.filter(pl.col("kind").is_in([KINDS[kind] for kind in kinds]))
    if places:
        frame = frame.filter(pl.col("place").is_in(places))
    for word in _bare(words).split():
        frame = frame.filter(
            pl.Series(
                [word in _bare(" ".join(filter(None, row))) for row in frame.select(_SEARCHED).iter_rows()], dtype=pl.Boolean
            )
        )
    return frame


_SEARCHED = ("name", "kind", "place", "description")


def _bare(text: str) -> str:
    """Text as a search compares it: without case and accents."""
    return "".join(letter for letter in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(letter))


def _order(here: PageContext) -> str:
    """In which order the partners stand, kept in the URL."""
    offered = [name for name in _ORDERS if name not in ("gained", "lost") or len(here.tables.waves) > 1]
    with st.container(width=205):
        chosen = address.one(
            st.selectbox, "Sort by", offered, name="sort", default="table", what="order", format_func=_ORDER_WORDS.__getitem__
        )
    return chosen or "table"


def _sorted(frame: pl.DataFrame, order: str) -> pl.DataFrame:
    """Those without a value last, equals in the order of the organisations."""
    column, descending = _ORDERS[order]
    return frame.sort(column, descending=descending, nulls_last=True, maintain_order=True) if column else frame


_ORDERS: dict[str, tuple[str | None, bool]] = {
    "table": (None, False),
    "name": ("name", False),
    "place": ("place", False),
    "partners": ("partners", True),
    "strength": ("total", True),
    "gained": ("moved", True),
    "lost": ("moved", False),
}
_ORDER_WORDS = {
    "table": "as in the data",
    "name": "name",
    "place": "place",
    "partners": "most partners",
    "strength": "greatest total strength",
    "gained": "gained most since the first wave",
    "lost": "lost most since the first wave",
}
