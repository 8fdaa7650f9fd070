"""Distance: how far apart the partners of each tie are."""

from __future__ import annotations

import polars as pl

from wtnet.measures.disclosure import LEAST, everything
from wtnet.network import Network
from wtnet.places import kilometres, located

FAR_KM = 100.0
"""A tie over more than this is a long one."""


def distances(network: Network) -> pl.DataFrame:
    """The ties of the network with their length: source, target, strength, km (great circle; null where either end has no
    known place, see `places.located`), in the order of `network.ties`."""
    where = located(network.tables).select("id", "latitude", "longitude")
    both = (
        network.ties.select("source", "target", "strength")
        .join(where, left_on="source", right_on="id", how="left", maintain_order="left")
        .join(where, left_on="target", right_on="id", how="left", maintain_order="left", suffix="_to")
    )
    at = [both[name].cast(pl.Float64).fill_null(float("nan")).to_numpy() for name in _AT]
    return both.select("source", "target", "strength", km=pl.Series("km", kilometres(*at)).fill_nan(None))


def lengths(network: Network) -> list[float]:
    """The known lengths of its ties, from the places of all partners: what a figure of the whole is worked out from."""
    return distances(everything(network))["km"].drop_nulls().to_list()


FEW_PLACES = "Withheld: the places of so few partners who are not shared by name are in it that one of them could be found."


def lengths_withheld(network: Network) -> str | None:
    """Why figures of `lengths` are withheld from others than the lead; null where they are shown. They hold the places of none
    of those whose name is not shared, or of at least `LEAST`."""
    hidden = set(network.tables.lead_ids)
    if network.exact is None or not hidden:
        return None
    known = distances(network.exact).filter(pl.col("km").is_not_null())
    inside = hidden & {*known["source"], *known["target"]}
    return FEW_PLACES if 0 < len(inside) < LEAST else None


_AT = ("latitude", "longitude", "latitude_to", "longitude_to")
