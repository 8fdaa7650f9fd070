"""Text from data as it may stand in a picture: names come from strangers' files and are never markup."""

from __future__ import annotations

import html


def in_plotly(text: object, length: int | None = None) -> str:
    """One line for a plotly label, title, annotation or hover text, where plotly would read tags and entities.

    Give names to a hover template as `customdata` or `text`, never inside the template itself. Longer than `length`: cut
    with an ellipsis.
    """
    return html.escape(cut(text, length), quote=False)


def in_svg(text: object, length: int | None = None) -> str:
    """One line for SVG or HTML: inside an element or between double quotes."""
    return html.escape(cut(text, length), quote=True)


def cut(text: object, length: int | None = None) -> str:
    """One line, without control characters, at most `length` characters long."""
    line = "".join(letter if letter.isprintable() else " " for letter in str(text))
    line = " ".join(line.split())
    return line if length is None or len(line) <= length else line[: length - 1].rstrip() + "…"
