"""What is remembered for everybody beside the programmes."""

from __future__ import annotations

from pathlib import Path

from wtnet.store import Store


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
