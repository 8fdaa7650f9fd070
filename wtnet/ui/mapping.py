"""The live map of the home page: what it shows, and what a click on it does."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Any

import networkx as nx
import streamlit as st

from wtnet.draw import map as draw_map
from wtnet.draw.categories import Categories
from wtnet.draw.fold import bubble, fold, middle
from wtnet.errors import InvalidRequest
from wtnet.network import Network, waves_in_order
from wtnet.ui import component, state, view, visitor
from wtnet.ui.chosen import Chosen, read
from wtnet.ui.colouring import categories, group_panes
from wtnet.ui.controls import Looking
from wtnet.ui.page import Here

MAP, PANEL = "map", "impact"
FILM_PARTNERS, FILM_WAVES = 150, 8
"""Waves can be played on the map up to this many partners and waves; the map's message carries them all."""


def message(here: Here, looking: Looking, network: Network) -> dict[str, Any]:
    """What the live map is sent for a scope: partners, ties, legend, groups and the waves to play."""
    sizes = dict(state.measured(*here.key, network.scope, (looking.size,)).select("id", looking.size).iter_rows())
    positions: dict[str, tuple[float, float]] = state.arranged(*here.key)
    graph: nx.Graph = network.graph
    groups = categories(here, network, looking.group) if looking.group != "none" else None
    if groups and looking.folded:
        graph = fold(graph, groups, looking.opened)
        positions = {**positions, **middle(groups, positions, list(network.graph))}
    drawn = draw_map.draw(network, positions, sizes, colours=_with_bubbles(looking, groups), graph=graph)
    film = [] if groups and looking.folded else _film(here, network)
    panes = group_panes(here, groups, looking.group) if groups and not looking.folded else []
    said = draw_map.message(drawn, legend=looking.colours, off=looking.off, film=film, panes=panes)
    return {**said, "may_arrange": not (groups and looking.folded)}


def _with_bubbles(looking: Looking, groups: Categories | None) -> Categories:
    """The colours, with each bubble in its group's own where the map is coloured by what it is grouped by."""
    own = {category.id: place for place, category in enumerate(looking.colours.found)}
    if not groups or [category.id for category in groups.found] != list(own):
        return looking.colours
    return replace(looking.colours, of={**looking.colours.of, **{bubble(name): place for name, place in own.items()}})


def _film(here: Here, network: Network) -> list[tuple[str, nx.Graph]]:
    waves = waves_in_order(here.tables)
    if not 2 <= len(waves) <= FILM_WAVES or network.graph.number_of_nodes() > FILM_PARTNERS:
        return []
    return [(here.wave_name(wave), state.network(*here.key, replace(network.scope, wave=wave)).graph) for wave in waves]


def picked(key: str, here: Here) -> None:
    """A click in the map or on the impact side: remember it; the run that follows shows it on both sides.

    What changes only the selection redraws the two sides; what changes the set of partners asks for the whole page.
    """
    what = component.picked(key)
    kind, name = str(what.get("kind")), str(what.get("id") or "")
    if kind == "moved":
        if here.audience == "lead":
            with suppress(InvalidRequest):  # they may not (any more): what is drawn next says so
                moved = {str(id_): (float(x), float(y)) for id_, x, y in what.get("moves", [])}
                visitor.writing(here.programme.id).arrange(here.programme.id, moved)
        return
    if kind in {"legend", "open", "do"}:
        _CHANGES[kind](name, here)
        view.forget()
        st.session_state["again"] = True
    elif kind == "indicator":
        view.put("indicator", name)
    elif kind == "none" and key == PANEL and view.get("indicator"):
        view.put("indicator")
    else:
        view.put("indicator")
        ids = tuple(str(one) for one in what.get("ids") or ())
        view.put("select", Chosen(kind, name, str(what.get("other") or ""), ids).text())


def _legend(category: str, here: Here) -> None:
    """Switch a category of the legend off or on; the last one cannot be switched off."""
    off = view.every("off")
    view.put("off", *(one for one in off if one != category), *(() if category in off else (category,)))


def _open(node: str, here: Here) -> None:
    """Open a folded group."""
    view.put("open", *view.every("open"), node.removeprefix(bubble("")))


def _do(action: str, here: Here) -> None:
    chosen = read(view.get("select"), here.tables)
    partners = chosen.partners() if chosen else ()
    if action == "hide":
        view.put("hide", *dict.fromkeys((*view.every("hide"), *partners)))
        view.put("select")
    elif action == "start":
        view.put("focus", *partners)
        view.put("hops", "1")
    elif action == "grow":
        view.put("focus", *dict.fromkeys((*view.every("focus"), *partners)))
    elif action == "profile" and partners:
        view.put("partner", partners[0])
        st.session_state["to_profile"] = True


_CHANGES = {"legend": _legend, "open": _open, "do": _do}
