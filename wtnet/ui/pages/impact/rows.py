"""What opens below an indicator: its figures in a sentence, each part wave by wave, and every row with evidence and source."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import polars as pl
import streamlit as st

from wtnet import frameworks
from wtnet.draw.charts import impact as charts
from wtnet.measures.impact import progress
from wtnet.sentences import impact as impact_sentences
from wtnet.sentences.format import web_address
from wtnet.ui.frame import address as view
from wtnet.ui.frame import audience
from wtnet.ui.frame.audience import figures_in_words
from wtnet.ui.frame.markdown import plain
from wtnet.ui.pages.impact.choose import Seen
from wtnet.ui.parts.figures import show_frames
from wtnet.ui.parts.sheet import sheet
from wtnet.writers.tables import csv, frames

_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def opened(seen: Seen, row: Mapping[str, Any], pictures: str, quotes: str) -> None:
    """The open indicator."""
    about = seen.here.tables.indicators.row(by_predicate=pl.col("id") == row["indicator"], named=True)
    with st.container(border=True, key="impact_open"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{plain(row['name'])}**", width="stretch")
            st.button(
                "Close", key="impact_close", on_click=view.put, args=("indicator",), icon=":material/close:", type="tertiary"
            )
        said = [about["method"], impact_sentences.derivation(row), _direction(about["better"])]
        st.caption(plain(" ".join(f"{each.strip().rstrip('.')}." for each in said if each)))
        sheet(charts.section("", "", pictures, quotes), "impact_parts")
        found = results(seen, row["indicator"])
        table(found, f"rows_{row['indicator']}")


def _direction(better: str | None) -> str:
    return {"higher": "Higher is better", "lower": "Lower is better"}.get(better or "", "Neither direction is better in itself")


def results(seen: Seen, indicator: str | None = None) -> pl.DataFrame:
    """The results in view, of one indicator or of all, up to the wave looked at: one row each, in words where withheld."""
    cells = seen.looked.cells if indicator is None else seen.looked.cells.filter(pl.col("indicator") == indicator)
    rows = progress.results(seen.here.tables, seen.here.wave, cells)
    return audience.in_words(rows, "value", "shown")


def table(rows: pl.DataFrame, name: str) -> None:
    """The rows behind an indicator, with links to their sources and a download that a spreadsheet opens safely."""
    links = [None if address is None else web_address(address) for address in rows["source"]]
    shown = rows.drop("theme", "indicator").with_columns(pl.Series("source", links, dtype=pl.String))
    empty = [column for column in ("partner", "source", "unit") if column == "unit" or shown[column].null_count() == shown.height]
    st.dataframe(
        shown.drop(empty),
        hide_index=True,
        height=min(390, 38 + 35 * max(1, shown.height)),
        key=f"impact_{name}",
        placeholder="–",
        column_config={
            "source": st.column_config.LinkColumn("source", display_text="open"),
            "evidence": st.column_config.TextColumn(width="large"),
        },
        alt=f"{shown.height} results with pilot, wave, value, n, target, evidence and source",
    )
    st.download_button(
        f"Download {rows.height:,} rows",
        csv.write(rows),
        f"{name}.csv",
        "text/csv",
        key=f"download_{name}",
        on_click="ignore",
        icon=":material/download:",
    )


def everything(seen: Seen) -> None:
    """The tables behind the page, and all of them as a workbook."""
    makes = sheets(seen)
    show_frames("Show me the figures and the rows behind this page", "impact_all", makes)
    with st.expander("How these figures are worked out", icon=":material/menu_book:"):
        st.markdown(impact_sentences.METHOD)
    name = f"impact-{seen.here.programme.id}{'' if seen.here.audience == 'lead' else f'-{seen.here.audience}'}"
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button("Make a workbook of this view", key="impact_make", icon=":material/deployed_code:"):
            st.download_button(
                f"Download {name}.xlsx",
                frames.write("Impact", about(seen), {each: make() for each, make in makes.items()}, date.today()),
                f"{name}.xlsx",
                _WORKBOOK,
                key="impact_workbook",
                on_click="ignore",
                icon=":material/download:",
            )


def sheets(seen: Seen) -> dict[str, Callable[[], pl.DataFrame]]:
    """What the page shows as tables, made when they are asked for: the figures of all pilots together, the same under the
    outcomes of each framework, those of each pilot, and the results behind them."""
    return {
        "all together": lambda: figures_in_words(progress.totals(seen.looked.overview)),
        "by framework": lambda: figures_in_words(
            frameworks.under(seen.here.tables.indicators, progress.totals(seen.looked.overview))
        ),
        "each pilot": lambda: figures_in_words(seen.looked.progress),
        "results": lambda: results(seen),
    }


def about(seen: Seen) -> list[tuple[str, str]]:
    """Where the workbook came from: (what, words)."""
    programme, here = seen.here.programme, seen.here
    lines = [("Programme", programme.name)]
    lines += [("Notice", "Illustrative: every figure in this file is invented.")] if programme.illustrative else []
    lines += [("Wave", here.wave_name()), ("Cut", seen.where or "Everything"), ("Seen as", audience.LABELS[here.audience])]
    lines += [("Withheld", audience.note(here.audience))] if here.audience != "lead" else []
    return [*lines, ("Source", programme.source or "Not stated."), ("Licence", programme.licence or "Not stated.")]
