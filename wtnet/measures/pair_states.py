"""Two waves side by side: what is known of each pair in both."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from wtnet.measures.engine.arrays import once
from wtnet.network import Network, asked, build, date_of, silent

STATES = ("new", "ended", "stronger", "weaker", "unchanged", "unknown")
SMALL = 0.1
"""A change of strength below this is no change."""
_SLACK = 1e-9


def states(before: Network, after: Network) -> pl.DataFrame:
    """One row per pair that is a tie in either wave, sorted by source and target.

    Columns: source, target; state (one of STATES); before, after (strength, null where there is no tie or it is
    unknown); difference; tie_before, tie_after (whether there is a tie); known_before, known_after (false where there is
    no tie and nobody can be said to have denied it); basis_before, basis_after; level_before, level_after.

    Unknown: a partner of the pair that was asked in one of the waves (`network.asked`) did not answer, or neither of the two
    was asked in it, and there the pair has no tie, or only a document to set against the reports of the other wave; or a
    strength is unknown. A wave in which nobody was asked is taken from the documents and leaves nothing unknown. Filters by
    least strength and focus decide which partners are looked at, not what changed.
    """
    sides = [_side(_whole(network)) for network in (before, after)]
    everyone = pl.Series([*before.graph, *after.graph], dtype=pl.String).unique().implode()
    joined = (
        sides[0]
        .join(sides[1], on=["source", "target"], how="full", coalesce=True, suffix="_after")
        .select(
            "source",
            "target",
            before="strength",
            after="strength_after",
            difference=pl.col("strength_after") - pl.col("strength"),
            tie_before=pl.col("basis").is_not_null(),
            tie_after=pl.col("basis_after").is_not_null(),
            heard_before=_heard(before),
            heard_after=_heard(after),
            basis_before="basis",
            basis_after="basis_after",
            level_before="level",
            level_after="level_after",
        )
        .with_columns(
            known_before=pl.col("tie_before") | pl.col("heard_before"),
            known_after=pl.col("tie_after") | pl.col("heard_after"),
        )
        .filter(pl.col("source").is_in(everyone), pl.col("target").is_in(everyone))
    )
    state = (
        pl.when(
            ~pl.col("known_before") | ~pl.col("known_after") | ~(_comparable("before", "after") & _comparable("after", "before"))
        )
        .then(pl.lit("unknown"))
        .when(~pl.col("tie_before"))
        .then(pl.lit("new"))
        .when(~pl.col("tie_after"))
        .then(pl.lit("ended"))
        .when(pl.col("difference").is_null())
        .then(pl.lit("unknown"))
        .when(pl.col("difference").abs() < SMALL - _SLACK)
        .then(pl.lit("unchanged"))
        .when(pl.col("difference") > 0)
        .then(pl.lit("stronger"))
        .otherwise(pl.lit("weaker"))
    )
    return joined.select("source", "target", state.alias("state"), pl.exclude("source", "target")).sort("source", "target")


def _comparable(wave: str, other: str) -> pl.Expr:
    """False where only a document speaks in this wave since nobody was heard, while reports do in the other."""
    reports = ["both", "one-sided"]
    document = pl.col(f"tie_{wave}") & ~pl.col(f"basis_{wave}").is_in(reports) & ~pl.col(f"heard_{wave}")
    return ~(document & pl.col(f"basis_{other}").is_in(reports).fill_null(False))


@once
def _whole(network: Network) -> Network:
    """The network without a least strength and without focus."""
    scope = network.scope
    if scope.min_strength == 0 and not scope.focus:
        return network
    return build(network.tables, replace(scope, wave=network.wave, min_strength=0.0, focus=()))


def _side(network: Network) -> pl.DataFrame:
    return network.ties.select("source", "target", "strength", "basis", "level")


def _heard(network: Network) -> pl.Expr:
    """True for a pair of which nobody that was asked in this wave kept silent. Where a roster says that neither was asked,
    only if a document says that their partnership had ended by then."""
    quiet = sorted(silent(network.tables, network.wave))
    answered = ~pl.col("source").is_in(quiet) & ~pl.col("target").is_in(quiet)
    roster, day = asked(network.tables, network.wave), date_of(network.tables, network.wave)
    if not roster.known:
        return answered
    ended = network.tables["partnerships"].filter((pl.col("ended") < day) if day else pl.lit(False))
    pairs = [f"{min(pair)}\n{max(pair)}" for pair in ended.select("source", "target").iter_rows()]
    inside = pl.col("source").is_in(roster.partners) | pl.col("target").is_in(roster.partners)
    return answered & (inside | pl.concat_str("source", "target", separator="\n").is_in(pairs))
