"""Partners from wave to wave on paper: the figures of one, and the total strength of those that are followed."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from wtnet.draw.charts.change import Point
from wtnet.draw.print.drawing import Drawing, Size, begin, nothing
from wtnet.draw.print.multiples import MOST, Multiple, alt_text, multiples
from wtnet.draw.print.shown import Shown, waves_until
from wtnet.measures import catalogue, change
from wtnet.network import Network, answers, at
from wtnet.sentences import change as change_sentences
from wtnet.sentences import partners as sentences
from wtnet.sentences import record, strength
from wtnet.sentences.format import figure, measure_value
from wtnet.sentences.waves import names as wave_names

_TOTAL = "total_strength"
_NONE = "There are not yet two waves to follow."


def _up_to(network: Network) -> list[Network]:
    """The whole network in every wave up to the one looked at."""
    return [at(network, wave, focus=()) for wave in waves_until(network)]


def _points(shown: Shown, networks: list[Network], partner: str, id: str) -> list[Point]:
    """A measure of one partner in every wave; hollow where the lead may read that it did not answer."""
    measure, names = catalogue.find(id, "partner"), wave_names(shown.tables)
    points = []
    for network in networks:
        rows = catalogue.partners(network, (id,)).filter(pl.col("id") == partner)
        value = rows[id][0] if rows.height else None
        why = catalogue.withheld(measure, network, partner) if rows.height else None
        given = answers(shown.tables, network.wave) if shown.audience == "lead" and network.wave else {}
        quiet = given.get(partner) is False
        text = measure_value(measure, value, withheld=why)
        note = "did not answer" if quiet else why or ""
        points.append(Point(names[network.wave or ""], None if why else value, text, quiet=quiet, note=note))
    return points


def waves(shown: Shown, size: Size, name: str, source: str) -> Drawing:
    """The figures of the partner that everything is about, in every wave up to the one looked at."""
    sheet = begin(size, f"From wave to wave: {name}", "Each figure on its own scale, from zero", source)
    networks, partner = _up_to(shown.network), shown.partner
    if partner is None:
        return nothing(sheet, "Choose a partner under “About”: its figures are followed from wave to wave.")
    if len(networks) < 2:
        return nothing(sheet, record.waves_untold(shown.tables) or _NONE)
    kind = shown.tables.organisations.filter(pl.col("id") == partner)["kind"][0]
    drawn: list[Multiple] = []
    for id in sentences.shown_measures(kind, catalogue.profile(over_waves=True)):
        label = strength.label(catalogue.find(id, "partner"), networks[-1])
        drawn.append((label, _points(shown, networks, partner, id), None))
    note = multiples(sheet, drawn)
    return sheet.done(alt_text(drawn), note)


def waves_sentence(shown: Shown) -> str:
    """How the partner stands at the wave."""
    whole = at(shown.network, shown.network.wave, focus=())
    if shown.partner is None or shown.partner not in whole.graph:
        return ""
    return sentences.headline(whole, shown.partner, wave_names(shown.tables).get(whole.wave or "", ""))


def followed(shown: Shown, size: Size, name: str, source: str) -> Drawing:
    """Total strength of the partnerships of those chosen on the page; for the lead else of those that moved most."""
    networks = _up_to(shown.network)
    sheet = begin(size, f"Partners, wave by wave: {name}", "Total strength of a partner's partnerships, all on one scale", source)
    if len(networks) < 2:
        return nothing(sheet, record.waves_untold(shown.tables) or _NONE)
    names = shown.tables.names("organisations")
    chosen = [partner for partner in shown.chosen.get("follow", "").split("\n") if partner in networks[-1].graph]
    if not chosen and shown.audience == "lead":
        pairs = change.pairs(networks[0], networks[-1])
        moves = change_sentences.partner_moves(pairs, networks[-1]).filter(pl.col("moved").is_not_null() & (pl.col("moved") != 0))
        largest = moves.sort(pl.col("moved").abs(), descending=True, maintain_order=True).head(MOST - 1)
        chosen = largest.sort("moved", descending=True, maintain_order=True)["partner"].to_list()
    if not chosen:
        return nothing(sheet, "Nobody is followed: choose partners on the Change page.")
    drawn: list[Multiple] = [(names[partner], _points(shown, networks, partner, _TOTAL), None) for partner in chosen]
    ends = [point.value for _, points, _ in drawn for point in points if point.value is not None]
    most = max(ends, default=1.0) or 1.0
    one_digit = [(title, [replace(point, in_words=_short(point)) for point in points], most) for title, points, _ in drawn]
    note = multiples(sheet, one_digit)
    return sheet.done(alt_text(drawn), note)


def _short(point: Point) -> str:
    return point.in_words if point.value is None else figure(point.value, digits=1)
