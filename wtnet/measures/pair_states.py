"""Two waves side by side: what is known of each pair in both."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from wtnet.measures.engine.arrays import once
from wtnet.network import Network, asked, build, date_of, silent

RATED_TWICE = ("stronger", "weaker", "unchanged")
STATES = ("new", "ended", *RATED_TWICE, "first rated", "no longer rated", "documented only", "unknown")
STILL_THERE, KNOWN_NOW, KNOWN_THEN = "still there", "known now", "known then"
"""What others than the lead read of a pair: it is a tie in both waves, in the second alone, in the first alone. Whether a tie is
new or ended, or one that somebody did not speak of in the other wave, would tell who kept silent."""
SMALL = 0.1
"""A change of strength below this is no change."""
_SLACK = 1e-9


def states(before: Network, after: Network) -> pl.DataFrame:
    """One row per pair that is a tie in either wave, sorted by source and target.

    Columns: source, target; state (one of STATES); before, after (strength, null where there is no tie or it is
    unknown); difference; tie_before, tie_after (whether there is a tie); known_before, known_after (false where there is
    no tie and nobody can be said to have denied it); basis_before, basis_after; level_before, level_after; word_before,
    word_after.

    Like is compared with like: stronger, weaker and unchanged are pairs rated in both waves. First rated, no longer rated and
    documented only are ties in both waves that were rated in the second alone, in the first alone, in neither. Unknown: there
    is no tie in one of the waves, and there a partner of the pair that was asked (`network.asked`) did not answer, or neither
    of the two was asked. Where documents count as strength (`Network.counts_documents`), a documented level is compared as a
    rating is. Filters by least strength, kind and focus decide which partners are looked at, not what changed.

    For others than the lead a pair is *still there*, *known now* or *known then*; strengths, levels and who was heard are null.
    """
    if before.exact is not None and after.exact is not None:
        return _without_answers(states(before.exact, after.exact), before, after)
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
            word_before="word",
            word_after="word_after",
        )
        .with_columns(
            known_before=pl.col("tie_before") | pl.col("heard_before"),
            known_after=pl.col("tie_after") | pl.col("heard_after"),
        )
        .filter(pl.col("source").is_in(everyone), pl.col("target").is_in(everyone))
    )
    state = _state(before.counts_documents or after.counts_documents)
    return joined.select("source", "target", state.alias("state"), pl.exclude("source", "target")).sort("source", "target")


def _state(documents: bool) -> pl.Expr:
    """What became of a pair, one of STATES; `documents`: whether a documented level counts as strength."""
    rated_before, rated_after = (_rated(wave, documents) for wave in ("before", "after"))
    return (
        pl.when(~pl.col("known_before") | ~pl.col("known_after"))
        .then(pl.lit("unknown"))
        .when(~pl.col("tie_before"))
        .then(pl.lit("new"))
        .when(~pl.col("tie_after"))
        .then(pl.lit("ended"))
        .when(~rated_before & ~rated_after)
        .then(pl.lit("documented only"))
        .when(~rated_before)
        .then(pl.lit("first rated"))
        .when(~rated_after)
        .then(pl.lit("no longer rated"))
        .when(pl.col("difference").is_null())
        .then(pl.lit("unknown"))
        .when(pl.col("difference").abs() < SMALL - _SLACK)
        .then(pl.lit("unchanged"))
        .when(pl.col("difference") > 0)
        .then(pl.lit("stronger"))
        .otherwise(pl.lit("weaker"))
    )


def _rated(wave: str, documents: bool) -> pl.Expr:
    """Whether a pair has a strength that counts in a wave."""
    reported = pl.col(f"basis_{wave}").is_in(["both", "one-sided"]).fill_null(False)
    return reported | pl.col(wave).is_not_null() if documents else reported


def _without_answers(exact: pl.DataFrame, before: Network, after: Network) -> pl.DataFrame:
    """The states of pairs as others than the lead see them."""
    inside = pl.Series([*before.graph, *after.graph], dtype=pl.String).unique().implode()
    there = pl.col("tie_before") & pl.col("tie_after")
    gone = ("before", "after", "difference", "level_before", "level_after", "known_before", "known_after")
    sides = {"before": before, "after": after}
    worded = {
        side: (pl.col(f"basis_{side}") == "both")
        & ~pl.any_horizontal(pl.col("source", "target").is_in(network.tables.doubles.get(network.wave or "", frozenset())))
        for side, network in sides.items()
    }
    words = [pl.when(worded[side]).then(f"word_{side}").alias(f"word_{side}") for side in sides]
    bases = [
        pl.when(worded[side])
        .then(pl.lit("both"))
        .when(pl.col(f"basis_{side}").is_not_null())
        .then(pl.lit("withheld"))
        .alias(f"basis_{side}")
        for side in sides
    ]
    return exact.filter(pl.col("source").is_in(inside), pl.col("target").is_in(inside)).with_columns(
        pl.when(there)
        .then(pl.lit(STILL_THERE))
        .when("tie_after")
        .then(pl.lit(KNOWN_NOW))
        .otherwise(pl.lit(KNOWN_THEN))
        .alias("state"),
        *[pl.lit(None, exact.schema[name]).alias(name) for name in gone],
        *bases,
        *words,
    )


@once
def _whole(network: Network) -> Network:
    """The network without a least strength, without focus and with every kind of tie."""
    scope = network.scope
    if scope.min_strength == 0 and not scope.by_document and (network.whole or not scope.focus):
        return network.whole or network
    return build(network.tables, replace(scope.every_tie(), wave=network.wave, focus=()))


def _side(network: Network) -> pl.DataFrame:
    return network.ties.select("source", "target", "strength", "basis", "level", "word")


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
