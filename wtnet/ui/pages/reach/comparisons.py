"""The lower half of the reach page: crossing beside chance, who joins others, reach by group, and from wave to wave."""

from __future__ import annotations

import polars as pl
import streamlit as st

from wtnet.analysis import kind_cells
from wtnet.draw.charts import reach as reach_charts
from wtnet.draw.charts.change import multiple
from wtnet.draw.charts.dots import Dot, dots
from wtnet.draw.print.reach import followed_points
from wtnet.measures import absence, by_group, uncertainty
from wtnet.network import Scope, waves_in_order
from wtnet.sentences import kind_cells as cell_sentences
from wtnet.sentences import reach as reach_sentences
from wtnet.sentences import record
from wtnet.sentences.reach_waves import FOLLOWED
from wtnet.ui.frame import address, cached
from wtnet.ui.frame.markdown import count, figure, plain, points
from wtnet.ui.frame.page import PageContext
from wtnet.ui.pages.reach.reach import MUSEUMS, ReachChoice, chance_of, over_waves, rows_and_guide
from wtnet.ui.parts import sheet
from wtnet.ui.parts.figures import WHAT_AN_INTERVAL_IS, rows_popover

address.declare(by="grouping")

GROUPINGS = {"place": "place", "target_group": "target group", "pilot": "pilot", "home": "place of partners"}


def chance(choice: ReachChoice) -> None:
    """Show the E-I index beside what chance would give, and assortativity."""
    st.header("More than chance?", anchor="chance")
    figures = chance_of(choice)
    crossing = reach_sentences.crossing(choice.network, figures)
    if crossing is None:
        st.info("No two partners in view have a partnership, so nothing crosses.", icon=":material/info:")
        return
    st.markdown(plain(crossing[1]))
    if not figures["draws"]:
        return
    index = figures["ei_index"]
    between = None if figures["low"] is None else (figures["low"], figures["high"])
    range_ = f"; by chance {figure(between[0], digits=2)} to {figure(between[1], digits=2)}" if between else ""
    row = Dot(
        "E-I index",
        index,
        f"{figure(index, digits=2)}{range_}",
        chance=between,
        note="partnerships outward less partnerships inward",
    )
    ticks = [(-1.0, "−1 own kind only"), (0.0, "0 half and half"), (1.0, "1 other kinds only")]
    st.html(dots([row], -1, 1, ticks, 0.0, "E-I index beside what chance would give"))
    st.caption(
        "The square is this network; the pane holds 95 of 100 networks with the same partnerships and the kinds dealt "
        "out at random."
    )
    st.markdown(plain(reach_sentences.assortativity_sentence(figures)))
    rows_and_guide("Show me the figures", "ei_index", lambda: pl.DataFrame([figures]), "ei_index", picture="chance")
    cells = _kind_cells(*choice.here.key, choice.network.scope)
    if lines := cell_sentences.sentences(cells):
        st.markdown("**Each two kinds beside chance**\n\n" + points(lines))
        rows_popover("Show me each two kinds", "kind_cells", lambda: cells)


@cached.kept(64, "Comparing with chance …")
def _kind_cells(programme: str, at: cached.Edition, scope: Scope) -> pl.DataFrame:
    """Each two kinds beside chance; of thousands of partners from fewer draws."""
    network = cached.network(programme, at, scope)
    few = network.graph.number_of_nodes() > uncertainty.MANY
    return kind_cells.against_chance(network, **({"draws": uncertainty.FEW_DRAWS} if few else {}))


def brokers(choice: ReachChoice) -> None:
    """Show who joins others that have no tie of their own, by role."""
    st.header("Who joins others", anchor="brokers")
    gap = absence.ties(choice.network)
    if gap:
        st.info(plain(record.ties_untold(gap)), icon=":material/info:")
        return
    top = by_group.brokers(choice.network)
    if not top.height:
        st.info("Nobody in view joins two partners that have no known partnership of their own.", icon=":material/info:")
        return
    st.markdown(
        "Partners that stand between two others without a partnership of their own, by the kinds they join. A partner "
        "with many partnerships "
        "joins many pairs by numbers alone."
    )
    roles = reach_sentences.ROLES
    for column, (role, (title, meaning)) in zip(st.columns(len(roles)), roles.items(), strict=True):
        with column, st.container(gap=None, key=f"broker_{role}"):
            st.markdown(f"**{title}**")
            st.caption(f"{meaning} ({role})")
            in_role = top.filter(pl.col("role") == role).head(3)
            if not in_role.height:
                st.markdown("Nobody")
            for partner, name, kind, pairs in in_role.select("id", "name", "kind", "pairs").iter_rows():
                _map_link(choice.here, f"partner:{partner}", name)
                st.caption(f"{reach_charts.SHORT[kind]}, {count(pairs, 'pair')}")
    everyone = by_group.brokers(choice.network, max(1, choice.network.graph.number_of_nodes()))
    rows_and_guide("Show me everybody", "brokers", lambda: everyone.drop("id"), "liaison", "partner")


def _map_link(here: PageContext, select: str, label: str) -> None:
    """Show a link to the map with a partner selected."""
    params = {"programme": here.programme.id, "wave": here.wave, "select": select}
    whole = address.params(**{name: value for name, value in params.items() if value})
    st.page_link("pages/side_by_side.py", label=plain(label), query_params=whole)


def groups(choice: ReachChoice) -> None:
    """Show reach in each place, target group or pilot, with how it stood at first."""
    st.header("By place and target group", anchor="groups")
    groupings = {by: GROUPINGS[by].capitalize() for by in by_group.BY if by_group.by_group(choice.network, by).height}
    if not groupings:
        st.info("No pilot says where it is or for whom, and no partner has a place.", icon=":material/info:")
        return
    by = address.choose("By", groupings, name="by", default=next(iter(groupings)), widget=st.segmented_control)
    now = by_group.by_group(choice.network, by)
    hidden = int(now["withheld"].sum())
    before = by_group.by_group(choice.first, by) if choice.first else None
    st.markdown(plain(reach_sentences.groups_sentence(now, "place" if by == "home" else GROUPINGS[by])))
    reasons = by_group.strength_withheld(choice.network, by)
    st.html(reach_charts.groups(now.head(MUSEUMS), before, GROUPINGS[by], reasons))
    who = "partners whose own place it is" if by == "home" else "the partners of its pilots; one in two pilots counts in both"
    small = f" Smaller: at the wave “{choice.first_name}”." if before is not None else ""
    st.caption(plain(f"Each row: {who}, and the partnerships among them.{small}"))
    if hidden:
        st.caption(plain(reach_sentences.hidden_groups(hidden)))
    if reasons:
        st.caption(plain(next(iter(reasons.values()))))
    rows = now.drop("withheld") if choice.network.exact is None else now
    rows_and_guide("Show me the rows", "groups", lambda: rows, "cross_sector_share", picture="groups")


def waves(choice: ReachChoice) -> None:
    """Show reach in every wave as small pictures, with intervals where there are any."""
    if len(waves_in_order(choice.here.tables)) < 2:
        return
    st.header("From wave to wave", anchor="waves")
    table = over_waves(choice)
    pictures = [multiple(followed.title, followed_points(choice.here.tables, table, followed), top=followed.top)
                for followed in FOLLOWED]  # fmt: skip
    sheet.pictures(pictures, "reach_waves")
    st.caption(f"Bars behind the points are 95% intervals. {WHAT_AN_INTERVAL_IS}")
    rows_and_guide("Show me the figures", "reach_waves", lambda: table, "cross_sector_share", picture="reach-waves")
