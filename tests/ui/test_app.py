"""Every page through app.py: on the shipped programmes, on an empty one, on hostile names; never a traceback."""

from __future__ import annotations

import re

import polars as pl
import pytest

from tests.support import prepared
from tests.support.app import HOSTILE, LEAD_ONLY, PAGES, WITHOUT_PROGRAMME, hostile, opened, shown
from wtnet.store import Programme, Store
from wtnet.tables import Tables
from wtnet.ui.frame import address
from wtnet.ui.frame.help import HELP


@pytest.mark.parametrize("page", PAGES)
def test_every_page_runs_on_the_example_says_that_it_is_illustrative_and_has_help_that_leads_on(page: str) -> None:
    """The invented programme fills every page, and every page that shows it says that it is invented.

    Closed the help at its head draws nothing; opened it says what the page is for, how to read it and where to go on, "Start
    here" among it.
    """
    app = opened(page)
    assert ("Illustrative" in shown(app)) == (page not in WITHOUT_PROGRAMME)
    assert "What this page is for" not in shown(app)
    if page in WITHOUT_PROGRAMME:
        return
    app.session_state["page_help"] = True
    app.run()
    assert not app.exception
    assert HELP[str(app.title[0].value)].purpose in shown(app) and "How to read it" in shown(app)
    links = [link.proto.page for link in app.get("page_link")]
    assert "start" in links and len(links) >= 2


@pytest.mark.parametrize("page", PAGES)
def test_every_page_runs_on_the_public_record(page: str) -> None:
    """The real programme has no ratings and no results; every page says what it can, and calls nothing illustrative."""
    assert "Illustrative" not in shown(opened(page, programme="working-together"))


def too_little(store: Store) -> None:
    """A programme with nothing in it, and one with a partner nobody knows the place of."""
    alone = {"id": ["a"], "name": ["A"], "kind": ["museum"]}
    frame = Tables().organisations
    one = pl.concat([frame, pl.DataFrame(alone, schema_overrides={"kind": frame.schema["kind"]})], how="diagonal")
    store.create(Programme("empty", "Empty"), Tables(), author="test", reason="test")
    store.create(Programme("one", "One"), Tables().with_(organisations=one), author="test", reason="test")


@pytest.mark.parametrize("page", [one for one in PAGES if one not in LEAD_ONLY])
def test_every_page_runs_on_too_little_for_whoever_only_looks(page: str, database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing at all, then one partner nobody knows the place of: no way to a page that is not in the menu.

    A programme with nothing in it lacks everything, but readers are never told to bring in a workbook.
    """
    prepared.add(database, too_little)
    monkeypatch.setenv("WTNET_READ_ONLY", "1")
    words = shown(opened(page, programme="empty")).lower()
    assert page in WITHOUT_PROGRAMME or not [told for told in ("bring in", "workbook in", "a workbook") if told in words], words
    opened(page, programme="one")


@pytest.mark.parametrize(
    "page", [page if page in LEAD_ONLY else pytest.param(page, marks=pytest.mark.thorough) for page in PAGES]
)
def test_every_page_runs_on_an_empty_programme(page: str, database: str) -> None:
    """A programme without a single row leads the lead to a sentence, not to an error; whoever looks, by the test above."""
    prepared.add(database, too_little)
    opened(page, programme="empty")


@pytest.mark.thorough
@pytest.mark.parametrize("page", PAGES)
def test_hostile_names_never_stand_as_markup(page: str, database: str) -> None:
    """Names from a file are escaped wherever Markdown is drawn: no tag, no directive, no formula comes through."""
    rows = [(f"p{i}", name, kind) for i, (name, kind) in enumerate(zip(HOSTILE, ["museum", "freelancer"] * 4, strict=False))]
    with Store(database) as store:
        store.create(Programme("hostile", HOSTILE[0]), hostile(rows), author=HOSTILE[0], reason=HOSTILE[3])
    app = opened(page, programme="hostile", select="partner:p0", partner="p0")
    for kind in (app.markdown, app.caption, app.info, app.error, app.warning, app.success):
        for one in kind:
            bare = re.sub(r"\\.", "", str(one.value))  # without what is escaped
            assert "<script" not in bare and "<img" not in bare and ":red[" not in bare, one.value


def test_a_link_to_things_that_are_not_there_opens_the_nearest_view_and_says_so() -> None:
    """Programme, wave, partner, indicator, pilot and size that nobody knows: named in a sentence, and the rest is shown."""
    app = opened(
        "pages/side_by_side.py", programme="nowhere", wave="never", select="partner:nobody", indicator="nothing", size="huge"
    )
    for word in ("nowhere", "never", "nobody", "nothing", "huge"):
        assert word in shown(app)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "<b>",
        "-1",
        *(pytest.param(value, marks=pytest.mark.thorough) for value in ("🙂", "'; drop table", "x" * 5_000, "NaN", "1e309")),
    ],
)
def test_links_with_nonsense_never_break_a_page(value: str) -> None:
    """Every choice a link can carry, filled with nonsense."""
    opened("pages/side_by_side.py", **dict.fromkeys(address.names(), value))
