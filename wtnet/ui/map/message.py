"""What the live map of the home page is sent."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import networkx as nx
import polars as pl

from wtnet.draw.categories import Categories
from wtnet.draw.map import live
from wtnet.draw.map.fold import bubble, fold, middle
from wtnet.draw.map.picture import draw
from wtnet.draw.style import voice
from wtnet.layout.by_group import gathered
from wtnet.measures import activities, change
from wtnet.network import Network, Scope, waves_in_order
from wtnet.ui.frame import cached
from wtnet.ui.frame.page import PageContext
from wtnet.ui.parts.colouring import categories, group_panes, sizes, tie_categories
from wtnet.ui.parts.filters import MapChoice

SINCE_PARTNERS = 1_500
"""New and ended ties are marked on the live map, not on the wide one."""
MET_PAIRS = 2_000
"""So many pairs that met are drawn at most."""
FILM_PARTNERS, FILM_WAVES = 150, 8
"""Waves can be played on the map up to this many partners and waves; the map's message carries them all."""


def message(here: PageContext, choice: MapChoice, network: Network) -> dict[str, Any]:
    """What the live map is sent for a scope: partners, ties, legend, groups and the waves to play.

    Kept for all who look at the same: a click, which changes only what is selected, does not work it out again.
    """
    return _kept(*here.key, look_key(here, choice), here, choice, network)


def look_key(here: PageContext, choice: MapChoice) -> str:
    """Everything a map rests on beside the data: scope, size, colours, groups, and what has been arranged by hand."""
    arrangement = sorted(cached.store().arrangement(here.programme.id).items())
    colours = hash((choice.colours.used, tuple(choice.colours.of.items())))
    groups = choice.group, choice.folded, choice.opened
    return repr(
        (choice.scope, choice.size, colours, choice.off, groups, choice.since, choice.met, choice.tie_colour, arrangement)
    )


@cached.kept(32)
def _kept(
    programme: str, at: cached.Edition, look: str, _here: PageContext, _choice: MapChoice, _network: Network
) -> dict[str, Any]:
    return worked_out(_here, _choice, _network)


def worked_out(here: PageContext, choice: MapChoice, network: Network) -> dict[str, Any]:
    """The same, anew."""
    positions: dict[str, tuple[float, float]] = cached.arranged(*here.key)
    graph: nx.Graph = network.graph
    groups = categories(here, network, choice.group) if choice.group != "none" else None
    if groups:
        whole = categories(here, cached.network(*here.key, Scope(wave=here.wave)), choice.group)
        positions = {**positions, **gathered(positions, whole.of)}
    if groups and choice.folded:
        graph = fold(graph, groups, choice.opened, network.exact is not None)
        positions = {**positions, **middle(groups, positions, list(network.graph))}
    colours, tints = _with_bubbles(choice, groups), tie_categories(network, choice.tie_colour)
    tints = None if groups and choice.folded else tints
    size_of = sizes(here, network, choice.size)
    picture = draw(network, positions, size_of, colours=colours, tie_colours=tints, graph=graph)
    film = [] if groups and choice.folded else _film(here, network)
    panes = group_panes(here, groups, choice.group) if groups and not choice.folded else []
    field = positions.values() if groups else cached.positions(*here.key).values()
    sent = live.message(
        picture,
        legend=choice.colours,
        off=choice.off,
        film=film,
        panes=panes,
        field=field,
        voice=voice(network),
        tie_legend=tints,
    )
    news = _since(here, choice, network) if not (groups and choice.folded) else None
    met = meetings(network) if choice.met and not (groups and choice.folded) else []
    return {**sent, "since": news, "met": met, "may_arrange": not groups}


def _with_bubbles(choice: MapChoice, groups: Categories | None) -> Categories:
    """The colours, with each bubble in its group's own where the map is coloured by what it is grouped by."""
    own = {category.id: place for place, category in enumerate(choice.colours.used)}
    if not groups or [category.id for category in groups.used] != list(own):
        return choice.colours
    return replace(choice.colours, of={**choice.colours.of, **{bubble(name): place for name, place in own.items()}})


def _since(here: PageContext, choice: MapChoice, network: Network) -> list[Any] | None:
    """What became of ties since the wave chosen for it, if one is; see `since`. Nothing where ties are narrowed by answers, which
    may not have been asked for then."""
    if choice.since is None or network.scope.answers or network.graph.number_of_nodes() > SINCE_PARTNERS:
        return None
    return since(here.wave_name(choice.since), cached.network(*here.key, replace(network.scope, wave=choice.since)), network)


def since(name: str, before: Network, after: Network) -> list[Any]:
    """What became of ties since an earlier wave: its name, the new ties (their place among the edges), and the ended ones as
    places of their two partners. A tie nobody could tell of in one of the waves is neither."""
    pairs, least = change.pairs(before, after), after.scope.min_strength
    new = {frozenset(pair) for pair in pairs.filter(pl.col("state") == "new").select("source", "target").iter_rows()}
    over = (pl.col("state") == "ended") & ((pl.col("before") >= least) if least else pl.lit(True))
    ended = [pair for pair in pairs.filter(over).select("source", "target").iter_rows() if before.graph.has_edge(*pair)]
    at = {partner: place for place, partner in enumerate(after.graph)}
    fresh = [place for place, tie in enumerate(after.graph.edges) if frozenset(tie) in new]
    return [name, fresh, [[at[a], at[b]] for a, b in ended if a in at and b in at]]


def meetings(network: Network) -> list[list[int]]:
    """Who met whom at an activity up to the wave: the places of both among the partners, and how often; of many pairs those that
    met most."""
    at = {partner: place for place, partner in enumerate(network.graph)}
    met = activities.met_at(network.tables, network.wave).sort("activities", descending=True, maintain_order=True)
    pairs = [[at[one], at[other], times] for one, other, times in met.iter_rows() if one in at and other in at]
    return pairs[:MET_PAIRS]


def unplayed(here: PageContext, network: Network) -> str | None:
    """Why the waves cannot be played on the map, where there are some."""
    if len(waves_in_order(here.tables)) < 2 or _playable(here, network):
        return None
    if network.scope.answers:
        return "What partners answer is of one wave; take that filter away to play the waves."
    return (
        f"The waves play on a map of up to {FILM_PARTNERS} partners and {FILM_WAVES} waves; here choose a wave at the top, or "
        "fewer partners with the filters."
    )


def _playable(here: PageContext, network: Network) -> bool:
    if network.scope.answers:  # of one wave
        return False
    return 2 <= len(waves_in_order(here.tables)) <= FILM_WAVES and network.graph.number_of_nodes() <= FILM_PARTNERS


def _film(here: PageContext, network: Network) -> list[tuple[str, nx.Graph]]:
    if not _playable(here, network):
        return []
    waves = waves_in_order(here.tables)
    return [(here.wave_name(wave), cached.network(*here.key, replace(network.scope, wave=wave)).graph) for wave in waves]
