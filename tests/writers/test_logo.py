"""A logo of a stranger is drawn anew or refused in a sentence; nothing but what is seen is left of it."""

from __future__ import annotations

import io
from dataclasses import replace

import pikepdf
import pytest
from PIL import Image, PngImagePlugin

from tests.support import exports
from wtnet.errors import UnreadableFile
from wtnet.store import Store
from wtnet.writers.choices import EVERYTHING, SECTIONS, ReportChoices
from wtnet.writers.report import kept_choices, logo, pdf

EVIL = b"""<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"
 xmlns:xlink="http://www.w3.org/1999/xlink"
 onload="alert(1)"><script>alert(1)</script><style>@import url(http://x.test/a.css)</style><image href="file:///etc/passwd"/>
<a xlink:href="javascript:alert(1)"><rect width="9" height="9"/></a><foreignObject><body/></foreignObject>
<use href="http://x.test/b.svg#c"/><text>Name</text>
<rect width="4" height="4" fill="url(http://x.test/d)" style="stroke:#123456;background:url(data:x)" onclick="alert(1)"/>
<path d="M0 0L5 5" fill="url(#g)" stroke="red"/></svg>"""


def picture(kind: str, wide: int = 40, **more: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (wide, 20), "#4049FF").save(out, kind, **more)  # type: ignore[arg-type]
    return out.getvalue()


def test_of_an_svg_only_shapes_and_colours_are_left() -> None:
    """No script, handler, style sheet, picture, link or text; the path with its gradient and the colour of a style are left."""
    clean = logo.safe(EVIL).decode()
    for bad in ("script", "onload", "onclick", "alert", "http://x", "file:", "image", "href", "import", "text", "Name", "data:"):
        assert bad not in clean
    assert 'd="M0 0L5 5"' in clean and 'fill="url(#g)"' in clean and "#123456" in clean
    assert logo.safe(clean.encode()).decode() == clean


def test_a_picture_keeps_its_pixels_and_nothing_else() -> None:
    """PNG and JPEG become PNG without the words in them, no wider than is of use."""
    noted = PngImagePlugin.PngInfo()
    noted.add_text("Comment", "SECRET")
    for data in (picture("PNG", pnginfo=noted), picture("JPEG", comment=b"SECRET"), picture("PNG", 4_000)):
        clean = logo.safe(data)
        with Image.open(io.BytesIO(clean)) as seen:
            assert seen.format == "PNG" and seen.width <= logo.WIDEST and seen.getpixel((3, 3))[2] > 240  # type: ignore[index]
        assert b"SECRET" not in clean and b"Comment" not in clean


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not a picture",
        b"GIF89a" + bytes(40),
        picture("PNG")[:60],
        b"<svg",
        b"<svg xmlns='http://www.w3.org/2000/svg'><text>x</text></svg>",
        b'<!DOCTYPE svg [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg"><path d="&c;"/></svg>',
        b"<html><body/></html>",
        bytes(logo.MOST_BYTES + 1),
    ],
    ids=["empty", "words", "gif", "cut", "half an svg", "letters alone", "entities", "another page", "too large"],
)
def test_what_is_no_logo_is_refused_in_a_sentence(data: bytes) -> None:
    """What is wrong, and what to choose instead."""
    with pytest.raises(UnreadableFile, match="choose a PNG, a JPEG, or an SVG of shapes"):
        logo.safe(data)


def test_a_report_has_the_chosen_sections_foreword_and_logo(tmp_path: object) -> None:
    """As they were kept; the foreword as text, whatever it looks like; the logo with words for who does not see it."""
    store = Store(f"sqlite:///{tmp_path}/x.db")
    choices = ReportChoices(("partners",), "#panic() <b>\n\nTwo", logo.safe(EVIL), "Generic Social Outcomes")
    kept_choices.keep(store, "p", choices)
    assert kept_choices.read(store, "p") == choices and kept_choices.read(store, "q") == EVERYTHING
    export = replace(exports.export("hostile"), report=choices)
    heads = [block["text"] for block in pdf.report(export).blocks if block["kind"] == "heading"]
    assert heads == ["In short", "The partners", "Where this comes from"]
    assert [block["paragraphs"] for block in pdf.report(export).blocks if block["kind"] == "foreword"] == [
        ["#panic() <b>", "Two"]
    ]
    with pikepdf.open(io.BytesIO(pdf.write(export))) as made:
        told = [str(item.Alt) for item in made.objects if isinstance(item, pikepdf.Dictionary) and "/Alt" in item]
        assert f"Logo on the report on {export.programme.name}" in told
    kept_choices.keep(store, "p", EVERYTHING)
    assert not store.settings("report:") and len(SECTIONS) == len(EVERYTHING.sections)
