"""What partners who work together have in common, several things at once; whether they work together and how strongly, apart.

Pairs that somebody who was asked did not speak of are missing, not pairs without a partnership.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from wtnet.analysis.association import holm
from wtnet.analysis.mrqap import DRAWS, SEED, Coefficient, Regression, regress
from wtnet.analysis.qap import relation
from wtnet.measures import absence, disclosure
from wtnet.network import Network, asked, date_of, silent
from wtnet.tables import own, schema

MOST = 400
"""Of more partners it is not worked out: every pair is weighed in every draw."""
LEAST = 8
"""Fewer partners than this cannot carry a regression on several things."""
SHARED = {
    "pilot": "share a pilot",
    "place": "are in the same place",
    "kind": "are of the same kind",
    "activity": "met at an activity",
}
"""What two partners may have in common, as a verb; own fields besides, by "field:ID"."""
_FEW_VALUES = 20
"""A field with more different values than this tells partners from one another rather than what they share."""


@dataclass(frozen=True)
class Reasons:
    """Regressions on the same `names` (id: as a verb): of whether two partners work together (`existence`, logistic), and of how
    strongly those that do (`strength`, linear); null where it is not worked out, with the sentence `why`, or `withheld`, of
    strength alone: its coefficients are sums of answers about those who share a thing, be they two partners."""

    names: dict[str, str]
    existence: Regression | None = None
    strength: Regression | None = None
    why: str | None = None
    withheld: str | None = None


def reasons(network: Network, draws: int = DRAWS, seed: int = SEED) -> Reasons:
    """Regress existence and strength of partnerships on what partners have in common, by QAP with double semi-partialling."""
    n = network.graph.number_of_nodes()
    if why := disclosure.reason(network) or disclosure.silence_reason(network):
        return Reasons({}, why=why)
    if absence.documents_only(network):
        return Reasons({}, why=absence.NOT_BY_CHANCE)
    if not LEAST <= n <= MOST:
        return Reasons({}, why=f"This is worked out for {LEAST} to {MOST:,} partners; there are {n:,}.")
    partners, shared, names = common(network)
    whether = regress(existence(network, partners), shared, True, False, draws, seed)
    if network.exact is not None:
        return Reasons(names, _rounded(whether), withheld=disclosure.SINGLE)
    return Reasons(names, whether, regress(strengths(network, partners), shared, False, False, draws, seed))


def existence(network: Network, partners: list[str]) -> np.ndarray:
    """Whether each two partners work together (1 or 0); NaN where there is no tie and somebody who was asked kept silent, or
    where neither was asked."""
    at = {partner: number for number, partner in enumerate(partners)}
    quiet, roster = silent(network.tables, network.wave), asked(network.tables, network.wave)
    unheard = np.array([partner in quiet for partner in partners], dtype=bool)
    matrix = np.where(unheard[:, None] | unheard[None, :], np.nan, 0.0)
    if roster.known:
        outside = np.array([partner not in roster.partners for partner in partners], dtype=bool)
        matrix[outside[:, None] & outside[None, :]] = np.nan
    for source, target in network.graph.subgraph(partners).edges:
        matrix[at[source], at[target]] = matrix[at[target], at[source]] = 1.0
    return matrix


def strengths(network: Network, partners: list[str]) -> np.ndarray:
    """How strong each partnership is; NaN where there is none, or where it is not known."""
    at = {partner: number for number, partner in enumerate(partners)}
    matrix = np.full((len(partners), len(partners)), np.nan)
    for source, target, strength in disclosure.figures(network).graph.subgraph(partners).edges(data="strength"):
        if strength is not None:
            matrix[at[source], at[target]] = matrix[at[target], at[source]] = strength
    return matrix


def common(network: Network) -> tuple[list[str], dict[str, np.ndarray], dict[str, str]]:
    """The partners, by the lead's ids; for each thing that two may have in common whether each two have it (1, 0; NaN where it is
    not known of either); and what it is called. What all or none have is left out."""
    partners, pilot = relation(network, "pilot")
    shared = {"pilot": pilot.astype(float)}
    graph = disclosure.everything(network).graph
    for what in ("place", "kind"):
        shared[what] = _alike([graph.nodes[partner][what] for partner in partners])
    shared["activity"] = _met(network, partners)
    names = dict(SHARED)
    for field, label, values in _fields(network, partners):
        shared[f"field:{field}"], names[f"field:{field}"] = _alike(values), f"have the same “{label}”"
    upper = np.triu_indices(len(partners), 1)
    varying = {what: matrix for what, matrix in shared.items() if np.unique(_known(matrix[upper])).size > 1}
    return partners, varying, {what: names[what] for what in varying}


def _known(values: np.ndarray) -> np.ndarray:
    return values[~np.isnan(values)]


def _alike(values: list[str | None]) -> np.ndarray:
    words = np.array([value or "" for value in values], dtype=str)
    unknown = words == ""
    return np.where(unknown[:, None] | unknown[None, :], np.nan, (words[:, None] == words[None, :]).astype(float))


def _met(network: Network, partners: list[str]) -> np.ndarray:
    """Whether each two took part in one activity up to the wave, as `activities.met_at` counts it."""
    tables, day = network.tables.known, date_of(network.tables, network.wave)
    activities = tables["activities"]
    if day is not None:
        activities = activities.filter((pl.coalesce("ends", "starts") <= day).fill_null(True))
    written = network.tables.known.lead_ids
    at = {written.get(partner, partner): number for number, partner in enumerate(partners)} | {
        partner: number for number, partner in enumerate(partners)
    }
    number = {activity: place for place, activity in enumerate(activities["id"])}
    there = np.zeros((len(partners), len(number)), dtype=np.float32)
    for activity, organisation in tables["attendances"].select("activity", "organisation").iter_rows():
        if activity in number and organisation in at:
            there[at[organisation], number[activity]] = 1
    return (there @ there.T > 0).astype(float)


def _fields(network: Network, partners: list[str]) -> list[tuple[str, str, list[str | None]]]:
    """The fields of partners that are words, of few different values: id, label, value of each partner."""
    tables = network.tables
    fields = tables["fields"].filter(pl.col("table") == "organisations", (pl.col("type") == "category").fill_null(False))
    given = {partner: own.decode(cell) for partner, cell in tables.organisations.select("id", schema.OWN).iter_rows()}
    fields_of_few = []
    for field, label in fields.select("id", "label").iter_rows():
        values = [given.get(partner, {}).get(field, "").strip() or None for partner in partners]
        if 1 < len({value for value in values if value}) <= _FEW_VALUES:
            fields_of_few.append((field, label, values))
    return fields_of_few


def _rounded(regression: Regression) -> Regression:
    """A regression as others than the lead read it."""
    coefficients = tuple(
        Coefficient(each.name, disclosure.rounded(each.value), disclosure.rounded(each.statistic), each.p)
        for each in regression.coefficients
    )
    return Regression(coefficients, disclosure.rounded(regression.intercept), regression.cells, regression.draws)


def table(summary: Reasons) -> pl.DataFrame:
    """A row a thing in common: two partners (words); odds (times those of other pairs, the rest being equal), odds_p, odds_holm;
    strength (more of 0–1 among those who work together), strength_p, strength_holm (not there where withheld); null where it
    cannot be told."""
    rows: dict[str, dict[str, object]] = {what: {"two partners": words} for what, words in summary.names.items()}
    for column, regression in (("odds", summary.existence), ("strength", summary.strength)):
        coefficients = regression.coefficients if regression else ()
        allowing = holm([each.p for each in coefficients])
        for each, p_holm in zip(coefficients, allowing, strict=True):
            value = each.value if each.value is None or column == "strength" else float(np.exp(each.value))
            rows[each.name] |= {column: value, f"{column}_p": each.p, f"{column}_holm": p_holm}
    columns = ("odds",) if summary.withheld else ("odds", "strength")
    numbers = [f"{column}{end}" for column in columns for end in ("", "_p", "_holm")]
    schema = {"two partners": pl.String} | dict.fromkeys(numbers, pl.Float64)
    return pl.DataFrame(list(rows.values()), schema=schema)
