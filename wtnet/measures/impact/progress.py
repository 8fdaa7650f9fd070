"""What came of it: each indicator's way from baseline to target, for each pilot and for any cut of them.

`cells` are the results with everything around them; `cut` keeps what is looked at; `progress` says where each pilot stands,
`overview` where a cut stands, and `total` makes one figure out of several as far as what was measured allows.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

import polars as pl

from wtnet.measures.impact import states as words
from wtnet.measures.impact.cells import baselines, cells, elapsed, latest, where
from wtnet.measures.impact.states import BANDS, band
from wtnet.measures.impact.total import CUTS, total
from wtnet.tables import Tables, instruments
from wtnet.tables.model import STATES, State
from wtnet.tables.schema import THEMES

__all__ = [
    "BANDS", "CUTS", "STATES", "Looked", "aimed", "band", "cells", "cut", "late", "look", "overview", "progress", "results",
    "starts", "tally", "targets", "total", "totals", "where",
]  # fmt: skip

_KEY = ["indicator", "pilot"]


def cut(
    frame: pl.DataFrame,
    pilots: Collection[str] = (),
    places: Collection[str] = (),
    target_groups: Collection[str] = (),
    kinds: Collection[str] = (),
    themes: Collection[str] = (),
    indicators: Collection[str] = (),
    waves: Collection[str] = (),
) -> pl.DataFrame:
    """The cells of these pilots, places, target groups, kinds of partner, themes, indicators and waves; () keeps all.

    A cell is of every kind of partner involved in its pilot (or of the kind of the partner its result names).
    """
    given = {
        "pilot": pilots, "place": places, "target_group": target_groups, "theme": themes, "indicator": indicators, "wave": waves,
    }  # fmt: skip
    keep = [pl.col(name).cast(pl.String).is_in(list(values)) for name, values in given.items() if values]
    if kinds:
        keep.append(pl.col("kinds").list.set_intersection(list(kinds)).list.len() > 0)
    return frame.filter(*keep) if keep else frame


class Looked(NamedTuple):
    """One cut in one wave: its `cells` up to it, where each pilot stands (`progress`) and all of them together (`overview`)."""

    cells: pl.DataFrame
    progress: pl.DataFrame
    overview: pl.DataFrame


def look(tables: Tables, wave: str | None, seen: pl.DataFrame, choice: Mapping[str, Collection[str]]) -> Looked:
    """What a person looks at: `choice` names arguments of `cut`; `seen` is what the audience may see of the cells.

    Indicators of the chosen themes that nobody in the cut has measured are in both frames, without data.
    """
    kept = cut(seen, **choice)
    frames = [progress(tables, wave, kept), overview(tables, wave, kept)]
    for column, name in (("theme", "themes"), ("indicator", "indicators")):
        if choice.get(name):
            frames = [frame.filter(pl.col(column).cast(pl.String).is_in(list(choice[name]))) for frame in frames]
    return Looked(kept.filter(pl.col("at") <= where(tables, wave)[1]), *frames)


def progress(tables: Tables, wave: str | None = None, seen: pl.DataFrame | None = None) -> pl.DataFrame:
    """Where each indicator of each pilot stands at a wave (the last one if none is given).

    `seen` is what may be looked at: the cells of a cut, suppressed where the audience is not the lead (all cells if none
    is given). One row per indicator and pilot with a result among them, and one with a null pilot for an indicator without.
    Columns: `theme`, `indicator`, `name`, `unit`, `better`, `instrument`, `pilot`, `pilot_name`, `baseline`, `latest`,
    `latest_wave`, `target`, `n` (behind `latest`, else behind `baseline`), `progress`, `elapsed`, `state`, `rule`, `band` (of
    `latest`), `caution` (words or null), `baseline_n`, `baseline_shown` and `latest_shown` (words in the place of a withheld
    value), `evidence` and `source_url` (of `latest`, else of `baseline`).

    The *baseline* is the value in the programme's first wave; the *latest* is the last value after it, up to the wave
    looked at (with one wave only, its value is the latest and there is no baseline). *Progress* is (latest − baseline)
    / (target − baseline): 0 at the baseline, 1 at the target, whichever direction is better; null where one of the
    three is not known or target and baseline are equal. *State*: `no_data` without a value since the baseline; `withheld` where
    a value that decides is not for this audience; `too_few` for SWEMWBS with fewer than 30 people at either point;
    `no_target` without a target, or where neither direction is better; `met` if the value is at the target or beyond;
    `on_track` if progress is at least `elapsed`, the share of the time from the first wave to the pilot's end (else
    the last wave) that has passed; `no_baseline` if there is nothing to measure the way from; else `behind`. Unknown dates: on
    track if anything was gained.
    """
    order, at = where(tables, wave)
    results = cells(tables) if seen is None else seen
    first = baselines(results, len(order)).select(
        *_KEY, baseline="value", baseline_n="n", baseline_shown="shown", _evidence0="evidence", _source0="source_url"
    )
    last = latest(results, at, len(order)).select(
        *_KEY, latest="value", latest_wave="wave", _n1="n", latest_shown="shown", evidence="evidence", source_url="source_url"
    )
    pairs = results.select(*_KEY, "pilot_name", "aim").unique(_KEY, maintain_order=True)
    frame = (
        tables.indicators.with_columns(instruments.rule().alias("rule"), instruments.question().alias("question"))
        .rename({"id": "indicator", "target": "_common"})
        .join(pairs, on="indicator", how="left", maintain_order="left_right")
        .join(first, on=_KEY, how="left")
        .join(last, on=_KEY, how="left")
        .join(elapsed(tables, wave), on="pilot", how="left")
        .with_columns(
            pl.coalesce("aim", "_common").alias("target"),
            pl.when(pl.col("latest_shown").is_null()).then(pl.coalesce("_n1", "baseline_n")).alias("n"),
            pl.coalesce("evidence", "_evidence0").alias("evidence"),
            pl.coalesce("source_url", "_source0").alias("source_url"),
            (pl.col("latest_shown").is_not_null() | pl.col("baseline_shown").is_not_null()).alias("hidden"),
        )
        .with_columns(words.progress().alias("progress"), words.bands("latest").alias("band"))
        .with_columns(words.state().alias("state"))
        .with_columns(pl.when(pl.col("state") == "too_few").then(pl.lit(words.TOO_FEW)).alias("caution"))
    )
    columns = ["theme", "indicator", "name", "unit", "better", "instrument", "pilot", "pilot_name", "baseline", "latest"]
    columns += ["latest_wave", "target", "n", "progress", "elapsed", "state", "rule", "band", "caution", "baseline_n"]
    columns += ["baseline_shown", "latest_shown", "evidence", "source_url"]
    return _in_order(frame, tables, "pilot").select(columns)


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
    order, at = where(tables, wave)
    results = cells(tables) if seen is None else seen
    first, last = baselines(results, len(order)), latest(results, at, len(order))
    keys = [*by, "indicator"]
    now = total(last, by).rename({"value": "latest", "shown": "latest_shown"})
    before = total(first, by).select(
        *keys,
        baseline="value",
        baseline_n="n",
        baseline_pilots="pilots",
        _reason0="reason",
        _out0="left_out",
        _aim0="target",
        _unit0="unit",
        baseline_shown="shown",
    )
    frame = now.select(keys).join(before.select(keys), on=keys, how="full", coalesce=True)
    frame = _about(frame, tables, add=empty and not by)
    numbers = ("pilots", "baseline_pilots", "compared", "unknown", "left_out", "hidden")
    frame = (
        frame.join(now.drop([name for name in _ABOUT if name not in keys]), on=keys, how="left")
        .join(before, on=keys, how="left")
        .join(_compared(first, last, by), on=keys, how="left")
        .join(_passed(last, tables, wave, by), on=keys, how="left")
        .with_columns(*[pl.col(name).fill_null(0) for name in numbers], pl.col("_out0").fill_null(0))
        .with_columns(
            unit=pl.when(pl.col("pilots") > 0).then("unit").otherwise(pl.coalesce("_unit0", "_unit")),
            reason=pl.coalesce("reason", "_reason0"),
            target=pl.when(pl.col("pilots") > 0).then("target").otherwise("_aim0"),
        )
    )
    out = (pl.col("left_out") > 0) & pl.col("latest").is_null() | (pl.col("_out0") > 0) & pl.col("baseline").is_null()
    standing = frame.with_columns(baseline_n="_n0", n="_n1", hidden=out).select(words.state())
    refused = pl.col("latest").is_null() & pl.col("reason").is_not_null()
    frame = frame.with_columns(
        withheld=out,
        state=pl.when(~refused).then(standing.to_series()),
    ).with_columns(caution=pl.when(pl.col("state") == "too_few").then(pl.lit(words.TOO_FEW)))
    columns = [*by, *[name for name in ("indicator", *_ABOUT, "unit") if name not in by and name != "question"]]
    columns += ["baseline", "latest", "target", "n", "baseline_n", "progress", "state", "pilots", "baseline_pilots", "compared"]
    columns += ["unknown", "left_out", "hidden", "withheld", "reason", "band", "caution"]
    columns += ["baseline_shown", "latest_shown"]
    return _in_order(frame, tables, "pilot" if "pilot" in by else None).select(columns)


_ABOUT = ("theme", "name", "better", "instrument", "rule", "question")


def _about(frame: pl.DataFrame, tables: Tables, add: bool) -> pl.DataFrame:
    """With what each indicator is; with `add`, also the indicators that have no result at all (not those cut away)."""
    about = tables.indicators.select(
        "theme", "name", "better", "instrument", instruments.rule().alias("rule"), instruments.question().alias("question"),
        indicator="id", _unit="unit",
    ).select("indicator", "_unit", *[name for name in _ABOUT if name not in frame.columns])  # fmt: skip
    if not add:
        return frame.join(about, on="indicator", how="left")
    return about.join(frame, on="indicator", how="full", coalesce=True)


def _compared(first: pl.DataFrame, last: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    """Progress over the pilots known at both points: the keys, `progress`, `compared`, and n at both as `_n0`, `_n1`."""
    keys = [*by, "indicator"]
    before = total(first.join(last, on=_KEY, how="semi"), by)
    after = total(last.join(first, on=_KEY, how="semi"), by)
    return (
        before.select(*keys, baseline="value", _n0="n", compared="pilots")
        .join(after.select(*keys, "target", latest="value", _n1="n"), on=keys)
        .select(*keys, "_n0", "_n1", "compared", words.progress().alias("progress"))
    )


def _passed(last: pl.DataFrame, tables: Tables, wave: str | None, by: Sequence[str]) -> pl.DataFrame:
    """The mean share of time passed of the pilots in each part."""
    frame = last.join(elapsed(tables, wave), on="pilot", how="left")
    if "kind" in by:
        frame = frame.explode("kinds").rename({"kinds": "kind"})
    return frame.group_by([*by, "indicator"]).agg(pl.col("elapsed").mean())


def _in_order(frame: pl.DataFrame, tables: Tables, pilot: str | None) -> pl.DataFrame:
    """Sorted by theme, indicator and, where there is one, pilot, as in the tables."""
    keys = [pl.col("theme").cast(pl.Enum(list(THEMES))), _rank("indicator", tables.indicators["id"].to_list())]
    if pilot:
        keys.append(_rank(pilot, tables.pilots["id"].to_list()))
    return frame.sort(keys, nulls_last=True, maintain_order=True)


def _rank(column: str, order: list[str]) -> pl.Expr:
    return pl.col(column).replace_strict({one: i for i, one in enumerate(order)}, default=None, return_dtype=pl.Int64)


def late(frame: pl.DataFrame, tables: Tables, wave: str | None = None) -> pl.DataFrame:
    """The rows of `progress` whose latest value is older than the wave looked at, or that have none; see `latest_wave`."""
    order, at = where(tables, wave)
    if at < 0:
        return frame.clear()
    return frame.filter(pl.col("pilot").is_not_null() & (pl.col("latest_wave").is_null() | (pl.col("latest_wave") != order[at])))


def tally(frame: pl.DataFrame) -> dict[State, int]:
    """How many rows of `progress` are in each state, in the order of `STATES`."""
    counts = dict(frame.group_by("state").len().iter_rows())
    return {state: counts.get(state, 0) for state in STATES}


def targets(frame: pl.DataFrame) -> pl.DataFrame:
    """The rows of `progress` that are a pilot's target which this audience may see decided: all with a pilot and a target but
    those too few to conclude or withheld, and those of which neither direction is better."""
    decided = ~pl.col("state").is_in(["no_target", "too_few", "withheld"])
    return frame.filter(decided, pl.col("pilot").is_not_null(), pl.col("target").is_not_null())


def aimed(frame: pl.DataFrame) -> int:
    """How many `targets` there are."""
    return targets(frame).height


def starts(tables: Tables, wave: str | None) -> bool:
    """Whether the wave looked at is the first (or the only) one, when nothing can have come of it yet."""
    return where(tables, wave)[1] == 0


def totals(overview: pl.DataFrame) -> pl.DataFrame:
    """`overview` as it leaves, in files and on the command line."""
    return overview.drop("rule", "hidden").rename({"left_out": "pilots_withheld", "unknown": "pilots_unknown"})


def results(tables: Tables, wave: str | None, seen: pl.DataFrame) -> pl.DataFrame:
    """The cells up to a wave as they leave: one row a result, with its evidence.

    Columns `theme` and `partner` in words, `indicator`, `pilot`, `wave`, `value`, `shown` (words in the place of a withheld
    value), `unit`, `n`, `target`, `evidence`, `source`.
    """
    order, at = where(tables, wave)
    partner = tables.organisations.select(organisation="id", partner="name")
    return (
        seen.filter(pl.col("wave").is_in(order[: at + 1]))
        .join(partner, on="organisation", how="left", maintain_order="left")
        .select(
            pl.col("theme").cast(pl.String).replace(THEMES), "partner", indicator="name", pilot="pilot_name", wave="wave_name",
            value="value", shown="shown", unit="unit", n="n", target="aim", evidence="evidence", source="source_url",
        )
    )  # fmt: skip
