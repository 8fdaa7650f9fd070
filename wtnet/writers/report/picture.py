"""The map and the charts as pictures: SVG, PNG and PDF, at the sizes of a slide, a printed page and a poster."""

from __future__ import annotations

import json
import zlib
from dataclasses import asdict
from pathlib import Path
from typing import Any

import polars as pl

from wtnet.draw.print import gallery
from wtnet.draw.print.drawing import SIZES, Drawing, Size
from wtnet.draw.print.map import BY_KIND, MAPS
from wtnet.draw.print.map import picture as map_picture
from wtnet.errors import InvalidRequest
from wtnet.sentences import record
from wtnet.sentences.format import count
from wtnet.tables import relationships
from wtnet.writers.export import Export
from wtnet.writers.provenance import provenance, provenance_lines
from wtnet.writers.report import card, typst
from wtnet.writers.report.svg import bare, svg

HERE = Path(__file__).parent
CANVAS = (HERE / "picture.typ").read_text(encoding="utf-8")
_WIDEST = 1460
"""Pixels of a preview: of a wider one Streamlit makes a smaller copy, which takes longer than to draw it."""
_MAIN = """
#let it = json("drawing.json")
#set document(title: it.title, description: it.about)
#set page(width: it.wide * 1pt, height: it.high * 1pt, margin: 0pt)
#set text(font: it.faces, lang: "en", region: "GB")
#figure(canvas(it, "shapes.svg"), alt: it.alt)
"""


def write_svg(export: Export) -> bytes:
    """The picture as SVG, its text as text."""
    return svg(drawing(export), provenance(export))


def write_png(export: Export) -> bytes:
    """The picture as PNG, in the dots per inch of its size."""
    data = typst.compile_(files(drawing(export)), export.made, ppi=SIZES[export.size].ppi)
    return _noted(data, "Description", _lines(export))


def write_pdf(export: Export) -> bytes:
    """The picture as a PDF of one page, with the picture told in words (PDF/UA-1)."""
    return typst.compile_(files(drawing(export), _lines(export)), export.made, accessible=True)


def preview(export: Export) -> tuple[bytes, str, str]:
    """The picture as a small PNG for the screen, what it shows in words, and what it leaves out."""
    drawn = drawing(export)
    ppi = int(72 * _WIDEST / drawn.wide)
    return typst.compile_(files(drawn), export.made, ppi=ppi), drawn.alt, drawn.note


def _lines(export: Export) -> str:
    return " · ".join(provenance_lines(export))


def _noted(png: bytes, name: str, words: str) -> bytes:
    """The PNG with a text of its own (an iTXt chunk, UTF-8) after its head."""
    text = name.encode() + b"\0\0\0\0\0" + words.encode()
    chunk = b"iTXt" + text
    head = 8 + 25  # the signature and the chunk IHDR
    return png[:head] + len(text).to_bytes(4, "big") + chunk + zlib.crc32(chunk).to_bytes(4, "big") + png[head:]


def files(drawn: Drawing, about: str = "") -> dict[str, bytes]:
    """What typst needs to set a drawing on a page of its own; `about` becomes the document's description."""
    return {
        "main": (CANVAS + _MAIN).encode(),
        "drawing.json": json.dumps(typst.safe({**for_typst(drawn), "about": about, "faces": list(typst.FACES)})).encode(),
        "shapes.svg": bare(drawn),
    }


def for_typst(drawn: Drawing) -> dict[str, Any]:
    """A drawing without its shapes, for a typst template (see picture.typ)."""
    return {
        "wide": drawn.wide,
        "high": drawn.high,
        "title": drawn.title,
        "alt": drawn.alt,
        "words": [asdict(words) for words in drawn.words],
    }


def drawing(export: Export) -> Drawing:
    """The picture asked for (`export.picture`) at the size asked for; an unknown one is an InvalidRequest."""
    if export.size not in SIZES:
        raise InvalidRequest(f'There is no size "{export.size}"; choose one of {", ".join(SIZES)}.')
    if export.size in card.CARDS:
        words = card.sentence(export)
        rest, lines_below, letters = card.room(SIZES[export.size], words)
        return card.below(_drawing(export, rest), SIZES[export.size], lines_below, letters, words)
    return _drawing(export, SIZES[export.size])


def _drawing(export: Export, size: Size) -> Drawing:
    """The picture on a sheet of this size."""
    lines = dict(provenance(export))
    source = " · ".join(f"{name}: {lines[name]}" for name in ("Notice", "Source", "Licence", "Made") if name in lines)
    source = " · ".join(filter(None, (export.looked_at, record.foot(export.tables), source)))
    if export.picture in MAPS:
        under = f"{export.when} · {_shown(export)}"
        by_kind = export.picture == BY_KIND and bool(relationships.in_use(export.tables))
        return map_picture(export.network, export.positions, size, title(export), under, source, by_kind)
    chart = gallery.chart(export.picture)
    return chart.draw(export, size, title(export, chart.whole), source)


def title(export: Export, whole: bool = False) -> str:
    """The partner (unless it shows the `whole`) or pilot the picture is about, where it is about one; else the programme."""
    scope = export.network.scope
    for table, ids in (("organisations", () if whole else scope.focus), ("pilots", scope.pilots)):
        if len(ids) == 1:
            return str(export.tables[table].filter(pl.col("id") == ids[0])["name"][0])
    return export.programme.name


def _shown(export: Export) -> str:
    """What is in view: how many partners and ties, and of whom."""
    scope, graph = export.network.scope, export.network.graph
    numbers = f"{count(len(graph), 'partner')}, {count(graph.number_of_edges(), 'partnership')}"
    plain = not (scope.kinds or scope.hidden or scope.min_strength or scope.by_document)
    if plain and len(scope.focus) == 1 and scope.hops == 1 and not scope.pilots:
        return f"it and those it works with: {numbers} · {export.programme.name}"
    if plain and len(scope.pilots) == 1 and not scope.focus:
        return f"the partners of this pilot: {numbers} · {export.programme.name}"
    return dict(provenance(export))["Shown"]
