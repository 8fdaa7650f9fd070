"""Every chart that can be had as a picture, by name, and every kind of picture of one thing: a figure, a finding, a quote."""

from __future__ import annotations

from collections.abc import Callable

from wtnet.draw.print import beside, charts, done, figure, holds, partners, places, reach, results, scatter, told, waves
from wtnet.draw.print.shown import Chart, Shown
from wtnet.errors import InvalidRequest
from wtnet.measures import change
from wtnet.measures import reach as reach_measures
from wtnet.network import at, waves_in_order
from wtnet.sentences import change as change_sentences
from wtnet.sentences import gaps as gap_sentences
from wtnet.sentences import reach as reach_sentences
from wtnet.sentences.waves import names as wave_names


def _changed(shown: Shown) -> str:
    """What became of the partnerships since the first wave; "" in it and without waves."""
    network = shown.network
    order, names = waves_in_order(shown.tables), wave_names(shown.tables)
    if network.wave not in order[1:]:
        return ""
    counts = change.counts(at(network, order[0]), network)
    return change_sentences.headline(counts, names[order[0]], names[network.wave or ""])


def _mixing(shown: Shown) -> str:
    crossing = reach_sentences.crossing(shown.network, reach_measures.chance(shown.network))
    return crossing[1] if crossing else ""


def _quiet(shown: Shown) -> str:
    return ""


CHARTS: dict[str, Chart] = {
    "coverage": Chart("Which museum works with whom", charts.coverage, lambda shown: gap_sentences.missing_kinds(shown.network)),
    "mixing": Chart("Who works with whom, kind by kind", charts.mixing, _mixing),
    "one-way": Chart("From whom to whom a kind of partnership goes", reach.one_way, _quiet),
    "own-groups": Chart("Who works with whom, by a field of your own", reach.own_groups, reach.own_groups_sentence),
    "chance": Chart("More than chance?", reach.chance, reach.chance_sentence),
    "museum-health": Chart("Museums and health providers", reach.museum_health, reach.museum_health_sentence),
    "groups": Chart("Reach by place and target group", reach.groups, reach.groups_sentence),
    "reach-waves": Chart("Reach from wave to wave", reach.reach_waves, reach.reach_waves_sentence),
    "change": Chart("What became of the partnerships", charts.changed, _changed),
    "levels": Chart("From level to level", waves.levels, _changed),
    "waves": Chart("From wave to wave", waves.trends, _changed),
    "followed": Chart("Partners, wave by wave", partners.followed, _quiet, whole=True),
    "partner-waves": Chart("One partner, wave by wave", partners.waves, partners.waves_sentence),
    "holds": Chart("How it holds as partners go", holds.holds, holds.sentence),
    "places": Chart("Where the partners are", places.places, places.sentence),
    "progress": Chart("What came of it", charts.progressed, results.sentence, whole=True),
    "states": Chart("Results side by side", results.states, results.sentence, whole=True),
    "steps": Chart("Results wave by wave", results.steps, results.sentence, whole=True),
    "parts": Chart("One result, part by part", results.parts, _quiet, whole=True),
    "voices": Chart("Whose view is told", told.voices, told.voices_sentence, whole=True),
    "activities": Chart("What was done", done.outputs, done.sentence, whole=True),
    "took-part": Chart("Who took part in what", done.took_part, done.took_part_sentence, whole=True),
    "met": Chart("Who met whom", done.met, done.met_sentence, whole=True),
    "scatter": Chart("Strength beside a result", scatter.scatter, scatter.sentence),
    "correlations": Chart("Strength and every indicator", scatter.correlations, scatter.correlations_sentence),
    "relations": Chart("Where the strong partnerships lie", scatter.relations, scatter.relations_sentence),
}
"""The charts that can be had as pictures, beside the map."""
ONE_OF: dict[str, Callable[[str], Chart]] = {
    "figure": figure.of_network,
    "partner-figure": figure.of_partner,
    "results": figure.of_results,
    "pilots": beside.pilots,
    "finding": told.finding,
    "quote": told.quote,
}
"""Pictures of one thing, by what stands before the colon in their name; after it stands the id."""


def chart(picture: str) -> Chart:
    """The chart of a name ("places", "finding:f12"); one that is not there is an InvalidRequest."""
    kind, colon, id = picture.partition(":")
    if colon and kind in ONE_OF:
        return ONE_OF[kind](id)
    if picture not in CHARTS:
        choices = ", ".join([*CHARTS, *(f"{name}:ID" for name in ONE_OF)])
        raise InvalidRequest(f'There is no picture "{picture}"; choose one of map, map-kinds, {choices}.')
    return CHARTS[picture]


def label(picture: str, shown: Shown) -> str:
    """What a picture of one thing is called in a list; "" where there is none of that name, or it may not be shown."""
    try:
        made = chart(picture)
    except InvalidRequest:
        return ""
    return told.title(shown, picture) if picture.partition(":")[0] in {"finding", "quote"} else made.label
