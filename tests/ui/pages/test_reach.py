"""The reach page: its sentences and pictures from networks worked out by hand, and the page itself through app.py."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import Any

import fastexcel
import polars as pl
import pytest

from tests.support.app import opened, shown
from tests.support.networks import net
from wtnet.access import redact
from wtnet.draw.charts import reach as reach_charts
from wtnet.draw.charts.dots import Dot, dots
from wtnet.errors import InvalidRequest
from wtnet.measures import absence, by_group, reach
from wtnet.network import build
from wtnet.sentences import gaps
from wtnet.sentences import reach as reach_sentences
from wtnet.store import Programme, Store
from wtnet.tables import Tables
from wtnet.writers.tables import frames

PAGE = "pages/reach.py"
KINDS = {"m": "museum", "n": "museum", "f": "freelancer", "h": "health_provider", "c": "community_group"}


def said(network: Any, first: Any = None, name: str = "") -> dict[str, str]:
    """The sentences, put together by the part of the page they lead to."""
    found: dict[str, str] = {}
    for part, sentence in reach_sentences.headlines(network, first, name, reach.ei_permutation(network, draws=200)):
        found[part] = f"{found.get(part, '')} {sentence}".strip()
    return found


def stored(address: str, tables: Tables) -> None:
    with Store(address) as store:
        store.create(Programme("made", "Made"), tables, author="test", reason="test")


# -- sentences ------------------------------------------------------------------------------------------------------------


def test_nothing_to_say_is_not_said() -> None:
    """No partners; one partner; two partners without a tie."""
    assert said(net({})) == {}
    assert said(net({"f": "freelancer"})) == {}
    assert said(net({"f": "freelancer", "g": "freelancer"})) == {}


def test_a_museum_alone_reaches_none_of_the_four_kinds_and_has_no_health_partner() -> None:
    """One museum, no ties: both are said, nothing of chance or brokers."""
    found = said(net({"m": "museum"}))
    lone = "The museum in view reaches none of the three other core kinds of partner."
    assert found == {"coverage": f"{lone} Partner m has no health partner yet."}


def test_two_partners_of_one_kind_have_nothing_to_compare_with() -> None:
    """One tie, one kind: nothing crosses, and chance cannot say more."""
    found = said(net({"f": "freelancer", "g": "freelancer"}, [("f", "g", 3)]))
    assert found["chance"].startswith("The one partnership is between partners of the same kind; with one kind of partner")


def test_two_partners_of_two_kinds_always_cross() -> None:
    """However the kinds are dealt out, the tie crosses: p is 1."""
    found = said(net({"m": "museum", "h": "health_provider"}, [("m", "h", 3)]))
    assert "The one partnership is between partners of different kinds" in found["chance"] and "(p = 1.00)" in found["chance"]
    assert "Museums and health providers hold 1 partnership" in found["health"]
    assert "whether they continue after the programme is not documented" in found["health"]


def test_reach_is_set_beside_the_first_wave() -> None:
    """Both museums reach a freelancer at first; then one of them a health provider too: 1 → 1.5, the other one is named."""
    before = net(KINDS, [("m", "f", 5), ("n", "f", 2)])
    after = net(KINDS, [("m", "f", 5), ("n", "f", 2), ("m", "h", 2)])
    found = said(after, before, "Start")
    assert (
        "The 2 museums reach 1.5 of the four core kinds of partner each, on average, up from 1 at the wave “Start”."
        in (found["coverage"])
    )
    assert "1 of 2 museums works with a health provider; Partner n has no health partner yet." in found["coverage"]


def test_a_museum_that_kept_silent_is_not_said_to_lack_a_partner_without_saying_so() -> None:
    """Two museums are asked and one answers. The lead reads which; others, who may not, read what the record has."""
    ratings = [("w", "m", "f", 3), ("w", "m", "n", 2), ("w", "h", "f", 2), ("w", "f", "m", 3)]
    asked = [{"wave": "w", "organisation": partner} for partner in KINDS]
    network = net(KINDS, ratings=ratings, asked=asked)
    others = build(redact(network.tables, "public"))
    words = said(network)["coverage"]
    assert "Partner m has no health partner yet; whether Partner n has one is not known, as it did not answer." in words
    assert "not known, as it did not answer: Partner n" in gaps.missing_kinds(network)
    museums = reach.coverage(network)
    assert museums["health_provider"].to_list() == [0, None] and museums["missing"].to_list() == [
        "Community group, Health provider",
        None,
    ]
    drawn = reach_charts.coverage(museums, nothing=absence.none_words(network))
    assert drawn.count("none yet") == 2 and drawn.count(">–<") == 3
    theirs = reach_charts.coverage(reach.coverage(others), nothing=absence.none_words(others))
    assert ">–<" not in theirs and "none yet" not in theirs and "none known" in theirs
    assert "no health partner on record" in said(others)["coverage"] and "did not answer" not in said(others)["coverage"]


def test_what_is_new_and_what_lasts_is_counted_and_the_unknown_is_said() -> None:
    """Three museum–health ties: one new and going on, one there before and ending, one nobody has documented."""
    people = {"m": "museum", "h": "health_provider", "k": "health_provider", "l": "health_provider"}
    documents = [("m", "h", {"continues_after": True}), ("m", "k", {"continues_after": False})]
    kept = [("m", "k", 3), ("k", "m", 3), ("m", "l", 1), ("l", "m", 1)]
    before, after = [*kept, ("h", "m", 0), ("m", "h", 0)], [*kept, ("h", "m", 3), ("m", "h", 4)]
    said_in = [("w1", *each) for each in before] + [("w2", *each) for each in after]
    network = net(people, documents, said_in, [("w1", "2024-01-01"), ("w2", "2025-01-01")])
    words = said(network, None, "One")["health"]
    assert "3 partnerships, 1 of them new since the wave “One”" in words
    assert "1 is documented to continue after the programme, 1 to end, of 1 nothing is documented" in words


def test_chance_is_told_as_an_everyday_frequency_beside_its_p() -> None:
    """From once in a thousand to nearly always."""
    assert [reach_sentences.odds(p) for p in (None, 0.0001, 0.033, 0.5, 1.0)] == [
        "an unknown number of times",
        "less than once in 1,000 times",
        "about once in 30 times",
        "about 5 times in 10",
        "nearly every time",
    ]
    assert [reach_sentences.p_value(p) for p in (None, 0.0001, 0.033, 0.5)] == ["p unknown", "p < 0.001", "p = 0.033", "p = 0.50"]


def test_groups_are_told_with_who_is_lacking() -> None:
    """One place and several, full and not."""
    row = {"group": "Here", "museum": 1, "freelancer": 1, "community_group": 1, "health_provider": 0, "core_kinds": 3}
    full = row | {"group": "There", "health_provider": 2, "core_kinds": 4}
    assert (
        reach_sentences.groups_sentence(pl.DataFrame([row]), "place")
        == "The only place in view is Here; no health provider is known to take part."
    )
    assert reach_sentences.groups_sentence(pl.DataFrame([full]), "place") == "There: all four core kinds take part."
    assert reach_sentences.groups_sentence(pl.DataFrame([full, row]), "place") == (
        "In 1 of 2 places all four core kinds take part; Here: no health provider is known to take part."
    )


# -- pictures -------------------------------------------------------------------------------------------------------------


def test_pictures_of_nothing_are_empty_tables() -> None:
    """No kinds, no museums, no groups, no ties: still HTML that closes."""
    empty = net({})
    for drawn in (
        reach_charts.mixing(reach.mixing(empty)),
        reach_charts.coverage(reach.coverage(empty)),
        reach_charts.groups(by_group.by_group(empty, "place"), None, "place"),
    ):
        assert drawn.count("<table") == drawn.count("</table>") == 1
    assert reach_charts.squares([]) == ""
    assert dots([], -1, 1, []).endswith("</div>")


def test_the_matrix_shows_each_pair_of_kinds_twice_and_unknown_as_a_dash() -> None:
    """Two museums with one documented tie of no level: strength unknown, one of one possible."""
    found = reach.mixing(net({"m": "museum", "n": "museum"}, [("m", "n")]))
    assert ">1</td>" in reach_charts.mixing(found, "ties")
    assert ">–</td>" in reach_charts.mixing(found, "mean_strength")
    assert ">100%</td>" in reach_charts.mixing(found, "share_of_possible")
    assert reach_charts.mixing(reach.mixing(net(KINDS, [("m", "f", 5)]))).count(">1</td>") == 2


def test_the_only_museum_in_view_has_no_other_museum_to_lack() -> None:
    """A dash there; "none yet" where somebody could be."""
    drawn = reach_charts.coverage(reach.coverage(net({"m": "museum"})))
    assert drawn.count("none yet") == 3 and drawn.count(">–<") == 1


def test_names_from_files_never_become_markup_in_a_picture() -> None:
    """A museum, a place and a heading with tags in them."""
    hostile = net({"m": "museum"}).tables["organisations"].with_columns(name=pl.lit("<b onload=1>"))
    frame = reach.coverage(net({"m": "museum"})).with_columns(name=hostile["name"])
    assert "<b onload" not in reach_charts.coverage(frame)
    assert "<i x" not in reach_charts.squares([("<i x>", [("<i x>", 1, "full")])])
    assert "<u>" not in dots([Dot("<u>", 0.1, "<u>", note="<u>")], -1, 1, [(0, "<u>")], title="<u>")


def test_words_at_the_ends_of_a_scale_stay_within_it() -> None:
    """The first tick is set to the right of its place, the last to the left."""
    drawn = dots([Dot("a", None, "–")], -1, 1, [(-1, "low"), (0, "middle"), (1, "high")])
    assert 'class="left"' in drawn and 'class="right"' in drawn


# -- the workbook of a page -----------------------------------------------------------------------------------------------


def test_a_workbook_of_figures_keeps_numbers_as_numbers_and_formulas_as_text() -> None:
    """Twelve decimals of a share; unknown empty; a name like a formula as it is; sheets of one name told apart."""
    table = pl.DataFrame({"name": ["=1+1", None], "value": [1 / 3, None], "n": [3, None], "ids": [["a", "b"], None]})
    data = frames.write("T", [("Wave", "End")], {"A/B": table, "A:B": table.clear()}, dt.date(2026, 1, 1))
    book = fastexcel.read_excel(BytesIO(data).read())
    assert book.sheet_names[1:] == ["A B", "A B 2"]
    row = book.load_sheet("A B").to_polars().row(0, named=True)
    assert row["name"] == "=1+1" and row["value"] == 0.333333333333 and row["n"] == 3 and row["ids"] == "a; b"
    assert frames.write("T", [], {}, dt.date(2026, 1, 1)) == frames.write("T", [], {}, dt.date(2026, 1, 1))


def test_a_table_longer_than_a_sheet_is_refused_in_a_sentence() -> None:
    """A spreadsheet has 1,048,576 rows."""
    with pytest.raises(InvalidRequest, match="1,048,576 rows, more than a sheet holds"):
        frames.write("T", [], {"Long": pl.DataFrame({"a": pl.int_range(1_048_576, eager=True)})}, dt.date(2026, 1, 1))


# -- the page -------------------------------------------------------------------------------------------------------------


def test_the_page_opens_with_sentences_each_linked_to_its_figure() -> None:
    """Every link leads to a heading that is there."""
    app = opened(PAGE)
    text = "\n".join(one.value for one in app.markdown)
    assert "5 of 6 museums work with a health provider; Saltmere Museum and Gallery has no health partner yet" in shown(app)
    for part in ("coverage", "health", "chance", "brokers"):
        assert f"(#{part})" in text and part in {one.anchor for one in app.header}


def test_place_and_target_group_narrow_the_view_and_stand_in_the_link() -> None:
    """Saltmere has one pilot of 13 partners."""
    app = opened(PAGE, pilot_place="Saltmere")
    assert "**Saltmere**, at the wave “End”, 13 partners" in shown(app)
    app.multiselect(key="in_target_group").set_value(["Unpaid carers"]).run()
    assert "No pilot matches all of these: Saltmere and Unpaid carers." in shown(app)
    app.button(key="undo_all").click().run()
    assert "**The whole programme**" in shown(app) and "66 partners" in shown(app)


def test_a_place_that_has_gone_is_named_and_the_rest_is_shown() -> None:
    """A shared link outlives the data."""
    text = shown(opened(PAGE, pilot_place="Atlantis"))
    assert "Atlantis" in text and "**The whole programme**" in text


def test_everybody_sees_the_reach_without_the_names_that_are_not_shared() -> None:
    """A freelancer who joins others is there by number."""
    lead, everybody = shown(opened(PAGE)), shown(opened(PAGE, audience="public"))
    assert "Robin Larkmead joins the most pairs" in lead
    assert "Robin Larkmead" not in everybody and "joins the most pairs across kinds" in everybody


def test_without_waves_the_record_alone_is_told(database: str) -> None:
    """Two partners, one documented tie, no museum, no pilot, no wave."""
    stored(database, net({"f": "freelancer", "c": "community_group"}, [("f", "c", 2)]).tables)
    text = shown(opened(PAGE, programme="made"))
    assert "**The whole programme**, on the public record, 2 partners" in text
    assert "No museum is in view" in text and "No museum in view has a partnership with a health provider" in text
    assert "No pilot says where it is or for whom" in text


def test_one_pilot_and_no_ties_leave_sentences_not_errors(database: str) -> None:
    """A pilot with its lead alone."""
    stored(database, net({"m": "museum"}, pilots=[{"id": "p", "name": "P", "lead": "m", "place": "Here"}]).tables)
    text = shown(opened(PAGE, programme="made", pilot_place="Here"))
    assert (
        "Partner m has no health partner in view" in text
        and "No two partners in view have a partnership, so nothing crosses." in text
    )
    assert "Nobody in view joins two partners" in text
