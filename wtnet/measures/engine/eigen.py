"""The dominant eigenvector of a network's strengths."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array

from wtnet.measures.engine.arrays import arrays, once, parts
from wtnet.network import Network

DENSE = 400
STEPS = 200


@once
def eigenvector(network: Network) -> np.ndarray:
    """Per partner (n): entry of the dominant eigenvector of the largest part, of Euclidean length 1; NaN outside it."""
    a = arrays(network)
    counts = a.weight > 0
    values = np.full(a.n, np.nan)
    if not counts.any():
        return values
    source, target, weight = a.source[counts], a.target[counts], a.weight[counts]
    ends = (np.concatenate([source, target]), np.concatenate([target, source]))
    strengths = csr_array((np.concatenate([weight, weight]), ends), shape=(a.n, a.n))
    components = parts(strengths)
    best, vector, members = -1.0, np.zeros(0), np.zeros(0, dtype=np.int64)
    largest = np.flatnonzero(components.size == components.size.max())
    for part in largest[np.argsort([np.argmax(components.label == part) for part in largest])]:
        inside = np.flatnonzero(components.label == part)
        value, candidate = _dominant(strengths[inside][:, inside])
        if value > best * (1 + 1e-12):
            best, vector, members = value, candidate, inside
    values[members] = vector
    return values


def _dominant(matrix: csr_array) -> tuple[float, np.ndarray]:
    """Largest eigenvalue and its vector (all entries above 0) of a connected symmetric matrix of strengths.

    A direct solver gives the vector whatever the shape (power iteration alone does not settle on two-mode networks);
    a few power steps after it make even the smallest entries exact, since they add up numbers above 0 only.
    """
    n = matrix.shape[0]
    if n <= DENSE:
        from scipy.linalg import eigh  # loaded where it is needed: it takes its time

        _, vectors = eigh(matrix.toarray(), subset_by_index=[n - 1, n - 1])
    else:
        from scipy.sparse.linalg import eigsh

        _, vectors = eigsh(matrix, k=1, which="LA", v0=np.ones(n), tol=0, ncv=min(n, 60), maxiter=100 * n)
    vector = np.abs(vectors[:, 0])
    for _ in range(STEPS):
        following = matrix @ vector
        following /= np.linalg.norm(following)
        settled = np.allclose(following, vector, rtol=1e-14, atol=0)
        vector = following
        if settled:
            break
    return float(np.linalg.norm(matrix @ vector)), vector
