"""A network's graph as arrays, worked out once per network and kept with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar, cast

import numpy as np
import rustworkx as rx
from scipy.sparse import csr_array

from wtnet.measures.disclosure import figures
from wtnet.network import Network

T = TypeVar("T")


def once(work: Callable[[Network], T]) -> Callable[[Network], T]:
    """Keep what `work` gives with the network, for as long as the network lives."""

    @wraps(work)
    def kept_or_worked(network: Network) -> T:
        if work not in network.kept:
            network.kept[work] = work(network)
        return cast(T, network.kept[work])

    return kept_or_worked


@dataclass(frozen=True, eq=False)
class Arrays:
    """Partners are 0 … n−1 in the order of the graph, ties 0 … m−1 in the order of its edges.

    ids (n); kinds: the words in use; kind (n): index into `kinds`; source, target (m): partner numbers; strength (m):
    NaN where unknown; weight (m): strength, 0 where unknown, so that unknown ties drop out of weighted measures;
    order (n): the partners' numbers by their ids (those of the lead's tables), so that what is drawn by chance does not depend on
    rows or pseudonyms; degree (n): ties; links: symmetric adjacency (n × n, ones, sparse).
    """

    ids: list[str]
    kinds: list[str]
    kind: np.ndarray
    source: np.ndarray
    target: np.ndarray
    strength: np.ndarray
    weight: np.ndarray
    degree: np.ndarray
    links: csr_array
    order: np.ndarray

    @property
    def n(self) -> int:
        """Number of partners."""
        return len(self.ids)

    @property
    def m(self) -> int:
        """Number of ties."""
        return len(self.source)

    def at_partners(self, values: np.ndarray) -> np.ndarray:
        """Sum over each partner's ties of a value per tie (n)."""
        both = np.bincount(self.source, values, self.n) + np.bincount(self.target, values, self.n)
        return both[: self.n]

    def by_id(self, values: Iterable[Any], unknown: np.ndarray | None = None) -> dict[str, Any]:
        """{partner: plain value}; None where `unknown`, or where a number is NaN."""
        array = np.asarray(values)
        if unknown is None:
            unknown = np.isnan(array) if array.dtype.kind == "f" else np.zeros(self.n, bool)
        return {
            partner: None if gone else value
            for partner, value, gone in zip(self.ids, array.tolist(), unknown.tolist(), strict=True)
        }


@once
def arrays(network: Network) -> Arrays:
    """The arrays of a network's graph; of what others than the lead see, with strengths where they may be shown."""
    graph = figures(network).graph
    ids = list(graph)
    number = {partner: i for i, partner in enumerate(ids)}
    words = [graph.nodes[partner]["kind"] for partner in ids]
    kinds = list(dict.fromkeys(words))
    code = {word: i for i, word in enumerate(kinds)}
    edges = list(graph.edges(data="strength"))
    source = np.array([number[a] for a, _, _ in edges], dtype=np.int64)
    target = np.array([number[b] for _, b, _ in edges], dtype=np.int64)
    strength = np.array([s for _, _, s in edges], dtype=float)
    ends = (np.concatenate([source, target]), np.concatenate([target, source]))
    links = csr_array((np.ones(2 * len(edges)), ends), shape=(len(ids), len(ids)))
    links.sort_indices()
    return Arrays(
        ids=ids,
        kinds=kinds,
        kind=np.array([code[word] for word in words], dtype=np.int64),
        source=source,
        target=target,
        strength=strength,
        weight=np.nan_to_num(strength),
        degree=np.diff(links.indptr).astype(np.int64),
        links=links,
        order=np.argsort(np.array([network.tables.known.lead_ids.get(partner, partner) for partner in ids], dtype=str)),
    )


@dataclass(frozen=True, eq=False)
class Components:
    """Connected parts: label (n), size per label, and which is the largest (of several, that of the first partner)."""

    label: np.ndarray
    size: np.ndarray
    largest: int | None


@once
def components(network: Network) -> Components:
    """The connected parts of the whole graph, every tie counting."""
    a = arrays(network)
    return parts(a.links)


def parts(links: csr_array) -> Components:
    """The connected parts of a symmetric adjacency."""
    if not links.shape[0]:
        return Components(np.zeros(0, int), np.zeros(0, int), None)
    from scipy.sparse.csgraph import connected_components  # loaded where it is needed: it takes its time

    _, label = connected_components(links, directed=False)
    size = np.bincount(label)
    return Components(label, size, int(label[np.argmax(size[label])]))


@once
def compiled(network: Network) -> rx.PyGraph:
    """The same graph for rustworkx, with partners and ties numbered as in `arrays`."""
    a = arrays(network)
    graph = rx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(a.n))
    graph.add_edges_from_no_data(list(zip(a.source.tolist(), a.target.tolist(), strict=True)))
    return graph


def share(part: float, whole: float) -> float | None:
    """part / whole, or None where there is nothing to share."""
    return float(part) / float(whole) if whole else None


def mean(values: np.ndarray) -> float | None:
    """Mean of the known (not NaN) values, or None if there are none."""
    known = values[~np.isnan(values)]
    return float(known.mean()) if known.size else None
