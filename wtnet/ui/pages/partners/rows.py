"""The rows behind a profile, to look at and to take away."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import polars as pl

from wtnet.measures import catalogue
from wtnet.network import Network, Scope
from wtnet.sentences import activities as activity_sentences
from wtnet.sentences import findings as sentences
from wtnet.sentences import partners as partner_sentences
from wtnet.sentences import strength
from wtnet.ui.frame import cached
from wtnet.ui.frame.audience import figures_in_words
from wtnet.ui.frame.page import PageContext
from wtnet.ui.parts.figures import partner_rows, show_frames


def values(here: PageContext, scope: Scope, partner: str, measures: tuple[str, ...]) -> dict[str, Any]:
    """The measures of the partner by id."""
    return cached.partner_measures(*here.key, scope, measures).row(by_predicate=pl.col("id") == partner, named=True)


def progress(here: PageContext, pilots: list[str]) -> pl.DataFrame:
    """The rows of `impact.progress` of some pilots, as the audience may see them."""
    return cached.progress(*here.key, here.wave, here.audience).filter(pl.col("pilot").is_in(pilots))


def show(here: PageContext, network: Network, about: dict[str, str], findings: pl.DataFrame, activities: pl.DataFrame) -> None:
    """Show every figure of the partner and the rows behind the page, one click away."""
    partner = about["id"]
    pilots = [part["id"] for part in partner_sentences.pilot_parts(here.tables, partner)]
    makes: dict[str, Callable[[], pl.DataFrame]] = {
        "every figure": partial(_measures, here, network, about),
        "partnerships": partial(_own_ties, here, network, partner),
    }
    if network.exact is None:
        makes["ratings"] = lambda: _ratings(network, partner)
    makes["indicators"] = lambda: figures_in_words(progress(here, pilots))
    if findings.height:
        makes["findings"] = partial(sentences.table, findings, here.tables)
    if activities.height:
        makes["activities"] = partial(activity_sentences.table, activities)
    show_frames("Show me every figure of it, and the rows behind this page", "profile_rows", makes)


def _own_ties(here: PageContext, network: Network, partner: str) -> pl.DataFrame:
    """Its ties, each with its rank among all ties and how far other weights would move it (see `strength.stability`)."""
    own = strength.in_words(network, partner_sentences.own_ties(network, partner)).drop("source", "target")
    stability = cached.stability(*here.key, network.scope) if here.audience == "lead" else None
    if stability is None:
        return own.drop("id")
    ends = (pl.col("source") == partner) | (pl.col("target") == partner)
    other = pl.when(pl.col("source") == partner).then("target").otherwise("source").alias("id")
    ranks = stability.filter(ends).select(other, pl.exclude("source", "target", "strength"))
    return own.join(ranks, on="id", how="left", maintain_order="left").drop("id")


def _measures(here: PageContext, network: Network, about: dict[str, str]) -> pl.DataFrame:
    """Every measure that may stand on this profile: measure, value (as text), what it says."""
    shown = partner_sentences.shown_measures(about["kind"], [measure.id for measure in catalogue.of("partner")])
    known = values(here, network.scope, about["id"], shown)
    return partner_rows(network, about["id"], known, shown)


def _ratings(network: Network, partner: str) -> pl.DataFrame:
    """What it and the others said of one another, without the comments, which were not given to be passed on."""
    ratings = catalogue.rows(network, "response_rate")
    return ratings.filter((pl.col("rater") == partner) | (pl.col("partner") == partner)).drop("comment")
