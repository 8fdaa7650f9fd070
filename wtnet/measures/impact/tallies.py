"""How many targets are in which state, the same for every audience or withheld.

What is shown of some targets would not be the lead's count of all, and a count of all beside them can tell the state of a
withheld one. So a count over figures some of which are withheld is withheld too; but of the whole programme how many targets
are met, and how many there are, is told where at least two withheld targets are met and at least two are not.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import polars as pl

from wtnet.measures.impact import states, timing
from wtnet.measures.impact.progress import progress
from wtnet.tables import Tables
from wtnet.tables.model import STATES, State

LEAST = 2
"""So many withheld targets at least are met, and so many not, where a count over all is told."""


class Tally(NamedTuple):
    """How many of `aimed` targets are `met` (from the start among them); null where that is withheld."""

    met: int | None
    aimed: int | None


def by_state(frame: pl.DataFrame) -> dict[State, int]:
    """How many rows of `progress` are in each state as they are shown, in the order of `STATES`."""
    counts = dict(frame.group_by("state").len().iter_rows())
    return {state: counts.get(state, 0) for state in STATES}


def targets(frame: pl.DataFrame) -> pl.DataFrame:
    """The rows of `progress` that are a pilot's target which this audience may see decided: all with a pilot and a target but
    those too few to conclude or withheld, and those of which neither direction is better."""
    decided = ~pl.col("state").is_in(["no_target", "too_few", "withheld"])
    return frame.filter(decided, pl.col("pilot").is_not_null(), pl.col("target").is_not_null())


def too_few(frame: pl.DataFrame) -> int:
    """How many rows of `progress` are a pilot's target that rests on too few people to conclude."""
    return frame.filter(pl.col("state") == "too_few", pl.col("pilot").is_not_null(), pl.col("target").is_not_null()).height


def withheld(frame: pl.DataFrame) -> int:
    """How many rows of `progress` are targets whose state is not for this audience."""
    aims = pl.col("target").is_not_null() & pl.col("better").cast(pl.String).ne_missing("neither")
    return frame.filter(pl.col("state") == "withheld", pl.col("pilot").is_not_null(), aims).height


def tally(frame: pl.DataFrame) -> Tally:
    """How many targets are met among rows of `progress`, of how many: as the lead counts them, or withheld."""
    if not withheld(frame):
        aims = targets(frame)
        return Tally(aims.filter(pl.col("state").is_in(states.MET)).height, aims.height)
    rows = frame.filter(pl.col("pilot").is_not_null())
    if rows.height == rows["all_rows"][0]:
        return Tally(rows["all_met"][0], rows["all_aimed"][0])
    return Tally(None, None)


def publish(seen: pl.DataFrame, shown: Tables, tables: Tables, waves: Sequence[str]) -> pl.DataFrame:
    """The cells of an audience with what is told of the whole programme (`all_met`, `all_aimed`; see `cells.HIDDEN`).

    `seen` and `shown` are its cells and tables; `tables` are the whole ones, and `waves` their waves that count for results and
    that it may see, as many and in the same order as in `shown`.
    """
    if not seen["suppressed"].any():
        return seen
    from_all, from_seen = (
        [progress(tables, wave) for wave in waves],
        [progress(shown, wave, seen) for wave in timing.order(shown)],
    )
    counts = [_told(*both) for both in zip(from_all, from_seen, strict=True)] if len(from_all) == len(from_seen) else []
    lists = {"all_met": [each.met for each in counts], "all_aimed": [each.aimed for each in counts]}
    return seen.with_columns(pl.lit(counted, dtype=pl.List(pl.Int64)).alias(name) for name, counted in lists.items())


def _told(whole: pl.DataFrame, shown: pl.DataFrame) -> Tally:
    """The tally of the whole if it tells of no withheld target whether it is met. A target whose latest value is shown can be
    decided by anybody, whatever its baseline."""
    if whole.height != shown.height:
        return Tally(None, None)
    count = tally(whole)
    aims = shown.filter(pl.col("pilot").is_not_null(), pl.col("target").is_not_null(), pl.col("state") != "too_few")
    is_met = states.reached(*(pl.col(name) for name in ("latest", "target", "better", "baseline"))).fill_null(False)
    to_see = aims.filter(pl.col("latest_shown").is_null()).select(is_met.sum()).item()
    hidden = aims.filter(pl.col("latest_shown").is_not_null()).height
    met = (count.met or 0) - to_see
    safe = not hidden or LEAST <= met <= hidden - LEAST
    return count if safe else Tally(None, None)
