"""Who should meet: introductions with reasons, and how good such advice has been."""

from __future__ import annotations

from functools import partial

import polars as pl
import streamlit as st

from wtnet.analysis.introductions import NEAR_KM, introductions
from wtnet.analysis.scenario import SupposedTie
from wtnet.tables.rounding import fixed, rounded_column
from wtnet.tables.schema import CORE_KINDS, KINDS
from wtnet.ui.frame import address
from wtnet.ui.frame.markdown import count, cut, plain
from wtnet.ui.frame.page import nothing_left
from wtnet.ui.pages.gaps.choose import GapsChoice
from wtnet.ui.pages.gaps.what_if import try_out
from wtnet.ui.parts import filters
from wtnet.ui.parts.figures import show_frame
from wtnet.ui.parts.introduction_quality import introductions_quality
from wtnet.ui.parts.next_steps import step_button

address.declare(meet="partner", among="kind of partner", only="condition")

FIRST, MOST = 8, 200
LEVEL = 2
"""The level at which an introduction is tried out: cooperation."""
_CONDITIONS = {"new": "brings a new kind of partner", "near": f"near each other ({fixed(NEAR_KM)} km)"}
_ICONS = {"museum": "museum", "freelancer": "person", "community_group": "groups", "health_provider": "health_and_safety"}


def meet(choice: GapsChoice) -> None:
    """Show the filters, the first introductions with their reasons, all of them as a table, and how good they have been."""
    st.markdown("### Who should meet")
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="meet_controls"):
        partner, kinds, conditions = _filters(choice)
    pairs = introductions(
        choice.network, MOST, partner=partner, kinds=kinds, new_kind="new" in conditions, near="near" in conditions
    )
    if not pairs.height:
        _nobody(filtered=bool(partner or kinds or conditions))
    for row in pairs.head(FIRST).iter_rows(named=True):
        _introduction(choice, row)
    if pairs.height:
        more = "the first " if pairs.height == MOST else ""
        show_frame(f"Show me {more}{count(pairs.height, 'introduction')}", "introductions", lambda: _table(pairs))
    st.markdown("### How good is this advice?")
    introductions_quality(choice.here, choice.network.scope)


def _filters(choice: GapsChoice) -> tuple[str | None, tuple[str, ...], tuple[str, ...]]:
    names = choice.here.tables.names("organisations")
    with st.container(width=300):
        partner = address.choose("For one partner", names, name="meet", placeholder="Everyone")
    in_use = filters.kinds_in_use(choice.here)
    core = {kind: words.split(" or ")[0] for kind, words in CORE_KINDS.items() if kind in in_use}
    kinds = address.choose_several("Both of these kinds", core, name="among", widget=st.pills)
    conditions = address.choose_several("Only if it", _CONDITIONS, name="only", widget=st.pills)
    return partner, kinds, conditions


def _nobody(filtered: bool) -> None:
    if filtered:
        nothing_left("No pair without a partnership shares a partner with these filters.", "meet", "among", "only")
    else:
        st.info("No pair without a partnership shares a partner in this wave.", icon=":material/group_off:")


def _introduction(choice: GapsChoice, row: dict[str, object]) -> None:
    """Show one introduction: the two, why, a button to try it out and one to make it a next step."""
    key = f"try_{row['source']}_{row['target']}"
    with st.container(border=True, horizontal=True, vertical_alignment="center", gap="small"):
        with st.container(width="stretch", gap=None):
            ends = [
                f"{_icon(str(row[f'{side}_kind']))} **{plain(cut(str(row[f'{side}_name']), 60))}**"
                for side in ("source", "target")
            ]
            st.markdown(f"{ends[0]} and {ends[1]}")
            st.markdown(plain(row["reason"]))
        tie = SupposedTie(str(row["source"]), str(row["target"]), LEVEL)
        st.button(
            "Try it",
            key=key,
            icon=":material/experiment:",
            help="See every measure with a partnership between them, under “What if”",
            on_click=partial(try_out, tie),
        )
        names = [cut(str(row[f"{side}_name"]), 60) for side in ("source", "target")]
        step_button(choice.here, key[4:], f"Introduce {names[0]} and {names[1]}", "introduction", tie.partner, tie.other)


def _icon(kind: str) -> str:
    return f":material/{_ICONS.get(kind, 'domain')}:"


def _table(pairs: pl.DataFrame) -> pl.DataFrame:
    return pairs.select(
        pl.col("source_name").alias("partner"),
        pl.col("source_kind").replace(KINDS).alias("its kind"),
        pl.col("target_name").alias("other partner"),
        pl.col("target_kind").replace(KINDS).alias("other kind"),
        "score",
        pl.col("shared").alias("shared partners"),
        pl.col("shared_names").list.join(", ").alias("who they share"),
        rounded_column("km"),
        "reason",
    )
