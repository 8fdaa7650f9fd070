"""The Two views page, run without a browser: what it opens with, what a link says, and what a broken link gets."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from tests.support.app import opened

PAGE = "pages/two_views.py"


def kept(app: AppTest, name: str) -> str:
    """A choice as the URL holds it."""
    value = app.query_params[name]
    return value if isinstance(value, str) else value[0]


def text(app: AppTest) -> str:
    return "\n".join([*(each.value for each in app.markdown), *(each.value for each in app.caption)]).replace("\\", "")


def test_it_opens_on_the_first_and_the_last_wave() -> None:
    """With what differs in sentences and in a table."""
    app = opened(PAGE)
    assert [box.value for box in app.selectbox if str(box.key).endswith("_which")] == ["baseline", "end"]
    assert "only in “End”" in text(app)
    assert set(app.dataframe[0].value["measure"]) >= {"Partnerships", "Mean strength"}


def test_a_link_compares_the_documents_with_what_one_partner_says() -> None:
    """Only that partner's ties are compared, and the page says so."""
    app = opened(PAGE, left="documented", right="said:robin-larkmead")
    assert "Only the partnerships of Robin Larkmead are compared" in text(app)
    assert "What Robin Larkmead says" in text(app)


def test_changing_a_side_changes_the_comparison() -> None:
    """Choosing pilots on the left offers the pilots, and the URL keeps it."""
    app = opened(PAGE)
    app.selectbox(key="left_kind").set_value("pilot").run()
    assert not app.exception
    assert kept(app, "left").startswith("pilot:")
    app.button(key="swap").click().run()
    assert kept(app, "right").startswith("pilot:")


def test_a_link_to_a_view_that_has_gone_says_so_and_shows_the_usual_one() -> None:
    """An unknown pilot is named; both sides are there."""
    app = opened(PAGE, left="pilot:gone")
    assert any("pilot" in each.value and "gone" in each.value for each in app.info)
    assert len([each for each in app.metric if each.label == "Partnerships"]) == 2


def test_kinds_switched_off_that_leave_nothing_say_so_and_come_back_together() -> None:
    """All kinds off in the link: no partnership on either side, and one button shows everybody again."""
    from wtnet.tables.schema import KINDS

    app = opened(PAGE, off=list(KINDS))
    assert any("No partnership stands on this side" in str(each.value) for each in app.info)
    app.button(key="undo_all").click().run()
    assert not any("No partnership stands" in str(each.value) for each in app.info)
