"""Position: how connected, how strongly, how central each partner is."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
import rustworkx as rx

from wtnet.measures import absence
from wtnet.measures.disclosure import everything
from wtnet.measures.engine.arrays import arrays, compiled, once
from wtnet.measures.engine.communities import communities
from wtnet.measures.engine.eigen import eigenvector as unit_vector
from wtnet.measures.engine.paths import paths
from wtnet.measures.measure import Measure
from wtnet.network import Network

Values = dict[str, Any]


def partners(network: Network) -> Values:
    """Number of ties; 0 for an isolate, null for one where the record does not tell of all ties (`tables.coverage`)."""
    a = arrays(network)
    return a.by_id(a.degree, (a.degree == 0) & (absence.ties(network) is not None))


@once
def _known(network: Network) -> np.ndarray:
    """Ties of known strength per partner."""
    a = arrays(network)
    return a.at_partners((~np.isnan(a.strength)).astype(float))


def total_strength(network: Network) -> Values:
    """Sum of known strengths; 0 for an isolate, null for a partner whose every tie is of unknown strength, and for an isolate
    where the record does not tell of all ties."""
    a = arrays(network)
    return a.by_id(a.at_partners(a.weight), ((a.degree > 0) | (absence.ties(network) is not None)) & (_known(network) == 0))


def mean_strength(network: Network) -> Values:
    """Mean of known strengths; null without any."""
    a, known = arrays(network), _known(network)
    return a.by_id(a.at_partners(a.weight) / np.maximum(known, 1), known == 0)


def ties_without_strength(network: Network) -> Values:
    """Ties left out of the weighted measures because nobody has said how strong they are."""
    whole = everything(network)
    a = arrays(whole)
    return a.by_id((a.degree - _known(whole)).astype(np.int64))


def betweenness(network: Network) -> Values:
    """Freeman's betweenness / ((n − 1)(n − 2) / 2), unweighted; null where there are not two others to be between."""
    a = arrays(network)
    pairs = (a.n - 1) * (a.n - 2) / 2
    return a.by_id(paths(network).betweenness / max(pairs, 1), np.full(a.n, a.n <= 2))


def betweenness_within(network: Network) -> dict[str, tuple[float, float]] | None:
    """Where betweenness is estimated, the lowest and highest it can be of each partner, all at once with 95 % confidence."""
    a, of = arrays(network), paths(network)
    if of.low is None or of.high is None:
        return None
    low, high = (each / ((a.n - 1) * (a.n - 2) / 2) for each in (of.low, of.high))
    return dict(zip(a.ids, zip(low.tolist(), np.minimum(high, 1.0).tolist(), strict=True), strict=True))


def closeness(network: Network) -> Values:
    """Harmonic closeness / (n − 1), unweighted: works when disconnected; 0 for an isolate, null for a single partner."""
    a = arrays(network)
    return a.by_id(paths(network).harmonic / max(a.n - 1, 1), np.full(a.n, a.n <= 1))


def eigenvector(network: Network) -> Values:
    """Dominant eigenvector of the strengths, of Euclidean length 1, within the largest connected part.

    Parts are those of the ties of known strength above 0 (others have no weight); of several equally large parts the
    one with the largest eigenvalue, then the first, counts. Partners outside it are null, as is everyone without such ties.
    """
    a = arrays(network)
    return a.by_id(unit_vector(network))


def core(network: Network) -> Values:
    """k-core number, unweighted; 0 for an isolate."""
    a = arrays(network)
    numbers: Any = rx.core_number(compiled(network))
    return a.by_id(np.array([numbers[i] for i in range(a.n)], dtype=np.int64))


def community(network: Network) -> Values:
    """Number of its community as text ("1" is the largest); null for a partner without a tie of known strength above 0."""
    a = arrays(network)
    label = communities(network).label
    return a.by_id(np.where(label >= 0, (label + 1).astype(str), ""), label < 0)


MEASURES = (
    Measure(
        id="partners",
        label="Partners",
        of="partner",
        kind="count",
        unit="partners",
        better="neither",
        compute=partners,
        meaning="How many others this partner works with.",
        formula=r"k_i = \sum_j a_{ij}",
        source="Degree; Freeman 1979, doi 10.1016/0378-8733(78)90021-7",
        reading="0 means that nobody has named a partnership with it. Compare with the other partners in the same view.",
        caution="More is not better: every partnership takes time to keep. Partners who did not answer the survey look "
        "less connected.",
        rows="own partnerships",
        profile=1,
        profile_waves=1,
    ),
    Measure(
        id="total_strength",
        label="Total strength",
        of="partner",
        kind="score",
        unit="sum of strengths, each 0–1",
        better="neither",
        compute=total_strength,
        meaning="The strengths of all its partnerships added up.",
        formula=r"s_i = \sum_j w_{ij}",
        source="Weighted degree; Barrat, Barthélemy, Pastor-Satorras & Vespignani 2004, doi 10.1073/pnas.0400087101",
        reading="Many weak partnerships and a few strong ones can give the same total; read it beside the mean.",
        caution="Partnerships of unknown strength are left out; how many is shown beside it.",
        rows="own partnerships",
        profile_waves=2,
        strength=True,
    ),
    Measure(
        id="mean_strength",
        label="Mean strength",
        of="partner",
        kind="score",
        unit="0–1",
        better="higher",
        compute=mean_strength,
        meaning="How strong its partnerships are on average.",
        formula=r"\bar{w}_i = \frac{1}{|K_i|} \sum_{j \in K_i} w_{ij}, \quad K_i = \{j : w_{ij} \text{ known}\}",
        source="Strength: levels of Frey, Lohmeier, Lee & Tollefson 2006, doi 10.1177/1098214006290356; PARTNER, Varda",
        reading="0 is no contact, no trust, 1 full collaboration, daily contact, full trust. Empty without rated partnerships.",
        caution="A partner with one strong partnership has a higher mean than one with ten good ones.",
        rows="own partnerships",
        profile=2,
        profile_waves=3,
        strength=True,
    ),
    Measure(
        id="ties_without_strength",
        label="Partnerships without strength",
        of="partner",
        kind="count",
        unit="ties",
        better="lower",
        compute=ties_without_strength,
        meaning="How many of its partnerships are known to exist although nobody has said how strong they are.",
        formula=r"|\{j : a_{ij} = 1,\ w_{ij} \text{ unknown}\}|",
        source="A count of what is missing",
        reading="These partnerships count as partners but are left out of every figure that uses strength.",
        caution="Unknown is not weak.",
        rows="own partnerships",
        rests_on=pl.col("strength").is_null(),
        of_survey=True,
        strength=True,
    ),
    Measure(
        id="betweenness",
        label="Betweenness",
        of="partner",
        kind="share",
        unit="0–1",
        better="neither",
        compute=betweenness,
        meaning="How often this partner lies on the shortest way from one partner to another.",
        formula=r"b_i = \frac{2}{(n-1)(n-2)} \sum_{s<t} \frac{\sigma_{st}(i)}{\sigma_{st}}",
        source="Freeman 1977, doi 10.2307/3033543; computed as Brandes 2001, doi 10.1080/0022250X.2001.9990249",
        reading="0: nobody needs it to reach anyone. 1: every shortest way runs through it. All partnerships count alike.",
        caution="A high value can be a bridge or a bottleneck. It moves a lot when one partnership is missing.",
        rows="all partnerships",
        absence_in="partnerships",
    ),
    Measure(
        id="closeness",
        label="Closeness",
        of="partner",
        kind="share",
        unit="0–1",
        better="neither",
        compute=closeness,
        meaning="How few steps it takes this partner to reach all the others.",
        formula=r"c_i = \frac{1}{n-1} \sum_{j \ne i} \frac{1}{d_{ij}}, \quad \frac{1}{\infty} = 0",
        source="Harmonic closeness; Rochat 2009; Boldi & Vigna 2014, doi 10.1080/15427951.2013.865686",
        reading="1: it has a partnership with everyone. 0: with nobody. Those it cannot reach count as nothing.",
        caution="Other programs define closeness differently when a network falls apart; compare only within one program.",
        rows="all partnerships",
        absence_in="partnerships",
    ),
    Measure(
        id="eigenvector",
        label="Eigenvector",
        of="partner",
        kind="index",
        unit="0–1, squares add up to 1",
        better="neither",
        compute=eigenvector,
        meaning="Whether it has strong partnerships with partners who themselves have strong partnerships.",
        formula=r"x_i = \frac{1}{\lambda} \sum_j w_{ij} x_j, \quad \lVert x \rVert_2 = 1",
        source="Bonacich 1987, doi 10.1086/228631",
        reading="Compare partners with one another; the number depends on how many there are. Empty outside the largest part.",
        caution="Says who is near the strongest cluster, not who matters to a small one.",
        rows="all partnerships",
        strength=True,
    ),
    Measure(
        id="core",
        label="Core",
        of="partner",
        kind="count",
        unit="k-core number",
        better="neither",
        compute=core,
        meaning="How deep in the densest part of the network it sits.",
        formula=r"\max\{k : i \in \text{the largest set in which everyone has at least } k \text{ partnerships inside}\}",
        source="Seidman 1983, doi 10.1016/0378-8733(83)90028-X",
        reading="With 3, it belongs to a group in which everyone has at least three partnerships with others of the group.",
        caution="The periphery is not a failure: newcomers and specialists sit there.",
        rows="all partnerships",
        absence_in="partnerships",
    ),
    Measure(
        id="community",
        label="Community",
        of="partner",
        kind="category",
        unit="group number",
        better="neither",
        compute=community,
        meaning="The cluster of partners it works most closely with, found from the partnerships alone.",
        formula=r"\max_c \frac{1}{2W} \sum_{ij} \Big(w_{ij} - \frac{s_i s_j}{2W}\Big) \delta(c_i, c_j)",
        source="Louvain; Blondel, Guillaume, Lambiotte & Lefebvre 2008, doi 10.1088/1742-5468/2008/10/P10008",
        reading="A name, not a quantity: 1 is the largest cluster. The same data always give the same clusters.",
        caution="Other divisions can fit almost as well; look at the modularity. Empty without a partnership of known strength.",
        rows="all partnerships",
        nominal=True,
        strength=True,
    ),
)
