"""What was found about a partner, in words, and what it took part in."""

from __future__ import annotations

import polars as pl
import streamlit as st

from wtnet.draw.charts import activities as activity_charts
from wtnet.draw.charts import findings as charts
from wtnet.measures import activities as measures
from wtnet.network import Network
from wtnet.sentences import activities as activity_sentences
from wtnet.sentences import findings as sentences
from wtnet.sentences import multiplexity
from wtnet.ui.frame.markdown import count, plain
from wtnet.ui.frame.page import PageContext
from wtnet.ui.pages.partners import on_paper
from wtnet.ui.parts import findings as finding_parts
from wtnet.ui.parts.as_picture import one_as_picture

DRAWN = 40
"""So many activities stand in the timeline; the rows below have all."""


def show_findings(here: PageContext, findings: pl.DataFrame) -> None:
    """Show the findings about it and in its pilots; where others have some and it has none, that is said."""
    if findings.is_empty():
        if none := sentences.none_about(findings, here.tables):
            st.caption(plain(none))
        return
    st.subheader("What was found, in words", anchor=False)
    on_paper.sheet(charts.findings(sentences.tally(findings), finding_parts.lines(findings, here.tables)), "profile_findings")
    one_as_picture("finding", "finding", dict(findings.select("id", "statement").iter_rows()))


def show_timeline(here: PageContext, partner: str, activities: pl.DataFrame) -> None:
    """Show the activities it took part in (`measures.timeline`), in the order of their days, and whom it met there."""
    tables = here.tables
    if tables["activities"].is_empty():
        return
    if activities.is_empty():
        gap = measures.untold(tables)
        none = f"What it took part in is {gap.words}." if gap else "It has taken part in no activity that is recorded."
        st.caption(none)
        return
    st.subheader("What it took part in", anchor=False)
    taking = measures.attendance(tables, here.wave).partners
    met = taking.filter(pl.col("organisation") == partner)["met"][0]
    if met is not None:
        whom = f"It met {count(met, 'other partner')} there; " if met else "Nobody else is recorded there; "
        st.caption(f"{whom}to have met is no partnership.")
    rows = [
        (activity_sentences.days(row), row["name"], activity_sentences.role(row["role"]), activity_sentences.about(row))
        for row in activities.head(DRAWN).iter_rows(named=True)
    ]
    head = ["When", "Activity", "Its part", "About it"]
    on_paper.sheet(activity_charts.table("What it took part in, in the order of days", head, rows), "profile_timeline")
    if activities.height > DRAWN:
        st.caption(f"{activities.height - DRAWN:,} more are in the rows below.")


def show_kinds(network: Network, partner: str) -> None:
    """Show what kinds its partnerships are, and which way they go."""
    frame, why = multiplexity.given_and_received(network, partner)
    if frame is None and not why:
        return
    st.subheader("What it gives and receives", anchor=False)
    if frame is None:
        st.caption(plain(why))
        return
    on_paper.sheet(on_paper.kinds(frame), "profile_kinds")
    st.caption("With how many partners, as documented. One partnership may be of several kinds.")
