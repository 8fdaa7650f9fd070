"""Stars: networks round a few partners, which a map does not show well, and the network that lies behind them.

Grant lists and registers are stars: nearly everybody is tied to one funder and to nobody else. Betweenness, clustering and
a map say next to nothing about them. What their partners share, a pilot or a place, says more.
"""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx
import numpy as np
import polars as pl

from wtnet.measures.engine.arrays import arrays, once
from wtnet.network import Network
from wtnet.tables.pilots import members

LEAST = 50
"""Fewer partners with a tie than this are never called a star: their map can be read."""
SINGLE, SHARE_OF_TIES, TOP = 0.9, 0.4, 0.01
HUB = 10
"""A hub has at least this many ties."""
CELL = 60
"""Partners of a pilot or place are linked with one another up to this many of them."""
TIES = 100_000
"""Beyond this many links the limit for a pilot or place is lowered."""


@dataclass(frozen=True)
class Star:
    """Why a network is a star.

    hubs: ids of those of the top 1 % of its partners by ties (at least one) that have ten ties or more, most first;
    share_of_ties: share of tie ends that the top 1 % hold; single: share of the partners with a tie that have one only;
    tied: how many have any; widest: how many ties the first hub has.
    """

    hubs: tuple[str, ...]
    share_of_ties: float
    single: float
    tied: int
    widest: int


@once
def star(network: Network) -> Star | None:
    """The star a network is, or None: at least 90 % of the partners with a tie have one only, and the top 1 % of all
    partners hold at least 40 % of the tie ends. In public grant data it is 95–100 % and 38–51 %, in partnership surveys
    and sector maps at most 22 % and 10 %. Under 50 partners with a tie: None."""
    a = arrays(network)
    tied = int((a.degree > 0).sum())
    if tied < LEAST:
        return None
    order = np.argsort(-a.degree, kind="stable")
    top = order[: max(1, int(np.ceil(a.n * TOP)))]
    single, share_of_ties = float((a.degree == 1).sum() / tied), float(a.degree[top].sum() / a.degree.sum())
    if single < SINGLE or share_of_ties < SHARE_OF_TIES:
        return None
    hubs = [number for number in top.tolist() if a.degree[number] >= HUB]
    return Star(tuple(a.ids[number] for number in hubs), share_of_ties, single, tied, int(a.degree[order[0]]))


def around(network: Network, partner: str) -> pl.DataFrame:
    """Everybody tied to one partner, by name: id, name, kind, place, strength, level, relationship, other_ties (how many
    ties it has besides). A partner that is not in view: no rows."""
    ends = pl.concat(
        [
            network.ties.filter(pl.col(near) == partner).select(pl.col(far).alias("id"), "strength", "level", "relationship")
            for near, far in (("source", "target"), ("target", "source"))
        ]
    )
    a = arrays(network)
    degree = pl.DataFrame({"id": pl.Series(a.ids, dtype=pl.String), "other_ties": pl.Series(a.degree - 1, dtype=pl.Int64)})
    about = network.tables["organisations"].select("id", "name", pl.col("kind").cast(pl.String), "place")
    return (
        ends.join(about, on="id", how="left")
        .join(degree, on="id", how="left")
        .select("id", "name", "kind", "place", "strength", "level", "relationship", "other_ties")
        .sort("name", "id")
    )


@dataclass(frozen=True, eq=False)
class SharedLinks:
    """What partners share. `network`: those that share a pilot or a place, linked (edges: strength None, basis "none",
    `shared` how many pilots and places); `left_out`: pilots and places with more than `cell` partners (name, partners),
    the largest first, which link nobody; `alone`: how many partners share none of the others."""

    network: Network
    cell: int
    left_out: tuple[tuple[str, int], ...]
    alone: int


@once
def shared(network: Network) -> SharedLinks:
    """The projection of partners through pilots and places: two are linked where they are part of one pilot (leading it
    counts) or stand in one place.

    Hubs of a star are left out. A pilot or place with more than 60 of them links nobody, since everybody would be linked
    with everybody; where there would still be more than 100,000 links, the limit is lowered until there are not.
    """
    cells = _cells(network)
    cell = CELL
    while cell > 2 and sum(n * (n - 1) // 2 for _, n in _sizes(cells) if n <= cell) > TIES:
        cell -= 1
    sizes = cells.group_by("cell").agg(pl.len().alias("partners"), pl.col("label").first())
    large = sizes.filter(pl.col("partners") > cell).sort("partners", "label", descending=[True, False])
    kept = cells.join(sizes.filter(pl.col("partners").is_between(2, cell)), on="cell", how="semi").select("cell", "partner")
    ties = (
        kept.join(kept, on="cell", suffix="_other")
        .filter(pl.col("partner") < pl.col("partner_other"))
        .group_by(source="partner", target="partner_other")
        .agg(pl.len().cast(pl.Int64).alias("shared"))
        .sort("source", "target")
    )
    graph = nx.Graph()
    linked = set(ties["source"]) | set(ties["target"])
    graph.add_nodes_from((partner, about) for partner, about in network.graph.nodes(data=True) if partner in linked)
    graph.add_edges_from(
        (a, b, {"strength": None, "basis": "none", "agreement": None, "shared": n}) for a, b, n in ties.iter_rows()
    )
    graph.graph["wave"] = network.wave
    rows = ties.select(
        "source", "target", *(pl.lit(None, dtype=t).alias(c) for c, t in network.ties.schema.items() if c not in ties)
    )
    projected = Network(
        network.tables, network.scope, network.wave, graph, rows.select(network.ties.columns), network.directed.clear()
    )
    inside = network.graph.number_of_nodes() - len(_hubs(network))
    return SharedLinks(projected, cell, tuple(large.select("label", "partners").iter_rows()), inside - len(linked))


def _hubs(network: Network) -> tuple[str, ...]:
    shape = star(network)
    return shape.hubs if shape else ()


def _cells(network: Network) -> pl.DataFrame:
    """cell, label, partner: who is part of which pilot or stands in which place, hubs left out."""
    tables = network.tables
    inside = [partner for partner in network.graph if partner not in set(_hubs(network))]
    pilots = (
        members(tables)
        .rename({"organisation": "partner"})
        .join(tables["pilots"].select(pilot="id", label="name"), on="pilot", how="left")
    )
    places = tables["organisations"].filter(pl.col("place").is_not_null()).select(partner="id", label="place")
    return pl.concat(
        [
            pilots.select(cell="pilot:" + pl.col("pilot"), label="label", partner="partner"),
            places.select(cell="place:" + pl.col("label"), label="label", partner="partner"),
        ]
    ).filter(pl.col("partner").is_in(inside))


def _sizes(cells: pl.DataFrame) -> list[tuple[str, int]]:
    return list(cells.group_by("cell").len().iter_rows())
