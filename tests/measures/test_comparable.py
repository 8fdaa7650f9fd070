"""Programmes and pilots beside one another: every measure has its place, and the table is what each side's measures say."""

import polars as pl
import pytest

from tests.support.networks import lines, net, tables
from wtnet import access
from wtnet.measures import catalogue, comparable
from wtnet.measures.comparable import Side
from wtnet.measures.impact import progress
from wtnet.measures.measure import COMPARED, FAIR, MIX, SIZE
from wtnet.network import Scope, build

KINDS = {"m": "museum", "f": "freelancer", "h": "health_provider", "c": "community_group"}


def values(frame: pl.DataFrame, measure: str) -> list[float | None]:
    return list(frame.row(by_predicate=pl.col("id") == measure)[6:])


def test_every_measure_of_a_network_has_its_place_and_a_reason():
    """A measure added to the catalogue must be thought about before it is set beside others."""
    for measure in catalogue.of("network"):
        if measure.kind not in {"flag", "category"}:
            assert measure.compared in COMPARED and measure.why, measure.id
    assert not any(measure.compared or measure.why for measure in catalogue.MEASURES if measure.of != "network")


def test_counts_and_what_moves_with_size_are_never_among_what_may_be_compared():
    """Neither counts of the catalogue, nor density, distance and centralisation."""
    for measure in catalogue.of("network"):
        if measure.kind == "count" or measure.id in {"density", "mean_distance", "degree_centralisation", "modularity"}:
            assert measure.compared == SIZE


@pytest.mark.parametrize(
    "network", [net({}), net({"f": "freelancer"}), net({"f": "freelancer", "c": "community_group"}, [("f", "c", 2)])]
)
def test_sides_with_next_to_nothing_have_empty_cells_not_errors(network):
    """No partner, one, two partners with one tie: no museum, no wave, no result."""
    frame = comparable.table([Side("a", "A", network), Side("b", "B", net({}))])
    for measure in ("museums_with_health", "new_share", "continuing_share", "core_kinds_reached", "aims_met"):
        assert values(frame, measure) == [None, None]
    assert values(frame, "partners") == [network.graph.number_of_nodes(), 0.0]
    assert not any(frame[name].is_nan().any() for name in ("A", "B"))


def test_no_sides_at_all_give_the_measures_alone():
    """The table has its rows and no further column."""
    assert comparable.table([]).columns == ["id", "measure", "compared", "why", "kind", "unit"]


def test_what_may_be_compared_comes_first():
    """Then what needs care, then what may not; strength at the very top."""
    found = comparable.table([Side("a", "A", net(KINDS, lines("m-f")))])
    assert found["id"][0] == "mean_strength"
    assert found["compared"].unique(maintain_order=True).to_list() == [FAIR, MIX, SIZE]


def test_shares_are_worked_out_from_the_rows():
    """Two of three ties go on; one of two museums has a health partner; one of three ties was rated."""
    network = net(
        KINDS | {"n": "museum"},
        [("m", "f", {"continues_after": True, "level": 3}), ("m", "h", {"continues_after": True}), ("n", "c")],
        [("w", "h", "m", 4)],
    )
    frame = comparable.table([Side("a", "A", network)])
    assert values(frame, "museums_with_health") == [0.5]
    assert values(frame, "continuing_share") == [pytest.approx(2 / 3)]
    assert values(frame, "rated_share") == [pytest.approx(1 / 3)]
    assert values(frame, "core_kinds_reached") == [1.5]
    assert values(frame, "new_share") == [None]
    unasked = comparable.table([Side("a", "A", net(KINDS, [("m", "f")]))])
    assert values(unasked, "rated_share") == [None]


def test_targets_count_where_it_can_be_told_whether_they_are_met():
    """One met, one behind, one without target: a half."""
    programme = tables(
        "a b",
        waves=[("one", "2024-01-01"), ("two", "2025-01-01")],
        pilots=[{"id": "p", "name": "P", "lead": "a", "ends": None}],
        indicators=[{"id": i, "theme": "care", "name": i, "better": "higher"} for i in ("x", "y", "z")],
        results=[
            {"indicator": i, "pilot": "p", "wave": w, "value": v, "target": t, "n": 20}
            for i, t, first, last in (("x", 5.0, 1.0, 5.0), ("y", 5.0, 1.0, 0.5), ("z", None, 1.0, 5.0))
            for w, v in (("one", first), ("two", last))
        ],
    )
    (side,) = comparable.pilots(programme, ["p"], Scope(), progress.progress(programme))
    assert values(comparable.table([side]), "aims_met") == [0.5]


def test_a_share_of_targets_that_is_withheld_is_said_to_be_and_not_unknown():
    """Seen by everybody, one of the two targets rests on three people; the lead sees both."""
    programme = tables(
        "a b",
        waves=[("one", "2024-01-01"), ("two", "2025-01-01")],
        pilots=[{"id": "p", "name": "P", "lead": "a"}],
        indicators=[{"id": i, "theme": "care", "name": i, "better": "higher", "instrument": "scale"} for i in ("x", "y")],
        results=[
            {"indicator": i, "pilot": "p", "wave": w, "value": v, "target": 5.0, "n": n}
            for i, n in (("x", 20), ("y", 3))
            for w, v in (("one", 1.0), ("two", 5.0))
        ],
    )
    for audience, share in (("lead", 1.0), ("public", None)):
        seen, cells = access.redact(programme, audience), access.cells(programme, audience)
        (side,) = comparable.pilots(seen, ["p"], Scope(), progress.progress(seen, None, cells))
        assert values(comparable.table([side]), "aims_met") == [share]
        assert (("aims_met", "P") in comparable.withheld([side])) == (audience == "public")


def test_names_that_are_alike_are_told_apart_by_their_ids():
    """Two pilots called the same, and one called like a column."""
    sides = [Side(one, name, net({})) for one, name in (("p", "Same"), ("q", "Same"), ("r", "why"))]
    assert comparable.unique(sides) == ["Same (p)", "Same (q)", "why (r)"]
    assert comparable.table(sides).width == 9


def test_strength_from_documents_beside_strength_from_a_survey_is_said():
    """Both from documents: nothing to say."""
    documents = Side("d", "D", net("a b", [("a", "b", 3)]))
    survey = Side("s", "S", net("a b", ratings=[("w", "a", "b", 3)]))
    assert comparable.uneven([documents, documents]) is None and comparable.uneven([]) is None
    said = comparable.uneven([documents, survey])
    assert said is not None and said.startswith("Strength rests on documents for D and on the survey for S")


def test_pilots_have_the_figures_of_the_network_cut_to_each_of_them():
    """As the reach page has them."""
    programme = tables(
        KINDS,
        lines("m-f f-h h-c"),
        pilots=[{"id": "p", "name": "P", "lead": "m"}, {"id": "q", "name": "Q", "lead": "h"}],
        involvements=[{"pilot": "p", "organisation": "f"}, {"pilot": "q", "organisation": "c"}],
    )
    sides = comparable.pilots(programme, ["p", "q"], Scope(), progress.progress(programme))
    frame = comparable.table(sides)
    for at, pilot in enumerate(("p", "q")):
        network = build(programme, Scope(pilots=(pilot,)))
        assert values(frame, "ties")[at] == catalogue.find("ties", "network").compute(network) == 1
