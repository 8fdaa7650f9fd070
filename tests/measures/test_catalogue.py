"""The catalogue: every measure is whole, and listed once."""

import importlib
from collections.abc import Iterator
from dataclasses import replace

import polars as pl
import pytest

from tests.support.networks import lines, net
from wtnet.analysis import before_after
from wtnet.errors import InvalidRequest
from wtnet.measures import catalogue, comparable, shape, two_views, uncertainty
from wtnet.measures.measure import ROWS, SIZE

IN_MEASURES = (
    "partners total_strength mean_strength sectors_reached cross_sector_share ei_index participation betweenness closeness "
    "eigenvector constraint effective_size coordinator itinerant gatekeeper representative liaison core community only_link "
    "trust_received value_received agreement responded"
)
OF_NETWORK = (
    "partners ties density mean_strength components largest_component_share mean_distance transitivity "
    "degree_centralisation "
    "betweenness_centralisation reciprocity agreement response_rate communities modularity articulation_points bridges "
    "cross_sector_share ei_index ei_expected assortativity"
)


def test_nothing_is_missing_and_nothing_is_there_twice():
    """Of a partner and of a network."""
    assert set(IN_MEASURES.split()) <= {measure.id for measure in catalogue.of("partner")}
    assert set(OF_NETWORK.split()) <= {measure.id for measure in catalogue.of("network")}
    assert len(catalogue.BY_ID) == len(catalogue.MEASURES)


@pytest.mark.parametrize("measure", catalogue.MEASURES, ids=lambda measure: f"{measure.of}-{measure.id}")
def test_every_entry_tells_all_a_reader_needs(measure):
    """Label, meaning, formula, unit, direction, source, reading, caution, rows; sentences end as sentences do."""
    assert all((measure.label, measure.meaning, measure.formula, measure.unit, measure.source, measure.reading, measure.caution))
    assert measure.better in ("higher", "lower", "neither")
    assert measure.kind in ("count", "share", "score", "index", "flag", "category")
    assert measure.rows in ROWS
    assert all(text.endswith(".") for text in (measure.meaning, measure.reading, measure.caution))
    assert measure.formula.count("{") == measure.formula.count("}")
    assert (measure.compute.__doc__ or "").strip()


@pytest.fixture
def with_made_up_measures(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Two measures added to the records of a family, and to nothing else; the catalogue as at a fresh start."""
    density = catalogue.find("density", "network")
    made_up = (
        replace(
            density,
            id="strong_share",
            label="Strong partnerships",
            compute=lambda network: 0.5,
            rests_on=pl.col("strength") > 0.5,
        ),
        replace(catalogue.find("partners", "partner"), id="friends", label="Friends", profile=2, nominal=True, of_survey=True),
    )
    monkeypatch.setattr(shape, "MEASURES", (*shape.MEASURES, *made_up))
    importlib.reload(catalogue)
    yield
    monkeypatch.undo()
    importlib.reload(catalogue)


def test_a_measure_added_to_its_family_is_known_everywhere(with_made_up_measures: None) -> None:
    """In the catalogue, its rows, beside other networks, with an interval, on the profile and before and after."""
    network = net("a b c", [("a", "b", 5), ("b", "c", 1)])
    assert catalogue.whole(network, ["strong_share"]) == {"strong_share": 0.5}
    assert catalogue.partners(network, ["friends"])["friends"].to_list() == [1, 2, 1]
    assert catalogue.rows(network, "strong_share").select("source", "target").rows() == [("a", "b")]
    beside = comparable.table([comparable.Side("x", "X", network)]).row(by_predicate=pl.col("id") == "strong_share", named=True)
    assert (beside["compared"], beside["X"]) == (SIZE, 0.5)
    assert "strong_share" in uncertainty.intervals(network, draws=10)["measure"].to_list()
    assert catalogue.profile()[:3] == ("partners", "mean_strength", "friends")
    assert "friends" not in {each.measure for each in before_after.of_partner(network, network, "a")}
    whole, one_wave = two_views.ComparedView(), two_views.ComparedView("said", "a")
    compared = two_views.measures((whole, network), (whole, network))
    assert "strong_share" in {each.id for each in compared}
    only = two_views.network(network.tables, one_wave, network.scope)
    assert "friends" not in {each.id for each in two_views.measures((one_wave, only), (one_wave, only))}


def test_values_come_in_the_order_of_the_organisations_with_their_types():
    """One row a partner, one column a measure."""
    found = catalogue.partners(net("z a m", lines("a-z")), ["partners", "responded", "community", "mean_strength"])
    assert found.rows() == [
        ("z", "Partner z", "museum", 1, None, "1", 1),
        ("a", "Partner a", "museum", 1, None, "1", 1),
        ("m", "Partner m", "museum", 0, None, None, None),
    ]


def test_a_measure_of_the_wrong_thing_is_refused():
    """Density is of a network."""
    with pytest.raises(InvalidRequest, match="no measure “density” of a partner"):
        catalogue.find("density", "partner")
    assert catalogue.find("mean_strength").of == "partner"


def test_ties_carry_both_names():
    """For tables and files."""
    row = net("a b", lines("b-a", 3)).named_ties().row(0, named=True)
    assert (row["source_name"], row["target_name"], row["strength"]) == ("Partner a", "Partner b", 0.6)


def test_rows_behind_a_figure_are_those_it_rests_on():
    """Own ties, the ties around it, all ties; partners."""
    network = net("a b c d", lines("a-b b-c a-c c-d"))
    assert catalogue.rows(network, "mean_strength", "a").height == 2
    assert catalogue.rows(network, "constraint", "a").height == 3
    assert catalogue.rows(network, "betweenness", "a").height == 4
    assert catalogue.rows(network, "ei_expected")["id"].to_list() == list("abcd")


def test_no_figure_depends_on_the_order_of_rows():
    """Partners, ties and ratings upside down give the same."""
    kinds = dict(zip("abcdefgh", ["museum", "freelancer", "funder", "museum"] * 2, strict=True))
    ties = [("a", "b", 3), ("c", "d"), ("g", "e", 5)]
    ratings = [
        ("w", "a", "c", 2),
        ("w", "c", "a", 4),
        ("w", "b", "c", 5),
        ("w", "d", "e", {"mission": 3}),
        ("w", "e", "f", 1),
        ("w", "f", "d", 2),
    ]
    one, two = net(kinds, ties, ratings), net(dict(reversed(kinds.items())), ties[::-1], ratings[::-1])
    first, second = catalogue.partners(one).sort("id"), catalogue.partners(two).sort("id")
    for measure in catalogue.of("partner"):
        assert first[measure.id].to_list() == pytest.approx(second[measure.id].to_list()), measure.id
    assert catalogue.whole(one) == pytest.approx(catalogue.whole(two))
    assert one.named_ties().equals(two.named_ties())
