"""Deleting and forgetting on the screen: nothing is taken out before it was asked twice."""

from __future__ import annotations

from tests.support.app import opened, unbroken

PAGE = "pages/history.py"


def test_the_page_offers_to_erase_to_delete_and_to_put_away() -> None:
    """Closed at first; nothing is worked out."""
    labels = [box.label for box in opened(PAGE).expander]
    assert labels[-3:] == ["Erase a person who asks for it", "Delete this programme", "Put the samples away"]


def test_a_programme_is_not_deleted_without_its_name() -> None:
    """The button waits for the tick and for the name, letter by letter."""
    app = opened(PAGE, {"delete": True})
    assert app.button(key="delete_now").disabled
    app = unbroken(app.checkbox(key="delete_sure").check().run())
    assert app.button(key="delete_now").disabled
    app = unbroken(app.text_input(key="delete_name").input("Shared Light").run())
    assert app.button(key="delete_now").disabled
    app = unbroken(app.text_input(key="delete_name").input("Shared Light (illustrative example)").run())
    assert not app.button(key="delete_now").disabled


def test_a_person_is_named_and_ticked_before_being_erased() -> None:
    """Nobody is chosen at first, and there is no button."""
    app = opened(PAGE, {"erase": True})
    assert not [button for button in app.button if button.label == "Erase"]
    app = unbroken(app.selectbox(key="erase_who").select("robin-larkmead").run())
    assert app.button(key="erase_now").disabled
