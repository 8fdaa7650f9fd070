"""Whole sheets that a person leaves out, whatever stands in them; remembered by name for the next file, and said there."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from wtnet.tables import Problem, Raw
from wtnet.tables.model import place
from wtnet.tables.text import normal

PREFIX = "sheet:"
"""What the names of remembered choices begin with in the store's settings."""


def name_of(file: str, sheet: str | None) -> str:
    """What a sheet, or a CSV of several, is remembered by: its name as names are compared."""
    return normal(sheet or file.rpartition(".")[0] or file)[:150]


def left(settings: Mapping[str, Any]) -> frozenset[str]:
    """The sheets that are left out, as `name_of` names them."""
    return frozenset(
        name.removeprefix(PREFIX)
        for name, kept in settings.items()
        if name.startswith(PREFIX) and isinstance(kept, dict) and kept.get("do") == "leave"
    )


def to_setting(file: str, sheet: str | None, leave: bool) -> tuple[str, dict[str, str] | None]:
    """The name and value under which the store remembers that a sheet is left out; null forgets it."""
    return PREFIX + name_of(file, sheet), {"do": "leave"} if leave else None


def notices(raw: Raw, sheets: Collection[tuple[str, str | None]]) -> Sequence[Problem]:
    """The notices of a file, with one on each sheet that was left out on a person's word."""
    more = [
        Problem("left_sheet", f"{place(file, sheet)}: this sheet was left out, as you said.", file, sheet)
        for file, sheet in sheets
    ]
    return (*raw.notices, *more)
