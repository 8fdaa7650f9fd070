"""Where each indicator stands over a whole cut, or over each part of one: totals from baseline to target."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import polars as pl

from wtnet.measures.impact import intervals, states, timing
from wtnet.measures.impact.cells import KEY, baselines, cells, in_order, latest
from wtnet.measures.impact.timing import locate_wave
from wtnet.measures.impact.total import total_each
from wtnet.tables import Tables, instruments


def overview(
    tables: Tables, wave: str | None = None, seen: pl.DataFrame | None = None, by: Sequence[str] = (), *, empty: bool = True
) -> pl.DataFrame:
    """Where each indicator stands over a whole cut: totals from baseline to target (see `total` and `progress`).

    One row per indicator and part of the cut `by` (any of `CUTS` but "wave"); with `empty` and an undivided cut, also one for
    each indicator nobody has measured. Columns: those of the cut, `indicator`, `theme`, `name`, `better`,
    `instrument`, `rule`, `aggregation`, `about_people`, `unit`, `baseline`, `latest`, `target`, `n`, `baseline_n`, `progress`,
    `state` (null where the total is refused), `low` and `high` (the 95 % interval of the latest figure, see `intervals`),
    `change`, `change_low`, `change_high` and `same_people` (latest − baseline, where both are of the same pilots), `pilots`
    (those in the latest total), `baseline_pilots`, `compared` (those known at both points), `unknown`, `left_out`, `hidden`,
    `withheld` (baseline or latest is not for this audience), `reason`, `band`, `caution`, `baseline_shown`, `latest_shown` and
    `target_shown` (words in the place of a withheld figure).

    Baseline and latest are each the total of all pilots known then. Progress compares only the pilots known at both. The time is
    over when it is for every pilot in the latest total.
    """
    order, at = locate_wave(tables, wave)
    results = cells(tables) if seen is None else seen
    first, last = baselines(results, len(order)), latest(results, at, len(order))
    keys = [*by, "indicator"]
    now, before, was, became = total_each([last, first, *_known_at_both(first, last)], by)
    now = now.rename({"value": "latest", "shown": "latest_shown"})
    before = before.select(
        *keys,
        baseline="value",
        baseline_n="n",
        baseline_pilots="pilots",
        baseline_reason="reason",
        baseline_left_out="left_out",
        baseline_target="target",
        baseline_unit="unit",
        baseline_sd="sd",
        baseline_shown="shown",
        baseline_target_shown="target_shown",
    )
    frame = now.select(keys).join(before.select(keys), on=keys, how="full", coalesce=True)
    frame = _about(frame, tables, add=empty and not by)
    numbers = ("pilots", "baseline_pilots", "compared", "unknown", "left_out", "baseline_left_out", "hidden")
    now_known = pl.col("pilots") > 0
    frame = (
        frame.join(now.drop([name for name in _ABOUT if name not in keys]), on=keys, how="left")
        .join(before, on=keys, how="left")
        .join(_compared(was, became, keys), on=keys, how="left")
        .join(_standing(last, tables, wave, by), on=keys, how="left")
        .with_columns(pl.col(numbers).fill_null(0))
        .with_columns(
            unit=pl.when(now_known).then("unit").otherwise(pl.coalesce("baseline_unit", "indicator_unit")),
            reason=pl.coalesce("reason", "baseline_reason"),
            target=pl.when(now_known).then("target").otherwise("baseline_target"),
            target_shown=pl.when(now_known).then("target_shown").otherwise("baseline_target_shown"),
            withheld=(pl.col("left_out") > 0) | (pl.col("baseline_left_out") > 0) | pl.col("compared_withheld").fill_null(False),
        )
    )
    frame = _with_state(frame)
    columns = [*by, *[name for name in ("indicator", *_ABOUT, "unit") if name not in by and name not in ("question", "part")]]
    columns += ["baseline", "latest", "target", "n", "baseline_n", "progress", "state", "low", "high", "change", "change_low"]
    columns += [
        "change_high",
        "same_people",
        "pilots",
        "baseline_pilots",
        "compared",
        "unknown",
        "left_out",
        "hidden",
        "withheld",
    ]
    columns += ["reason", "band", "caution", "baseline_shown", "latest_shown", "target_shown"]
    return in_order(frame, tables, "pilot" if "pilot" in by else None).select(columns)


def _with_state(frame: pl.DataFrame) -> pl.DataFrame:
    """Add the intervals, `state`, null where the total is refused, and `caution`."""
    alike = (pl.col("pilots") == pl.col("compared")) & (pl.col("baseline_pilots") == pl.col("compared"))
    frame = with_intervals(frame, "baseline_n", "baseline_sd", "n", "sd", compared=alike)
    return frame.with_columns(state=_state()).with_columns(caution=states.caution())


@cache
def _state() -> pl.Expr:
    """The state of a total; null where it is refused."""
    state = states.state(
        small=states.too_few(pl.col("rule"), pl.col("compared_baseline_n"), pl.col("compared_latest_n")),
        withheld=pl.col("withheld") | pl.col("target_shown").is_not_null(),
        latest_withheld=pl.col("left_out") > 0,
    )
    refused = pl.col("latest").is_null() & pl.col("reason").is_not_null() & (pl.col("pilots") > 0)
    return pl.when(~refused).then(state)


def with_intervals(
    frame: pl.DataFrame, baseline_n: str, baseline_sd: str, n: str, sd: str, compared: pl.Expr | None = None
) -> pl.DataFrame:
    """Add `low`, `high` (of `latest`), `change`, `change_low` and `change_high`; the change, and `same_people`, null where the
    two are not to be `compared`."""
    to_compare = pl.lit(True) if compared is None else compared
    now, half = intervals.middle("latest", n, sd)
    was, was_half = intervals.middle("baseline", baseline_n, baseline_sd)
    frame = frame.with_columns(_now=now, _half=half, _was=was, _was_half=was_half)
    (low, high), (was_low, was_high) = intervals.ends("_now", "_half"), intervals.ends("_was", "_was_half")
    frame = frame.with_columns(low=low, high=high, _was_low=was_low, _was_high=was_high)
    least, most = intervals.change(("baseline", "_was_low", "_was_high"), ("latest", "low", "high"))
    change = {"change": pl.col("latest") - pl.col("baseline"), "change_low": least, "change_high": most}
    change["same_people"] = pl.when(pl.col("baseline").is_not_null()).then("same_people")
    return frame.with_columns(**{name: pl.when(to_compare).then(figure) for name, figure in change.items()})


_ABOUT = ("theme", "name", "better", "instrument", "rule", "question", "aggregation", "part", "about_people")


def _about(frame: pl.DataFrame, tables: Tables, add: bool) -> pl.DataFrame:
    """Add what each indicator is; with `add`, also the indicators that have no result at all (not those cut away)."""
    about = tables.indicators.select(
        "theme", "name", "better", "instrument",
        *instruments.read(tables.indicators, "rule", "question", "aggregation", "part", "about_people"),
        indicator="id", indicator_unit="unit",
    ).select("indicator", "indicator_unit", *[name for name in _ABOUT if name not in frame.columns])  # fmt: skip
    if not add:
        return frame.join(about, on="indicator", how="left")
    return about.join(frame, on="indicator", how="full", coalesce=True)


def _known_at_both(first: pl.DataFrame, last: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The cells of the pilots known at both points."""
    return first.join(last, on=KEY, how="semi"), last.join(first, on=KEY, how="semi")


def _compared(before: pl.DataFrame, after: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
    """Progress over the pilots known at both points, from their totals: the keys, progress, compared (how many they are), how
    many people they were at each point (compared_baseline_n, compared_latest_n), and whether one of the totals is withheld
    (compared_withheld)."""
    return (
        before.select(*keys, baseline="value", compared_baseline_n="n", compared="pilots", _before="left_out")
        .join(
            after.select(*keys, "target", "target_shown", "better", latest="value", compared_latest_n="n", _after="left_out"),
            on=keys,
        )
        .with_columns(progress=states.progress(**{name: pl.col(name) for name in ("baseline", "latest", "target", "better")}))
        .with_columns(compared_withheld=(pl.col("_before") > 0) | (pl.col("_after") > 0) | pl.col("target_shown").is_not_null())
        .select(*keys, "compared_baseline_n", "compared_latest_n", "compared", "compared_withheld", "progress")
    )


def _standing(last: pl.DataFrame, tables: Tables, wave: str | None, by: Sequence[str]) -> pl.DataFrame:
    """The mean share of time passed of the pilots of each part, whether all are over, whether any tells how it ended."""
    frame = last.join(timing.standing(tables, wave, last), on=KEY, how="left")
    if "kind" in by:
        frame = frame.explode("kinds").rename({"kinds": "kind"})
    return frame.group_by([*by, "indicator"]).agg(pl.col("elapsed").mean(), pl.col("over").all(), pl.col("final").any())


def totals(overview: pl.DataFrame) -> pl.DataFrame:
    """`overview` as it leaves, in files and on the command line."""
    return overview.drop("rule", "about_people", "hidden").rename({"left_out": "pilots_withheld", "unknown": "pilots_unknown"})
