"""How the network holds as partners go, on paper: the share still in one part, and the same in any order."""

from __future__ import annotations

from wtnet.draw.charts.gaps import half_gone, robustness_said
from wtnet.draw.print.drawing import SOFT, Drawing, Shape, Size, begin, line, n, nothing
from wtnet.draw.print.shown import Shown, wave_name
from wtnet.draw.style import QUIET
from wtnet.measures import robustness
from wtnet.measures.engine.arrays import once
from wtnet.measures.robustness import Robustness
from wtnet.network import Network
from wtnet.sentences import gaps as sentences
from wtnet.tables.rounding import fixed

_HIT, _CHANCE, _BAND = "#C2571A", "#6B7A90", "#DDE1E8"
_NOBODY = "There is nobody to take out."


@once
def _worked_out(network: Network) -> Robustness:
    return robustness.robustness(network)


def sentence(shown: Shown) -> str:
    """After how many partners fewer than half of all are still together, in either order."""
    result = _worked_out(shown.network)
    return sentences.holds(len(shown.network.graph), half_gone(result, "share"), half_gone(result, "chance")) or _NOBODY


def holds(shown: Shown, size: Size, name: str, source: str) -> Drawing:
    """The share of all partners still in one part, as the one most rely on goes each time, and in any order with its range."""
    under = f"{wave_name(shown.network)} · share of all partners still in one part, as partners go"
    sheet = begin(size, f"How it holds as partners go: {name}", under, source)
    result = _worked_out(shown.network)
    curve = result.curve
    if half_gone(result, "share") is None or curve.height < 2:
        return nothing(sheet, _NOBODY)
    em = sheet.size.text
    left, top, right, bottom = sheet.box
    box = (left + 4 * em, top + 0.6 * em, right - em, bottom - 2.8 * em)
    gone = curve["gone"].to_list()

    def spot(q: float, share: float) -> tuple[float, float]:
        return box[0] + (box[2] - box[0]) * q / gone[-1], box[3] - (box[3] - box[1]) * share

    def path(points: list[tuple[float, float]]) -> str:
        return "M" + "L".join(f"{n(x)} {n(y)}" for x, y in points)

    bounds = {name: [spot(q, share) for q, share in zip(gone, curve[name], strict=True)] for name in ("low", "high", "chance")}
    sheet.shapes.append(Shape(path([*bounds["high"], *bounds["low"][::-1]]) + "z", _BAND))
    sheet.shapes.append(Shape(path(bounds["chance"]), line=_CHANCE, wide=0.18 * em, dash=(0.7 * em, 0.5 * em)))
    steps: list[tuple[float, float]] = []
    for q, share in zip(gone, curve["share"], strict=True):
        steps += [(spot(q, 0)[0], steps[-1][1])] if steps else []
        steps.append(spot(q, share))
    sheet.shapes.append(Shape(path(steps), line=_HIT, wide=0.28 * em))
    for axis in ((box[0], box[3], box[2], box[3]), (box[0], box[1], box[0], box[3])):
        sheet.shapes.append(Shape(line(*axis), line=QUIET["light"], wide=0.08 * em))
    for share in (0.0, 0.5, 1.0):
        sheet.say(box[0] - 0.7 * em, spot(0, share)[1] + 0.35 * em, f"{fixed(100 * share)}%", 0.95, anchor="end", colour=SOFT)
    for q in dict.fromkeys((0, round(gone[-1] / 2), gone[-1])):
        sheet.say(spot(q, 0)[0], box[3] + 1.5 * em, f"{q:,}", 0.95, anchor="middle", colour=SOFT)
    sheet.say(box[2], box[3] + 2.7 * em, "partners gone", 0.95, anchor="end", colour=SOFT)
    half = len(gone) // 2
    sheet.say(bounds["high"][half][0] + 0.5 * em, bounds["high"][half][1] - 0.5 * em, "in any order", colour=_CHANCE)
    low = next((at for at, share in enumerate(curve["share"]) if share < 0.15), len(gone) - 1)
    x, y = spot(gone[low], curve["share"][low])
    words = "most relied on first"
    sheet.say(x + 0.5 * em, y - 0.5 * em, words, colour=_HIT)
    return sheet.done(robustness_said(result))
