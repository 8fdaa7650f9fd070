"""The live map of the home page: what it shows, and what a click on it does."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Any

import networkx as nx
import polars as pl

from wtnet.draw.categories import Categories
from wtnet.draw.map import live as draw_map
from wtnet.draw.map.fold import bubble, fold, middle
from wtnet.draw.map.picture import draw
from wtnet.errors import InvalidRequest
from wtnet.measures import change
from wtnet.network import Network, waves_in_order
from wtnet.ui.frame import address, cached, sign_in
from wtnet.ui.frame.page import PageContext
from wtnet.ui.map import clicks, component
from wtnet.ui.parts.colouring import categories, group_panes
from wtnet.ui.parts.filters import MapChoice
from wtnet.ui.parts.selection import Selection, parse

MAP, PANEL = "map", "impact"
SINCE_PARTNERS = 1_500
"""New and ended ties are marked on the live map, not on the wide one."""
FILM_PARTNERS, FILM_WAVES = 150, 8
"""Waves can be played on the map up to this many partners and waves; the map's message carries them all."""


def message(here: PageContext, looking: MapChoice, network: Network) -> dict[str, Any]:
    """What the live map is sent for a scope: partners, ties, legend, groups and the waves to play."""
    sizes = dict(cached.partner_measures(*here.key, network.scope, (looking.size,)).select("id", looking.size).iter_rows())
    positions: dict[str, tuple[float, float]] = cached.arranged(*here.key)
    graph: nx.Graph = network.graph
    groups = categories(here, network, looking.group) if looking.group != "none" else None
    if groups and looking.folded:
        graph = fold(graph, groups, looking.opened)
        positions = {**positions, **middle(groups, positions, list(network.graph))}
    picture = draw(network, positions, sizes, colours=_with_bubbles(looking, groups), graph=graph)
    film = [] if groups and looking.folded else _film(here, network)
    panes = group_panes(here, groups, looking.group) if groups and not looking.folded else []
    field = cached.positions(*here.key).values()
    said = draw_map.message(picture, legend=looking.colours, off=looking.off, film=film, panes=panes, field=field)
    since = _since(here, looking, network) if not (groups and looking.folded) else None
    return {**said, "since": since, "may_arrange": not (groups and looking.folded)}


def _with_bubbles(looking: MapChoice, groups: Categories | None) -> Categories:
    """The colours, with each bubble in its group's own where the map is coloured by what it is grouped by."""
    own = {category.id: place for place, category in enumerate(looking.colours.found)}
    if not groups or [category.id for category in groups.found] != list(own):
        return looking.colours
    return replace(looking.colours, of={**looking.colours.of, **{bubble(name): place for name, place in own.items()}})


def _since(here: PageContext, looking: MapChoice, network: Network) -> list[Any] | None:
    """What became of ties since the wave chosen for it, if one is; see `since`."""
    if looking.since is None or network.graph.number_of_nodes() > SINCE_PARTNERS:
        return None
    return since(here.wave_name(looking.since), cached.network(*here.key, replace(network.scope, wave=looking.since)), network)


def since(name: str, before: Network, after: Network) -> list[Any]:
    """What became of ties since an earlier wave: its name, the new ties (their place among the edges), and the ended ones as
    places of their two partners. A tie nobody could tell of in one of the waves is neither."""
    found, least = change.pairs(before, after), after.scope.min_strength
    new = {frozenset(pair) for pair in found.filter(pl.col("state") == "new").select("source", "target").iter_rows()}
    over = (pl.col("state") == "ended") & ((pl.col("before") >= least) if least else pl.lit(True))
    ended = found.filter(over).select("source", "target").iter_rows()
    at = {partner: place for place, partner in enumerate(after.graph)}
    fresh = [place for place, tie in enumerate(after.graph.edges) if frozenset(tie) in new]
    return [name, fresh, [[at[a], at[b]] for a, b in ended if a in at and b in at]]


def unplayed(here: PageContext, network: Network) -> str | None:
    """Why the waves cannot be played on the map, where there are some."""
    if len(waves_in_order(here.tables)) < 2 or _playable(here, network):
        return None
    return (
        f"The waves play on a map of up to {FILM_PARTNERS} partners and {FILM_WAVES} waves; here choose a wave at the top, or "
        "fewer partners with the filters."
    )


def _playable(here: PageContext, network: Network) -> bool:
    return 2 <= len(waves_in_order(here.tables)) <= FILM_WAVES and network.graph.number_of_nodes() <= FILM_PARTNERS


def _film(here: PageContext, network: Network) -> list[tuple[str, nx.Graph]]:
    if not _playable(here, network):
        return []
    waves = waves_in_order(here.tables)
    return [(here.wave_name(wave), cached.network(*here.key, replace(network.scope, wave=wave)).graph) for wave in waves]


def picked(key: str, here: PageContext) -> None:
    """A click in the map or on the impact side: remember it; the run that follows shows it on both sides.

    What changes only the selection redraws the two sides; what changes the set of partners asks for the whole page.
    """
    what = component.picked(key)
    kind, name = str(what.get("kind")), str(what.get("id") or "")
    if kind == "moved":
        if here.audience == "lead":
            with suppress(InvalidRequest):  # they may not (any more): what is drawn next says so
                moved = {str(id_): (float(x), float(y)) for id_, x, y in what.get("moves", [])}
                sign_in.writable_store(here.programme.id).arrange(here.programme.id, moved)
        return
    if kind in {"legend", "open", "do"}:
        clicks.whole_page()
        _CHANGES[kind](name, here)
        address.forget()
    elif kind == "indicator":
        address.put("indicator", name)
    elif kind == "none" and key == PANEL and address.get("indicator"):
        address.put("indicator")
    else:
        address.put("indicator")
        ids = tuple(str(one) for one in what.get("ids") or ())
        address.put("select", Selection(kind, name, str(what.get("other") or ""), ids).text())


def _legend(category: str, here: PageContext) -> None:
    """Switch a category of the legend off or on; the last one cannot be switched off."""
    off = address.every("off")
    address.put("off", *(one for one in off if one != category), *(() if category in off else (category,)))


def _open(node: str, here: PageContext) -> None:
    """Open a folded group."""
    address.put("open", *address.every("open"), node.removeprefix(bubble("")))


def _do(action: str, here: PageContext) -> None:
    chosen = parse(address.get("select"), here.tables)
    partners = chosen.partners() if chosen else ()
    if action == "hide":
        address.put("hide", *dict.fromkeys((*address.every("hide"), *partners)))
        address.put("select")
    elif action == "start":
        address.put("focus", *partners)
        address.put("hops", "1")
    elif action == "grow":
        address.put("focus", *dict.fromkeys((*address.every("focus"), *partners)))
    elif action == "profile" and partners:
        address.put("partner", partners[0])
        clicks.open_page("pages/partners.py")


_CHANGES = {"legend": _legend, "open": _open, "do": _do}
