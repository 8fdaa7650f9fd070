"""Whom we depend on: only links, what is lost without each partner, and how the network holds as partners go."""

from __future__ import annotations

from functools import partial

import polars as pl
import streamlit as st

from wtnet.analysis.dependence import cut_off_by, without
from wtnet.analysis.scenario import Out
from wtnet.draw.charts.gaps import half_gone, robustness_curve, robustness_said
from wtnet.measures import robustness
from wtnet.measures.robustness import Robustness
from wtnet.network import Network, Scope
from wtnet.tables.schema import KINDS
from wtnet.ui.frame import address, cached
from wtnet.ui.frame.markdown import count, cut, listed, plain, share
from wtnet.ui.pages.gaps import scenario
from wtnet.ui.pages.gaps.missing import Seen
from wtnet.ui.parts.figures import show_frame

address.declare(without="partner")

_MOST, _FIRST = 10, 5


def depend(seen: Seen) -> None:
    """Only links and one partner on the left, robustness on the right."""
    table = without(seen.network)
    left, right = st.columns(2, gap="large")
    with left:
        _only_links(seen, table)
        _one(seen, table)
    with right:
        _robust(seen)
    show_frame("Show me what would be lost without each partner", "without", lambda: _named(table))


def _only_links(seen: Seen, table: pl.DataFrame) -> None:
    st.markdown("### Whom we depend on: only links")
    found = table.filter("only_link").sort("cut_off", descending=True, maintain_order=True)
    if not found.height:
        st.markdown("No partner is the only link between others and the rest: whoever leaves, the others stay connected.")
        _most_lost(table)
        return
    lines = []
    for row in found.head(_MOST).iter_rows(named=True):
        lost = [cut(seen.name(one), 40) for one in cut_off_by(seen.network, row["id"])]
        lines.append(f"- **{plain(cut(row['name'], 60))}**: {plain(listed(lost, 4))} would be cut off.")
    st.markdown("\n".join(lines))
    if found.height > _MOST:
        st.caption(f"And {count(found.height - _MOST, 'more only link')}, in the table below.")
    st.caption("A second tie for those named is what makes them safe. Unreported ties may exist already: ask before you worry.")


def _most_lost(table: pl.DataFrame) -> None:
    """Whose going would cost most all the same."""
    most = table.filter(pl.col("ties") > 0).sort("ties", "cross_sector_ties", descending=True, maintain_order=True).head(_FIRST)
    if most.height:
        st.markdown("Most would be lost with:")
        lines = [
            f"- **{plain(cut(name, 60))}**: {count(ties, 'tie')}, {crossing} of them to another kind"
            for name, ties, crossing in most.select("name", "ties", "cross_sector_ties").iter_rows()
        ]
        st.markdown("\n".join(lines))


def _one(seen: Seen, table: pl.DataFrame) -> None:
    st.markdown("### Without this partner")
    names = dict(table.select("id", "name").iter_rows())
    most = table.sort("cut_off", "cross_sector_ties", "ties", descending=True, maintain_order=True)["id"]
    who = address.one(
        st.selectbox, "Partner", list(names), name="without", default=str(most[0]), what="partner", format_func=names.__getitem__
    )
    if who is None:
        return
    row = table.row(by_predicate=pl.col("id") == who, named=True)
    lost = [cut(seen.name(one), 40) for one in cut_off_by(seen.network, who)]
    alone = f"{plain(listed(lost, 5))} would be cut off." if lost else "Nobody would be cut off."
    said = f"{count(row['ties'], 'tie')} would go, {row['cross_sector_ties']} of them to another kind of partner."
    largest = ""
    if row["largest_after"] is not None:
        n = table.height
        before, after = share(row["largest_before"], n), share(row["largest_after"], n - 1)
        largest = f"Of those left, {after} would be in one connected part; now {before} of all are."
        if before == after:
            largest = f"Those left would hang together as now: {after} of them in one connected part."
    st.markdown(f"{plain(said)} {alone} {plain(largest)}")
    st.button("Try it", key="try_without", icon=":material/experiment:", on_click=partial(_try, who),
              help="See every measure without this partner, under “What if”")  # fmt: skip


def _try(partner: str) -> None:
    scenario.change(Out(partner))
    address.put("show", "what_if")
    address.forget("show")


@st.cache_resource(max_entries=64, show_spinner="Taking partners out one by one …", hash_funcs={Scope: repr})
def _worked_out(programme: str, at: cached.At, scope: Scope, _network: Network) -> Robustness:
    return robustness.robustness(_network)


def _robust(seen: Seen) -> None:
    st.markdown("### How it holds as partners go")
    found = _worked_out(*seen.here.key, seen.network.scope, seen.network)
    half, chance = half_gone(found, "share"), half_gone(found, "chance")
    if found.r is None or found.r_chance is None or half is None or chance is None:
        st.markdown("There is nobody to take out.")
        return
    n = seen.network.graph.number_of_nodes()
    st.markdown(
        plain(
            f"If the partner that most rely on went each time, fewer than half of the {n:,} would still be in one part "
            f"after {half}; in any order, after {chance}."
        )
    )
    st.plotly_chart(robustness_curve(found), key="robustness", config={"displayModeBar": False}, alt=robustness_said(found))
    st.caption(
        plain(
            f"The area under the line is its robustness: R = {found.r:.2f} here, {found.r_chance:.2f} by chance, at most 0.50. "
            f"{found.how()} {robustness.SOURCE}."
        )
    )
    show_frame(
        "Show me who goes when", "robustness_rows", lambda: found.curve.drop("partner").with_columns(pl.col(pl.Float64).round(3))
    )


def _named(table: pl.DataFrame) -> pl.DataFrame:
    return table.sort("cut_off", "cross_sector_ties", descending=True, maintain_order=True).select(
        "name", pl.col("kind").replace(KINDS), "only_link", "cut_off", "ties", "cross_sector_ties",
        pl.col("largest_before", "largest_after", "change").round(3),
    )  # fmt: skip
