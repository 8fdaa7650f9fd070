"""Each two kinds of partner beside chance: do they work together more, or less, than if kinds were dealt out anew?

The partnerships stay as they are, so that every partner keeps its number of them; the kinds are dealt out among the partners
(Krackhardt 1988 for the kind of test). Partnerships within a pilot are there by design, for the programme put these partners
together: they are counted beside, not tested.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from wtnet.analysis.association import holm
from wtnet.analysis.qap import MOST, relation
from wtnet.measures import absence
from wtnet.network import Network
from wtnet.tables.schema import KINDS

DRAWS, SEED = 2_000, 1988
FIRST = ("museum", "health_provider")
"""The two kinds that are told of first."""
_LEAST = 1.0
"""Where chance gives fewer partnerships than this on average, there is nothing to test."""


def against_chance(network: Network, draws: int = DRAWS, seed: int = SEED) -> pl.DataFrame:
    """The cells of the kind-by-kind matrix: kind_a, kind_b; ties; by_design (within a pilot); tested (the others); expected, low,
    high (mean of the tested ones over the draws, and the range that 95 of 100 lie in); p (two-sided, (1 + hits) / (1 + draws));
    p_holm, which allows for the number of cells tested (Holm 1979).

    Museums and health providers first, then in the order the kinds are declared. p is null where chance gives fewer than one;
    no rows where which ties there are depends on what was written down, and beyond `MOST` partners.
    """
    schema: dict[str, type[pl.DataType]] = {"kind_a": pl.String, "kind_b": pl.String}
    schema |= dict.fromkeys(("ties", "by_design", "tested"), pl.Int64)
    schema |= dict.fromkeys(("expected", "low", "high", "p"), pl.Float64)
    n = network.graph.number_of_nodes()
    if absence.documents_only(network) or n < 2 or n > MOST or not network.graph.number_of_edges():
        return pl.DataFrame(schema=schema | {"p_holm": pl.Float64})
    partners, together = relation(network, "pilot")
    used = [kind for kind in KINDS if kind in {network.graph.nodes[partner]["kind"] for partner in partners}]
    kind = np.array([used.index(network.graph.nodes[partner]["kind"]) for partner in partners])
    at = {partner: number for number, partner in enumerate(partners)}
    ends = np.array([(at[a], at[b]) for a, b in network.graph.edges], dtype=np.int64).T
    design = together[ends[0], ends[1]]
    whole, free = _cells(kind[None], ends, len(used))[0], ends[:, ~design]
    observed = _cells(kind[None], free, len(used))[0]
    dealt = np.random.default_rng(seed).permuted(np.tile(kind, (draws, 1)), axis=1)
    drawn = _cells(dealt, free, len(used))
    expected = drawn.mean(axis=0)
    far = np.abs(drawn - expected) >= np.abs(observed - expected) - 1e-9
    p = (1 + far.sum(axis=0)) / (1 + draws)
    low, high = np.quantile(drawn, [0.025, 0.975], axis=0)
    rows = []
    for i, kind_a in enumerate(used):
        for j, kind_b in enumerate(used[i:], i):
            cell = i * len(used) + j
            chance = float(p[cell]) if expected[cell] >= _LEAST else None
            counts = (int(whole[cell]), int(whole[cell] - observed[cell]), int(observed[cell]))
            rows.append((kind_a, kind_b, *counts, float(expected[cell]), float(low[cell]), float(high[cell]), chance))
    rows.sort(key=lambda row: (row[0], row[1]) != FIRST)
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    return frame.with_columns(pl.Series("p_holm", holm(frame["p"].to_list()), dtype=pl.Float64))


def _cells(kind: np.ndarray, ends: np.ndarray, kinds: int) -> np.ndarray:
    """How many ties there are between each two kinds (draws × kinds²), in the cell of the kind that is declared first."""
    first, second = kind[:, ends[0]], kind[:, ends[1]]
    cell = np.minimum(first, second) * kinds + np.maximum(first, second)
    cells = kinds**2
    shifted = cell + cells * np.arange(len(kind))[:, None]
    return np.bincount(shifted.ravel(), minlength=cells * len(kind)).reshape(len(kind), cells)
