"""A single figure as a picture: what is counted, the figure large, and what it says."""

from __future__ import annotations

from wtnet.draw.print.drawing import INK, SOFT, Drawing, Size, begin, text_width, wrapped
from wtnet.measures import catalogue
from wtnet.network import Network
from wtnet.sentences import strength
from wtnet.sentences.format import measure_value

FIGURE = "figure:"
"""How a picture of a single figure is named: with the id of a measure of the network behind it."""


def figures() -> dict[str, str]:
    """Every figure that can be a picture, and what it is called."""
    return {f"{FIGURE}{measure.id}": f"Figure: {measure.label}" for measure in catalogue.of("network")}


def sentence(network: Network, name: str) -> str:
    """The figure in a sentence, as its audience may read it: "Mean strength: 0.63."."""
    label, value, _ = _words(network, name)
    return f"{label}: {value}."


def picture(network: Network, name: str, size: Size, title: str, under: str, source: str) -> Drawing:
    """The figure of a network on a sheet of some size; where it is withheld, that word and why."""
    sheet = begin(size, title, under, source)
    label, value, says = _words(network, name)
    left, top, right, bottom = sheet.box
    em, room = size.text, right - left
    high = min((bottom - top) * 0.42, 12 * em)
    high = min(high, high * room / max(text_width(value, high, 700), 1.0))
    lines = wrapped(says, room, 1.35 * em, 4)
    free = bottom - top - (2.6 * em + high + len(lines) * 1.8 * em)
    y = top + max(0.0, free / 2) + 2.0 * em
    sheet.say(left, y, label, 1.9, weight=600)
    y += 0.6 * em + high * 0.86
    sheet.say(left, y, value, high / em, weight=700, colour=INK)
    for at, line in enumerate(lines):
        sheet.say(left, y + (2.4 + 1.8 * at) * em, line, 1.35, colour=SOFT)
    return sheet.done(f"{label}: {value}. {says}")


def _words(network: Network, name: str) -> tuple[str, str, str]:
    """What the figure is called, the figure, and what it says."""
    measure = catalogue.find(name.removeprefix(FIGURE), "network")
    why = catalogue.withheld(measure, network)
    value = catalogue.whole(network, (measure.id,)).get(measure.id)
    shown = measure_value(measure, value, catalogue.base(measure, network), why)
    return strength.label(measure, network), shown, f"{measure.meaning} {why}" if why else measure.meaning
