"""Do those who meet become partners? New ties among pairs that met at an activity, beside pairs that did not, with a QAP test."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from wtnet.analysis.qap import DRAWS, MOST, SEED, Qap, qap
from wtnet.measures import absence
from wtnet.measures.activities import met_at
from wtnet.measures.disclosure import everything, silence_reason
from wtnet.measures.pair_states import states
from wtnet.network import Network, asked, build, date_of, silent, waves_in_order
from wtnet.tables import coverage

FEW = 5
"""With fewer pairs that met, or fewer new ties, nothing is said of chance."""


@dataclass(frozen=True)
class MeetingTest:
    """Pairs of partners without a tie in the first wave, by whether they met at an activity from then to the wave looked at.

    `met` and `apart`: how many pairs, and of these `new_met` and `new_apart` have a tie now. `unknown`: pairs of which it is not
    known whether they had or have a tie. `test`: the correlation of a new tie with having met over all these pairs, and how
    often partners dealt out anew give as much (Krackhardt 1988). `reason`: why there is nothing to say, or no test; "" else.
    """

    met: int = 0
    apart: int = 0
    new_met: int = 0
    new_apart: int = 0
    unknown: int = 0
    test: Qap = field(default_factory=lambda: Qap(0))
    reason: str = ""

    @property
    def share_met(self) -> float | None:
        """New ties in pairs that met, 0–1; null without such pairs."""
        return self.new_met / self.met if self.met else None

    @property
    def share_apart(self) -> float | None:
        """New ties in pairs that did not meet, 0–1; null without such pairs."""
        return self.new_apart / self.apart if self.apart else None


def meeting(network: Network, draws: int = DRAWS, seed: int = SEED) -> MeetingTest:
    """Whether pairs that met since the first wave have become partners by the wave of this network more often than others.

    Partners are those in view. A pair with a tie in the first wave is left out: it cannot become one. Whether a tie that was made
    before two met at an activity was made because of it is not known, nor what else brought both about.
    """
    order = waves_in_order(network.tables)
    sides = [network, *(_at_first(network, wave) for wave in order[:1])]
    if withheld := next(filter(None, map(silence_reason, sides)), None):
        return MeetingTest(reason=withheld)
    network = everything(network)
    if len(order) < 2 or network.wave == order[0]:
        return MeetingTest(reason="There is no earlier wave to see which partnerships are new.")
    if network.tables.attendances.is_empty():
        return MeetingTest(reason="Who took part in which activity is not recorded.")
    if network.graph.number_of_nodes() > MOST:
        return MeetingTest(reason=f"With more than {MOST:,} partners this is not worked out.")
    partners = sorted(network.graph, key=lambda partner: network.tables.lead_ids.get(partner, partner))
    new = new_ties(network, order[0], partners)
    met = matrix(network, order[0], partners)
    upper = np.triu(np.ones(new.shape, dtype=bool), 1)
    known, gone = upper & ~np.isnan(new), int(np.isnan(new[upper]).sum())
    counts = [int((known & cells).sum()) for cells in (met, ~met, met & (new == 1), ~met & (new == 1))]
    test, reason = Qap(len(partners)), _reason(network, counts)
    if not reason:
        test = qap(new, met, draws, seed)
    tied = _tied_then(network, order[0], partners)
    met_pairs, apart, new_met, new_apart = counts
    return MeetingTest(met_pairs, apart, new_met, new_apart, gone - int((tied & upper).sum()), test, reason)


def _reason(network: Network, counts: list[int]) -> str:
    """Why the pairs are not set beside chance; "" where they are."""
    met, apart, new_met, new_apart = counts
    gap = coverage.unknown(network.tables, "attendances", "activities") or absence.ties(network)
    if gap:
        return f"The record does not tell all, so pairs are not set beside chance. {gap.sentence}"
    if absence.documents_only(network):
        return absence.NOT_BY_CHANCE
    if min(met, apart) < FEW or new_met + new_apart < FEW:
        return f"Fewer than {FEW} pairs that met, that did not, or that have become partners: too few to set beside chance."
    return ""


def new_ties(network: Network, first: str, partners: list[str]) -> np.ndarray:
    """A matrix of partners by partners (n × n): 1 if they have a tie now and had none in the first wave, 0 if they had none in
    either, NaN if they had one then or it is not known."""
    place = {partner: number for number, partner in enumerate(partners)}
    new = np.zeros((len(partners), len(partners)))
    for wave in (first, network.wave):
        roster = asked(network.tables, wave)
        quiet = [place[partner] for partner in silent(network.tables, wave) if partner in place]
        new[quiet, :] = new[:, quiet] = np.nan
        if roster.known:
            outside = [number for partner, number in place.items() if partner not in roster.partners]
            new[np.ix_(outside, outside)] = np.nan
    compared = states(_at_first(network, first), network)
    for source, target, state in compared.select("source", "target", "state").iter_rows():
        if source in place and target in place:
            value = 1.0 if state == "new" else np.nan
            new[place[source], place[target]] = new[place[target], place[source]] = value
    np.fill_diagonal(new, 0)
    return new


def matrix(network: Network, first: str, partners: list[str]) -> np.ndarray:
    """Whether each two partners (n × n, yes or no) took part in one activity from the first wave to this one."""
    place = {partner: number for number, partner in enumerate(partners)}
    met = np.zeros((len(partners), len(partners)), dtype=bool)
    for source, target, _ in met_at(network.tables, network.wave, date_of(network.tables, first)).iter_rows():
        if source in place and target in place:
            met[place[source], place[target]] = met[place[target], place[source]] = True
    return met


def _at_first(network: Network, first: str) -> Network:
    return build(network.tables, replace(network.scope.every_tie(), wave=first, focus=()))


def _tied_then(network: Network, first: str, partners: list[str]) -> np.ndarray:
    """Whether each two partners had a tie in the first wave (n × n)."""
    place = {partner: number for number, partner in enumerate(partners)}
    tied = np.zeros((len(partners), len(partners)), dtype=bool)
    for source, target in _at_first(network, first).graph.edges:
        if source in place and target in place:
            tied[place[source], place[target]] = tied[place[target], place[source]] = True
    return tied
