"""Shape: the size and density of a whole network, its parts, distances and closure."""

from __future__ import annotations

import numpy as np
import polars as pl

from wtnet.measures.disclosure import everything, figures
from wtnet.measures.engine.arrays import arrays, components, mean, share
from wtnet.measures.engine.paths import paths
from wtnet.measures.engine.triangles import oriented, triangles
from wtnet.measures.measure import COUNT, FAIR, MOVES, SIZE, Measure, Ratio
from wtnet.network import Network
from wtnet.tables.schema import LEVELS

_WIDE = 2
"""Others than the lead see how many answers there are at each level where they range over more levels than this: of answers that
are all alike each one would be known."""


def partners(network: Network) -> int:
    """Number of partners in scope, isolates included."""
    return arrays(network).n


def ties(network: Network) -> int:
    """Number of ties in scope, those of unknown strength included."""
    return arrays(network).m


def density(network: Network) -> float | None:
    """Ties / pairs of partners; null for fewer than two partners."""
    a = arrays(network)
    return share(a.m, a.n * (a.n - 1) / 2)


def mean_strength(network: Network) -> float | None:
    """Mean of the known strengths of ties; null without one."""
    return mean(arrays(network).strength)


def _ties_of_pairs(network: Network) -> Ratio:
    return np.ones(arrays(network).m), None


def _strength_of_known(network: Network) -> Ratio:
    a = arrays(network)
    return a.weight, (~np.isnan(a.strength)).astype(float)


def components_count(network: Network) -> int:
    """Number of connected parts; an isolate is one by itself."""
    return len(components(network).size)


def largest_component_share(network: Network) -> float | None:
    """Partners in the largest connected part / partners; null without partners."""
    parts = components(network)
    return share(int(parts.size.max(initial=0)), arrays(network).n)


def mean_distance(network: Network) -> float | None:
    """Mean number of steps between two partners of the largest connected part (of several, that of the first partner),
    unweighted; null where that is a single partner."""
    parts = components(network)
    if parts.largest is None:
        return None
    inside = parts.label == parts.largest
    size = int(inside.sum())
    return share(float(paths(network).distance[inside].sum()), size * (size - 1))


def transitivity(network: Network) -> float | None:
    """3 · triangles / connected triples; null where no partner has two ties."""
    a = arrays(network)
    closed = sum(len(uv) for uv, _, _ in triangles(a, oriented(network)))
    return share(3 * closed, int((a.degree * (a.degree - 1)).sum()) / 2)


def levels(network: Network) -> pl.DataFrame:
    """Levels of Collaboration 0–5 in the network, one row a level: how many relationships and reports are at each.

    Columns: level; name; relationships and share: pairs by the mean of the levels reported on them (halves round up),
    or by the documented level where nobody rated; a pair that every report says is none counts at level 0;
    reports and share_of_reports: ratings by the level they give. Shares are of those with a level, null without any.
    """
    reported, known = everything(network).directed, figures(network)
    none = (
        reported.select("no_tie", a=pl.min_horizontal("rater", "partner"), b=pl.max_horizontal("rater", "partner"))
        .group_by("a", "b")
        .agg(pl.col("no_tie").all())
        .filter("no_tie")
        .height
    )
    pairs = np.bincount(np.floor(known.ties["level"].drop_nulls().to_numpy() + 0.5).astype(int), minlength=len(LEVELS))
    pairs[0] += none
    reports = np.bincount(np.rint(known.directed["depth"].drop_nulls().to_numpy() * 5).astype(int), minlength=len(LEVELS))
    used = np.flatnonzero(reports)
    if network.tables.audience != "lead" and (not used.size or np.ptp(used) < _WIDE):
        pairs, reports = np.zeros((2, len(LEVELS)), dtype=int)
    return pl.DataFrame(
        {
            "level": range(len(LEVELS)),
            "name": LEVELS,
            "relationships": pairs,
            "share": [share(count, pairs.sum()) for count in pairs.tolist()],
            "reports": reports,
            "share_of_reports": [share(count, reports.sum()) for count in reports.tolist()],
        },
        schema={
            "level": pl.Int64,
            "name": pl.String,
            "relationships": pl.Int64,
            "share": pl.Float64,
            "reports": pl.Int64,
            "share_of_reports": pl.Float64,
        },
    )


MEASURES = (
    Measure(
        id="partners",
        label="Partners",
        of="network",
        kind="count",
        unit="partners",
        better="neither",
        compute=partners,
        meaning="How many partners are in view.",
        formula="n",
        source="A count",
        reading="Partners without any partnership count too.",
        caution="Filters change it.",
        rows="partners",
        compared=SIZE,
        why="The size itself.",
    ),
    Measure(
        id="ties",
        label="Partnerships",
        of="network",
        kind="count",
        unit="ties",
        better="neither",
        compute=ties,
        meaning="How many pairs of partners work together.",
        formula=r"m = \sum_{i<j} a_{ij}",
        source="A count",
        reading="A pair counts once, however many reports or documents there are on it.",
        caution="Partnerships that nobody reported because they did not answer are not in it.",
        rows="all partnerships",
        compared=SIZE,
        why=COUNT,
    ),
    Measure(
        id="density",
        label="Density",
        of="network",
        kind="share",
        unit="0–1",
        better="neither",
        compute=density,
        meaning="What part of all the partnerships that could be there are there.",
        formula=r"\frac{2m}{n(n-1)}",
        source="Wasserman & Faust 1994, ch. 4",
        reading="Programmes of 20 to 60 partners often have 0.3 to 0.5. Larger networks are always less dense.",
        caution="Do not compare networks of different size by density. Denser is not better: partnerships take time.",
        rows="all partnerships",
        compared=SIZE,
        why="A larger network is always less dense: nobody has time for everybody.",
        ratio=_ties_of_pairs,
        absence_in="partnerships",
    ),
    Measure(
        id="mean_strength",
        label="Mean strength",
        of="network",
        kind="score",
        unit="0–1",
        better="higher",
        compute=mean_strength,
        meaning="How strong the partnerships are on average.",
        formula=r"\frac{1}{|K|} \sum_{(i,j) \in K} w_{ij}, \quad K = \{(i,j) : w_{ij} \text{ known}\}",
        source="Strength: levels of Frey, Lohmeier, Lee & Tollefson 2006, doi 10.1177/1098214006290356; PARTNER, Varda",
        reading="0 is no contact and no trust, 1 is full collaboration in daily contact with full trust.",
        caution="New partnerships start weak, so a growing network can have a falling mean. Partnerships of unknown "
        "strength are left out.",
        rows="all partnerships",
        compared=FAIR,
        why="New partnerships start weak, so a younger network has a lower mean.",
        ratio=_strength_of_known,
        strength=True,
    ),
    Measure(
        id="components",
        label="Separate parts",
        of="network",
        kind="count",
        unit="parts",
        better="lower",
        compute=components_count,
        meaning="Into how many parts without any partnership between them the network falls.",
        formula="c",
        source="Wasserman & Faust 1994, ch. 4",
        reading="1: everyone can reach everyone through others. A partner without partnerships is a part by itself.",
        caution="One unreported partnership can join two parts.",
        rows="all partnerships",
        compared=SIZE,
        why=MOVES,
        absence_in="partnerships",
    ),
    Measure(
        id="largest_component_share",
        label="In the largest part",
        of="network",
        kind="share",
        unit="0–1",
        better="higher",
        compute=largest_component_share,
        meaning="What part of the partners belong to the largest connected part.",
        formula=r"\frac{\max_c n_c}{n}",
        source="Wasserman & Faust 1994, ch. 4",
        reading="1: all of them.",
        caution="Says nothing about how easily the part would break; look at the partners it depends on.",
        rows="all partnerships",
        compared=SIZE,
        why="One partner is a larger share of a smaller network.",
        absence_in="partnerships",
    ),
    Measure(
        id="mean_distance",
        label="Mean distance",
        of="network",
        kind="score",
        unit="steps",
        better="lower",
        compute=mean_distance,
        meaning="How many steps two partners of the largest part are apart on average.",
        formula=r"\frac{2}{n_c(n_c-1)} \sum_{i<j} d_{ij}",
        source="Wasserman & Faust 1994, ch. 4; within the largest connected part",
        reading="1: everyone has a partnership with everyone. 2: a friend of a friend.",
        caution="Other programs average over all pairs that can reach each other, in every part.",
        rows="all partnerships",
        compared=SIZE,
        why="More partners are further apart.",
        slow=True,
        absence_in="partnerships",
    ),
    Measure(
        id="transitivity",
        label="Closure",
        of="network",
        kind="share",
        unit="0–1",
        better="neither",
        compute=transitivity,
        meaning="When two partners share a third, how often they have a partnership themselves.",
        formula=r"\frac{3 \cdot \text{triangles}}{\text{connected triples}}",
        source="Newman, Watts & Strogatz 2002, doi 10.1073/pnas.012582999",
        reading="High: tight groups that trust each other. Low: room for introductions. Empty if nobody has two partnerships.",
        caution="It is not the mean of each partner's own clustering, which other programs also call clustering.",
        rows="all partnerships",
        compared=SIZE,
        why="Rises with density, which falls with size.",
        absence_in="partnerships",
    ),
)
