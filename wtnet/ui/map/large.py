"""Networks too large for the live map, or shaped so that a map says little: what is shown instead, and why.

Up to 1,500 partners: the live map. Beyond: the wide map, which draws the same picture in batches, or communities folded into
bubbles on the live map. Stars round a funder: the funder's list, or partners linked by the pilots and places they share.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import polars as pl
import streamlit as st

from wtnet.draw.map import large as packing
from wtnet.draw.map import live as draw_map
from wtnet.draw.map.picture import draw
from wtnet.layout import positions as layout
from wtnet.measures import disclosure, stars
from wtnet.measures.stars import SharedLinks, Star
from wtnet.network import Network, Scope
from wtnet.sentences import strength
from wtnet.tables.schema import KINDS
from wtnet.ui.frame import address, cached
from wtnet.ui.frame.markdown import count, listed, plain, share, verb
from wtnet.ui.frame.page import PageContext
from wtnet.ui.map import clicks, component
from wtnet.ui.map.message import look_key, worked_out
from wtnet.ui.parts.colouring import categories
from wtnet.ui.parts.downloads import for_download
from wtnet.ui.parts.figures import rows_table
from wtnet.ui.parts.filters import MapChoice
from wtnet.ui.parts.table import show_table
from wtnet.writers.tables import csv

address.declare(large="way of showing a star", hub="funder")

MOST = packing.MOST
WAYS = {"list": "The list", "shared": "Linked by pilots and places", "map": "The map anyway"}


def show(here: PageContext, choice: MapChoice, network: Network, key: str) -> bool:
    """Show a network that the live map should not: true if something stands in its place.

    False: the caller draws the live map. `key` is that of the map it would be; clicks are picked up as its own.
    """
    star = stars.star(network)
    way = _way(network, star) if star else "map"
    if star and way == "list":
        _list(here, network, star)
        return True
    if star and way == "shared":
        _shared(here, choice, network, key)
        return True
    if drawn(here, choice, network) <= MOST:
        return False
    _wide(here, choice, network, key)
    return True


def drawn(here: PageContext, choice: MapChoice, network: Network) -> int:
    """How many shapes the map would draw: partners, or bubbles and the partners of those opened."""
    number = network.graph.number_of_nodes()
    if choice.group == "none" or not choice.folded or number <= MOST:
        return number
    groups = categories(here, network, choice.group)
    return len(groups.used) - len(set(choice.opened)) + len(groups.members(choice.opened))


# -- the wide map ----------------------------------------------------------------------------------------------------


def _wide(here: PageContext, choice: MapChoice, network: Network, key: str) -> None:
    number = network.graph.number_of_nodes()
    why = (
        f"{count(number, 'partner')} are more than the live map draws smoothly ({MOST:,}), so this is the wide map: the same "
        "places, colours and clicks, names as you come closer, and no moving of partners by hand."
    )
    if choice.folded:
        why += " The groups you opened hold most of them."
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="large_row"):
        st.caption(why, width=420)
        if not choice.folded:
            st.button("Fold communities into bubbles", on_click=_fold, key="fold_large", icon=":material/bubble_chart:")
    packed = _packed(*here.key, look_key(here, choice), here, choice, network)
    component.wide_map(packed, key, partial(clicks.picked, f"wide_{key}", here))


@cached.kept(16, "Drawing the wide map …")
def _packed(
    programme: str, at: cached.Edition, look: str, _here: PageContext, _choice: MapChoice, _network: Network
) -> dict[str, Any]:
    return packing.pack(worked_out(_here, _choice, _network))


def _fold() -> None:
    address.put("group", "community")
    address.put("fold", "bubbles")
    address.put("open")
    address.forget("group", "fold")
    clicks.whole_page()


# -- stars -----------------------------------------------------------------------------------------------------------


def star_sentence(network: Network, star: Star) -> str:
    """Why a map of a star means little, in a sentence or two."""
    first = network.graph.nodes[star.hubs[0]]["name"]
    return (
        f"This is a star, as grant lists are: {share(star.single, star.tied)} of the partners with a partnership have "
        f"only one, and "
        f"{first} alone has {star.widest:,}. A map of that is one great disc, and figures about paths and circles mean next to "
        "nothing. Here are the list, and who shares pilots and places."
    )


def _way(network: Network, star: Star) -> str:
    """The sentence, and the choice of what to show."""
    st.info(plain(star_sentence(network, star)), icon=":material/hub:")
    return address.choose("Show", WAYS, name="large", default="list", widget=st.segmented_control, label_visibility="collapsed")


def _list(here: PageContext, network: Network, star: Star) -> None:
    """Everybody tied to one hub, as a table; a row selects its partner."""
    names = {hub: network.graph.nodes[hub]["name"] for hub in star.hubs}
    hub = star.hubs[0]
    if len(names) > 1:
        hub = address.choose("Whose list", names, name="hub", default=hub)
    partners = stars.around(network, hub)
    st.markdown(plain(about(names[hub], partners, strength.mean_words(network, disclosure.mean_of_partner(network, hub)))))
    shown = partners.with_columns(pl.col("kind").replace_strict(KINDS, default=None).alias("kind")).drop("id")
    if network.exact is not None:
        words = [strength.pair_words(network, hub, other) for other in partners["id"]]
        shown = shown.with_columns(pl.Series("strength", words, dtype=pl.String))

    def select() -> None:
        rows = st.session_state["hub_list"]["selection"]["rows"]
        address.put("indicator")
        address.put("select", f"partner:{partners['id'][rows[0]]}" if rows else None)

    others = {"other_ties": st.column_config.NumberColumn("other partnerships")}
    show_table(shown, "hub_list", f"{partners.height} partners tied to {names[hub]}", others, select)
    _download(here, shown, f"partners of {names[hub]}")


def about(name: str, partners: pl.DataFrame, mean: str) -> str:
    """One sentence on a hub's list; `mean` is its mean strength in words, if there is one."""
    kinds = partners["kind"].value_counts(sort=True)
    most = listed([f"{KINDS.get(kind, kind).lower()} {number:,}" for kind, number in kinds.iter_rows()], 5)
    elsewhere = partners.filter(pl.col("other_ties") > 0).height
    strength = f" {mean[0].upper()}{mean[1:]}." if mean else ""
    whom = count(partners.height, "partner")
    return f"{name} works with {whom} ({most}). {elsewhere:,} of them have other partnerships.{strength}"


def _download(here: PageContext, frame: pl.DataFrame, name: str) -> None:
    st.download_button(
        f"Download {frame.height:,} rows",
        for_download(here, partial(csv.write, frame)),
        f"{name}.csv",
        "text/csv",
        key="download_hub_list",
        on_click="ignore",
        icon=":material/download:",
    )


def _shared(here: PageContext, choice: MapChoice, network: Network, key: str) -> None:
    """Partners linked by the pilots and places they share, on the live or the wide map."""
    shared = stars.shared(network)
    st.caption(plain(shared_sentence(shared)))
    graph = shared.network.graph
    if not graph.number_of_nodes():
        return
    colours = categories(here, shared.network, "kind")
    positions = _shared_positions(*here.key, choice.scope, shared)
    message = draw_map.message(draw(shared.network, positions, dict(graph.degree), colours=colours), legend=colours, off=())
    if graph.number_of_nodes() <= MOST:
        component.live_map({**message, "may_arrange": False}, key, partial(clicks.picked, key, here))
    else:
        component.wide_map(packing.pack(message), key, partial(clicks.picked, f"wide_{key}", here))
    with st.expander("Show me who shares what", key="open_shared", on_change="rerun", icon=":material/table_rows:") as box:
        if box.open:
            rows_table(links(shared), "shared")


def shared_sentence(shared: SharedLinks) -> str:
    """What the lines of this map are, and what is left out of it."""
    graph = shared.network.graph
    if not graph.number_of_nodes():
        return "No two partners share a pilot or a place here, so there is nothing to link them by. The list says the rest."
    words = (
        f"A line here is a shared pilot or place, not a partnership: {count(graph.number_of_nodes(), 'partner')}, "
        f"{count(graph.number_of_edges(), 'link')}."
    )
    if shared.left_out:
        named = listed([f"{name} ({number:,})" for name, number in shared.left_out], 3)
        words += f" Left out, since more than {shared.cell} partners share them and all would be linked with all: {named}."
    if shared.alone:
        alone = f"{count(shared.alone, 'partner')} {verb(shared.alone, 'shares', 'share')} none"
        words += f" {alone} and {verb(shared.alone)} not on this map."
    return words


def links(shared: SharedLinks) -> pl.DataFrame:
    """partner, other partner, shared: how many pilots and places two partners share, the most first."""
    names = {partner: about["name"] for partner, about in shared.network.graph.nodes(data=True)}
    rows = [(names[a], names[b], n) for a, b, n in shared.network.graph.edges(data="shared")]
    frame = pl.DataFrame(rows, schema={"partner": pl.String, "other partner": pl.String, "shared": pl.Int64}, orient="row")
    return frame.sort("shared", "partner", "other partner", descending=[True, False, False])


@cached.kept(16, "Placing the partners on the map …")
def _shared_positions(programme: str, at: cached.Edition, scope: Scope, _shared: SharedLinks) -> dict[str, tuple[float, float]]:
    return layout.positions(_shared.network.graph)
