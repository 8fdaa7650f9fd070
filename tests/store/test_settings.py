"""What is remembered for everybody beside the programmes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.frames import frame
from wtnet.errors import InvalidRequest
from wtnet.store import Programme, Store
from wtnet.tables import Tables


def test_a_setting_is_remembered_replaced_and_forgotten(tmp_path: Path) -> None:
    """A JSON value by name survives reopening; the last one counts; null takes it away; only the asked prefix is given."""
    address = f"sqlite:///{tmp_path}/s.db"
    with Store(address) as store:
        assert store.settings("mapping:") == {}
        store.remember("mapping:a", {"table": "organisations", "columns": {"Type": "kind"}})
        store.remember("mapping:a", {"table": "organisations", "columns": {"Ärt %_": "kind"}})
        store.remember("other:a", 1)
    with Store(address) as store:
        assert store.settings("mapping:") == {"mapping:a": {"table": "organisations", "columns": {"Ärt %_": "kind"}}}
        store.remember("mapping:a", None)
        assert store.settings("mapping:") == {} and store.settings("") == {"other:a": 1}


def test_settings_travel_with_a_backup(tmp_path: Path) -> None:
    """A store restored on another machine remembers the same."""
    with Store(f"sqlite:///{tmp_path}/a.db") as one, Store(f"sqlite:///{tmp_path}/b.db") as other:
        one.remember("mapping:x", ["é"])
        one.backup(tmp_path / "kept.zip")
        other.restore_backup(tmp_path / "kept.zip")
        assert other.settings("") == {"mapping:x": ["é"]}


def test_settings_that_belong_to_a_revision_are_stored_with_it_or_neither_is(tmp_path: Path) -> None:
    """A step that refuses leaves no revision; tables that differ in nothing still carry their settings."""

    def refuse(before: object) -> None:
        raise InvalidRequest("no")

    two = Tables({"organisations": frame("organisations", {"id": "a", "name": "A", "kind": "museum"})})
    with Store(f"sqlite:///{tmp_path}/s.db") as store:
        base = store.create(Programme("p", "P"), Tables(), "t", "t").id
        facts = {"base": base, "author": "t", "reason": "t"}
        with pytest.raises(InvalidRequest):
            store.commit("p", two, **facts, also={"a": lambda _: 1, "b": refuse})
        assert (store.head("p"), store.settings("")) == (base, {})
        store.commit("p", Tables(), **facts, also={"a": lambda before: [before, 1]})
        assert (store.head("p"), store.settings("")) == (base, {"a": [None, 1]})
        store.commit("p", two, **facts, also={"a": lambda before: [*before, 2]})
        assert store.head("p") != base and store.settings("") == {"a": [None, 1, 2]}
