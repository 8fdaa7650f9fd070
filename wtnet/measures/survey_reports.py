"""Reports: what partners say of one another, and whether the two sides agree."""

from __future__ import annotations

from typing import Any

import polars as pl

from wtnet.measures import disclosure
from wtnet.measures.disclosure import everything, figures
from wtnet.measures.engine.arrays import arrays, mean, share
from wtnet.measures.measure import FAIR, Measure
from wtnet.measures.taking_part import taking_part
from wtnet.network import Network

Values = dict[str, Any]


def trust_received(network: Network) -> Values:
    """Mean trust (1–4) over the ratings received that give any trust item; null without one."""
    return _received(network, "trust")


def value_received(network: Network) -> Values:
    """Mean value (1–4) over the ratings received that give any value item; null without one."""
    return _received(network, "value")


def _received(network: Network, part: str) -> Values:
    known = pl.col(part).drop_nulls()
    means = (
        figures(network)
        .directed.group_by("partner", maintain_order=True)
        .agg(value=pl.when(_shown(network, known)).then(known.mean() * 3 + 1))
    )
    return dict.fromkeys(network.graph) | dict(means.iter_rows())


def _shown(network: Network, known: pl.Expr) -> pl.Expr:
    """Whether a mean of parts (0–1) tells others than the lead of no single one."""
    if network.exact is None:
        return pl.lit(True)
    return (known.count() >= disclosure.LEAST) & disclosure.leaves_room(known)


def agreement(network: Network) -> Values:
    """Mean agreement over its ties that both sides rated; null without one, and to others than the lead for a partner without
    a word (`measures.doubles`)."""
    both = figures(network).ties.filter(pl.col("agreement").is_not_null())
    unworded = network.tables.doubles.get(network.wave or "", frozenset())
    ends = pl.concat([both.select("agreement", partner=end) for end in ("source", "target")])
    known = pl.col("agreement")
    means = ends.group_by("partner", maintain_order=True).agg(value=pl.when(_shown(network, known)).then(known.mean()))
    return dict.fromkeys(network.graph) | dict(means.filter(~pl.col("partner").is_in(unworded)).iter_rows())


def responded(network: Network) -> Values:
    """Whether it rated someone in the wave; null for a partner that was not asked (see `network.asked`)."""
    taking = taking_part(network)
    return arrays(network).by_id(taking.answered, ~taking.asked)


def mean_agreement(network: Network) -> float | None:
    """Mean agreement over the ties that both sides rated; null without one."""
    ties, known = figures(network).ties, pl.col("agreement")
    shown = network.exact is None or ties.select(disclosure.leaves_room(known)).item()
    return mean(ties["agreement"].to_numpy()) if shown else None


def reciprocity(network: Network) -> float | None:
    """Ties reported by both / pairs of which at least one reports a tie, among pairs where both answered; null without one.

    A partner that answered without naming the other has not confirmed. Documents play no part.
    """
    a, taking = arrays(network), taking_part(network)
    answered = [partner for partner, yes in zip(a.ids, taking.answered.tolist(), strict=True) if yes]
    reported = everything(network).directed.filter(
        ~pl.col("no_tie"), pl.col("rater").is_in(answered), pl.col("partner").is_in(answered)
    )
    pairs = (
        reported.select(a=pl.min_horizontal("rater", "partner"), b=pl.max_horizontal("rater", "partner")).group_by("a", "b").len()
    )
    return share(int((pairs["len"] == 2).sum()), pairs.height)


MEASURES = (
    Measure(
        id="trust_received",
        label="Trust received",
        of="partner",
        kind="score",
        unit="1–4",
        better="higher",
        compute=trust_received,
        meaning="How far others say they can rely on it, share its aims and can talk openly with it.",
        formula=r"\frac{1}{|R_i|} \sum_{j \in R_i} \overline{(\text{reliability}, \text{mission}, \text{openness})}_{ji}",
        source="PARTNER; Varda, Chandra, Stern & Lurie 2008, Core dimensions of connectivity in public health collaboratives",
        reading="1 not at all, 2 a little, 3 a fair amount, 4 a great deal. What it says of itself never counts.",
        caution="A mean over few raters can point at one of them; look at how many there are.",
        rows="ratings received",
        rests_on=pl.col("trust").is_not_null(),
        of_survey=True,
        opinion=True,
        profile=5,
        profile_waves=6,
        strength=True,
    ),
    Measure(
        id="value_received",
        label="Value received",
        of="partner",
        kind="score",
        unit="1–4",
        better="higher",
        compute=value_received,
        meaning="How much others say it brings: standing, involvement and resources.",
        formula=r"\frac{1}{|R_i|} \sum_{j \in R_i} \overline{(\text{influence}, \text{involvement}, \text{resources})}_{ji}",
        source="PARTNER; Varda, Chandra, Stern & Lurie 2008, Core dimensions of connectivity in public health collaboratives",
        reading="1 not at all, 2 a little, 3 a fair amount, 4 a great deal.",
        caution="Small organisations bring other things than resources: look at the three parts.",
        rows="ratings received",
        rests_on=pl.col("value").is_not_null(),
        of_survey=True,
        opinion=True,
        strength=True,
    ),
    Measure(
        id="agreement",
        label="Agreement",
        of="partner",
        kind="share",
        unit="0–1",
        better="higher",
        compute=agreement,
        meaning="How alike it and its partners see the strength of their partnerships.",
        formula=r"\frac{1}{|B_i|} \sum_{j \in B_i} \big(1 - |s_{ij} - s_{ji}|\big)",
        source="Mean of 1 − the distance between both reports, over the partnerships that both sides rated",
        reading="1: both sides say the same. Disagreement prompts a conversation; it is not an error.",
        caution="Only partnerships that both sides rated count; with one report there is nothing to agree with.",
        rows="own partnerships",
        rests_on=pl.col("agreement").is_not_null(),
        of_survey=True,
        profile=4,
        profile_waves=5,
        strength=True,
        by_both=True,
    ),
    Measure(
        id="responded",
        label="Responded",
        of="partner",
        kind="flag",
        unit="yes or no",
        better="higher",
        compute=responded,
        meaning="Whether it rated anyone in this wave.",
        formula=r"\exists j : r_{ij} \text{ given}",
        source="Survey record",
        reading="Where no, what is known of it comes from others and from documents. Empty: it was not asked in this wave.",
        caution="Not answering has many reasons; it is not a lack of partnership.",
        rows="ratings given",
        of_survey=True,
        by_name=True,
    ),
    Measure(
        id="agreement",
        label="Agreement",
        of="network",
        kind="share",
        unit="0–1",
        better="higher",
        compute=mean_agreement,
        meaning="How alike the two sides of a partnership see its strength, on average.",
        formula=r"\frac{1}{|B|} \sum_{(i,j) \in B} \big(1 - |s_{ij} - s_{ji}|\big)",
        source="Mean of 1 − the distance between both reports, over the partnerships that both sides rated",
        reading="1: every pair says the same of its partnership.",
        caution="Partnerships that one side rated are not in it.",
        rows="all partnerships",
        rests_on=pl.col("agreement").is_not_null(),
        compared=FAIR,
        why="Of the partnerships that both sides rated.",
        of_survey=True,
        strength=True,
    ),
    Measure(
        id="reciprocity",
        label="Reciprocity of reports",
        of="network",
        kind="share",
        unit="0–1",
        better="higher",
        compute=reciprocity,
        meaning="When one partner reports a partnership and both answered the survey, how often the other reports it too.",
        formula=r"\frac{M}{M + A}",
        source="Wasserman & Faust 1994, ch. 13: mutual / (mutual + asymmetric) dyads",
        reading="1: every reported partnership is reported from both sides.",
        caution="Pairs with a partner that did not answer are left out: silence is not a no.",
        rows="all ratings",
        compared=FAIR,
        why="Of the pairs where both answered.",
        of_survey=True,
        silence=True,
        strength=True,
    ),
)
