"""What a change of strength could be at most and at least, whatever the partnerships of unknown change did.

No assumption is made on why somebody did not answer: the unknown strength may be anything from 0 to 1 (Manski 1990, American
Economic Review 80(2); 2003, Partial Identification of Probability Distributions).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from wtnet.measures.pair_states import RATED_TWICE


@dataclass(frozen=True)
class Bounds:
    """The partnerships rated in both waves, and those there in either wave of which the change is not known.

    stronger, weaker, unchanged: of the `known` ones (by 0.1 or more); unknown: the others; before, after: mean strength of
    the known ones; change: its difference; low, high: what the mean change of known and unknown together would be if every
    unknown strength were the worst, the best it could be; absent: if each was no partnership where its strength is not known.
    new, ended: partnerships known to be in one wave alone, which are neither.
    undo: how many of the unknown would have to have grown weaker (the rest unchanged) for those that grew stronger to be no more
    than those that grew weaker, or the other way round where more grew weaker; more than `unknown`: not all of them
    would do. undo_mean: the same for the sign of the mean change, each having moved as far as it could. All null without a
    known pair; the two also where there is nothing to undo.
    """

    known: int
    stronger: int
    weaker: int
    unchanged: int
    unknown: int
    new: int
    ended: int
    before: float | None = None
    after: float | None = None
    change: float | None = None
    low: float | None = None
    high: float | None = None
    absent: float | None = None
    undo: int | None = None
    undo_mean: int | None = None

    @property
    def undo_share(self) -> float | None:
        """The share of the unknown that it takes, by the count; above 1: not all of them would do; null without any."""
        return self.undo / self.unknown if self.undo is not None and self.unknown else None


def bounds(states: pl.DataFrame) -> Bounds:
    """The bounds of what became of pairs (`measures.pair_states.states`, as the lead has it)."""
    number = dict(states.group_by("state").len().iter_rows())
    twice = states.filter(pl.col("state").is_in(RATED_TWICE))
    open_ = states.filter(~pl.col("state").is_in([*RATED_TWICE, "new", "ended"]))
    stronger, weaker, unchanged = (number.get(state, 0) for state in RATED_TWICE)
    counted = (twice.height, stronger, weaker, unchanged, open_.height, number.get("new", 0), number.get("ended", 0))
    if not twice.height:
        return Bounds(*counted)
    difference = twice["difference"].to_numpy()
    before, after = (open_[side].to_numpy() for side in ("before", "after"))
    least = np.nan_to_num(after, nan=0.0) - np.nan_to_num(before, nan=1.0)
    most = np.nan_to_num(after, nan=1.0) - np.nan_to_num(before, nan=0.0)
    absent = np.nan_to_num(after) - np.nan_to_num(before)
    total, everything = float(difference.sum()), len(difference) + len(least)
    change = total / len(difference)
    against = -least if change > 0 else most
    return Bounds(
        *counted,
        before=float(twice["before"].mean()),  # type: ignore[arg-type]
        after=float(twice["after"].mean()),  # type: ignore[arg-type]
        change=change,
        low=(total + float(least.sum())) / everything,
        high=(total + float(most.sum())) / everything,
        absent=(total + float(absent.sum())) / everything,
        undo=abs(stronger - weaker) if stronger != weaker else None,
        undo_mean=_needed(abs(total), against) if abs(total) > 1e-12 else None,
    )


def _needed(total: float, against: np.ndarray) -> int:
    """How many of the largest steps against it take a total to 0; one more than there are where all do not."""
    reached = np.cumsum(-np.sort(-np.clip(against, 0, None)))
    return int(np.searchsorted(reached, total - 1e-12)) + 1
