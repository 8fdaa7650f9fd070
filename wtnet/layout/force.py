"""Distances, stress and the final spreading apart: the numerical part of the layout, on arrays only.

Positions are float arrays of shape (n, 2) in plane units. `radii`, shape (n,), is half the room a point needs: two points
stand at least the sum of their radii apart. Ties are an integer array of shape (m, 2) and a weight array of shape (m,).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

LEAST = 50.0
"""No two partners stand closer than this (plane units)."""
TIE = 115.0
"""Length of a typical tie between two partners of average strength (plane units)."""
MARGIN = 1.03
"""Spreading aims this much beyond the least distance, so that it comes to an end."""


def adjacency(n: int, ties: Ints, values: Floats) -> csr_array:
    """Symmetric sparse matrix of shape (n, n) with `values` on the ties."""
    rows = np.concatenate([ties[:, 0], ties[:, 1]])
    columns = np.concatenate([ties[:, 1], ties[:, 0]])
    return csr_array((np.concatenate([values, values]), (rows, columns)), shape=(n, n))


def tie_lengths(n: int, ties: Ints, weights: Floats, radii: Floats) -> Floats:
    """Wished length of each tie: shorter where it is strong and where both ends share their other partners.

    Weights lie between 0.5 (weak or unknown) and 1.5 (the strongest). Sharing is the Jaccard index of the two closed
    neighbourhoods, so that clusters of a dense network draw together. Points with more than the usual room get it on top.
    """
    matrix = adjacency(n, ties, np.ones(len(ties)))
    matrix.data[:] = 1.0
    degree = np.asarray(matrix.sum(axis=1)).ravel()
    common = np.asarray((matrix[ties[:, 0]] * matrix[ties[:, 1]]).sum(axis=1)).ravel() + 2
    union = degree[ties[:, 0]] + degree[ties[:, 1]] + 2 - common
    wish = TIE * (1.35 - 0.6 * common / union) * (1.2 - 0.2 * weights)
    return wish + radii[ties[:, 0]] + radii[ties[:, 1]] - LEAST


def distances(n: int, ties: Ints, lengths: Floats) -> Floats:
    """Shortest way along the ties between every two points, shape (n, n); unreachable ones a little beyond the farthest."""
    from scipy.sparse.csgraph import shortest_path  # loaded where it is needed: it takes its time

    dist: Floats = shortest_path(adjacency(n, ties, lengths), directed=False)
    lost = ~np.isfinite(dist)
    if lost.any():
        reached = dist[~lost]
        dist[lost] = (reached.max() if len(reached) else 0.0) * 0.5 + TIE
    return dist


def classical_scaling(dist: Floats, noise: Floats, rounds: int = 8) -> Floats:
    """Two-dimensional classical scaling (Torgerson 1952) of a distance matrix, to start from.

    The two leading eigenvectors come from as many rounds of power iteration, begun at `noise`: among equally good
    directions (a ring, a clique) it is then the ids that choose, and not rounding errors.
    """
    squared = dist**2
    centred = -0.5 * (squared - squared.mean(0) - squared.mean(1)[:, None] + squared.mean())
    first, second = noise[:, 0], noise[:, 1]
    for _ in range(rounds):
        first, second = first / max(np.hypot.reduce(first), 1e-12), second - first * (first * second).sum()
        second = second / max(np.hypot.reduce(second), 1e-12)
        first, second = (np.einsum("ij,j->i", centred, axis) for axis in (first, second))
        second = second - first * (first * second).sum() / max((first**2).sum(), 1e-12)
    lengths = (np.sqrt(np.hypot.reduce(axis)) for axis in (first, second))  # the norm now is the eigenvalue
    return np.column_stack([axis / max(root, 1e-12) for axis, root in zip((first, second), lengths, strict=True)])


def stress(dist: Floats, start: Floats, ties: Ints, rounds: int, firm: float = 3.0) -> Floats:
    """Positions whose distances come close to `dist` in the sense of Kamada and Kawai (1989).

    Each round moves every point to where the others on average want it (Gansner, Koren and North 2005, the local form,
    damped). A pair weighs dist**-2, a tie `firm` times that. Plain sums on purpose: at these sizes a threaded matrix
    product is many times slower on a busy machine.
    """
    weight = np.maximum(dist, 1e-9) ** -2.0
    np.fill_diagonal(weight, 0.0)
    weight[ties[:, 0], ties[:, 1]] *= firm
    weight[ties[:, 1], ties[:, 0]] *= firm
    weight /= np.maximum(weight.sum(axis=1), 1e-300)[:, None]
    wanted = weight * dist
    placed = start
    for _ in range(rounds):
        x, y = (placed[:, axis][:, None] - placed[:, axis] for axis in (0, 1))
        apart = np.sqrt(x * x + y * y)
        np.maximum(apart, 1e-6, out=apart)
        want = wanted / apart - weight
        move = 0.7 * np.column_stack([np.einsum("ij,ij->i", want, x), np.einsum("ij,ij->i", want, y)])
        placed = placed + move
        if np.abs(move).max() < 0.1:
            break
    return placed


def relax(placed: Floats, ties: Ints, weights: Floats, rounds: int) -> Floats:
    """Forces of a small network, in arbitrary units, from a start: ties pull, and all push by how well tied they are.

    The forces are those of ForceAtlas2 (Jacomy et al. 2014) with a pull that grows as distance**0.7 (between the linear one
    and Noack's 2007, which parts clusters most), so that clusters show and well tied partners get room.
    """
    n = len(placed)
    pull = adjacency(n, ties, weights).toarray()
    degree = pull.sum(axis=1) + 1.0
    repel = np.outer(degree, degree) / degree.sum() ** 2 * pull.sum()
    np.fill_diagonal(repel, 0.0)
    placed = placed / max(placed.std(), 1e-9)
    for turn in range(rounds):
        x, y = (placed[:, axis][:, None] - placed[:, axis] for axis in (0, 1))
        apart = np.maximum(np.hypot(x, y), 0.02)
        strength = repel / apart**2 - pull * apart**-0.3
        move = np.column_stack([(strength * x).sum(1), (strength * y).sum(1)]) / degree[:, None] - 0.02 * placed
        far = np.maximum(np.hypot(move[:, 0], move[:, 1]), 1e-9)
        limit = 0.1 * (1 - turn / rounds) + 0.002
        placed = placed + move * (0.5 * np.minimum(1.0, limit / far))[:, None]
    return placed


def touching(placed: Floats, radii: Floats, extra: float = 1.0) -> Ints:
    """Pairs (i, j) closer than `extra` times the sum of their radii, shape (k, 2), i < j.

    Points of usual size are found on a grid tree; the few larger ones are looked up one by one against all.
    """
    usual = LEAST / 2
    from scipy.spatial import cKDTree  # loaded where it is needed: it takes its time

    tree = cKDTree(placed)
    pairs: Ints = tree.query_pairs(2 * usual * extra, output_type="ndarray").astype(np.int64)
    large = np.flatnonzero(radii > usual + 1e-9)
    if not len(large):
        return pairs
    pairs = pairs[(radii[pairs] <= usual + 1e-9).all(1)] if len(pairs) else pairs
    reach = (radii[large] + radii.max()) * extra if len(large) > 400 else (radii[large] + usual) * extra
    blocks = [pairs]
    for i, near in zip(large, tree.query_ball_point(placed[large], reach), strict=True):
        others = np.asarray(near, dtype=np.int64)
        others = others[(radii[others] <= usual + 1e-9)]
        blocks.append(np.column_stack([np.full(len(others), i), others]))
    first, second = np.triu_indices(len(large), 1)
    blocks.append(np.column_stack([large[first], large[second]]))
    pairs = np.concatenate(blocks)
    gap = np.hypot(*(placed[pairs[:, 0]] - placed[pairs[:, 1]]).T)
    pairs = pairs[gap < radii[pairs].sum(1) * extra]
    return np.sort(pairs, axis=1)


def push(placed: Floats, pairs: Ints, wanted: Floats, noise: Floats, *, mass: Floats, share: float = 1.0) -> Floats:
    """The move, shape (n, 2), by which each pair makes up `share` of what it lacks; heavier points move less."""
    delta = placed[pairs[:, 0]] - placed[pairs[:, 1]]
    gap = np.hypot(delta[:, 0], delta[:, 1])
    same = gap < 1e-6
    if same.any():
        delta[same] = noise[pairs[same, 0]] - noise[pairs[same, 1]] + 1e-3
        gap[same] = np.hypot(delta[same, 0], delta[same, 1])
        unit, gap = delta / gap[:, None], np.where(same, 0.0, gap)
    else:
        unit = delta / gap[:, None]
    lack = np.maximum(wanted - gap, 0.0)[:, None] * unit * share
    first = (mass[pairs[:, 1]] / mass[pairs].sum(1))[:, None]
    return add_up(len(placed), pairs[:, 0], lack * first) - add_up(len(placed), pairs[:, 1], lack * (1.0 - first))


def add_up(n: int, where: Ints, what: Floats) -> Floats:
    """Sum of the rows of `what` by index, shape (n, 2)."""
    return np.column_stack([np.bincount(where, what[:, 0], n), np.bincount(where, what[:, 1], n)])


def spread(placed: Floats, radii: Floats, noise: Floats, rounds: int = 150) -> Floats:
    """Push points apart until every two stand at least the sum of their radii apart, moving the rest as little as can be.

    Where a crowd cannot be resolved in place the whole picture grows by a little, so the loop always ends.
    """
    if len(placed) < 2:
        return placed
    placed = placed.copy()
    mass = radii**2
    for turn in range(10 * rounds):
        pairs = touching(placed, radii, 1.001)  # a hair more, so that rounding does not undo it
        if not len(pairs):
            break
        placed += push(placed, pairs, radii[pairs].sum(1) * MARGIN, noise, mass=mass)
        if turn % 10 == 9:
            placed *= 1.01 if turn < rounds else 1.05
    return placed
