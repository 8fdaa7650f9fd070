"""A card to post or paste: any picture with the sentence below it that says what it shows, its source, date and for whom."""

from __future__ import annotations

from dataclasses import replace

from wtnet.draw.print import figure
from wtnet.draw.print import map as printed_map
from wtnet.draw.print.drawing import Drawing, Shape, Size, Words, rectangle, wrapped
from wtnet.draw.safe import printable
from wtnet.measures import change, reach
from wtnet.network import at, waves_in_order
from wtnet.sentences import change as change_sentences
from wtnet.sentences import gaps, impact, record
from wtnet.sentences import reach as reach_sentences
from wtnet.sentences.waves import names as wave_names
from wtnet.writers.export import Export

CARDS = ("card", "square")
"""The sizes that are cards."""
_LINES = 4


def sentence(export: Export) -> str:
    """What the picture says, in the words of the page that shows it; "" where there is nothing to say."""
    network, tables = export.network, export.tables
    if not network.graph:
        return ""
    if export.picture.startswith(figure.FIGURE):
        return figure.sentence(network, export.picture)
    match export.picture:
        case "map" | "map-kinds":
            return printed_map.sentence(network)
        case "coverage":
            return gaps.missing_kinds(network)
        case "mixing":
            crossing = reach_sentences.crossing(network, reach.chance(network))
            return crossing[1] if crossing else ""
        case "progress":
            return impact.headline(export.summary, "", "", record.results_untold(tables))
    order, names = waves_in_order(tables), wave_names(tables)
    if network.wave not in order[1:]:
        return ""
    counts = change.counts(at(network, order[0]), network)
    return change_sentences.headline(counts, names[order[0]], names[network.wave or ""])


def room(size: Size, words: str) -> tuple[Size, list[str]]:
    """The size that is left for the picture above the sentence, and the sentence in lines."""
    em = size.text
    lines = wrapped(printable(words), size.wide - 5.2 * em, 1.5 * em, _LINES, 600) if words else []
    return replace(size, high=size.high - (len(lines) * 2.0 + 1.0) * em if lines else size.high), lines


def below(drawing: Drawing, size: Size, lines: list[str], words: str) -> Drawing:
    """The picture with the sentence below it, on a sheet of the whole size."""
    if not lines:
        return drawing
    em = size.text
    top = drawing.high
    band = [
        Shape(rectangle(0, top, size.wide, size.high - top), "#F1F2FF"),
        Shape(rectangle(0, top, 0.6 * em, size.high - top), "#4049FF"),
    ]
    texts = [Words(2.6 * em, top + (1.75 + 2.0 * at) * em, line, 1.5 * em, 600) for at, line in enumerate(lines)]
    alt = drawing.alt if drawing.alt.startswith(words) else f"{words} {drawing.alt}"
    return replace(drawing, high=size.high, alt=alt, shapes=[*drawing.shapes, *band], words=[*drawing.words, *texts])
