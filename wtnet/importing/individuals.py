"""Grants to individual people: left out of a list of grants, unless a person says otherwise; remembered, and said each time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from wtnet.tables import Problem, Raw
from wtnet.tables.model import place

PREFIX = "grants:"
"""What the name of the remembered choice begins with in the store's settings."""
NAME = f"{PREFIX}individuals"


def wanted(settings: Mapping[str, Any]) -> bool:
    """Whether a person said that grants to individuals are brought in too."""
    kept = settings.get(NAME)
    return isinstance(kept, dict) and kept.get("do") == "take"


def to_setting(take: bool) -> tuple[str, dict[str, str] | None]:
    """The name and value under which the store remembers the choice; null forgets it."""
    return NAME, {"do": "take"} if take else None


def applied(raw: Raw, settings: Mapping[str, Any]) -> Raw:
    """The raw tables with the grants to individuals in them, where a person said so."""
    if not raw.with_individuals or not wanted(settings):
        return raw
    places = {(table.file, table.sheet) for table in raw.with_individuals}
    tables = tuple(table for table in raw.tables if (table.file, table.sheet) not in places)
    notices = tuple(notice for notice in raw.notices if notice.rule != "individuals")
    file, sheet = min(places, key=str)
    words = f"{place(file, sheet)}: grants to individual people brought in, as you said; each is a freelancer whom you alone see."
    more = Problem("with_individuals", words, file, sheet)
    return replace(raw, tables=(*tables, *raw.with_individuals), notices=(*notices, more))
