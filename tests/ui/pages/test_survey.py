"""The Survey page: a round of the survey is opened, asked, closed and named where the lead sees how far it is."""

from __future__ import annotations

from datetime import date

from tests.support.app import opened, press, shown
from wtnet import survey
from wtnet.store import Store
from wtnet.tables import waves

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
