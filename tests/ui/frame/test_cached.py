"""What is kept for all sessions is of one database in one life: not of another, nor of itself before it was restored."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest

from wtnet.store import Store
from wtnet.tables import Tables
from wtnet.ui.frame import cached


@cached.kept()
def rows(programme: str, at: cached.Edition) -> int:
    """Something that is worked out from the store."""
    return cached.full_tables(programme, at.revision).organisations.height


def test_a_page_shows_nothing_that_was_restored_away(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the server runs, a backup is restored; the next revision has the number of one that is gone."""
    monkeypatch.setattr(cached, "_ASKED_AGAIN", 0.0)
    monkeypatch.setattr(cached, "store_id", inspect.unwrap(cached.store_id))  # not as tests tell databases apart
    cached.unguarded_store()
    before = cached.Edition(cached.revision("example"), store=cached.store_id())
    there = rows("example", before)
    with Store(database) as store:
        store.backup(tmp_path / "all.zip")
        gone = store.commit("example", Tables(), base=before.revision, author="a", reason="restored away").id
        assert rows("example", cached.Edition(gone)) == 0
        store.restore_backup(tmp_path / "all.zip", replace=True)
        assert cached.store_id() != before.store
        with store._database.writing() as connection:  # as in a database whose numbers were counted from the backup
            connection.exec_driver_sql("UPDATE sqlite_sequence SET seq = ? WHERE name = 'revisions'", (gone - 1,))
        again = store.describe("example", {"source": "anew"}, author="a", reason="anew").id
    assert again == gone and rows("example", cached.Edition(again)) == there > 0


def test_parameters_of_what_is_kept_are_told_apart(database: str) -> None:
    cached.unguarded_store()
    at = cached.Edition(cached.revision("example"))
    assert rows("example", at) == rows(programme="example", at=at) > 0
    assert cached.full_tables("example", at.revision) is cached.full_tables("example", at.revision)


def test_what_does_not_show_what_it_holds_cannot_tell_results_apart(database: str) -> None:
    with pytest.raises(TypeError, match="does not show what it holds"):
        rows(object(), cached.Edition(1))  # type: ignore[arg-type]
