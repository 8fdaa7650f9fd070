"""The cross-sector measures by a field of the lead's own: who works with whom, crossing beside chance, who joins others."""

from __future__ import annotations

from typing import Any

import polars as pl
import streamlit as st

from wtnet.draw.charts import reach as reach_charts
from wtnet.measures import absence, by_group, catalogue, grouped, reach
from wtnet.network import Network, Scope
from wtnet.sentences import grouped as sentences
from wtnet.ui.frame import address, cached
from wtnet.ui.frame.markdown import plain
from wtnet.ui.pages.reach.reach import ReachChoice, matrix_of
from wtnet.ui.parts.as_picture import as_picture
from wtnet.ui.parts.figures import rows_popover

address.declare(own_group="field of your own")

NONE = "none"
_OF_PARTNERS = ("cross_sector_share", "ei_index", "participation", "participation_normalised")


@cached.kept(32, "Comparing with chance …")
def _chance(programme: str, at: cached.Edition, scope: Scope, field: str) -> dict[str, Any]:
    return reach.chance(grouped.grouped(cached.network(programme, at, scope), field))


def section(choice: ReachChoice) -> None:
    """Show the same by a field of one's own, where there is one that partners can be grouped by."""
    fields = grouped.fields(choice.here.tables)
    if not fields:
        return
    st.header("By a field of your own", anchor="own_groups")
    with st.container(width=300):
        field = address.choose("Group partners by", {NONE: "choose a field", **fields}, name="own_group", default=NONE)
    if field == NONE:
        st.caption("Who works with whom, crossing beside chance and who joins others, by what you know of your partners.")
        return
    label, network = fields[field], grouped.grouped(choice.network, field)
    chance = _chance(*choice.here.key, choice.network.scope, field)
    left_out = choice.network.graph.number_of_nodes() - network.graph.number_of_nodes()
    st.markdown(plain(sentences.crossing(network, label, left_out, chance)))
    matrix = matrix_of(network)
    if not matrix.height:
        return
    st.html(reach_charts.mixing(matrix, "ties", f"Partnerships by {label}: how many"))
    if beside := sentences.assortativity(label, chance):
        st.markdown(plain(beside))
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        as_picture("own-groups")
        rows_popover("Show me the rows", "own_groups", lambda: matrix)
        rows_popover("Show me each partner", "own_groups_partners", lambda: _partners(network, label))
        if absence.ties(network) is None:
            everyone = by_group.brokers(network, max(1, network.graph.number_of_nodes()))
            rows_popover("Show me who joins others", "own_groups_brokers", lambda: everyone.drop("id").rename({"kind": label}))


def _partners(network: Network, label: str) -> pl.DataFrame:
    """The measures of each partner that cross the groups."""
    frame = catalogue.partners(network, _OF_PARTNERS).drop("id")
    titles = {name: catalogue.find(name, "partner").label for name in _OF_PARTNERS}
    return frame.rename({"name": "partner", "kind": "group", **titles}).rename({"group": f"own: {label}"})
