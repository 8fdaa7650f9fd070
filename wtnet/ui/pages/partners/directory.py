"""The directory of partners: search, filters, a sparkline each, and the way to a profile."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import polars as pl
import streamlit as st

from wtnet.measures import catalogue
from wtnet.network import Scope
from wtnet.sentences import partners as partner_sentences
from wtnet.sentences.format import WITHHELD, figure
from wtnet.tables.pilots import members
from wtnet.tables.schema import KINDS
from wtnet.tables.text import folded
from wtnet.ui.frame import address, cached, chips, sign_in
from wtnet.ui.frame.markdown import count
from wtnet.ui.frame.page import PageContext, nothing_left, opening_sentence
from wtnet.ui.parts import filters
from wtnet.ui.parts.figures import show_frame
from wtnet.ui.parts.table import show_table
from wtnet.ui.parts.trend import STRENGTH, TIES, moved, spark_column, sparks, totals

address.declare(find="search", place="place", sort="order", list="list")

_ORDERS: dict[str, tuple[str, str | None, bool]] = {
    "table": ("as in the data", None, False),
    "name": ("name", "name", False),
    "place": ("place", "place", False),
    "partners": ("most partners", "partners", True),
    "strength": ("greatest total strength", "total", True),
    "gained": ("gained most since the first wave", "moved", True),
    "lost": ("lost most since the first wave", "moved", False),
}
"""The orders by name: label, column (None for that of the table), whether it descends."""
FILTERS = ("pilot", "pilot_place", "target_group", "kind", "place", "find")
_SEARCHED = ("name", "kind", "place", "description")


def chosen_partner(here: PageContext) -> str | None:
    """The partner whose profile the address names."""
    return next(iter(address.among("partner", here.tables.organisations["id"].to_list())), None)


def choose_list() -> str:
    """Draw the choice between the partners and their partnerships: "partners" or "partnerships"."""
    words = {"partners": "Partners", "partnerships": "Partnerships"}
    return address.choose(
        "List", words, name="list", default="partners", widget=st.segmented_control, label_visibility="collapsed"
    )


def directory(here: PageContext) -> None:
    """Show every partner with its kind, place and strength over the waves; a row opens the profile."""
    chips.follow(*FILTERS)
    headline = st.container()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="directory_filters"):
        filtered_by, order = _filters(here), _order(here)
        inside = cached.network(*here.key, filters.scope_as_chosen(here, "pilot")).graph
        scope = filters.scope(here)
    partners = _partners(here, scope)
    with headline:
        alone = partners.filter(pl.col("partners") == 0).height
        opening_sentence(partner_sentences.directory_headline(here.tables.organisations["kind"], alone, here.tables))
    if not partners.height:
        sign_in.link_to_data("Bring in data")
        return
    shown = _sorted(_filtered(partners.filter(pl.col("id").is_in(list(inside))), *filtered_by), order)
    if not shown.height:
        nothing_left("No partner matches these words and filters.", *FILTERS)
        return
    _table(here, shown)
    fewer = f"{shown.height:,} of {count(partners.height, 'partner')}. " if shown.height < partners.height else ""
    whole = "The figures are those with all partners. " if shown.height < partners.height else ""
    st.caption(f"{fewer}{whole}Select a row to open the partner's profile.")
    rows = _total_in_words(here, shown).drop("id", "line").rename({"total": "total strength"})
    rows = rows if here.audience == "lead" else rows.drop("moved")
    show_frame("Show me these rows as a table", "directory_rows", lambda: rows)


def _total_in_words(here: PageContext, shown: pl.DataFrame) -> pl.DataFrame:
    """The rows with "withheld" where the total strength is kept back from the reader."""
    if here.audience == "lead":
        return shown.drop("withheld")
    words = [WITHHELD if back else figure(total, digits=2) for total, back in shown.select("total", "withheld").iter_rows()]
    return shown.with_columns(pl.Series("total", words, dtype=pl.String)).drop("withheld")


def _table(here: PageContext, shown: pl.DataFrame) -> None:
    def open_profile() -> None:
        selected = st.session_state["directory"]["selection"]["rows"]
        if selected:
            address.put("partner", shown["id"][selected[0]])

    config: dict[str, Any] = {
        "name": st.column_config.TextColumn("Partner", width=248),
        "kind": st.column_config.TextColumn("Kind", width=202),
        "place": st.column_config.TextColumn("Place", width=96),
        "partners": st.column_config.NumberColumn(
            "Works with", width=84, help="Partners it has a partnership with in the wave looked at"
        ),
        "line": spark_column("Total strength by wave", "Total strength of its partnerships in each wave", 150),
        "in words": st.column_config.TextColumn(
            "In words", width=190, help="Total strength of its partnerships, from the first wave to the last"
        ),
        "pilots": st.column_config.NumberColumn("Pilots", width=58, help="Pilots it leads or takes part in"),
        "total": "Total strength",
    }
    over_waves = ["line", "in words"] if len(here.tables.waves) > 1 else ["total"]
    rows = _total_in_words(here, shown).select("name", "kind", "place", "partners", *over_waves, "pilots")
    what = "kind, place, number of partners and the total strength of their partnerships in each wave"
    alt = f"{shown.height} partners with {what}"
    show_table(rows, "directory", alt, config, open_profile, most=720, on_screen_only=("line",))


def _partners(here: PageContext, scope: Scope) -> pl.DataFrame:
    """One row a partner: id, name, kind (its label), place, description, partners and total (strength) in the wave, moved
    (total strength, last known wave less first), withheld (whether the total is kept back), pilots, in words,
    line (a picture of the total strength in each wave)."""
    by_wave = totals(*here.key, replace(scope, wave=None))
    known = pl.col(STRENGTH).drop_nulls()
    histories = by_wave.group_by("partner", maintain_order=True).agg(
        pl.col(STRENGTH).alias("values"),
        pl.col("withheld").alias("kept back"),
        pl.when(known.len() > 1).then(known.last() - known.first()).alias("moved"),
    )
    now = cached.partner_measures(*here.key, scope, (TIES, STRENGTH)).select("id", partners=TIES, total=STRENGTH)
    pilots = members(here.tables).group_by("organisation").agg(pilots=pl.len().cast(pl.Int64))
    frame = (
        here.tables.organisations.select("id", "name", pl.col("kind").cast(pl.String).replace(KINDS), "place", "description")
        .join(now, on="id", how="left", maintain_order="left")
        .join(histories, left_on="id", right_on="partner", how="left", maintain_order="left")
        .join(pilots, left_on="id", right_on="organisation", how="left", maintain_order="left")
        .with_columns(pl.col("pilots").fill_null(0))
    )
    rows = [values or [] for values in frame["values"].to_list()]
    hidden = [back or [] for back in frame["kept back"].to_list()]
    words = pl.Series("in words", [moved(row, back) for row, back in zip(rows, hidden, strict=True)], dtype=pl.String)
    network, measure = cached.network(*here.key, scope), catalogue.find(STRENGTH, "partner")
    reasons = catalogue.withheld_partners(measure, network)
    back = pl.Series("withheld", [bool(reasons.get(id)) for id in frame["id"]], dtype=pl.Boolean)
    return frame.with_columns(words, back, sparks(rows)).drop("values", "kept back")


def _filters(here: PageContext) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Draw the filters: words to look for, kinds and places."""
    places = sorted(set(here.tables.organisations["place"].drop_nulls()))
    with st.container(width=190):
        words = address.text("Search", name="find", placeholder="a name, a place …")
    with st.container(width=205):
        kinds = address.choose_several("Kinds", filters.kinds_in_use(here), name="kind", placeholder="All kinds")
    with st.container(width=205):
        chosen = address.choose_several("Places", places, name="place", placeholder="All places")
    return words, kinds, chosen


def _filtered(partners: pl.DataFrame, words: str, kinds: tuple[str, ...], places: tuple[str, ...]) -> pl.DataFrame:
    """The partners that match every word, one of the kinds and one of the places."""
    if kinds:
        partners = partners.filter(pl.col("kind").is_in([KINDS[kind] for kind in kinds]))
    if places:
        partners = partners.filter(pl.col("place").is_in(places))
    for word in folded(words).split():
        texts = (folded(" ".join(filter(None, row))) for row in partners.select(_SEARCHED).iter_rows())
        partners = partners.filter(pl.Series([word in text for text in texts], dtype=pl.Boolean))
    return partners


def _order(here: PageContext) -> str:
    """Draw the choice of the order; gains and losses need two waves."""
    several = len(here.tables.waves) > 1
    several = several and here.audience == "lead"  # who lost most is for the lead
    labels = {name: label for name, (label, *_) in _ORDERS.items() if several or name not in ("gained", "lost")}
    with st.container(width=205):
        return address.choose("Sort by", labels, name="sort", default="table")


def _sorted(partners: pl.DataFrame, order: str) -> pl.DataFrame:
    """Sort with those without a value last, equals in the order of the organisations."""
    _, column, descending = _ORDERS[order]
    return partners.sort(column, descending=descending, nulls_last=True, maintain_order=True) if column else partners
