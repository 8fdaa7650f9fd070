"""The address is the view: what Back, the menu and a changed address do to it, and what is said of a view that holds nothing."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.support.app import opened, shown
from wtnet.ui.frame import address as links


def address(app: AppTest) -> dict[str, str]:
    """The address as it stands, several values of a name with a comma."""
    held = {name: app.query_params[name] for name in app.query_params}
    return {name: value if isinstance(value, str) else ",".join(value) for name, value in held.items()}


def test_what_an_address_no_longer_names_is_no_longer_chosen() -> None:
    """A pilot and a wave are taken out of the address on the same page: everybody is back, at the last wave."""
    app = opened("pages/side_by_side.py", programme="example", pilot="slate-songs", wave="baseline", size="betweenness")
    assert app.multiselect(key="in_pilot").value == ["slate-songs"]
    del app.query_params["pilot"], app.query_params["wave"]
    app.run()
    assert app.multiselect(key="in_pilot").value == [] and "pilot" not in address(app)
    assert "At the wave “End”, 66 partners" in shown(app)


def test_weights_in_a_changed_address_move_the_sliders() -> None:
    """After a slider was moved by hand, an address with other weights counts."""
    app = opened("pages/side_by_side.py", programme="example")
    app.slider(key="in_weights:depth").set_value(0.2).run()
    assert address(app)["weights"] == "0.2-1-1-1"
    app.query_params["weights"] = ["0-0-0-1"]
    app.run()
    assert [app.slider(key=f"in_weights:{part}").value for part in ("depth", "contact", "trust", "value")] == [0, 0, 0, 1]
    assert address(app)["weights"] == "0-0-0-1"


def test_another_page_keeps_what_was_chosen_and_takes_what_its_link_adds() -> None:
    """From the map at the baseline of one pilot to the guide by a link that names only a measure."""
    app = opened("pages/side_by_side.py", programme="example", pilot="slate-songs", wave="baseline")
    app.switch_page("pages/guide.py")
    for name in list(app.query_params):
        del app.query_params[name]
    app.query_params["measure"] = ["network:density"]
    app.run()
    assert address(app)["wave"] == "baseline" and address(app)["pilot"] == "slate-songs"
    assert address(app)["measure"] == "network:density" and "In this programme, Baseline" in shown(app)


KEPT, URL, BARE = {"wave": ("end",), "pilot": ("a", "b")}, {"wave": ("midpoint",), "theme": ("care",)}, {"wave": ("start",)}
WAYS = {
    "an address that was changed on the page is the whole view": (URL, "edit", URL),
    "a bare one changes nothing": ({}, "edit", KEPT),
    "a link to another page adds to what was chosen": (URL, "link", {**KEPT, **URL}),
    "the menu changes nothing": ({}, "link", KEPT),
    "Back to an address with choices is the whole view": (URL, "history", URL),
    "Back to a bare one is what the menu showed there": ({}, "history", BARE),
}


@pytest.mark.parametrize(("url", "way", "view"), WAYS.values(), ids=WAYS)
def test_what_an_address_stands_for(url: links.Choices, way: links.Way, view: links.Choices) -> None:
    """By the way it was come to; what was chosen before is never changed in place."""
    before = dict(KEPT)
    assert links.resolve(url, KEPT, BARE, way) == view and before == KEPT


GONE = [
    pytest.param(("side_by_side", {"weights": "1-2-3"}, "1-2-3"), marks=pytest.mark.thorough),
    ("side_by_side", {"group": "pilot", "fold": "bubbles", "open": "zz1"}, "zz1"),
    ("guide", {"measure": "zz1"}, "zz1"),
    ("reach", {"mix": "zz1", "by": "zz2"}, "zz1", "zz2"),
    ("partners", {"kind": "zz1", "place": "zz2", "sort": "zz3"}, "zz1", "zz2", "zz3"),
    pytest.param(("change", {"follow": "zz1"}, "zz1"), marks=pytest.mark.thorough),
]


@pytest.mark.parametrize("case", GONE, ids=lambda case: f"{case[0]}-{'-'.join(case[1])}")
def test_whatever_a_link_names_that_is_not_there_is_said_on_every_page(case: tuple[str, dict[str, str], str]) -> None:
    """Also where the choice stands below the head, as on the guide or the mixing matrix."""
    page, params, *words = case
    app = opened(f"pages/{page}.py", programme="example", **params)
    (said,) = [one.value for one in app.info if one.value.startswith("The link names")]
    assert all(word in said.replace("\\", "") for word in words)


EMPTY = [
    ("side_by_side", "in_pilot", {"kind": "supplier"}),
    ("impact", "in_pilot", {"pilot_place": "Kelderwick"}),
    pytest.param("reach", "in_pilot", {"pilot_place": "Kelderwick"}, marks=pytest.mark.thorough),
    pytest.param("places", "in_pilot", {"kind": "supplier"}, marks=pytest.mark.thorough),
]


@pytest.mark.parametrize(("page", "key", "params"), EMPTY, ids=["side_by_side", "impact", "reach", "places"])
def test_a_choice_that_leaves_nothing_can_be_undone_alone_or_with_all_filters(
    page: str, key: str, params: dict[str, str]
) -> None:
    """The last choice is taken back and the one before it stays."""
    app = opened(f"pages/{page}.py", programme="example", **params)
    app.multiselect(key=key).set_value(["tidelines"]).run()
    app.button(key="undo_last").click().run()
    name = next(iter(params))
    assert app.multiselect(key=key).value == [] and address(app)[name] == params[name]
    app.multiselect(key=key).set_value(["tidelines"]).run()
    app.button(key="undo_all").click().run()
    assert app.multiselect(key=key).value == [] and name not in address(app)


def test_words_that_find_nobody_are_the_last_choice() -> None:
    """The directory: a search is undone and the kind chosen before it stays."""
    app = opened("pages/partners.py", programme="example", kind="museum")
    app.text_input(key="in_find").set_value("zzzz").run()
    app.button(key="undo_last").click().run()
    assert app.text_input(key="in_find").value == "" and app.multiselect(key="in_kind").value == ["museum"]


def test_where_nothing_was_chosen_since_the_link_there_is_no_last_choice_to_undo() -> None:
    """Taking it back would leave neither the programme nor the link."""
    app = opened("pages/side_by_side.py", programme="example", kind="supplier", pilot="tidelines")
    assert not [one for one in app.button if one.key == "undo_last"]
    app.button(key="undo_all").click().run()
    assert "66 partners" in shown(app)


def test_ties_that_are_new_or_ended_since_an_earlier_wave_are_marked_unless_one_says_not() -> None:
    """Since the wave before, at first; the choice is in the link, and there is none at the first wave."""
    app = opened("pages/side_by_side.py", programme="example")
    assert app.selectbox(key="in_since").value == "midpoint"
    app.selectbox(key="in_since").set_value("baseline").run()
    assert address(app)["since"] == "baseline"
    first = opened("pages/side_by_side.py", programme="example", wave="baseline")
    assert not [one for one in first.selectbox if one.key == "in_since"]


SENT = """
about after against among asof at audience before beside by colour compare do find focus fold follow framework group hide hops
hub indicator kind kinds large left link made_for measure meet mix off only open pairing partner picture picture_of picture_size
pilot pilot_place place programme revision right round scenario select show since size slide sort split story strength table
target_group theme unit versus wave weights without
"""


def test_every_name_of_a_link_that_was_sent_is_still_known() -> None:
    """Each is declared where it is used; none may be lost on the way."""
    assert set(SENT.split()) <= set(links.names())


def test_one_name_is_one_choice() -> None:
    """Pages may share a choice; a second one of the same name is refused."""
    links.declare(pilot="pilot")
    with pytest.raises(ValueError, match="pilot is called “pilot” already"):
        links.declare(pilot="plane")
