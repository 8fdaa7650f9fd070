"""Who is missing: the core kinds that museums do not work with yet, and who could fill the gaps."""

from __future__ import annotations

from typing import Any

import polars as pl
import streamlit as st

from wtnet.analysis.introductions import introductions
from wtnet.draw.charts import reach as reach_charts
from wtnet.measures import absence, reach
from wtnet.sentences import record
from wtnet.tables.schema import CORE_KINDS
from wtnet.ui.frame.markdown import cut, listed, plain
from wtnet.ui.pages.gaps.choose import GapsChoice
from wtnet.ui.parts.as_picture import as_picture
from wtnet.ui.parts.figures import show_frame

_ROWS, _LINES = 30, 12


def missing(choice: GapsChoice) -> None:
    """Show which museums work with which of the four core kinds, those that lack most first."""
    coverage = reach.coverage(choice.network)
    gaps = absence.unknown_kinds(choice.network)
    if not coverage.height:
        st.info(
            "No partner of the kind “museum” is in view. “Who should meet” finds introductions between any kinds.",
            icon=":material/museum:",
        )
        return
    lacks = pl.sum_horizontal((pl.col(kind) == 0).cast(pl.Int8) for kind in CORE_KINDS)
    ordered = coverage.sort(lacks, descending=True, maintain_order=True)
    st.markdown("### Which museums work with which kinds of partner")
    st.html(reach_charts.coverage(ordered.head(_ROWS), gaps, absence.none_words(choice.network)))
    if coverage.height > _ROWS:
        st.caption(f"The {_ROWS} that lack most of {coverage.height:,}; all of them in the table.")
    if gaps and (ordered["unknown"] != "").any():
        st.caption(plain(record.notes(gaps.values())))
    _remedies(choice, ordered)
    show_frame("Show me the partnerships of each museum by kind", "coverage", lambda: ordered.drop("id"))
    as_picture("coverage")


def _remedies(choice: GapsChoice, coverage: pl.DataFrame) -> None:
    """Show for each gap the introduction that would fill it within two steps, and for which museums there is none."""
    lines: list[str] = []
    nobody: dict[str, list[str]] = {}
    for row in coverage.filter(pl.col("missing") != "none").head(_ROWS).iter_rows(named=True):
        possible = introductions(choice.network, most=500, partner=row["id"])
        other_kind = pl.when(pl.col("source") == row["id"]).then("target_kind").otherwise("source_kind")
        for kind in (kind for kind in CORE_KINDS if row[kind] == 0 and kind != "museum"):
            of_kind = possible.filter(other_kind == kind)
            if of_kind.height:
                lines.append(_remedy(row, kind, of_kind.row(0, named=True)))
            else:
                nobody.setdefault(kind, []).append(cut(row["name"], 60))
    if absence.ties(choice.network):  # who is two steps away is not told
        return
    for kind, names in nobody.items():
        sentence = f"No {CORE_KINDS[kind].lower()} is two steps away from {listed(names, 4)}: someone new would have to join."
        lines.append(plain(sentence))
    if not lines:
        return
    st.markdown("### Who could fill the gaps")
    st.markdown("\n".join(f"- {line}" for line in lines[:_LINES]))
    if len(lines) > _LINES:
        st.caption(f"And {len(lines) - _LINES} more gaps; “Who should meet” has them all.")


def _remedy(row: dict[str, Any], kind: str, best: dict[str, Any]) -> str:
    other = best["target_name"] if best["source"] == row["id"] else best["source_name"]
    lacks = f"**{plain(cut(str(row['name']), 60))}** is not known to work with a {CORE_KINDS[kind].lower()}."
    return f"{lacks} {plain(cut(other, 60))} is two steps away: {plain(best['reason'][0].lower() + best['reason'][1:])}"
