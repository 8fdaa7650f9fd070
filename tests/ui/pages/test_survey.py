"""The Survey page: a round of the survey is opened, asked, closed and named where the lead sees how far it is."""

from __future__ import annotations

from datetime import date

from tests.support.app import opened, press, shown
from wtnet import survey
from wtnet.store import Store
from wtnet.survey import respondents
from wtnet.tables import Problem, waves
from wtnet.ui.pages.survey.returned_forms import set_aside

PAGE = "pages/survey.py"


def test_a_round_is_named_asked_and_closed_on_one_page(database: str) -> None:
    """Named: open, for nobody else, nobody's default. Asked: on the roster. Closed: first everywhere, and its links are gone."""
    app = opened(PAGE)
    app.text_input(key="new_wave_name").set_value("Autumn")
    app = press(app, "Name it")
    assert "Autumn is open: nobody but you sees it" in shown(app) and "Nobody has been asked for Autumn yet" in shown(app)
    app = app.button(key="make_links").click().run()
    with Store(database) as store:
        tables = store.load("example")
        number = tables.organisations.height
        assert f"{number} partners were asked for Autumn; nobody has answered yet" in shown(app)
        assert set(tables.asked.filter(wave="autumn")["how"]) == {"link"} and waves.current(tables) == "end"
        assert f"{number} personal links stop working" in shown(app)
        app = press(app, "Close this wave")
        tables = store.load("example")
        assert (waves.current(tables), survey.links(store, "example", "autumn")) == ("autumn", [])
    assert "Autumn is closed, and shown first everywhere, as the latest closed wave." in shown(app)


def test_a_wave_nobody_has_answered_can_be_given_up(database: str) -> None:
    """With its roster; the page goes on with the last round."""
    with Store(database) as store:
        wave = survey.add(store, "example", "Autumn", date(2026, 10, 1), "Ann")
        app = press(opened(PAGE), "Take it out")
        assert wave.id not in store.load("example").waves["id"] and "Autumn" not in shown(app)


def test_naming_the_current_wave_and_taking_it_back(database: str) -> None:
    """The sentence says why it comes first."""
    app = press(opened(PAGE, round="baseline"), "Always show it first")
    assert "Baseline is closed, and shown first everywhere, because you named it." in shown(app)
    assert "Baseline is closed. End is shown first." in shown(press(app, "Do not name it"))


def test_a_question_of_the_leads_own_is_written_refused_kept_and_seen_as_a_partner_sees_it(database: str) -> None:
    """One that cannot be asked is a sentence; one that can stands in the list and, with nothing kept, in the preview."""
    app = opened(PAGE)
    app.text_area(key=next(each.key for each in app.text_area if each.key.startswith("wording_new"))).set_value("Which of these?")
    next(each for each in app.selectbox if each.key.startswith("type_new")).set_value("several")
    app = press(app, "Keep")
    assert "Write 2 to 40 choices" in shown(app)
    next(each for each in app.text_input if each.key.startswith("choices_new")).set_value("staff; space")
    app = press(app, "Keep")
    assert "1\\. Which of these?" in shown(app) or "1. Which of these?" in shown(app)
    with Store(database) as store:
        (row,) = store.load("example").questions.iter_rows(named=True)
        assert (row["id"], row["type"], row["choices"]) == ("which_of_these", "several", "staff; space")
        before = store.head("example")
        app.button(key="preview_form").click()
        app = app.run()
        assert "works with others" in shown(app) and store.head("example") == before


def test_people_of_the_wave_before_are_offered_and_asked_once_they_are_kept(database: str) -> None:
    """Until then nobody is asked by role in the wave; afterwards each has a form of their own."""
    with Store(database) as store:
        baseline, midpoint, _ = survey.waves(store.load("example"))
        respondents.state(store, "example", baseline, {"sam-tidewell": ["assistant", "studio lead"]}, "Ann")
        app = opened(PAGE, round=midpoint.id)
        number = store.load("example").organisations.height
        assert any("These answered in Baseline." in caption.value for caption in app.caption)
        assert app.button(key="make_forms").label == f"Make forms for {number} partners"
        app = press(app, "Keep these people")
        assert "Several people of one organisation (2)" in [box.label for box in app.expander]
        assert app.button(key="make_forms").label == f"Make forms for {number + 1} people"
        asked = store.load("example").asked.filter(wave=midpoint.id, organisation="sam-tidewell")
        assert asked["respondent_role"].to_list() == ["assistant", "studio lead"]


def test_a_form_that_came_back_twice_is_not_counted_as_one_file() -> None:
    """Files that are set aside each for a reason of its own are counted."""
    twice, odd = Problem("returned_twice", "A returned it twice.", "a.xlsx"), Problem("unreadable", "It is no form.", "b.xlsx")
    assert set_aside([twice]).startswith("**Files are set aside.** Nothing is taken from them;")
    assert set_aside([odd]).startswith("**1 file is set aside.** Nothing is taken from it;")
    assert set_aside([odd, Problem("unreadable", "Nor this.", "c.xlsx")]).startswith("**2 files are set aside.**")
