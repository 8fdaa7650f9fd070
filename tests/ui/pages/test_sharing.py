"""The Sharing page: who has which role, edited as a table."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest
import streamlit as st

from tests.support.app import opened
from wtnet.access import links, roles
from wtnet.access.roles import Rule
from wtnet.store import Programme, Store
from wtnet.tables import Tables

RULES = [Rule("ann@x.org", "partner", "p", "first"), Rule("ben@x.org", "partner", "p", "second")]


def test_of_two_partners_of_one_name_each_keeps_its_own_people(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Saving the roles as they stand changes none of them, and the two can be told apart."""
    tables: list[tuple[pl.DataFrame, dict[str, Any]]] = []

    def unedited(frame: pl.DataFrame, *, column_config: dict[str, Any], **_: Any) -> pl.DataFrame:
        tables.append((frame, column_config))
        return frame

    monkeypatch.setattr(st, "data_editor", unedited)
    two = pl.DataFrame(
        {"id": ["first", "second", "third"], "name": ["Arts Trust", "Arts Trust", "Museum"], "kind": ["museum"] * 3}
    )
    frame = pl.concat([Tables().organisations, two.cast({"kind": Tables().organisations.schema["kind"]})], how="diagonal")
    with Store(database) as store:
        store.create(Programme("p", "P"), Tables().with_(organisations=frame), author="test", reason="test")
        roles.save(store, RULES)
        app = opened("pages/sharing.py", programme="p")
        assert tables[-1][0]["partner"].to_list() == ["first", "second"]
        options = tables[-1][1]["partner"]["type_config"]["options"]
        assert [option["value"] for option in options] == ["first", "second", "third"]
        assert [option["label"] for option in options] == ["Arts Trust (first)", "Arts Trust (second)", "Museum"]
        app.button(key="save_roles").click().run()
        assert not app.exception and roles.rules(store) == RULES


def test_a_link_opens_on_what_was_looked_at_and_names_nobody(database: str) -> None:
    """Page, wave and filters go with it; a chosen partner does not; that it opens on this computer alone is said."""
    view = {"pilot": "tidelines", "wave": "midpoint", "focus": "robin-larkmead", "hide": "robin-larkmead"}
    app = opened("pages/reach.py", **view)
    with Store(database) as store:
        links.make(store, "example", date.today() + timedelta(days=1), "public", "Fund")
    app.switch_page("pages/sharing.py").run()
    link = next(each.value for each in app.code if "link=" in each.value)
    assert "/reach?" in link and "pilot=tidelines" in link and "wave=midpoint" in link and "robin" not in link
    assert any("Midpoint" in each.value and "Tidelines" in each.value for each in app.caption)
    assert any("Partners by name" in each.value and "Everybody" in each.value for each in app.markdown)
