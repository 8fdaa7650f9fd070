"""Where each indicator stands over a whole cut, or over each part of one: totals from baseline to target."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from wtnet.measures.impact import states
from wtnet.measures.impact.cells import KEY, baselines, cells, elapsed, in_order, latest, locate_wave
from wtnet.measures.impact.total import total
from wtnet.tables import Tables, instruments


def overview(
    tables: Tables, wave: str | None = None, seen: pl.DataFrame | None = None, by: Sequence[str] = (), *, empty: bool = True
) -> pl.DataFrame:
    """Where each indicator stands over a whole cut: totals from baseline to target (see `total` and `progress`).

    One row per indicator and part of the cut `by` (any of `CUTS` but "wave"); with `empty` and an undivided cut, also one for
    each indicator nobody has measured. Columns: those of the cut, `indicator`, `theme`, `name`, `better`,
    `instrument`, `rule`, `unit`, `baseline`, `latest`, `target`, `n`, `baseline_n`, `progress`, `state` (null where the
    total is refused), `pilots` (those in the latest total), `baseline_pilots`, `compared` (those known at both points),
    `unknown`, `left_out`, `hidden`, `withheld` (baseline or latest is not for this audience), `reason`, `band`, `caution`,
    `baseline_shown`, `latest_shown` (words in the place of a withheld figure).

    Baseline and latest are each the total of all pilots known then. Progress compares only the pilots known at both.
    """
    order, at = locate_wave(tables, wave)
    results = cells(tables) if seen is None else seen
    first, last = baselines(results, len(order)), latest(results, at, len(order))
    keys = [*by, "indicator"]
    now = total(last, by).rename({"value": "latest", "shown": "latest_shown"})
    before = total(first, by).select(
        *keys,
        baseline="value",
        baseline_n="n",
        baseline_pilots="pilots",
        baseline_reason="reason",
        baseline_left_out="left_out",
        baseline_target="target",
        baseline_unit="unit",
        baseline_shown="shown",
    )
    frame = now.select(keys).join(before.select(keys), on=keys, how="full", coalesce=True)
    frame = _about(frame, tables, add=empty and not by)
    numbers = ("pilots", "baseline_pilots", "compared", "unknown", "left_out", "baseline_left_out", "hidden")
    now_known = pl.col("pilots") > 0
    frame = (
        frame.join(now.drop([name for name in _ABOUT if name not in keys]), on=keys, how="left")
        .join(before, on=keys, how="left")
        .join(_compared(first, last, by), on=keys, how="left")
        .join(_passed(last, tables, wave, by), on=keys, how="left")
        .with_columns(pl.col(numbers).fill_null(0))
        .with_columns(
            unit=pl.when(now_known).then("unit").otherwise(pl.coalesce("baseline_unit", "indicator_unit")),
            reason=pl.coalesce("reason", "baseline_reason"),
            target=pl.when(now_known).then("target").otherwise("baseline_target"),
        )
        .with_columns(
            withheld=(pl.col("left_out") > 0) & pl.col("latest").is_null()
            | (pl.col("baseline_left_out") > 0) & pl.col("baseline").is_null()
        )
    )
    frame = _with_state(frame)
    columns = [*by, *[name for name in ("indicator", *_ABOUT, "unit") if name not in by and name != "question"]]
    columns += ["baseline", "latest", "target", "n", "baseline_n", "progress", "state", "pilots", "baseline_pilots", "compared"]
    columns += ["unknown", "left_out", "hidden", "withheld", "reason", "band", "caution"]
    columns += ["baseline_shown", "latest_shown"]
    return in_order(frame, tables, "pilot" if "pilot" in by else None).select(columns)


def _with_state(frame: pl.DataFrame) -> pl.DataFrame:
    """With `state`, null where the total is refused, and `caution`."""
    state = states.state(
        baseline=pl.col("baseline"),
        latest=pl.col("latest"),
        target=pl.col("target"),
        better=pl.col("better"),
        progress=pl.col("progress"),
        elapsed=pl.col("elapsed"),
        small=states.too_few(pl.col("rule"), pl.col("compared_baseline_n"), pl.col("compared_latest_n")),
        withheld=pl.col("withheld"),
    )
    refused = pl.col("latest").is_null() & pl.col("reason").is_not_null()
    return frame.with_columns(state=pl.when(~refused).then(state)).with_columns(caution=states.caution())


_ABOUT = ("theme", "name", "better", "instrument", "rule", "question")


def _about(frame: pl.DataFrame, tables: Tables, add: bool) -> pl.DataFrame:
    """With what each indicator is; with `add`, also the indicators that have no result at all (not those cut away)."""
    about = tables.indicators.select(
        "theme", "name", "better", "instrument", instruments.rule().alias("rule"), instruments.question().alias("question"),
        indicator="id", indicator_unit="unit",
    ).select("indicator", "indicator_unit", *[name for name in _ABOUT if name not in frame.columns])  # fmt: skip
    if not add:
        return frame.join(about, on="indicator", how="left")
    return about.join(frame, on="indicator", how="full", coalesce=True)


def _compared(first: pl.DataFrame, last: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    """Progress over the pilots known at both points: the keys, progress, compared (how many they are), and how many people
    they were at each point (compared_baseline_n, compared_latest_n)."""
    keys = [*by, "indicator"]
    before = total(first.join(last, on=KEY, how="semi"), by)
    after = total(last.join(first, on=KEY, how="semi"), by)
    return (
        before.select(*keys, baseline="value", compared_baseline_n="n", compared="pilots")
        .join(after.select(*keys, "target", latest="value", compared_latest_n="n"), on=keys)
        .with_columns(progress=states.progress(**{name: pl.col(name) for name in ("baseline", "latest", "target")}))
        .select(*keys, "compared_baseline_n", "compared_latest_n", "compared", "progress")
    )


def _passed(last: pl.DataFrame, tables: Tables, wave: str | None, by: Sequence[str]) -> pl.DataFrame:
    """The mean share of time passed of the pilots in each part."""
    frame = last.join(elapsed(tables, wave), on="pilot", how="left")
    if "kind" in by:
        frame = frame.explode("kinds").rename({"kinds": "kind"})
    return frame.group_by([*by, "indicator"]).agg(pl.col("elapsed").mean())


def totals(overview: pl.DataFrame) -> pl.DataFrame:
    """`overview` as it leaves, in files and on the command line."""
    return overview.drop("rule", "hidden").rename({"left_out": "pilots_withheld", "unknown": "pilots_unknown"})
