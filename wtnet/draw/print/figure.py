"""A single figure as a picture: what is counted, the figure large, its interval where it has one, and what it says."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import get_args

import polars as pl

from wtnet.draw.print.drawing import INK, SOFT, Drawing, Size, begin, nothing, text_width, wrapped
from wtnet.draw.print.shown import Chart, Shown, wave_name
from wtnet.errors import InvalidRequest
from wtnet.measures import catalogue, uncertainty
from wtnet.measures.impact import progress
from wtnet.measures.impact.suppression import WITHHELD
from wtnet.network import Network, at
from wtnet.sentences import strength, targets
from wtnet.sentences.format import interval_text, measure_value
from wtnet.sentences.impact_method import STATE_MEANINGS
from wtnet.tables.model import State

FIGURE = "figure:"
"""How a picture of a single figure is named: with the id of a measure of the network behind it."""
Words = tuple[str, str, str, str]
"""What a figure is called, the figure, its interval or "", and what it says."""


def figures() -> dict[str, str]:
    """Every figure of the network that can be a picture, and what it is called."""
    return {f"{FIGURE}{measure.id}": f"Figure: {measure.label}" for measure in catalogue.of("network")}


def of_network(id: str) -> Chart:
    """The picture of a figure of the network."""
    measure = catalogue.find(id, "network")
    return _chart(f"Figure: {measure.label}", partial(_of_network, id))


def of_partner(id: str) -> Chart:
    """The picture of a figure of the partner that everything is about."""
    measure = catalogue.find(id, "partner")
    return _chart(f"Figure: {measure.label}", partial(_of_partner, id))


def of_results(id: str) -> Chart:
    """The picture of how many targets are in a state, how many figures are late, or how many results have evidence."""
    if id not in {*get_args(State), "late", "evidence"}:
        raise InvalidRequest(f'There is no figure of results "{id}"; choose one of {", ".join(STATE_MEANINGS)}.')
    return replace(_chart("Figure of results", partial(_of_results, id)), whole=True)


def _chart(label: str, words: partial[Words | None]) -> Chart:
    def sentence(shown: Shown) -> str:
        told = words(shown)
        if told is None:
            return ""
        label, value, between, _ = told
        return f"{label}: {value}{f' ({between})' if between else ''}."

    def draw(shown: Shown, size: Size, name: str, source: str) -> Drawing:
        sheet = begin(size, name, wave_name(shown.network), source)
        told = words(shown)
        if told is None:
            return nothing(sheet, "This figure is not known of what is in view.")
        label, value, between, says = told
        left, top, right, bottom = sheet.box
        em, room = size.text, right - left
        high = min((bottom - top) * 0.42, 12 * em)
        high = min(high, high * room / max(text_width(value, high, 700), 1.0))
        lines = wrapped(says, room, 1.35 * em, 4)
        free = bottom - top - (2.6 * em + high + (2.6 * em if between else 0) + len(lines) * 1.8 * em)
        y = top + max(0.0, free / 2) + 2.0 * em
        sheet.say(left, y, label, 1.9, weight=600)
        y += 0.6 * em + high * 0.86
        sheet.say(left, y, value, high / em, weight=700, colour=INK)
        if between:
            y += 2.6 * em
            sheet.say(left, y, between, 1.5, weight=600, colour=INK)
        for row, line in enumerate(lines):
            sheet.say(left, y + (2.4 + 1.8 * row) * em, line, 1.35, colour=SOFT)
        return sheet.done(f"{label}: {value}{f' ({between})' if between else ''}. {says}")

    return Chart(label, draw, sentence)


def _of_network(id: str, shown: Shown) -> Words | None:
    network = shown.network
    measure = catalogue.find(id, "network")
    why = catalogue.withheld(measure, network)
    value = catalogue.whole(network, (measure.id,)).get(measure.id)
    text = measure_value(measure, value, catalogue.base(measure, network), why)
    says = f"{measure.meaning} {why}" if why else measure.meaning
    return strength.label(measure, network), text, "" if why else _between(measure, network), says


def _between(measure: catalogue.Measure, network: Network) -> str:
    """The 95 % interval in words; "" where there is none."""
    if not measure.ratio:
        return ""
    row = uncertainty.intervals(network).row(by_predicate=pl.col("measure") == measure.id, named=True)
    return interval_text(measure, row["low"], row["high"])


def _of_partner(id: str, shown: Shown) -> Words | None:
    whole = at(shown.network, shown.network.wave, focus=())
    partner = shown.partner
    if partner is None or partner not in whole.graph:
        return None
    measure = catalogue.find(id, "partner")
    value = catalogue.partners(whole, (id,)).row(by_predicate=pl.col("id") == partner, named=True)[id]
    why = catalogue.withheld(measure, whole, partner)
    says = f"{measure.meaning} {why}" if why else measure.meaning
    return strength.label(measure, whole), measure_value(measure, value, withheld=why), "", says


def _of_results(id: str, shown: Shown) -> Words | None:
    summary, tables = shown.summary, shown.tables
    if not tables.indicators.height:
        return None
    if id == "late":
        late = progress.late(summary.progress, tables, shown.network.wave)
        return "Late or missing", f"{late.height:,}", "", _meaning(id)
    if id == "evidence":
        measured = summary.cells.filter(pl.col("value").is_not_null())
        proven = measured.filter(pl.col("evidence").is_not_null() | pl.col("source_url").is_not_null())
        told = WITHHELD if summary.cells["suppressed"].any() else f"{proven.height:,} of {measured.height:,}"
        return "Results with evidence", told, "", _meaning(id)
    values = {str(state): value for state, value in targets.state_figures(summary.progress)}
    if id not in values:
        return None
    mark, _, words = targets.figure_label(id).partition(" ")  # type: ignore[arg-type]
    return f"{mark} Targets {words.lower()}", values[id], "", _meaning(id)


def _meaning(id: str) -> str:
    """What a figure of results means, without the words in bold that it begins with."""
    return STATE_MEANINGS.get(id, "").partition("** ")[2]
