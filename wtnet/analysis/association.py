"""Strength beside impact: whether stronger partnerships go with better results, and how far so few points can say so.

Rank correlation (Spearman 1904) with a permutation test and a bootstrap interval. A pilot's result belongs to all its
partners, so partners of one pilot are not independent evidence: whatever the unit, it is results that are shuffled and
resampled, each together with everyone it belongs to. With pilots as the unit that is the ordinary test.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import polars as pl

from wtnet.analysis.rank_correlation import dealt, interval, shuffled, spearman
from wtnet.errors import InvalidRequest
from wtnet.measures import uncertainty
from wtnet.measures.disclosure import DIGITS, edges_reason, everything, reason, shows_partner
from wtnet.measures.impact import levels
from wtnet.measures.impact.total import weights
from wtnet.network import Network, at
from wtnet.strength import mean_known
from wtnet.tables import instruments
from wtnet.tables.pilots import members_by_pilot
from wtnet.tables.rounding import rounded, rounded_column

UNITS = {"pilot": "pilots", "partner": "partners"}
AGAINST = {"change": "change since the baseline", "progress": "progress to the target"}
DRAWS, SEED = 10_000, 1904
EXACT = 8
"""Up to this many results every order is tried; beyond, a sample of them."""
FEW = 10
"""Fewer results than this cannot settle anything, and the words say so."""
SOME_RESULTS = "Withheld: some of its results are, and without them the figure would be another."
SOME_POINTS = "Withheld: so few organisations' answers are in some of its points that one of them could be worked out."


@dataclass(frozen=True, eq=False)
class Association:
    """What `associate` found.

    points: see there; n: points; results: the independent results behind them (n, if the unit is the pilot); rho:
    Spearman's ρ; low, high: 95 % percentile bootstrap interval; p: two-sided; exact: whether every order was tried;
    draws: orders tried. rho, low, high and p are null where they cannot be worked out (fewer than three results, or no
    variation); the interval also with fewer than `uncertainty.FEW` results. withheld: why others than the lead do not see
    them, as a sentence:
    a correlation without what is kept back would be another figure.
    """

    unit: str
    against: str
    indicator: str
    name: str
    better: str | None
    points: pl.DataFrame
    n: int
    results: int
    rho: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    exact: bool = False
    draws: int = 0
    withheld: str | None = None


def points(
    network: Network, progress: pl.DataFrame, indicator: str, unit: str = "pilot", against: str = "change"
) -> pl.DataFrame:
    """Strength and result of each pilot or partner that has both.

    `progress` is the frame of `measures.impact.progress`. Columns: id, name; strength (0–1: mean over the ties of known
    strength among those involved in the pilot, or over the ties of the partner); ties (how many those are); value (the
    change, turned so that up is better, or the progress); n (people behind it); sources, values and weights (the pilots
    whose results these are, the results, and what each counts). A partner has the change of its pilots put together as the
    indicator says (`total.weights`; it is left out where they are not), and the mean of their progress; a result that names
    one organisation belongs to that partner alone.
    """
    _known(unit, against)
    results = _results(network, progress, indicator)
    value = pl.col("progress")
    if against == "change":
        change = pl.col("latest") - pl.col("baseline")
        value = pl.when(pl.col("better") == "lower").then(0 - change).otherwise(change)
    results = results.select("pilot", "n", value=value).filter(pl.col("value").is_not_null())
    rows = _pilots(network, results) if unit == "pilot" else _partners(network, results, indicator, against)
    columns: dict[str, Any] = {"id": pl.String, "name": pl.String, "strength": pl.Float64, "ties": pl.Int64, "value": pl.Float64}
    return pl.DataFrame(
        rows,
        schema=columns
        | {"n": pl.Int64, "sources": pl.List(pl.String)}
        | dict.fromkeys(("values", "weights"), pl.List(pl.Float64)),
        orient="row",
    )


def _results(network: Network, progress: pl.DataFrame, indicator: str) -> pl.DataFrame:
    """The rows of `progress` of one indicator, of the pilots in scope."""
    inside = pl.col("pilot").is_in(network.scope.pilots) if network.scope.pilots else pl.col("pilot").is_not_null()
    return progress.filter(pl.col("indicator") == indicator, inside)


def _known(unit: str, against: str) -> None:
    for what, word, choices in (("unit", unit, UNITS), ("result", against, AGAINST)):
        if word not in choices:
            raise InvalidRequest(f"There is no {what} “{word}” to compare strength by; choose one of {', '.join(choices)}.")


def _pilots(network: Network, results: pl.DataFrame) -> list[tuple[object, ...]]:
    names = network.tables.names("pilots")
    inside = members_by_pilot(network.tables)
    rows: list[tuple[object, ...]] = []
    for pilot, n, value in results.select("pilot", "n", "value").iter_rows():
        among = everything(network).graph.subgraph([partner for partner in inside.get(pilot, []) if partner in network.graph])
        known = [strength for _, _, strength in among.edges(data="strength") if strength is not None]
        if known and not edges_reason(network, among.edges):
            rows.append((pilot, names.get(pilot, pilot), mean_known(known), len(known), value, n, [pilot], [value], [1.0]))
    return rows


def _partners(network: Network, results: pl.DataFrame, indicator: str, against: str) -> list[tuple[object, ...]]:
    about = network.tables.indicators.filter(pl.col("id") == indicator).select(instruments.aggregation())
    together = str(about.item()) if about.height else "none"
    named = levels.of_pilots(network.tables).filter((pl.col("indicator") == indicator) & pl.col("organisation").is_not_null())
    own = dict(named.select("pilot", "organisation").iter_rows())
    values = {pilot: (value, n) for pilot, n, value in results.select("pilot", "n", "value").iter_rows()}
    part: dict[str, list[str]] = {}
    for pilot, partners in members_by_pilot(network.tables).items():
        if pilot in values:
            for partner in [own[pilot]] if pilot in own else partners:
                part.setdefault(partner, []).append(pilot)
    rows: list[tuple[object, ...]] = []
    strengths = everything(network).graph
    for partner in network.graph:
        known = [tie["strength"] for tie in strengths[partner].values() if tie["strength"] is not None]
        if known and partner in part and shows_partner(network, partner):
            given = [values[pilot] for pilot in part[partner]]
            people = [n for _, n in given if n is not None]
            mine = [value for value, _ in given]
            counted = [1 / len(mine)] * len(mine) if against == "progress" else weights(together, [n for _, n in given])
            if counted is None:
                continue
            strength, value = mean_known(known), sum(each * weight for each, weight in zip(mine, counted, strict=True))
            behind = sum(people) if people else None
            name = network.graph.nodes[partner]["name"]
            rows.append((partner, name, strength, len(known), value, behind, part[partner], mine, counted))
    return rows


def associate(
    network: Network,
    progress: pl.DataFrame,
    indicator: str,
    unit: str = "pilot",
    against: str = "change",
    draws: int = DRAWS,
    seed: int = SEED,
) -> Association:
    """Spearman's ρ between strength and an indicator's change or progress, with its interval and permutation p.

    Exact for up to eight results (p = share of all orders at least as far from 0), else from `draws` random orders with
    a fixed seed, p = (1 + hits) / (1 + draws). An unknown indicator is an InvalidRequest.
    """
    about = network.tables["indicators"].filter(pl.col("id") == indicator)
    if not about.height:
        known = ", ".join(network.tables["indicators"]["id"].head(12)) or "none yet"
        raise InvalidRequest(f"There is no indicator “{indicator}”; choose one of {known}.")
    hidden = _withheld(network, progress, indicator)
    pairs = points(network, progress, indicator, unit, against)
    if hidden or (network.exact is not None and pairs.height < points(network.exact, progress, indicator, unit, against).height):
        shown = pairs.with_columns(rounded_column("strength", DIGITS))
        name, better = str(about["name"][0]), about["better"][0]
        return Association(unit, against, indicator, name, better, shown, shown.height, 0, withheld=hidden or SOME_POINTS)
    sources = sorted({source for row in pairs["sources"] for source in row})
    base = Association(unit, against, indicator, str(about["name"][0]), about["better"][0], pairs, pairs.height, len(sources))
    share, value = _shares(pairs, sources)
    rho = spearman(pairs["strength"].to_numpy(), dealt(share, value[None])[0]) if len(sources) >= 3 else None
    if rho is None:
        return base
    exact = len(sources) <= EXACT
    drawn = shuffled(pairs["strength"].to_numpy(), share, value, exact, draws, seed)
    hits = int((np.abs(drawn) >= abs(rho) - 1e-12).sum())
    p = hits / len(drawn) if exact else (1 + hits) / (1 + len(drawn))
    low, high = interval(pairs, seed) if len(sources) >= uncertainty.FEW else (None, None)
    if network.exact is not None:
        base = replace(base, points=pairs.with_columns(rounded_column("strength", DIGITS)))
        rho, p = rounded(rho, 3), rounded(p, 3)
        low, high = (bound if bound is None else rounded(bound, 3) for bound in (low, high))
    return replace(base, rho=rho, low=low, high=high, p=p, exact=exact, draws=len(drawn))


def _withheld(network: Network, progress: pl.DataFrame, indicator: str) -> str | None:
    """Why the correlation with an indicator is withheld; null where it is shown."""
    if network.tables.audience == "lead":
        return None
    hidden = pl.col("baseline_shown").is_not_null() | pl.col("latest_shown").is_not_null()
    if progress.filter(pl.col("indicator") == indicator).filter(hidden).height:
        return SOME_RESULTS
    return reason(network)


def _shares(pairs: pl.DataFrame, sources: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """What each result counts in each point (points × results), and the results themselves."""
    at_source = {source: place for place, source in enumerate(sources)}
    share, value = np.zeros((pairs.height, len(sources))), np.zeros(len(sources))
    for row, (mine, values, counted) in enumerate(pairs.select("sources", "values", "weights").iter_rows()):
        for source, each, weight in zip(mine, values, counted, strict=True):
            share[row, at_source[source]] = weight
            value[at_source[source]] = each
    return share, value


def strength_intervals(network: Network, pilots: list[str]) -> dict[str, tuple[float, float]]:
    """95 % vertex-bootstrap interval of the mean strength within each pilot, where there is one."""
    bounds = {}
    for pilot in pilots:
        row = uncertainty.intervals(at(network, network.wave, pilots=(pilot,), focus=())).row(1, named=True)
        if row["low"] is not None:
            bounds[pilot] = (row["low"], row["high"])
    return bounds


def overview(network: Network, progress: pl.DataFrame, unit: str = "pilot", against: str = "change") -> pl.DataFrame:
    """Every indicator at once: indicator, name, n, results, rho, low, high, p, withheld, p_holm; in the order of the indicators.

    `p_holm` allows for asking about so many indicators (Holm 1979): the chance that any of them would look so clear. Where a
    result of an indicator is withheld, `withheld` says so, its figures are null, and so is `p_holm` of all.
    """
    rows = []
    for indicator in network.tables["indicators"]["id"]:
        association = associate(network, progress, indicator, unit, against)
        secret = association.withheld is not None
        rows.append(
            (
                indicator,
                association.name,
                None if secret else association.n,
                None if secret else association.results,
                association.rho,
                association.low,
                association.high,
                association.p,
                secret,
            )
        )
    columns = {"indicator": pl.String, "name": pl.String, "n": pl.Int64, "results": pl.Int64}
    columns |= dict.fromkeys(("rho", "low", "high", "p"), pl.Float64)
    frame = pl.DataFrame(rows, schema=columns | {"withheld": pl.Boolean}, orient="row")
    allowing = [None] * frame.height if frame["withheld"].any() else holm(frame["p"].to_list())
    return frame.with_columns(pl.Series("p_holm", allowing, dtype=pl.Float64))


def holm(p: list[float | None]) -> list[float | None]:
    """p allowing for how many there are (Holm 1979, Scandinavian Journal of Statistics 6(2)); null where p is."""
    known = sorted((value, place) for place, value in enumerate(p) if value is not None)
    allowing: list[float | None] = [None] * len(p)
    worst = 0.0
    for rank, (value, place) in enumerate(known):
        worst = max(worst, min(1.0, value * (len(known) - rank)))
        allowing[place] = worst
    return allowing
