"""Who took part in the wave a network shows, as arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wtnet.measures.engine.arrays import arrays, once
from wtnet.network import Network, answers, asked


@dataclass(frozen=True, eq=False)
class Participation:
    """asked (n): see `network.asked`; answered (n): rated someone. `survey` is false where nobody was asked (a reporting
    date, say), so that nobody can be said not to have answered; `known` if a roster says who was."""

    asked: np.ndarray
    answered: np.ndarray
    survey: bool
    known: bool

    @property
    def silent(self) -> np.ndarray:
        """Was asked and has not answered (n)."""
        return self.asked & ~self.answered


@once
def taking_part(network: Network) -> Participation:
    """Who took part, whatever else the scope leaves out: a partner that rated one who is filtered away has answered."""
    answered_by = answers(network.tables.known, network.wave)
    ids = arrays(network).ids
    return Participation(
        np.array([partner in answered_by for partner in ids], dtype=bool),
        np.array([answered_by.get(partner, False) for partner in ids], dtype=bool),
        bool(answered_by),
        asked(network.tables, network.wave).known,
    )


def unheard(network: Network) -> int | None:
    """Pairs without a tie of two partners that were asked, of which at least one did not answer; None without a survey."""
    a, taking = arrays(network), taking_part(network)
    if not taking.survey:
        return None
    inside, silent = taking.asked, taking.silent
    quiet = int(silent.sum())
    pairs = quiet * (quiet - 1) // 2 + quiet * (int(inside.sum()) - quiet)
    tied = inside[a.source] & inside[a.target] & (silent[a.source] | silent[a.target])
    return pairs - int(tied.sum())
