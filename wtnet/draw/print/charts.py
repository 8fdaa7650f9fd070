"""The charts on paper: who works with whom, what changed, and how far each pilot is on its way to its targets."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import polars as pl

from wtnet.draw.charts.reach import SHOWN, in_words
from wtnet.draw.print.drawing import (
    INK,
    SOFT,
    Drawing,
    Shape,
    Sheet,
    Size,
    begin,
    circle,
    fitted,
    line,
    nothing,
    rectangle,
    text_width,
)
from wtnet.draw.print.matrix import matrix, more
from wtnet.draw.print.shown import Shown, wave_name
from wtnet.draw.style import QUIET
from wtnet.measures import absence, change, reach
from wtnet.measures.impact import progress as impact
from wtnet.measures.impact import tallies
from wtnet.measures.pair_states import KNOWN_NOW, KNOWN_THEN, STILL_THERE
from wtnet.network import Network, at, waves_in_order
from wtnet.palette import STATES
from wtnet.sentences import record
from wtnet.sentences.format import WITHHELD, count, result_text, verb
from wtnet.sentences.targets import met_text
from wtnet.sentences.waves import names as wave_names
from wtnet.tables import coverage as coverage_of
from wtnet.tables import relationships
from wtnet.tables.columns import THEMES
from wtnet.tables.coverage import Unknown
from wtnet.tables.schema import CORE_KINDS, KINDS

_BEYOND = 1.12
"""Where a mark stands that is far beyond its target."""
_COUNTED = {
    "ties": "number of partnerships",
    "mean_strength": "mean strength, 0 none to 1 strongest",
    "share_of_possible": "share of the pairs that work together",
}
_CHANGED = {
    "new": "#4C54E0",
    "stronger": "#8088F5",
    "unchanged": QUIET["light"],
    "weaker": "#E0B27A",
    "ended": "#9A5B00",
    KNOWN_NOW: "#4C54E0",
    STILL_THERE: QUIET["light"],
    KNOWN_THEN: "#9A5B00",
    "unknown": "#EEF0F4",
}
"""What became of a pair, in its colour; others than the lead are told some of it in other words (`change.counts`)."""


def coverage(shown: Shown, size: Size, name: str, source: str) -> Drawing:
    """Which museum works with which of the four core kinds: a square with the number of ties, empty where there is none."""
    network = shown.network
    museums = reach.coverage(network).sort(pl.col("missing") == "none", maintain_order=True)
    sheet = begin(size, f"Which museum works with whom: {name}", f"{wave_name(network)} · number of partnerships", source)
    heads = [(kind, label) for kind, label in CORE_KINDS.items()]
    gaps = absence.unknown_kinds(network)
    rows = [(row["name"], [_ties(row, kind, gaps) for kind in CORE_KINDS]) for row in museums.iter_rows(named=True)]
    if not rows:
        return nothing(sheet, "No museum is in view.")
    left_out = matrix(sheet, heads, [(None, label, values) for label, values in rows], lambda value: f"{value:,}")
    lacking = museums.filter(pl.any_horizontal(pl.col(*CORE_KINDS) == 0)).height
    untold = museums.filter(pl.col("unknown") != "").height
    lack = f"{lacking} {verb(lacking, 'lacks', 'lack')} at least one"
    if untold:
        lack = f"of {untold} it is not told by the record with which of them they work"
    return sheet.done(f"Matrix of {count(len(rows), 'museum')} by the four core kinds; {lack}.", left_out)


def mixing(shown: Shown, size: Size, name: str, source: str) -> Drawing:
    """Ties between each two kinds of partner; the fuller a square, the more."""
    network = shown.network
    kinds = relationships.in_use(network.tables) if relationships.tells_all(network.tables) else {}
    kind = shown.chosen.get("mix_kind", "")
    if kind in kinds:
        network = at(network, network.wave, relationships=(kind,))
    what = shown.chosen.get("mix", "")
    what = what if what in SHOWN else "ties"
    mixed = reach.mixing(network)
    cells = {}
    for row in mixed.iter_rows(named=True):
        cells[row["kind_a"], row["kind_b"]] = cells[row["kind_b"], row["kind_a"]] = _mixed(network, row, what)
    there = [each for each in KINDS if (each, each) in cells]
    of = f" · {kinds[kind]}" if kind in kinds else ""
    under = f"{wave_name(network)} · {_COUNTED[what]}{of}"
    sheet = begin(size, f"Who works with whom, kind by kind: {name}", under, source)
    if not there:
        return nothing(sheet, "No partner is in view.")
    rows = [(row_kind, KINDS[row_kind], [cells[row_kind, other] for other in there]) for row_kind in there]
    left_out = matrix(sheet, [(each, KINDS[each]) for each in there], rows, lambda value: in_words(value, what))
    most = mixed.sort("ties", descending=True, nulls_last=True, maintain_order=True).row(0, named=True)
    most_said = f"Most partnerships: {KINDS[most['kind_a']].lower()} and {KINDS[most['kind_b']].lower()}, {most['ties'] or 0:,}."
    words = f"Matrix of partnerships between {count(len(there), 'kind')} of partner ({_COUNTED[what]}){of}. {most_said}"
    return sheet.done(words, left_out)


def _mixed(network: Network, row: dict[str, Any], what: str) -> float | str | None:
    """What stands in a square: a number, or why there is none."""
    if what == "mean_strength" and network.exact is not None and reach.mixing_withheld(network, row["kind_a"], row["kind_b"]):
        return WITHHELD
    untold = row["ties"] is None or (row["possible"] and row["share_of_possible"] is None)
    value: float | None = row[what]
    return coverage_of.WORDS["partial"] if value is None and untold and what != "mean_strength" else value


def _ties(row: dict[str, Any], kind: str, gaps: Mapping[str, Unknown]) -> int | str | None:
    """How many ties a museum has with a kind, or why that is not told."""
    return gaps[kind].words_of_one if kind in row["unknown"].split(", ") else row[kind]


def changed(shown: Shown, size: Size, name: str, source: str) -> Drawing:
    """What became of the partnerships from each wave to the next, as bars of pairs."""
    network = shown.network
    tables = network.tables
    names = wave_names(tables)
    steps = list(pairwise(waves_in_order(tables)))
    sheet = begin(size, f"What became of the partnerships: {name}", "Pairs of partners, from each wave to the next", source)
    if not steps:
        return nothing(sheet, record.waves_untold(tables) or "There are not yet two waves to compare.")
    em = size.text
    left, top, right, bottom = sheet.box
    counted = [(f"{names[a]} → {names[b]}", change.counts(at(network, a), at(network, b))) for a, b in steps]
    told = {state: colour for state, colour in _CHANGED.items() if any(state in values for _, values in counted)}
    x = left
    for state, colour in told.items():
        sheet.shapes.append(Shape(rectangle(x, top, 1.1 * em, 1.1 * em), colour, "#8A94A6", 0.05 * em))
        sheet.say(x + 1.6 * em, top + 0.95 * em, state)
        x += 3.4 * em + text_width(state, em)
    top += 3 * em
    wide_names = min(max(text_width(label, 1.2 * em) for label, _ in counted) + 2 * em, (right - left) * 0.35)
    most = max(1, *(sum(values.values()) for _, values in counted))
    high = min((bottom - top) / len(counted), 9 * em)
    for row, (label, values) in enumerate(counted):
        y, x = top + row * high, left + wide_names
        sheet.say(left, y + high / 2, fitted(label, wide_names - em, 1.2 * em), 1.2)
        for state, colour in told.items():
            wide = (right - left - wide_names) * values.get(state, 0) / most
            if not wide:
                continue
            sheet.shapes.append(Shape(rectangle(x, y + 0.15 * high, wide, 0.6 * high), colour, "#8A94A6", 0.05 * em))
            if text_width(str(values[state]), em) + 0.4 * em < wide:
                dark = state in {"new", "ended", KNOWN_NOW, KNOWN_THEN}
                sheet.say(x + wide / 2, y + 0.5 * high, f"{values[state]:,}", anchor="middle", colour="#FFFFFF" if dark else INK)
            x += wide
    step_words = ". ".join(
        f"{label}: " + ", ".join(f"{state} {values[state]}" for state in told if state in values) for label, values in counted
    )
    return sheet.done(f"Pairs of partners by what became of them. {step_words}.")


def progressed(shown: Shown, size: Size, name: str, source: str) -> Drawing:
    """Each indicator with its pilots on their way from baseline (left) to target (right)."""
    network = shown.network
    frame = shown.progress.filter(pl.col("pilot").is_not_null())
    sheet = begin(
        size, f"What came of it: {name}", f"Up to {wave_name(network)} · each mark is one pilot, from baseline to target", source
    )
    if frame.is_empty():
        return nothing(sheet, record.results_untold(network.tables) or "No indicator has been measured in a pilot yet.")
    em = size.text
    left, top, right, bottom = sheet.box
    secret = tallies.withheld(frame)
    used = [state for state in impact.STATES if (frame["state"] == state).any()]
    x = left
    for state in used:
        words, icon, colour, _ = STATES[state]
        # Where states are withheld, those that are shown are not all.
        state_words = words if secret and state != "withheld" else f"{words} ({(frame['state'] == state).sum()})"
        if x > left and x + 1.7 * em + text_width(state_words, em) > right:
            x, top = left, top + 1.7 * em
        _sign(sheet, x + 0.6 * em, top + 0.6 * em, icon, colour)
        sheet.say(x + 1.7 * em, top + 0.95 * em, state_words)
        x += 3.2 * em + text_width(state_words, em)
    top += 2.6 * em
    names = 0.36 * (right - left)
    axis = (left + names + 3 * em, right - em - 0.13 * (right - left - names))
    for place, words in ((0.0, "baseline"), (1.0, "target")):
        at_ = axis[0] + place * (axis[1] - axis[0])
        sheet.shapes.append(Shape(line(at_, top + 0.9 * em, at_, bottom - 1.2 * em), line=QUIET["light"], wide=0.06 * em))
        sheet.say(at_, top + 0.5 * em, words, anchor="middle", colour=SOFT)
    lines: list[tuple[str, str | None]] = []
    for theme, label in THEMES.items():
        inside = frame.filter(pl.col("theme") == theme)["indicator"].unique(maintain_order=True).to_list()
        lines += [(label, None), *((row_label, theme) for row_label in inside)] if inside else []
    room = int((bottom - top - 2.4 * em) / (1.6 * em))
    high = min((bottom - top - 2.4 * em) / min(len(lines), room), 2.6 * em)
    for row, (row_label, under) in enumerate(lines[:room]):
        y = top + 2.2 * em + row * high
        if under is None:
            sheet.say(left, y + 0.35 * em, row_label, 1.05, weight=700)
            continue
        inside_ = frame.filter(pl.col("indicator") == row_label)
        sheet.say(left + em, y + 0.35 * em, fitted(str(inside_["name"][0]), names, em))
        sheet.shapes.append(Shape(line(axis[0], y, axis[1], y), line="#E4E7EE", wide=0.08 * em))
        for each in inside_.sort("progress", nulls_last=True).iter_rows(named=True):
            if each["progress"] is None:
                continue
            on = min(_BEYOND, max(-0.04, each["progress"]))
            _, icon, colour, _ = STATES[each["state"]]
            _sign(sheet, axis[0] + on * (axis[1] - axis[0]), y, icon, colour)
    met = met_text(tallies.tally(frame))
    alt = f"Progress of {count(frame['indicator'].n_unique(), 'indicator')}{f': {met}' if met else ''}."
    where = ", ".join(
        f"{row['name']} in {row['pilot_name']} {result_text(row, 'latest')}" for row in frame.head(3).iter_rows(named=True)
    )
    return sheet.done(f"{alt} Among them: {where}.", more(sheet, len(lines) - min(len(lines), room), "line"))


def _sign(sheet: Sheet, x: float, y: float, icon: str, colour: str) -> None:
    em = sheet.size.text
    sheet.shapes.append(Shape(circle(x, y, 0.62 * em), colour, "#FFFFFF", 0.08 * em, opacity=0.9))
    sheet.say(x, y + 0.3 * em, icon, 0.85, weight=700, anchor="middle", colour="#FFFFFF")
