"""The sentences of the page that sets strength beside impact: true for a statistician, plain for a trustee."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import polars as pl

from wtnet.analysis.association import FEW, SOME_RESULTS, UNITS, Association
from wtnet.analysis.qap import MOST, Contrast, Qap
from wtnet.measures import absence, disclosure
from wtnet.network import Network
from wtnet.sentences import record
from wtnet.sentences.format import count, figure, share
from wtnet.sentences.reach import odds, p_value

_CLEAR = 0.05
_HOW = ((0.1, ""), (0.3, "had slightly {} results"), (0.6, "tended to have {} results"), (1.1, "mostly had {} results"))
RELATIONS = {
    "pilot": ("share a pilot", "sharing a pilot"),
    "kind": ("are of the same kind", "being of the same kind"),
    "place": ("are in the same place", "being in the same place"),
}
"""What two partners may have in common, as a verb and as a subject."""


def interval_text(low: float | None, high: float | None) -> str:
    """ "0.21 to 0.80"; "–" if unknown."""
    return "–" if low is None or high is None else f"{figure(low, digits=2)} to {figure(high, digits=2)}"


def subjects(association: Association) -> str:
    """ "6 pilots", "57 partners, which share the results of 6 pilots"."""
    noun = UNITS[association.unit][:-1]
    shared = f", which share the results of {count(association.results, 'pilot')}," if association.unit == "partner" else ""
    return f"{count(association.n, noun)}{shared}"


def headline(association: Association, p_holm: float | None = None, indicators: int = 1) -> str:
    """What the points say and how far they can say it; `p_holm` is p allowing for so many indicators."""
    about = f"“{association.name}”"
    if association.withheld:
        return f"How strength goes with {about} is withheld: {_reason(association.withheld)}"
    if not association.n:
        unit = UNITS[association.unit][:-1]
        return f"No {unit} has both partnerships of known strength and a result on {about} to set beside them."
    who = subjects(association)
    if association.results < 3:
        have = "has" if association.n == 1 else "have"
        return (
            f"{who.rstrip(',').capitalize()} {have} both partnerships of known strength and a result on {about}; "
            "at least three results are needed to say how the two go together."
        )
    if association.rho is None:
        return f"Among {who} either the strength or the result on {about} is the same for all: there is nothing to compare."
    order = f"Among {who} {_order(association)} on {about} (ρ = {figure(association.rho, digits=2)})."
    return f"{order} {_certainty(association, p_holm, indicators)}"


def _reason(sentence: str) -> str:
    """A reason as the rest of a sentence."""
    return sentence.removeprefix("Withheld: ")


def _order(association: Association) -> str:
    rho = association.rho or 0.0
    words = next(words for most, words in _HOW if abs(rho) < most)
    if not words:
        return "strength and result have no order in common"
    up, down = ("higher", "lower") if association.better not in ("higher", "lower") else ("better", "worse")
    return f"those with stronger partnerships {words.format(up if rho > 0 else down)}"


def _certainty(association: Association, p_holm: float | None, indicators: int) -> str:
    p = association.p
    exact = "exact " if association.exact else ""
    chance = f"Chance alone gives an order at least this clear {odds(p)} ({exact}{p_value(p)})"
    clear = p is not None and p < _CLEAR
    many = ""
    if clear and p_holm and indicators > 1:
        many = f"; as one of {indicators} indicators asked about, p = {figure(p_holm, digits=2)}"
    if association.results < FEW:
        points = "points" if association.unit == "pilot" else "results"
        return f"{chance}{many}: {'even so, ' if clear else ''}{association.results} {points} are too few to settle it."
    if clear:
        return f"{chance}{many}. It does not say that one brings about the other."
    return f"{chance}, so nothing can be said either way."


def relation_sentence(relation: str, qap: Qap, contrast: Contrast) -> str:
    """Whether strength goes with something two partners have in common (`RELATIONS`): by more partnerships or stronger ones."""
    verb, subject = RELATIONS[relation]
    if qap.withheld:
        return f"How strength goes with {subject} is withheld: {_reason(qap.withheld)}"
    if qap.r is None or qap.p is None:
        return f"Of {subject} nothing can be said: it is the same for every two partners, or no strength is known."
    tested = f"r = {figure(qap.r, digits=2)}, by chance {interval_text(qap.low, qap.high)}, {p_value(qap.p)}"
    if qap.p >= _CLEAR:
        return f"{subject.capitalize()} makes no clear difference ({tested})."
    often = _beside(contrast.tied, contrast.tied_others, 0.01, ("more often", "less often", "as often"), share)
    strong = _beside(contrast.strength, contrast.strength_others, 0.05, ("stronger", "weaker", "about as strong"), _two_digits)
    first = f"Two partners that {verb} work together {often}" if often else f"Partners that {verb} differ from others"
    second = f"; those partnerships are {strong}" if strong else ""
    return f"{first}{second} ({tested})."


def _two_digits(value: float) -> str:
    return figure(value, digits=2)


def _beside(
    value: float | None, other: float | None, least: float, words: tuple[str, str, str], written: Callable[[float], str]
) -> str:
    """How a figure compares with that of all other pairs: "more often (41 % against 9 %)"; "" where one is not known."""
    if value is None or other is None:
        return ""
    word = words[2] if abs(value - other) < least else words[0] if value > other else words[1]
    return f"{word} ({written(value)} against {written(other)})"


def overview_sentence(clear: list[str], indicators: int, few: bool) -> str:
    """Which indicators (`clear`: their names) stand out when p allows for how many there are."""
    start = f"Of {count(indicators, 'indicator')} "
    if not clear:
        sentence = f"{start}none goes with strength more clearly than one of so many would by chance."
    else:
        stand = "goes" if len(clear) == 1 else "go"
        named = ", ".join(f"“{name}”" for name in clear[:3])
        sentence = f"{start}{len(clear)} {stand} with strength more clearly than one of so many would by chance: {named}."
    return f"{sentence} All rest on fewer than {FEW} results, which cannot settle it." if few else sentence


def hidden_indicators(number: int, reason: str) -> str:
    """A sentence that so many correlations are withheld, and why."""
    correlations = "One correlation is" if number == 1 else f"{number} correlations are"
    why = _reason(reason)
    return f"{correlations} withheld, and so is which of all stand out: {why}"


def every_indicator(overview: pl.DataFrame, reason: str | None) -> str:
    """Which indicators of `association.overview` stand out; how many are withheld, for the `reason` given or the usual one."""
    known, hidden = overview.filter(pl.col("rho").is_not_null()), overview.filter("withheld")
    if hidden.height:
        return hidden_indicators(hidden.height, reason or SOME_RESULTS)
    if not known.height:
        return "No indicator has three results to compare."
    clear = known.filter(pl.col("p_holm") < 0.05)["name"].to_list()
    return overview_sentence(clear, known.height, bool((known["results"] < FEW).all()))


def relations_untold(network: Network) -> str:
    """Why it is not told where the strong partnerships lie; "" where it is."""
    if why := disclosure.reason(network):
        return why
    if disclosure.everything(network).ties["strength"].null_count() == network.ties.height:
        untold = record.untold(network.tables, "ratings", "How strong partnerships are is {}.")
        return untold or "No partnership in view has a known strength."
    if absence.documents_only(network):
        return absence.NOT_BY_CHANCE
    partners = network.graph.number_of_nodes()
    return f"There are {partners:,} partners; this is worked out for up to {MOST:,}." if partners > MOST else ""


def alternative_text(association: Association) -> str:
    """The scatter as text, at most 20 points."""
    points = association.points
    if association.withheld and not points.height:
        return f"Strength of partnerships beside the result on {association.name}: withheld."
    listed = "; ".join(
        f"{name}: strength {figure(strength, digits=2)}, result {figure(value, digits=2)}"
        for name, strength, value in points.select("name", "strength", "value").head(20).iter_rows()
    )
    more = f"; and {points.height - 20} more" if points.height > 20 else ""
    return f"Strength of partnerships beside the result on {association.name}, one point a {association.unit}. {listed}{more}."


def rho_text(row: Mapping[str, Any]) -> str:
    """A row of `association.overview` as it is written beside its point: ρ with its interval, p, and p allowing for all."""
    span = "" if row["low"] is None else f" ({interval_text(row['low'], row['high'])})"
    allowing = "" if row["p_holm"] is None else f"; allowing for all {p_value(row['p_holm'])}"
    return f"{figure(row['rho'], digits=2)}{span}, {p_value(row['p'])}{allowing}"
