"""What came of it: each indicator's way from baseline to target, for each pilot and for any cut of them.

`cells` are the results with everything around them; `cut` keeps what is looked at; `progress` says where each pilot stands,
`overview` where a cut stands, and `total` makes one figure out of several as far as what was measured allows.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

import polars as pl

from wtnet.measures.impact import states
from wtnet.measures.impact.cells import KEY, baselines, cells, elapsed, in_order, latest, locate_wave
from wtnet.measures.impact.overview import overview, totals
from wtnet.measures.impact.states import BANDS, band
from wtnet.measures.impact.total import CUTS, total
from wtnet.tables import Tables, instruments
from wtnet.tables.model import STATES, State
from wtnet.tables.schema import THEMES

__all__ = [
    "BANDS",
    "CUTS",
    "STATES",
    "ImpactSummary",
    "aimed",
    "band",
    "cells",
    "cut",
    "late",
    "locate_wave",
    "overview",
    "progress",
    "results",
    "starts",
    "summarise",
    "tally",
    "targets",
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


class ImpactSummary(NamedTuple):
    """One cut in one wave: its `cells` up to it, where each pilot stands (`progress`) and all of them together (`overview`)."""

    cells: pl.DataFrame
    progress: pl.DataFrame
    overview: pl.DataFrame


def summarise(tables: Tables, wave: str | None, seen: pl.DataFrame, choice: Mapping[str, Collection[str]]) -> ImpactSummary:
    """What a person looks at: `choice` names arguments of `cut`; `seen` is what the audience may see of the cells.

    Indicators of the chosen themes that nobody in the cut has measured are in both frames, without data.
    """
    kept = cut(seen, **choice)
    frames = [progress(tables, wave, kept), overview(tables, wave, kept)]
    for column, name in (("theme", "themes"), ("indicator", "indicators")):
        if choice.get(name):
            frames = [frame.filter(pl.col(column).cast(pl.String).is_in(list(choice[name]))) for frame in frames]
    return ImpactSummary(kept.filter(pl.col("at") <= locate_wave(tables, wave)[1]), *frames)


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
    way = {name: pl.col(name) for name in ("baseline", "latest", "target")}
    hidden = pl.col("latest_shown").is_not_null() | pl.col("baseline_shown").is_not_null()
    frame = (
        _from_baseline_to_latest(tables, wave, cells(tables) if seen is None else seen)
        .with_columns(
            target=pl.coalesce("aim", "common_target"),
            n=pl.when(pl.col("latest_shown").is_null()).then(pl.coalesce("latest_n", "baseline_n")),
            evidence=pl.coalesce("evidence", "baseline_evidence"),
            source_url=pl.coalesce("source_url", "baseline_source"),
            band=states.bands("latest"),
        )
        .with_columns(progress=states.progress(**way))
        .with_columns(
            state=states.state(
                **way,
                better=pl.col("better"),
                progress=pl.col("progress"),
                elapsed=pl.col("elapsed"),
                small=states.too_few(pl.col("rule"), pl.col("baseline_n"), pl.col("n")),
                withheld=hidden,
            )
        )
        .with_columns(caution=states.caution())
    )
    columns = ["theme", "indicator", "name", "unit", "better", "instrument", "pilot", "pilot_name", "baseline", "latest"]
    columns += ["latest_wave", "target", "n", "progress", "elapsed", "state", "rule", "band", "caution", "baseline_n"]
    columns += ["baseline_shown", "latest_shown", "evidence", "source_url"]
    return in_order(frame, tables, "pilot").select(columns)


def _from_baseline_to_latest(tables: Tables, wave: str | None, results: pl.DataFrame) -> pl.DataFrame:
    """Each indicator and pilot with its first and last result, where they come from, and the share of time that has passed."""
    order, at = locate_wave(tables, wave)
    first = baselines(results, len(order)).select(
        *KEY,
        baseline="value",
        baseline_n="n",
        baseline_shown="shown",
        baseline_evidence="evidence",
        baseline_source="source_url",
    )
    last = latest(results, at, len(order)).select(
        *KEY,
        latest="value",
        latest_wave="wave",
        latest_n="n",
        latest_shown="shown",
        evidence="evidence",
        source_url="source_url",
    )
    pairs = results.select(*KEY, "pilot_name", "aim").unique(KEY, maintain_order=True)
    return (
        tables.indicators.with_columns(instruments.rule().alias("rule"), instruments.question().alias("question"))
        .rename({"id": "indicator", "target": "common_target"})
        .join(pairs, on="indicator", how="left", maintain_order="left_right")
        .join(first, on=KEY, how="left")
        .join(last, on=KEY, how="left")
        .join(elapsed(tables, wave), on="pilot", how="left")
    )


def late(frame: pl.DataFrame, tables: Tables, wave: str | None = None) -> pl.DataFrame:
    """The rows of `progress` whose latest value is older than the wave looked at, or that have none; see `latest_wave`."""
    order, at = locate_wave(tables, wave)
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
    return locate_wave(tables, wave)[1] == 0


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
