"""The network of a scope: partners, ties with strength, one networkx graph; and as others than the lead see it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import networkx as nx
import polars as pl

from wtnet.network.asked import date_of, ratings_in
from wtnet.network.scope import Scope, check
from wtnet.strength import EQUAL, WORDS, Weights, directed, pairs
from wtnet.tables import answer_fields, relationships, waves
from wtnet.tables.derived import derived, once
from wtnet.tables.model import Tables
from wtnet.tables.pilots import members

EVERYTHING = Scope()
"""The default scope: nothing left out."""
TIE_COLUMNS = (
    "strength",
    "depth",
    "contact",
    "trust",
    "value",
    "overall",
    "extent",
    "perception",
    "forward",
    "backward",
    "agreement",
    "basis",
    "level",
    "relationship",
    "direction",
    "documented",
    "word",
)


_PAPERS = ("documented", "relationship", "direction")
"""What documents say of a tie, and nobody's answer."""


@dataclass(frozen=True, eq=False)
class Network:
    """The partners and ties in scope. Compared by identity, so that what is worked out from it can be kept with it.

    graph: one node per partner (id; name, kind, place), isolates included, in the order of the organisations; one
    edge per tie with the columns of `ties` as attributes (None where unknown).
    ties: one row a pair, as `strength.pairs` gives it. directed: the ratings between partners in scope in this wave, as
    `strength.directed` gives them, those about pairs that are not a tie included.
    wave: the id of the wave, or None if there are no waves. kept: what has been worked out from it (see
    `measures.engine.arrays.once`), which goes when it goes.
    exact: of tables made for others than the lead, the same network with every answer, which figures are worked out from and
    nobody is shown (`measures.disclosure`); null for the lead's. counts_documents: documented levels count as strength.
    whole: the lead's network without the focus, where there is one.
    """

    tables: Tables
    scope: Scope
    wave: str | None
    graph: nx.Graph
    ties: pl.DataFrame
    directed: pl.DataFrame
    exact: Network | None = field(default=None, repr=False)
    counts_documents: bool = False
    whole: Network | None = field(default=None, repr=False)
    kept: dict[Any, Any] = field(init=False, default_factory=dict, repr=False)

    def named_ties(self) -> pl.DataFrame:
        """The ties with the names of both partners: source, source_name, target, target_name, then as in `ties`."""
        named = with_names(self.tables, self.ties, "source", "target")
        return named.select("source", "source_name", "target", "target_name", *TIE_COLUMNS)


def build(tables: Tables, scope: Scope = EVERYTHING, whole: Network | None = None) -> Network:
    """The network of one wave. Where it has a focus, `whole` is the lead's one without it, if that is at hand.

    A tie exists if any report on the pair in the wave is more than "no tie", or, where neither reported, if a
    documented partnership is active on the wave's date (a wave without a date, or no waves at all: every documented
    partnership counts). An unknown wave, kind, pilot, partner or setting is an InvalidRequest that names the choices.
    """
    check(tables, scope)
    wave = scope.wave if scope.wave is not None else waves.current(tables, tables.audience)
    chosen = _partners(tables, scope)
    if tables.exact is not None:
        return _shown(tables, tables.exact, scope, wave, chosen)
    if scope.focus:
        whole = whole or build(tables, replace(scope, focus=()))
        chosen = chosen.filter(pl.col("id").is_in(_near(whole.graph, scope)))
        near = _narrowed(whole, chosen, _between(whole.ties, "source", "target", chosen["id"]))
        return replace(near, scope=scope, whole=whole)
    ties = ties_in(tables, scope, wave, chosen["id"])
    graph = _graph(chosen, ties)
    graph.graph["wave"] = wave
    reports = _between(_reports(tables, wave, scope.weights), "rater", "partner", chosen["id"])
    return Network(tables, scope, wave, graph, ties, reports, counts_documents=counts_documents(tables, scope))


def shared(tables: Tables, scope: Scope = EVERYTHING) -> Network:
    """As `build`; the network of a wave without any filter is worked out once and kept with the tables."""
    if scope != Scope(wave=scope.wave):
        return build(tables, scope)
    return once(tables, ("wtnet.network.shared", scope.wave), lambda: build(tables, scope))


def counts_documents(tables: Tables, scope: Scope = EVERYTHING) -> bool:
    """Whether documented levels count as strength: where the scope says so, and in a programme that nobody rated in."""
    return scope.documents or tables.known["ratings"].is_empty()


def _shown(tables: Tables, exact: Tables, scope: Scope, wave: str | None, chosen: pl.DataFrame) -> Network:
    """The network as others than the lead see it: the same partners and ties, strength as a word where both sides rated, and
    documented levels that are shared. `exact` in it has the same ties with every answer.

    Weights and pairing are the lead's tools; a least strength above 0 is a least word: light up to a third, moderate or mixed
    up to two thirds, strong above.
    """
    if exact["ratings"].is_empty():  # no answers to keep back
        whole = build(exact, scope)
        plain = build(replace(tables, exact=None), replace(scope, min_strength=0.0, focus=()))
        inside = list(whole.graph)
        ties = plain.ties.join(whole.ties.select("source", "target"), on=["source", "target"], how="semi")
    else:
        everything = replace(scope, wave=wave, weights=EQUAL, pairing="mean", min_strength=0.0, focus=(), documents=False)
        whole = shared(exact, everything)
        levels = pairs(ratings_in(exact, None), _of_kind(tables, scope), date_of(tables, wave)).select(
            "source", "target", *_PAPERS
        )
        ties = _without_answers(whole.ties, levels, tables.doubles.get(wave or "", frozenset()))
        if scope.min_strength > 0:
            words = [word for word, top in zip(WORDS, (1 / 3, 2 / 3, 1.0), strict=True) if scope.min_strength <= top]
            ties = ties.filter(pl.col("word").is_in(words))
        inside = _near(_graph(chosen, ties), scope) if scope.focus else chosen["id"].to_list()
        ties = _between(ties, "source", "target", pl.Series(inside, dtype=pl.String))
    chosen = chosen.filter(pl.col("id").is_in(inside))
    graph = _graph(chosen, ties)
    graph.graph["wave"] = wave
    same = _narrowed(whole, chosen, ties)
    return Network(tables, scope, wave, graph, ties, whole.directed.clear(), same, whole.counts_documents)


def _without_answers(ties: pl.DataFrame, levels: pl.DataFrame, doubles: frozenset[str]) -> pl.DataFrame:
    """Ties as others than the lead see them. `levels`: what documents say of each pair (`_PAPERS`), as far as it is shared;
    `doubles`: partners without a word."""
    gone = [name for name in TIE_COLUMNS if name not in ("basis", *_PAPERS, "word")]
    worded = (pl.col("basis") == "both") & ~pl.any_horizontal(pl.col("source", "target").is_in(doubles))
    both = pl.when(worded).then(pl.lit("both")).otherwise(pl.lit("withheld"))
    return (
        ties.select(pl.exclude(_PAPERS))
        .join(levels, on=["source", "target"], how="left", maintain_order="left")
        .with_columns(
            *[pl.lit(None, dtype=ties.schema[name]).alias(name) for name in gone],
            both.alias("basis"),
            pl.when(worded).then("word").alias("word"),
        )
        .select(ties.columns)
    )


def _narrowed(network: Network, partners: pl.DataFrame, ties: pl.DataFrame) -> Network:
    """A network with some of its partners, and of the ties those with the same ends."""
    if ties.height == network.ties.height and partners.height == network.graph.number_of_nodes():
        return network
    kept = network.ties.join(ties.select("source", "target"), on=["source", "target"], how="semi", maintain_order="left")
    graph = _graph(partners, kept)
    graph.graph["wave"] = network.wave
    reports = _between(network.directed, "rater", "partner", partners["id"])
    return replace(network, graph=graph, ties=kept, directed=reports)


def together(tables: Tables) -> nx.Graph:
    """Every partner, and every tie of any wave with the strongest it ever was (`strength`; None if never known).

    What positions on a map are worked out from, so that a partner stays where it is whichever wave is looked at.
    """
    tables, partners = tables.known, _partners(tables.known, EVERYTHING)
    all_waves: list[str | None] = [*waves.in_order(tables)] or [None]
    every = [ties_in(tables, EVERYTHING, wave, partners["id"]) for wave in all_waves]
    ties = pl.concat([wave.select("source", "target", "strength") for wave in every])
    return _graph(partners, ties.group_by("source", "target", maintain_order=True).agg(pl.col("strength").max()))


def with_names(tables: Tables, frame: pl.DataFrame, *columns: str) -> pl.DataFrame:
    """A frame in which these columns hold ids of partners, with `<column>_name` added for each; rows as they were."""
    names = tables.organisations.select("id", "name")
    for column in columns:
        frame = frame.join(names.rename({"id": column, "name": f"{column}_name"}), on=column, how="left", maintain_order="left")
    return frame


def ties_in(tables: Tables, scope: Scope, wave: str | None, partners: pl.Series) -> pl.DataFrame:
    """The ties of one wave between some partners, by the pairing, weights and least strength of the scope."""
    ratings = _between(ratings_in(tables, wave), "rater", "partner", partners)
    day, documents = date_of(tables, wave), _between(_of_kind(tables, scope), "source", "target", partners)
    counted = counts_documents(tables, scope)
    reports = _between(_reports(tables, wave, scope.weights), "rater", "partner", partners)
    ties = pairs(ratings, documents, day, scope.weights, scope.pairing, counted, reports)
    if scope.by_document:
        there = pairs(ratings.clear(), documents, day).select("source", "target")
        ties = ties.join(there, on=["source", "target"], how="semi", maintain_order="left")
    if scope.answers:
        ties = ties.join(
            answer_fields.pairs(tables, ratings, scope.answers), on=["source", "target"], how="semi", maintain_order="left"
        )
    return ties.filter(pl.col("strength") >= scope.min_strength) if scope.min_strength > 0 else ties


def _reports(tables: Tables, wave: str | None, weights: Weights) -> pl.DataFrame:
    """What each partner says of others in a wave (`strength.directed`)."""
    return _reports_as_a_rule(tables, wave) if weights == EQUAL else directed(ratings_in(tables, wave), weights)


@derived
def _reports_as_a_rule(tables: Tables, wave: str | None) -> pl.DataFrame:
    """The same by equal weights, which nearly everybody looks at."""
    return directed(ratings_in(tables, wave))


def _of_kind(tables: Tables, scope: Scope) -> pl.DataFrame:
    """The documented partnerships that the scope asks for, by kind and by fields of the lead's own."""
    types = relationships.types_of(tables) if scope.tie_fields else {}
    return relationships.narrowed(tables["partnerships"], scope.relationships, scope.tie_fields, types)


def _partners(tables: Tables, scope: Scope) -> pl.DataFrame:
    chosen = tables["organisations"].select("id", "name", pl.col("kind").cast(pl.String), "place")
    if scope.kinds:
        chosen = chosen.filter(pl.col("kind").is_in(scope.kinds))
    if scope.hidden:
        chosen = chosen.filter(~pl.col("id").is_in(scope.hidden))
    if scope.pilots:
        involved = members(tables).filter(pl.col("pilot").is_in(scope.pilots))["organisation"]
        chosen = chosen.filter(pl.col("id").is_in(involved.implode()))
    return chosen


def _between(frame: pl.DataFrame, end: str, other_end: str, partners: pl.Series) -> pl.DataFrame:
    inside = partners.implode()
    return frame.filter(pl.col(end).is_in(inside), pl.col(other_end).is_in(inside))


def _graph(partners: pl.DataFrame, ties: pl.DataFrame) -> nx.Graph:
    graph = nx.Graph()
    graph.add_nodes_from((row.pop("id"), row) for row in partners.iter_rows(named=True))
    graph.add_edges_from((row.pop("source"), row.pop("target"), row) for row in ties.iter_rows(named=True))
    return graph


def _near(graph: nx.Graph, scope: Scope) -> list[str]:
    reached = {partner for partner in scope.focus if partner in graph}
    edge = reached
    for _ in range(scope.hops):
        edge = {other for partner in edge for other in graph[partner]} - reached
        reached = reached | edge
    return sorted(reached)


def at(network: Network, wave: str | None, **changes: object) -> Network:
    """The same scope in another wave (and with other settings, if given)."""
    return build(network.tables, replace(network.scope, wave=wave, **changes))  # type: ignore[arg-type]
