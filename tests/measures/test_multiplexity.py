"""In how many ways partners work together, and which way their partnerships go: as documented, and no more than that."""

from __future__ import annotations

import pytest

from tests.support.frames import frame
from tests.support.networks import net, tables
from wtnet.access import redact
from wtnet.analysis.partnership_list import ordered, partnerships
from wtnet.draw.charts.reach import one_way
from wtnet.measures import catalogue, disclosure, multiplexity, reach, tie_values
from wtnet.network import Network, build
from wtnet.sentences.multiplexity import given_and_received, headline
from wtnet.tables import own

KINDS = dict(zip("abcd", ("museum", "freelancer", "museum", "health_provider"), strict=True))
TIES = [
    ("b", "a", {"relationship": "Funds; shares_space", "direction": "forward"}),
    ("a", "b", {"relationship": "refers to", "direction": "forward"}),
    ("a", "c", {"relationship": "refers to", "direction": "both"}),
    ("c", "d", {"relationship": "refers to", "direction": "none"}),
    ("a", "d", {}),
]


@pytest.fixture(scope="module")
def network() -> Network:
    return net(KINDS, TIES)


def of_partners(network: Network, measure: str) -> dict[str, int | None]:
    return dict(catalogue.partners(network, (measure,)).select("id", measure).iter_rows())


@pytest.mark.parametrize("ties", [[], [("a", "b")], [("a", "b", {"relationship": " ; "})]])
def test_where_no_kind_is_documented_nothing_is_known_and_nothing_is_said(ties: list) -> None:
    """Neither none nor one way."""
    plain = net("a b", ties)
    assert multiplexity.multiplex_ties(plain) is None and multiplexity.multiplex_share(plain) is None
    for measure in ("multiplex_partners", "ways_in", "ways_out"):
        assert set(of_partners(plain, measure).values()) == {None}
    assert headline(plain) == "" and given_and_received(plain, "a") == (None, "")
    assert multiplexity.together(plain).is_empty() and multiplexity.by_kinds_of_partner(plain).is_empty()


def test_two_who_share_space_fund_and_refer_work_together_in_three_ways(network: Network) -> None:
    """By hand: one of three partnerships whose kind is documented; the fourth is not counted either way."""
    assert multiplexity.multiplexity(network) == {("a", "b"): 3, ("a", "c"): 1, ("c", "d"): 1, ("a", "d"): None}
    assert multiplexity.multiplex_ties(network) == 1 and multiplexity.multiplex_share(network) == pytest.approx(1 / 3)
    assert of_partners(network, "multiplex_partners") == {"a": 1, "b": 1, "c": 0, "d": 0}
    assert multiplexity.several(network).select("source_name", "kinds", "what").row(0) == (
        "Partner a", 3, "Funds; refers to; shares space",
    )  # fmt: skip
    assert headline(network) == (
        "Of 3 partnerships whose kind is documented, 1 is of two or more kinds (33%); most often “Funds” with “Refers to” (1)."
    )
    assert ordered(partnerships(network), "several").select("source", "target").rows() == [("a", "b")]
    assert catalogue.rows(network, "multiplex_ties").height == 1 and catalogue.rows(network, "multiplex_share").height == 3


def test_what_goes_from_and_to_a_partner_is_counted_as_its_documents_go(network: Network) -> None:
    """Of d nothing says which way it goes: not known, and not none. Both ways is in both."""
    assert of_partners(network, "ways_out") == {"a": 2, "b": 1, "c": 1, "d": None}
    assert of_partners(network, "ways_in") == {"a": 2, "b": 1, "c": 1, "d": None}
    table, why = given_and_received(network, "a")
    assert table is not None and not why
    assert table.rows() == [("Refers to", 1, 0, 1), ("Funds", 0, 1, 0), ("Shares space", 0, 1, 0)]
    assert table.columns == ["Kind of partnership", "From it", "To it", "Both ways"]


def test_which_kinds_run_between_which_kinds_of_partner(network: Network) -> None:
    rows = multiplexity.by_kinds_of_partner(network).rows()
    assert rows == [
        ("funds", "freelancer", "museum", 1, 0, 0, 0),
        ("refers to", "freelancer", "museum", 0, 1, 0, 0),
        ("refers to", "health_provider", "museum", 0, 0, 0, 1),
        ("refers to", "museum", "museum", 0, 0, 1, 0),
        ("shares space", "freelancer", "museum", 1, 0, 0, 0),
    ]
    frame = multiplexity.by_kinds_of_partner(network).filter(kind="refers to")
    shown = one_way(frame, "<b>Refers to</b>")
    assert "&lt;b&gt;" in shown and "<b>Refers" not in shown
    assert ">2</td>" in shown  # between the two museums both ways, one each


def test_a_number_of_ones_own_is_added_up_where_it_is_money_and_averaged_where_not() -> None:
    """Over a pair and over a square alike; a square without one is not known."""
    fields = [
        {"table": "partnerships", "id": "grant", "label": "Grant", "type": "number", "unit": "GBP"},
        {"table": "partnerships", "id": "score", "label": "Score", "type": "number"},
    ]
    rows = [("a", "b", 100, 4), ("b", "a", 50, 2), ("b", "c", 300, 1)]
    ties = [(s, t, {"own_fields": own.encode({"grant": f"£{g}", "score": str(n)})}) for s, t, g, n in rows]
    network = net(KINDS, [*ties, ("c", "d")], fields=fields)
    matrix = reach.mixing(network)
    for field, expected in (("grant", 450), ("score", 2)):
        values = tie_values.of_field(network, field)
        cells = dict(
            zip(matrix.select("kind_a", "kind_b").iter_rows(), tie_values.by_kinds(network, matrix, values), strict=True)
        )
        assert cells[("museum", "freelancer")] == expected and cells[("museum", "health_provider")] is None


def test_others_read_withheld_where_a_hidden_partner_s_kind_is_not_told() -> None:
    """The count would else be another than the lead's; arrows and their counts are the same for everybody."""
    shared = {"a": "public", "b": "private", "c": "public", "d": "public"}
    rows = [{"id": id, "name": f"Partner {id}", "kind": kind, "sharing": shared[id]} for id, kind in KINDS.items()]
    given = tables(KINDS, TIES).with_(organisations=frame("organisations", rows))
    seen, mine = build(redact(given, "public")), build(given)
    for name, what in (("multiplex_ties", "network"), ("multiplex_share", "network")):
        measure = catalogue.find(name, what)
        assert catalogue.value(measure, seen) is None and catalogue.withheld(measure, seen) == disclosure.KIND_UNTOLD
        assert catalogue.withheld(measure, mine) is None
    assert headline(seen) == disclosure.KIND_UNTOLD
    assert given_and_received(seen, "a") == (None, disclosure.KIND_UNTOLD)
    assert given_and_received(seen, "d")[0].equals(given_and_received(mine, "d")[0])  # type: ignore[union-attr]
    assert sorted(of_partners(seen, "ways_out").values(), key=str) == sorted(of_partners(mine, "ways_out").values(), key=str)
