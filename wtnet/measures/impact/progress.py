"""What came of it: each indicator's way from baseline to target, for each pilot and for any cut of them.

`cells` are the results with everything around them; `cut` keeps what is looked at; `progress` says where each pilot stands,
`overview` where a cut stands, and `total` makes one figure out of several as far as what was measured allows.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

import polars as pl

from wtnet.measures.impact import levels, states, timing
from wtnet.measures.impact.cells import KEY, baselines, cells, in_order, latest
from wtnet.measures.impact.overview import overview, totals, with_intervals
from wtnet.measures.impact.states import BANDS, MET, band
from wtnet.measures.impact.timing import locate_wave
from wtnet.measures.impact.total import CUTS, total
from wtnet.tables import Tables, instruments
from wtnet.tables.columns import THEMES
from wtnet.tables.model import STATES

__all__ = [
    "BANDS",
    "CUTS",
    "MET",
    "STATES",
    "ImpactSummary",
    "band",
    "cells",
    "cut",
    "late",
    "leaving",
    "locate_wave",
    "overview",
    "progress",
    "results",
    "starts",
    "summarise",
    "total",
    "totals",
]


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


@dataclass(frozen=True, eq=False)
class ImpactSummary:
    """One cut in one wave: its `cells` up to it, where each pilot stands (`progress`), and all of them together (`overview`)."""

    cells: pl.DataFrame
    progress: pl.DataFrame
    _overview: Callable[[], pl.DataFrame]

    @cached_property
    def overview(self) -> pl.DataFrame:
        """Where all of them stand together, worked out when it is first asked for."""
        return self._overview()


def summarise(tables: Tables, wave: str | None, seen: pl.DataFrame, choice: Mapping[str, Collection[str]]) -> ImpactSummary:
    """What a person looks at: `choice` names arguments of `cut`; `seen` is what the audience may see of the cells.

    Indicators of the chosen themes that nobody in the cut has measured are in both frames, without data.
    """
    kept = cut(seen, **choice)

    def chosen(frame: pl.DataFrame) -> pl.DataFrame:
        for column, name in (("theme", "themes"), ("indicator", "indicators")):
            if choice.get(name):
                frame = frame.filter(pl.col(column).cast(pl.String).is_in(list(choice[name])))
        return frame

    by_then = kept.filter(pl.col("at") <= locate_wave(tables, wave)[1])
    return ImpactSummary(by_then, chosen(progress(tables, wave, kept)), lambda: chosen(overview(tables, wave, kept)))


def progress(tables: Tables, wave: str | None = None, seen: pl.DataFrame | None = None) -> pl.DataFrame:
    """Where each indicator of each pilot stands at a wave (the last one if none is given).

    `seen` is what may be looked at: the cells of a cut, suppressed where the audience is not the lead (all cells if none
    is given). One row per indicator and pilot with a result among them, and one with a null pilot for an indicator without.
    Columns: `theme`, `indicator`, `name`, `unit`, `better`, `instrument`, `pilot`, `pilot_name`, `baseline`, `latest`,
    `latest_wave`, `target`, `n` (behind `latest`, else behind `baseline`), `progress`, `elapsed`, `state`, `low` and `high` (the
    95 % interval of `latest`), `change`, `change_low`, `change_high`, `same_people` (latest − baseline, its interval, and whether
    it is of the same people), `rule`, `about_people`, `band` (of `latest`), `caution` (words or null), `baseline_n`,
    `baseline_shown` and `latest_shown` (words in the place of a withheld value), `evidence` and `source_url` (of `latest`, else
    of `baseline`); and `all_rows`, `all_met`, `all_aimed`, for `tallies`.

    The *baseline* is the value in the programme's first wave with results; the *latest* is the last value after it, up to the
    wave looked at (with one wave only, its value is the latest and there is no baseline). *Progress* is (latest − baseline)
    / (target − baseline): 0 at the baseline, 1 at the target, whichever direction is better; null where one of the
    three is not known or the baseline is at the target already, or beyond it.

    *State*, the first that fits: `no_data` without a value since the baseline; `withheld` where baseline or latest is not for
    this audience; `too_few` for SWEMWBS with fewer than 30 people at either point; `no_target` without a target, or where neither
    direction is better; `met_from_start` if baseline and latest are at the target or beyond, `met` if the latest is.

    While there is time: `on_track` if progress is at least `elapsed`, the share of the time from the first wave to the pilot's
    end that had passed when the latest value was measured (unknown dates: if anything was gained); `no_baseline` if there is
    nothing to measure the way from; else `behind`. When the pilot is over (see `timing`): `no_data` if the latest value is from
    before; `nearly` if the target lies in the interval of the latest value, which is nearer to it than to the baseline if that
    is known, or, where there is no interval, at least 95 % of the way is done, and it is no worse than at the start (or
    started at the target); `fell` if it is worse than at the start and the
    interval of the change, if known, leaves out 0; else `not_met`.
    """
    aims, n, state = _steps()
    frame = _from_baseline_to_latest(tables, wave, cells(tables) if seen is None else seen)
    frame = with_intervals(frame.with_columns(**aims), "baseline_n", "baseline_sd", "people", "latest_sd")
    frame = (
        frame.with_columns(**n)
        .with_columns(**state)
        .with_columns(caution=states.caution(), all_rows=pl.lit(levels.of_pilots(tables).select(KEY).unique().height))
    )
    columns = ["theme", "indicator", "name", "unit", "better", "instrument", "pilot", "pilot_name", "baseline", "latest"]
    columns += ["latest_wave", "target", "n", "progress", "elapsed", "state", "low", "high", "change", "change_low"]
    columns += ["change_high", "same_people", "rule", "about_people", "band", "caution", "baseline_n", "baseline_shown"]
    columns += ["latest_shown", "evidence", "source_url", "all_rows", "all_met", "all_aimed"]
    return in_order(frame, tables, "pilot").select(columns)


@cache
def _steps() -> list[dict[str, pl.Expr]]:
    """What is worked out from the first and the last result, each step from the columns of those before it."""
    target = pl.coalesce("aim", "common_target")
    way = {name: pl.col(name) for name in ("baseline", "latest", "better")}
    was_hidden, hidden = (pl.col(f"{name}_shown").is_not_null() for name in ("baseline", "latest"))
    small = states.too_few(pl.col("rule"), pl.col("baseline_n"), pl.col("n"))
    return [
        {
            "target": target,
            "people": pl.when(~hidden).then("latest_n"),
            "band": states.bands("latest"),
            "progress": states.progress(**way, target=target),
        },
        {
            "n": pl.when(~hidden).then(pl.coalesce("latest_n", "baseline_n")),
            "evidence": pl.coalesce("evidence", "baseline_evidence"),
            "source_url": pl.coalesce("source_url", "baseline_source"),
        },
        {"state": states.state(small=small, withheld=was_hidden | hidden, latest_withheld=hidden)},
    ]


_OF_ALL = ("all_met", "all_aimed")


def leaving(frame: pl.DataFrame) -> pl.DataFrame:
    """`progress` as it leaves, in files and on the command line."""
    return frame.drop("rule", "about_people", "all_rows", *_OF_ALL)


def _from_baseline_to_latest(tables: Tables, wave: str | None, results: pl.DataFrame) -> pl.DataFrame:
    """Each indicator and pilot with its first and last result, where they come from, and the share of time that has passed."""
    order, at = locate_wave(tables, wave)
    first = baselines(results, len(order)).select(
        *KEY,
        baseline="value",
        baseline_n="n",
        baseline_sd="sd",
        baseline_shown="shown",
        baseline_evidence="evidence",
        baseline_source="source_url",
    )
    newest = latest(results, at, len(order))
    last = newest.select(
        *KEY,
        "same_people",
        latest="value",
        latest_wave="wave",
        latest_n="n",
        latest_sd="sd",
        latest_shown="shown",
        evidence="evidence",
        source_url="source_url",
    )
    counts = [pl.col(name).list.get(at, null_on_oob=True) if at >= 0 else pl.lit(None, pl.Int64).alias(name) for name in _OF_ALL]
    pairs = results.select(*KEY, "pilot_name", "aim", *counts).unique(KEY, maintain_order=True)
    return (
        tables.indicators.with_columns(
            instruments.read(tables.indicators, "rule", "question", "aggregation", "part", "about_people")
        )
        .rename({"id": "indicator", "target": "common_target"})
        .join(pairs, on="indicator", how="left", maintain_order="left_right")
        .join(first, on=KEY, how="left")
        .join(last, on=KEY, how="left")
        .join(timing.standing(tables, wave, newest), on=KEY, how="left")
    )


def late(frame: pl.DataFrame, tables: Tables, wave: str | None = None) -> pl.DataFrame:
    """The rows of `progress` whose latest value is older than the wave looked at, or that have none; see `latest_wave`."""
    order, at = locate_wave(tables, wave)
    if at < 0:
        return frame.clear()
    return frame.filter(pl.col("pilot").is_not_null() & (pl.col("latest_wave").is_null() | (pl.col("latest_wave") != order[at])))


def starts(tables: Tables, wave: str | None) -> bool:
    """Whether the wave looked at is the first (or the only) one, when nothing can have come of it yet."""
    order, at = locate_wave(tables, wave)
    return bool(order) and at <= 0


def results(tables: Tables, wave: str | None, seen: pl.DataFrame) -> pl.DataFrame:
    """The cells up to a wave as they leave: one row a result, with its evidence.

    Columns `theme` and `partner` in words, `indicator`, `pilot`, `wave`, `value`, `shown` (words in the place of a withheld
    value), `unit`, `n`, `target`, `evidence`, `source`.
    """
    order, at = locate_wave(tables, wave)
    partner = tables.organisations.select(organisation="id", partner="name")
    return (
        seen.filter(pl.col("wave").is_in(order[: at + 1]))
        .join(partner, on="organisation", how="left", maintain_order="left")
        .select(
            pl.col("theme").cast(pl.String).replace(THEMES), "partner", indicator="name", pilot="pilot_name", wave="wave_name",
            value="value", shown="shown", unit="unit", n="n", target="aim", evidence="evidence", source="source_url",
        )
    )  # fmt: skip
