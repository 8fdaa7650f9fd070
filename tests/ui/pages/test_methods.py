"""Methods in the Guide, and what is worked out on request on Change and on Strength and impact."""

from __future__ import annotations

import pytest

from tests.support.app import opened, press, shown, unbroken
from tests.support.made import sector
from wtnet.analysis import beginnings, reasons
from wtnet.analysis.mrqap import regress
from wtnet.measures.engine import paths
from wtnet.store import Programme, Store

pytestmark = pytest.mark.usefixtures("database")


def test_a_link_opens_a_method_and_words_lead_to_it() -> None:
    """The link under every panel; and the search."""
    assert "What it does not say" in shown(opened("pages/guide.py", method="trust"))
    app = opened("pages/guide.py")
    unbroken(app.text_input(key="guide_search").input("confidence").run())
    assert any("95% interval" in box.label.replace("\\", "") for box in app.expander)


def test_change_says_on_request_what_went_before_new_partnerships(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rates with their interval, for the lead; for others where it is shown or withheld, never an error."""
    monkeypatch.setattr(beginnings, "regress", lambda response, shared, *_: regress(response, shared, True, draws=19))
    app = opened("pages/change.py", {"beginnings": True})
    assert "times as likely to begin" in shown(app) and "need not have brought it about" in shown(app)
    unbroken(opened("pages/change.py", {"beginnings": True}, audience="public"))


def test_strength_and_impact_weighs_several_things_on_request(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether and how strongly, apart."""
    monkeypatch.setattr(reasons, "regress", lambda response, shared, logistic, *_: regress(response, shared, logistic, draws=19))
    told = shown(opened("pages/strength_and_impact.py", {"reasons": True}))
    assert "Whether two partners work together" in told and "How strong it is, where they do" in told


def test_reach_sets_each_two_kinds_beside_chance() -> None:
    """Museums and health providers first."""
    assert "Museums and health providers hold" in shown(opened("pages/reach.py"))


def test_betweenness_of_thousands_is_estimated_and_worked_out_exactly_on_request(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The guide says that it is an estimate and how far off; after the button it says so no more, and the address keeps it."""
    monkeypatch.setattr(paths, "EXACT", 100)
    with Store(database) as store:
        store.create(Programme("made", "Made"), sector(120, 360), author="test", reason="test")
    app = opened("pages/guide.py", programme="made", measure="partner:betweenness")
    assert "Betweenness of these 120 partners is estimated from" in shown(app)
    press(app, "Work it out exactly")
    assert "is estimated from" not in shown(app)
    assert app.query_params["paths"] in ("every", ["every"])
    assert not any(button.label == "Work it out exactly" for button in app.button)
