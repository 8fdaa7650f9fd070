"""Stories: drafted from real figures, honest about what is not known, to a file and back."""

from __future__ import annotations

import json

import polars as pl
import pytest

from tests.support.exports import NAMES, hostile
from tests.support.networks import tables as made
from tests.support.stories import drafted, example, positions
from wtnet import stories
from wtnet.access import redact
from wtnet.errors import InvalidRequest, UnreadableFile
from wtnet.stories import Slide, SlideView, Story
from wtnet.stories.chart import SideChart
from wtnet.stories.outcome_sentences import examples_of
from wtnet.stories.slides import Stage
from wtnet.tables import Tables

MUSEUM, FREELANCER = "northcliff-museum-of-the-sea", "sam-tidewell"
PARTS = ["who", "start", "now", "strength", "sides", "came", "found", "done", "missing", "next"]


def words(story: Story) -> str:
    return "\n".join(f"{slide.heading}\n{slide.text}\n{slide.notes}" for slide in story.slides)


def part(story: Story, name: str) -> Slide:
    return next(slide for slide in story.slides if slide.part == name)


def staged(story: Story, tables: Tables) -> Stage:
    known = [tables is each for each in (example(), hostile())]
    return Stage(story, tables, positions(known.index(True)) if any(known) else {}, "Programme")


# degenerate first


def test_an_empty_programme_has_a_story_that_says_so() -> None:
    """No partners, no waves: every slide has words, no figure is made up, and every slide can be shown."""
    story = stories.draft(Tables(), programme="Nothing yet")
    assert part(story, "who").heading == "No partner is recorded yet"
    assert "o partnership of ours is known" in part(story, "now").heading
    assert "not known yet" in part(story, "strength").heading
    assert part(story, "came").text == "There is no pilot yet."
    assert all(shown.map.nodes == () and shown.map.alt for shown in staged(story, Tables()).slides)


def test_a_partner_without_ties_is_told_without_a_zero_average() -> None:
    """Alone, no waves, no pilots: no strength, no sides, no results, in sentences."""
    story = stories.draft(made("a"), partner="a")
    assert [slide.part for slide in story.slides] == ["who", "now", "strength", "sides", "came", "next"]
    assert "o partnership of ours is known" in part(story, "now").heading
    assert "0.00" not in words(story) and "nan" not in words(story).lower()
    assert part(story, "next").text == "The next step is to find a first partner."


def test_without_waves_what_is_documented_is_told_and_nobody_was_asked() -> None:
    story = stories.draft(made({"a": "museum", "b": "health_provider"}, [("a", "b", 3)]), partner="a")
    assert part(story, "now").heading == "We work with 1 partner" and part(story, "now").text == "Of 1 kind: Partner b."
    assert "Nobody has been asked yet" in part(story, "sides").heading
    assert part(story, "sides").text == "These partnerships are known from documents, not from what each side says."
    assert part(story, "strength").view.beside == "nothing"


def test_a_wave_nobody_answered_is_unknown_and_not_nought() -> None:
    """Ties known without any strength: the mean is not known, before and after."""
    tables = made("a b", [("a", "b")], waves=[("one", "2024-01-01"), ("two", "2025-01-01")])
    slide = part(stories.draft(tables, partner="a"), "strength")
    assert "is not known yet" in slide.heading and slide.text == "Nobody rated them in January 2024 or in January 2025."


def test_no_results_are_said_to_be_missing() -> None:
    tables = made("a", pilots=[{"id": "p", "name": "Pilot", "lead": "a"}])
    assert "Nothing has been measured in Pilot yet." in part(stories.draft(tables, pilot="p"), "came").text


@pytest.mark.parametrize("who", [{"partner": "nobody"}, {"pilot": "nothing"}])
def test_a_subject_that_is_not_there_is_refused_with_choices(who: dict[str, str]) -> None:
    with pytest.raises(InvalidRequest, match=r"choose one of|there are none"):
        stories.draft(example(), **who)


def test_a_story_is_about_one_subject() -> None:
    with pytest.raises(InvalidRequest, match="one partner or one pilot"):
        stories.draft(example(), partner=MUSEUM, pilot="tidelines")


WORST = ("markup", "=id", "rtl", "emoji", 'id "quoted" <é> & ]]>')
"""Names of every run: markup, a formula, from right to left, letters of few fonts, every quotation mark."""


@pytest.mark.parametrize("who", [who if who in WORST else pytest.param(who, marks=pytest.mark.thorough) for who in NAMES])
def test_names_in_every_script_stay_as_they_are(who: str) -> None:
    """Markup, formulas and right-to-left names are text; marks that turn the reading direction of the rest are gone in files."""
    story = stories.draft(hostile(), partner=who)
    assert story.slides and all(staged(story, hostile()).slides)
    again = stories.from_text(stories.to_text(story))
    assert "\u202e" not in words(again)
    assert [slide.view for slide in again.slides] == [slide.view for slide in story.slides]


# the figures


def test_a_partners_story_says_its_own_figures() -> None:
    """Counts, strengths and views of both sides, as the measures have them."""
    story = drafted(partner=MUSEUM)
    assert [slide.part for slide in story.slides] == PARTS
    assert part(story, "start").heading == "In February 2024, we worked with 12 partners"
    assert part(story, "start").text.startswith("Of 6 kinds: ")
    assert part(story, "now").heading == "20 partners of ours are known; 12 were in February 2024"
    assert part(story, "now").text.startswith("Of 7 kinds in July 2025: ")
    assert "6 are new since February 2024; what became of 2 is not known" in part(story, "now").text
    assert "0.59 in February 2024 and is 0.67 in July 2025" in part(story, "strength").text
    assert part(story, "sides").heading == "Both sides rated 15 of our 20 partnerships"
    assert "13 met and 1 nearly met" in part(story, "came").text


def test_the_first_slides_text_does_not_say_its_heading_again() -> None:
    """A museum that leads all its pilots, and one without a pilot, whose heading says who it is."""
    assert "lead" not in part(drafted(partner="saltmere-museum-and-gallery"), "who").text
    whole = example()
    alone = Tables({**whole.frames, "involvements": whole.involvements.clear(), "pilots": whole.pilots.clear()})
    slide = part(stories.draft(alone, partner="saltmere-museum-and-gallery"), "who")
    assert (
        slide.heading.startswith("Saltmere Museum and Gallery is")
        and slide.text == "Marshland life, and paintings of very large skies."
    )


def test_a_freelancers_story_is_told_by_one_person() -> None:
    story = drafted(partner=FREELANCER)
    assert story.slides[0].heading == "I take part in 2 pilots" and " we " not in words(story).replace("because we", "")


def test_a_pilots_story_is_of_the_ties_among_its_partners() -> None:
    story = drafted(pilot="tidelines")
    assert part(story, "now").heading.startswith("47 partnerships") and "Between 15 partners" in part(story, "now").text
    shown = staged(story, example()).slides[2]
    assert sum(line.lit for line in shown.map.ties) == 47


def test_every_figure_in_a_sentence_is_remembered_with_its_value() -> None:
    """What is remembered stands in the text, word for word."""
    for slide in drafted(partner=MUSEUM).slides:
        for figure in slide.figures:
            assert figure.said in slide.text + slide.heading and figure.label and figure.value is not None


def test_the_map_stands_still_from_start_to_now() -> None:
    """Partners keep their places and the view its frame; only the ties change."""
    start, now = staged(drafted(partner=MUSEUM), example()).slides[1:3]
    assert start.map.box == now.map.box
    places = {dot.id: (dot.x, dot.y) for dot in start.map.nodes}
    assert all(places[dot.id] == (dot.x, dot.y) for dot in now.map.nodes if dot.id in places)


def test_every_chart_says_itself_in_words() -> None:
    for who in ({"partner": MUSEUM}, {"pilot": "tidelines"}, {"partner": FREELANCER}, {}):
        for shown in staged(drafted(**who), example()).slides:
            if shown.chart:
                assert shown.chart.title in shown.chart.alt and "None" not in shown.chart.alt
                assert all(len(values) == len(shown.chart.categories) for _, values in shown.chart.series)


# who may see what


def test_quotes_without_consent_are_left_out() -> None:
    """Private words never; words for partners not in public; nor words whose consent was taken back later."""
    rows = [{"id": f"q{at}", "pilot": "p", "text": word, "sharing": word} for at, word in enumerate(("private", "partners"))]
    tables = made("a", pilots=[{"id": "p", "name": "Pilot", "lead": "a"}], quotes=rows)
    assert [slide.quote for slide in stories.draft(tables, pilot="p", audience="public").slides] == [None] * 6
    story = stories.draft(tables, pilot="p", audience="partners")
    assert part(story, "came").quote == "q1"
    withdrawn = tables.with_(quotes=tables.quotes.with_columns(sharing=pl.lit("private").cast(tables.quotes["sharing"].dtype)))
    assert all(shown.quote is None for shown in staged(story, withdrawn).slides)


def test_in_public_freelancers_are_called_what_redaction_calls_them() -> None:
    """No hidden name and no one-sided answer anywhere in the story; nobody hidden has a story of their own."""
    tables = redact(example(), "public")
    names = set(example().organisations.filter(pl.col("kind") == "freelancer")["name"])
    for who in ({"partner": MUSEUM}, {"pilot": "tidelines"}, {}):
        story = stories.draft(tables, audience="public", **who)
        shown = " ".join(s.map.alt + (s.chart.alt if s.chart else "") for s in staged(story, tables).slides)
        assert not any(name in words(story) + shown for name in names)
        if "partner" in who:
            assert "Freelancer " in shown + words(story)
            assert "sides" not in [slide.part for slide in story.slides], "what each side says stays between the two"
    with pytest.raises(InvalidRequest, match="may see by name"):
        stories.draft(tables, partner=FREELANCER, audience="public")


# to a file and back


def test_notes_for_the_presenter_hold_no_single_answer_but_the_leads() -> None:
    """Which pair is furthest apart and who did not answer is hers alone: to others no note names a partner or a number."""
    silent = example().with_(ratings=example().ratings.filter(pl.col("rater") != MUSEUM))
    for tables, said in ((example(), "Furthest apart"), (silent, "has not answered")):
        hers, theirs = (
            "\n".join(slide.notes for slide in story.slides)
            for story in (
                drafted(partner=MUSEUM) if tables is example() else stories.draft(tables, partner=MUSEUM),
                stories.draft(redact(tables, "public"), partner=MUSEUM, audience="public"),
            )
        )
        assert said in hers and said not in theirs
        assert not any(letter.isdigit() for letter in theirs)
        assert not [name for name in tables.organisations["name"] if name in theirs]


def test_a_story_comes_back_from_its_file_as_it_was() -> None:
    story = drafted(partner=MUSEUM)
    assert stories.from_text(stories.to_text(story)) == story
    assert json.loads(stories.to_text(story))["format"] == "wtnet-story"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"format": "other"}',
        '{"format": "wtnet-story", "slides": 3}',
        '{"format": "wtnet-story", "slides": [3]}',
        '{"format": "wtnet-story", "slides": [{"view": {"focus": "a"}}]}',
        '{"format": "wtnet-story", "slides": [{"view": {"scope": {"weights": {"wit": 1}}}}]}',
        json.dumps({"format": "wtnet-story", "slides": [{}] * 61}),
        "[" * 100_000,
    ],
)
def test_what_is_no_story_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(UnreadableFile, match="story"):
        stories.from_text(text)


def test_a_story_written_by_somebody_else_is_cut_to_size_and_cleaned() -> None:
    """Too long a text, an unknown chart and control characters do no harm."""
    text = json.dumps(
        {
            "format": "wtnet-story",
            "id": "s",
            "title": "T\u0000\u202eitle",
            "slides": [{"heading": "x" * 999, "view": {"beside": "bomb", "scope": {"hidden": ["a"], "unknown": 1}}}],
        }
    )
    story = stories.from_text(text)
    assert story.title == "Title" and len(story.slides[0].heading) == 200 and story.slides[0].view.beside == "nothing"


def test_what_a_slide_names_that_has_gone_is_left_out_of_its_picture() -> None:
    """A slide about a partner, pilot or wave that is not there any more is shown without it."""
    slide = Slide("Old", view=SlideView(scope=stories.model.Scope(wave="gone", pilots=("gone",)), focus=("gone",)))
    shown = staged(Story("s", "S", (slide,)), example()).slides[0]
    assert shown.map.nodes and not any(dot.focus for dot in shown.map.nodes)


# results that stand for all


def results(*rows: tuple[str, str, float, str]) -> pl.DataFrame:
    """Rows of `impact.progress`: theme, state, progress and name of a pilot's target."""
    made_up = [
        {"theme": theme, "state": state, "progress": progress, "indicator": name, "name": name, "pilot": "p", "pilot_name": "P",
         "target": 1.0, "baseline": 0.0, "latest": progress, "baseline_shown": None, "latest_shown": None, "unit": None,
         "better": "higher"}
        for theme, state, progress, name in rows
    ]  # fmt: skip
    shown = {"baseline_shown": pl.String, "latest_shown": pl.String, "unit": pl.String}
    return pl.DataFrame(made_up, infer_schema_length=None, schema_overrides=shown)


def test_examples_are_one_a_theme_and_not_the_best() -> None:
    """Of three in a theme the middle one."""
    frame = results(("care", "met", 3.0, "best"), ("care", "met", 1.2, "middle"), ("care", "met", 1.0, "least"))
    assert [row["name"] for row in examples_of(frame)] == ["middle"]


def test_met_and_not_met_are_shown_in_proportion() -> None:
    """Two in five are met: of five themes two examples are met ones, though every theme has one."""
    themes = ("capability", "partnerships", "relevance", "care", "leadership")
    rows = [(theme, "met", 1.1, f"{theme} met") for theme in themes]
    rows += [(theme, "not_met", 0.4, f"{theme} not {at}") for theme in themes for at in range(2 if theme != "care" else 0)]
    chosen = examples_of(results(*rows))
    assert [row["theme"] for row in chosen] == list(themes)
    assert sum(row["state"] == "met" for row in chosen) == round(5 * 5 / 13)


def test_where_none_is_met_none_is_shown_as_met_and_where_all_are_all() -> None:
    """A theme shows what it has."""
    bad = results(("care", "not_met", 0.2, "a"), ("leadership", "fell", -0.1, "b"))
    assert [row["state"] for row in examples_of(bad)] == ["not_met", "fell"]
    good = results(("care", "met", 1.2, "a"), ("leadership", "met", 1.0, "b"))
    assert [row["state"] for row in examples_of(good)] == ["met", "met"]
    assert examples_of(good.clear()) == []


def test_a_withheld_result_is_no_example() -> None:
    """Neither is one without a way from the baseline."""
    hidden = results(("care", "met", 1.2, "a")).with_columns(latest_shown=pl.lit("withheld"))
    assert examples_of(hidden) == []


def test_the_slide_says_by_which_rule_its_examples_are_chosen() -> None:
    """And each with its state."""
    text = part(stories.draft(example()), "came").text
    assert "One result a theme, the middle one, met and not met in proportion: " in text
    assert text.count(", met") + text.count(", not met") + text.count(", nearly met") + text.count(", below") >= 3


def test_the_story_of_a_programme_and_of_a_pilot_asks_whether_it_can_be_trusted() -> None:
    """That of one partner does not: its few partnerships carry no interval."""
    told = part(stories.draft(example()), "trust")
    assert (
        told.heading == "The change of strength holds against what is missing"
        and "mean strength rose by" in told.text
        and told.figures
    )
    assert "trust" in [slide.part for slide in drafted(pilot="tidelines").slides]
    assert "trust" not in [slide.part for slide in drafted(partner=MUSEUM).slides]
    public = part(stories.draft(redact(example(), "public"), audience="public"), "trust")
    assert "0.18" in public.text and "95%" in public.text


def test_the_way_of_an_outcome_is_drawn_between_the_least_and_the_greatest_of_its_figures() -> None:
    """A target beyond where it stands, a fall as a fall; where nothing moved all is in one place and nothing is divided by."""
    spans = ((2.0, 4.0, 6.0), (8.0, 4.0, 6.0), (5.0, 5.0, 5.0))
    places = SideChart("came", "", ("a", "b", "c"), spans=spans).places
    assert places == ((0.0, 0.5, 1.0), (1.0, 0.0, 0.5), (0.0, 0.0, 0.0))
