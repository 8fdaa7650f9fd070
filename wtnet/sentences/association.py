"""The sentences of the page that sets strength beside impact: true for a statistician, plain for a trustee."""

from __future__ import annotations

from wtnet.analysis.association import FEW, UNITS, Association
from wtnet.analysis.qap import Qap
from wtnet.sentences.format import count, figure
from wtnet.sentences.reach import odds, p_said

_CLEAR = 0.05
_HOW = ((0.1, ""), (0.3, "had slightly {} results"), (0.6, "tended to have {} results"), (1.1, "mostly had {} results"))
RELATIONS = {
    "pilot": ("share a pilot", "sharing a pilot"),
    "kind": ("are of the same kind", "being of the same kind"),
    "place": ("are in the same place", "being in the same place"),
}
"""What two partners may have in common, as a verb and as a subject."""


def interval_said(low: float | None, high: float | None) -> str:
    """ "0.21 to 0.80"; "–" if unknown."""
    return "–" if low is None or high is None else f"{figure(low, digits=2)} to {figure(high, digits=2)}"


def who(found: Association) -> str:
    """ "6 pilots", "57 partners, which share the results of 6 pilots"."""
    noun = UNITS[found.unit][:-1]
    shared = f", which share the results of {count(found.results, 'pilot')}," if found.unit == "partner" else ""
    return f"{count(found.n, noun)}{shared}"


def sentence(found: Association, p_holm: float | None = None, asked: int = 1) -> str:
    """What the points say and how far they can say it; `p_holm` is p allowing for `asked` indicators."""
    about = f"“{found.name}”"
    if not found.n:
        return f"No {UNITS[found.unit][:-1]} has both partnerships of known strength and a result on {about} to set beside them."
    if found.results < 3:
        have = "has" if found.n == 1 else "have"
        return (
            f"{who(found).rstrip(',').capitalize()} {have} both partnerships of known strength and a result on {about}; "
            "at least three results are needed to say how the two go together."
        )
    if found.rho is None:
        return (
            f"Among {who(found)} either the strength or the result on {about} is the same for all: there is nothing to compare."
        )
    return f"Among {who(found)} {_order(found)} on {about} (ρ = {figure(found.rho, digits=2)}). {_settled(found, p_holm, asked)}"


def _order(found: Association) -> str:
    rho = found.rho or 0.0
    words = next(words for most, words in _HOW if abs(rho) < most)
    if not words:
        return "strength and result have no order in common"
    up, down = ("higher", "lower") if found.better not in ("higher", "lower") else ("better", "worse")
    return f"those with stronger partnerships {words.format(up if rho > 0 else down)}"


def _settled(found: Association, p_holm: float | None, asked: int) -> str:
    kind = "exact " if found.exact else ""
    chance = f"Chance alone gives an order at least this clear {odds(found.p)} ({kind}{p_said(found.p)})"
    clear = found.p is not None and found.p < _CLEAR
    many = f"; as one of {asked} indicators asked about, p = {figure(p_holm, digits=2)}" if clear and p_holm and asked > 1 else ""
    if found.results < FEW:
        points = "points" if found.unit == "pilot" else "results"
        return f"{chance}{many}: {'even so, ' if clear else ''}{found.results} {points} are too few to settle it."
    if clear:
        return f"{chance}{many}. It does not say that one brings about the other."
    return f"{chance}, so nothing can be said either way."


def relation_said(what: str, found: Qap) -> str:
    """Whether strength lies with what two partners have in common (`RELATIONS`)."""
    verb, subject = RELATIONS[what]
    if found.r is None or found.p is None:
        return f"Of {subject} nothing can be said: it is the same for every two partners, or no strength is known."
    tested = f"r = {figure(found.r, digits=2)}, by chance {interval_said(found.low, found.high)}, {p_said(found.p)}"
    if found.p >= _CLEAR:
        return f"{subject.capitalize()} makes no clear difference ({tested})."
    side = "more and stronger" if found.r > 0 else "fewer or weaker"
    return f"Partners that {verb} have {side} ties than others ({tested})."


def overview_said(clear: list[str], asked: int, few: bool) -> str:
    """How many indicators stand out once it is allowed for that so many were asked about."""
    start = f"Of {count(asked, 'indicator')} "
    if not clear:
        said = f"{start}none goes with strength more clearly than one of so many would by chance."
    else:
        stand = "goes" if len(clear) == 1 else "go"
        named = ", ".join(f"“{name}”" for name in clear[:3])
        said = f"{start}{len(clear)} {stand} with strength more clearly than one of so many would by chance: {named}."
    return f"{said} All rest on fewer than {FEW} results, which cannot settle it." if few else said


def alternative(found: Association) -> str:
    """The picture in words."""
    points = "; ".join(
        f"{name}: strength {figure(strength, digits=2)}, result {figure(value, digits=2)}"
        for name, strength, value in found.points.select("name", "strength", "value").head(20).iter_rows()
    )
    more = f"; and {found.points.height - 20} more" if found.points.height > 20 else ""
    return f"Strength of partnerships beside the result on {found.name}, one point a {found.unit}. {points}{more}."
