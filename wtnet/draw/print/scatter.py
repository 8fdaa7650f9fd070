"""Strength beside impact on paper: points with names and intervals; how each indicator goes with strength; where ties lie."""

from __future__ import annotations

import math

import polars as pl

from wtnet.analysis import association, qap
from wtnet.analysis.association import AGAINST, UNITS, Association
from wtnet.draw.charts.association import CORRELATION_SCALE, RELATION_SCALE, correlation_dots, relation_dots
from wtnet.draw.charts.dots import Dot
from wtnet.draw.print import dots
from wtnet.draw.print.drawing import INK, SOFT, Drawing, Shape, Sheet, Size, begin, line, nothing, rectangle
from wtnet.draw.print.labels import Disc, place, write_all
from wtnet.draw.print.shown import Shown, wave_name
from wtnet.draw.style import QUIET
from wtnet.measures import absence, disclosure
from wtnet.measures.engine.arrays import once
from wtnet.network import Network
from wtnet.sentences import association as sentences
from wtnet.sentences import record
from wtnet.sentences.format import count

_HUE = "#4049FF"
MANY = 60
"""With more points than this their intervals are left out."""
_NONE = "No point can be drawn: each needs partnerships of known strength and a result at two waves."


def asked(shown: Shown) -> Association | None:
    """The correlation chosen on the page; the indicator with most results where none is; None where nothing was measured."""
    indicators = shown.tables.indicators["id"].to_list()
    if not indicators:
        return None
    chosen = shown.chosen.get("indicator", "")
    if chosen not in indicators:
        counts = dict(shown.progress.filter(pl.col("latest").is_not_null()).group_by("indicator").len().iter_rows())
        chosen = max(indicators, key=lambda indicator: counts.get(indicator, 0))
    unit, against = _how(shown)
    return association.associate(shown.network, shown.progress, chosen, unit, against)


def _how(shown: Shown) -> tuple[str, str]:
    unit, against = shown.chosen.get("unit", ""), shown.chosen.get("against", "")
    return unit if unit in UNITS else "pilot", against if against in AGAINST else "change"


def _untold(shown: Shown) -> str:
    """Why strength is not set beside results; "" where it is."""
    if not shown.tables.indicators.height:
        return record.results_untold(shown.tables) or "No indicator is recorded, so there is nothing to set strength beside."
    return absence.NOT_BY_CHANCE if absence.documents_only(shown.network) else ""


def sentence(shown: Shown) -> str:
    """How strength goes with the result, and how far so few points can say it."""
    result = None if _untold(shown) else asked(shown)
    if result is None:
        return _untold(shown)
    every = association.overview(shown.network, shown.progress, *_how(shown))
    row = every.row(by_predicate=pl.col("indicator") == result.indicator, named=True)
    return sentences.headline(result, row["p_holm"], every["p"].count())


def scatter(shown: Shown, size: Size, name: str, source: str) -> Drawing:
    """A point a pilot or partner: across the mean strength of its partnerships with its interval, up its result."""
    result = None if _untold(shown) else asked(shown)
    if result is None:
        sheet = begin(size, f"Strength and results: {name}", wave_name(shown.network), source)
        return nothing(sheet, _untold(shown))
    unit = shown.tables.indicators.row(by_predicate=pl.col("id") == result.indicator, named=True)["unit"]
    up = "progress from baseline (0) to target (1)" if result.against == "progress" else f"change ({unit or 'no unit'})"
    up += ", better is up" if result.better == "lower" and result.against == "change" else ""
    points = f"one point is a {UNITS[result.unit][:-1]}"
    sheet = begin(
        size, f"Strength and results: {name}", f"“{result.name}” · {wave_name(shown.network)} · {points} · up: {up}", source
    )
    if not result.n:
        return nothing(sheet, result.withheld or _NONE)
    spans = {}
    if result.unit == "pilot" and result.n <= MANY:
        spans = association.strength_intervals(shown.network, result.points["id"].to_list())
    note = _points(sheet, result.points, spans)
    lines = " Lines are 95% intervals of the mean strength." if spans else ""
    return sheet.done(f"{sentences.alternative_text(result)}{lines}", note)


def _points(sheet: Sheet, points: pl.DataFrame, spans: dict[str, tuple[float, float]]) -> str:
    em = sheet.size.text
    left, top, right, bottom = sheet.box
    box = (left + 4.6 * em, top + 0.6 * em, right - em, bottom - 3.2 * em)
    rows = points.rows(named=True)
    across = _range([*(row["strength"] for row in rows), *(end for span in spans.values() for end in span)])
    up = _range([row["value"] for row in rows])

    def spot(x: float, y: float) -> tuple[float, float]:
        share = ((x - across[0]) / (across[1] - across[0]), (y - up[0]) / (up[1] - up[0]))
        return box[0] + share[0] * (box[2] - box[0]), box[3] - share[1] * (box[3] - box[1])

    for axis in ((box[0], box[3], box[2], box[3]), (box[0], box[1], box[0], box[3])):
        sheet.shapes.append(Shape(line(*axis), line=QUIET["light"], wide=0.08 * em))
    for value in _ticks(*across):
        x = spot(value, up[0])[0]
        sheet.shapes.append(Shape(line(x, box[3], x, box[3] + 0.4 * em), line=QUIET["light"], wide=0.08 * em))
        sheet.say(x, box[3] + 1.5 * em, f"{value:.4g}", 0.95, anchor="middle", colour=SOFT)
    for value in _ticks(*up):
        y = spot(across[0], value)[1]
        sheet.shapes.append(Shape(line(box[0] - 0.4 * em, y, box[0], y), line=QUIET["light"], wide=0.08 * em))
        sheet.say(box[0] - 0.8 * em, y + 0.35 * em, f"{value:,.4g}", 0.95, anchor="end", colour=SOFT)
        if value == 0:
            sheet.shapes.append(Shape(line(box[0], y, box[2], y), line="#C9CED9", wide=0.08 * em))
    sheet.say(box[2], box[3] + 2.9 * em, "mean strength of partnerships, 0 to 1", 0.95, anchor="end", colour=INK)
    discs = []
    for row in rows:
        x, y = spot(row["strength"], row["value"])
        if row["id"] in spans:
            ends = [spot(end, row["value"])[0] for end in spans[row["id"]]]
            sheet.shapes.append(Shape(line(ends[0], y, ends[1], y), line=_HUE, wide=0.16 * em, opacity=0.55))
        discs.append(Disc(x, y, 0.55 * em, row["name"], ("above", "below")))
    for disc in discs:
        sheet.shapes.append(
            Shape(rectangle(disc.x - disc.r, disc.y - disc.r, 2 * disc.r, 2 * disc.r), _HUE, "#FFFFFF", 0.08 * em, says=disc.name)
        )
    labels = place(discs, range(len(discs)), (left, top, right, bottom), em, sheet.size.least)
    write_all(sheet, labels)
    missing = len(discs) - len(labels)
    if not missing:
        return ""
    return sheet.remark(f"{len(labels):,} of {count(len(discs), 'point')} named; all are in the tables.")


def _range(values: list[float]) -> tuple[float, float]:
    low, high = min(values, default=0.0), max(values, default=1.0)
    room = 0.12 * ((high - low) or abs(high) or 1)
    return low - room, high + room


def _ticks(low: float, high: float) -> list[float]:
    """Round numbers within a range, three to seven of them."""
    step = 10 ** math.floor(math.log10((high - low) / 3))
    step = next(step * by for by in (1, 2, 5, 10) if (high - low) / (step * by) <= 6)
    first = math.ceil(low / step)
    return [round(at * step, 10) + 0.0 for at in range(first, math.floor(high / step) + 1)]


# -- all indicators, and what two partners have in common ----------------------------------------------------------


def _correlations(shown: Shown) -> tuple[list[Dot], str]:
    """ρ of every indicator, and what is withheld of them, in a sentence."""
    if _untold(shown):
        return [], _untold(shown)
    every = association.overview(shown.network, shown.progress, *_how(shown))
    return correlation_dots(every), sentences.every_indicator(every, disclosure.reason(shown.network))


def _of_dots(sheet: Sheet, rows: list[Dot], words: str, scale: list[tuple[float, str]], alt: str) -> Drawing:
    """The rows on a scale from −1 to 1, or the `words` where there are none."""
    if not rows:
        return nothing(sheet, words)
    note = dots.dots(sheet, rows, -1, 1, scale, 0.0)
    return sheet.done(f"{alt} {dots.alt_text(rows)}", note)


def correlations(shown: Shown, size: Size, name: str, source: str) -> Drawing:
    """Rank correlation of strength with every indicator, each with its interval where it can carry one."""
    rows, words = _correlations(shown)
    under = f"{wave_name(shown.network)} · square: rank correlation ρ; line: 95% interval, where there are results enough"
    sheet = begin(size, f"Strength and every indicator: {name}", under, source)
    return _of_dots(sheet, rows, words, CORRELATION_SCALE, "Rank correlation of strength with each indicator.")


def correlations_sentence(shown: Shown) -> str:
    """Which indicators stand out, allowing for how many they are."""
    return _correlations(shown)[1]


@once
def _relations(network: Network) -> tuple[list[Dot], str]:
    """What two partners may have in common beside how strong their partnership is; a sentence instead where that is not told."""
    if why := sentences.relations_untold(network):
        return [], why
    results = {relation: qap.explained(network, relation) for relation in qap.RELATIONS}
    said = [sentences.relation_sentence(name, each, qap.contrast(network, name)) for name, each in results.items()]
    return relation_dots(results), " ".join(said)


def relations(shown: Shown, size: Size, name: str, source: str) -> Drawing:
    """Whether the strong partnerships lie within pilots, kinds or places, beside what chance would give."""
    rows, words = _relations(shown.network)
    under = f"{wave_name(shown.network)} · square: correlation over all pairs; pane: where 95 of 100 lie by chance (QAP)"
    sheet = begin(size, f"Where the strong partnerships lie: {name}", under, source)
    return _of_dots(sheet, rows, words, RELATION_SCALE, "Correlation of strength with what two partners have in common.")


def relations_sentence(shown: Shown) -> str:
    """What two partners have in common where they work together, or strongly."""
    return _relations(shown.network)[1]
