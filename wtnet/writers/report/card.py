"""A card to post or paste: any picture with the sentence below it that says what it shows, its source, date and for whom."""

from __future__ import annotations

from dataclasses import replace

from wtnet.draw.print import gallery
from wtnet.draw.print import map as printed_map
from wtnet.draw.print.drawing import Drawing, Shape, Size, Words, rectangle, wrapped
from wtnet.draw.safe import printable
from wtnet.writers.export import Export

CARDS = ("card", "square")
"""The sizes that are cards."""
_LETTERS = ((1.5, 4), (1.25, 5), (1.05, 7))
"""Sizes of the sentence's letters, in multiples of the sheet's text, and how many lines there may be in each."""
_PITCH = 4 / 3


def sentence(export: Export) -> str:
    """What the picture says, in the words of the page that shows it; "" where there is nothing to say."""
    if not export.network.graph:
        return ""
    if export.picture in printed_map.MAPS:
        return printed_map.sentence(export.network)
    return gallery.chart(export.picture).sentence(export)


def room(size: Size, words: str) -> tuple[Size, list[str], float]:
    """The size that is left for the picture above the sentence, the sentence in lines, and the size of its letters: the largest
    in which none of it is cut."""
    em = size.text
    lines, letters = [], 1.5
    for letters, most in _LETTERS if words else ():
        lines = wrapped(printable(words), size.wide - 5.2 * em, letters * em, most, 600)
        if not lines[-1].endswith("…"):
            break
    high = size.high - (len(lines) * _PITCH * letters + 1.0) * em if lines else size.high
    return replace(size, high=high), lines, letters


def below(drawing: Drawing, size: Size, lines: list[str], letters: float, words: str) -> Drawing:
    """The picture with the sentence below it, on a sheet of the whole size."""
    if not lines:
        return drawing
    em = size.text
    top = drawing.high
    band = [
        Shape(rectangle(0, top, size.wide, size.high - top), "#F1F2FF"),
        Shape(rectangle(0, top, 0.6 * em, size.high - top), "#4049FF"),
    ]
    step = _PITCH * letters
    said = [
        Words(2.6 * em, top + (0.5 + 0.83 * letters + step * at) * em, line, letters * em, 600) for at, line in enumerate(lines)
    ]
    alt = drawing.alt if drawing.alt.startswith(words) else f"{words} {drawing.alt}"
    return replace(drawing, high=size.high, alt=alt, shapes=[*drawing.shapes, *band], words=[*drawing.words, *said])
