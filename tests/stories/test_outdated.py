"""Stories beside data that change: which slides no longer say what the data say, and the shelf they are kept on."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from tests.support import prepared
from tests.support.exports import shipped
from tests.support.networks import tables as made
from tests.support.stories import RATINGS, three
from wtnet import stories
from wtnet.errors import InvalidRequest
from wtnet.store import Programme, Store
from wtnet.stories import saved as shelf
from wtnet.stories.draft import again
from wtnet.stories.outdated import ChangedFigure, OutdatedSlide, kept, renewed
from wtnet.stories.outdated import outdated_slides as outdated_beside
from wtnet.tables import Tables
from wtnet.writers import prepare


def fresh(story: stories.Story, tables: Tables) -> stories.Story | None:
    return again(story, tables, "", None)


def outdated_slides(story: stories.Story, tables: Tables) -> list[OutdatedSlide]:
    return outdated_beside(story, fresh(story, tables), tables)


def test_a_story_that_still_says_what_the_data_say_is_not_stale() -> None:
    assert outdated_slides(stories.draft(three(), partner="a"), three()) == []


@pytest.mark.parametrize("most", [1, pytest.param(6, marks=pytest.mark.thorough)])
@pytest.mark.parametrize(
    "audience", ["public", *(pytest.param(each, marks=pytest.mark.thorough) for each in ("lead", "partners"))]
)
def test_no_story_is_stale_when_drafted_nor_once_put_right_whoever_it_is_for(audience: str, most: int) -> None:
    """The programme, so many pilots and partners, with what is withheld from each audience: quiet on the data it was
    drafted from; after a whole wave was lost, quiet again once its sentences are used, or kept."""
    programme, tables = shipped("example")
    before = prepare(programme, tables, audience=audience)
    lost = tables.ratings.filter(pl.col("wave") != tables.ratings["wave"][-1])
    after = prepare(programme, tables.with_(ratings=lost, results=tables["results"].head(4)), audience=audience)
    about = [(None, None), *((None, id_) for id_ in before.tables.pilots["id"][:most])]
    overtaken = 0
    for partner, pilot in [*about, *((id_, None) for id_ in before.tables.organisations["id"][:most])]:
        story = stories.draft(before.tables, partner, pilot, audience, programme.name, before.cells)
        assert outdated_beside(story, again(story, before.tables, programme.name, before.cells), before.tables) == []
        now = again(story, after.tables, programme.name, after.cells)
        found = [each for each in outdated_beside(story, now, after.tables) if each.changed]
        overtaken += len(found)
        new = quiet = story
        for each in found:
            new, quiet = renewed(new, now, each.at), kept(quiet, now, each.at)
        assert not any(each.changed for done in (new, quiet) for each in outdated_beside(done, now, after.tables))
    assert overtaken


def test_a_story_of_the_programme_under_a_title_of_its_own_still_calls_the_programme_by_its_name() -> None:
    story = replace(stories.draft(three(), programme="Shared Light"), title="Talk at Leeds")
    more = made("a b c d e", ratings=RATINGS, waves=[("one", "2024-01-01"), ("two", "2025-01-01")])
    found = outdated_beside(story, again(story, more, "Shared Light", None), more)
    assert found[0].heading == "5 partners of 1 kind are part of Shared Light"


def test_a_changed_figure_is_told_from_old_to_new_with_the_new_sentence() -> None:
    story = stories.draft(three(), partner="a")
    after = three([*RATINGS, ("two", "d", "a", 5)])
    found = {each.at: each for each in outdated_slides(story, after)}
    now = found[2]
    assert ChangedFigure("partners, January 2025", "2 partners", "3 partners") in now.changed
    assert now.heading == "We work with 3 partners, up from 1 in January 2024"
    assert now.text and now.text.startswith("Of 1 kind in January 2025: Partner d, Partner b and Partner c.")
    assert 1 not in found, "what is said of the first wave has not changed"
    fixed = renewed(story, fresh(story, after), 2)
    assert 2 not in {each.at for each in outdated_slides(fixed, after)} and fixed.slides[2].text == now.text


def test_a_change_beyond_the_last_decimal_is_no_change() -> None:
    story = stories.draft(three(), partner="a")
    slide = story.slides[3]
    figures = tuple(replace(each, value=(each.value or 0) + 0.0001) for each in slide.figures if isinstance(each.value, float))
    rest = tuple(each for each in slide.figures if not isinstance(each.value, float))
    story = replace(story, slides=(*story.slides[:3], replace(slide, figures=(*rest, *figures)), *story.slides[4:]))
    assert outdated_slides(story, three()) == []


def test_words_written_by_hand_are_offered_back_with_the_new_figures() -> None:
    """Where each old figure stands once in the person's own sentence, it is put right there; else only the new one is offered."""
    story = stories.draft(three(), partner="a")
    slide = story.slides[3]
    was = next(each.said for each in slide.figures if each.name == "strength_now")
    own = replace(slide, text=f"We rose to {was}, which we are proud of.")
    story = replace(story, slides=(*story.slides[:3], own, *story.slides[4:]))
    after = three([*RATINGS[:2], ("two", "a", "b", 5), ("two", "b", "a", 5), RATINGS[4]])
    found = next(each for each in outdated_slides(story, after) if each.at == 3)
    now = next(change.now for change in found.changed if "January 2025" in change.label)
    assert found.mended == f"We rose to {now}, which we are proud of."
    silent = replace(story, slides=(*story.slides[:3], replace(own, text="We rose."), *story.slides[4:]))
    assert next(each for each in outdated_slides(silent, after) if each.at == 3).mended is None


def test_words_that_are_kept_are_quiet_until_the_figures_change_again() -> None:
    story = replace(stories.draft(three(), partner="a"))
    after = three([*RATINGS, ("two", "d", "a", 5)])
    quiet = story
    for each in outdated_slides(story, after):
        quiet = kept(quiet, fresh(story, after), each.at)
    assert outdated_slides(quiet, after) == [] and [s.text for s in quiet.slides] == [s.text for s in story.slides]
    assert outdated_slides(quiet, three())


def test_a_partner_that_left_is_said_and_so_is_the_storys_own_subject() -> None:
    story = stories.draft(three(), partner="a")
    without = three([])
    without = without.with_(organisations=without.organisations.filter(pl.col("id") != "a"))
    found = outdated_slides(story, without)
    assert len(found) == len(story.slides)
    assert "partner that is not there any more: a" in found[0].lost[0]
    assert found[2].text is None and ChangedFigure("partners, January 2025", "2 partners", "–") in found[2].changed


def test_a_quote_whose_consent_was_taken_back_is_said() -> None:
    quote = {"id": "q", "pilot": "p", "text": "Yes", "sharing": "partners"}
    more = {"pilots": [{"id": "p", "name": "Pilot", "lead": "a"}], "quotes": [quote]}
    story = stories.draft(three(**more), pilot="p")
    taken = three(pilots=more["pilots"], quotes=[quote | {"sharing": "private"}])
    assert any("quote is not there any more" in lost for each in outdated_slides(story, taken) for lost in each.lost)


def test_a_slide_made_by_hand_is_only_looked_up() -> None:
    """It has no figures of ours; nothing is offered in the place of its words."""
    story = stories.Story("s", "S", (stories.Slide("Mine", "We are 12."),))
    assert outdated_slides(story, three()) == []


# the shelf


def _fill(store: Store) -> None:
    store.create(Programme("p", "P"), three(), author="t", reason="t")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return prepared.copied(tmp_path / "s.db", _fill)


def test_a_story_is_kept_with_its_programme_and_comes_back(store: Store) -> None:
    story = stories.draft(three(), partner="a")
    shelf.keep(store, "p", story)
    assert shelf.stories(store, "p") == [story] and shelf.stories(store, "q") == []
    assert shelf.stories(store, "p", "public") == []
    shelf.forget(store, "p", story.id)
    assert shelf.find(store, "p", story.id) is None


def test_two_people_do_not_write_over_each_other(store: Store) -> None:
    """The second to save is told, and can keep theirs under another name."""
    story = stories.draft(three(), partner="a")
    shelf.keep(store, "p", story)
    first, second = replace(story, title="First"), replace(story, title="Second")
    shelf.keep(store, "p", first, over=story)
    with pytest.raises(InvalidRequest, match="Somebody has saved “First”"):
        shelf.keep(store, "p", second, over=story)
    shelf.keep(store, "p", shelf.free(store, "p", second))
    assert [each.title for each in shelf.stories(store, "p")] == ["First", "Second"]


def test_a_broken_story_on_the_shelf_hides_no_other(store: Store) -> None:
    store.remember("story:p:broken", {"format": "something else"})
    shelf.keep(store, "p", stories.draft(three(), partner="a"))
    assert len(shelf.stories(store, "p")) == 1


def test_what_was_saved_over_or_removed_can_be_taken_back(store: Store) -> None:
    """The last few versions stay, newest first, for the audience they were written for; a story is removed with its past."""
    first = stories.draft(three(), partner="a")
    versions = [replace(first, title=f"Version {at}") for at in range(8)]
    for before, story in zip([None, *versions], versions, strict=False):
        shelf.keep(store, "p", story, over=before)
    shelf.keep(store, "p", versions[-1], over=versions[-1])  # saved again as it was: no version of its own
    assert [each.story.title for each in shelf.earlier(store, "p", versions[-1])] == [f"Version {at}" for at in (6, 5, 4, 3, 2)]
    assert shelf.removed(store, "p", "lead") == []
    shelf.forget(store, "p", first.id)
    assert shelf.stories(store, "p") == []
    assert [each.story for each in shelf.removed(store, "p", "lead")] == [versions[-1]]
    assert shelf.removed(store, "p", "public") == []
    shelf.keep(store, "p", versions[-1])
    assert shelf.stories(store, "p") == [versions[-1]] and shelf.removed(store, "p", "lead") == []
    public = replace(versions[-1], audience="public")
    assert shelf.earlier(store, "p", public) == []


def test_of_many_who_save_a_new_story_under_one_id_at_once_one_is_kept_and_the_others_are_told(tmp_path: Path) -> None:
    """Nobody's story disappears without a word: looking and saving are one step."""
    address = f"sqlite:///{tmp_path}/s.db"
    with Store(address) as first:
        first.create(Programme("p", "P"), three(), author="t", reason="t")
    story = stories.draft(three(), partner="a")
    ready = threading.Barrier(6)

    def save(at: int) -> bool:
        with Store(address) as mine:
            ready.wait()
            try:
                shelf.keep(mine, "p", replace(story, title=f"Story {at}"))
            except InvalidRequest:
                return False
            return True

    with ThreadPoolExecutor(6) as several:
        saved = list(several.map(save, range(6)))
    assert saved.count(True) == 1
    with Store(address) as after:
        assert [each.title for each in shelf.stories(after, "p")] == [f"Story {saved.index(True)}"]
