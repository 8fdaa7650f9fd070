"""Results with everything around them: one row a result, ready to be cut, suppressed and totalled."""

from __future__ import annotations

from datetime import date

import polars as pl

from wtnet.network import waves_in_order
from wtnet.tables import Tables, instruments
from wtnet.tables.pilots import members
from wtnet.tables.schema import THEMES

HIDDEN: dict[str, pl.DataType] = {
    "suppressed": pl.Boolean(),
    "shown": pl.String(),
    "block": pl.String(),
    "block_rows": pl.UInt32(),
    "block_sum": pl.Float64(),
    "block_n": pl.Int64(),
}
"""What `suppression.suppress` fills in: whether a row is withheld and the words in its place; and the withheld rows it
belongs with, their number, and what may be said of them together: Σ value (counts) or Σ n·value, and Σ n."""


KEY = ["indicator", "pilot"]
"""What a result is of, wave by wave."""


def cells(tables: Tables) -> pl.DataFrame:
    """One row a result, in the order of indicators, pilots and waves.

    Columns: `indicator`, `theme`, `name`, `unit`, `better`, `instrument`; `rule` and `question` (see
    `tables.instruments`), `people` (a count of people); `pilot`, `pilot_name`, `place`, `target_group`, `kinds` (list: of
    `organisation` if the result names one, else of every partner that leads or takes part in the pilot); `wave`,
    `wave_name`, `at` (0 for the first wave), `date`; `organisation`, `value`, `n`, `aim` (the last target given for the
    pilot, else the indicator's), `evidence`, `source_url`; and the columns of `HIDDEN`, with nothing withheld.
    """
    order = waves_in_order(tables)
    waves = tables.waves.select(wave="id", wave_name="name", date="date").with_columns(
        pl.col("wave").replace_strict(order, range(len(order)), return_dtype=pl.Int64).alias("at")
        if order
        else pl.lit(0).alias("at")
    )
    indicators = (
        tables.indicators.with_row_index("_i")
        .with_columns(
            instruments.rule().alias("rule"), instruments.question().alias("question"), instruments.of_people().alias("people")
        )
        .rename({"id": "indicator", "target": "_common"})
        .drop("method", "outcomes")
    )
    pilots = tables.pilots.with_row_index("_p").select("_p", "place", "target_group", pilot="id", pilot_name="name")
    kind = tables.organisations.select(organisation="id", _kind=pl.col("kind").cast(pl.String))
    return (
        tables.results.rename({"target": "_own"})
        .join(waves, on="wave")
        .join(indicators, on="indicator")
        .join(pilots.join(_kinds(tables), on="pilot", how="left"), on="pilot")
        .join(kind, on="organisation", how="left")
        .sort("_i", "_p", "at")
        .with_columns(
            pl.coalesce(
                pl.when(pl.col("_kind").is_not_null()).then(pl.concat_list("_kind")),
                pl.col("kinds"),
                pl.lit([], pl.List(pl.String)),
            ).alias("kinds"),
            pl.coalesce(pl.col("_own").drop_nulls().last().over("indicator", "pilot"), "_common").alias("aim"),
            *[pl.lit(False if name == "suppressed" else None, kind).alias(name) for name, kind in HIDDEN.items()],
        )
        .select(
            "indicator", "theme", "name", "unit", "better", "instrument", "rule", "question", "people", "pilot", "pilot_name",
            "place", "target_group", "kinds", "wave", "wave_name", "at", "date", "organisation", "value", "n", "aim", "evidence",
            "source_url", *HIDDEN,
        )
    )  # fmt: skip


def _kinds(tables: Tables) -> pl.DataFrame:
    """`pilot`, `kinds`: the kinds of the partners that lead it or take part in it."""
    kind = tables.organisations.select(organisation="id", kinds=pl.col("kind").cast(pl.String))
    return members(tables).join(kind, on="organisation").group_by("pilot").agg(pl.col("kinds").unique().sort())


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


def locate_wave(tables: Tables, wave: str | None) -> tuple[list[str], int]:
    """The waves in order, and the number of the one looked at: else the last (−1 without waves)."""
    order = waves_in_order(tables)
    return order, order.index(wave) if wave in order else len(order) - 1


def elapsed(tables: Tables, wave: str | None) -> pl.DataFrame:
    """`pilot`, `elapsed`: the share of the time from the first wave to the pilot's end (else the last wave) that has passed."""
    order, at = locate_wave(tables, wave)
    dates: dict[str, date | None] = dict(tables.waves.select("id", "date").iter_rows())
    days = [dates[wave_id] for wave_id in order]
    pilots = tables.pilots.select("ends", pilot="id")
    begin, now = (days[0], days[at]) if at >= 0 else (None, None)
    if begin is None or now is None:
        return pilots.select("pilot", elapsed=pl.lit(None, pl.Float64))
    end = pl.coalesce(pl.col("ends"), pl.lit(max(day for day in days if day is not None)))
    span = (end - pl.lit(begin)).dt.total_days()
    passed = pl.lit((now - begin).days) / pl.when(span > 0).then(span)
    return pilots.select("pilot", elapsed=passed.clip(0.0, 1.0))


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
