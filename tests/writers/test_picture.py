"""The map and charts as pictures: legible, complete, the same everywhere, safe from what names hold."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
from dataclasses import replace
from typing import Any

import pikepdf
import polars as pl
import pytest
from PIL import Image

from tests.support import exports, made
from wtnet.draw.labels import gap
from wtnet.draw.print.drawing import SIZES, Drawing
from wtnet.draw.print.fonts import MISSING, drawable, width
from wtnet.draw.print.gallery import CHARTS
from wtnet.draw.print.labels import Disc, place
from wtnet.draw.print.map import MAPS
from wtnet.errors import InvalidRequest
from wtnet.network import Scope, build
from wtnet.tables.model import Audience
from wtnet.writers.report import card, picture

SVG = "{http://www.w3.org/2000/svg}"
ALL = (*MAPS, *CHARTS)
TOLD = ("scatter", "correlations", "places", "voices", "activities", "took-part", "met", "states", "steps", "waves", "groups")
"""Charts with a sentence of their own."""


def text_of(svg: bytes) -> list[str]:
    return [one.text or "" for one in ET.fromstring(svg).iter(f"{SVG}text")]


def thorough(*more: object) -> list[Any]:
    """Further cases of the same kind."""
    return [pytest.param(*each if isinstance(each, tuple) else (each,), marks=pytest.mark.thorough) for each in more]


CARDS = ("map", "progress", "coverage", *TOLD)
"""Pictures that are drawn as cards of the example in every run."""


@pytest.mark.parametrize(
    ("what", "which"),
    [
        *((what, which) for what in ALL for which in ("empty", "hostile")),
        *((what, "example") for what in ALL if what not in CARDS),
        *thorough(*((what, "example") for what in CARDS)),
        *thorough(*((what, which) for what in ALL for which in ("alone", "working-together"))),
    ],
)
def test_every_picture_of_every_programme_is_well_formed_and_says_what_it_is(what: str, which: str) -> None:
    """An empty programme, a partner without ties, hostile names: an SVG with a title, a description and a source line."""
    export = replace(exports.export(which), picture=what)
    svg = picture.write_svg(export)
    root = ET.fromstring(svg)
    assert (root.findtext(f"{SVG}title") or "").strip()
    assert len(root.findtext(f"{SVG}desc") or "") > 20
    assert any("Licence:" in words for words in text_of(svg))
    assert not [one for one in root.iter() if one.tag.rpartition("}")[2] in {"script", "image", "foreignObject", "b"}]


@pytest.mark.parametrize("size", ["slide", "a0", *thorough(*(size for size in SIZES if size not in ("slide", "a0")))])
def test_a_png_has_the_dots_of_its_size(size: str) -> None:
    """A slide is 1,920 × 1,080; a poster has at least 100 dots an inch."""
    image = Image.open(io.BytesIO(picture.write_png(replace(exports.export("alone"), size=size))))
    sheet = SIZES[size]
    assert abs(image.width - sheet.wide * sheet.ppi / 72) <= 1
    assert size != "slide" or image.size == (1920, 1080)
    assert sheet.ppi >= 100


@pytest.mark.parametrize("which", ["hostile", *thorough("example")])
def test_the_pdf_has_one_page_of_the_right_size_and_is_told_in_words(which: str) -> None:
    """PDF/UA-1 with the whole description as the figure's alternative text."""
    export = replace(exports.export(which), size="a1")
    with pikepdf.open(io.BytesIO(picture.write_pdf(export))) as pdf:
        assert len(pdf.pages) == 1
        assert abs(float(pdf.pages[0].mediabox[2]) - SIZES["a1"].wide) < 1
        assert str(pdf.Root.Lang).startswith("en")
        assert "pdfuaid" in bytes(pdf.Root.Metadata.read_bytes()).decode()


def test_all_partners_are_named_on_print_and_posters() -> None:
    """The shipped programmes have room for every name on A4 and larger."""
    for size in ("print", "a1", "a0"):
        for which in ("example", "working-together"):
            export = replace(exports.export(which), size=size)
            note = picture.drawing(export).note
            assert note == "" or which == "working-together", (which, size, note)


def test_no_word_on_a_picture_for_a_slide_is_under_twelve_points() -> None:
    """Rather fewer names, the hubs first and led to their marks, than small ones; the picture says how many it names."""
    for which, what in (("example", "map"), ("example", "map-kinds"), ("example", "mixing"), ("working-together", "map")):
        drawn = picture.drawing(replace(exports.export(which), picture=what, size="slide"))
        assert min(words.size for words in drawn.words) >= 12, (which, what)
        assert (which, what) != ("example", "map") or any(
            words.text == drawn.note and words.text.startswith(f"{_names_on(drawn)} of 66 partners named")
            for words in drawn.words
        )
        assert what != "mixing" or not [words.text for words in drawn.words if words.anchor == "middle" and "…" in words.text]


def _names_on(drawn: Drawing) -> int:
    """How many partners of the example are named on a picture, by the words of their names."""
    words = " ".join(each.text for each in drawn.words)
    return sum(name in words for name in exports.export("example").tables.organisations["name"])


def test_no_name_covers_another_name_or_partner() -> None:
    """In a crowd, only names with room are placed, the first ones first, each nearest to its own partner unless a line leads
    there, and none in letters smaller than was said."""
    discs = [Disc(20 * (at % 25), 18 * (at // 25), 4, f"Partner number {at}") for at in range(500)]
    labels = place(discs, range(500), (-100, -100, 700, 500), 6, 5.5)
    assert 20 < len(labels) < 500 and min(label.size for label in labels) == 6
    assert any(label.leader for label in labels)
    boxes = [label.box for label in labels]
    for at, a in enumerate(boxes):
        assert not [b for b in boxes[at + 1 :] if a[0] < b[2] and a[2] > b[0] and a[1] < b[3] and a[3] > b[1]]
        own = labels[at].disc
        mark = (discs[own].x - 4, discs[own].y - 4, discs[own].x + 4, discs[own].y + 4)
        reach = 0.0 if labels[at].leader else gap(a, mark)
        others = [(disc.x - 4, disc.y - 4, disc.x + 4, disc.y + 4) for number, disc in enumerate(discs) if number != own]
        assert all(gap(a, other) > reach for other in others), labels[at]
        for number, disc in enumerate(discs):
            covers = a[0] < disc.x + disc.r and a[2] > disc.x - disc.r and a[1] < disc.y + disc.r and a[3] > disc.y - disc.r
            assert number == own or not covers


def test_very_many_partners_are_drawn_with_the_largest_named_and_it_says_so() -> None:
    """The best connected are named as far as there is room; the note says how many and where all are."""
    drawn = picture.drawing(exports.of(made.sector(1_000, 3_000)))
    assert "of 1,000 partners named, the best connected and museums first" in drawn.note
    assert any(words.text == drawn.note for words in drawn.words)
    assert len(picture.files(drawn)["shapes.svg"]) < 3_000_000


def test_names_are_text_and_stand_whole_where_there_is_room() -> None:
    """A name that looks like markup is words; control and direction marks are gone."""
    said = " ".join(text_of(picture.write_svg(replace(exports.export("hostile"), size="a1"))))
    assert "<script>alert('x')</script>" in said
    assert "\u202e" not in said
    svg = picture.write_svg(exports.export("hostile"))
    assert b"<script" not in svg


def test_what_no_font_has_becomes_a_box_and_nothing_fails() -> None:
    """Every script has letters; a character nobody has drawn is shown as missing."""
    assert drawable("Ωжاहह漢ไ한ա") == "Ωжاहह漢ไ한ա"
    assert drawable("\U0001d518x") == f"{MISSING}x"
    assert drawable("a\u0007b") == "ab"
    assert width("wide", 10) > width("ill", 10) > 0


def test_a_picture_shows_only_what_is_in_scope() -> None:
    """One kind in scope: one kind in the legend, and the line under the title says so."""
    programme, tables = exports.shipped("example")
    export = exports.writers.prepare(programme, tables, Scope(kinds=("museum",)), exports.DAY)
    said = text_of(picture.write_svg(export))
    assert not [words for words in said if words.startswith("Freelancer")]
    assert any("Kind: Museum" in words for words in said)


def test_every_chart_is_drawn_of_what_everybody_may_read() -> None:
    """Where it is withheld how strength moved, what became of pairs is drawn in the words others are told it in."""
    seen = exports.export("hostile", "public")
    drawn = {name: chart.draw(seen, SIZES["card"], "Programme", "Source").alt for name, chart in CHARTS.items()}
    assert "still there" in drawn["change"] and "stronger" not in drawn["change"]


def test_an_unknown_picture_or_size_names_the_choices() -> None:
    """A sentence, not a traceback."""
    with pytest.raises(InvalidRequest, match="choose one of map, map-kinds, coverage"):
        picture.drawing(replace(exports.export("alone"), picture="pie"))
    with pytest.raises(InvalidRequest, match="choose one of slide"):
        picture.drawing(replace(exports.export("alone"), size="a7"))


@pytest.mark.parametrize(
    ("audience", "size"), [("public", "card"), ("lead", "square"), *thorough(("lead", "card"), ("public", "square"))]
)
def test_a_card_says_in_a_sentence_what_it_shows_and_for_whom(audience: Audience, size: str) -> None:
    """Whole, inside its sheet and in the alternative text too; of who sees less the same sentence or one that says withheld."""
    export = exports.export("example", audience)
    assert size in card.CARDS
    for what in CARDS if size == "card" else CARDS[:3]:
        drawn = picture.drawing(replace(export, picture=what, size=size))
        assert (drawn.wide, drawn.high) == (SIZES[size].wide, SIZES[size].high), what
        words = card.sentence(replace(export, picture=what))
        text = " ".join(each.text for each in drawn.words)
        assert words and words in text and drawn.alt.startswith(words), what
        assert ("as everybody may see it" if audience == "public" else "for the programme lead") in text, what
        assert exports.DAY.isoformat() in text, what
        for each in drawn.words:
            wide = width(each.text, each.size, each.weight)
            left = each.x - {"start": 0, "middle": wide / 2, "end": wide}[each.anchor]
            assert left >= -1 and left + wide <= drawn.wide + 1 and 0 < each.y <= drawn.high, (what, each)


def test_a_figure_is_a_card_with_what_it_says_or_the_word_withheld_and_why() -> None:
    """Of everybody the whole and its mean; of one partner's circle of few answers the word, and no number of it."""
    whole = exports.export("example", "public")
    drawn = picture.drawing(replace(whole, picture="figure:mean_strength", size="card"))
    assert (
        drawn.alt.startswith("Mean strength: 0.63 (95% interval 0.59 to 0.67).")
        and drawn.alt.count("0.63") == 1
        and "95% interval 0.59 to 0.67" in [words.text for words in drawn.words]
        and "0.63" in [words.text for words in drawn.words]
    )
    few = build(whole.tables, Scope(focus=("saltmere-memory-clinic",)))
    drawn = picture.drawing(replace(whole, network=few, picture="figure:mean_strength", size="square"))
    assert "withheld" in [words.text for words in drawn.words] and "0." not in drawn.alt
    with pytest.raises(InvalidRequest, match="no measure “weather”"):
        picture.drawing(replace(whole, picture="figure:weather"))


def test_why_nothing_is_drawn_stands_within_the_sheet() -> None:
    """A long reason, as that of levels that are withheld, in as many lines as it needs."""
    export = exports.export("example", "public")
    drawn = picture.drawing(replace(export, picture="levels", size="square"))
    reason = [words for words in drawn.words if words.anchor == "middle"]
    assert len(reason) > 1 and reason[0].text.startswith("Withheld")
    assert all(width(words.text, words.size, words.weight) <= drawn.wide for words in reason)


def test_a_finding_is_a_card_in_its_voice_and_one_that_is_not_shared_shows_none_of_its_words() -> None:
    """Whose view it is as its title, the statement whole, how it stands; a private one is the same as none for everybody."""
    programme, tables = exports.shipped("example")
    whole = replace(exports.export("example"), picture="finding:f-01", size="card")
    statement = str(tables.findings.filter(pl.col("id") == "f-01")["statement"][0])
    drawn = picture.drawing(whole)
    text = " ".join(words.text for words in drawn.words)
    assert statement in text and statement in drawn.alt
    assert drawn.alt.startswith("Museum and heritage staff: ") and "supported" in text
    private = (
        pl.when(pl.col("id") == "f-01").then(pl.lit("private")).otherwise(pl.col("sharing").cast(pl.String)).alias("sharing")
    )
    hidden = tables.with_(findings=tables.findings.with_columns(private))
    public = exports.writers.prepare(programme, hidden, made=exports.DAY, audience="public")
    drawn = picture.drawing(replace(public, picture="finding:f-01", size="square"))
    assert "may not be shown" in drawn.alt and "Front-of-house" not in f"{drawn.alt} {[words.text for words in drawn.words]}"


def test_a_card_of_strength_beside_results_follows_what_was_chosen_and_shows_each_interval() -> None:
    """The indicator, and what a point is; a line a pilot, told in the alternative text; withheld is a word."""
    _, tables = exports.shipped("example")
    export = replace(exports.export("example"), picture="scatter", size="card")
    indicator, name = tables.indicators.select("id", "name").row(1)
    by_pilot = picture.drawing(replace(export, chosen={"indicator": indicator}))
    assert name in by_pilot.alt and "95% intervals" in by_pilot.alt
    assert sum(shape.opacity == 0.55 for shape in by_pilot.shapes) == tables.pilots.height
    by_partner = picture.drawing(replace(export, chosen={"indicator": indicator, "unit": "partner"}))
    assert "one point is a partner" in " ".join(words.text for words in by_partner.words)
    assert not any(shape.opacity == 0.55 for shape in by_partner.shapes)
    told = card.sentence(replace(exports.export("example", "public"), picture="correlations"))
    assert "withheld" in told


def test_what_is_of_the_whole_programme_is_not_called_after_a_partner() -> None:
    """Results and activities are not narrowed to a partner: their picture about one has the programme's name."""
    about = Scope(focus=("saltmere-museum-and-gallery",))
    export = exports.writers.prepare(*exports.shipped("example"), about, exports.DAY)
    assert picture.drawing(replace(export, picture="progress")).title == "What came of it: Shared Light (illustrative example)"
    assert picture.drawing(replace(export, picture="map")).title == "Saltmere Museum and Gallery"


def test_a_card_of_nothing_says_nothing() -> None:
    """No partner, no wave: no sentence, and the sheet is as it was."""
    for what in ("map", "change", "coverage"):
        assert card.sentence(replace(exports.export("empty"), picture=what)) == ""
    assert card.sentence(replace(exports.export("working-together"), picture="change")) == ""


def test_the_map_by_kind_of_partnership_has_a_number_for_each_colour() -> None:
    """The key has each kind with its number, and the map those numbers; said in words too. Without kinds it is the map."""
    drawn = picture.drawing(replace(exports.export("example"), picture="map-kinds"))
    said = [each.text for each in drawn.words]
    assert any(each.startswith("1 ") and each[-1].isdigit() for each in said) and said.count("1") > 3
    assert "By kind of partnership: " in drawn.alt and "kind not recorded" in drawn.alt
    bare = exports.export("alone")
    assert picture.drawing(replace(bare, picture="map-kinds")) == picture.drawing(bare)
