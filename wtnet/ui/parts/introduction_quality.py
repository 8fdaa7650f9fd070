"""How good introductions have been, for the Gaps page and the guide."""

from __future__ import annotations

import polars as pl
import streamlit as st

from wtnet.analysis.introductions import quality
from wtnet.measures import disclosure
from wtnet.network import Scope, waves_in_order
from wtnet.tables import Tables
from wtnet.tables.rounding import fixed
from wtnet.ui.frame import cached
from wtnet.ui.frame.markdown import figure, plain
from wtnet.ui.frame.page import PageContext
from wtnet.ui.parts.figures import show_frame

OURS, OTHER = "resource allocation", "degree product"


@cached.kept(spinner="Looking up which introductions became partnerships …")
def _quality(programme: str, at: cached.Edition, scope: Scope, _tables: Tables) -> pl.DataFrame:
    return quality(_tables, scope)


def introductions_quality(here: PageContext, scope: Scope | None = None) -> None:
    """Say in sentences, with the figures one click away, how many of the first introductions of each wave became ties by the
    next, beside chance and the simplest other way of ranking. Says so where there are not two waves to compare."""
    rates = _quality(*here.key, scope or Scope(), here.tables)
    if not rates.height and len(waves_in_order(here.tables)) > 1:
        st.markdown(disclosure.UNHEARD)
        return
    if not rates.height:
        st.markdown("With fewer than two waves nobody can say yet how many introductions become partnerships.")
        return
    names = here.tables.names("waves")
    lines = [plain(line) for line in sentences(rates, names)]
    st.markdown("\n".join(f"- {line}" for line in lines))
    st.caption(
        "AUC: how often a pair that became a partnership stood higher in the list than a pair that did not. 0.50 is a "
        "coin, 1.00 is "
        "perfect. Pairs of someone who kept silent are left out. Introductions are a place to start, not a forecast."
    )
    shown = rates.with_columns(pl.col("wave", "next_wave").replace(names))
    show_frame("Show me the figures", "introductions_quality", lambda: shown)


def sentences(rates: pl.DataFrame, names: dict[str, str]) -> list[str]:
    """One sentence or two for each two successive waves of a frame of `analysis.introductions.quality`."""
    lines = []
    for (wave, following), part in rates.group_by(["wave", "next_wave"], maintain_order=True):
        by = {row["ranking"]: row for row in part.iter_rows(named=True)}
        ours, other, chance = by[OURS], by[OTHER], by["chance"]
        when = f"{names.get(str(wave), wave)} to {names.get(str(following), following)}: "
        if ours["auc"] is None:
            lines.append(f"{when}no pair without a partnership became one (or all did), so nothing can be said.")
            continue
        first = ""
        if ours["of_first_appeared"] is not None:
            first = (
                f"of the first {ours['first']} introductions {figure(ours['of_first_appeared'])} became partnerships; "
                f"chance would give {figure(chance['of_first_appeared'], digits=1)}. "
            )
        auc, low, high = (fixed(ours[name], 2) for name in ("auc", "low", "high"))
        whole = f"In the whole list, AUC {auc} (95% interval {low} to {high}). "
        beside = f"Ranking by how many partnerships both have would give {fixed(other['auc'], 2)}"
        better = "" if ours["auc"] >= other["auc"] else ", so here the simpler ranking did as well or better"
        lines.append(f"{when}{first}{whole}{beside}{better}.")
    return lines
