"""The Guide page, drawn from the catalogue: search, one entry a measure, a link to each."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from wtnet.measures import catalogue, structure
from wtnet.measures.catalogue import Measure
from wtnet.network import Network, Scope
from wtnet.sentences import methods
from wtnet.sentences.format import interval_text
from wtnet.ui.frame import address, cached
from wtnet.ui.frame.markdown import count, cut, plain
from wtnet.ui.frame.page import PageContext
from wtnet.ui.parts import filters
from wtnet.ui.parts.figures import every_path, measure_link, measure_value, rows_table
from wtnet.ui.parts.introduction_quality import introductions_quality

address.declare(measure="measure", method="method")

_OF = {"network": "Of the whole network", "partner": "Of one partner", "tie": "Of one partnership"}
_BETTER = {"higher": "higher is better", "lower": "lower is better", "neither": "neither high nor low is better in itself"}


def entries(here: PageContext) -> None:
    """Search, then the entries; the one a link names stands open at the top."""
    by_link = {measure_link(measure): measure for measure in catalogue.MEASURES}
    asked = next(iter(address.among("measure", list(by_link))), None)
    network = cached.network(*here.key, filters.scope_as_chosen(here))
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    words = left.text_input("Search", key="guide_search", placeholder="strength, Burt, sectors …")
    matching = [measure for measure in catalogue.MEASURES if _matches(measure, words)]
    right.caption(f"{count(len(matching), 'measure')} of {len(catalogue.MEASURES)}")
    methods_found = methods.matching(words)
    if not matching and not methods_found and not _has(_ADVICE, words):
        st.info("No measure matches these words. Try one word, such as strength, reach or change.", icon=":material/search_off:")
    asked_method = next(iter(address.among("method", list(methods.BY_ID))), None)
    if asked_method:
        with st.container(border=True):
            _method(methods.BY_ID[asked_method])
            st.button("Show everything", on_click=lambda: address.put("method"), key="guide_all_methods")
    elif words and methods_found:
        _methods(methods_found)
    if asked:
        with st.container(border=True):
            _entry(by_link[asked], here, network)
            st.button("Show all measures", on_click=lambda: address.put("measure"), key="guide_all")
    for of, title in _OF.items():
        part = [measure for measure in matching if measure.of == of and measure_link(measure) != asked]
        if part:
            st.header(title, anchor=False)
        for measure in part:
            with st.expander(
                f"**{plain(measure.label)}** · {plain(cut(measure.meaning, 110))}",
                key=f"guide_{measure_link(measure)}",
                on_change="rerun",
            ) as box:
                if box.open:
                    _entry(measure, here, network)
    if _has(_ADVICE, words):
        _advice(here)
    if not words:
        _methods(methods_found)


def _methods(matching: Sequence[methods.Method]) -> None:
    """The methods, one entry each."""
    st.header("Of the methods", anchor=False)
    for method in matching:
        title = f"**{plain(method.label)}** · {plain(cut(method.meaning, 110))}"
        with st.expander(title, key=f"guide_method_{method.id}", on_change="rerun") as box:
            if box.open:
                _method(method)


def _method(method: methods.Method) -> None:
    st.markdown(f"### {plain(method.label)}")
    st.markdown(plain(method.meaning))
    if method.formula:
        st.latex(method.formula)
    st.markdown(f"**What it does not say.** {plain(method.caution)}")
    st.markdown(f"**Source.** {plain(method.source)}")
    link = address.params(method=method.id)
    st.page_link("pages/guide.py", label="Link to this entry", icon=":material/link:", query_params=link)


_ADVICE = "introductions who should meet advice auc quality resource allocation zhou lü zhang next wave"


def _advice(here: PageContext) -> None:
    """How introductions are ranked, and how many of them became ties by the next wave."""
    st.header("Of the advice", anchor=False)
    with st.expander(
        "**Introductions** · How good they have been: which of them became partnerships by the next wave",
        key="guide_advice",
        on_change="rerun",
    ) as box:
        if not box.open:
            return
        st.markdown("### Introductions")
        st.markdown(
            "Pairs without a partnership, those first who share the most partners; a shared partner counts for less the "
            "more others it "
            "works with."
        )
        st.latex(r"s(a, b) = \sum_{z \in \Gamma(a) \cap \Gamma(b)} \frac{1}{k_z}")
        st.markdown("**How good they have been in this programme**")
        introductions_quality(here)
        st.markdown(f"**Source.** {plain(RESOURCE_ALLOCATION)}")
        st.page_link(
            "pages/gaps.py", label="See who should meet", icon=":material/experiment:", query_params=address.params(show="meet")
        )


RESOURCE_ALLOCATION = (
    "Zhou, Lü & Zhang 2009, Predicting missing links via local information, European Physical Journal B 71, 623–630, "
    "doi 10.1140/epjb/e2009-00335-8."
)


def _matches(measure: Measure, words: str) -> bool:
    return _has(" ".join((measure.id, measure.label, measure.meaning, measure.reading, measure.caution, measure.source)), words)


def _has(text: str, words: str) -> bool:
    return all(word in text.lower() for word in words.lower().split())


def _entry(measure: Measure, here: PageContext, network: Network) -> None:
    st.markdown(f"### {plain(measure.label)}")
    st.markdown(plain(measure.meaning))
    if measure.of == "network":
        _now(measure, here, network)
    if measure_link(measure) == "partner:betweenness":
        every_path(network)
    st.latex(measure.formula)
    for title, text in (
        ("How to read it", measure.reading),
        ("What it does not mean", measure.caution),
        ("Source", measure.source),
    ):
        if text:
            st.markdown(f"**{title}.** {plain(text)}")
    unit = f"Unit: {measure.unit}; " if measure.unit else ""
    st.caption(plain(f"{unit}{_BETTER[measure.better]}. Known to programs as “{measure.id}”."))
    if st.toggle("Show me the rows", key=f"guide_rows_{measure_link(measure)}"):
        rows_table(catalogue.rows(network, measure.id), f"guide_{measure.of}_{measure.id}")
    st.page_link(
        "pages/guide.py",
        label="Link to this entry",
        icon=":material/link:",
        query_params=address.params(measure=measure_link(measure)),
    )


def _now(measure: Measure, here: PageContext, network: Network) -> None:
    """The value in the programme and wave looked at, with its interval where there is one."""
    why = catalogue.withheld(measure, network)
    now = cached.network_measures(*here.key, network.scope).get(measure.id)
    value = measure_value(measure, now, catalogue.base(measure, network), why)
    span = cached.intervals(*here.key, network.scope).get(measure.id)
    between = f", {interval_text(measure, *span)}" if span else ""
    rule = network.scope.pairing, network.scope.weights, network.scope.documents
    ours = rule != (Scope().pairing, Scope().weights, Scope().documents)
    mine = ", with the strength you chose" if ours else ""
    st.markdown(
        f"**In this programme, {plain(here.wave_name())}{mine}:** {plain(value + between)}{f'. {plain(why)}' if why else ''}"
    )
    if measure.id == "betweenness_centralisation" and (within := structure.betweenness_centralisation_within(network)):
        st.markdown(f"Estimated; with 95% confidence {measure_value(measure, within[0])} to {measure_value(measure, within[1])}.")
        every_path(network)
