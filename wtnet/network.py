"""What the person looks at (`Scope`) and the network it gives (`Network`): partners, ties with strength, one networkx graph."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

import networkx as nx
import polars as pl

from wtnet.errors import InvalidRequest
from wtnet.strength import EQUAL, WORDS, Weights, active, check_pairing, directed, pairs
from wtnet.tables import waves
from wtnet.tables.model import Pairing, Tables
from wtnet.tables.pilots import members
from wtnet.tables.schema import KINDS

TIE_COLUMNS = (
    "strength",
    "depth",
    "contact",
    "trust",
    "value",
    "extent",
    "perception",
    "forward",
    "backward",
    "agreement",
    "basis",
    "level",
    "relationship",
    "documented",
    "word",
)


@dataclass(frozen=True)
class Scope:
    """What the person looks at. Every filter left at its default keeps everything.

    wave: the survey round (None: `tables.waves.current`; without any waves, documented ties alone);
    kinds: only partners of these kinds; pilots: only partners that lead or are involved in one of these pilots;
    hidden: partners left out by name;
    min_strength: above 0, ties that are weaker or of unknown strength are left out; focus and hops: only partners at
    most `hops` (0–3) ties from one of the `focus` partners, after the other filters; pairing and weights: see `strength`;
    documents: a documented level counts as strength where nobody rated (it always does in a programme without any ratings).
    """

    wave: str | None = None
    kinds: tuple[str, ...] = ()
    pilots: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    min_strength: float = 0.0
    focus: tuple[str, ...] = ()
    hops: int = 1
    pairing: Pairing = "mean"
    weights: Weights = EQUAL
    documents: bool = False

    def __post_init__(self) -> None:
        for name in ("kinds", "pilots", "hidden", "focus"):
            given = getattr(self, name)
            object.__setattr__(self, name, (given,) if isinstance(given, str) else tuple(given))


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
    """

    tables: Tables
    scope: Scope
    wave: str | None
    graph: nx.Graph
    ties: pl.DataFrame
    directed: pl.DataFrame
    exact: Network | None = field(default=None, repr=False)
    counts_documents: bool = False
    kept: dict[Any, Any] = field(init=False, default_factory=dict, repr=False)

    def named_ties(self) -> pl.DataFrame:
        """The ties with the names of both partners: source, source_name, target, target_name, then as in `ties`."""
        named = with_names(self.tables, self.ties, "source", "target")
        return named.select("source", "source_name", "target", "target_name", *TIE_COLUMNS)


def build(tables: Tables, scope: Scope = Scope()) -> Network:
    """The network of one wave.

    A tie exists if any report on the pair in the wave is more than "no tie", or, where neither reported, if a
    documented partnership is active on the wave's date (a wave without a date, or no waves at all: every documented
    partnership counts). An unknown wave, kind, pilot, partner or setting is an InvalidRequest that names the choices.
    """
    check(tables, scope)
    wave = scope.wave if scope.wave is not None else waves.current(tables, tables.audience)
    chosen = _partners(tables, scope)
    if tables.exact is not None:
        return _shown(tables, tables.exact, scope, wave, chosen)
    ties = ties_in(tables, scope, wave, chosen["id"])
    graph = _graph(chosen, ties)
    if scope.focus:
        near = _near(graph, scope)
        chosen = chosen.filter(pl.col("id").is_in(near))
        ties = _between(ties, "source", "target", chosen["id"])
        graph = _graph(chosen, ties)
    graph.graph["wave"] = wave
    reports = _between(directed(ratings_in(tables, wave), scope.weights), "rater", "partner", chosen["id"])
    return Network(tables, scope, wave, graph, ties, reports, counts_documents=counts_documents(tables, scope))


def counts_documents(tables: Tables, scope: Scope = Scope()) -> bool:
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
        whole = build(exact, everything)
        levels = pairs(ratings_in(exact, None), tables["partnerships"], date_of(tables, wave)).select(
            "source", "target", "documented", "relationship"
        )
        ties = _without_answers(whole.ties, levels)
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


def _without_answers(ties: pl.DataFrame, levels: pl.DataFrame) -> pl.DataFrame:
    """Ties as others than the lead see them. `levels`: documented (what is shared) and relationship of each documented pair."""
    gone = [name for name in TIE_COLUMNS if name not in ("basis", "relationship", "documented", "word")]
    both = pl.when(pl.col("basis") == "both").then(pl.lit("both")).otherwise(pl.lit("withheld"))
    return (
        ties.select(pl.exclude("documented", "relationship"))
        .join(levels, on=["source", "target"], how="left", maintain_order="left")
        .with_columns(*[pl.lit(None, dtype=ties.schema[name]).alias(name) for name in gone], both.alias("basis"))
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
    union = nx.Graph()
    tables = tables.known
    for scope in [Scope(wave=wave) for wave in waves_in_order(tables)] or [Scope()]:
        graph = build(tables, scope).graph
        union.add_nodes_from(graph.nodes(data=True))
        for source, target, tie in graph.edges(data=True):
            before = union.get_edge_data(source, target, {}).get("strength")
            known = [strength for strength in (before, tie["strength"]) if strength is not None]
            union.add_edge(source, target, strength=max(known, default=None))
    return union


def with_names(tables: Tables, frame: pl.DataFrame, *columns: str) -> pl.DataFrame:
    """A frame in which these columns hold ids of partners, with `<column>_name` added for each; rows as they were."""
    names = tables.organisations.select("id", "name")
    for column in columns:
        frame = frame.join(names.rename({"id": column, "name": f"{column}_name"}), on=column, how="left", maintain_order="left")
    return frame


def ties_in(tables: Tables, scope: Scope, wave: str | None, partners: pl.Series) -> pl.DataFrame:
    """The ties of one wave between some partners, by the pairing, weights and least strength of the scope."""
    ratings = _between(ratings_in(tables, wave), "rater", "partner", partners)
    documents = _between(tables["partnerships"], "source", "target", partners)
    counted = counts_documents(tables, scope)
    ties = pairs(ratings, documents, date_of(tables, wave), scope.weights, scope.pairing, counted)
    return ties.filter(pl.col("strength") >= scope.min_strength) if scope.min_strength > 0 else ties


def ratings_in(tables: Tables, wave: str | None) -> pl.DataFrame:
    """The ratings of one wave; none if there is no wave. Self-scores never count."""
    ratings = tables["ratings"]
    return ratings.filter(pl.col("wave") == wave, pl.col("rater") != pl.col("partner")) if wave is not None else ratings.clear()


waves_in_order = waves.in_order


def date_of(tables: Tables, wave: str | None) -> date | None:
    """The date of a wave, or None if it has none."""
    dates = tables["waves"].filter(pl.col("id") == wave)["date"] if wave is not None else pl.Series(dtype=pl.Date)
    return dates[0] if len(dates) else None


class Asked(NamedTuple):
    """Who was asked in a wave: ids in the order of the organisations. `known` if a roster says so; else it is assumed."""

    partners: tuple[str, ...] = ()
    known: bool = False


def asked(tables: Tables, wave: str | None) -> Asked:
    """Who was asked in a wave; nobody where there is no wave, or neither a roster nor an answer (a reporting date, say).

    Known: the partners on the roster of the wave, and whoever rated somebody in it. Without a roster it is assumed to be
    whoever could have said something: the partners in any rating of the wave or any partnership active on its date. Of
    these, one that rated nobody has left, and was not asked, if all its partnerships have ended and all that is said of it
    is "no tie".
    """
    tables = tables.known
    ratings, order = ratings_in(tables, wave), tables["organisations"]["id"]
    roster = set(tables["asked"].filter(pl.col("wave") == wave)["organisation"]) if wave is not None else set()
    raters = set(ratings["rater"])
    if roster or not raters:
        inside = roster | raters if roster else set()
        return Asked(tuple(partner for partner in order if partner in inside), bool(roster))
    documents = tables["partnerships"]
    working, ever = (_ends(rows, "source", "target") for rows in (active(documents, date_of(tables, wave)), documents))
    reported = _ends(directed(ratings).filter(~pl.col("no_tie")), "rater", "partner")
    left = ever - working - reported - raters
    inside = (_ends(ratings, "rater", "partner") | working) - left
    return Asked(tuple(partner for partner in order if partner in inside), False)


def _ends(frame: pl.DataFrame, *columns: str) -> set[str]:
    return {partner for column in columns for partner in frame[column]}


def answers(tables: Tables, wave: str | None) -> dict[str, bool]:
    """Who took part in a wave: {partner: whether it rated someone}, for the partners that were `asked`.

    The response rate of the wave is the mean of its values. Never shown by name to others than the lead.
    """
    raters = set(ratings_in(tables.known, wave)["rater"])
    return {partner: partner in raters for partner in asked(tables, wave).partners}


def silent(tables: Tables, wave: str | None) -> set[str]:
    """Who was asked in a wave and rated nobody (see `asked`)."""
    return {partner for partner, yes in answers(tables, wave).items() if not yes}


def check(tables: Tables, scope: Scope) -> None:
    """Refuse a scope that does not fit the tables, in a sentence that names the choices."""
    _known("wave", () if scope.wave is None else (scope.wave,), tables["waves"]["id"])
    _known("kind of partner", scope.kinds, KINDS)
    _known("pilot", scope.pilots, tables["pilots"]["id"])
    _known("partner", scope.focus, tables["organisations"]["id"])
    check_pairing(scope.pairing)
    if isinstance(scope.hops, bool) or scope.hops not in (0, 1, 2, 3):
        raise InvalidRequest(f"A focus reaches 0, 1, 2 or 3 steps, not {scope.hops!r}; choose one of these.")
    if not (math.isfinite(scope.min_strength) and 0 <= scope.min_strength <= 1):
        raise InvalidRequest(f"The least strength is a number from 0 to 1, not {scope.min_strength!r}; choose one in that range.")


def _known(what: str, asked: Iterable[str], choices: Iterable[str]) -> None:
    known = list(choices)
    for word in asked:
        if word not in known:
            some = ", ".join(known[:12]) + (f" and {len(known) - 12} more" if len(known) > 12 else "")
            remedy = f"choose one of {some}" if known else "these tables have none"
            raise InvalidRequest(f"There is no {what} “{word}”; {remedy}.")


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
