"""Saved stories for whoever does not lead: what may not be shown any more is not, whatever the story remembers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from google.protobuf import text_format
from pptx import Presentation

from tests.support import prepared
from tests.support.app import opened
from tests.support.networks import tables as made
from tests.support.stories import three
from wtnet import access, stories
from wtnet.store import Store
from wtnet.stories import Story, saved
from wtnet.stories.redacted import served
from wtnet.tables import Tables

pytestmark = pytest.mark.usefixtures("database")

MUSEUM, NAME = "northcliff-museum-of-the-sea", "Northcliff Museum of the Sea"
PILOT = "garden-of-things"
PAGE = "pages/present.py"


def hide(tables: Tables, *ids: str) -> Tables:
    private = pl.lit("private", tables.organisations.schema["sharing"])
    there = pl.col("id").is_in(ids)
    return tables.with_(
        organisations=tables.organisations.with_columns(sharing=pl.when(there).then(private).otherwise("sharing"))
    )


def few(tables: Tables, pilot: str, n: int = 3) -> Tables:
    """The last results of a pilot rest on fewer people than was thought."""
    there = (pl.col("pilot") == pilot) & (pl.col("wave") == tables.waves["id"][-1])
    return tables.with_(results=tables.results.with_columns(n=pl.when(there).then(pl.lit(n)).otherwise("n").cast(pl.Int64)))


def as_public(story: Story, tables: Tables) -> Story | None:
    numbers = access.numbered(tables)
    other = access.renaming(tables, "public", numbers)
    return served(story, access.redact(tables, "public", numbers), other, "Shared Light", access.cells(tables, "public", numbers))


def test_a_story_of_whoever_is_hidden_since_is_not_served() -> None:
    """Its subject, or whom one of its slides is about; nor one of somebody who left."""
    one, all_ = stories.draft(three(), partner="a", audience="public"), stories.draft(three(), audience="public")
    close = replace(all_, slides=tuple(replace(each, view=replace(each.view, focus=("a",))) for each in all_.slides))
    assert as_public(one, three()) is not None and as_public(close, three()) is not None
    assert as_public(one, hide(three(), "a")) is None and as_public(close, hide(three(), "a")) is None
    assert as_public(replace(one, about="partner:z"), three()) is None


def test_hidden_names_are_other_names_in_every_word_and_notes_are_for_the_lead() -> None:
    """Title, heading, words, remembered figures; what is lost is not named."""
    tables = three().with_(organisations=three().organisations.with_columns(name=pl.col("name") + " Marsh-Élan"))
    name = tables.organisations["name"][0].upper()
    story = stories.draft(tables, audience="public")
    story = replace(
        story,
        title=f"With {name}",
        slides=(
            *[replace(slide, notes=f"Ask {name}") for slide in story.slides],
            stories.Slide(f"{name} leads", f"We owe it to {name}.", quote="gone"),
        ),
    )
    seen = as_public(story, hide(tables, "a"))
    assert seen is not None and name not in stories.to_text(seen)
    assert seen.slides[-1].text.startswith("We owe it to Museum") and not any(slide.notes for slide in seen.slides)
    assert seen.slides[-1].quote is None


def _seven(level: int) -> Tables:
    """Seven partners who all rate one another, in two waves, with a level of 2 in the first."""
    pairs = list(permutations("abcdefg", 2))
    ratings = [(wave, *pair, of) for wave, of in (("one", 2), ("two", level)) for pair in pairs]
    return made("a b c d e f g", ratings=ratings, waves=[("one", "2024-01-01"), ("two", "2025-01-01")])


def test_a_figure_that_has_changed_is_todays_and_what_it_was_is_not_told() -> None:
    """Drafted words are drafted anew; own words get the new figure where it stands once, and give way where it does not."""
    tables, after = _seven(3), _seven(4)
    story = stories.draft(access.redact(tables, "public"), partner="a", audience="public")
    new = stories.draft(access.redact(after, "public"), partner="a", audience="public").slides[3]
    was, now = (next(one.said for one in each.figures if one.name == "strength_now") for each in (story.slides[3], new))
    assert was != now
    for text, told in (
        (story.slides[3].text, new.text),
        (f"We rose to {was}.", f"We rose to {now}."),
        (f"We rose to {was}: {was}!", new.text),
    ):
        said = replace(story, slides=(*story.slides[:3], replace(story.slides[3], text=text), *story.slides[4:]))
        seen = as_public(said, after)
        assert seen is not None and seen.slides[3].text == told and seen.slides[3].figures == new.figures


def test_how_strong_three_partners_find_each_other_is_withheld_in_a_story_for_everybody() -> None:
    """A mean of three partners' answers would tell each of them what the others said."""
    slide = stories.draft(access.redact(three(), "public"), partner="a", audience="public").slides[3]
    assert (
        "withheld" in slide.heading
        and slide.text.startswith("Withheld: ")
        and not any(figure.name.startswith("strength") for figure in slide.figures)
    )


# -- on the screen and the command line -------------------------------------------------------------------------------


def sent(app: Any) -> str:
    """Everything the page sends to the browser."""
    parts, waiting = [], [app._tree]
    while waiting:
        block = waiting.pop()
        waiting += list(getattr(block, "children", {}).values())
        proto = getattr(block, "proto", None)
        if proto is not None:
            parts.append(text_format.MessageToString(proto, as_utf8=True).replace("\\", ""))
    return "\n".join(parts)


@pytest.fixture(scope="module")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> list[Story]:
    """The example's public story of the museum and of a pilot, with a note to each slide."""
    path = tmp_path_factory.mktemp("drafted") / "app.db"
    path.write_bytes(prepared.shipped())
    with Store(f"sqlite:///{path}") as store:
        tables = store.load("example")
        numbers = access.stored_numbers(store, "example", tables)
    seen, cells = access.redact(tables, "public", numbers), access.cells(tables, "public", numbers)
    drafts = [
        stories.draft(seen, **who, audience="public", programme="Shared Light", cells=cells)
        for who in ({"partner": MUSEUM}, {"pilot": PILOT})
    ]
    return [replace(story, slides=tuple(replace(one, notes="For me alone") for one in story.slides)) for story in drafts]


@pytest.fixture
def kept(database: str, drafted: list[Story]) -> Callable[..., Store]:
    """Stores the two stories, then changes the tables."""

    def keep(change: Callable[[Tables], Tables]) -> Store:
        store = Store(database)
        for story in drafted:
            saved.keep(store, "example", story)
        tables = change(store.load("example"))
        store.commit("example", tables, base=store.head("example"), author="Lead", reason="it asked")
        return store

    return keep


def test_the_public_is_not_offered_a_story_of_a_museum_that_is_private_now_nor_told_on_an_open_page(
    kept: Callable[..., Store],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Opened while it might be shown; the museum asks to be hidden; the next click has no more of it, nor has its link or the
    list on a page opened anew."""
    about = {"programme": "example", "story": f"partner-{MUSEUM}"}
    with kept(lambda tables: tables) as store:
        monkeypatch.setenv("WTNET_READ_ONLY", "1")
        desk = opened(PAGE, **about)
        assert NAME in sent(desk)
        store.commit("example", hide(store.load("example"), MUSEUM), base=store.head("example"), author="Lead", reason="it asked")
        desk.run()
        assert not desk.exception and NAME not in sent(desk)
        page = sent(opened(PAGE, **about))
        assert NAME not in page and "20 partners" not in page
        monkeypatch.delenv("WTNET_READ_ONLY")
        assert NAME in sent(opened(PAGE, **about, audience="public"))  # the lead's own


def test_the_public_is_not_told_what_a_withheld_figure_was(
    kept: Callable[..., Store],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A result that rests on three people now: no old figure, no "was → is", no notes; the lead sees all of it."""
    with kept(lambda tables: few(tables, PILOT)) as store:
        old = saved.find(store, "example", f"pilot-{PILOT}")
        at, best = next((at, one.said) for at, slide in enumerate(old.slides) for one in slide.figures if "result_" in one.name)
        where = {"programme": "example", "story": f"pilot-{PILOT}", "slide": str(at), "audience": "public"}
        lead = sent(opened(PAGE, **where))
        assert f"{best} →" in lead and "For me alone" in lead
        monkeypatch.setenv("WTNET_READ_ONLY", "1")
        page = sent(opened(PAGE, **where))
        assert "→ **" not in page and "For me alone" not in page and old.slides[at].text not in page


def test_the_command_line_serves_a_saved_story_as_its_audience_has_it(
    kept: Callable[..., Store],
    database: str,
    run: Callable[..., tuple[int, str, str]],
    tmp_path: Path,
) -> None:
    """Printed and as a deck; without an audience it is the lead's, with what has been overtaken."""
    with kept(lambda tables: few(hide(tables, MUSEUM), PILOT)), prepared.known_again():
        about = ("--database", database, "story", "--programme", "example", "--saved")
        code, out, err = run(*about, f"partner-{MUSEUM}", "--audience", "public")
        assert code == 2 and NAME not in out + err and "may not be shown" in err
        code, out, err = run(*about, f"pilot-{PILOT}", "--audience", "public", "--out", tmp_path / "deck.pptx")
        assert code == 0 and "overtaken" not in err
        slides = Presentation(str(tmp_path / "deck.pptx")).slides
        words = "".join(text for slide in slides for text in slide._element.itertext())
        notes = "".join(slide.notes_slide.notes_text_frame.text for slide in slides)
        assert NAME not in words and "For me alone" not in notes
        code, out, err = run(*about, f"pilot-{PILOT}")
        assert code == 0 and "overtaken" in err and "For me alone" in out
