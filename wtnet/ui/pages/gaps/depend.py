"""Whom we depend on: only links, what is lost without each partner, and how the network holds as partners go."""

from __future__ import annotations

from functools import partial

import polars as pl
import streamlit as st

from wtnet.analysis.dependence import cut_off_by, without
from wtnet.analysis.scenario import Departure
from wtnet.draw.charts.gaps import half_gone, robustness_curve, robustness_said
from wtnet.measures import robustness
from wtnet.measures.robustness import Robustness
from wtnet.network import Scope
from wtnet.sentences import gaps as gaps_sentences
from wtnet.tables.rounding import fixed
from wtnet.tables.schema import KINDS
from wtnet.ui.frame import address, cached
from wtnet.ui.frame.markdown import count, cut, how_many, listed, plain
from wtnet.ui.pages.gaps.choose import GapsChoice
from wtnet.ui.pages.gaps.what_if import try_out
from wtnet.ui.parts.as_picture import as_picture
from wtnet.ui.parts.figures import show_frame
from wtnet.ui.parts.next_steps import step_button

address.declare(without="partner")

_MOST, _FIRST = 10, 5


def depend(choice: GapsChoice) -> None:
    """Show only links and one partner on the left, robustness on the right."""
    losses = without(choice.network)
    left, right = st.columns(2, gap="large")
    with left:
        _only_links(choice, losses)
        _without_partner(choice, losses)
    with right:
        _robustness(choice)
    show_frame("Show me what would be lost without each partner", "without", lambda: _table(losses))


def _only_links(choice: GapsChoice, losses: pl.DataFrame) -> None:
    st.markdown("### Whom we depend on: only links")
    links = losses.filter("only_link").sort("cut_off", descending=True, maintain_order=True)
    if not links.height:
        st.markdown("No partner is the only link between others and the rest: whoever leaves, the others stay connected.")
        _largest_losses(losses)
        return
    for partner, name in links.head(_MOST).select("id", "name").iter_rows():
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            cut_off = listed(_cut_off(choice, partner), 4)
            st.markdown(f"**{plain(cut(name, 60))}**: {plain(cut_off)} would be cut off.", width="stretch")
            step_button(choice.here, partner, f"Find another partner for {cut_off}", "worry", partner)
    if links.height > _MOST:
        st.caption(f"And {count(links.height - _MOST, 'more only link')}, in the table below.")
    st.caption(
        "A second partnership for those named is what makes them safe. Unreported partnerships may exist already: ask "
        "before you worry."
    )


def _cut_off(choice: GapsChoice, partner: str) -> list[str]:
    """The names of those that only this partner links to the rest."""
    return [cut(choice.name(other), 40) for other in cut_off_by(choice.network, partner)]


def _largest_losses(losses: pl.DataFrame) -> None:
    """Show whose going would cost most ties where nobody would be cut off."""
    most = losses.filter(pl.col("ties") > 0).sort("ties", "cross_sector_ties", descending=True, maintain_order=True).head(_FIRST)
    if most.height:
        st.markdown("Most would be lost with:")
        lines = [
            f"- **{plain(cut(name, 60))}**: {count(ties, 'partnership')}, {how_many(crossing)} of them to another kind"
            for name, ties, crossing in most.select("name", "ties", "cross_sector_ties").iter_rows()
        ]
        st.markdown("\n".join(lines))


def _without_partner(choice: GapsChoice, losses: pl.DataFrame) -> None:
    st.markdown("### Without this partner")
    names = dict(losses.select("id", "name").iter_rows())
    most = losses.sort("cut_off", "cross_sector_ties", "ties", descending=True, maintain_order=True)["id"]
    partner = address.choose("Partner", names, name="without", default=str(most[0]))
    ties, connected = gaps_sentences.loss(losses.row(by_predicate=pl.col("id") == partner, named=True), losses.height)
    lost = _cut_off(choice, partner)
    cut_off = f"{plain(listed(lost, 5))} would be cut off." if lost else "Nobody would be cut off."
    st.markdown(f"{plain(ties)} {cut_off} {plain(connected)}")
    st.button("Try it", key="try_without", icon=":material/experiment:", on_click=partial(try_out, Departure(partner)),
              help="See every measure without this partner, under “What if”")  # fmt: skip


@cached.kept(64, "Taking partners out one by one …")
def _worked_out(programme: str, at: cached.Edition, scope: Scope) -> Robustness:
    return robustness.robustness(cached.network(programme, at, scope))


def _robustness(choice: GapsChoice) -> None:
    st.markdown("### How the rest holds together as partners leave")
    result = _worked_out(*choice.here.key, choice.network.scope)
    half, chance = half_gone(result, "share"), half_gone(result, "chance")
    if result.r is None or result.r_chance is None or half is None or chance is None:
        st.markdown("There is nobody to take out.")
        return
    st.markdown(plain(gaps_sentences.holds(choice.network.graph.number_of_nodes(), half, chance)))
    st.plotly_chart(robustness_curve(result), key="robustness", config={"displayModeBar": False}, alt=robustness_said(result))
    area, by_chance = fixed(result.r, 2), fixed(result.r_chance, 2)
    st.caption(
        plain(
            f"The area under the line is its robustness: R = {area} here, {by_chance} by chance, at most 0.50. "
            f"{result.how()} {robustness.SOURCE}."
        )
    )
    as_picture("holds")
    show_frame("Show me who goes when", "robustness_rows", lambda: result.curve.drop("partner"))


def _table(losses: pl.DataFrame) -> pl.DataFrame:
    return losses.sort("cut_off", "cross_sector_ties", descending=True, maintain_order=True).select(
        "name", pl.col("kind").replace(KINDS), "only_link", "cut_off", "ties", "cross_sector_ties",
        "largest_before", "largest_after", "change",
    )  # fmt: skip
