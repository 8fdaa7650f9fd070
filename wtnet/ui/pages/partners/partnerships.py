"""Partnerships as a list: strongest, weakest, most one-sided, most changed, never rated, at risk; each opens to both sides."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import polars as pl
import streamlit as st

from wtnet.analysis.partnership_list import LEADS_ORDERS, ORDERS, Order, ordered, partnerships
from wtnet.measures import disclosure
from wtnet.network import Network, waves_in_order
from wtnet.sentences import partners as partner_sentences
from wtnet.sentences import partnerships as words
from wtnet.sentences import respondents, strength
from wtnet.sentences.filters import RULE
from wtnet.tables import relationships, schema
from wtnet.tables.text import folded
from wtnet.ui.frame import address, cached, chips
from wtnet.ui.frame.markdown import count, cut, plain
from wtnet.ui.frame.page import PageContext, nothing_left, opening_sentence
from wtnet.ui.pages.partners import on_paper
from wtnet.ui.parts import filters
from wtnet.ui.parts.figures import rows_button
from wtnet.ui.parts.next_steps import notes, step_button
from wtnet.ui.parts.selection import Selection, parse
from wtnet.ui.parts.table import show_table
from wtnet.ui.parts.views import views

address.declare(order="order of partnerships", pair="partnership", find="search")

FILTERS = ("kind", "pilot", "find")


def of_all(here: PageContext) -> None:
    """Every partnership in the wave, in the order asked for, to be searched and filtered."""
    chips.follow(*FILTERS, *RULE)
    headline = st.container()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="partnership_filters"):
        with st.container(width=190):
            searched = address.text("Search", name="find", placeholder="a name, a word …")
        filters.boxed("Kinds", filters.kinds_in_use(here), "kind", "All kinds", 205)
        filters.boxed("Pilots", here.tables.names("pilots"), "pilot", "All pilots", 205)
        scope = filters.scope(here)
        views(here, "partners")
    network, narrowed = cached.network(*here.key, scope), filters.scope_as_chosen(here, "kind", "pilot")
    inside = set(cached.network(*here.key, replace(narrowed, kinds=())).graph)
    frame, since = _rows(here, network)
    with headline:
        opening_sentence(words.headline(network, frame))
    frame = frame.filter(pl.col("source").is_in(inside), pl.col("target").is_in(inside))
    frame = _searched(frame, searched, narrowed.kinds)
    if not frame.height:
        nothing_left("No partnership matches these words and filters.", *FILTERS)
        return
    _list(here, network, frame, since)


def of_partner(here: PageContext, network: Network, partner: str) -> None:
    """The same of one partner, on its profile."""
    frame, since = _rows(here, network)
    frame = frame.filter((pl.col("source") == partner) | (pl.col("target") == partner))
    if frame.height > 1:
        st.subheader("Its partnerships as a list", anchor=False)
        _list(here, network, frame, since, partner)


def _rows(here: PageContext, network: Network) -> tuple[pl.DataFrame, str]:
    """The partnerships of a network, and the name of the wave before, to which they are compared; "" for none."""
    order = waves_in_order(here.tables)
    at = order.index(network.wave) if network.wave in order else 0
    if not at or here.audience != "lead" or network.scope.answers:
        return partnerships(network), ""
    before = cached.network(*here.key, replace(network.scope, wave=order[at - 1]))
    return partnerships(network, before), here.wave_name(order[at - 1])


def _searched(frame: pl.DataFrame, searched: str, kinds: tuple[str, ...]) -> pl.DataFrame:
    """The rows that hold every word, and those with an end of one of the kinds."""
    if kinds:
        frame = frame.filter(pl.col("source_kind").is_in(kinds) | pl.col("target_kind").is_in(kinds))
    columns = ("source_name", "target_name", "relationship")
    for word in folded(searched).split():
        texts = (folded(" ".join(filter(None, row))) for row in frame.select(columns).iter_rows())
        frame = frame.filter(pl.Series([word in text for text in texts], dtype=pl.Boolean))
    return frame


def _list(here: PageContext, network: Network, frame: pl.DataFrame, since: str, partner: str | None = None) -> None:
    offered = {order: words.ORDERS[order] for order in ORDERS if _offered(here, order, since, frame)}
    order: Order = address.choose(
        "Show", offered, name="order", default="strongest", widget=st.pills, label_visibility="collapsed", required=True
    )
    rows = ordered(frame, order)
    means = words.means(order, here.audience == "lead")
    st.caption(f"{plain(means)} {count(rows.height, 'partnership')} of {frame.height:,}." if rows.height else plain(means))
    if not rows.height:
        st.info(words.NONE[order], icon=":material/check:")
        return
    shown = words.table(network, rows, since, partner)

    def open_pair() -> None:
        chosen = st.session_state[f"partnerships_{partner or ''}"]["selection"]["rows"]
        if chosen:
            address.put("pair", "~".join(rows.row(chosen[0])[:2]))

    alt = f"{count(shown.height, 'partnership')}: {words.ORDERS[order].lower()}"
    show_table(shown, f"partnerships_{partner or ''}", alt, on_select=open_pair, most=560)
    scale = "Strength runs from 0 (none) to 1 (strongest). " if here.audience == "lead" else ""
    st.caption(f"{scale}Tick a row to open the partnership.")
    _opened(here, network, rows, partner)


def _offered(here: PageContext, order: Order, since: str, frame: pl.DataFrame) -> bool:
    if order == "changed" and not since:
        return False
    if order == "several":
        return relationships.tells_all(here.tables) and ordered(frame, order).height > 0
    return here.audience == "lead" or order not in LEADS_ORDERS


def _opened(here: PageContext, network: Network, rows: pl.DataFrame, partner: str | None) -> None:
    """The partnership that the address names, with both sides' answers, or as others may read it."""
    asked = address.get("pair")
    chosen = parse(f"tie:{asked}", here.tables) if asked else None
    if asked and chosen is None:
        address.gone("partnership", asked)
        address.put("pair")
    if chosen is None or not network.graph.has_edge(chosen.id, chosen.other):
        return
    if partner in (chosen.id, chosen.other):
        chosen = Selection("tie", str(partner), chosen.other if chosen.id == partner else chosen.id)
    elif partner:
        return
    with st.container(border=True, key="one_partnership"):
        _one(here, network, rows, chosen)


def _one(here: PageContext, network: Network, rows: pl.DataFrame, chosen: Selection) -> None:
    names = network.graph.nodes(data="name")
    own, other = (cut(names[end], 46) for end in (chosen.id, chosen.other))
    st.subheader(plain(f"{own} ↔ {other}"), anchor=False)
    ends = sorted((chosen.id, chosen.other))
    row = next(rows.filter(pl.col("source") == ends[0], pl.col("target") == ends[1]).iter_rows(named=True), None)
    says = strength.pair_words(network, *ends)
    sentences = [f"Strength: {says}."] if says != strength.PAIR_WITHHELD else [disclosure.PAIR]
    if row and row["risks"]:
        sentences.append(f"At risk: {words.risk_words(row['risks'])}.")
    st.markdown(plain(" ".join(sentences)))
    answers = partner_sentences.answer_rows(network, chosen.id, chosen.other)
    if here.audience == "lead" and any(set(line[1:3]) != {"–"} for line in answers):
        on_paper.sheet(on_paper.answers(answers, f"{own} says", f"{other} says"), "partnership_answers")
        for sentence in respondents.of_pair(network, chosen.id, chosen.other):
            st.caption(plain(sentence))
    elif here.audience == "lead":
        st.caption("Neither side rated it in this wave.")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.page_link(
            "pages/side_by_side.py",
            label="See on the map",
            icon=":material/join_inner:",
            query_params=address.params(select=f"tie:{ends[0]}~{ends[1]}"),
        )
        rows_button("partnership_documents", "What is documented", partial(_documents, network, ends))
        what = f"Talk to {own} and {other}"
        step_button(here, "pair", what, "worry" if row and row["risks"] else "own", chosen.id, chosen.other)
        notes(here, ends[0], ends[1])
        st.button("Close", key="close_pair", on_click=address.put, args=("pair",), icon=":material/close:", type="tertiary")


def _documents(network: Network, ends: list[str]) -> pl.DataFrame:
    both = pl.col("source").is_in(ends) & pl.col("target").is_in(ends)
    gone = ("id", "source", "target", "sharing")
    kept = [name for name in schema.visible("partnerships") if name not in gone]
    return network.tables.partnerships.filter(both).select(pl.col(kept)).rename({name: name.replace("_", " ") for name in kept})
