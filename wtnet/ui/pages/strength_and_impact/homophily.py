"""Where the strong partnerships lie: within pilots, kinds or places (QAP); and the workbook of the page."""

from __future__ import annotations

from typing import Any

import polars as pl
import streamlit as st

from wtnet.analysis import qap, reasons
from wtnet.analysis.qap import RELATIONS, Qap
from wtnet.draw.charts.association import RELATION_SCALE, relation_dots
from wtnet.draw.charts.dots import dots
from wtnet.measures import absence, disclosure
from wtnet.network import Network, Scope
from wtnet.sentences import association as association_sentences
from wtnet.sentences import reasons as reasons_sentences
from wtnet.ui.frame import cached
from wtnet.ui.frame.markdown import plain, points
from wtnet.ui.frame.page import PageContext
from wtnet.ui.pages.strength_and_impact.association import AssociationChoice, points_table
from wtnet.ui.parts import downloads
from wtnet.ui.parts.as_picture import as_picture
from wtnet.ui.parts.figures import rows_popover

MANY = 800
"""With more partners it is worked out only when asked for."""


@cached.kept(64, "Comparing with chance …")
def _relations(programme: str, at: cached.Edition, scope: Scope) -> dict[str, Qap]:
    network = cached.network(programme, at, scope)
    return {relation: qap.explained(network, relation) for relation in RELATIONS}


@cached.kept()
def _contrasts(programme: str, at: cached.Edition, scope: Scope) -> dict[str, qap.Contrast]:
    network = cached.network(programme, at, scope)
    return {relation: qap.contrast(network, relation) for relation in RELATIONS}


def where_ties_lie(here: PageContext, network: Network) -> None:
    """Show whether the strong partnerships lie within pilots, kinds or places (QAP)."""
    st.subheader("Where the strong partnerships lie", anchor="lies")
    partners = network.graph.number_of_nodes()
    if why := association_sentences.relations_untold(network):
        st.info(plain(why), icon=":material/visibility_off:" if disclosure.reason(network) else ":material/info:")
        return
    if partners > MANY and not st.toggle(
        f"Work it out for {partners:,} partners; this can take a minute", key="association_lies"
    ):
        return
    results = _relations(*here.key, network.scope)
    contrasts = _contrasts(*here.key, network.scope)
    sentences = [association_sentences.relation_sentence(name, result, contrasts[name]) for name, result in results.items()]
    st.markdown(plain(" ".join(sentences)))
    drawn = relation_dots(results)
    if not drawn:
        return
    st.html(dots(drawn, -1, 1, RELATION_SCALE, 0.0, "Correlation of strength with what two partners have in common"))
    st.caption(
        "Square: correlation over all pairs of partners, no partnership counting as 0. Pane: where 95 of 100 lie when "
        "partners are dealt "
        "out at random (QAP, Krackhardt 1988). Partners without a known place are left out of the last."
    )
    as_picture("relations")
    rows_popover("Show me the figures", "association_lies_rows", lambda: _table(results))


@cached.kept(32, "Weighing what partners have in common …")
def _reasons(programme: str, at: cached.Edition, scope: Scope) -> reasons.Reasons:
    return reasons.reasons(cached.network(programme, at, scope))


def weighed_together(here: PageContext, network: Network) -> None:
    """Show, on request, several things in common weighed together: whether partners work together and how strongly, apart."""
    if disclosure.reason(network) or absence.documents_only(network):
        return
    if st.toggle("Weigh several things together: whether partners work together, and how strongly", key="reasons"):
        summary = _reasons(*here.key, network.scope)
        st.markdown(points(reasons_sentences.sentences(summary)))
        if not summary.why:
            rows_popover("Show me the figures", "reasons_rows", lambda: reasons.table(summary))


def _table(results: dict[str, Qap]) -> pl.DataFrame:
    """The QAP figures, one row a relation."""
    rows: list[dict[str, Any]] = [{"two partners": RELATIONS[relation], **vars(result)} for relation, result in results.items()]
    return pl.DataFrame(rows, infer_schema_length=None)


def workbook(choice: AssociationChoice) -> None:
    """Show the button that makes and downloads every table behind the page."""
    result = choice.result

    def tables() -> dict[str, pl.DataFrame]:
        asked = {name: value for name, value in vars(result).items() if name != "points"}
        sheets = {
            "Asked": pl.DataFrame([asked], infer_schema_length=None),
            "Points": points_table(result),
            "All indicators": choice.indicators,
        }
        if choice.network.graph.number_of_nodes() <= MANY and not disclosure.reason(choice.network):
            sheets["Where partnerships lie"] = _table(_relations(*choice.here.key, choice.network.scope))
        return sheets

    sentence = [("Sentence", association_sentences.headline(result))]
    downloads.workbook(choice.here, "Strength and impact", sentence, tables, "strength-impact")
