"""A drawing as SVG: a title and a description in words for who does not see it, shapes, then text that stays text."""

from __future__ import annotations

import html
from collections.abc import Iterable

from wtnet.draw.print.drawing import Drawing, Shape, Words, n
from wtnet.draw.print.fonts import FAMILY
from wtnet.draw.safe import in_svg

_FACES = f"'{FAMILY}', 'Source Sans Pro', 'Noto Sans', 'Segoe UI', Arial, sans-serif"
_MM = 25.4 / 72


def svg(drawing: Drawing, about: Iterable[tuple[str, str]] = ()) -> bytes:
    """The drawing as one SVG file, with where it came from as metadata; it asks for nothing else."""
    notes = "".join(f"{html.escape(f'{what}: {words}', quote=False)}\n" for what, words in about)
    sheet = f'width="{n(drawing.wide * _MM)}mm" height="{n(drawing.high * _MM)}mm"'
    box = f'viewBox="0 0 {n(drawing.wide)} {n(drawing.high)}"'
    lines = (
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="t d" lang="en-GB" {sheet} {box}>',
        f'<title id="t">{in_svg(drawing.title)}</title>',
        f'<desc id="d">{in_svg(drawing.alt)}</desc>',
        f"<metadata>{notes}</metadata>",
        shapes(drawing),
        f'<g font-family="{_FACES}">',
        *(_words(words) for words in drawing.words),
        "</g>",
        "</svg>\n",
    )
    return "\n".join(lines).encode()


def bare(drawing: Drawing) -> bytes:
    """The shapes alone, without a word: what text is then set on by other means."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{n(drawing.wide)}" height="{n(drawing.high)}" '
        f'viewBox="0 0 {n(drawing.wide)} {n(drawing.high)}">{shapes(drawing, plain=True)}</svg>'
    ).encode()


def shapes(drawing: Drawing, plain: bool = False) -> str:
    """The shapes as SVG, one a line; `plain` leaves out what they stand for."""
    return "\n".join(_shape(shape, plain) for shape in drawing.shapes)


def _shape(shape: Shape, plain: bool) -> str:
    look = f'fill="{shape.fill or "none"}"'
    if shape.line:
        look += f' stroke="{shape.line}" stroke-width="{n(shape.wide)}" stroke-linejoin="round"'
        look += ' stroke-linecap="round"' if not shape.dash and not shape.fill else ""
    look += f' stroke-dasharray="{" ".join(map(n, shape.dash))}"' if shape.dash else ""
    look += f' opacity="{n(shape.opacity)}"' if shape.opacity < 1 else ""
    if shape.says and not plain:
        return f'<path d="{shape.path}" {look}><title>{in_svg(shape.says)}</title></path>'
    return f'<path d="{shape.path}" {look}/>'


def _words(words: Words) -> str:
    anchor = f' text-anchor="{words.anchor}"' if words.anchor != "start" else ""
    weight = f' font-weight="{words.weight}"' if words.weight != 400 else ""
    return (
        f'<text x="{n(words.x)}" y="{n(words.y)}" font-size="{n(words.size)}"{weight}{anchor} fill="{words.colour}">'
        f"{in_svg(words.text)}</text>"
    )
