"""Decks as a room reads them: two sizes of type, nothing over anything else, every text within its box, in any template."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.oxml.ns import qn
from pptx.util import Inches

from tests.support.exports import export, hostile, of
from tests.support.networks import tables
from wtnet import stories, writers
from wtnet.draw import qr
from wtnet.errors import UnreadableFile
from wtnet.stories import Slide, Story
from wtnet.tables import Tables
from wtnet.writers.export import Export
from wtnet.writers.pptx import deck as pptx
from wtnet.writers.pptx.template import MAX_BYTES
from wtnet.writers.pptx.type import LINE, lines, wide

POINT = 12_700
LINK = "https://wtnet.example.org/?link=" + "x" * 80


def public() -> Export:
    return export("example", "public")


@cache
def theirs() -> bytes:
    """An organisation's template: 4:3, as PowerPoint makes it, with a sample slide and a logo."""
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[1])
    slide.shapes.title.text = "A sample slide"
    presentation.slide_master.shapes._spTree.append(
        presentation.slides[0].shapes.add_textbox(Inches(8.5), Inches(0), Inches(1.4), Inches(0.3))._element
    )
    buffer = io.BytesIO()
    presentation.save(buffer)
    return buffer.getvalue()


def by_kind(story: Story) -> Story:
    """Its first two slides, with partnerships coloured by kind."""
    return replace(story, slides=tuple(replace(each, view=replace(each.view, by_kind=True)) for each in story.slides[:2]))


@cache
def made(which: str) -> Any:
    """A deck read back."""
    lead = export("example")
    long = Story("s", "S", (Slide("A heading of some length " * 7, "Many words of one's own. " * 150),))
    data = {
        "programme": lambda: writers.write("pptx", replace(public(), link=LINK)),
        "museum": lambda: writers.write("pptx", replace(public(), partner="northcliff-museum-of-the-sea")),
        "freelancer": lambda: writers.write("pptx", replace(lead, partner="sam-tidewell")),
        "pilot": lambda: writers.write("pptx", replace(lead, pilot="tidelines")),
        "real": lambda: writers.write("pptx", export("working-together")),
        "hostile": lambda: writers.write("pptx", replace(of(hostile()), partner="markup")),
        "nasty": lambda: writers.write("pptx", of(hostile())),
        "empty": lambda: writers.write("pptx", of(Tables())),
        "alone": lambda: writers.write("pptx", replace(of(tables("a")), partner="a")),
        "long": lambda: pptx.deck(long, lead),
        "kinds": lambda: pptx.deck(by_kind(stories.draft(lead.tables, pilot="tidelines")), lead),
        "theirs": lambda: pptx.deck(
            stories.draft(public().tables, audience="public", programme="P"), replace(public(), template=theirs(), link=LINK)
        ),
    }[which]()
    return Presentation(io.BytesIO(data))


DRAFTED, MORE_DRAFTED = ["programme", "hostile", "empty"], ["museum", "freelancer", "pilot", "real", "nasty", "alone"]
DECKS = [*DRAFTED, "kinds", "long", "theirs"]


def thorough(decks: list[str]) -> list[Any]:
    """More of the same kind."""
    return [pytest.param(which, marks=pytest.mark.thorough) for which in decks]


def flat(shapes: Any) -> Iterator[Any]:
    for shape in shapes:
        yield from flat(shape.shapes) if shape.shape_type == MSO_SHAPE_TYPE.GROUP else [shape]


@pytest.mark.parametrize("which", [*DECKS, *thorough(MORE_DRAFTED)])
def test_a_deck_can_be_read_from_the_back_of_the_room(which: str) -> None:
    """Nothing under 20 points but source and number (12), titles and numbers at most 32; every text within its box, every box on
    the slide; text, pictures and source over one another nowhere; two names of one picture neither."""
    deck = made(which)
    for slide in deck.slides:
        title = slide.shapes.title.text_frame.text
        for shape in flat(slide.shapes):
            assert shape.left >= -10 and shape.top >= -10, (title, shape.name)
            assert shape.left + shape.width <= deck.slide_width + 10 and shape.top + shape.height <= deck.slide_height + 10, (
                shape.name
            )
            if shape.has_chart:
                sizes = {int(each.get("sz")) for each in shape.chart._chartSpace.iter() if each.get("sz", "").isdigit()}
                assert min(sizes) >= 2000, (title, sizes)
            if shape.has_text_frame and shape.text_frame.text.strip():
                _fits(title, shape)
        tops = [shape for shape in slide.shapes if shape.name not in ("Slide number",)]
        _apart(title, [shape for shape in tops if shape.height and shape.width])
        for shape in slide.shapes:
            if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
                _apart(title, [each for each in flat(shape.shapes) if each.has_text_frame and each.text_frame.text.strip()])


def _fits(title: str, shape: Any) -> None:
    runs = [int(each.get("sz")) / 100 for each in shape._element.iter(qn("a:rPr")) if each.get("sz")]
    small = shape.name in ("Source", "Slide number")
    assert runs and min(runs) >= (12 if small else 20) and max(runs) <= 32, (title, shape.name, runs)
    size, room = max(runs), shape.width / 914_400
    if small:
        return
    frame = shape.text_frame
    wrap = frame.word_wrap or shape.is_placeholder
    rows = sum(len(lines(each.text, room, size)) if wrap else 1 for each in frame.paragraphs)
    assert rows * size * LINE <= shape.height / POINT + size, (title, shape.name, shape.text_frame.text, rows)


def _apart(title: str, shapes: list[Any]) -> None:
    for at, one in enumerate(shapes):
        for other in shapes[:at]:
            across = min(one.left + one.width, other.left + other.width) - max(one.left, other.left)
            down = min(one.top + one.height, other.top + other.height) - max(one.top, other.top)
            assert across <= POINT * 4 or down <= POINT * 4, (title, one.name, other.name)


@pytest.mark.parametrize("which", [*DRAFTED, *thorough(MORE_DRAFTED)])
def test_each_slide_says_one_thing_once(which: str) -> None:
    """Its title is no other's and begins like none; no sentence beneath it says the title again; and none is without a message:
    a title alone has a picture."""
    slides = [(slide.shapes.title.text_frame.text, slide) for slide in made(which).slides]
    titles = [title for title, _ in slides if not title.endswith("(continued)")]
    assert len(set(titles)) == len(titles), titles
    begins = [" ".join(title.split()[:4]) for title in titles if len(title.split()) > 4]
    assert len(set(begins)) == len(begins), begins
    for title, slide in slides[1:]:
        text = "\n".join(shape.text_frame.text for shape in slide.shapes if shape.name == "Text")
        for sentence in re.split(r"(?<=[.!?])\s|\n", text):
            assert not set(_words(title)) <= set(_words(sentence)), (title, sentence)
        assert text or any(shape.name not in ("Source", "Slide number") for shape in slide.shapes if not shape.is_placeholder), (
            title
        )


def _words(text: str) -> list[str]:
    return [word for word in re.findall(r"\w+", text.lower()) if len(word) > 3 or word.isdigit()] or [text]


@pytest.mark.parametrize(
    ("which", "there"),
    [
        ("programme", 66),
        ("theirs", 66),
        *(pytest.param(*each, marks=pytest.mark.thorough) for each in (("museum", 20), ("pilot", 15), ("real", 15))),
    ],
)
def test_a_map_says_how_many_of_its_partners_it_names(which: str, there: int) -> None:
    """Names are few and whole in letters a room can read; the rest are counted, not squeezed in."""
    (drawn,) = (shape for slide in made(which).slides for shape in slide.shapes if shape.name == "Map")
    texts = [shape for shape in flat([drawn]) if shape.has_text_frame and shape.text_frame.text]
    named = [shape for shape in texts if not any(run.get("b") == "1" for run in shape._element.iter(qn("a:rPr")))]
    (note,) = (" ".join(shape.text_frame.text.split()) for shape in named if "named" in shape.text_frame.text)
    assert note.startswith(f"{len(named) - 1} of {there} named, the "), note
    assert which != "programme" or len(named) == 8


def test_titles_and_text_of_a_deck_are_the_placeholders_of_its_template() -> None:
    """Of an organisation's too: its size, its layouts, its faces and colours; its sample slides are gone."""
    deck = made("theirs")
    assert (deck.slide_width, deck.slide_height) == (9_144_000, 6_858_000)
    assert "A sample slide" not in [slide.shapes.title.text_frame.text for slide in deck.slides]
    words = {row for slide in deck.slides for shape in flat(slide.shapes) if shape.has_text_frame for row in
             (each.text for each in shape.text_frame.paragraphs)}  # fmt: skip
    assert {"Museum", "Freelancer"} <= words  # no word is broken for want of room
    for slide in deck.slides:
        assert slide.shapes.title.is_placeholder and all(shape.is_placeholder for shape in slide.shapes if shape.name == "Text")
        assert not list(slide.shapes.title._element.iter(qn("a:latin"), qn("a:srgbClr")))


def test_a_map_by_kind_of_partnership_numbers_the_kinds_it_colours() -> None:
    """Every number on the map is one of the key, which also says of how many no kind is known."""
    slides = [
        {each.name: each for each in slide.shapes if each.shape_type == MSO_SHAPE_TYPE.GROUP} for slide in made("kinds").slides
    ]
    mapped = [groups for groups in slides if "Map" in groups]
    assert len(mapped) == 2
    for groups in mapped:
        key = [each.text_frame.text for each in flat([groups["Kinds of partnership"]]) if each.text_frame.text]
        there = {each.text_frame.text for each in flat([groups["Map"]]) if each.has_text_frame and each.text_frame.text.isdigit()}
        assert len(there) > 2 and there <= {row.partition(" ")[0] for row in key}
        assert any(row.startswith("kind not recorded: ") for row in key)
        assert (
            f"By kind of partnership: {key[0].partition(' ')[2].replace(': ', ' ')}"
            in groups["Map"]._element.xpath("./p:nvGrpSpPr/p:cNvPr/@descr")[0]
        )


def test_the_last_slide_has_the_link_as_a_code_where_one_is_given() -> None:
    """It is the code of that address, says so, and opens it; without a link there is none."""
    for which in ("programme", "theirs"):
        (code,) = (shape for shape in made(which).slides[-1].shapes if shape.name == "QR code")
        assert code.width == code.height >= Inches(4 if which == "programme" else 2.8)
        assert code.image.blob == qr.png(LINK) and code.click_action.hyperlink.address == LINK
        assert code._element.nvPicPr.cNvPr.get("descr") == f"QR code of {LINK}"
        assert LINK in made(which).slides[-1].notes_slide.notes_text_frame.text
    assert "code" not in " ".join(shape.name + shape.text_frame.text for shape in made("hostile").slides[-1].shapes)


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "damaged"),
        (b"\x89PNG", "not a PowerPoint"),
        (b"\xd0\xcf\x11\xe0", "older PowerPoint"),
        (b"PK\x03\x04nothing", "damaged"),
        (b"x" * (MAX_BYTES + 1), "at most 20 MB"),
        (None, "not a PowerPoint"),
    ],
)
def test_what_is_no_template_is_refused_in_a_sentence(data: bytes | None, word: str) -> None:
    story = stories.draft(export("alone").tables)
    if data is None:
        data = writers.write("workbook", export("alone"))
    with pytest.raises(UnreadableFile, match=word):
        pptx.deck(story, replace(export("alone"), template=data))


def test_a_text_without_a_space_is_divided_in_time_that_grows_as_its_length() -> None:
    """Each letter is measured a few times, however long the text is, and none is lost."""
    measured: list[float] = []
    for length in (20_000, 40_000):
        text = "m" * length
        start = time.process_time()
        rows = min((lines(text, 6.0) for _ in range(3)), key=len)
        measured.append(time.process_time() - start)
        assert "".join(rows) == text and max(wide(row) for row in rows) <= 6.0
    assert measured[1] <= 3 * measured[0]


def test_a_letter_wider_than_the_line_stands_alone() -> None:
    assert lines("mm", 0.01) == ["m", "m"]
