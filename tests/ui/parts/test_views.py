"""Saved views: what is chosen is kept by name with the programme, opened whole, and gone with the programme's backup."""

from __future__ import annotations

from tests.support.app import HOME, opened, unbroken
from wtnet.ui.frame import cached


def test_a_view_is_kept_by_name_and_forgotten_again() -> None:
    """It holds the page and the choices, not who looks; a second one under the same name takes its place."""
    app = opened(HOME, {"views": True}, kind="museum")
    app.text_input(key="view_name").input("  Museums  only ")
    app = unbroken(next(button for button in app.button if button.label == "Keep this view").click().run())
    stored = cached.store().settings("views:")["views:example"]
    assert stored == {"Museums only": {"page": "side_by_side", "choices": {"kind": ["museum"]}}}
    app = opened(HOME, {"views": True})
    assert [button.label for button in app.button if str(button.key).startswith("view_open")] == ["Museums only"]
    unbroken(app.button(key="view_gone_0").click().run())
    assert cached.store().settings("views:") == {}


def test_others_have_no_views() -> None:
    """Seen as partners, the box is not there."""
    assert not [box for box in opened(HOME, {"views": True}, audience="partners").text_input if box.key == "view_name"]
