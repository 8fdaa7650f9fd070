"""What follows from tables alone is worked out once, and again for other tables."""

from __future__ import annotations

import polars as pl

from wtnet.tables import Tables, waves
from wtnet.tables.derived import derived
from wtnet.tables.pilots import members_by_pilot

WAVES = pl.DataFrame({"id": ["a", "b"], "name": ["A", "B"]})


def test_it_is_worked_out_once_for_each_value_asked_for() -> None:
    asked = []

    @derived
    def rows(tables: Tables, more: int = 0) -> int:
        asked.append(more)
        return tables.waves.height + more

    tables = Tables({"waves": WAVES})
    assert [rows(tables), rows(tables), rows(tables, 3), rows(Tables())] == [2, 2, 5, 0] and asked == [0, 3, 0]


def test_a_change_of_what_is_handed_out_changes_nothing_else() -> None:
    names = Tables({"waves": WAVES}).names("waves")
    assert names == {"a": "A", "b": "B"}
    tables = Tables()
    tables.names("waves")["x"] = "X"
    members_by_pilot(tables)["x"] = []
    waves.in_order(tables).append("x")
    assert (tables.names("waves"), members_by_pilot(tables), waves.in_order(tables)) == ({}, {}, [])


def test_changed_tables_do_not_answer_with_what_was() -> None:
    tables = Tables()
    assert tables.names("waves") == {}
    assert tables.with_(waves=WAVES).names("waves") == {"a": "A", "b": "B"}
