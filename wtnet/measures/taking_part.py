"""Who took part in the wave a network shows, as arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wtnet.measures.engine.arrays import arrays, once
from wtnet.network import Network, answers


@dataclass(frozen=True, eq=False)
class Participation:
    """asked (n): in any rating of the wave or any partnership active in it; answered (n): rated someone. `survey` is
    false where nobody rated anybody (a reporting date, say), so that nobody can be said not to have answered."""

    asked: np.ndarray
    answered: np.ndarray
    survey: bool

    @property
    def silent(self) -> np.ndarray:
        """Could have said something and did not (n)."""
        return self.asked & ~self.answered & self.survey


@once
def taking_part(network: Network) -> Participation:
    """Who took part, whatever else the scope leaves out: a partner that rated one who is filtered away has answered."""
    answered_by = answers(network.tables, network.wave)
    ids = arrays(network).ids
    return Participation(
        np.array([partner in answered_by for partner in ids], dtype=bool),
        np.array([answered_by.get(partner, False) for partner in ids], dtype=bool),
        any(answered_by.values()),
    )


def unheard(network: Network) -> int | None:
    """Pairs without a tie of which at least one side could have said something and did not; None without a survey."""
    a, taking = arrays(network), taking_part(network)
    if not taking.survey:
        return None
    silent = taking.silent
    quiet = int(silent.sum())
    pairs = quiet * (quiet - 1) // 2 + quiet * (a.n - quiet)
    return pairs - int((silent[a.source] | silent[a.target]).sum())
