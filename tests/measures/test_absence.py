"""What a figure says where the record is not complete: null, never 0; and ties from documents are not set beside chance."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.networks import ALL, lines, net
from wtnet.analysis.introductions import introductions
from wtnet.measures import absence, by_group, catalogue, comparable, reach, uncertainty
from wtnet.measures.notices import notices
from wtnet.network import Network, Scope
from wtnet.tables.schema import CORE_KINDS

KINDS = {"m": "museum", "n": "museum", "f": "freelancer", "h": "health_provider", "c": "community_group"}
STATES = (("partial", "not recorded"), ("documented_not_named", "documented, not named"))


def part(*said: tuple[str, str], ties: str = "m-f n-f m-h", scope: Scope = ALL, **more: Any) -> Network:
    """A network of five whose record is as `said`: (subject, state)."""
    coverage = [{"subject": subject, "state": state} for subject, state in said]
    return net(KINDS, lines(ties) if ties else [], scope=scope, coverage=coverage, **more)


def museums(network: Network) -> list[dict[str, Any]]:
    return reach.coverage(network).rows(named=True)


def test_a_complete_record_counts_what_is_not_there_as_none() -> None:
    """Whether it says that it is complete or says nothing."""
    for network in (part(), part(("health_provider", "complete"), ("partnerships", "complete"))):
        _, other = museums(network)
        assert (other["health_provider"], other["unknown"]) == (0, "") and "Health provider" in other["missing"]
        assert catalogue.whole(network, ["density"])["density"] is not None


@pytest.mark.parametrize(("state", "words"), STATES)
def test_a_museum_without_a_tie_to_a_kind_that_is_not_all_recorded_is_unknown(state: str, words: str) -> None:
    """What is recorded is counted all the same; a kind that is complete is still missing. What is documented of the programme is
    not documented of this museum."""
    assert absence.unknown_kinds(part(("health_provider", state)))["health_provider"].words == words
    network = part(("health_provider", state))
    first, other = museums(network)
    assert (first["health_provider"], first["unknown"]) == (1, "")
    assert (other["health_provider"], other["unknown"]) == (None, "health_provider")
    assert other["missing"] == "Museum or heritage organisation, Community group"
    told = catalogue.partners(network, ["missing_sectors"])["missing_sectors"]
    assert told[1] == "Museum or heritage organisation, Community group; Health provider: not recorded"
    assert by_group.kinds_reached(network) is None
    assert comparable._museums(comparable.Side("s", "S", network)) is None


def test_where_every_museum_reaches_a_kind_its_gap_takes_nothing_away() -> None:
    """All that can be known is known."""
    network = part(("health_provider", "partial"), ties="m-h n-h m-n m-f m-c n-f n-c")
    assert by_group.kinds_reached(network) == 4.0
    assert comparable._museums(comparable.Side("s", "S", network)) == 1.0
    assert [row["missing"] for row in museums(network)] == ["none", "none"]


def test_nothing_missing_is_null_and_not_none_where_the_rest_is_unknown() -> None:
    network = part(*((kind, "partial") for kind in CORE_KINDS))
    assert [row["missing"] for row in museums(network)] == [None, None]


def test_a_kind_that_is_filtered_out_is_no_more_absent_than_one_that_is_not_recorded() -> None:
    """Only museums and freelancers in view: nothing is said of health providers."""
    network = part(scope=Scope(kinds=("museum", "freelancer")))
    assert absence.unknown_kinds(network)["health_provider"].words == "filtered out"
    assert museums(network)[1]["health_provider"] is None and museums(network)[0]["freelancer"] == 1


def test_kinds_of_partner_are_counted_only_where_all_can_be_told() -> None:
    """A partner of every kind that is not all recorded may reach more."""
    whole, some = part(), part(("community_group", "partial"))
    assert catalogue.partners(whole, ["sectors_reached"])["sectors_reached"].to_list() == [2, 1, 1, 1, 0]
    assert catalogue.partners(some, ["sectors_reached"])["sectors_reached"].to_list() == [None] * 5
    with_group = part(("community_group", "partial"), ties="m-c m-f")
    assert catalogue.partners(with_group, ["sectors_reached"])["sectors_reached"][0] == 2


def test_what_rests_on_ties_that_are_not_there_is_empty_where_partnerships_are_recorded_in_part() -> None:
    """Every such measure, and every partner; what counts ties that are there stands."""
    network = part(("partnerships", "partial"))
    values = catalogue.whole(network)
    partners = catalogue.partners(network)
    for measure in catalogue.MEASURES:
        if measure.absence_in == "partnerships":
            told = partners[measure.id].to_list() if measure.of == "partner" else [values[measure.id]]
            assert told == [None] * len(told), measure.id
    assert (values["ties"], values["cross_sector_share"]) == (3, 1.0)
    assert partners["partners"].to_list() == [2, 1, 2, 1, None]  # who has none on record may have some
    assert uncertainty.intervals(network, draws=20)["low"].null_count() == uncertainty.intervals(network, draws=20).height
    assert {"density", "components", "articulation_points", "betweenness_centralisation"} <= {
        measure.id for measure in catalogue.of("network") if measure.absence_in
    }


def test_no_pair_is_told_to_meet_and_nobody_to_join_others_where_any_two_may_have_a_tie() -> None:
    assert introductions(part()).height and by_group.brokers(part()).height
    network = part(("partnerships", "partial"))
    assert not introductions(network).height and not by_group.brokers(network).height
    assert introductions(network).columns == introductions(part()).columns
    assert by_group.brokers(network).columns == by_group.brokers(part()).columns


def test_an_introduction_is_no_first_of_a_kind_that_is_not_all_recorded() -> None:
    """n and h share m; h is new to n only where all health providers would be here."""
    for said, new in (((), True), ((("health_provider", "partial"),), False)):
        rows = introductions(part(*said, ties="m-n m-h")).rows(named=True)
        pair = next(row for row in rows if {row["source"], row["target"]} == {"n", "h"})
        assert pair["new_for_source" if pair["source"] == "n" else "new_for_target"] is new


def test_a_square_of_the_matrix_without_ties_is_unknown_where_ties_are_not_all_recorded() -> None:
    cells = {(row["kind_a"], row["kind_b"]): row for row in reach.mixing(part(("health_provider", "partial"))).rows(named=True)}
    assert cells["museum", "museum"]["ties"] == 0 and cells["freelancer", "health_provider"]["ties"] is None
    assert (cells["museum", "health_provider"]["ties"], cells["museum", "health_provider"]["share_of_possible"]) == (1, None)


def test_a_group_lacks_only_what_its_record_would_hold() -> None:
    """A pilot of a museum alone: of freelancers and health providers nothing is told; community groups are none."""
    pilots = {"pilots": [{"id": "p", "name": "P", "lead": "m"}]}
    row = by_group.by_group(part(("freelancer", "partial"), ("health_provider", "documented_not_named"), **pilots), "pilot").row(
        0, named=True
    )
    assert (row["museum"], row["freelancer"], row["community_group"], row["health_provider"]) == (1, None, 0, None)
    assert row["core_kinds"] is None and row["museum_health"] is None
    whole = by_group.by_group(part(**pilots), "pilot").row(0, named=True)
    assert (whole["core_kinds"], whole["health_provider"], whole["museum_health"]) == (1, 0, 0)
    assert by_group.by_group(part(("involvements", "partial"), **pilots), "pilot")["core_kinds"][0] is None


def test_ties_that_are_documents_only_are_not_set_beside_chance() -> None:
    """The index is worked out; no p, no range. One answer makes it a survey."""
    documents = part()
    told = reach.chance(documents)
    assert told["ei_index"] is not None and told["draws"] == 0
    assert [told[name] for name in ("p", "low", "high", "assortativity_p")] == [None] * 4
    asked = net(KINDS, lines("m-f n-f"), [("w", "m", "h", 3)])
    assert not absence.documents_only(asked) and reach.chance(asked, 50)["p"] is not None


def test_notices_say_what_the_record_does_not_tell_and_why_figures_are_empty() -> None:
    """Of ties, of strengths that documents give, of strengths nobody gives; a complete record has no such notice."""
    whole = " ".join(notices(part()))
    assert "does not tell" not in whole and "There is no survey wave" in whole
    some = notices(part(("partnerships", "partial")))
    assert some[0] == "The record does not tell of all partnerships, so figures that rest on pairs without one are empty."
    coded = " ".join(notices(part(("ratings", "partial"))))
    assert "What partners say of one another is not recorded, so strengths come from documented levels alone." in coded
    bare = net(KINDS, [("m", "f")], coverage=[{"subject": "ratings", "state": "partial"}])
    assert notices(bare) == ("How strong partnerships are is not recorded: they are known from documents.",)
    alone = notices(part(("partnerships", "partial"), ties=""))
    assert alone[0] == "Partnerships between these partners are not recorded, so figures that rest on partnerships are empty."
