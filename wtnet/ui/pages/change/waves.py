"""The Change page: two waves chosen, what became of each partnership between them, and what every wave was like."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import polars as pl
import streamlit as st

from wtnet.draw.charts.change import Point, alluvial, alluvial_said, multiple
from wtnet.measures import catalogue, change, timeline
from wtnet.network import Network, Scope, waves_in_order
from wtnet.sentences import change as change_sentences
from wtnet.ui.frame import address, cached, sign_in
from wtnet.ui.frame.markdown import count, plain
from wtnet.ui.frame.page import PageContext, nothing_left, opening_sentence
from wtnet.ui.map import component
from wtnet.ui.parts import filters
from wtnet.ui.parts.figures import guide_link, interval_note, measure_value, rows_button, show_frames

address.declare(before="wave", after="wave")

MEASURES = ("ties", "mean_strength", "cross_sector_share", "density", "agreement", "response_rate")
"""The figures of the network that are followed from wave to wave."""
ICONS = {
    "new": ":material/add_circle:",
    "stronger": ":material/trending_up:",
    "unchanged": ":material/trending_flat:",
    "weaker": ":material/trending_down:",
    "ended": ":material/cancel:",
    "unknown": ":material/help:",
}
STYLE = Path(__file__).parent / "change.css"
_FEW = 3_000
"""Up to so many partners the intervals of every wave are worked out; they take seconds beyond."""


@dataclass(frozen=True, eq=False)
class Two:
    """The two waves compared: their networks, their names, and what became of each pair (`measures.change.pairs`)."""

    here: PageContext
    before: Network
    after: Network
    names: tuple[str, str]
    pairs: pl.DataFrame


def choose(here: PageContext) -> Two | None:
    """The two waves, the pilots and the rule of strength, kept in the URL; None, with a way out, with fewer than two waves."""
    st.html(STYLE)
    order = waves_in_order(here.tables)
    if len(order) < 2:
        _too_few(here, order)
        return None
    names = dict(here.tables.waves.select("id", "name").iter_rows())
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="two_waves"):
        first = _wave("From", "before", order[:-1], order[0], names)
        later = order[order.index(first) + 1 :]
        if address.get("after") in order and address.get("after") not in later:  # it was moved past: not a broken link
            address.put("after")
        second = _wave("To", "after", later, order[-1], names)
        pilots = _pilots(here)
        pairing, weights = filters.strength()
    scope = Scope(wave=first, pilots=pilots, pairing=pairing, weights=weights)
    before, after = (cached.network(*here.key, replace(scope, wave=wave)) for wave in (first, second))
    return Two(here, before, after, (names[first], names[second]), change.pairs(before, after))


def _wave(label: str, name: str, options: list[str], default: str, names: dict[str, str]) -> str:
    if st.session_state.get(f"in_{name}") not in options:
        st.session_state.pop(f"in_{name}", None)
    with st.container(width=190):
        chosen = address.one(st.selectbox, label, options, name=name, default=default, what="wave", format_func=names.__getitem__)
    return chosen or default


def _pilots(here: PageContext) -> tuple[str, ...]:
    names = dict(here.tables.pilots.select("id", "name").iter_rows())
    if not names:
        return ()
    with st.container(width=320):
        return address.several(
            st.multiselect, "Among the partners of", list(names), name="pilot", what="pilot", format_func=names.__getitem__,
            placeholder="All pilots and everyone else",
        )  # fmt: skip


def _too_few(here: PageContext, order: list[str]) -> None:
    """One wave or none: say what is missing, what the record says all the same, and where to go."""
    said = "no survey wave," if not order else f"one wave, {here.wave_name(order[0])},"
    st.info(
        f"This programme has {plain(said)} so there is nothing to compare yet. Change shows from the second wave on: "
        "add it to the sheet “waves”, with its ratings, and bring the workbook in.",
        icon=":material/timeline:",
    )
    documents = here.tables.partnerships
    known = [
        (count(int(documents[column].sum()), "partnership"), words) for column, words in _RECORDED if documents[column].any()
    ]
    if known:
        st.markdown(plain("What the record says: " + "; ".join(f"{number} {words}" for number, words in known) + "."))
    with st.container(horizontal=True):
        sign_in.link_to_data("Bring in a wave")
        st.page_link("pages/side_by_side.py", label="See the partnerships as they are", icon=":material/join_inner:")


_RECORDED = (("before_programme", "were there before the programme"), ("continues_after", "continue after it"))


def sentence(two: Two) -> None:
    """The sentence on top; a filter that leaves nothing says so and offers to undo it."""
    opening_sentence(change_sentences.headline(_counts(two), *two.names))
    if not two.pairs.height and two.before.scope.pilots:
        nothing_left("No partnership is left among the partners of these pilots.", "pilot")


def _counts(two: Two) -> dict[str, int]:
    return change.counts(two.before, two.after)


def counts(two: Two) -> None:
    """How many pairs are in each state, each with its meaning and rows; what is unknown stands apart, below."""
    found = _counts(two)
    with st.container(horizontal=True, gap="small", key="figures"):
        for name in change_sentences.STATES[:-1]:
            with st.container(width=104, gap=None):
                st.metric(f"{ICONS[name]} {name}", f"{found[name]:,}")
                rows_button(f"change_{name}", "Show me", partial(_in_state, two, name), partial(_meaning, name))
    if two.before.wave == waves_in_order(two.here.tables)[0] and (
        told := change_sentences.documented_earlier(two.pairs, two.after)
    ):
        st.caption(plain(told))
    if found["unknown"]:
        _unknown(two, found["unknown"])


def _meaning(name: str) -> None:
    st.markdown(f"**{name.capitalize()}.** {plain(change_sentences.MEANINGS[name])}")


def _in_state(two: Two, name: str) -> pl.DataFrame:
    """The pairs in one state, those that moved most first, without what says nothing of them."""
    found = readable(two).filter(pl.col("state") == name).drop("state")
    by = {"new": "after", "ended": "before"}.get(name, "difference")
    found = found.sort(pl.col(by).abs(), descending=True, nulls_last=True, maintain_order=True)
    return found.drop(column for column in found.columns if found.height and found[column].null_count() == found.height)


def readable(two: Two) -> pl.DataFrame:
    """What became of each pair, with names in place of ids."""
    return two.pairs.select(
        "state",
        "before",
        "after",
        "difference",
        "basis_before",
        "basis_after",
        "level_before",
        "level_after",
        pl.col("source_name").alias("partner"),
        pl.col("target_name").alias("other partner"),
    ).select("partner", "other partner", pl.exclude("partner", "other partner"))


def _unknown(two: Two, number: int) -> None:
    """What is not known, and who did not answer."""
    unknown = two.pairs.filter(pl.col("state") == "unknown")
    concerned = {*unknown["source"], *unknown["target"]}
    said = [
        change_sentences.silence_sentence(network, wave, concerned)
        for network, wave in zip((two.before, two.after), two.names, strict=True)
    ]
    why = " ".join(sentence for sentence in said if sentence) or "The strength of these ties is not known in both waves."
    with st.container(key="unknown", gap=None):
        st.markdown(
            f"{ICONS['unknown']} **{count(number, 'pair')} unknown.** {plain(why)} Their ties may have changed or not; they are "
            "left out of everything below that says who moved."
        )
        rows_button(
            "change_unknown",
            "Show me each pair and why",
            lambda: change_sentences.unknown_reasons(two.pairs, two.before, two.after, two.names),
        )


def flows(two: Two) -> None:
    """The alluvial of levels, with its numbers one click away."""
    st.subheader("From level to level", anchor=False)
    flow = change.flow(two.before, two.after)
    if not flow.height:
        st.caption("No pair has a level to follow.")
        return
    dark = st.context.theme.type == "dark"
    st.plotly_chart(
        alluvial(flow, *two.names, dark=dark),
        key="alluvial",
        config={"displayModeBar": False},
        alt=alluvial_said(flow, *two.names),
    )
    st.caption(
        "Each band is a number of pairs; its shade is the level they came to (0 none to 5 collaboration). "
        "Grey: no tie, or not known."
    )


@st.cache_resource(max_entries=32, show_spinner="Following the network from wave to wave …", hash_funcs={Scope: repr})
def _by_wave(programme: str, at: cached.At, scope: Scope) -> pl.DataFrame:
    """The followed measures in every wave, with intervals for networks of a size that allows them."""
    data = cached.tables(programme, at)
    draws = 2_000 if data.organisations.height <= _FEW else 0
    return timeline.of_network(data, scope, MEASURES, draws)


def _network_by_wave(two: Two) -> pl.DataFrame:
    return _by_wave(*two.here.key, replace(two.before.scope, wave=None))


def _span_said(measure: catalogue.Measure, low: float | None, high: float | None) -> str:
    return "" if low is None else f"95 % interval {measure_value(measure, low)} to {measure_value(measure, high)}"


def over_time(two: Two) -> None:
    """The network's figures in every wave, each as a small picture with its interval, its meaning and its rows."""
    st.subheader("The network, wave by wave", anchor=False)
    found = _network_by_wave(two)
    names = dict(two.here.tables.waves.select("id", "name").iter_rows())
    pictures = []
    for each in MEASURES:
        measure = catalogue.find(each, "network")
        rows = found.filter(pl.col("measure") == each).iter_rows(named=True)
        points = [
            Point(
                names[row["wave"]],
                row["value"],
                measure_value(measure, row["value"], row["base"]),
                row["date"],
                row["low"],
                row["high"],
                note=_span_said(measure, row["low"], row["high"]),
            )
            for row in rows
        ]
        pictures.append(multiple(measure.label, points, measure.unit if measure.kind not in ("share", "count") else ""))
    component.pictures(pictures, "network_pictures")
    if found["low"].null_count() < found.height:
        st.caption(
            "Bars behind the points are 95 % intervals: another set of partners like these would most likely give a figure "
            "in this range."
        )
        interval_note(*zip(two.names, (two.before, two.after), strict=True))
    with st.popover("What each figure means", type="tertiary", icon=":material/menu_book:"):
        for each in MEASURES:
            measure = catalogue.find(each, "network")
            st.markdown(f"**{plain(measure.label)}.** {plain(measure.meaning)} {plain(measure.caution)}")
            guide_link(measure)


def tables(two: Two) -> None:
    """The rows behind the page."""
    names = dict(two.here.tables.waves.select("id", "name").iter_rows())
    kinds: dict[str, Callable[[], pl.DataFrame]] = {
        "partnerships": lambda: readable(two),
        "partners": lambda: change_sentences.partner_moves(two.pairs, two.after).drop("partner"),
        "levels": lambda: change.flow(two.before, two.after),
        "unknown": lambda: change_sentences.unknown_reasons(two.pairs, two.before, two.after, two.names),
        "figures by wave": lambda: _network_by_wave(two).with_columns(
            pl.col("wave").replace_strict(names, return_dtype=pl.String)
        ),
    }
    show_frames("Show me the rows behind this page", "change_rows", kinds)
