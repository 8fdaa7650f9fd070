"""From seeing to doing: an introduction becomes a next step, which the lead finds in the list and nobody else."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from tests.support.app import opened, shown, unbroken
from wtnet.analysis.next_steps import added
from wtnet.ui.frame import cached

PAGE, HOME = "pages/gaps.py", "pages/side_by_side.py"


def _press(app: AppTest, key: str) -> AppTest:
    return unbroken(app.button(key=key).click().run())


def test_an_introduction_offers_a_next_step_with_its_words() -> None:
    """The window says what is to be done; keeping it is done in a browser alone."""
    app = opened(PAGE, show="meet")
    app = _press(app, next(button.key for button in app.button if button.label == "Next step"))
    assert app.text_area(key="next_step_what").value.startswith("Introduce ")


def _asked_of(finding: str, **more: str) -> AppTest:
    """The home page after a click on "Next step" in an open finding, which only a browser can do."""
    app = opened(HOME, finding=finding, **more)
    app.session_state["step_of_finding"] = finding
    return unbroken(app.run())


def test_an_open_finding_offers_a_next_step_about_whom_it_is_about() -> None:
    """Of one about a pilot or the whole programme nobody is named; others than the lead are asked nothing."""
    store = cached.unguarded_store().load("example")
    told, names = store.findings, store.names("organisations")
    two = told.filter(told["other"].is_not_null() & (told["sharing"] == "public")).row(0, named=True)
    app = _asked_of(two["id"])
    assert app.text_area(key="next_step_what").value == f"Follow up: {two['statement']}"
    assert f"About {names[two['organisation']]} ↔ {names[two['other']]}." in shown(app)
    nobody = told.filter(told["organisation"].is_null() & told["other"].is_null()).row(0, named=True)
    app = _asked_of(nobody["id"])
    assert app.text_area(key="next_step_what").value == f"Follow up: {nobody['statement']}"
    assert "About –" not in shown(app) and "Only those who lead see it." in shown(app)
    assert not [box for box in _asked_of(two["id"], audience="public").text_area if box.key == "next_step_what"]


def test_the_list_counts_what_is_to_do() -> None:
    """None at first; one after it was written down, with whom it is about: the button on that partner's page says so too."""
    assert "No next step has been written down yet." in shown(opened(PAGE, show="steps"))
    store = cached.unguarded_store()
    data, head = store.load("example"), store.head("example") or 0
    row = {"what": "Call", "organisation": data.organisations["id"][0], "wave": data.waves["id"][0]}
    store.commit("example", added(data, "next_steps", row), base=head, author="Ada", reason="step", kind="edit")
    assert "1 next step to do." in shown(opened(PAGE, show="steps"))
    labels = [opened("pages/partners.py", partner=id).button(key="step_partner").label for id in data.organisations["id"][:2]]
    assert labels == ["Next step (1)", "Next step"]
    store.undo("example", "Ada")


def test_others_have_neither_the_list_nor_the_button() -> None:
    """Seen as everybody: the question is not there, and no introduction has the button."""
    assert "question that is not here" in shown(opened(PAGE, show="steps", audience="public"))
    assert not [
        button for button in opened(PAGE, show="meet", audience="partners").button if button.label.startswith("Next step")
    ]
