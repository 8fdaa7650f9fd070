"""Shape: the size, density and centralisation of a whole network."""

from __future__ import annotations

import numpy as np
import polars as pl

from wtnet.measures.engine.arrays import arrays, components, mean, share
from wtnet.measures.engine.communities import communities as found
from wtnet.measures.engine.paths import paths
from wtnet.measures.engine.triangles import oriented, triangles
from wtnet.measures.measure import Measure
from wtnet.network import Network
from wtnet.tables.schema import LEVELS


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


def degree_centralisation(network: Network) -> float | None:
    """Freeman's Σ(max − k) / ((n − 1)(n − 2)); null for n ≤ 2."""
    a = arrays(network)
    return share(int((a.degree.max(initial=0) - a.degree).sum()), (a.n - 1) * (a.n - 2)) if a.n > 2 else None


def betweenness_centralisation(network: Network) -> float | None:
    """Freeman's Σ(max − b) / (n − 1) with b normalised; null for n ≤ 2."""
    a = arrays(network)
    if a.n <= 2:
        return None
    b = paths(network).betweenness / ((a.n - 1) * (a.n - 2) / 2)
    return float((b.max() - b).sum() / (a.n - 1))


def communities(network: Network) -> int:
    """Number of Louvain communities among partners with ties of known strength above 0."""
    return found(network).count


def modularity(network: Network) -> float | None:
    """Modularity of those communities, weighted; null without such ties."""
    return found(network).modularity


def levels(network: Network) -> pl.DataFrame:
    """Levels of Collaboration 0–5 in the network, one row a level: how many relationships and reports are at each.

    Columns: level; name; relationships and share: pairs by the mean of the levels reported on them (halves round up),
    or by the documented level where nobody rated; a pair that every report says is none counts at level 0;
    reports and share_of_reports: ratings by the level they give. Shares are of those with a level, null without any.
    """
    none = (
        network.directed.select("no_tie", a=pl.min_horizontal("rater", "partner"), b=pl.max_horizontal("rater", "partner"))
        .group_by("a", "b")
        .agg(pl.col("no_tie").all())
        .filter("no_tie")
        .height
    )
    pairs = np.bincount(np.floor(network.ties["level"].drop_nulls().to_numpy() + 0.5).astype(int), minlength=len(LEVELS))
    pairs[0] += none
    reports = np.bincount(np.rint(network.directed["depth"].drop_nulls().to_numpy() * 5).astype(int), minlength=len(LEVELS))
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


_FREEMAN = "Freeman 1979, doi 10.1016/0378-8733(78)90021-7"
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
        reading="Partners without any tie count too.",
        caution="Filters change it.",
        rows="partners",
    ),
    Measure(
        id="ties",
        label="Ties",
        of="network",
        kind="count",
        unit="ties",
        better="neither",
        compute=ties,
        meaning="How many pairs of partners work together.",
        formula=r"m = \sum_{i<j} a_{ij}",
        source="A count",
        reading="A pair counts once, however many reports or documents there are on it.",
        caution="Ties that nobody reported because they did not answer are not in it.",
        rows="all ties",
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
        caution="Do not compare networks of different size by density. Denser is not better: ties take time.",
        rows="all ties",
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
        caution="New ties start weak, so a growing network can have a falling mean. Ties of unknown strength are left out.",
        rows="all ties",
    ),
    Measure(
        id="components",
        label="Separate parts",
        of="network",
        kind="count",
        unit="parts",
        better="lower",
        compute=components_count,
        meaning="Into how many parts without any tie between them the network falls.",
        formula="c",
        source="Wasserman & Faust 1994, ch. 4",
        reading="1: everyone can reach everyone through others. A partner without ties is a part by itself.",
        caution="One unreported tie can join two parts.",
        rows="all ties",
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
        rows="all ties",
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
        reading="1: everyone has a tie with everyone. 2: a friend of a friend.",
        caution="Other programs average over all pairs that can reach each other, in every part.",
        rows="all ties",
    ),
    Measure(
        id="transitivity",
        label="Closure",
        of="network",
        kind="share",
        unit="0–1",
        better="neither",
        compute=transitivity,
        meaning="When two partners share a third, how often they have a tie themselves.",
        formula=r"\frac{3 \cdot \text{triangles}}{\text{connected triples}}",
        source="Newman, Watts & Strogatz 2002, doi 10.1073/pnas.012582999",
        reading="High: tight groups that trust each other. Low: room for introductions. Empty if nobody has two ties.",
        caution="It is not the mean of each partner's own clustering, which other programs also call clustering.",
        rows="all ties",
    ),
    Measure(
        id="degree_centralisation",
        label="Centralisation by ties",
        of="network",
        kind="index",
        unit="0–1",
        better="neither",
        compute=degree_centralisation,
        meaning="How far the ties are gathered around one partner.",
        formula=r"\frac{\sum_i (\max_j k_j - k_i)}{(n-1)(n-2)}",
        source=_FREEMAN,
        reading="1: a star around one partner. 0: everyone has the same number of ties. Empty for fewer than three partners.",
        caution="Early in a programme a high value is natural; later it means that much depends on one partner.",
        rows="all ties",
    ),
    Measure(
        id="betweenness_centralisation",
        label="Centralisation by betweenness",
        of="network",
        kind="index",
        unit="0–1",
        better="lower",
        compute=betweenness_centralisation,
        meaning="How far the ways between partners run through one of them.",
        formula=r"\frac{\sum_i (\max_j b_j - b_i)}{n-1}",
        source=_FREEMAN,
        reading="1: every way runs through one partner. 0: nobody is more between than others. Empty for fewer than three.",
        caution="Moves a lot when one tie is missing.",
        rows="all ties",
    ),
    Measure(
        id="communities",
        label="Communities",
        of="network",
        kind="count",
        unit="clusters",
        better="neither",
        compute=communities,
        meaning="Into how many clusters of close partners the network divides.",
        formula=r"|\{c_i\}|",
        source="Louvain; Blondel, Guillaume, Lambiotte & Lefebvre 2008, doi 10.1088/1742-5468/2008/10/P10008",
        reading="Clusters are found from the strength of ties alone. Partners without a tie of known strength belong to none.",
        caution="Read it with the modularity: a division is always found, also where there is none to speak of.",
        rows="all ties",
    ),
    Measure(
        id="modularity",
        label="Modularity",
        of="network",
        kind="index",
        unit="−0.5 to 1",
        better="neither",
        compute=modularity,
        meaning="How clearly the network divides into those clusters.",
        formula=r"\frac{1}{2W} \sum_{ij} \Big(w_{ij} - \frac{s_i s_j}{2W}\Big) \delta(c_i, c_j)",
        source="Newman & Girvan 2004, doi 10.1103/PhysRevE.69.026113",
        reading="Above about 0.3 the clusters are usually real; near 0 they are no more than chance.",
        caution="Small and sparse networks reach high values by chance.",
        rows="all ties",
    ),
)
