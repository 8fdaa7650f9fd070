"""Strength of a partnership: what two partners say of each other, brought to 0–1, and how far it depends on the weights."""

from wtnet.strength.answers import far_apart, steps_apart
from wtnet.strength.documents import active
from wtnet.strength.pairs import (
    COMPONENTS,
    EQUAL,
    PAIRINGS,
    PARTS,
    WORDS,
    Weights,
    check_pairing,
    directed,
    mean_known,
    pairs,
)
from wtnet.strength.stability import Stability, stability

__all__ = [
    "COMPONENTS",
    "EQUAL",
    "PAIRINGS",
    "PARTS",
    "WORDS",
    "Stability",
    "Weights",
    "active",
    "check_pairing",
    "directed",
    "far_apart",
    "mean_known",
    "pairs",
    "stability",
    "steps_apart",
]
