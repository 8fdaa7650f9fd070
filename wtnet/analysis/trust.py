"""Can a change between two waves (or the figures of the only wave) be trusted: what speaks for it and against it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from wtnet.analysis import leaving_out
from wtnet.analysis.bounds import Bounds, bounds
from wtnet.measures import change, disclosure, uncertainty
from wtnet.measures.cuts import LEAST
from wtnet.measures.pair_states import KNOWN_NOW, STILL_THERE, states
from wtnet.measures.taking_part import taking_part
from wtnet.network import Network

NARROWER = "Withheld: it rests on some of the partnerships alone, or on single answers; that is for the programme lead."


@dataclass(frozen=True)
class Response:
    """Who was asked in a wave, and how many answered; `survey` is false where nobody was; null and `withheld` where a share of so
    few would tell who did not."""

    survey: bool
    asked: int | None = None
    answered: int | None = None
    withheld: str | None = None


@dataclass(frozen=True)
class Interval:
    """A figure, in both waves where there are two, with the 95 % interval of its change (or of itself); null where unknown."""

    before: float | None
    after: float | None
    change: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Reports:
    """What the same partner said of the same partner in both waves: how many such answers, and their mean in each."""

    number: int
    before: float
    after: float


@dataclass(frozen=True)
class Trust:
    """What speaks for and against a change of mean strength between two waves; of one wave, what its mean rests on.

    asked: of each wave looked at; partners: with a partnership in either; ties, one_sided, unrated: partnerships of the later
    wave, those that one side alone rated, those without a known strength (both of the whole programme alone); strength,
    crossing: mean strength and share across kinds, with interval. bounds: of what became of pairs; reports: the same answers;
    without_one: least and most mean change of the pairs rated in both waves without any one partner. withheld: why others than
    the lead do not see how strength changed; narrower: why they do not see what rests on some of the partnerships. Null where
    there is one wave, or withheld.
    """

    asked: tuple[Response, ...]
    partners: int
    ties: int
    one_sided: int | None
    unrated: int | None
    strength: Interval | None
    crossing: Interval | None
    bounds: Bounds | None = None
    reports: Reports | None = None
    without_one: tuple[float, float] | None = None
    withheld: str | None = None
    narrower: str | None = None

    @property
    def two_waves(self) -> bool:
        """Whether a change is looked at."""
        return len(self.asked) > 1


def weigh(before: Network | None, after: Network, draws: int | None = None) -> Trust:
    """Put together what a change from `before` to `after` rests on; with no wave before, what the figures of `after` rest on.

    Everything by the rules of disclosure: others than the lead have her figure, rounded, or none.
    """
    sides = [after] if before is None else [before, after]
    why = next(filter(None, (disclosure.reason(network) for network in sides)), None)
    silence = why or disclosure.response_reason(after)
    everything = disclosure.everything(after).ties
    basis = everything["basis"]
    trust = Trust(
        asked=tuple(_asked(network) for network in sides),
        partners=len({end for network in sides for pair in network.graph.edges for end in pair}),
        ties=after.ties.height,
        one_sided=None if silence else int((basis == "one-sided").sum()),
        unrated=None if silence else everything["strength"].null_count(),
        strength=None,
        crossing=None,
        withheld=why,
        narrower=NARROWER if after.tables.audience != "lead" else None,
    )
    if before is None:
        return replace(trust, **_figures(uncertainty.intervals(after, draws), changes=False))
    changes = uncertainty.change_intervals(before, after, draws)
    return replace(trust, **_figures(changes, changes=True), **_pairs(before, after))


def _asked(network: Network) -> Response:
    taking = taking_part(network)
    if not taking.survey:
        return Response(False)
    if why := disclosure.response_reason(network):
        return Response(True, withheld=why)
    return Response(True, int(taking.asked.sum()), int((taking.asked & taking.answered).sum()))


def _figures(intervals: pl.DataFrame, changes: bool) -> dict[str, Any]:
    """Mean strength and the share across kinds, of the `changes` between two waves or of one wave, with their intervals."""
    rows = {
        measure: Interval(*figures) if changes else Interval(None, figures[0], None, *figures[1:3])
        for measure, *figures in intervals.iter_rows()
    }
    return {"strength": rows.get("mean_strength"), "crossing": rows.get("cross_sector_share")}


def _pairs(before: Network, after: Network) -> dict[str, Any]:
    """What became of pairs: all of it for the lead; for others how many, where that is shown."""
    if after.tables.audience == "lead":
        pairs = states(before, after)
        without = leaving_out.change_without_one(pairs)
        return {"bounds": bounds(pairs), "reports": _same_reports(before, after), "without_one": without}
    number = change.counts(before, after)
    if KNOWN_NOW in number or STILL_THERE in number:
        return {}
    known = number["stronger"] + number["weaker"] + number["unchanged"]
    unknown = sum(number[state] for state in ("unknown", "first rated", "no longer rated", "documented only"))
    apart = abs(number["stronger"] - number["weaker"])
    counted = (known, number["stronger"], number["weaker"], number["unchanged"], unknown, number["new"], number["ended"])
    return {"bounds": Bounds(*counted, undo=apart or None)}


def _same_reports(before: Network, after: Network) -> Reports | None:
    """The answers that the same partner gave of the same partner in both waves (0 where it says there is no partnership)."""
    columns = ["rater", "partner", "strength"]
    first, second = (network.directed.select(columns).drop_nulls() for network in (before, after))
    both = first.join(second, on=["rater", "partner"], suffix="_after")
    if both.height < LEAST:
        return None
    mean = both.select(pl.col("strength", "strength_after").mean()).row(0)
    return Reports(both.height, *mean)
