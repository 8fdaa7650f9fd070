"""Lasting: which ties are new since the first wave, and which go on after the programme."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from wtnet.measures.disclosure import everything
from wtnet.measures.engine.arrays import once
from wtnet.measures.measure import COUNT, SIZE, Measure
from wtnet.measures.pair_states import states
from wtnet.network import Network, build, waves_in_order

NOT_KNOWN_THEN = "not known then"


@once
def since_baseline(network: Network) -> pl.DataFrame | None:
    """The ties of this wave, each with whether it is new since the first wave: the columns of `ties` and `since` (new,
    there before, unknown). A tie documented as from before the programme was there before; unknown, where someone who
    was asked in the first wave did not answer, or neither was. None in the first wave itself and without waves.

    For others than the lead a tie was *there before*, or was *not known then*: which of the two others is true tells who kept
    silent.
    """
    order = waves_in_order(network.tables)
    if not order or network.wave == order[0]:
        return None
    compared = states(build(network.tables, replace(network.scope.every_tie(), wave=order[0], focus=())), network)
    earlier = _flagged(network, "before_programme")
    return network.ties.join(
        compared.select("source", "target", "tie_before", "known_before"), on=["source", "target"], how="left"
    ).select(
        pl.exclude("tie_before", "known_before"),
        since=pl.when(pl.col("tie_before") | pl.concat_str("source", "target", separator="\n").is_in(earlier))
        .then(pl.lit("there before"))
        .when(pl.col("known_before"))
        .then(pl.lit("new"))
        .when(pl.col("known_before").is_null())
        .then(pl.lit(NOT_KNOWN_THEN))
        .otherwise(pl.lit("unknown")),
    )


def new_ties(network: Network) -> int | None:
    """Ties that are new since the first wave; null in the first wave itself and without waves."""
    since = since_baseline(everything(network))
    return None if since is None else int((since["since"] == "new").sum())


def continuing_ties(network: Network) -> int | None:
    """Ties with a documented partnership that continues after the programme; null where no document says either way."""
    if network.tables["partnerships"]["continues_after"].drop_nulls().is_empty():
        return None
    lasting = _flagged(network, "continues_after")
    return network.ties.filter(pl.concat_str("source", "target", separator="\n").is_in(lasting)).height


def _flagged(network: Network, column: str) -> list[str]:
    """Pairs ("source\\ntarget") with a documented partnership of which a yes-or-no column says yes."""
    yes = network.tables["partnerships"].filter(pl.col(column))
    ends = (pl.min_horizontal("source", "target"), pl.max_horizontal("source", "target"))
    return yes.select(pl.concat_str(*ends, separator="\n")).to_series().to_list()


MEASURES = (
    Measure(
        id="new_ties",
        label="New since the first wave",
        of="network",
        kind="count",
        unit="ties",
        better="higher",
        compute=new_ties,
        meaning="How many partnerships were not there in the first wave.",
        formula=r"|\{(i,j) : a_{ij}^{t} = 1,\ a_{ij}^{0} = 0\}|",
        source="A count",
        reading="Empty in the first wave itself. Partnerships documented as from before the programme do not count.",
        caution="Where someone did not answer in the first wave, a partnership counts as unknown and not as new.",
        rows="all partnerships",
        silence=True,
        compared=SIZE,
        why=COUNT,
    ),
    Measure(
        id="continuing_ties",
        label="Continuing after the programme",
        of="network",
        kind="count",
        unit="ties",
        better="higher",
        compute=continuing_ties,
        meaning="How many partnerships are documented to go on when the programme has ended.",
        formula=r"|\{(i,j) : a_{ij} = 1,\ \text{continues after}\}|",
        source="Partnership records",
        reading="Empty where no record says either way.",
        caution="An intention recorded is not yet a partnership that lasted.",
        rows="all partnerships",
        compared=SIZE,
        why=COUNT,
    ),
)
