"""Two views of one programme beside each other: drawn at the same places, moved and selected together, and compared."""

from __future__ import annotations

from functools import partial
from typing import Any

import polars as pl
import streamlit as st

from wtnet.draw.map import large as packing
from wtnet.draw.map import live as draw_map
from wtnet.draw.map.picture import draw
from wtnet.draw.style import voice
from wtnet.measures import absence, catalogue, two_views
from wtnet.measures.two_views import MeasurePair
from wtnet.network import Network
from wtnet.sentences import strength
from wtnet.sentences import two_views as two_views_sentences
from wtnet.tables.rounding import rounded
from wtnet.ui.frame import address, cached
from wtnet.ui.frame.markdown import count, figure, plain
from wtnet.ui.frame.page import nothing_left, opening_sentence
from wtnet.ui.map import clicks, component
from wtnet.ui.map.spots import spot
from wtnet.ui.pages.two_views.choose import SIDES, TwoViews
from wtnet.ui.parts.as_picture import as_picture
from wtnet.ui.parts.colouring import categories
from wtnet.ui.parts.figures import guide_link, measure_link, measure_rows, measure_value, rows_button, show_frames
from wtnet.ui.parts.selection import NOTHING, parse
from wtnet.ui.parts.table import show_table

FIGURES = ("partners", "ties", "mean_strength")
_LEAST = 320.0
"""The maps show at least so much ground, in the units of `draw.layout`."""


def sentence(two: TwoViews) -> None:
    """What both show, and, where only one partner's ties are compared, that it is so."""
    st.session_state["two_shown"] = tuple(view.text() for view in two.views)
    opening_sentence(two_views_sentences.headline(two.names, two.shown, two.pairs))
    if two.centre and any(view.partner is None for view in two.views):
        who = two.here.tables.names("organisations")[two.centre]
        st.caption(plain(f"Only the partnerships of {who} are compared: one partner's words say nothing of the others."))


def maps(two: TwoViews) -> None:
    """Both maps with their figures above: the same places, moved together, selected together."""
    chosen = parse(address.get("select"), two.here.tables)
    if chosen is None:
        address.gone("partner, partnership or pilot", str(address.get("select")).partition(":")[2])
        address.put("select")
        chosen = NOTHING
    columns = st.columns(2, gap="large")
    for at, (side, column) in enumerate(zip(SIDES, columns, strict=True)):
        with column:
            _side(two, at, side)
    if address.every("off") and not all(net.ties.height for net in two.shown):
        nothing_left("Kinds of partner are switched off in the legend.", "off", after=clicks.whole_page)
    component.spots({_key(side): spot(chosen, net) for side, net in zip(SIDES, two.shown, strict=True)})
    if chosen.partners():
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key="two_selected"):
            for partner in chosen.partners():
                st.markdown(plain(two_views_sentences.partner_sentence(two.names, two.shown, partner)), width="content")
            st.button("Show everything", on_click=address.put, args=("select",), key="two_clear", icon=":material/close:")


def _side(two: TwoViews, at: int, side: str) -> None:
    view, net = two.views[at], two.shown[at]
    with st.container(key=f"{side}_head"):
        st.markdown(f"### {plain(two.names[at])}")
        st.caption(plain(two_views_sentences.explanation(view, two.here.wave_name() if two.here.wave else None)))
    _figures(two, at, side)
    if not net.ties.height:
        gap = absence.ties(net)
        st.info(f"Partnerships: {gap.words}." if gap else "No partnership stands on this side.", icon=":material/link_off:")
    message = _message(two, at)
    component.twin_map(message, _key(side), _key(SIDES[1 - at]), partial(clicks.picked, _key(side), two.here))
    _as_picture(two, at)


def _as_picture(two: TwoViews, at: int) -> None:
    """The way to the map of a wave or a pilot as a picture; what one person says of it is no picture to pass on."""
    view, net = two.views[at], two.shown[at]
    if view.kind not in {"all", "wave", "pilot"} or len(net.scope.pilots) > 1:
        return
    asked = {"wave": net.wave or "", "about": f"pilot:{net.scope.pilots[0]}" if net.scope.pilots else ""}
    with st.container(key=f"{SIDES[at]}_picture"):
        as_picture("map", **{name: value for name, value in asked.items() if value})


def _key(side: str) -> str:
    return f"{side}_map"


def _figures(two: TwoViews, at: int, side: str) -> None:
    net = two.shown[at]
    values = catalogue.whole(net, FIGURES)
    with st.container(horizontal=True, gap="small", key=f"{side}_figures"):
        for name in FIGURES:
            measure = catalogue.find(name, "network")

            def about(measure: catalogue.Measure = measure) -> None:
                st.markdown(f"**{plain(measure.label)}.** {plain(measure.meaning)}")
                guide_link(measure)

            with st.container(width=104, gap=None):
                why = catalogue.withheld(measure, net)
                value = measure_value(measure, values[name], catalogue.base(measure, net), why)
                st.metric(strength.label(measure, net), value, help=why)
                rows_button(f"{side}_{name}", "Show me", partial(measure_rows, net, name), about)


def _message(two: TwoViews, at: int) -> dict[str, Any]:
    """What one map is sent: its partners and ties, sized alike on both, in the box of both."""
    here, net = two.here, two.shown[at]
    positions = cached.arranged(*here.key)
    most = max((degree for each in two.shown for _, degree in each.graph.degree), default=1)
    colours = categories(here, two.whole[at], "kind")
    picture = draw(net, positions, dict(net.graph.degree), size_range=(0, most), colours=colours)
    field = cached.positions(*here.key).values()
    message = draw_map.message(picture, legend=colours, off=address.every("off"), field=field, voice=voice(net))
    if len(message["nodes"]) > packing.MOST:
        message = packing.pack(message)
    inside = [positions[partner] for each in two.whole for partner in each.graph]
    return {
        **message,
        "may_arrange": False,
        "frame": draw_map.box(inside or positions.values(), _LEAST),
    }


def differences(two: TwoViews) -> None:
    """The measures that differ, and the ties that differ, in sentences and as tables."""
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown("### Measures that differ")
        _measures(two)
    with right:
        st.markdown("### Partnerships that differ")
        sentences = two_views_sentences.differences(two.names, two.pairs, two.centre, two.here.audience == "lead")
        for sentence in sentences:
            st.markdown(f"- {plain(sentence)}")
        if not sentences:
            gap = absence.ties(two.shown[0])
            st.markdown(f"Partnerships: {gap.words}." if gap else "No partnership is known on either side.")
        show_frames("Show me every partnership on both sides", "two_ties", {"partnerships": lambda: ties(two)})


def _measures(two: TwoViews) -> None:
    large = max(net.graph.number_of_nodes() for net in two.shown) > packing.MOST
    ids: tuple[str, ...] | None = None
    if large and not st.toggle("Also those that look at every path (many seconds)", key="two_slow"):
        ids = tuple(measure.id for measure in catalogue.of("network") if not measure.slow)
    compared = _measured(two, ids)
    differing = [measure for measure in compared if measure.differs]
    if not differing:
        st.markdown("Both sides have the same figures.")
        _rest(two, compared, differing)
        return
    rows = table(two, differing)
    show_table(
        rows,
        "two_measures",
        f"{len(differing)} measures that differ between {two.names[0]} and {two.names[1]}",
        {
            "measure": st.column_config.TextColumn("Measure", width=190),
            "left": st.column_config.TextColumn(_head(two, 0), width=70, help=two.names[0], alignment="right"),
            "right": st.column_config.TextColumn(_head(two, 1), width=70, help=two.names[1], alignment="right"),
            "difference": st.column_config.TextColumn("Difference", width=84, alignment="right"),
            "how": st.column_config.LinkColumn("", display_text="guide", width=52),
        },
        most=560,
        on_screen_only=("how",),
    )
    _rest(two, compared, differing)


def _rest(two: TwoViews, compared: list[MeasurePair], differing: list[MeasurePair]) -> None:
    """How many measures are the same on both sides, and how many are withheld on one or both."""
    reasons = [
        catalogue.withheld(catalogue.find(each.id, each.of), net, two.centre if each.of == "partner" else None)
        for each in compared
        if not each.differs
        for net in two.shown
    ]
    hidden = sum(any(reasons[at : at + 2]) for at in range(0, len(reasons), 2))
    same = len(compared) - len(differing) - hidden
    if same:
        st.caption(f"{count(same, 'other measure is', 'other measures are')} the same on both sides.")
    if hidden:
        why = next(why for why in reasons if why)
        st.caption(plain(f"{count(hidden, 'measure is', 'measures are')} withheld on one side or both. {why}"))


def _head(two: TwoViews, at: int) -> str:
    """The head of a column of figures: the name of the side where it is short, else which side it is."""
    return two.names[at] if max(map(len, two.names)) <= 8 and two.names[0] != two.names[1] else SIDES[at].capitalize()


def _measured(two: TwoViews, ids: tuple[str, ...] | None) -> list[MeasurePair]:
    """Kept with the session, since a selection changes nothing about it."""
    key = (two.here.key, two.views, repr(two.shown[0].scope), repr(two.shown[1].scope), ids)
    left, right = zip(two.views, two.shown, strict=True)
    return cached.memo("two_measured", key, lambda: two_views.measures(left, right, ids))


def table(two: TwoViews, compared: list[MeasurePair]) -> pl.DataFrame:
    """measure, both values and their difference as people read them, and the way to the guide."""
    rows = []
    for entry in compared:
        measure, centre = catalogue.find(entry.id, entry.of), two.centre if entry.of == "partner" else None
        both = zip((entry.left, entry.right), two.shown, strict=True)
        values = [
            measure_value(measure, value, catalogue.base(measure, net), catalogue.withheld(measure, net, centre))
            for value, net in both
        ]
        where = f"guide?measure={measure_link(measure)}&programme={two.here.programme.id}"
        rows.append((measure.label, *values, _difference(measure, entry.left, entry.right), where))
    return pl.DataFrame(rows, schema=["measure", *SIDES, "difference", "how"], orient="row")


def _difference(measure: catalogue.Measure, left: Any, right: Any) -> str:
    """right − left, with its sign; shares in percentage points."""
    if not all(isinstance(value, int | float) and not isinstance(value, bool) for value in (left, right)):
        return "–"
    scale, digits = (100, 0) if measure.kind == "share" else (1, 2)
    difference = rounded(scale * right, digits) - rounded(scale * left, digits)  # a subtraction by hand gives the same
    if measure.kind == "share" and not difference:
        difference, digits = scale * (right - left), 1
    digits = 0 if measure.kind == "count" and round(difference, 9).is_integer() else digits
    text = f"{'+' if rounded(difference, digits) > 0 else ''}{figure(difference, digits=digits)}"
    return f"{text} points" if measure.kind == "share" else text


def ties(two: TwoViews) -> pl.DataFrame:
    """Every pair that is a tie on either side, by name; for others than the lead with words in the place of strengths."""
    shown = two.pairs.select(
        partner="source_name",
        other_partner="target_name",
        state=pl.col("state").replace(two_views_sentences.STATES),
        left="left",
        right="right",
        difference="difference",
    )
    if two.here.audience == "lead":
        return shown.sort(pl.col("difference").abs(), descending=True, nulls_last=True)
    ends = list(two.pairs.select("source", "target").iter_rows())
    words = [
        pl.Series(side, [_words(net, *pair) for pair in ends], dtype=pl.String)
        for side, net in zip(SIDES, two.shown, strict=True)
    ]
    both = pl.col("tie_left") & pl.col("tie_right")
    only = pl.when("tie_left").then(pl.lit("only left")).otherwise(pl.lit("only right"))
    where = pl.when(both).then(pl.lit("both sides")).otherwise(only)
    states = two.pairs.select(state=where.replace(two_views_sentences.STATES))  # more would tell who did not answer
    return shown.drop("difference").with_columns(*words, states["state"])


def _words(net: Network, source: str, target: str) -> str | None:
    """How strong a pair is on one side, in words; null where it is no tie there."""
    return strength.pair_words(net, source, target) if net.graph.has_edge(source, target) else None
