"""What opens below an indicator, and the rows behind the Impact page, with evidence and source."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import polars as pl
import streamlit as st

from wtnet import frameworks
from wtnet.draw.charts import impact as charts
from wtnet.measures.impact import progress
from wtnet.sentences import findings, survey_results
from wtnet.sentences import impact as impact_sentences
from wtnet.sentences.format import web_address
from wtnet.sentences.headings import with_six_decimals
from wtnet.sentences.impact_method import METHOD
from wtnet.ui.frame import address, audience
from wtnet.ui.frame.audience import figures_in_words
from wtnet.ui.frame.markdown import plain
from wtnet.ui.pages.impact.choose import ImpactChoice
from wtnet.ui.pages.impact.sheet import sheet
from wtnet.ui.parts import downloads
from wtnet.ui.parts.as_picture import as_picture
from wtnet.ui.parts.downloads import rows_download
from wtnet.ui.parts.figures import show_frames
from wtnet.ui.parts.table import show_table


def show_open_indicator(choice: ImpactChoice, row: Mapping[str, Any], pictures: str, quotes: str) -> None:
    """Show an indicator (a row of `impact.overview`) with its method, pictures and quotes (markup), and rows."""
    about = choice.here.tables.indicators.row(by_predicate=pl.col("id") == row["indicator"], named=True)
    with st.container(border=True, key="impact_open"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{plain(row['name'])}**", width="stretch")
            st.button(
                "Close", key="impact_close", on_click=address.put, args=("indicator",), icon=":material/close:", type="tertiary"
            )
        sentences = [
            about["method"],
            survey_results.from_survey(choice.here.tables, row["indicator"]),
            impact_sentences.derivation(row),
            impact_sentences.change_text(row),
            _direction(about["better"]),
        ]
        st.caption(plain(" ".join(f"{sentence.strip().rstrip('.')}." for sentence in sentences if sentence)))
        sheet(charts.section("", "", pictures, quotes), "impact_parts")
        as_picture("parts")
        _table(_results(choice, row["indicator"]), f"rows_{row['indicator']}")


def _direction(better: str | None) -> str:
    return {"higher": "Higher is better", "lower": "Lower is better"}.get(better or "", "Neither direction is better in itself")


def _results(choice: ImpactChoice, indicator: str | None = None) -> pl.DataFrame:
    """The results in view, of one indicator or of all, up to the wave in view (see `impact.results`), with words for withheld."""
    cells = choice.summary.cells if indicator is None else choice.summary.cells.filter(pl.col("indicator") == indicator)
    rows = progress.results(choice.here.tables, choice.here.wave, cells)
    return audience.in_words(rows, "value", "shown")


def _table(rows: pl.DataFrame, name: str) -> None:
    """Show rows of results with links to their sources, and a download."""
    links = [web_address(source) for source in rows["source"]]
    shown = rows.drop("theme", "indicator").with_columns(pl.Series("source", links, dtype=pl.String))
    empty = [column for column in ("partner", "source", "unit") if column == "unit" or shown[column].null_count() == shown.height]
    show_table(
        shown.drop(empty),
        f"impact_{name}",
        f"{shown.height} results with pilot, wave, value, n, target, evidence and source",
        {
            "source": st.column_config.LinkColumn("source", display_text="open"),
            "evidence": st.column_config.TextColumn(width="large"),
        },
        most=390,
    )
    rows_download(with_six_decimals(rows), name)


def everything(choice: ImpactChoice) -> None:
    """Show the tables behind the page, how its figures are worked out, and the button that makes a workbook of it."""
    makes = _sheets(choice)
    show_frames("Show me the figures and the rows behind this page", "impact_all", makes)
    as_picture({"way": "progress", "grid": "states", "steps": "steps"}[choice.picture])
    with st.expander("How these figures are worked out", icon=":material/menu_book:"):
        st.markdown(METHOD)
    programme = choice.here.programme
    about = [
        ("Cut", choice.where or "Everything"),
        ("Source", programme.source or "Not stated."),
        ("Licence", programme.licence or "Not stated."),
    ]
    downloads.workbook(choice.here, "Impact", about, lambda: {title: make() for title, make in makes.items()}, "impact")


def _sheets(choice: ImpactChoice) -> dict[str, Callable[[], pl.DataFrame]]:
    """The tables of the page by title, made when asked for: the figures of all pilots together, the same under the outcomes of
    each framework, those of each pilot, and the results behind them."""
    return {
        "all together": lambda: figures_in_words(progress.totals(choice.summary.overview)),
        "by framework": lambda: figures_in_words(
            frameworks.under(choice.here.tables.indicators, progress.totals(choice.summary.overview))
        ),
        "each pilot": lambda: figures_in_words(progress.leaving(choice.summary.progress)),
        "results": lambda: _results(choice),
        **({"findings": lambda: findings.table(choice.findings, choice.here.tables)} if choice.findings.height else {}),
    }
