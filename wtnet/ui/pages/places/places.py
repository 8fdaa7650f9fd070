"""The Places page: partners and ties on an outline of the UK and Ireland, and who is not on it."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import Any

import polars as pl
import streamlit as st

from wtnet.draw.places import figure
from wtnet.draw.places import ground as place
from wtnet.draw.places.figure import Scene
from wtnet.draw.places.ground import Frame, Ground
from wtnet.measures.distance import FAR_KM, distances
from wtnet.network import Network, Scope
from wtnet.places import located
from wtnet.tables.schema import KINDS
from wtnet.ui.frame import address, cached
from wtnet.ui.frame.markdown import count, listed, share, verb
from wtnet.ui.frame.page import PageContext, nothing_left, opening_sentence
from wtnet.ui.parts import filters

address.declare(at="part of the map")

CHART = "place_map"
FILTERS = ("kind", "pilot", "at")
FEW = 5
"""Fewer ties are told one by one."""
_CREDIT = (
    "Outline: Natural Earth, public domain. Towns: © GeoNames, CC BY 4.0. Postcode districts: Code-Point Open, © Crown copyright "
    "and Royal Mail 2025, OGL v3. All come with the program; nothing is fetched."
)


@dataclass(frozen=True, eq=False)
class Seen:
    """What the page shows: the network in scope, where its partners are, the ground and the scene drawn on it."""

    here: PageContext
    network: Network
    where: pl.DataFrame
    ground: Ground
    scene: Scene

    @property
    def closer(self) -> bool:
        """Whether a part of the map is looked at."""
        return self.scene.frame != self.ground.frame


@st.cache_resource(max_entries=64, show_spinner="Finding the places …")
def _located(programme: str, at: cached.At, _tables: Any) -> pl.DataFrame:
    return located(_tables)


def look(here: PageContext) -> Seen:
    """The filters, and what they leave."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="place_controls"):
        kinds, pilots = _filters(here)
        pairing, weights = filters.strength()
        scope = Scope(wave=here.wave, kinds=kinds, pilots=pilots, pairing=pairing, weights=weights)
        network = cached.network(*here.key, scope)
        where = _located(*here.key, here.tables).filter(pl.col("id").is_in(list(network.graph)))
        ground = place.ground(where)
        frame = _frame(ground)
        marks = place.marks(ground, frame)
        st.session_state["place_frames"] = {mark.ids[0]: _text(place.closer(ground, mark.ids)) for mark in marks}
        _finder(where, marks)
        if frame != ground.frame:
            st.button("Whole map", on_click=lambda: address.put("at"), key="whole_map", icon=":material/zoom_out_map:")
    by_name = frozenset(where.filter(pl.col("by").is_in(["town", "postcode"]))["id"])
    return Seen(here, network, where, ground, Scene(ground, frame, marks, network.graph, by_name, _chosen(here, network)))


def _filters(here: PageContext) -> tuple[tuple[str, ...], tuple[str, ...]]:
    in_use = [kind for kind in KINDS if kind in set(here.tables.organisations["kind"])]
    names = dict(here.tables.pilots.select("id", "name").iter_rows())
    on = bool(address.among("kind", in_use, "kind of partner")) + bool(address.among("pilot", list(names), "pilot"))
    with st.popover(f"Filters ({on})" if on else "Filters", icon=":material/filter_alt:"):
        kinds = address.several(
            st.pills, "Kinds of partner", in_use, name="kind", what="kind of partner", selection_mode="multi",
            format_func=KINDS.__getitem__,
        )  # fmt: skip
        pilots = address.several(
            st.multiselect, "Pilots", list(names), name="pilot", what="pilot", format_func=names.__getitem__,
            placeholder="All pilots",
        )  # fmt: skip
        st.button("Undo all filters", on_click=address.undo, args=FILTERS, disabled=not on, key="undo_place_filters")
    return kinds, pilots


def _frame(ground: Ground) -> Frame:
    """What part of the map the link names ("x,y,km across"), or the whole."""
    text = address.get("at")
    if not text:
        return ground.frame
    try:
        x, y, span = (float(part) for part in text.split(","))
        if not (abs(x) <= 2e4 and abs(y) <= 2e4 and place.LEAST / 2 <= span <= 4e4):
            raise ValueError
    except ValueError:
        address.gone("part of the map", text)
        address.put("at")
        return ground.frame
    return Frame(x - span / 2, x + span / 2, y - span / 2, y + span / 2)


def go(frame: Frame) -> None:
    """Look at a part of the map."""
    address.put("at", _text(frame))


def _text(frame: Frame) -> str:
    """A part of the map as it stands in a link."""
    x, y = frame.middle
    return f"{x:.1f},{y:.1f},{frame.span:.1f}"


def _chosen(here: PageContext, network: Network) -> str | None:
    """The selected partner, if it is in view; one that has gone is said."""
    kind, _, partner = (address.get("select") or "").partition(":")
    if kind == "partner" and partner not in here.tables.organisations["id"]:
        address.gone("partner", partner)
        address.put("select")
    return partner if kind == "partner" and partner in network.graph else None


def _finder(where: pl.DataFrame, marks: list[place.Mark]) -> None:
    """Open a place or select a partner by name: the same as clicking, from the keyboard."""
    names = dict(where.select("id", "name").iter_rows())
    words = {
        f"mark:{mark.ids[0]}": f"{figure.called(mark)}: {count(len(mark.ids), 'partner')}" for mark in marks if len(mark.ids) > 1
    }
    words |= {f"partner:{one}": name for one, name in names.items()}

    def found() -> None:
        _open(str(st.session_state.get("place_finder") or ""))
        st.session_state["place_finder"] = None

    with st.container(width=320):
        st.selectbox(
            "Find a place or a partner", list(words), index=None, key="place_finder", on_change=found,
            format_func=words.__getitem__, placeholder="Type a name",
        )  # fmt: skip


def _open(what: str) -> None:
    """A mark is opened: the map goes there. A partner is selected; the same again lets it go."""
    kind, _, one = what.partition(":")
    if kind == "partner":
        address.put("select", None if address.get("select") == what else what)
    elif kind == "mark":
        address.put("at", st.session_state.get("place_frames", {}).get(one))


def sentence(seen: Seen) -> None:
    """What the map says, in words."""
    on, everyone = seen.ground.partners.height, seen.where.height
    if not everyone:
        nothing_left("No partner is left with these filters.", *FILTERS)
        return
    if not on:
        none = "The one partner in view does not have" if everyone == 1 else f"None of the {everyone:,} partners has"
        opening_sentence(f"{none} coordinates, a town or a postcode that is known here.")
        return
    lengths: list[float] = sorted(distances(seen.network)["km"].drop_nulls())
    ties = " No two of them have a tie."
    if lengths:
        far = sum(km > FAR_KM for km in lengths)
        half = f"half are shorter than {median(lengths):,.0f} km" if median(lengths) >= 1 else "most stay in one place"
        long = (
            f"{share(far / len(lengths), len(lengths))} are longer than {FAR_KM:.0f} km"
            if far
            else f"none is longer than {FAR_KM:.0f} km"
        )
        ties = f" Of the {count(len(lengths), 'tie')} between them, {half} and {long}."
        if len(lengths) < FEW:
            ties = f" The {count(len(lengths), 'tie')} between them: {listed([_length(km) for km in lengths], FEW)}."
            if lengths[-1] < 1:
                ties = f" The {count(len(lengths), 'tie')} between them {'stays' if len(lengths) == 1 else 'stay'} in one place."
    places = seen.ground.partners["place"].drop_nulls().n_unique()
    where = f", in {count(places, 'place')}" if places else ""
    of_all = f"{on:,} of {count(everyone, 'partner')}"
    opening_sentence(f"{of_all} {verb(on)} on the map{where}.{ties}")


def _length(km: float) -> str:
    return f"{km:,.0f} km" if km >= 1 else "in one place"


def the_map(seen: Seen) -> None:
    """The map itself; a click opens a place or selects a partner."""
    scene = seen.scene
    st.plotly_chart(
        figure.picture(scene, dark=st.context.theme.type == "dark"),
        key=CHART,
        on_select=_clicked,
        selection_mode="points",
        config={
            "displaylogo": False,
            "scrollZoom": False,
            "modeBarButtonsToRemove": ["select2d", "lasso2d", "autoScale2d", "toImage"],
        },
        alt=figure.said(scene),
    )
    said = (
        ["Partners at one place stand side by side around it."]
        if any(len(m.ids) > 1 for m in scene.marks if not m.bubble)
        else []
    )
    said.append("Every line is a tie." if scene.frame.span <= figure.FINE else "A line is one tie or several, wider with more.")
    said.append(_CREDIT if seen.ground.outline else "Most partners are outside the UK and Ireland, so there is no outline.")
    st.caption(" ".join(said))


def _clicked() -> None:
    points = st.session_state[CHART].selection.points
    if points and points[0].get("customdata"):
        _open(str(points[0]["customdata"]))
