"""A survey that is still open: it is nobody's default, and tells others than the lead nothing until the lead shows it."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from pptx import Presentation

from tests.support import prepared, private
from tests.support.app import opened, shown
from tests.support.frames import frame
from tests.support.paths import EXAMPLE
from tests.support.private import unpacked
from wtnet import stories
from wtnet.access import numbered, redact
from wtnet.importing import check_files
from wtnet.measures import change
from wtnet.measures.impact import progress
from wtnet.network import Scope, build
from wtnet.sentences.waves import open_note
from wtnet.store import Programme, Store
from wtnet.tables import Tables
from wtnet.writers import FORMATS, prepare, write
from wtnet.writers.export import Export
from wtnet.writers.html_map import page as html_map
from wtnet.writers.pptx import deck
from wtnet.writers.report import pdf

NAME, DAY = "Zzautumn", dt.date(2026, 10, 1)
OTHERS = ("partners", "public")


@cache
def programme(shown: bool | None = None) -> Tables:
    """The example and a new round."""
    return with_round(without(), shown)


@cache
def small(shown: bool | None = None) -> Tables:
    """A programme of seven partners and a new round."""
    return with_round(private.tables(), shown)


def with_round(data: Tables, shown: bool | None) -> Tables:
    """A programme and a new round: everybody asked, the first five have answered about the sixth, one result, a roster."""
    ids = data.organisations["id"].to_list()
    wave = {"id": "w9", "name": NAME, "date": DAY, "purpose": "survey", "status": "open", "shown": shown}
    ratings = [{"wave": "w9", "rater": rater, "partner": ids[5], "level": 5, "comment": NAME} for rater in ids[:5]]
    result = data.results.row(0, named=True) | {"wave": "w9", "value": 77.0, "evidence": NAME}
    return data.with_(
        waves=pl.concat([data.waves, frame("waves", wave)]),
        ratings=pl.concat([data.ratings, frame("ratings", ratings)]),
        results=pl.concat([data.results, frame("results", result)]),
        asked=pl.concat([data.asked, frame("asked", [{"wave": "w9", "organisation": partner} for partner in ids])]),
    )


@cache
def without() -> Tables:
    """The example before the new round."""
    return check_files([EXAMPLE]).tables


@cache
def export(audience: str, shown: bool | None = None, wave: str | None = None) -> Export:
    """What leaves of the example for an audience, prepared once."""
    return prepare(Programme("p", "P"), programme(shown), Scope(wave=wave), DAY, audience)


def of_small(audience: str, shown: bool | None = None, wave: str | None = None) -> Export:
    """What leaves of the small programme for an audience."""
    return prepare(Programme("p", "P"), small(shown), Scope(wave=wave), DAY, audience)


def note(tables: Tables | None = None) -> str:
    """What is said of the open wave of the example, or of another programme."""
    return f"open: 5 of {(tables or programme()).organisations.height} have answered"


@pytest.mark.parametrize("audience", ["lead", "public", pytest.param("partners", marks=pytest.mark.thorough)])
def test_five_answers_to_a_new_survey_are_nobodys_default(audience: str) -> None:
    """The latest closed wave stays the one that files and stories are of."""
    made = export(audience)
    assert made.network.wave == "end"
    story = stories.draft(made.tables, audience=audience, cells=made.cells)
    text = " ".join([slide.text for slide in story.slides])
    assert NAME not in text and "July 2025" in text


ALL = tuple(writer.id for writer in FORMATS if writer.id != "give-back")


@pytest.mark.parametrize(
    ("audience", "of", "formats"),
    [
        ("public", "small", ALL),
        ("partners", "small", ("csv",)),
        ("public", "example", ("csv",)),
        *(pytest.param("partners", of, ALL, marks=pytest.mark.thorough) for of in ("small", "example")),
        pytest.param("public", "example", ALL, marks=pytest.mark.thorough),
    ],
    ids=lambda value: value if isinstance(value, str) else f"{len(value)} formats",
)
def test_nothing_of_a_hidden_open_wave_is_in_what_others_get(audience: str, of: str, formats: tuple[str, ...]) -> None:
    """No row, no name, no value of it in the tables or in a file of any format; the lead has all."""
    whole, leaves = (small(), of_small) if of == "small" else (programme(), export)
    seen = redact(whole, audience)
    assert all("w9" not in seen[name]["wave"] for name in ("ratings", "results", "asked")) and "w9" not in seen.waves["id"]
    made = leaves(audience)
    for format in formats:
        assert NAME not in unpacked(write(format, made)), format
    assert NAME in unpacked(write("csv", leaves("lead")))


@pytest.mark.parametrize("audience", ["public", pytest.param("partners", marks=pytest.mark.thorough)])
def test_figures_of_the_closed_waves_are_the_same_with_and_without_the_open_one(audience: str) -> None:
    """Change over waves and the ties of the last wave included."""
    numbers = numbered(without())
    new, old = (redact(data, audience, numbers) for data in (programme(), without()))
    for wave in ("baseline", "end"):
        assert build(new, Scope(wave=wave)).ties.equals(build(old, Scope(wave=wave)).ties)
    waves = [(build(data, Scope(wave="baseline")), build(data, Scope(wave="end"))) for data in (new, old)]
    assert change.counts(*waves[0]) == change.counts(*waves[1])


def test_results_of_an_open_wave_wait_for_it_to_be_closed_or_chosen() -> None:
    """Where no wave is named the latest value of every indicator is what it was; the new one counts in its own wave."""
    before = progress.progress(without(), None)
    columns = ["indicator", "pilot", "latest", "latest_wave"]
    assert progress.progress(programme(), None).select(columns).equals(before.select(columns))
    assert 77.0 in progress.progress(programme(), "w9")["latest"].to_list()


def test_what_leaves_for_others_does_not_say_who_was_asked() -> None:
    """Beside the answers it would tell who was silent."""
    for audience, rows in (("lead", True), ("partners", False), ("public", False)):
        assert (of_small(audience, True, "w9").given.asked.height > 0) == rows


@pytest.mark.parametrize(
    ("audience", "of"),
    [
        ("public", "small"),
        ("lead", "small"),
        *(pytest.param(who, "example", marks=pytest.mark.thorough) for who in ("lead", "partners", "public")),
    ],
)
def test_where_an_open_wave_is_shown_report_deck_and_map_say_how_many_have_answered(audience: str, of: str) -> None:
    """In the line under the title, which is the foot of every page too, on every slide of it, and where the file came from."""
    made = (of_small if of == "small" else export)(audience, True, "w9")
    said = note(small() if of == "small" else programme())
    assert said == open_note(small(True) if of == "small" else programme(True), "w9")
    assert said in pdf.report(made).under
    assert said in dict(html_map.content(made)["provenance"])["Wave"]
    story = stories.draft(made.tables, audience=audience, cells=made.cells)
    now = replace(story, slides=tuple(_at("w9", slide) for slide in story.slides))
    texts = [
        " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        for slide in Presentation(io.BytesIO(deck.deck(now, made))).slides
    ]
    assert texts and all(said in text for text in texts)


def _at(wave: str, slide: stories.Slide) -> stories.Slide:
    return replace(slide, view=replace(slide.view, scope=replace(slide.view.scope, wave=wave)))


@pytest.fixture
def stored(database: str) -> Callable[[bool | None], object]:
    """Stores the example with the open wave, hidden or shown."""

    return lambda shown: Path(database.removeprefix("sqlite:///")).write_bytes(_file(shown))


@cache
def _file(shown: bool | None) -> bytes:
    """The database with the open wave, made once."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "app.db"
        path.write_bytes(prepared.shipped())
        with Store(f"sqlite:///{path}") as store:
            base = store.head("example") or 0
            store.commit("example", programme(shown), base=base, author="T", reason="A new round")
        return path.read_bytes()


@pytest.mark.parametrize(
    "page",
    [
        "pages/two_views.py",
        *(
            pytest.param(page, marks=pytest.mark.thorough)
            for page in ("pages/side_by_side.py", "pages/reach.py", "pages/change.py")
        ),
    ],
)
def test_a_viewer_sees_nothing_of_a_hidden_open_wave_whatever_the_address_asks(
    stored: Callable[[bool | None], object], page: str
) -> None:
    """The page says that the wave is not here, as for any that is not, and is of the current one."""
    stored(None)
    app = opened(page, audience="public", wave="w9", before="baseline", after="w9", left="wave:w9")
    text = shown(app)
    assert NAME not in text + str(app.main) and re.search(r"that is not here: “(wave:)?w9”", text)


def test_the_lead_sees_the_open_wave_marked_and_is_not_led_to_it(stored: Callable[[bool | None], object]) -> None:
    """Chosen, the head of the page says how many have answered; not chosen, the page is of the last closed wave."""
    stored(None)
    app = opened("pages/side_by_side.py")
    assert f"{NAME} (open)" in str(app.get("button_group")) and f"{NAME} is" not in shown(app)
    assert "At the wave “End”" in shown(app)
    assert f"**{NAME} is {note()}.**" in shown(opened("pages/side_by_side.py", wave="w9"))


def test_a_shown_open_wave_is_for_everybody_but_not_first(stored: Callable[[bool | None], object]) -> None:
    """With how many have answered at the head of the page."""
    stored(True)
    assert f"{NAME} is" not in shown(opened("pages/side_by_side.py", audience="public"))
    assert f"**{NAME} is {note()}.**" in shown(opened("pages/side_by_side.py", audience="public", wave="w9"))


def test_the_command_line_says_that_a_wave_is_open(stored: Callable[[bool | None], object], run: Callable) -> None:
    """Named; without a name it is of the last closed one."""
    stored(None)
    assert f"{NAME} is {note()}." in run("measures", "--programme", "example", "--of", "network", "--wave", NAME)[1]
    assert NAME not in run("measures", "--programme", "example", "--of", "network")[1]
