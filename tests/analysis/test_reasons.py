"""What two partners have in common is counted as everywhere else."""

from __future__ import annotations

import pytest

from tests.support.stories import example
from wtnet.analysis.reasons import common
from wtnet.measures.activities import met_at
from wtnet.network import Scope, build


@pytest.mark.parametrize("wave", ["baseline", "midpoint", "end"])
def test_those_who_met_are_those_of_the_table_of_who_met_whom(wave: str) -> None:
    """An activity counts from the first wave on or after its last day, in both."""
    tables = example()
    network = build(tables, Scope(wave=wave))
    partners, shared, _ = common(network)
    at = {partner: number for number, partner in enumerate(partners)}
    pairs = {(at[one], at[other]) for one, other, _ in met_at(tables, wave).iter_rows() if one in at and other in at}
    met = shared.get("activity")
    counted = set() if met is None else {(i, j) for i in range(len(at)) for j in range(len(at)) if i != j and met[i, j]}
    assert counted == pairs | {(second, first) for first, second in pairs}
