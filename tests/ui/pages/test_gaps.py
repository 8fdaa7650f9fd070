"""The Gaps and Places pages through app.py: sentences, filters, scenarios in a link, and what is not there any more."""

from __future__ import annotations

from urllib.parse import quote

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from tests.support.app import opened, shown
from tests.support.networks import lines, net
from tests.support.private import sent
from wtnet.analysis.introductions import quality
from wtnet.store import Programme, Store
from wtnet.tables import Tables
from wtnet.ui.parts.introduction_quality import sentences

GAPS, PLACES = "pages/gaps.py", "pages/places.py"


def gaps(**params: str) -> AppTest:
    return opened(GAPS, **params)


def test_the_page_opens_with_who_lacks_whom_who_is_depended_on_and_who_might_meet() -> None:
    """One sentence from the figures, and the introduction that would fill the gap."""
    said = shown(gaps())
    assert "5 of 6 museums work with all four kinds of partner; no health provider yet: Saltmere Museum and Gallery." in said
    assert "Nobody would be cut off" in said and "Who might meet first" in said
    assert "Saltmere Memory Clinic is two steps away" in said


def test_at_the_midpoint_one_person_holds_three_partners() -> None:
    """Only links name who would be cut off, and the robustness of the network is told in words."""
    said = shown(gaps(show="depend", wave="midpoint"))
    assert "Robin Larkmead: Port Harran Bench Club, Port Harran Surgery and Harran Glen Dementia Team would be cut off." in (
        said.replace("**", "")
    )
    assert "fewer than half of the 66" in said and "its robustness: R = 0.21" in said


def test_introductions_have_reasons_and_their_quality_is_told() -> None:
    """Eight introductions, each can be tried; how many of the first twenty became ties, beside chance."""
    app = gaps(show="meet")
    assert len([one for one in app.button if one.label == "Try it"]) == 8
    said = shown(app)
    assert "of the first 20 introductions 8 became partnerships; chance would give 0.9." in said and "AUC 0.78" in said


def test_introductions_that_no_pair_meets_say_so_and_offer_a_way_out() -> None:
    """A partner without any shared partner."""
    app = gaps(show="meet", meet="millrace-community-kitchen")
    assert "No pair without a partnership shares a partner with these filters." in shown(app)
    app.button(key="undo_all").click().run()
    assert "No pair without a partnership" not in shown(app)


def test_trying_an_introduction_starts_a_scenario_and_undo_takes_it_back() -> None:
    """The tie stands in the link and in the list; undone, the scenario is empty."""
    app = gaps(show="meet")
    next(one for one in app.button if one.label == "Try it").click().run()
    assert not app.exception
    said = shown(app)
    assert "work together at level 2, cooperation." in said and "partnerships 303 → 304" in said
    assert app.session_state["view"].kept["scenario"][0].startswith("tie~")
    app.button(key="scn_undo").click().run()
    assert "Nothing is changed yet" in shown(app) and "scenario" not in app.session_state["view"].kept


def test_a_link_to_a_scenario_shows_the_same_before_and_after() -> None:
    """Who leaves, who joins, what they do together, and the headline measures."""
    app = gaps(
        show="what_if",
        scenario=f"out~robin-larkmead*new~new-1~health_provider~{quote('Harbour Surgery')}*tie~new-1~kit-oakmarsh~3",
    )
    said = shown(app)
    assert "Robin Larkmead leaves" in said and "Harbour Surgery joins (health provider)." in said
    assert "With these 3 changes: partnerships 303 → 282" in said
    assert app.dataframe[0].value["measure"].iloc[0] == "Partnerships"


def test_a_scenario_that_names_a_partner_who_has_gone_says_so_and_keeps_the_rest() -> None:
    """The missing partner is named; the other change is made."""
    said = shown(gaps(show="what_if", scenario="out~nobody*out~robin-larkmead"))
    assert "“nobody”" in said and "Robin Larkmead leaves" in said


@pytest.mark.parametrize("text", ["garbage", "tie~a", "out~", "*" * 50, "new~x~wizard~Merlin", "tie~kit-oakmarsh~kit-oakmarsh~3"])
def test_a_broken_scenario_in_a_link_never_breaks_the_page(text: str) -> None:
    """What can be read is shown, the rest is said."""
    assert "What would be different" in shown(gaps(show="what_if", scenario=text))


def test_an_unknown_question_in_a_link_is_said_and_the_first_is_shown() -> None:
    """A link from another version."""
    said = shown(gaps(show="nonsense"))
    assert "nonsense" in said and "Which museums work with" in said


@pytest.mark.parametrize("question", ["meet", "depend", "what_if"])
def test_a_record_of_part_of_the_partnerships_tells_nothing_of_pairs_without_one(question: str) -> None:
    """Nobody is said to be cut off, to have no tie, or to be a stranger; the page says why, with the lead's note."""
    said = shown(gaps(programme="working-together", show=question))
    assert "The record does not tell of all partnerships" in said and "Only partnerships found on public pages are here" in said
    assert "cut off" not in said and "Both work with" not in said and "only link" not in said


def test_a_programme_without_a_survey_has_no_quality_of_introductions(database: str) -> None:
    """No waves: the page says why."""
    with Store(database) as store:
        store.create(Programme("three", "Three"), net("a b c", lines("a-b b-c")).tables, author="test", reason="test")
    assert "With fewer than two waves nobody can say yet" in shown(gaps(programme="three", show="meet"))


def test_the_guide_can_tell_the_quality_in_the_same_sentences() -> None:
    """No waves give no sentence; where the simpler ranking does as well, the sentence says so."""
    assert sentences(quality(Tables()), {}) == []
    row = {"wave": "1", "next_wave": "2", "appeared": 5, "pairs": 50, "first": 20}
    found = pl.DataFrame(
        [
            row | {"ranking": "resource allocation", "auc": 0.6, "low": 0.5, "high": 0.7, "of_first_appeared": 3.0},
            row | {"ranking": "degree product", "auc": 0.7, "low": 0.6, "high": 0.8, "of_first_appeared": 4.0},
            row | {"ranking": "chance", "auc": 0.5, "low": None, "high": None, "of_first_appeared": 2.0},
        ]
    )
    assert sentences(found, {"1": "First", "2": "Second"}) == [
        "First to Second: of the first 20 introductions 3 became partnerships; chance would give 2.0. In the whole "
        "list, AUC 0.60 "
        "(95% interval 0.50 to 0.70). Ranking by how many partnerships both have would give 0.70, so here the simpler "
        "ranking did as "
        "well or better."
    ]


def test_places_counts_who_is_on_the_map_and_names_who_is_not() -> None:
    """60 of 66; the six without coordinates are listed with the reason; the towns and the outline are credited."""
    said = shown(opened(PLACES))
    assert "60 of 66 partners are on the map" in said and "6 partners not on the map" in said
    assert "No coordinates and no place: Shared Light programme lead (role)" in said
    assert "Natural Earth" in said and "GeoNames" in said and "Code-Point Open" in said


def test_a_part_of_the_map_in_a_link_is_shown_and_a_broken_one_is_said() -> None:
    """Eleven partners around Harrowmouth; nonsense falls back to the whole map."""
    assert "11 partners here" in shown(opened(PLACES, at="153.0,-405.0,40"))
    said = shown(opened(PLACES, at="nonsense"))
    assert "nonsense" in said and "10 places" in said


def test_filters_that_leave_nobody_on_the_map_say_so_and_can_be_undone() -> None:
    """A kind none of the pilot's partners has."""
    app = opened(PLACES, kind="commissioner", pilot="loom-and-leaf")
    assert "No partner is left" in shown(app)
    app.button(key="undo_all").click().run()
    assert "60 of 66 partners" in shown(app)


def test_the_places_of_a_selected_partner_are_told_by_distance() -> None:
    """The nearest and the farthest of its ties."""
    said = shown(opened(PLACES, select="partner:robin-larkmead"))
    assert "It has 22 partnerships in this wave. The nearest is 1 km away" in said


def test_links_to_partners_that_have_gone_say_so_on_every_question() -> None:
    """Whoever is named for an introduction, for a loss, or beside a scenario; the question is answered for the others."""
    for show, name, heading in (
        ("meet", "meet", "Who should meet"),
        ("depend", "without", "Without this partner"),
        ("what_if", "beside", "What would be different"),
    ):
        link = {"show": show, name: "nobody-at-all"} | ({"scenario": "out~robin-larkmead"} if name == "beside" else {})
        said = shown(gaps(**link))
        assert "nobody-at-all" in said and heading in said


def test_whoever_does_not_know_where_to_begin_finds_a_scenario_to_try() -> None:
    """Two examples of the network at hand; one click makes the first."""
    app = gaps(show="what_if")
    app.button(key="scn_start_0").click().run()
    assert "With this change:" in shown(app)


def test_without_an_only_link_the_largest_losses_are_told_all_the_same() -> None:
    """At the end nobody holds anybody alone."""
    said = shown(gaps(show="depend")).replace("**", "")
    assert "No partner is the only link" in said and "Lantern Exchange: 22 partnerships, 21 of them to another kind" in said


def test_the_guide_reports_how_good_introductions_have_been() -> None:
    """Found by searching for AUC; told in the same sentences as on the Gaps page, with the source."""
    app = opened("pages/guide.py")
    app.session_state["guide_advice"] = True
    app.run()
    said = shown(app)
    assert "AUC 0.78 (95% interval 0.70 to 0.85)" in said and "Zhou, Lü & Zhang 2009" in said
    app.text_input(key="guide_search").set_value("auc").run()
    assert "No measure matches" not in shown(app) and "Of the advice" in shown(app)


def test_a_selected_partner_that_has_gone_is_said_on_the_place_map() -> None:
    """The map is that of everybody."""
    said = shown(opened(PLACES, select="partner:nobody-at-all"))
    assert "nobody-at-all" in said and "60 of 66 partners" in said


def test_gaps_that_nobody_near_could_fill_are_told_once_a_kind(database: str) -> None:
    """Seven museums and no other core kind: three sentences, not twenty-one."""
    with Store(database) as store:
        store.create(Programme("seven", "Seven"), net("a b c d e f g", lines("a-b b-c")).tables, author="test", reason="test")
    said = shown(gaps(programme="seven"))
    assert "None of the 7 museums works with all four kinds of partner" in said
    assert said.count("someone new would have to join") == 3


def test_where_a_kind_is_documented_but_not_named_nobody_is_missing() -> None:
    """The public record has seven museums and no other core kind: the cells say what is known, and nobody new has to join."""
    app = gaps(programme="working-together")
    said, cells = shown(app), sent(app).partition("<caption>")[2].partition("</table>")[0]
    assert "freelancers, community groups and health providers are documented, not named; other museums are not recorded" in said
    assert "someone new would have to join" not in said
    assert cells.count("not recorded") == 28 and "none yet" not in cells and ">documented" not in cells


def test_ties_that_all_stay_in_one_place_are_told_in_one_clause() -> None:
    """Not "in one place and in one place"."""
    said = shown(opened(PLACES, programme="working-together"))
    assert "The 2 recorded partnerships of known length stay in one place. Of 29 more it is not known how far they reach." in said


def test_values_that_round_alike_are_told_apart_before_and_after() -> None:
    """A measure said to move never shows the same figure twice."""
    app = gaps(show="what_if", scenario="tie~robin-larkmead~morgan-wayfarrow~2")
    table = next(frame.value for frame in app.dataframe if "before" in frame.value)
    assert len(table) == 11 and all(row["before"] != row["after"] for row in table.to_dict("records"))
    assert "11 of 29 measures move." in shown(app)
