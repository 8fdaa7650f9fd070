"""Figures that open: each leads to its meaning, its entry in the guide, and the rows it came from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import polars as pl
import streamlit as st

from wtnet.measures import catalogue, position, structure
from wtnet.measures.catalogue import Measure
from wtnet.measures.notices import estimated, standing
from wtnet.network import Network
from wtnet.sentences import headings, strength
from wtnet.sentences.format import measure_value
from wtnet.tables.rounding import fixed
from wtnet.ui.frame import address, cached
from wtnet.ui.frame.markdown import listed, plain
from wtnet.ui.frame.page import PageContext
from wtnet.ui.parts.as_picture import as_picture
from wtnet.ui.parts.downloads import rows_download
from wtnet.ui.parts.table import show_table


def figure_row(here: PageContext, network: Network, ids: tuple[str, ...], width: int = 122) -> None:
    """Up to five headline figures side by side, each with its interval where there is one, and a way to its rows.

    `width` is that of each in pixels: more room for longer labels.
    """
    values = cached.network_measures(*here.key, network.scope, ids)
    intervals = cached.intervals(*here.key, network.scope)
    with st.container(horizontal=True, gap="small", key="figures"):
        for name in ids:
            measure = catalogue.find(name, "network")
            span, why = intervals.get(name), catalogue.withheld(measure, network)
            value = measure_value(measure, values.get(name), catalogue.base(measure, network), why)
            with st.container(width=width, gap=None):
                st.metric(strength.label(measure, network), value, help=why)
                _opens(measure, network, _between(measure, span))


def interval_note(*sides: tuple[str, Network]) -> None:
    """What intervals rest on, in small print: for each network, named unless it is the only one; those of which the same is to
    be said together."""
    names: dict[str, list[str]] = {}
    for name, network in sides:
        if words := standing(network):
            names.setdefault(words, []).extend(filter(None, [name]))
    lines = [f"{listed(of, len(of))}: {words}." if of else f"{words[:1].upper()}{words[1:]}." for words, of in names.items()]
    if lines:
        st.caption("  \n".join(plain(line) for line in lines))


WHAT_AN_INTERVAL_IS = (
    "Of ranges worked out like this, about 95 in 100 hold the figure of all partners like these; answers that are "
    "missing for a reason are not allowed for."
)
"""What a 95% interval says: nothing on where the next figure will lie."""


def _between(measure: Measure, span: tuple[float, float] | None) -> str | None:
    return f"{measure_value(measure, span[0])} to {measure_value(measure, span[1])}" if span else None


def _opens(measure: Measure, network: Network, between: str | None) -> None:
    """A small button under the figure, with its interval if it has one: meaning, way to the guide, rows."""

    def about() -> None:
        st.markdown(f"**{plain(measure.label)}.** {plain(measure.meaning)}")
        if between:
            words = f"95% interval: {between}. {WHAT_AN_INTERVAL_IS}"
            st.markdown(plain(words))
        if why := catalogue.withheld(measure, network):
            st.markdown(plain(why))
        if measure.rows == "all ratings" and network.tables.audience != "lead":
            st.markdown("Only the programme lead sees the answers of others.")
        guide_link(measure)
        as_picture(f"figure:{measure.id}")

    rows_button(measure.id, between or "Show me", lambda: measure_rows(network, measure.id), about, figure=bool(between))


def measure_rows(network: Network, measure_id: str, partner: str | None = None) -> pl.DataFrame:
    """The rows behind a figure (`catalogue.rows`), ties among them as the reader may see them."""
    rows = catalogue.rows(network, measure_id, partner)
    return strength.in_words(network, rows) if "basis" in rows.columns else rows


def rows_button(
    name: str, label: str, make: Callable[[], pl.DataFrame], about: Callable[[], None] | None = None, figure: bool = False
) -> None:
    """A small button under a figure: what it means, and the rows behind it, worked out when it is opened. Its label is printed
    where it is a `figure` itself."""
    key = f"{'interval' if figure else 'show'}_{name}"
    with st.popover(label, type="tertiary", key=key, on_change="rerun", help="What it means, and the rows behind it") as box:
        if box.open:
            if about:
                about()
            rows_table(make(), name)


def rows_popover(label: str, name: str, make: Callable[[], pl.DataFrame]) -> None:
    """A small button under a picture with the rows behind it, worked out when it is opened."""
    with st.popover(label, type="tertiary", key=f"open_{name}", on_change="rerun", icon=":material/table_rows:") as box:
        if box.open:
            rows_table(make(), name)


def every_path(network: Network) -> None:
    """Say how betweenness is estimated in a network of thousands, with the button that has it worked out exactly;
    elsewhere nothing."""
    if not (how := estimated(network)):
        return
    st.caption(plain(how))
    st.button(
        "Work it out exactly",
        key="every_path",
        help="From every shortest path: with tens of thousands of partners it may take a minute or two.",
        on_click=lambda: address.put("paths", "every"),
    )


def measure_link(measure: Measure) -> str:
    """How a link names a measure: "network:density"; some ids exist for a partner, a tie and a network."""
    return f"{measure.of}:{measure.id}"


def guide_link(measure: Measure) -> None:
    """The way to a measure's entry in the guide."""
    st.page_link(
        "pages/guide.py",
        label="How it is worked out",
        icon=":material/menu_book:",
        query_params=address.params(measure=measure_link(measure)),
    )


def rows_table(frame: pl.DataFrame, name: str, as_stored: bool = False) -> None:
    """A table with its number of rows and a download that a spreadsheet opens safely: headings and numbers as people read them
    on the page, numbers to count with in the download; or `as_stored`."""
    if frame.is_empty():
        st.caption("There are no rows to show here.")
        return
    shown = frame if as_stored else headings.named(frame)
    show_table(shown, f"rows_{name}", f"{frame.height} rows: {name}", as_stored=as_stored)
    rows_download(frame if as_stored else headings.plain(frame, to_count_with=True), name)


def show_frame(label: str, name: str, make: Callable[[], pl.DataFrame]) -> None:
    """A table one click away; worked out only when it is opened."""
    with st.expander(label, key=f"open_{name}", on_change="rerun", icon=":material/table_rows:") as box:
        if box.open:
            rows_table(make(), name)


def show_frames(label: str, name: str, makes: dict[str, Callable[[], pl.DataFrame]]) -> None:
    """Several tables one click away, one shown at a time; worked out only when it is chosen."""
    with st.expander(label, key=f"open_{name}", on_change="rerun", icon=":material/table_rows:") as box:
        if box.open:
            chosen = st.segmented_control(
                "Show", list(makes), default=next(iter(makes)), key=f"which_{name}", label_visibility="collapsed", required=True
            )
            rows_table(makes[chosen](), chosen.replace(" ", "_"))
            st.page_link("pages/guide.py", label="What each figure means", icon=":material/menu_book:")


def partner_table(here: PageContext, network: Network, partner: str) -> pl.DataFrame:
    """`measure`, `value` (as text), `what it says`: one row a measure of one partner."""
    values = cached.partner_measures(*here.key, network.scope).row(by_predicate=pl.col("id") == partner, named=True)
    return partner_rows(network, partner, values, tuple(measure.id for measure in catalogue.of("partner")))


def partner_rows(network: Network, partner: str, values: Mapping[str, Any], ids: Sequence[str]) -> pl.DataFrame:
    """The same from values by id, for some of the measures; what is withheld says why."""
    rows = []
    for measure in (catalogue.find(each, "partner") for each in ids):
        why = catalogue.withheld(measure, network, partner)
        says = f"{measure.meaning} {why}" if why else measure.meaning
        if measure.id == "betweenness" and (within := position.betweenness_within(network)):
            says += f" Estimated: with 95% confidence it is {fixed(within[partner][0], 4)} to {fixed(within[partner][1], 4)}."
        rows.append((strength.label(measure, network), measure_value(measure, values[measure.id], withheld=why), says))
    return pl.DataFrame(rows, schema=["measure", "value", "what it says"], orient="row")


def network_table(here: PageContext, network: Network) -> pl.DataFrame:
    """`measure`, `value` (as text), `95 % interval`, `what it says`: one row a network measure."""
    values = cached.network_measures(*here.key, network.scope)
    spans = cached.intervals(*here.key, network.scope)
    rows = []
    for measure in catalogue.of("network"):
        why = catalogue.withheld(measure, network)
        value = measure_value(measure, values.get(measure.id), catalogue.base(measure, network), why)
        says = f"{measure.meaning} {why}" if why else measure.meaning
        if measure.id == "betweenness_centralisation" and (within := structure.betweenness_centralisation_within(network)):
            says += f" Estimated: with 95% confidence it is {fixed(within[0], 3)} to {fixed(within[1], 3)}."
        rows.append((strength.label(measure, network), value, _between(measure, spans.get(measure.id)), says))
    return pl.DataFrame(rows, schema=["measure", "value", "95% interval", "what it says"], orient="row")
