"""Findings on every page alike: those in view, and their figures where nothing was measured."""

from __future__ import annotations

from functools import partial

import polars as pl
import streamlit as st

from wtnet.draw.charts.findings import FindingLine
from wtnet.measures.impact import findings as measures
from wtnet.sentences import findings as sentences
from wtnet.sentences.format import web_address
from wtnet.tables import Tables
from wtnet.ui.frame import cached
from wtnet.ui.frame.markdown import cut
from wtnet.ui.frame.page import PageContext
from wtnet.ui.parts import filters, next_steps
from wtnet.ui.parts.figures import rows_button
from wtnet.ui.parts.selection import Selection, pilots_of


def in_view(here: PageContext, chosen: Selection) -> pl.DataFrame:
    """The findings by the wave in view, by the filters in the address, about what is selected."""
    cut_by = tuple(filters.results_cut(here).items())
    return _in_view(*here.key, here.wave, cut_by, chosen)


@cached.kept(256)
def _in_view(
    programme: str, at: cached.Edition, wave: str | None, cut_by: tuple[tuple[str, tuple[str, ...]], ...], chosen: Selection
) -> pl.DataFrame:
    tables = cached.tables(programme, at)
    return narrowed(measures.cut(measures.findings(tables, wave), tables, **dict(cut_by)), chosen, tables)


def narrowed(findings: pl.DataFrame, chosen: Selection, tables: Tables) -> pl.DataFrame:
    """The findings about what is selected; all of them where nothing is."""
    if chosen.kind == "none":
        return findings
    if chosen.kind == "pilot":
        return measures.narrowed(findings, tables, pilots=(chosen.id,))
    return measures.near(findings, chosen.partners(), pilots_of(chosen, tables) or (), chosen.kind == "tie")


def lines(findings: pl.DataFrame, tables: Tables) -> list[FindingLine]:
    """Findings as `draw.charts.findings` draws them."""
    return [
        FindingLine(
            row["statement"],
            sentences.by_line(row, tables),
            sentences.details(row),
            web_address(row["source_url"]) or "",
            row["kind"] == "to_improve",
        )
        for row in findings.iter_rows(named=True)
    ]


def next_step(here: PageContext, finding: str | None) -> None:
    """Ask for a next step of a finding, about whom it is about; nothing for none, or for others than the lead."""
    for row in here.tables["findings"].filter(pl.col("id") == (finding or "")).iter_rows(named=True):
        if next_steps.may_write(here):
            ends = [row[end] for end in ("organisation", "other") if row[end]]
            next_steps.ask(here, f"Follow up: {cut(row['statement'], 300)}", "finding", *[*ends, None, None][:2])


def figures(here: PageContext, findings: pl.DataFrame) -> None:
    """Where nothing was measured: how many findings there are, how many are to improve, and in how many voices."""
    if findings.is_empty():
        return
    improve = findings.filter((pl.col("kind") == "to_improve").fill_null(False))
    shown = (
        ("findings", "Findings", findings.height, partial(sentences.table, findings, here.tables)),
        ("improve", "To improve", improve.height, partial(sentences.table, improve, here.tables)),
        ("voices", "Voices heard", findings["voice"].drop_nulls().n_unique(), partial(sentences.voices, findings)),
    )
    with st.container(horizontal=True, gap="small", key="states"):
        for name, label, number, make in shown:
            with st.container(width=122, gap=None):
                st.metric(label, f"{number:,}")
                rows_button(f"found_{name}", "Show me", make, _method)


def _method() -> None:
    st.markdown(sentences.METHOD)
