"""Who works with whom, kind by kind: partnerships of every kind or of one, which way they go, and what two do together."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import polars as pl
import streamlit as st

from wtnet.draw.charts import reach as reach_charts
from wtnet.measures import multiplexity, tie_values
from wtnet.network import Network
from wtnet.sentences import multiplexity as sentences
from wtnet.tables import relationships
from wtnet.tables.schema import KINDS
from wtnet.tables.text import cut
from wtnet.ui.frame import address, cached
from wtnet.ui.frame.markdown import plain
from wtnet.ui.pages.reach.reach import ReachChoice, matrix_of, rows_and_guide
from wtnet.ui.parts.as_picture import as_picture
from wtnet.ui.parts.figures import rows_popover
from wtnet.ui.parts.filters import kinds_of_partnership

address.declare(mix="figure", mix_kind="kind of partnership")

EVERY = "every"
_OWN = "own-"
_MEANS = {
    "ties": "How many partnerships there are between two kinds; kinds with many partners have many.",
    "mean_strength": "How strong they are on average (0 none, 1 strongest); “–” where no strength is known; “withheld” where "
    "so few organisations' answers are in it that one could be worked out.",
    "share_of_possible": "What part of all the pairs of partners of two kinds work together; this may be compared between kinds.",
}
_ONE_WAY = "From the kind of partner in the row to that in the column, as documented; both ways counts in both."


def mixing(choice: ReachChoice) -> None:
    """Show the mixing matrix, and the choice of what it shows."""
    st.header("Who works with whom, kind by kind", anchor="mixing")
    tables = choice.here.tables
    fields = {_OWN + field: cut(row["label"], 40) for field, row in relationships.fields(tables, "number").items()}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="mix_row"):
        options = {**reach_charts.SHOWN, **fields}
        shown = address.choose("Show in each square", options, name="mix", default="ties", widget=st.segmented_control)
        kind = _choose_kind(choice)
    network = choice.network
    if kind != EVERY:
        network = cached.network(*choice.here.key, replace(network.scope, relationships=(kind,)))
    matrix = matrix_of(network)
    if not matrix.height:
        st.info("No partner is in view.", icon=":material/info:")
        return
    if shown.startswith(_OWN):
        values = tie_values.of_field(network, shown.removeprefix(_OWN))
        matrix = matrix.with_columns(tie_values.by_kinds(network, matrix, values).alias(shown))
        what = "added up" if values.is_money else "on average"
        meaning = f"{values.label} of the partnerships between two kinds, {what}; “–” where none is known."
        st.html(reach_charts.mixing(matrix, shown, values.label))
    else:
        meaning = _MEANS[shown]
        st.html(reach_charts.mixing(matrix, shown))
    st.caption(plain(meaning if kind == EVERY else f"{meaning} Only partnerships documented to be of this kind."))
    named = matrix.with_columns(pl.col("kind_a", "kind_b").replace(KINDS))
    rows_and_guide("Show me the rows", "mixing", lambda: named, "cross_sector_share", picture="mixing")
    if kind != EVERY:
        _directions(network, kind)
    _together(choice)


def _choose_kind(choice: ReachChoice) -> str:
    """Choose one kind of partnership, or every."""
    kinds = kinds_of_partnership(choice.here.tables)
    if not kinds:
        return EVERY
    with st.container(width=260):
        return address.choose("Kind of partnership", {EVERY: "Every kind", **kinds}, name="mix_kind", default=EVERY)


def _directions(network: Network, kind: str) -> None:
    """Show the directions of the partnerships of one kind, from kind to kind of partner, as far as documents give them."""
    rows = multiplexity.by_kinds_of_partner(network).filter(pl.col("kind") == kind)
    if not rows.select(pl.col("from_a_to_b", "from_b_to_a", "both_ways").sum()).transpose().sum().item():
        return
    label = relationships.in_use(network.tables)[kind]
    st.markdown(f"**{plain(label)}: from whom to whom**")
    st.html(reach_charts.one_way(rows, label))
    as_picture("one-way")
    unsaid = int(rows["way_not_said"].sum())
    st.caption(plain(_ONE_WAY + (f" Of {unsaid:,} it is not said which way they go." if unsaid else "")))


def _together(choice: ReachChoice) -> None:
    """Say who works together in two or more ways, with the rows."""
    sentence = sentences.headline(choice.network)
    if not sentence:
        return
    st.markdown(plain(sentence))
    if not relationships.tells_all(choice.here.tables):
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        several = multiplexity.several(choice.network)
        if several.height:
            table = several.select("source_name", "target_name", "kinds", "what").rename(
                {"source_name": "partner", "target_name": "other partner", "kinds": "ways", "what": "what it is"}
            )
            rows_popover("Show me who works together in two or more ways", "multiplex", lambda: table)
        rows_popover("Show me which kinds run between whom", "kinds_between", partial(between, choice.network))


def between(network: Network) -> pl.DataFrame:
    """Which kinds of partnership run between which kinds of partner, as people read it."""
    frame = multiplexity.by_kinds_of_partner(network)
    labels = relationships.in_use(network.tables)
    named = frame.with_columns(pl.col("kind").replace(labels), pl.col("kind_a", "kind_b").replace(KINDS))
    return named.rename(
        {
            "kind": "kind of partnership",
            "kind_a": "one kind of partner",
            "kind_b": "the other",
            "from_a_to_b": "from one to the other",
            "from_b_to_a": "from the other to one",
            "both_ways": "both ways",
            "way_not_said": "way not said",
        }
    )
