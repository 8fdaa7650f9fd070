"""Rows behind the two sides of the home page."""

from __future__ import annotations

import polars as pl

from wtnet.measures.activities import met_at
from wtnet.network import Network
from wtnet.sentences import activities, strength
from wtnet.strength import WORDS
from wtnet.ui.frame import cached
from wtnet.ui.frame.page import PageContext
from wtnet.ui.parts.selection import Selection


def named_ties(network: Network) -> pl.DataFrame:
    """The ties with names in place of ids, strongest first."""
    ties = network.named_ties().sort(
        "strength", pl.col("word").cast(pl.Enum(WORDS)).to_physical(), descending=True, nulls_last=True
    )
    names = {"source_name": "partner", "target_name": "other partner"}
    return strength.in_words(network, ties).rename(names).drop("source", "target")


def who_met(network: Network) -> pl.DataFrame:
    """Who met whom at an activity up to the wave, of the partners on the map."""
    met = met_at(network.tables, network.wave)
    inside = met.filter(pl.col("source").is_in(list(network.graph)), pl.col("target").is_in(list(network.graph)))
    return activities.met_table(network.tables, inside, network)


def selected_tie(here: PageContext, network: Network, chosen: Selection) -> pl.DataFrame:
    """The selected tie with its parts, and how far its rank depends on the weights."""
    ends = sorted((chosen.id, chosen.other))
    tie = network.ties.filter(pl.col("source").is_in(ends), pl.col("target").is_in(ends))
    moves = cached.stability(*here.key, network.scope) if here.audience == "lead" else None
    if moves is None:
        return strength.in_words(network, tie)
    return tie.join(moves.drop("strength"), on=["source", "target"], how="left")
