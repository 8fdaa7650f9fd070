"""The Places page: partners and ties on an outline of the UK and Ireland, and who is not on it."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl
import streamlit as st

from wtnet.draw.places import figure, ground
from wtnet.draw.places.figure import Scene
from wtnet.draw.places.ground import Frame, Ground
from wtnet.measures import absence
from wtnet.measures.disclosure import everything
from wtnet.measures.distance import distances, lengths_withheld
from wtnet.network import Network
from wtnet.places import located
from wtnet.sentences import places as places_sentences
from wtnet.sentences.filters import NETWORK
from wtnet.ui.frame import address, cached
from wtnet.ui.frame.markdown import count, plain
from wtnet.ui.frame.page import PageContext, nothing_left, opening_sentence
from wtnet.ui.parts import filters
from wtnet.ui.parts.as_picture import as_picture

address.declare(at="part of the map")

CHART = "place_map"
FILTERS = (*NETWORK, "at")
_CREDIT = (
    "Outline: Natural Earth, public domain. Towns: © GeoNames, CC BY 4.0. Postcode districts: Code-Point Open, © Crown copyright "
    "and Royal Mail 2025, OGL v3. All come with the program; nothing is fetched."
)


@dataclass(frozen=True, eq=False)
class PlacesChoice:
    """The network in scope, where its partners are (see `places.located`), the ground, and the scene drawn on it."""

    here: PageContext
    network: Network
    where: pl.DataFrame
    ground: Ground
    scene: Scene

    @property
    def withheld(self) -> frozenset[str]:
        """The partners in view who are not shown by name, and so not where they are either."""
        if self.here.audience == "lead":
            return frozenset()
        named = cached.full_tables(self.here.programme.id, self.here.revision).organisations["id"]
        hidden = self.where.filter(pl.col("by").is_null() & ~pl.col("id").is_in(named.implode()))
        return frozenset(hidden["id"])

    @property
    def closer(self) -> bool:
        """Whether only a part of the map is shown."""
        return self.scene.frame != self.ground.frame


@cached.kept(64, "Finding the places …")
def _located(programme: str, at: cached.Edition) -> pl.DataFrame:
    return located(cached.tables(programme, at))


def choose(here: PageContext) -> PlacesChoice:
    """Draw the filters and the finder, and work out what they leave."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="place_controls"):
        _filters(here)
        network = cached.network(*here.key, filters.scope(here, *NETWORK))
        where = _located(*here.key).filter(pl.col("id").is_in(list(network.graph)))
        land = ground.ground(where)
        frame = _frame(land)
        marks = ground.marks(land, frame)
        st.session_state["place_frames"] = {mark.ids[0]: _frame_text(ground.closer(land, mark.ids)) for mark in marks}
        _finder(where, marks)
        if frame != land.frame:
            st.button("Whole map", on_click=lambda: address.put("at"), key="whole_map", icon=":material/zoom_out_map:")
    by_name = frozenset(where.filter(pl.col("by").is_in(["town", "postcode"]))["id"])
    scene = Scene(land, frame, marks, network.graph, by_name, _selected(here, network))
    return PlacesChoice(here, network, where, land, scene)


def _filters(here: PageContext) -> None:
    on = sum(bool(address.every(name)) for name in ("kind", "pilot"))
    with st.popover(f"Filters ({on})" if on else "Filters", icon=":material/filter_alt:"):
        filters.kinds(here)
        filters.pilots(here)


def _frame(land: Ground) -> Frame:
    """The part of the map that the address names as "x,y,km across", or the whole."""
    text = address.get("at")
    if not text:
        return land.frame
    try:
        x, y, span = (float(part) for part in text.split(","))
        if not (abs(x) <= 2e4 and abs(y) <= 2e4 and ground.LEAST / 2 <= span <= 4e4):
            raise ValueError
    except ValueError:
        address.gone("part of the map", text)
        address.put("at")
        return land.frame
    return Frame(x - span / 2, x + span / 2, y - span / 2, y + span / 2)


def show_part(frame: Frame) -> None:
    """Show only a part of the map."""
    address.put("at", _frame_text(frame))


def _frame_text(frame: Frame) -> str:
    """A part of the map as it stands in a link."""
    x, y = frame.middle
    return f"{x:.1f},{y:.1f},{frame.span:.1f}"


def _selected(here: PageContext, network: Network) -> str | None:
    """The selected partner, if it is in view; one that is not in the data is reported as gone."""
    kind, _, partner = (address.get("select") or "").partition(":")
    if kind == "partner" and partner not in here.tables.organisations["id"]:
        address.gone("partner", partner)
        address.put("select")
    return partner if kind == "partner" and partner in network.graph else None


def _finder(where: pl.DataFrame, marks: list[ground.Mark]) -> None:
    """Draw the box that opens a place or selects a partner by name: the same as clicking, from the keyboard."""
    labels = {
        f"mark:{mark.ids[0]}": f"{figure.called(mark)}: {count(len(mark.ids), 'partner')}" for mark in marks if len(mark.ids) > 1
    }
    labels |= {f"partner:{partner}": name for partner, name in where.select("id", "name").iter_rows()}

    def open_found() -> None:
        _open(str(st.session_state.get("place_finder") or ""))
        st.session_state["place_finder"] = None

    with st.container(width=320):
        st.selectbox(
            "Find a place or a partner", list(labels), index=None, key="place_finder", on_change=open_found,
            format_func=labels.__getitem__, placeholder="Type a name",
        )  # fmt: skip


def _open(target: str) -> None:
    """Go to a mark ("mark:ID") or select a partner ("partner:ID"); the same partner again is no longer selected."""
    kind, _, id = target.partition(":")
    if kind == "partner":
        address.put("select", None if address.get("select") == target else target)
    elif kind == "mark":
        address.put("at", st.session_state.get("place_frames", {}).get(id))


def headline(choice: PlacesChoice) -> None:
    """Show the sentence on top, or the way to undo the filters."""
    partners, on_map = choice.where.height, choice.ground.partners
    if not partners:
        nothing_left("No partner is left with these filters.", *FILTERS)
        return
    lengths = distances(everything(choice.network))["km"].to_list()
    places, gap = on_map["place"].drop_nulls().n_unique(), absence.ties(choice.network)
    why = lengths_withheld(choice.network)
    opening_sentence(places_sentences.headline(on_map.height, partners, places, lengths, len(choice.withheld), gap, why))
    if why:
        st.caption(plain(why))


def the_map(choice: PlacesChoice) -> None:
    """Show the map; a click opens a place or selects a partner."""
    scene = choice.scene
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
        alt=figure.alt_text(scene),
    )
    sentences = [
        "Every line is a partnership."
        if scene.frame.span <= figure.FINE
        else "A line is one partnership or several, wider with more."
    ]
    if any(len(mark.ids) > 1 and not mark.bubble for mark in scene.marks):
        sentences.insert(0, "Partners at one place stand side by side around it.")
    outside = "Most partners are outside the UK and Ireland, so there is no outline."
    sentences.append(_CREDIT if choice.ground.outline else outside)
    st.caption(" ".join(sentences))
    as_picture("places")


def _clicked() -> None:
    points = st.session_state[CHART].selection.points
    if points and points[0].get("customdata"):
        _open(str(points[0]["customdata"]))
