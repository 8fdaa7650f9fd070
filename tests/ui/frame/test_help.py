"""Help at the head of every page: what it is for, how to read it, where to go on."""

from __future__ import annotations

import pytest

from tests.support.app import PAGES, WITHOUT_PROGRAMME, opened, shown
from wtnet.ui.frame.help import HELP


@pytest.mark.parametrize("page", [page for page in PAGES if page not in WITHOUT_PROGRAMME])
def test_every_page_has_help_of_its_own_that_leads_on(page: str) -> None:
    """Closed it draws nothing; opened it says what the page is for and leads to other pages, Start here among them."""
    app = opened(page)
    assert "What this page is for" not in shown(app)
    app.session_state["page_help"] = True
    app.run()
    assert not app.exception
    assert HELP[str(app.title[0].value)].purpose in shown(app) and "How to read it" in shown(app)
    links = [one.proto.page for one in app.get("page_link")]
    assert "start" in links and len(links) >= 2
