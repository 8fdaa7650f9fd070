"""Partners grouped by a field of the lead's own: the same measures as by kind, of those the field says something of."""

from __future__ import annotations

import polars as pl
import pytest

from tests.support.networks import tables
from wtnet.access import redact
from wtnet.draw.charts.reach import mixing
from wtnet.measures import by_group, catalogue, grouped, reach
from wtnet.network import build
from wtnet.sentences.grouped import crossing
from wtnet.tables import own
from wtnet.tables.model import Tables

KINDS = dict(zip("abcde", ("museum", "museum", "freelancer", "freelancer", "museum"), strict=True))
TIES = [("a", "b", 3), ("b", "c", 3), ("c", "d", 3), ("d", "e", 3)]
FIELD = {"table": "organisations", "id": "region", "label": "Region", "type": "category", "sharing": "partners"}


def programme(values: list[str | None]) -> Tables:
    made = tables(KINDS, TIES, fields=[FIELD])
    cells = [own.encode({"region": value}) for value in values]
    return made.with_(organisations=made.organisations.with_columns(own_fields=pl.Series(cells, dtype=pl.String)))


def test_by_a_field_that_says_the_kind_every_figure_is_that_by_kind() -> None:
    network = build(programme(list(KINDS.values())))
    same = grouped.grouped(network, "region")
    for compute in (reach.cross_sector_share, reach.ei_index, reach.ei_expected, reach.assortativity):
        assert compute(same) == compute(network)
    assert reach.mixing(same).equals(reach.mixing(network)) and by_group.brokers(same).equals(by_group.brokers(network))
    measures = ("participation", "ei_index", "cross_sector_share")
    assert catalogue.partners(same, measures).equals(catalogue.partners(network, measures))


def test_who_is_of_no_known_group_is_left_out_and_that_is_said() -> None:
    """By hand: of a–b, b–c, c–d the second crosses; e is not known."""
    network = build(programme(["<North>", "<North>", "South", "South", None]))
    by = grouped.grouped(network, "region")
    assert list(by.graph) == list("abcd") and reach.cross_sector_share(by) == pytest.approx(1 / 3)
    assert reach.mixing(by).select("kind_a", "kind_b", "ties", "possible").rows() == [
        ("<North>", "<North>", 1, 1), ("<North>", "South", 1, 4), ("South", "South", 1, 1),
    ]  # fmt: skip
    assert by_group.brokers(by, 1, ("gatekeeper",))["kind"].to_list()[:1] == ["<North>"]
    said = crossing(by, "Region", 1, reach.chance(by, 0))
    assert said == "33% of 3 partnerships join partners of another Region. Left out, since it is not known: 1 partner."
    assert "<North>" not in mixing(reach.mixing(by), "ties", "Region")
    assert network.graph.nodes["a"]["kind"] == "museum"  # the network itself is as it was


def test_a_field_nobody_has_a_value_of_leaves_nobody() -> None:
    by = grouped.grouped(build(programme([None] * 5)), "region")
    assert not by.graph and reach.mixing(by).is_empty()
    assert crossing(by, "Region", 5, reach.chance(by, 0)).startswith("No two partners of known Region")


def test_others_group_by_what_is_shared_with_them_and_only_where_it_is_told_of_everybody() -> None:
    given = programme(["North"] * 5)
    assert grouped.fields(given) == {"region": "Region"} == grouped.fields(redact(given, "partners"))
    assert grouped.fields(redact(given, "public")) == {}
    hidden = given.organisations.with_columns(sharing=pl.lit("private", given.organisations.schema["sharing"]))
    assert grouped.fields(redact(given.with_(organisations=hidden), "partners")) == {}
