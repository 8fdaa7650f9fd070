"""The directory and the profile: words, tables and what a tie looks like from one side."""

from __future__ import annotations

import re

import polars as pl
import pytest

from tests.support.app import HOSTILE, hostile, opened, shown
from tests.support.stories import example
from wtnet.draw.charts.partner import MOST, around, both_sides, ego, ego_said
from wtnet.measures.impact import progress as impact
from wtnet.network import Network, Scope, build
from wtnet.sentences import partners as partner_sentences
from wtnet.sentences.partners import own_ties
from wtnet.store import Programme, Store
from wtnet.tables import Tables
from wtnet.tables.schema import SCHEMAS
from wtnet.ui.pages.partners import on_paper
from wtnet.ui.pages.partners.partnerships import _documents

BRIDGE, MUSEUM, LEFT = "robin-larkmead", "northcliff-museum-of-the-sea", "millrace-community-kitchen"
PAGE = "pages/partners.py"


@pytest.fixture(scope="module")
def network() -> Network:
    return build(example())


def made(**frames: list[dict[str, object]]) -> Tables:
    """Tables from rows given as mappings; what is not given is empty."""
    whole = {}
    for name, rows in frames.items():
        schema = SCHEMAS[name].polars()
        whole[name] = pl.DataFrame([dict.fromkeys(schema) | row for row in rows], schema=schema)
    return Tables(whole)


def partner(name: str, kind: str = "museum", **more: object) -> dict[str, object]:
    return {"id": name, "name": name.title(), "kind": kind, **more}


# the directory


def test_the_directory_opens_with_a_sentence_that_counts_everyone() -> None:
    """66 partners, by the four core kinds and the others."""
    assert "66 partners: 6 museums, 14 freelancers, 18 community groups, 14 health providers and 14 others" in shown(opened(PAGE))


def test_a_search_that_finds_nobody_says_so_and_offers_a_way_out() -> None:
    """Words that match no partner leave a sentence and a button."""
    app = opened(PAGE, find="zzzz")
    assert "No partner matches" in shown(app)
    app.button(key="undo_all").click().run()
    assert "No partner matches" not in shown(app)


def test_search_kind_place_and_order_come_from_the_link() -> None:
    """A link with all four shows the partners that match them, in that order, and says how many of all they are."""
    app = opened(PAGE, find="NORTH", kinds="health_provider", place="Northcliff", sort="partners")
    frame = app.dataframe[0].value
    assert frame["name"].to_list() == ["Northcliff Quayside Surgery", "Northcliff Pain Clinic", "Northcliff Link Workers"]
    assert frame["partners"].to_list() == sorted(frame["partners"], reverse=True)
    assert "3 of 66 partners" in shown(app)


@pytest.mark.parametrize(("order", "first"), [("name", "Aberwennol Museum of Slate and Song"), ("gained", "Robin Larkmead")])
def test_the_directory_is_sorted_by_choice(order: str, first: str) -> None:
    """By name, or by what was gained since the first wave."""
    assert opened(PAGE, sort=order).dataframe[0].value["name"][0] == first


def test_accents_and_case_do_not_hide_a_partner(database: str) -> None:
    """ "eglise" finds "Église"."""
    with Store(database) as store:
        store.create(
            Programme("one", "One"), made(organisations=[partner("église", "other"), partner("hall")]), author="t", reason="t"
        )
    assert opened(PAGE, programme="one", find="EGLISE").dataframe[0].value["name"].to_list() == ["Église"]


def test_a_link_to_a_partner_that_is_not_there_opens_the_directory_and_says_so() -> None:
    """Unknown partner: named, and the directory is shown."""
    said = shown(opened(PAGE, partner="nobody"))
    assert "nobody" in said and "66 partners" in said


# the partnerships


def _pair(kind: str) -> str:
    ties = build(example()).graph
    return next(f"{a}~{b}" for a, b in ties.edges if ties.nodes[a]["kind"] == kind and ties.edges[a, b]["basis"] == "both")


def test_partnerships_stand_as_a_list_that_opens_to_both_sides_for_the_lead() -> None:
    """The order and the partnership are in the link; what both sides say stands under the list."""
    app = opened(PAGE, list="partnerships", order="one_sided", pair=_pair("museum"))
    assert "partnerships: the strongest is" in shown(app) and "Strength: 0." in shown(app)
    assert {"Partner", "Works with", "Strength", "Apart"} <= set(app.dataframe[0].value.columns)


def test_others_have_fewer_orders_and_no_numbers_in_the_list() -> None:
    """An order of the lead's that a link names is not there for them."""
    app = opened(PAGE, list="partnerships", audience="public", order="never_rated")
    assert "order of partnerships that is not here" in shown(app)
    assert not {"One says", "The other says", "Apart"} & set(app.dataframe[0].value.columns)


# the profile on the page


def test_a_profile_says_whom_the_partner_works_with_and_leads_back() -> None:
    """The sentence agrees with the network; "All partners" opens the directory."""
    app = opened(PAGE, partner=BRIDGE)
    assert "Robin Larkmead" in shown(app) and "works with 22 partners of 6 kinds" in shown(app)
    app.button(key="profile_leave").click().run()
    assert "66 partners" in shown(app)


def test_a_person_is_shown_by_role_and_not_scored() -> None:
    """A freelancer's profile names the part played in each pilot; what others think of a person is no figure on it."""
    app = opened(PAGE, partner=BRIDGE)
    assert "Role: session design and facilitation (A Garden of Things)." in shown(app)
    assert not any("Trust received" in metric.label for metric in app.metric)
    assert "Trust received (1–4)" in [metric.label for metric in opened(PAGE, partner=MUSEUM).metric]


def test_a_profile_without_ties_or_answers_has_words_instead_of_empty_boxes() -> None:
    """A partner that dropped out and never answered: sentences that say so, and no figures."""
    app = opened(PAGE, partner=LEFT, wave="midpoint")
    said = shown(app)
    assert "At Midpoint, it has no known partnership" in said
    assert "It has not answered a survey yet" in said
    assert "nothing is known to depend on it here" in said
    assert not app.metric


def test_a_partner_in_no_pilot_is_told_in_words(database: str) -> None:
    """No pilot, no ties, no waves: three sentences."""
    with Store(database) as store:
        store.create(Programme("one", "One"), made(organisations=[partner("hall")]), author="t", reason="t")
    said = shown(opened(PAGE, programme="one", partner="hall"))
    assert "It has no known partnership" in said and "takes part in no pilot" in said


def test_strength_worked_out_another_way_reaches_the_profile() -> None:
    """The weaker side in place of the mean changes the strength that is told."""
    mean, weaker = (
        re.search(r"mean strength ([\d.]+)", shown(opened(PAGE, partner=BRIDGE, pairing=p))) for p in ("mean", "weaker")
    )
    assert mean and weaker and float(weaker[1]) < float(mean[1])


# what a tie looks like from one side


def test_a_tie_is_seen_from_the_partners_own_side(network: Network) -> None:
    """What it says stands under "says" whichever end of the tie it is; the difference is its own minus the other's."""
    ties = own_ties(network, BRIDGE)
    assert ties.height == network.graph.degree(BRIDGE)
    for row in ties.iter_rows(named=True):
        said = network.directed.filter((pl.col("rater") == BRIDGE) & (pl.col("partner") == row["id"]))["strength"]
        assert row["says"] == (said[0] if len(said) else None)
        if row["says"] is not None and row["other_says"] is not None:
            assert row["apart"] == pytest.approx(row["says"] - row["other_says"])


def test_the_widest_difference_is_a_prompt_with_the_answers_behind_it(network: Network) -> None:
    """The prompt names both sides' figures and the questions furthest apart; neither side is said to be right."""
    tie = partner_sentences.widest_differences(own_ties(network, BRIDGE))[0]
    said = partner_sentences.conversation_prompt(network, BRIDGE, tie)
    assert said.startswith("Harrowmouth Therapy Rooms. Robin Larkmead puts it at 0.48, Harrowmouth Therapy Rooms at 0.79.")
    assert "level of collaboration: 2 and 4" in said and "in touch: quarterly and weekly" in said


def test_answers_two_steps_apart_are_marked_and_missing_ones_are_a_dash() -> None:
    """Level 1 and 3 are marked, 2 and 3 are not; a question nobody answered is "–" and never marked."""
    tables = made(
        organisations=[partner("a"), partner("b")],
        waves=[{"id": "w", "name": "W"}],
        ratings=[
            {"wave": "w", "rater": "a", "partner": "b", "level": 1, "reliability": 2, "contact": "daily"},
            {"wave": "w", "rater": "b", "partner": "a", "level": 3, "reliability": 3},
        ],
    )
    rows = {question: rest for question, *rest in partner_sentences.answer_rows(build(tables), "a", "b")}
    assert rows["Level of collaboration, 0–5"] == ["1 networking", "3 coordination", True]
    assert rows["They do what they say, 1–4"] == ["2", "3", False]
    assert rows["In touch"] == ["daily", "–", False]


def test_who_did_not_answer_is_said_by_wave() -> None:
    """Silent in one of two waves: that wave is named. Never asked: nothing is said."""
    tables = made(
        organisations=[partner("a"), partner("b"), partner("c")],
        waves=[{"id": "w", "name": "First"}, {"id": "v", "name": "Second"}],
        ratings=[
            {"wave": "w", "rater": "a", "partner": "b", "level": 3},
            {"wave": "v", "rater": "a", "partner": "b", "level": 3},
            {"wave": "v", "rater": "b", "partner": "a", "level": 3},
        ],
    )
    assert "did not answer at First" in (partner_sentences.unanswered_waves(tables, "b") or "")
    assert partner_sentences.unanswered_waves(tables, "a") is None
    assert partner_sentences.unanswered_waves(tables, "c") is None


def test_who_may_still_answer_has_not_failed_to() -> None:
    """In an open wave it has not answered yet; in a closed one it did not."""
    tables = made(
        organisations=[partner("a"), partner("b")],
        waves=[{"id": "u", "name": "Zero"}, {"id": "w", "name": "First"}, {"id": "v", "name": "Second", "status": "open"}],
        ratings=[{"wave": "u", "rater": "b", "partner": "a"}, {"wave": "w", "rater": "a", "partner": "b", "level": 3}],
        asked=[{"wave": "v", "organisation": "b"}],
    )
    sentence = partner_sentences.unanswered_waves(tables, "b") or ""
    assert sentence.startswith("It did not answer at First and has not answered Second yet:")


def test_whom_a_partner_alone_connects_is_named(network: Network) -> None:
    """At the midpoint some are connected only through Robin Larkmead: they are named. With ties of their own: nobody is."""
    midpoint = build(network.tables, Scope(wave="midpoint"))
    assert partner_sentences.dependence_sentences(midpoint, BRIDGE)[0].startswith("It is the only link for ")
    assert partner_sentences.dependence_sentences(network, BRIDGE)[0].startswith("Nobody would be cut off")


def test_private_quotes_never_stand_on_a_profile() -> None:
    """Private words are left out and not counted; those about the partner come before those of its pilots."""
    tables = made(
        organisations=[partner("a")],
        pilots=[{"id": "p", "name": "P", "lead": "a"}],
        quotes=[
            {"id": "1", "pilot": "p", "text": "of the pilot", "sharing": "public"},
            {"id": "2", "pilot": "p", "text": "secret", "sharing": "private"},
            {"id": "3", "organisation": "a", "text": "of the partner", "attribution": "Nurse"},
            {"id": "4", "organisation": "a", "text": "secret too", "sharing": "private"},
        ],
    )
    found, number = partner_sentences.shared_quotes(tables, "a", ["p"])
    assert [words for words, *_ in found] == ["of the partner", "of the pilot"] and number == 2
    assert found[0][1] == "Nurse" and found[1][1] == "Someone who took part"


@pytest.mark.parametrize(
    ("address", "opens"),
    [
        ("https://example.org", True),
        ("HTTP://example.org/a?b=c", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("https://a b", False),
        ("https://x> [y](javascript:z)", False),
        ("www.example.org", False),
        ("", False),
        (None, False),
    ],
)
def test_only_http_addresses_open(address: str | None, opens: bool) -> None:
    """A web address is a link if it is http or https and one plain word; anything else stays text."""
    assert (partner_sentences.website({"website": address}) is not None) is opens


# pictures and tables


def test_the_picture_shows_everyone_it_works_with_and_says_so_in_words(network: Network) -> None:
    """One mark per partner, each with its name for a screen reader; dashes where not both sides rated."""
    drawn = ego(network, BRIDGE)
    assert drawn.count('class="who"') == 22 == len(network.graph[BRIDGE])
    assert drawn.count("stroke-dasharray") == sum(tie["basis"] != "both" for tie in network.graph[BRIDGE].values())
    assert ego_said(network, BRIDGE).startswith("Robin Larkmead among 22 partners: museum or heritage organisation 1")


def test_a_partner_of_hundreds_is_drawn_with_its_strongest_and_the_rest_are_counted() -> None:
    """40 partners: the strongest are drawn, the others said; nothing overlaps the edge of the picture."""
    others = [f"o{i}" for i in range(40)]
    tables = made(
        organisations=[partner("hub"), *(partner(o, "other") for o in others)],
        partnerships=[{"id": o, "source": "hub", "target": o, "level": 1 + i % 5} for i, o in enumerate(others)],
    )
    network = build(tables)
    assert len(around(network, "hub")[0]) == MOST and around(network, "hub")[1] == 40 - MOST
    assert f"{40 - MOST} more partners" in on_paper.around_it(network, "hub")


def test_both_sides_are_two_points_one_point_or_a_bar() -> None:
    """Two reports: a filled and a hollow point joined; one: one point; a document alone: a bar; nothing known: a bare line."""
    assert {"own", "other", "apart"} <= set(re.findall(r'class="([a-z]+)"', both_sides(0.2, 0.8, 0.5)))
    assert 'class="own"' in both_sides(0.2, None, 0.2) and 'class="other"' not in both_sides(0.2, None, 0.2)
    assert 'class="document"' in both_sides(None, None, 0.6)
    assert re.findall(r'class="([a-z]+)"', both_sides(None, None, None)) == ["scale"]


def test_hostile_names_are_text_in_every_part_of_a_profile() -> None:
    """Tags and quotes in names, roles, quotes and indicators come out escaped."""
    rows = [(f"p{i}", name, kind) for i, (name, kind) in enumerate(zip(HOSTILE, ["museum", "freelancer"] * 4, strict=False))]
    tables = hostile(rows)
    network = build(tables)
    bad = '"><img src=x onerror=alert(1)>'
    parts = [{"id": "q", "name": bad, "part": bad, "about": bad}]
    progress = pl.DataFrame(
        {
            "pilot": ["q"], "state": ["met"], "better": ["higher"], "name": [bad], "theme": ["care"], "unit": [bad],
            "baseline": [1.0], "latest": [2.0], "target": [2.0], "n": [3],
        }
    )  # fmt: skip
    drawn = [
        on_paper.around_it(network, "p1"),
        on_paper.ties(own_ties(network, "p1"), bad),
        on_paper.answers([(bad, bad, bad, True)], bad, bad),
        on_paper.pilots(parts, progress),
        on_paper.quotes([(bad, bad, bad)]),
    ]
    for markup in drawn:
        assert "<script" not in markup and "<img" not in markup
        assert all(len(tag) < 900 and "onerror" not in re.sub(r'"[^"]*"', "", tag) for tag in re.findall(r"<[^>]*>", markup))


def test_a_pilot_without_results_says_so() -> None:
    """No indicator: a sentence in place of a table."""
    part = {"id": "q", "name": "Q", "part": "leads it", "about": ""}
    empty = impact.progress(Tables())
    assert "Nothing has been measured in this pilot yet" in on_paper.pilots([part], empty)


def test_what_is_documented_of_a_partnership_is_in_the_words_of_its_columns(network: Network) -> None:
    """What a row holds for the program alone is not among them."""
    source, target = network.tables.partnerships.select("source", "target").row(0)
    headings = _documents(network, [source, target]).columns
    assert "evidence" in headings and not {"own fields", "own_fields", "id", "sharing"} & set(headings)
