"""The profile of one partner: whom it works with, what both sides say, how that moved, and what came of its pilots."""

from __future__ import annotations

from functools import partial

import polars as pl
import streamlit as st

from wtnet.draw import map as draw_map
from wtnet.draw.categories import by_kind
from wtnet.draw.change_charts import Point, multiple
from wtnet.draw.palette import STATES
from wtnet.measures import catalogue, resilience
from wtnet.network import Network, Scope, date_of
from wtnet.tables.schema import KINDS
from wtnet.ui import component, state, view
from wtnet.ui.chosen import Chosen, pilots_of
from wtnet.ui.figures import guide_link, opens, partner_table, rows, show_frames, value_said
from wtnet.ui.page import Here, say
from wtnet.ui.partners_waves import STRENGTH, TIES, totals
from wtnet.ui.words import count, figure, plain

FIGURES = ("partners", "mean_strength", "sectors_reached", "trust_received", "betweenness")
_APART = 0.2
"""How far apart two sides' views of a partnership must be to be named as something to talk about."""


def show(here: Here, partner: str) -> None:
    """The whole profile."""
    network = state.network(*here.key, Scope(wave=here.wave))
    about = here.tables.organisations.filter(pl.col("id") == partner).row(0, named=True)
    with st.container(horizontal=True, vertical_alignment="center", key="profile_actions"):
        st.button("All partners", on_click=_leave, key="profile_leave", icon=":material/arrow_back:")
        st.page_link(
            "pages/side_by_side.py",
            label="See on the map",
            icon=":material/join_inner:",
            query_params={"select": f"partner:{partner}"},
        )
    st.header(plain(about["name"]), anchor=False)
    st.caption(plain(" · ".join(part for part in (KINDS[about["kind"]], about["place"]) if part)))
    if about["description"]:
        st.markdown(plain(about["description"]))
    if (about["website"] or "").lower().startswith(("https://", "http://")):
        st.caption(f":material/link: {plain(about['website'])}")
    say(_sentence(here, network, partner))
    _figures(here, network, partner)
    left, right = st.columns(2, gap="large")
    with left:
        _circle(here, network, partner)
        _waves(here, partner)
    with right:
        _ties(here, network, partner)
        _depends(here, network, partner)
    _pilots(here, partner)
    st.caption("To print this page, use your browser's print command; menus and buttons are left out.")


def _leave() -> None:
    view.put("partner")


def _sentence(here: Here, network: Network, partner: str) -> str:
    others = list(network.graph[partner])
    kinds = {network.graph.nodes[other]["kind"] for other in others}
    if not others:
        return f"No ties at {here.wave_name()}." if here.wave else "No documented ties."
    told = [t["strength"] for t in network.graph[partner].values() if t["strength"] is not None]
    mean = f", of mean strength {figure(sum(told) / len(told), digits=2)}" if told else ""
    return f"Works with {count(len(others), 'partner')} of {count(len(kinds), 'kind')}{mean}."


def _figures(here: Here, network: Network, partner: str) -> None:
    values = state.measured(*here.key, network.scope).row(by_predicate=pl.col("id") == partner, named=True)
    with st.container(horizontal=True, gap="small", key="figures"):
        for name in FIGURES:
            measure = catalogue.find(name, "partner")
            with st.container(width=150, gap=None):
                st.metric(measure.label, value_said(measure, values[name]))
                opens(f"profile_{name}", "Show me", partial(catalogue.rows, network, name, partner), partial(_about, measure))


def _about(measure: catalogue.Measure) -> None:
    st.markdown(f"**{plain(measure.label)}.** {plain(measure.meaning)} {plain(measure.caution)}")
    guide_link(measure)


def _circle(here: Here, network: Network, partner: str) -> None:
    """The partner among those it works with, as a live map; a click opens the other's profile."""
    st.subheader("Whom it works with", anchor=False)
    near = state.network(*here.key, Scope(wave=here.wave, focus=(partner,), hops=1))
    if near.graph.number_of_nodes() < 2:
        st.caption("Nobody in this wave.")
        return
    colours = by_kind({node: near.graph.nodes[node]["kind"] for node in near.graph})
    sizes = {node: 3.0 if node == partner else 1.0 for node in near.graph}
    message = draw_map.message(draw_map.draw(near, state.arranged(*here.key), sizes, colours=colours), legend=colours)
    component.live_map({**message, "may_arrange": False}, "circle", partial(_other, here, partner))


def _other(here: Here, partner: str) -> None:
    picked = component.picked("circle")
    if picked.get("kind") == "partner" and picked.get("id") != partner:
        view.put("partner", str(picked["id"]))


def _waves(here: Here, partner: str) -> None:
    """Total strength and number of partners in every wave."""
    found = totals(*here.key, Scope()).filter(pl.col("partner") == partner)
    if found.height < 2:
        return
    st.subheader("From wave to wave", anchor=False)
    drawn = []
    for column, title, digits in ((STRENGTH, "Total strength of its ties", 1), (TIES, "Partners it works with", 0)):
        points = [
            Point(
                here.wave_name(row["wave"]), row[column], figure(row[column], digits=digits), date_of(here.tables, row["wave"]),
                quiet=row["answered"] is False, note="did not answer" if row["answered"] is False else "",
            )
            for row in found.iter_rows(named=True)
        ]  # fmt: skip
        drawn.append(multiple(title, points))
    component.pictures(drawn, "profile_pictures")
    if (found["answered"] == False).any():  # noqa: E712
        st.caption("A hollow point: it did not answer in that wave, so the figure rests on what the others say of it.")


def own_ties(network: Network, partner: str) -> pl.DataFrame:
    """The partner's ties, strongest first.

    Columns: other, says, other_says, strength, agreement, basis, kind, apart (says − other_says; null unless both say).
    """
    names = network.tables.organisations.select("id", "name", pl.col("kind").cast(pl.String).replace(KINDS))
    first = pl.col("source") == partner
    return (
        network.ties.filter((pl.col("source") == partner) | (pl.col("target") == partner))
        .with_columns(
            pl.when(first).then("target").otherwise("source").alias("id"),
            pl.when(first).then("forward").otherwise("backward").alias("says"),
            pl.when(first).then("backward").otherwise("forward").alias("other_says"),
        )
        .join(names, on="id", how="left", maintain_order="left")
        .with_columns((pl.col("says") - pl.col("other_says")).alias("apart"))
        .sort("strength", descending=True, nulls_last=True, maintain_order=True)
        .select(pl.col("name").alias("other"), "says", "other_says", "strength", "agreement", "basis", "kind", "apart")
    )


def _ties(here: Here, network: Network, partner: str) -> None:
    """Both sides of every tie, and where they differ most: a prompt for a conversation."""
    st.subheader("What both sides say", anchor=False)
    ties = own_ties(network, partner)
    if not ties.height:
        st.caption("It has no tie in this wave.")
        return
    wide = ties.filter(pl.col("apart").abs() >= _APART).sort(pl.col("apart").abs(), descending=True, maintain_order=True).head(3)
    for row in wide.iter_rows(named=True):
        who = (
            "It rates this partnership higher than the other side does" if row["apart"] > 0 else "The other side rates it higher"
        )
        said = f"{row['other']}: {who} ({figure(row['says'], digits=2)} and {figure(row['other_says'], digits=2)})."
        st.markdown(f":material/forum: {plain(said)}")
    if wide.height:
        st.caption("A difference is no fault on either side; it may be worth a conversation.")
    elif ties["agreement"].count():
        st.caption("Where both sides answered, they see their partnerships much alike.")
    renamed = {"other": "partner", "says": "it says", "other_says": "they say"}
    rows(ties.drop("apart").rename(renamed).with_columns(pl.col(pl.Float64).round(2)), "profile_ties")


def _depends(here: Here, network: Network, partner: str) -> None:
    """What the network would lose without it."""
    st.subheader("What depends on it", anchor=False)
    lost = resilience.cut_off(network).get(partner) or 0
    if lost:
        st.markdown(f"Without it, {count(int(lost), 'partner')} would be cut off from the rest: it is their only link.")
    else:
        st.markdown("Nobody would be cut off without it: those it works with have other links.")
    show_frames(
        "Show me every measure of it", "profile_measures", {"its measures": partial(partner_table, here, network, partner)}
    )


def _pilots(here: Here, partner: str) -> None:
    """Its pilots with its part in them, their indicators, and words people agreed to share."""
    st.subheader("Its pilots, and what came of them", anchor=False)
    pilots = pilots_of(Chosen("partner", partner), here.tables) or []
    if not pilots:
        st.caption("It is not part of a pilot, so nothing measured stands beside its partnerships.")
        return
    roles = dict(here.tables.involvements.filter(pl.col("organisation") == partner).select("pilot", "role").iter_rows())
    for about in here.tables.pilots.filter(pl.col("id").is_in(pilots)).iter_rows(named=True):
        part = "leads it" if about["lead"] == partner else roles.get(about["id"]) or "takes part"
        whom = f" For: {plain(about['target_group'])}." if about["target_group"] else ""
        st.markdown(f"**{plain(about['name'])}** · {plain(part)}.{whom}")
    progress = state.progress(*here.key, here.wave).filter(pl.col("pilot").is_in(pilots))
    if progress.height:
        words = {name: f"{icon} {said}" for name, (said, icon, *_) in STATES.items()}
        shown = progress.select(
            "theme",
            pl.col("name").alias("indicator"),
            pl.col("pilot_name").alias("pilot"),
            *("unit", "baseline", "latest", "target", "n"),
            pl.col("state").replace(words),
        )
        rows(shown, "profile_indicators")
    quotes = here.tables.quotes.filter(pl.col("sharing") != "private")
    quotes = quotes.filter((pl.col("organisation") == partner).fill_null(False) | pl.col("pilot").is_in(pilots))
    for text, by in quotes.select("text", "attribution").head(3).iter_rows():
        st.markdown(f"> {plain(text)}\n>\n> — {plain(by or 'Someone who took part')}")
