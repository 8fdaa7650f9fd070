"""The Two views page, run without a browser: what it opens with, what a link says, and what a broken link gets."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parents[3]


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The page of the example programme, as a link opens it."""
    monkeypatch.setenv("WTNET_DATABASE_URL", f"sqlite:///{tmp_path}/app.db")

    def open_(**link: str | list[str]) -> AppTest:
        import streamlit as st

        st.cache_resource.clear()
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=90)
        for name, value in link.items():
            app.query_params[name] = value
        app.run()
        app.switch_page("pages/two_views.py").run()
        assert not app.exception
        return app

    return open_


def kept(app: AppTest, name: str) -> str:
    """A choice as the URL holds it."""
    value = app.query_params[name]
    return value if isinstance(value, str) else value[0]


def text(app: AppTest) -> str:
    return "\n".join([*(each.value for each in app.markdown), *(each.value for each in app.caption)]).replace("\\", "")


def test_it_opens_on_the_first_and_the_last_wave(opened) -> None:
    """With what differs in sentences and in a table."""
    app = opened()
    assert [box.value for box in app.selectbox if str(box.key).endswith("_which")] == ["baseline", "end"]
    assert "only in “End”" in text(app)
    assert set(app.dataframe[0].value["measure"]) >= {"Ties", "Mean strength"}


def test_a_link_compares_the_documents_with_what_one_partner_says(opened) -> None:
    """Only that partner's ties are compared, and the page says so."""
    app = opened(left="documented", right="said:robin-larkmead")
    assert "Only the ties of Robin Larkmead are compared" in text(app)
    assert "What Robin Larkmead says" in text(app)


def test_changing_a_side_changes_the_comparison(opened) -> None:
    """Choosing pilots on the left offers the pilots, and the URL keeps it."""
    app = opened()
    app.selectbox(key="left_kind").set_value("pilot").run()
    assert not app.exception
    assert kept(app, "left").startswith("pilot:")
    app.button(key="swap").click().run()
    assert kept(app, "right").startswith("pilot:")


def test_a_link_to_a_view_that_has_gone_says_so_and_shows_the_usual_one(opened) -> None:
    """An unknown pilot is named; both sides are there."""
    app = opened(left="pilot:gone")
    assert any("pilot" in each.value and "gone" in each.value for each in app.info)
    assert len([each for each in app.metric if each.label == "Ties"]) == 2


def test_kinds_switched_off_that_leave_nothing_say_so_and_come_back_together(opened) -> None:
    """All kinds off in the link: no partnership on either side, and one button shows everybody again."""
    from wtnet.tables.schema import KINDS

    app = opened(off=list(KINDS))
    assert any("No partnership stands on this side" in str(each.value) for each in app.info)
    app.button(key="undo_all").click().run()
    assert not any("No partnership stands" in str(each.value) for each in app.info)
