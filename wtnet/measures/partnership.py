"""Partnership: the strength of each tie and its parts, as the catalogue tells them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wtnet.measures.measure import Measure
from wtnet.network import Network

Values = dict[tuple[str, str], Any]


def _column(name: str) -> Callable[[Network], Values]:
    def compute(network: Network) -> Values:
        ties = network.ties
        return dict(zip(zip(ties["source"], ties["target"], strict=True), ties[name], strict=True))

    compute.__name__ = name
    compute.__doc__ = f"The column {name} of `network.ties`, by pair."
    return compute


_LEVELS = "Frey, Lohmeier, Lee & Tollefson 2006, doi 10.1177/1098214006290356"
_PARTNER = "PARTNER; Varda, Chandra, Stern & Lurie 2008, Core dimensions of connectivity in public health collaboratives"
_SCALE = "A mean of what the two sides say, by the way of pairing chosen. Empty where neither says."


def _tie(id: str, label: str, meaning: str, formula: str, source: str, reading: str, caution: str) -> Measure:
    return Measure(
        id=id,
        label=label,
        of="tie",
        kind="score",
        unit="0–1",
        better="higher",
        compute=_column(id),
        meaning=meaning,
        formula=formula,
        source=source,
        reading=reading,
        caution=caution,
        rows="all ratings",
    )


MEASURES = (
    _tie(
        "strength",
        "Strength",
        "How strong a partnership is, from what both sides say of it.",
        r"w_{ij} = \tfrac{1}{2}(s_{ij} + s_{ji}), \quad s_{ij} = \frac{\sum_c w_c x_c}{\sum_c w_c} \text{ over those given}",
        f"Components: {_LEVELS}; PARTNER, Varda. The mixture is this program's own",
        "0 none, 1 full collaboration in daily contact with full trust and value. Weights and pairing are yours to choose.",
        "There is no published composite: look at the parts, and at how the order moves under other weights (stability).",
    ),
    _tie(
        "depth",
        "Depth",
        "How closely the two work together.",
        r"\text{level} / 5",
        _LEVELS,
        "0 none, 0.2 networking, 0.4 cooperation, 0.6 coordination, 0.8 coalition, 1 collaboration.",
        "Other scales use the same words in another order (Himmelman); only the number counts.",
    ),
    _tie(
        "contact",
        "Contact",
        "How often they are in touch.",
        r"\text{rank} / 5",
        "PARTNER, Varda: frequency of contact, as ranks",
        "0 never, 0.2 yearly, 0.4 quarterly, 0.6 monthly, 0.8 weekly, 1 daily.",
        "Often is not always good: some partnerships need little contact.",
    ),
    _tie(
        "trust",
        "Trust",
        "How far they rely on each other, share aims and talk openly.",
        r"\frac{\overline{(\text{reliability}, \text{mission}, \text{openness})} - 1}{3}",
        _PARTNER,
        "0 not at all, 1 a great deal. " + _SCALE,
        "Perceptions run higher than facts; compare trust with trust.",
    ),
    _tie(
        "value",
        "Value",
        "How much they say the other brings.",
        r"\frac{\overline{(\text{influence}, \text{involvement}, \text{resources})} - 1}{3}",
        _PARTNER,
        "0 not at all, 1 a great deal. " + _SCALE,
        "Perceptions run higher than facts; compare value with value.",
    ),
    _tie(
        "extent",
        "Extent",
        "How much the two do together: depth and contact.",
        r"\frac{\sum_c w_c x_c}{\sum_c w_c}, \quad c \in \{\text{depth}, \text{contact}\}",
        f"{_LEVELS}; PARTNER, Varda",
        "0 none, 1 full. " + _SCALE,
        "Shown apart from perception, which measures something else and runs higher.",
    ),
    _tie(
        "perception",
        "Perception",
        "What the two think of each other: trust and value.",
        r"\frac{\sum_c w_c x_c}{\sum_c w_c}, \quad c \in \{\text{trust}, \text{value}\}",
        _PARTNER,
        "0 poor, 1 excellent. " + _SCALE,
        "Courtesy lifts it; look at the difference between the two sides.",
    ),
    _tie(
        "agreement",
        "Agreement",
        "How alike the two sides see the strength of their partnership.",
        r"1 - |s_{ij} - s_{ji}|",
        "A distance between two reports",
        "1: both say the same. Empty unless both sides rated.",
        "Disagreement prompts a conversation; it is not an error.",
    ),
    Measure(
        id="basis",
        label="Basis",
        of="tie",
        kind="category",
        unit="a word",
        better="neither",
        compute=_column("basis"),
        meaning="What the strength of this partnership rests on.",
        formula=r"\{\text{both}, \text{one-sided}, \text{documented}, \text{none}\}",
        source="Survey and partnership records",
        reading="both: two reports. one-sided: one. documented: no report, the level coded from evidence. "
        "none: strength unknown.",
        caution="A one-sided partnership is not a one-sided partnership: the other side may not have answered.",
        rows="all ratings",
    ),
)
