"""Totals of cells that follow the rules of what was measured; see `total`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import polars as pl

from wtnet.errors import InvalidRequest
from wtnet.measures.impact import states
from wtnet.measures.impact.cells import squares
from wtnet.measures.impact.suppression import WITHHELD

CUTS = ("theme", "pilot", "place", "target_group", "kind", "wave")
"""What results may be cut by."""

_ABOUT = ("theme", "name", "unit", "better", "instrument", "rule", "question", "aggregation", "part", "about_people")
_SPECIAL = {
    "different": "Different things that were measured are not made into one figure; only counts in the same unit are added.",
    "ons4": "The four ONS wellbeing questions are never averaged together; each has its own figure.",
    "apart": "Its figures are not put together: that is how the indicator is set up (column “aggregation”).",
    "unsaid": "Neither unit nor instrument says whether its figures are added or averaged; say it in the column “aggregation”.",
    "nought": "Every value rests on 0 people, so they cannot be weighed.",
}


def total(frame: pl.DataFrame, by: Sequence[str] = (), together: bool = False) -> pl.DataFrame:
    """One figure for each indicator and each part of a cut, made as its rule allows.

    `frame` holds cells (`impact.cells`), filtered to what is looked at and, for any audience but the lead, suppressed
    (`suppression.suppress`). `by` names any of `CUTS`; an unknown one is an InvalidRequest. A pilot counts under every kind of
    partner involved in it, so the parts of a cut by kind overlap. Without "wave" among them, the last cell of each indicator and
    pilot is taken: values of different waves are never added or averaged. With `together`, all indicators of a part are
    made into one figure, which only counts in the same unit allow.

    Rules, by `aggregation`: a sum adds; a mean and a share are weighted by n, Σ n·value / Σ n; none is one figure only where
    there is one cell. One cell alone is itself. A mean of means where some n is missing is refused: `value` is null and
    `reason` says why. A total that would take in a withheld cell without its whole block is withheld: a figure is
    that of all cells or none, for every reader.

    Columns: the cut's, then (unless `together`) `indicator`, `theme`, `name`, `better`, `instrument`, `rule`, `question`,
    `aggregation`, `part`, `about_people`; then `unit` (a count "of 5 documents" over 6 pilots is "of 30 documents"), `value`,
    `n` (Σ n; null if one is missing or nothing is put together), `sd` (of all people together, from each pilot's mean and
    spread; null if one is missing, and for sums), `same_people` (true if it is so in every cell, false if one says that it is
    not), `target` (added for sums; for the rest the common one, else weighted by n; null unless every pilot has one), `pilots`
    (cells with a value, seen or withheld), `unknown` (cells without a value), `left_out` (withheld cells for which the total is
    withheld), `hidden` (withheld cells taken in as whole blocks), `reason`, `band` (of the ONS questions), `shown` (words in the
    place of a withheld value: those of the one cell there is, else "withheld"), `target_shown` (the same for the target).
    """
    return _worked_out(frame, by, together)


def total_each(frames: Sequence[pl.DataFrame], by: Sequence[str] = ()) -> list[pl.DataFrame]:
    """`total` of each of several choices of cells, worked out together."""
    every = _worked_out(
        pl.concat(frame.with_columns(_choice=pl.lit(at)) for at, frame in enumerate(frames)), by, False, "_choice"
    )
    return [every.filter(pl.col("_choice") == at).drop("_choice") for at in range(len(frames))]


def _worked_out(frame: pl.DataFrame, by: Sequence[str], together: bool, *apart: str) -> pl.DataFrame:
    """`total`, of the cells that differ in the columns `apart` each by themselves."""
    wrong = [name for name in by if name not in CUTS]
    if wrong:
        raise InvalidRequest(f'Results cannot be cut by "{wrong[0]}"; choose among {", ".join(CUTS)}.')
    if "wave" not in by:
        filled = pl.col("value").is_not_null() | pl.col("suppressed")
        of = [*apart, "indicator", "pilot"]
        newest = pl.col("at").filter(filled).max().over(of)
        frame = frame.filter((pl.col("at") == newest) | (newest.is_null() & (pl.col("at") == pl.col("at").max().over(of))))
    if "kind" in by:
        frame = frame.explode("kinds").rename({"kinds": "kind"}).filter(pl.col("kind").is_not_null())
    keys = [*apart, *by, *([] if together else ["indicator"])]
    keys = keys or ["_all"]
    if keys == ["_all"]:
        frame = frame.with_columns(_all=pl.lit(0))
    return _figures(_marked(frame, keys), keys, together).drop("_all", strict=False)


def weights(aggregation: str, n: Sequence[int | None]) -> list[float] | None:
    """What each of several pilots' figures counts in one figure: 1 in a sum, n / Σ n in a mean or a share; one alone is itself.

    Null where they are not put together, or cannot be weighed.
    """
    if aggregation == "sum" or len(n) == 1:
        return [1.0] * len(n)
    people = [each for each in n if each is not None]
    if aggregation == "none" or len(people) < len(n) or not sum(people):
        return None
    return [each / sum(people) for each in people]


def _marked(frame: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
    """Add is_open (a value to see), is_whole (part of a block that is here whole) and is_first (once for each such block)."""
    frame = frame.with_columns(is_open=pl.col("value").is_not_null() & ~pl.col("suppressed"))
    if not frame["suppressed"].any():
        return frame.with_columns(is_whole=pl.lit(False), is_first=pl.lit(False))
    parts = [*keys, "block"]
    # `block_rows` counts pilots, and no pilot stands twice in a part of a cut.
    whole = pl.col("suppressed") & (pl.len().over(parts) == pl.col("block_rows")).fill_null(False)
    return frame.with_columns(is_whole=whole).with_columns(
        is_first=pl.col("is_whole") & (pl.int_range(pl.len()).over(parts) == 0)
    )


def _figures(frame: pl.DataFrame, keys: list[str], together: bool) -> pl.DataFrame:
    """The totals of marked cells; see `total`."""
    figures = frame.group_by(keys, maintain_order=True).agg(
        *[pl.col(name).first() for name in _ABOUT if name not in keys], **_sums()
    )
    for step in _steps(together):
        figures = figures.with_columns(**step)
    about = [name for name in _ABOUT if name not in keys and name != "unit"] if not together else []
    result = ["unit", "value", "n", "sd", "same_people", "target", "pilots", "unknown", "left_out", "hidden", "reason", "band"]
    return figures.select(*keys, *about, *result, "shown", "target_shown")


@cache
def _steps(together: bool) -> list[dict[str, pl.Expr]]:
    """What is worked out from the sums, each step from the columns of those before it."""
    adds = pl.col("aggregation") == "sum"
    several = (pl.col("indicators") > 1) & pl.lit(together)
    secret = pl.col("left_out") > 0
    known = (pl.col("pilots") > 0) & ~secret
    one_figure, agreed = pl.col("apart").is_null(), pl.col("reason").is_null()
    has_n = known & one_figure & (pl.col("without_n") == 0)
    single = (pl.col("pilots") == 1) & (pl.col("left_out") == 1)
    figures: dict[str, pl.Expr] = {
        "value": pl.when(known & agreed).then(_value(adds)),
        "n": pl.when(has_n).then(_ALL_N),
        "target": pl.when((pl.col("pilots") > 0) & (pl.col("without_target") == 0) & one_figure).then(_target(adds)),
        "unit": pl.when(~several | agreed).then(_unit(adds)),
        "shown": pl.when(secret & one_figure).then(pl.when(single).then("withheld_words").otherwise(pl.lit(WITHHELD))),
        "same_people": pl.when(known & one_figure & ~adds).then(pl.col("same_people")),
    }
    rest: dict[str, pl.Expr] = {
        "sd": pl.when(has_n & agreed & ~adds & (pl.col("without_sd") == 0)).then(_spread()),
        "target_shown": pl.when(_weighs_targets(adds) & one_figure & (secret | (pl.col("hidden") > 0))).then(pl.lit(WITHHELD)),
        "band": states.bands("value"),
    }
    reason = pl.coalesce("apart", pl.when(~secret).then(_not_weighed(adds)))
    return [{"apart": _not_together(adds, several)}, {"reason": reason}, figures, rest]


@cache
def _sums() -> dict[str, pl.Expr]:
    """What there is to make one figure of, summed over the open cells of a part and over its whole blocks."""
    n, value, aim, sd, same = (pl.col(name) for name in ("n", "value", "aim", "sd", "same_people"))
    seen, whole, first = pl.col("is_open"), pl.col("is_whole"), pl.col("is_first")
    withheld = pl.col("suppressed")
    given = seen | withheld
    other = (seen & ~same).any() | (first & ~pl.col("block_same")).any()
    every = (same | ~seen).all(ignore_nulls=False) & (pl.col("block_same") | ~first).all(ignore_nulls=False)
    return {
        "pilots": given.sum(),
        "unknown": (~given).sum(),
        "left_out": (withheld & ~whole).sum(),
        "hidden": whole.sum(),
        "withheld_words": pl.col("shown").filter(withheld).first(),
        # the values, and the people behind them
        "sum": value.filter(seen).sum(),
        "weighted_sum": (value * n).filter(seen).sum(),
        "sum_n": n.filter(seen).sum(),
        "sum_squares": squares(n, sd, value).filter(seen).sum(),
        "first_sd": sd.filter(seen).first(),
        "block_sum": pl.col("block_sum").filter(first).sum(),
        "block_n": pl.col("block_n").filter(first).sum(),
        "block_squares": pl.col("block_squares").filter(first).sum(),
        "without_n": (seen & n.is_null()).sum() + (first & pl.col("block_n").is_null()).sum(),
        "without_sd": (seen & sd.is_null()).sum() + (first & pl.col("block_squares").is_null()).sum(),
        "pilots_without_n": pl.col("pilot_name").filter(seen & n.is_null()).unique(maintain_order=True),
        "same_people": pl.when(other.fill_null(False)).then(False).when(every.fill_null(False)).then(True),
        # the targets
        "targets": aim.filter(given).n_unique(),
        "without_target": (given & aim.is_null()).sum(),
        "first_target": aim.filter(given).first(),
        "sum_of_targets": aim.filter(given).sum(),
        "weighted_targets": (aim * n).filter(seen).sum(),
        # how many different things they are
        "indicators": pl.col("indicator").n_unique(),
        "units": pl.col("unit").n_unique(),
        "ways": pl.col("aggregation").n_unique(),
        "ons4_questions": pl.col("indicator").filter(pl.col("rule") == "ons4").n_unique(),
    }


_ALL_N = pl.col("sum_n") + pl.col("block_n")


def _not_together(adds: pl.Expr, several: pl.Expr) -> pl.Expr:
    """Why what was measured is not made into one figure, whatever its values; null where it is."""
    alike = adds & (pl.col("ways") == 1) & (pl.col("units") == 1)
    unsaid = pl.when(pl.col("rule") == "unknown").then(pl.lit(_SPECIAL["unsaid"])).otherwise(pl.lit(_SPECIAL["apart"]))
    return (
        pl.when(several & (pl.col("ons4_questions") > 1))
        .then(pl.lit(_SPECIAL["ons4"]))
        .when(several & ~alike)
        .then(pl.lit(_SPECIAL["different"]))
        .when((pl.col("aggregation") == "none") & (pl.col("pilots") > 1))
        .then(unsaid)
    )


def _not_weighed(adds: pl.Expr) -> pl.Expr:
    """Why figures cannot be weighed by the people behind them; null where they can, or need not be."""
    return (
        pl.when(adds | (pl.col("pilots") <= 1))
        .then(None)
        .when(pl.col("without_n") > 0)
        .then(_without_n())
        .when(_ALL_N == 0)
        .then(pl.lit(_SPECIAL["nought"]))
    )


def _alone() -> pl.Expr:
    return (pl.col("pilots") == 1) & (pl.col("hidden") == 0)


def _value(adds: pl.Expr) -> pl.Expr:
    """Counts added, one cell alone as it is, all else weighted by the people behind it."""
    weighted = (pl.col("weighted_sum") + pl.col("block_sum")) / pl.when(_ALL_N > 0).then(_ALL_N)
    return pl.when(adds).then(pl.col("sum") + pl.col("block_sum")).when(_alone()).then(pl.col("sum")).otherwise(weighted)


def _spread() -> pl.Expr:
    """The standard deviation of all people together: (Σ x² − n·mean²) / (n − 1), with Σ x² from each pilot's mean and spread."""
    inside = pl.col("sum_squares") + pl.col("block_squares") - _ALL_N * pl.col("value") ** 2
    pooled = (pl.max_horizontal(inside, pl.lit(0.0)) / pl.when(_ALL_N > 1).then(_ALL_N - 1)).sqrt()
    return pl.when(_alone()).then("first_sd").otherwise(pooled)


def _weighs_targets(adds: pl.Expr) -> pl.Expr:
    return ~adds & (pl.col("targets") > 1) & (pl.col("without_target") == 0)


def _target(adds: pl.Expr) -> pl.Expr:
    """The target of a part: added, or the common one, or weighted by n."""
    # Different targets weighted by an n that is withheld would give that n away.
    all_open = (pl.col("hidden") == 0) & (pl.col("left_out") == 0) & (pl.col("without_n") == 0) & (pl.col("sum_n") > 0)
    return (
        pl.when(adds)
        .then(pl.col("sum_of_targets"))
        .when(pl.col("targets") == 1)
        .then(pl.col("first_target"))
        .when(all_open)
        .then(pl.col("weighted_targets") / pl.col("sum_n"))
    )


def _without_n() -> pl.Expr:
    """Why a mean of means is refused, naming up to three pilots that give no n."""
    names, more = (
        pl.col("pilots_without_n").list.head(3).list.join(", "),
        pl.col("pilots_without_n").list.len() - pl.col("pilots_without_n").list.head(3).list.len(),
    )
    return pl.concat_str(
        pl.lit("A mean of means needs the number of people behind each one; n is missing for "),
        names,
        pl.when(more > 0).then(pl.format(" and {} more", more)).otherwise(pl.lit("")),
        pl.lit("."),
    )


def _unit(adds: pl.Expr) -> pl.Expr:
    """ "of 5 documents" over 6 pilots: "of 30 documents"."""
    most = pl.col("unit").str.extract(r"^of (\d{1,9})\b").cast(pl.Int64)
    rest = pl.col("unit").str.extract(r"^of \d{1,9}\b(.*)$")
    fits = adds & most.is_not_null() & (pl.col("pilots") > 1)
    return pl.when(fits).then(pl.format("of {}{}", most * pl.col("pilots"), rest)).otherwise(pl.col("unit"))
