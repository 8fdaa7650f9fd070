"""Results with everything around them: one row a result, ready to be cut, suppressed and totalled."""

from __future__ import annotations

from functools import cache

import polars as pl

from wtnet.measures.impact import levels, timing
from wtnet.tables import Tables, instruments
from wtnet.tables.columns import THEMES
from wtnet.tables.derived import derived
from wtnet.tables.pilots import members

HIDDEN: dict[str, pl.DataType] = {
    "suppressed": pl.Boolean(),
    "shown": pl.String(),
    "block": pl.String(),
    "block_rows": pl.UInt32(),
    "block_sum": pl.Float64(),
    "block_n": pl.Int64(),
    "block_squares": pl.Float64(),
    "block_same": pl.Boolean(),
    "all_met": pl.List(pl.Int64()),
    "all_aimed": pl.List(pl.Int64()),
}
"""What is filled in for others than the lead. By `suppression.suppress`: whether a row is withheld and the words in its place;
and the withheld rows it belongs with, their number, and what may be said of them together: Σ value (counts) or Σ n·value; Σ n;
`squares` of all; and whether they are the same people as before. By `tallies.publish`: how many targets of the whole programme
are met, and how many there are, wave by wave, null where that would tell of a withheld one."""


KEY = ["indicator", "pilot"]
"""What a result is of, wave by wave."""


@derived
def cells(tables: Tables) -> pl.DataFrame:
    """One row a result of a pilot (`levels.of_pilots`), in the order of indicators, pilots and waves.

    Columns: `indicator`, `theme`, `name`, `unit`, `better`, `instrument`; `rule`, `question` and `aggregation` (see
    `tables.instruments`), `people` (a count of people), `part` (a percentage of people or things, no change), `about_people`;
    `pilot`, `pilot_name`, `place`, `target_group`, `kinds` (list: of `organisation` if the result names one, else of every
    partner that leads or takes part in the pilot), `begins` and `end` (`timing.spans`); `wave`, `wave_name`, `at` (0 for the
    first wave with results, see `timing.order`), `date`; `organisation`, `value`, `n`, `sd`, `same_people` (as in the pilot's
    first result; null where it is not known), `aim` (the last target given for the pilot, else the indicator's),
    `evidence`, `source_url`; and the columns of `HIDDEN`, with nothing withheld but, for others than the lead, what is added up
    from activities of which a number of people is not for them.
    """
    order = timing.order(tables)
    waves = tables.waves.select(wave="id", wave_name="name", date="date").with_columns(
        pl.col("wave").replace_strict(order, range(len(order)), default=None, return_dtype=pl.Int64).alias("at")
        if order
        else pl.lit(0).alias("at")
    )
    indicators = (
        tables.indicators.with_row_index("_i")
        .with_columns(instruments.read(tables.indicators, "rule", "question", "aggregation", "people", "part", "about_people"))
        .rename({"id": "indicator", "target": "_common"})
        .drop("method", "outcomes")
    )
    pilots = tables.pilots.with_row_index("_p").select("_p", "place", "target_group", pilot="id", pilot_name="name")
    kind = tables.organisations.select(organisation="id", _kind=pl.col("kind").cast(pl.String))
    return (
        levels.of_pilots(tables)
        .rename({"target": "_own"})
        .drop("question")  # the survey's, where a result is worked out from it: not the question of the instrument
        .join(waves, on="wave")
        .join(indicators, on="indicator")
        .join(pilots.join(_kinds(tables), on="pilot", how="left"), on="pilot")
        .join(kind, on="organisation", how="left")
        .join(timing.spans(tables), on="pilot", how="left")
        .sort("_i", "_p", "at")
        .with_columns(
            kinds=pl.coalesce(
                pl.when(pl.col("_kind").is_not_null()).then(pl.concat_list("_kind")),
                pl.col("kinds"),
                pl.lit([], pl.List(pl.String)),
            ),
            same_people=_same_as_first(),
            aim=pl.coalesce(pl.col("_own").drop_nulls().last().over("indicator", "pilot"), "_common"),
            **{name: pl.lit(None, kind) for name, kind in HIDDEN.items()},
        )
        .with_columns(suppressed=pl.col("_hidden").fill_null(False) & pl.lit(tables.audience != "lead"))
        .with_columns(
            value=pl.when(~pl.col("suppressed")).then("value"),
            shown=pl.when("suppressed").then(pl.lit(levels.WITHHELD)),
        )
        .select(
            "indicator", "theme", "name", "unit", "better", "instrument", "rule", "question", "aggregation", "people", "part",
            "about_people", "pilot", "pilot_name", "place", "target_group", "kinds", "begins", "end", "wave", "wave_name", "at",
            "date", "organisation", "value", "n", "sd", "same_people", "aim", "evidence", "source_url", *HIDDEN,
        )
    )  # fmt: skip


@cache
def _same_as_first() -> pl.Expr:
    """True where a result and every one before it, but the pilot's first, say that the people are the same as in the wave
    before; false where one says that they are not; null where one does not say, and for the first."""
    given = pl.when(pl.col("value").is_not_null()).then(pl.col("same_people"))
    later = pl.col("value").is_not_null() & (pl.col("value").is_not_null().cum_sum() > 1)
    others = (later & given.not_().fill_null(False)).cum_sum() > 0
    unsaid = (later & given.is_null()).cum_sum() > 0
    return pl.when(later).then(pl.when(others).then(False).when(~unsaid).then(True)).over("indicator", "pilot")


def squares(n: pl.Expr, sd: pl.Expr, value: pl.Expr) -> pl.Expr:
    """Σ x² of the people behind a mean: (n − 1) sd² + n·value²; null where n or sd is not known."""
    return (n - 1) * sd**2 + n * value**2


def _kinds(tables: Tables) -> pl.DataFrame:
    """`pilot`, `kinds`: the kinds of the partners that lead it or take part in it."""
    kind = tables.organisations.select(organisation="id", kinds=pl.col("kind").cast(pl.String))
    return members(tables).join(kind, on="organisation").group_by("pilot").agg(pl.col("kinds").unique().sort())


@cache
def given() -> pl.Expr:
    """True where a result has a value, shown or withheld."""
    return pl.col("value").is_not_null() | pl.col("suppressed")


def baselines(frame: pl.DataFrame, waves: int) -> pl.DataFrame:
    """The cells of the first wave; none if there is only one wave."""
    return frame.filter((pl.col("at") == 0) & given() & pl.lit(waves > 1))


def latest(frame: pl.DataFrame, at: int, waves: int) -> pl.DataFrame:
    """The last cell of each indicator and pilot after the first wave, up to wave number `at`; with one wave only, its cell."""
    later = frame.filter(given() & (pl.col("at") <= at) & ((pl.col("at") > 0) | pl.lit(waves <= 1)))
    newest = pl.col("at").max().over("indicator", "pilot")
    return later.filter(pl.col("at") == newest)


def in_order(frame: pl.DataFrame, tables: Tables, pilot: str | None) -> pl.DataFrame:
    """Sorted by theme, indicator and, where there is one, pilot, as in the tables."""
    keys = [pl.col("theme").cast(pl.Enum(list(THEMES))), _rank("indicator", tables.indicators["id"].to_list())]
    if pilot:
        keys.append(_rank(pilot, tables.pilots["id"].to_list()))
    return frame.sort(keys, nulls_last=True, maintain_order=True)


def _rank(column: str, order: list[str]) -> pl.Expr:
    return pl.col(column).replace_strict(
        {row_id: place for place, row_id in enumerate(order)}, default=None, return_dtype=pl.Int64
    )
