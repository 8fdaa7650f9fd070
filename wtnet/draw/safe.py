"""Text from data as it may stand in a picture: names come from strangers' files and are never markup."""

from __future__ import annotations

import html

from wtnet.tables.text import cut


def in_plotly(text: object, length: int | None = None) -> str:
    """One line for a plotly label, title, annotation or hover text, where plotly would read tags and entities.

    Give names to a hover template as `customdata` or `text`, never inside the template itself. Longer than `length`: cut
    with an ellipsis.
    """
    return html.escape(printable(text, length), quote=False)


def in_svg(text: object, length: int | None = None) -> str:
    """One line for SVG or HTML: inside an element or between double quotes."""
    return html.escape(printable(text, length), quote=True)


def printable(text: object, length: int | None = None) -> str:
    """The text on one line, without control characters, at most `length` characters long."""
    line = "".join(letter if letter.isprintable() else " " for letter in str(text))
    line = " ".join(line.split())
    return line if length is None else cut(line, length)
