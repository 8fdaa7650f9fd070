"""What ranking introductions and marking that ranking share."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array, diags_array

from wtnet.measures.engine.arrays import Arrays

HUB = 1_000
"""A shared partner with more ties than this introduces nobody in particular and is left out."""


def shares(a: Arrays) -> csr_array:
    """What each partner (row) passes to those around it (columns): 1 / its ties; nothing where it has too many."""
    give = np.zeros(a.n)
    useful = (a.degree > 0) & (a.degree <= HUB)
    give[useful] = 1 / a.degree[useful]
    return csr_array(diags_array(give) @ a.links)
