"""Two views of one programme beside each other: what each shows, and how they differ.

A view is written as it stands in a link: "all", "wave:ID", "pilot:ID", "documented", "said:ID" or "about:ID".
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import networkx as nx
import polars as pl

from wtnet.errors import InvalidRequest
from wtnet.measures import catalogue, change
from wtnet.measures.pair_states import KNOWN_NOW, KNOWN_THEN, STILL_THERE
from wtnet.network import Network, Scope, build, with_names
from wtnet.tables import Tables

KINDS = ("all", "wave", "pilot", "documented", "said", "about")
"""all: the whole programme; wave: one wave of it; pilot: its partners; documented: what the lead documents, whatever anybody
rated; said: what one partner says; about: what all others say of one partner."""
STATES = ("only left", "only right", "stronger", "weaker", "alike", "unknown")
SMALL = 0.1
"""A difference of strength below this is none."""
_SLACK = 1e-9


@dataclass(frozen=True)
class ComparedView:
    """`kind` is one of `KINDS`; `id` the wave, pilot or partner, where the kind has one."""

    kind: str = "all"
    id: str = ""

    def text(self) -> str:
        """The view as it stands in a link."""
        return f"{self.kind}:{self.id}" if self.id else self.kind

    @property
    def partner(self) -> str | None:
        """Whose view it is, or whom it is about; null for views that are no single partner's."""
        return self.id if self.kind in {"said", "about"} else None


def parse_view(text: str | None, tables: Tables) -> ComparedView | None:
    """A view from a link; null if it names something that is not in the tables."""
    kind, _, name = (text or "").partition(":")
    where = {"wave": "waves", "pilot": "pilots", "said": "organisations", "about": "organisations"}
    if kind in where:
        return ComparedView(kind, name) if name in set(tables[where[kind]]["id"]) else None
    return ComparedView(kind) if kind in KINDS and not name else None


def network(tables: Tables, view: ComparedView, scope: Scope, only: str | None = None) -> Network:
    """The network of a view, in the wave of `scope` (a view of a wave: in its own).

    documented: documented ties alone. said: one tie per partner that this one rated, as strong as it says; about: as strong
    as the others say, each for itself; documents count in neither. In both only the partner and those it has a tie with are
    there. `only`: the same narrowing to the ties of one partner for any view.
    """
    if view.kind not in KINDS or (view.kind in {"wave", "pilot", "said", "about"}) != bool(view.id):
        raise InvalidRequest(f"“{view.text()}” is not a view; choose one of {', '.join(KINDS)}.")
    if view.kind == "wave":
        scope = replace(scope, wave=view.id)
    if view.kind == "pilot":
        scope = replace(scope, pilots=(view.id,))
    if view.partner and tables.audience != "lead":
        raise InvalidRequest("What one partner said, or others said of it, is for the programme lead; choose another view.")
    narrowed = view.kind in {"documented", "said", "about"}
    whole = build(tables.changed(lambda here: _as_viewed(here, view)) if narrowed else tables, scope)
    centre = only or view.partner
    return _ties_of(whole, centre) if centre else whole


def _as_viewed(tables: Tables, view: ComparedView) -> Tables:
    """The tables with what a view is about alone: what is documented, or what one partner said or others said of it."""
    ratings = tables["ratings"]
    if view.kind == "documented":
        return tables.with_(ratings=ratings.clear())
    side = "rater" if view.kind == "said" else "partner"
    return tables.with_(ratings=ratings.filter(pl.col(side) == view.id), partnerships=tables["partnerships"].clear())


def _ties_of(whole: Network, partner: str) -> Network:
    """The network of one partner's ties: itself, those it has a tie with, and nothing between them."""
    ties = whole.ties.filter((pl.col("source") == partner) | (pl.col("target") == partner))
    inside = {partner, *ties["source"], *ties["target"]}
    graph = nx.Graph(**whole.graph.graph)
    graph.add_nodes_from((each, about) for each, about in whole.graph.nodes(data=True) if each in inside)
    graph.add_edges_from(
        (source, target, whole.graph.edges[source, target]) for source, target in ties.select("source", "target").iter_rows()
    )
    directed = whole.directed.filter((pl.col("rater") == partner) | (pl.col("partner") == partner))
    exact = _ties_of(whole.exact, partner) if whole.exact else None
    return replace(whole, graph=graph, ties=ties, directed=directed, exact=exact)


class MeasurePair(NamedTuple):
    """One measure (its id, what it is of, its label) on both sides, None where unknown, and whether the two differ."""

    id: str
    of: str
    label: str
    left: Any
    right: Any
    differs: bool


def measures(
    left: tuple[ComparedView, Network], right: tuple[ComparedView, Network], ids: tuple[str, ...] | None = None
) -> list[MeasurePair]:
    """Every measure on both sides.

    Of the network, or, where both sides are narrowed to one partner's ties, those of this partner that rest on its own ties.
    What is known about the survey is left out unless both sides are whole waves, pilots or programmes: one partner's words
    and the lead's documents have no response rate. `ids`: only these.
    """
    centre = next((view.partner for view, _ in (left, right) if view.partner), None)
    together = centre is not None and all(_centred(net, centre) for _, net in (left, right))
    survey = all(view.kind in {"all", "wave", "pilot"} for view, _ in (left, right))
    compared = []
    if together:
        chosen = [each for each in catalogue.of("partner") if each.rows == "own partnerships" and not each.of_survey]
        values = [catalogue.partners(net, [m.id for m in chosen]).filter(pl.col("id") == centre) for _, net in (left, right)]
        sides = [value.row(0, named=True) if value.height else {} for value in values]
    else:
        chosen = [each for each in catalogue.of("network") if survey or not each.of_survey]
        chosen = [each for each in chosen if ids is None or each.id in ids]
        sides = [catalogue.whole(net, [m.id for m in chosen]) for _, net in (left, right)]
    for each in chosen:
        value, other_value = (side.get(each.id) for side in sides)
        compared.append(MeasurePair(each.id, each.of, each.label, value, other_value, _differ(value, other_value)))
    return compared


def _centred(net: Network, partner: str) -> bool:
    """Whether every tie is one of this partner's."""
    return bool(((net.ties["source"] == partner) | (net.ties["target"] == partner)).all())


def _differ(value: Any, other: Any) -> bool:
    if isinstance(value, int | float) and isinstance(other, int | float):
        return abs(value - other) >= 0.005 or (isinstance(value, int) and value != other)
    return value != other


def pairs(left: tuple[ComparedView, Network], right: tuple[ComparedView, Network]) -> pl.DataFrame:
    """One row per pair that is a tie on either side: source, target, source_name, target_name, state, left, right (strength;
    null where there is no tie or it is unknown), difference (right − left), tie_left, tie_right (whether there is a tie).

    state: one of `STATES`; stronger and weaker are the right side's, from a difference of 0.1. unknown: a strength is not
    known, or, between two waves, someone who could have said did not answer (as in `change.pairs`).
    """
    both_waves = left[0].kind == right[0].kind == "wave" and left[0].id != right[0].id
    if both_waves and left[1].tables is right[1].tables:
        return _between_waves(left[1], right[1])
    if left[1].exact and right[1].exact:
        return _without_answers(pairs((left[0], left[1].exact), (right[0], right[1].exact)), left[1], right[1])
    sides = [net.ties.select("source", "target", "strength", there=pl.lit(True)) for _, net in (left, right)]
    joined = sides[0].join(sides[1], on=["source", "target"], how="full", coalesce=True, suffix="_right")
    return (
        with_names(left[1].tables, joined, "source", "target")
        .with_columns(
            difference=pl.col("strength_right") - pl.col("strength"),
            tie_left=pl.col("there").is_not_null(),
            tie_right=pl.col("there_right").is_not_null(),
        )
        .with_columns(
            state=pl.when(~pl.col("tie_right"))
            .then(pl.lit("only left"))
            .when(~pl.col("tie_left"))
            .then(pl.lit("only right"))
            .when(pl.col("difference").is_null())
            .then(pl.lit("unknown"))
            .when(pl.col("difference").abs() < SMALL - _SLACK)
            .then(pl.lit("alike"))
            .when(pl.col("difference") > 0)
            .then(pl.lit("stronger"))
            .otherwise(pl.lit("weaker"))
        )
        .select(
            "source",
            "target",
            "source_name",
            "target_name",
            "state",
            "tie_left",
            "tie_right",
            "difference",
            left="strength",
            right="strength_right",
        )
        .sort("source", "target")
    )


def _without_answers(exact: pl.DataFrame, left: Network, right: Network) -> pl.DataFrame:
    """The pairs as others than the lead see them: which are ties on which side, and nothing of how strong they are."""
    inside = pl.Series([*left.graph, *right.graph], dtype=pl.String).unique().implode()
    rated = pl.col("tie_left") & pl.col("tie_right")
    return exact.filter(pl.col("source").is_in(inside), pl.col("target").is_in(inside)).with_columns(
        pl.when(rated).then(pl.lit("both sides")).otherwise("state").alias("state"),
        *[pl.lit(None, pl.Float64).alias(name) for name in ("left", "right", "difference")],
    )


def _between_waves(before: Network, after: Network) -> pl.DataFrame:
    """The same for two waves of one programme, which know who kept silent."""
    as_here = {
        "new": "only right",
        "ended": "only left",
        "unchanged": "alike",
        STILL_THERE: "both sides",
        KNOWN_NOW: "only right",
        KNOWN_THEN: "only left",
    }
    as_here |= dict.fromkeys(("first rated", "no longer rated", "documented only"), "unknown")
    return (
        change.pairs(before, after)
        .select(
            "source",
            "target",
            "source_name",
            "target_name",
            pl.col("state").replace(as_here),
            "tie_before",
            "tie_after",
            left="before",
            right="after",
            difference="difference",
        )
        .rename({"tie_before": "tie_left", "tie_after": "tie_right"})
    )
