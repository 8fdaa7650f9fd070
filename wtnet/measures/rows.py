"""The rows behind a figure: ties, ratings or partners."""

from __future__ import annotations

import polars as pl

from wtnet.measures.measure import Measure
from wtnet.network import TIE_COLUMNS, Network, ratings_in
from wtnet.tables.own_scale import OVERALL
from wtnet.tables.respondents import contact_word

_ITEMS = ("level", "contact", "reliability", "mission", "openness", "influence", "involvement", "resources", "comment")


def rows_of(network: Network, measure: Measure, partner: str | None) -> pl.DataFrame:
    """The rows a measure of a partner (or, without one, of the whole network) rests on; see `catalogue.rows`."""
    what = measure.rows
    if what == "partners":
        return _partners(network)
    if what.endswith("ratings") or what.startswith("ratings"):
        return _ratings(network, measure, partner)
    ties = network.ties
    if partner is not None and what == "own partnerships":
        ties = ties.filter((pl.col("source") == partner) | (pl.col("target") == partner))
    elif partner is not None and what == "surrounding partnerships":
        near = [partner, *network.graph[partner]]
        ties = ties.filter(pl.col("source").is_in(near), pl.col("target").is_in(near))
    if measure.rests_on is not None:
        ties = ties.filter(measure.rests_on)
    return _named(network, ties, "source", "target").select(
        "source", "source_name", "source_kind", "target", "target_name", "target_kind", *TIE_COLUMNS
    )


def _ratings(network: Network, measure: Measure, partner: str | None) -> pl.DataFrame:
    strengths = network.directed
    if partner is not None and measure.rows != "all ratings":
        strengths = strengths.filter(pl.col("partner" if measure.rows == "ratings received" else "rater") == partner)
    if measure.rests_on is not None:
        strengths = strengths.filter(measure.rests_on)
    given = ratings_in(network.tables, network.wave).select("rater", "partner", *_ITEMS)
    if given.schema["contact"] == pl.Float64:  # of several people
        given = given.with_columns(pl.col("contact").map_elements(contact_word, return_dtype=pl.String))
    ratings = strengths.join(given, on=["rater", "partner"], how="left", maintain_order="left")
    return _named(network, ratings, "rater", "partner").select(
        "wave", "rater", "rater_name", "partner", "partner_name", "strength", "depth", "contact", "trust", "value",
        *_overall(ratings),
        *(pl.col("contact_right").alias("contact_word") if item == "contact" else item for item in _ITEMS),
    )  # fmt: skip


def _overall(ratings: pl.DataFrame) -> list[str]:
    """The column of what is said on a scale of the lead's own, where there is one."""
    return [] if ratings[OVERALL].is_null().all() else [OVERALL]


def _partners(network: Network) -> pl.DataFrame:
    inside = pl.Series(list(network.graph), dtype=pl.String).implode()
    return (
        network.tables["organisations"]
        .filter(pl.col("id").is_in(inside))
        .select("id", "name", pl.col("kind").cast(pl.String), "place")
    )


def _named(network: Network, frame: pl.DataFrame, *sides: str) -> pl.DataFrame:
    who = network.tables["organisations"].select("id", "name", pl.col("kind").cast(pl.String))
    for side in sides:
        names = who.rename({"id": side, "name": f"{side}_name", "kind": f"{side}_kind"})
        frame = frame.join(names, on=side, how="left", maintain_order="left")
    return frame
