"""Decks: read back with python-pptx, opened with LibreOffice where there is one; degenerate programmes first."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from openpyxl import load_workbook
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.oxml.ns import qn

from tests.support.exports import DAY, MADE_UP, NAMES, export, hostile, of, partner
from tests.support.frames import frame
from tests.support.made import sector
from wtnet import stories, writers
from wtnet.errors import InvalidRequest
from wtnet.palette import LOOKS
from wtnet.stories import Slide, SlideView, Story
from wtnet.tables import Tables
from wtnet.writers.export import Export
from wtnet.writers.pptx import deck as pptx
from wtnet.writers.pptx.map import MOST_SHAPES

MUSEUM = "northcliff-museum-of-the-sea"
GROUP, PICTURE, CHART = MSO_SHAPE_TYPE.GROUP, MSO_SHAPE_TYPE.PICTURE, MSO_SHAPE_TYPE.CHART


def back(data: bytes) -> Any:
    return Presentation(io.BytesIO(data))


@cache
def museum() -> tuple[Export, Story, bytes]:
    made = replace(export("example"), partner=MUSEUM)
    story = stories.draft(made.tables, MUSEUM, None, made.audience, made.programme.name, made.cells)
    return made, story, writers.write("pptx", made)


def named(slide: Any, name: str) -> Any:
    return next((shape for shape in slide.shapes if shape.name == name), None)


def said(slide: Any) -> str:
    """Every word on a slide, those in groups and charts too."""
    return " ".join(slide._element.itertext())


def middle(shape: Any) -> tuple[float, float]:
    """Where connectors hold on to a shape of our own outline."""
    guides = {each.get("name"): each.get("fmla").split() for each in shape._element.iter(qn("a:gd"))}
    x, y = (int(guides[name][2]) / int(guides[name][3]) for name in ("mx", "my"))
    return shape.left + x * shape.width, shape.top + y * shape.height


# degenerate first


@pytest.mark.parametrize("name", ["empty", "working-together", pytest.param("alone", marks=pytest.mark.thorough)])
def test_a_programme_with_next_to_nothing_makes_a_deck_that_says_so(name: str) -> None:
    deck = back(writers.write("pptx", export(name)))
    assert all(slide.shapes.title.text_frame.text for slide in deck.slides)
    assert not any({"nan", "none"} & set(said(slide).lower().split()) for slide in deck.slides)
    whole = " ".join(said(slide) for slide in deck.slides)
    assert ("ratings and results are not recorded" if name == "working-together" else "No partnership of ours is known") in whole
    assert "not recorded" in whole or "not known yet" in whole


def test_a_story_without_slides_is_refused() -> None:
    with pytest.raises(InvalidRequest, match="has no slides yet"):
        pptx.deck(Story("s", "S"), export("alone"))


@pytest.mark.parametrize(
    "who", ["rtl", *(pytest.param(who, marks=pytest.mark.thorough) for who in ("markup", "emoji", "lines", "x005F"))]
)
def test_names_in_every_script_are_text(who: str) -> None:
    """Markup, formulas, right-to-left names, emoji and line breaks stand in the deck as text, and the file stays well formed."""
    data = writers.write("pptx", replace(of(hostile()), partner=who))
    deck = back(data)
    first = NAMES[who].split("\n")[0].replace("\u202e", "").replace("\u202c", "").split("\r")[0]
    assert first in said(deck.slides[0]) + said(deck.slides[1])
    with zipfile.ZipFile(io.BytesIO(data)) as held:
        for part in held.namelist():
            if part.endswith((".xml", ".rels")):
                etree.fromstring(held.read(part))
        assert not any("External" in held.read(part).decode() for part in held.namelist() if part.endswith(".rels"))


def test_more_partners_than_anybody_would_move_by_hand_are_a_picture_and_the_slide_says_so() -> None:
    """One more partner than are drawn as shapes: a picture with alternative text instead of shapes, and a sentence."""
    deck = back(writers.write("pptx", writers.prepare(MADE_UP, sector(MOST_SHAPES + 1, 600), made=DAY)))
    slide = deck.slides[1]
    picture = named(slide, "Map")
    assert picture.shape_type == PICTURE and f"{MOST_SHAPES + 1} partners" in picture._element.nvPicPr.cNvPr.get("descr")
    assert "drawn as a picture, not as shapes that can be moved" in picture._element.nvPicPr.cNvPr.get("descr")
    assert not [line for line in slide._element.iter(qn("p:cxnSp")) if list(line.iter(qn("a:stCxn")))]


# the story


def test_the_deck_tells_the_story_between_a_cover_and_a_close() -> None:
    """Titles, quotes and notes are those of the story; its start and now share a slide; the cover says for whom and of when."""
    made, story, data = museum()
    deck = back(data)
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    told = [slide.heading for slide in story.slides if slide.part != "start"]
    assert [title for title in titles if title in told] == told and len(deck.slides) > len(told)
    assert titles[0] == "Northcliff Museum of the Sea" and "For the programme lead" in said(deck.slides[0])
    assert "Figures of 1 July 2025" in said(deck.slides[0])
    now = deck.slides[titles.index(next(slide.heading for slide in story.slides if slide.part == "now"))]
    assert len([shape for shape in now.shapes if shape.name == "Circle"]) == 2
    assert "February 2024" in said(now) and "July 2025" in said(now)
    notes = " ".join(slide.notes_slide.notes_text_frame.text for slide in deck.slides)
    assert all(line in notes for slide in story.slides for line in slide.notes.split("\n"))
    quotes = dict(made.tables.quotes.select("id", "text").iter_rows())
    whole = " ".join(said(slide) for slide in deck.slides)
    assert all(f"“{quotes[slide.quote]}”" in whole for slide in story.slides if slide.quote)
    assert "Licence" in said(deck.slides[-1])


def test_the_whole_network_is_on_one_slide_at_most_and_nobodys_single_scores_are_on_any() -> None:
    deck = back(museum()[2])
    assert len([slide for slide in deck.slides if named(slide, "Map") is not None]) == 1
    assert not [shape for slide in deck.slides for shape in slide.shapes if shape.has_chart and "each side sees" in shape.name]


def test_the_licence_and_the_source_go_with_the_deck() -> None:
    """A programme without a licence says that none is stated."""
    made, _, data = museum()
    deck = back(data)
    unlicensed = replace(export("empty"), programme=replace(made.programme, licence=None))
    assert "Licence: not stated" in said(back(writers.write("pptx", unlicensed)).slides[-1])
    last = deck.slides[-1].notes_slide.notes_text_frame.text
    assert f"Licence: {made.programme.licence}" in last and "Illustrative" in last
    sources = [named(slide, "Source").text_frame.text for slide in list(deck.slides)[1:-1]]
    assert all("Illustrative: all of it is invented" in source for source in sources) and "invented" in said(deck.slides[-1])
    assert deck.core_properties.title == "Northcliff Museum of the Sea" and deck.core_properties.language == "en-GB"


def test_every_slide_is_read_title_first_then_text_picture_and_source() -> None:
    for slide in list(back(museum()[2]).slides)[1:-1]:
        names = [shape.name for shape in slide.shapes]
        assert slide.shapes[0] == slide.shapes.title
        assert names[-2:] == ["Source", "Slide number"] and names.count("Text") <= 1
        assert "Text" not in names or names.index("Text") == 1


def test_everything_drawn_has_an_alternative_text_that_says_it() -> None:
    """Pictures, groups and charts; the chart's says every figure it holds."""
    for slide in back(museum()[2]).slides:
        for shape in slide.shapes:
            if shape.shape_type in (GROUP, PICTURE) or shape.has_chart:
                assert len(next(shape._element.iter(qn("p:cNvPr"))).get("descr", "")) > 10, shape.name
            if shape.has_chart:
                alt = next(shape._element.iter(qn("p:cNvPr"))).get("descr")
                for series in shape.chart.plots[0].series:
                    known = [value for value in series.values if value is not None]
                    assert all(f"{value:.0f}" in alt or f"{value:.2f}" in alt for value in known)


def test_ids_of_shapes_are_never_used_twice() -> None:
    for slide in back(museum()[2]).slides:
        ids = [each.get("id") for each in slide._element.iter(qn("p:cNvPr"))]
        assert len(ids) == len(set(ids))


# the map


def test_partners_are_shapes_of_their_kind_and_ties_are_glued_to_them() -> None:
    """Every connector holds on to two shapes of the same slide that are the two ends of a tie, and meets their middles; with an
    arrow their rims."""
    made, _, data = museum()
    kinds = dict(made.tables.organisations.select("name", "kind").iter_rows())
    ties = {frozenset(pair) for pair in made.network.graph.edges}
    ids = dict(made.tables.organisations.select("name", "id").iter_rows())
    slide = back(data).slides[1]
    group = named(slide, "Map")
    middles, shapes = {}, {}
    for shape in group.shapes:
        if shape.name in kinds and shape.shape_type == MSO_SHAPE_TYPE.FREEFORM:
            look = LOOKS[kinds[shape.name]]
            assert shape._element.find(f".//{qn('a:srgbClr')}").get("val") == look.colour.lstrip("#")
            assert len(list(shape._element.iter(qn("a:lnTo")))) == max(0, len(look.points) - 1)
            assert look.label.lower() in next(shape._element.iter(qn("p:cNvPr"))).get("descr")
            middles[shape.shape_id] = middle(shape)
            shapes[shape.shape_id] = ids[shape.name]
    assert len(shapes) == made.network.graph.number_of_nodes()
    connectors = [shape for shape in group.shapes if shape.shape_type == MSO_SHAPE_TYPE.LINE]
    assert len(connectors) == len(ties)
    for line in connectors:
        ends = [int(line._element.find(f".//{qn(tag)}").get("id")) for tag in ("a:stCxn", "a:endCxn")]
        assert frozenset(shapes[end] for end in ends) in ties
        for end, at in zip(ends, ((line.begin_x, line.begin_y), (line.end_x, line.end_y)), strict=True):
            arrow = any(each.get("type") == "triangle" for each in line._element.find(f".//{qn('a:ln')}"))
            assert at == pytest.approx(middles[end], abs=180_000 if arrow else 40)  # an arrow ends at the rim of its partner


def test_nothing_stands_outside_the_slide() -> None:
    deck = back(museum()[2])
    for slide in deck.slides:
        for shape in slide.shapes:
            inner = list(shape.shapes) if shape.shape_type == GROUP else [shape]
            for each in inner:
                assert each.left >= 0 and each.top >= 0
                assert each.left + each.width <= deck.slide_width and each.top + each.height <= deck.slide_height, each.name


# the charts


def test_charts_are_native_and_hold_their_data() -> None:
    """Unknown values are gaps, never nought; the data sheet behind each chart is there."""
    deck = back(museum()[2])
    charts = [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]
    moved = next(chart for chart in charts if next(iter(chart.plots[0].categories)) == "About the same")
    assert set(moved.plots[0].series[0].values) <= set(range(1, 21))
    assert all(chart.part.chart_workbook.xlsx_part is not None for chart in charts)


def _formulas() -> Tables:
    """Partners and waves whose names a spreadsheet would take for formulas and addresses."""
    names = {"a": "Harbour Arts", "b": "=HYPERLINK(1)", "c": "http://a.example/x"}
    said = [("=B", "a", "b", 3), ("=B", "b", "a", 2), ("=N", "a", "b", 4), ("=N", "a", "c", 2)]
    rows = [{"wave": wave, "rater": one, "partner": other, "level": level} for wave, one, other, level in said]
    waves = [{"id": one, "name": one, "date": day} for one, day in (("=B", DAY), ("=N", DAY.replace(year=2026)))]
    organisations = frame("organisations", [partner(id_, name) for id_, name in names.items()])
    return Tables({"organisations": organisations, "waves": frame("waves", waves), "ratings": frame("ratings", rows)})


def test_the_sheet_behind_a_chart_holds_names_as_text_in_the_cells_the_chart_refers_to() -> None:
    """No formula and no link in any sheet; read back, the words and values of each chart stand where it says they do."""
    view = Slide("Sides", view=SlideView(focus=("a",), beside="sides"))
    charts = [
        shape.chart
        for slide in back(pptx.deck(Story("s", "S", (view,)), of(_formulas()))).slides
        for shape in slide.shapes
        if shape.has_chart
    ]
    words: set[str] = set()
    for chart in charts:
        book = chart.part.chart_workbook.xlsx_part.blob
        text = zipfile.ZipFile(io.BytesIO(book)).read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in text and "<hyperlink" not in text
        sheet = load_workbook(io.BytesIO(book))["Sheet1"]
        for series in chart.plots[0].series:
            shown = {"c:tx": [series.name], "c:cat": list(chart.plots[0].categories), "c:val": list(series.values)}
            for part, values in shown.items():
                cells = sheet[series._element.find(f"{qn(part)}//{qn('c:f')}").text.partition("!")[2]]
                assert [row[0].value for row in cells] == values if isinstance(cells, tuple) else [cells.value] == values
            words |= {series.name, *chart.plots[0].categories}
    assert {"=HYPERLINK(1)", "http://a.example/x"} <= {word.partition("\n")[0].partition(" (")[0] for word in words}


# who may see it


def test_a_deck_for_everybody_holds_no_hidden_name_and_no_side_of_a_tie() -> None:
    """Hidden partners are called as redaction calls them, in every part of the file; the charts of two sides are not there."""
    made = export("example", "public")
    data = writers.write("pptx", replace(made, partner=MUSEUM))
    hidden = [
        name for name, kind in export("example").tables.organisations.select("name", "kind").iter_rows() if kind == "freelancer"
    ]
    with zipfile.ZipFile(io.BytesIO(data)) as held:
        text = " ".join(held.read(part).decode("utf-8", "ignore") for part in held.namelist())
        books = [zipfile.ZipFile(io.BytesIO(held.read(part))) for part in held.namelist() if part.endswith(".xlsx")]
    text += " ".join(book.read(part).decode() for book in books for part in book.namelist())
    shown = set(made.tables.organisations["name"])
    assert not [name for name in hidden if name not in shown and name in text]
    assert re.search(r"Freelancer \d", text) and "as the other side sees it" not in text.lower()


# LibreOffice


def test_libreoffice_opens_the_deck_and_draws_every_slide(tmp_path: Path) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if not office:
        pytest.skip("no LibreOffice on this machine; the deck is read back with python-pptx alone")
    deck = tmp_path / "deck.pptx"
    deck.write_bytes(museum()[2])
    command = [office, f"-env:UserInstallation=file://{tmp_path}/office", "--headless", "--convert-to", "pdf"]
    done = subprocess.run([*command, "--outdir", str(tmp_path), str(deck)], capture_output=True, timeout=240, check=False)
    made = tmp_path / "deck.pdf"
    assert made.exists(), done.stderr.decode()
    assert len(re.findall(rb"/Type\s*/Page[^s]", made.read_bytes())) == len(back(museum()[2]).slides)
