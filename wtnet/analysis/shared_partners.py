"""What ranking introductions and marking that ranking share."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array, diags_array

from wtnet.measures.engine.arrays import Arrays
from wtnet.network import Network, answers

HUB = 1_000
"""A shared partner with more ties than this introduces nobody in particular and is left out."""


def shares(a: Arrays) -> csr_array:
    """What each partner (row) passes to those around it (columns): 1 / its ties; nothing where it has too many."""
    give = np.zeros(a.n)
    useful = (a.degree > 0) & (a.degree <= HUB)
    give[useful] = 1 / a.degree[useful]
    return csr_array(diags_array(give) @ a.links)


def silent(network: Network) -> set[str]:
    """Who could have said something in this wave and did not; nobody where nobody rated anybody."""
    said = answers(network.tables, network.wave)
    return {partner for partner, answered in said.items() if not answered} if any(said.values()) else set()
