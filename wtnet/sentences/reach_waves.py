"""The figures of reach that are followed from wave to wave, and how each is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

import polars as pl

from wtnet.measures import absence, by_group, catalogue, reach
from wtnet.network import Network
from wtnet.sentences.format import figure, measure_value, share
from wtnet.sentences.waves import names as wave_names


class FollowedFigure(NamedTuple):
    """A figure that is followed from wave to wave: how it is worked out and written, the measure whose interval it has, and
    the top of its scale (None for the largest value)."""

    title: str
    compute: Callable[[Network], float | None]
    text: Callable[[float | None], str]
    interval: str | None = None
    top: float | None = None


def _museum_health(network: Network) -> int | None:
    """How many ties there are between a museum and a health provider; null where there are none and the record does not tell."""
    ties = by_group.museum_health(network).height
    return ties if ties or not {"museum", "health_provider"} & set(absence.unknown_kinds(network)) else None


_STRENGTH = catalogue.find("mean_strength", "network")
FOLLOWED = (
    FollowedFigure("Core kinds a museum reaches", by_group.kinds_reached, lambda value: figure(value, digits=1), top=4.0),
    FollowedFigure("Museum–health partnerships", _museum_health, figure),
    FollowedFigure("Partnerships between kinds", reach.cross_sector_share, share, "cross_sector_share", 1.0),
    FollowedFigure(
        "Mean strength", partial(catalogue.value, _STRENGTH), lambda value: measure_value(_STRENGTH, value), _STRENGTH.id, 1.0
    ),
    FollowedFigure("Partnerships", lambda network: network.ties.height, figure),
)


def over_waves(networks: Sequence[Network], intervals: Callable[[Network], Mapping[str, tuple[float, float]]]) -> pl.DataFrame:
    """The followed figures in some waves (a network each): figure (its title), wave (its name), value, low, high, withheld (why
    others than the lead do not see it); null where unknown. `intervals` gives those of a network by measure."""
    rows = []
    for followed in FOLLOWED:
        for network in networks:
            spans = intervals(network) if followed.interval else {}
            value, (low, high) = followed.compute(network), spans.get(followed.interval or "", (None, None))
            why = catalogue.withheld(_STRENGTH, network) if followed.interval == _STRENGTH.id else None
            number = None if value is None else float(value)
            name = wave_names(network.tables).get(network.wave or "", "")
            rows.append((followed.title, name, number, low, high, why))
    columns = {"figure": pl.String, "wave": pl.String, "value": pl.Float64, "low": pl.Float64, "high": pl.Float64}
    return pl.DataFrame(rows, schema=columns | {"withheld": pl.String}, orient="row")
