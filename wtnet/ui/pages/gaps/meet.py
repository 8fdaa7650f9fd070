"""Who should meet: introductions with reasons, and how good such advice has been."""

from __future__ import annotations

from functools import partial

import polars as pl
import streamlit as st

from wtnet.analysis.introductions import NEAR_KM, introductions
from wtnet.analysis.scenario import Tie
from wtnet.tables.schema import CORE_KINDS, KINDS
from wtnet.ui.frame import address
from wtnet.ui.frame.markdown import count, cut, plain
from wtnet.ui.frame.page import nothing_left
from wtnet.ui.pages.gaps import scenario
from wtnet.ui.pages.gaps.missing import Seen
from wtnet.ui.parts.figures import show_frame
from wtnet.ui.parts.introduction_quality import introductions_quality

address.declare(meet="partner", among="kind of partner", only="condition")

FIRST, MOST = 8, 200
LEVEL = 2
"""The level at which an introduction is tried out: cooperation."""
_ONLY = {"new": "brings a new kind of partner", "near": f"near each other ({NEAR_KM:.0f} km)"}


def meet(seen: Seen) -> None:
    """The filters, the first introductions with their reasons, all of them as a table, and how good they have been."""
    st.markdown("### Who should meet")
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="meet_controls"):
        who, among, only = _filters(seen)
    found = introductions(
        seen.network, MOST, partner=who, kinds=among, new_kind="new" in only, near="near" in only
    )  # fmt: skip
    if not found.height:
        _nobody(who, bool(among or only))
    for row in found.head(FIRST).iter_rows(named=True):
        _one(row)
    if found.height:
        more = "the first " if found.height == MOST else ""
        show_frame(f"Show me {more}{count(found.height, 'introduction')}", "introductions", lambda: _table(found))
    st.markdown("### How good is this advice?")
    introductions_quality(seen.here, seen.network.scope)


def _filters(seen: Seen) -> tuple[str | None, tuple[str, ...], tuple[str, ...]]:
    names = dict(seen.here.tables.organisations.select("id", "name").iter_rows())
    with st.container(width=300):
        who = address.one(
            st.selectbox, "For one partner", list(names), name="meet", default=None, what="partner",
            format_func=names.__getitem__, placeholder="Everyone",
        )  # fmt: skip
    in_use = [kind for kind in CORE_KINDS if kind in set(seen.here.tables.organisations["kind"])]
    among = address.several(
        st.pills, "Both of these kinds", in_use, name="among", what="kind of partner", selection_mode="multi",
        format_func={kind: words.split(" or ")[0] for kind, words in CORE_KINDS.items()}.__getitem__,
    )  # fmt: skip
    only = address.several(
        st.pills, "Only if it", list(_ONLY), name="only", what="condition", selection_mode="multi", format_func=_ONLY.__getitem__
    )
    return who, among, only


def _nobody(who: str | None, filtered: bool) -> None:
    if filtered or who:
        nothing_left("No pair without a tie shares a partner with these filters.", "meet", "among", "only")
    else:
        st.info("No pair without a tie shares a partner in this wave.", icon=":material/group_off:")


def _one(row: dict[str, object]) -> None:
    """One introduction: the two, why, and a way to try it out."""
    key = f"try_{row['source']}_{row['target']}"
    with st.container(border=True, horizontal=True, vertical_alignment="center", gap="small"):
        with st.container(width="stretch", gap=None):
            ends = [
                f"{_mark(str(row[f'{side}_kind']))} **{plain(cut(str(row[f'{side}_name']), 60))}**"
                for side in ("source", "target")
            ]
            st.markdown(f"{ends[0]} and {ends[1]}")
            st.markdown(plain(row["reason"]))
        st.button(
            "Try it", key=key, icon=":material/experiment:", help="See every measure with a tie between them, under “What if”",
            on_click=partial(try_out, str(row["source"]), str(row["target"])),
        )  # fmt: skip


_ICONS = {"museum": "museum", "freelancer": "person", "community_group": "groups", "health_provider": "health_and_safety"}


def _mark(kind: str) -> str:
    return f":material/{_ICONS.get(kind, 'domain')}:"


def try_out(one: str, other: str) -> None:
    """Add the tie to the scenario and go there."""
    scenario.change(Tie(one, other, LEVEL))
    address.put("show", "what_if")
    address.forget("show")


def _table(found: pl.DataFrame) -> pl.DataFrame:
    return found.select(
        pl.col("source_name").alias("partner"),
        pl.col("source_kind").replace(KINDS).alias("its kind"),
        pl.col("target_name").alias("other partner"),
        pl.col("target_kind").replace(KINDS).alias("other kind"),
        pl.col("score").round(3),
        pl.col("shared").alias("shared partners"),
        pl.col("shared_names").list.join(", ").alias("who they share"),
        pl.col("km").round(0),
        "reason",
    )
