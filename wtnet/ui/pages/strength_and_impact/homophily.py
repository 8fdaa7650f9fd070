"""Where the strong partnerships lie: within pilots, kinds or places (QAP); and the page to take along."""

from __future__ import annotations

from typing import Any

import polars as pl
import streamlit as st

from wtnet.analysis import qap
from wtnet.analysis.qap import RELATIONS, Qap
from wtnet.draw.charts.dots import Dot, dots
from wtnet.network import Network, Scope
from wtnet.sentences import association as association_sentences
from wtnet.ui.frame import cached
from wtnet.ui.frame.markdown import figure, plain
from wtnet.ui.frame.page import PageContext
from wtnet.ui.pages.strength_and_impact.association import Seen, opened, points
from wtnet.ui.parts import downloads

MANY = 800
"""With more partners than this, it is worked out when it is asked for."""
_SCALE = [(-1.0, "−1 never there"), (0.0, "0 no matter"), (1.0, "1 only there")]


@st.cache_resource(max_entries=64, show_spinner="Dealing the partners out at random …", hash_funcs={Scope: repr})
def _lies(programme: str, at: cached.At, scope: Scope) -> dict[str, Qap]:
    network = cached.network(programme, at, scope)
    return {what: qap.explained(network, what) for what in RELATIONS}


def lies(here: PageContext, network: Network) -> None:
    """Where the strong partnerships lie: within pilots, kinds or places (QAP)."""
    st.subheader("Where the strong partnerships lie", anchor="lies")
    many = network.graph.number_of_nodes()
    if network.ties["strength"].null_count() == network.ties.height:
        st.info("No partnership in view has a known strength.", icon=":material/info:")
        return
    if many > qap.MOST:
        st.info(f"There are {many:,} partners; this is worked out for up to {qap.MOST:,}.", icon=":material/info:")
        return
    if many > MANY and not st.toggle(f"Work it out for {many:,} partners; this can take a minute", key="association_lies"):
        return
    found = _lies(*here.key, network.scope)
    st.markdown(" ".join(plain(association_sentences.relation_sentence(what, one)) for what, one in found.items()))
    drawn = [
        Dot(
            f"Partners that {association_sentences.RELATIONS[what][0]}",
            one.r,
            f"{figure(one.r, digits=2)}; by chance {association_sentences.interval_text(one.low, one.high)}",
            chance=None if one.low is None or one.high is None else (one.low, one.high),
            note=f"{one.n:,} partners",
        )
        for what, one in found.items()
    ]
    st.html(dots(drawn, -1, 1, _SCALE, 0.0, "Correlation of strength with what two partners have in common"))
    st.caption(
        "Square: correlation over all pairs of partners, no tie counting as 0. Pane: where 95 of 100 lie when partners are dealt "
        "out at random (QAP, Krackhardt 1988). Partners without a known place are left out of the last."
    )
    opened("Show me the figures", "association_lies_rows", lambda: lies_table(found))


def lies_table(found: dict[str, Qap]) -> pl.DataFrame:
    """The QAP figures as a table, one row a relation."""
    listed: list[dict[str, Any]] = [{"two partners": RELATIONS[what], **vars(one)} for what, one in found.items()]
    return pl.DataFrame(listed, infer_schema_length=None)


def take(seen: Seen) -> None:
    """The workbook of the page."""
    found = seen.found

    def tables() -> dict[str, pl.DataFrame]:
        one = {name: value for name, value in vars(found).items() if name != "points"}
        frames = {"Asked": pl.DataFrame([one], infer_schema_length=None), "Points": points(found), "All indicators": seen.every}
        if seen.network.graph.number_of_nodes() <= MANY:
            frames["Where ties lie"] = lies_table(_lies(*seen.here.key, seen.network.scope))
        return frames

    downloads.workbook(
        seen.here, "Strength and impact", [("Sentence", association_sentences.headline(found))], tables, "strength-impact"
    )
