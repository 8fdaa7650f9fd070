"""Partnerships one by one: how strong, how alike the two sides see them, how they moved, and what puts them at risk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Literal, get_args

import polars as pl

from wtnet.measures import absence
from wtnet.measures.change import pairs
from wtnet.measures.pair_states import RATED_TWICE
from wtnet.network import Network, date_of
from wtnet.strength import COMPONENTS, WORDS, directed
from wtnet.tables import Tables, relationships
from wtnet.tables.own_scale import with_overall
from wtnet.tables.pilots import pilots_by_member
from wtnet.tables.sharing import FREELANCER

Risk = Literal["one_person", "pilots_ended", "documented_end"]
RISKS: tuple[Risk, ...] = get_args(Risk)
Order = Literal["strongest", "weakest", "several", "one_sided", "changed", "never_rated", "at_risk"]
ORDERS: tuple[Order, ...] = get_args(Order)
LEADS_ORDERS: tuple[Order, ...] = ("one_sided", "changed", "never_rated")
"""Orders that would tell what somebody answered, or that nobody did: for the lead alone."""


def partnerships(network: Network, before: Network | None = None) -> pl.DataFrame:
    """One row a partnership in scope, in the order of `network.ties`.

    Columns: source, target; source_name, target_name; source_kind, target_kind (ids); strength, forward, backward (0–1; null
    where unknown, and for others than the lead), word, basis, relationship; apart (how far the two sides are from each other,
    0–1; null unless both rated); changed (strength less that of `before`, of pairs rated in both waves; else null); rated
    (whether either side ever rated it, in any wave; null for others than the lead); risks (list of `RISKS`, empty for none).
    """
    kinds = dict(network.graph.nodes(data="kind"))
    frame = network.named_ties().select(
        "source", "target", "source_name", "target_name", "strength", "forward", "backward", "word", "basis", "relationship"
    )
    both = list(frame.select("source", "target").iter_rows())
    risky, rated = _risks(network), _rated(network.tables)
    lead = network.exact is None
    frame = frame.with_columns(
        pl.Series("source_kind", [kinds[source] for source, _ in both], dtype=pl.String),
        pl.Series("target_kind", [kinds[target] for _, target in both], dtype=pl.String),
        pl.Series("rated", [pair in rated if lead else None for pair in both], dtype=pl.Boolean),
        pl.Series("risks", [risky(*pair) for pair in both], dtype=pl.List(pl.String)),
        apart=(pl.col("forward") - pl.col("backward")).abs(),
    )
    return frame.join(_changes(before, network), on=["source", "target"], how="left", maintain_order="left")


def ordered(frame: pl.DataFrame, order: Order) -> pl.DataFrame:
    """The rows of `partnerships` an order is about, first what it asks for; what is not known stands last or is left out."""
    words = pl.col("word").cast(pl.Enum(WORDS)).to_physical()
    if order in ("strongest", "weakest"):
        return frame.sort("strength", words, descending=order == "strongest", nulls_last=True, maintain_order=True)
    if order == "several":
        kinds = pl.Series("_kinds", [len(relationships.kinds(cell)) for cell in frame["relationship"]], dtype=pl.Int64)
        rows = frame.with_columns(kinds).filter(pl.col("_kinds") > 1)
        return rows.sort("_kinds", descending=True, maintain_order=True).drop("_kinds")
    if order == "never_rated":
        return frame.filter(~pl.col("rated").fill_null(True))
    if order == "at_risk":
        number = pl.col("risks").list.len()
        rows = frame.filter(number > 0)
        return rows.sort(number, "strength", words, descending=True, nulls_last=True, maintain_order=True)
    column = "apart" if order == "one_sided" else "changed"
    return frame.filter(pl.col(column).is_not_null()).sort(pl.col(column).abs(), descending=True, maintain_order=True)


def _changes(before: Network | None, after: Network) -> pl.DataFrame:
    """source, target, changed: of pairs that were rated in both waves."""
    if before is None or after.exact is not None:
        return pl.DataFrame(schema={"source": pl.String, "target": pl.String, "changed": pl.Float64})
    twice = pairs(before, after).filter(pl.col("state").is_in(RATED_TWICE))
    return twice.select("source", "target", changed="difference")


def _rated(tables: Tables) -> set[tuple[str, str]]:
    """The pairs of which either side said anything in any wave."""
    given = directed(with_overall(tables, tables.ratings)).filter(pl.any_horizontal(pl.col(COMPONENTS).is_not_null()))
    return {(min(pair), max(pair)) for pair in given.select("rater", "partner").iter_rows()}


def _risks(network: Network) -> Callable[[str, str], list[Risk]]:
    """A function of two partners: what puts their partnership at risk.

    It is the only known partnership of one side, and the other is one person (not told where the record of partnerships is not
    complete); every pilot they share had ended by the day of the wave; every document on the two says that it ends.
    """
    tables, day = network.tables, date_of(network.tables, network.wave)
    kinds = dict(network.graph.nodes(data="kind"))
    ended = {pilot for pilot, ends in tables.pilots.select("id", "ends").iter_rows() if ends and day and ends < day}
    taking_part = {partner: set(own) for partner, own in pilots_by_member(tables).items()}
    ending, whole = _ending(tables, day), absence.ties(network) is None

    def leans(partner: str, other: str) -> bool:
        return network.graph.degree[partner] == 1 and kinds[other] == FREELANCER and kinds[partner] != FREELANCER

    def of(source: str, target: str) -> list[Risk]:
        pilots = taking_part.get(source, set()) & taking_part.get(target, set())
        risky: dict[Risk, bool] = {
            "one_person": whole and (leans(source, target) or leans(target, source)),
            "pilots_ended": bool(pilots) and pilots <= ended,
            "documented_end": (source, target) in ending,
        }
        return [risk for risk in RISKS if risky[risk]]

    return of


def _ending(tables: Tables, day: date | None) -> set[tuple[str, str]]:
    """The pairs of which every document says that it ends: with the programme, or on a day to come (or any, without a `day`)."""
    ends: dict[tuple[str, str], bool] = {}
    columns = tables.partnerships.select("source", "target", "continues_after", "ended")
    for source, target, continues, ended in columns.iter_rows():
        if ended and day and ended < day:
            continue  # it is over, and not what they work on now
        pair = (min(source, target), max(source, target))
        ends[pair] = ends.get(pair, True) and (continues is False or ended is not None)
    return {pair for pair, every in ends.items() if every}
