"""Totals of cells that follow the rules of what was measured; see `total`."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from wtnet.errors import InvalidRequest
from wtnet.measures.impact import states as words
from wtnet.measures.impact.suppression import WITHHELD
from wtnet.tables.instruments import ADDS

CUTS = ("theme", "pilot", "place", "target_group", "kind", "wave")
"""What results may be cut by."""

_ABOUT = ("theme", "name", "unit", "better", "instrument", "rule", "question")
_SPECIAL = {
    "different": "Different things that were measured are not made into one figure; only counts in the same unit are added.",
    "ons4": "The four ONS wellbeing questions are never averaged together; each has its own figure.",
    "nought": "Every value rests on 0 people, so they cannot be weighed.",
}


def total(frame: pl.DataFrame, by: Sequence[str] = (), together: bool = False) -> pl.DataFrame:
    """One figure for each indicator and each part of a cut, made as its rule allows.

    `frame` holds cells (`impact.cells`), filtered to what is looked at and, for any audience but the lead, suppressed
    (`suppression.suppress`). `by` names any of `CUTS`; an unknown one is an InvalidRequest. A pilot counts under every kind of
    partner involved in it, so the parts of a cut by kind overlap. Without "wave" among them, the last cell of each indicator and
    pilot is taken: values of different waves are never added or averaged. With `together`, all indicators of a part are
    made into one figure, which only counts in the same unit allow.

    Rules: counts add; percentages and means are weighted by n, Σ n·value / Σ n. One cell alone is itself. A mean of means
    where some n is missing is refused: `value` is null and `reason` says why.

    Columns: the cut's, then (unless `together`) `indicator`, `theme`, `name`, `better`, `instrument`, `rule`,
    `question`; then `unit` (a count "of 5 documents" over 6 pilots is "of 30 documents"), `value`, `n` (Σ n; null if one is
    missing), `target` (added for counts; for the rest the common one, else weighted by n; null unless every pilot taken in
    has one), `pilots` (cells taken in), `unknown` (cells without a value), `left_out` (withheld cells not taken in),
    `hidden` (withheld cells taken in as whole blocks), `reason`, `band` (of the ONS questions), `shown` (words in the place of
    a withheld value: those of the one cell there is, else "withheld").
    """
    wrong = [name for name in by if name not in CUTS]
    if wrong:
        raise InvalidRequest(f'Results cannot be cut by "{wrong[0]}"; choose among {", ".join(CUTS)}.')
    if "wave" not in by:
        filled = pl.col("value").is_not_null() | pl.col("suppressed")
        newest = pl.col("at").filter(filled).max().over("indicator", "pilot")
        frame = frame.filter(
            (pl.col("at") == newest) | (newest.is_null() & (pl.col("at") == pl.col("at").max().over("indicator", "pilot")))
        )
    if "kind" in by:
        frame = frame.explode("kinds").rename({"kinds": "kind"}).filter(pl.col("kind").is_not_null())
    keys = [*by, *([] if together else ["indicator"])]
    keys = keys or ["_all"]
    if keys == ["_all"]:
        frame = frame.with_columns(_all=pl.lit(0))
    return _made(_marked(frame, keys), keys, together).drop("_all", strict=False)


def _marked(frame: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
    """With `_open` (a value to see), `_whole` (part of a block that is here whole) and `_first` (once for each such block)."""
    frame = frame.with_columns(_open=pl.col("value").is_not_null() & ~pl.col("suppressed"))
    if not frame["suppressed"].any():
        return frame.with_columns(_whole=pl.lit(False), _first=pl.lit(False))
    parts = [*keys, "block"]
    # `block_rows` counts pilots, and no pilot stands twice in a part of a cut.
    whole = pl.col("suppressed") & (pl.len().over(parts) == pl.col("block_rows")).fill_null(False)
    return frame.with_columns(_whole=whole).with_columns(_first=pl.col("_whole") & (pl.int_range(pl.len()).over(parts) == 0))


def _made(frame: pl.DataFrame, keys: list[str], together: bool) -> pl.DataFrame:
    open_, first, taken = pl.col("_open"), pl.col("_first"), pl.col("_open") | pl.col("_whole")
    n, value, aim = pl.col("n"), pl.col("value"), pl.col("aim")
    sums = frame.group_by(keys, maintain_order=True).agg(
        *[pl.col(name).first() for name in _ABOUT if name not in keys],
        pilots=taken.sum(),
        unknown=(~open_ & ~pl.col("suppressed")).sum(),
        left_out=(pl.col("suppressed") & ~pl.col("_whole")).sum(),
        hidden=pl.col("_whole").sum(),
        _shown=pl.col("shown").filter(pl.col("suppressed")).first(),
        _sum=value.filter(open_).sum(),
        _weighted=(value * n).filter(open_).sum(),
        _n=n.filter(open_).sum(),
        _no_n=(open_ & n.is_null()).sum() + (first & pl.col("block_n").is_null()).sum(),
        _block_sum=pl.col("block_sum").filter(first).sum(),
        _block_n=pl.col("block_n").filter(first).sum(),
        _lacking=pl.col("pilot_name").filter(open_ & n.is_null()).unique(maintain_order=True),
        _aims=aim.filter(taken).n_unique(),
        _no_aim=(taken & aim.is_null()).sum(),
        _aim=aim.filter(taken).first(),
        _aim_sum=aim.filter(taken).sum(),
        _aim_weighted=(aim * n).filter(open_).sum(),
        _indicators=pl.col("indicator").n_unique(),
        _units=pl.col("unit").n_unique(),
        _rules=pl.col("rule").n_unique(),
        _ons4=pl.col("indicator").filter(pl.col("rule") == "ons4").n_unique(),
    )
    adds = pl.col("rule").is_in(ADDS)
    several = (pl.col("_indicators") > 1) & pl.lit(together)
    all_n = pl.col("_n") + pl.col("_block_n")
    weighted = (pl.col("_weighted") + pl.col("_block_sum")) / pl.when(all_n > 0).then(all_n)
    refused = (
        pl.when(several & (pl.col("_ons4") > 1))
        .then(pl.lit(_SPECIAL["ons4"]))
        .when(several & ~(adds & (pl.col("_rules") == 1) & (pl.col("_units") == 1)))
        .then(pl.lit(_SPECIAL["different"]))
        .when(adds | (pl.col("pilots") <= 1))
        .then(None)
        .when(pl.col("_no_n") > 0)
        .then(_lacking())
        .when(all_n == 0)
        .then(pl.lit(_SPECIAL["nought"]))
    )
    alone = (pl.col("pilots") == 1) & (pl.col("hidden") == 0)
    found = pl.when(adds | alone).then(pl.col("_sum") + pl.when(adds).then(pl.col("_block_sum")).otherwise(0)).otherwise(weighted)
    # Different targets weighted by an n that is withheld would give that n away.
    aims = (
        pl.when(adds)
        .then(pl.col("_aim_sum"))
        .when(pl.col("_aims") == 1)
        .then(pl.col("_aim"))
        .when((pl.col("hidden") == 0) & (pl.col("_no_n") == 0) & (pl.col("_n") > 0))
        .then(pl.col("_aim_weighted") / pl.col("_n"))
    )
    some = pl.col("pilots") > 0
    made = sums.with_columns(reason=refused).with_columns(
        value=pl.when(some & pl.col("reason").is_null()).then(found),
        n=pl.when(some & (pl.col("_no_n") == 0)).then(all_n),
        target=pl.when(some & (pl.col("_no_aim") == 0) & pl.col("reason").is_null()).then(aims),
        unit=pl.when(~several | pl.col("reason").is_null()).then(_unit(adds)),
        shown=pl.when(~some & (pl.col("left_out") == 1))
        .then("_shown")
        .when(~some & (pl.col("left_out") > 1))
        .then(pl.lit(WITHHELD)),
    )
    about = [name for name in _ABOUT if name not in keys and name != "unit"] if not together else []
    result = ["unit", "value", "n", "target", "pilots", "unknown", "left_out", "hidden", "reason", "band", "shown"]
    return made.with_columns(words.bands("value").alias("band")).select(*keys, *about, *result)


def _lacking() -> pl.Expr:
    """Why a mean of means is refused, naming up to three pilots that give no n."""
    names, more = (
        pl.col("_lacking").list.head(3).list.join(", "),
        pl.col("_lacking").list.len() - pl.col("_lacking").list.head(3).list.len(),
    )
    say = pl.when(pl.col("rule") == "unknown").then(pl.lit(" If these are counts, say so in the indicator's instrument."))
    return pl.concat_str(
        pl.lit("A mean of means needs the number of people behind each one; n is missing for "),
        names,
        pl.when(more > 0).then(pl.format(" and {} more", more)).otherwise(pl.lit("")),
        pl.lit("."),
        say.otherwise(pl.lit("")),
    )


def _unit(adds: pl.Expr) -> pl.Expr:
    """ "of 5 documents" over 6 pilots: "of 30 documents"."""
    most = pl.col("unit").str.extract(r"^of (\d{1,9})\b").cast(pl.Int64)
    rest = pl.col("unit").str.extract(r"^of \d{1,9}\b(.*)$")
    fits = adds & most.is_not_null() & (pl.col("pilots") > 1)
    return pl.when(fits).then(pl.format("of {}{}", most * pl.col("pilots"), rest)).otherwise(pl.col("unit"))
