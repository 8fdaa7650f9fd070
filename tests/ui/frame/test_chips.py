"""What is filtered is seen: every page follows a filter of its address, with a chip, or says that it cannot."""

from __future__ import annotations

import re
from functools import cache

import pytest
from streamlit.testing.v1 import AppTest

from tests.support.app import PATHS, WITHOUT_PROGRAMME, opened, shown, unbroken
from wtnet.network import Scope
from wtnet.sentences import filters
from wtnet.strength import Weights
from wtnet.tables import Tables
from wtnet.ui.frame import chips
from wtnet.ui.pages.reach import reach

FILTERED = {
    "pilot": ("slate-songs", "Pilot: Slate Songs"),
    "pilot_place": ("Saltmere", "Place of pilots: Saltmere"),
    "target_group": ("Unpaid carers", "For: Unpaid carers"),
    "kind": ("museum", "Kind: Museum or heritage organisation"),
    "theme": ("care", "Theme: Care"),
    "focus": ("northcliff-museum-of-the-sea", "Up to 1 step from Northcliff Museum of the Sea"),
    "hide": ("saltmere-museum-and-gallery", "Without Saltmere Museum and Gallery"),
    "strength": ("0.6", "Strength 0.6 or more"),
    "pairing": ("weaker", "Strength by the weaker side"),
    "weights": ("0.2-1-1-1", "Weights: depth 0.2, contact 1, trust 1, value 1"),
}
"""A filter of each name by its value in the example, and what its chip says."""
RULE = "your rule for strength changes nothing here"
CANNOT = {
    "pilot": "pilot",
    "pilot_place": "place",
    "target_group": "target group",
    "kind": "kind",
    "theme": "theme",
    "focus": "starting point",
    "hide": "hidden partners",
    "strength": "least strength",
    "pairing": RULE,
    "weights": RULE,
}
"""What a page that cannot follow a filter calls it in its sentence."""
FOR_EVERYBODY, IN_WORDS = ("present", "reports"), "Strength: moderate, mixed or strong"
"""The pages whose files are made for everybody unless asked otherwise; there a least strength is told in words."""
PROGRAMMES = [path for path in PATHS if f"pages/{path}.py" not in WITHOUT_PROGRAMME and path != "form"]


def labels(app: AppTest) -> list[str]:
    """What the chips say, without what is said to those who hear the page."""
    buttons = [button for button in app.button if str(button.key).startswith("chip_")]
    return [button.label.removeprefix("*Take away the filter* ").replace("\\", "") for button in buttons]


def said(app: AppTest) -> str:
    return " ".join(caption.value.replace("\\", "") for caption in app.caption if "filter_alt_off" in caption.value)


@cache
def unfiltered(path: str) -> str:
    """A page of the example as it is with no filter: every test has a copy of the same database."""
    return everything(opened(f"pages/{path}.py", programme="example"))


def everything(app: AppTest) -> str:
    """The words and figures of a page, without chips and boxes."""
    lines = [shown(app).replace(said(app), ""), *(f"{each.label} {each.value}" for each in app.metric)]
    return "\n".join(line for line in "\n".join(lines).split("\n") if line and line != ":material/filter_alt_off: ")


def test_nothing_is_filtered_and_no_chip_is_there() -> None:
    app = opened("pages/side_by_side.py", programme="example")
    assert labels(app) == [] and said(app) == ""


HALVES = [["pilot", "kind", "theme", "strength", "weights"], ["pilot_place", "target_group", "focus", "hide", "pairing"]]
"""Filters that leave something when one address has them at once."""


@pytest.mark.parametrize("path", PROGRAMMES)
@pytest.mark.parametrize(
    "names",
    [list(FILTERED), *(pytest.param(names, marks=pytest.mark.thorough) for names in (*HALVES, *([name] for name in FILTERED)))],
    ids=" ".join,
)
def test_a_page_follows_each_filter_or_says_that_it_cannot(path: str, names: list[str]) -> None:
    """For every filter either its chip is there, or the sentence that names it; never both, never neither."""
    app = opened(f"pages/{path}.py", programme="example", **{name: FILTERED[name][0] for name in names})
    missed = "" if "follows no filter" in said(app) else said(app)
    listed = {each for words in re.findall(r"filter by ([^.]*)\.", missed) for each in re.split(", | or ", words)}
    for name in names:
        cannot = RULE in missed if CANNOT[name] is RULE else CANNOT[name] in listed
        words = IN_WORDS if name == "strength" and path in FOR_EVERYBODY else FILTERED[name][1]
        assert (words in labels(app)) != cannot, (name, labels(app), said(app))


def test_every_filter_is_tried() -> None:
    """All that have a name on a page that cannot follow them are tried, also by halves."""
    assert sorted(name for names in HALVES for name in names) == sorted(FILTERED) == sorted(CANNOT)


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("side_by_side", ["strength", "weights"]), ("impact", ["theme"]), ("reach", ["pilot_place", "target_group"]),
        ("places", ["hide", "focus"]), ("partners", ["pilot", "kind"]),
        *(pytest.param("side_by_side", [name], marks=pytest.mark.thorough) for name in FILTERED),
        *(pytest.param(path, [name], marks=pytest.mark.thorough)
          for path, name in (("impact", "pilot"), ("impact", "kind"), ("places", "focus"), ("change", "pilot_place"),
          ("change", "kind"), ("change", "weights"), ("two_views", "kind"), ("programmes", "target_group"))),
    ],
)  # fmt: skip
def test_what_has_a_chip_changes_what_is_shown(path: str, names: list[str]) -> None:
    """A chip is a claim: with each filter the page says something else, and without them again what it said before."""
    app = opened(f"pages/{path}.py", programme="example", **{name: FILTERED[name][0] for name in names})
    told = [everything(app)]
    for name in names:
        at = labels(app).index(FILTERED[name][1])
        app.button(key=f"chip_{at}").click().run()
        assert name not in app.query_params
        told.append(everything(app))
    assert labels(app) == [] and told[-1] == unfiltered(path)
    assert len(set(told)) == len(told)


def test_what_a_page_cannot_follow_changes_nothing_of_it() -> None:
    """Reach shows all kinds, as it says, and its figures are those of all of them."""
    missed = [name for name in FILTERED if name not in reach.FOLLOWS]
    app = opened("pages/reach.py", programme="example", **{name: FILTERED[name][0] for name in missed})
    assert labels(app) == [] and said(app) and everything(app) == unfiltered("reach")


def test_a_cross_takes_one_filter_away_and_leaves_the_others() -> None:
    app = opened("pages/side_by_side.py", programme="example", pilot=["slate-songs", "tidelines"], kind="museum")
    assert labels(app) == ["Pilot: Slate Songs", "Pilot: Tidelines", "Kind: Museum or heritage organisation"]
    app.button(key="chip_0").click().run()
    assert labels(app) == ["Pilot: Tidelines", "Kind: Museum or heritage organisation"]
    assert app.multiselect(key="in_pilot").value == ["tidelines"]
    app.button(key="undo_filters").click().run()
    assert labels(app) == [] and "66 partners" in shown(app)


def test_filters_go_along_from_page_to_page() -> None:
    """By the menu, whose links are bare: the chip is there, and the address has the filter again."""
    app = opened("pages/side_by_side.py", programme="example", pilot="slate-songs")
    for path in ("impact", "reach", "gaps", "places"):
        app.switch_page(f"pages/{path}.py")
        for name in list(app.query_params):
            del app.query_params[name]
        app.run()
        assert "slate-songs" in app.query_params["pilot"]
        assert labels(app) == ["Pilot: Slate Songs"] or "by pilot" in said(app)


ADDRESSES: list[dict[str, str | list[str]]] = [
    {},
    {"pilot": "slate-songs"},
    {"pilot": ["slate-songs", "tidelines"], "theme": "care"},
    {"kind": "museum"},
    {"pilot_place": "Saltmere"},
    {"select": "pilot:slate-songs"},
    {"select": "partner:saltmere-museum-and-gallery"},
    {"select": "pilot:slate-songs", "pilot": "tidelines"},
    {"hide": "saltmere-museum-and-gallery", "strength": "0.6"},
    {"pilot": "slate-songs", "wave": "midpoint", "audience": "public"},
]
FEW = [ADDRESSES[at] for at in (2, 6, 9)]
"""Those of every run: several of two filters, a partner selected, an earlier wave as everybody sees it."""


@pytest.mark.parametrize(
    "address",
    [each if each in FEW else pytest.param(each, marks=pytest.mark.thorough) for each in ADDRESSES],
    ids=str,
)
def test_home_and_impact_agree_on_the_same_address(address: dict[str, str | list[str]]) -> None:
    """How many targets are met, in the sentence and in the figures."""
    home, impact = (opened(f"pages/{page}.py", programme="example", **address) for page in ("side_by_side", "impact"))
    counted = [re.findall(r"(\d+ of \d+ pilot targets? (?:is|are) met)", shown(app)) for app in (home, impact)]
    if not counted[1]:  # nothing has been measured for all of these together
        assert not counted[0]
        return
    assert counted[0][0] == counted[1][0]
    met = [[metric.value for metric in app.metric if metric.label.endswith("Met")] for app in (home, impact)]
    assert int(met[0][0]) == int(met[1][0])


def test_home_names_whom_its_words_and_figures_are_about() -> None:
    """A pilot by its filter or selected on the map: the sentence begins with it, and the figures are its own."""
    whole = opened("pages/side_by_side.py", programme="example")
    figures = [metric.value for metric in whole.metric]
    for address in ({"pilot": "slate-songs"}, {"select": "pilot:slate-songs"}):
        app = opened("pages/side_by_side.py", programme="example", **address)
        assert "Slate Songs: at the wave “End”, 12 partners hold 34 partnerships" in shown(app)
        assert [metric.value for metric in app.metric] != figures
    own = opened("pages/side_by_side.py", programme="example", select="partner:saltmere-museum-and-gallery")
    assert "Saltmere Museum and Gallery and those it works with: at the wave “End”, " in shown(own)


def test_home_says_which_filters_only_one_side_follows() -> None:
    app = opened("pages/side_by_side.py", programme="example", theme="care", hide="saltmere-museum-and-gallery")
    assert "The map follows no filter by theme." in said(app)
    assert "What came of it follows no filter by hidden partners." in said(app)
    assert "Care: " in shown(app)


def test_filters_that_leave_no_pilot_leave_nobody_and_not_everybody() -> None:
    """Tidelines is not in Saltmere."""
    app = opened("pages/side_by_side.py", programme="example", pilot="tidelines", pilot_place="Saltmere")
    assert "no partner is in view" in shown(app) and "No partner is left" in shown(app)
    assert not opened("pages/partners.py", programme="example", pilot="tidelines", pilot_place="Saltmere").dataframe


def test_a_name_of_a_filter_is_text_and_no_markup() -> None:
    app = opened("pages/partners.py", programme="example", find="**x** :red[y]")
    [chip] = [button.label for button in app.button if button.key == "chip_0"]
    assert "**x**" not in chip and "\\*\\*x\\*\\*" in chip


def test_a_filter_that_the_data_do_not_have_has_no_chip() -> None:
    tables = Tables()
    assert filters.label(tables, "pilot", "x") is None and filters.label(tables, "pairing", "x") is None
    assert filters.label(tables, "weights", "1-2") is None and filters.sentence_start(tables, [("pilot", "x")]) == ""


def test_every_filter_of_a_scope_is_told() -> None:
    """None that narrows a file may be missing from its first page. Those that stand in a scope as what they come to (the pilots
    of a place or target group, the partners that a field leaves out) are told as that."""
    scope = Scope("w", ("museum",), ("p",), ("h",), 0.5, ("f",), 2, ("loan",), ("field",), "weaker", Weights(0.5), documents=True)
    assert {name for name, _ in filters.of_scope(scope, ["care"])} == {*filters.NETWORK, "theme"} - {
        "pilot_place",
        "target_group",
        "field",
    }
    assert filters.of_scope(Scope("w")) == []


def test_every_filter_has_words_for_a_page_that_cannot_follow_it() -> None:
    assert all(filters.not_followed([name]) for name in chips.EVERY if name != "select")


@pytest.mark.parametrize(
    ("selected", "words"),
    [
        ("pilot:slate-songs", "Selected: Slate Songs"),
        ("partner:saltmere-museum-and-gallery", "Selected: Saltmere Museum and Gallery"),
    ],
)
def test_what_is_selected_on_the_home_page_has_a_chip_that_takes_it_away(selected: str, words: str) -> None:
    """The sentence is about it, so it is seen what narrows it, as with a filter; without a selection there is none."""
    app = opened("pages/side_by_side.py", programme="example", select=selected)
    chip = next(button for button in app.button if button.key == "chip_selected")
    assert chip.label.replace("\\", "") == f"*Take away* {words}"
    app = unbroken(chip.click().run())
    assert "select" not in app.query_params
    assert not [button for button in app.button if button.key == "chip_selected"]
