"""The first minute: a welcome over the example for whoever leads, once, and "Start here" on top until it was used."""

from __future__ import annotations

from tests.support.app import HOME, opened, shown
from wtnet.ui.frame import cached


def _welcomed(app: object) -> bool:
    return "Welcome." in shown(app)  # type: ignore[arg-type]


def test_the_welcome_is_there_once_over_the_page_and_never_again() -> None:
    """The page is there under it; another window has none; a visitor never has."""
    cached.unguarded_store().remember("first_visit", None)
    assert not _welcomed(opened(HOME, audience="public")) and not _welcomed(opened("pages/partners.py"))
    assert not _welcomed(opened(HOME, programme="working-together"))  # nothing of a real programme is called invented
    first = opened(HOME)
    assert _welcomed(first) and "partnerships" in shown(first)
    assert _welcomed(first.run()) and not _welcomed(first.button(key="welcome_look").click().run())
    assert not _welcomed(opened(HOME))
    cached.unguarded_store().remember("first_visit", None)
    assert "Bring in a file" in shown(opened(HOME).button(key="welcome_bring").click().run())
    opened("pages/start.py")
    assert cached.store().settings("first_visit")["first_visit"] == {"welcome": True, "start": True}


def test_the_home_page_says_what_to_do_next() -> None:
    """In the invented programme: bring in one's own."""
    app = opened(HOME)
    links = [link for link in app.main if getattr(link, "type", "") == "page_link"]
    assert links or "Next" in str(app)
