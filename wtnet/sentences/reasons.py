"""What partners who work together have in common, in sentences: whether they do, and how strongly, apart."""

from __future__ import annotations

import math

from wtnet.analysis.association import holm
from wtnet.analysis.mrqap import Regression
from wtnet.analysis.reasons import Reasons
from wtnet.sentences.format import count, figure, listed
from wtnet.sentences.reach import p_value

_CLEAR = 0.05


def sentences(reasons: Reasons) -> list[str]:
    """One sentence on whether partners work together, one on how strongly those do that do; the reason where there is none."""
    if reasons.why:
        return [reasons.why]
    return [
        _existence(reasons),
        _strength(reasons),
        "p allows for how many things are asked about (Holm), and none of them says what brought a partnership about.",
    ]


def _clear(reasons: Reasons, regression: Regression | None) -> tuple[list[tuple[str, float, float]], list[str]]:
    """What stands out, as (words, coefficient, p allowing for the number), the strongest first; and the words of the rest."""
    coefficients = regression.coefficients if regression else ()
    allowing = holm([each.p for each in coefficients])
    clear, unclear = [], []
    for each, p in zip(coefficients, allowing, strict=True):
        if p is None or each.value is None:
            continue
        if p < _CLEAR:
            clear.append((reasons.names[each.name], each.value, p))
        else:
            unclear.append(reasons.names[each.name])
    return sorted(clear, key=lambda row: -abs(row[1])), unclear


def _existence(reasons: Reasons) -> str:
    regression = reasons.existence
    clear, unclear = _clear(reasons, regression)
    if regression is None or not (clear or unclear):
        return "Whether partners work together cannot be set beside what they have in common: there is too little to compare."
    start = f"Whether two partners work together ({count(regression.cells, 'pair')} of which that is known): "
    parts = [f"the odds are {_times(value)} for those that {words} ({p_value(p)})" for words, value, p in clear]
    return f"{start}{listed(parts, 9)}{_rest(parts, unclear)}."


def _strength(reasons: Reasons) -> str:
    if reasons.withheld:
        return f"How strong partnerships are is not set beside it here. {reasons.withheld}"
    regression = reasons.strength
    clear, unclear = _clear(reasons, regression)
    if regression is None or not (clear or unclear):
        return "How strong partnerships are cannot be set beside what partners have in common: too few have a known strength."
    start = f"How strong it is, where they do ({count(regression.cells, 'partnership')}): "
    parts = [
        f"{figure(abs(value), digits=2)} {'stronger' if value > 0 else 'weaker'} for those that {words} ({p_value(p)})"
        for words, value, p in clear
    ]
    return f"{start}{listed(parts, 9)}{_rest(parts, unclear)}."


def _times(coefficient: float) -> str:
    """ "20 times as high"; for fewer "a third as high" would round away, so a figure below 1 is written out."""
    odds = math.exp(coefficient)
    return f"{figure(odds, digits=0 if odds >= 10 else 1 if odds >= 1.05 else 2)} times as high"


def _rest(parts: list[str], unclear: list[str]) -> str:
    if not unclear:
        return ", each with the others held equal"
    middle = ", each with the others held equal; " if parts else ""
    return f"{middle}no clear difference for those that {listed(unclear, 9).replace(' and ', ' or ')}"
