"""Sentences about who or what is not there: said where the record is complete, and in other words where it is not."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from tests.support.frames import frame
from tests.support.networks import ALL, lines, net
from wtnet.access import redact
from wtnet.measures import by_group, catalogue, reach
from wtnet.measures.impact import progress
from wtnet.network import Network, Scope, build
from wtnet.sentences import gaps, impact, partners, places, programmes, record
from wtnet.sentences import reach as reach_sentences
from wtnet.stories import draft
from wtnet.tables import Tables, coverage

KINDS = {"m": "museum", "n": "museum", "f": "freelancer", "h": "health_provider", "c": "community_group"}
STATES = (("partial", "not recorded"), ("documented_not_named", "documented, not named"))
COMPLETE: tuple[tuple[tuple[str, str], ...], ...] = ((), (("health_provider", "complete"),), (("results", "partial"),))
"""Records that tell of every partner and tie: nothing said, complete said aloud, and a gap elsewhere."""


def part(*said: tuple[str, str], ties: str = "m-f n-f m-h", scope: Scope = ALL, note: str = "", **more: Any) -> Network:
    """A network of five whose record is as `said`: (subject, state)."""
    rows = [{"subject": subject, "state": state, "note": note or None} for subject, state in said]
    return net(KINDS, lines(ties), scope=scope, coverage=rows, **more)


def told(network: Network) -> str:
    return " ".join(words for _, words in reach_sentences.headlines(network, None, "", reach.chance(network, 50)))


# -- reach and gaps -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("said", COMPLETE)
def test_a_complete_record_names_who_lacks_a_health_provider(said: tuple[tuple[str, str], ...]) -> None:
    network = part(*said)
    assert "1 of 2 museums works with a health provider; Partner n has no health partner yet." in told(network)
    assert "The 2 museums reach 1.5 of the four core kinds" in told(network)
    assert "no health provider yet: Partner n" in gaps.missing_kinds(network)
    assert partners.missing_kinds(network, "n") == "No partnership yet with a community group or health provider."


@pytest.mark.parametrize(("state", "words"), STATES)
def test_where_health_providers_are_not_all_recorded_no_museum_lacks_one(state: str, words: str) -> None:
    """What is known is said; the rest in the words of its state."""
    network = part(("health_provider", state))
    assert "1 of 2 museums is known to work with a health provider; of the others it is not recorded." in told(network)
    assert f"With whom the museums work is recorded in part: health providers are {words}." in told(network)
    assert gaps.missing_kinds(network) == f"With whom the museums work is recorded in part: health providers are {words}."
    assert partners.missing_kinds(network, "n") == (
        "No partnership yet with a community group. Among those it works with, health providers are not recorded."
    )
    for sentence in (told(network), gaps.missing_kinds(network)):
        assert "no health" not in sentence and "reach " not in sentence and "None of" not in sentence


def test_what_is_documented_of_all_together_is_said_of_no_single_museum() -> None:
    """Health providers took part in the programme; that says nothing of the one museum in view, or of one pilot."""
    alone = net({"m": "museum"}, coverage=[{"subject": "health_provider", "state": "documented_not_named"}])
    assert "health providers are not recorded" in gaps.missing_kinds(alone) and "documented" not in told(alone)
    pilots = {"pilots": [{"id": "p", "name": "P", "lead": "m"}], "involvements": [{"pilot": "p", "organisation": "n"}]}
    network = part(("health_provider", "documented_not_named"), scope=Scope(pilots=("p",)), ties="m-n", **pilots)
    assert "documented, not named" not in told(network) and "health providers are not recorded" in told(network)


def test_a_gap_of_freelancers_says_nothing_for_health_providers_and_the_other_way_round() -> None:
    """n has a freelancer and no health provider: complete for health, it is still missing."""
    network = part(("freelancer", "partial"), ties="m-f m-h")
    assert "Partner n has no health partner yet" in told(network)
    assert gaps.missing_kinds(network).endswith("freelancers are not recorded; no health provider yet: Partner n.")


def test_where_every_museum_reaches_a_kind_its_gap_is_not_told() -> None:
    network = part(("freelancer", "partial"))
    assert "The 2 museums reach 1.5 of the four core kinds" in told(network) and "recorded in part" not in told(network)
    assert "no health provider yet: Partner n" in gaps.missing_kinds(network)


def test_where_partnerships_are_recorded_in_part_no_kind_is_missing_and_nobody_is_cut_off() -> None:
    """Museums are all there, and still it is not told whether two of them work together."""
    network = part(("partnerships", "partial"), note="only those on public pages are here", ties="m-f n-f m-h h-c")
    assert "freelancers" not in gaps.missing_kinds(network)  # both museums have one
    assert gaps.missing_kinds(network).endswith("community groups, health providers and other museums are not recorded.") or (
        "other museums" in gaps.missing_kinds(network)
    )
    assert gaps.only_link(network) == "The record does not tell of all partnerships, so nothing is said of pairs without one."
    assert gaps.first_introduction(network) == "" and "joins the most pairs" not in told(network)
    assert "Without" not in gaps.headline(network) and "Who might meet" not in gaps.headline(network)
    depends = " ".join(partners.dependence_sentences(network, "h"))
    assert "Only those on public pages are here." in depends and "cut off" not in depends and "only link" not in depends
    whole = part(ties="m-f n-f m-h h-c")
    assert "would be cut off" in gaps.only_link(whole) and "only link for" in partners.dependence_sentences(whole, "h")[0]


SILENT = [{"wave": "w", "organisation": each} for each in "mnf"]
"""In the wave w the museums and the freelancer were asked."""


@pytest.mark.parametrize(
    ("ratings", "audience", "known"),
    [
        ([("w", "m", "f", 3), ("w", "f", "m", 3), ("w", "n", "f", 3)], "lead", True),  # everybody answered
        ([("w", "m", "f", 3), ("w", "f", "m", 3), ("w", "f", "n", 3)], "lead", False),  # n did not
        ([("w", "m", "f", 3), ("w", "n", "f", 3)], "lead", True),  # f did not: n's own answer tells of n
        ([("w", "m", "f", 3), ("w", "n", "f", 3)], "public", False),  # others are not told who it was
    ],
)
def test_silence_is_no_absence(ratings: list[tuple[Any, ...]], audience: Any, known: bool) -> None:
    """Of a partner that did not answer no sentence, and no figure, says that it lacks a kind: only what is known."""
    network = net(KINDS, [], ratings, ["w"], scope=Scope(wave="w"), asked=SILENT)
    if audience != "lead":
        network = build(redact(network.tables, audience), Scope(wave="w"))
    lacks = catalogue.partners(network, ["missing_sectors"]).row(by_predicate=pl.col("id") == "n", named=True)["missing_sectors"]
    sentence = partners.missing_kinds(network, "n") or ""
    assert lacks.startswith("Museum or heritage organisation, Community group, Health provider")
    assert (": " not in lacks) == known and sentence.startswith("No partnership yet with a ") == known
    if not known:
        assert "none known" in lacks or "not known, as it did not answer" in lacks
        assert sentence.startswith("No known partnership yet with a ")
        assert ("It has not answered." in sentence) == (audience == "lead")
        assert "known to work with all four kinds" in gaps.missing_kinds(network)
        assert "are known to reach" in told(network) and "museums reach" not in told(network)
    else:
        assert "known to" not in gaps.missing_kinds(network) and "are known to reach" not in told(network)


def test_a_story_says_what_is_known_where_somebody_kept_silent() -> None:
    """With everybody's answer a sector is missing; without one's it is not known to be reached."""
    rated = [("w", "m", "f", 3), ("w", "f", "m", 3), ("w", "f", "n", 3)]
    for more, said in (([("w", "n", "f", 3)], "No partnership yet with"), ([], "No partnership is known yet with")):
        network = net(KINDS, [], [*rated, *more], ["w"], asked=SILENT)
        slide = next(each for each in draft(network.tables).slides if each.part == "missing")
        assert slide.heading.startswith(said)
        assert draft(network.tables, partner="m").slides  # its own answer is there
        own = next(each for each in draft(network.tables, partner="n").slides if each.part == "missing")
        assert own.heading.startswith(said)


def test_who_may_have_other_links_is_cut_off_only_as_far_as_is_known() -> None:
    """f is n's only link by f's word; n did not say."""
    rated = [("w", "m", "f", 3), ("w", "f", "m", 3), ("w", "f", "n", 3)]
    for more, only in (([("w", "n", "f", 3)], "the only link for"), ([], "the only known link for")):
        network = net(KINDS, [], [*rated, *more], ["w"], scope=Scope(wave="w"), asked=SILENT)
        assert only in partners.dependence_sentences(network, "f")[0]
        assert ("as far as is known" in gaps.only_link(network)) == (not more)
        assert ("it has not answered, so there may be others" in partners.headline(network, "n", "One")) == (not more)


def test_an_absence_in_a_filtered_view_is_one_in_view_and_not_yet() -> None:
    """A pilot without the health provider: outside it there may be one."""
    pilots = {"pilots": [{"id": "p", "name": "P", "lead": "m"}], "involvements": [{"pilot": "p", "organisation": "f"}]}
    network = part(scope=Scope(pilots=("p",)), **pilots)
    assert "Partner m has no health partner in view." in told(network) and "yet" not in told(network)
    assert "yet" not in gaps.missing_kinds(network).replace("does not yet work", "")
    assert partners.missing_kinds(network, "m") == "No partnership in view with a community group or health provider."
    strong = part(scope=Scope(min_strength=0.9), ties="m-f n-f")
    assert "in view" in told(strong)


def test_a_kind_that_is_filtered_out_is_not_missing() -> None:
    network = part(scope=Scope(kinds=("museum", "freelancer", "community_group")))
    assert "health providers are filtered out" in gaps.missing_kinds(network) and "no health" not in told(network)


def test_documents_alone_are_not_set_beside_chance_and_the_sentence_says_why() -> None:
    network = part()
    assert "they are not set beside chance" in told(network) and "(p =" not in told(network)
    assert "67%" in told(network) or "100%" in told(network)  # the share itself stands
    asked = net(KINDS, [], [("w", "m", "f", 3), ("w", "f", "m", 3), ("w", "m", "n", 3)])
    assert "(p =" in told(asked) and "not set beside chance" not in told(asked)


def test_groups_lack_a_kind_only_where_the_record_tells() -> None:
    pilots = {"pilots": [{"id": "p", "name": "P", "lead": "m"}], "involvements": [{"pilot": "p", "organisation": "f"}]}
    whole = reach_sentences.groups_sentence(by_group.by_group(part(**pilots), "pilot"), "pilot")
    assert whole == "The only pilot in view is P; no community group or health provider is known to take part."
    some = by_group.by_group(part(("health_provider", "partial"), ("community_group", "documented_not_named"), **pilots), "pilot")
    assert reach_sentences.groups_sentence(some, "pilot") == (
        "Whether a community group or health provider takes part at P is not recorded."
    )


# -- partners and places --------------------------------------------------------------------------------------------------


def test_a_partner_works_with_so_many_or_is_known_to() -> None:
    assert partners.headline(part(), "m", "").startswith("It works with 2 partners of 2 kinds")
    some = partners.headline(part(("partnerships", "partial")), "m", "")
    assert some.startswith("It is known to work with 2 partners") and some.endswith("others may not be recorded.")
    assert "kind" not in some


def test_a_partner_without_a_tie_has_none_or_none_that_is_recorded() -> None:
    assert partners.headline(part(), "c", "") == "It has no known partnership."
    assert partners.headline(part(("partnerships", "partial")), "c", "") == "Its partnerships are not recorded."


def test_the_directory_counts_no_kind_as_none_that_is_documented() -> None:
    """Two museums and a partner without a tie."""
    kinds = pl.Series(["museum", "museum"])
    assert partners.directory_headline(kinds, 1, Tables()) == "2 partners: 2 museums. 1 partner without a known partnership."
    tables = part(("freelancer", "documented_not_named"), ("partnerships", "partial")).tables
    assert partners.directory_headline(kinds, 1, tables) == "2 partners: 2 museums. Freelancers are documented, not named."
    assert "Freelancers" not in partners.directory_headline(pl.Series(["freelancer"]), 0, tables)


def test_ties_over_distance_are_counted_with_those_nobody_can_measure() -> None:
    """Two known lengths of five: the other three are told, not left out."""
    said = places.headline(3, 4, 2, [12.0, 240.0, None, None, None])
    assert said == (
        "3 of 4 partners are on the map, in 2 places. The 2 partnerships of known length: 12 km and 240 km. "
        "Of 3 more it is not known how far they reach."
    )
    assert places.headline(2, 2, 1, []) == "2 of 2 partners are on the map, in 1 place. No partnership has a known length."
    gap = coverage.ties(part(("partnerships", "partial")).tables)
    assert places.headline(2, 2, 1, [], gap=gap).endswith("Partnerships between them are not recorded.")


def test_places_that_are_withheld_are_not_called_unknown() -> None:
    """Nobody is said to have no coordinates; the lengths are those of everybody, or withheld with their reason."""
    lengths = [1.0, 200.0, 300.0, 20.0, 30.0, 40.0, None]
    said = places.headline(6, 8, 3, lengths, withheld=2)
    assert said.startswith("6 of 8 partners are on the map, in 3 places. The places of 2 are withheld. Of the 6 partnerships")
    kept = places.headline(6, 8, 3, lengths, withheld=2, why="Withheld: few.")
    assert kept.endswith("The places of 2 are withheld. How far partnerships reach is withheld with them.") and "km" not in kept
    assert places.headline(0, 1, 0, [], withheld=1) == "No place can be shown here. The place of 1 is withheld."


# -- programmes, results, stories -----------------------------------------------------------------------------------------


def test_a_side_beside_another_has_nobody_of_a_kind_only_in_the_record() -> None:
    network = net("a b", lines("a-b"), coverage=[{"subject": "health_provider", "state": "documented_not_named"}])
    assert programmes.missing_kinds("Side", network, ["health_provider"]) == "Side: health providers are documented, not named."
    assert programmes.missing_kinds("Side", network, ["freelancer", "health_provider"]) == (
        "Side: health providers are documented, not named; no freelancer in the record, so what is 0 there may only not be "
        "recorded."
    )


@pytest.mark.parametrize(("state", "words"), STATES)
def test_results_that_are_not_recorded_have_not_gone_unmeasured(state: str, words: str) -> None:
    tables = part(("results", state), note="told in words {only}").tables
    summary = progress.summarise(tables, None, progress.cells(tables), {})
    assert impact.headline(summary, "", "") == "Nothing has been measured."
    untold = record.results_untold(tables)
    assert impact.headline(summary, "", "", untold) == f"Results are {words}. Told in words {{only}}."
    assert impact.headline(summary, "Care", "", untold).startswith(f"Care: results are {words}.")
    assert record.results_untold(part(("museum", state)).tables) == ""


def test_an_indicator_that_nobody_measured_is_said_only_where_results_are_complete() -> None:
    """Of two indicators one has a result."""
    indicators = [{"id": i, "theme": "care", "name": i, "better": "higher", "target": 5.0} for i in "ab"]
    results = [{"indicator": "a", "pilot": "p", "wave": "w", "value": 5.0, "n": 9}]
    more = {"pilots": [{"id": "p", "name": "P"}], "indicators": indicators, "results": results, "waves": [("w", "2024-01-01")]}
    whole, some = part(**more).tables, part(("results", "partial"), **more).tables
    assert "not been measured in any pilot" in impact.headline(
        progress.summarise(whole, "w", progress.cells(whole), {}), "", "", record.results_untold(whole)
    )
    said = impact.headline(progress.summarise(some, "w", progress.cells(some), {}), "", "", record.results_untold(some))
    assert "not been measured" not in said and said.endswith("Results are recorded in part.")


def test_a_story_of_a_complete_record_says_what_is_not_there_yet() -> None:
    said = spoken(part().tables, "n")
    assert said["missing"] == "No partnership yet with a community group or health provider. "
    assert said["came"].endswith("We take part in no pilot.") and "We work with 1 partner. Of 1 kind: " in said["now"]


def spoken(tables: Tables, partner: str) -> dict[str, str]:
    """Title and words of each slide of a partner's story."""
    return {slide.part: f"{slide.heading}. {slide.text}" for slide in draft(tables, partner=partner).slides}


def test_a_story_of_a_record_in_part_says_what_is_not_recorded() -> None:
    """Nothing of kinds, results, pilots or answers is called none; braces in a note stay as they are."""
    gaps_ = [
        {"subject": subject, "state": state, "note": "see {x}"}
        for subject, state in (
            ("health_provider", "documented_not_named"),
            *((name, "partial") for name in ("partnerships", "involvements", "results", "ratings")),
        )
    ]
    pilot = {"pilots": [{"id": "p", "name": "P", "lead": "m"}]}
    tables = net(KINDS, [("m", "f"), ("n", "f")], coverage=gaps_, **pilot).tables
    said = spoken(tables, "n")
    assert said["came"].endswith("Our part in pilots is not recorded.")
    assert said["now"].endswith("others may not be.") and "kind" not in said["now"]
    assert "health providers are not recorded" in said["missing"] and "No partnership yet" not in " ".join(said.values())
    assert said["strength"] == "How strong our partnerships are is not recorded. "
    assert "Nobody" not in said["sides"] and "not recorded" in said["sides"]
    assert spoken(tables, "m")["came"].endswith("Results are not recorded. See {x}.")
    alone = spoken(tables, "c")
    assert alone["now"] == "Whom we work with is not recorded. " and alone["next"] == "Our partnerships are not recorded. "


# -- the record itself ----------------------------------------------------------------------------------------------------


def test_a_complete_record_has_nothing_to_say_of_itself() -> None:
    for tables in (Tables(), part(("museum", "complete")).tables):
        assert (
            record.summary(tables) == record.foot(tables) == record.in_full(tables) == ""
            and not record.not_recorded(tables).height
        )


def test_every_gap_is_told_with_its_note_and_source_and_a_part_that_is_there_as_recorded_in_part() -> None:
    rows = [
        {"subject": "museum", "state": "partial"},
        {"subject": "freelancer", "state": "documented_not_named", "note": "a group", "source_url": "https://example.org"},
        {"subject": "ratings", "state": "partial"},
    ]
    tables = Tables(
        {"coverage": frame("coverage", rows), "organisations": frame("organisations", [{"id": "m", "kind": "museum"}])}
    )
    assert record.not_recorded(tables).rows() == [
        ("Museums", "recorded in part", "", ""),
        ("Freelancers", "documented, not named", "a group", "https://example.org"),
        ("Ratings", "not recorded", "", ""),
    ]
    assert "Freelancers: documented, not named (a group), see https://example.org" in record.in_full(tables)
    assert record.summary(tables) == (
        "Freelancers are documented, not named; museums are recorded in part; ratings are not recorded."
    )
    assert record.foot(Tables({"coverage": frame("coverage", [{"subject": "waves", "state": "partial"}])})) == (
        "not all of it is recorded"
    )
