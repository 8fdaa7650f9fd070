"""The survey's record: who answered, on whose word a partnership rests, and what nobody has told."""

from __future__ import annotations

import polars as pl

from wtnet.measures.disclosure import everything
from wtnet.measures.engine.arrays import share
from wtnet.measures.measure import COUNT, FAIR, SIZE, Measure
from wtnet.measures.taking_part import taking_part, unheard
from wtnet.network import Network


def response_rate(network: Network) -> float | None:
    """Partners that rated someone / partners that were asked (see `network.asked`); null where nobody was."""
    taking = taking_part(network)
    return share(int(taking.answered.sum()), int(taking.asked.sum()))


def one_sided_ties(network: Network) -> int:
    """Ties whose strength rests on one side's report alone."""
    return int((everything(network).ties["basis"] == "one-sided").sum())


def documented_ties(network: Network) -> int:
    """Ties that nobody rated, of which a level is documented."""
    return int((everything(network).ties["basis"] == "documented").sum())


def ties_without_strength(network: Network) -> int:
    """Ties of unknown strength, left out of every weighted measure."""
    return everything(network).ties["strength"].null_count()


def ties_unknown(network: Network) -> int | None:
    """Pairs without a tie of two that were asked, of which one did not answer; null where there was no survey."""
    return unheard(network)


MEASURES = (
    Measure(
        id="response_rate",
        label="Response rate",
        of="network",
        kind="share",
        unit="0–1",
        better="higher",
        compute=response_rate,
        meaning="What part of the partners that were asked in this wave rated someone.",
        formula=r"\frac{|\text{rated someone}|}{|\text{asked}|}",
        source="Survey record",
        reading="Below about 0.7, figures on who is central can change much when the others answer.",
        caution="Where nobody wrote down who was asked, all in a rating or an active partnership of the wave are taken for it.",
        rows="all ratings",
        compared=FAIR,
        why="Everything else rests on it.",
        of_survey=True,
        silence=True,
    ),
    Measure(
        id="one_sided_ties",
        label="One-sided partnerships",
        of="network",
        kind="count",
        unit="ties",
        better="lower",
        compute=one_sided_ties,
        meaning="Partnerships whose strength is known from one side only.",
        formula=r"|\{(i,j) : \text{exactly one of } s_{ij}, s_{ji} \text{ known}\}|",
        source="A count of what is missing",
        reading="Ask the other side.",
        caution="Not a sign of a one-sided partnership: the other may not have answered.",
        rows="all partnerships",
        rests_on=pl.col("basis") == "one-sided",
        compared=SIZE,
        why=COUNT,
        of_survey=True,
        silence=True,
        absence_in="ratings",
    ),
    Measure(
        id="documented_ties",
        label="Documented partnerships",
        of="network",
        kind="count",
        unit="ties",
        better="neither",
        compute=documented_ties,
        meaning="Partnerships nobody rated in this wave, whose strength is the level coded from documents.",
        formula=r"|\{(i,j) : \text{nobody rated, documented level known}\}|",
        source="Partnership records",
        reading="Their strength says how formal the partnership is, not how it feels.",
        caution="Compare with rated partnerships with care.",
        rows="all partnerships",
        rests_on=pl.col("basis") == "documented",
        compared=SIZE,
        why=COUNT,
        of_survey=True,
        strength=True,
        absence_in="ratings",
    ),
    Measure(
        id="ties_without_strength",
        label="Partnerships without strength",
        of="network",
        kind="count",
        unit="ties",
        better="lower",
        compute=ties_without_strength,
        meaning="Partnerships known to exist although nobody has said how strong they are.",
        formula=r"|\{(i,j) : w_{ij} \text{ unknown}\}|",
        source="A count of what is missing",
        reading="They count as partnerships but are left out of every figure that uses strength.",
        caution="Unknown is not weak.",
        rows="all partnerships",
        rests_on=pl.col("strength").is_null(),
        compared=SIZE,
        why=COUNT,
        of_survey=True,
        strength=True,
    ),
    Measure(
        id="ties_unknown",
        label="Pairs unknown",
        of="network",
        kind="count",
        unit="pairs",
        better="lower",
        compute=ties_unknown,
        meaning="Pairs with no known partnership, both of whom were asked, of which at least one side did not answer.",
        formula=r"|\{(i,j) : a_{ij} = 0,\ i, j \text{ asked},\ i \text{ or } j \text{ did not answer}\}|",
        source="A count of what is missing",
        reading="The network may have up to this many partnerships that nobody told us of. Empty where there was no survey.",
        caution="An upper limit, not an estimate.",
        rows="partners",
        compared=SIZE,
        why=COUNT,
        of_survey=True,
        silence=True,
    ),
)
